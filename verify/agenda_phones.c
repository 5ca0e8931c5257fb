/* SPDX-License-Identifier: MIT
 *
 * Two people, two phones; see agenda_phones.h.
 */
#include "agenda_phones.h"

enum {
    PURPOSE_LOOK = 50, /* each + person */
    PURPOSE_WORDS = 52,
    PURPOSE_JOY = 54,
    PURPOSE_VOLUME = 56,
};

bool agenda_phones_has(const agenda_phones_t *phones, unsigned confounder)
{
    return phones->plant->confounders & confounder;
}

void agenda_phones_schedule(agenda_phones_t *phones, agenda_item_t item)
{
    if (!agenda_heap_push(&phones->heap, item)) {
        phones->failed = true;
    }
}

static double thought_pace(agenda_place_t place)
{
    switch (place) {
    case AGENDA_SLEEP:
        return 0;
    case AGENDA_MEETING:
    case AGENDA_FLOOR:
    case AGENDA_TOGETHER:
        return 0.6;
    case AGENDA_ERRANDS:
    case AGENDA_FRIENDS:
    case AGENDA_BREAK:
        return 1.4;
    case AGENDA_RISE:
    case AGENDA_DRIVE:
    case AGENDA_RIDE:
    case AGENDA_DESK:
    case AGENDA_GYM:
    case AGENDA_HOME:
    case AGENDA_BED:
        break;
    }
    return 1;
}

/* Volume */

static double week_swing(agenda_phones_t *phones, int64_t t)
{
    const int week = (int)(t / (7 * AGENDA_DAY));
    if (week != phones->week) {
        phones->week = week;
        phones->swing = agenda_chance(&phones->volume, 0.2)
                            ? 0.08
                            : agenda_lognormal(&phones->volume, 1, 0.7);
    }
    return phones->swing;
}

double agenda_phones_thoughts_per_hour(agenda_phones_t *phones, int k, int64_t t)
{
    const agenda_actor_t *actor = &phones->actors[k];
    double rate = phones->thoughts_per_hour * actor->traits.tells *
                  thought_pace(actor->block.place);
    if (agenda_phones_has(phones, EBB_WEEK_SWINGS)) {
        rate *= week_swing(phones, t);
    }
    if (agenda_phones_has(phones, EBB_VOLUME_DRIFT)) {
        const double along =
            (double)(t - phones->first_s) / (double)(phones->end_s - phones->first_s);
        rate *= agenda_exp(phones->drift * (along - 0.5));
    }
    return rate;
}

int agenda_phones_energy(agenda_phones_t *phones, int k)
{
    return agenda_geometric(&phones->actors[k].words, phones->energy_mean);
}

/* Where one is */

bool agenda_phones_together(const agenda_phones_t *phones, int64_t t)
{
    if (!agenda_phones_has(phones, EBB_SAME_ROOM)) {
        return false;
    }
    const agenda_actor_t *a = &phones->actors[0], *b = &phones->actors[1];
    const int64_t second = (t + b->plan.zone_s) % AGENDA_DAY;
    if (b->plan.zone_s != 0) { /* far apart it is a long video call each evening */
        return b->block.place == AGENDA_HOME && a->block.place != AGENDA_SLEEP &&
               second >= 20 * AGENDA_HOUR && second < 21 * AGENDA_HOUR + 1800;
    }
    return a->block.place == AGENDA_HOME && b->block.place == AGENDA_HOME &&
           second >= 17 * AGENDA_HOUR;
}

double agenda_phones_hears(const agenda_phones_t *phones, int k, int64_t t)
{
    const double own = phones->actors[k].block.hear;
    return agenda_phones_together(phones, t) ? fmin(own, 0.2) : own;
}

bool agenda_phones_can_write(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_actor_t *actor = &phones->actors[k];
    const double own = actor->block.write;
    return agenda_chance(&actor->look, agenda_phones_together(phones, t) ? 0.04 : own);
}

/* Glances */

void agenda_phones_glance_at(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_actor_t *actor = &phones->actors[k];
    actor->glance_s = t;
    agenda_phones_schedule(phones, (agenda_item_t){.at_s = t,
                                                   .what = AGENDA_GLANCE,
                                                   .person = k,
                                                   .stamp = ++actor->glance_stamp});
}

void agenda_phones_glance_by(agenda_phones_t *phones, int k, int64_t t)
{
    if (t < phones->actors[k].glance_s) {
        agenda_phones_glance_at(phones, k, t);
    }
}

/* The next glance without any notification; worry makes one look more often, being
 * pressed less. */
void agenda_phones_glance_later(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_actor_t *actor = &phones->actors[k];
    const bool near = agenda_phones_together(phones, t);
    double gap =
        agenda_lognormal(&actor->look, near ? 45 * AGENDA_MINUTE : actor->block.gap_s,
                         actor->block.spread);
    if (actor->mind.pursuit > 0 && actor->mind.waiting) {
        gap /= 1 + 0.7 * actor->mind.pursuit * agenda_mind_unease(&actor->mind, t);
    }
    gap *= 1 + agenda_mind_looks_away(&actor->mind, t);
    agenda_phones_glance_at(phones, k,
                            t + (int64_t)fmin(fmax(gap, 30), 10 * AGENDA_HOUR));
}

/* Writing */

