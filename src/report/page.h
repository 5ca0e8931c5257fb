/* SPDX-License-Identifier: MIT
 * Pages out of their templates. */
#ifndef EBB_REPORT_PAGE_H
#define EBB_REPORT_PAGE_H

#include "ebb/text.h"

/* Appends a template (page_asset.h) with a document in the place of its token; returns
 * 0 or EBB_ERR_MEMORY. */
int ebb_page_fill(ebb_text_t *out, const char *page, size_t size,
                  const ebb_text_t *json);

#endif
