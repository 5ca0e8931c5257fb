/* SPDX-License-Identifier: MIT
 *
 * Past states, for delays.
 *
 * Each lane keeps its steps in a ring; between two entries the state is Hermite's cubic
 * of the values and rates at both (smooth), or a line. Two entries of the same time
 * mark a jump, of which the later one holds. Steps are never longer than the shortest
 * lag, so what is asked for is always in the past. Before the start the model's
 * `history` holds, or the value with which the couple starts.
 */
#include <math.h>
#include <string.h>

#include "run/lanes.h"

#define EBB_MEMORY_ADAPTIVE 4096

/* Each delay has its state kept in a column of its own: [entry][delay][width]. */
static double *lookback_at(const ebb_cohort_t *lanes, double *rows, size_t entry,
                           size_t delay)
{
    const ebb_lookback_t *past = &lanes->lookback;
    size_t delays = lanes->run->system->delay_count;
    return rows + ((entry % past->room) * delays + delay) * lanes->width;
}

static double *lookback_time(const ebb_cohort_t *lanes, size_t entry)
{
    const ebb_lookback_t *past = &lanes->lookback;
    return past->time + (entry % past->room) * lanes->width;
}

static const double *lookback_lag(const ebb_cohort_t *lanes, size_t delay)
{
    return ebb_lanes_root(lanes, EBB_DO_START, lanes->run->states + delay);
}

double ebb_lookback_shortest(const ebb_cohort_t *lanes, size_t lane)
{
    double shortest = (double)INFINITY;
    for (size_t d = 0; d < lanes->run->system->delay_count; d++) {
        double lag = lookback_lag(lanes, d)[lane];
        shortest = lag < shortest ? lag : shortest;
    }
    return shortest;
}

/* How many entries may be asked for. */
static size_t lookback_needed(const ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    double longest = 0;
    for (size_t d = 0; d < run->system->delay_count; d++) {
        for (size_t i = 0; i < lanes->width; i++) {
            longest = fmax(longest, lookback_lag(lanes, d)[i]);
        }
    }
    double step = run->method == EBB_METHOD_MAP ? 1 : run->step;
    double entries =
        fmin(longest, run->length) / step + 2 * (double)run->stop_count + 8;
    return ebb_run_adapts(run) ? EBB_MEMORY_ADAPTIVE : (size_t)fmin(entries, 1e9);
}

void ebb_lookback_close(ebb_cohort_t *lanes)
{
    ebb_lookback_t *past = &lanes->lookback;
    const ebb_alloc_t *alloc = lanes->arena.alloc;
    size_t w = lanes->width;
    if (past->room) {
        size_t delays = lanes->run->system->delay_count, rows = delays * w;
        ebb_free_array(alloc, past->time, past->room * w, sizeof(double));
        ebb_free_array(alloc, past->value, past->room * rows, sizeof(double));
        ebb_free_array(alloc, past->rate, past->room * rows, sizeof(double));
        ebb_free_array(alloc, past->start, rows, sizeof(double));
        ebb_free_array(alloc, past->count, w, sizeof(size_t));
        ebb_free_array(alloc, past->cursor, rows, sizeof(size_t));
    }
    *past = (ebb_lookback_t){0};
}

static int lookback_open(ebb_cohort_t *lanes, size_t room)
{
    ebb_lookback_t *past = &lanes->lookback;
    const ebb_alloc_t *alloc = lanes->arena.alloc;
    size_t w = lanes->width, rows = lanes->run->system->delay_count * w;
    ebb_lookback_close(lanes);
    past->room = room;
    past->time = ebb_new_array(alloc, room * w, sizeof(double));
    past->value = ebb_new_array(alloc, room * rows, sizeof(double));
    past->rate = ebb_new_array(alloc, room * rows, sizeof(double));
    past->start = ebb_new_array(alloc, rows, sizeof(double));
    past->count = ebb_new_array(alloc, w, sizeof(size_t));
    past->cursor = ebb_new_array(alloc, rows, sizeof(size_t));
    bool whole = past->time && past->value && past->rate && past->start &&
                 past->count && past->cursor;
    return whole ? EBB_OK : EBB_ERR_MEMORY;
}

