/* SPDX-License-Identifier: MIT
 * A number of an algorithm, as a person may read about it and set it. */
#ifndef EBB_NAMED_H
#define EBB_NAMED_H

#include <stddef.h>

/* Strings are static. `offset` is that of the field in the struct of numbers that the
 * algorithm takes; all such fields are doubles. */
typedef struct ebb_named {
    const char *name, *text, *source;
    double usual, low, high;
    size_t offset;
} ebb_named_t;

#endif
