/* SPDX-License-Identifier: MIT
 * A study for a terminal: points in a few lines each, branches and sweeps as a plot. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "core/memory.h"
#include "core/words.h"
#include "report/studied.h"

static void studied_put(const ebb_studied_page_t *p, const char *key,
                        const ebb_slots_t *slots)
{
    ebb_put_sentence(&p->layout, STYLE_PLAIN, key, slots);
}

static const ebb_alloc_t *studied_alloc(const ebb_studied_page_t *p)
{
    return p->layout.out->_alloc ? p->layout.out->_alloc : ebb_alloc_default();
}

/* --- points ----------------------------------------------------------------------- */

/* "name value, name value" of what is shown. */
static void studied_put_values(const ebb_studied_page_t *p, const double *values)
{
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    for (size_t i = 0; i < p->from->output_count; i++) {
        double value = ebb_studied_value(p->from, values, i);
        /* what is 0 but for rounding would only distract */
        ebb_text_printf(&line, "%s%s\u00a0%.6g", i ? ", " : "",
                        ebb_studied_name(p->from, i), fabs(value) < 1e-15 ? 0 : value);
    }
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else if (line.data) {
        ebb_put_lines(&p->layout, STYLE_PLAIN, "   ", line.data);
    }
    ebb_text_free(&line);
}

static void studied_leading(ebb_slots_t *slots, ebb_eigenvalue_t value)
{
    if (value.im != 0) {
        ebb_slot_set(slots, "leading", "%.6g \u00b1 %.6gi", value.re, fabs(value.im));
    } else {
        ebb_slot_set(slots, "leading", "%.6g", value.re);
    }
}

static void studied_put_equilibrium(const ebb_studied_page_t *p, size_t k)
{
    const ebb_equilibrium_t *point = &p->from->equilibria->points[k];
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "k", "%zu", k + 1);
    ebb_slot_set(&slots, "word", "%s",
                 ebb_word(p->layout.language, ebb_stability_word(point->stability)));
    ebb_slot_set(&slots, "unit", "%s", p->unit);
    studied_leading(&slots, point->eigenvalues[0]);
    ebb_put_blank(&p->layout);
    ebb_put_sentence(&p->layout, STYLE_BOLD,
                     p->steps ? "study.point.steps" : "study.point", &slots);
    studied_put_values(p, point->values);
    if (point->kink) {
        studied_put(p, "study.kink", NULL);
    }
}

/* Where the first start ended that is not counted, and why it is not. */
static void studied_put_outside(const ebb_studied_page_t *p)
{
    const ebb_equilibria_t *found = p->from->equilibria;
    ebb_scalar_t scalar;
    if (found->outside == 0 || ebb_model_scalar(p->from->model, EBB_SCALAR_STATE,
                                                found->outside_state, &scalar)) {
        return;
    }
    ebb_slots_t slots = {0};
    double value = found->outside_value;
    ebb_slot_set(&slots, "n", "%zu", found->outside);
    ebb_slot_set(&slots, "name", "%s", scalar.name);
    ebb_slot_set(&slots, "value", "%.6g", value);
    ebb_slot_set(&slots, "low", "%.6g", scalar.low);
    ebb_slot_set(&slots, "high", "%.6g", scalar.high);
    studied_put(p,
                value < scalar.low || value > scalar.high ? "study.equilibria.outside"
                                                          : "study.equilibria.afar",
                &slots);
}

/* An eigenvalue is where small differences neither grow nor fade. */
static bool studied_is_idle(const ebb_studied_page_t *p, const ebb_equilibrium_t *point)
{
    for (size_t i = 0; i < point->eigenvalue_count; i++) {
        ebb_eigenvalue_t e = point->eigenvalues[i];
        if (e.im == 0 && fabs(p->steps ? e.re - 1 : e.re) < 1e-9) {
            return true;
        }
    }
    return false;
}

