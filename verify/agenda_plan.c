/* SPDX-License-Identifier: MIT
 *
 * Days drawn from a person's template; see agenda_plan.h.
 *
 * A day is drawn from rising to the end of the following sleep, so that a bed time
 * after midnight or a night shift needs no special case. `push` moves the cursor and
 * drops blocks that are already over: an overlong morning simply eats the next block.
 */
#include "agenda_plan.h"

enum {
    PURPOSE_TRAITS = 10,
    PURPOSE_CALENDAR = 12,
    PURPOSE_DAY = 20, /* + person; index: day */
};

static const struct {
    double gap_min, spread, hear, write;
} place_looks[] = {
#define AGENDA_PLACE_LOOK(name, gap, spread, hear, write) {gap, spread, hear, write},
    AGENDA_PLACE_LIST(AGENDA_PLACE_LOOK)
#undef AGENDA_PLACE_LOOK
};

static void traits_day(agenda_traits_t *traits, agenda_rng_t *rng)
{
    traits->rise_h = agenda_between(rng, 6.0, 7.6);
    traits->rise_free_h = traits->rise_h + agenda_between(rng, 0.8, 2.4);
    traits->bed_h = agenda_between(rng, 22.3, 24.2);
    traits->commute_h = agenda_between(rng, 0.2, 0.9);
    traits->work_h = traits->rise_h + traits->commute_h + agenda_between(rng, 0.6, 1.1);
    traits->work_length_h = agenda_between(rng, 7.5, 9.0);
    traits->drives = agenda_chance(rng, 0.4);
    traits->meetings = agenda_between(rng, 0.05, 0.4);
    traits->floor = agenda_chance(rng, 0.25) ? agenda_between(rng, 0.3, 0.7) : 0;
    traits->gym = agenda_between(rng, 0, 0.4);
    traits->friends = agenda_between(rng, 0.05, 0.25);
    traits->attention = agenda_lognormal(rng, 1, 0.15);
}

static void traits_mind(agenda_traits_t *traits, agenda_rng_t *rng)
{
    traits->promptness = agenda_between(rng, 0.6, 0.85);
    traits->recall = agenda_between(rng, 0.2, 0.45);
    traits->tells = agenda_lognormal(rng, 1, 0.12);
    traits->further_messages = agenda_between(rng, 0.3, 0.7);
    traits->length_characters = agenda_between(rng, 20, 38);
    traits->second_per_character = agenda_between(rng, 0.15, 0.35);
    traits->etiquette = agenda_between(rng, 0.9, 1.4);
    traits->unease_at = agenda_between(rng, 0.08, 0.2);
    traits->resign_h = agenda_between(rng, 6, 11);
    traits->recover_h = agenda_between(rng, 4, 8);
}

void agenda_traits_draw(agenda_traits_t *traits, const agenda_calendar_t *calendar,
                        int person)
{
    agenda_rng_t rng =
        agenda_stream(calendar->couple, PURPOSE_TRAITS, (uint64_t)person);
    traits_day(traits, &rng);
    traits_mind(traits, &rng);
    if (calendar->confounders & EBB_FOUR_TO_ONE) {
        traits->tells *= person == 0 ? 1 : 0.2;
        traits->further_messages = person == 0 ? 2.2 : 0.02;
        traits->length_characters *= person == 0 ? 1.3 : 0.7;
    }
}

/* Spells of one to five days that get `bits`, about `share` of all days. */
static void calendar_spells(agenda_calendar_t *calendar, agenda_rng_t *rng,
                            unsigned persons, uint8_t bits, double share)
{
    const double mean_length = 2.5;
    const double start = share / mean_length / (1 - share);
    for (int day = 0; day < calendar->days;) {
        if (!agenda_chance(rng, start)) {
            day++;
            continue;
        }
        const int length = 1 + (int)(4 * agenda_unit(rng));
        for (int i = 0; i < length && day < calendar->days; i++, day++) {
            for (int k = 0; k < 2; k++) {
                if (persons >> k & 1) {
                    calendar->kind[k][day] |= bits;
                }
            }
        }
        day++;
    }
}

