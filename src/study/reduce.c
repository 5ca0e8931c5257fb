/* SPDX-License-Identifier: MIT
 * The graph of a model written anew, with numbers in place of what does not move. */
#include "study/reduce.h"

#include <string.h>

#include "core/fail.h"
#include "math/bits.h"

/* A rewriting under way. */
typedef struct ebb_rewrite {
    ebb_reduction_t *to;
    const ebb_system_t *from;
    const ebb_reduce_wish_t *wish;
    uint32_t *delay_place; /* of each delay of the model, or EBB_NONE */
    bool severed;          /* the pass in which the cut is made */
} ebb_rewrite_t;

/* --- leaves ----------------------------------------------------------------------- */

static uint32_t reduce_param(ebb_rewrite_t *w, size_t place)
{
    return ebb_graph_leaf(&w->to->system.graph, EBB_OP_PARAM, (uint32_t)place);
}

static bool reduce_is_led(const ebb_rewrite_t *w, ebb_scalar_kind_t kind, size_t index)
{
    const ebb_study_lead_t *lead = w->wish->lead;
    for (size_t k = 0; lead && k < lead->count; k++) {
        if (lead->numbers[k].kind == kind && lead->numbers[k].index == index) {
            return true;
        }
    }
    return false;
}

/* Where the number stands that is this number of the model. */
static size_t reduce_number(const ebb_rewrite_t *w, ebb_scalar_kind_t kind,
                            size_t index)
{
    const ebb_system_t *from = w->from;
    if (reduce_is_led(w, kind, index)) {
        return w->to->lead;
    }
    switch ((int)kind) {
    case EBB_SCALAR_PARAM:
        return index;
    case EBB_SCALAR_TRAIT:
        return from->param_count + index;
    case EBB_SCALAR_INPUT:
        return from->param_count + from->trait_count + index;
    default:
        return w->to->held + index;
    }
}

static uint32_t reduce_state(ebb_rewrite_t *w, uint32_t state, uint32_t delay)
{
    uint32_t place = w->to->place[state];
    if (place == EBB_NONE) {
        return reduce_param(w, reduce_number(w, EBB_SCALAR_STATE, state));
    }
    return delay == EBB_NONE ? ebb_graph_leaf(&w->to->system.graph, EBB_OP_STATE, place)
                             : ebb_graph_leaf(&w->to->system.graph, EBB_OP_DELAYED,
                                              w->delay_place[delay]);
}

static double reduce_mean_draw(uint8_t law)
{
    return law == EBB_LAW_UNIFORM ? 0.5 : law == EBB_LAW_NORMAL ? 0 : 1;
}

static uint32_t reduce_leaf(ebb_rewrite_t *w, const ebb_node_t *node)
{
    ebb_graph_t *graph = &w->to->system.graph;
    uint32_t index = node->args[0];
    switch ((int)node->op) {
    case EBB_OP_CONST:
        return ebb_graph_constant(graph, node->value);
    case EBB_OP_STATE:
        return reduce_state(w, index, EBB_NONE);
    case EBB_OP_DELAYED:
        return reduce_state(w, w->from->delays[index].state, index);
    case EBB_OP_PARAM:
        return reduce_param(w, reduce_number(w, EBB_SCALAR_PARAM, index));
    case EBB_OP_TRAIT:
        return reduce_param(w, reduce_number(w, EBB_SCALAR_TRAIT, index));
    case EBB_OP_INPUT:
        return reduce_param(w, reduce_number(w, EBB_SCALAR_INPUT, index));
    case EBB_OP_TIME:
        return w->wish->live ? ebb_graph_leaf(graph, EBB_OP_TIME, 0)
                             : reduce_param(w, w->to->time);
    case EBB_OP_DRAW:
        return w->wish->live
                   ? ebb_graph_leaf(graph, EBB_OP_DRAW, index)
                   : ebb_graph_constant(graph, reduce_mean_draw(w->from->draws[index]));
    default: /* summaries are of scenarios */
        return EBB_NODE_ZERO;
    }
}

/* --- nodes ------------------------------------------------------------------------ */

/* Whether node i is what the cut replaces: the quantity, or a state as it was. */
static bool reduce_is_cut(const ebb_rewrite_t *w, size_t i)
{
    const ebb_node_t *node = &w->from->graph.nodes[i];
    const ebb_node_t *cut =
        w->severed ? &w->from->graph.nodes[w->wish->cut->node] : NULL;
    return cut && (i == w->wish->cut->node ||
                   (cut->op == EBB_OP_STATE && node->op == EBB_OP_DELAYED &&
                    w->from->delays[node->args[0]].state == cut->args[0]));
}