/* Points that may be of a line of states of rest. */
static void studied_put_idle(const ebb_studied_page_t *p)
{
    const ebb_equilibria_t *found = p->from->equilibria;
    ebb_slots_t slots = {0};
    size_t idle = 0;
    for (size_t k = 0; k < found->count; k++) {
        idle += studied_is_idle(p, &found->points[k]);
    }
    if (idle) {
        ebb_slot_set(&slots, "n", "%zu", idle);
        ebb_slot_set(&slots, "still", p->steps ? "1" : "0");
        ebb_put_blank(&p->layout);
        studied_put(p, "study.equilibria.idle", &slots);
    }
}

static void studied_put_equilibria(const ebb_studied_page_t *p)
{
    const ebb_equilibria_t *found = p->from->equilibria;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%zu", found->count);
    ebb_slot_set(&slots, "arrived", "%zu", found->arrived - found->outside);
    ebb_slot_set(&slots, "starts", "%zu", found->starts);
    studied_put(p,
                found->count == 0   ? "study.equilibria.none"
                : found->count == 1 ? "study.equilibria.one"
                                    : "study.equilibria.found",
                &slots);
    studied_put_outside(p);
    for (size_t k = 0; k < found->count; k++) {
        studied_put_equilibrium(p, k);
    }
    studied_put_idle(p);
}

/* --- gain, share, exponent -------------------------------------------------------- */

static void studied_put_gain(const ebb_studied_page_t *p)
{
    const ebb_gain_t *gain = p->from->gain;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "cut", "%s", p->from->cut);
    ebb_slot_set(&slots, "to", "%s", p->from->to);
    ebb_slot_set(&slots, "gain", "%.6g", gain->gain);
    ebb_slot_set(&slots, "closed", "%.4g", gain->closed);
    studied_put(p,
                p->from->to[0]    ? "study.gain.to"
                : gain->gain >= 1 ? "study.gain.beyond"
                                  : "study.gain.loop",
                &slots);
}

static void studied_put_share(const ebb_studied_page_t *p)
{
    const ebb_share_t *share = p->from->share;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "cut", "%s", p->from->cut);
    ebb_slot_set(&slots, "to", "%s", p->from->to);
    ebb_slot_set(&slots, "share", "%.3f", share->share);
    ebb_slot_set(&slots, "error", "%.2g", share->error);
    ebb_slot_set(&slots, "with", "%.4g", share->with);
    ebb_slot_set(&slots, "without", "%.4g", share->without);
    ebb_slot_set(&slots, "value", "%.4g", share->value);
    ebb_slot_set(&slots, "n", "%" PRIu64, share->couples);
    studied_put(p, "study.share", &slots);
}

static void studied_put_lyapunov(const ebb_studied_page_t *p)
{
    const ebb_lyapunov_t *l = p->from->lyapunov;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "x", "%.5g", l->exponent);
    ebb_slot_set(&slots, "e", "%.2g", l->error < 1e-12 ? 0 : l->error);
    ebb_slot_set(&slots, "length", "%.6g", l->length);
    ebb_slot_set(&slots, "unit", "%s", p->unit);
    studied_put(p, "study.lyapunov", &slots);
    studied_put(p,
                l->exponent > l->error    ? "study.lyapunov.above"
                : l->exponent < -l->error ? "study.lyapunov.below"
                                          : "study.lyapunov.zero",
                NULL);
}

/* --- branches and sweeps ---------------------------------------------------------- */

/* Values of point k of a branch or a sweep, and the number that was varied. */
static const double *studied_point(const ebb_studied_t *from, size_t k, double *number)
{
    *number =
        from->branch ? from->branch->points[k].number : from->sweep->rows[k].number;
    return from->branch ? from->branch->points[k].values : from->sweep->rows[k].values;
}

static size_t studied_count(const ebb_studied_t *from)
{
    return from->branch ? from->branch->count : from->sweep->count;
}

