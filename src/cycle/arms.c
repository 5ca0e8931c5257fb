/* SPDX-License-Identifier: MIT
 *
 * The stages of one direction: replies [eq 4], usual replies [eq 5], follow-ups [eq 6]
 * under both definitions of surprise, the loop share [eq 10] - once with all weeks and
 * once without each.
 */
#include "cycle/arms.h"

#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "cycle/fitness.h"
#include "math/elementary.h"

#define TRY_FOLLOWUPS 10 /* below, the equations are not even tried */
#define TRY_REPLIES 30
#define TRY_WEEKS 4

/* The four fits of a direction and what they are made of. */
typedef struct ebb_stages {
    const ebb_cells_t *cells;
    ebb_design_t reply, usual, pursuit, second;
    ebb_fitted_t reply_fit, usual_fit, pursuit_fit, second_fit;
    float *s, *s2;           /* surprise of each pursuit row, both definitions */
    float *waited;           /* M of each follow-up */
    uint32_t *followup_rows; /* pursuit row of each follow-up */
    size_t followups;
    size_t *weeks; /* weeks that have rows: the clusters */
    size_t week_count;
    ebb_effort_t effort;
    double share;        /* L */
    double *left_out[4]; /* w, p, p', L without each of the weeks */
} ebb_stages_t;

enum { LEFT_W, LEFT_P, LEFT_SECOND, LEFT_SHARE };

static void free_stages(ebb_stages_t *st)
{
    const ebb_alloc_t *alloc = st->cells->alloc;
    size_t rows = st->pursuit.row_count;
    ebb_regression_free(&st->reply_fit);
    ebb_regression_free(&st->usual_fit);
    ebb_regression_free(&st->pursuit_fit);
    ebb_regression_free(&st->second_fit);
    ebb_free_array(alloc, st->s, rows, sizeof *st->s);
    ebb_free_array(alloc, st->s2, rows, sizeof *st->s2);
    ebb_free_array(alloc, st->waited, st->followups, sizeof *st->waited);
    ebb_free_array(alloc, st->followup_rows, st->followups, sizeof *st->followup_rows);
    ebb_free_array(alloc, st->weeks, st->cells->weeks, sizeof *st->weeks);
    for (int i = 0; i < 4; i++) {
        ebb_free_array(alloc, st->left_out[i], st->week_count, sizeof(double));
    }
    ebb_design_free(&st->reply);
    ebb_design_free(&st->usual);
    ebb_design_free(&st->pursuit);
    ebb_design_free(&st->second);
}

static size_t count_followups(const ebb_cells_t *cells)
{
    size_t n = 0;
    for (size_t i = 0; i < cells->count; i++) {
        n += cells->list[i].followup;
    }
    return n;
}

/* The designs, the weeks that serve as clusters, and where the follow-ups are. */
static int prepare(ebb_stages_t *st)
{
    const ebb_cells_t *cells = st->cells;
    const ebb_alloc_t *alloc = cells->alloc;
    st->followups = count_followups(cells);
    if (ebb_design_make(&st->reply, EBB_EQUATION_REPLY, cells, false) ||
        ebb_design_make(&st->usual, EBB_EQUATION_USUAL, cells, false) ||
        ebb_design_make(&st->pursuit, EBB_EQUATION_PURSUIT, cells, false) ||
        ebb_design_make(&st->second, EBB_EQUATION_PURSUIT, cells, false)) {
        return EBB_ERR_MEMORY;
    }
    size_t rows = st->pursuit.row_count;
    st->s = ebb_new_array(alloc, rows, sizeof *st->s);
    st->s2 = ebb_new_array(alloc, rows, sizeof *st->s2);
    st->waited = ebb_new_array(alloc, st->followups, sizeof *st->waited);
    st->followup_rows = ebb_new_array(alloc, st->followups, sizeof *st->followup_rows);
    st->weeks = ebb_new_array(alloc, cells->weeks, sizeof *st->weeks);
    if (!st->s || !st->s2 || !st->waited || !st->followup_rows || !st->weeks) {
        return EBB_ERR_MEMORY;
    }
    size_t n = 0;
    for (size_t row = 0; row < rows; row++) {
        if (cells->list[st->pursuit.rows[row]].followup) {
            st->followup_rows[n++] = (uint32_t)row;
        }
    }
    for (size_t week = 0; week < cells->weeks; week++) {
        if (st->reply.week_begin[week + 1] > st->reply.week_begin[week]) {
            st->weeks[st->week_count++] = week;
        }
    }
    st->pursuit.surprise = st->s;
    st->second.surprise = st->s2;
    return EBB_OK;
}

