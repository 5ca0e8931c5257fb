/* SPDX-License-Identifier: MIT
 *
 * The report as text for a terminal. Order: what this is not, how much there is, what
 * carries, the cycle or why it cannot be told, what cannot be told, one thing to try.
 * Every sentence is in the text table; both persons are told of in the same words.
 */
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "report/columns.h"
#include "report/term.h"
#include "safety/help.h"

#define NAME_COLUMNS 16

ebb_slots_t ebb_term_slots(const ebb_term_t *term)
{
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "a", "%s", term->names[0]);
    ebb_slot_set(&slots, "b", "%s", term->names[1]);
    return slots;
}

ebb_slots_t ebb_term_arm_slots(const ebb_term_t *term, int pursuer)
{
    ebb_slots_t slots = ebb_term_slots(term);
    ebb_slot_set(&slots, "s", "%s", term->names[pursuer]);
    ebb_slot_set(&slots, "o", "%s", term->names[!pursuer]);
    return slots;
}

static void put_title(const ebb_term_t *term)
{
    ebb_slots_t slots = ebb_term_slots(term);
    char day[EBB_WALL_SIZE];
    ebb_wall_format(day, term->cycle->first_s);
    ebb_slot_set(&slots, "from", "%.10s", day);
    ebb_wall_format(day, term->cycle->last_s);
    ebb_slot_set(&slots, "to", "%.10s", day);
    ebb_put_sentence(&term->layout, STYLE_BOLD, "terminal.title", &slots);
}

/* The emergency number where it is known; the same sentence without it where not. */
static void put_notice(const ebb_term_t *term)
{
    const char *country = term->from->opts->country;
    const char *number = country ? ebb_help_emergency(country) : NULL;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "number", "%s", number ? number : "");
    ebb_put_sentence(&term->layout, STYLE_BOLD, "terminal.notice.not", NULL);
    ebb_put_sentence(&term->layout, STYLE_BOLD,
                     number ? "terminal.notice.fear_number" : "terminal.notice.fear",
                     &slots);
}

static void put_maker(const ebb_term_t *term)
{
    const ebb_report_opts_t *opts = term->from->opts;
    if (opts->made_by_both) {
        ebb_put_sentence(&term->layout, STYLE_FAINT, "terminal.maker.both", NULL);
    } else if (opts->me) {
        ebb_slots_t slots = ebb_term_arm_slots(term, strcmp(opts->me, "B") == 0);
        ebb_put_sentence(&term->layout, STYLE_FAINT, "terminal.maker.one", &slots);
    } else {
        ebb_put_sentence(&term->layout, STYLE_FAINT, "terminal.maker.unknown", NULL);
    }
}

/* "If you have written and wait: ..." */
static void put_part(const ebb_term_t *term, const char *code, const char *part)
{
    char label[48], key[64];
    (void)snprintf(label, sizeof label, "experiment.%s", part);
    (void)snprintf(key, sizeof key, "experiments.%s.%s", code, part);
    ebb_put_labelled(&term->layout, label, key);
}

static void put_experiment(const ebb_term_t *term)
{
    const char *code = ebb_experiment_choose(term->cycle);
    char key[64];
    ebb_put_heading(&term->layout, "terminal.heading.try");
    (void)snprintf(key, sizeof key, "experiments.%s.title", code);
    ebb_put_sentence(&term->layout, STYLE_BOLD, key, NULL);
    (void)snprintf(key, sizeof key, "experiments.%s.idea", code);
    ebb_put_sentence(&term->layout, STYLE_PLAIN, key, NULL);
    put_part(term, code, "reach");
    put_part(term, code, "retreat");
    put_part(term, code, "see");
}

/* Two persons of one name are told apart by their letters. */
static void take_names(ebb_term_t *term)
{
    static const char *const letters[2] = {"A", "B"};
    for (int k = 0; k < 2; k++) {
        const char *name = term->from->opts->names
                               ? ebb_history_name(term->from->history, k)
                               : letters[k];
        ebb_name_tidy(term->names[k], sizeof term->names[k] - 4, name ? name : "",
                      NAME_COLUMNS, letters[k]);
    }
    if (strcmp(term->names[0], term->names[1]) == 0) {
        size_t end = strlen(term->names[0]); /* room for 4 more was left */
        memcpy(term->names[0] + end, " (A)", sizeof " (A)");
        memcpy(term->names[1] + end, " (B)", sizeof " (B)");
    }
}

static ebb_term_t term_open(ebb_text_t *out, const ebb_report_source_t *from)
{
    ebb_term_t term = {
        .layout = {out, ebb_layout_width(from->opts->width), from->opts->colour,
                   from->opts->language},
        .from = from,
        .cycle = from->cycle,
    };
    take_names(&term);
    return term;
}

int ebb_report_counts(ebb_text_t *out, const ebb_history_t *history,
                      const ebb_cycle_t *cycle, const ebb_report_opts_t *opts)
{
    static const ebb_report_opts_t defaults = {0};
    const ebb_report_source_t from = {history, cycle, opts ? opts : &defaults};
    ebb_term_t term = term_open(out, &from);
    ebb_slots_t slots = ebb_term_amount_slots(&term);
    ebb_phrase(out, from.opts->language, "terminal.amount.numbers", &slots);
    return out->failed;
}

int ebb_report_terminal(ebb_text_t *out, const ebb_history_t *history,
                        const ebb_cycle_t *cycle, const ebb_report_opts_t *opts)
{
    static const ebb_report_opts_t defaults = {0};
    const ebb_report_source_t from = {history, cycle, opts ? opts : &defaults};
    ebb_term_t term = term_open(out, &from);
    put_title(&term);
    put_notice(&term);
    put_maker(&term);
    ebb_term_amount(&term);
    ebb_term_weeks(&term);
    ebb_put_sentence(&term.layout, STYLE_FAINT, "terminal.brackets", NULL);
    ebb_term_strengths(&term);
    ebb_term_cycle(&term);
    ebb_term_quarters(&term);
    ebb_term_limits(&term);
    put_experiment(&term);
    return out->failed;
}
