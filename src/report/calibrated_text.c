/* SPDX-License-Identifier: MIT
 * A calibration for a terminal: each parameter's posterior within its prior, and each
 * target beside what the model has.
 *
 *     hazard_scale |      ---o--                 |  0.0039 [0.0034, 0.0044]
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "ebb/calibrated.h"
#include "report/layout.h"

#define CALTEXT_NAME 18
#define CALTEXT_BAR 24 /* columns of a prior */

typedef struct caltext {
    ebb_layout_t layout;
    const ebb_calibrated_t *from;
} caltext_t;

static const char *caltext_word(const caltext_t *p, const char *key)
{
    return ebb_word(p->layout.language, key);
}

/* A line of names over columns; the first is as wide as a name. */
static void caltext_columns(const caltext_t *p, const char *first, const char *others)
{
    ebb_put_blank(&p->layout);
    ebb_style_begin(&p->layout, STYLE_BOLD);
    ebb_text_printf(p->layout.out, "%-*s%s", CALTEXT_NAME, caltext_word(p, first),
                    caltext_word(p, others));
    ebb_style_end(&p->layout, STYLE_BOLD);
    ebb_text_puts(p->layout.out, "\n");
}

static void caltext_head(const caltext_t *p)
{
    const ebb_calibrate_settings_t *s = p->from->settings;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "params", "%zu", s->param_count);
    ebb_slot_set(&slots, "targets", "%zu", s->target_count);
    ebb_slot_set(&slots, "n", "%zu", s->evaluations);
    if (p->from->couples) {
        ebb_slot_set(&slots, "couples", "%" PRIu64 " %s", p->from->couples,
                     ebb_word(p->layout.language, "calibrate.couples"));
    } else {
        ebb_slot_set(&slots, "couples", "%s",
                     ebb_word(p->layout.language, "calibrate.couples.own"));
    }
    ebb_slot_set(&slots, "seed", "%" PRIu64, s->seed);
    ebb_slot_set(&slots, "truths", "%zu", p->from->truths);
    if (p->from->calibration) {
        size_t draws;
        (void)ebb_calibration_draws(p->from->calibration, &draws);
        ebb_slot_set(&slots, "draws", "%zu", draws);
        ebb_slot_set(&slots, "worth", "%.0f",
                     ebb_calibration_effective(p->from->calibration));
    }
    ebb_put_sentence(&p->layout, STYLE_PLAIN,
                     p->from->calibration ? "calibrate.head" : "calibrate.head.back",
                     &slots);
}

/* --- parameters ------------------------------------------------------------------- */

/* Column of a value within the prior, on the scale on which that is uniform. */
static size_t caltext_column(const ebb_calibrate_param_t *param, double value)
{
    double part = param->log ? log(value / param->low) / log(param->high / param->low)
                             : (value - param->low) / (param->high - param->low);
    double column = part * CALTEXT_BAR;
    return column < 0                  ? 0
           : column >= CALTEXT_BAR - 1 ? CALTEXT_BAR - 1
                                       : (size_t)column;
}

static void caltext_bar(const caltext_t *p, const ebb_calibrate_param_t *param,
                        const ebb_calibrate_param_info_t *info)
{
    char bar[CALTEXT_BAR + 1];
    memset(bar, ' ', CALTEXT_BAR);
    bar[CALTEXT_BAR] = '\0';
    size_t low = caltext_column(param, info->low);
    size_t high = caltext_column(param, info->high);
    memset(bar + low, '-', high - low + 1);
    bar[caltext_column(param, info->median)] = 'o';
    ebb_text_printf(p->layout.out, "%7.4g|", param->low);
    ebb_style_begin(&p->layout, STYLE_A);
    ebb_text_puts(p->layout.out, bar);
    ebb_style_end(&p->layout, STYLE_A);
    ebb_text_printf(p->layout.out, "|%-7.4g", param->high);
}

static void caltext_param(const caltext_t *p, size_t i)
{
    const ebb_calibrate_param_t *param = &p->from->settings->params[i];
    ebb_calibrate_param_info_t info = ebb_calibration_param(p->from->calibration, i);
    char range[48];
    ebb_text_printf(p->layout.out, "%-*.*s", CALTEXT_NAME - 5, CALTEXT_NAME - 5,
                    param->name);
    caltext_bar(p, param, &info);
    (void)snprintf(range, sizeof range, "%.3g [%.3g, %.3g]", info.median, info.low,
                   info.high);
    ebb_text_printf(p->layout.out, "%s\n", range);
}

