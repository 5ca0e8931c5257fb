/* SPDX-License-Identifier: MIT
 *
 * What a person has in mind: things to say, answers owed, the wait for an answer, and
 * the feeling of being pressed.
 *
 * Main idea: nothing here is a rate of writing. Thoughts come, fade and are told when
 * one looks at the phone and deems it fit. Answers owed lie on a pile, the latest on
 * top, and may be forgotten. Uneasiness is silence held against what this person has
 * learnt to expect from some thirty answers. Pressure is a reservoir which being
 * reached for again fills and time drains. Invariant: all change happens at events;
 * every amount is brought up to date from the time it was last looked at.
 */
#ifndef EBB_VERIFY_AGENDA_MIND_H
#define EBB_VERIFY_AGENDA_MIND_H

#include <stdbool.h>
#include <stdint.h>

#include "agenda_plan.h"

/* How much a turn asks for an answer. */
typedef enum agenda_want {
    AGENDA_CLOSING, /* "ok", a heart: hardly any */
    AGENDA_SHARING, /* welcome, not needed */
    AGENDA_ASKING
} agenda_want_t;

#define AGENDA_THOUGHTS_MAX 8
#define AGENDA_OWED_MAX 4
#define AGENDA_ANSWERS_KEPT 32

typedef struct agenda_owed {
    agenda_want_t want;
    int64_t read_s, not_before_s;
    int put_off; /* glances at which it was left lying */
} agenda_owed_t;

typedef struct agenda_answer {
    double silence_s; /* as felt: see agenda_plan_usual */
    int part_of_day;
    bool engaged; /* it followed a lively exchange */
} agenda_answer_t;

/* A quantity that fades: worth `amount` at `at_s`. */
typedef struct agenda_fading {
    double amount;
    int64_t at_s;
} agenda_fading_t;

typedef struct agenda_mind {
    const agenda_traits_t *traits;
    const agenda_plan_t *other; /* its template only is looked at */
    double pursuit, withdrawal; /* planted strengths as of now */
    agenda_rng_t rng_thoughts, rng_owed, rng_wait, rng_pressed;

    double thoughts[AGENDA_THOUGHTS_MAX]; /* importance when it came up */
    int64_t thought_s[AGENDA_THOUGHTS_MAX];
    int thought_count;
    int64_t thought_until_s;
    double thought_next; /* what is left of an exponential till the next thought */

    agenda_owed_t owed[AGENDA_OWED_MAX]; /* last one on top */
    int owed_count;

    bool waiting; /* own words stand unanswered */
    agenda_want_t wait_want;
    int64_t wait_last_s; /* own last word */
    int64_t felt_until_s;
    double felt_s;         /* silence as felt */
    double expected_s;     /* silence that would still be usual */
    bool engaged;          /* a lively exchange had gone before */
    int again;             /* further turns written since */
    agenda_fading_t after; /* uneasiness that outlasts an answer */
    agenda_fading_t tired; /* of having tried in vain */
    agenda_answer_t answers[AGENDA_ANSWERS_KEPT];
    int answer_count; /* of all time */

    agenda_fading_t pressed;
    int64_t door_shut_until_s; /* days of silence, where planted */
    bool can_shut;
} agenda_mind_t;

/** Begins a mind without any past. */
void agenda_mind_start(agenda_mind_t *mind, const agenda_traits_t *traits,
                       const agenda_plan_t *other, uint64_t seed, int person);

/** Time passes until t with `per_hour` thoughts an hour; faded ones are dropped. */
void agenda_mind_think(agenda_mind_t *mind, int64_t t, double per_hour);

/** The most important thing left to say, as it matters now; 0 if none. */
double agenda_mind_foremost(const agenda_mind_t *mind, int64_t t, int *index);

/** It has been said. */
void agenda_mind_told(agenda_mind_t *mind, int index);

/** How important a thought has to be at t to be written, given what is open. */
double agenda_mind_threshold(const agenda_mind_t *mind, int64_t t);

/** Words that ask for `want` have been read; `needs`: chance that they get an answer.
 */
void agenda_mind_owe(agenda_mind_t *mind, int64_t t, agenda_want_t want, double needs);

/** Whether the topmost answer owed is remembered and tackled at t. `fresh`: just read.
 */
bool agenda_mind_recalls(agenda_mind_t *mind, int64_t t, bool fresh, bool lively);

/** An answer has been written, which ends days of silence; older ones may remain
 * owed. */
void agenda_mind_answered(agenda_mind_t *mind);

/** Own words went out; `further`: it is another turn while waiting. */
void agenda_mind_wrote(agenda_mind_t *mind, int64_t t, agenda_want_t want, bool further,
                       bool lively);

/** Words of the other came (or both talked, when `spoken`): the wait is over. */
void agenda_mind_heard(agenda_mind_t *mind, int64_t t, bool spoken);

/** Uneasiness at t, 0 when at ease, about 1 when alarmed. */
double agenda_mind_unease(agenda_mind_t *mind, int64_t t);

/** Whether uneasiness makes one write again at this glance. */
bool agenda_mind_pursues(agenda_mind_t *mind, int64_t t);

/** `times` reaches for one more answer have been noticed. */
void agenda_mind_press(agenda_mind_t *mind, int64_t t, int times);

/** Readiness to look away from the other, in [0, 1). */
double agenda_mind_looks_away(const agenda_mind_t *mind, int64_t t);

/** A night's sleep or a talk face to face lets pressure go by this factor. */
void agenda_mind_relieve(agenda_mind_t *mind, int64_t t, double factor);

#endif
