/* SPDX-License-Identifier: MIT
 * Short forms over ebb_alloc_t. All sizes in bytes; products are checked for overflow.
 */
#ifndef EBB_CORE_MEMORY_H
#define EBB_CORE_MEMORY_H

#include <stddef.h>

#include "ebb/alloc.h"

/* `count` elements of `size` bytes, all zero; NULL when out of memory (or on overflow).
 */
void *ebb_new_array(const ebb_alloc_t *alloc, size_t count, size_t size);

/* Releases what ebb_new_array or ebb_grow gave, with the same count and size. */
void ebb_free_array(const ebb_alloc_t *alloc, void *ptr, size_t count, size_t size);

/**
 * Room for at least `needed` elements in a growing array.
 *
 * @param[in,out] ptr       the array (NULL at first); new place on success
 * @param[in,out] capacity  elements it has room for; grows by half, at least to
 * `needed`
 * @return 0, or EBB_ERR_MEMORY with array and capacity untouched. New room is not
 * zeroed.
 */
int ebb_grow(const ebb_alloc_t *alloc, void **ptr, size_t *capacity, size_t needed,
             size_t size);

#endif
