/* SPDX-License-Identifier: MIT
 * The right-hand side compiled, one couple in all lanes of one group. */
#include "study/flow.h"

#include <string.h>

#include "core/fail.h"
#include "math/bits.h"

enum { FLOW_RESIDUAL, FLOW_LINEAR, FLOW_LETS, FLOW_SECTIONS };

/* --- nodes ------------------------------------------------------------------------ */

/* What is left of a state's rate, or of its next value, within its bounds, less the
 * state [eq 102]. */
static uint32_t flow_residual_node(ebb_graph_t *graph, const ebb_state_t *state,
                                   uint32_t place, bool steps)
{
    uint32_t x = ebb_graph_leaf(graph, EBB_OP_STATE, place);
    uint32_t next = state->rate;
    if (state->bound != EBB_BOUND_CLIP) {
        return steps ? ebb_graph_binary(graph, EBB_OP_SUB, next, x) : next;
    }
    next = steps ? next : ebb_graph_binary(graph, EBB_OP_ADD, x, state->rate);
    uint32_t low = ebb_graph_constant(graph, state->low);
    uint32_t high = ebb_graph_constant(graph, state->high);
    uint32_t below = ebb_graph_binary(graph, EBB_OP_LT, next, low);
    uint32_t above = ebb_graph_binary(graph, EBB_OP_LT, high, next);
    uint32_t inside =
        steps ? ebb_graph_binary(graph, EBB_OP_SUB, next, x) : state->rate;
    uint32_t to_low = ebb_graph_binary(graph, EBB_OP_SUB, low, x);
    uint32_t to_high = ebb_graph_binary(graph, EBB_OP_SUB, high, x);
    inside = ebb_graph_select(graph, above, to_high, inside);
    return ebb_graph_select(graph, below, to_low, inside);
}

/* Derivatives of all rows with respect to a leaf, in every `stride`-th place. */
static int flow_derive(ebb_flow_t *flow, uint32_t leaf, const uint32_t *rows,
                       uint32_t *out, size_t stride)
{
    uint32_t column[EBB_STUDY_FREE_MOST + 1];
    ebb_graph_t *graph = &flow->reduction->system.graph;
    int code = ebb_graph_derive(graph, leaf, rows, flow->n + 1, column);
    for (size_t i = 0; i <= flow->n && !code; i++) {
        out[i * stride] = column[i];
    }
    return code;
}

/* Where the roots of the linear section stand: the rows, their derivatives, the lags.
 */
typedef struct ebb_flow_layout {
    size_t now, delayed, by_lead, lags, count;
} ebb_flow_layout_t;

static ebb_flow_layout_t flow_layout(const ebb_flow_t *flow)
{
    size_t rows = flow->n + 1;
    ebb_flow_layout_t at = {.now = rows};
    at.delayed = at.now + rows * flow->n;
    at.by_lead = at.delayed + rows * flow->delays;
    at.lags = at.by_lead + rows;
    at.count = at.lags + flow->delays;
    return at;
}

static int flow_linear_nodes(ebb_flow_t *flow, uint32_t *out)
{
    const ebb_system_t *system = &flow->reduction->system;
    ebb_graph_t *graph = &flow->reduction->system.graph;
    ebb_flow_layout_t at = flow_layout(flow);
    int code = EBB_OK;
    for (uint32_t j = 0; j < flow->n && !code; j++) {
        code = flow_derive(flow, ebb_graph_leaf(graph, EBB_OP_STATE, j), out,
                           out + at.now + j, flow->n);
    }
    for (uint32_t j = 0; j < flow->delays && !code; j++) {
        code = flow_derive(flow, ebb_graph_leaf(graph, EBB_OP_DELAYED, j), out,
                           out + at.delayed + j, flow->delays);
        out[at.lags + j] = system->delays[j].lag;
    }
    uint32_t lead = ebb_graph_leaf(graph, EBB_OP_PARAM, flow->reduction->lead);
    return code ? code : flow_derive(flow, lead, out, out + at.by_lead, 1);
}

/* --- compilation ------------------------------------------------------------------ */

