/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb calibrate`: a JSON document, the same for a terminal, and the
 * sample as a table.
 *
 * The document (schema "ebb/calibrate", version 1) is described in docs/schema.md.
 */
#ifndef EBB_CALIBRATED_H
#define EBB_CALIBRATED_H

#include "ebb/calibrate.h"
#include "ebb/error.h"
#include "ebb/fit.h"
#include "ebb/simulate.h"
#include "ebb/text.h"

/* How a parameter was found back over several truths. */
typedef struct ebb_calibrated_back {
    size_t inside;     /* truths within their 95 % interval */
    size_t identified; /* calibrations that say they identify it */
    double narrower;   /* geometric mean over the calibrations */
    double off;        /* root mean square of (mean - truth), in prior SDs */
} ebb_calibrated_back_t;

/* What was run and what came out; all is borrowed. */
typedef struct ebb_calibrated {
    const ebb_calibrate_settings_t *settings;
    const ebb_fit_runs_t *fit;
    uint64_t couples;                     /* of each run; 0: as each says */
    const ebb_calibration_t *calibration; /* that is done; of targets that were drawn:
                                             NULL */
    const ebb_calibrated_back_t *back;    /* for each parameter, or NULL */
    size_t truths;                        /* over how many */
    size_t anew; /* drawn besides, off which not all figures could be read */
} ebb_calibrated_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes.
 */
int ebb_calibrated_json(ebb_text_t *out, const ebb_calibrated_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was run, and what came out
 * @param[in]     opts  NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_calibrated_terminal(ebb_text_t *out, const ebb_calibrated_t *from,
                            const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes draws of the posterior as a table: a first line of names, tabs between the
 * columns.
 *
 * @param[in,out] out   appended to
 * @param[in]     from  with a calibration
 * @param[in]     most  draws at most, evenly out of the sample; they are of equal
 * weight
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_calibrated_sample(ebb_text_t *out, const ebb_calibrated_t *from,
                          size_t most) EBB_MUST_CHECK;

#endif
