/* SPDX-License-Identifier: MIT
 * A block of couples from the start to the end, segment by segment. */
#include "run/lanes.h"

#include <math.h>
#include <string.h>

#include "math/elementary.h"
#include "run/bounds.h"
#include "run/native.h"

/* --- memory ----------------------------------------------------------------------- */

static void *lanes_new(ebb_cohort_t *lanes, size_t count, size_t size, bool *whole)
{
    void *memory = ebb_arena_new(&lanes->arena, (count + 1) * size);
    *whole = *whole && memory;
    return memory;
}

static bool lanes_open_solver(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width, rows = run->rows * w;
    size_t n = run->method == EBB_METHOD_ROSENBROCK ? run->rows : 0;
    bool whole = true;
    for (int k = 0; k < EBB_STAGES; k++) {
        lanes->stage[k] = lanes_new(lanes, rows, sizeof(double), &whole);
    }
    for (int k = 0; k < 5 && ebb_run_adapts(run); k++) {
        lanes->dense[k] = lanes_new(lanes, rows, sizeof(double), &whole);
    }
    lanes->begin = lanes_new(lanes, rows, sizeof(double), &whole);
    lanes->normal = lanes_new(lanes, run->noises * w, sizeof(double), &whole);
    lanes->push = lanes_new(lanes, run->noises * w, sizeof(double), &whole);
    size_t fixed = run->native ? run->native->fixed_count : 0;
    lanes->fixed = lanes_new(lanes, fixed * w, sizeof(double), &whole);
    lanes->proposal = lanes_new(lanes, rows, sizeof(double), &whole);
    lanes->wrong = lanes_new(lanes, rows, sizeof(double), &whole);
    lanes->matrix = lanes_new(lanes, n * n * (w + 1) + n, sizeof(double), &whole);
    lanes->pivots = lanes_new(lanes, n * w, sizeof(size_t), &whole);
    double *numbers = lanes_new(lanes, 6 * w, sizeof(double), &whole);
    if (whole) {
        lanes->h = numbers;
        lanes->h_next = numbers + w;
        lanes->t_begin = numbers + 2 * w;
        lanes->t_limit = numbers + 3 * w;
        lanes->error = numbers + 4 * w;
        lanes->error_before = numbers + 5 * w;
    }
    lanes->steps = lanes_new(lanes, w, sizeof(size_t), &whole);
    lanes->busy = lanes_new(lanes, w, sizeof(bool), &whole);
    lanes->accepted = lanes_new(lanes, w, sizeof(bool), &whole);
    return whole;
}

static bool lanes_open_course(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width, outputs = run->time_count * run->output_count;
    size_t expects = run->plan ? run->plan->expect_count : 0;
    bool whole = true;
    lanes->status = lanes_new(lanes, w, sizeof(int), &whole);
    lanes->happened =
        lanes_new(lanes, run->system->event_count * w, sizeof(uint32_t), &whole);
    lanes->guard = lanes_new(lanes, run->guards * w, sizeof(double), &whole);
    lanes->piece = lanes_new(lanes, run->system->input_count, sizeof(size_t), &whole);
    lanes->chosen = lanes_new(lanes, w, sizeof(uint32_t), &whole);
    lanes->moved = lanes_new(lanes, w, sizeof(bool), &whole);
    lanes->next_time = lanes_new(lanes, w, sizeof(size_t), &whole);
    lanes->written = lanes_new(lanes, outputs * w, sizeof(double), &whole);
    lanes->lasting = ebb_run_ends(run)
                         ? lanes_new(lanes, run->time_count * w, sizeof(bool), &whole)
                         : NULL;
    lanes->watched = lanes_new(lanes, run->watches * w, sizeof(double), &whole);
    lanes->weight = lanes_new(lanes, run->watches * w, sizeof(double), &whole);
    lanes->since = lanes_new(lanes, run->watches * w, sizeof(double), &whole);
    lanes->last = lanes_new(lanes, run->watches * w, sizeof(double), &whole);
    lanes->begun = lanes_new(lanes, run->watches * w, sizeof(double), &whole);
    lanes->kept = lanes_new(lanes, expects * w, sizeof(double), &whole);
    return whole;
}

/* No more lanes than couples need. Native code of a page is for one lane and for as
 * many as usual, and for nothing between. */
