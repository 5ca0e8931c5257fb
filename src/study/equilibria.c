/* SPDX-License-Identifier: MIT
 *
 * The search for equilibria: Newton's method from many starts, which are the same at
 * each call.
 *
 * Starts. The study's own; 0; then, from the middle of the ranges on, points of an
 * additive sequence, x_k = frac(1/2 + s a_k), a_k = phi^-k, phi the root above 1 of
 * phi^(n+1) = phi + 1: the golden ratio in one dimension, and in n as even as it. Every
 * fourth has been followed along the equations for a while first, so that what attracts
 * is found even where Newton's method fails, as on pieces of maps that are constant.
 */
#include <string.h>

#include "core/fail.h"
#include "core/list.h"
#include "math/bits.h"
#include "math/power_kernel.h"
#include "study/orbit.h"
#include "study/rest.h"

#define EQUILIBRIA_STARTS 200u
#define EQUILIBRIA_SETTLE 50.0
#define EQUILIBRIA_STEPS 5000u /* that a start on its way to infinity may waste */
#define EQUILIBRIA_SAME 1e-6
#define EQUILIBRIA_AFAR 10.0 /* widths of the range, to both sides */

/* A search under way. */
typedef struct ebb_search {
    const ebb_study_t *study;
    ebb_reduction_t reduction;
    ebb_flow_t flow;
    ebb_spectrum_t spectrum;
    ebb_arena_t scratch;
    double *starts; /* [starts][n] */
    double *found;  /* [found][n] */
    size_t count;   /* found */
    ebb_equilibria_t *result;
} ebb_search_t;

/* --- starts ----------------------------------------------------------------------- */

static double equilibria_ratio(size_t n)
{
    double x = 2;
    for (int k = 0; k < 60; k++) {
        x = ebb_math_pow(1 + x, 1 / ((double)n + 1));
    }
    return x;
}

static void equilibria_spread(ebb_search_t *s)
{
    const ebb_study_t *study = s->study;
    size_t n = s->flow.n, count = s->result->starts;
    double ratio = equilibria_ratio(n), by = 1;
    for (size_t i = 0; i < n; i++) {
        uint32_t state = s->reduction.model[i];
        double low = study->low[state], width = study->high[state] - low;
        by /= ratio;
        s->starts[i] = study->starts[state];
        if (count > 1) { /* 0, or what is nearest to it */
            s->starts[n + i] = low > 0 ? low : low + width < 0 ? low + width : 0;
        }
        for (size_t k = 2; k < count; k++) {
            double at = 0.5 + (double)(k - 2) * by;
            s->starts[k * n + i] = low + width * (at - ebb_math_floor(at));
        }
    }
}

/* Follows every fourth start for a while; those that are lost stay where they were. */
static int equilibria_settle(ebb_search_t *s, double length, ebb_error_t *error)
{
    size_t n = s->flow.n, count = (s->result->starts + 3) / 4;
    double *some = ebb_arena_new(&s->scratch, (2 * count * n + 1) * sizeof *some);
    if (!some) {
        return ebb_study_fail_memory(error);
    }
    double *ends = some + count * n;
    for (size_t k = 0; k < count; k++) {
        memcpy(some + k * n, s->starts + 4 * k * n, n * sizeof *some);
    }
    ebb_orbit_t orbit;
    const ebb_orbit_wish_t wish = {.length = length, .steps_most = EQUILIBRIA_STEPS};
    int code = ebb_orbit_open(&orbit, &s->reduction, &wish, error);
    code = code ? code : ebb_orbit_follow(&orbit, some, count, ends, error);
    ebb_orbit_close(&orbit);
    for (size_t k = 0; k < count && !code; k++) {
        if (ends[k * n] == ends[k * n]) { /* all are NaN when it was lost */
            memcpy(s->starts + 4 * k * n, ends + k * n, n * sizeof *ends);
        }
    }
    return code;
}

/* --- points ----------------------------------------------------------------------- */

/* The first number that is outside what the model declares, or far beyond where was
 * looked; `n` of the flow: none. */
static size_t equilibria_outside(const ebb_search_t *s, const double *x)
{
    const ebb_study_t *study = s->study;
    for (size_t i = 0; i < s->flow.n; i++) {
        const ebb_state_t *state = &s->reduction.system.states[i];
        double slack = 1e-9 * (1 + ebb_magnitude(x[i]));
        uint32_t number = s->reduction.model[i];
        double low = study->low[number], high = study->high[number];
        double afar = EQUILIBRIA_AFAR * (high - low);
        if (!(x[i] >= state->low - slack && x[i] <= state->high + slack &&
              x[i] >= low - afar && x[i] <= high + afar)) {
            return i;
        }
    }
    return s->flow.n;
}

static void equilibria_leave_out(ebb_search_t *s, size_t i, double value)
{
    if (s->result->outside++ == 0) {
        s->result->outside_state = s->reduction.model[i];
        s->result->outside_value = value;
    }
}

