/* SPDX-License-Identifier: MIT
 * Episodes: runs in which one wrote again at least twice while the other's silence was
 * unusual. */
#include <math.h>
#include <stdlib.h>

#include "core/memory.h"
#include "cycle/describe.h"
#include "cycle/stats.h"
#include "cycle/surprise.h"

#define EPISODE_FOLLOWUPS 2
#define UNUSUAL 0.8f
#define SOON_OP_MIN 60.0

/* The usual reply curve of one direction; `ok` is false where it cannot be fitted. */
static int make_curve(ebb_curve_t *curve, const ebb_cells_t *cells, const double *known,
                      bool *ok)
{
    ebb_design_t usual;
    ebb_fitted_t fit = {0};
    int code = ebb_design_make(&usual, EBB_EQUATION_USUAL, cells, false);
    if (!code && !known) {
        code = ebb_regression_point(&fit, &usual, NULL);
    }
    *ok = !code && (known || fit.converged);
    if (*ok) {
        ebb_curve_make(curve, &usual, known ? known : fit.beta, 1);
    }
    ebb_regression_free(&fit);
    ebb_design_free(&usual);
    return code;
}

static ebb_ending_t ending_of(const ebb_run_t *run, double op_after_last)
{
    if (run->ending == EBB_RUN_CENSORED) {
        return EBB_ENDED_OPEN;
    }
    switch ((ebb_kind_t)run->reply_kind) {
    case EBB_KIND_CALL:
    case EBB_KIND_MISSED_CALL:
        return EBB_ENDED_BY_CALL;
    case EBB_KIND_MEDIA:
    case EBB_KIND_VOICE:
    case EBB_KIND_REACTION:
        return EBB_ENDED_BY_MEDIA;
    case EBB_KIND_TEXT:
    case EBB_KIND_DELETED:
    case EBB_KIND_SYSTEM:
    case EBB_KIND_OTHER:
    case EBB_KIND_COUNT:
        break;
    }
    return op_after_last <= SOON_OP_MIN ? EBB_ENDED_BY_ANSWER : EBB_ENDED_AFTER_PAUSE;
}

/* Reads one run; false when it is no episode. Times are minutes from the origin of t.
 */
static bool read_run(ebb_episode_t *episode, const ebb_cells_t *cells,
                     const ebb_run_t *run, const ebb_curve_t *curve)
{
    double since = 0, op_after_last = 0;
    float surprise = 0;
    uint32_t n = 0;
    const ebb_cell_t *cell = &cells->list[run->first_cell];
    for (uint32_t i = 0; i < run->cell_count; i++, cell++) {
        since += (double)cell->exposure;
        op_after_last += (double)cell->op_exposure;
        if (cell->followup) {
            if (n < EBB_EPISODE_TURNS) {
                episode->turn_hours[n] = (float)(since / 60);
            }
            n++;
            surprise = ebb_curve_at(curve, cell->log_t0_o);
            op_after_last = 0;
        }
    }
    if (n < EPISODE_FOLLOWUPS || surprise < UNUSUAL || run->cell_count == 0) {
        return false;
    }
    episode->followups = n;
    /* the middle of the last cell may lie before that of the last follow-up's */
    float by_end = ebb_curve_at(curve, cell[-1].log_t0_o);
    episode->surprise = (double)(by_end > surprise ? by_end : surprise);
    episode->ending = ending_of(run, op_after_last);
    return true;
}

static size_t count_candidates(const ebb_cells_t *cells)
{
    size_t n = 0;
    for (size_t i = 0; i < cells->run_count; i++) {
        n += cells->runs[i].followups >= EPISODE_FOLLOWUPS;
    }
    return n;
}

int ebb_episodes_find(ebb_found_t *found, int pursuer, const ebb_cells_t *cells,
                      const double *usual)
{
    ebb_curve_t curve;
    bool ok = false;
    *found = (ebb_found_t){0};
    int code = make_curve(&curve, cells, usual, &ok);
    if (code || !ok) {
        return code;
    }
    found->room = count_candidates(cells);
    found->list = ebb_new_array(cells->alloc, found->room, sizeof *found->list);
    if (!found->list) {
        return EBB_ERR_MEMORY;
    }
    for (size_t i = 0; i < cells->run_count; i++) {
        const ebb_run_t *run = &cells->runs[i];
        ebb_episode_t episode = {
            .pursuer = pursuer,
            .begin_s = run->begin_s,
            .end_s = run->end_s,
        };
        if (read_run(&episode, cells, run, &curve)) {
            found->list[found->count++] = episode;
        }
    }
    return EBB_OK;
}

static int by_begin(const void *a, const void *b)
{
    const ebb_episode_t *x = a, *y = b;
    return x->begin_s != y->begin_s
               ? (x->begin_s > y->begin_s) - (x->begin_s < y->begin_s)
               : x->pursuer - y->pursuer;
}

static double log_duration(const ebb_episode_t *episode)
{
    double minutes = (double)(episode->end_s - episode->begin_s) / 60;
    return log(minutes < 1 ? 1 : minutes);
}

/* The episode nearest to the medians of duration and number, on log scales. */
static int find_typical(ebb_cycle_t *cycle)
{
    size_t n = cycle->episode_count;
    double *values = ebb_new_array(cycle->_alloc, n, sizeof *values);
    if (!values) {
        return EBB_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        values[i] = log_duration(&cycle->episodes[i]);
    }
    double duration = ebb_quantile(values, n, 0.5);
    for (size_t i = 0; i < n; i++) {
        values[i] = log(cycle->episodes[i].followups);
    }
    double followups = ebb_quantile(values, n, 0.5), best = (double)INFINITY;
    for (size_t i = 0; i < n; i++) {
        const ebb_episode_t *episode = &cycle->episodes[i];
        double distance = fabs(log_duration(episode) - duration) +
                          fabs(log(episode->followups) - followups);
        if (distance < best) {
            best = distance;
            cycle->typical_episode = i;
        }
    }
    ebb_free_array(cycle->_alloc, values, n, sizeof *values);
    return EBB_OK;
}

int ebb_describe_episodes(ebb_cycle_t *cycle, ebb_found_t found[2])
{
    cycle->_episode_room = found[0].count + found[1].count;
    cycle->episodes =
        ebb_new_array(cycle->_alloc, cycle->_episode_room, sizeof *cycle->episodes);
    int code = cycle->episodes ? EBB_OK : EBB_ERR_MEMORY;
    for (int pursuer = 0; pursuer < 2; pursuer++) {
        ebb_found_t *from = &found[pursuer];
        for (size_t i = 0; i < from->count && !code; i++) {
            cycle->episodes[cycle->episode_count++] = from->list[i];
        }
        ebb_free_array(cycle->_alloc, from->list, from->room, sizeof *from->list);
        *from = (ebb_found_t){0};
    }
    if (!code) {
        qsort(cycle->episodes, cycle->episode_count, sizeof *cycle->episodes, by_begin);
        code = find_typical(cycle);
    }
    return code;
}
