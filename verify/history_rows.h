/* SPDX-License-Identifier: MIT
 *
 * Rows of the verification: what the measure and the rivals say of one history, as a
 * line of tab-separated values.
 *
 * Main idea: one list of columns makes header, writer and reader. Invariant: a row read
 * back and written again is the same line.
 */
#ifndef EBB_VERIFY_HISTORY_ROWS_H
#define EBB_VERIFY_HISTORY_ROWS_H

#include <stdio.h>

#include "pool_cell.h"

#define VERIFY_RIVALS 4
extern const char *const verify_rival_names[VERIFY_RIVALS];

typedef struct verify_row {
    int cell, generator;
    verify_span_t span;
    uint64_t seed;    /* of the whole run */
    uint64_t history; /* 0, 1 ...; in a pooled row: how many were pooled */
    int couple;       /* 0 .. VERIFY_COUPLES - 1: who these two people are */
    double messages;  /* a day */
    ebb_arms_t arms[2];
    int rivals[VERIFY_RIVALS]; /* EBB_RIVAL_ answers */
} verify_row_t;

/* Rows in an array that grows. */
typedef struct verify_rows {
    verify_row_t *list;
    size_t count, room;
} verify_rows_t;

/** Writes the line of column names. */
void verify_rows_header(FILE *file);

/** Writes one row. */
void verify_row_write(FILE *file, const verify_row_t *row);

/**
 * Reads a file of rows and cuts off a last line that was not written to its end.
 *
 * @param[out] rows  all rows; release with free(rows->list)
 * @param[in]  path  a file that need not exist
 * @return true; false if memory is short, the file cannot be read or cut, or a whole
 * line is no row of these columns.
 */
bool verify_rows_read(verify_rows_t *rows, const char *path);

/** Orders rows by generator, cell, span, seed and history. */
void verify_rows_sort(verify_rows_t *rows);

#endif
