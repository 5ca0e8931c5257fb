/* SPDX-License-Identifier: MIT
 * What each section of a run's program must deliver. */
#include "run/machine.h"

#include "core/fail.h"

/* The lists of nodes, and the copy of the graph to which derivatives are added. */
typedef struct ebb_sections {
    ebb_simulation_t *run;
    ebb_graph_t graph;
    ebb_arena_t *scratch;
    ebb_wanted_t *wanted;
    bool fuses, failed;
} ebb_sections_t;

static uint32_t *sections_list(ebb_sections_t *s, size_t section, size_t count)
{
    uint32_t *nodes = ebb_arena_new(s->scratch, (count + 1) * sizeof *nodes);
    s->failed |= !nodes;
    s->wanted[section] = (ebb_wanted_t){nodes, nodes ? count : 0};
    return nodes;
}

/* -max(rate, 0): how fast an event's chance is used up; NaN counts as 0. */
static uint32_t sections_loss(ebb_sections_t *s, uint32_t rate)
{
    uint32_t some = ebb_graph_binary(&s->graph, EBB_OP_MAX, rate, EBB_NODE_ZERO);
    return ebb_graph_unary(&s->graph, EBB_OP_NEG, some);
}

static void sections_rates(ebb_sections_t *s, uint32_t *nodes)
{
    const ebb_simulation_t *run = s->run;
    for (size_t i = 0; i < run->states; i++) {
        nodes[i] = run->system->states[i].rate;
    }
    for (size_t r = 0; r < run->chances; r++) {
        nodes[run->states + r] =
            sections_loss(s, run->system->events[run->event_of_chance[r]].rate);
    }
}

int ebb_machine_separate(const ebb_system_t *system, ebb_graph_t *graph,
                         uint32_t *factors, uint32_t other[2])
{
    uint32_t half = ebb_graph_constant(graph, 0.5);
    for (uint32_t j = 0, out = 0; j < system->state_count; j++) {
        if (system->states[j].noise == EBB_NONE) {
            continue;
        }
        uint32_t leaf = ebb_graph_leaf(graph, EBB_OP_STATE, j);
        for (uint32_t i = 0; i < system->state_count; i++) {
            uint32_t slope = 0, noise = system->states[i].noise;
            int code = noise == EBB_NONE
                           ? 0
                           : ebb_graph_derive(graph, leaf, &noise, 1, &slope);
            if (code) {
                return code;
            }
            if (i == j) {
                uint32_t twice = ebb_graph_binary(graph, EBB_OP_MUL, noise, slope);
                factors[out++] = ebb_graph_binary(graph, EBB_OP_MUL, half, twice);
            } else if (slope != EBB_NODE_ZERO) {
                other[0] = i;
                other[1] = j;
                return EBB_ERR_ARGUMENT;
            }
        }
    }
    return graph->failed;
}

static int sections_flow(ebb_sections_t *s)
{
    const ebb_simulation_t *run = s->run;
    size_t heun = run->method == EBB_METHOD_HEUN ? run->noises : 0;
    uint32_t *flow = sections_list(s, EBB_DO_FLOW, run->rows + run->noises + heun);
    uint32_t *rates = sections_list(s, EBB_DO_RATES, run->rows);
    uint32_t other[2] = {0};
    if (s->failed) {
        return EBB_ERR_MEMORY;
    }
    sections_rates(s, flow);
    sections_rates(s, rates);
    for (size_t k = 0; k < run->noises; k++) {
        flow[run->rows + k] = run->system->states[run->noise_state[k]].noise;
    }
    return heun ? ebb_machine_separate(run->system, &s->graph,
                                       flow + run->rows + run->noises, other)
                : EBB_OK;
}

/* d rate / d time, with the inputs led along. The slope of input j is a leaf behind the
 * inputs. */
static int sections_by_time(ebb_sections_t *s, const uint32_t *rates, uint32_t *out)
{
    const ebb_simulation_t *run = s->run;
    ebb_graph_t *graph = &s->graph;
    uint32_t inputs = (uint32_t)run->system->input_count;
    uint32_t *column = ebb_arena_new(s->scratch, (run->rows + 1) * sizeof *column);
    int code = column ? ebb_graph_derive(graph, ebb_graph_leaf(graph, EBB_OP_TIME, 0),
                                         rates, run->rows, out)
                      : EBB_ERR_MEMORY;
    for (uint32_t j = 0; j < inputs && !code; j++) {
        uint32_t slope = ebb_graph_leaf(graph, EBB_OP_INPUT, inputs + j);
        code = ebb_graph_derive(graph, ebb_graph_leaf(graph, EBB_OP_INPUT, j), rates,
                                run->rows, column);
        for (size_t i = 0; i < run->rows && !code; i++) {
            uint32_t part = ebb_graph_binary(graph, EBB_OP_MUL, column[i], slope);
            out[i] = ebb_graph_binary(graph, EBB_OP_ADD, out[i], part);
        }
    }
    return code;
}

