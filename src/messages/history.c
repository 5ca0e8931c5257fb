/* SPDX-License-Identifier: MIT
 *
 * From an import to a history: two persons kept, events sorted, overlaps counted once,
 * long gaps named. The events are worked on where they lie and then handed over; the
 * sort asks for half their size at most, and for nothing when they are in order.
 */
#include <stdio.h>
#include <string.h>

#include "core/calendar.h"
#include "core/memory.h"
#include "messages/history.h"

#define GAP_MIN_S (7 * (int64_t)EBB_DAY_S)
#define WINDOW_MAX                                                    \
    2048 /* events of one minute compared for overlap with each other \
          */

static inline int64_t time_of(const ebb_event_t *event, bool by_instant)
{
    return by_instant ? event->local_s - event->offset_s : event->local_s;
}

bool ebb_events_have_instants(const ebb_event_t *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (events[i].offset_s == EBB_OFFSET_UNKNOWN) {
            return false;
        }
    }
    return true;
}

int64_t ebb_event_time(const ebb_event_t *event, bool by_instant)
{
    return time_of(event, by_instant);
}

static bool is_sorted(const ebb_event_t *events, size_t count, bool by_instant)
{
    for (size_t i = 1; i < count; i++) {
        if (time_of(&events[i], by_instant) < time_of(&events[i - 1], by_instant)) {
            return false;
        }
    }
    return true;
}

/* How many of the sorted events come before or with `time`. */
static size_t count_until(const ebb_event_t *events, size_t count, int64_t time,
                          bool by_instant)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (time_of(&events[middle], by_instant) <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Merges two sorted neighbours, equals: left first. What stands right already is not
 * touched; `scratch` takes the rest of the left one. Few lines are out of order, and
 * not far, so that is little. */
static void merge(ebb_event_t *events, size_t left, size_t count, ebb_event_t *scratch,
                  bool by_instant)
{
    size_t k =
        count_until(events, left, time_of(&events[left], by_instant), by_instant);
    size_t i = 0, j = left, rest = left - k;
    memcpy(scratch, events + k, rest * sizeof *events);
    while (i < rest && j < count) {
        bool right = time_of(&events[j], by_instant) < time_of(&scratch[i], by_instant);
        events[k++] = right ? events[j++] : scratch[i++];
    }
    memcpy(events + k, scratch + i, (rest - i) * sizeof *events);
}

/* Its depth is the binary logarithm of the count. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static void merge_sort(ebb_event_t *events, size_t count, ebb_event_t *scratch,
                       bool by_instant)
{
    if (is_sorted(events, count, by_instant)) {
        return;
    }
    size_t left = count / 2;
    merge_sort(events, left, scratch, by_instant);
    merge_sort(events + left, count - left, scratch, by_instant);
    merge(events, left, count, scratch, by_instant);
}

int ebb_events_sort(ebb_event_t *events, size_t count, const ebb_alloc_t *alloc)
{
    bool by_instant = ebb_events_have_instants(events, count);
    if (is_sorted(events, count, by_instant)) {
        return EBB_OK;
    }
    size_t half = count / 2;
    /* not zeroed: what is never needed is never touched */
    ebb_event_t *scratch = alloc->resize(alloc->user, NULL, 0, half * sizeof *scratch);
    if (!scratch) {
        return EBB_ERR_MEMORY;
    }
    merge_sort(events, count, scratch, by_instant);
    ebb_free_array(alloc, scratch, half, sizeof *scratch);
    return EBB_OK;
}

/* Keeps the two persons and what nobody wrote; the rest is counted. */
static void keep_pair(ebb_import_t *import, ebb_pair_t pair, uint64_t *dropped)
{
    size_t kept = 0;
    if (pair.a == 0 && pair.b == 1 && import->person_count == 2) {
        return; /* as it mostly is: everything stays */
    }
    for (size_t i = 0; i < import->count; i++) {
        ebb_event_t event = import->events[i];
        if (event.person == pair.a) {
            event.person = 0;
        } else if (event.person == pair.b) {
            event.person = 1;
        } else if (event.person != EBB_PERSON_NONE) {
            (*dropped)++;
            continue;
        }
        import->events[kept++] = event;
    }
    import->count = kept;
}

/* Whether two events of different inputs are one: all that is known is equal, times to
 * the minute where one of the clocks shows no more. */
