/* SPDX-License-Identifier: MIT
 *
 * What two people do with their phones, minute by minute.
 *
 * Each waking minute a person may: come near the phone or leave it; have something
 * happen that is worth telling; notice what arrived and decide to answer now, later or
 * not at all; remember an answer put off; start to tell something; finish typing.
 * Two things are planted. Pursuit: one learns at which hours the other is mostly heard
 * and how long, counted in such hours, words stay unanswered; a silence beyond that
 * raises alarm, and alarm makes one write again. Writing does not calm, an answer does;
 * hours of alarm tire. Withdrawal: each follow-up that reaches one
 * leaves pressure, which fades over hours, and pressure makes one put off answers,
 * put them off for longer and start less. Invariant: without strength in the plant
 * alarm and pressure have no effect on anything.
 */
#include "ticks_couple.h"

enum { STREAM_HABITS = 50, STREAM_WEEKS = 60, STREAM_LIFE = 70 };

#define FOLLOWUP_GAP 5 /* minutes from which on a further turn is a follow-up */
#define REST_BETWEEN 6 /* minutes between a turn and an alarmed one */
#define TIRING_MINUTES                                                             \
    1500.0                  /* waking minutes of full alarm until two thirds tired \
                             */
#define PRESSURE_FADE 0.998 /* a waking minute; half in about six hours */
#define INTEREST_FADE 0.982 /* a minute; half in about forty minutes */

/* What an activity allows, by ticks_act_t. */
typedef struct ticks_setting {
    double hand_min, away_min; /* median stay at hand and away from it */
    double notices;            /* chance a minute, at hand */
    double starts;             /* chance a minute of telling what there is to tell */
    double puts_off;           /* chance of "later" on reading */
    double eventful;           /* how much happens worth telling */
} ticks_setting_t;

static const ticks_setting_t settings[TICKS_ACTS] = {
    [TICKS_ASLEEP] = {1, 400, 0, 0, 1, 0},
    [TICKS_HOME] = {32, 14, 0.40, 0.060, 0.16, 1.1},
    [TICKS_OUT] = {7, 26, 0.22, 0.022, 0.40, 1.2},
    [TICKS_DESK] = {22, 22, 0.20, 0.030, 0.36, 0.9},
    [TICKS_MEETING] = {3, 25, 0.06, 0.003, 0.85, 0.3},
    [TICKS_COMMUTE] = {18, 11, 0.30, 0.060, 0.22, 1.0},
    [TICKS_SWAMPED] = {3, 55, 0.10, 0.006, 0.80, 0.3},
    [TICKS_TOGETHER] = {6, 45, 0.03, 0.0008, 0.90, 0.0},
};

static double clamp_unit(double x)
{
    return x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
}

/* ------------------------------------------------------------------ who they are */

static ticks_habits_t habits_of(const ebb_plant_t *plant, uint64_t seed, int person)
{
    ticks_rng_t rng = ticks_stream(seed, (uint64_t)(STREAM_HABITS + person));
    ticks_habits_t h;
    h.notices = ticks_between(&rng, 0.7, 1.3);
    h.puts_off = ticks_between(&rng, 0.7, 1.3);
    h.forgets = ticks_between(&rng, 0.06, 0.22);
    h.thinks_min = ticks_between(&rng, 0.7, 2.2);
    h.chars_per_s = ticks_between(&rng, 2.2, 5.5);
    h.length = ticks_between(&rng, 18, 45);
    h.more = ticks_between(&rng, 0.35, 0.95);
    h.clause_s = ticks_between(&rng, 5, 14);
    h.afterthought = ticks_between(&rng, 0.03, 0.08);
    h.starts = ticks_between(&rng, 0.75, 1.25);
    h.asks = ticks_between(&rng, 0.6, 0.75);
    h.drags_on = ticks_between(&rng, 0.55, 0.78);
    /* who writes more than others also writes on, dwells on things, begins sooner */
    double lively = plant->messages_per_day / 30.0;
    lively = lively > 1.0 ? ticks_exp(0.35 * ticks_log(lively)) : 1.0;
    h.begins = lively;
    h.more *= lively;
    h.drags_on = ticks_exp(ticks_log(h.drags_on) / lively);
    if (plant->confounders & EBB_FOUR_TO_ONE) {
        h.starts *= person == 0 ? 2.2 : 0.25;
        h.more = lively * (person == 0 ? 2.6 : 0.12);
        h.asks *= person == 0 ? 0.65 : 1.0;
    }
    if ((plant->confounders & EBB_ENTER_COMMA) && person == 0) {
        h.more = h.more * 1.2 + 1.4;
        h.length *= 0.6;
        h.clause_s = 11.0;
    }
    return h;
}