static size_t lanes_width(const ebb_simulation_t *run, uint64_t couples)
{
    size_t width = run->width;
    while (width > EBB_LANE_GROUP && width - EBB_LANE_GROUP >= couples) {
        width -= EBB_LANE_GROUP;
    }
#if defined(__wasm__)
    width = run->native && width > EBB_LANE_GROUP ? EBB_LANES_NATIVE : width;
#endif
    return width;
}

int ebb_lanes_open(ebb_cohort_t *lanes, const ebb_simulation_t *run, uint64_t couples)
{
    const size_t width = lanes_width(run, couples);
    *lanes = (ebb_cohort_t){.run = run, .width = width, .arena.alloc = &run->alloc};
    bool whole = true;
    lanes->registers.width = width;
    lanes->registers.numbers =
        lanes_new(lanes, run->program.register_count * width + EBB_LANES_MOST,
                  sizeof(double), &whole);
    if (!whole || !lanes_open_solver(lanes) || !lanes_open_course(lanes)) {
        return EBB_ERR_MEMORY;
    }
    /* on the border of a vector and of a line of the cache */
    uintptr_t off = (uintptr_t)lanes->registers.numbers % 64;
    lanes->registers.numbers += off ? (64 - off) / sizeof(double) : 0;
    lanes->time = ebb_lanes_leaf(lanes, EBB_LEAF_TIME, 0);
    ebb_interpret_constants(&run->program, lanes->registers);
    return EBB_OK;
}

void ebb_lanes_close(ebb_cohort_t *lanes)
{
    ebb_lookback_close(lanes);
    ebb_arena_free(&lanes->arena);
}

/* --- begin ------------------------------------------------------------------------ */

static void lanes_spread(ebb_cohort_t *lanes, ebb_leaf_t leaf, const double *values,
                         size_t count)
{
    for (size_t k = 0; k < count; k++) {
        double *row = ebb_lanes_leaf(lanes, leaf, k);
        for (size_t i = 0; i < lanes->width; i++) {
            row[i] = values[k];
        }
    }
}

static void lanes_gather(ebb_cohort_t *lanes, ebb_leaf_t leaf, size_t lane,
                         double *values, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        values[k] = ebb_lanes_leaf(lanes, leaf, k)[lane];
    }
}

static void lanes_scatter(ebb_cohort_t *lanes, ebb_leaf_t leaf, size_t lane,
                          const double *values, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        ebb_lanes_leaf(lanes, leaf, k)[lane] = values[k];
    }
}

static uint64_t lanes_couple(const ebb_cohort_t *lanes, size_t lane)
{
    return lanes->first + (lane < lanes->used ? lane : 0);
}

/* Asks the caller for numbers of each couple's own. The starts stand where the states
 * will. */
static int lanes_vary(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t params = run->system->param_count, traits = run->system->trait_count;
    size_t count = params + traits + run->states + 1;
    double *own = ebb_new_array(&run->alloc, count, sizeof *own);
    for (size_t i = 0; i < lanes->width && own; i++) {
        double *own_traits = own + params, *starts = own_traits + traits;
        lanes_gather(lanes, EBB_LEAF_PARAM, i, own, params);
        lanes_gather(lanes, EBB_LEAF_TRAIT, i, own_traits, traits);
        lanes_gather(lanes, EBB_LEAF_STATE, i, starts, run->states);
        run->vary(run->vary_user, lanes_couple(lanes, i), own, own_traits, starts);
        lanes_scatter(lanes, EBB_LEAF_PARAM, i, own, params);
        lanes_scatter(lanes, EBB_LEAF_TRAIT, i, own_traits, traits);
        lanes_scatter(lanes, EBB_LEAF_STATE, i, starts, run->states);
    }
    ebb_free_array(&run->alloc, own, count, sizeof *own);
    return own ? EBB_OK : EBB_ERR_MEMORY;
}

/* Initial values, where the start is not given. */
static void lanes_begin_states(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t k = 0; k < run->states; k++) {
        const double *initial = ebb_lanes_root(lanes, EBB_DO_START, k);
        double *row = ebb_lanes_row(lanes, k);
        for (size_t i = 0; i < lanes->width; i++) {
            row[i] = isnan(row[i]) ? initial[i] : row[i];
        }
    }
}

