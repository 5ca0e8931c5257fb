/* SPDX-License-Identifier: MIT
 *
 * A scenario as what an engine runs: numbers for every slot of a system, the course of
 * every input, jumps at stated times, and what is expected of the run.
 *
 * Times are in the model's unit, from 0, the start of the run.
 */
#ifndef EBB_LANG_SCENARIO_H
#define EBB_LANG_SCENARIO_H

#include "ebb/safety.h"
#include "lang/system.h"

/* An input from `begin` until the begin of its next piece (or for ever): value + slope
 * * (t - begin). At `begin` itself the new piece holds. */
typedef struct ebb_piece {
    double begin, value, slope;
} ebb_piece_t;

/* A state set or raised from outside. Jumps of the same time act in order. */
typedef struct ebb_jump {
    double time;
    uint32_t state;
    bool add; /* the state grows by `value`; else it becomes `value` */
    double value;
} ebb_jump_t;

typedef enum ebb_summary_kind {
    EBB_SUMMARY_MEAN,    /* integral over the span divided by its length; in steps the
                            mean of the values at begin <= t <= end */
    EBB_SUMMARY_LOWEST,  /* of the values the engine records in the span */
    EBB_SUMMARY_HIGHEST, /* the same; `ever` of a condition is its highest value */
    EBB_SUMMARY_VALUE,   /* at time `begin` */
    EBB_SUMMARY_FIRST,   /* time at which a condition is first seen to hold; `end` when
                            never */
    EBB_SUMMARY_HALVING, /* time from `begin` until the size is half of what it was; the
                            span's length when never */
    EBB_SUMMARY_EPISODES, /* stretches in which a condition holds, of `least` or more;
                             pauses shorter than `least` do not end one */
    EBB_SUMMARY_GAPS, /* sum of the times from the beginning of one episode to that of
                         the next, each to the power `part`, 0 to 2 */
    EBB_SUMMARY_TURNS /* how often one of two conditions began to hold after the other
                         or itself had: `part` is 2 if the second had begun before,
                         plus 1 if the second begins now. The node is 1 while the first
                         holds, plus 2 while the second does */
} ebb_summary_kind_t;

/* A number that sums up a run. */
typedef struct ebb_summary {
    int kind;          /* ebb_summary_kind_t */
    uint32_t node;     /* of the scenario's graph; a condition counts as 1 or 0 */
    double begin, end; /* 0 <= begin <= end <= length */
    double least;      /* of EPISODES and GAPS */
    uint32_t part;     /* of GAPS and TURNS */
    uint32_t arm;      /* of a claim, from 1; 0: there are none */
} ebb_summary_t;

/* What each couple draws for itself. */
typedef struct ebb_scenario_spread {
    int kind; /* ebb_scalar_kind_t: a parameter, a trait or the start of a state */
    uint32_t slot;
    bool uniform; /* from a to b; else normal with mean a and standard deviation b */
    double a, b;
} ebb_scenario_spread_t;

/* What must be true of a run: a node of EBB_OP_SUMMARY and EBB_ON_FIXED, not 0. */
typedef struct ebb_expect {
    uint32_t node;
    double share;     /* of many runs in which it must hold at least, 0..1; 1: of each
                         one */
    const char *text; /* the reason given, or "" */
    const char *code; /* as it stands in the file, in one line */
    uint32_t line;
} ebb_expect_t;

typedef struct ebb_scenario_plan {
    const char *name, *text, *source, *uses;
    double length;     /* > 0; 0: the scenario does not say */
    ebb_facts_t facts; /* that it declares; see ebb/safety.h */
    /* one for each slot or state of the system, in its order */
    double *params, *traits;
    double *starts;                 /* NaN: as the model has it */
    ebb_scenario_spread_t *spreads; /* of what is drawn the middle stands above */
    size_t spread_count;
    uint32_t *piece_of; /* input_count + 1: pieces of input i are
                           pieces[piece_of[i]] up to, without, pieces[piece_of[i + 1]];
                           at least one, the first of them from 0 */
    ebb_piece_t *pieces;
    size_t piece_count;
    ebb_jump_t *jumps; /* by time */
    size_t jump_count;
    ebb_summary_t *summaries;
    size_t summary_count;
    ebb_expect_t *expects;
    size_t expect_count;
    ebb_graph_t graph; /* the system's, and more: its nodes have the same numbers here
                        */
} ebb_scenario_plan_t;

#endif
