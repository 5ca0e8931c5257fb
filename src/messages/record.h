/* SPDX-License-Identifier: MIT
 *
 * A row of a table or an object of JSON lines: named values that make one event. What
 * CSV and JSON lines have in common.
 */
#ifndef EBB_MESSAGES_RECORD_H
#define EBB_MESSAGES_RECORD_H

#include "messages/reader.h"
#include "messages/stamp.h"

typedef enum ebb_record_column {
    EBB_COLUMN_NONE, /* a name that means nothing here */
    EBB_COLUMN_INSTANT,
    EBB_COLUMN_LOCAL,
    EBB_COLUMN_TIME, /* an instant, a wall clock or both, as it is written */
    EBB_COLUMN_DATE, /* the day, where TIME is the time of day; else like TIME */
    EBB_COLUMN_PERSON,
    EBB_COLUMN_LETTER, /* A or B: who the person is, beside a name */
    EBB_COLUMN_KIND,
    EBB_COLUMN_CHARACTERS,
    EBB_COLUMN_WORDS,
    EBB_COLUMN_FLAGS,
    EBB_COLUMN_SOURCE,
    EBB_COLUMN_TEXT,
    EBB_COLUMN_COUPLE, /* whose row it is, in tables that may hold several couples */
    EBB_COLUMN_COUNT
} ebb_record_column_t;

/* The column that a name means; case, blanks and '-' do not matter. */
ebb_record_column_t ebb_column_find(const char *name, size_t length);

/* What is missing among columns (bit k: column k is there) to make events; NULL when
 * nothing is. A static sentence with the fix. */
const char *ebb_columns_problem(unsigned columns);

typedef struct ebb_field {
    const char *bytes;
    size_t length; /* 0: nothing there */
} ebb_field_t;

typedef struct ebb_row {
    ebb_field_t fields[EBB_COLUMN_COUNT];
} ebb_row_t;

#define EBB_RECORD_NAMES 4
#define EBB_RECORD_NAME_MAX 64

/* What is remembered from record to record. Zero-initialise, set import. */
typedef struct ebb_records {
    ebb_import_t *import;
    ebb_clock_t _clock;
    bool _some_without_offset, _some_with_seconds;
    ebb_record_column_t wrong; /* column of the last record that was not understood */
    struct {
        char bytes[EBB_RECORD_NAME_MAX];
        size_t length;
        int person;
    } _names[EBB_RECORD_NAMES]; /* as the file spells them */
    unsigned _next_name;
    char _couple[EBB_RECORD_NAME_MAX]; /* of the first record that names one */
    size_t _couple_length;
} ebb_records_t;

/* What to say of EBB_ERR_INPUT from ebb_record_push. */
#define EBB_RECORD_OTHER_COUPLE \
    "another couple than the first row's; give ebb a file for each couple"

/* Makes an event of a record. Returns 0, a negative code (without an error filled), or
 * 1 and in `*reason` why it is none; records->wrong is the column at fault. */
int ebb_record_push(ebb_records_t *records, const ebb_row_t *record,
                    const char **reason);

/* Says in the source's account what was learnt of its times. */
void ebb_records_end(ebb_records_t *records);

#endif
