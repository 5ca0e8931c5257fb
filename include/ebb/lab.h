/* SPDX-License-Identifier: MIT
 *
 * The lab: one HTML file that opens from disk and fetches nothing, with the engine in
 * WebAssembly, the models and scenarios that ship, a story to go through, and a sandbox
 * in which every number of the couple can be moved.
 *
 *     ebb_text_t page = {0};
 *     int code = ebb_lab_page(&page, NULL, &error);
 */
#ifndef EBB_LAB_H
#define EBB_LAB_H

#include "ebb/error.h"
#include "ebb/text.h"

/**
 * Makes the page.
 *
 * @param[in,out] out      appended to; UTF-8, below 1.5 MB
 * @param[in]     country  ISO 3166 code, as "DE", of the country whose lines of help
 *                         are shown; NULL or one without a line: all of them
 * @param[out]    error    may be NULL
 * @return 0, EBB_ERR_ARGUMENT where ebb was built without the module (it takes clang
 * and wasm-ld), EBB_ERR_MEMORY. The same input gives the same bytes. Thread-safe; cost:
 * milliseconds.
 */
int ebb_lab_page(ebb_text_t *out, const char *country,
                 ebb_error_t *error) EBB_MUST_CHECK;

#endif
