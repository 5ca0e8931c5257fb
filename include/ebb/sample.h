/* SPDX-License-Identifier: MIT
 *
 * A sample of parameter values: what `ebb calibrate --sample` writes, and what a result
 * is given over, so that it says how much hangs on what is not known.
 *
 *     ebb_sample_t sample = {0};
 *     int code = ebb_sample_read(&sample, bytes, size, "posterior.tsv", &error);
 *     for (size_t k = 0; !code && k < 20; k++) {
 *         const double *values = ebb_sample_draw(&sample, k, 20);
 *         ...
 *     }
 *     ebb_sample_free(&sample);
 */
#ifndef EBB_SAMPLE_H
#define EBB_SAMPLE_H

#include "ebb/calibrate.h"
#include "ebb/error.h"
#include "ebb/model.h"

#define EBB_SAMPLE_DRAWS 20u /* of a result, where nobody says how many */
#define EBB_SAMPLE_DRAWS_MOST 1000u

/* Zero-initialise; release with ebb_sample_free. Strings live as long as it. */
typedef struct ebb_sample {
    const char *names[EBB_CALIBRATE_PARAMS_MOST]; /* of the parameters */
    size_t params, draws;                         /* neither is 0 once it is read */
    double *values; /* draws x params; all count the same */
    char *_text;
    size_t _size, _room;
} ebb_sample_t;

/**
 * Reads a sample: names of parameters with tabs between, then a line of numbers for
 * each draw.
 *
 * @param[in,out] sample  that was not read before
 * @param[in]     bytes   the table's text; copied
 * @param[in]     size    bytes, at most a million
 * @param[in]     label   name of the file for messages
 * @param[out]    error   names the line; may be NULL
 * @return 0, EBB_ERR_INPUT (no name, one twice, no draw, a field is no number),
 * EBB_ERR_LIMIT (too many bytes or parameters), EBB_ERR_MEMORY
 */
int ebb_sample_read(ebb_sample_t *sample, const char *bytes, size_t size,
                    const char *label, ebb_error_t *error) EBB_MUST_CHECK;

/** One of several draws that are spread evenly over the sample.
 *
 * @param[in] sample  that was read
 * @param[in] k       which, below `of`
 * @param[in] of      how many there are to be, at least 1; more than the sample has
 *                    repeat some
 * @return its `params` values
 */
const double *ebb_sample_draw(const ebb_sample_t *sample, size_t k, size_t of);

/**
 * Gives a draw to the parameters of a model: a draw takes the place of what a run has,
 * and what is 0 there stays 0, as a mechanism that is not in it.
 *
 * @param[in]     sample  that was read
 * @param[in]     draw    from ebb_sample_draw
 * @param[in]     model   whose parameters they are
 * @param[in,out] params  one for each of them, as the run has it: a copy of
 *                        ebb_population_params or ebb_trial_params. Becomes the drawn
 *                        value, or NaN where the run decides
 * @param[out]    error   names the parameter; may be NULL
 * @return 0, or EBB_ERR_INPUT: a value is outside the declared range
 */
int ebb_sample_place(const ebb_sample_t *sample, const double *draw,
                     const ebb_model_t *model, double *params,
                     ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what a sample holds, and leaves it empty. NULL is a no-op. */
void ebb_sample_free(ebb_sample_t *sample);

#endif