/* A fit as lane 0 of refits, for the functions that work in lanes. */
static int lanes_of_fit(ebb_refits_t *lanes, const ebb_fitted_t *fit)
{
    *lanes = (ebb_refits_t){.count = 1, .alloc = fit->alloc};
    lanes->effect = ebb_new_array(fit->alloc, fit->weeks * EBB_LANES, sizeof(double));
    if (!lanes->effect) {
        return EBB_ERR_MEMORY;
    }
    for (size_t k = 0; k < fit->columns; k++) {
        lanes->beta[k][0] = fit->beta[k];
    }
    for (size_t week = 0; week < fit->weeks; week++) {
        lanes->effect[week * EBB_LANES] = fit->effect[week];
    }
    return EBB_OK;
}

/* Surprise of every pursuit row from a curve; `stride` is the distance between rows. */
static void surprise_rows(float *s, size_t stride, const ebb_design_t *pursuit,
                          const ebb_curve_t *curve)
{
    for (size_t row = 0; row < pursuit->row_count; row++) {
        const ebb_cell_t *cell = &pursuit->cells->list[pursuit->rows[row]];
        s[row * stride] = ebb_curve_at(curve, cell->log_t0_o);
    }
}

/* f and g of [eq 10], continued oddly to negative arguments. */
static double share_factor(double rate, double amount)
{
    double magnitude = 1 - ebb_exp(-fabs(rate) * amount);
    return rate < 0 ? -magnitude : magnitude;
}

/* The product of f and g with the sign rule of [eq 10]. */
static double share_product(double f, double g)
{
    return f < 0 && g < 0 ? -f * g : f * g;
}

static double slow_down(double w)
{
    return w < 0 ? -(ebb_exp(-w) - 1) : ebb_exp(w) - 1;
}

/* L over the follow-ups outside week `without`; arrays have one entry every `stride`.
 */
static double loop_share(const ebb_stages_t *st, const double arms[2], size_t without,
                         const float *waited, const float *s, size_t stride)
{
    double sum = 0, n = 0, slow = slow_down(arms[0]);
    for (size_t i = 0; i < st->followups; i++) {
        size_t row = st->followup_rows[i];
        const ebb_cell_t *cell = &st->cells->list[st->pursuit.rows[row]];
        if (st->cells->runs[cell->run].week == without) {
            continue;
        }
        double f = share_factor(slow, (double)waited[i * stride]);
        double g = share_factor(arms[1], (double)s[row * stride]);
        sum += share_product(f, g);
        n += 1;
    }
    return n > 0 ? sum / n : 0;
}

static double arm_w(const ebb_stages_t *st)
{
    return -st->reply_fit.beta[st->reply.arm];
}

/* Fits an equation as far as the effort needs it. */
static int fit_for(const ebb_stages_t *st, ebb_fitted_t *fit,
                   const ebb_design_t *design, const double *warm)
{
    return st->effort == EBB_EFFORT_POINT ? ebb_regression_point(fit, design, warm)
                                          : ebb_regression_fit(fit, design, warm);
}

