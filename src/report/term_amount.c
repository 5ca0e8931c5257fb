/* SPDX-License-Identifier: MIT
 * How much there is: numbers, doubts about the reading, and the weeks as two rows of
 * marks a person. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "core/words.h"
#include "report/columns.h"
#include "report/term.h"

static void set_count(ebb_slots_t *slots, const char *name, uint64_t count)
{
    ebb_slot_set(slots, name, "%" PRIu64, count);
}

ebb_slots_t ebb_term_amount_slots(const ebb_term_t *term)
{
    const ebb_cycle_t *c = term->cycle;
    ebb_slots_t slots = ebb_term_slots(term);
    uint64_t messages = c->messages[0] + c->messages[1];
    set_count(&slots, "weeks", c->week_count);
    set_count(&slots, "messages", messages);
    set_count(&slots, "ma", c->messages[0]);
    set_count(&slots, "mb", c->messages[1]);
    set_count(&slots, "calls", c->calls);
    ebb_slot_set(&slots, "rate", "%.1f", ebb_messages_per_day(c));
    return slots;
}

static void tell_numbers(const ebb_term_t *term)
{
    ebb_slots_t slots = ebb_term_amount_slots(term);
    ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.amount.numbers", &slots);
}

/* What makes the reading less sure, a sentence each. */
static void tell_doubts(const ebb_term_t *term)
{
    const ebb_account_t *account = ebb_history_account(term->from->history);
    uint64_t not_understood = 0;
    bool capped = false, ambiguous = false, zone = account->source_count > 0;
    bool instants = zone;
    for (size_t i = 0; i < account->source_count; i++) {
        const ebb_source_t *s = &account->sources[i];
        not_understood += s->not_understood;
        capped = capped || s->cap_suspected;
        ambiguous = ambiguous || s->date_certainty == EBB_AMBIGUOUS;
        zone = zone && s->zone_known;
        instants = instants && s->instants;
    }
    ebb_slots_t slots = {0};
    set_count(&slots, "lines", not_understood);
    set_count(&slots, "gaps", account->gap_count);
    const struct {
        bool holds;
        const char *key;
    } doubts[] = {
        {not_understood > 0, "terminal.amount.not_understood"},
        {ambiguous, "terminal.amount.dates_ambiguous"},
        {capped, "terminal.amount.capped"},
        {account->gap_count > 0, "terminal.amount.gaps"},
        {!zone && !instants, "terminal.amount.zone_unknown"},
        {!zone && instants, "terminal.amount.zone_utc"},
    };
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        if (doubts[i].holds) {
            ebb_put_point(&term->layout, doubts[i].key, &slots);
        }
    }
}

void ebb_term_amount(const ebb_term_t *term)
{
    ebb_put_heading(&term->layout, "terminal.heading.amount");
    tell_numbers(term);
    tell_doubts(term);
}

/* A row of marks: what is counted, for whom, over how many weeks a mark. */
typedef struct mark_row {
    bool followups;
    int person;
    size_t weeks_a_mark;
    uint64_t most; /* the highest mark of both persons */
} mark_row_t;

static uint64_t mark_value(const ebb_cycle_t *cycle, const mark_row_t *row, size_t mark)
{
    uint64_t sum = 0;
    size_t begin = mark * row->weeks_a_mark;
    for (size_t i = begin; i < begin + row->weeks_a_mark && i < cycle->week_count;
         i++) {
        const ebb_week_t *week = &cycle->weeks[i];
        sum +=
            row->followups ? week->followups[row->person] : week->messages[row->person];
    }
    return sum;
}

static size_t mark_count(const ebb_cycle_t *cycle, const mark_row_t *row)
{
    return (cycle->week_count + row->weeks_a_mark - 1) / row->weeks_a_mark;
}

/* Eighths of the highest; nothing at all is a dot. */
static void put_mark(ebb_text_t *out, uint64_t value, uint64_t most)
{
    static const char *const marks[] = {
        "\xC2\xB7",     "\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83", "\xE2\x96\x84",
        "\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87", "\xE2\x96\x88",
    };
    size_t height = most ? (size_t)((8 * value + most - 1) / most) : 0;
    ebb_text_puts(out, marks[height]);
}

/* "messages   A  ▂▃▅", the name filled up to `columns`. */
static void put_mark_row(const ebb_term_t *term, const mark_row_t *row, size_t columns)
{
    ebb_text_t *out = term->layout.out;
    const char *label = row->person == 0
                            ? ebb_word(term->layout.language,
                                       row->followups ? "terminal.weeks.followups"
                                                      : "terminal.weeks.messages")
                            : "";
    const char *name = term->names[row->person];
    size_t label_columns = ebb_columns(label, strlen(label));
    ebb_text_puts(out, label);
    ebb_text_printf(out, "%*s", (int)(12 - label_columns), "");
    ebb_text_puts(out, name);
    ebb_text_printf(out, "%*s", (int)(columns - ebb_columns(name, strlen(name)) + 1),
                    "");
    ebb_style_begin(&term->layout, row->person ? STYLE_B : STYLE_A);
    for (size_t i = 0; i < mark_count(term->cycle, row); i++) {
        put_mark(out, mark_value(term->cycle, row, i), row->most);
    }
    ebb_style_end(&term->layout, row->person ? STYLE_B : STYLE_A);
    ebb_put_blank(&term->layout);
}

static void put_mark_rows(const ebb_term_t *term, mark_row_t row, size_t columns)
{
    for (row.person = 0; row.person < 2; row.person++) {
        for (size_t i = 0; i < mark_count(term->cycle, &row); i++) {
            uint64_t value = mark_value(term->cycle, &row, i);
            row.most = value > row.most ? value : row.most;
        }
    }
    for (row.person = 0; row.person < 2; row.person++) {
        put_mark_row(term, &row, columns);
    }
}

void ebb_term_weeks(const ebb_term_t *term)
{
    size_t a = ebb_columns(term->names[0], strlen(term->names[0]));
    size_t b = ebb_columns(term->names[1], strlen(term->names[1]));
    size_t columns = a > b ? a : b;
    size_t room = term->layout.width - 12 - columns - 1;
    mark_row_t row = {.weeks_a_mark = (term->cycle->week_count + room - 1) / room};
    if (row.weeks_a_mark == 0) {
        return;
    }
    ebb_put_blank(&term->layout);
    put_mark_rows(term, row, columns);
    row.followups = true;
    put_mark_rows(term, row, columns);
    ebb_slots_t slots = {0};
    set_count(&slots, "n", row.weeks_a_mark);
    ebb_put_sentence(
        &term->layout, STYLE_FAINT,
        row.weeks_a_mark == 1 ? "terminal.weeks.one" : "terminal.weeks.many", &slots);
}
