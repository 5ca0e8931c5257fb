/* SPDX-License-Identifier: MIT
 *
 * The agenda generator: two people, two agendas, two phones, second by second.
 *
 * Main idea: a discrete-event simulation. A glance at the phone is where everything
 * happens: what came is read, an answer is written or put off, a thought is told, worry
 * is acted upon. Messages go out some seconds later, are heard or not, and bring the
 * next glance of the other nearer. Where people are is drawn ahead (agenda_plan.h),
 * what they feel is kept in agenda_mind.h, how they write in agenda_phones.h.
 * Invariant: events leave in time order; nothing looks at the future.
 *
 * A record begins after AGENDA_RUN_IN_DAYS of life, so that expectations are learnt.
 */
#include <stdlib.h>

#include "agenda_phones.h"
#include "generator.h"

enum { TURN_GAP_S = 300 };
static const int64_t BEGIN_S = 1736121600; /* 2025-01-06 00:00 */

static bool lively(const agenda_phones_t *phones, int64_t t)
{
    return phones->exchanges >= 4 && t - phones->last_s < 10 * AGENDA_MINUTE;
}

/* The record */

static void record(agenda_phones_t *phones, const agenda_item_t *item, bool further)
{
    if (item->at_s < phones->first_s) {
        return;
    }
    if (phones->count == phones->room) {
        const size_t room = phones->room ? 2 * phones->room : 4096;
        ebb_event_t *events = realloc(phones->events, room * sizeof *events);
        if (!events) {
            phones->failed = true;
            return;
        }
        phones->events = events;
        phones->room = room;
    }
    const bool cut = phones->plant->minute_clock;
    const int64_t at_s = item->at_s - phones->first_s;
    phones->events[phones->count++] = (ebb_event_t){
        .local_s = BEGIN_S + (cut ? at_s - at_s % AGENDA_MINUTE : at_s),
        .offset_s = EBB_OFFSET_UNKNOWN,
        .characters = item->characters,
        .words = (item->characters + 4) / 6 + (item->characters == 1),
        .flags = cut ? EBB_FLAG_MINUTE : 0,
        .person = (uint8_t)item->person,
        .kind = item->kind,
    };
    phones->truth.followups += further;
    phones->truth.alarm_followups += further && item->alarm;
}

/* Notes who spoke last; true if this is a further turn before an answer. */
static bool note_speaker(agenda_phones_t *phones, int k, int64_t t)
{
    const bool near = t - phones->last_s < 10 * AGENDA_MINUTE;
    const bool same = phones->last_person == k;
    const bool further = same && t - phones->last_s > TURN_GAP_S;
    if (!same) {
        phones->exchanges = near ? phones->exchanges + 1 : 1;
    } else if (!near) {
        phones->exchanges = 1;
    }
    phones->last_person = k;
    phones->last_s = t;
    return further;
}

/* Arrival of a message */

/* The other is looking at the chat and sees it come, or hears it, or does not. */
static void notify(agenda_phones_t *phones, int to, const agenda_item_t *item,
                   bool in_row)
{
    agenda_actor_t *actor = &phones->actors[to];
    const int64_t t = item->at_s;
    if (t < actor->lingers_until_s) {
        const int64_t sender_ends = phones->actors[1 - to].writes_until_s;
        const double reads =
            agenda_lognormal(&actor->look, 5, 0.6) + 0.03 * item->characters;
        const bool sees_typing = sender_ends > t && agenda_chance(&actor->look, 0.8);
        agenda_phones_glance_by(phones, to,
                                (sees_typing ? sender_ends : t) + 1 + (int64_t)reads);
        return;
    }
    const double hears = agenda_phones_hears(phones, to, t) * (in_row ? 0.3 : 1);
    if (!agenda_chance(&actor->look, hears)) {
        return;
    }
    if (agenda_chance(&actor->look, agenda_mind_looks_away(&actor->mind, t))) {
        agenda_mind_press(&actor->mind, t, actor->reached_again); /* swiped away */
        actor->reached_again = 0;
        return;
    }
    const double soon = agenda_lognormal(&actor->look, 25, 0.9);
    agenda_phones_glance_by(phones, to, t + 2 + (int64_t)soon);
}

