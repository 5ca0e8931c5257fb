/* SPDX-License-Identifier: MIT
 *
 * Plain counts of a history, to see whether a made couple looks like a couple.
 */
#ifndef EBB_VERIFY_DESCRIBE_STATS_H
#define EBB_VERIFY_DESCRIBE_STATS_H

#include <stddef.h>

#include "ebb/messages.h"

#define DESCRIBE_RUNS 5 /* runs of 1, 2, 3, 4, 5 or more turns */

/* A turn: messages of one person at most five minutes apart. A run: turns of one person
 * until the other writes. Follow-ups are the turns of a run after its first. */
typedef struct describe_stats {
    double weeks; /* length of the record, as given */
    double messages[2], turns[2], followups[2];
    double reply_median_min[2]; /* of k's replies, from the first turn unanswered */
    double reply_90_min[2];
    double runs[2][DESCRIBE_RUNS];
    double silence_h[3];       /* the longest spans without any message, hours */
    double day_median;         /* messages in the median day */
    double day_10, day_90;     /* a tenth of the days have fewer; more */
    double above[2], below[2]; /* above / below: replies after follow-ups, see below */
    double calls;
} describe_stats_t;

/**
 * Counts one history.
 *
 * above[k] / below[k] is k's rate of replying when a follow-up lies unanswered for more
 * than an hour, over that rate when the first turn alone does, compared within the same
 * hour of the day and the same span since the first turn (Mantel-Haenszel over
 * 10-minute cells from one hour to two days; a quotient below 1: slower after
 * follow-ups). Add both over histories before dividing. It knows nothing of models and
 * serves to check a plant, not to judge a couple.
 *
 * @param[in]  events  in time order, persons 0 and 1
 * @param[in]  count   number of events
 * @param[in]  weeks   length of the record
 * @param[out] stats   the counts
 * @return 0, or EBB_ERR_MEMORY.
 */
int describe_history(const ebb_event_t *events, size_t count, int weeks,
                     describe_stats_t *stats);

#endif