/* The first stage, and what follows from it for every pursuit row: S, S' and M. */
static int fit_first_stage(ebb_stages_t *st, const ebb_arms_start_t *start)
{
    int code = fit_for(st, &st->reply_fit, &st->reply, start ? start->reply : NULL);
    /* one step takes S as it is, so that only refits need more of the usual replies */
    bool refits = st->effort == EBB_EFFORT_FULL;
    code = code ? code
                : (refits ? ebb_regression_fit : ebb_regression_point)(
                      &st->usual_fit, &st->usual, start ? start->usual : NULL);
    if (code) {
        return code;
    }
    ebb_curve_t curve;
    ebb_curve_make(&curve, &st->usual, st->usual_fit.beta, 1);
    surprise_rows(st->s, 1, &st->pursuit, &curve);
    ebb_refits_t lane;
    code = lanes_of_fit(&lane, &st->reply_fit);
    if (code) {
        return code;
    }
    ebb_trace_t trace = {.lanes = 1, .second = st->s2, .waited = st->waited};
    ebb_trace_run(&trace, &st->reply, &lane);
    ebb_refits_free(&lane, &st->reply_fit);
    return EBB_OK;
}

/* All four fits with all weeks, and L. */
static int fit_stages(ebb_stages_t *st, const ebb_arms_start_t *start)
{
    int code = fit_first_stage(st, start);
    code = code ? code
                : fit_for(st, &st->pursuit_fit, &st->pursuit,
                          start ? start->pursuit : NULL);
    code =
        code ? code : fit_for(st, &st->second_fit, &st->second, st->pursuit_fit.beta);
    double arms[2] = {arm_w(st), st->pursuit_fit.beta[st->pursuit.arm]};
    st->share = code ? 0 : loop_share(st, arms, (size_t)-1, st->waited, st->s, 1);
    return code;
}

static void keep_start(ebb_arms_start_t *found, const ebb_stages_t *st)
{
    found->known = true;
    memcpy(found->reply, st->reply_fit.beta, sizeof found->reply);
    memcpy(found->usual, st->usual_fit.beta, sizeof found->usual);
    memcpy(found->pursuit, st->pursuit_fit.beta, sizeof found->pursuit);
}

/* The matrices that a chunk of refits needs: surprise and waiting in lanes. */
typedef struct ebb_lane_room {
    float *s;
    float *waited;
} ebb_lane_room_t;

static int make_room(ebb_lane_room_t *room, const ebb_stages_t *st)
{
    const ebb_alloc_t *alloc = st->cells->alloc;
    room->s = ebb_new_array(alloc, st->pursuit.row_count * EBB_LANES, sizeof(float));
    room->waited = ebb_new_array(alloc, st->followups * EBB_LANES, sizeof(float));
    return room->s && room->waited ? EBB_OK : EBB_ERR_MEMORY;
}

static void free_room(ebb_lane_room_t *room, const ebb_stages_t *st)
{
    const ebb_alloc_t *alloc = st->cells->alloc;
    ebb_free_array(alloc, room->s, st->pursuit.row_count * EBB_LANES, sizeof(float));
    ebb_free_array(alloc, room->waited, st->followups * EBB_LANES, sizeof(float));
}

/* Refits one equation and keeps its arm, with `sign`, as the left-out values `which`.
 */
static int refit_arm(ebb_stages_t *st, const ebb_fitted_t *fit, size_t first,
                     size_t count, const float *s, int which)
{
    ebb_refits_t refits;
    bool one_step = s == NULL;
    int code =
        ebb_regression_refit(&refits, fit, st->weeks + first, count, s, one_step);
    for (size_t r = 0; r < count && !code; r++) {
        st->left_out[which][first + r] = refits.beta[fit->design->arm][r];
    }
    ebb_refits_free(&refits, fit);
    return code;
}

/* First stage of a chunk: replies. Leaves S' in room->s and M in room->waited. */
static int refit_replies(ebb_stages_t *st, size_t first, size_t count,
                         ebb_lane_room_t *room)
{
    ebb_refits_t refits;
    int code = ebb_regression_refit(&refits, &st->reply_fit, st->weeks + first, count,
                                    NULL, false);
    if (!code) {
        ebb_trace_t trace = {
            .lanes = EBB_LANES, .second = room->s, .waited = room->waited};
        ebb_trace_run(&trace, &st->reply, &refits);
        for (size_t r = 0; r < count; r++) {
            st->left_out[LEFT_W][first + r] = -refits.beta[st->reply.arm][r];
        }
    }
    ebb_refits_free(&refits, &st->reply_fit);
    return code;
}

