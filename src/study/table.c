/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page reads tables. */
#include "study/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"

#define TABLE_BYTES 1000000

int ebb_table_fail(const ebb_table_t *r, const char *what, const char *which)
{
    return ebb_fail_at(r->error, EBB_ERR_INPUT,
                       (ebb_place_t){.where = r->label, .line = r->line}, "%s '%s'",
                       what, which);
}

/* Cuts the next line that is not empty into fields; false at the end. */
static bool table_line(ebb_table_t *r, const char **fields, size_t *count)
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
        if (*count < EBB_TABLE_COLUMNS) {
            fields[(*count)++] = r->next;
        }
        r->next = end + (*end != '\0');
        *end = '\0';
    }
    return true;
}

bool ebb_table_next(ebb_table_t *r)
{
    size_t count;
    bool more = table_line(r, r->fields, &count);
    for (size_t k = count; more && k < r->columns; k++) {
        r->fields[k] = "";
    }
    return more;
}

static int table_column(const ebb_table_t *r, const char *name, size_t *at)
{
    for (size_t k = 0; k < r->columns; k++) {
        if (strcmp(r->names[k], name) == 0) {
            *at = k;
            return EBB_OK;
        }
    }
    return ebb_table_fail(r, "the first line names no column", name);
}

int ebb_table_number(const ebb_table_t *r, size_t column, double *number)
{
    const char *field = r->fields[column];
    char *end = NULL;
    *number = strtod(field, &end);
    return end == field || *end || !isfinite(*number)
               ? ebb_table_fail(r, "is no number:", field)
               : EBB_OK;
}

int ebb_table_open(ebb_table_t *r, ebb_table_text_t *copy, const char *bytes,
                   size_t size)
{
    if (size > TABLE_BYTES) {
        return ebb_fail_at(r->error, EBB_ERR_LIMIT, (ebb_place_t){.where = r->label},
                           "is longer than %d bytes", TABLE_BYTES);
    }
    copy->size = size + 1;
    copy->bytes = ebb_new_array(ebb_alloc_default(), copy->size, 1);
    if (!copy->bytes) {
        return ebb_fail(r->error, EBB_ERR_MEMORY, "out of memory");
    }
    if (size > 0) {
        memcpy(copy->bytes, bytes, size);
    }
    r->next = copy->bytes;
    (void)table_line(r, r->names, &r->columns);
    return EBB_OK;
}

void ebb_table_release(ebb_table_text_t *copy)
{
    ebb_free_array(ebb_alloc_default(), copy->bytes, copy->size, 1);
    *copy = (ebb_table_text_t){0};
}

int ebb_table_full(const ebb_table_t *r, const char *what, unsigned most)
{
    return ebb_fail_at(r->error, EBB_ERR_LIMIT,
                       (ebb_place_t){.where = r->label, .line = r->line},
                       "there may be %u %s", most, what);
}

int ebb_table_columns(const ebb_table_t *r, const char *const *names, size_t count,
                      size_t *places)
{
    int code = EBB_OK;
    for (size_t k = 0; k < count && !code; k++) {
        code = table_column(r, names[k], &places[k]);
    }
    return code;
}
