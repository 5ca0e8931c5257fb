/* SPDX-License-Identifier: MIT
 * One equilibrium. */
#include "study/rest.h"

#include <string.h>

#include "core/fail.h"
#include "study/orbit.h"

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

static int rest_follow(ebb_flow_t *flow, double length, double *x, ebb_error_t *error)
{
    ebb_orbit_t orbit;
    const ebb_orbit_wish_t wish = {.length = length};
    int code = ebb_orbit_open(&orbit, flow->reduction, &wish, error);
    code = code ? code : ebb_orbit_follow(&orbit, x, 1, x, error);
    ebb_orbit_close(&orbit);
    return code;
}

/* From the study's start. */
static int rest_settle(ebb_flow_t *flow, double *x, ebb_error_t *error)
{
    const ebb_reduction_t *reduction = flow->reduction;
    double end[EBB_STUDY_FREE_MOST];
    for (size_t i = 0; i < flow->n; i++) {
        x[i] = reduction->study->starts[reduction->model[i]];
    }
    for (int k = 0; k < 2; k++) {
        int code = rest_follow(flow, k ? 10 * REST_LENGTH : REST_LENGTH, x, error);
        if (code) {
            return code;
        }
        memcpy(end, x, flow->n * sizeof *x);
        if (ebb_flow_solve(flow, x)) {
            return EBB_OK;
        }
        memcpy(x, end, flow->n * sizeof *x);
    }
    return ebb_fail(error, EBB_ERR_NUMERIC,
                    "from its start `%s` does not come to rest: give a state near an "
                    "equilibrium",
                    reduction->study->system->name);
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
