/* SPDX-License-Identifier: MIT
 *
 * Summaries of a scenario, while the run goes on, and what it expects of them.
 *
 * The samples of a lane come in order of time. Of each summary and lane there are five
 * numbers, what is meant by them differs:
 *
 *              watched           weight           since            last
 *     mean     weighted sum      sum of weights
 *     lowest   so far
 *     first    its time          1: it was seen
 *     halving  time so far       1: it was seen   size at first    size at last look
 *     episodes their number      1: it holds      since when       end of the last one
 *     gaps     sum of powers     1: it holds      since when       end of the last one
 *     turns    their number      what held        which began
 *
 * and `begun`: of gaps, when the last episode began; of turns, a number once looked at.
 */
#include <math.h>

#include "run/lanes.h"

void ebb_watch_begin(ebb_cohort_t *lanes)
{
    for (size_t k = 0; k < lanes->run->watches; k++) {
        const ebb_summary_t *summary = &lanes->run->plan->summaries[k];
        int kind = summary->kind;
        for (size_t i = 0; i < lanes->width; i++) {
            size_t at = k * lanes->width + i;
            lanes->weight[at] = 0;
            lanes->since[at] = lanes->begun[at] = (double)NAN;
            lanes->last[at] = -(double)INFINITY;
            lanes->watched[at] = kind == EBB_SUMMARY_LOWEST    ? (double)INFINITY
                                 : kind == EBB_SUMMARY_HIGHEST ? -(double)INFINITY
                                 : kind == EBB_SUMMARY_FIRST   ? summary->end
                                                               : 0;
        }
    }
}

/* Where between two looks the size came down to half, on the line between them. */
static void watch_halving(ebb_cohort_t *lanes, size_t at, double size, double time)
{
    double half = 0.5 * lanes->since[at], before = lanes->last[at];
    double *took = &lanes->watched[at];
    if (isnan(lanes->since[at])) {
        lanes->since[at] = size;
    } else if (lanes->weight[at] == 0 && size <= half) {
        double part = before > size ? (before - half) / (before - size) : 1;
        *took += part * (time - *took);
        lanes->weight[at] = 1;
    }
    *took = lanes->weight[at] == 0 ? time : *took;
    lanes->last[at] = size;
}

/* A stretch counts as it becomes long enough, unless it goes on with the last one.
 * Returns whether one counts now; it began at `since`. */
static bool watch_episode(ebb_cohort_t *lanes, size_t at, double least, bool holds,
                          double time)
{
    bool counts = false;
    if (holds && lanes->weight[at] == 0) {
        lanes->since[at] = time;
    }
    lanes->weight[at] = holds ? 1 : 0;
    if (holds && time - lanes->since[at] >= least) {
        bool fresh = lanes->last[at] < lanes->since[at];
        bool apart = lanes->since[at] - lanes->last[at] >= least;
        counts = fresh && apart;
        lanes->last[at] = time;
    }
    return counts;
}

/* The gap between the beginnings of an episode that counts now and of the last one. */
static void watch_gap(ebb_cohort_t *lanes, size_t at, uint32_t power)
{
    double gap = lanes->since[at] - lanes->begun[at];
    if (!isnan(gap)) {
        lanes->watched[at] += power == 0 ? 1 : power == 1 ? gap : gap * gap;
    }
    lanes->begun[at] = lanes->since[at];
}

/* Of two conditions that begin at one look the first counts as the first to do so. What
 * holds at the first look has not begun. */
static void watch_turn(ebb_cohort_t *lanes, size_t at, uint32_t part, int holds)
{
    bool begins = !isnan(lanes->begun[at]);
    int fresh = begins ? holds & ~(int)lanes->weight[at] : 0;
    for (int second = 0; second < 2; second++) {
        if (fresh & (1 << second)) {
            bool counts = lanes->since[at] * 2 + second == part;
            lanes->watched[at] += counts ? 1 : 0;
            lanes->since[at] = second;
        }
    }
    lanes->weight[at] = holds;
    lanes->begun[at] = 0;
}

