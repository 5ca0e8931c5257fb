/* SPDX-License-Identifier: MIT
 * The point process of two people who write to each other. */
#ifndef EBB_BRIDGE_EMIT_H
#define EBB_BRIDGE_EMIT_H

#include "bridge/presence.h"
#include "core/list.h"
#include "ebb/bridge.h"

#define EBB_BRIDGE_MOST 10000000u /* messages of a couple */

/* What has happened so far. `now` and all times are seconds from the record's first
 * midnight. It may be led on in any number of pieces with the same result. */
typedef struct ebb_emitter {
    struct {
        ebb_presence_t presence;
        double left;      /* of the chance that brings the next message */
        uint64_t written; /* messages */
        bool open;        /* a message of one's own wants an answer */
        double due;       /* from when on one waits for it, while it is open */
        double at_hand;   /* seconds so far */
    } person[2];
    double now;
    int64_t first_day; /* from 1970-01-01 */
    ebb_list_t events; /* ebb_event_t */
    const ebb_alloc_t *alloc;
} ebb_emitter_t;

/**
 * Two people who have not written yet.
 *
 * @param[in] seed, couple  whose chance
 * @param[in] exchange      person 0 gets the chance of person 1 and the other way round
 * @param[in] first_day     days from 1970-01-01
 * @param[in] alloc         borrowed; not NULL
 * @return to be released with ebb_emitter_end
 */
ebb_emitter_t ebb_emitter_begin(uint64_t seed, uint32_t couple, bool exchange,
                                int64_t first_day, const ebb_alloc_t *alloc);

/**
 * Lets them write until a time.
 *
 * @param[in,out] emitter  what it wrote is in `events`
 * @param[in]     end      seconds, not before `now`
 * @param[in]     rates    of each person, EBB_BRIDGE_RATES per second, not negative;
 *                         they hold until then
 * @return 0, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_emitter_until(ebb_emitter_t *emitter, double end,
                      const double rates[2][EBB_BRIDGE_RATES]) EBB_MUST_CHECK;

/* Releases the events. */
void ebb_emitter_end(ebb_emitter_t *emitter);

#endif
