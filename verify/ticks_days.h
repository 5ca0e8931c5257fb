/* SPDX-License-Identifier: MIT
 *
 * Two people's days, minute by minute: what each is doing, before any message is
 * written.
 */
#ifndef EBB_VERIFY_TICKS_DAYS_H
#define EBB_VERIFY_TICKS_DAYS_H

#include <stdint.h>

#include "generator.h"

#define TICKS_DAY 1440
#define TICKS_ZONE_SHIFT                                         \
    420 /* B's clock is this many minutes behind with time zones \
         */

typedef enum ticks_act {
    TICKS_ASLEEP,
    TICKS_HOME,     /* at home, or a break: free to write */
    TICKS_OUT,      /* sport, shopping, friends */
    TICKS_DESK,     /* work that allows a glance */
    TICKS_MEETING,  /* work that does not */
    TICKS_COMMUTE,  /* on the way */
    TICKS_SWAMPED,  /* a busy day's work */
    TICKS_TOGETHER, /* with the partner, who needs no message */
    TICKS_ACTS
} ticks_act_t;

/* Minutes by which a person's clock is behind the record's. */
static inline int ticks_clock_shift(const ebb_plant_t *plant, int person)
{
    return person == 1 && (plant->confounders & EBB_TIME_ZONES) ? TICKS_ZONE_SHIFT : 0;
}

/**
 * Fills both persons' days.
 *
 * @param[in]  plant    what is planted; only its confounders are used
 * @param[in]  seed     of the history
 * @param[in]  minutes  length of each array, from Monday 00:00 on the record's clock
 * @param[out] act      for each person `minutes` bytes of ticks_act_t
 */
void ticks_days_fill(const ebb_plant_t *plant, uint64_t seed, int minutes,
                     uint8_t *act[2]);

#endif