static int sections_jacobian(ebb_sections_t *s)
{
    const ebb_simulation_t *run = s->run;
    size_t n = run->method == EBB_METHOD_ROSENBROCK ? run->rows : 0;
    uint32_t *nodes = sections_list(s, EBB_DO_JACOBIAN, n * n + n);
    uint32_t *column = ebb_arena_new(s->scratch, (n + 1) * sizeof *column);
    if (s->failed || !column) {
        return EBB_ERR_MEMORY;
    }
    const uint32_t *rates = s->wanted[EBB_DO_RATES].nodes;
    int code = EBB_OK;
    for (size_t j = 0; j < n && !code; j++) {
        uint32_t leaf = ebb_graph_leaf(&s->graph, EBB_OP_STATE, (uint32_t)j);
        code =
            j < run->states ? ebb_graph_derive(&s->graph, leaf, rates, n, column) : 0;
        for (size_t i = 0; i < n; i++) {
            nodes[i * n + j] = j < run->states ? column[i] : EBB_NODE_ZERO;
        }
    }
    return code || n == 0 ? code : sections_by_time(s, rates, nodes + n * n);
}

/* Sections that only name nodes which are there. */
static void sections_plain(ebb_sections_t *s)
{
    const ebb_simulation_t *run = s->run;
    const ebb_system_t *system = run->system;
    size_t expects = run->plan ? run->plan->expect_count : 0;
    uint32_t *start = sections_list(s, EBB_DO_START, run->states + system->delay_count);
    uint32_t *guards = sections_list(s, EBB_DO_GUARDS, run->guards);
    uint32_t *outputs = sections_list(s, EBB_DO_OUTPUTS,
                                      run->output_count + (ebb_run_ends(run) ? 1 : 0));
    uint32_t *watch = sections_list(s, EBB_DO_WATCH, run->watches);
    uint32_t *history = sections_list(s, EBB_DO_HISTORY, system->delay_count);
    uint32_t *expect = sections_list(s, EBB_DO_EXPECT, expects);
    for (size_t i = 0; i < run->states && !s->failed; i++) {
        start[i] = system->states[i].initial;
    }
    for (size_t d = 0; d < system->delay_count && !s->failed; d++) {
        const ebb_state_t *state = &system->states[system->delays[d].state];
        start[run->states + d] = system->delays[d].lag;
        history[d] = state->history == EBB_NONE ? state->initial : state->history;
    }
    for (size_t g = 0; g < run->guards && !s->failed; g++) {
        guards[g] = system->events[run->event_of_guard[g]].guard;
    }
    for (size_t k = 0; k < run->output_count && !s->failed; k++) {
        size_t index = run->outputs[k].index;
        outputs[k] = run->outputs[k].kind == EBB_SCALAR_LET
                         ? system->lets[index].node
                         : ebb_graph_leaf(&s->graph, EBB_OP_STATE, (uint32_t)index);
    }
    if (ebb_run_ends(run) && !s->failed) {
        outputs[run->output_count] = system->lasts;
    }
    const ebb_scenario_plan_t *plan = run->plan; /* there if anything is watched */
    for (size_t k = 0; plan && k < run->watches && !s->failed; k++) {
        watch[k] = plan->summaries[k].node;
    }
    for (size_t k = 0; plan && k < expects && !s->failed; k++) {
        expect[k] = plan->expects[k].node;
    }
}

static void sections_actions(ebb_sections_t *s)
{
    const ebb_system_t *system = s->run->system;
    for (size_t e = 0; e < system->event_count; e++) {
        const ebb_event_rule_t *event = &system->events[e];
        uint32_t *nodes = sections_list(s, EBB_DO_ACTIONS + e, event->action_count);
        for (size_t k = 0; k < event->action_count && !s->failed; k++) {
            nodes[k] = system->actions[event->first_action + k].value;
        }
    }
}

static int sections_build(ebb_sections_t *s, ebb_error_t *error)
{
    ebb_simulation_t *run = s->run;
    const ebb_system_t *system = run->system;
    int code = sections_flow(s);
    code = code ? code : sections_jacobian(s);
    sections_plain(s);
    sections_actions(s);
    code = code ? code : s->graph.failed;
    if (code || s->failed) {
        return ebb_fail(error, code ? code : EBB_ERR_MEMORY,
                        "the model `%s` is too large for this method", system->name);
    }
    ebb_program_source_t source = {
        .graph = &s->graph,
        .wanted = s->wanted,
        .section_count = EBB_DO_ACTIONS + system->event_count,
        .fuses = s->fuses,
        .leaves = {[EBB_LEAF_STATE] = run->states,
                   [EBB_LEAF_CHANCE] = run->chances,
                   [EBB_LEAF_TIME] = 1,
                   [EBB_LEAF_INPUT] = 2 * system->input_count,
                   [EBB_LEAF_DELAYED] = system->delay_count,
                   [EBB_LEAF_DRAW] = system->draw_count,
                   [EBB_LEAF_PARAM] = system->param_count,
                   [EBB_LEAF_TRAIT] = system->trait_count,
                   [EBB_LEAF_SUMMARY] = run->watches},
    };
    return ebb_program_build(&run->program, &source, &run->alloc, error);
}

int ebb_machine_compile(ebb_simulation_t *run, bool fuses, ebb_error_t *error)
{
    ebb_arena_t scratch = {.alloc = &run->alloc};
    ebb_sections_t s = {.run = run, .scratch = &scratch, .fuses = fuses};
    ebb_program_free(&run->program);
    ebb_graph_copy(&s.graph, run->plan ? &run->plan->graph : &run->system->graph,
                   &run->alloc);
    s.wanted = ebb_arena_new(&scratch, (EBB_DO_ACTIONS + run->system->event_count) *
                                           sizeof *s.wanted);
    int code = s.wanted && !s.graph.failed
                   ? sections_build(&s, error)
                   : ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a run");
    ebb_graph_free(&s.graph);
    ebb_arena_free(&scratch);
    return code;
}
