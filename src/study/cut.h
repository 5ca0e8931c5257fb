/* SPDX-License-Identifier: MIT
 * Where a model is cut: which node is replaced by a number, and for whom. */
#ifndef EBB_STUDY_CUT_H
#define EBB_STUDY_CUT_H

#include "study/reduce.h"

/**
 * Cuts a model at a quantity.
 *
 * @param[in,out] cut  `whom` is set; the rest is filled, its lists live in `arena`
 * @param[in]     study whose model
 * @param[in]     at    a let, or a state that is not held
 * @param[in]     arena for the lists
 * @param[out]    error why it cannot be cut there; may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_MEMORY.
 */
int ebb_cut_make(ebb_cut_link_t *cut, const ebb_study_t *study, ebb_run_output_t at,
                 ebb_arena_t *arena, ebb_error_t *error);

/* The node of a let or a state of the model; EBB_NONE when there is no such thing.
 * Fails with a text that says so. */
int ebb_cut_node(const ebb_study_t *study, ebb_run_output_t at, uint32_t *node,
                 ebb_error_t *error);

#endif
