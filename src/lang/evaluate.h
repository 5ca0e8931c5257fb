/* SPDX-License-Identifier: MIT
 * Between the machine (evaluate.c) and what operators and functions do (operators.c).
 */
#ifndef EBB_LANG_EVALUATE_H
#define EBB_LANG_EVALUATE_H

#include "lang/build.h"

/* The stack of terms. A pop must be matched by a push, which the parser saw to. */
bool ebb_push_value(ebb_build_t *build, ebb_value_t term);
ebb_value_t ebb_pop_value(ebb_build_t *build);

/* Does what an operator, or a function of the language, says with the terms on the
 * stack. */
bool ebb_evaluate_operator(ebb_build_t *build, const ebb_instruction_t *at);
bool ebb_evaluate_function(ebb_build_t *build, const ebb_instruction_t *at);

#endif
