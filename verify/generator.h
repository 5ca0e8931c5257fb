/* SPDX-License-Identifier: MIT
 *
 * Couples whose truth is known: what is planted, and the two generators that plant it.
 *
 * The generators are mechanistic and independent of the measure and of each other:
 * people wake, work, look at a phone or do not, think, answer, worry, feel pressed.
 * Nothing in them is a log-linear hazard. Strengths are the generator's own knobs; what
 * they amount to in the measure's terms (pseudo-true values) is found by pooling many
 * histories.
 */
#ifndef EBB_VERIFY_GENERATOR_H
#define EBB_VERIFY_GENERATOR_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/messages.h"

/* name, bit, sentence */
#define EBB_CONFOUNDER_LIST(X)                                                     \
    X(EBB_BURSTS, 1u << 0, "enthusiasm bursts: good news told in a row of turns")  \
    X(EBB_SHIFTS, 1u << 1, "rotating shifts of B, week by week")                   \
    X(EBB_TIME_ZONES, 1u << 2, "B lives seven hours away")                         \
    X(EBB_FOUR_TO_ONE, 1u << 3, "A talks four times as much")                      \
    X(EBB_ENTER_COMMA, 1u << 4, "A sends each clause as a message of its own")     \
    X(EBB_BUSY_SHARED, 1u << 5, "busy days and holidays of both")                  \
    X(EBB_BUSY_OWN, 1u << 6, "busy days of each, independently")                   \
    X(EBB_FREE_WHEN_BUSY, 1u << 7, "A is free when B is busy")                     \
    X(EBB_SAME_ROOM, 1u << 8, "the same room every evening: both silent")          \
    X(EBB_VOLUME_DRIFT, 1u << 9, "volume drifts threefold over the record")        \
    X(EBB_GOOD_MORNING, 1u << 10, "A writes good morning whatever happened")       \
    X(EBB_WEEK_SWINGS, 1u << 11, "whole weeks swing between silent and very busy") \
    X(EBB_OTHER_CHANNEL, 1u << 12, "some answers come by voice call (logged as a call)")

enum {
#define EBB_CONFOUNDER_ENUM(name, bit, sentence) name = bit,
    EBB_CONFOUNDER_LIST(EBB_CONFOUNDER_ENUM)
#undef EBB_CONFOUNDER_ENUM
};

/* What is planted. pursuit[k]: how strongly k reaches out more while the other's
 * silence is unusual; withdrawal[k]: how strongly being reached for again makes k
 * slower to answer. Both 0 for none, 1 for the generator's middle strength; any value
 * in [0, 4]. */
typedef struct ebb_plant {
    double pursuit[2];
    double withdrawal[2];
    unsigned confounders;    /* EBB_BURSTS ... */
    int weeks;               /* length of the record, 1..520 */
    double messages_per_day; /* of both together, about; 1..500 */
    int switch_half;         /* 1: the two persons swap their strengths half way */
    int growth;              /* 1: strengths grow from 0 to 1.5 times over the record */
    int days_silent;         /* 1: B's withdrawal can last for days */
    int minute_clock; /* 1: times are cut to the minute, as Android exports are */
    uint64_t couple;  /* whose habits: the seed then varies only what happens to these
                         two people; 0: two strangers for every seed */
} ebb_plant_t;

/* The seed of a couple's habits. */
static inline uint64_t ebb_couple_seed(const ebb_plant_t *plant, uint64_t seed)
{
    return plant->couple ? plant->couple : seed;
}

/* What happened in the course of it, for checking the plant itself. */
typedef struct ebb_plant_truth {
    uint64_t followups;       /* further turns written before an answer, both persons */
    uint64_t alarm_followups; /* those of them which the planted pursuit caused */
} ebb_plant_truth_t;

/**
 * Makes one history.
 *
 * @param[in]  plant   what is planted
 * @param[in]  seed    the same seed and plant give the same bytes on every machine
 * @param[out] events  new array in time order, to be released with free(); wall clocks
 * from Monday 2025-01-06 00:00 on, offsets unknown, persons 0 and 1
 * @param[out] count   number of events
 * @param[out] truth   may be NULL
 * @return 0, or EBB_ERR_MEMORY.
 */
typedef int ebb_generator_t(const ebb_plant_t *plant, uint64_t seed,
                            ebb_event_t **events, size_t *count,
                            ebb_plant_truth_t *truth);

ebb_generator_t ebb_generate_ticks;  /* minute by minute: states of two people */
ebb_generator_t ebb_generate_agenda; /* event by event: glances at a phone, an agenda */

#endif
