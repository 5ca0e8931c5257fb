/* SPDX-License-Identifier: MIT
 *
 * The report page as it is embedded: one HTML file, in ASCII, made from web/ at build
 * time. It holds the token EBB_PAGE_TOKEN exactly once, where the document goes.
 */
#ifndef EBB_REPORT_PAGE_ASSET_H
#define EBB_REPORT_PAGE_ASSET_H

#include <stddef.h>

#define EBB_PAGE_TOKEN "@@EBB_REPORT@@"

extern const char ebb_page_template[]; /* ends with a NUL that does not count */
extern const size_t ebb_page_template_size;

#endif
