/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb develop`: a JSON document, and the same for a terminal and as a
 * table.
 *
 * The document (schema "ebb/develop", version 1) is described in docs/schema.md.
 */
#ifndef EBB_DEVELOPED_H
#define EBB_DEVELOPED_H

#include "ebb/develop.h"
#include "ebb/simulate.h"
#include "ebb/text.h"

/* The same childhoods with other mechanisms out. */
typedef struct ebb_developed_row {
    unsigned without;
    ebb_develop_t develop;
} ebb_developed_row_t;

/* What came of the children. All is borrowed. */
typedef struct ebb_developed {
    const ebb_develop_settings_t *settings;
    const ebb_develop_t *develop;
    const ebb_developed_row_t *rows; /* to compare with; row_count of them */
    size_t row_count;
    size_t only; /* the caregiver that is shown; EBB_CAREGIVERS: all */
} ebb_developed_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what came of the children
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes. Thread-safe.
 */
int ebb_developed_json(ebb_text_t *out, const ebb_developed_t *from) EBB_MUST_CHECK;

/**
 * Writes it as a table: loudness at each moment with each caregiver that is shown; or,
 * where there are rows to compare, a line for each row and caregiver.
 *
 * @param[in,out] out   appended to; first the names of the columns
 * @param[in]     from  what came of the children
 * @return 0 or EBB_ERR_MEMORY. Numbers are the shortest that read back. Thread-safe.
 */
int ebb_developed_csv(ebb_text_t *out, const ebb_developed_t *from) EBB_MUST_CHECK;

/**
 * Writes it for a terminal: loudness over time with each caregiver (of one with the
 * middle 80 % of children), what is learnt, what pays, and the adults beside what is
 * known.
 *
 * @param[in,out] out   appended to; UTF-8, no line wider than asked for
 * @param[in]     from  what came of the children
 * @param[in]     opts  NULL: 80 columns, no colour, ASCII
 * @return 0 or EBB_ERR_MEMORY. Thread-safe.
 */
int ebb_developed_terminal(ebb_text_t *out, const ebb_developed_t *from,
                           const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

#endif
