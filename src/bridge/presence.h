/* SPDX-License-Identifier: MIT
 * When a person has a phone at hand: nights, work, and stretches in between. */
#ifndef EBB_BRIDGE_PRESENCE_H
#define EBB_BRIDGE_PRESENCE_H

#include <stdbool.h>

#include "bridge/chance.h"

/* One person in one stretch of time. Times are in seconds of a clock whose 0 is the
 * midnight on which the record begins. */
typedef struct ebb_presence {
    ebb_bridge_who_t who;
    int64_t first_day;   /* days from 1970-01-01 to the record's first */
    double late, starts; /* habits: hours later to bed and up, and to work, than most */
    uint64_t stretches;  /* drawn so far */
    bool at_hand;        /* now, until `until` */
    double until;
} ebb_presence_t;

/* A person at midnight of the record's first day. */
ebb_presence_t ebb_presence_begin(ebb_bridge_who_t who, int64_t first_day);

/* Goes on to the stretch that begins at `until`; its end is later. */
void ebb_presence_next(ebb_presence_t *presence);

#endif
