/* SPDX-License-Identifier: MIT
 * An allocator whose n-th request fails, and which counts what is not given back. */
#ifndef EBB_TESTS_SCARCE_H
#define EBB_TESTS_SCARCE_H

#include "ebb/alloc.h"

typedef struct scarce {
    long left; /* requests that still succeed */
    long held; /* blocks not given back */
} scarce_t;

static inline void *scarce_resize(void *user, void *ptr, size_t old_size,
                                  size_t new_size)
{
    scarce_t *scarce = user;
    if (new_size != 0 && scarce->left-- <= 0) {
        return NULL;
    }
    void *given = ebb_alloc_default()->resize(NULL, ptr, old_size, new_size);
    scarce->held += (ptr == NULL && given != NULL) - (ptr != NULL && new_size == 0);
    return given;
}

#endif