/* One value of one lane at its time, for a mean with a weight. */
static void watch_add(ebb_cohort_t *lanes, size_t k, size_t lane, double value,
                      double weight)
{
    const ebb_summary_t *summary = &lanes->run->plan->summaries[k];
    size_t at = k * lanes->width + lane;
    double *sum = &lanes->watched[at], time = lanes->time[lane];
    switch (summary->kind) {
    case EBB_SUMMARY_LOWEST:
        *sum = value < *sum || isnan(value) ? value : *sum;
        break;
    case EBB_SUMMARY_HIGHEST:
        *sum = value > *sum || isnan(value) ? value : *sum;
        break;
    case EBB_SUMMARY_FIRST:
        *sum = value != 0 && lanes->weight[at] == 0 ? time : *sum;
        lanes->weight[at] = value != 0 ? 1 : lanes->weight[at];
        break;
    case EBB_SUMMARY_HALVING:
        watch_halving(lanes, at, fabs(value), time - summary->begin);
        break;
    case EBB_SUMMARY_EPISODES:
        *sum += watch_episode(lanes, at, summary->least, value != 0, time) ? 1 : 0;
        break;
    case EBB_SUMMARY_GAPS:
        if (watch_episode(lanes, at, summary->least, value != 0, time)) {
            watch_gap(lanes, at, summary->part);
        }
        break;
    case EBB_SUMMARY_TURNS:
        watch_turn(lanes, at, summary->part, (int)value);
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

/* Whether a look in the middle of a stretch counts for a summary. */
static bool watch_counts(const ebb_summary_t *summary, double from, double to)
{
    double middle = 0.5 * (from + to);
    bool span = summary->kind != EBB_SUMMARY_VALUE && summary->end > summary->begin;
    return span && middle > summary->begin && middle < summary->end;
}

/* Whether it does for any lane and summary. */
static bool watch_is_due(const ebb_cohort_t *lanes, const bool *which,
                         const double *from, const double *to)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t k = 0; k < run->watches; k++) {
        for (size_t i = 0; i < lanes->width; i++) {
            if (which[i] && watch_counts(&run->plan->summaries[k], from[i], to[i])) {
                return true;
            }
        }
    }
    return false;
}

void ebb_watch_sample(ebb_cohort_t *lanes, const bool *which, const double *from,
                      const double *to, const double *weight)
{
    const ebb_simulation_t *run = lanes->run;
    if (!watch_is_due(lanes, which, from, to)) {
        return;
    }
    ebb_lanes_do(lanes, EBB_DO_WATCH);
    for (size_t k = 0; k < run->watches; k++) {
        const ebb_summary_t *summary = &run->plan->summaries[k];
        const double *value = ebb_lanes_root(lanes, EBB_DO_WATCH, k);
        for (size_t i = 0; i < lanes->width; i++) {
            if (which[i] && watch_counts(summary, from[i], to[i])) {
                watch_add(lanes, k, i, value[i], weight[i]);
            }
        }
    }
}

static double watch_result(const ebb_cohort_t *lanes, size_t k, size_t lane)
{
    const ebb_summary_t *summary = &lanes->run->plan->summaries[k];
    size_t at = k * lanes->width + lane;
    double sum = lanes->watched[at], weight = lanes->weight[at];
    switch (summary->kind) {
    case EBB_SUMMARY_MEAN:
    case EBB_SUMMARY_VALUE:
        return sum / weight;
    case EBB_SUMMARY_HALVING:
        return weight == 0 ? summary->end - summary->begin : sum;
    default:
        return sum;
    }
}

void ebb_watch_end(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    for (size_t k = 0; k < run->watches; k++) {
        double *row = ebb_lanes_leaf(lanes, EBB_LEAF_SUMMARY, k);
        for (size_t i = 0; i < w; i++) {
            row[i] = watch_result(lanes, k, i);
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
