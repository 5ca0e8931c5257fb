/* SPDX-License-Identifier: MIT
 * Tables: lines of fields with tabs between, the names of the columns in the first. */
#ifndef EBB_STUDY_TABLE_H
#define EBB_STUDY_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/error.h"

#define EBB_TABLE_COLUMNS 32

/* A table that is read line by line; fields are cut out in place. */
typedef struct ebb_table {
    const char *label;
    char *next; /* what is not read yet */
    uint64_t line;
    const char *names[EBB_TABLE_COLUMNS], *fields[EBB_TABLE_COLUMNS];
    size_t columns;
    ebb_error_t *error;
} ebb_table_t;

/* Where a copy of a table's text is, for its reader; zero is a start. */
typedef struct ebb_table_text {
    char *bytes;
    size_t size;
} ebb_table_text_t;

/* Copies the text and reads the names of the columns; `label` and `error` are set
 * before. 0, EBB_ERR_LIMIT, EBB_ERR_MEMORY. The fields live as long as the copy. */
int ebb_table_open(ebb_table_t *table, ebb_table_text_t *copy, const char *bytes,
                   size_t size);
void ebb_table_release(ebb_table_text_t *copy);

/* The places of the columns of these names; EBB_ERR_INPUT: there is none of one. */
int ebb_table_columns(const ebb_table_t *table, const char *const *names, size_t count,
                      size_t *places);

/* Reads the next line that is not empty; false at the end. Fields that it lacks are
 * empty. */
bool ebb_table_next(ebb_table_t *table);

/* A field as a number. */
int ebb_table_number(const ebb_table_t *table, size_t column, double *number);

/* Fills the error with the line, what is wrong and with which word. */
int ebb_table_fail(const ebb_table_t *table, const char *what, const char *which);

/* There are too many of something. */
int ebb_table_full(const ebb_table_t *table, const char *what, unsigned most);

#endif
