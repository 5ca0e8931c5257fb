/* SPDX-License-Identifier: MIT
 * What the bridge study found, as a page. */
#ifndef EBB_VERIFY_BRIDGE_PAGE_H
#define EBB_VERIFY_BRIDGE_PAGE_H

#include <stddef.h>

#include "bridge_couple.h"

/* Writes the page of `count` rows, in any order; `seed` is that of the study. */
void bridge_page(FILE *file, const bridge_row_t *rows, size_t count, uint64_t seed);

#endif
