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
        (void)ebb_drive_step(lanes, 1);
        lanes->step++;
        for (size_t i = 0; i < lanes->width; i++) {
            lanes->time[i] = t + 1;
        }
        ebb_lanes_bound(lanes);
        ebb_lanes_lead(lanes);
        ebb_events_settle(lanes, all, lanes->stage[0] + run->states * lanes->width);
        ebb_lanes_lead(lanes);
    }
}
