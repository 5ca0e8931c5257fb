/* SPDX-License-Identifier: MIT
 *
 * Times that can only be settled when all messages are read: older versions of Telegram
 * wrote the wall clock alone, others the instant alone, and merged files hold both
 * sorts. What has both tells the offset of its neighbours.
 */
#include "messages/telegram.h"
#include <assert.h>

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
