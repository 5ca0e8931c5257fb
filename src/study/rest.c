/* SPDX-License-Identifier: MIT
 * One equilibrium. */
#include "study/rest.h"

#include <string.h>

#include "core/fail.h"

/* How far the equations are followed to where they lead, in their unit of time, before
 * Newton's method takes over; ten times as far when it finds nothing there. */
#define REST_LENGTH 500.0

int ebb_rest_describe(ebb_flow_t *flow, ebb_spectrum_t *spectrum, const double *x,
                      ebb_arena_t *kept, ebb_equilibrium_t *out)
{
    const ebb_system_t *model = flow->reduction->study->system;
    size_t count = model->state_count + model->let_count;
    out->kink = ebb_flow_is_kink(flow, x);
    out->residual = ebb_flow_linearise(flow, x);
    int code = ebb_spectrum_fill(spectrum, flow);
    if (code) {
        return code;
    }
    double *values = ebb_arena_new(kept, (count + 1) * sizeof *values);
    ebb_eigenvalue_t *list = ebb_arena_new(kept, spectrum->count * sizeof *list);
    if (!values || !list) {
        return EBB_ERR_MEMORY;
    }
    ebb_flow_values(flow, x, values);
    memcpy(list, spectrum->values, spectrum->count * sizeof *list);
    out->values = values;
    out->eigenvalues = list;
    out->eigenvalue_count = spectrum->count;
    out->unstable_count = spectrum->unstable;
    out->stability = spectrum->stability;
    return EBB_OK;
}

/* For a shorter or a longer while. */
static int settle_open(ebb_settle_t *settle, const ebb_flow_t *flow, int which,
                       ebb_error_t *error)
{
    const ebb_orbit_wish_t wish = {.length = which ? 10 * REST_LENGTH : REST_LENGTH};
    if (settle->open[which]) {
        return EBB_OK;
    }
    settle->open[which] = true;
    return ebb_orbit_open(&settle->orbits[which], flow->reduction, &wish, error);
}

int ebb_settle_follow(ebb_settle_t *settle, const ebb_flow_t *flow, double *x,
                      size_t count, ebb_error_t *error)
{
    int code = settle_open(settle, flow, 0, error);
    settle->orbits[0].numbers = settle->numbers;
    return code ? code : ebb_orbit_follow(&settle->orbits[0], x, count, x, error);
}

/* Newton's method from x; where it fails, x stays. */
static bool settle_rests(ebb_flow_t *flow, double *x)
{
    double end[EBB_STUDY_FREE_MOST];
    memcpy(end, x, flow->n * sizeof *x);
    bool rests = ebb_flow_solve(flow, x);
    if (!rests) {
        memcpy(x, end, flow->n * sizeof *x);
    }
    return rests;
}

int ebb_settle_arrive(ebb_settle_t *settle, ebb_flow_t *flow, double *x,
                      ebb_error_t *error)
{
    if (settle_rests(flow, x)) {
        return EBB_OK;
    }
    int code = settle_open(settle, flow, 1, error);
    code = code ? code : ebb_orbit_follow(&settle->orbits[1], x, 1, x, error);
    return code || settle_rests(flow, x)
               ? code
               : ebb_fail(
                     error, EBB_ERR_NUMERIC,
                     "from its start `%s` does not come to rest: give a state near "
                     "an equilibrium",
                     flow->reduction->study->system->name);
}

void ebb_settle_close(ebb_settle_t *settle)
{
    for (int k = 0; k < 2; k++) {
        if (settle->open[k]) {
            ebb_orbit_close(&settle->orbits[k]);
        }
    }
    *settle = (ebb_settle_t){0};
}

/* From the study's start. */
static int rest_settle(ebb_flow_t *flow, double *x, ebb_error_t *error)
{
    const ebb_reduction_t *reduction = flow->reduction;
    ebb_settle_t settle = {0};
    for (size_t i = 0; i < flow->n; i++) {
        x[i] = reduction->study->starts[reduction->model[i]];
    }
    int code = ebb_settle_follow(&settle, flow, x, 1, error);
    code = code ? code : ebb_settle_arrive(&settle, flow, x, error);
    ebb_settle_close(&settle);
    return code;
}

int ebb_rest_find(ebb_flow_t *flow, const double *states, double *x, ebb_error_t *error)
{
    const ebb_reduction_t *reduction = flow->reduction;
    if (flow->n == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "all states of `%s` are held: nothing is left to rest",
                        reduction->study->system->name);
    }
    if (!states) {
        return rest_settle(flow, x, error);
    }
    for (size_t i = 0; i < flow->n; i++) {
        x[i] = states[reduction->model[i]];
    }
    return ebb_flow_solve(flow, x)
               ? EBB_OK
               : ebb_fail(error, EBB_ERR_NUMERIC,
                          "`%s` has no equilibrium near the given states",
                          reduction->study->system->name);
}
