/* SPDX-License-Identifier: MIT
 *
 * An input as an SQLite database, and what is asked of it: the one place that knows how
 * SQLite reads its files.
 *
 * SQLite reads the input through a file system of one file and its journal (-wal), so
 * that a database of gigabytes is not held, and nothing is ever written. A database of
 * strangers is not trusted: views, triggers and functions of its schema do not run.
 */
#ifndef EBB_MESSAGES_DATABASE_H
#define EBB_MESSAGES_DATABASE_H

#include <sqlite3.h>

#include "messages/reader.h"

/* Fill with ebb_database_open; release with ebb_database_close. */
typedef struct ebb_database {
    sqlite3_vfs vfs;
    char vfs_name[32];
    const ebb_input_t *input;
    ebb_input_t wal; /* size 0: there is none */
    bool wants_wal;  /* the database is kept with one */
    int read_code;   /* of the first reading that failed */
    sqlite3 *sqlite;
} ebb_database_t;

/* 0, EBB_ERR_MEMORY, EBB_ERR_INPUT (damaged), EBB_ERR_IO. The struct must stay where it
 * is. Thread-safe: SQLite guards its list of file systems. */
int ebb_database_open(ebb_database_t *db, const ebb_input_t *input, ebb_error_t *error);

void ebb_database_close(ebb_database_t *db);

/* Whether a table is a real one: neither a view nor made by a module. */
int ebb_database_has_table(ebb_database_t *db, const char *table, bool *has,
                           ebb_error_t *error);

/* Whether a table has a column. */
int ebb_database_has_column(ebb_database_t *db, const char *table, const char *column,
                            bool *has, ebb_error_t *error);

/* Compiles a statement; release with sqlite3_finalize. */
int ebb_database_ask(ebb_database_t *db, sqlite3_stmt **statement, const char *sql,
                     ebb_error_t *error);

/* The next row: 0, `*row` false where there is none left. */
int ebb_database_step(ebb_database_t *db, sqlite3_stmt *statement, bool *row,
                      ebb_error_t *error);

/* What SQLite said last, as an error of the input. */
int ebb_database_fail(const ebb_database_t *db, ebb_error_t *error);

#endif
