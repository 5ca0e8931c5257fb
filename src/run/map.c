/* SPDX-License-Identifier: MIT
 * Models in discrete time: all next values come from the same last ones. */
#include <math.h>
#include <string.h>

#include "run/lanes.h"

/* Outputs and summaries of the values at time t; a step ends the segment of it. */
static void map_look(ebb_cohort_t *lanes, double t)
{
    const ebb_simulation_t *run = lanes->run;
    bool due[EBB_LANES_MOST], fine[EBB_LANES_MOST];
    double from[EBB_LANES_MOST], to[EBB_LANES_MOST], one[EBB_LANES_MOST];
    bool any = false;
    for (size_t i = 0; i < lanes->width; i++) {
        size_t next = lanes->next_time[i];
        fine[i] = !lanes->status[i];
        due[i] = fine[i] && next < run->time_count && run->times[next] <= t;
        any = any || due[i];
        from[i] = t;
        to[i] = t + 1;
        one[i] = 1;
    }
    if (any) {
        ebb_lanes_write(lanes, due);
    }
    ebb_watch_sample(lanes, fine, from, to, one);
}

/* The next values, side by side until all are known. */
static void map_step(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    double chance[EBB_LANES_MOST];
    ebb_lanes_do(lanes, EBB_DO_FLOW);
    for (size_t k = 0; k < run->rows; k++) {
        memcpy(lanes->proposal + k * w, ebb_lanes_root(lanes, EBB_DO_FLOW, k),
               w * sizeof(double));
    }
    for (size_t k = 0; k < run->noises; k++) {
        const double *noise = ebb_lanes_root(lanes, EBB_DO_FLOW, run->rows + k);
        double *next = lanes->proposal + run->noise_state[k] * w;
        ebb_chance_normal(lanes, k, chance);
        for (size_t i = 0; i < w; i++) {
            next[i] += noise[i] * chance[i];
        }
    }
    memcpy(ebb_lanes_row(lanes, 0), lanes->proposal, run->states * w * sizeof(double));
    double *left = ebb_lanes_row(lanes, run->states);
    const double *loss = lanes->proposal + run->states * w;
    for (size_t i = 0; i < run->chances * w; i++) {
        left[i] += loss[i];
    }
}

void ebb_map_advance(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    bool all[EBB_LANES_MOST];
    double begin = run->stops[lanes->segment], end = run->stops[lanes->segment + 1];
    memset(all, true, sizeof all);
    for (size_t k = 0; begin + (double)k < end; k++) {
        double t = begin + (double)k;
        ebb_lookback_keep(lanes, all, NULL);
        map_look(lanes, t);
        map_step(lanes);
        lanes->step++;
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->time[i] = t + 1;
        }
        ebb_lanes_bound(lanes);
        ebb_lanes_lead(lanes);
        ebb_events_settle(lanes, all, lanes->proposal + run->states * lanes->width);
        ebb_lanes_lead(lanes);
    }
}
