/* SPDX-License-Identifier: MIT
 *
 * Days are planned one by one (kind of day, getting up, work, going to bed) and then
 * painted onto an array of minutes, later coats over earlier ones: home, outings, work,
 * sleep, being together. A plan depends on (seed, person, day) alone, so either
 * person's plan can be asked for from the other's.
 */
#include "ticks_days.h"

#include "rng_ticks.h"

enum { STREAM_RHYTHM = 10, STREAM_DAY = 20, STREAM_KIND = 30, STREAM_COUPLE = 40 };

typedef enum day_kind { DAY_WORK, DAY_FREE, DAY_BUSY, DAY_HOLIDAY } day_kind_t;

/* What is typical of a person; minutes after midnight or minutes. */
typedef struct rhythm {
    double wake, bed;   /* on working days */
    double late;        /* how much later at weekends */
    double jitter;      /* from night to night, one standard deviation */
    double work, hours; /* begin of work; its length in minutes */
    double commute;
    double meetings;    /* a day, mean */
    double home_office; /* share of working days */
    double outings;     /* a free day, mean; a third of it after work */
} rhythm_t;

typedef struct painter {
    const ebb_plant_t *plant;
    uint64_t seed;
    int person;
    int minutes;
    uint8_t *act;
    rhythm_t rhythm;
} painter_t;

/* One planned day, in minutes after its midnight on the person's own clock. */
typedef struct day_plan {
    day_kind_t kind;
    double wake, bed, work_begin, work_end;
} day_plan_t;

static rhythm_t rhythm_of(uint64_t seed, int person)
{
    ticks_rng_t rng = ticks_stream(seed, (uint64_t)(STREAM_RHYTHM + person));
    rhythm_t r;
    r.wake = ticks_between(&rng, 380, 460);
    r.bed = ticks_between(&rng, 1340, 1450);
    r.late = ticks_between(&rng, 30, 110);
    r.jitter = ticks_between(&rng, 15, 40);
    r.commute = ticks_between(&rng, 12, 50);
    r.work = r.wake + ticks_between(&rng, 45, 80) + r.commute;
    r.hours = ticks_between(&rng, 420, 540);
    r.meetings = ticks_between(&rng, 0.5, 3.5);
    r.home_office = ticks_between(&rng, 0.0, 0.4);
    r.outings = ticks_between(&rng, 0.8, 1.8);
    return r;
}

static int weekday_of(int day)
{
    return ((day % 7) + 7) % 7; /* 0: Monday */
}

static int drawn(const painter_t *p, uint64_t stream, int index, double probability)
{
    ticks_rng_t rng = ticks_stream(p->seed, stream);
    ticks_seek(&rng, index);
    return ticks_chance(&rng, probability);
}

/* Busy spells of up to three days, each person's own. */
static int busy_by_oneself(const painter_t *p, int person, int day)
{
    unsigned wanted = EBB_BUSY_OWN | (person == 1 ? EBB_FREE_WHEN_BUSY : 0u);
    return (p->plant->confounders & wanted) &&
           drawn(p, (uint64_t)(STREAM_KIND + person), (day + 70) / 3, 0.24);
}

static day_kind_t kind_of(const painter_t *p, int day)
{
    unsigned planted = p->plant->confounders;
    int weekday = weekday_of(day);
    if (planted & EBB_BUSY_SHARED) {
        if (drawn(p, STREAM_COUPLE, (day + 70) / 7, 0.09)) {
            return DAY_HOLIDAY;
        }
        if (weekday < 5 && drawn(p, STREAM_COUPLE + 1, day, 0.17)) {
            return DAY_BUSY;
        }
    }
    if (busy_by_oneself(p, p->person, day)) {
        return DAY_BUSY;
    }
    if (p->person == 0 && (planted & EBB_FREE_WHEN_BUSY) &&
        busy_by_oneself(p, 1, day)) {
        return DAY_FREE;
    }
    return weekday < 5 ? DAY_WORK : DAY_FREE;
}

