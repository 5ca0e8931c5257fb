/* SPDX-License-Identifier: MIT
 *
 * The agenda: where a person is from block to block, and how one looks at a phone
 * there.
 *
 * Main idea: a person's days are drawn ahead, block after block, from a template of
 * that person (rise, commute, tasks, gym, friends, home, bed, sleep) with jitter. A
 * block says how far apart glances at the phone are, whether a notification is heard
 * and whether one can write. There is no rate per hour of the week anywhere: the clock
 * acts only through what one is doing. Invariant: blocks of a person follow each other
 * without gap or overlap.
 *
 * Times are seconds on A's clock from the start of the run-in (a Monday, 00:00).
 */
#ifndef EBB_VERIFY_AGENDA_PLAN_H
#define EBB_VERIFY_AGENDA_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "generator.h"
#include "rng_agenda.h"

#define AGENDA_MINUTE 60
#define AGENDA_HOUR 3600
#define AGENDA_DAY 86400
#define AGENDA_RUN_IN_DAYS 14 /* lived before the record begins, not recorded */
#define AGENDA_DAYS_MAX (520 * 7 + AGENDA_RUN_IN_DAYS + 8)

/* name, median minutes between glances, spread of their logarithm, chance that a
 * notification is heard, chance that one can write */
#define AGENDA_PLACE_LIST(X)               \
    X(AGENDA_SLEEP, 900, 0.3, 0.01, 0.20)  \
    X(AGENDA_RISE, 8, 0.9, 0.60, 0.55)     \
    X(AGENDA_DRIVE, 50, 0.8, 0.10, 0.05)   \
    X(AGENDA_RIDE, 5, 0.8, 0.80, 0.85)     \
    X(AGENDA_DESK, 22, 1.2, 0.45, 0.55)    \
    X(AGENDA_MEETING, 45, 1.0, 0.12, 0.20) \
    X(AGENDA_FLOOR, 60, 0.9, 0.05, 0.40)   \
    X(AGENDA_BREAK, 5, 0.8, 0.75, 0.85)    \
    X(AGENDA_GYM, 45, 0.8, 0.05, 0.20)     \
    X(AGENDA_FRIENDS, 35, 1.1, 0.25, 0.40) \
    X(AGENDA_ERRANDS, 18, 1.1, 0.50, 0.50) \
    X(AGENDA_HOME, 12, 1.2, 0.60, 0.75)    \
    X(AGENDA_BED, 5, 0.9, 0.85, 0.85)      \
    X(AGENDA_TOGETHER, 45, 1.0, 0.20, 0.05)

typedef enum agenda_place {
#define AGENDA_PLACE_ENUM(name, gap, spread, hear, write) name,
    AGENDA_PLACE_LIST(AGENDA_PLACE_ENUM)
#undef AGENDA_PLACE_ENUM
} agenda_place_t;

typedef struct agenda_block {
    int64_t end_s;
    agenda_place_t place;
    double gap_s;  /* median time between glances */
    double spread; /* of its logarithm */
    double hear;   /* chance that a notification is heard */
    double write;  /* chance that one can write when one looks */
} agenda_block_t;

/* What stays with a person; drawn once, from the same law for A and B. */
typedef struct agenda_traits {
    double rise_h, rise_free_h, bed_h; /* hours of the own day */
    double work_h, work_length_h, commute_h;
    bool drives;
    double meetings, floor;   /* shares of tasks without a phone at hand */
    double gym, friends;      /* chance on an ordinary evening */
    double attention;         /* factor on the time between glances */
    double promptness;        /* chance to answer what was just read */
    double recall;            /* chance to think of an open answer at a glance */
    double tells;             /* factor on things to say */
    double further_messages;  /* mean number of messages of a turn after the first */
    double length_characters; /* median of a message */
    double second_per_character;
    double etiquette; /* importance that justifies writing again unanswered */
    double unease_at; /* uneasiness from which one may act on it */
    double resign_h;  /* silence after which hope goes */
    double recover_h; /* time in which the feeling of being pressed drains */
} agenda_traits_t;

/* What the days are like, for both; bits of a day. */
enum { AGENDA_OFF = 1, AGENDA_BUSY = 2, AGENDA_AWAY = 4 };

typedef struct agenda_calendar {
    uint64_t seed, couple; /* of the days; of habits */
    unsigned confounders;
    int days;
    uint8_t kind[2][AGENDA_DAYS_MAX];
} agenda_calendar_t;

#define AGENDA_BLOCKS_MAX 64

typedef struct agenda_plan {
    const agenda_calendar_t *calendar;
    const agenda_traits_t *traits;
    int person;
    int64_t zone_s; /* own clock minus A's clock */
    int day;        /* next day to be drawn */
    int64_t cursor; /* end of what is drawn, on the own clock */
    agenda_rng_t rng;
    double mood; /* factor on the time between glances, lasting some days */
    agenda_block_t blocks[AGENDA_BLOCKS_MAX];
    int count, at;
} agenda_plan_t;

/** Draws a person's traits; the confounders say what is special about A or B. */
void agenda_traits_draw(agenda_traits_t *traits, const agenda_calendar_t *calendar,
                        int person);

/** Fills the calendar of both for `days` days. */
void agenda_calendar_make(agenda_calendar_t *calendar, const ebb_plant_t *plant,
                          uint64_t seed);

/** Begins a plan at time 0; calendar and traits are borrowed. */
void agenda_plan_start(agenda_plan_t *plan, const agenda_calendar_t *calendar,
                       const agenda_traits_t *traits, int person);

/** The next block; valid until the next call. Never ends. */
const agenda_block_t *agenda_plan_next(agenda_plan_t *plan);

/**
 * How much a silence at time t counts for the one who waits and knows the other's usual
 * day (`plan` is the other's): near 0 when asleep, about half at work, 1 when free. It
 * knows the template, not what happened on the day.
 */
double agenda_plan_usual(const agenda_plan_t *plan, int64_t t);

#endif
