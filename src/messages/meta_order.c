/* SPDX-License-Identifier: MIT
 *
 * What can be said only of all the messages of a file together: their order, what
 * became of a call, and which reactions are told twice.
 */
#include "messages/meta.h"

#define CALL_LONGEST_S 86400 /* between what begins a call and what ends it */
#define TWIN_S 2             /* between the two tellings of one reaction */
#define TWIN_EVENTS 64       /* looked at on each side: keeps the cost linear */

static int64_t instant_of(const ebb_event_t *event)
{
    return event->local_s - event->offset_s;
}

/* Whether the newest stand first: `usual`, unless most of the steps say otherwise. */
static bool is_newest_first(const ebb_event_t *events, size_t count, bool usual)
{
    size_t falls = 0, rises = 0;
    for (size_t i = 1; i < count; i++) {
        int64_t before = instant_of(&events[i - 1]), now = instant_of(&events[i]);
        falls += now < before;
        rises += now > before;
    }
    return falls == rises ? usual : falls > rises;
}

static void reverse_events(ebb_event_t *events, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        ebb_event_t first = events[i];
        events[i] = events[count - 1 - i];
        events[count - 1 - i] = first;
    }
}

static void make_system_event(ebb_event_t *event)
{
    event->kind = EBB_KIND_SYSTEM;
    event->person = EBB_PERSON_NONE;
}

/* "Ana started a video chat" and "Video chat ended" are one call, Ana's. */
static void join_calls(ebb_event_t *events, size_t count)
{
    ebb_event_t *begin = NULL;
    for (size_t i = 0; i < count; i++) {
        uint8_t mark = events[i]._reserved[0];
        events[i]._reserved[0] = EBB_META_MARK_NONE;
        if (mark == EBB_META_MARK_BEGINS) {
            begin = &events[i];
            continue;
        }
        if (mark == EBB_META_MARK_NONE || !begin ||
            instant_of(&events[i]) - instant_of(begin) > CALL_LONGEST_S) {
            continue;
        }
        begin->kind = events[i].kind;
        begin = NULL;
        make_system_event(&events[i]);
    }
}

void ebb_meta_settle(ebb_import_t *import, bool newest_first)
{
    size_t count = import->count - import->source_begin;
    if (count == 0) {
        return;
    }
    ebb_event_t *events = import->events + import->source_begin;
    if (is_newest_first(events, count, newest_first)) {
        reverse_events(events, count);
    }
    join_calls(events, count);
}

/* Whether an event is the message that a listed reaction stands for as well. */
static bool is_twin(const ebb_event_t *event, const ebb_event_t *listed)
{
    return event->kind == EBB_KIND_REACTION && event->_reserved[0] == 0 &&
           event->person == listed->person;
}

/* Whether one of the events within a moment of events[i] is its twin. */
static bool has_twin(const ebb_event_t *events, size_t count, size_t i)
{
    int64_t now = instant_of(&events[i]);
    size_t first = i > TWIN_EVENTS ? i - TWIN_EVENTS : 0;
    size_t end = count - i > TWIN_EVENTS ? i + TWIN_EVENTS : count;
    for (size_t k = first; k < end; k++) {
        int64_t apart = instant_of(&events[k]) - now;
        if (apart >= -TWIN_S && apart <= TWIN_S && is_twin(&events[k], &events[i])) {
            return true;
        }
    }
    return false;
}

void ebb_meta_drop_twins(ebb_import_t *import)
{
    size_t count = import->count - import->source_begin;
    if (count == 0) {
        return;
    }
    ebb_event_t *events = import->events + import->source_begin;
    for (size_t i = 0; i < count; i++) {
        bool listed = events[i]._reserved[0] == EBB_META_MARK_LISTED;
        if (listed && has_twin(events, count, i)) {
            events[i].kind = EBB_KIND_COUNT; /* to be dropped */
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EBB_KIND_COUNT) {
            events[kept] = events[i];
            events[kept++]._reserved[0] = 0;
        }
    }
    import->count = import->source_begin + kept;
}