/* The first quantity that moves; the first one, if none does. */
static size_t studied_moving(const ebb_studied_t *from)
{
    for (size_t i = 0; i < from->output_count; i++) {
        double number, low = (double)INFINITY, high = -(double)INFINITY;
        for (size_t k = 0; k < studied_count(from); k++) {
            double value = ebb_studied_value(from, studied_point(from, k, &number), i);
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
        if (high - low > 1e-6 * (1 + fabs(low))) {
            return i;
        }
    }
    return 0;
}

static char studied_sign(const ebb_studied_t *from, size_t k)
{
    if (from->sweep) {
        return from->sweep->rows[k].back ? '<' : '>';
    }
    const ebb_branch_point_t *point = &from->branch->points[k];
    switch (point->mark) {
    case EBB_LANDMARK_FOLD:
        return 'F';
    case EBB_LANDMARK_BRANCH:
        return 'B';
    case EBB_LANDMARK_HOPF:
        return 'H';
    case EBB_LANDMARK_PERIOD_DOUBLING:
        return 'D';
    case EBB_LANDMARK_TORUS:
        return 'T';
    case EBB_LANDMARK_KINK:
        return 'K';
    case EBB_LANDMARK_NONE:
    case EBB_LANDMARK_END:
        break;
    }
    return point->unstable_count ? '.' : 'o';
}

/* Ordinary points first, so that what is special stays to be seen. */
static void studied_put_plot(const ebb_studied_page_t *p)
{
    const ebb_studied_t *from = p->from;
    size_t count = studied_count(from), drawn = 0, shown = studied_moving(from);
    ebb_plot_point_t *points =
        ebb_new_array(studied_alloc(p), count + 1, sizeof *points);
    if (!points) {
        p->layout.out->failed = EBB_ERR_MEMORY;
        return;
    }
    for (int special = 0; special < 2; special++) {
        for (size_t k = 0; k < count; k++) {
            char sign = studied_sign(from, k);
            double number;
            const double *values = studied_point(from, k, &number);
            if ((sign >= 'A' && sign <= 'Z') == special) {
                points[drawn++] = (ebb_plot_point_t){
                    number, ebb_studied_value(from, values, shown), sign};
            }
        }
    }
    ebb_put_blank(&p->layout);
    ebb_put_plot(&p->layout, points, drawn, from->lead, ebb_studied_name(from, shown));
    ebb_free_array(studied_alloc(p), points, count + 1, sizeof *points);
    studied_put(p, from->branch ? "study.legend.branch" : "study.legend.sweep", NULL);
}

static void studied_put_landmark(const ebb_studied_page_t *p,
                                 const ebb_branch_point_t *point)
{
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "word", "%s",
                 ebb_word(p->layout.language, ebb_landmark_word(point->mark)));
    ebb_slot_set(&slots, "lead", "%s", p->from->lead);
    ebb_slot_set(&slots, "x", "%.8g", point->number);
    ebb_slot_set(&slots, "frequency", "%.6g", point->frequency);
    ebb_slot_set(&slots, "period", "%.6g", 2 * acos(-1) / point->frequency);
    ebb_slot_set(&slots, "unit", "%s", p->unit);
    ebb_put_blank(&p->layout);
    ebb_put_sentence(&p->layout, STYLE_BOLD,
                     point->frequency > 0 ? "study.mark.turning" : "study.mark",
                     &slots);
    studied_put_values(p, point->values);
}

static void studied_put_branch(const ebb_studied_page_t *p)
{
    const ebb_branch_t *branch = p->from->branch;
    ebb_slots_t slots = {0};
    size_t special = 0;
    studied_put_plot(p);
    for (size_t k = 0; k < branch->count; k++) {
        ebb_landmark_t mark = branch->points[k].mark;
        if (mark != EBB_LANDMARK_NONE && mark != EBB_LANDMARK_END) {
            studied_put_landmark(p, &branch->points[k]);
            special++;
        }
    }
    ebb_slot_set(&slots, "n", "%zu", branch->count);
    ebb_slot_set(&slots, "why", "%s", branch->end);
    ebb_put_blank(&p->layout);
    studied_put(p, special ? "study.branch.end" : "study.branch.plain", &slots);
    if (!special) {
        studied_put(p, "study.branch.others", NULL);
    }
}

