/* SPDX-License-Identifier: MIT
 * The hours in which a person usually writes, laid over a span of the wall clock: most
 * of a long stretch is often a night. */
#include <math.h>

#include "core/calendar.h"
#include "report/parts.h"

#define HOUR_S 3600
#define RARE 0.25 /* of a typical hour, as the measure weighs one [eq 3] */

/* Every hour by its own weight, so that nights do not count. */
static double typical_share(const ebb_cycle_t *cycle, int person)
{
    static const int days[2] = {5, 2};
    double up = 0, down = 0;
    for (int kind = 0; kind < 2; kind++) {
        for (int hour = 0; hour < 24; hour++) {
            double share = (double)cycle->hours[person][kind][hour];
            up += days[kind] * share * share;
            down += days[kind] * share;
        }
    }
    return down > 0 ? up / down : 0;
}

/* Of the hour that begins at `begin_s`. */
static double share_at(const ebb_cycle_t *cycle, int person, int64_t begin_s)
{
    int64_t day = ebb_floor_div(begin_s, EBB_DAY_S);
    int64_t hour = (begin_s - day * EBB_DAY_S) / HOUR_S;
    int64_t of_week = day + 3 - 7 * ebb_floor_div(day + 3, 7); /* day 0: a Thursday */
    return (double)cycle->hours[person][of_week >= 5][hour];
}

double ebb_usual_hours(const ebb_cycle_t *cycle, int person, int64_t begin_s,
                       int64_t end_s)
{
    double least = RARE * typical_share(cycle, person), sum = 0;
    int64_t hour = HOUR_S * ebb_floor_div(begin_s, HOUR_S);
    for (; hour < end_s; hour += HOUR_S) {
        if (share_at(cycle, person, hour) >= least) {
            int64_t from = hour > begin_s ? hour : begin_s;
            int64_t to = hour + HOUR_S < end_s ? hour + HOUR_S : end_s;
            sum += (double)(to - from) / HOUR_S;
        }
    }
    return sum;
}