int ebb_lookback_begin(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t delays = run->system->delay_count, w = lanes->width;
    if (delays == 0) {
        return EBB_OK;
    }
    size_t room = lookback_needed(lanes);
    int code = lanes->lookback.room < room ? lookback_open(lanes, room) : EBB_OK;
    if (code) {
        return code;
    }
    lanes->lookback.smooth = ebb_run_adapts(run);
    memset(lanes->lookback.count, 0, w * sizeof(size_t));
    memset(lanes->lookback.cursor, 0, delays * w * sizeof(size_t));
    for (size_t d = 0; d < delays; d++) {
        memcpy(lanes->lookback.start + d * w,
               ebb_lanes_row(lanes, run->system->delays[d].state), w * sizeof(double));
    }
    for (size_t i = 0; i < w; i++) {
        double least = ebb_run_adapts(run)             ? 1e-12 * run->length
                       : run->method == EBB_METHOD_MAP ? 1
                                                       : run->step;
        double shortest = ebb_lookback_shortest(lanes, i);
        if (!(shortest >= least * (1 - 1e-9))) {
            ebb_lanes_fail(lanes, i, EBB_LANE_LAG);
        }
    }
    return EBB_OK;
}

void ebb_lookback_keep(ebb_cohort_t *lanes, const bool *which, const double *rates)
{
    const ebb_system_t *system = lanes->run->system;
    ebb_lookback_t *past = &lanes->lookback;
    size_t w = lanes->width;
    for (size_t i = 0; i < w && past->room; i++) {
        size_t entry = past->count[i];
        if (!which[i]) {
            continue;
        }
        past->count[i]++;
        lookback_time(lanes, entry)[i] = lanes->time[i];
        for (size_t d = 0; d < system->delay_count; d++) {
            size_t state = system->delays[d].state;
            lookback_at(lanes, past->value, entry, d)[i] =
                ebb_lanes_row(lanes, state)[i];
            lookback_at(lanes, past->rate, entry, d)[i] =
                rates ? rates[state * w + i] : 0;
        }
    }
}

/* --- looking back ----------------------------------------------------------------- */

/* Hermite's cubic, or the line, between entries e and e + 1 at time t. */
static double lookback_between(const ebb_cohort_t *lanes, size_t e, size_t delay,
                               size_t lane, double t)
{
    const ebb_lookback_t *past = &lanes->lookback;
    double t0 = lookback_time(lanes, e)[lane];
    double h = lookback_time(lanes, e + 1)[lane] - t0;
    double y0 = lookback_at(lanes, past->value, e, delay)[lane];
    double y1 = lookback_at(lanes, past->value, e + 1, delay)[lane];
    if (!(h > 0)) {
        return y1;
    }
    double s = (t - t0) / h;
    double line = y0 + s * (y1 - y0);
    if (!past->smooth) {
        return line;
    }
    double f0 = lookback_at(lanes, past->rate, e, delay)[lane] * h;
    double f1 = lookback_at(lanes, past->rate, e + 1, delay)[lane] * h;
    double rise = y1 - y0;
    return line + s * (s - 1) * ((1 - 2 * s) * rise + (s - 1) * f0 + s * f1);
}

/* The last entry whose time is not above t; the search begins where the last one ended.
 */
