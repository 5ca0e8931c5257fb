/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb study`: a JSON document, the same for a terminal, and a table.
 *
 * The document (schema "ebb/study", version 1) is described in docs/schema.md.
 */
#ifndef EBB_STUDIED_H
#define EBB_STUDIED_H

#include "ebb/error.h"
#include "ebb/levers.h"
#include "ebb/simulate.h"
#include "ebb/study.h"
#include "ebb/text.h"

/* What was asked and what came out: one of the results is there, the others are NULL.
 * All is borrowed. */
typedef struct ebb_studied {
    const ebb_model_t *model;
    const ebb_study_t *study;
    const ebb_study_settings_t *settings; /* what was set; NaN: nothing */
    const ebb_run_output_t *outputs;      /* states and lets to be shown */
    size_t output_count;
    const ebb_scenario_info_t *scenario; /* whose numbers were taken; NULL: none */
    const char *lead;     /* name of the number that was varied; else NULL */
    const char *cut, *to; /* names of the quantities of a gain (`to` "": the same) or a
                             share; of levers `cut` alone */
    const ebb_equilibria_t *equilibria;
    const ebb_gain_t *gain;
    const ebb_share_t *share;
    const ebb_branch_t *branch;
    const ebb_hysteresis_t *sweep;
    const ebb_limit_cycle_t *cycle;
    const ebb_lyapunov_t *lyapunov;
    const ebb_levers_t *levers;
} ebb_studied_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was asked, and what came out
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes; what is not finite
 * is null.
 */
int ebb_studied_json(ebb_text_t *out, const ebb_studied_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal: what the study leaves out, then each point in a few
 * lines; branches and sweeps as a plot of the first quantity that moves, and what is
 * special on them.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was asked, and what came out
 * @param[in]     opts  NULL for the defaults; the plot is in ASCII in any case
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_studied_terminal(ebb_text_t *out, const ebb_studied_t *from,
                         const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes the result as a table, with a first line of names: a line for each point of
 * equilibria, branches and sweeps, for each state of a cycle, and one for all else.
 *
 * @param[in,out] out   appended to; numbers are the shortest decimals that read back to
 *                      the same double, what is not finite is an empty field
 * @param[in]     from  what was asked, and what came out
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_studied_csv(ebb_text_t *out, const ebb_studied_t *from) EBB_MUST_CHECK;

#endif