static void studied_put_sweep(const ebb_studied_page_t *p)
{
    const ebb_hysteresis_t *sweep = p->from->sweep;
    size_t jumps = 0, moving = 0;
    studied_put_plot(p);
    ebb_put_blank(&p->layout);
    for (size_t k = 0; k < sweep->count; k++) {
        const ebb_hysteresis_row_t *row = &sweep->rows[k];
        moving += row->moving;
        if (row->jumped) {
            ebb_scalar_t scalar = {.name = ""};
            ebb_slots_t slots = {0};
            (void)!ebb_model_scalar(p->from->model, EBB_SCALAR_STATE, row->jumped - 1,
                                    &scalar);
            ebb_slot_set(&slots, "name", "%s", scalar.name);
            ebb_slot_set(&slots, "lead", "%s", p->from->lead);
            ebb_slot_set(&slots, "x", "%.6g", row->number);
            studied_put(p, row->back ? "study.jump.back" : "study.jump", &slots);
            jumps++;
        }
    }
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%zu", moving);
    ebb_slot_set(&slots, "all", "%zu", sweep->count);
    if (jumps == 0) {
        studied_put(p, "study.jump.none", NULL);
    }
    if (moving) {
        studied_put(p, "study.moving", &slots);
    }
}

/* --- cycles ----------------------------------------------------------------------- */

static void studied_put_ranges(const ebb_studied_page_t *p)
{
    const ebb_limit_cycle_t *cycle = p->from->cycle;
    ebb_scalar_t scalar;
    for (size_t i = 0; !ebb_model_scalar(p->from->model, EBB_SCALAR_STATE, i, &scalar);
         i++) {
        ebb_slots_t slots = {0};
        ebb_slot_set(&slots, "name", "%s", scalar.name);
        ebb_slot_set(&slots, "low", "%.6g", cycle->low[i]);
        ebb_slot_set(&slots, "high", "%.6g", cycle->high[i]);
        ebb_put_point(&p->layout, "study.range", &slots);
    }
}

static void studied_put_cycle(const ebb_studied_page_t *p)
{
    const ebb_limit_cycle_t *cycle = p->from->cycle;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "period", "%.7g", cycle->period);
    ebb_slot_set(&slots, "unit", "%s", p->unit);
    ebb_slot_set(&slots, "n", "%zu", cycle->returns);
    ebb_slot_set(&slots, "drift", "%.2g", cycle->drift);
    studied_put(p,
                cycle->found   ? "study.cycle.found"
                : cycle->rests ? "study.cycle.rests"
                               : "study.cycle.none",
                &slots);
    ebb_put_blank(&p->layout);
    studied_put_ranges(p);
}

/* --- all -------------------------------------------------------------------------- */

int ebb_studied_terminal(ebb_text_t *out, const ebb_studied_t *from,
                         const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t defaults = {0};
    opts = opts ? opts : &defaults;
    ebb_model_info_t info = ebb_model_info(from->model);
    const ebb_studied_page_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
        .unit = info.time_unit,
        .steps = info.steps,
    };
    ebb_studied_put_head(&p);
    if (from->equilibria) {
        studied_put_equilibria(&p);
    } else if (from->gain) {
        studied_put_gain(&p);
    } else if (from->share) {
        studied_put_share(&p);
    } else if (from->branch) {
        studied_put_branch(&p);
    } else if (from->sweep) {
        studied_put_sweep(&p);
    } else if (from->cycle) {
        studied_put_cycle(&p);
    } else if (from->levers) {
        ebb_studied_put_levers(&p);
    } else {
        studied_put_lyapunov(&p);
    }
    return out->failed;
}
