/* SPDX-License-Identifier: MIT
 *
 * The page of a population, a trial, a mating market, of checked claims or of
 * figures: one HTML file that opens from disk and fetches nothing, with pictures and
 * every number as a table.
 */
#ifndef EBB_RESULTS_PAGE_H
#define EBB_RESULTS_PAGE_H

#include <stddef.h>

#include "ebb/error.h"
#include "ebb/text.h"

/**
 * Makes the page: the embedded program, styles and texts with a document inside.
 *
 * Thread-safe; its cost is that of copying both.
 *
 * @param[in,out] out     appended to; ASCII but for the document
 * @param[in]     json    `length` bytes as ebb_populated_json, ebb_trialed_json,
 *                        ebb_paired_json, ebb_validated_json or ebb_figured_json wrote
 *                        them; no '<' is in them, so they cannot end their element
 * @param[in]     length  number of bytes
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_results_page(ebb_text_t *out, const char *json, size_t length) EBB_MUST_CHECK;

#endif
