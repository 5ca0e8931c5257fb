/* SPDX-License-Identifier: MIT
 * Nights, work, and stretches with and without a phone at hand [eq 204]. All constants
 * are assumptions about ordinary days; docs/maths/bridge.md lists them. */
#include "bridge/presence.h"

#include <math.h>

#include "core/calendar.h"

#define PRESENCE_HOUR_S 3600.0
#define PRESENCE_DAY_S 86400.0

/* hours of the clock */
#define DAY_TURNS 4.0 /* a day is from four to four: nights do not cut it */
#define WAKES 7.0
#define SLEEPS 23.0
#define WEEKEND_LATER 1.0 /* Friday and Saturday to bed; Saturday and Sunday up */
#define LATE_SD 0.75      /* between persons */
#define NIGHT_SD 0.5      /* between the days of one */
#define WORK_FROM 9.0
#define WORK_TO 17.0
#define WORK_SD 0.5 /* between persons */

/* mean minutes of a stretch */
#define FREE_AT_HAND 30.0
#define FREE_AWAY 30.0
#define WORK_AT_HAND 10.0
#define WORK_AWAY 50.0

/* The waking part of a day, and its work, in seconds of the record's clock. */
typedef struct presence_day {
    double wakes, sleeps, work_from, work_to;
} presence_day_t;

ebb_presence_t ebb_presence_begin(ebb_bridge_who_t who, int64_t first_day)
{
    ebb_random_block_t habits = ebb_bridge_draw(who, BRIDGE_HABITS, 0);
    ebb_presence_t presence = {
        .who = who,
        .first_day = first_day,
        .late = LATE_SD * ebb_random_normal(habits.a),
        .starts = WORK_SD * ebb_random_normal(habits.b),
    };
    ebb_presence_next(&presence);
    return presence;
}

static double presence_within(double hour, double low, double high)
{
    return hour < low ? low : hour > high ? high : hour;
}

/* Day `day` of the record, from -1. */
static presence_day_t presence_day_of(const ebb_presence_t *p, int64_t day)
{
    int weekday = ebb_weekday(p->first_day + day);
    ebb_random_block_t night =
        ebb_bridge_draw(p->who, BRIDGE_NIGHT, (uint64_t)(day + 1));
    double wakes = WAKES + p->late + NIGHT_SD * ebb_random_normal(night.a) +
                   (weekday >= 5 ? WEEKEND_LATER : 0);
    double sleeps = SLEEPS + p->late + NIGHT_SD * ebb_random_normal(night.b) +
                    (weekday == 4 || weekday == 5 ? WEEKEND_LATER : 0);
    double midnight = (double)day * PRESENCE_DAY_S;
    double work = weekday < 5 ? WORK_TO - WORK_FROM : 0;
    double from = midnight + (WORK_FROM + p->starts) * PRESENCE_HOUR_S;
    return (presence_day_t){
        .wakes = midnight + presence_within(wakes, DAY_TURNS, 12) * PRESENCE_HOUR_S,
        .sleeps =
            midnight + presence_within(sleeps, 18, 24 + DAY_TURNS) * PRESENCE_HOUR_S,
        .work_from = from,
        .work_to = from + work * PRESENCE_HOUR_S,
    };
}

/* Mean seconds of a stretch that begins at t. */
static double presence_mean(const presence_day_t *day, double t, bool at_hand)
{
    bool works = t >= day->work_from && t < day->work_to;
    return 60 * (at_hand ? (works ? WORK_AT_HAND : FREE_AT_HAND)
                         : (works ? WORK_AWAY : FREE_AWAY));
}

void ebb_presence_next(ebb_presence_t *p)
{
    double now = p->until, turns = DAY_TURNS * PRESENCE_HOUR_S;
    double number = floor((now - turns) / PRESENCE_DAY_S);
    presence_day_t day = presence_day_of(p, (int64_t)number);
    if (now < day.wakes) {
        p->at_hand = false;
        p->until = day.wakes;
    } else if (now >= day.sleeps) {
        p->at_hand = false; /* until the day turns, and then on */
        p->until = (number + 1) * PRESENCE_DAY_S + turns;
    } else {
        ebb_random_block_t stretch =
            ebb_bridge_draw(p->who, BRIDGE_STRETCH, p->stretches++);
        p->at_hand = !p->at_hand;
        double length =
            presence_mean(&day, now, p->at_hand) * ebb_random_exponential(stretch.a);
        p->until = now + length < day.sleeps ? now + length : day.sleeps;
    }
}
