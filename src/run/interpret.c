/* SPDX-License-Identifier: MIT
 *
 * The interpreter: one switch, with a loop over lanes in each case, and around it one
 * over operations of a kind that stand side by side.
 *
 * The loops are plain, over rows that do not overlap (a program never writes what it
 * reads), and the kernels are inline, so the compiler makes vectors of them, once for
 * each instruction set. With 32 lanes choosing the case costs a small part of the work;
 * with one it would be most of it, as processors seldom foresee which comes next. So
 * programs have operations of a kind side by side (program.c), and it is chosen once
 * for them all.
 */
#include "run/interpret.h"

#include "math/elementary.h"
#include "run/fuse.h"
#include "run/operations.h"

/* One case: the rows are distinct from `out`, and the compiler drops those that the
 * operation does not read; where they stand is worked out in the case, so that it drops
 * that too. */
#define INTERPRET_CASE(name, result)                      \
    case name:                                            \
        do {                                              \
            double *restrict out = numbers + at->out * n; \
            for (size_t i = 0; i < n; i++) {              \
                const double a = numbers[at->a * n + i];  \
                const double b = numbers[at->b * n + i];  \
                const double c = numbers[at->c * n + i];  \
                (void)b, (void)c;                         \
                out[i] = (result);                        \
            }                                             \
            at++;                                         \
        } while (at < end && at->op == (name));           \
        break;
#define INTERPRET_FUSED(name, outer, inner, which, result) INTERPRET_CASE(name, result)

__attribute__((always_inline)) static inline void
interpret_width(const ebb_operation_t *code, size_t count, double *numbers,
                const size_t n)
{
    const ebb_operation_t *at = code, *const end = code + count;
    while (at < end) {
        switch (at->op) {
            EBB_OPERATION_LIST(INTERPRET_CASE)
            EBB_FUSED_LIST(INTERPRET_FUSED)
        default:
            at++;
            break;
        }
    }
}

/* One width stands apart: its loops are of a known length and need no branches, of
 * which no processor could foresee so many. A page's engine, which is to be small, has
 * it for the one couple that is drawn while a slider moves. */
#if defined(__wasm__)
#define INTERPRET_APART EBB_LANE_GROUP
#else
#define INTERPRET_APART EBB_LANES_USUAL
#endif

EBB_CLONES __attribute__((flatten)) static void
interpret_all(const ebb_operation_t *code, size_t count, double *numbers, size_t width)
{
    if (width == INTERPRET_APART) {
        interpret_width(code, count, numbers, INTERPRET_APART);
        return;
    }
    interpret_width(code, count, numbers, width & ~(size_t)(EBB_LANE_GROUP - 1));
}

void ebb_interpret(const ebb_program_t *program, const ebb_section_t *section,
                   ebb_registers_t registers)
{
    if (section->count == 0) { /* then there may be no code at all */
        return;
    }
    interpret_all(program->code + section->first, section->count, registers.numbers,
                  registers.width);
}

void ebb_interpret_constants(const ebb_program_t *program, ebb_registers_t registers)
{
    for (size_t k = 0; k < program->constant_count; k++) {
        double *row = ebb_row(registers, program->leaf[EBB_LEAF_COUNT] + k);
        for (size_t i = 0; i < registers.width; i++) {
            row[i] = program->constants[k];
        }
    }
}