static void begin_person(ticks_couple_t *c, int k, uint64_t dynamics,
                         const uint8_t *act)
{
    ticks_person_t *p = &c->person[k];
    p->rng = ticks_stream(c->seed, STREAM_LIFE + 2 * dynamics + (uint64_t)k);
    ticks_seek(&p->rng, -1);
    p->habits = habits_of(c->plant, ebb_couple_seed(c->plant, c->seed), k);
    p->act = act;
    p->clock_shift = ticks_clock_shift(c->plant, k);
    p->last_act = -1;
    p->topic_left = ticks_exponential(&p->rng, 60.0);
    p->news_left = ticks_exponential(&p->rng, 1500.0);
    p->morning_at = p->afterthought_at = p->nudge_at = TICKS_NEVER;
    p->later_at = p->send_at = TICKS_NEVER;
    p->last_sent = -100000;
    p->unread_at = TICKS_NEVER;
    p->shut_until = -1;
    for (int i = 0; i < TICKS_HOURS; i++) { /* people write by day */
        p->lore.heard[i] = i >= 8 && i < 23 ? 0.4 : 0.05;
    }
    p->lore.best = 0.4;
    p->lore.days = 5.0;
    p->lore.usual = 3.0; /* some twenty minutes */
    p->lore.spread = 1.0;
    p->lore.waits = 10.0;
}

void ticks_couple_begin(ticks_couple_t *c, const ebb_plant_t *plant, uint64_t seed,
                        uint64_t dynamics, uint8_t *act[2])
{
    *c = (ticks_couple_t){0};
    c->plant = plant;
    c->seed = seed;
    c->scale = 1.0;
    c->last_turn = -100000;
    c->last_writer = -1;
    begin_person(c, 0, dynamics, act[0]);
    begin_person(c, 1, dynamics, act[1]);
}

/* --------------------------------------------------------------- what a day brings */

/* How a week differs: most are ordinary, some nearly silent, some four times as full.
 */
static double week_swing(const ticks_couple_t *c, int week)
{
    ticks_rng_t rng = ticks_stream(c->seed, STREAM_WEEKS);
    ticks_seek(&rng, week);
    double pace = ticks_exponential(&rng, 1.0);
    return fmin(fmax(pace, 0.02), 4.0);
}

/* Threefold from one end of the record to the other, rising or falling. */
static double volume_drift(const ticks_couple_t *c, double progress)
{
    int falls = (int)(ticks_mix(c->seed ^ STREAM_WEEKS) & 1u);
    double x = falls ? 1.0 - progress : progress;
    return 0.55 * ticks_exp(1.0986 * x);
}

static void begin_day(ticks_couple_t *c, int day)
{
    const ebb_plant_t *plant = c->plant;
    double progress = (double)day * TICKS_DAY / c->minutes;
    double grown = plant->growth ? 1.5 * progress : 1.0;
    int swapped = plant->switch_half && progress >= 0.5;
    for (int k = 0; k < 2; k++) {
        c->pursuit[k] = grown * plant->pursuit[swapped ? !k : k];
        c->withdrawal[k] = grown * plant->withdrawal[swapped ? !k : k];
    }
    ticks_rng_t rng = ticks_stream(c->seed, STREAM_WEEKS + 1);
    ticks_seek(&rng, day);
    c->topic_pace = ticks_lognormal(&rng, 0.955, 0.30); /* mean 1 */
    if (plant->confounders & EBB_VOLUME_DRIFT) {
        c->topic_pace *= volume_drift(c, progress);
    }
    if (plant->confounders & EBB_WEEK_SWINGS) {
        c->topic_pace *= week_swing(c, day / 7);
    }
}

/* --------------------------------------------------- pursuit: waiting and its alarm */

