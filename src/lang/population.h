/* SPDX-License-Identifier: MIT
 *
 * A population as what is run and counted: a scenario for many couples, whose summaries
 * say of which kind a couple is, when it parted and how.
 */
#ifndef EBB_LANG_POPULATION_H
#define EBB_LANG_POPULATION_H

#include "core/list.h"
#include "ebb/pair.h"
#include "ebb/population.h"
#include "lang/staging.h"

/* A kind of couple, or a way to end. */
typedef struct ebb_population_kind {
    const char *name, *text;
    uint32_t summary; /* of a kind: whether a couple is; of a way: when it ended so */
} ebb_population_kind_t;

/* A trait that people differ in: normal, and held within its range. */
typedef struct ebb_population_trait {
    uint32_t name;
    uint32_t slots[2]; /* of the two partners */
    double mean, sd, low, high;
} ebb_population_trait_t;

/* Who becomes whose partner. */
typedef struct ebb_partners {
    bool said;
    ebb_where_t where;
    bool market; /* that of ebb/pair.h; else anyone's, by chance */
    bool usual;  /* every mechanism, and its own numbers */
    unsigned without;
    ebb_pair_numbers_t numbers;
    size_t anxiety; /* which of the people's traits it is; the other is avoidance */
} ebb_partners_t;
/* What is kept of each couple: a number at a time, or its mean over a stretch. */
typedef struct ebb_population_kept {
    const char *name, *text;
    uint32_t summary, lasts; /* lasts: whether the couple is together at its end, else
                                it has no such number; EBB_NONE: it always is */
} ebb_population_kept_t;

typedef struct ebb_population_plan {
    ebb_population_trait_t people[2];
    size_t people_count;
    double correlation; /* of the two traits of one person */
    bool correlated;    /* it was said */
    ebb_partners_t partners;
    ebb_list_t groups, endings;  /* ebb_population_kind_t */
    ebb_list_t kept;             /* ebb_population_kept_t */
    uint32_t parted;             /* summary: when the couple was first seen parted */
    bool judged;                 /* it is said when a couple is satisfied */
    uint32_t satisfied, left_so; /* summaries: whether it is at the end of the run;
                                    when it was first seen parted and satisfied */
    double length, every;        /* of the run, and between reports */
    uint32_t couples;            /* 0: not said */
} ebb_population_plan_t;

struct ebb_population {
    ebb_alloc_t alloc;
    const ebb_model_t *model;
    ebb_population_plan_t plan;
    ebb_scenario_t *scenario;
};

/* What a trial reads the same way; its plan begins with a population's. Does an order;
 * checks who the people are; the node of a condition of one moment; the summary that
 * says what a node is at a time. */
void ebb_population_order(ebb_staging_t *stage, const ebb_order_t *order);
void ebb_population_check(ebb_staging_t *stage);
bool ebb_population_condition(ebb_staging_t *stage, const ebb_order_t *order,
                              uint32_t *node);
uint32_t ebb_population_value(ebb_staging_t *stage, uint32_t node, double time);
void ebb_population_describe_people(const ebb_population_plan_t *plan, ebb_text_t *out);

/* Does an order about `pairing`; checks that the plan's people can be paired so; writes
 * down what is not independent. */
void ebb_partners_order(ebb_staging_t *stage, const ebb_order_t *order);
void ebb_partners_check(ebb_staging_t *stage);
void ebb_partners_describe(const ebb_partners_t *partners, ebb_text_t *out);

#endif
