/* SPDX-License-Identifier: MIT
 *
 * A model made into the system that a study looks at.
 *
 * Main idea: all that is a number in a study becomes a parameter (parameters, traits,
 * inputs, held states, time), and what is left are the free states. The result is a
 * system like any other, so that the steppers of run/ follow it and derivatives come
 * from its graph.
 *
 * Its parameters, in this order: those of the model, traits, inputs, one for each state
 * of the model (read where it is held), time, lead. Lead is the number that is varied,
 * or the one that is read at a cut.
 */
#ifndef EBB_STUDY_REDUCE_H
#define EBB_STUDY_REDUCE_H

#include "study/study.h"

/* Who reads a number instead of a quantity. */
typedef enum ebb_link_whom {
    EBB_LINK_TO_ALL,   /* everybody; of a state all but its own equation */
    EBB_LINK_TO_OTHERS /* everybody but its owner; of a shared one all but its own */
} ebb_link_whom_t;

/* A link that is cut: where a quantity is replaced by a number. */
typedef struct ebb_cut_link {
    ebb_link_whom_t whom;
    uint32_t node;         /* of the model's graph: of a let, or the leaf of a state;
                              EBB_NONE: nothing is cut */
    const uint8_t *states; /* of each state: whether its equation reads the number */
    const uint8_t *events; /* of each event: whether its rate does */
} ebb_cut_link_t;

/* What is wanted of a model. */
typedef struct ebb_reduce_wish {
    const ebb_study_lead_t *lead; /* NULL: nothing is varied */
    const ebb_cut_link_t *cut;    /* NULL: nothing is cut; only without a lead */
    bool live;                    /* time, noise and events stay; else [eq 101] */
} ebb_reduce_wish_t;

typedef struct ebb_reduction {
    const ebb_study_t *study;
    ebb_arena_t arena;
    ebb_system_t system;
    double *values;        /* of its parameters */
    uint32_t *place;       /* of each state of the model: its place among the free, or
                              EBB_NONE */
    uint32_t *model;       /* of each free state: the model's */
    uint32_t *value_place; /* of each state of the model: where among the parameters
                              its value is when it is held */
    uint32_t *plain;       /* of each node of the model's graph: the node here */
    uint32_t *severed;     /* the same where the cut is made; NULL without one */
    uint32_t held, time, lead; /* places of parameters */
    uint32_t observed; /* node: whose derivatives a flow has besides; at first 0 */
} ebb_reduction_t;

/**
 * Reduces a model.
 *
 * @param[out] reduction  to be released with ebb_reduce_free, also after a failure
 * @param[in]  study      borrowed for its life
 * @param[in]  wish       what of it
 * @param[out] error      what cannot be varied; may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_reduce(ebb_reduction_t *reduction, const ebb_study_t *study,
               const ebb_reduce_wish_t *wish, ebb_error_t *error);

void ebb_reduce_free(ebb_reduction_t *reduction);

#endif
