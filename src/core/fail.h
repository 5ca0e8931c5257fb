/* SPDX-License-Identifier: MIT
 * Raising an error: fill the caller's ebb_error_t and return its code in one
 * expression. */
#ifndef EBB_CORE_FAIL_H
#define EBB_CORE_FAIL_H

#include "ebb/error.h"

/* Where in an input something is wrong; zero fields are unknown. */
typedef struct ebb_place {
    const char *where;
    uint64_t line, column;
} ebb_place_t;

/* Fills `error` (may be NULL) with `code` and a printf-formatted text; returns `code`.
 */
__attribute__((format(printf, 3, 4))) int ebb_fail(ebb_error_t *error, int code,
                                                   const char *format, ...);

/* The same with a place in an input. */
__attribute__((format(printf, 4, 5))) int
ebb_fail_at(ebb_error_t *error, int code, ebb_place_t place, const char *format, ...);

#endif
