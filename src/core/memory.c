/* SPDX-License-Identifier: MIT
 * The default allocator and the short forms over any allocator. */
#include "core/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/error.h"

static void *default_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(ptr);
        return NULL;
    }
    return realloc(ptr, new_size);
}

const ebb_alloc_t *ebb_alloc_default(void)
{
    static const ebb_alloc_t alloc = {default_resize, NULL};
    return &alloc;
}

void *ebb_new_array(const ebb_alloc_t *alloc, size_t count, size_t size)
{
    if (count == 0) {
        count = 1; /* so that NULL always means failure */
    }
    if (size > SIZE_MAX / count) {
        return NULL;
    }
    void *ptr = alloc->resize(alloc->user, NULL, 0, count * size);
    if (ptr) {
        memset(ptr, 0, count * size);
    }
    return ptr;
}

void ebb_free_array(const ebb_alloc_t *alloc, void *ptr, size_t count, size_t size)
{
    if (ptr) {
        alloc->resize(alloc->user, ptr, (count ? count : 1) * size, 0);
    }
}

int ebb_grow(const ebb_alloc_t *alloc, void **ptr, size_t *capacity, size_t needed,
             size_t size)
{
    if (needed <= *capacity) {
        return EBB_OK;
    }
    size_t wanted = *capacity + *capacity / 2 + 16;
    if (wanted < needed) {
        wanted = needed;
    }
    if (wanted > SIZE_MAX / size) {
        return EBB_ERR_MEMORY;
    }
    void *grown = alloc->resize(alloc->user, *ptr, *capacity * size, wanted * size);
    if (!grown) {
        return EBB_ERR_MEMORY;
    }
    *ptr = grown;
    *capacity = wanted;
    return EBB_OK;
}
