/* SPDX-License-Identifier: MIT
 * Summaries of a scenario, while the run goes on, and what it expects of them. */
#include <math.h>

#include "run/lanes.h"

void ebb_watch_begin(ebb_cohort_t *lanes)
{
    for (size_t k = 0; k < lanes->run->watches; k++) {
        int kind = lanes->run->plan->summaries[k].kind;
        for (size_t i = 0; i < lanes->width; i++) {
            size_t at = k * lanes->width + i;
            lanes->weight[at] = 0;
            lanes->watched[at] = kind == EBB_SUMMARY_LOWEST    ? (double)INFINITY
                                 : kind == EBB_SUMMARY_HIGHEST ? -(double)INFINITY
                                                               : 0;
        }
    }
}

/* One value of one lane, for a mean with a weight. */
static void watch_add(ebb_cohort_t *lanes, size_t k, size_t lane, double value,
                      double weight)
{
    size_t at = k * lanes->width + lane;
    double *sum = &lanes->watched[at];
    switch (lanes->run->plan->summaries[k].kind) {
    case EBB_SUMMARY_LOWEST:
        *sum = value < *sum || isnan(value) ? value : *sum;
        break;
    case EBB_SUMMARY_HIGHEST:
        *sum = value > *sum || isnan(value) ? value : *sum;
        break;
    default:
        *sum += weight * value;
        lanes->weight[at] += weight;
        break;
    }
}

void ebb_watch_stop(ebb_cohort_t *lanes, double time)
{
    const ebb_simulation_t *run = lanes->run;
    if (run->watches) {
        ebb_lanes_do(lanes, EBB_DO_WATCH);
    }
    for (size_t k = 0; k < run->watches; k++) {
        const ebb_summary_t *summary = &run->plan->summaries[k];
        bool moment =
            summary->kind == EBB_SUMMARY_VALUE || summary->begin == summary->end;
        bool extreme =
            summary->kind == EBB_SUMMARY_LOWEST || summary->kind == EBB_SUMMARY_HIGHEST;
        bool steps = run->system->steps;
        bool here = ebb_same_time(steps ? ceil(summary->begin) : summary->begin, time);
        bool within =
            (extreme || (steps && !moment)) && ebb_same_time(summary->end, time);
        for (size_t i = 0; i < lanes->width && ((moment && here) || within); i++) {
            watch_add(lanes, k, i, ebb_lanes_root(lanes, EBB_DO_WATCH, k)[i], 1);
        }
    }
}

void ebb_watch_sample(ebb_cohort_t *lanes, const bool *which, const double *from,
                      const double *to, const double *weight)
{
    const ebb_simulation_t *run = lanes->run;
    if (run->watches) {
        ebb_lanes_do(lanes, EBB_DO_WATCH);
    }
    for (size_t k = 0; k < run->watches; k++) {
        const ebb_summary_t *summary = &run->plan->summaries[k];
        const double *value = ebb_lanes_root(lanes, EBB_DO_WATCH, k);
        bool span = summary->kind != EBB_SUMMARY_VALUE && summary->end > summary->begin;
        for (size_t i = 0; i < lanes->width && span; i++) {
            double middle = 0.5 * (from[i] + to[i]);
            if (which[i] && middle > summary->begin && middle < summary->end) {
                watch_add(lanes, k, i, value[i], weight[i]);
            }
        }
    }
}

void ebb_watch_end(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    for (size_t k = 0; k < run->watches; k++) {
        int kind = run->plan->summaries[k].kind;
        bool mean = kind == EBB_SUMMARY_MEAN || kind == EBB_SUMMARY_VALUE;
        double *row = ebb_lanes_leaf(lanes, EBB_LEAF_SUMMARY, k);
        for (size_t i = 0; i < w; i++) {
            double sum = lanes->watched[k * w + i], all = lanes->weight[k * w + i];
            row[i] = mean ? sum / all : sum;
        }
    }
    size_t expects = run->plan ? run->plan->expect_count : 0;
    if (expects) {
        ebb_lanes_do(lanes, EBB_DO_EXPECT);
    }
    for (size_t k = 0; k < expects; k++) {
        const double *holds = ebb_lanes_root(lanes, EBB_DO_EXPECT, k);
        for (size_t i = 0; i < w; i++) {
            lanes->kept[k * w + i] =
                holds[i] != 0 && !isnan(holds[i]) && !lanes->status[i];
        }
    }
}
