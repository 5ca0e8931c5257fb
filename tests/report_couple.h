/* SPDX-License-Identifier: MIT
 *
 * A couple filled in by hand, for tests of what is said about it: every member of the
 * measure has a value of its own, so that a mix-up shows.
 */
#ifndef EBB_TESTS_REPORT_COUPLE_H
#define EBB_TESTS_REPORT_COUPLE_H

#include "ebb/cycle.h"
#include "messages/history.h"

#define COUPLE_WEEKS 30
#define COUPLE_EPISODES 450     /* more than the document shows */
#define COUPLE_BEGIN 1736121600 /* Monday 2025-01-06 */

/* The missing number, as a double under every compiler. */
#define MISSING ((double)NAN)

typedef struct couple {
    ebb_cycle_t cycle;
    ebb_history_t history;
    ebb_week_t weeks[COUPLE_WEEKS];
    ebb_window_t windows[2];
    ebb_episode_t episodes[COUPLE_EPISODES];
    ebb_repair_t repairs[2];
    ebb_source_t source;
    ebb_gap_t gap;
    char names[2][64];
} couple_t;

/* A pursues, B withdraws, with a loop share of 0.35; B's direction cannot be told. */
void couple_fill_loop(couple_t *couple);

/* The same record, of which nothing can be claimed. */
void couple_fill_cannot_tell(couple_t *couple);

/* One half alone. */
void couple_fill_one_arm(couple_t *couple, ebb_verdict_t verdict);

#endif
