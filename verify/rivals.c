/* SPDX-License-Identifier: MIT
 *
 * Rules of others; see rivals.h.
 */
#include "rivals.h"

#include <stdbool.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* The next event of person 0 or 1 from place i on, or count. */
static size_t next_said(const ebb_event_t *events, size_t count, size_t i)
{
    while (i < count && (events[i].person > 1 || events[i].kind == EBB_KIND_SYSTEM)) {
        i++;
    }
    return i;
}

void ebb_rival_count(const ebb_event_t *events, size_t count,
                     ebb_rival_counts_t *counts)
{
    *counts = (ebb_rival_counts_t){0};
    const ebb_event_t *last = NULL;
    for (size_t i = next_said(events, count, 0); i < count;
         i = next_said(events, count, i + 1)) {
        const ebb_event_t *event = &events[i];
        const int k = event->person;
        const int64_t gap = last ? event->local_s - last->local_s : 0;
        counts->sessions[k] += !last || gap > 30 * MINUTE;
        counts->ice_breaks[k] += gap > DAY;
        counts->perseverance[k] += last && last->person == event->person &&
                                   gap >= 5 * MINUTE && gap <= 30 * MINUTE;
        last = event;
    }
}

int ebb_rival_perseverance(const ebb_event_t *events, size_t count)
{
    ebb_rival_counts_t counts;
    ebb_rival_count(events, count, &counts);
    for (int k = 0; k < 2; k++) {
        const uint64_t own = counts.perseverance[k];
        const uint64_t other = counts.perseverance[1 - k];
        if (own >= 10 && 2 * own >= 3 * other) {
            return k == 0 ? EBB_RIVAL_A : EBB_RIVAL_B;
        }
    }
    return EBB_RIVAL_NONE;
}

/* A run of one sender: its logical messages and its last message. */
typedef struct burst {
    uint8_t person;
    int logical;
    int64_t last_s;
} burst_t;

/* Whether the silence from the burst's end to `next_s` makes a cycle of it. */
static bool silence_counts(const burst_t *burst, int least, int64_t next_s)
{
    const int64_t silence = next_s - burst->last_s;
    const int64_t second = ((burst->last_s % DAY) + DAY) % DAY;
    return burst->logical >= least && silence >= 4 * HOUR && silence <= 12 * HOUR &&
           second >= 9 * HOUR && second < 21 * HOUR;
}

static int roles(const uint64_t bursts[2])
{
    const uint64_t cycles = bursts[0] + bursts[1];
    const uint64_t apart =
        bursts[0] > bursts[1] ? bursts[0] - bursts[1] : bursts[1] - bursts[0];
    if (cycles < 2) {
        return EBB_RIVAL_NONE;
    }
    if (5 * apart < cycles) {
        return EBB_RIVAL_MUTUAL;
    }
    return bursts[0] > bursts[1] ? EBB_RIVAL_A : EBB_RIVAL_B;
}

static int bursts_rule(const ebb_event_t *events, size_t count, int least)
{
    uint64_t bursts[2] = {0, 0};
    burst_t burst = {.person = EBB_PERSON_NONE};
    for (size_t i = next_said(events, count, 0); i < count;
         i = next_said(events, count, i + 1)) {
        const ebb_event_t *event = &events[i];
        const int64_t gap = event->local_s - burst.last_s;
        const bool begun = burst.person != EBB_PERSON_NONE;
        if (begun && silence_counts(&burst, least, event->local_s)) {
            bursts[burst.person]++;
        }
        if (!begun || burst.person != event->person || gap >= 30 * MINUTE) {
            burst = (burst_t){.person = event->person, .logical = 1};
        } else {
            burst.logical += gap >= 2 * MINUTE;
        }
        burst.last_s = event->local_s;
    }
    return roles(bursts);
}

int ebb_rival_bursts_loose(const ebb_event_t *events, size_t count)
{
    return bursts_rule(events, count, 4);
}

int ebb_rival_bursts_strict(const ebb_event_t *events, size_t count)
{
    return bursts_rule(events, count, 6);
}

int ebb_rival_starter(const ebb_event_t *events, size_t count)
{
    uint64_t starts[2] = {0, 0};
    const ebb_event_t *last = NULL;
    for (size_t i = next_said(events, count, 0); i < count;
         i = next_said(events, count, i + 1)) {
        if (last && events[i].local_s - last->local_s >= 6 * HOUR) {
            starts[events[i].person]++;
        }
        last = &events[i];
    }
    const uint64_t all = starts[0] + starts[1];
    if (10 * starts[0] > 7 * all) {
        return EBB_RIVAL_A;
    }
    return 10 * starts[1] > 7 * all ? EBB_RIVAL_B : EBB_RIVAL_NONE;
}