static void calendar_holidays(agenda_calendar_t *calendar, agenda_rng_t *rng)
{
    for (int day = 20 + (int)agenda_exponential(rng, 40); day < calendar->days;) {
        const int length = 5 + (int)(6 * agenda_unit(rng));
        for (int i = 0; i < length && day < calendar->days; i++, day++) {
            calendar->kind[0][day] |= AGENDA_OFF | AGENDA_AWAY;
            calendar->kind[1][day] |= AGENDA_OFF | AGENDA_AWAY;
        }
        day += 30 + (int)agenda_exponential(rng, 50);
    }
}

static void calendar_weekends(agenda_calendar_t *calendar, agenda_rng_t *rng)
{
    const bool shifts = calendar->confounders & EBB_SHIFTS;
    for (int day = 0; day < calendar->days; day++) {
        /* in shift work the two days off wander through the week */
        const int turn = shifts ? (day + 2 * (day / 7)) % 7 : day % 7;
        const bool off[2] = {day % 7 >= 5, turn >= 5};
        for (int k = 0; k < 2; k++) {
            if (off[k] || agenda_chance(rng, 0.03)) {
                calendar->kind[k][day] |= AGENDA_OFF;
            }
        }
    }
}

void agenda_calendar_make(agenda_calendar_t *calendar, const ebb_plant_t *plant,
                          uint64_t seed)
{
    *calendar = (agenda_calendar_t){.seed = seed,
                                    .couple = ebb_couple_seed(plant, seed),
                                    .confounders = plant->confounders};
    calendar->days = plant->weeks * 7 + AGENDA_RUN_IN_DAYS + 4;
    agenda_rng_t rng = agenda_stream(seed, PURPOSE_CALENDAR, 0);
    calendar_weekends(calendar, &rng);
    if (plant->confounders & EBB_BUSY_SHARED) {
        calendar_spells(calendar, &rng, 3, AGENDA_BUSY, 0.25);
        calendar_holidays(calendar, &rng);
    }
    if (plant->confounders & EBB_BUSY_OWN) {
        calendar_spells(calendar, &rng, 1, AGENDA_BUSY, 0.25);
        calendar_spells(calendar, &rng, 2, AGENDA_BUSY, 0.25);
    }
    if (!(plant->confounders & EBB_FREE_WHEN_BUSY)) {
        return;
    }
    calendar_spells(calendar, &rng, 2, AGENDA_BUSY, 0.25);
    for (int day = 0; day < calendar->days; day++) {
        if (calendar->kind[1][day] & AGENDA_BUSY) {
            calendar->kind[0][day] = AGENDA_OFF;
        }
    }
}

static unsigned day_kind(const agenda_plan_t *plan, int day)
{
    return day < AGENDA_DAYS_MAX ? plan->calendar->kind[plan->person][day] : 0;
}

/* 0: ordinary work; 1 early, 2 late, 3 night: B's shifts, week by week. */
static int day_shift(const agenda_plan_t *plan, int day)
{
    const bool shifts = plan->calendar->confounders & EBB_SHIFTS;
    return shifts && plan->person == 1 ? 1 + day / 7 % 3 : 0;
}

static double day_work_h(const agenda_plan_t *plan, int day)
{
    static const double shift_h[] = {0, 6, 14, 22};
    const int shift = day_shift(plan, day);
    return shift ? shift_h[shift] : plan->traits->work_h;
}

static double day_rise_h(const agenda_plan_t *plan, int day)
{
    const agenda_traits_t *traits = plan->traits;
    static const double shift_h[] = {0, 4.7, 8.5, 14.5};
    const int shift = day_shift(plan, day);
    if (day_kind(plan, day) & AGENDA_OFF) {
        return traits->rise_free_h;
    }
    return shift ? shift_h[shift] : traits->rise_h;
}

/* Puts a block from the cursor to `end` (own clock) on the plan. */
static void push(agenda_plan_t *plan, agenda_place_t place, double end)
{
    const int64_t end_s = (int64_t)end;
    if (end_s <= plan->cursor + AGENDA_MINUTE || plan->count == AGENDA_BLOCKS_MAX) {
        return;
    }
    const bool busy = place != AGENDA_SLEEP && plan->day > 0 &&
                      (day_kind(plan, plan->day - 1) & AGENDA_BUSY);
    const double gap = place_looks[place].gap_min * AGENDA_MINUTE * plan->mood;
    plan->blocks[plan->count++] = (agenda_block_t){
        .end_s = end_s - plan->zone_s,
        .place = place,
        .gap_s = agenda_lognormal(&plan->rng, gap * (busy ? 2 : 1), 0.35),
        .spread = place_looks[place].spread,
        .hear = place_looks[place].hear * (busy ? 0.5 : 1),
        .write = place_looks[place].write * (busy ? 0.6 : 1),
    };
    plan->cursor = end_s;
}

