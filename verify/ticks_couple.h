/* SPDX-License-Identifier: MIT
 *
 * The couple of the tick generator: what each person has in mind, minute by minute.
 */
#ifndef EBB_VERIFY_TICKS_COUPLE_H
#define EBB_VERIFY_TICKS_COUPLE_H

#include <stddef.h>
#include <stdint.h>

#include "generator.h"
#include "rng_ticks.h"
#include "ticks_days.h"

#define TICKS_NEVER INT32_MAX
#define TICKS_HOURS 24

/* Why a turn is written. */
typedef enum ticks_cause {
    TICKS_ANSWER,
    TICKS_TOPIC,        /* something to tell */
    TICKS_AFTERTHOUGHT, /* "also ..." */
    TICKS_NUDGE,        /* the answer is needed by a certain time */
    TICKS_NEWS,         /* part of a row of good news */
    TICKS_MORNING,      /* good morning */
    TICKS_ALARM         /* the other's silence has become unusual */
} ticks_cause_t;

/* What stays the same about a person. */
typedef struct ticks_habits {
    double notices;     /* multiplies the chance of noticing a message */
    double puts_off;    /* multiplies the chance of answering later */
    double forgets;     /* chance that "later" slips one's mind */
    double thinks_min;  /* median minutes between reading and answering */
    double chars_per_s; /* typing */
    double length;      /* median characters of a message */
    double more;        /* mean further messages in a turn */
    double clause_s;    /* median seconds between messages of one turn */
    double afterthought;
    double starts;   /* multiplies topics to tell */
    double asks;     /* share of topics which want an answer */
    double begins;   /* multiplies the chance of beginning to tell one */
    double drags_on; /* how much of an exchange's interest survives a turn */
} ticks_habits_t;

/* What one has learnt of the other's ways since the two know each other. */
typedef struct ticks_lore {
    double heard[TICKS_HOURS]; /* share of days on which something came in this hour */
    double best;               /* the largest of these */
    double days;
    double usual, spread; /* of the logarithm of waits: mean, mean distance from it */
    double waits;         /* how many were learnt from */
} ticks_lore_t;

typedef struct ticks_person {
    ticks_rng_t rng;
    ticks_habits_t habits;
    const uint8_t *act;
    int clock_shift; /* minutes the own clock is behind the record's */

    int last_act, at_hand, presence_until;

    double topic_left; /* until the next thing to tell, in minutes of a usual day */
    int topics;        /* things to tell */
    double news_left;  /* until the next good news, in awake minutes */
    int news, news_at; /* turns of good news still to tell, and from when */
    int morning_at, afterthought_at, nudge_at;

    int unread, unread_wants, unread_followups, unread_at;
    int owes;             /* read something that wants an answer */
    int later_at;         /* when an answer put off comes to mind, or TICKS_NEVER */
    int send_at;          /* end of thinking and typing, or TICKS_NEVER */
    ticks_cause_t intent; /* of the turn being typed */
    int last_sent;        /* minute in which the last own turn ended */

    int waiting;         /* for an answer to something */
    int alone;           /* own words are the last */
    double waited;       /* since the first of these, in minutes of the other's day */
    ticks_lore_t lore;   /* of the other */
    int heard_now;       /* the other wrote in this hour */
    double alarm, tired; /* in [0, 1] */

    double pressure; /* follow-ups that reached this person, fading over hours */
    int shut_until;  /* end of a silence of days */
} ticks_person_t;

typedef struct ticks_couple {
    const ebb_plant_t *plant;
    ticks_person_t person[2];
    double scale;                     /* of things to tell: sets the volume */
    double pursuit[2], withdrawal[2]; /* today's strengths */
    double topic_pace;                /* today's factor on things to tell */
    double interest;                  /* in the present exchange, [0, 1] */
    int last_turn;                    /* minute of the last turn of either */
    int last_writer;                  /* -1: nobody yet */
    int minutes;                      /* length of the record */
    uint64_t seed;
    ebb_plant_truth_t truth;
    ebb_event_t *events;
    size_t count, room;
    int out_of_memory;
} ticks_couple_t;

/** Two strangers become the couple of (plant, seed): habits drawn, nothing in mind.
 * `dynamics` sets the stream of what happens to them; `act` holds their days. */
void ticks_couple_begin(ticks_couple_t *couple, const ebb_plant_t *plant, uint64_t seed,
                        uint64_t dynamics, uint8_t *act[2]);

/** The two begin with what they learnt of each other in another life. */
void ticks_couple_remember(ticks_couple_t *couple, const ticks_lore_t lore[2]);

/** Lives minutes [0, minutes) and collects the events in time order. */
void ticks_couple_live(ticks_couple_t *couple, int minutes);

/** Writes one turn of `writer` in minute t into the events: as many messages as the
 * person's habits make of it, seconds to a minute apart. Returns the minute in which
 * it ends. */
int ticks_write_turn(ticks_couple_t *couple, int writer, int t, ticks_cause_t cause);

/** Writes a call by `caller` in minute t. */
void ticks_write_call(ticks_couple_t *couple, int caller, int t);

#endif
