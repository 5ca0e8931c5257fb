/* SPDX-License-Identifier: MIT
 *
 * A mating market: people who meet at random, take each other or not, and may part.
 *
 * Each month every single may meet another; both say yes or no. Who has said yes often
 * enough to the same person is a couple. The chance of a yes is that of the rule to the
 * power (51 - d) / 50, where d counts one's first meetings since one was last in a
 * couple: standards fall, and after 51 anybody will do (Kalick and Hamilton 1986).
 */
#ifndef EBB_STUDY_MARKET_H
#define EBB_STUDY_MARKET_H

#include <stdbool.h>
#include <stdint.h>

#include "core/memory.h"
#include "ebb/error.h"

#define MARKET_NOBODY UINT32_MAX
#define MARKET_TRAITS 2

typedef struct ebb_market ebb_market_t;

/* How people choose. `u` are four words of chance of the one who asks. */
typedef struct ebb_market_rule {
    /* The chance of a yes of one person to another at their n-th meeting, n >= 1, were
     * standards what they are at first. */
    double (*yes)(const ebb_market_t *market, uint32_t self, uint32_t other,
                  uint32_t meeting, const uint32_t u[4]);
    /* The chance that a couple parts within a month; NULL: never. */
    double (*part)(const ebb_market_t *market, uint32_t one, uint32_t other);
    const void *user;
    double outgoing;   /* chance that a single meets somebody in a month */
    uint32_t meetings; /* so many, all with a yes of both, make a couple */
    bool groups;       /* people with even numbers meet those with odd ones only */
    bool one_draw; /* the two decide by the same chance: a known mistake, for tests */
} ebb_market_rule_t;

typedef struct ebb_market_person {
    double traits[MARKET_TRAITS]; /* what the rule looks at */
    uint32_t partner;             /* MARKET_NOBODY: single */
    uint32_t met;                 /* meetings with the partner, up to the rule's */
    uint32_t months;              /* since they met */
    uint32_t dates;               /* first meetings since last in a couple */
} ebb_market_person_t;

struct ebb_market {
    ebb_market_person_t *people;
    uint32_t *singles[2]; /* who goes out, by group; room for all in each */
    uint32_t count, single_count[2];
    uint64_t seed;
    uint32_t number; /* of the market: the address of its chance */
    uint32_t month;
    ebb_market_rule_t rule;
    const ebb_alloc_t *alloc;
};

/* Room for so many people; 0 or EBB_ERR_MEMORY. To be given back in any case. */
int ebb_market_new(ebb_market_t *market, uint32_t count, const ebb_alloc_t *alloc);
void ebb_market_free(ebb_market_t *market);

/* Everyone single, month 0; the people stay who they are. */
void ebb_market_open(ebb_market_t *market, uint64_t seed, uint32_t number,
                     const ebb_market_rule_t *rule);

/* One month on. */
void ebb_market_step(ebb_market_t *market);

/* Whether a person is in a couple, courtship over. */
static inline bool ebb_market_settled(const ebb_market_t *market, uint32_t person)
{
    const ebb_market_person_t *p = &market->people[person];
    return p->partner != MARKET_NOBODY && p->met >= market->rule.meetings;
}

/* How many couples stand. */
uint32_t ebb_market_couples(const ebb_market_t *market);

/* Four words of chance of a person in the market's month; `which` tells several draws
 * apart. Month 0 is for who they are. */
void ebb_market_chance(const ebb_market_t *market, uint32_t person, uint32_t which,
                       uint32_t words[4]);

#endif