static void calm_down(ticks_person_t *p)
{
    p->alone = p->waiting = 0;
    p->alarm *= 0.15;
    p->tired *= 0.5;
    p->nudge_at = TICKS_NEVER;
}

/* The other has written: one learns what to expect, and is calmed. */
static void hear_from_other(ticks_person_t *p)
{
    p->heard_now = 1;
    if (p->alone) {
        ticks_lore_t *lore = &p->lore;
        double away = ticks_log(1.0 + p->waited) - lore->usual;
        lore->waits += 1.0;
        lore->usual += away / lore->waits;
        lore->spread += (fabs(away) - lore->spread) / lore->waits;
    }
    calm_down(p);
}

/* An hour of the clock is over: was the other heard in it? */
static void learn_hour(ticks_person_t *p, int hour)
{
    ticks_lore_t *lore = &p->lore;
    lore->days += 1.0 / TICKS_HOURS;
    lore->heard[hour] += (p->heard_now - lore->heard[hour]) / lore->days;
    lore->best = 0.0;
    for (int i = 0; i < TICKS_HOURS; i++) {
        lore->best = fmax(lore->best, lore->heard[i]);
    }
    p->heard_now = 0;
}

/* A minute of silence counts in full at the hour at which the other is mostly heard,
 * hardly at night; also for somebody who sleeps meanwhile. */
static void wait_on(ticks_person_t *p, int t)
{
    int hour = t / 60 % TICKS_HOURS;
    if (p->alone) {
        p->waited += p->lore.heard[hour] / p->lore.best;
    }
    if (t % 60 == 59) {
        learn_hour(p, hour);
    }
}

/* Alarm follows how far the wait is beyond what waits were, within
 * twenty minutes; it does not fall before something is heard. */
static void grow_alarm(ticks_person_t *p)
{
    double away = ticks_log(1.0 + p->waited) - p->lore.usual;
    double unusual = fmax(away / p->lore.spread, 0.0);
    double reason = unusual * unusual / (1.0 + unusual * unusual);
    p->alarm += fmax(reason - p->alarm, 0.0) / 20.0;
    p->tired += p->alarm * (1.0 - p->tired) / TIRING_MINUTES;
}

/* Whether alarm makes one write in this minute. */
static int writes_in_alarm(ticks_person_t *p, double strength, int t)
{
    if (p->alarm < 0.05 || t - p->last_sent < REST_BETWEEN) {
        return 0;
    }
    return ticks_chance(&p->rng, 0.05 * strength * p->alarm * (1.0 - p->tired));
}

/* ------------------------------------------------------- withdrawal under pressure */

/* How far one shuts down, in [0, 1). */
static double shutting_down(const ticks_couple_t *c, int k)
{
    double pressure = c->person[k].pressure;
    double strain = 6.0 * c->withdrawal[k] * pressure / (0.7 + pressure);
    return strain / (1.0 + strain);
}

static void feel_followups(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    p->pressure = fmin(p->pressure + p->unread_followups, 8.0);
    if (c->plant->days_silent && k == 1 && c->withdrawal[1] > 0.0 &&
        p->unread_followups > 0 && t > p->shut_until &&
        ticks_chance(&p->rng, 0.04 * shutting_down(c, k))) {
        double days = fmin(ticks_lognormal(&p->rng, 2.2, 0.5), 8.0);
        p->shut_until = t + (int)(days * TICKS_DAY);
    }
}

/* ---------------------------------------------------------------- sending, settling */

/* Spoken about: nothing is left to answer, to tell or to wait for. */
static void settle_by_talking(ticks_couple_t *c)
{
    for (int k = 0; k < 2; k++) {
        ticks_person_t *p = &c->person[k];
        p->owes = p->unread = p->unread_wants = p->unread_followups = p->topics = 0;
        p->later_at = p->send_at = p->afterthought_at = TICKS_NEVER;
        calm_down(p);
        p->pressure *= 0.5;
    }
    c->interest = 0.0;
}

static void call_instead(ticks_couple_t *c, int k, int t)
{
    ticks_write_call(c, k, t);
    settle_by_talking(c);
    int length = 2 + (int)ticks_lognormal(&c->person[k].rng, 9.0, 0.8);
    for (int i = 0; i < 2; i++) { /* nobody types while talking */
        c->person[i].at_hand = 0;
        c->person[i].presence_until = t + length;
    }
    c->last_writer = k;
    c->last_turn = t;
}