static uint32_t reduce_node(ebb_rewrite_t *w, size_t i, const uint32_t *map)
{
    ebb_graph_t *graph = &w->to->system.graph;
    const ebb_node_t *node = &w->from->graph.nodes[i];
    ebb_op_t op = (ebb_op_t)node->op;
    if (reduce_is_cut(w, i)) {
        return reduce_param(w, w->to->lead);
    }
    switch (ebb_op_arity(op)) {
    case 0:
        return reduce_leaf(w, node);
    case 1:
        return ebb_graph_unary(graph, op, map[node->args[0]]);
    case 2:
        return ebb_graph_binary(graph, op, map[node->args[0]], map[node->args[1]]);
    default:
        return ebb_graph_select(graph, map[node->args[0]], map[node->args[1]],
                                map[node->args[2]]);
    }
}

static uint32_t *reduce_pass(ebb_rewrite_t *w, bool severed)
{
    size_t count = w->from->graph.count;
    uint32_t *map = ebb_arena_new(&w->to->arena, (count + 1) * sizeof *map);
    w->severed = severed;
    for (size_t i = 0; i < count && map; i++) {
        map[i] = reduce_node(w, i, map);
    }
    return map;
}

/* --- lists ------------------------------------------------------------------------ */

static uint32_t reduce_mapped(const ebb_rewrite_t *w, uint32_t node, bool severed)
{
    if (node == EBB_NONE) {
        return EBB_NONE;
    }
    return severed ? w->to->severed[node] : w->to->plain[node];
}

static bool reduce_cuts_state(const ebb_rewrite_t *w, uint32_t state)
{
    return w->wish->cut && w->wish->cut->states[state];
}

static void reduce_states(ebb_rewrite_t *w)
{
    ebb_system_t *system = &w->to->system;
    for (uint32_t k = 0; k < system->state_count; k++) {
        uint32_t i = w->to->model[k];
        bool severed = reduce_cuts_state(w, i);
        ebb_state_t state = w->from->states[i];
        state.rate = reduce_mapped(w, state.rate, severed);
        state.noise = w->wish->live ? reduce_mapped(w, state.noise, severed) : EBB_NONE;
        state.initial = reduce_mapped(w, state.initial, false);
        state.history = reduce_mapped(w, state.history, false);
        state.mirror = k;
        system->states[k] = state;
    }
}

/* max(rate, 0) (value - x), on the states that an event acts on. */
static void reduce_mean_event(ebb_rewrite_t *w, size_t e)
{
    const ebb_event_rule_t *event = &w->from->events[e];
    ebb_system_t *system = &w->to->system;
    ebb_graph_t *graph = &system->graph;
    bool severed = w->wish->cut && w->wish->cut->events[e];
    uint32_t rate = ebb_graph_binary(
        graph, EBB_OP_MAX, reduce_mapped(w, event->rate, severed), EBB_NODE_ZERO);
    for (size_t k = 0; k < event->action_count; k++) {
        ebb_action_t action = w->from->actions[event->first_action + k];
        uint32_t place = w->to->place[action.state];
        if (place == EBB_NONE) {
            continue;
        }
        uint32_t value =
            reduce_mapped(w, action.value, reduce_cuts_state(w, action.state));
        uint32_t x = ebb_graph_leaf(graph, EBB_OP_STATE, place);
        uint32_t by = ebb_graph_binary(graph, EBB_OP_SUB, value, x);
        uint32_t more = ebb_graph_binary(graph, EBB_OP_MUL, rate, by);
        system->states[place].rate =
            ebb_graph_binary(graph, EBB_OP_ADD, system->states[place].rate, more);
    }
}

static void reduce_live_event(ebb_rewrite_t *w, size_t e)
{
    ebb_system_t *system = &w->to->system;
    ebb_event_rule_t event = w->from->events[e];
    bool severed = w->wish->cut && w->wish->cut->events[e];
    size_t first = event.first_action;
    event.rate = reduce_mapped(w, event.rate, severed);
    event.guard = reduce_mapped(w, event.guard, severed);
    event.mirror = (uint32_t)e;
    event.first_action = (uint32_t)system->action_count;
    for (size_t k = 0; k < w->from->events[e].action_count; k++) {
        ebb_action_t action = w->from->actions[first + k];
        uint32_t place = w->to->place[action.state];
        action.value =
            reduce_mapped(w, action.value, reduce_cuts_state(w, action.state));
        action.state = place;
        if (place != EBB_NONE) {
            system->actions[system->action_count++] = action;
        }
    }
    event.action_count = (uint32_t)system->action_count - event.first_action;
    system->events[system->event_count++] = event;
}

