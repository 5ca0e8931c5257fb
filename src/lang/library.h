/* SPDX-License-Identifier: MIT
 * The table of models that ship, made from models/ by tools/models_table.py. */
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

#endif