static int wants_answer(ticks_couple_t *c, ticks_person_t *p, ticks_cause_t cause)
{
    switch (cause) {
    case TICKS_ANSWER:
        return ticks_chance(&p->rng, 0.10 + 0.60 * c->interest);
    case TICKS_TOPIC:
        return ticks_chance(&p->rng, p->habits.asks);
    case TICKS_AFTERTHOUGHT:
        return ticks_chance(&p->rng, 0.35);
    case TICKS_NEWS:
        return ticks_chance(&p->rng, 0.45);
    case TICKS_MORNING:
        return ticks_chance(&p->rng, 0.3);
    case TICKS_NUDGE:
    case TICKS_ALARM:
        break;
    }
    return 1;
}

/* An exchange holds the interest of both for a while, each turn a little less. */
static void carry_interest(ticks_couple_t *c, int k, ticks_cause_t cause)
{
    ticks_person_t *p = &c->person[k];
    if (cause == TICKS_ANSWER) {
        c->interest *= fmin(p->habits.drags_on * ticks_between(&p->rng, 0.8, 1.2), 1.0);
    } else if (cause == TICKS_TOPIC || cause == TICKS_NEWS) {
        c->interest = fmax(c->interest, ticks_between(&p->rng, 0.15, 1.0));
    }
}

static void count_turn(ticks_couple_t *c, int k, int t, ticks_cause_t cause)
{
    if (c->last_writer == k && t - c->person[k].last_sent > FOLLOWUP_GAP) {
        c->truth.followups++;
        c->truth.alarm_followups += cause == TICKS_ALARM;
    }
}

static void plan_more(ticks_person_t *p, int wants, int t)
{
    if (ticks_chance(&p->rng, p->habits.afterthought)) {
        double later = 6.0 + ticks_lognormal(&p->rng, 16.0, 0.8);
        p->afterthought_at = t + (int)later;
    }
    if (wants || ticks_chance(&p->rng, 0.4)) { /* a word would be nice */
        p->waiting = 1;
        if (wants && ticks_chance(&p->rng, 0.03)) {
            p->nudge_at = t + (int)(20.0 + ticks_lognormal(&p->rng, 100.0, 0.7));
        }
    }
}

static void send_turn(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k], *o = &c->person[!k];
    ticks_cause_t cause = p->intent;
    int follows = c->last_writer == k && t - p->last_sent > FOLLOWUP_GAP;
    p->send_at = TICKS_NEVER;
    count_turn(c, k, t, cause);
    carry_interest(c, k, cause);
    p->last_sent = ticks_write_turn(c, k, t, cause);
    if (cause == TICKS_ANSWER || ticks_chance(&p->rng, 0.8)) {
        p->owes = 0;
        p->later_at = TICKS_NEVER;
        p->pressure *= 0.2; /* what was pressing is done with */
    }
    hear_from_other(o);
    p->waited = p->alone ? p->waited : 0.0;
    p->alone = 1;
    int wants = wants_answer(c, p, cause);
    plan_more(p, wants, t);
    o->unread++;
    o->unread_wants += wants;
    o->unread_followups += follows;
    o->unread_at = t;
    c->last_writer = k;
    c->last_turn = t;
}

/* ------------------------------------------------------------- reading, answering */

static int in_exchange(const ticks_couple_t *c, int t)
{
    return c->interest > 0.3 && t - c->last_turn < 10;
}

static void begin_turn(ticks_person_t *p, int t, double minutes, ticks_cause_t cause)
{
    p->intent = cause;
    p->send_at = t + (int)minutes;
}

static void put_off(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    double shut = shutting_down(c, k);
    double delay = ticks_lognormal(&p->rng, 25.0 * p->habits.puts_off, 0.9);
    p->later_at = t + 2 + (int)(delay * (1.0 + 4.0 * shut));
}