static void push_for(agenda_plan_t *plan, agenda_place_t place, double hours)
{
    push(plan, place, (double)plan->cursor + hours * AGENDA_HOUR);
}

/* Tasks of random length until `end`, with a coffee now and then. */
static void push_tasks(agenda_plan_t *plan, double end)
{
    const agenda_traits_t *traits = plan->traits;
    agenda_rng_t *rng = &plan->rng;
    while ((double)plan->cursor + 2 * AGENDA_MINUTE < end &&
           plan->count < AGENDA_BLOCKS_MAX - 16) {
        const double u = agenda_unit(rng);
        agenda_place_t place = AGENDA_DESK;
        if (u < traits->floor) {
            place = AGENDA_FLOOR;
        } else if (u < traits->floor + (1 - traits->floor) * traits->meetings) {
            place = AGENDA_MEETING;
        }
        const double task_end =
            (double)plan->cursor + agenda_lognormal(rng, 50 * AGENDA_MINUTE, 0.6);
        push(plan, place, fmin(fmax(task_end, (double)plan->cursor + 600), end));
        if (agenda_chance(rng, 0.25) && (double)plan->cursor < end) {
            push_for(plan, AGENDA_BREAK, agenda_between(rng, 0.12, 0.3));
        }
    }
}

static void push_work(agenda_plan_t *plan, int day)
{
    const agenda_traits_t *traits = plan->traits;
    agenda_rng_t *rng = &plan->rng;
    const bool busy = day_kind(plan, day) & AGENDA_BUSY;
    const agenda_place_t way = traits->drives ? AGENDA_DRIVE : AGENDA_RIDE;
    const double begin =
        (double)day * AGENDA_DAY +
        (day_work_h(plan, day) + 0.12 * agenda_normal(rng)) * AGENDA_HOUR;
    const double length = traits->work_length_h + 0.35 * agenda_normal(rng) +
                          (busy ? agenda_between(rng, 0.5, 3) : 0);
    push(plan, AGENDA_RISE, begin - traits->commute_h * AGENDA_HOUR);
    push(plan, way, begin);
    push_tasks(plan, begin + agenda_between(rng, 3.4, 4.6) * AGENDA_HOUR);
    push_for(plan, AGENDA_BREAK, agenda_between(rng, 0.35, 0.95));
    push_tasks(plan, begin + length * AGENDA_HOUR);
    push_for(plan, way, traits->commute_h * agenda_between(rng, 0.9, 1.4));
}

/* Things done at home, each with its own degree of absorption. */
static void push_home(agenda_plan_t *plan, double end)
{
    while ((double)plan->cursor + 2 * AGENDA_MINUTE < end &&
           plan->count < AGENDA_BLOCKS_MAX - 6) {
        const double hours = agenda_between(&plan->rng, 0.4, 2);
        push(plan, AGENDA_HOME, fmin((double)plan->cursor + hours * AGENDA_HOUR, end));
    }
}

static void push_evening(agenda_plan_t *plan, int day, double bed)
{
    const agenda_traits_t *traits = plan->traits;
    agenda_rng_t *rng = &plan->rng;
    const bool settled = plan->calendar->confounders & EBB_SAME_ROOM;
    const double friends = traits->friends * (day % 7 == 4 ? 2 : 1);
    if (agenda_chance(rng, 0.3)) {
        push_for(plan, AGENDA_ERRANDS, agenda_between(rng, 0.3, 1));
    }
    const double left_h = (bed - (double)plan->cursor) / AGENDA_HOUR;
    if (left_h > 3 && agenda_chance(rng, settled ? 0.5 * friends : friends)) {
        push_home(plan, (double)plan->cursor + agenda_between(rng, 0, 1) * AGENDA_HOUR);
        push_for(plan, AGENDA_FRIENDS, fmin(left_h - 1, agenda_between(rng, 1.5, 4)));
    } else if (left_h > 3 && agenda_chance(rng, traits->gym)) {
        push_for(plan, AGENDA_GYM, agenda_between(rng, 0.8, 1.5));
    }
    push_home(plan, bed);
}

