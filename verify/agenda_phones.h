/* SPDX-License-Identifier: MIT
 *
 * Two phones: where each person is, when one looks, what one writes and sends.
 *
 * Main idea: an actor is a person with a plan, a mind and a phone. This part knows how
 * glances are timed and how a turn becomes messages some seconds apart; what is done at
 * a glance is decided in generate_agenda.c.
 * Invariant: an actor has one valid glance ahead at any time (the one with its stamp).
 */
#ifndef EBB_VERIFY_AGENDA_PHONES_H
#define EBB_VERIFY_AGENDA_PHONES_H

#include "agenda_heap.h"
#include "agenda_mind.h"
#include "agenda_plan.h"

/* A person at the phone. */
typedef struct agenda_actor {
    agenda_traits_t traits;
    agenda_plan_t plan;
    agenda_block_t block; /* where one is now */
    agenda_mind_t mind;
    agenda_rng_t look, words, joy;
    int64_t glance_s; /* the next glance */
    uint32_t glance_stamp;
    int64_t lingers_until_s; /* still looking at the chat */
    int64_t writes_until_s;
    int unread;
    agenda_want_t unread_want;
    int64_t unread_last_s;
    int reached_again; /* further turns of the other, not noticed yet */
    int64_t greeted_day;
} agenda_actor_t;

typedef struct agenda_phones {
    const ebb_plant_t *plant;
    agenda_calendar_t calendar;
    agenda_actor_t actors[2];
    agenda_heap_t heap;
    agenda_rng_t volume;
    double thoughts_per_hour; /* of one person, awake */
    double energy_mean;       /* turns a topic carries after its first */
    double drift;             /* of the logarithm of volume over the record */
    double swing;             /* factor on the volume of this week */
    int week;
    int energy;    /* what is left to say on the present topic, in turns */
    int exchanges; /* turns that followed each other within minutes */
    int last_person;
    int64_t last_s;
    int64_t first_s, end_s; /* of the record */
    ebb_event_t *events;
    size_t count, room;
    ebb_plant_truth_t truth;
    bool failed; /* memory ran out */
} agenda_phones_t;

/* What a turn is like. */
typedef struct agenda_turn {
    agenda_want_t want;
    double further; /* mean number of messages after the first */
    double length;  /* factor on their length */
    bool alarm;
} agenda_turn_t;

/** Sets up two people and their phones; false if memory is short. */
bool agenda_phones_start(agenda_phones_t *phones, const ebb_plant_t *plant,
                         uint64_t seed);

/** Whether a confounder is planted. */
bool agenda_phones_has(const agenda_phones_t *phones, unsigned confounder);

/** Enters a coming event; short memory is noted in `failed`. */
void agenda_phones_schedule(agenda_phones_t *phones, agenda_item_t item);

/** Things that person k has to say in an hour at t, with drift and swings. */
double agenda_phones_thoughts_per_hour(agenda_phones_t *phones, int k, int64_t t);

/** Draws how many turns a new topic will carry. */
int agenda_phones_energy(agenda_phones_t *phones, int k);

/** Whether both sit in the same room (or talk by video, when far apart) at t. */
bool agenda_phones_together(const agenda_phones_t *phones, int64_t t);

/** The chance that k hears a notification at t. */
double agenda_phones_hears(const agenda_phones_t *phones, int k, int64_t t);

/** Draws whether k can write at t. */
bool agenda_phones_can_write(agenda_phones_t *phones, int k, int64_t t);

/** The next glance of k is at t. */
void agenda_phones_glance_at(agenda_phones_t *phones, int k, int64_t t);

/** The next glance of k is at t or earlier. */
void agenda_phones_glance_by(agenda_phones_t *phones, int k, int64_t t);

/** Draws the next glance of k after t as it comes without a notification. */
void agenda_phones_glance_later(agenda_phones_t *phones, int k, int64_t t);

/** Person k begins at t to write a turn and stays with the chat for a while. */
void agenda_phones_write(agenda_phones_t *phones, int k, int64_t t,
                         const agenda_turn_t *turn);

#endif
