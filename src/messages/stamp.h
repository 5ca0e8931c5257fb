/* SPDX-License-Identifier: MIT
 * Points in time as exports write them, and how they become an event's clocks. */
#ifndef EBB_MESSAGES_STAMP_H
#define EBB_MESSAGES_STAMP_H

#include "messages/reader.h"

/* A point in time as it was written. */
typedef struct ebb_stamp {
    int64_t time_s;   /* wall clock as written; for Unix time and Z: UTC */
    int32_t offset_s; /* as written; 0 for Unix time and Z; else EBB_OFFSET_UNKNOWN */
    bool is_utc;      /* Unix time or Z: an instant without any wall clock */
    bool minute;      /* no seconds were written */
} ebb_stamp_t;

/* What is wrong with a field that is no time in any form that is read. */
#define EBB_NOT_A_TIME                                                        \
    "is not a time ebb reads; write ISO 8601, as in 2024-03-31T14:05:09, or " \
    "Unix seconds"

/* Reads "2024-03-31T14:05:09.5+02:00" (a blank for T, seconds, fraction and zone may be
 * missing; Z, +02:00, +0200 and +02 are zones) or Unix time in seconds, milliseconds,
 * microseconds or nanoseconds, told apart by size. NULL, or what is wrong with it and
 * the fix, as a static sentence. Blanks around it are ignored. */
const char *ebb_stamp_parse(ebb_stamp_t *stamp, const char *bytes, size_t length);

/* Turns what was written of an event's time into its clocks, event after event. */
typedef struct ebb_clock {
    ebb_import_t *import; /* zone and the count of ambiguous times */
    ebb_calm_t calm; /* that held the last undisturbed clock, and so mostly the next */
    int64_t last_local_s;
    bool second; /* inside a repeated hour: its second passage has begun */
} ebb_clock_t;

/* Sets local_s, offset_s and flags of an event from its wall clock (`local`) or instant
 * (`utc`, seconds since 1970), or both; NULL: not written. With both, their difference
 * is the offset; with one, the import's zone gives it. Without zone a wall clock stays
 * without offset and an instant is its own wall clock with offset 0.
 * NULL, or what is wrong. */
const char *ebb_clock_set(ebb_clock_t *clock, ebb_event_t *event, const int64_t *local,
                          const int64_t *utc);

#endif
