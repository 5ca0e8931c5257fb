/* SPDX-License-Identifier: MIT
 * Loop gain and paces at moments of a run: a reduced model is compiled once, and each
 * moment is but other numbers for it. */
#include "study/along.h"

#include "math/bits.h"
#include "study/gain.h"
#include "study/spectrum.h"

bool ebb_along_place(ebb_flow_t *flow, const ebb_study_moment_t *moment, double *x)
{
    const ebb_reduction_t *reduction = flow->reduction;
    const ebb_system_t *model = reduction->study->system;
    size_t inputs = model->param_count + model->trait_count;
    bool finite = true;
    for (size_t i = 0; i < model->input_count; i++) {
        ebb_flow_set(flow, inputs + i, moment->inputs[i]);
    }
    for (size_t i = 0; i < model->state_count; i++) {
        finite = finite && ebb_magnitude(moment->states[i]) < EBB_INFINITY;
        if (reduction->place[i] == EBB_NONE) {
            ebb_flow_set(flow, reduction->value_place[i], moment->states[i]);
        } else {
            x[reduction->place[i]] = moment->states[i];
        }
    }
    ebb_flow_set(flow, reduction->time, moment->time);
    return finite;
}

/* --- gain ------------------------------------------------------------------------- */

/* What the quantity that is cut is at a moment, by the model that is not cut. */
static double along_value(ebb_gain_work_t *work, const ebb_study_moment_t *moment)
{
    double x[EBB_STUDY_FREE_MOST];
    if (work->cut.kind == EBB_SCALAR_STATE) {
        return moment->states[work->cut.index];
    }
    (void)ebb_along_place(&work->whole_flow, moment, x);
    ebb_flow_values(&work->whole_flow, x, work->values);
    return ebb_gain_at_cut(work);
}

/* Whether the free states of the cut model would settle: else there is nothing that
 * they answer with. With delays it is not looked at, as that is dear. */
static bool along_settles(const ebb_flow_t *flow, ebb_spectrum_t *spectrum)
{
    return flow->delays || (!ebb_spectrum_fill(spectrum, flow) && !spectrum->unstable);
}

static double along_gain(ebb_flow_t *flow, ebb_spectrum_t *spectrum,
                         const ebb_study_moment_t *moment, double at)
{
    double x[EBB_STUDY_FREE_MOST];
    if (!ebb_along_place(flow, moment, x)) {
        return EBB_NAN;
    }
    ebb_flow_set(flow, flow->reduction->lead, at);
    (void)ebb_flow_linearise(flow, x);
    double gain = along_settles(flow, spectrum) ? ebb_gain_value(flow) : EBB_NAN;
    return ebb_magnitude(gain) < EBB_INFINITY ? gain : EBB_NAN;
}

int ebb_study_gain_along(const ebb_study_t *study, ebb_run_output_t cut,
                         ebb_study_moments_t moments, double *gains, ebb_error_t *error)
{
    ebb_gain_work_t work;
    ebb_spectrum_t spectrum = {0}; /* of the cut model */
    int code = ebb_gain_open(&work, study, cut, cut, error);
    if (!code && ebb_spectrum_open(&spectrum, &work.severed_flow)) {
        code = ebb_study_fail_memory(error);
    }
    for (size_t k = 0; k < moments.count && !code; k++) {
        const ebb_study_moment_t *moment = &moments.items[k];
        gains[k] = along_gain(&work.severed_flow, &spectrum, moment,
                              along_value(&work, moment));
    }
    ebb_spectrum_close(&spectrum);
    ebb_gain_close(&work);
    return code;
}

/* --- paces ------------------------------------------------------------------------ */

static void along_paces(ebb_flow_t *flow, const ebb_study_moment_t *moment,
                        double *paces)
{
    const ebb_reduction_t *reduction = flow->reduction;
    double x[EBB_STUDY_FREE_MOST];
    bool finite = ebb_along_place(flow, moment, x);
    (void)ebb_flow_linearise(flow, x);
    for (size_t i = 0; i < reduction->study->system->state_count; i++) {
        size_t j = reduction->place[i];
        paces[i] =
            j == EBB_NONE || !finite ? EBB_NAN : -flow->jacobian[j * flow->n + j];
    }
}

int ebb_study_paces(const ebb_study_t *study, ebb_study_moments_t moments,
                    double *paces, ebb_error_t *error)
{
    static const ebb_reduce_wish_t nothing = {0};
    ebb_reduction_t reduction;
    ebb_flow_t flow = {0};
    int code = ebb_reduce(&reduction, study, &nothing, error);
    code = code ? code : ebb_flow_open(&flow, &reduction, error);
    for (size_t k = 0; k < moments.count && !code; k++) {
        along_paces(&flow, &moments.items[k], paces + k * study->system->state_count);
    }
    ebb_flow_close(&flow);
    ebb_reduce_free(&reduction);
    return code;
}