static void lanes_reset(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    size_t w = lanes->width;
    memset(lanes->happened, 0, run->system->event_count * w * sizeof(uint32_t));
    memset(lanes->next_time, 0, w * sizeof *lanes->next_time);
    memset(lanes->steps, 0, w * sizeof *lanes->steps);
    for (size_t i = 0; i < w; i++) {
        lanes->status[i] = i < lanes->used ? EBB_LANE_FINE : EBB_LANE_IDLE;
        lanes->time[i] = 0;
        lanes->h_next[i] = 0;
        lanes->error_before[i] = 1;
    }
    for (size_t k = 0; k < w * run->time_count * run->output_count; k++) {
        lanes->written[k] = (double)NAN;
    }
    if (lanes->lasting) {
        memset(lanes->lasting, 0, w * run->time_count * sizeof *lanes->lasting);
    }
    for (size_t j = 0; j < run->system->input_count; j++) {
        lanes->piece[j] = run->first_piece[j];
    }
    lanes->step = lanes->segment = lanes->next_jump = 0;
}

int ebb_lanes_begin(ebb_cohort_t *lanes, uint64_t first, size_t used)
{
    const ebb_simulation_t *run = lanes->run;
    lanes->first = first;
    lanes->used = used;
    lanes_reset(lanes);
    lanes_spread(lanes, EBB_LEAF_PARAM, run->params, run->system->param_count);
    lanes_spread(lanes, EBB_LEAF_TRAIT, run->traits, run->system->trait_count);
    lanes_spread(lanes, EBB_LEAF_STATE, run->starts, run->states);
    int code = run->vary ? lanes_vary(lanes) : EBB_OK;
    if (code) {
        return code;
    }
    ebb_spread_apply(lanes);
    ebb_interpret(&run->program, &run->program.fixed, lanes->registers);
    ebb_drive_begin(lanes);
    ebb_lanes_do(lanes, EBB_DO_START);
    lanes_begin_states(lanes);
    ebb_lanes_bound(lanes);
    code = ebb_lookback_begin(lanes);
    if (!code) {
        ebb_lanes_lead(lanes);
        ebb_events_begin(lanes);
        ebb_watch_begin(lanes);
    }
    return code;
}

/* --- what leads the states -------------------------------------------------------- */

EBB_CLONES static void lanes_line(double *restrict out, const double *restrict time,
                                  ebb_piece_t piece, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        out[i] = piece.value + piece.slope * (time[i] - piece.begin);
    }
}

void ebb_lanes_lead(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t j = 0; j < run->system->input_count; j++) {
        ebb_piece_t piece = run->pieces[lanes->piece[j]];
        if (piece.slope != 0) {
            lanes_line(ebb_lanes_leaf(lanes, EBB_LEAF_INPUT, j), lanes->time, piece,
                       lanes->width);
        }
    }
    if (run->system->delay_count) {
        ebb_lookback_fetch(lanes);
    }
}

/* The pieces that hold from a stop on. */
static void lanes_turn(ebb_cohort_t *lanes, double now)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t j = 0; j < run->system->input_count; j++) {
        size_t end = run->first_piece[j + 1], *at = &lanes->piece[j];
        while (*at + 1 < end && (run->pieces[*at + 1].begin <= now ||
                                 ebb_same_time(run->pieces[*at + 1].begin, now))) {
            (*at)++;
        }
        double *row = ebb_lanes_leaf(lanes, EBB_LEAF_INPUT, j);
        double *slope =
            ebb_lanes_leaf(lanes, EBB_LEAF_INPUT, run->system->input_count + j);
        for (size_t i = 0; i < lanes->width; i++) {
            ebb_piece_t piece = run->pieces[*at];
            row[i] = piece.value + piece.slope * (now - piece.begin);
            slope[i] = piece.slope;
        }
    }
}

/* The jumps that are due. Returns whether there was one. */
static bool lanes_jump(ebb_cohort_t *lanes, double now)
{
    const ebb_scenario_plan_t *plan = lanes->run->plan;
    bool any = false;
    while (plan && lanes->next_jump < plan->jump_count &&
           (plan->jumps[lanes->next_jump].time <= now ||
            ebb_same_time(plan->jumps[lanes->next_jump].time, now))) {
        const ebb_jump_t *jump = &plan->jumps[lanes->next_jump++];
        double *row = ebb_lanes_row(lanes, jump->state);
        for (size_t i = 0; i < lanes->width; i++) {
            row[i] = jump->add ? row[i] + jump->value : jump->value;
        }
        any = true;
    }
    return any;
}

/* --- bounds ----------------------------------------------------------------------- */

EBB_CLONES static void lanes_clip(double *row, double low, double high, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        row[i] = ebb_clipped(row[i], low, high);
    }
}

