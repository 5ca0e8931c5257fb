/* SPDX-License-Identifier: MIT
 * Records written by hand: events in an array of the caller's, at minutes from a
 * Monday.
 */
#ifndef EBB_TESTS_RECORD_H
#define EBB_TESTS_RECORD_H

#include "ebb/cycle.h"

#define RECORD_MONDAY ((int64_t)1736121600) /* 2025-01-06 00:00, a Monday */
#define RECORD_ROOM 40000

typedef struct record {
    ebb_event_t events[RECORD_ROOM];
    size_t count;
    uint16_t flags; /* of all that follow */
    int64_t at_s;   /* time of the last one, seconds since that Monday */
} record_t;

/* An event at `second` seconds after the Monday, without a zone. */
static inline ebb_event_t *record_at(record_t *record, int64_t second, int person,
                                     ebb_kind_t kind)
{
    ebb_event_t *event = &record->events[record->count++];
    *event = (ebb_event_t){.local_s = RECORD_MONDAY + second,
                           .offset_s = EBB_OFFSET_UNKNOWN,
                           .flags = record->flags,
                           .person = (uint8_t)person,
                           .kind = (uint8_t)kind};
    record->at_s = second;
    return event;
}

/* A text at `minute` minutes after the Monday. */
static inline ebb_event_t *record_text(record_t *record, int64_t minute, int person)
{
    return record_at(record, minute * 60, person, EBB_KIND_TEXT);
}

#endif
