/* SPDX-License-Identifier: MIT
 * Derivatives of the graph: one walk from the front, each node's derivative by the
 * chain rule from those of its operands. What it needs besides is a list with the
 * derivative of every node that was there before. */
#include "core/memory.h"
#include "ebb/error.h"
#include "lang/system.h"

/* a', b', c' of a node's operands */
typedef struct ebb_slopes {
    uint32_t a, b, c;
} ebb_slopes_t;

static uint32_t derive_times(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    return ebb_graph_binary(graph, EBB_OP_MUL, a, b);
}

/* f'(a) for the functions of one operand, where `node` is f(a). */
static uint32_t derive_function(ebb_graph_t *graph, ebb_op_t op, uint32_t node,
                                uint32_t a)
{
    uint32_t one = EBB_NODE_ONE, square;
    switch ((int)op) {
    case EBB_OP_EXP:
        return node;
    case EBB_OP_EXPM1:
        return ebb_graph_binary(graph, EBB_OP_ADD, node, one);
    case EBB_OP_LOG:
        return ebb_graph_binary(graph, EBB_OP_DIV, one, a);
    case EBB_OP_LOG1P:
        return ebb_graph_binary(graph, EBB_OP_DIV, one,
                                ebb_graph_binary(graph, EBB_OP_ADD, one, a));
    case EBB_OP_SIN:
        return ebb_graph_unary(graph, EBB_OP_COS, a);
    case EBB_OP_COS:
        return ebb_graph_unary(graph, EBB_OP_NEG,
                               ebb_graph_unary(graph, EBB_OP_SIN, a));
    case EBB_OP_TANH:
        return ebb_graph_binary(graph, EBB_OP_SUB, one,
                                derive_times(graph, node, node));
    case EBB_OP_ATAN:
        square = derive_times(graph, a, a);
        return ebb_graph_binary(graph, EBB_OP_DIV, one,
                                ebb_graph_binary(graph, EBB_OP_ADD, one, square));
    case EBB_OP_LOGISTIC:
        return derive_times(graph, node,
                            ebb_graph_binary(graph, EBB_OP_SUB, one, node));
    case EBB_OP_SOFTPLUS:
        return ebb_graph_unary(graph, EBB_OP_LOGISTIC, a);
    case EBB_OP_SQRT: /* 1 / (2 sqrt a) */
        return ebb_graph_binary(graph, EBB_OP_DIV, ebb_graph_constant(graph, 0.5),
                                node);
    default: /* floor and not: steps */
        return EBB_NODE_ZERO;
    }
}

static uint32_t derive_unary(ebb_graph_t *graph, ebb_op_t op, uint32_t node,
                             ebb_slopes_t d)
{
    uint32_t a = graph->nodes[node].args[0];
    if (op == EBB_OP_NEG) {
        return ebb_graph_unary(graph, EBB_OP_NEG, d.a);
    }
    if (op == EBB_OP_ABS) {
        uint32_t negative = ebb_graph_binary(graph, EBB_OP_LT, a, EBB_NODE_ZERO);
        return ebb_graph_select(graph, negative,
                                ebb_graph_unary(graph, EBB_OP_NEG, d.a), d.a);
    }
    return derive_times(graph, derive_function(graph, op, node, a), d.a);
}

/* (a / b)' = (a' - (a / b) b') / b */
static uint32_t derive_quotient(ebb_graph_t *graph, uint32_t node, ebb_slopes_t d)
{
    uint32_t b = graph->nodes[node].args[1];
    uint32_t rest =
        ebb_graph_binary(graph, EBB_OP_SUB, d.a, derive_times(graph, node, d.b));
    return rest == EBB_NODE_ZERO ? rest : ebb_graph_binary(graph, EBB_OP_DIV, rest, b);
}

/* (a^b)' = b a^(b-1) a' + a^b log(a) b' */
static uint32_t derive_power(ebb_graph_t *graph, uint32_t node, ebb_slopes_t d)
{
    uint32_t a = graph->nodes[node].args[0], b = graph->nodes[node].args[1];
    uint32_t lower = ebb_graph_binary(graph, EBB_OP_SUB, b, EBB_NODE_ONE);
    uint32_t by_a = EBB_NODE_ZERO, by_b = EBB_NODE_ZERO;
    if (d.a != EBB_NODE_ZERO) {
        by_a = derive_times(graph, b, ebb_graph_power(graph, a, lower));
    }
    if (d.b != EBB_NODE_ZERO) {
        by_b = derive_times(graph, node, ebb_graph_unary(graph, EBB_OP_LOG, a));
    }
    return ebb_graph_binary(graph, EBB_OP_ADD, derive_times(graph, by_a, d.a),
                            derive_times(graph, by_b, d.b));
}