static void answer(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k], *o = &c->person[!k];
    int other_free = o->act[t] != TICKS_ASLEEP && o->act[t] != TICKS_MEETING &&
                     o->act[t] != TICKS_TOGETHER;
    if ((c->plant->confounders & EBB_OTHER_CHANNEL) && other_free &&
        t - o->last_sent > 20 && ticks_chance(&p->rng, 0.16)) {
        call_instead(c, k, t);
        return;
    }
    double thinks =
        in_exchange(c, t) ? 0.5 * p->habits.thinks_min : p->habits.thinks_min;
    begin_turn(p, t, fmin(ticks_lognormal(&p->rng, thinks, 1.0), 25.0), TICKS_ANSWER);
}

/* Now or later? `ease` below 1 makes "now" likelier. */
static void decide(ticks_couple_t *c, int k, int t, double ease)
{
    ticks_person_t *p = &c->person[k];
    double later = settings[p->act[t]].puts_off * p->habits.puts_off * ease;
    later *= in_exchange(c, t) ? 0.3 : 1.0;
    later = 1.0 - (1.0 - clamp_unit(later)) * (1.0 - shutting_down(c, k));
    if (t < p->shut_until || ticks_chance(&p->rng, later)) {
        put_off(c, k, t);
    } else {
        answer(c, k, t);
    }
}

static void read_messages(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    int reminded = p->owes && p->unread_followups > 0;
    int pressed = p->unread_followups > 0, wants = p->unread_wants > 0;
    feel_followups(c, k, t);
    p->unread = p->unread_wants = p->unread_followups = 0;
    if (wants || reminded) {
        p->owes = 1;
        decide(c, k, t, reminded ? 0.45 : pressed ? 0.7 : 1.0);
    } else if (!p->owes && t >= p->shut_until &&
               ticks_chance(&p->rng, 0.35 * (1.0 - shutting_down(c, k)))) {
        answer(c, k, t); /* asked for nothing, gets a word all the same */
    } else if (!p->owes && ticks_chance(&p->rng, 0.6)) {
        p->owes = 1; /* or will, when there is time */
        p->later_at = t + 10 + (int)ticks_lognormal(&p->rng, 130.0, 0.9);
    }
}

/* "Later" has come, if one thinks of it. */
static void remember(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    double kept = (1.0 - p->habits.forgets) * (1.0 - 0.7 * shutting_down(c, k));
    double forgets = 1.0 - kept;
    p->later_at = TICKS_NEVER;
    if (!ticks_chance(&p->rng, forgets)) {
        decide(c, k, t, 0.7);
    }
}

/* ---------------------------------------------------------------- telling something */

static double starting_mood(const ticks_couple_t *c, int k, int t)
{
    const ticks_person_t *p = &c->person[k];
    double mood = settings[p->act[t]].starts * (1.0 - shutting_down(c, k));
    mood *= (in_exchange(c, t) ? 2.5 : 1.0) * p->habits.begins;
    mood *= p->waiting ? 0.30 : 1.0; /* mostly one waits */
    return t < p->shut_until ? 0.02 * mood : mood;
}

/* What, if anything, makes a person at hand write in this minute. */
static void maybe_start(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    int still_alone = c->last_writer == k; /* nothing came in between */
    if (t >= p->morning_at) {
        p->morning_at = TICKS_NEVER;
        begin_turn(p, t, 0.0, TICKS_MORNING);
    } else if (p->news > 0 && t >= p->news_at) {
        p->news--;
        p->news_at = t + (int)ticks_between(&p->rng, 6.0, 16.0);
        begin_turn(p, t, 0.0, TICKS_NEWS);
    } else if (t >= p->afterthought_at) {
        p->afterthought_at = TICKS_NEVER;
        begin_turn(p, t, 0.0, TICKS_AFTERTHOUGHT);
    } else if (t >= p->nudge_at) {
        p->nudge_at = TICKS_NEVER;
        if (p->waiting && still_alone) {
            begin_turn(p, t, 0.0, TICKS_NUDGE);
        }
    } else if (p->alone && c->pursuit[k] > 0.0 &&
               writes_in_alarm(p, c->pursuit[k], t)) {
        begin_turn(p, t, 0.0, TICKS_ALARM);
    } else if (p->topics > 0 && ticks_chance(&p->rng, starting_mood(c, k, t))) {
        p->topics--;
        begin_turn(p, t, fmin(ticks_exponential(&p->rng, 1.0), 4.0), TICKS_TOPIC);
    } else if (p->owes && p->later_at == TICKS_NEVER &&
               ticks_chance(&p->rng, 0.010 * (1.0 - shutting_down(c, k)))) {
        decide(c, k, t, 1.0); /* forgotten, and found again */
    }
}

