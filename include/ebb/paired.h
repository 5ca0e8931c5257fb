/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb pair`: a JSON document, and the same for a terminal and as a
 * table.
 *
 * The document (schema "ebb/pair", version 1) is described in docs/schema.md.
 */
#ifndef EBB_PAIRED_H
#define EBB_PAIRED_H

#include "ebb/pair.h"
#include "ebb/simulate.h"
#include "ebb/text.h"

/* The same count with other mechanisms out. */
typedef struct ebb_paired_row {
    unsigned without;
    ebb_pair_census_t census;
} ebb_paired_row_t;

/* What was counted. All is borrowed. */
typedef struct ebb_paired {
    const ebb_pair_settings_t *settings;
    const ebb_pair_census_t *census;
    const ebb_paired_row_t *rows; /* to compare with; row_count of them */
    size_t row_count;
    const ebb_kalick_t *kalick; /* the known market: all seek the most attractive; all
                                   seek their like; the same in one group. NULL: not
                                   asked for, else there is nothing but these */
} ebb_paired_t;

#define EBB_PAIRED_KALICK 3 /* markets of `kalick` */

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was counted
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes. Thread-safe.
 */
int ebb_paired_json(ebb_text_t *out, const ebb_paired_t *from) EBB_MUST_CHECK;

/**
 * Writes it as a table: the curve over the cut, a line for each; or, where there are
 * rows to compare, a line for each of them.
 *
 * @param[in,out] out   appended to; first the names of the columns
 * @param[in]     from  what was counted
 * @return 0 or EBB_ERR_MEMORY. Numbers are the shortest that read back. Thread-safe.
 */
int ebb_paired_csv(ebb_text_t *out, const ebb_paired_t *from) EBB_MUST_CHECK;

/**
 * Writes it for a terminal: kinds of couples at the cut beside independent ones, the
 * curve over the cut, what is known of people, what each mechanism contributes.
 *
 * @param[in,out] out   appended to; UTF-8, no line wider than asked for
 * @param[in]     from  what was counted
 * @param[in]     opts  NULL: 80 columns, no colour, ASCII
 * @return 0 or EBB_ERR_MEMORY. Thread-safe.
 */
int ebb_paired_terminal(ebb_text_t *out, const ebb_paired_t *from,
                        const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

#endif
