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

/* One step of all lanes, without bounds. Returns whether some chance may be used up. */
static int fixed_step(ebb_cohort_t *lanes, double h, double t_next)
{
    int used_up = ebb_drive_step(lanes, h);
    for (size_t i = 0; i < lanes->width; i++) {
        lanes->time[i] = t_next;
    }
    if (lanes->run->method == EBB_METHOD_HEUN) {
        ebb_lanes_lead(lanes);
        used_up = ebb_drive_arrive(lanes, h);
    }
    return used_up;
}

/* Whether an output is due within the step from t, t itself excepted. */
static bool fixed_is_due(const ebb_cohort_t *lanes, double t, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t next = lanes->next_time[0];
    return next < run->time_count && run->times[next] < t + h * (1 - 1e-9);
}

/* Writes what is due within [t, t + h), on the line between `begin` and now. */
static void fixed_write_between(ebb_cohort_t *lanes, double t, double h)
{
    const ebb_simulation_t *run = lanes->run;
    size_t n = run->states * lanes->width;
    bool fine[EBB_LANES_MOST];
    double *rows = ebb_lanes_row(lanes, 0);
    memset(fine, true, sizeof fine);
    memcpy(lanes->proposal, rows, n * sizeof(double));
    while (fixed_is_due(lanes, t, h)) {
        double due = run->times[lanes->next_time[0]], s = (due - t) / h;
        for (size_t i = 0; i < n; i++) {
            rows[i] = lanes->begin[i] + s * (lanes->proposal[i] - lanes->begin[i]);
        }
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->time[i] = due;
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

static void fixed_settle(ebb_cohort_t *lanes, int used_up)
{
    const ebb_simulation_t *run = lanes->run;
    if (used_up || run->guards) {
        bool all[EBB_LANES_MOST];
        memset(all, true, sizeof all);
        ebb_events_settle(lanes, all, lanes->stage[0] + run->states * lanes->width);
    }
}

static void fixed_keep(ebb_cohort_t *lanes)
{
    if (lanes->run->system->delay_count) {
        bool all[EBB_LANES_MOST];
        memset(all, true, sizeof all);
        ebb_lookback_keep(lanes, all, NULL);
    }
}

void ebb_fixed_advance(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    ebb_grid_t grid = fixed_grid(lanes);
    size_t size = run->rows * lanes->width * sizeof(double);
    for (size_t done = 0; (double)done < grid.count; done++) {
        double k = (double)done;
        double t = fixed_time(&grid, k), t_next = fixed_time(&grid, k + 1);
        fixed_keep(lanes);
        fixed_write_now(lanes, t, grid.h);
        fixed_watch(lanes, t, grid.h);
        bool due = fixed_is_due(lanes, t, grid.h);
        if (due) {
            memcpy(lanes->begin, ebb_lanes_row(lanes, 0), size);
        }
        int used_up = fixed_step(lanes, grid.h, t_next);
        if (due) {
            fixed_write_between(lanes, t, grid.h);
        }
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->time[i] = t_next;
        }
        lanes->step++;
        ebb_lanes_bound(lanes);
        ebb_lanes_lead(lanes);
        fixed_settle(lanes, used_up);
        fixed_watch(lanes, t, grid.h);
    }
}
