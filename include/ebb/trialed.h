/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb trial`: a JSON document, the same for a terminal, and a table.
 *
 * The document (schema "ebb/trial", version 1) is described in docs/schema.md.
 */
#ifndef EBB_TRIALED_H
#define EBB_TRIALED_H

#include "ebb/error.h"
#include "ebb/simulate.h"
#include "ebb/text.h"
#include "ebb/trial.h"

/* What was run and what came out; all is borrowed. */
typedef struct ebb_trialed {
    const ebb_model_t *model;
    const ebb_trial_t *trial;
    const ebb_trial_run_t *run;
    const uint64_t *tally; /* of `run`, all shards added up */
} ebb_trialed_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes; what is not finite
 * is null.
 */
int ebb_trialed_json(ebb_text_t *out, const ebb_trialed_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal: who entered, effects as a forest plot, and what
 * became of the couples of each arm, at the end and at the follow-up.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was run, and what came out
 * @param[in]     opts  NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_trialed_terminal(ebb_text_t *out, const ebb_trialed_t *from,
                         const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes the result as a table, with a first line of names: a line for each group, arm
 * and visit.
 *
 * @param[in,out] out   appended to; numbers are the shortest decimals that read back to
 *                      the same double, what is not finite is an empty field
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_trialed_csv(ebb_text_t *out, const ebb_trialed_t *from) EBB_MUST_CHECK;

#endif
