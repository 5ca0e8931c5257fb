/* SPDX-License-Identifier: MIT
 * A trial for a terminal: effects as a forest plot, and what became of each arm.
 *
 *     effect at the end, SD                     -0.5       0      0.5       1
 *     focused                0.41 [0.35, 0.47]             |   --o--
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "report/layout.h"
#include "report/trialed.h"

#define TRIALTEXT_NAME 24
#define TRIALTEXT_NUMBERS 22 /* columns of an effect with its interval */
#define TRIALTEXT_PLOT_MOST 120

typedef struct trialtext {
    ebb_layout_t layout;
    const ebb_trialed_t *from;
    ebb_trial_info_t info;
    ebb_trial_run_info_t run;
    double low, high; /* ends of the plots */
    size_t plot;      /* their columns */
} trialtext_t;

static ebb_trial_row_t trialtext_row(const trialtext_t *t, size_t group, size_t arm,
                                     int visit)
{
    return ebb_trial_row(t->from->run, t->from->tally, group, arm, visit);
}

static void trialtext_heading(const trialtext_t *t, const char *key)
{
    ebb_put_blank(&t->layout);
    ebb_style_begin(&t->layout, STYLE_BOLD);
    ebb_text_printf(t->layout.out, "%-*.*s", TRIALTEXT_NAME + TRIALTEXT_NUMBERS,
                    TRIALTEXT_NAME + TRIALTEXT_NUMBERS,
                    ebb_word(t->layout.language, key));
    ebb_style_end(&t->layout, STYLE_BOLD);
}

/* --- head ------------------------------------------------------------------------- */

static void trialtext_head(const trialtext_t *t)
{
    ebb_slots_t slots = {0};
    const char *unit = ebb_model_info(t->from->model).time_unit;
    uint64_t entered = trialtext_row(t, 0, 0, EBB_TRIAL_END).entered;
    uint64_t failed = ebb_trial_failed(t->from->run, t->from->tally);
    ebb_slot_set(&slots, "n", "%" PRIu64, t->run.couples);
    ebb_slot_set(&slots, "entered", "%" PRIu64, entered);
    ebb_slot_set(&slots, "entry", "%g %s", t->info.times[EBB_TRIAL_ENTRY], unit);
    ebb_slot_set(&slots, "end", "%g", t->info.times[EBB_TRIAL_END]);
    ebb_slot_set(&slots, "follow", "%g", t->info.times[EBB_TRIAL_FOLLOW]);
    ebb_slot_set(&slots, "model", "%s", t->info.head.uses);
    ebb_slot_set(&slots, "seed", "%" PRIu64, t->run.seed);
    ebb_slot_set(&slots, "sd", "%g", t->info.sd);
    ebb_slot_set(&slots, "reliability", "%g", t->info.reliability);
    ebb_slot_set(&slots, "reliable", "%.2f", t->info.reliable / t->info.sd);
    ebb_slot_set(&slots, "seen", "%.2f",
                 ebb_trial_entry_sd(t->from->run, t->from->tally));
    ebb_slot_set(&slots, "failed", "%" PRIu64, failed);
    ebb_put_lines(&t->layout, STYLE_BOLD, "",
                  *t->info.head.text ? t->info.head.text : t->info.head.name);
    ebb_put_sentence(&t->layout, STYLE_PLAIN, "trial.head", &slots);
    ebb_put_sentence(&t->layout, STYLE_PLAIN, "trial.scale", &slots);
    if (t->info.measured) {
        ebb_put_sentence(&t->layout, STYLE_PLAIN, "trial.measured", &slots);
    }
    if (failed) {
        ebb_put_sentence(&t->layout, STYLE_PLAIN, "population.failed", &slots);
    }
}

/* --- forest plot ------------------------------------------------------------------ */

/* Ends of the plots, so that all intervals of all groups fit: halves of an sd. */
static void trialtext_range(trialtext_t *t)
{
    t->low = -0.5;
    t->high = 0.5;
    for (size_t g = 0; g < t->run.groups; g++) {
        for (size_t k = 0; k < 2 * t->info.arms; k++) {
            ebb_trial_mean_t effect =
                trialtext_row(t, g, k / 2, k % 2 ? EBB_TRIAL_FOLLOW : EBB_TRIAL_END)
                    .effect;
            /* of few couples an interval may be wide: it is cut at the edge */
            double low = effect.couples >= 20 ? effect.low : effect.mean;
            double high = effect.couples >= 20 ? effect.high : effect.mean;
            t->low = low < t->low ? floor(2 * low) / 2 : t->low;
            t->high = high > t->high ? ceil(2 * high) / 2 : t->high;
        }
    }
    size_t used = TRIALTEXT_NAME + TRIALTEXT_NUMBERS + 2;
    t->plot = t->layout.width > used + 8 ? t->layout.width - used : 8;
    t->plot = t->plot < TRIALTEXT_PLOT_MOST ? t->plot : TRIALTEXT_PLOT_MOST;
}

static size_t trialtext_place(const trialtext_t *t, double at)
{
    double part = (at - t->low) / (t->high - t->low);
    part = part >= 0 ? part < 1 ? part : 1 : 0;
    return (size_t)floor(part * (double)(t->plot - 1) + 0.5);
}

/* The scale above a plot: its ends, and 0. */
static void trialtext_scale(const trialtext_t *t)
{
    char cells[TRIALTEXT_PLOT_MOST + 1], low[16], high[16];
    memset(cells, ' ', t->plot);
    cells[t->plot] = '\0';
    (void)snprintf(low, sizeof low, "%g", t->low);
    (void)snprintf(high, sizeof high, "%g", t->high);
    cells[trialtext_place(t, 0)] = '0';
    if (strlen(low) < trialtext_place(t, 0)) {
        memcpy(cells, low, strlen(low));
    }
    memcpy(cells + t->plot - strlen(high), high, strlen(high));
    ebb_text_printf(t->layout.out, "  %s\n", cells);
}

