/* SPDX-License-Identifier: MIT
 * Between the machine (evaluate.c) and what operators and functions do (operators.c).
 */
#ifndef EBB_LANG_EVALUATE_H
#define EBB_LANG_EVALUATE_H

#include "lang/build.h"

/* The stack of terms. A pop must be matched by a push, which the parser saw to. */
bool ebb_push_value(ebb_build_t *build, ebb_value_t term);
ebb_value_t ebb_pop_value(ebb_build_t *build);

/* A leaf as a value. */
ebb_value_t ebb_evaluate_leaf(ebb_build_t *build, ebb_op_t op, uint32_t index,
                              ebb_unit_t unit);

/* Runs a stretch of code: its values are on the stack. */
bool ebb_evaluate_range(ebb_build_t *build, ebb_formula_t formula,
                        const ebb_scope_t *scope);

/* The formula of a summary, which begins at `begin` of the code; then the summary. */
bool ebb_evaluate_run(ebb_build_t *build, uint32_t begin, const ebb_scope_t *scope);
bool ebb_evaluate_run_end(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_scope_t *scope);

/* Does what an operator, or a function of the language, says with the terms on the
 * stack. */
bool ebb_evaluate_operator(ebb_build_t *build, const ebb_instruction_t *at);
bool ebb_evaluate_function(ebb_build_t *build, const ebb_instruction_t *at);

#endif