static bool is_same(const ebb_event_t *a, const ebb_event_t *b, bool by_instant)
{
    int64_t s = time_of(a, by_instant), t = time_of(b, by_instant);
    bool minute = ((a->flags | b->flags) & EBB_FLAG_MINUTE) != 0;
    bool same_time = s == t || (minute && ebb_floor_div(s, 60) == ebb_floor_div(t, 60));
    return same_time && a->source != b->source && a->person == b->person &&
           a->kind == b->kind && a->characters == b->characters && a->words == b->words;
}

/* Whether `events[i]` repeats a kept event of its minute. Every kept event stands for
 * one event of each other input: `_reserved[0]` remembers the last input it stood for,
 * so that "ok", "ok" in both inputs stays twice. */
static bool is_repeat(ebb_event_t *events, size_t first, size_t kept,
                      const ebb_event_t *event, bool by_instant)
{
    if (kept - first > WINDOW_MAX) {
        first = kept - WINDOW_MAX; /* keeps the cost linear whatever the input */
    }
    for (size_t i = first; i < kept; i++) {
        if (is_same(&events[i], event, by_instant) &&
            events[i]._reserved[0] != event->source + 1) {
            events[i]._reserved[0] = (uint8_t)(event->source + 1);
            events[i].flags |= event->flags & EBB_FLAG_READ; /* a later input knows */
            return true;
        }
    }
    return false;
}

/* Counts events of overlapping inputs once. */
static void drop_repeats(ebb_import_t *import, uint64_t *duplicates)
{
    ebb_event_t *events = import->events;
    bool by_instant = ebb_events_have_instants(events, import->count);
    size_t kept = 0, first = 0;
    int64_t minute = INT64_MIN;
    for (size_t i = 0; i < import->count; i++) {
        ebb_event_t event = events[i];
        int64_t now = ebb_floor_div(time_of(&event, by_instant), 60);
        if (now != minute) {
            minute = now;
            first = kept;
        }
        if (is_repeat(events, first, kept, &event, by_instant)) {
            (*duplicates)++;
        } else {
            events[kept++] = event;
        }
    }
    import->count = kept;
    for (size_t i = 0; i < kept; i++) {
        events[i]._reserved[0] = 0;
    }
}

static int find_gaps(ebb_history_t *history)
{
    size_t found = 0;
    for (size_t i = 1; i < history->count; i++) {
        int64_t begin = history->events[i - 1].local_s;
        int64_t end = history->events[i].local_s;
        if (end - begin < GAP_MIN_S) {
            continue;
        }
        void *gaps = history->gaps;
        if (ebb_grow(history->alloc, &gaps, &history->gap_capacity, found + 1,
                     sizeof *history->gaps)) {
            return EBB_ERR_MEMORY;
        }
        history->gaps = gaps;
        history->gaps[found++] = (ebb_gap_t){.begin_s = begin, .end_s = end};
    }
    history->account.gaps = history->gaps;
    history->account.gap_count = found;
    return EBB_OK;
}

/* Takes the name, the events and all the rest out of the import. */
static void take_over(ebb_history_t *history, ebb_import_t *import, ebb_pair_t pair)
{
    int chosen[2] = {pair.a, pair.b};
    for (int i = 0; i < 2; i++) {
        ebb_person_t *person = &import->persons[chosen[i]];
        history->names[i] = person->name;
        history->name_sizes[i] = person->size;
        person->name = NULL;
    }
    ebb_persons_forget(import, 0);
    history->events = import->events;
    history->count = import->count;
    history->capacity = import->capacity;
    history->sources = import->sources;
    history->source_capacity = import->source_capacity;
    history->account.sources = import->sources;
    history->account.source_count = import->source_count;
    history->account.ambiguous_times = import->ambiguous_times;
    history->texts = import->texts;
    history->keeps_text = import->opts.keep_text;
    ebb_text_init(&import->texts, import->alloc);
    import->events = NULL;
    import->count = import->capacity = 0;
    import->sources = NULL;
    import->source_count = import->source_capacity = 0;
}

/* Who exported the messages, and where the clocks stood: as the caller says, else as
 * the only input does. */
static void note_origin(ebb_history_t *history, const ebb_import_t *import,
                        const ebb_pair_t *pair)
{
    const char *tz = import->opts.tz;
    const char *told = import->source_count == 1 ? import->told.zone : "";
    (void)snprintf(history->zone, sizeof history->zone, "%s", tz ? tz : told);
    history->maker = ebb_pair_maker(import, pair);
}

