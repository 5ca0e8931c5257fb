/* SPDX-License-Identifier: MIT
 *
 * The page of a simulation: one HTML file that opens from disk and fetches nothing,
 * with the course of a couple, its episodes, the loop and its gain at any moment, a
 * phase plane, and where there are two arms, both side by side.
 *
 * The page draws a document (schema "ebb/couple", version 1, described in
 * docs/schema.md), which is made here. Courses are thinned to what can be seen, peaks
 * kept: of one couple over five years it is below 350 kB, whatever the model shows.
 */
#ifndef EBB_SIMULATE_PAGE_H
#define EBB_SIMULATE_PAGE_H

#include "ebb/portrait.h"
#include "ebb/simulate.h"

/* What a page is made of. All is borrowed. */
typedef struct ebb_simulate_page {
    const ebb_simulated_t *from;    /* of the first arm; the second is in its `with` */
    const ebb_scenario_t *scenario; /* of the first arm; NULL: none */
    const ebb_scenario_t *scenario_with; /* of the second; only where there is one */
    const ebb_run_output_t *shown;       /* what is drawn, see ebb_portrait_shown */
    size_t shown_count;                  /* at most EBB_PORTRAIT_SHOWN_MOST */
} ebb_simulate_page_t;

/**
 * Writes the document of a page.
 *
 * Couple 0 of each arm runs again, finely; of many couples the bands are those of the
 * totals, and couple 0 is one of them.
 *
 * @param[in,out] out    appended to; UTF-8, one line, may stand in a script element
 * @param[in]     page   see there
 * @param[out]    error  may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_LIMIT or EBB_ERR_MEMORY. The same input gives
 * the same bytes.
 */
int ebb_simulate_page_json(ebb_text_t *out, const ebb_simulate_page_t *page,
                           ebb_error_t *error) EBB_MUST_CHECK;

/**
 * Makes the page: the embedded program, styles and texts with a document inside.
 *
 * @param[in,out] out     appended to
 * @param[in]     json    `length` bytes as ebb_simulate_page_json wrote them
 * @param[in]     length  number of bytes
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_simulate_page(ebb_text_t *out, const char *json, size_t length) EBB_MUST_CHECK;

#endif
