/* SPDX-License-Identifier: MIT
 * What a study is about: all numbers of one couple, and which states are held. */
#include "study/study.h"

#include <math.h>

#include "core/fail.h"
#include "core/memory.h"
#include "study/pace.h"

static const char *const study_stabilities[] = {
#define STUDY_WORD(name, word) word,
    EBB_STABILITY_LIST(STUDY_WORD)
#undef STUDY_WORD
};

static const char *const study_marks[] = {
#define STUDY_WORD(name, word) word,
    EBB_LANDMARK_LIST(STUDY_WORD)
#undef STUDY_WORD
};

const char *ebb_stability_word(ebb_stability_t stability)
{
    size_t count = sizeof study_stabilities / sizeof *study_stabilities;
    return (size_t)stability < count ? study_stabilities[stability] : "";
}

const char *ebb_landmark_word(ebb_landmark_t mark)
{
    size_t count = sizeof study_marks / sizeof *study_marks;
    return (size_t)mark < count ? study_marks[mark] : "";
}

/* --- memory of results ------------------------------------------------------------ */

/* The arena, and the allocator that it borrows. */
typedef struct ebb_study_keep {
    ebb_arena_t arena;
    ebb_alloc_t alloc;
} ebb_study_keep_t;

ebb_arena_t *ebb_study_memory(const ebb_study_t *study)
{
    ebb_study_keep_t *keep = ebb_new_array(&study->alloc, 1, sizeof *keep);
    if (!keep) {
        return NULL;
    }
    keep->alloc = study->alloc;
    keep->arena.alloc = &keep->alloc;
    return &keep->arena; /* the first member: the address is that of both */
}

void ebb_study_forget(void *memory)
{
    ebb_study_keep_t *keep = memory;
    if (keep) {
        ebb_alloc_t alloc = keep->alloc;
        ebb_arena_free(&keep->arena);
        ebb_free_array(&alloc, keep, 1, sizeof *keep);
    }
}

/* --- numbers ---------------------------------------------------------------------- */

static double *study_numbers(ebb_study_t *study, size_t count)
{
    return ebb_arena_new(&study->arena, (count + 1) * sizeof(double));
}

/* Defaults of a list, and what the caller has instead. */
static double *study_slots(ebb_study_t *study, const ebb_slot_t *slots, size_t count,
                           const double *given)
{
    double *values = study_numbers(study, count);
    for (size_t i = 0; i < count && values; i++) {
        values[i] = given && !isnan(given[i]) ? given[i] : slots[i].value;
    }
    return values;
}

/* Value of a node that is the same throughout: initial values are such. */
static void study_evaluate_fixed(const ebb_study_t *study, const double *params,
                                 double *values)
{
    const ebb_graph_t *graph = &study->system->graph;
    for (size_t i = 0; i < graph->count; i++) {
        const ebb_node_t *node = &graph->nodes[i];
        const double args[3] = {values[node->args[0]], values[node->args[1]],
                                values[node->args[2]]};
        if (node->depends & ~(unsigned)EBB_ON_FIXED) {
            values[i] = 0; /* nobody asks */
        } else if (node->op == EBB_OP_CONST) {
            values[i] = node->value;
        } else if (node->op == EBB_OP_PARAM) {
            values[i] = params[node->args[0]];
        } else if (node->op == EBB_OP_TRAIT) {
            values[i] = study->traits[node->args[0]];
        } else {
            values[i] = ebb_op_value((ebb_op_t)node->op, args);
        }
    }
}