/* Says in which file nothing was found, and the first line that was not understood. */
static int fail_empty(const ebb_import_t *import, ebb_error_t *error)
{
    ebb_place_t place = {0};
    const char *reason = NULL;
    if (import->source_count == 1) {
        const ebb_source_t *source = &import->sources[0];
        place.where = source->label;
        if (source->not_understood > 0) {
            place.line = source->positions[0].line;
            place.column = source->positions[0].column;
            reason = source->positions[0].reason;
        }
    }
    return ebb_fail_at(error, EBB_ERR_INPUT, place,
                       "no message was found%s%s; `ebb formats` tells what ebb reads",
                       reason ? "; the first line not understood " : "",
                       reason ? reason : "");
}

/* The wall clock of one input and the instants of another have nothing in common as
 * long as nobody says where that clock stood. */
static int check_clocks(const ebb_import_t *import, ebb_error_t *error)
{
    const ebb_source_t *walls = NULL, *utc = NULL;
    for (size_t i = 0; i < import->source_count; i++) {
        const ebb_source_t *source = &import->sources[i];
        walls = !source->instants && source->events ? source : walls;
        utc = source->instants && !source->zone_known ? source : utc;
    }
    return walls && utc
               ? ebb_fail_at(error, EBB_ERR_ARGUMENT,
                             (ebb_place_t){.where = walls->label},
                             "holds the clock of a phone whose zone is not known, and "
                             "%s holds instants: they do not fit together without the "
                             "zone; name it with --tz, as --tz Europe/Berlin",
                             utc->label)
               : EBB_OK;
}

int ebb_import_finish(ebb_import_t *import, ebb_history_t **history, ebb_error_t *error)
{
    *history = NULL;
    if (import->count == 0) {
        return fail_empty(import, error);
    }
    ebb_pair_t pair;
    int code = check_clocks(import, error);
    code = code ? code : ebb_pair_choose(import, &pair, error);
    if (code) {
        return code;
    }
    ebb_history_t *made = ebb_new_array(import->alloc, 1, sizeof *made);
    if (!made) {
        return ebb_fail(error, EBB_ERR_MEMORY, "no memory for a history");
    }
    made->alloc = import->alloc;
    note_origin(made, import, &pair);
    keep_pair(import, pair, &made->account.dropped_persons);
    bool in_order = import->source_count == 1 && import->sources[0].reordered == 0;
    code = in_order ? EBB_OK
                    : ebb_events_sort(import->events, import->count, import->alloc);
    if (!code && import->source_count > 1) {
        drop_repeats(import, &made->account.duplicates);
    }
    if (!code) {
        take_over(made, import, pair);
        code = find_gaps(made);
    }
    if (code) {
        ebb_history_free(made);
        return ebb_fail(error, code, "no memory to order the events");
    }
    *history = made;
    return EBB_OK;
}

void ebb_history_free(ebb_history_t *history)
{
    if (!history) {
        return;
    }
    const ebb_alloc_t *alloc = history->alloc;
    ebb_free_array(alloc, history->events, history->capacity, sizeof *history->events);
    ebb_free_array(alloc, history->names[0], history->name_sizes[0], 1);
    ebb_free_array(alloc, history->names[1], history->name_sizes[1], 1);
    ebb_free_array(alloc, history->sources, history->source_capacity,
                   sizeof *history->sources);
    ebb_free_array(alloc, history->gaps, history->gap_capacity, sizeof *history->gaps);
    ebb_text_free(&history->texts);
    ebb_free_array(alloc, history, 1, sizeof *history);
}

const ebb_event_t *ebb_history_events(const ebb_history_t *history, size_t *count)
{
    *count = history->count;
    return history->events;
}

const char *ebb_history_name(const ebb_history_t *history, int person)
{
    return person == 0 || person == 1 ? history->names[person] : NULL;
}

const char *ebb_history_zone(const ebb_history_t *history)
{
    return history->zone[0] ? history->zone : NULL;
}

int ebb_history_maker(const ebb_history_t *history)
{
    return history->maker - 1;
}

const ebb_account_t *ebb_history_account(const ebb_history_t *history)
{
    return &history->account;
}
