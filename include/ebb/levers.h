/* SPDX-License-Identifier: MIT
 *
 * Which lever lowers the loop gain of a couple most, and how far that hangs on numbers
 * that nobody knows. Equations: docs/maths/study.md, section 3.
 *
 * A lever is an input of a model with the range [0, 1]: 0 where it is not used, 1 where
 * it is used in full. What comes out is true of the equations, at one state of rest; it
 * says of nobody that it would help.
 */
#ifndef EBB_LEVERS_H
#define EBB_LEVERS_H

#include "ebb/study.h"

#define EBB_LEVERS_DRAWS_MOST 100000

typedef struct ebb_levers_settings {
    ebb_run_output_t cut; /* a let, or a state that is not held, as for a gain */
    const size_t *inputs; /* which levers, as for ebb_model_scalar; NULL: all inputs
                             whose range is [0, 1] */
    size_t input_count;   /* how many; used with `inputs` only */
    size_t draws;         /* of parameters, at most EBB_LEVERS_DRAWS_MOST; 0: none */
    double within;        /* how far a factor is from 1 at most, below 1; 0: 0.2 */
    uint64_t seed;        /* another seed is other chance */
} ebb_levers_settings_t;

/* Over draws: the median, and the range of the middle 80 %. NaN without draws. */
typedef struct ebb_levers_range {
    double median, low, high;
} ebb_levers_range_t;

typedef struct ebb_lever {
    size_t input;  /* as for ebb_model_scalar */
    double gain;   /* with the input at 1; NaN: the start leads to no state of rest, or
                      the cut model has none */
    double change; /* this less the gain as it is [eq 114] */
    double rest;   /* the quantity that is cut, at rest */
    ebb_levers_range_t change_range; /* over the draws that count */
    double most;  /* share of these in which no other lowers the gain more, from 0 to 1;
                     levers alike within 1e-6 of the change share a draw evenly. NaN
                     without such draws */
    size_t draws; /* of these, in how many there is a gain with it */
} ebb_lever_t;

/* By median change, without draws by change; the one that lowers most first, those
 * without a gain last. */
typedef struct ebb_levers {
    ebb_lever_t *levers;
    size_t count;
    double gain, rest; /* as it is: the gain, and the quantity that is cut */
    ebb_levers_range_t gain_range; /* of the gain as it is, over all draws with one */
    size_t draws, resting; /* how many, and in how many there is a gain as it is */
    size_t counted; /* in how many it is not below 0: below, the loop works against
                       a push, as where it has locked, and there is nothing to
                       lower */
    double within;  /* as it was taken */
    void *_memory;
} ebb_levers_t;

/**
 * Compares the levers of a couple by what they do to the loop gain [eq 114].
 *
 * For each lever: the gain with this input at 1, all others as they are, at the state
 * of rest to which the study's start leads then, less the gain as it is. States that
 * the study holds stay held. That state of rest may be another one than without the
 * lever: `rest` shows where it is.
 *
 * With draws, all of it again with each parameter times a factor from 1 - within to
 * 1 + within, evenly, within the range that the model declares; but not the parameters
 * that the study's settings give. Starts, and values of states held at their start,
 * follow the parameters; which states are held does not change. What is 0 stays 0. A
 * factor is a function of the seed, the number of the draw and the parameter's name.
 *
 * @param[in]  study     of which model and numbers
 * @param[in]  settings  see there
 * @param[out] levers    to be released with ebb_levers_free
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (the model has no such input, an input's range is not
 * [0, 1], `within` is out of range, all states are held, or the cut is as
 * ebb_study_gain refuses it), EBB_ERR_NUMERIC (there is no gain as it is),
 * EBB_ERR_LIMIT (too many draws), EBB_ERR_MEMORY. Thread-safe. Cost: (levers + 1)
 * (draws + 1) runs of 500 units of time, and a Newton's method each: milliseconds
 * apiece for a model of ten free states.
 */
int ebb_study_levers(const ebb_study_t *study, const ebb_levers_settings_t *settings,
                     ebb_levers_t *levers, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what ebb_study_levers filled; all zero is a no-op.
 *
 * @param[in,out] levers  is all zero afterwards
 */
void ebb_levers_free(ebb_levers_t *levers);

#endif
