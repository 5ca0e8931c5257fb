/* SPDX-License-Identifier: MIT
 * The numbers with which one couple of a run goes. */
#include "core/fail.h"
#include "run/lanes.h"

static void numbers_copy(const ebb_cohort_t *lanes, ebb_leaf_t leaf, size_t count,
                         double *out)
{
    for (size_t k = 0; out && k < count; k++) {
        out[k] = ebb_lanes_leaf(lanes, leaf, k)[0];
    }
}

int ebb_run_numbers(const ebb_simulation_t *run, uint64_t couple,
                    ebb_model_numbers_t numbers, ebb_error_t *error)
{
    ebb_cohort_t lanes;
    int code = ebb_lanes_open(&lanes, run, 1);
    code = code ? code : ebb_lanes_begin(&lanes, couple, 1);
    if (!code) {
        numbers_copy(&lanes, EBB_LEAF_PARAM, run->system->param_count, numbers.params);
        numbers_copy(&lanes, EBB_LEAF_TRAIT, run->system->trait_count, numbers.traits);
        numbers_copy(&lanes, EBB_LEAF_STATE, run->states, numbers.starts);
    }
    ebb_lanes_close(&lanes);
    ebb_run_inputs(run, 0, numbers.inputs);
    return code ? ebb_fail(error, code, "not enough memory to run") : EBB_OK;
}

void ebb_run_inputs(const ebb_simulation_t *run, double time, double *inputs)
{
    for (size_t j = 0; inputs && j < run->system->input_count; j++) {
        size_t at = run->first_piece[j], end = run->first_piece[j + 1];
        while (at + 1 < end && (run->pieces[at + 1].begin <= time ||
                                ebb_same_time(run->pieces[at + 1].begin, time))) {
            at++;
        }
        const ebb_piece_t *piece = &run->pieces[at];
        inputs[j] = piece->value + piece->slope * (time - piece->begin);
    }
}
