/* SPDX-License-Identifier: MIT
 * One use of ebb simulate: what the command line asks for, until its run is over. */
#ifndef EBB_CLI_SIMULATE_JOB_H
#define EBB_CLI_SIMULATE_JOB_H

#include "assign.h"
#include "ebb/contrast.h"
#include "ebb/portrait.h"
#include "ebb/simulate.h"
#include "list.h"
#include "load.h"
#include "options.h"

#define SIMULATE_THREADS_MOST 1024

typedef struct simulate_values {
    const char *scenario, *method, *engine, *only, *format, *output, *html;
    const char *messages, *begin;
    string_list_t set, start, a, b, facts, with;
    double length, step, every, tolerance; /* 0: not given */
    uint64_t couples, couple, seed;
    int threads, width;
} simulate_values_t;

/* What is run: of two arms the second has the orders of --with besides. */
typedef struct simulate_arm {
    ebb_scenario_t *scenario; /* or NULL */
    ebb_scenario_info_t info;
    ebb_simulation_t *run;
    ebb_run_totals_t *totals;
    double *rows;                 /* of the one couple */
    ebb_contrast_arm_t contrasts; /* which arm it is, and what they are compared by */
    ebb_simulated_t result;
} simulate_arm_t;

/* All that belongs to a simulation, until simulate_close. */
typedef struct simulation {
    const command_t *self;
    const simulate_values_t *values;
    source_t source, told; /* of the model; of the scenario, where that leads to it */
    ebb_model_t *model;
    assigned_t assigned;
    chosen_t chosen;
    double length, *times;
    ebb_run_settings_t settings;
    simulate_arm_t arms[2];
    size_t arm_count;
    ebb_simulated_with_t with; /* how the second differs from the first */
    size_t compared[EBB_PORTRAIT_SHOWN_MOST];
} simulation_t;

/* Whether the result has this form; text where none was asked for. */
bool simulate_wants(const simulate_values_t *values, const char *format);

/**
 * From the command line to the run of each arm, of which nothing is computed yet.
 *
 * @param[in,out] s         self and values given; to be released with simulate_close
 * @param[in]     operands  the model, or nothing where a scenario leads to it
 * @return OPTIONS_READ, else the status to end with: what is wrong has been told, or
 * the gate (gate.h) was closed.
 */
int simulate_open(simulation_t *s, const string_list_t *operands);

void simulate_close(simulation_t *s);

/* Runs all that was opened and writes it where it belongs (simulate_run.c). */
exit_status_t simulate_run(simulation_t *s);

#endif