static void reduce_events(ebb_rewrite_t *w)
{
    for (size_t e = 0; e < w->from->event_count; e++) {
        if (w->wish->live) {
            reduce_live_event(w, e);
        } else if (w->to->study->mean_events && w->from->events[e].rate != EBB_NONE) {
            reduce_mean_event(w, e);
        }
    }
}

static void reduce_rest(ebb_rewrite_t *w)
{
    ebb_system_t *system = &w->to->system;
    for (size_t d = 0; d < w->from->delay_count; d++) {
        if (w->delay_place[d] != EBB_NONE) {
            ebb_delay_t delay = w->from->delays[d];
            system->delays[w->delay_place[d]] = (ebb_delay_t){
                w->to->place[delay.state], reduce_mapped(w, delay.lag, false)};
        }
    }
    for (size_t k = 0; k < w->from->let_count; k++) {
        system->lets[k] = w->from->lets[k];
        system->lets[k].node = reduce_mapped(w, system->lets[k].node, false);
    }
}

/* --- numbers ---------------------------------------------------------------------- */

static void reduce_values(ebb_rewrite_t *w)
{
    const ebb_study_t *study = w->to->study;
    const ebb_system_t *from = w->from;
    double *values = w->to->values;
    size_t params = from->param_count, traits = from->trait_count;
    memcpy(values, study->params, params * sizeof *values);
    memcpy(values + params, study->traits, traits * sizeof *values);
    memcpy(values + params + traits, study->inputs, from->input_count * sizeof *values);
    memcpy(values + w->to->held, study->starts, from->state_count * sizeof *values);
    values[w->to->time] = study->time;
    values[w->to->lead] = 0;
    const ebb_study_lead_t *lead = w->wish->lead;
    if (lead) {
        ebb_rewrite_t bare = *w;
        const ebb_reduce_wish_t none = {0};
        bare.wish = &none;
        values[w->to->lead] =
            values[reduce_number(&bare, lead->numbers[0].kind, lead->numbers[0].index)];
    }
    for (size_t i = 0; i < w->to->system.param_count; i++) {
        w->to->system.params[i] = (ebb_slot_t){.name = "",
                                               .person = EBB_NONE,
                                               .mirror = (uint32_t)i,
                                               .value = values[i],
                                               .low = -EBB_INFINITY,
                                               .high = EBB_INFINITY};
    }
}

static size_t reduce_kind_count(const ebb_system_t *system, ebb_scalar_kind_t kind)
{
    switch ((int)kind) {
    case EBB_SCALAR_PARAM:
        return system->param_count;
    case EBB_SCALAR_TRAIT:
        return system->trait_count;
    case EBB_SCALAR_INPUT:
        return system->input_count;
    case EBB_SCALAR_STATE:
        return system->state_count;
    default:
        return 0;
    }
}

static int reduce_check_lead(const ebb_rewrite_t *w, ebb_error_t *error)
{
    const ebb_study_lead_t *lead = w->wish->lead;
    if (!lead) {
        return EBB_OK;
    }
    if (lead->count < 1 || lead->count > EBB_STUDY_LEAD_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%zu numbers are to be varied alike; it can be 1 to %d",
                        lead->count, EBB_STUDY_LEAD_MOST);
    }
    for (size_t k = 0; k < lead->count; k++) {
        ebb_study_number_t number = lead->numbers[k];
        if (number.index >= reduce_kind_count(w->from, number.kind)) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "what is to be varied is no parameter, trait or input of "
                            "`%s`, nor a state that is held",
                            w->from->name);
        }
        if (number.kind == EBB_SCALAR_STATE && !w->to->study->held[number.index]) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "`%s` is a state with an equation: hold it to vary it",
                            w->from->states[number.index].name);
        }
    }
    return EBB_OK;
}

/* --- a reduction ------------------------------------------------------------------ */

