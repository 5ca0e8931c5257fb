/* SPDX-License-Identifier: MIT
 * A portrait while it is made. */
#ifndef EBB_REPORT_PORTRAIT_H
#define EBB_REPORT_PORTRAIT_H

#include "core/arena.h"
#include "ebb/portrait.h"
#include "report/simulated.h"

typedef struct ebb_sitting {
    ebb_portrait_t *portrait;
    const ebb_portrait_settings_t *what;
    ebb_model_info_t info;
    ebb_arena_t *arena; /* of the portrait */
    ebb_run_output_t withdrawals[8];
    size_t withdrawal_count;
    double *params;         /* of this couple */
    double *states;         /* of each moment, all states of the model */
    double *inputs;         /* of each moment, all inputs */
    ebb_simulation_t *look; /* the run to the moments */
} ebb_sitting_t;

/* `count` zeroed numbers that live as long as the portrait, or NULL. */
double *ebb_sitting_numbers(ebb_sitting_t *sitting, size_t count);

/* Slow states, nodes, links and gains at the moments that are there: 0 or an error. */
int ebb_sitting_loop(ebb_sitting_t *sitting, ebb_error_t *error);

#endif