static size_t lookback_find(const ebb_cohort_t *lanes, size_t delay, size_t lane,
                            double t)
{
    const ebb_lookback_t *past = &lanes->lookback;
    size_t *cursor = past->cursor + delay * lanes->width + lane, e = *cursor;
    size_t count = past->count[lane];
    size_t oldest = count > past->room ? count - past->room : 0;
    e = e < oldest ? oldest : e;
    while (e + 1 < count && lookback_time(lanes, e + 1)[lane] <= t) {
        e++;
    }
    while (e > oldest && lookback_time(lanes, e)[lane] > t) {
        e--;
    }
    *cursor = e;
    return e;
}

static double lookback_value(ebb_cohort_t *lanes, size_t delay, size_t lane, double t)
{
    const ebb_lookback_t *past = &lanes->lookback;
    size_t count = past->count[lane], e = lookback_find(lanes, delay, lane, t);
    if (count == 0) { /* at the very start */
        return ebb_lanes_row(lanes, lanes->run->system->delays[delay].state)[lane];
    }
    if (e > 0 && lookback_time(lanes, e)[lane] > t) {
        ebb_lanes_fail(lanes, lane, EBB_LANE_LONG_MEMORY);
        return (double)NAN;
    }
    return e + 1 < count ? lookback_between(lanes, e, delay, lane, t)
                         : lookback_at(lanes, past->value, e, delay)[lane];
}

/* What `history` says of the times `ago`. The row of time is borrowed and given back.
 */
static const double *lookback_told(ebb_cohort_t *lanes, size_t delay, const double *ago)
{
    double now[EBB_LANES_MOST];
    memcpy(now, lanes->time, lanes->width * sizeof(double));
    for (size_t i = 0; i < lanes->width; i++) {
        lanes->time[i] = ago[i] < 0 ? ago[i] : 0;
    }
    ebb_lanes_do(lanes, EBB_DO_HISTORY);
    memcpy(lanes->time, now, lanes->width * sizeof(double));
    return ebb_lanes_root(lanes, EBB_DO_HISTORY, delay);
}

/* Before the start. */
static void lookback_history(ebb_cohort_t *lanes, size_t delay, const double *ago,
                             double *out)
{
    const ebb_system_t *system = lanes->run->system;
    const double *before =
        system->states[system->delays[delay].state].history == EBB_NONE
            ? lanes->lookback.start + delay * lanes->width
            : lookback_told(lanes, delay, ago);
    for (size_t i = 0; i < lanes->width; i++) {
        out[i] = ago[i] < 0 ? before[i] : out[i];
    }
}

void ebb_lookback_fetch(ebb_cohort_t *lanes)
{
    const ebb_system_t *system = lanes->run->system;
    double ago[EBB_LANES_MOST];
    for (size_t d = 0; d < system->delay_count; d++) {
        double *out = ebb_lanes_leaf(lanes, EBB_LEAF_DELAYED, d);
        const double *lag = lookback_lag(lanes, d);
        bool early = false;
        for (size_t i = 0; i < lanes->width; i++) {
            ago[i] = lanes->time[i] - lag[i];
            ago[i] = ebb_same_time(ago[i], 0) && ago[i] < 0 ? 0 : ago[i];
            early = early || ago[i] < 0;
            if (ago[i] >= 0) {
                out[i] = lookback_value(lanes, d, i, ago[i]);
            }
        }
        if (early) {
            lookback_history(lanes, d, ago, out);
        }
    }
}

/* Kinks: rates jump at 0, and that comes back after each lag, a derivative higher each
 * time; from the fifth on no method here notices. */
double ebb_lookback_kink(const ebb_cohort_t *lanes, size_t lane, double t)
{
    double next = (double)INFINITY;
    size_t delays = lanes->run->system->delay_count;
    for (size_t d = 0; d < delays; d++) {
        double lag = lookback_lag(lanes, d)[lane];
        for (int m = 1; m <= 5; m++) {
            next = m * lag > t && m * lag < next ? m * lag : next;
        }
        for (size_t o = 0; o < d; o++) {
            double both = lag + lookback_lag(lanes, o)[lane];
            next = both > t && both < next ? both : next;
        }
    }
    return next;
}