/* The usual curve of each lane, and S by it. */
static int refit_usual(ebb_stages_t *st, size_t first, size_t count,
                       ebb_lane_room_t *room)
{
    ebb_refits_t refits;
    int code = ebb_regression_refit(&refits, &st->usual_fit, st->weeks + first, count,
                                    NULL, false);
    for (size_t r = 0; r < count && !code; r++) {
        ebb_curve_t curve;
        ebb_curve_make(&curve, &st->usual, &refits.beta[0][r], EBB_LANES);
        surprise_rows(room->s + r, EBB_LANES, &st->pursuit, &curve);
    }
    ebb_refits_free(&refits, &st->usual_fit);
    return code;
}

/* Both stages again without each of the weeks [first, first + count). */
static int refit_chunk(ebb_stages_t *st, size_t first, size_t count)
{
    ebb_lane_room_t room;
    int code = make_room(&room, st);
    code = code ? code : refit_replies(st, first, count, &room);
    code =
        code ? code : refit_arm(st, &st->second_fit, first, count, room.s, LEFT_SECOND);
    code = code ? code : refit_usual(st, first, count, &room);
    code = code ? code : refit_arm(st, &st->pursuit_fit, first, count, room.s, LEFT_P);
    for (size_t r = 0; r < count && !code; r++) {
        double arms[2] = {st->left_out[LEFT_W][first + r],
                          st->left_out[LEFT_P][first + r]};
        st->left_out[LEFT_SHARE][first + r] = loop_share(
            st, arms, st->weeks[first + r], room.waited + r, room.s + r, EBB_LANES);
    }
    free_room(&room, st);
    return code;
}

/* L and its slopes in w and p, summed over the follow-ups of one week. */
typedef struct ebb_share_sums {
    double count, share, slope_w, slope_p;
} ebb_share_sums_t;

static void share_by_week(ebb_share_sums_t *by_week, const ebb_stages_t *st)
{
    const double step = 1e-4; /* central differences: error of order 1e-8 */
    double w = arm_w(st), p = st->pursuit_fit.beta[st->pursuit.arm];
    double slow = slow_down(w), up = slow_down(w + step), down = slow_down(w - step);
    for (size_t i = 0; i < st->followups; i++) {
        size_t row = st->followup_rows[i];
        const ebb_cell_t *cell = &st->cells->list[st->pursuit.rows[row]];
        ebb_share_sums_t *sums = &by_week[st->cells->runs[cell->run].week];
        double m = (double)st->waited[i], s = (double)st->s[row];
        double f = share_factor(slow, m), g = share_factor(p, s);
        double f_slope = (share_factor(up, m) - share_factor(down, m)) / (2 * step);
        double g_slope =
            (share_factor(p + step, s) - share_factor(p - step, s)) / (2 * step);
        double sign = f < 0 && g < 0 ? -1 : 1;
        sums->count += 1;
        sums->share += share_product(f, g);
        sums->slope_w += sign * f_slope * g;
        sums->slope_p += sign * f * g_slope;
    }
}

