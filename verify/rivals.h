/* SPDX-License-Identifier: MIT
 *
 * The rules by which others call somebody a pursuer, for comparison with the measure.
 *
 * Written anew from descriptions of what those tools do, on times and senders only.
 * None has a notion of chance: each answers for any record, however short. They are
 * kept as they are, weak points included.
 *
 * All take events in time order and look at persons 0 and 1 only (system events are
 * skipped); wall clocks are used as they stand. Thread-safe, nothing is allocated; one
 * pass.
 */
#ifndef EBB_VERIFY_RIVALS_H
#define EBB_VERIFY_RIVALS_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/messages.h"

/* What a rule says of a record. */
enum {
    EBB_RIVAL_NONE = 0,
    EBB_RIVAL_A = 1, /* A pursues */
    EBB_RIVAL_B = 2,
    EBB_RIVAL_MUTUAL = 3
};

/* Any of the rules below. */
typedef int ebb_rival_t(const ebb_event_t *events, size_t count);

/* What the first rule counts, by person. */
typedef struct ebb_rival_counts {
    uint64_t sessions[2]; /* sessions begun; a session ends with 30 min of silence */
    uint64_t perseverance[2]; /* own message at least 300 s after one's own last, within
                                 the session */
    uint64_t ice_breaks[2];   /* first to write after more than 24 h */
} ebb_rival_counts_t;

/** Counts as the chat analyser does whose sessions end after 30 minutes; what was there
 * in `counts` is overwritten. */
void ebb_rival_count(const ebb_event_t *events, size_t count,
                     ebb_rival_counts_t *counts);

/**
 * Pursuer by perseverance.
 *
 * The tool prints counts only; the verdict is the reading its users make of them: who
 * has clearly more, here at least 10 and at least one and a half times the other's.
 * Never EBB_RIVAL_MUTUAL.
 */
ebb_rival_t ebb_rival_perseverance;

/**
 * Pursuer by bursts that a silence follows.
 *
 * A burst is a run of one sender with gaps below 30 min that holds enough logical
 * messages (those less than 2 min after the one before count as one with it). It is a
 * cycle if the next message of anybody comes 4 to 12 h later and the silence begins
 * between 09:00 and 21:00. From two cycles on the person with more bursts pursues;
 * mutual if the difference is below 20 % of the cycles.
 *
 * The tool wants a demanding word in bursts of 4 or 5 logical messages and none from 6
 * on. Words are not read here: `_loose` takes 4 and assumes the word, `_strict`
 * takes 6.
 */
ebb_rival_t ebb_rival_bursts_loose;
ebb_rival_t ebb_rival_bursts_strict;

/** Pursuer is who writes first after more than 70 % of the silences of 6 h or longer;
 * never EBB_RIVAL_MUTUAL. */
ebb_rival_t ebb_rival_starter;

#endif
