/* SPDX-License-Identifier: MIT
 *
 * Limit cycles by their returns.
 *
 * Main idea: the run is given an event with a guard, one state rising through the
 * middle of its range, which the steppers locate within their steps; the event writes
 * down when it was and all states, in a queue of the last few. Two returns with the
 * same states are a cycle, whatever lies between them. Nothing is ever started anew, so
 * delays keep their past: each pass runs from the start.
 */
#include <string.h>

#include "core/fail.h"
#include "math/bits.h"
#include "study/extend.h"
#include "study/orbit.h"

#define CYCLE_TRANSIENT 500.0
#define CYCLE_WINDOW 500.0
#define CYCLE_LOOKS 2000u   /* moments of the window at which its range is looked for */
#define CYCLE_MOMENTS 1000u /* of a period, for its lowest and highest values */
#define CYCLE_SAME 1e-5
#define CYCLE_STILL 1e-6
#define CYCLE_KEPT 5u /* returns in the queue: a cycle may rise four times */

/* A search under way. */
typedef struct cycle_work {
    const ebb_study_t *study;
    ebb_reduction_t reduction;
    ebb_arena_t scratch;
    size_t n;
    double transient, window;
    double low[EBB_STUDY_FREE_MOST], high[EBB_STUDY_FREE_MOST]; /* in the window */
    size_t section; /* free state whose rise is a return */
    double last;    /* time of the last return */
    ebb_limit_cycle_t *cycle;
} cycle_work_t;

/* A look at states, at `count` moments from `from` to `length`, on a pass from the
 * start.
 */
typedef struct ebb_look {
    double from, length;
    size_t count;
    double *rows; /* in scratch memory */
} ebb_look_t;

static double *cycle_times(cycle_work_t *s, const ebb_look_t *look)
{
    double *times = ebb_arena_new(&s->scratch, look->count * sizeof *times);
    size_t last = look->count - 1;
    for (size_t k = 0; k < last && times; k++) {
        double part = (double)k / (double)last;
        times[k] = look->from + (look->length - look->from) * part;
    }
    if (times) {
        times[last] = look->length;
    }
    return times;
}

static int cycle_pass(cycle_work_t *s, ebb_look_t *look, ebb_error_t *error)
{
    size_t states = s->reduction.system.state_count, count = look->count;
    double *starts = ebb_arena_new(&s->scratch, (states + 1) * sizeof *starts);
    double *times = cycle_times(s, look);
    double *rows = ebb_arena_new(&s->scratch, (count * states + 1) * sizeof *rows);
    if (!starts || !times || !rows) {
        return ebb_study_fail_memory(error);
    }
    for (size_t i = 0; i < s->n; i++) {
        starts[i] = s->study->starts[s->reduction.model[i]];
    }
    ebb_orbit_t orbit;
    const ebb_orbit_wish_t wish = {
        .length = look->length, .times = times, .time_count = count};
    int code = ebb_orbit_open(&orbit, &s->reduction, &wish, error);
    code = code ? code : ebb_orbit_follow(&orbit, starts, 1, rows, error);
    ebb_orbit_close(&orbit);
    look->rows = rows;
    if (!code && rows[(count - 1) * states] != rows[(count - 1) * states]) {
        code = ebb_fail(error, EBB_ERR_NUMERIC,
                        "a state of `%s` became infinite or could not be followed",
                        s->study->system->name);
    }
    return code;
}

/* Lowest and highest values of rows. */
static void cycle_range(cycle_work_t *s, const ebb_look_t *look)
{
    size_t states = s->reduction.system.state_count;
    for (size_t i = 0; i < s->n; i++) {
        s->low[i] = s->high[i] = look->rows[i];
        for (size_t k = 1; k < look->count; k++) {
            double value = look->rows[k * states + i];
            s->low[i] = value < s->low[i] ? value : s->low[i];
            s->high[i] = value > s->high[i] ? value : s->high[i];
        }
    }
}

static double cycle_width(const cycle_work_t *s, size_t i)
{
    double middle = ebb_magnitude(s->high[i] + s->low[i]) / 2;
    return (s->high[i] - s->low[i]) / (1 + middle);
}

/* The state that moves most, or that none does. */
static int cycle_choose(cycle_work_t *s, ebb_error_t *error)
{
    ebb_look_t look = {s->transient, s->transient + s->window, CYCLE_LOOKS, NULL};
    int code = cycle_pass(s, &look, error);
    if (code || !look.rows) {
        return code;
    }
    cycle_range(s, &look);
    for (size_t i = 1; i < s->n; i++) {
        s->section = cycle_width(s, i) > cycle_width(s, s->section) ? i : s->section;
    }
    s->cycle->rests = cycle_width(s, s->section) < CYCLE_STILL;
    s->cycle->section = s->reduction.model[s->section];
    return EBB_OK;
}

/* --- returns ---------------------------------------------------------------------- */

/* Place of number `k` of return `r`, 0 the last one: its time, then its states. */
static size_t cycle_place(const cycle_work_t *s, size_t r, size_t k)
{
    return s->n + 1 + r * (s->n + 1) + k;
}