EBB_CLONES static void lanes_reflect(double *row, double low, double high, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        row[i] = ebb_reflected(row[i], low, high);
    }
}

void ebb_lanes_bound(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t k = 0; k < run->bounded_count; k++) {
        const ebb_state_t *state = &run->system->states[run->bounded[k]];
        double *row = ebb_lanes_row(lanes, run->bounded[k]);
        if (state->bound == EBB_BOUND_CLIP) {
            lanes_clip(row, state->low, state->high, lanes->width);
        } else {
            lanes_reflect(row, state->low, state->high, lanes->width);
        }
    }
}

/* --- outputs, ends ---------------------------------------------------------------- */

static void lanes_write_lasting(ebb_cohort_t *lanes, const bool *which)
{
    const ebb_simulation_t *run = lanes->run;
    const double *row = ebb_lanes_root(lanes, EBB_DO_OUTPUTS, run->output_count);
    for (size_t i = 0; i < lanes->width; i++) {
        if (which[i] && lanes->next_time[i] < run->time_count) {
            lanes->lasting[i * run->time_count + lanes->next_time[i]] =
                row[i] != 0 && !lanes->status[i];
        }
    }
}

void ebb_lanes_write(ebb_cohort_t *lanes, const bool *which)
{
    const ebb_simulation_t *run = lanes->run;
    size_t outputs = run->output_count;
    ebb_lanes_do(lanes, EBB_DO_OUTPUTS);
    for (size_t k = 0; k < outputs; k++) {
        const double *row = ebb_lanes_root(lanes, EBB_DO_OUTPUTS, k);
        for (size_t i = 0; i < lanes->width; i++) {
            if (which[i] && lanes->next_time[i] < run->time_count) {
                size_t at = i * run->time_count + lanes->next_time[i];
                /* one NaN for all: which one an operation makes is not promised */
                lanes->written[at * outputs + k] = isnan(row[i]) ? (double)NAN : row[i];
            }
        }
    }
    if (lanes->lasting) {
        lanes_write_lasting(lanes, which);
    }
    for (size_t i = 0; i < lanes->width; i++) {
        lanes->next_time[i] += which[i];
    }
}

void ebb_lanes_fail(ebb_cohort_t *lanes, size_t lane, int why)
{
    lanes->status[lane] = lanes->status[lane] ? lanes->status[lane] : why;
    for (size_t k = 0; k < lanes->run->rows; k++) {
        ebb_lanes_row(lanes, k)[lane] = (double)NAN;
    }
}

static void lanes_check_finite(ebb_cohort_t *lanes)
{
    for (size_t k = 0; k < lanes->run->states; k++) {
        const double *row = ebb_lanes_row(lanes, k);
        for (size_t i = 0; i < lanes->width; i++) {
            if (!isfinite(row[i])) {
                ebb_lanes_fail(lanes, i, EBB_LANE_NOT_FINITE);
            }
        }
    }
}

/* A stop: what the scenario does at that time, and what follows from it. */
static void lanes_stop(ebb_cohort_t *lanes, double now)
{
    bool all[EBB_LANES_MOST];
    for (size_t i = 0; i < lanes->width; i++) {
        all[i] = true;
        lanes->time[i] = now;
    }
    lanes_turn(lanes, now);
    if (lanes_jump(lanes, now)) {
        ebb_lanes_bound(lanes);
    }
    ebb_lanes_lead(lanes);
    ebb_events_settle(lanes, all, NULL);
    ebb_lanes_lead(lanes);
    ebb_watch_stop(lanes, now);
}

void ebb_lanes_run(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    bool last[EBB_LANES_MOST];
    for (lanes->segment = 0; lanes->segment + 1 < run->stop_count; lanes->segment++) {
        lanes_stop(lanes, run->stops[lanes->segment]);
        if (run->method == EBB_METHOD_MAP) {
            ebb_map_advance(lanes);
        } else if (ebb_run_adapts(run)) {
            ebb_adaptive_advance(lanes);
        } else {
            ebb_fixed_advance(lanes);
        }
        lanes_check_finite(lanes);
    }
    lanes_stop(lanes, run->length);
    for (size_t i = 0; i < lanes->width; i++) {
        last[i] = !lanes->status[i] && lanes->next_time[i] < run->time_count;
    }
    ebb_lanes_write(lanes, last);
    ebb_watch_end(lanes);
}