static uint32_t derive_binary(ebb_graph_t *graph, ebb_op_t op, uint32_t node,
                              ebb_slopes_t d)
{
    uint32_t a = graph->nodes[node].args[0], b = graph->nodes[node].args[1];
    switch ((int)op) {
    case EBB_OP_ADD:
    case EBB_OP_SUB:
        return ebb_graph_binary(graph, op, d.a, d.b);
    case EBB_OP_MUL:
        return ebb_graph_binary(graph, EBB_OP_ADD, derive_times(graph, d.a, b),
                                derive_times(graph, a, d.b));
    case EBB_OP_DIV:
        return derive_quotient(graph, node, d);
    case EBB_OP_POW:
        return derive_power(graph, node, d);
    case EBB_OP_MIN:
        return ebb_graph_select(graph, ebb_graph_binary(graph, EBB_OP_LT, a, b), d.a,
                                d.b);
    case EBB_OP_MAX:
        return ebb_graph_select(graph, ebb_graph_binary(graph, EBB_OP_LT, b, a), d.a,
                                d.b);
    default: /* conditions */
        return EBB_NODE_ZERO;
    }
}

static uint32_t derive_node(ebb_graph_t *graph, uint32_t node, const uint32_t *slopes)
{
    ebb_node_t copy = graph->nodes[node]; /* the array may move */
    ebb_op_t op = (ebb_op_t)copy.op;
    int arity = ebb_op_arity(op);
    ebb_slopes_t d = {arity > 0 ? slopes[copy.args[0]] : 0,
                      arity > 1 ? slopes[copy.args[1]] : 0,
                      arity > 2 ? slopes[copy.args[2]] : 0};
    if (d.a == EBB_NODE_ZERO && d.b == EBB_NODE_ZERO && d.c == EBB_NODE_ZERO) {
        return EBB_NODE_ZERO;
    }
    if (arity == 3) {
        return ebb_graph_select(graph, copy.args[0], d.b, d.c);
    }
    return arity == 1 ? derive_unary(graph, op, node, d)
                      : derive_binary(graph, op, node, d);
}

int ebb_graph_derive(ebb_graph_t *graph, uint32_t leaf, const uint32_t *roots,
                     size_t count, uint32_t *out)
{
    size_t before = graph->count;
    uint32_t *slopes = ebb_new_array(graph->_alloc, before, sizeof *slopes);
    uint8_t *needed = ebb_new_array(graph->_alloc, before, 1);
    if (!slopes || !needed) {
        graph->failed = EBB_ERR_MEMORY;
        goto out;
    }
    (void)ebb_graph_needed(graph, roots, count, needed);
    for (size_t i = 0; i < before && !graph->failed; i++) {
        if (i == leaf) {
            slopes[i] = EBB_NODE_ONE;
        } else if (needed[i] && graph->nodes[i].depends) {
            slopes[i] = derive_node(graph, (uint32_t)i, slopes);
        }
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = slopes[roots[i]];
    }
out:
    ebb_free_array(graph->_alloc, slopes, before, sizeof *slopes);
    ebb_free_array(graph->_alloc, needed, before, 1);
    return graph->failed;
}

/* One column of a table of derivatives, with respect to leaf `index` of `op`. */
static int derive_column(const ebb_system_t *system, ebb_graph_t *graph, ebb_op_t op,
                         uint32_t index, uint32_t *column)
{
    uint32_t leaf = ebb_graph_leaf(graph, op, index);
    for (size_t i = 0; i < system->state_count; i++) {
        column[i] = system->states[i].rate;
    }
    /* each in its own place: the roots are read before the results are written */
    return graph->failed
               ? graph->failed
               : ebb_graph_derive(graph, leaf, column, system->state_count, column);
}

static size_t derive_columns(const ebb_system_t *system, ebb_op_t op)
{
    switch ((int)op) {
    case EBB_OP_STATE:
        return system->state_count;
    case EBB_OP_PARAM:
        return system->param_count;
    case EBB_OP_TRAIT:
        return system->trait_count;
    case EBB_OP_INPUT:
        return system->input_count;
    case EBB_OP_DELAYED:
        return system->delay_count;
    default:
        return 0;
    }
}

int ebb_system_sensitivity(const ebb_system_t *system, ebb_graph_t *graph, ebb_op_t op,
                           uint32_t *columns)
{
    size_t rows = system->state_count, width = derive_columns(system, op);
    uint32_t *column = ebb_new_array(graph->_alloc, rows, sizeof *column);
    if (!column) {
        return EBB_ERR_MEMORY;
    }
    int code = EBB_OK;
    for (size_t j = 0; j < width && !code; j++) {
        code = derive_column(system, graph, op, (uint32_t)j, column);
        for (size_t i = 0; i < rows && !code; i++) {
            columns[i * width + j] = column[i];
        }
    }
    ebb_free_array(graph->_alloc, column, rows, sizeof *column);
    return code;
}

int ebb_system_jacobian(const ebb_system_t *system, ebb_graph_t *graph,
                        uint32_t *jacobian)
{
    return ebb_system_sensitivity(system, graph, EBB_OP_STATE, jacobian);
}
