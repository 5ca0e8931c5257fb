/* SPDX-License-Identifier: MIT
 * The tables of models and scenarios that ship, made from models/ and scenarios/ by
 * tools/models_table.py. */
#ifndef EBB_LANG_LIBRARY_H
#define EBB_LANG_LIBRARY_H

#include <stddef.h>

typedef struct ebb_library_row {
    const char *name, *sentence;
    const unsigned char *bytes; /* of the file */
    size_t size;
} ebb_library_row_t;

/* By name, in byte order. */
extern const ebb_library_row_t ebb_library_rows[];
extern const size_t ebb_library_row_count;

typedef struct ebb_library_scenario_row {
    const char *name, *sentence, *uses;
    const char *label;          /* of the file */
    const unsigned char *bytes; /* of the file, which may hold others too */
    size_t size;
} ebb_library_scenario_row_t;

/* By name, in byte order. */
extern const ebb_library_scenario_row_t ebb_library_scenario_rows[];
extern const size_t ebb_library_scenario_row_count;

#endif
