/* SPDX-License-Identifier: MIT
 * Runs the sections of a program over a block of lanes. */
#ifndef EBB_RUN_INTERPRET_H
#define EBB_RUN_INTERPRET_H

#include "run/program.h"

/* Lanes come in groups of a vector of AVX-512; on a page not in groups, as it is one
 * couple by itself that is drawn while a slider moves. */
#if defined(__wasm__)
#define EBB_LANE_GROUP 1u
#else
#define EBB_LANE_GROUP 8u
#endif
#define EBB_LANES_MOST 64u

/* Widths that suit the interpreter, whose operations cost a little each, and native
 * code, whose rows are to stay in the nearest cache. Loops of these are compiled apart.
 */
#if defined(__wasm__) /* choosing an operation costs a page more */
#define EBB_LANES_USUAL 64u
#else
#define EBB_LANES_USUAL 32u
#endif
#define EBB_LANES_NATIVE 16u

/* The rows of numbers that a program works on: register r of lane i is at
 * [r * width + i]. */
typedef struct ebb_registers {
    double *numbers;
    size_t width; /* lanes: a multiple of EBB_LANE_GROUP, at most EBB_LANES_MOST */
} ebb_registers_t;

/**
 * Runs one section, for all lanes.
 *
 * Each operation has the bits of ebb_op_value, whatever the width. Lanes do not see
 * each other. Nothing is allocated, nothing can fail; what is not defined is NaN.
 *
 * @param[in]     program    whose section
 * @param[in]     section    &program->fixed, or one of program->sections
 * @param[in,out] registers  program->register_count rows
 */
void ebb_interpret(const ebb_program_t *program, const ebb_section_t *section,
                   ebb_registers_t registers);

/* Writes the constants of a program to their registers. */
void ebb_interpret_constants(const ebb_program_t *program, ebb_registers_t registers);

/* The row of a register. */
static inline double *ebb_row(ebb_registers_t registers, size_t number)
{
    return registers.numbers + number * registers.width;
}

#endif