static bool equilibria_is_new(const ebb_search_t *s, const double *x)
{
    size_t n = s->flow.n;
    for (size_t k = 0; k < s->count; k++) {
        bool same = true;
        for (size_t i = 0; i < n && same; i++) {
            double apart = ebb_magnitude(s->found[k * n + i] - x[i]);
            same = apart <= EQUILIBRIA_SAME * (1 + ebb_magnitude(x[i]));
        }
        if (same) {
            return false;
        }
    }
    return true;
}

/* Before an earlier one in order of values. */
static bool equilibria_is_before(const double *x, const double *y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (ebb_magnitude(x[i] - y[i]) > EQUILIBRIA_SAME * (1 + ebb_magnitude(x[i]))) {
            return x[i] < y[i];
        }
    }
    return false;
}

static void equilibria_insert(ebb_search_t *s, const double *x)
{
    size_t n = s->flow.n, at = s->count++;
    for (; at > 0 && equilibria_is_before(x, s->found + (at - 1) * n, n); at--) {
        memcpy(s->found + at * n, s->found + (at - 1) * n, n * sizeof *x);
    }
    memcpy(s->found + at * n, x, n * sizeof *x);
}

static void equilibria_look(ebb_search_t *s)
{
    size_t n = s->flow.n;
    for (size_t k = 0; k < s->result->starts; k++) {
        double *x = s->starts + k * n;
        if (!ebb_flow_solve(&s->flow, x)) {
            continue;
        }
        s->result->arrived++;
        size_t outside = equilibria_outside(s, x);
        if (outside < n) {
            equilibria_leave_out(s, outside, x[outside]);
        } else if (equilibria_is_new(s, x)) {
            equilibria_insert(s, x);
        }
    }
}

static int equilibria_describe(ebb_search_t *s, ebb_error_t *error)
{
    ebb_arena_t *kept = s->result->_memory;
    size_t n = s->flow.n;
    s->result->points = ebb_arena_new(kept, (s->count + 1) * sizeof *s->result->points);
    int code = s->result->points ? EBB_OK : EBB_ERR_MEMORY;
    for (size_t k = 0; k < s->count && !code; k++) {
        code = ebb_rest_describe(&s->flow, &s->spectrum, s->found + k * n, kept,
                                 &s->result->points[s->result->count]);
        s->result->count += !code;
    }
    return code ? ebb_fail(error, code, "an equilibrium could not be described: %s",
                           ebb_strerror(code))
                : EBB_OK;
}

static int equilibria_search(ebb_search_t *s, double settle, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    int code = ebb_reduce(&s->reduction, s->study, &wish, error);
    code = code ? code : ebb_flow_open(&s->flow, &s->reduction, error);
    if (code) {
        return code;
    }
    size_t n = s->flow.n, count = s->result->starts;
    s->starts = ebb_arena_new(&s->scratch, (count * n + 1) * sizeof *s->starts);
    s->found = ebb_arena_new(&s->scratch, (count * n + 1) * sizeof *s->found);
    if (!s->starts || !s->found || ebb_spectrum_open(&s->spectrum, &s->flow)) {
        return ebb_study_fail_memory(error);
    }
    if (n == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "all states of `%s` are held: nothing is left to rest",
                        s->study->system->name);
    }
    equilibria_spread(s);
    code = equilibria_settle(s, s->flow.steps ? ebb_math_floor(settle) + 1 : settle,
                             error);
    if (code) {
        return code;
    }
    equilibria_look(s);
    return equilibria_describe(s, error);
}

int ebb_study_equilibria(const ebb_study_t *study,
                         const ebb_equilibria_settings_t *settings,
                         ebb_equilibria_t *found, ebb_error_t *error)
{
    const ebb_equilibria_settings_t plain = {0};
    settings = settings ? settings : &plain;
    *found = (ebb_equilibria_t){0};
    if (settings->starts > EBB_STUDY_STARTS_MOST) {
        return ebb_fail(error, EBB_ERR_LIMIT,
                        "%zu starts are asked for; a search takes at most %d",
                        settings->starts, EBB_STUDY_STARTS_MOST);
    }
    found->starts = 1 + (settings->starts ? settings->starts : EQUILIBRIA_STARTS);
    found->_memory = ebb_study_memory(study);
    if (!found->_memory) {
        return ebb_study_fail_memory(error);
    }
    ebb_search_t s = {.study = study, .result = found, .scratch.alloc = &study->alloc};
    double settle = settings->settle > 0 ? settings->settle : EQUILIBRIA_SETTLE;
    int code = equilibria_search(&s, settle, error);
    ebb_spectrum_close(&s.spectrum);
    ebb_flow_close(&s.flow);
    ebb_reduce_free(&s.reduction);
    ebb_arena_free(&s.scratch);
    if (code) {
        ebb_equilibria_free(found);
    }
    return code;
}

void ebb_equilibria_free(ebb_equilibria_t *found)
{
    ebb_study_forget(found->_memory);
    *found = (ebb_equilibria_t){0};
}
