/* SPDX-License-Identifier: MIT
 * A growing array whose element type its owner knows: items are at
 * ((type *)list.items)[i]. Pointers into it hold until the next push. */
#ifndef EBB_CORE_LIST_H
#define EBB_CORE_LIST_H

#include <string.h>

#include "core/memory.h"

/* Begin with all zero. */
typedef struct ebb_list {
    void *items;
    size_t count, _room;
} ebb_list_t;

/* A new element at the end, all zero; NULL when out of memory. */
static inline void *ebb_list_push(ebb_list_t *list, const ebb_alloc_t *alloc,
                                  size_t size)
{
    if (ebb_grow(alloc, &list->items, &list->_room, list->count + 1, size)) {
        return NULL;
    }
    void *item = (char *)list->items + list->count++ * size;
    memset(item, 0, size);
    return item;
}

static inline void ebb_list_free(ebb_list_t *list, const ebb_alloc_t *alloc,
                                 size_t size)
{
    ebb_free_array(alloc, list->items, list->_room, size);
    *list = (ebb_list_t){0};
}

#endif
