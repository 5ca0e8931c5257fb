/* SPDX-License-Identifier: MIT
 *
 * Figures of the evidence beside the models' own, as a document, a table and text.
 */
#ifndef EBB_FIGURED_H
#define EBB_FIGURED_H

#include "ebb/figure.h"
#include "ebb/simulate.h"
#include "ebb/text.h"

/* What was computed; all is borrowed. */
typedef struct ebb_figured {
    const ebb_figure_t *figures;
    const ebb_figure_found_t *found; /* of each figure */
    size_t count;
    const ebb_figure_set_t *sets; /* that were set, besides */
    size_t set_count;
    const ebb_sample_t *sample; /* over which it was computed, at so many draws; NULL:
                                   parameters as they are */
    size_t draws;
    uint64_t couples, seed; /* couples 0: as each run says */
    bool at_length;         /* the text says all that is known of each */
} ebb_figured_t;

/* What came of the figures that are held out; those shown are not among them. */
typedef struct ebb_figured_totals {
    size_t held_out, inside, outside, none; /* none: the models cannot say it */
} ebb_figured_totals_t;

/** Counts what came of the figures.
 *
 * @param[in] from  what was computed
 * @return by value; cheap
 */
ebb_figured_totals_t ebb_figured_count(const ebb_figured_t *from);

/**
 * Writes the result as a JSON document (docs/schema.md).
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was computed
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes; what is not finite
 * is null.
 */
int ebb_figured_json(ebb_text_t *out, const ebb_figured_t *from) EBB_MUST_CHECK;

/**
 * Writes the result as a table with commas, a line for each figure.
 *
 * @param[in,out] out   appended to
 * @param[in]     from  what was computed
 * @return as ebb_figured_json; what is not finite is empty
 */
int ebb_figured_csv(ebb_text_t *out, const ebb_figured_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal: a line for each figure, or all that is known of
 * each, and what they come to.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was computed
 * @param[in]     opts  NULL for the defaults; `width`, `colour` and `language` count
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_figured_terminal(ebb_text_t *out, const ebb_figured_t *from,
                         const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

#endif
