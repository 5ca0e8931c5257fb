/* SPDX-License-Identifier: MIT
 * What children learn, for a terminal: loudness over time, what is learnt and what
 * pays, the adults beside what is known, what each mechanism contributes. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "core/words.h"
#include "ebb/developed.h"
#include "report/chart.h"
#include "report/layout.h"

typedef struct developed_page {
    ebb_layout_t layout;
    const ebb_developed_t *from;
    bool fine;
} developed_page_t;

static const char *developed_word(const developed_page_t *p, const char *key)
{
    return ebb_word(p->layout.language, key);
}

static void developed_put(const developed_page_t *p, const char *key,
                          const ebb_slots_t *slots)
{
    ebb_put_sentence(&p->layout, STYLE_PLAIN, key, slots);
}

static bool developed_shows(const developed_page_t *p, size_t care)
{
    return p->from->only == EBB_CAREGIVERS || p->from->only == care;
}

static double developed_episodes(const developed_page_t *p)
{
    const ebb_develop_numbers_t *numbers = p->from->settings->numbers;
    return numbers ? numbers->episodes : ebb_develop_usual().episodes;
}

/* --- loudness over time ----------------------------------------------------------- */

static void developed_put_chart(const developed_page_t *p)
{
    static const char letters[EBB_CAREGIVERS] = {'r', 'i', 'x', 'f'};
    static const ebb_style_t styles[EBB_CAREGIVERS] = {STYLE_PLAIN, STYLE_A, STYLE_B,
                                                       STYLE_FAINT};
    double times[EBB_DEVELOP_TIMES], episodes = developed_episodes(p);
    ebb_chart_line_t lines[EBB_CAREGIVERS], band[2] = {{0}, {0}};
    size_t count = 0;
    for (size_t k = 0; k < EBB_DEVELOP_TIMES; k++) {
        times[k] = episodes * (double)(k + 1) / EBB_DEVELOP_TIMES;
    }
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_childhood_t *care = &p->from->develop->care[k];
        if (developed_shows(p, k)) {
            lines[count++] = (ebb_chart_line_t){.values = care->mean,
                                                .stride = 1,
                                                .name = care->caregiver.name,
                                                .letter = letters[k],
                                                .style = styles[k]};
            band[0] = (ebb_chart_line_t){.values = care->low, .stride = 1};
            band[1] = (ebb_chart_line_t){.values = care->high, .stride = 1};
        }
    }
    ebb_chart_t chart = {.title = developed_word(p, "develop.chart"),
                         .text = "",
                         .times = times,
                         .time_count = EBB_DEVELOP_TIMES,
                         .end = episodes,
                         .low = 0,
                         .high = 1,
                         .rows = 12,
                         .fine = p->fine,
                         .lines = lines,
                         .line_count = count,
                         .band = count == 1 ? band : NULL};
    ebb_put_blank(&p->layout);
    ebb_put_chart(&p->layout, &chart);
    ebb_put_chart_axis(&p->layout, &chart, developed_word(p, "develop.episodes"));
    if (count == 1) {
        ebb_put_blank(&p->layout);
        developed_put(p, "develop.band", NULL);
    }
}

/* --- tables ----------------------------------------------------------------------- */

static void developed_put_learnt(const developed_page_t *p)
{
    ebb_text_t *out = p->layout.out;
    ebb_put_heading(&p->layout, "develop.learnt");
    ebb_style_begin(&p->layout, STYLE_FAINT);
    ebb_text_printf(out, "  %-13s %13s %9s %7s %8s %8s %7s\n", "",
                    developed_word(p, "develop.column.loudness"),
                    developed_word(p, "develop.column.suppress"),
                    developed_word(p, "develop.column.plain"),
                    developed_word(p, "develop.column.amplify"),
                    developed_word(p, "develop.column.unrest"),
                    developed_word(p, "develop.column.worth"));
    ebb_style_end(&p->layout, STYLE_FAINT);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_childhood_t *c = &p->from->develop->care[k];
        if (developed_shows(p, k)) {
            ebb_text_printf(out,
                            "  %-13s %6.2f \u00b1%5.2f %7.0f %% %5.0f %% %6.0f %% "
                            "%8.3f %7.2f\n",
                            c->caregiver.name, c->loudness, c->loudness_sd,
                            100 * c->suppress, 100 * c->plain, 100 * c->amplify,
                            c->unrest, c->worth);
        }
    }
    developed_put(p, "develop.columns", NULL);
}

static void developed_put_pays(const developed_page_t *p)
{
    ebb_text_t *out = p->layout.out;
    ebb_put_heading(&p->layout, "develop.pays");
    ebb_style_begin(&p->layout, STYLE_FAINT);
    ebb_text_printf(out, "  %-13s", developed_word(p, "develop.level"));
    for (size_t k = 0; k < EBB_DEVELOP_LEVELS; k++) {
        ebb_text_printf(out, " %8.2f", (double)k / (EBB_DEVELOP_LEVELS - 1));
    }
    ebb_text_puts(out, "\n");
    ebb_style_end(&p->layout, STYLE_FAINT);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_childhood_t *c = &p->from->develop->care[k];
        size_t best = 0;
        for (size_t l = 1; l < EBB_DEVELOP_LEVELS; l++) {
            best = c->pays[l] > c->pays[best] ? l : best;
        }
        if (!developed_shows(p, k)) {
            continue;
        }
        ebb_text_printf(out, "  %-13s", c->caregiver.name);
        for (size_t l = 0; l < EBB_DEVELOP_LEVELS; l++) {
            bool last = l + 1 == EBB_DEVELOP_LEVELS;
            ebb_text_printf(out, " %7.2f%s", c->pays[l],
                            l == best ? "*"
                            : last    ? ""
                                      : " ");
        }
        ebb_text_puts(out, "\n");
    }
    developed_put(p, "develop.pays.legend", NULL);
}