static int on_shifts(const painter_t *p)
{
    return p->person == 1 && (p->plant->confounders & EBB_SHIFTS);
}

/* Early, late and night weeks in turn. */
static void plan_shift(day_plan_t *plan, int day)
{
    static const double begin[3] = {360, 840, 1320}, wake[3] = {290, 510, 840},
                        bed[3] = {1305, 1485, 1905};
    int shift = ((day + 70) / 7) % 3;
    plan->work_begin = begin[shift];
    plan->work_end = begin[shift] + 480;
    plan->wake = wake[shift];
    plan->bed = bed[shift];
    if (shift == 2 && weekday_of(day) == 0) {
        plan->wake = 560; /* the first night shift follows an ordinary night */
    }
}

static day_plan_t plan_of(const painter_t *p, int day)
{
    const rhythm_t *r = &p->rhythm;
    ticks_rng_t rng = ticks_stream(p->seed, (uint64_t)(STREAM_DAY + p->person));
    ticks_seek(&rng, day);
    day_plan_t plan = {kind_of(p, day), r->wake, r->bed, r->work, r->work + r->hours};
    int weekday = weekday_of(day),
        works = plan.kind == DAY_WORK || plan.kind == DAY_BUSY;
    if (on_shifts(p) && works && weekday < 5) {
        plan_shift(&plan, day);
    } else {
        plan.wake += works ? 0.0 : r->late;
        plan.bed += weekday == 4 || weekday == 5 ? r->late : 0.0;
        plan.work_begin += 12.0 * ticks_normal(&rng);
        plan.work_end += 25.0 * ticks_normal(&rng);
    }
    if (plan.kind == DAY_BUSY) {
        plan.work_end += ticks_between(&rng, 60, 240);
    }
    plan.wake += r->jitter * (works ? 0.6 : 1.3) * ticks_normal(&rng);
    plan.bed += 1.2 * r->jitter * ticks_normal(&rng);
    return plan;
}

/* Paints [begin, end) minutes of a day of the person's own clock. */
static void paint(painter_t *p, int day, double begin, double end, ticks_act_t act)
{
    int shift = day * TICKS_DAY + ticks_clock_shift(p->plant, p->person);
    int from = shift + (int)floor(begin), to = shift + (int)floor(end);
    from = from < 0 ? 0 : from;
    to = to > p->minutes ? p->minutes : to;
    if (from < to) {
        memset(p->act + from, (int)act, (size_t)(to - from));
    }
}

static void paint_work(painter_t *p, int day, const day_plan_t *plan, ticks_rng_t *rng)
{
    const rhythm_t *r = &p->rhythm;
    double begin = plan->work_begin, end = plan->work_end;
    int busy = plan->kind == DAY_BUSY;
    if (!ticks_chance(rng, r->home_office) || on_shifts(p)) {
        paint(p, day, begin - r->commute, begin, TICKS_COMMUTE);
        paint(p, day, end, end + r->commute, TICKS_COMMUTE);
    }
    paint(p, day, begin, end, busy ? TICKS_SWAMPED : TICKS_DESK);
    double lunch = begin + (end - begin) * ticks_between(rng, 0.4, 0.55);
    paint(p, day, lunch, lunch + ticks_between(rng, busy ? 5 : 20, busy ? 15 : 55),
          TICKS_HOME);
    int meetings = ticks_geometric(rng, r->meetings);
    for (int i = 0; i < meetings && i < 6; i++) {
        double at = ticks_between(rng, begin, end - 60);
        paint(p, day, at, at + 15.0 * floor(ticks_between(rng, 1, 6)), TICKS_MEETING);
    }
}

