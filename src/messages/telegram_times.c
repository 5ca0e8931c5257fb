/* SPDX-License-Identifier: MIT
 *
 * Times that can only be settled when all messages are read: older versions of Telegram
 * wrote the wall clock alone, others the instant alone, and merged files hold both
 * sorts. What has both tells the offset of its neighbours.
 */
#include <assert.h>
#include <string.h>

#include "core/memory.h"
#include "messages/telegram.h"

/* The first event from `i` on with both clocks; `count` if there is none. */
static size_t next_known(const ebb_event_t *events, size_t count, size_t i)
{
    while (i < count && events[i]._reserved[0] != EBB_TG_BOTH) {
        i++;
    }
    return i;
}

/* Whether a wall clock with this offset lies between its neighbours' instants. */
static bool fits_between(const ebb_event_t *before, const ebb_event_t *after,
                         const ebb_event_t *event, int32_t offset_s)
{
    int64_t instant = event->local_s - offset_s;
    return instant >= before->local_s - before->offset_s &&
           instant <= after->local_s - after->offset_s;
}

/* Settles one event by the known ones around it (one of the two may be NULL). */
static void settle_event(ebb_import_t *import, ebb_event_t *event,
                         const ebb_event_t *before, const ebb_event_t *after)
{
    assert(before || after);
    int32_t first = before ? before->offset_s : after->offset_s;
    int32_t second = after ? after->offset_s : before->offset_s;
    if (event->_reserved[0] == EBB_TG_UTC_ONLY) {
        event->offset_s = first;
        event->local_s += first;
        return;
    }
    event->offset_s = first;
    if (first != second) { /* the clocks were changed between the two */
        bool fits = fits_between(before, after, event, first);
        if (!fits && fits_between(before, after, event, second)) {
            event->offset_s = second;
        } else if (!fits || fits_between(before, after, event, second)) {
            event->flags |= EBB_FLAG_AMBIGUOUS_TIME;
            import->ambiguous_times++;
        }
    }
}

bool ebb_tg_settle_times(ebb_import_t *import)
{
    size_t count = import->count - import->source_begin;
    if (count == 0) {
        return false;
    }
    ebb_event_t *events = import->events + import->source_begin;
    size_t after = next_known(events, count, 0);
    const ebb_event_t *before = NULL;
    bool any_known = after < count;
    bool all_known = true;
    for (size_t i = 0; i < count; i++) {
        if (i == after) {
            before = &events[i];
            after = next_known(events, count, i + 1);
        } else if (any_known) {
            settle_event(import, &events[i], before,
                         after < count ? &events[after] : NULL);
        } else {
            all_known = false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        events[i]._reserved[0] = 0;
    }
    return all_known;
}

/* Sorts reactions by wall clock; they come nearly sorted, and few. Bottom-up merging
 * keeps the cost bounded for any order. */
static int sort_reactions(ebb_import_t *import, ebb_tg_reactions_t *reactions)
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

int ebb_tg_merge_reactions(ebb_import_t *import, ebb_tg_reactions_t *reactions)
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
