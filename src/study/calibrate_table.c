/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * Tables of parameters and targets. */
#include "ebb/calibrate_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"

#define TABLE_COLUMNS 32
#define TABLE_BYTES 1000000

/* A table that is read line by line; fields are cut out in place. */
typedef struct table_reader {
    const char *label;
    char *next; /* what is not read yet */
    uint64_t line;
    const char *names[TABLE_COLUMNS], *fields[TABLE_COLUMNS];
    size_t columns;
    ebb_error_t *error;
} table_reader_t;

static int table_fail(const table_reader_t *r, const char *what, const char *which)
{
    return ebb_fail_at(r->error, EBB_ERR_INPUT,
                       (ebb_place_t){.where = r->label, .line = r->line}, "%s '%s'",
                       what, which);
}

/* Cuts the next line that is not empty into fields; false at the end. */
static bool table_line(table_reader_t *r, const char **fields, size_t *count)
{
    *count = 0;
    while (*r->next == '\n') {
        r->next++;
        r->line++;
    }
    if (!*r->next) {
        return false;
    }
    r->line++;
    for (bool more = true; more;) {
        size_t length = strcspn(r->next, "\t\n");
        more = r->next[length] == '\t';
        char *end = r->next + length;
        if (*count < TABLE_COLUMNS) {
            fields[(*count)++] = r->next;
        }
        r->next = end + (*end != '\0');
        *end = '\0';
    }
    return true;
}

static bool table_next(table_reader_t *r)
{
    size_t count;
    bool more = table_line(r, r->fields, &count);
    for (size_t k = count; more && k < r->columns; k++) {
        r->fields[k] = "";
    }
    return more;
}

static int table_column(const table_reader_t *r, const char *name, size_t *at)
{
    for (size_t k = 0; k < r->columns; k++) {
        if (strcmp(r->names[k], name) == 0) {
            *at = k;
            return EBB_OK;
        }
    }
    return table_fail(r, "the first line names no column", name);
}

static int table_number(const table_reader_t *r, size_t column, double *number)
{
    const char *field = r->fields[column];
    char *end = NULL;
    *number = strtod(field, &end);
    return end == field || *end || !isfinite(*number)
               ? table_fail(r, "is no number:", field)
               : EBB_OK;
}

/* Copies the text, and reads the names of the columns. */
static int table_open(table_reader_t *r, char **copy, size_t *copied, const char *bytes,
                      size_t size)
{
    if (size > TABLE_BYTES) {
        return ebb_fail_at(r->error, EBB_ERR_LIMIT, (ebb_place_t){.where = r->label},
                           "is longer than %d bytes", TABLE_BYTES);
    }
    *copied = size + 1;
    *copy = ebb_new_array(ebb_alloc_default(), *copied, 1);
    if (!*copy) {
        return ebb_fail(r->error, EBB_ERR_MEMORY, "out of memory");
    }
    if (size > 0) {
        memcpy(*copy, bytes, size);
    }
    r->next = *copy;
    (void)table_line(r, r->names, &r->columns);
    return EBB_OK;
}

static int table_full(const table_reader_t *r, const char *what, unsigned most)
{
    return ebb_fail_at(r->error, EBB_ERR_LIMIT,
                       (ebb_place_t){.where = r->label, .line = r->line},
                       "there may be %u %s", most, what);
}

/* Finds the columns of these names; their places, in this order. */
static int table_columns(const table_reader_t *r, const char *const *names,
                         size_t count, size_t *places)
{
    int code = EBB_OK;
    for (size_t k = 0; k < count && !code; k++) {
        code = table_column(r, names[k], &places[k]);
    }
    return code;
}

/* --- parameters ------------------------------------------------------------------- */

enum { PARAM_NAME, PARAM_MODEL, PARAM_LOW, PARAM_HIGH, PARAM_SCALE, PARAM_COLUMNS };
static const char *const table_params[PARAM_COLUMNS] = {"name", "model", "low", "high",
                                                        "scale"};

static int table_param(const table_reader_t *r, const size_t *places,
                       ebb_calibrate_table_t *table)
{
    if (table->param_count == EBB_CALIBRATE_PARAMS_MOST) {
        return table_full(r, "parameters", EBB_CALIBRATE_PARAMS_MOST);
    }
    ebb_calibrate_param_t *param = &table->params[table->param_count];
    const char *scale = r->fields[places[PARAM_SCALE]];
    *param = (ebb_calibrate_param_t){.name = r->fields[places[PARAM_NAME]],
                                     .log = strcmp(scale, "log") == 0};
    table->models[table->param_count++] = r->fields[places[PARAM_MODEL]];
    int code = table_number(r, places[PARAM_LOW], &param->low);
    code = code ? code : table_number(r, places[PARAM_HIGH], &param->high);
    return code || param->log || strcmp(scale, "plain") == 0
               ? code
               : table_fail(r, "scale is plain or log, not", scale);
}

int ebb_calibrate_table_params(ebb_calibrate_table_t *table, const char *bytes,
                               size_t size, const char *label, ebb_error_t *error)
{
    size_t places[PARAM_COLUMNS];
    table_reader_t reader = {.label = label, .error = error};
    int code = table_open(&reader, &table->_params, &table->_params_size, bytes, size);
    code = code ? code : table_columns(&reader, table_params, PARAM_COLUMNS, places);
    while (!code && table_next(&reader)) {
        code = table_param(&reader, places, table);
    }
    return code;
}

/* --- targets ---------------------------------------------------------------------- */

enum { TARGET_ID, TARGET_VALUE, TARGET_LOW, TARGET_HIGH, TARGET_USED, TARGET_COLUMNS };
static const char *const table_targets[TARGET_COLUMNS] = {"id", "value", "low", "high",
                                                          "used"};

static int table_target(const table_reader_t *r, const size_t *places,
                        ebb_calibrate_table_t *table)
{
    if (strcmp(r->fields[places[TARGET_USED]], "fit") != 0) {
        return EBB_OK;
    }
    if (table->target_count == EBB_CALIBRATE_TARGETS_MOST) {
        return table_full(r, "targets", EBB_CALIBRATE_TARGETS_MOST);
    }
    ebb_calibrate_target_t *target = &table->targets[table->target_count++];
    *target = (ebb_calibrate_target_t){.name = r->fields[places[TARGET_ID]]};
    int code = table_number(r, places[TARGET_VALUE], &target->value);
    code = code ? code : table_number(r, places[TARGET_LOW], &target->low);
    return code ? code : table_number(r, places[TARGET_HIGH], &target->high);
}

int ebb_calibrate_table_targets(ebb_calibrate_table_t *table, const char *bytes,
                                size_t size, const char *label, ebb_error_t *error)
{
    size_t places[TARGET_COLUMNS];
    table_reader_t reader = {.label = label, .error = error};
    int code =
        table_open(&reader, &table->_targets, &table->_targets_size, bytes, size);
    code = code ? code : table_columns(&reader, table_targets, TARGET_COLUMNS, places);
    while (!code && table_next(&reader)) {
        code = table_target(&reader, places, table);
    }
    return code;
}

void ebb_calibrate_table_free(ebb_calibrate_table_t *table)
{
    if (table) {
        ebb_free_array(ebb_alloc_default(), table->_params, table->_params_size, 1);
        ebb_free_array(ebb_alloc_default(), table->_targets, table->_targets_size, 1);
        *table = (ebb_calibrate_table_t){0};
    }
}
