/* SPDX-License-Identifier: MIT
 * Formulas measured: where their parts begin, how wide and how tight they are. */
#ifndef EBB_LANG_SHAPE_H
#define EBB_LANG_SHAPE_H

#include "lang/writing.h"

/* The shapes of all formulas of a file, one for each instruction. Linear in them. */
void ebb_shape_formulas(ebb_shape_t *shapes, const ebb_syntax_t *syntax);

/* Where operand number `which` (from 0) of the `count` of an operation ends. */
uint32_t ebb_shape_operand(const ebb_shape_t *shapes, uint32_t at, uint32_t count,
                           uint32_t which);

/* Whether an operand of an operation stands in parentheses. */
bool ebb_shape_parted(const ebb_shape_t *shapes, ebb_operator_t op, uint32_t which,
                      uint32_t operand);

#endif
