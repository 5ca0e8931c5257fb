/* SPDX-License-Identifier: MIT
 * The models and scenarios that ship. */
#include "ebb/library.h"

#include <string.h>

#include "lang/library.h"

size_t ebb_library_count(void)
{
    return ebb_library_row_count;
}

bool ebb_library_at(size_t index, ebb_library_model_t *model)
{
    if (index >= ebb_library_row_count) {
        return false;
    }
    const ebb_library_row_t *row = &ebb_library_rows[index];
    *model = (ebb_library_model_t){
        .name = row->name,
        .text = row->sentence,
        .file = {.bytes = (const char *)row->bytes,
                 .size = row->size,
                 .label = row->name},
    };
    return true;
}

bool ebb_library_find(const char *name, ebb_library_model_t *model)
{
    for (size_t i = 0; i < ebb_library_row_count; i++) {
        if (strcmp(ebb_library_rows[i].name, name) == 0) {
            return ebb_library_at(i, model);
        }
    }
    return false;
}

size_t ebb_library_scenario_count(void)
{
    return ebb_library_scenario_row_count;
}

bool ebb_library_scenario_at(size_t index, ebb_library_scenario_t *scenario)
{
    if (index >= ebb_library_scenario_row_count) {
        return false;
    }
    const ebb_library_scenario_row_t *row = &ebb_library_scenario_rows[index];
    *scenario = (ebb_library_scenario_t){
        .name = row->name,
        .text = row->sentence,
        .uses = row->uses,
        .file = {.bytes = (const char *)row->bytes,
                 .size = row->size,
                 .label = row->label,
                 .scenario = row->name},
    };
    return true;
}

bool ebb_library_scenario_find(const char *name, ebb_library_scenario_t *scenario)
{
    for (size_t i = 0; i < ebb_library_scenario_row_count; i++) {
        if (strcmp(ebb_library_scenario_rows[i].name, name) == 0) {
            return ebb_library_scenario_at(i, scenario);
        }
    }
    return false;
}
