/* SPDX-License-Identifier: MIT
 *
 * A block of couples on its way: one lane each.
 *
 * Invariants. Each lane has its own time; what a lane does depends on its own numbers
 * alone, so lanes that have nothing to do compute along and their results are dropped.
 * Lanes beyond `used` are idle. A lane whose status is not 0 has NaN
 * for states and is passed over.
 */
#ifndef EBB_RUN_LANES_H
#define EBB_RUN_LANES_H

#include "run/machine.h"

/* name, why a lane could not go on */
#define EBB_LANE_LIST(X)                                                             \
    X(EBB_LANE_FINE, NULL)                                                           \
    X(EBB_LANE_IDLE, "no couple")                                                    \
    X(EBB_LANE_NOT_FINITE, "a state became infinite or undefined")                   \
    X(EBB_LANE_STEP_SMALL, "the steps that the tolerance asks for became too small") \
    X(EBB_LANE_MANY_STEPS, "more than ten million steps")                            \
    X(EBB_LANE_CASCADE, "events set off each other without end")                     \
    X(EBB_LANE_LAG, "a delay is not above 0, or shorter than the step")              \
    X(EBB_LANE_LONG_MEMORY, "a delay covers too many steps")

enum {
#define EBB_LANE_ENUM(name, why) name,
    EBB_LANE_LIST(EBB_LANE_ENUM)
#undef EBB_LANE_ENUM
};

#define EBB_STAGES 8

/* Past states, for delays: a ring for each lane. Entry e of lane i, e modulo `room`. */
typedef struct ebb_lookback {
    size_t room;
    double *time;         /* [room][width] */
    double *value, *rate; /* [room][delays][width] */
    double *start;        /* [delays][width] the state at the start */
    size_t *count;        /* [width] entries so far */
    size_t *cursor;       /* [delays][width] where the last search ended */
    bool smooth;          /* cubic between entries, else linear */
} ebb_lookback_t;

typedef struct ebb_cohort {
    const ebb_simulation_t *run;
    ebb_arena_t arena;
    ebb_registers_t registers;
    size_t width, used;
    uint64_t first; /* couple of lane 0 */
    uint64_t step;  /* of the fixed grid, for chance */
    size_t segment; /* between stops[segment] and the next */

    double *time;       /* the register of time */
    int *status;        /* [width] EBB_LANE_ */
    uint32_t *happened; /* [events][width] */
    double *guard;      /* [guards][width] before the step */
    size_t *piece;      /* [inputs] which holds in this segment */
    size_t next_jump;
    uint32_t *chosen;         /* [width] scratch: event that happens, or EBB_NONE */
    bool *moved;              /* [width] scratch: lanes in which something happened */
    size_t *next_time;        /* [width] output times written so far */
    double *written;          /* [width][times][outputs] */
    bool *lasting;            /* [width][times]; NULL where couples do not end */
    double *watched, *weight; /* [watches][width] see watch.c */
    double *since, *last, *begun;
    double *kept; /* [watches][width] of each expectation, 1 or 0 */

    double *begin;             /* [rows][width] rows before the step */
    double *normal, *push;     /* [noises][width] chance of a step; what it adds */
    double *fixed;             /* what native code has computed once */
    double *stage[EBB_STAGES]; /* [rows][width] rates at the stages */
    double *dense[5];          /* [rows][width], see adaptive.h */
    double *proposal, *wrong;  /* [rows][width] end of a step, and its error */
    double *matrix;            /* one lane's, and its pivots */
    size_t *pivots;
    double *h, *h_next, *t_begin, *t_limit, *error_before, *error; /* [width] */
    size_t *steps;                                                 /* [width] */
    bool *busy, *accepted;                                         /* [width] */
    ebb_lookback_t lookback;
} ebb_cohort_t;

/* A row of the registers. */
static inline double *ebb_lanes_row(const ebb_cohort_t *lanes, size_t number)
{
    return lanes->registers.numbers + number * lanes->width;
}

static inline double *ebb_lanes_leaf(const ebb_cohort_t *lanes, ebb_leaf_t leaf,
                                     size_t index)
{
    return ebb_lanes_row(lanes, lanes->run->program.leaf[leaf] + index);
}

/* Runs a section; its roots are then in their registers. */
static inline void ebb_lanes_do(const ebb_cohort_t *lanes, size_t section)
{
    const ebb_program_t *program = &lanes->run->program;
    ebb_interpret(program, &program->sections[section], lanes->registers);
}

/* The row of root k of a section that has just been run. */
static inline const double *ebb_lanes_root(const ebb_cohort_t *lanes, size_t section,
                                           size_t k)
{
    return ebb_lanes_row(lanes, ebb_program_roots(&lanes->run->program, section)[k]);
}

/* Memory for blocks of at most `couples` couples of a run, and of as many lanes as the
 * run has at most; to be released with ebb_lanes_close. Returns 0 or EBB_ERR_MEMORY. */
