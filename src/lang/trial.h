/* SPDX-License-Identifier: MIT
 * A trial as what is run and counted: an arm is a scenario, and the summaries of all
 * arms are the same. */
#ifndef EBB_LANG_TRIAL_H
#define EBB_LANG_TRIAL_H

#include "ebb/trial.h"
#include "lang/population.h"

/* Summaries at a visit. */
typedef struct ebb_trial_visit {
    uint32_t together, outcome, recovered; /* recovered: EBB_NONE where it is a bound */
} ebb_trial_visit_t;

/* Who is meant: a condition, or a bound of the outcome. */
typedef struct ebb_trial_rule {
    uint32_t node; /* the condition; EBB_NONE: none */
    uint32_t side; /* EBB_WORD_BELOW, EBB_WORD_ABOVE; 0: no bound */
    double bound;
} ebb_trial_rule_t;

typedef struct ebb_trial_plan {
    ebb_population_plan_t common;   /* people and groups; first, see population.h */
    double times[EBB_TRIAL_VISITS]; /* NaN: not said */
    double sd, reliability;         /* 0: not said */
    ebb_trial_rule_t enter, recovered;
    uint32_t outcome, dropped;   /* nodes; EBB_NONE: not said */
    uint32_t entering, dropping; /* summaries: at the entry, at the end; entering is
                                    EBB_NONE where it is a bound */
    ebb_trial_visit_t visits[EBB_TRIAL_VISITS];
    uint32_t couples;
    size_t arm_count;
    const char **names; /* of the arms, in the first one's reading */
} ebb_trial_plan_t;

/* Standard deviation of the error with which the outcome is measured [eq 406]; 0 where
 * couples do not enter by it. */
double ebb_trial_error(const ebb_trial_plan_t *plan);

struct ebb_trial {
    ebb_alloc_t alloc;
    const ebb_model_t *model;
    ebb_trial_plan_t plan;
    ebb_scenario_t **arms; /* plan.arm_count */
};

#endif
