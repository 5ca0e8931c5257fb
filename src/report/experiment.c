/* SPDX-License-Identifier: MIT
 *
 * One small thing to try, chosen by what was found; the words are in the text table.
 * Each has a part for whoever waits and a part for whoever needs time, so that none is
 * about one of the two.
 *
 *   a loop whose stretches are long, or writing again alone   -> one_message
 *   any other loop                                            -> return_time
 *   later answers alone                                       -> small_sign
 *   nothing claimed, but the way back from silences is slow   -> first_move
 *   nothing claimed                                           -> notice
 */
#include "report/parts.h"

#define MANY_FOLLOWUPS 3   /* a stretch with so many is long */
#define SOME_SILENCES 4    /* fewer say nothing about the way back */
#define SLOW_RETURN_H 12.0 /* the median way back to normal is slow from here on */

static bool either_is(const ebb_cycle_t *cycle, ebb_verdict_t verdict)
{
    return cycle->verdict[0] == verdict || cycle->verdict[1] == verdict;
}

/* Half of the stretches or more hold many follow-ups. */
static bool stretches_are_long(const ebb_cycle_t *cycle)
{
    size_t many = 0;
    for (size_t i = 0; i < cycle->episode_count; i++) {
        many += cycle->episodes[i].followups >= MANY_FOLLOWUPS;
    }
    return many > 0 && 2 * many >= cycle->episode_count;
}

static bool return_is_slow(const ebb_cycle_t *cycle)
{
    return cycle->repair_count >= SOME_SILENCES &&
           cycle->normal_after_h.value >= SLOW_RETURN_H;
}

const char *ebb_experiment_choose(const ebb_cycle_t *cycle)
{
    if (either_is(cycle, EBB_LOOP)) {
        return stretches_are_long(cycle) ? "one_message" : "return_time";
    }
    if (either_is(cycle, EBB_PURSUIT_ONLY)) {
        return "one_message";
    }
    if (either_is(cycle, EBB_WITHDRAWAL_ONLY)) {
        return "small_sign";
    }
    return return_is_slow(cycle) ? "first_move" : "notice";
}