/* --- adults ----------------------------------------------------------------------- */

static void developed_put_adults(const developed_page_t *p)
{
    const ebb_develop_t *d = p->from->develop;
    ebb_slots_t slots = {0};
    ebb_put_heading(&p->layout, "develop.adults");
    const ebb_develop_numbers_t *numbers = p->from->settings->numbers;
    double carry = numbers ? numbers->carry : ebb_develop_usual().carry;
    ebb_slot_set(&slots, "carry", "%.2f", carry);
    ebb_slot_set(&slots, "care", "%.2f", d->care_adult);
    ebb_slot_set(&slots, "share", "%.0f", 100 * (1 - carry * carry));
    developed_put(p, "develop.carried", &slots);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        ebb_slots_t one = {0};
        ebb_slot_set(&one, "care", "%s", d->care[k].caregiver.name);
        ebb_slot_set(&one, "anxiety", "%+.2f", d->care[k].adult_anxiety);
        ebb_slot_set(&one, "avoidance", "%+.2f", d->care[k].adult_avoidance);
        if (developed_shows(p, k)) {
            ebb_put_point(&p->layout, "develop.adult", &one);
        }
    }
    ebb_slot_set(&slots, "security", "%.2f", d->security);
    developed_put(p, "develop.security", &slots);
}

/* --- mechanisms ------------------------------------------------------------------- */

static void developed_put_row(const developed_page_t *p, const ebb_developed_row_t *row)
{
    char name[64];
    const char *word = NULL;
    for (size_t k = 0; k < EBB_DEVELOP_MECHANISMS; k++) {
        bool added = (row->without & ~p->from->settings->without) >> k & 1;
        word = added ? ebb_develop_mechanism(k) : word;
    }
    (void)snprintf(name, sizeof name, "%s%s%s",
                   developed_word(p, word ? "pair.row.without" : "develop.row.all"),
                   word ? " " : "", word ? word : "");
    ebb_text_printf(p->layout.out, "  %-17.17s", name);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_childhood_t *c = &row->develop.care[k];
        ebb_text_printf(p->layout.out, "  %5.2f %5.3f", c->loudness, c->unrest);
    }
    char clusters[16] = "-"; /* all alike */
    if (isfinite(row->develop.clusters)) {
        (void)snprintf(clusters, sizeof clusters, "%.2f", row->develop.clusters);
    }
    ebb_text_printf(p->layout.out, " %8s\n", clusters);
}

static void developed_put_rows(const developed_page_t *p)
{
    ebb_put_heading(&p->layout, "develop.mechanisms");
    ebb_style_begin(&p->layout, STYLE_FAINT);
    ebb_text_printf(p->layout.out, "  %-17s", "");
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        ebb_text_printf(p->layout.out, " %12s",
                        p->from->develop->care[k].caregiver.name);
    }
    ebb_text_printf(p->layout.out, " %8s\n", developed_word(p, "develop.clusters"));
    ebb_style_end(&p->layout, STYLE_FAINT);
    for (size_t k = 0; k < p->from->row_count; k++) {
        developed_put_row(p, &p->from->rows[k]);
    }
    developed_put(p, "develop.mechanisms.legend", NULL);
}

/* --- all -------------------------------------------------------------------------- */

static void developed_put_head(const developed_page_t *p)
{
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, p->from->develop->children);
    ebb_slot_set(&slots, "episodes", "%.0f", developed_episodes(p));
    ebb_put_sentence(&p->layout, STYLE_BOLD, "develop.head", &slots);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_caregiver_t *c = &p->from->develop->care[k].caregiver;
        ebb_slots_t one = {0};
        ebb_slot_set(&one, "care", "%s", c->name);
        ebb_slot_set(&one, "text", "%s", c->text);
        if (developed_shows(p, k)) {
            ebb_put_point(&p->layout, "develop.care", &one);
        }
    }
    for (size_t k = 0; k < EBB_DEVELOP_MECHANISMS; k++) {
        ebb_slots_t one = {0};
        if (p->from->settings->without >> k & 1) {
            ebb_slot_set(&one, "word", "%s", ebb_develop_mechanism(k));
            ebb_slot_set(&one, "text", "%s", ebb_develop_mechanism_text(k));
            ebb_put_point(&p->layout, "pair.without", &one);
        }
    }
}

int ebb_developed_terminal(ebb_text_t *out, const ebb_developed_t *from,
                           const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    developed_page_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
        .fine = opts->fine};
    developed_put_head(&p);
    developed_put_chart(&p);
    developed_put_learnt(&p);
    developed_put_pays(&p);
    developed_put_adults(&p);
    if (from->row_count) {
        developed_put_rows(&p);
    }
    ebb_put_blank(&p.layout);
    ebb_put_sentence(&p.layout, STYLE_FAINT, "develop.note", NULL);
    return out->failed;
}
