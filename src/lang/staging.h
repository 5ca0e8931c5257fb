/* SPDX-License-Identifier: MIT
 * A scenario while it is read: between the file as a whole (scenario.c) and its orders
 * (orders.c). */
#ifndef EBB_LANG_STAGING_H
#define EBB_LANG_STAGING_H

#include "lang/course.h"
#include "lang/model.h"

typedef struct ebb_staging {
    ebb_scenario_t *scenario;
    const ebb_model_t *model;
    ebb_reading_t *reading;
    ebb_syntax_t syntax;
    const ebb_scenario_syntax_t *chosen;
    ebb_system_t system; /* the model's, borrowed whole */
    ebb_build_t build;
    ebb_input_course_t *courses; /* one for each input */
    ebb_list_t jumps;            /* ebb_jump_t */
    ebb_list_t spreads;          /* ebb_scenario_spread_t */
    ebb_summaries_t summaries;
    ebb_list_t expects; /* ebb_expect_t */
    size_t repeats;     /* by `every`, so far */
    uint32_t arm;       /* of a claim: what is said of it counts too; 0: none */
    struct ebb_claim_plan *claim; /* that is made of what is expected; NULL: a scenario
                                     is read, be it an arm */
    const struct ebb_stage_extra *extra; /* NULL: a scenario or a claim is read */
} ebb_staging_t;

/* What is read of statements that only some scenarios have, in a file of their own, so
 * that who reads none of them need not carry it. */
typedef struct ebb_stage_extra {
    uint32_t head; /* EBB_WORD_POPULATION or EBB_WORD_TRIAL */
    void (*order)(ebb_staging_t *stage, const ebb_order_t *order);
    void (*done)(ebb_staging_t *stage); /* all orders are */
    void *plan;
} ebb_stage_extra_t;

/* What is read out of a text: a scenario, an arm, or the whole of a claim. */
typedef struct ebb_stage_wish {
    uint32_t arm;                   /* as in ebb_staging_t */
    struct ebb_claim_plan *claim;   /* likewise */
    ebb_text_t *report;             /* as for ebb_scenario_read */
    const ebb_stage_extra_t *extra; /* a population or a trial is read */
} ebb_stage_wish_t;

/* Reads the text's scenario, or where a plan is given the claim of that name. Returns
 * as ebb_scenario_read. */
int ebb_stage_read(ebb_scenario_t **scenario, const ebb_model_t *model,
                   const ebb_model_text_t *text, const ebb_stage_wish_t *wish,
                   ebb_error_t *error);

/* A scope in which persons may be named, for what is summed up of a run. */
static inline ebb_scope_t ebb_stage_scope(ebb_staging_t *stage)
{
    return (ebb_scope_t){
        .person = EBB_NONE, .summaries = &stage->summaries, .whose = "an expectation"};
}

/* Calls `act` for each scalar that a target means: of everyone, where no person is
 * named. */
void ebb_stage_each(ebb_staging_t *stage, const ebb_order_t *order,
                    void (*act)(ebb_staging_t *stage, const ebb_order_t *order,
                                const ebb_declaration_t *d, uint32_t slot));

/* Says that a value is outside its range, or that a quantity cannot be set like this;
 * for orders. */
bool ebb_stage_in_range(ebb_staging_t *stage, const ebb_order_t *order,
                        const ebb_declaration_t *d, double value);
void ebb_stage_wrong_kind(ebb_staging_t *stage, const ebb_order_t *order,
                          const ebb_declaration_t *d);

/* The head of a claim; of its summaries, those of the arm that is read are left. */
void ebb_stage_claim(ebb_staging_t *stage);

/* `expect` and `cut` of a claim. */
void ebb_stage_claim_expect(ebb_staging_t *stage, const ebb_order_t *order);
void ebb_stage_claim_cut(ebb_staging_t *stage, const ebb_order_t *order,
                         const ebb_declaration_t *d, uint32_t slot);

/* A list's items as an array that lives as long as the reading. */
void *ebb_stage_keep(ebb_staging_t *stage, const ebb_list_t *list, size_t size,
                     size_t *count);

/* Does all that the chosen scenario's statements say. */
void ebb_stage_orders(ebb_staging_t *stage);

/* Joins further statements to the text that is about to be read. */
void ebb_stage_join(ebb_staging_t *stage, const char *orders, const char *label);

/* How many scenarios stand in the file itself. */
size_t ebb_stage_own(const ebb_staging_t *stage);

/* Does what the joined statements say, if there are any. */
void ebb_stage_more(ebb_staging_t *stage);

#endif
