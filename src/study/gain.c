/* SPDX-License-Identifier: MIT
 * Loop gain: the answer at rest of the cut model [eq 106], so that det J = det J_u (1 -
 * G) [eq 107]. */
#include "study/gain.h"

#include <string.h>

#include "core/fail.h"
#include "math/bits.h"
#include "math/linear.h"
#include "study/cut.h"
#include "study/rest.h"

/* The free states where the whole model rests, and all its values there. */
static int gain_rest(const ebb_study_t *study, const double *states, double *x,
                     double *values, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    ebb_reduction_t reduction;
    ebb_flow_t flow = {0};
    int code = ebb_reduce(&reduction, study, &wish, error);
    code = code ? code : ebb_flow_open(&flow, &reduction, error);
    code = code ? code : ebb_rest_find(&flow, states, x, error);
    if (!code) {
        ebb_flow_values(&flow, x, values);
    }
    ebb_flow_close(&flow);
    ebb_reduce_free(&reduction);
    return code;
}

int ebb_gain_observe(ebb_reduction_t *reduction, const ebb_study_t *study,
                     const ebb_gain_settings_t *at, ebb_error_t *error)
{
    uint32_t node = 0;
    int code = ebb_cut_node(study, at->to, &node, error);
    if (code) {
        return code;
    }
    bool same = at->cut.kind == at->to.kind && at->cut.index == at->to.index;
    bool state = at->to.kind == EBB_SCALAR_STATE;
    reduction->observed = node == EBB_NONE ? EBB_NODE_ZERO
                          : same || state  ? reduction->plain[node]
                                           : reduction->severed[node];
    return EBB_OK;
}

double ebb_gain_value(ebb_flow_t *flow)
{
    size_t n = flow->n;
    memcpy(flow->matrix, flow->jacobian, n * n * sizeof *flow->matrix);
    memcpy(flow->step, flow->by_lead, n * sizeof *flow->step);
    ebb_lu_factor(flow->matrix, n, flow->pivots);
    ebb_lu_solve(flow->matrix, n, flow->pivots, flow->step);
    double gain = flow->by_lead[n];
    for (size_t j = 0; j < n; j++) {
        gain -= flow->jacobian[n * n + j] * flow->step[j];
    }
    return gain;
}

/* The cut model at x, with the number at the cut set to what the quantity is there. */
static int gain_of_cut(ebb_reduction_t *reduction, const double *x, double at,
                       ebb_gain_t *gain, ebb_error_t *error)
{
    ebb_flow_t flow;
    int code = ebb_flow_open(&flow, reduction, error);
    if (!code) {
        ebb_flow_set(&flow, reduction->lead, at);
        (void)ebb_flow_linearise(&flow, x);
        gain->gain = ebb_gain_value(&flow);
        gain->closed = 1 / (1 - gain->gain);
        if (!(ebb_magnitude(gain->gain) < EBB_INFINITY)) {
            code = ebb_fail(error, EBB_ERR_NUMERIC,
                            "with this cut `%s` has no state of its own to rest in: "
                            "the gain is not defined",
                            reduction->system.name);
        }
    }
    ebb_flow_close(&flow);
    return code;
}

static int gain_find(const ebb_study_t *study, const ebb_gain_settings_t *at,
                     ebb_gain_t *gain, ebb_arena_t *scratch, ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    ebb_cut_link_t link = {.whom = EBB_LINK_TO_ALL};
    double x[EBB_STUDY_FREE_MOST];
    size_t count = system->state_count + system->let_count;
    int code = ebb_cut_make(&link, study, at->cut, scratch, error);
    double *values = ebb_arena_new(scratch, (count + 1) * sizeof *values);
    code = code ? code : values ? EBB_OK : ebb_study_fail_memory(error);
    code = code ? code : gain_rest(study, at->states, x, values, error);
    if (code) {
        return code;
    }
    bool let = at->cut.kind == EBB_SCALAR_LET;
    double value = values[at->cut.index + (let ? system->state_count : 0)];
    const ebb_reduce_wish_t wish = {.cut = &link};
    ebb_reduction_t reduction;
    code = ebb_reduce(&reduction, study, &wish, error);
    code = code ? code : ebb_gain_observe(&reduction, study, at, error);
    code = code ? code : gain_of_cut(&reduction, x, value, gain, error);
    ebb_reduce_free(&reduction);
    return code;
}

int ebb_study_gain(const ebb_study_t *study, const ebb_gain_settings_t *settings,
                   ebb_gain_t *gain, ebb_error_t *error)
{
    ebb_arena_t scratch = {.alloc = &study->alloc};
    *gain = (ebb_gain_t){.gain = EBB_NAN, .closed = EBB_NAN};
    int code = gain_find(study, settings, gain, &scratch, error);
    ebb_arena_free(&scratch);
    return code;
}