int ebb_lanes_open(ebb_cohort_t *lanes, const ebb_simulation_t *run, uint64_t couples);
void ebb_lanes_close(ebb_cohort_t *lanes);

/* Couples [first, first + used) at time 0. Returns 0 or EBB_ERR_MEMORY. */
int ebb_lanes_begin(ebb_cohort_t *lanes, uint64_t first, size_t used);

/* From time 0 to the end. */
void ebb_lanes_run(ebb_cohort_t *lanes);

/* Inputs, delayed states: all that rates need but states, at the times of the lanes. */
void ebb_lanes_lead(ebb_cohort_t *lanes);

/* Writes outputs of the lanes in `which` for their next time. */
void ebb_lanes_write(ebb_cohort_t *lanes, const bool *which);

/* Bounds of the states: clips, reflects. */
void ebb_lanes_bound(ebb_cohort_t *lanes);

/* Ends a lane. */
void ebb_lanes_fail(ebb_cohort_t *lanes, size_t lane, int why);

/* --- chance.c: random numbers of a block ------------------------------------------ */

/* Standard normal numbers of all noises at the step at hand, in `normal`. */
void ebb_chance_normals(ebb_cohort_t *lanes);

/* What event `event` of a lane uses up until it happens the next time. */
double ebb_chance_wait(const ebb_cohort_t *lanes, size_t event, size_t lane);

/* The size of the event that happens now, by law. */
double ebb_chance_size(const ebb_cohort_t *lanes, size_t event, size_t lane, int law);

/* --- spread.c: numbers of each couple's own, by a law ----------------------------- */

void ebb_spread_apply(ebb_cohort_t *lanes);

/* --- drive.c: rates, and steps of one length ---------------------------------------
 */

/* What native code computes once, from parameters and traits. */
void ebb_drive_begin(ebb_cohort_t *lanes);

/* Rates of rows, at the rows and times of now. */
void ebb_drive_rates(const ebb_cohort_t *lanes, double *out);

/* A step of length h of maps and of Euler, or the first half of Heun's: the rows become
 * those after it, without bounds; of Heun's step only ebb_drive_arrive makes them so,
 * once what leads them stands at the end of the step. stage[0] then has the rates of
 * chances at the beginning. Returns whether some chance may be used up: never 0 if one
 * is. */
int ebb_drive_step(ebb_cohort_t *lanes, double h);
int ebb_drive_arrive(ebb_cohort_t *lanes, double h);

/* --- events.c --------------------------------------------------------------------- */

/* Chances and guards at time 0. */
void ebb_events_begin(ebb_cohort_t *lanes);

/* All that happens at the times of the lanes in `which`: events whose chance is used
 * up, in order of when it was (by `losses`, the rates of the chances; NULL: in order of
 * declaration), then those whose guards have risen, until none is left; bounds in
 * between. Sets `moved` for lanes in which anything did. */
void ebb_events_settle(ebb_cohort_t *lanes, const bool *which, const double *losses);

/* --- lookback.c ------------------------------------------------------------------- */

int ebb_lookback_begin(ebb_cohort_t *lanes);
void ebb_lookback_close(ebb_cohort_t *lanes);

/* Keeps the states of lanes in `which`; `rates` are theirs (NULL where they do not
 * matter). */
void ebb_lookback_keep(ebb_cohort_t *lanes, const bool *which, const double *rates);

/* Fills the registers of delayed states at the times of the lanes. */
void ebb_lookback_fetch(ebb_cohort_t *lanes);

/* The shortest lag of a lane; infinite without delays. */
double ebb_lookback_shortest(const ebb_cohort_t *lanes, size_t lane);

/* The next time above t at which a kink that begins at 0 comes back by the delays. */
double ebb_lookback_kink(const ebb_cohort_t *lanes, size_t lane, double t);

/* --- watch.c: summaries of a scenario --------------------------------------------- */

void ebb_watch_begin(ebb_cohort_t *lanes);

/* A stop: values at that moment. */
void ebb_watch_stop(ebb_cohort_t *lanes, double time);

/* The states of now, between `from` and `to`, count with weight[i] in lane i where
 * which[i]. */
void ebb_watch_sample(ebb_cohort_t *lanes, const bool *which, const double *from,
                      const double *to, const double *weight);

/* At the end: which expectations are kept. */
void ebb_watch_end(ebb_cohort_t *lanes);

/* --- steppers: from stops[segment] to the next stop ------------------------------- */

void ebb_map_advance(ebb_cohort_t *lanes);
void ebb_fixed_advance(ebb_cohort_t *lanes);
void ebb_adaptive_advance(ebb_cohort_t *lanes);

/* Tries a step of h from t_begin and `begin`, with stage[0] the rates there: fills
 * `proposal`, `wrong`, `dense` and stage[6], the rates at the end where the method has
 * them. */
void ebb_dormand_prince_try(ebb_cohort_t *lanes);
void ebb_rosenbrock_try(ebb_cohort_t *lanes);

#endif