/* "barrier: 14 times narrower than before." */
static void caltext_verdict(const caltext_t *p, size_t i)
{
    const ebb_calibrate_param_t *params = p->from->settings->params;
    ebb_calibrate_param_info_t info = ebb_calibration_param(p->from->calibration, i);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "p", "%s", params[i].name);
    ebb_slot_set(&slots, "times", "%.2g", info.narrower);
    ebb_slot_set(&slots, "with", "%s", params[info.together].name);
    ebb_slot_set(&slots, "r", "%.2f", info.r);
    if (info.together != i) {
        ebb_put_point(&p->layout, "calibrate.together", &slots);
    } else if (!info.identified) {
        ebb_put_point(&p->layout, "calibrate.loose", &slots);
    }
}

static void caltext_params(const caltext_t *p)
{
    size_t count = p->from->settings->param_count, loose = 0;
    caltext_columns(p, "calibrate.parameter", "calibrate.parameter.columns");
    for (size_t i = 0; i < count; i++) {
        caltext_param(p, i);
        loose += !ebb_calibration_param(p->from->calibration, i).identified;
    }
    ebb_put_heading(&p->layout, "calibrate.not_identified");
    for (size_t i = 0; i < count; i++) {
        caltext_verdict(p, i);
    }
    if (loose == 0) {
        ebb_put_point(&p->layout, "calibrate.all_identified", NULL);
    }
}

/* --- targets ---------------------------------------------------------------------- */

static void caltext_target(const caltext_t *p, size_t k)
{
    const ebb_calibrate_target_t *target = &p->from->settings->targets[k];
    ebb_calibrate_target_info_t info = ebb_calibration_target(p->from->calibration, k);
    char published[40], model[40];
    (void)snprintf(published, sizeof published, "%.3g [%.3g, %.3g]", target->value,
                   target->low, target->high);
    (void)snprintf(model, sizeof model, "%.3g [%.3g, %.3g]", info.median, info.low,
                   info.high);
    ebb_text_printf(p->layout.out, "%-*.*s %-23s %-24s %s\n", CALTEXT_NAME,
                    CALTEXT_NAME, target->name, published, model,
                    caltext_word(p, info.met ? "calibrate.met" : "calibrate.missed"));
}

static void caltext_missing(const caltext_t *p)
{
    ebb_text_t names;
    const char *name;
    ebb_text_init(&names, NULL);
    for (size_t k = 0; (name = ebb_fit_missing(p->from->fit, k)) != NULL; k++) {
        ebb_text_printf(&names, "%s%s", k ? ", " : "", name);
    }
    if (names.length) {
        ebb_put_heading(&p->layout, "calibrate.not_used");
        ebb_put_lines(&p->layout, STYLE_PLAIN, "  ", names.data);
    }
    p->layout.out->failed |= names.failed;
    ebb_text_free(&names);
}

static void caltext_targets(const caltext_t *p)
{
    caltext_columns(p, "calibrate.target", "calibrate.target.columns");
    for (size_t k = 0; k < p->from->settings->target_count; k++) {
        caltext_target(p, k);
    }
    caltext_missing(p);
    ebb_put_blank(&p->layout);
    ebb_put_sentence(&p->layout, STYLE_PLAIN, "calibrate.foot", NULL);
}

/* --- recovery --------------------------------------------------------------------- */

static void caltext_back(const caltext_t *p)
{
    caltext_columns(p, "calibrate.parameter", "calibrate.back.columns");
    for (size_t i = 0; i < p->from->settings->param_count; i++) {
        const ebb_calibrated_back_t *back = &p->from->back[i];
        ebb_text_printf(p->layout.out, "%-*.*s %5zu / %-3zu %13.2f %13.1f %8zu / %zu\n",
                        CALTEXT_NAME, CALTEXT_NAME, p->from->settings->params[i].name,
                        back->inside, p->from->truths, back->off, back->narrower,
                        back->identified, p->from->truths);
    }
    ebb_put_blank(&p->layout);
    ebb_put_sentence(&p->layout, STYLE_PLAIN, "calibrate.back.foot", NULL);
    if (p->from->anew > 0) {
        ebb_slots_t slots = {0};
        ebb_slot_set(&slots, "n", "%zu", p->from->anew);
        ebb_put_sentence(&p->layout, STYLE_PLAIN, "calibrate.back.anew", &slots);
    }
}

int ebb_calibrated_terminal(ebb_text_t *out, const ebb_calibrated_t *from,
                            const ebb_picture_opts_t *opts)
{
    const ebb_picture_opts_t usual = {0};
    opts = opts ? opts : &usual;
    const caltext_t page = {.layout = {.out = out,
                                       .width = ebb_layout_width(opts->width),
                                       .colour = opts->colour,
                                       .language = opts->language},
                            .from = from};
    caltext_head(&page);
    if (from->calibration) {
        caltext_params(&page);
        caltext_targets(&page);
    } else {
        caltext_back(&page);
    }
    return out->failed;
}