static void send(agenda_phones_t *phones, const agenda_item_t *item)
{
    const int k = item->person;
    const int64_t t = item->at_s;
    agenda_actor_t *to = &phones->actors[1 - k];
    const bool engaged = lively(phones, t);
    const bool further = note_speaker(phones, k, t);
    record(phones, item, further);
    agenda_mind_wrote(&phones->actors[k].mind, t, (agenda_want_t)item->want, further,
                      engaged);
    const bool in_row = to->unread > 0 && t - to->unread_last_s < 90;
    if (to->unread++ == 0 || item->want > to->unread_want) {
        to->unread_want = (agenda_want_t)item->want;
    }
    to->unread_last_s = t;
    to->reached_again += further;
    notify(phones, 1 - k, item, in_row);
}

/* What is done at a glance */

static void settle_by_talk(agenda_phones_t *phones, int k, int64_t t, double relief)
{
    agenda_actor_t *actor = &phones->actors[k];
    actor->unread = 0;
    actor->reached_again = 0;
    actor->mind.owed_count = 0;
    agenda_mind_heard(&actor->mind, t, true);
    agenda_mind_relieve(&actor->mind, t, relief);
}

/* Reads what came; false if it is left unopened. */
static bool read_all(agenda_phones_t *phones, int k, int64_t t, bool talking)
{
    static const double needs[] = {0.08, 0.8, 0.97};
    agenda_actor_t *actor = &phones->actors[k];
    const double away = agenda_mind_looks_away(&actor->mind, t);
    agenda_mind_press(&actor->mind, t, actor->reached_again);
    actor->reached_again = 0;
    if (agenda_chance(&actor->look, (talking ? 0.2 : 0.9) * away)) {
        return false;
    }
    const double need = actor->unread_want == AGENDA_SHARING && phones->energy <= 0
                            ? 0.4
                            : needs[actor->unread_want];
    agenda_mind_heard(&actor->mind, t, false);
    agenda_mind_owe(&actor->mind, t, actor->unread_want, need);
    actor->unread = 0;
    return true;
}

static agenda_want_t want_of_topic(agenda_phones_t *phones, int k)
{
    if (phones->energy <= 0) {
        return AGENDA_CLOSING;
    }
    const bool asks = agenda_chance(&phones->actors[k].words, 0.45);
    return asks ? AGENDA_ASKING : AGENDA_SHARING;
}

static void tell(agenda_phones_t *phones, int k, int64_t t, int thought)
{
    agenda_actor_t *actor = &phones->actors[k];
    agenda_mind_told(&actor->mind, thought);
    phones->energy = 1 + agenda_phones_energy(phones, k);
    agenda_mind_answered(&actor->mind); /* it counts as one */
    const agenda_turn_t turn = {.want = want_of_topic(phones, k),
                                .further = actor->traits.further_messages * 1.3,
                                .length = 1.2};
    agenda_phones_write(phones, k, t, &turn);
}

/* An answer by voice call: both talk, all that was open is settled. */
static bool calls(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_rng_t *rng = &phones->actors[k].words;
    const bool could = agenda_phones_has(phones, EBB_OTHER_CHANNEL) &&
                       !lively(phones, t) && agenda_chance(rng, 0.2);
    if (!could || agenda_phones_hears(phones, 1 - k, t) < 0.3 ||
        agenda_chance(rng, 0.3)) {
        return false;
    }
    const agenda_item_t item = {
        .at_s = t, .person = k, .kind = EBB_KIND_CALL, .characters = 0};
    record(phones, &item, note_speaker(phones, k, t));
    const int64_t ends = t + (int64_t)fmin(agenda_lognormal(rng, 420, 0.9), 7200);
    for (int i = 0; i < 2; i++) {
        agenda_actor_t *actor = &phones->actors[i];
        settle_by_talk(phones, i, t, 0.5);
        actor->mind.thought_count = 0;
        actor->writes_until_s =
            ends > actor->writes_until_s ? ends : actor->writes_until_s;
    }
    phones->energy = 0;
    return true;
}

