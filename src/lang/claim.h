/* SPDX-License-Identifier: MIT
 *
 * A claim as what is run and compared: scenarios of one model, its arms, and
 * expectations over summaries of all of them.
 *
 * The graph of `whole` holds the expectations' sides, which depend on nothing but
 * summaries: leaf k is summaries[k] of `whole`, of the arm that it names. An arm's own
 * plan has those of its summaries, in the same order, so they need not be looked up.
 */
#ifndef EBB_LANG_CLAIM_H
#define EBB_LANG_CLAIM_H

#include "core/list.h"
#include "ebb/claim.h"
#include "lang/scenario.h"

/* `left` and `right` compared, couple by couple. */
typedef struct ebb_claim_expect {
    uint32_t left, right; /* nodes: numbers, or conditions as 1 and 0 */
    ebb_relation_t relation;
    bool share; /* left is a condition and `right` the share of couples in which it
                   must hold */
    ebb_interval_t interval; /* that suits the two sides, where there is chance */
    const char *text, *code;
    uint32_t line;
} ebb_claim_expect_t;

typedef struct ebb_claim_plan {
    ebb_list_t expects;                        /* ebb_claim_expect_t */
    double *params, *traits, *inputs, *starts; /* what is cut, and to what; else NaN */
    size_t cuts;                               /* how many numbers are */
    uint32_t couples;                          /* 0: not said */
    size_t arm_count;                          /* at least 1 */
    const char *construction;                  /* or "" */
} ebb_claim_plan_t;

struct ebb_claim {
    ebb_alloc_t alloc;
    const ebb_model_t *model;
    ebb_claim_plan_t plan;
    ebb_scenario_t *whole; /* what is of all arms, and all summaries */
    ebb_scenario_t **arms; /* plan.arm_count; the whole itself where none has a name */
};

#endif