/* Whether an event that acts by its mean moves a state. */
static bool study_is_moved(const ebb_study_t *study, uint32_t state)
{
    const ebb_system_t *system = study->system;
    for (size_t e = 0; e < system->event_count && study->mean_events; e++) {
        const ebb_event_rule_t *event = &system->events[e];
        for (size_t k = 0; k < event->action_count && event->rate != EBB_NONE; k++) {
            if (system->actions[event->first_action + k].state == state) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the equation of a state says that it never changes. */
static bool study_is_still(const ebb_study_t *study, uint32_t state)
{
    const ebb_system_t *system = study->system;
    uint32_t rate = system->states[state].rate;
    const ebb_node_t *node = &system->graph.nodes[rate];
    bool same = system->steps ? node->op == EBB_OP_STATE && node->args[0] == state
                              : rate == EBB_NODE_ZERO;
    return same && !study_is_moved(study, state);
}

/* Given, or the model's, or 10 to both sides. */
static void study_range(ebb_study_t *study, const ebb_study_settings_t *settings,
                        size_t i)
{
    const ebb_state_t *state = &study->system->states[i];
    double low = state->low, high = state->high, start = study->starts[i];
    low = settings->low && !isnan(settings->low[i]) ? settings->low[i] : low;
    high = settings->high && !isnan(settings->high[i]) ? settings->high[i] : high;
    double from = isfinite(low) ? low : start - 10,
           to = isfinite(high) ? high : start + 10;
    study->low[i] = isfinite(low) || from < high ? from : high - 10;
    study->high[i] = isfinite(high) || to > low ? to : low + 10;
}

int ebb_study_starts(const ebb_study_t *study, const double *params, double *starts)
{
    const ebb_system_t *system = study->system;
    size_t nodes = system->graph.count;
    double *values = ebb_new_array(&study->alloc, nodes, sizeof *values);
    if (!values) {
        return EBB_ERR_MEMORY;
    }
    study_evaluate_fixed(study, params, values);
    for (size_t i = 0; i < system->state_count; i++) {
        starts[i] = isnan(study->given[i]) ? values[system->states[i].initial]
                                           : study->given[i];
    }
    ebb_free_array(&study->alloc, values, nodes, sizeof *values);
    return EBB_OK;
}

static int study_states(ebb_study_t *study, const ebb_study_settings_t *settings)
{
    size_t n = study->system->state_count;
    for (size_t i = 0; i < n; i++) {
        double hold = settings->holds ? settings->holds[i] : (double)NAN;
        double start = settings->starts ? settings->starts[i] : (double)NAN;
        study->given[i] = isnan(hold) ? start : hold;
        study->held[i] = !isnan(hold) || study_is_still(study, (uint32_t)i);
        study->free_count += !study->held[i];
    }
    int code = ebb_study_starts(study, study->params, study->starts);
    for (size_t i = 0; i < n && !code; i++) {
        study_range(study, settings, i);
    }
    return code;
}

static int study_fill(ebb_study_t *study, const ebb_study_settings_t *settings)
{
    const ebb_system_t *system = study->system;
    size_t n = system->state_count;
    study->params =
        study_slots(study, system->params, system->param_count, settings->params);
    study->traits =
        study_slots(study, system->traits, system->trait_count, settings->traits);
    study->inputs =
        study_slots(study, system->inputs, system->input_count, settings->inputs);
    study->starts = study_numbers(study, n);
    study->given = study_numbers(study, n);
    study->low = study_numbers(study, n);
    study->high = study_numbers(study, n);
    study->held = ebb_arena_new(&study->arena, (n + 1) * sizeof *study->held);
    study->slow = ebb_arena_new(&study->arena, (n + 1) * sizeof *study->slow);
    study->params_given = ebb_arena_new(&study->arena, (system->param_count + 1) *
                                                           sizeof *study->params_given);
    bool whole = study->params_given && study->given && study->params &&
                 study->traits && study->inputs && study->starts && study->low &&
                 study->high && study->held && study->slow;
    for (size_t k = 0; k < system->param_count && whole; k++) {
        study->params_given[k] = settings->params && !isnan(settings->params[k]);
    }
    study->time = settings->time;
    study->tolerance = settings->tolerance > 0 ? settings->tolerance : 1e-9;
    study->mean_events = settings->mean_events;
    study->method = settings->method;
    return whole ? study_states(study, settings) : EBB_ERR_MEMORY;
}

/* --- what can be studied ---------------------------------------------------------- */

/* Whether the mean of an action is its value at the mean of its draw. */
static int study_check_action(const ebb_system_t *system, ebb_graph_t *graph,
                              const ebb_event_rule_t *event, size_t k)
{
    uint32_t value = system->actions[event->first_action + k].value, slope = 0;
    if (event->draw == EBB_NONE) {
        return EBB_OK;
    }
    uint32_t leaf = ebb_graph_leaf(graph, EBB_OP_DRAW, event->draw);
    int code = ebb_graph_derive(graph, leaf, &value, 1, &slope);
    return code                                        ? code
           : graph->nodes[slope].depends & EBB_ON_DRAW ? EBB_ERR_ARGUMENT
                                                       : EBB_OK;
}

static int study_check_events(const ebb_study_t *study, ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    ebb_graph_t graph = {0};
    int code = EBB_OK;
    if (!study->mean_events || system->event_count == 0) {
        return EBB_OK;
    }
    if (system->steps) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` goes in steps, where an event by rate has no mean effect "
                        "on the equations: leave events off",
                        system->name);
    }
    ebb_graph_copy(&graph, &system->graph, &study->alloc);
    for (size_t e = 0; e < system->event_count && !code; e++) {
        const ebb_event_rule_t *event = &system->events[e];
        for (size_t k = 0; k < event->action_count && !code; k++) {
            code = event->rate == EBB_NONE
                       ? EBB_OK
                       : study_check_action(system, &graph, event, k);
        }
        if (code == EBB_ERR_ARGUMENT) {
            (void)ebb_fail(error, code,
                           "what the event `%s` does is not proportional to its size, "
                           "so its mean is not known: leave events off",
                           event->name);
        }
    }
    ebb_graph_free(&graph);
    return code == EBB_ERR_MEMORY ? ebb_study_fail_memory(error) : code;
}

static int study_check_list(const double *values, size_t count, const char *what,
                            ebb_error_t *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "%s %zu of a study is %g; it must be a finite number", what,
                            i, values[i]);
        }
    }
    return EBB_OK;
}

/* Numbers are finite, and there is room where to look. */
static int study_check_numbers(const ebb_study_t *study, ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    int code = study_check_list(study->params, system->param_count, "parameter", error);
    code = code ? code
                : study_check_list(study->traits, system->trait_count, "trait", error);
    code = code ? code
                : study_check_list(study->inputs, system->input_count, "input", error);
    code = code ? code
                : study_check_list(study->starts, system->state_count,
                                   "start or held value", error);
    for (size_t i = 0; i < system->state_count && !code; i++) {
        if (!(study->low[i] <= study->high[i])) {
            code = ebb_fail(error, EBB_ERR_ARGUMENT,
                            "the range of `%s` goes from %g to %g; it must rise",
                            system->states[i].name, study->low[i], study->high[i]);
        }
    }
    return code;
}

static int study_check(const ebb_study_t *study, ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    ebb_method_t method = study->method;
    bool fits = method == EBB_METHOD_AUTO ||
                (!system->steps && (method == EBB_METHOD_DORMAND_PRINCE ||
                                    method == EBB_METHOD_ROSENBROCK));
    if (!fits) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "a study of `%s` cannot be done with the method `%s`: %s",
                        system->name, ebb_method_word(method),
                        system->steps ? "leave it to auto" : "take dopri5 or rodas4");
    }
    if (!(study->tolerance >= 1e-13) || !(study->tolerance <= 0.1)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the tolerance is %g; it must be from 1e-13 to 0.1",
                        study->tolerance);
    }
    if (!(study->time >= 0) || isinf(study->time)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "the time is %g; it must be 0 or more",
                        study->time);
    }
    int code = study_check_numbers(study, error);
    return code ? code : study_check_events(study, error);
}

/* Holds what is slow, and counts what is left. */
static int study_hold_slow(ebb_study_t *study, double slower_than, ebb_error_t *error)
{
    if (!(slower_than >= 0) || isinf(slower_than)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "states slower than %g are to be held; it must be 0 (none) or "
                        "more",
                        slower_than);
    }
    int code = slower_than > 0 ? ebb_pace_hold(study, slower_than, error) : EBB_OK;
    return code || study->free_count <= EBB_STUDY_FREE_MOST
               ? code
               : ebb_fail(
                     error, EBB_ERR_LIMIT,
                     "`%s` has %zu free states; a study takes at most %d: hold some",
                     study->system->name, study->free_count, EBB_STUDY_FREE_MOST);
}

int ebb_study_new(ebb_study_t **study, const ebb_model_t *model,
                  const ebb_study_settings_t *settings, ebb_error_t *error)
{
    const ebb_study_settings_t plain = {0};
    settings = settings ? settings : &plain;
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    *study = NULL;
    ebb_study_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return ebb_study_fail_memory(error);
    }
    fresh->alloc = *alloc;
    fresh->arena.alloc = &fresh->alloc;
    fresh->system = ebb_model_system(model);
    int code = study_fill(fresh, settings);
    code = code ? ebb_study_fail_memory(error) : study_check(fresh, error);
    code = code ? code : study_hold_slow(fresh, settings->slower_than, error);
    if (code) {
        ebb_study_free(fresh);
        return code;
    }
    *study = fresh;
    return EBB_OK;
}

void ebb_study_free(ebb_study_t *study)
{
    if (study) {
        ebb_alloc_t alloc = study->alloc;
        ebb_arena_free(&study->arena);
        ebb_free_array(&alloc, study, 1, sizeof *study);
    }
}

ebb_study_info_t ebb_study_info(const ebb_study_t *study)
{
    const ebb_system_t *system = study->system;
    ebb_study_info_t info = {.value_count = system->state_count + system->let_count,
                             .free_count = study->free_count};
    for (size_t e = 0; e < system->event_count; e++) {
        bool rate = system->events[e].rate != EBB_NONE;
        info.rate_events += rate;
        info.guard_events += !rate;
    }
    for (size_t i = 0; i < system->state_count; i++) {
        info.noises += system->states[i].noise != EBB_NONE;
    }
    return info;
}

bool ebb_study_holds(const ebb_study_t *study, size_t state, double *value)
{
    bool holds = state < study->system->state_count && study->held[state];
    if (holds) {
        *value = study->starts[state];
    }
    return holds;
}

bool ebb_study_holds_slow(const ebb_study_t *study, size_t state)
{
    return state < study->system->state_count && study->slow[state];
}
