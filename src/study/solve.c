/* SPDX-License-Identifier: MIT
 * Newton's method with damping [eq 103], and what a kink is. */
#include <string.h>

#include "math/bits.h"
#include "math/linear.h"
#include "study/flow.h"

#define SOLVE_STEPS_MOST 100
#define SOLVE_HALVINGS 24
#define SOLVE_EXACT 1e-14 /* size of R at which no step can help */
#define SOLVE_GOOD 1e-10  /* size of R that counts as 0 */
#define SOLVE_STILL 1e-5  /* a step relative to 1 + |x| that leads nowhere else */

/* -J^-1 R in `step`. Whether it is finite. */
static bool solve_direction(ebb_flow_t *flow)
{
    size_t n = flow->n;
    memcpy(flow->matrix, flow->jacobian, n * n * sizeof *flow->matrix);
    for (size_t i = 0; i < n; i++) {
        flow->step[i] = -flow->residual[i];
    }
    ebb_lu_factor(flow->matrix, n, flow->pivots);
    ebb_lu_solve(flow->matrix, n, flow->pivots, flow->step);
    bool finite = true;
    for (size_t i = 0; i < n; i++) {
        finite = finite && ebb_magnitude(flow->step[i]) < EBB_INFINITY;
    }
    return finite;
}

/* The longest of 1, 1/2, 1/4 ... of the step that makes R smaller; x moves there.
 * Whether there is one. */
static bool solve_descend(ebb_flow_t *flow, double *x, double size)
{
    double part = 1;
    for (int k = 0; k < SOLVE_HALVINGS; k++, part /= 2) {
        for (size_t i = 0; i < flow->n; i++) {
            flow->trial[i] = x[i] + part * flow->step[i];
        }
        (void)ebb_flow_residual(flow, flow->trial);
        /* measured as before the step, or what shrinks might seem to grow */
        if (ebb_flow_size(flow, x) <= (1 - part / 10) * size) {
            memcpy(x, flow->trial, flow->n * sizeof *x);
            return true;
        }
    }
    return false;
}

/* Whether a whole step more would hardly move x: R may also be small because it fades
 * far away. A singular Jacobian says nothing. */
static bool solve_stands(ebb_flow_t *flow, const double *x)
{
    bool finite = solve_direction(flow), stands = true;
    for (size_t i = 0; i < flow->n && finite; i++) {
        double far = ebb_magnitude(flow->step[i]);
        stands = stands && far <= SOLVE_STILL * (1 + ebb_magnitude(x[i]));
    }
    return stands;
}

bool ebb_flow_solve(ebb_flow_t *flow, double *x)
{
    double size = EBB_INFINITY;
    for (int k = 0; k < SOLVE_STEPS_MOST; k++) {
        size = ebb_flow_linearise(flow, x);
        if (size <= SOLVE_EXACT || !(size < EBB_INFINITY) || !solve_direction(flow) ||
            !solve_descend(flow, x, size)) {
            break;
        }
    }
    size = ebb_flow_linearise(flow, x);
    return size <= SOLVE_GOOD && solve_stands(flow, x);
}

/* The largest difference of the Jacobian from `before`, relative to its size. */
static double solve_difference(const ebb_flow_t *flow, const double *before)
{
    double size = 0, most = 0;
    for (size_t k = 0; k < flow->n * flow->n; k++) {
        double entry = ebb_magnitude(before[k]);
        double apart = ebb_magnitude(flow->jacobian[k] - before[k]);
        size = entry > size ? entry : size;
        most = apart > most ? apart : most;
    }
    return most / (size > 0 ? size : 1);
}

bool ebb_flow_is_kink(ebb_flow_t *flow, const double *x)
{
    size_t n = flow->n;
    double *before = flow->kept;
    (void)ebb_flow_linearise(flow, x);
    memcpy(before, flow->jacobian, n * n * sizeof *before);
    memcpy(flow->trial, x, n * sizeof *x);
    bool kink = false;
    for (size_t side = 0; side < 2 * n && !kink; side++) {
        size_t i = side / 2;
        const ebb_state_t *state = &flow->reduction->system.states[i];
        double by = 1e-6 * (1 + ebb_magnitude(x[i])) * (side % 2 ? -1 : 1);
        flow->trial[i] = x[i] + by;
        if (state->bound != EBB_BOUND_CLIP ||
            (flow->trial[i] >= state->low && flow->trial[i] <= state->high)) {
            (void)ebb_flow_linearise(flow, flow->trial);
            kink = solve_difference(flow, before) > 0.01;
        }
        flow->trial[i] = x[i];
    }
    (void)ebb_flow_linearise(flow, x);
    return kink;
}
