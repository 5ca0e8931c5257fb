/* SPDX-License-Identifier: MIT
 *
 * A run as what the steppers see: the compiled program, and where everything stands.
 *
 * Shared state layout: the first registers of a block are the states, then for each
 * event with a rate the chance left to it, an exponential number that its rate uses up;
 * the event happens as it reaches 0. Both are integrated alike: `rows` = states +
 * chances, and the first `rows` roots of the section FLOW are their rates.
 */
#ifndef EBB_RUN_MACHINE_H
#define EBB_RUN_MACHINE_H

#include "ebb/run.h"
#include "lang/model.h"
#include "run/interpret.h"
#include "run/spread.h"

/* Sections of the program, with their roots. */
enum {
    EBB_DO_START,    /* initial values of states, then lags */
    EBB_DO_FLOW,     /* rates of rows; then noise, and with Heun Milstein's factor */
    EBB_DO_RATES,    /* rates of rows */
    EBB_DO_JACOBIAN, /* d rate / d row, row by row; then d rate / d time */
    EBB_DO_GUARDS,
    EBB_DO_OUTPUTS, /* and last, where couples may end, whether this one lasts */
    EBB_DO_WATCH,   /* what summaries sum up */
    EBB_DO_HISTORY, /* of each delay: its state before the start */
    EBB_DO_EXPECT,
    EBB_DO_ACTIONS /* and one more for each event: new values */
};

#define EBB_ROSENBROCK_ROWS_MOST 128

struct ebb_simulation {
    ebb_alloc_t alloc;
    ebb_arena_t arena;
    const ebb_system_t *system;
    const ebb_scenario_plan_t *plan; /* NULL: none */
    ebb_method_t method;
    ebb_engine_t engine;
    double length, step, tolerance, tolerance_absolute;
    size_t steps_most; /* of adaptive methods: a couple that needs more has failed */
    uint64_t seed;
    size_t width;                     /* lanes of a block */
    double *params, *traits, *starts; /* starts: NaN as the model has it */
    ebb_spread_t *spreads;
    size_t spread_count;
    ebb_run_vary_t *vary;
    void *vary_user;

    const struct ebb_native *native;      /* kernels; NULL: the interpreter runs it */
    const struct ebb_native_level *level; /* of its kernels */
    ebb_program_t program;
    size_t states, chances, rows, noises, guards, watches;
    uint32_t *event_of_chance, *event_of_guard;
    uint32_t *bounded; /* states that are clipped or reflected */
    size_t bounded_count;
    uint32_t *noise_state;     /* of each noise */
    uint32_t *noise_slot;      /* where its chance is drawn */
    uint32_t *event_slot;      /* of each event, likewise */
    uint32_t *chance_of_event; /* EBB_NONE: it has a guard */
    size_t *first_piece;       /* of each input, and the end */
    ebb_piece_t *pieces;
    double *stops, *times; /* rising; stops from 0 to length */
    size_t stop_count, time_count;
    ebb_run_output_t *outputs;
    size_t output_count;
};

/* Two times that are meant to be the same. */
static inline bool ebb_same_time(double a, double b)
{
    double scale = (a > 0 ? a : -a) + 1;
    double apart = a > b ? a - b : b - a;
    return apart <= 1e-12 * scale;
}

/* Whether the noise of each state depends on no other state that has noise. Adds to
 * `graph` and, if it holds, writes the nodes of noise times its derivative. `other` is
 * an offending pair of states. */
int ebb_machine_separate(const ebb_system_t *system, ebb_graph_t *graph,
                         uint32_t *factors, uint32_t other[2]);

/* ebb_run_new for a system that need not be a model's, borrowed for the life of the
 * run; `plan` may be NULL, `settings` not. */
int ebb_run_of_system(ebb_simulation_t **run, const ebb_system_t *system,
                      const ebb_scenario_plan_t *plan,
                      const ebb_run_settings_t *settings, ebb_error_t *error);

/* Compiles all sections; what settings say is in the run already. Native code is found
 * and made by programs that do not fuse. */
int ebb_machine_compile(ebb_simulation_t *run, bool fuses, ebb_error_t *error);

/* Couples may come to an end: the model says while what they last. */
static inline bool ebb_run_ends(const ebb_simulation_t *run)
{
    return run->system->lasts != EBB_NONE;
}

/* Adaptive methods choose their steps. */
static inline bool ebb_run_adapts(const ebb_simulation_t *run)
{
    return run->method == EBB_METHOD_DORMAND_PRINCE ||
           run->method == EBB_METHOD_ROSENBROCK;
}

#endif
