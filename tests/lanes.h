/* SPDX-License-Identifier: MIT
 * The functions of src/math over arrays, as each compiler and instruction set makes
 * them: lanes.c is compiled once per level, under names of its own. */
#ifndef EBB_TESTS_LANES_H
#define EBB_TESTS_LANES_H

#include <stddef.h>
#include <stdint.h>

/* Reads n values of x and y, writes n values. */
typedef void lanes_run_t(double *restrict out, const double *restrict x,
                         const double *restrict y, size_t n);

typedef struct lanes {
    const char *name;
    lanes_run_t *run;
    int at_once; /* draws blocks: may not be cut in pieces */
} lanes_t;

#define LANES_COUNT 16
extern const lanes_t lanes_base[LANES_COUNT], lanes_v2[LANES_COUNT],
    lanes_v3[LANES_COUNT], lanes_v4[LANES_COUNT];

#endif