/* Adds the event: the queue moves on, what is now enters it, and the count grows. */
static int cycle_watch(cycle_work_t *s)
{
    ebb_graph_t *graph = &s->reduction.system.graph;
    uint32_t n = (uint32_t)s->n;
    double level = (s->low[s->section] + s->high[s->section]) / 2;
    size_t more = 1 + CYCLE_KEPT * (s->n + 1);
    uint32_t x = ebb_graph_leaf(graph, EBB_OP_STATE, (uint32_t)s->section);
    uint32_t guard =
        ebb_graph_binary(graph, EBB_OP_SUB, x, ebb_graph_constant(graph, level));
    ebb_action_t *action = ebb_extend_event(&s->reduction, guard, more);
    if (!action || ebb_extend_states(&s->reduction, more)) {
        return EBB_ERR_MEMORY;
    }
    uint32_t count = ebb_graph_leaf(graph, EBB_OP_STATE, n);
    *action++ =
        (ebb_action_t){n, ebb_graph_binary(graph, EBB_OP_ADD, count, EBB_NODE_ONE)};
    for (size_t r = 0; r < CYCLE_KEPT; r++) {
        for (uint32_t k = 0; k <= n; k++) {
            uint32_t place = (uint32_t)cycle_place(s, r, k);
            uint32_t before = place - (n + 1);
            uint32_t from = r > 0 ? ebb_graph_leaf(graph, EBB_OP_STATE, before)
                            : k   ? ebb_graph_leaf(graph, EBB_OP_STATE, k - 1)
                                  : ebb_graph_leaf(graph, EBB_OP_TIME, 0);
            *action++ = (ebb_action_t){place, from};
        }
    }
    return graph->failed;
}

/* How far the last return is from return r before it. */
static double cycle_drift(const cycle_work_t *s, const double *row, size_t r)
{
    double most = 0;
    for (size_t i = 0; i < s->n; i++) {
        double width = s->high[i] - s->low[i];
        double floor = CYCLE_STILL * (1 + ebb_magnitude(s->high[i]));
        double apart = ebb_magnitude(row[cycle_place(s, 0, 1 + i)] -
                                     row[cycle_place(s, r, 1 + i)]);
        apart /= width > floor ? width : floor;
        most = apart > most ? apart : most;
    }
    return most;
}

/* Reads the queue: the shortest way back to the same states, if there is one. `rows`
 * are those at the begin and at the end of the window. */
static void cycle_read(cycle_work_t *s, const double *rows)
{
    const double *row = rows + s->reduction.system.state_count;
    ebb_limit_cycle_t *cycle = s->cycle;
    size_t returns = (size_t)row[s->n];
    s->last = row[cycle_place(s, 0, 0)];
    cycle->returns = returns - (size_t)rows[s->n];
    cycle->drift = EBB_INFINITY;
    for (size_t r = 1; r < CYCLE_KEPT && r < returns && !cycle->found; r++) {
        double drift = cycle_drift(s, row, r);
        double period = s->last - row[cycle_place(s, r, 0)];
        if (drift < cycle->drift) {
            cycle->drift = drift;
            cycle->period = period;
        }
        cycle->found =
            drift < CYCLE_SAME && period < s->window && s->last > s->transient;
    }
}

/* Lowest and highest values over the last period. */
static int cycle_measure(cycle_work_t *s, ebb_error_t *error)
{
    const ebb_system_t *model = s->study->system;
    size_t count = model->state_count;
    double *low = ebb_arena_new(s->cycle->_memory, (count + 1) * sizeof *low);
    double *high = ebb_arena_new(s->cycle->_memory, (count + 1) * sizeof *high);
    if (!low || !high) {
        return ebb_study_fail_memory(error);
    }
    if (s->cycle->found) {
        ebb_look_t look = {s->last - s->cycle->period, s->last, CYCLE_MOMENTS, NULL};
        int code = cycle_pass(s, &look, error);
        if (code || !look.rows) {
            return code;
        }
        cycle_range(s, &look);
    }
    memcpy(low, s->study->starts, count * sizeof *low);
    memcpy(high, s->study->starts, count * sizeof *high);
    for (size_t i = 0; i < s->n; i++) {
        low[s->reduction.model[i]] = s->low[i];
        high[s->reduction.model[i]] = s->high[i];
    }
    s->cycle->low = low;
    s->cycle->high = high;
    return EBB_OK;
}

static int cycle_search(cycle_work_t *s, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    if (s->study->system->steps) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` goes in steps: cycles are looked for in continuous time",
                        s->study->system->name);
    }
    int code = ebb_reduce(&s->reduction, s->study, &wish, error);
    s->n = s->reduction.system.state_count;
    if (!code && s->n == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "all states of `%s` are held",
                        s->study->system->name);
    }
    code = code ? code : cycle_choose(s, error);
    if (!code && !s->cycle->rests) {
        ebb_look_t end = {s->transient, s->transient + s->window, 2, NULL};
        code =
            cycle_watch(s) ? ebb_study_fail_memory(error) : cycle_pass(s, &end, error);
        if (!code && end.rows) {
            cycle_read(s, end.rows);
        }
    }
    return code ? code : cycle_measure(s, error);
}

int ebb_study_cycle(const ebb_study_t *study,
                    const ebb_limit_cycle_settings_t *settings,
                    ebb_limit_cycle_t *cycle, ebb_error_t *error)
{
    const ebb_limit_cycle_settings_t plain = {0};
    settings = settings ? settings : &plain;
    *cycle = (ebb_limit_cycle_t){._memory = ebb_study_memory(study)};
    if (!cycle->_memory) {
        return ebb_study_fail_memory(error);
    }
    cycle_work_t s = {
        .study = study,
        .scratch.alloc = &study->alloc,
        .transient = settings->transient > 0 ? settings->transient : CYCLE_TRANSIENT,
        .window = settings->window > 0 ? settings->window : CYCLE_WINDOW,
        .cycle = cycle,
    };
    int code = cycle_search(&s, error);
    ebb_reduce_free(&s.reduction);
    ebb_arena_free(&s.scratch);
    if (code) {
        ebb_limit_cycle_free(cycle);
    }
    return code;
}

void ebb_limit_cycle_free(ebb_limit_cycle_t *cycle)
{
    ebb_study_forget(cycle->_memory);
    *cycle = (ebb_limit_cycle_t){0};
}
