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
static int gain_open_whole(ebb_gain_work_t *work, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    int code = ebb_reduce(&work->whole, work->study, &wish, error);
    return code ? code : ebb_flow_open(&work->whole_flow, &work->whole, error);
}

static int gain_open_severed(ebb_gain_work_t *work, const ebb_cut_link_t *link,
                             ebb_run_output_t to, ebb_error_t *error)
{
    const ebb_reduce_wish_t wish = {.cut = link};
    int code = ebb_reduce(&work->severed, work->study, &wish, error);
    code =
        code ? code : gain_observe(&work->severed, work->study, work->cut, to, error);
    return code ? code : ebb_flow_open(&work->severed_flow, &work->severed, error);
}

int ebb_gain_open(ebb_gain_work_t *work, const ebb_study_t *study, ebb_run_output_t cut,
                  ebb_run_output_t to, ebb_error_t *error)
{
    ebb_cut_link_t link = {.whom = EBB_LINK_TO_ALL};
    size_t count = study->system->state_count + study->system->let_count;
    *work =
        (ebb_gain_work_t){.study = study, .scratch.alloc = &study->alloc, .cut = cut};
    int code = ebb_cut_make(&link, study, cut, &work->scratch, error);
    work->values = ebb_arena_new(&work->scratch, (count + 1) * sizeof *work->values);
    code = code || work->values ? code : ebb_study_fail_memory(error);
    code = code ? code : gain_open_whole(work, error);
    return code ? code : gain_open_severed(work, &link, to, error);
}

void ebb_gain_close(ebb_gain_work_t *work)
{
    ebb_settle_close(&work->settle);
    ebb_flow_close(&work->whole_flow);
    ebb_flow_close(&work->severed_flow);
    ebb_reduce_free(&work->whole);
    ebb_reduce_free(&work->severed);
    ebb_arena_free(&work->scratch);
}

void ebb_gain_set(ebb_gain_work_t *work, size_t place, double value)
{
    work->whole.values[place] = value;
    work->severed.values[place] = value;
    ebb_flow_set(&work->whole_flow, place, value);
    ebb_flow_set(&work->severed_flow, place, value);
}

double ebb_gain_at_cut(const ebb_gain_work_t *work)
{
    bool let = work->cut.kind == EBB_SCALAR_LET;
    return work->values[work->cut.index + (let ? work->study->system->state_count : 0)];
}

/* --- the gain --------------------------------------------------------------------- */

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

/* The cut model at x, where the whole one rests, with the number at the cut set to what
 * the quantity is there. */
static int gain_at(ebb_gain_work_t *work, const double *x, ebb_gain_t *gain,
                   ebb_error_t *error)
{
    ebb_flow_values(&work->whole_flow, x, work->values);
    ebb_flow_set(&work->severed_flow, work->severed.lead, ebb_gain_at_cut(work));
    (void)ebb_flow_linearise(&work->severed_flow, x);
    gain->gain = ebb_gain_value(&work->severed_flow);
    gain->closed = 1 / (1 - gain->gain);
    return ebb_magnitude(gain->gain) < EBB_INFINITY
               ? EBB_OK
               : ebb_fail(error, EBB_ERR_NUMERIC,
                          "with this cut `%s` has no state of its own to rest in: "
                          "the gain is not defined",
                          work->study->system->name);
}

int ebb_gain_find(ebb_gain_work_t *work, double *x, ebb_gain_t *gain,
                  ebb_error_t *error)
{
    int code = ebb_settle_arrive(&work->settle, &work->whole_flow, x, error);
    return code ? code : gain_at(work, x, gain, error);
}

int ebb_study_gain(const ebb_study_t *study, const ebb_gain_settings_t *settings,
                   ebb_gain_t *gain, ebb_error_t *error)
{
    ebb_gain_work_t work;
    double x[EBB_STUDY_FREE_MOST];
    *gain = (ebb_gain_t){.gain = EBB_NAN, .closed = EBB_NAN};
    int code = ebb_gain_open(&work, study, settings->cut, settings->to, error);
    code = code ? code : ebb_rest_find(&work.whole_flow, settings->states, x, error);
    code = code ? code : gain_at(&work, x, gain, error);
    ebb_gain_close(&work);
    return code;
}