static void trialtext_plot(const trialtext_t *t, ebb_trial_mean_t effect)
{
    char cells[TRIALTEXT_PLOT_MOST + 1];
    memset(cells, ' ', t->plot);
    size_t zero = trialtext_place(t, 0), used = zero + 1;
    if (isfinite(effect.mean)) {
        size_t at = trialtext_place(t, effect.mean);
        size_t low = isfinite(effect.low) ? trialtext_place(t, effect.low) : at;
        size_t high = isfinite(effect.high) ? trialtext_place(t, effect.high) : at;
        memset(cells + low, '-', high - low + 1);
        cells[at] = 'o';
        used = high >= used ? high + 1 : used;
    }
    if (cells[zero] == ' ') {
        cells[zero] = '|';
    }
    ebb_text_printf(t->layout.out, "  %.*s\n", (int)used, cells);
}

static void trialtext_effect(const trialtext_t *t, const char *name,
                             ebb_trial_mean_t effect)
{
    char numbers[64] = "-";
    if (isfinite(effect.low)) {
        (void)snprintf(numbers, sizeof numbers, "%.2f [%.2f, %.2f]", effect.mean,
                       effect.low, effect.high);
    } else if (isfinite(effect.mean)) {
        (void)snprintf(numbers, sizeof numbers, "%.2f [-, -]", effect.mean);
    }
    ebb_text_printf(t->layout.out, "%-*.*s%*s", TRIALTEXT_NAME, TRIALTEXT_NAME, name,
                    TRIALTEXT_NUMBERS, numbers);
    trialtext_plot(t, effect);
}

static void trialtext_forest(const trialtext_t *t, int visit, const char *key)
{
    trialtext_heading(t, key);
    trialtext_scale(t);
    for (size_t arm = 1; arm < t->info.arms; arm++) {
        trialtext_effect(t, ebb_trial_arm(t->from->trial, arm),
                         trialtext_row(t, 0, arm, visit).effect);
        for (size_t g = 1; g < t->run.groups; g++) {
            char name[TRIALTEXT_NAME + 1];
            ebb_trial_row_t row = trialtext_row(t, g, arm, visit);
            (void)snprintf(name, sizeof name, "  %.22s", ebb_trialed_group(t->from, g));
            if (row.entered) {
                trialtext_effect(t, name, row.effect);
            }
        }
    }
}

/* --- what became of each arm ------------------------------------------------------ */

static void trialtext_per_cent(const trialtext_t *t, uint64_t count, uint64_t of)
{
    if (of) {
        ebb_text_printf(t->layout.out, "%11.1f", 100 * (double)count / (double)of);
    } else {
        ebb_text_printf(t->layout.out, "%11s", "-");
    }
}

static void trialtext_outcomes(const trialtext_t *t, int visit, const char *key)
{
    static const char *const keys[] = {"trial.together", "trial.improved",
                                       "trial.worse", "trial.recovered"};
    bool follow = visit == EBB_TRIAL_FOLLOW;
    ebb_put_blank(&t->layout);
    ebb_style_begin(&t->layout, STYLE_BOLD);
    ebb_text_printf(t->layout.out, "%-*.*s", TRIALTEXT_NAME, TRIALTEXT_NAME,
                    ebb_word(t->layout.language, key));
    ebb_style_end(&t->layout, STYLE_BOLD);
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        ebb_text_printf(t->layout.out, "%11s", ebb_word(t->layout.language, keys[k]));
    }
    ebb_text_printf(t->layout.out, "%11s\n",
                    follow          ? ebb_word(t->layout.language, "trial.relapsed")
                    : t->info.drops ? ebb_word(t->layout.language, "trial.dropped")
                                    : "");
    for (size_t arm = 0; arm < t->info.arms; arm++) {
        ebb_trial_row_t row = trialtext_row(t, 0, arm, visit);
        uint64_t before = trialtext_row(t, 0, arm, EBB_TRIAL_END).improved;
        ebb_text_printf(t->layout.out, "%-*.*s", TRIALTEXT_NAME, TRIALTEXT_NAME,
                        ebb_trial_arm(t->from->trial, arm));
        trialtext_per_cent(t, row.together, row.entered);
        trialtext_per_cent(t, row.improved, row.entered);
        trialtext_per_cent(t, row.worse, row.entered);
        trialtext_per_cent(t, row.recovered, row.entered);
        if (follow) {
            trialtext_per_cent(t, before - row.kept, before);
        } else if (t->info.drops) {
            trialtext_per_cent(t, row.dropped, row.entered);
        }
        ebb_text_puts(t->layout.out, "\n");
    }
}

int ebb_trialed_terminal(ebb_text_t *out, const ebb_trialed_t *from,
                         const ebb_picture_opts_t *opts)
{
    const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    trialtext_t t = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
        .info = ebb_trial_info(from->trial),
        .run = ebb_trial_run_info(from->run),
    };
    trialtext_range(&t);
    trialtext_head(&t);
    trialtext_forest(&t, EBB_TRIAL_END, "trial.effect.end");
    trialtext_forest(&t, EBB_TRIAL_FOLLOW, "trial.effect.follow");
    trialtext_outcomes(&t, EBB_TRIAL_END, "trial.outcomes.end");
    trialtext_outcomes(&t, EBB_TRIAL_FOLLOW, "trial.outcomes.follow");
    ebb_put_blank(&t.layout);
    ebb_put_sentence(&t.layout, STYLE_PLAIN, "trial.caution", NULL);
    return out->failed;
}
