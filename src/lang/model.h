/* SPDX-License-Identifier: MIT
 * A model and a scenario from the inside: for the rooms that run them. */
#ifndef EBB_LANG_MODEL_H
#define EBB_LANG_MODEL_H

#include "ebb/model.h"
#include "lang/build.h"
#include "lang/scenario.h"

struct ebb_model {
    ebb_alloc_t alloc;
    ebb_reading_t reading;
    ebb_syntax_t syntax; /* its formulas as they stand in the file: for documents */
    ebb_build_t build;
    ebb_system_t system;
};

struct ebb_scenario {
    ebb_alloc_t alloc;
    const ebb_model_t *model;
    ebb_reading_t reading;
    ebb_scenario_plan_t plan;
};

/* What an engine runs. Lives as long as the model. */
const ebb_system_t *ebb_model_system(const ebb_model_t *model);

/* What an engine does on the way. Lives as long as the scenario. */
const ebb_scenario_plan_t *ebb_scenario_plan(const ebb_scenario_t *scenario);

/* Writes nodes and what they drive, line by line. `roots` are written nowhere else than
 * by name of a node. */
void ebb_dump_system(const ebb_system_t *system, const ebb_alloc_t *alloc,
                     ebb_text_t *out);
void ebb_dump_scenario(const ebb_scenario_plan_t *plan, const ebb_system_t *system,
                       const ebb_alloc_t *alloc, ebb_text_t *out);

/* Begins a reading of a borrowed text. */
void ebb_reading_open(ebb_reading_t *reading, const ebb_model_text_t *text,
                      const ebb_alloc_t *alloc);

#endif