static int flow_compile(ebb_flow_t *flow, const ebb_wanted_t *wanted,
                        ebb_error_t *error)
{
    const ebb_system_t *system = &flow->reduction->system;
    ebb_program_source_t source = {
        .graph = &system->graph,
        .wanted = wanted,
        .section_count = FLOW_SECTIONS,
        .fuses = true,
        .leaves = {[EBB_LEAF_STATE] = flow->n,
                   [EBB_LEAF_TIME] = 1,
                   [EBB_LEAF_DELAYED] = flow->delays,
                   [EBB_LEAF_DRAW] = system->draw_count,
                   [EBB_LEAF_PARAM] = system->param_count},
    };
    return ebb_program_build(&flow->_program, &source, &flow->reduction->study->alloc,
                             error);
}

static double *flow_numbers(ebb_flow_t *flow, size_t count, bool *whole)
{
    double *numbers = ebb_arena_new(&flow->_arena, (count + 1) * sizeof *numbers);
    *whole = *whole && numbers;
    return numbers;
}

static bool flow_memory(ebb_flow_t *flow)
{
    size_t n = flow->n, d = flow->delays, wide = n + 1; /* continuation has one more */
    bool whole = true;
    flow->residual = flow_numbers(flow, n, &whole);
    flow->jacobian = flow_numbers(flow, wide * n, &whole);
    flow->now = flow_numbers(flow, wide * n, &whole);
    flow->delayed = flow_numbers(flow, wide * d, &whole);
    flow->by_lead = flow_numbers(flow, wide, &whole);
    flow->lags = flow_numbers(flow, d, &whole);
    flow->matrix = flow_numbers(flow, wide * wide, &whole);
    flow->kept = flow_numbers(flow, wide * wide, &whole);
    flow->step = flow_numbers(flow, wide, &whole);
    flow->trial = flow_numbers(flow, wide, &whole);
    flow->pivots = ebb_arena_new(&flow->_arena, (wide + 1) * sizeof *flow->pivots);
    flow->delay_state =
        ebb_arena_new(&flow->_arena, (d + 1) * sizeof *flow->delay_state);
    for (size_t k = 0; k < d && flow->delay_state; k++) {
        flow->delay_state[k] = flow->reduction->system.delays[k].state;
    }
    return whole && flow->pivots && flow->delay_state;
}

/* Rows of lanes, all numbers in place. */
static bool flow_load(ebb_flow_t *flow)
{
    const ebb_reduction_t *reduction = flow->reduction;
    bool whole = true;
    flow->_registers.width = EBB_LANE_GROUP;
    flow->_registers.numbers =
        flow_numbers(flow, flow->_program.register_count * EBB_LANE_GROUP, &whole);
    if (!whole) {
        return false;
    }
    ebb_interpret_constants(&flow->_program, flow->_registers);
    for (size_t k = 0; k < reduction->system.param_count; k++) {
        ebb_flow_set(flow, k, reduction->values[k]);
    }
    return true;
}

static int flow_build(ebb_flow_t *flow, uint32_t *nodes, ebb_error_t *error)
{
    const ebb_system_t *system = &flow->reduction->system;
    ebb_graph_t *graph = &flow->reduction->system.graph;
    size_t linear = flow_layout(flow).count;
    uint32_t *lets = nodes + linear;
    for (uint32_t i = 0; i < flow->n; i++) {
        nodes[i] = flow_residual_node(graph, &system->states[i], i, flow->steps);
    }
    nodes[flow->n] = flow->reduction->observed;
    for (size_t k = 0; k < system->let_count; k++) {
        lets[k] = system->lets[k].node;
    }
    int code = flow_linear_nodes(flow, nodes);
    code = code ? code : graph->failed;
    if (code) {
        return ebb_fail(error, code, "`%s` is too large for a study", system->name);
    }
    const ebb_wanted_t wanted[FLOW_SECTIONS] = {
        [FLOW_RESIDUAL] = {nodes, flow->n},
        [FLOW_LINEAR] = {nodes, linear},
        [FLOW_LETS] = {lets, system->let_count},
    };
    code = flow_compile(flow, wanted, error);
    return code ? code : flow_load(flow) ? EBB_OK : ebb_study_fail_memory(error);
}

int ebb_flow_open(ebb_flow_t *flow, ebb_reduction_t *reduction, ebb_error_t *error)
{
    const ebb_system_t *system = &reduction->system;
    *flow = (ebb_flow_t){.reduction = reduction,
                         .n = system->state_count,
                         .delays = system->delay_count,
                         .steps = system->steps,
                         ._arena.alloc = &reduction->study->alloc};
    size_t count = flow_layout(flow).count + system->let_count + 1;
    uint32_t *nodes = ebb_arena_new(&flow->_arena, count * sizeof *nodes);
    return nodes && flow_memory(flow) ? flow_build(flow, nodes, error)
                                      : ebb_study_fail_memory(error);
}

