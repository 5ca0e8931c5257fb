/* SPDX-License-Identifier: MIT */
#include "messages/imessage.h"

#include <string.h>

#include "core/memory.h"

#define SECONDS_TO_2001 INT64_C(978307200)
#define NANOSECOND INT64_C(1000000000)
#define FINE_FROM INT64_C(100000000000) /* as seconds this would be the year 5169 */

/* What a message is to another: from 2000 a reaction, from 3000 the same taken back. */
enum { STICKER = 1000, REACTION = 2000, REACTION_BACK = 3000, REACTIONS_END = 4000 };

bool ebb_imessage_is_fine(const ebb_imessage_t *message)
{
    return message->date >= FINE_FROM;
}

bool ebb_imessage_time(const ebb_imessage_t *message, int64_t *time_s,
                       uint16_t *fraction)
{
    bool fine = ebb_imessage_is_fine(message);
    int64_t seconds = fine ? message->date / NANOSECOND : message->date;
    int64_t left = fine ? message->date % NANOSECOND : 0;
    *time_s = seconds + SECONDS_TO_2001;
    *fraction = (uint16_t)(left * 65536 / NANOSECOND);
    return message->date > 0;
}

static uint8_t kind_of(const ebb_imessage_t *m)
{
    return m->association == STICKER                          ? EBB_KIND_MEDIA
           : m->is_spoken                                     ? EBB_KIND_VOICE
           : m->has_files                                     ? EBB_KIND_MEDIA
           : m->is_app || !m->has_body || m->association != 0 ? EBB_KIND_OTHER
                                                              : EBB_KIND_TEXT;
}

ebb_imessage_fate_t ebb_imessage_settle(const ebb_imessage_t *m, ebb_event_t *event,
                                        bool *said)
{
    *said = false;
    if (m->kind != 0) {
        event->kind = EBB_KIND_SYSTEM;
        return EBB_IMESSAGE_EVENT;
    }
    if (m->association >= REACTION_BACK && m->association < REACTIONS_END) {
        return EBB_IMESSAGE_PASS;
    }
    if (m->has_failed) {
        return EBB_IMESSAGE_UNSENT;
    }
    bool gone = m->is_retracted || (m->is_edited && !m->has_body && !m->has_files);
    if (m->association >= REACTION && m->association < REACTION_BACK) {
        event->kind = EBB_KIND_REACTION;
    } else if (gone) {
        event->kind = EBB_KIND_DELETED;
    } else {
        event->kind = kind_of(m);
        event->flags |= (uint16_t)((m->is_reply ? EBB_FLAG_REPLY : 0) |
                                   (m->is_edited ? EBB_FLAG_EDITED : 0));
        *said = event->kind != EBB_KIND_OTHER && m->association == 0;
    }
    return EBB_IMESSAGE_EVENT;
}

/* ---- order ---- */

/* Of one second, by what is left of it. */
static bool is_imessage_before(const ebb_event_t *a, const ebb_event_t *b)
{
    int64_t x = a->local_s - a->offset_s, y = b->local_s - b->offset_s;
    int left = a->_reserved[0] << 8 | a->_reserved[1];
    int right = b->_reserved[0] << 8 | b->_reserved[1];
    return x < y || (x == y && left < right);
}

static bool is_in_order(const ebb_event_t *events, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (is_imessage_before(&events[i], &events[i - 1])) {
            return false;
        }
    }
    return true;
}

/* Merges the sorted [low, middle) and [middle, high) of `from` into `to`. */
static void merge_runs(const ebb_event_t *from, ebb_event_t *to, const size_t at[3])
{
    size_t i = at[0], j = at[1];
    for (size_t k = at[0]; k < at[2]; k++) {
        bool right =
            i >= at[1] || (j < at[2] && is_imessage_before(&from[j], &from[i]));
        to[k] = right ? from[j++] : from[i++];
    }
}

int ebb_imessage_sort(ebb_import_t *import)
{
    size_t count = import->count - import->source_begin;
    if (count < 2) {
        return EBB_OK;
    }
    ebb_event_t *events = import->events + import->source_begin;
    if (is_in_order(events, count)) {
        return EBB_OK;
    }
    ebb_event_t *scratch = ebb_new_array(import->alloc, count, sizeof *scratch);
    if (!scratch) {
        return EBB_ERR_MEMORY;
    }
    for (size_t width = 1; width < count; width *= 2) {
        memcpy(scratch, events, count * sizeof *scratch);
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            merge_runs(scratch, events, (const size_t[3]){low, middle, high});
        }
    }
    ebb_free_array(import->alloc, scratch, count, sizeof *scratch);
    return EBB_OK;
}
