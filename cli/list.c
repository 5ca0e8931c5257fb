/* SPDX-License-Identifier: MIT
 * Growing lists of borrowed strings; command lines are short, so one more at a time. */
#include "list.h"

#include "ebb/alloc.h"

bool list_add(string_list_t *list, const char *item)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    size_t size = list->count * sizeof *list->items;
    const char **items =
        alloc->resize(alloc->user, list->items, size, size + sizeof *list->items);
    if (!items) {
        return false;
    }
    items[list->count] = item;
    list->items = items;
    list->count++;
    return true;
}

void list_free(string_list_t *list)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    (void)alloc->resize(alloc->user, list->items, list->count * sizeof *list->items, 0);
    *list = (string_list_t){0};
}