static void *reduce_list(ebb_reduction_t *to, size_t count, size_t size, bool *whole)
{
    void *list = ebb_arena_new(&to->arena, (count + 1) * size);
    *whole = *whole && list;
    return list;
}

static bool reduce_memory(ebb_rewrite_t *w)
{
    ebb_reduction_t *to = w->to;
    const ebb_system_t *from = w->from;
    ebb_system_t *system = &to->system;
    bool whole = true;
    to->values = reduce_list(to, system->param_count, sizeof *to->values, &whole);
    to->place = reduce_list(to, from->state_count, sizeof *to->place, &whole);
    to->model = reduce_list(to, from->state_count, sizeof *to->model, &whole);
    to->value_place =
        reduce_list(to, from->state_count, sizeof *to->value_place, &whole);
    w->delay_place = reduce_list(to, from->delay_count, sizeof *w->delay_place, &whole);
    system->params =
        reduce_list(to, system->param_count, sizeof *system->params, &whole);
    system->states = reduce_list(to, from->state_count, sizeof *system->states, &whole);
    system->events = reduce_list(to, from->event_count, sizeof *system->events, &whole);
    system->actions =
        reduce_list(to, from->action_count, sizeof *system->actions, &whole);
    system->delays = reduce_list(to, from->delay_count, sizeof *system->delays, &whole);
    system->lets = reduce_list(to, from->let_count, sizeof *system->lets, &whole);
    return whole;
}

static void reduce_places(ebb_rewrite_t *w)
{
    ebb_reduction_t *to = w->to;
    for (uint32_t i = 0; i < w->from->state_count; i++) {
        bool held = to->study->held[i];
        to->place[i] = held ? EBB_NONE : (uint32_t)to->system.state_count;
        to->value_place[i] = (uint32_t)reduce_number(w, EBB_SCALAR_STATE, i);
        if (!held) {
            to->model[to->system.state_count++] = i;
        }
    }
    for (size_t d = 0; d < w->from->delay_count; d++) {
        bool held = to->place[w->from->delays[d].state] == EBB_NONE;
        w->delay_place[d] = held ? EBB_NONE : (uint32_t)to->system.delay_count++;
    }
}

static void reduce_begin(ebb_reduction_t *to, const ebb_system_t *from)
{
    to->held = (uint32_t)(from->param_count + from->trait_count + from->input_count);
    to->time = to->held + (uint32_t)from->state_count;
    to->lead = to->time + 1;
    to->observed = EBB_NODE_ZERO;
    to->system = (ebb_system_t){
        .name = from->name,
        .text = from->text,
        .source = from->source,
        .time_unit = from->time_unit,
        .steps = from->steps,
        .persons = from->persons,
        .person_count = from->person_count,
        .quantities = from->quantities,
        .quantity_count = from->quantity_count,
        .param_count = to->lead + 1,
        .let_count = from->let_count,
        .draws = from->draws,
        .draw_count = from->draw_count,
        .lasts = EBB_NONE,
    };
}

int ebb_reduce(ebb_reduction_t *reduction, const ebb_study_t *study,
               const ebb_reduce_wish_t *wish, ebb_error_t *error)
{
    *reduction = (ebb_reduction_t){.study = study, .arena.alloc = &study->alloc};
    ebb_rewrite_t w = {.to = reduction, .from = study->system, .wish = wish};
    reduce_begin(reduction, study->system);
    ebb_graph_t *graph = &reduction->system.graph;
    ebb_graph_init(graph, &study->alloc, study->system->graph._most);
    int code = reduce_check_lead(&w, error);
    if (code) {
        return code;
    }
    if (!reduce_memory(&w)) {
        return ebb_study_fail_memory(error);
    }
    reduce_places(&w);
    reduce_values(&w);
    reduction->plain = reduce_pass(&w, false);
    reduction->severed = wish->cut ? reduce_pass(&w, true) : NULL;
    if (!reduction->plain || (wish->cut && !reduction->severed)) {
        return ebb_study_fail_memory(error);
    }
    reduce_states(&w);
    reduce_events(&w);
    reduce_rest(&w);
    return graph->failed
               ? ebb_fail(error, graph->failed, "`%s` is too large for a study",
                          study->system->name)
               : EBB_OK;
}

void ebb_reduce_free(ebb_reduction_t *reduction)
{
    ebb_graph_free(&reduction->system.graph);
    ebb_arena_free(&reduction->arena);
    *reduction = (ebb_reduction_t){0};
}
