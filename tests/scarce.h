/* SPDX-License-Identifier: MIT
 * An allocator whose n-th request fails, and which counts what is not given back. */
#ifndef EBB_TESTS_SCARCE_H
#define EBB_TESTS_SCARCE_H

#include "check.h"
#include "ebb/alloc.h"
#include "ebb/error.h"

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

/* Asks again and again, with ever more memory, until there is enough: whenever it runs
 * out that is said, and nothing is kept. `ask` must take more than 50 requests. */
static inline void scarce_until_enough(int (*ask)(void *user, const ebb_alloc_t *alloc),
                                       void *user)
{
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; code == EBB_ERR_MEMORY && n < 100000; n += 1 + n / 40) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        code = ask(user, &alloc);
        CHECK(code == EBB_OK || code == EBB_ERR_MEMORY);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && n > 50);
}

#endif
