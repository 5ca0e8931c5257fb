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
    ebb_summaries_t summaries;
    ebb_list_t expects; /* ebb_expect_t */
    size_t repeats;     /* by `every`, so far */
} ebb_staging_t;

/* Does all that the chosen scenario's statements say. */
void ebb_stage_orders(ebb_staging_t *stage);

/* Joins further statements to the text that is about to be read. */
void ebb_stage_join(ebb_staging_t *stage, const char *orders, const char *label);

/* How many scenarios stand in the file itself. */
size_t ebb_stage_own(const ebb_staging_t *stage);

/* Does what the joined statements say, if there are any. */
void ebb_stage_more(ebb_staging_t *stage);

#endif
