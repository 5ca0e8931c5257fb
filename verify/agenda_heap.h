/* SPDX-License-Identifier: MIT
 *
 * What will happen, ordered by time: a binary heap of the generator's coming events.
 *
 * Invariant: items leave in order of (at_s, order); order is the order of entry, so
 * that ties are settled the same way on every machine.
 */
#ifndef EBB_VERIFY_AGENDA_HEAP_H
#define EBB_VERIFY_AGENDA_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef enum agenda_what {
    AGENDA_GLANCE,
    AGENDA_BLOCK,
    AGENDA_SEND,
    AGENDA_JOY
} agenda_what_t;

typedef struct agenda_item {
    int64_t at_s;
    uint64_t order;
    agenda_what_t what;
    int person;
    uint32_t stamp; /* GLANCE: void unless it is the person's latest; JOY: turns left */
    uint32_t characters; /* from here on SEND only */
    uint8_t kind, want;
    bool alarm;
} agenda_item_t;

typedef struct agenda_heap {
    agenda_item_t *items;
    size_t count, room;
    uint64_t entered;
} agenda_heap_t;

static inline bool agenda_item_before(const agenda_item_t *a, const agenda_item_t *b)
{
    return a->at_s != b->at_s ? a->at_s < b->at_s : a->order < b->order;
}

/* Adds an item; false if memory is short. */
static inline bool agenda_heap_push(agenda_heap_t *heap, agenda_item_t item)
{
    if (heap->count == heap->room) {
        const size_t room = heap->room ? 2 * heap->room : 64;
        agenda_item_t *items = realloc(heap->items, room * sizeof *items);
        if (!items) {
            return false;
        }
        heap->items = items;
        heap->room = room;
    }
    item.order = heap->entered++;
    size_t i = heap->count++;
    for (; i > 0 && agenda_item_before(&item, &heap->items[(i - 1) / 2]);
         i = (i - 1) / 2) {
        heap->items[i] = heap->items[(i - 1) / 2];
    }
    heap->items[i] = item;
    return true;
}

/* Takes the earliest item; the heap must not be empty. */
static inline agenda_item_t agenda_heap_pop(agenda_heap_t *heap)
{
    const agenda_item_t first = heap->items[0];
    const agenda_item_t last = heap->items[--heap->count];
    size_t i = 0;
    for (size_t child = 1; child < heap->count; child = 2 * i + 1) {
        if (child + 1 < heap->count &&
            agenda_item_before(&heap->items[child + 1], &heap->items[child])) {
            child++;
        }
        if (!agenda_item_before(&heap->items[child], &last)) {
            break;
        }
        heap->items[i] = heap->items[child];
        i = child;
    }
    heap->items[i] = last;
    return first;
}

#endif
