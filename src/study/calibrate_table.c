/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * Tables of parameters and targets. */
#include "ebb/calibrate_table.h"

#include <string.h>

#include "core/memory.h"
#include "study/table.h"

/* Hands every line to `add`, with the places of the columns of these names. */
static int table_lines(ebb_calibrate_table_t *table, ebb_table_t *reader,
                       const char *const *names, size_t count,
                       int (*add)(const ebb_table_t *reader, const size_t *places,
                                  ebb_calibrate_table_t *table))
{
    size_t places[EBB_TABLE_COLUMNS];
    int code = ebb_table_columns(reader, names, count, places);
    while (!code && ebb_table_next(reader)) {
        code = add(reader, places, table);
    }
    return code;
}

/* --- parameters ------------------------------------------------------------------- */

enum { PARAM_NAME, PARAM_RUNS, PARAM_LOW, PARAM_HIGH, PARAM_SCALE, PARAM_COLUMNS };
static const char *const table_params[PARAM_COLUMNS] = {"name", "runs", "low", "high",
                                                        "scale"};

static int table_param(const ebb_table_t *r, const size_t *places,
                       ebb_calibrate_table_t *table)
{
    if (table->param_count == EBB_CALIBRATE_PARAMS_MOST) {
        return ebb_table_full(r, "parameters", EBB_CALIBRATE_PARAMS_MOST);
    }
    ebb_calibrate_param_t *param = &table->params[table->param_count];
    const char *scale = r->fields[places[PARAM_SCALE]];
    *param = (ebb_calibrate_param_t){.name = r->fields[places[PARAM_NAME]],
                                     .log = strcmp(scale, "log") == 0};
    table->runs[table->param_count++] = r->fields[places[PARAM_RUNS]];
    int code = ebb_table_number(r, places[PARAM_LOW], &param->low);
    code = code ? code : ebb_table_number(r, places[PARAM_HIGH], &param->high);
    return code || param->log || strcmp(scale, "plain") == 0
               ? code
               : ebb_table_fail(r, "scale is plain or log, not", scale);
}

int ebb_calibrate_table_params(ebb_calibrate_table_t *table, const char *bytes,
                               size_t size, const char *label, ebb_error_t *error)
{
    ebb_table_t reader = {.label = label, .error = error};
    ebb_table_text_t copy = {0};
    int code = ebb_table_open(&reader, &copy, bytes, size);
    table->_params = copy.bytes;
    table->_params_size = copy.size;
    return code ? code
                : table_lines(table, &reader, table_params, PARAM_COLUMNS, table_param);
}

/* --- targets ---------------------------------------------------------------------- */

enum { TARGET_ID, TARGET_VALUE, TARGET_LOW, TARGET_HIGH, TARGET_USED, TARGET_COLUMNS };
static const char *const table_targets[TARGET_COLUMNS] = {"id", "value", "low", "high",
                                                          "used"};

static int table_target(const ebb_table_t *r, const size_t *places,
                        ebb_calibrate_table_t *table)
{
    if (strcmp(r->fields[places[TARGET_USED]], "fit") != 0) {
        return EBB_OK;
    }
    if (table->target_count == EBB_CALIBRATE_TARGETS_MOST) {
        return ebb_table_full(r, "targets", EBB_CALIBRATE_TARGETS_MOST);
    }
    ebb_calibrate_target_t *target = &table->targets[table->target_count++];
    *target = (ebb_calibrate_target_t){.name = r->fields[places[TARGET_ID]]};
    int code = ebb_table_number(r, places[TARGET_VALUE], &target->value);
    code = code ? code : ebb_table_number(r, places[TARGET_LOW], &target->low);
    return code ? code : ebb_table_number(r, places[TARGET_HIGH], &target->high);
}

int ebb_calibrate_table_targets(ebb_calibrate_table_t *table, const char *bytes,
                                size_t size, const char *label, ebb_error_t *error)
{
    ebb_table_t reader = {.label = label, .error = error};
    ebb_table_text_t copy = {0};
    int code = ebb_table_open(&reader, &copy, bytes, size);
    table->_targets = copy.bytes;
    table->_targets_size = copy.size;
    return code ? code
                : table_lines(table, &reader, table_targets, TARGET_COLUMNS,
                              table_target);
}

void ebb_calibrate_table_free(ebb_calibrate_table_t *table)
{
    if (table) {
        ebb_free_array(ebb_alloc_default(), table->_params, table->_params_size, 1);
        ebb_free_array(ebb_alloc_default(), table->_targets, table->_targets_size, 1);
        *table = (ebb_calibrate_table_t){0};
    }
}
