/* SPDX-License-Identifier: MIT
 * Loop gain: the answer at rest of the cut model [eq 106], so that det J = det J_u (1 -
 * G) [eq 107]. */
#include "study/gain.h"

#include <string.h>

#include "core/fail.h"
#include "math/bits.h"
#include "math/linear.h"
#include "study/cut.h"

/* --- the two models --------------------------------------------------------------- */

/* The node that is observed at the far end. */
static int gain_observe(ebb_reduction_t *reduction, const ebb_study_t *study,
                        ebb_run_output_t cut, ebb_run_output_t to, ebb_error_t *error)
{
    uint32_t node = 0;
    int code = ebb_cut_node(study, to, &node, error);
    if (code) {
        return code;
    }
    bool same = cut.kind == to.kind && cut.index == to.index;
    bool state = to.kind == EBB_SCALAR_STATE;
    reduction->observed = node == EBB_NONE ? EBB_NODE_ZERO
                          : same || state  ? reduction->plain[node]
                                           : reduction->severed[node];
    return EBB_OK;
}

/* The model as it is, to find where it rests. */
static int loop_open_whole(ebb_loop_t *loop, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    int code = ebb_reduce(&loop->whole, loop->study, &wish, error);
    return code ? code : ebb_flow_open(&loop->whole_flow, &loop->whole, error);
}

static int loop_open_severed(ebb_loop_t *loop, const ebb_cut_link_t *link,
                             ebb_run_output_t to, ebb_error_t *error)
{
    const ebb_reduce_wish_t wish = {.cut = link};
    int code = ebb_reduce(&loop->severed, loop->study, &wish, error);
    code =
        code ? code : gain_observe(&loop->severed, loop->study, loop->cut, to, error);
    return code ? code : ebb_flow_open(&loop->severed_flow, &loop->severed, error);
}

int ebb_loop_open(ebb_loop_t *loop, const ebb_study_t *study, ebb_run_output_t cut,
                  ebb_run_output_t to, ebb_error_t *error)
{
    ebb_cut_link_t link = {.whom = EBB_LINK_TO_ALL};
    size_t count = study->system->state_count + study->system->let_count;
    *loop = (ebb_loop_t){.study = study, .scratch.alloc = &study->alloc, .cut = cut};
    int code = ebb_cut_make(&link, study, cut, &loop->scratch, error);
    loop->values = ebb_arena_new(&loop->scratch, (count + 1) * sizeof *loop->values);
    code = code || loop->values ? code : ebb_study_fail_memory(error);
    code = code ? code : loop_open_whole(loop, error);
    return code ? code : loop_open_severed(loop, &link, to, error);
}

void ebb_loop_close(ebb_loop_t *loop)
{
    ebb_settle_close(&loop->settle);
    ebb_flow_close(&loop->whole_flow);
    ebb_flow_close(&loop->severed_flow);
    ebb_reduce_free(&loop->whole);
    ebb_reduce_free(&loop->severed);
    ebb_arena_free(&loop->scratch);
}

void ebb_loop_set(ebb_loop_t *loop, size_t place, double value)
{
    loop->whole.values[place] = value;
    loop->severed.values[place] = value;
    ebb_flow_set(&loop->whole_flow, place, value);
    ebb_flow_set(&loop->severed_flow, place, value);
}

double ebb_loop_at(const ebb_loop_t *loop)
{
    bool let = loop->cut.kind == EBB_SCALAR_LET;
    return loop->values[loop->cut.index + (let ? loop->study->system->state_count : 0)];
}

/* --- the gain --------------------------------------------------------------------- */

/* g_u - g_x J_u^-1 R_u, from what linearising has left. */
static double gain_value(ebb_flow_t *flow)
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

/* The cut model at x, where the whole one rests, with the number at the cut set to what
 * the quantity is there. */
static int loop_gain_at(ebb_loop_t *loop, const double *x, ebb_gain_t *gain,
                        ebb_error_t *error)
{
    ebb_flow_values(&loop->whole_flow, x, loop->values);
    ebb_flow_set(&loop->severed_flow, loop->severed.lead, ebb_loop_at(loop));
    (void)ebb_flow_linearise(&loop->severed_flow, x);
    gain->gain = gain_value(&loop->severed_flow);
    gain->closed = 1 / (1 - gain->gain);
    return ebb_magnitude(gain->gain) < EBB_INFINITY
               ? EBB_OK
               : ebb_fail(error, EBB_ERR_NUMERIC,
                          "with this cut `%s` has no state of its own to rest in: "
                          "the gain is not defined",
                          loop->study->system->name);
}

int ebb_loop_gain(ebb_loop_t *loop, double *x, ebb_gain_t *gain, ebb_error_t *error)
{
    int code = ebb_settle_arrive(&loop->settle, &loop->whole_flow, x, error);
    return code ? code : loop_gain_at(loop, x, gain, error);
}

int ebb_study_gain(const ebb_study_t *study, const ebb_gain_settings_t *settings,
                   ebb_gain_t *gain, ebb_error_t *error)
{
    ebb_loop_t loop;
    double x[EBB_STUDY_FREE_MOST];
    *gain = (ebb_gain_t){.gain = EBB_NAN, .closed = EBB_NAN};
    int code = ebb_loop_open(&loop, study, settings->cut, settings->to, error);
    code = code ? code : ebb_rest_find(&loop.whole_flow, settings->states, x, error);
    code = code ? code : loop_gain_at(&loop, x, gain, error);
    ebb_loop_close(&loop);
    return code;
}
