/* SPDX-License-Identifier: MIT
 *
 * Steps of one length, for models with noise.
 *
 * Euler–Maruyama:  x' = x + a h + b W,              W normal with variance h
 * Heun–Milstein:   y  = x + a h + b W + b b_x (W^2 - h) / 2
 *                  x' = x + (a(x) + a(y)) h / 2 + b W + b b_x (W^2 - h) / 2
 *
 * with a, b and b_x at the beginning of the step unless said otherwise (Kloeden and
 * Platen 1992, sections 10.2 and 10.3). Taking the mean of the rates changes the step
 * by O(h^2) in the mean and O(h^3/2) in the path, so Milstein's strong order 1 stays,
 * and without noise it is Heun's method of order 2. Noise is Ito's: taken at the
 * beginning.
 */
#include <math.h>
#include <string.h>

#include "math/elementary.h"
#include "run/lanes.h"

/* How a segment is cut. */
typedef struct ebb_grid {
    double begin, end, h;
    double count; /* steps */
} ebb_grid_t;

static ebb_grid_t fixed_grid(const ebb_cohort_t *lanes)
{
    const double *stops = lanes->run->stops + lanes->segment;
    double length = stops[1] - stops[0];
    double count = ceil(length / lanes->run->step - 1e-9);
    count = count < 1 ? 1 : count;
    return (ebb_grid_t){stops[0], stops[1], length / count, count};
}

static double fixed_time(const ebb_grid_t *grid, double k)
{
    return k < grid->count ? grid->begin + k * grid->h : grid->end;
}

/* out <- x + h rate */
EBB_CLONES static void fixed_drift(double *restrict out, const double *restrict x,
                                   const double *restrict rate, double h, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i] + h * rate[i];
    }
}

/* out <- x + h (first + second) / 2 + push */
EBB_CLONES static void fixed_mean(double *restrict out, const double *restrict x,
                                  const double *const rates[2],
                                  const double *restrict push, double h, size_t n)
{
    const double *restrict first = rates[0], *restrict second = rates[1];
    for (size_t i = 0; i < n; i++) {
        out[i] = x[i] + 0.5 * h * (first[i] + second[i]) + push[i];
    }
}

/* push <- b W + f (W^2 - h), W = root z with root^2 = h; f is b b_x / 2 */
EBB_CLONES static void fixed_push(double *restrict push, const double *restrict z,
                                  const double *restrict b, const double *restrict f,
                                  double h, size_t n)
{
    double root = sqrt(h);
    for (size_t i = 0; i < n; i++) {
        double w = root * z[i];
        push[i] = b[i] * w + f[i] * (w * w - h);
    }
}

EBB_CLONES static void fixed_add(double *restrict x, const double *restrict more,
                                 size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] += more[i];
    }
}

/* What noise adds, in the rows of `wrong`; rows without noise stay 0. */
static void fixed_noise(ebb_cohort_t *lanes, double h)
{
    const ebb_simulation_t *run = lanes->run;
    static const double none[EBB_LANES_MOST];
    double z[EBB_LANES_MOST];
    size_t w = lanes->width;
    for (size_t k = 0; k < run->noises; k++) {
        const double *b = ebb_lanes_root(lanes, EBB_DO_FLOW, run->rows + k);
        const double *f =
            run->method == EBB_METHOD_HEUN
                ? ebb_lanes_root(lanes, EBB_DO_FLOW, run->rows + run->noises + k)
                : none;
        ebb_chance_normal(lanes, k, z);
        fixed_push(lanes->wrong + run->noise_state[k] * w, z, b, f, h, w);
    }
}

static void fixed_copy_roots(ebb_cohort_t *lanes, size_t section, double *out)
{
    size_t w = lanes->width;
    for (size_t k = 0; k < lanes->run->rows; k++) {
        memcpy(out + k * w, ebb_lanes_root(lanes, section, k), w * sizeof(double));
    }
}