void ebb_flow_close(ebb_flow_t *flow)
{
    ebb_program_free(&flow->_program);
    if (flow->_arena.alloc) {
        ebb_arena_free(&flow->_arena);
    }
    *flow = (ebb_flow_t){0};
}

/* --- evaluation ------------------------------------------------------------------- */

static void flow_put(ebb_flow_t *flow, size_t number, double value)
{
    double *row = ebb_row(flow->_registers, number);
    for (size_t i = 0; i < EBB_LANE_GROUP; i++) {
        row[i] = value;
    }
}

void ebb_flow_set(ebb_flow_t *flow, size_t place, double value)
{
    flow_put(flow, flow->_program.leaf[EBB_LEAF_PARAM] + place, value);
}

/* Runs a section at x. */
static void flow_run(ebb_flow_t *flow, const double *x, size_t section)
{
    const ebb_program_t *program = &flow->_program;
    for (size_t i = 0; i < flow->n; i++) {
        flow_put(flow, program->leaf[EBB_LEAF_STATE] + i, x[i]);
    }
    for (size_t d = 0; d < flow->delays; d++) {
        flow_put(flow, program->leaf[EBB_LEAF_DELAYED] + d, x[flow->delay_state[d]]);
    }
    ebb_interpret(program, &program->fixed, flow->_registers);
    ebb_interpret(program, &program->sections[section], flow->_registers);
}

/* `count` roots from the `first` on. */
static void flow_take(const ebb_flow_t *flow, size_t section, size_t first, double *out,
                      size_t count)
{
    const uint32_t *roots = ebb_program_roots(&flow->_program, section) + first;
    for (size_t k = 0; k < count; k++) {
        out[k] = ebb_row(flow->_registers, roots[k])[0];
    }
}

double ebb_flow_size(const ebb_flow_t *flow, const double *x)
{
    double most = 0;
    for (size_t i = 0; i < flow->n; i++) {
        double size = ebb_magnitude(flow->residual[i]) / (1 + ebb_magnitude(x[i]));
        most = size <= most ? most : size; /* NaN is kept */
    }
    return most == most ? most : EBB_INFINITY;
}

double ebb_flow_residual(ebb_flow_t *flow, const double *x)
{
    flow_run(flow, x, FLOW_RESIDUAL);
    flow_take(flow, FLOW_RESIDUAL, 0, flow->residual, flow->n);
    return ebb_flow_size(flow, x);
}

double ebb_flow_linearise(ebb_flow_t *flow, const double *x)
{
    size_t n = flow->n, d = flow->delays, rows = n + 1;
    ebb_flow_layout_t at = flow_layout(flow);
    flow_run(flow, x, FLOW_LINEAR);
    flow_take(flow, FLOW_LINEAR, 0, flow->residual, n);
    flow_take(flow, FLOW_LINEAR, at.now, flow->now, rows * n);
    flow_take(flow, FLOW_LINEAR, at.delayed, flow->delayed, rows * d);
    flow_take(flow, FLOW_LINEAR, at.by_lead, flow->by_lead, rows);
    flow_take(flow, FLOW_LINEAR, at.lags, flow->lags, d);
    memcpy(flow->jacobian, flow->now, rows * n * sizeof *flow->now);
    for (size_t i = 0; i < rows; i++) {
        for (size_t k = 0; k < d; k++) {
            flow->jacobian[i * n + flow->delay_state[k]] += flow->delayed[i * d + k];
        }
    }
    return ebb_flow_size(flow, x);
}

void ebb_flow_values(ebb_flow_t *flow, const double *x, double *values)
{
    const ebb_reduction_t *reduction = flow->reduction;
    size_t states = reduction->study->system->state_count;
    const ebb_program_t *program = &flow->_program;
    flow_run(flow, x, FLOW_LETS);
    for (size_t i = 0; i < states; i++) {
        uint32_t place = reduction->place[i];
        size_t held = program->leaf[EBB_LEAF_PARAM] + reduction->value_place[i];
        values[i] = place != EBB_NONE ? x[place] : ebb_row(flow->_registers, held)[0];
    }
    flow_take(flow, FLOW_LETS, 0, values + states, reduction->system.let_count);
}
