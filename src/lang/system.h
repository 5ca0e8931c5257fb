/* SPDX-License-Identifier: MIT
 *
 * A model as what an engine runs: lists of scalars and the nodes that drive them.
 *
 * A quantity that each partner has is one scalar for each of them here, in order of
 * declaration, partners side by side: a.alarm, b.alarm, contact. With x the states, u
 * the inputs, p parameters and traits, t the time since the start:
 *
 *     continuous   dx_i = rate_i(x, u, p, t) dt + noise_i(x, u, p, t) dW_i    (Ito)
 *     in steps     x_i(t + 1) = rate_i(x, u, p, t) + noise_i(x, u, p, t) N_i
 *
 * where W_i are independent Wiener processes and N_i independent standard normal
 * numbers, one for each state that has noise. All of x_i(t + 1) come from the same
 * x(t). Then the bounds of the state apply. An event of rate r happens in continuous
 * time with probability r dt + o(dt), in steps at most once a step, with probability
 * 1 - exp(-r); a negative or NaN rate counts as 0. An event with a guard happens when
 * the guard rises from <= 0 to above 0. All actions of an event see the states as they
 * were before it.
 *
 * Each list is in order of declaration. All strings are NUL-terminated UTF-8 and live
 * as long as the system.
 */
#ifndef EBB_LANG_SYSTEM_H
#define EBB_LANG_SYSTEM_H

#include "lang/graph.h"

typedef enum ebb_bound {
    EBB_BOUND_NONE,   /* low and high are what the author promises, nothing is done */
    EBB_BOUND_CLIP,   /* x becomes min(high, max(low, x)) */
    EBB_BOUND_REFLECT /* what went beyond comes back as far: low + |x - low| ... */
} ebb_bound_t;

typedef enum ebb_law {
    EBB_LAW_UNIFORM,    /* ebb_random_uniform: in (0, 1) */
    EBB_LAW_NORMAL,     /* ebb_random_normal: mean 0, sd 1 */
    EBB_LAW_EXPONENTIAL /* ebb_random_exponential: mean 1 */
} ebb_law_t;

/* What a quantity means, for documents: one for each declaration, not for each scalar.
 */
typedef struct ebb_quantity {
    const char *name;   /* without a person */
    const char *text;   /* description, or "" */
    const char *source; /* or "" */
    const char *unit;   /* as declared, in one spelling: "1/day"; "" when undeclared */
    uint32_t line;      /* of its declaration, from 1 */
    uint32_t shown;     /* place among what pictures show first, from 1; 0: none */
} ebb_quantity_t;

/* A scalar that stays what it is during a run, or is led from outside: a parameter,
 * a trait or an input. */
typedef struct ebb_slot {
    const char *name;  /* "gain", "a.anxiety" */
    uint32_t quantity; /* into quantities */
    uint32_t person;   /* into persons, or EBB_NONE: of nobody in particular */
    uint32_t mirror;   /* the slot it becomes when the two partners change places */
    double value;      /* default */
    double low, high;  /* where a value is meaningful; -inf, inf when not declared */
} ebb_slot_t;

typedef struct ebb_state {
    const char *name;
    uint32_t quantity, person, mirror; /* as in a slot */
    uint32_t initial; /* node: at time 0; depends on nothing but EBB_ON_FIXED */
    uint32_t rate;    /* node: change per unit of time, or the next value */
    uint32_t noise;   /* node, or EBB_NONE */
    uint32_t history; /* node of EBB_OP_TIME and EBB_ON_FIXED: value at times < 0;
                         EBB_NONE: the initial value */
    double low, high; /* -inf, inf when not declared */
    int bound;        /* ebb_bound_t */
} ebb_state_t;

/* A derived quantity: no state, but worth writing down. */
typedef struct ebb_let {
    const char *name;
    uint32_t quantity, person, mirror;
    uint32_t node;
    bool condition; /* 1 or 0, true or false */
} ebb_let_t;

typedef struct ebb_action {
    uint32_t state; /* which */
    uint32_t value; /* node: what it becomes; its draw is that of the event */
} ebb_action_t;

typedef struct ebb_event_rule {
    const char *name; /* "a.trigger", "trigger" */
    uint32_t quantity, person, mirror;
    uint32_t rate;         /* node: events per unit of time; EBB_NONE: it has a guard */
    uint32_t guard;        /* node, or EBB_NONE */
    uint32_t draw;         /* into draws, or EBB_NONE: nothing random but its time */
    uint32_t first_action; /* into actions */
    uint32_t action_count; /* of distinct states */
} ebb_event_rule_t;

/* A state as it was `lag` ago. The lag is > 0 and the same throughout a run; in steps
 * it counts whole ones. */
typedef struct ebb_delay {
    uint32_t state; /* which */
    uint32_t lag;   /* node of EBB_ON_FIXED, in the model's unit of time */
} ebb_delay_t;

typedef struct ebb_system {
    const char *name, *text, *source;
    const char *time_unit; /* "day", "step" */
    bool steps;            /* a map in discrete time; else continuous */
    bool alike;            /* written once for each partner: exchanging the two
                              exchanges the result, by `mirror` */
    const char **persons;
    size_t person_count; /* 2 when `alike`, else 1 to EBB_PERSONS_MOST */
    ebb_quantity_t *quantities;
    size_t quantity_count;
    ebb_slot_t *params, *traits, *inputs;
    size_t param_count, trait_count, input_count;
    ebb_state_t *states;
    size_t state_count;
    ebb_let_t *lets;
    size_t let_count;
    ebb_event_rule_t *events;
    size_t event_count;
    ebb_action_t *actions;
    size_t action_count;
    ebb_delay_t *delays;
    size_t delay_count;
    uint8_t *draws; /* ebb_law_t: of a draw that is new for each event that happens */
    size_t draw_count;
    uint32_t lasts; /* node: a condition, while which the couple counts in summaries
                       over couples; EBB_NONE: always */
    ebb_graph_t graph;
} ebb_system_t;

#define EBB_PERSONS_MOST 8

/**
 * Derivatives of all rates with respect to all states.
 *
 * @param[in]     system    whose rates; not changed
 * @param[in,out] graph     the system's graph or a copy of it; grows
 * @param[out]    jacobian  state_count rows of state_count nodes: row i, column j is
 *                          d rate_i / d state_j; EBB_NODE_ZERO where it is none
 * @return 0, or EBB_ERR_MEMORY, EBB_ERR_LIMIT.
 */
int ebb_system_jacobian(const ebb_system_t *system, ebb_graph_t *graph,
                        uint32_t *jacobian);

/* The same with respect to the leaves of `op` (EBB_OP_PARAM, EBB_OP_TRAIT,
 * EBB_OP_INPUT, EBB_OP_DELAYED): state_count rows of as many columns as the system has
 * of them. */
int ebb_system_sensitivity(const ebb_system_t *system, ebb_graph_t *graph, ebb_op_t op,
                           uint32_t *columns);

#endif