/* L without each week to first order in the one-step changes of w and p. */
static int one_step_shares(ebb_stages_t *st)
{
    const ebb_alloc_t *alloc = st->cells->alloc;
    ebb_share_sums_t *by_week = ebb_new_array(alloc, st->cells->weeks, sizeof *by_week);
    if (!by_week) {
        return EBB_ERR_MEMORY;
    }
    share_by_week(by_week, st);
    ebb_share_sums_t all = {0};
    for (size_t week = 0; week < st->cells->weeks; week++) {
        all.count += by_week[week].count;
        all.share += by_week[week].share;
        all.slope_w += by_week[week].slope_w;
        all.slope_p += by_week[week].slope_p;
    }
    double w = arm_w(st), p = st->pursuit_fit.beta[st->pursuit.arm];
    for (size_t i = 0; i < st->week_count; i++) {
        const ebb_share_sums_t *out = &by_week[st->weeks[i]];
        double sum = all.share - out->share +
                     (all.slope_w - out->slope_w) * (st->left_out[LEFT_W][i] - w) +
                     (all.slope_p - out->slope_p) * (st->left_out[LEFT_P][i] - p);
        double count = all.count - out->count;
        st->left_out[LEFT_SHARE][i] = count > 0 ? sum / count : 0;
    }
    ebb_free_array(alloc, by_week, st->cells->weeks, sizeof *by_week);
    return EBB_OK;
}

/* The same by one step: S and M stay as they are. */
static int one_step_chunk(ebb_stages_t *st, size_t first, size_t count)
{
    int code = refit_arm(st, &st->reply_fit, first, count, NULL, LEFT_W);
    code = code ? code : refit_arm(st, &st->pursuit_fit, first, count, NULL, LEFT_P);
    code =
        code ? code : refit_arm(st, &st->second_fit, first, count, NULL, LEFT_SECOND);
    for (size_t r = 0; r < count; r++) {
        st->left_out[LEFT_W][first + r] *= -1;
    }
    return code;
}

static int leave_weeks_out(ebb_stages_t *st, ebb_effort_t effort)
{
    for (int i = 0; i < 4; i++) {
        st->left_out[i] =
            ebb_new_array(st->cells->alloc, st->week_count, sizeof(double));
        if (!st->left_out[i]) {
            return EBB_ERR_MEMORY;
        }
    }
    for (size_t first = 0; first < st->week_count; first += EBB_LANES) {
        size_t left = st->week_count - first;
        size_t count = left < EBB_LANES ? left : EBB_LANES;
        int code = effort == EBB_EFFORT_FULL ? refit_chunk(st, first, count)
                                             : one_step_chunk(st, first, count);
        if (code) {
            return code;
        }
    }
    return effort == EBB_EFFORT_FULL ? EBB_OK : one_step_shares(st);
}

/* The jackknife over weeks (section 5 of docs/maths/measure.md). */
static ebb_estimate_t interval(double value, const double *left_out, size_t weeks,
                               double *se)
{
    double sum = 0, g = (double)weeks;
    for (size_t i = 0; i < weeks; i++) {
        sum += (left_out[i] - value) * (left_out[i] - value);
    }
    double error = sqrt(sum * (g - 1) / g);
    double half = ebb_t_975(g - 1) * error;
    if (se) {
        *se = error;
    }
    return (ebb_estimate_t){value, value - half, value + half};
}

/* The further slow-down at the second follow-up; by one step, as it is a second number
 * only. */
static int estimate_dose(ebb_arms_t *arms, ebb_stages_t *st)
{
    ebb_design_t design;
    ebb_fitted_t fit = {0};
    int code = ebb_design_make(&design, EBB_EQUATION_REPLY, st->cells, true);
    code = code ? code : ebb_regression_fit(&fit, &design, st->reply_fit.beta);
    if (!code && fit.converged) {
        design.arm = 19;
        for (size_t first = 0; first < st->week_count && !code; first += EBB_LANES) {
            size_t left = st->week_count - first;
            code = refit_arm(st, &fit, first, left < EBB_LANES ? left : EBB_LANES, NULL,
                             LEFT_W);
        }
        if (!code) {
            ebb_estimate_t e =
                interval(fit.beta[19], st->left_out[LEFT_W], st->week_count, NULL);
            arms->withdrawal_dose = (ebb_estimate_t){-e.value, -e.high, -e.low};
        }
    }
    ebb_regression_free(&fit);
    ebb_design_free(&design);
    return code == EBB_ERR_NUMERIC ? EBB_OK : code;
}

