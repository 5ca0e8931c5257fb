/* SPDX-License-Identifier: MIT
 * Loop gain and paces at moments of a run: a reduced model is compiled once, and each
 * moment is but other numbers for it. */
#include "study/along.h"
#include "core/fail.h"
#include "math/bits.h"
#include "study/cut.h"
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

/* What a quantity is at a moment, by the flow of the model that is not cut. */
static double along_value(ebb_flow_t *whole, ebb_run_output_t at,
                          const ebb_study_moment_t *moment, double *values)
{
    double x[EBB_STUDY_FREE_MOST];
    if (at.kind == EBB_SCALAR_STATE) {
        return moment->states[at.index];
    }
    (void)ebb_along_place(whole, moment, x);
    ebb_flow_values(whole, x, values);
    return values[whole->reduction->study->system->state_count + at.index];
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

/* The model twice: whole, for what the quantity is, and cut at it. */
typedef struct ebb_along {
    ebb_reduction_t plain, severed;
    ebb_flow_t whole, cut;
    ebb_spectrum_t spectrum; /* of the cut one */
    ebb_arena_t scratch;
    double *values;
} ebb_along_t;

static int along_open(ebb_along_t *along, const ebb_study_t *study, ebb_run_output_t at,
                      ebb_error_t *error)
{
    static const ebb_reduce_wish_t nothing = {0};
    const ebb_gain_settings_t settings = {.cut = at, .to = at};
    ebb_cut_link_t link = {.whom = EBB_LINK_TO_ALL};
    size_t count = study->system->state_count + study->system->let_count;
    int code = ebb_cut_make(&link, study, at, &along->scratch, error);
    along->values = ebb_arena_new(&along->scratch, (count + 1) * sizeof(double));
    code = code ? code : along->values ? EBB_OK : ebb_study_fail_memory(error);
    if (code) {
        return code;
    }
    const ebb_reduce_wish_t wish = {.cut = &link};
    code = ebb_reduce(&along->plain, study, &nothing, error);
    code = code ? code : ebb_flow_open(&along->whole, &along->plain, error);
    code = code ? code : ebb_reduce(&along->severed, study, &wish, error);
    code = code ? code : ebb_gain_observe(&along->severed, study, &settings, error);
    code = code ? code : ebb_flow_open(&along->cut, &along->severed, error);
    if (!code && ebb_spectrum_open(&along->spectrum, &along->cut)) {
        code = ebb_study_fail_memory(error);
    }
    return code;
}

static void along_close(ebb_along_t *along)
{
    ebb_spectrum_close(&along->spectrum);
    ebb_flow_close(&along->cut);
    ebb_flow_close(&along->whole);
    if (along->severed.study) {
        ebb_reduce_free(&along->severed);
    }
    if (along->plain.study) {
        ebb_reduce_free(&along->plain);
    }
    ebb_arena_free(&along->scratch);
}

int ebb_study_gain_along(const ebb_study_t *study, ebb_run_output_t cut,
                         ebb_study_moments_t moments, double *gains, ebb_error_t *error)
{
    ebb_along_t along = {.scratch.alloc = &study->alloc};
    int code = along_open(&along, study, cut, error);
    for (size_t k = 0; k < moments.count && !code; k++) {
        const ebb_study_moment_t *moment = &moments.items[k];
        double at = along_value(&along.whole, cut, moment, along.values);
        gains[k] = along_gain(&along.cut, &along.spectrum, moment, at);
    }
    along_close(&along);
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
