/* SPDX-License-Identifier: MIT */
#include "messages/reactions.h"

#include <string.h>

#include "core/memory.h"

int ebb_reactions_add(ebb_import_t *import, ebb_reactions_t *reactions,
                      const ebb_event_t *event)
{
    void *grown = reactions->events;
    if (ebb_grow(import->alloc, &grown, &reactions->capacity, reactions->count + 1,
                 sizeof *event)) {
        return EBB_ERR_MEMORY;
    }
    reactions->events = grown;
    reactions->events[reactions->count++] = *event;
    return EBB_OK;
}

/* Sorts reactions by wall clock; they come nearly sorted, and few. Bottom-up merging
 * keeps the cost bounded for any order. */
static int sort_reactions(ebb_import_t *import, ebb_reactions_t *reactions)
{
    size_t n = reactions->count;
    ebb_event_t *scratch = ebb_new_array(import->alloc, n, sizeof *scratch);
    if (!scratch) {
        return EBB_ERR_MEMORY;
    }
    for (size_t width = 1; width < n; width *= 2) {
        memcpy(scratch, reactions->events, n * sizeof *scratch);
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n;
            size_t high = middle + width < n ? middle + width : n;
            size_t i = low, j = middle;
            for (size_t k = low; k < high; k++) {
                bool right = i >= middle ||
                             (j < high && scratch[j].local_s < scratch[i].local_s);
                reactions->events[k] = right ? scratch[j++] : scratch[i++];
            }
        }
    }
    ebb_free_array(import->alloc, scratch, n, sizeof *scratch);
    return EBB_OK;
}

int ebb_reactions_merge(ebb_import_t *import, ebb_reactions_t *reactions)
{
    if (reactions->count == 0) {
        return EBB_OK;
    }
    size_t left = import->count - import->source_begin; /* messages not yet moved */
    size_t right = reactions->count;
    void *grown = import->events;
    if (sort_reactions(import, reactions) ||
        ebb_grow(import->alloc, &grown, &import->capacity, import->count + right,
                 sizeof *import->events)) {
        return EBB_ERR_MEMORY;
    }
    import->events = grown;
    import->count += right;
    ebb_event_t *events = import->events + import->source_begin;
    size_t total = left + right;
    while (right > 0) { /* from the end, so that no message is overwritten unmoved */
        ebb_event_t *reaction = &reactions->events[right - 1];
        if (left > 0 && events[left - 1].local_s > reaction->local_s) {
            events[left + right - 1] = events[left - 1];
            left--;
            continue;
        }
        size_t to = left + right - 1;
        size_t near = left > 0 ? left - 1 : to + 1; /* the message before, or behind */
        if (reaction->offset_s == EBB_OFFSET_UNKNOWN && near < total) {
            reaction->offset_s = events[near].offset_s;
        }
        events[to] = *reaction;
        events[to].source = (uint8_t)(import->source_count - 1);
        right--;
    }
    return EBB_OK;
}

void ebb_reactions_free(const ebb_import_t *import, ebb_reactions_t *reactions)
{
    ebb_free_array(import->alloc, reactions->events, reactions->capacity,
                   sizeof *reactions->events);
    *reactions = (ebb_reactions_t){0};
}
