/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page runs a market.
 * The market with the rules of Kalick and Hamilton (1986): see ebb/pair.h. */
#include <math.h>

#include "core/fail.h"
#include "ebb/pair.h"
#include "math/random.h"
#include "study/interval.h"
#include "study/market.h"

#define KALICK_PEOPLE 2000
#define KALICK_RUNS 50
#define KALICK_OUTGOING 0.1 /* small, as they draw one pair after the other */
#define KALICK_MONTHS 100000

static double kalick_cube(double of_ten)
{
    return of_ten * of_ten * of_ten / 1000;
}

static double kalick_attractive(const ebb_market_t *market, uint32_t self,
                                uint32_t other, uint32_t meeting, const uint32_t u[4])
{
    (void)self, (void)meeting, (void)u;
    return kalick_cube(market->people[other].traits[0]);
}

static double kalick_similar(const ebb_market_t *market, uint32_t self, uint32_t other,
                             uint32_t meeting, const uint32_t u[4])
{
    (void)meeting, (void)u;
    double apart = market->people[self].traits[0] - market->people[other].traits[0];
    return kalick_cube(10 - fabs(apart));
}

/* Attractiveness: one of 1, 2, ... 10. */
static void kalick_people(ebb_market_t *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        uint32_t u[4];
        ebb_market_chance(m, i, 0, u);
        m->people[i].traits[0] = 1 + (double)(((uint64_t)u[0] * 10) >> 32);
    }
}

/* Correlation over couples, each in both orders: nobody is first. */
static double kalick_correlation(const ebb_market_t *m)
{
    double sum = 0, squares = 0, products = 0, n = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        if (m->people[i].partner != MARKET_NOBODY) {
            double own = m->people[i].traits[0];
            sum += own;
            squares += own * own;
            products += own * m->people[m->people[i].partner].traits[0];
            n++;
        }
    }
    double mean = sum / n;
    return (products / n - mean * mean) / (squares / n - mean * mean);
}

static double kalick_run(ebb_market_t *m, uint64_t seed, uint32_t run,
                         const ebb_market_rule_t *rule)
{
    ebb_market_open(m, seed, run, rule);
    kalick_people(m);
    do {
        ebb_market_step(m);
    } while (m->month < KALICK_MONTHS && 2 * ebb_market_couples(m) < m->count - 1);
    return kalick_correlation(m);
}

int ebb_pair_kalick(const ebb_kalick_settings_t *settings, ebb_kalick_t *out,
                    const ebb_alloc_t *alloc, ebb_error_t *error)
{
    double r[EBB_KALICK_RUNS_MOST], sum = 0;
    ebb_market_t market = {0};
    uint32_t runs = settings->runs ? settings->runs : KALICK_RUNS;
    ebb_market_rule_t rule = {
        .yes = settings->similar ? kalick_similar : kalick_attractive,
        .outgoing = KALICK_OUTGOING,
        .meetings = 1,
        .groups = !settings->one_group,
        .one_draw = settings->one_draw,
    };
    if (runs > EBB_KALICK_RUNS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%u runs; at most %d", runs,
                        EBB_KALICK_RUNS_MOST);
    }
    if (ebb_market_new(&market, KALICK_PEOPLE, alloc ? alloc : ebb_alloc_default())) {
        ebb_market_free(&market);
        return ebb_fail(error, EBB_ERR_MEMORY, "no memory for a market");
    }
    for (uint32_t k = 0; k < runs; k++) {
        r[k] = kalick_run(&market, settings->seed, k, &rule);
        sum += r[k];
    }
    ebb_market_free(&market);
    ebb_span_t span = ebb_interval_student(r, runs);
    *out = (ebb_kalick_t){sum / runs, span.low, span.high, runs};
    return 0;
}
