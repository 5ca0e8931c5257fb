/* SPDX-License-Identifier: MIT
 *
 * The allocator: one function supplied by the caller, through which every byte is asked
 * for.
 */
#ifndef EBB_ALLOC_H
#define EBB_ALLOC_H

#include <stddef.h>

/**
 * An allocator: one function and its state.
 *
 * `resize(user, ptr, old_size, new_size)` behaves as follows; sizes are in bytes.
 *   - ptr NULL, new_size > 0: allocate; return NULL when it cannot.
 *   - ptr not NULL, new_size > 0: grow or shrink, contents kept up to the smaller size;
 * on NULL the old block stays valid.
 *   - new_size 0: release ptr (which may be NULL) and return NULL.
 * It must be thread-safe when the object it serves is used with an executor.
 */
typedef struct ebb_alloc {
    void *(*resize)(void *user, void *ptr, size_t old_size, size_t new_size);
    void *user;
} ebb_alloc_t;

/**
 * The allocator over the C library's realloc and free.
 *
 * @return a static allocator, valid for the life of the program, nothing to release;
 * thread-safe. Functions that take a `const ebb_alloc_t *` accept NULL to mean this
 * one.
 */
const ebb_alloc_t *ebb_alloc_default(void);

#endif
