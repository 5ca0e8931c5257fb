/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb population`: a JSON document, the same for a terminal, and a
 * table.
 *
 * The document (schema "ebb/population", version 1) is described in docs/schema.md.
 */
#ifndef EBB_POPULATED_H
#define EBB_POPULATED_H

#include "ebb/error.h"
#include "ebb/population.h"
#include "ebb/simulate.h"
#include "ebb/survival.h"
#include "ebb/text.h"

/* What was run and what came out; all is borrowed. */
typedef struct ebb_populated {
    const ebb_model_t *model;
    const ebb_population_t *population;
    const ebb_lives_t *lives;
    const uint64_t *tally; /* of `lives`, all shards added up */
} ebb_populated_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes; what is not finite
 * is null.
 */
int ebb_populated_json(ebb_text_t *out, const ebb_populated_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal: curves of who is still together with the numbers
 * at risk, how they ended, who is satisfied, and how often there are episodes.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was run, and what came out
 * @param[in]     opts  NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_populated_terminal(ebb_text_t *out, const ebb_populated_t *from,
                           const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

/**
 * Writes the result as a table, with a first line of names: a line for each group and
 * report.
 *
 * @param[in,out] out   appended to; numbers are the shortest decimals that read back to
 *                      the same double, what is not finite is an empty field
 * @param[in]     from  what was run, and what came out
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_populated_csv(ebb_text_t *out, const ebb_populated_t *from) EBB_MUST_CHECK;

/**
 * Begins a table of couples: the line of names. `couple`, `parted` and `group`, and
 * then what the population keeps.
 *
 * @param[in,out] out         appended to
 * @param[in]     population  whose couples they are
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_populated_rows_head(ebb_text_t *out,
                            const ebb_population_t *population) EBB_MUST_CHECK;

/**
 * Goes on with it: a line for each couple.
 *
 * @param[in,out] out    appended to; numbers as in ebb_populated_csv. `parted` is empty
 *                       of a couple that never did, `group` is a name, empty of couples
 *                       of none
 * @param[in]     population  whose couples they are
 * @param[in]     rows   as of ebb_lives_rows
 * @param[in]     first  number of the first of these couples
 * @param[in]     count  how many there are
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_populated_rows(ebb_text_t *out, const ebb_population_t *population,
                       const double *rows, uint64_t first, size_t count) EBB_MUST_CHECK;

#endif