static void paint_outings(painter_t *p, int day, const day_plan_t *plan, double mean)
{
    ticks_rng_t rng = ticks_stream(p->seed, (uint64_t)(STREAM_DAY + 2 + p->person));
    ticks_seek(&rng, day);
    int works = plan->kind == DAY_WORK || plan->kind == DAY_BUSY;
    double first = works ? plan->work_end : plan->wake + 60.0;
    int outings = ticks_geometric(&rng, mean);
    for (int i = 0; i < outings && i < 3; i++) {
        double at = ticks_between(&rng, first, plan->bed - 90.0);
        double length = ticks_lognormal(&rng, 85, 0.6);
        if (at > first) {
            paint(p, day, at, fmin(at + length, plan->bed - 20.0), TICKS_OUT);
        }
    }
}

static void paint_day(painter_t *p, int day)
{
    day_plan_t plan = plan_of(p, day), before = plan_of(p, day - 1);
    ticks_rng_t rng = ticks_stream(p->seed, (uint64_t)(STREAM_DAY + 4 + p->person));
    ticks_seek(&rng, day);
    if (plan.kind == DAY_HOLIDAY) {
        paint(p, day, plan.wake, plan.bed, TICKS_TOGETHER);
        for (int i = 0; i < 2; i++) {
            double at = ticks_between(&rng, plan.wake, plan.bed);
            paint(p, day, at, at + ticks_between(&rng, 20, 90), TICKS_HOME);
        }
    } else if (plan.kind == DAY_FREE) {
        paint_outings(p, day, &plan, p->rhythm.outings);
    } else {
        paint_outings(p, day, &plan, p->rhythm.outings / 3.0);
        paint_work(p, day, &plan, &rng);
    }
    /* nobody gets up after less than five hours and a half */
    double asleep = before.bed - TICKS_DAY;
    paint(p, day, asleep, fmax(plan.wake, asleep + 330.0), TICKS_ASLEEP);
}

static int may_meet(uint8_t act)
{
    return act == TICKS_HOME || act == TICKS_OUT || act == TICKS_TOGETHER;
}

/* Together from about half past seven in the evening until one of the two sleeps;
 * whoever works then is not there. */
static void meet_every_evening(uint64_t seed, int minutes, uint8_t *act[2])
{
    ticks_rng_t rng = ticks_stream(seed, STREAM_COUPLE + 2);
    for (int day = 0; day * TICKS_DAY < minutes; day++) {
        ticks_seek(&rng, day);
        int t = day * TICKS_DAY + (int)(1170.0 + 20.0 * ticks_normal(&rng));
        int end = (day + 1) * TICKS_DAY + 120;
        if (ticks_chance(&rng, 0.06)) {
            continue; /* one of them is away */
        }
        for (; t < end && t < minutes; t++) {
            if (may_meet(act[0][t]) && may_meet(act[1][t])) {
                act[0][t] = act[1][t] = TICKS_TOGETHER;
            }
        }
    }
}

void ticks_days_fill(const ebb_plant_t *plant, uint64_t seed, int minutes,
                     uint8_t *act[2])
{
    for (int person = 0; person < 2; person++) {
        painter_t p = {.plant = plant,
                       .seed = seed,
                       .person = person,
                       .minutes = minutes,
                       .act = act[person],
                       .rhythm = rhythm_of(ebb_couple_seed(plant, seed), person)};
        memset(p.act, TICKS_HOME, (size_t)minutes);
        for (int day = -2; day <= minutes / TICKS_DAY; day++) {
            paint_day(&p, day);
        }
    }
    if (plant->confounders & EBB_SAME_ROOM) {
        meet_every_evening(seed, minutes, act);
    }
    for (int t = 0; t < minutes; t++) {
        if ((act[0][t] == TICKS_TOGETHER) != (act[1][t] == TICKS_TOGETHER)) {
            int lonely = act[1][t] == TICKS_TOGETHER; /* being together needs two */
            act[lonely][t] = TICKS_HOME;
        }
    }
}
