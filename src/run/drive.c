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

static ebb_native_rows_t drive_rows(const ebb_cohort_t *lanes, double h)
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

void ebb_drive_begin(ebb_cohort_t *lanes)
{
    const ebb_native_t *native = lanes->run->native;
    if (native) {
        ebb_native_rows_t rows = drive_rows(lanes, 0);
        (void)native->fixed(&rows);
    }
}

/* --- interpreted ------------------------------------------------------------------ */

EBB_CLONES static void drive_line(double *restrict out, const double *restrict x,
                                  const double *restrict rate, double h, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i] + h * rate[i];
    }
}

/* out <- x + h (first + second) / 2 */
EBB_CLONES static void drive_mean(double *restrict out, const double *restrict x,
                                  const double *const rates[2], double h, size_t n)
{
    const double *restrict first = rates[0], *restrict second = rates[1];
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i] + 0.5 * h * (first[i] + second[i]);
    }
}

EBB_CLONES static void drive_add(double *restrict x, const double *restrict more,
                                 size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] += more[i];
    }
}

/* push <- b W, W = root z with root^2 = h; and Milstein's f (W^2 - h), f = b b_x / 2 */
EBB_CLONES static void drive_push(double *restrict push, const double *restrict z,
                                  const double *restrict b, double root, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        push[i] = b[i] * (root * z[i]);
    }
}

EBB_CLONES static void drive_milstein(double *restrict push, const double *restrict z,
                                      const double *restrict f, double h, size_t n)
{
    double root = sqrt(h);
    for (size_t i = 0; i < n; i++) {
        double w = root * z[i];
        push[i] = push[i] + f[i] * (w * w - h);
    }
}

/* Whether some chance is used up. */
static int drive_used_up(const ebb_cohort_t *lanes)
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
static void drive_noise(ebb_cohort_t *lanes, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    double root = run->method == EBB_METHOD_MAP ? 1 : sqrt(h);
    for (size_t k = 0; k < run->noises; k++) {
        const double *z = lanes->normal + k * w;
        double *push = lanes->push + k * w;
        size_t factor = run->rows + run->noises + k;
        drive_push(push, z, ebb_lanes_root(lanes, EBB_DO_FLOW, run->rows + k), root, w);
        if (run->method == EBB_METHOD_HEUN) {
            drive_milstein(push, z, ebb_lanes_root(lanes, EBB_DO_FLOW, factor), h, w);
        }
    }
}

static void drive_add_noise(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    for (size_t k = 0; k < run->noises; k++) {
        drive_add(ebb_lanes_row(lanes, run->noise_state[k]), lanes->push + k * w, w);
    }
}

/* In WebAssembly a copy of a length that only the run knows is a call out of the
 * module, which takes far longer than to copy the number of one lane. */
static void drive_copy_row(double *out, const double *row, size_t w)
{
    if (w == EBB_LANE_GROUP) {
        memcpy(out, row, EBB_LANE_GROUP * sizeof(double));
    } else {
        memcpy(out, row, w * sizeof(double));
    }
}

static void drive_copy_roots(const ebb_cohort_t *lanes, size_t section, double *out)
{
    size_t w = lanes->width;
    for (size_t k = 0; k < lanes->run->rows; k++) {
        drive_copy_row(out + k * w, ebb_lanes_root(lanes, section, k), w);
    }
}

/* In discrete time the rates of states are the states to come. */
static void drive_leap(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    memcpy(ebb_lanes_row(lanes, 0), lanes->stage[0], run->states * w * sizeof(double));
    drive_add(ebb_lanes_row(lanes, run->states), lanes->stage[0] + run->states * w,
              run->chances * w);
}

/* The whole step, or its first half: `begin` keeps the rows before it. */
static int drive_step(ebb_cohort_t *lanes, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t n = run->rows * lanes->width;
    double *rows = ebb_lanes_row(lanes, 0);
    ebb_lanes_do(lanes, EBB_DO_FLOW);
    drive_copy_roots(lanes, EBB_DO_FLOW, lanes->stage[0]);
    drive_noise(lanes, h);
    memcpy(lanes->begin, rows, n * sizeof(double));
    if (run->method == EBB_METHOD_MAP) {
        drive_leap(lanes);
    } else {
        drive_line(rows, lanes->begin, lanes->stage[0], h, n);
    }
    drive_add_noise(lanes);
    if (run->method == EBB_METHOD_HEUN) {
        ebb_lanes_bound(lanes);
    }
    return drive_used_up(lanes);
}

static int drive_arrive(ebb_cohort_t *lanes, double h)
{
    const double *const rates[2] = {lanes->stage[0], lanes->wrong};
    ebb_lanes_do(lanes, EBB_DO_RATES);
    drive_copy_roots(lanes, EBB_DO_RATES, lanes->wrong);
    drive_mean(ebb_lanes_row(lanes, 0), lanes->begin, rates, h,
               lanes->run->rows * lanes->width);
    drive_add_noise(lanes);
    return drive_used_up(lanes);
}

/* --- either ----------------------------------------------------------------------- */

void ebb_drive_rates(const ebb_cohort_t *lanes, double *out)
{
    const ebb_native_t *native = lanes->run->native;
    if (native) {
        ebb_native_rows_t rows = drive_rows(lanes, 0);
        rows.rate = out;
        (void)native->step(&rows);
    } else {
        ebb_lanes_do(lanes, EBB_DO_RATES);
        drive_copy_roots(lanes, EBB_DO_RATES, out);
    }
}

int ebb_drive_step(ebb_cohort_t *lanes, double h)
{
    const ebb_native_t *native = lanes->run->native;
    ebb_chance_normals(lanes);
    if (native) {
        ebb_native_rows_t rows = drive_rows(lanes, h);
        return native->step(&rows);
    }
    return drive_step(lanes, h);
}

int ebb_drive_arrive(ebb_cohort_t *lanes, double h)
{
    const ebb_native_t *native = lanes->run->native;
    if (native) {
        ebb_native_rows_t rows = drive_rows(lanes, h);
        return native->arrive(&rows);
    }
    return drive_arrive(lanes, h);
}
