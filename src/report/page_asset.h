/* SPDX-License-Identifier: MIT
 *
 * The pages as they are embedded: each one HTML file, in ASCII, made from web/ at build
 * time. It holds the token EBB_PAGE_TOKEN exactly once, where the document goes.
 */
#ifndef EBB_REPORT_PAGE_ASSET_H
#define EBB_REPORT_PAGE_ASSET_H

#include <stddef.h>

#define EBB_PAGE_TOKEN "@@EBB_REPORT@@"

/* Of a report, of a simulated couple, of many couples and of the lab; they end with a
 * NUL that does not count. */
extern const char ebb_page_template[];
extern const size_t ebb_page_template_size;
extern const char ebb_couple_template[];
extern const size_t ebb_couple_template_size;
extern const char ebb_results_template[];
extern const size_t ebb_results_template_size;
extern const char ebb_lab_template[];
extern const size_t ebb_lab_template_size;

#endif