static void answer(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_actor_t *actor = &phones->actors[k];
    if (calls(phones, k, t)) {
        return;
    }
    const double away = agenda_mind_looks_away(&actor->mind, t);
    int thought = 0;
    const double foremost = agenda_mind_foremost(&actor->mind, t, &thought);
    phones->energy--;
    if (foremost > 0.3 + away && agenda_chance(&actor->words, 0.6)) {
        agenda_mind_told(&actor->mind, thought);
        phones->energy = 1 + agenda_phones_energy(phones, k);
    }
    const agenda_turn_t turn = {.want = want_of_topic(phones, k),
                                .further = actor->traits.further_messages * (1 - away),
                                .length = 1 - 0.6 * away};
    agenda_mind_answered(&actor->mind);
    agenda_mind_relieve(&actor->mind, t, 0.5); /* it is off one's chest */
    agenda_phones_write(phones, k, t, &turn);
}

/* A habit, whatever happened before. */
static bool greets(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_actor_t *actor = &phones->actors[k];
    const int64_t day = t / AGENDA_DAY;
    if (k != 0 || !agenda_phones_has(phones, EBB_GOOD_MORNING) ||
        actor->block.place != AGENDA_RISE || actor->greeted_day == day) {
        return false;
    }
    actor->greeted_day = day;
    if (!agenda_chance(&actor->words, 0.93)) {
        return false;
    }
    const agenda_turn_t turn = {.want = AGENDA_SHARING, .further = 0.15, .length = 0.6};
    agenda_mind_answered(&actor->mind);
    agenda_phones_write(phones, k, t, &turn);
    return true;
}

static void write_something(agenda_phones_t *phones, int k, int64_t t, bool fresh,
                            bool talking)
{
    static const agenda_turn_t alarm = {
        .want = AGENDA_ASKING, .further = 0.25, .length = 0.5, .alarm = true};
    agenda_mind_t *mind = &phones->actors[k].mind;
    int thought = 0;
    if (agenda_mind_recalls(mind, t, fresh, talking)) {
        answer(phones, k, t);
    } else if (agenda_mind_foremost(mind, t, &thought) >
               agenda_mind_threshold(mind, t)) {
        tell(phones, k, t, thought);
    } else if (agenda_mind_pursues(mind, t)) {
        phones->energy = 2;
        agenda_phones_write(phones, k, t, &alarm);
    }
}

static void glance(agenda_phones_t *phones, const agenda_item_t *item)
{
    const int k = item->person;
    const int64_t t = item->at_s;
    agenda_actor_t *actor = &phones->actors[k];
    if (item->stamp != actor->glance_stamp) {
        return; /* another one took its place */
    }
    if (t < actor->writes_until_s) {
        agenda_phones_glance_at(phones, k, actor->writes_until_s + 2);
        return;
    }
    if (agenda_phones_together(phones, t)) {
        settle_by_talk(phones, k, t, 0.8);
    }
    agenda_mind_think(&actor->mind, t, agenda_phones_thoughts_per_hour(phones, k, t));
    const bool fresh = actor->unread > 0;
    const bool talking = fresh && t < actor->lingers_until_s + AGENDA_MINUTE;
    if (!greets(phones, k, t) && (!fresh || read_all(phones, k, t, talking)) &&
        (agenda_phones_can_write(phones, k, t) ||
         (talking && agenda_chance(&actor->look, 0.85)))) {
        write_something(phones, k, t, fresh, talking);
    }
    agenda_phones_glance_later(phones, k, t);
}

/* Bursts: several turns with good news, whatever the answer. */

static void next_joy(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_rng_t *rng = &phones->actors[k].joy;
    const double days = agenda_exponential(rng, k == 0 ? 2 : 5);
    agenda_phones_schedule(
        phones, (agenda_item_t){.at_s = t + (int64_t)(days * AGENDA_DAY),
                                .what = AGENDA_JOY,
                                .person = k,
                                .stamp = 3 + (uint32_t)(5 * agenda_unit(rng))});
}