static void write_one(agenda_phones_t *phones, int k, agenda_item_t item, double gap_s)
{
    agenda_actor_t *actor = &phones->actors[k];
    const double typing = actor->traits.second_per_character * item.characters;
    actor->writes_until_s += 1 + (int64_t)(gap_s + fmin(typing, 240));
    item.at_s = actor->writes_until_s;
    item.what = AGENDA_SEND;
    item.person = k;
    agenda_phones_schedule(phones, item);
}

/* Enter as comma: each clause goes out alone. */
static void write_clauses(agenda_phones_t *phones, int k, agenda_item_t item)
{
    agenda_rng_t *rng = &phones->actors[k].words;
    double left = item.characters;
    double pause = agenda_lognormal(rng, 5, 0.8);
    do {
        const double clause = fmin(left, agenda_between(rng, 10, 28));
        item.characters = clause < 1 ? 1 : (uint32_t)clause;
        write_one(phones, k, item, pause);
        left -= clause;
        pause = agenda_lognormal(rng, 3, 0.6);
    } while (left > 4);
}

static void write_message(agenda_phones_t *phones, int k, const agenda_turn_t *turn)
{
    agenda_actor_t *actor = &phones->actors[k];
    agenda_rng_t *rng = &actor->words;
    const double length =
        agenda_lognormal(rng, actor->traits.length_characters * turn->length, 0.85);
    agenda_item_t item = {.kind = EBB_KIND_TEXT,
                          .want = (uint8_t)turn->want,
                          .alarm = turn->alarm,
                          .characters = (uint32_t)fmin(fmax(length, 1), 1500)};
    const double form = agenda_unit(rng);
    if (!turn->alarm && form < 0.06) {
        item.kind = form < 0.045 ? EBB_KIND_MEDIA : EBB_KIND_VOICE;
        item.characters = 0;
    }
    if (k == 0 && item.characters > 0 && agenda_phones_has(phones, EBB_ENTER_COMMA)) {
        write_clauses(phones, k, item);
    } else {
        write_one(phones, k, item, agenda_lognormal(rng, 6, 0.8));
    }
}

void agenda_phones_write(agenda_phones_t *phones, int k, int64_t t,
                         const agenda_turn_t *turn)
{
    agenda_actor_t *actor = &phones->actors[k];
    if (actor->writes_until_s < t) {
        actor->writes_until_s = t;
    }
    const int messages = 1 + agenda_geometric(&actor->words, turn->further);
    for (int i = 0; i < messages; i++) {
        write_message(phones, k, turn);
    }
    const double stays = agenda_lognormal(&actor->look, 110, 0.9);
    actor->lingers_until_s = actor->writes_until_s + (int64_t)fmin(stays, 1200);
}

/* Beginning */

static void actor_start(agenda_phones_t *phones, int k, uint64_t seed)
{
    agenda_actor_t *actor = &phones->actors[k];
    agenda_plan_start(&actor->plan, &phones->calendar, &actor->traits, k);
    agenda_mind_start(&actor->mind, &actor->traits, &phones->actors[1 - k].plan, seed,
                      k);
    actor->mind.can_shut = phones->plant->days_silent && k == 1;
    actor->look = agenda_stream(seed, PURPOSE_LOOK, (uint64_t)k);
    actor->words = agenda_stream(seed, PURPOSE_WORDS, (uint64_t)k);
    actor->joy = agenda_stream(seed, PURPOSE_JOY, (uint64_t)k);
    actor->block = *agenda_plan_next(&actor->plan);
    actor->greeted_day = -1;
    agenda_phones_schedule(
        phones,
        (agenda_item_t){.at_s = actor->block.end_s, .what = AGENDA_BLOCK, .person = k});
    agenda_phones_glance_later(phones, k, 0);
}

/* The volume wanted, shared out between how often one talks, how long, in how many
 * messages and how often one looks. */
static void volume_start(agenda_phones_t *phones)
{
    const bool comma = agenda_phones_has(phones, EBB_ENTER_COMMA);
    const bool talker = agenda_phones_has(phones, EBB_FOUR_TO_ONE);
    /* Found by trial; holds within a tenth from 4 to 500 messages a day. With Enter as
     * comma the volume asked for is one of clauses. */
    const double clauses = comma ? (talker ? 0.25 : 0.55) : 1;
    const double m = agenda_log(1.24 * clauses * phones->plant->messages_per_day / 30);
    phones->thoughts_per_hour = 0.28 * agenda_exp(0.9 * m);
    phones->energy_mean = 3 * agenda_exp(0.5 * m);
    for (int k = 0; k < 2; k++) {
        agenda_traits_t *traits = &phones->actors[k].traits;
        agenda_traits_draw(traits, &phones->calendar, k);
        traits->further_messages *= agenda_exp(0.3 * m);
        traits->attention *= agenda_exp(-0.2 * m);
    }
}

bool agenda_phones_start(agenda_phones_t *phones, const ebb_plant_t *plant,
                         uint64_t seed)
{
    phones->plant = plant;
    phones->first_s = (int64_t)AGENDA_RUN_IN_DAYS * AGENDA_DAY;
    phones->end_s = phones->first_s + (int64_t)plant->weeks * 7 * AGENDA_DAY;
    phones->last_person = -1;
    phones->week = -1;
    phones->volume = agenda_stream(seed, PURPOSE_VOLUME, 0);
    phones->drift = agenda_chance(&phones->volume, 0.5) ? 1.1 : -1.1;
    agenda_calendar_make(&phones->calendar, plant, seed);
    volume_start(phones);
    actor_start(phones, 0, seed);
    actor_start(phones, 1, seed);
    return !phones->failed;
}