static const ebb_estimate_t unknown = {(double)NAN, (double)NAN, (double)NAN};

static void describe_arms(ebb_arms_t *arms, const ebb_stages_t *st)
{
    const ebb_cells_t *cells = st->cells;
    arms->bids = cells->run_count;
    arms->followups = st->followups;
    arms->weeks = st->week_count;
    for (size_t i = 0; i < cells->run_count; i++) {
        arms->replies += cells->runs[i].ending == EBB_RUN_REPLY;
    }
    arms->pursuit = arms->pursuit_second = arms->withdrawal = unknown;
    arms->withdrawal_dose = arms->loop_share = unknown;
    arms->pursuit_se = arms->withdrawal_se = (double)NAN;
    arms->weeks_needed = (double)NAN;
    arms->reply_fit = arms->followup_fit = (ebb_fit_t){(double)NAN, (double)NAN, false};
}

static void set_points(ebb_arms_t *arms, const ebb_stages_t *st)
{
    arms->withdrawal.value = arm_w(st);
    arms->pursuit.value = st->pursuit_fit.beta[st->pursuit.arm];
    arms->pursuit_second.value = st->second_fit.beta[st->second.arm];
    arms->loop_share.value = st->share;
}

static int set_intervals(ebb_arms_t *arms, ebb_stages_t *st, ebb_effort_t effort)
{
    int code = leave_weeks_out(st, effort);
    if (code == EBB_ERR_NUMERIC) {
        arms->reasons |= EBB_REASON_NOT_CONVERGED;
        return EBB_OK;
    }
    if (code) {
        return code;
    }
    size_t g = st->week_count;
    double **out = st->left_out;
    arms->withdrawal =
        interval(arms->withdrawal.value, out[LEFT_W], g, &arms->withdrawal_se);
    arms->pursuit = interval(arms->pursuit.value, out[LEFT_P], g, &arms->pursuit_se);
    arms->pursuit_second =
        interval(arms->pursuit_second.value, out[LEFT_SECOND], g, NULL);
    arms->loop_share = interval(arms->loop_share.value, out[LEFT_SHARE], g, NULL);
    arms->one_step = effort == EBB_EFFORT_ONE_STEP;
    return EBB_OK;
}

static int estimate(ebb_arms_t *arms, ebb_stages_t *st, const ebb_arms_opts_t *opts)
{
    int code = prepare(st);
    if (code) {
        return code;
    }
    describe_arms(arms, st);
    if (arms->followups < TRY_FOLLOWUPS || arms->replies < TRY_REPLIES ||
        st->week_count < TRY_WEEKS) {
        return EBB_OK;
    }
    code = fit_stages(st, opts->start && opts->start->known ? opts->start : NULL);
    if (code) {
        return code;
    }
    if (!st->reply_fit.converged || !st->usual_fit.converged ||
        !st->pursuit_fit.converged || !st->second_fit.converged) {
        arms->reasons |= EBB_REASON_NOT_CONVERGED;
        return EBB_OK;
    }
    set_points(arms, st);
    if (opts->found) {
        keep_start(opts->found, st);
    }
    if (opts->effort == EBB_EFFORT_POINT) {
        return EBB_OK;
    }
    code = ebb_fitness(&arms->reply_fit, &st->reply_fit);
    code = code ? code : ebb_fitness(&arms->followup_fit, &st->pursuit_fit);
    code = code ? code : set_intervals(arms, st, opts->effort);
    return code || !opts->with_dose ? code : estimate_dose(arms, st);
}

int ebb_arms_estimate(ebb_arms_t *arms, const ebb_cells_t *cells,
                      const ebb_arms_opts_t *opts)
{
    ebb_stages_t stages = {.cells = cells, .effort = opts->effort};
    int pursuer = arms->pursuer;
    *arms = (ebb_arms_t){.pursuer = pursuer};
    int code = estimate(arms, &stages, opts);
    free_stages(&stages);
    return code;
}