/* One step of all lanes; afterwards `begin` has the rows before it. */
static void fixed_step(ebb_cohort_t *lanes, double h, double t_next)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width, n = run->rows * w;
    double *rows = ebb_lanes_row(lanes, 0);
    memcpy(lanes->begin, rows, n * sizeof(double));
    memset(lanes->wrong, 0, n * sizeof(double));
    ebb_lanes_do(lanes, EBB_DO_FLOW);
    fixed_copy_roots(lanes, EBB_DO_FLOW, lanes->stage[0]);
    fixed_noise(lanes, h);
    fixed_drift(rows, lanes->begin, lanes->stage[0], h, n);
    fixed_add(rows, lanes->wrong, run->states * w);
    for (size_t i = 0; i < w; i++) {
        lanes->time[i] = t_next;
    }
    if (run->method == EBB_METHOD_HEUN) {
        ebb_lanes_bound(lanes);
        ebb_lanes_lead(lanes);
        ebb_lanes_do(lanes, EBB_DO_RATES);
        fixed_copy_roots(lanes, EBB_DO_RATES, lanes->stage[1]);
        const double *const rates[2] = {lanes->stage[0], lanes->stage[1]};
        fixed_mean(rows, lanes->begin, rates, lanes->wrong, h, n);
    }
}

/* Writes what is due within [t, t + h), on the line between `begin` and now; what is
 * due at t itself has been written. */
static void fixed_write_between(ebb_cohort_t *lanes, double t, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t n = run->states * lanes->width;
    bool fine[EBB_LANES_MOST];
    double *rows = ebb_lanes_row(lanes, 0);
    size_t next = lanes->next_time[0];
    if (next >= run->time_count || run->times[next] >= t + h * (1 - 1e-9)) {
        return;
    }
    memset(fine, true, sizeof fine);
    memcpy(lanes->proposal, rows, n * sizeof(double));
    for (; next < run->time_count && run->times[next] < t + h * (1 - 1e-9); next++) {
        double s = (run->times[next] - t) / h;
        for (size_t i = 0; i < n; i++) {
            rows[i] = lanes->begin[i] + s * (lanes->proposal[i] - lanes->begin[i]);
        }
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->time[i] = run->times[next];
        }
        ebb_lanes_bound(lanes);
        ebb_lanes_lead(lanes);
        ebb_lanes_write(lanes, fine);
    }
    memcpy(rows, lanes->proposal, n * sizeof(double));
    for (size_t i = 0; i < lanes->width; i++) {
        lanes->time[i] = t + h;
    }
}

static void fixed_write_now(ebb_cohort_t *lanes, double t, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t next = lanes->next_time[0];
    if (next < run->time_count && run->times[next] <= t + 1e-9 * h) {
        bool all[EBB_LANES_MOST];
        memset(all, true, sizeof all);
        ebb_lanes_write(lanes, all);
    }
}

static void fixed_watch(ebb_cohort_t *lanes, double t, double h)
{
    bool all[EBB_LANES_MOST];
    double from[EBB_LANES_MOST], to[EBB_LANES_MOST], half[EBB_LANES_MOST];
    for (size_t i = 0; i < lanes->width && lanes->run->watches; i++) {
        all[i] = true;
        from[i] = t;
        to[i] = t + h;
        half[i] = 0.5 * h;
    }
    if (lanes->run->watches) {
        ebb_watch_sample(lanes, all, from, to, half);
    }
}

void ebb_fixed_advance(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    ebb_grid_t grid = fixed_grid(lanes);
    bool all[EBB_LANES_MOST];
    memset(all, true, sizeof all);
    for (size_t done = 0; (double)done < grid.count; done++) {
        double k = (double)done;
        double t = fixed_time(&grid, k), t_next = fixed_time(&grid, k + 1);
        ebb_lookback_keep(lanes, all, NULL);
        fixed_write_now(lanes, t, grid.h);
        fixed_watch(lanes, t, grid.h);
        fixed_step(lanes, grid.h, t_next);
        fixed_write_between(lanes, t, grid.h);
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->time[i] = t_next;
        }
        lanes->step++;
        ebb_lanes_bound(lanes);
        ebb_lanes_lead(lanes);
        ebb_events_settle(lanes, all, lanes->stage[0] + run->states * lanes->width);
        fixed_watch(lanes, t, grid.h);
    }
}