static void joy(agenda_phones_t *phones, const agenda_item_t *item)
{
    const int k = item->person;
    const int64_t t = item->at_s;
    agenda_actor_t *actor = &phones->actors[k];
    const bool hindered =
        actor->block.write < 0.35 || agenda_phones_together(phones, t);
    uint32_t left = item->stamp;
    double gap_s = agenda_lognormal(&actor->joy, 480, 0.4);
    if (hindered) {
        gap_s = agenda_between(&actor->joy, 1200, 3600);
    } else {
        const agenda_turn_t turn = {
            .want = AGENDA_SHARING, .further = 0.4, .length = 1.2};
        phones->energy = 1;
        agenda_phones_write(phones, k, t, &turn);
        left--;
    }
    if (left == 0) {
        next_joy(phones, k, t);
        return;
    }
    agenda_phones_schedule(phones, (agenda_item_t){.at_s = t + (int64_t)gap_s,
                                                   .what = AGENDA_JOY,
                                                   .person = k,
                                                   .stamp = left});
}

/* Blocks and strengths */

static void set_strengths(agenda_phones_t *phones, int64_t t)
{
    const ebb_plant_t *plant = phones->plant;
    const double along = fmax(0, (double)(t - phones->first_s) /
                                     (double)(phones->end_s - phones->first_s));
    const double grown = plant->growth ? 1.5 * along : 1;
    const int swap = plant->switch_half && along >= 0.5;
    for (int k = 0; k < 2; k++) {
        phones->actors[k].mind.pursuit = grown * plant->pursuit[k ^ swap];
        phones->actors[k].mind.withdrawal = grown * plant->withdrawal[k ^ swap];
    }
}

static void change_block(agenda_phones_t *phones, int k, int64_t t)
{
    agenda_actor_t *actor = &phones->actors[k];
    set_strengths(phones, t);
    agenda_mind_think(&actor->mind, t, agenda_phones_thoughts_per_hour(phones, k, t));
    if (actor->block.place == AGENDA_SLEEP) {
        agenda_mind_relieve(&actor->mind, t, 0.5);
    }
    actor->block = *agenda_plan_next(&actor->plan);
    agenda_phones_schedule(
        phones,
        (agenda_item_t){.at_s = actor->block.end_s, .what = AGENDA_BLOCK, .person = k});
    agenda_phones_glance_later(phones, k, t);
}

static void live(agenda_phones_t *phones)
{
    while (!phones->failed && phones->heap.count > 0) {
        const agenda_item_t item = agenda_heap_pop(&phones->heap);
        if (item.at_s >= phones->end_s) {
            return;
        }
        switch (item.what) {
        case AGENDA_GLANCE:
            glance(phones, &item);
            break;
        case AGENDA_BLOCK:
            change_block(phones, item.person, item.at_s);
            break;
        case AGENDA_SEND:
            send(phones, &item);
            break;
        case AGENDA_JOY:
            joy(phones, &item);
            break;
        }
    }
}

int ebb_generate_agenda(const ebb_plant_t *plant, uint64_t seed, ebb_event_t **events,
                        size_t *count, ebb_plant_truth_t *truth)
{
    agenda_phones_t *phones = calloc(1, sizeof *phones);
    if (!phones) {
        return EBB_ERR_MEMORY;
    }
    if (agenda_phones_start(phones, plant, seed)) {
        set_strengths(phones, 0);
        if (agenda_phones_has(phones, EBB_BURSTS)) {
            next_joy(phones, 0, 0);
            next_joy(phones, 1, 0);
        }
        live(phones);
    }
    const bool failed = phones->failed;
    if (failed) {
        free(phones->events);
    } else {
        *events = phones->events;
        *count = phones->count;
        if (truth) {
            *truth = phones->truth;
        }
    }
    free(phones->heap.items);
    free(phones);
    return failed ? EBB_ERR_MEMORY : 0;
}
