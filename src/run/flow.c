/* SPDX-License-Identifier: MIT
 *
 * What drives the rows, and a step of them: by native code where the run has it, else
 * by the interpreter. The operations and their order are the same.
 */
#include <math.h>
#include <string.h>

#include "math/elementary.h"
#include "run/bounds.h"
#include "run/lanes.h"
#include "run/native_kernel.h"

/* --- native ----------------------------------------------------------------------- */

static ebb_native_rows_t flow_rows(const ebb_cohort_t *lanes, double h)
{
    return (ebb_native_rows_t){
        .leaf = lanes->registers.numbers,
        .normal = lanes->normal,
        .fixed = lanes->fixed,
        .rows = ebb_lanes_row(lanes, 0),
        .next = lanes->proposal,
        .rate = lanes->stage[0],
        .push = lanes->push,
        .h = h,
        .root = sqrt(h),
        .width = lanes->width,
    };
}

void ebb_flow_begin(ebb_cohort_t *lanes)
{
    const ebb_native_t *native = lanes->run->native;
    if (native) {
        ebb_native_rows_t rows = flow_rows(lanes, 0);
        (void)native->fixed(&rows);
    }
}

/* --- interpreted ------------------------------------------------------------------ */

EBB_CLONES static void flow_line(double *restrict out, const double *restrict x,
                                 const double *restrict rate, double h, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i] + h * rate[i];
    }
}

/* out <- x + h (first + second) / 2 */
EBB_CLONES static void flow_mean(double *restrict out, const double *restrict x,
                                 const double *const rates[2], double h, size_t n)
{
    const double *restrict first = rates[0], *restrict second = rates[1];
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i] + 0.5 * h * (first[i] + second[i]);
    }
}

EBB_CLONES static void flow_add(double *restrict x, const double *restrict more,
                                size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] += more[i];
    }
}

/* push <- b W, W = root z with root^2 = h; and Milstein's f (W^2 - h), f = b b_x / 2 */
EBB_CLONES static void flow_push(double *restrict push, const double *restrict z,
                                 const double *restrict b, double root, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        push[i] = b[i] * (root * z[i]);
    }
}

EBB_CLONES static void flow_milstein(double *restrict push, const double *restrict z,
                                     const double *restrict f, double h, size_t n)
{
    double root = sqrt(h);
    for (size_t i = 0; i < n; i++) {
        double w = root * z[i];
        push[i] = push[i] + f[i] * (w * w - h);
    }
}

/* Whether some chance is used up. */
static int flow_used_up(const ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    const double *left = ebb_lanes_row(lanes, run->states);
    uint64_t used = 0;
    for (size_t i = 0; i < run->chances * lanes->width; i++) {
        used |= ebb_used_up(left[i]);
    }
    return (int)(used >> 63);
}

/* What each noise adds. */
static void flow_noise(ebb_cohort_t *lanes, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    double root = run->method == EBB_METHOD_MAP ? 1 : sqrt(h);
    for (size_t k = 0; k < run->noises; k++) {
        const double *z = lanes->normal + k * w;
        double *push = lanes->push + k * w;
        size_t factor = run->rows + run->noises + k;
        flow_push(push, z, ebb_lanes_root(lanes, EBB_DO_FLOW, run->rows + k), root, w);
        if (run->method == EBB_METHOD_HEUN) {
            flow_milstein(push, z, ebb_lanes_root(lanes, EBB_DO_FLOW, factor), h, w);
        }
    }
}

static void flow_add_noise(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    for (size_t k = 0; k < run->noises; k++) {
        flow_add(ebb_lanes_row(lanes, run->noise_state[k]), lanes->push + k * w, w);
    }
}

static void flow_copy_roots(const ebb_cohort_t *lanes, size_t section, double *out)
{
    size_t w = lanes->width;
    for (size_t k = 0; k < lanes->run->rows; k++) {
        memcpy(out + k * w, ebb_lanes_root(lanes, section, k), w * sizeof(double));
    }
}

/* In discrete time the rates of states are the states to come. */
static void flow_leap(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    memcpy(ebb_lanes_row(lanes, 0), lanes->stage[0], run->states * w * sizeof(double));
    flow_add(ebb_lanes_row(lanes, run->states), lanes->stage[0] + run->states * w,
             run->chances * w);
}

/* The whole step, or its first half: `begin` keeps the rows before it. */
static int flow_step(ebb_cohort_t *lanes, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t n = run->rows * lanes->width;
    double *rows = ebb_lanes_row(lanes, 0);
    ebb_lanes_do(lanes, EBB_DO_FLOW);
    flow_copy_roots(lanes, EBB_DO_FLOW, lanes->stage[0]);
    flow_noise(lanes, h);
    memcpy(lanes->begin, rows, n * sizeof(double));
    if (run->method == EBB_METHOD_MAP) {
        flow_leap(lanes);
    } else {
        flow_line(rows, lanes->begin, lanes->stage[0], h, n);
    }
    flow_add_noise(lanes);
    if (run->method == EBB_METHOD_HEUN) {
        ebb_lanes_bound(lanes);
    }
    return flow_used_up(lanes);
}

static int flow_arrive(ebb_cohort_t *lanes, double h)
{
    const double *const rates[2] = {lanes->stage[0], lanes->wrong};
    ebb_lanes_do(lanes, EBB_DO_RATES);
    flow_copy_roots(lanes, EBB_DO_RATES, lanes->wrong);
    flow_mean(ebb_lanes_row(lanes, 0), lanes->begin, rates, h,
              lanes->run->rows * lanes->width);
    flow_add_noise(lanes);
    return flow_used_up(lanes);
}

/* --- either ----------------------------------------------------------------------- */

void ebb_flow_rates(const ebb_cohort_t *lanes, double *out)
{
    const ebb_native_t *native = lanes->run->native;
    if (native) {
        ebb_native_rows_t rows = flow_rows(lanes, 0);
        rows.rate = out;
        (void)native->step(&rows);
    } else {
        ebb_lanes_do(lanes, EBB_DO_RATES);
        flow_copy_roots(lanes, EBB_DO_RATES, out);
    }
}

int ebb_flow_step(ebb_cohort_t *lanes, double h)
{
    const ebb_native_t *native = lanes->run->native;
    ebb_chance_normals(lanes);
    if (native) {
        ebb_native_rows_t rows = flow_rows(lanes, h);
        return native->step(&rows);
    }
    return flow_step(lanes, h);
}

int ebb_flow_arrive(ebb_cohort_t *lanes, double h)
{
    const ebb_native_t *native = lanes->run->native;
    if (native) {
        ebb_native_rows_t rows = flow_rows(lanes, h);
        return native->arrive(&rows);
    }
    return flow_arrive(lanes, h);
}
