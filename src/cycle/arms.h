/* SPDX-License-Identifier: MIT
 * Both arms of one direction, with their intervals, the loop share and the fit. */
#ifndef EBB_CYCLE_ARMS_H
#define EBB_CYCLE_ARMS_H

#include "cycle/cells.h"
#include "cycle/surprise.h"

/* How far to go. */
typedef enum ebb_effort {
    EBB_EFFORT_POINT,    /* estimates alone */
    EBB_EFFORT_ONE_STEP, /* intervals by one step a week */
    EBB_EFFORT_FULL      /* intervals by refitting both stages */
} ebb_effort_t;

/* Coefficients of the equations of one direction, as a start for a related record
 * (another merge gap, a window): it changes the way to the maximum, not the maximum. */
typedef struct ebb_arms_start {
    bool known;
    double reply[EBB_COLUMNS], usual[EBB_COLUMNS], pursuit[EBB_COLUMNS];
} ebb_arms_start_t;

typedef struct ebb_arms_opts {
    ebb_effort_t effort;
    bool with_dose;
    const ebb_arms_start_t *start; /* NULL or not known: from scratch */
    ebb_arms_start_t *found;       /* receives the coefficients; may be NULL */
} ebb_arms_opts_t;

/* Estimates both arms from the cells of one direction. Verdict and reasons are left
 * alone. 0 or EBB_ERR_MEMORY; what cannot be estimated is NAN. */
int ebb_arms_estimate(ebb_arms_t *arms, const ebb_cells_t *cells,
                      const ebb_arms_opts_t *opts);

/* The rule of [eq 9]: sets verdict, reasons and weeks_needed of `main`. The other merge
 * gaps may be NULL (then their condition is not asked). */
void ebb_arms_judge(ebb_arms_t *main, const ebb_arms_t *short_gap,
                    const ebb_arms_t *long_gap);

#endif
