/* SPDX-License-Identifier: MIT
 * From settings to a run: what may be asked of a model, and what it means. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "run/native.h"

#define SETTINGS_LENGTH_MOST 1e15
#define SETTINGS_STEPS_MOST 1e10 /* of one couple */

/* --- numbers ---------------------------------------------------------------------- */

static int settings_numbers(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                            ebb_error_t *error)
{
    double planned = run->plan ? run->plan->length : 0;
    run->length = settings->length > 0 ? settings->length : planned;
    run->step = settings->step > 0 ? settings->step : 0.05;
    run->tolerance = settings->tolerance > 0 ? settings->tolerance : 1e-8;
    run->tolerance_absolute = settings->tolerance_absolute > 0
                                  ? settings->tolerance_absolute
                                  : run->tolerance * 0.01;
    run->steps_most = 10000000u; /* EBB_LANE_MANY_STEPS says so */
    run->seed = settings->seed;
    size_t lanes = settings->lanes ? settings->lanes : EBB_LANES_USUAL;
    run->width = (lanes + EBB_LANE_GROUP - 1) / EBB_LANE_GROUP * EBB_LANE_GROUP;
    const char *unit = run->system->time_unit;
    if (settings->length == 0 && planned == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "how long the run is must be said, as the scenario does not");
    }
    if (!(settings->length >= 0) || !(run->length < SETTINGS_LENGTH_MOST)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the run is to be %g %s long; it must be above 0 and below %g",
                        settings->length != 0 ? settings->length : run->length, unit,
                        SETTINGS_LENGTH_MOST);
    }
    if (!(settings->step >= 0)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the step is %g %s; it must be above 0", settings->step, unit);
    }
    if (!(settings->tolerance >= 0) || !(settings->tolerance_absolute >= 0) ||
        run->tolerance > 0.1 || run->tolerance < 1e-13) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the tolerance is %g; it must be from 1e-13 to 0.1",
                        settings->tolerance);
    }
    if (run->width > EBB_LANES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%zu lanes; there may be 1 to 64",
                        settings->lanes);
    }
    if (run->system->steps && run->length != floor(run->length)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` goes in whole steps, and the run is %g long",
                        run->system->name, run->length);
    }
    return EBB_OK;
}

/* --- method ----------------------------------------------------------------------- */

static int settings_separate(const ebb_simulation_t *run, uint32_t other[2])
{
    ebb_graph_t graph;
    ebb_graph_copy(&graph, &run->system->graph, &run->alloc);
    uint32_t *factors = ebb_new_array(&run->alloc, run->states + 1, sizeof *factors);
    int code = factors && !graph.failed
                   ? ebb_machine_separate(run->system, &graph, factors, other)
                   : EBB_ERR_MEMORY;
    ebb_free_array(&run->alloc, factors, run->states + 1, sizeof *factors);
    ebb_graph_free(&graph);
    return code;
}

static ebb_method_t settings_auto(const ebb_simulation_t *run)
{
    uint32_t other[2];
    if (run->system->steps) {
        return EBB_METHOD_MAP;
    }
    if (run->noises == 0) {
        return EBB_METHOD_DORMAND_PRINCE;
    }
    return settings_separate(run, other) ? EBB_METHOD_EULER : EBB_METHOD_HEUN;
}

static int settings_heun(const ebb_simulation_t *run, ebb_error_t *error)
{
    uint32_t other[2] = {0};
    int code = settings_separate(run, other);
    return code == EBB_ERR_ARGUMENT
               ? ebb_fail(error, code,
                          "the noise of `%s` depends on `%s`, which has noise too: "
                          "heun cannot do that, euler can",
                          run->system->states[other[0]].name,
                          run->system->states[other[1]].name)
           : code ? ebb_fail(error, code, "no memory to prepare heun")
                  : EBB_OK;
}

/* So many steps of one length as can be waited for. */
static int settings_steps(const ebb_simulation_t *run, ebb_error_t *error)
{
    double step = run->system->steps ? 1 : run->step, steps = run->length / step;
    if (ebb_run_adapts(run) || steps <= SETTINGS_STEPS_MOST) {
        return EBB_OK;
    }
    return ebb_fail(error, EBB_ERR_ARGUMENT,
                    "%g %s in steps of %g are %.3g steps for each couple, and at most "
                    "%g are taken: %sa shorter run helps",
                    run->length, run->system->time_unit, step, steps,
                    SETTINGS_STEPS_MOST, run->system->steps ? "" : "a longer step or ");
}

static int settings_method(ebb_simulation_t *run, ebb_method_t wanted,
                           ebb_error_t *error)
{
    const ebb_system_t *system = run->system;
    if (!*ebb_method_word(wanted)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "there is no method %d", (int)wanted);
    }
    run->method = wanted == EBB_METHOD_AUTO ? settings_auto(run) : wanted;
    const char *word = ebb_method_word(run->method);
    if (system->steps != (run->method == EBB_METHOD_MAP)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        system->steps
                            ? "`%s` goes in discrete time: %s is not for it, "
                              "map is"
                            : "`%s` goes in continuous time: %s is not for it",
                        system->name, word);
    }
    if (ebb_run_adapts(run) && run->noises) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` has noise: %s is not for it, heun and euler are",
                        system->name, word);
    }
    if (run->method == EBB_METHOD_ROSENBROCK && system->delay_count) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` has delays: rodas4 is not for it, dopri5 is",
                        system->name);
    }
    if (run->method == EBB_METHOD_ROSENBROCK && run->rows > EBB_ROSENBROCK_ROWS_MOST) {
        return ebb_fail(error, EBB_ERR_LIMIT,
                        "`%s` has %zu states and events: rodas4 takes at most %d",
                        system->name, run->rows, EBB_ROSENBROCK_ROWS_MOST);
    }
    int code = settings_steps(run, error);
    return code || run->method != EBB_METHOD_HEUN ? code : settings_heun(run, error);
}

/* --- lists ------------------------------------------------------------------------ */

static int settings_fail_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a run");
}

/* Which events have rates and guards, which states have noise, and who draws where. */
static int settings_count(ebb_simulation_t *run, bool exchange, ebb_error_t *error)
{
    const ebb_system_t *system = run->system;
    size_t n = system->state_count + system->event_count + 1;
    uint32_t *lists = ebb_arena_new(&run->arena, 8 * n * sizeof *lists);
    if (!lists) {
        return settings_fail_memory(error);
    }
    run->event_of_chance = lists;
    run->event_of_guard = lists + n;
    run->noise_state = lists + 2 * n;
    run->noise_slot = lists + 3 * n;
    run->event_slot = lists + 4 * n;
    run->chance_of_event = lists + 5 * n;
    run->bounded = lists + 6 * n;
    uint32_t *rank = lists + 7 * n;
    for (uint32_t i = 0; i < system->state_count; i++) {
        rank[i] = (uint32_t)run->noises;
        if (system->states[i].bound != EBB_BOUND_NONE) {
            run->bounded[run->bounded_count++] = i;
        }
        if (system->states[i].noise != EBB_NONE) {
            run->noise_state[run->noises++] = i;
        }
    }
    for (uint32_t e = 0; e < system->event_count; e++) {
        bool chance = system->events[e].rate != EBB_NONE;
        run->event_slot[e] = exchange ? system->events[e].mirror : e;
        run->chance_of_event[e] = chance ? (uint32_t)run->chances : EBB_NONE;
        if (chance) {
            run->event_of_chance[run->chances++] = e;
        } else {
            run->event_of_guard[run->guards++] = e;
        }
    }
    for (size_t k = 0; k < run->noises; k++) {
        uint32_t state = run->noise_state[k];
        run->noise_slot[k] =
            exchange ? rank[system->states[state].mirror] : (uint32_t)k;
    }
    run->states = system->state_count;
    run->rows = run->states + run->chances;
    run->watches = run->plan ? run->plan->summary_count : 0;
    return EBB_OK;
}

static void settings_overlay(double *out, const double *first, const double *second,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = first && !isnan(first[i]) ? first[i] : out[i];
        out[i] = second && !isnan(second[i]) ? second[i] : out[i];
    }
}

static int settings_values(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                           ebb_error_t *error)
{
    const ebb_system_t *system = run->system;
    const ebb_scenario_plan_t *plan = run->plan;
    size_t params = system->param_count, traits = system->trait_count;
    double *values = ebb_arena_new(&run->arena, (params + traits + run->states + 1) *
                                                    sizeof *values);
    if (!values) {
        return settings_fail_memory(error);
    }
    run->params = values;
    run->traits = values + params;
    run->starts = run->traits + traits;
    for (size_t i = 0; i < params; i++) {
        run->params[i] = system->params[i].value;
    }
    for (size_t i = 0; i < traits; i++) {
        run->traits[i] = system->traits[i].value;
    }
    for (size_t i = 0; i < run->states; i++) {
        run->starts[i] = (double)NAN;
    }
    settings_overlay(run->params, plan ? plan->params : NULL, settings->params, params);
    settings_overlay(run->traits, plan ? plan->traits : NULL, settings->traits, traits);
    settings_overlay(run->starts, plan ? plan->starts : NULL, settings->starts,
                     run->states);
    run->vary = settings->vary;
    run->vary_user = settings->vary_user;
    return EBB_OK;
}

/* Whether a number is set, so that what the scenario draws for it does not count. */
static bool settings_sets(const ebb_run_settings_t *settings,
                          const ebb_scenario_spread_t *spread)
{
    const double *numbers = spread->kind == EBB_SCALAR_PARAM   ? settings->params
                            : spread->kind == EBB_SCALAR_TRAIT ? settings->traits
                                                               : settings->starts;
    return numbers && !isnan(numbers[spread->slot]);
}

static int settings_spread(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                           const ebb_run_spread_t *spread, ebb_error_t *error)
{
    return ebb_spread_make(&run->spreads[run->spread_count++], run->system, spread,
                           settings->exchange, error);
}

/* Of what is drawn twice the later counts. */
static int settings_spreads(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                            ebb_error_t *error)
{
    const ebb_scenario_plan_t *plan = run->plan;
    size_t planned = plan ? plan->spread_count : 0;
    int code = EBB_OK;
    run->spreads = ebb_arena_new(&run->arena, (planned + settings->spread_count + 1) *
                                                  sizeof *run->spreads);
    if (!run->spreads) {
        return settings_fail_memory(error);
    }
    for (size_t k = 0; plan && k < planned && !code; k++) {
        const ebb_scenario_spread_t *own = &plan->spreads[k];
        const ebb_run_spread_t spread = {.kind = (ebb_scalar_kind_t)own->kind,
                                         .index = own->slot,
                                         .law = own->uniform ? EBB_SPREAD_UNIFORM
                                                             : EBB_SPREAD_NORMAL,
                                         .a = own->a,
                                         .b = own->b};
        code = settings_sets(settings, own)
                   ? EBB_OK
                   : settings_spread(run, settings, &spread, error);
    }
    for (size_t k = 0; k < settings->spread_count && !code; k++) {
        code = settings_spread(run, settings, &settings->spreads[k], error);
    }
    return code;
}

static int settings_times(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                          ebb_error_t *error)
{
    run->time_count = settings->time_count;
    run->times = ebb_arena_new(&run->arena, (run->time_count + 1) * sizeof *run->times);
    if (!run->times) {
        return settings_fail_memory(error);
    }
    if (run->time_count > 0 && !settings->times) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%zu times are announced, none is there", run->time_count);
    }
    for (size_t k = 0; k < run->time_count; k++) {
        double t = settings->times[k];
        run->times[k] = t;
        if (!(t >= 0) || t > run->length) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "time %g is outside the run, which is %g %s long", t,
                            run->length, run->system->time_unit);
        }
        if (k > 0 && !(t > run->times[k - 1])) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "times must rise, and %g follows %g", t, run->times[k - 1]);
        }
        if (run->system->steps && t != floor(t)) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "`%s` goes in whole steps, and time %g is none",
                            run->system->name, t);
        }
    }
    return EBB_OK;
}

static int settings_outputs(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                            ebb_error_t *error)
{
    const ebb_system_t *system = run->system;
    size_t all = run->states + system->let_count;
    run->output_count = settings->outputs ? settings->output_count : all;
    run->outputs =
        ebb_arena_new(&run->arena, (run->output_count + 1) * sizeof *run->outputs);
    if (!run->outputs) {
        return settings_fail_memory(error);
    }
    for (size_t k = 0; k < run->output_count; k++) {
        bool let = k >= run->states;
        ebb_run_output_t plain = {let ? EBB_SCALAR_LET : EBB_SCALAR_STATE,
                                  let ? k - run->states : k};
        run->outputs[k] = settings->outputs ? settings->outputs[k] : plain;
        size_t most = run->outputs[k].kind == EBB_SCALAR_LET     ? system->let_count
                      : run->outputs[k].kind == EBB_SCALAR_STATE ? run->states
                                                                 : 0;
        if (run->outputs[k].index >= most) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "output %zu is neither a state nor a let of `%s`", k,
                            system->name);
        }
    }
    return EBB_OK;
}

/* --- course of the inputs, and stops ---------------------------------------------- */

static int settings_pieces(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                           ebb_error_t *error)
{
    const ebb_system_t *system = run->system;
    const ebb_scenario_plan_t *plan = run->plan;
    size_t inputs = system->input_count, count = plan ? plan->piece_count : inputs;
    run->first_piece =
        ebb_arena_new(&run->arena, (inputs + 1) * sizeof *run->first_piece);
    run->pieces = ebb_arena_new(&run->arena, (count + 1) * sizeof *run->pieces);
    if (!run->first_piece || !run->pieces) {
        return settings_fail_memory(error);
    }
    size_t filled = 0;
    for (size_t j = 0; j < inputs; j++) {
        bool set = settings->inputs && !isnan(settings->inputs[j]);
        run->first_piece[j] = filled;
        for (size_t k = plan && !set ? plan->piece_of[j] : 0;
             plan && !set && k < plan->piece_of[j + 1]; k++) {
            run->pieces[filled++] = plan->pieces[k];
        }
        if (!plan || set) {
            double value = set ? settings->inputs[j] : system->inputs[j].value;
            run->pieces[filled++] = (ebb_piece_t){.value = value};
        }
    }
    run->first_piece[inputs] = filled;
    return EBB_OK;
}

static int settings_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void settings_stop(ebb_simulation_t *run, double t)
{
    t = run->system->steps ? ceil(t) : t;
    if (t >= 0 && t <= run->length) {
        run->stops[run->stop_count++] = t;
    }
}

/* Sorts the stops and keeps one of those that mean the same. */
static void settings_sort_stops(ebb_simulation_t *run)
{
    qsort(run->stops, run->stop_count, sizeof *run->stops, settings_compare);
    size_t kept = 1;
    for (size_t k = 1; k < run->stop_count; k++) {
        if (!ebb_same_time(run->stops[kept - 1], run->stops[k])) {
            run->stops[kept++] = run->stops[k];
        }
    }
    run->stop_count = kept;
    run->stops[kept - 1] = run->length;
}

/* Where something changes at once, or a summary begins or ends: steps end there. */
static int settings_stops(ebb_simulation_t *run, ebb_error_t *error)
{
    const ebb_scenario_plan_t *plan = run->plan;
    size_t most =
        2 + (plan ? plan->piece_count + plan->jump_count + 2 * run->watches : 0);
    run->stops = ebb_arena_new(&run->arena, most * sizeof *run->stops);
    if (!run->stops) {
        return settings_fail_memory(error);
    }
    settings_stop(run, 0);
    settings_stop(run, run->length);
    for (size_t k = 0; plan && k < plan->piece_count; k++) {
        settings_stop(run, plan->pieces[k].begin);
    }
    for (size_t k = 0; plan && k < plan->jump_count; k++) {
        settings_stop(run, plan->jumps[k].time);
    }
    for (size_t k = 0; plan && k < run->watches; k++) {
        if (plan->summaries[k].end > run->length * (1 + 1e-12)) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "the run is %g %s long, and scenario `%s` expects "
                            "something of time %g",
                            run->length, run->system->time_unit, plan->name,
                            plan->summaries[k].end);
        }
        settings_stop(run, plan->summaries[k].begin);
        settings_stop(run, plan->summaries[k].end);
    }
    settings_sort_stops(run);
    return EBB_OK;
}

/* --- a run ------------------------------------------------------------------------ */

static int settings_fill(ebb_simulation_t *run, const ebb_run_settings_t *settings,
                         ebb_error_t *error)
{
    if (settings->exchange && !run->system->alike) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is not written for each partner: chance cannot be "
                        "exchanged",
                        run->system->name);
    }
    int code = settings_count(run, settings->exchange, error);
    code = code ? code : settings_numbers(run, settings, error);
    code = code ? code : settings_method(run, settings->method, error);
    code = code ? code : settings_values(run, settings, error);
    code = code ? code : settings_spreads(run, settings, error);
    code = code ? code : settings_times(run, settings, error);
    code = code ? code : settings_outputs(run, settings, error);
    code = code ? code : settings_pieces(run, settings, error);
    code = code ? code : settings_stops(run, error);
    const bool asked = settings->engine == EBB_ENGINE_INTERPRETER;
    code = code ? code : ebb_machine_compile(run, asked, error);
    code =
        code ? code : ebb_native_choose(run, settings->engine, settings->level, error);
    if (!code && !run->native && !asked) {
        code = ebb_machine_compile(run, true, error);
    }
    if (run->native && settings->lanes == 0) {
        run->width = EBB_LANES_NATIVE;
    }
    return code;
}

int ebb_run_new(ebb_simulation_t **run, const ebb_model_t *model,
                const ebb_scenario_t *scenario, const ebb_run_settings_t *settings,
                ebb_error_t *error)
{
    const ebb_run_settings_t plain = {0};
    return ebb_run_of_system(run, ebb_model_system(model),
                             scenario ? ebb_scenario_plan(scenario) : NULL,
                             settings ? settings : &plain, error);
}

int ebb_run_of_system(ebb_simulation_t **run, const ebb_system_t *system,
                      const ebb_scenario_plan_t *plan,
                      const ebb_run_settings_t *settings, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    *run = NULL;
    ebb_simulation_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return settings_fail_memory(error);
    }
    fresh->alloc = *alloc;
    fresh->arena.alloc = &fresh->alloc;
    fresh->system = system;
    fresh->plan = plan;
    int code = settings_fill(fresh, settings, error);
    if (code) {
        ebb_run_free(fresh);
        return code;
    }
    *run = fresh;
    return EBB_OK;
}

void ebb_run_free(ebb_simulation_t *run)
{
    if (run) {
        ebb_alloc_t alloc = run->alloc;
        ebb_program_free(&run->program);
        ebb_arena_free(&run->arena);
        ebb_free_array(&alloc, run, 1, sizeof *run);
    }
}

ebb_run_info_t ebb_run_info(const ebb_simulation_t *run)
{
    return (ebb_run_info_t){
        .method = run->method,
        .engine = run->engine,
        .length = run->length,
        .chance = run->noises > 0 || run->chances > 0 || run->spread_count > 0,
        .time_count = run->time_count,
        .output_count = run->output_count,
        .expect_count = run->plan ? run->plan->expect_count : 0,
        .summary_count = run->watches,
    };
}