static void push_free(agenda_plan_t *plan, double bed)
{
    agenda_rng_t *rng = &plan->rng;
    push_for(plan, AGENDA_RISE, agenda_between(rng, 0.7, 1.6));
    while ((double)plan->cursor + 4.5 * AGENDA_HOUR < bed &&
           plan->count < AGENDA_BLOCKS_MAX - 16) {
        const double u = agenda_unit(rng);
        if (u < 0.35) {
            push_home(plan,
                      (double)plan->cursor + agenda_between(rng, 0.7, 3) * AGENDA_HOUR);
        } else if (u < 0.7) {
            push_for(plan, AGENDA_ERRANDS, agenda_between(rng, 0.6, 3));
        } else if (u < 0.9) {
            push_for(plan, AGENDA_FRIENDS, agenda_between(rng, 1, 4));
        } else {
            push_for(plan, AGENDA_GYM, agenda_between(rng, 0.8, 1.6));
        }
    }
}

/* The day from rising to the end of the following night. */
static void draw_day(agenda_plan_t *plan)
{
    const int day = plan->day++;
    agenda_rng_t *rng = &plan->rng;
    *rng = agenda_stream(plan->calendar->seed, PURPOSE_DAY + (unsigned)plan->person,
                         (uint64_t)day);
    const unsigned kind = day_kind(plan, day);
    const bool off = kind & AGENDA_OFF;
    plan->mood = plan->traits->attention *
                 agenda_exp(0.8 * agenda_log(plan->mood / plan->traits->attention) +
                            0.15 * agenda_normal(rng));
    double bed = (double)day * AGENDA_DAY +
                 (plan->traits->bed_h + 0.5 * agenda_normal(rng)) * AGENDA_HOUR;
    bed += off || day % 7 == 4 ? 0.7 * AGENDA_HOUR : 0;
    if (off) {
        push_free(plan, bed);
    } else {
        push_work(plan, day);
    }
    bed = fmax(bed, (double)plan->cursor + 0.8 * AGENDA_HOUR);
    push_evening(plan, day, bed - agenda_between(rng, 0.2, 0.6) * AGENDA_HOUR);
    push(plan, AGENDA_BED, bed);
    const double rise =
        (double)(day + 1) * AGENDA_DAY +
        (day_rise_h(plan, day + 1) + 0.25 * agenda_normal(rng)) * AGENDA_HOUR;
    push(plan, AGENDA_SLEEP, fmax(rise, (double)plan->cursor + 4.5 * AGENDA_HOUR));
}

void agenda_plan_start(agenda_plan_t *plan, const agenda_calendar_t *calendar,
                       const agenda_traits_t *traits, int person)
{
    const bool apart = calendar->confounders & EBB_TIME_ZONES;
    *plan = (agenda_plan_t){.calendar = calendar,
                            .traits = traits,
                            .person = person,
                            .mood = traits->attention};
    plan->zone_s = person == 1 && apart ? 7 * AGENDA_HOUR : 0;
    plan->cursor = plan->zone_s;
    plan->rng =
        agenda_stream(calendar->seed, PURPOSE_DAY + (unsigned)person, UINT64_MAX - 1);
    push(plan, AGENDA_SLEEP, day_rise_h(plan, 0) * AGENDA_HOUR);
}

const agenda_block_t *agenda_plan_next(agenda_plan_t *plan)
{
    while (plan->at == plan->count) {
        plan->at = 0;
        plan->count = 0;
        draw_day(plan);
    }
    return &plan->blocks[plan->at++];
}

double agenda_plan_usual(const agenda_plan_t *plan, int64_t t)
{
    const int64_t own = t + plan->zone_s;
    const int day = (int)(own / AGENDA_DAY);
    const double hour = (double)(own % AGENDA_DAY) / AGENDA_HOUR;
    const int shift = day_shift(plan, day);
    if (shift == 3 && hour > 7 && hour < 14.5) {
        return 0.05;
    }
    const double rise = shift == 3 ? 0 : day_rise_h(plan, day);
    const double bed = plan->traits->bed_h;
    if (shift != 3 && (hour < fmax(rise, bed - 24) || hour > bed)) {
        return 0.05;
    }
    /* people know of each other's weekends and holidays, not of a busy day */
    const bool off = day_kind(plan, day) & AGENDA_OFF;
    const double work = day_work_h(plan, day);
    const double since = hour >= work ? hour - work : hour + 24 - work;
    return !off && since < plan->traits->work_length_h ? 0.5 : 1;
}
