/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page runs a market. See market.h. */
#include "study/market.h"

#include "math/power_kernel.h"
#include "math/random.h"

#define DATES_LAST 51 /* from then on anybody will do */

enum { CHANCE_MONTH, CHANCE_YES, CHANCE_KINDS };

int ebb_market_new(ebb_market_t *market, uint32_t count, const ebb_alloc_t *alloc)
{
    *market = (ebb_market_t){.count = count, .alloc = alloc};
    market->people = ebb_new_array(alloc, count, sizeof *market->people);
    for (int g = 0; g < 2; g++) {
        market->singles[g] = ebb_new_array(alloc, count, sizeof *market->singles[g]);
    }
    return market->people && market->singles[0] && market->singles[1] ? 0
                                                                      : EBB_ERR_MEMORY;
}

void ebb_market_free(ebb_market_t *market)
{
    ebb_free_array(market->alloc, market->people, market->count,
                   sizeof *market->people);
    market->people = NULL;
    for (int g = 0; g < 2; g++) {
        ebb_free_array(market->alloc, market->singles[g], market->count,
                       sizeof *market->singles[g]);
        market->singles[g] = NULL;
    }
}

void ebb_market_open(ebb_market_t *market, uint64_t seed, uint32_t number,
                     const ebb_market_rule_t *rule)
{
    market->seed = seed;
    market->number = number;
    market->month = 0;
    market->rule = *rule;
    for (uint32_t i = 0; i < market->count; i++) {
        ebb_market_person_t *p = &market->people[i];
        p->partner = MARKET_NOBODY;
        p->met = p->months = p->dates = 0;
    }
}

void ebb_market_chance(const ebb_market_t *market, uint32_t person, uint32_t which,
                       uint32_t words[4])
{
    ebb_random_block_t u =
        ebb_random_stream(EBB_STREAM_PAIR, market->seed, market->number, market->month,
                          person * CHANCE_KINDS + which);
    words[0] = u.a, words[1] = u.b, words[2] = u.c, words[3] = u.d;
}

static void market_join(ebb_market_t *m, uint32_t one, uint32_t other)
{
    m->people[one].partner = other;
    m->people[other].partner = one;
    m->people[one].met = m->people[other].met = 1;
    m->people[one].months = m->people[other].months = 0;
}

static void market_part(ebb_market_t *m, uint32_t person, bool were_couple)
{
    ebb_market_person_t *p = &m->people[person];
    p->partner = MARKET_NOBODY;
    p->met = 0;
    p->dates = were_couple ? 0 : p->dates;
}

/* Whether one says yes to another [eq 306]; `chance`: whose chance decides. */
static bool market_says_yes(const ebb_market_t *m, uint32_t who, uint32_t whom,
                            uint32_t meeting, uint32_t chance)
{
    uint32_t u[4], dates = m->people[who].dates;
    ebb_market_chance(m, chance, CHANCE_YES, u);
    double yes = m->rule.yes(m, who, whom, meeting, u);
    double choosy =
        dates < DATES_LAST ? (double)(DATES_LAST - dates) / (DATES_LAST - 1) : 0;
    return ebb_random_uniform(u[0]) < ebb_math_pow(yes, choosy);
}

static bool market_both_say_yes(const ebb_market_t *m, uint32_t one, uint32_t other,
                                uint32_t meeting)
{
    bool first = market_says_yes(m, one, other, meeting, one);
    bool second =
        market_says_yes(m, other, one, meeting, m->rule.one_draw ? one : other);
    return first && second;
}

/* What becomes of two who are together. */
static void market_together(ebb_market_t *m, uint32_t one)
{
    ebb_market_person_t *p = &m->people[one];
    uint32_t other = p->partner, u[4];
    bool settled = ebb_market_settled(m, one);
    bool stay = true;
    if (!settled) {
        stay = market_both_say_yes(m, one, other, p->met + 1);
    } else if (m->rule.part) {
        ebb_market_chance(m, one, CHANCE_MONTH, u);
        stay = ebb_random_uniform(u[0]) >= m->rule.part(m, one, other);
    }
    if (!stay) {
        market_part(m, one, settled);
        market_part(m, other, settled);
        return;
    }
    p->met += settled ? 0 : 1;
    m->people[other].met = p->met;
    p->months++;
    m->people[other].months = p->months;
}

/* Inside-out shuffle: to a random place among those before. */
static void market_insert(ebb_market_t *m, uint32_t group, uint32_t person,
                          uint32_t chance)
{
    uint32_t n = m->single_count[group]++;
    uint32_t at = (uint32_t)(((uint64_t)chance * (n + 1)) >> 32);
    m->singles[group][n] = m->singles[group][at];
    m->singles[group][at] = person;
}

/* The singles who go out this month, in random order. */
static void market_gather(ebb_market_t *m)
{
    uint32_t u[4];
    m->single_count[0] = m->single_count[1] = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        if (m->people[i].partner != MARKET_NOBODY) {
            continue;
        }
        ebb_market_chance(m, i, CHANCE_MONTH, u);
        if (ebb_random_uniform(u[0]) < m->rule.outgoing) {
            market_insert(m, m->rule.groups ? i % 2 : 0, i, u[1]);
        }
    }
}

static void market_first_meeting(ebb_market_t *m, uint32_t one, uint32_t other)
{
    m->people[one].dates++;
    m->people[other].dates++;
    if (market_both_say_yes(m, one, other, 1)) {
        market_join(m, one, other);
    }
}

/* Neighbours in the order of chance meet: of one list, or of two side by side. */
static void market_first_meetings(ebb_market_t *m)
{
    const uint32_t *list = m->singles[0], *n = m->single_count;
    uint32_t pairs = !m->rule.groups ? n[0] / 2 : n[0] < n[1] ? n[0] : n[1];
    for (uint32_t k = 0; k < pairs; k++) {
        if (m->rule.groups) {
            market_first_meeting(m, list[k], m->singles[1][k]);
        } else {
            market_first_meeting(m, list[2 * k], list[2 * k + 1]);
        }
    }
}

void ebb_market_step(ebb_market_t *market)
{
    market->month++;
    market_gather(market); /* who parts this month goes out in the next */
    for (uint32_t i = 0; i < market->count; i++) {
        uint32_t partner = market->people[i].partner;
        if (partner != MARKET_NOBODY && partner > i) {
            market_together(market, i);
        }
    }
    market_first_meetings(market);
}

uint32_t ebb_market_couples(const ebb_market_t *market)
{
    uint32_t settled = 0;
    for (uint32_t i = 0; i < market->count; i++) {
        settled += ebb_market_settled(market, i) ? 1 : 0;
    }
    return settled / 2;
}