/* ------------------------------------------------------------------ the minute itself
 */

static void change_activity(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    int act = p->act[t], woke = p->last_act == TICKS_ASLEEP;
    p->last_act = act;
    const ticks_setting_t *s = &settings[act];
    p->at_hand = ticks_chance(&p->rng, s->away_min / (s->hand_min + s->away_min));
    p->presence_until = t; /* come_or_go turns it over and draws how long */
    if (woke) {
        p->pressure *= 0.5;
        p->alarm *= 0.5;
        p->tired *= p->alone ? 0.8 : 0.4; /* no answer, no recovery */
        if ((c->plant->confounders & EBB_GOOD_MORNING) && k == 0 &&
            ticks_chance(&p->rng, 0.92)) {
            p->morning_at = t + 2 + (int)ticks_exponential(&p->rng, 14.0);
        }
    }
    if (act == TICKS_TOGETHER && ticks_chance(&p->rng, 0.6)) {
        settle_by_talking(c);
    }
}

static void come_or_go(ticks_person_t *p, int t)
{
    const ticks_setting_t *s = &settings[p->act[t]];
    p->at_hand = !p->at_hand;
    double median = p->at_hand ? s->hand_min : s->away_min;
    p->presence_until = t + 1 + (int)ticks_lognormal(&p->rng, median, 0.9);
}

/* Things worth telling come in bunches: one often brings another soon. */
static void let_things_happen(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    double eventful = settings[p->act[t]].eventful;
    p->topic_left -= eventful * c->topic_pace * c->scale * p->habits.starts;
    if (p->topic_left <= 0.0) {
        int soon = ticks_chance(&p->rng, 0.4);
        p->topic_left += ticks_exponential(&p->rng, soon ? 40.0 : 560.0);
        p->topics += p->topics < 5 * p->habits.begins;
    }
    if (c->plant->confounders & EBB_BURSTS) {
        p->news_left -= c->topic_pace;
        if (p->news_left <= 0.0) {
            p->news_left += ticks_exponential(&p->rng, 2600.0);
            p->news = 3 + ticks_geometric(&p->rng, 1.5);
            p->news_at = t;
        }
    }
}

static void live_minute(ticks_couple_t *c, int k, int t)
{
    ticks_person_t *p = &c->person[k];
    const ticks_setting_t *s = &settings[p->act[t]];
    ticks_seek(&p->rng, t);
    if (p->act[t] != p->last_act) {
        change_activity(c, k, t);
    }
    if (t >= p->presence_until) {
        come_or_go(p, t);
    }
    p->pressure *= PRESSURE_FADE;
    let_things_happen(c, k, t);
    if (p->alone) {
        grow_alarm(p);
    }
    if (t >= p->send_at) {
        send_turn(c, k, t);
    }
    if (!p->at_hand || p->send_at != TICKS_NEVER || t <= p->last_sent) {
        return;
    }
    double notices = in_exchange(c, t) ? 0.8 : s->notices * p->habits.notices;
    if (p->unread > 0 && p->unread_at < t && ticks_chance(&p->rng, notices)) {
        read_messages(c, k, t);
    } else if (t >= p->later_at) {
        remember(c, k, t);
    } else {
        maybe_start(c, k, t);
    }
}

void ticks_couple_live(ticks_couple_t *c, int minutes)
{
    c->minutes = minutes;
    for (int t = 0; t < minutes; t++) {
        if (t % TICKS_DAY == 0) {
            begin_day(c, t / TICKS_DAY);
        }
        c->interest *= INTEREST_FADE;
        for (int k = 0; k < 2; k++) {
            ticks_person_t *p = &c->person[k];
            wait_on(p, t);
            if (p->act[t] != TICKS_ASLEEP) {
                live_minute(c, k, t);
            } else {
                p->last_act = TICKS_ASLEEP;
            }
        }
    }
}

void ticks_couple_remember(ticks_couple_t *c, const ticks_lore_t lore[2])
{
    c->person[0].lore = lore[0];
    c->person[1].lore = lore[1];
}
