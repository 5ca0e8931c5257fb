/* SPDX-License-Identifier: MIT
 * What an operation gives, and the rules by which expressions become simpler without
 * other results; graph.h lists them. */
#include <string.h>

#include "lang/graph.h"
#include "math/exp_kernel.h"
#include "math/log_kernel.h"
#include "math/power_kernel.h"
#include "math/trig_kernel.h"

#define GREATEST_WHOLE_POWER 8

static double rule_unary_value(ebb_op_t op, double a)
{
    switch ((int)op) {
    case EBB_OP_NEG:
        return -a;
    case EBB_OP_ABS:
        return ebb_magnitude(a);
    case EBB_OP_FLOOR:
        return ebb_math_floor(a);
    case EBB_OP_SQRT:
        return __builtin_sqrt(a);
    case EBB_OP_EXP:
        return ebb_math_exp(a);
    case EBB_OP_EXPM1:
        return ebb_math_expm1(a);
    case EBB_OP_LOG:
        return ebb_math_log(a);
    case EBB_OP_LOG1P:
        return ebb_math_log1p(a);
    case EBB_OP_SIN:
        return ebb_math_sin(a);
    case EBB_OP_COS:
        return ebb_math_cos(a);
    case EBB_OP_TANH:
        return ebb_math_tanh(a);
    case EBB_OP_ATAN:
        return ebb_math_atan(a);
    case EBB_OP_LOGISTIC:
        return ebb_math_logistic(a);
    case EBB_OP_SOFTPLUS:
        return ebb_math_softplus(a);
    default:
        return a == 0;
    }
}

double ebb_op_value(ebb_op_t op, const double args[3])
{
    double a = args[0];
    if (ebb_op_arity(op) == 1) {
        return rule_unary_value(op, a);
    }
    double b = args[1];
    switch ((int)op) {
    case EBB_OP_ADD:
        return a + b;
    case EBB_OP_SUB:
        return a - b;
    case EBB_OP_MUL:
        return a * b;
    case EBB_OP_DIV:
        return a / b;
    case EBB_OP_POW:
        return ebb_math_pow(a, b);
    case EBB_OP_MIN:
        return a < b ? a : b;
    case EBB_OP_MAX:
        return a > b ? a : b;
    case EBB_OP_LT:
        return a < b;
    case EBB_OP_LE:
        return a <= b;
    case EBB_OP_EQ:
        return a == b;
    case EBB_OP_AND:
        return a != 0 && b != 0;
    case EBB_OP_OR:
        return a != 0 || b != 0;
    default:
        return a != 0 ? b : args[2];
    }
}

static const ebb_node_t *rule_node(const ebb_graph_t *graph, uint32_t node)
{
    return &graph->nodes[node];
}

static bool rule_is(const ebb_graph_t *graph, uint32_t node, double value)
{
    double constant = 0;
    return ebb_graph_is_constant(graph, node, &constant) && constant == value;
}

/* -a's a. */
static bool rule_is_negated(const ebb_graph_t *graph, uint32_t node, uint32_t *inner)
{
    if (rule_node(graph, node)->op != EBB_OP_NEG) {
        return false;
    }
    *inner = rule_node(graph, node)->args[0];
    return true;
}

uint32_t ebb_graph_unary(ebb_graph_t *graph, ebb_op_t op, uint32_t a)
{
    double value = 0;
    uint32_t inner = 0;
    if (graph->failed) {
        return EBB_NODE_ZERO;
    }
    if (ebb_graph_is_constant(graph, a, &value)) {
        return ebb_graph_constant(graph, rule_unary_value(op, value));
    }
    if (op == EBB_OP_NEG && rule_is_negated(graph, a, &inner)) {
        return inner;
    }
    if (op == EBB_OP_ABS) { /* the sign of what is inside does not matter */
        a = rule_is_negated(graph, a, &inner) ? inner : a;
    }
    return ebb_graph_add(graph, (ebb_node_t){.op = (uint8_t)op, .args = {a}});
}

/* The same operation with its operands in one order: the sum is the same either way. */
static uint32_t rule_in_order(ebb_graph_t *graph, ebb_op_t op, uint32_t a, uint32_t b)
{
    return ebb_graph_add(
        graph, (ebb_node_t){.op = (uint8_t)op, .args = {a < b ? a : b, a < b ? b : a}});
}

/* a - b, where b is no -x. */
static uint32_t rule_plain_difference(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    if (a == b) {
        return EBB_NODE_ZERO;
    }
    if (b == EBB_NODE_ZERO) {
        return a;
    }
    return a == EBB_NODE_ZERO
               ? ebb_graph_unary(graph, EBB_OP_NEG, b)
               : ebb_graph_add(graph, (ebb_node_t){.op = EBB_OP_SUB, .args = {a, b}});
}

static uint32_t rule_sum(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    uint32_t inner = 0;
    if (a == EBB_NODE_ZERO || b == EBB_NODE_ZERO) {
        return a == EBB_NODE_ZERO ? b : a;
    }
    if (rule_is_negated(graph, b, &inner)) {
        return rule_plain_difference(graph, a, inner);
    }
    if (rule_is_negated(graph, a, &inner)) {
        return rule_plain_difference(graph, b, inner);
    }
    return rule_in_order(graph, EBB_OP_ADD, a, b);
}

static uint32_t rule_difference(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    uint32_t inner = 0;
    if (a != b && rule_is_negated(graph, b, &inner)) {
        return rule_sum(graph, a, inner);
    }
    return rule_plain_difference(graph, a, b);
}

static uint32_t rule_product(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    if (a == EBB_NODE_ZERO || b == EBB_NODE_ZERO) {
        return EBB_NODE_ZERO;
    }
    if (a == EBB_NODE_ONE || b == EBB_NODE_ONE) {
        return a == EBB_NODE_ONE ? b : a;
    }
    if (rule_is(graph, a, -1) || rule_is(graph, b, -1)) {
        return ebb_graph_unary(graph, EBB_OP_NEG, rule_is(graph, a, -1) ? b : a);
    }
    return rule_in_order(graph, EBB_OP_MUL, a, b);
}

/* Whether value = +-2^k with 2^-k a normal number too. */
static bool rule_is_power_of_two(double value)
{
    uint64_t bits = ebb_bits_of(value);
    uint64_t exponent = bits >> 52 & 0x7ff;
    return (bits & 0xfffffffffffffu) == 0 && exponent > 1 && exponent < 2045;
}

static uint32_t rule_quotient(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    double divisor = 0;
    if (ebb_graph_is_constant(graph, b, &divisor) && rule_is_power_of_two(divisor)) {
        return rule_product(graph, a, ebb_graph_constant(graph, 1 / divisor));
    }
    return ebb_graph_add(graph, (ebb_node_t){.op = EBB_OP_DIV, .args = {a, b}});
}

uint32_t ebb_graph_binary(ebb_graph_t *graph, ebb_op_t op, uint32_t a, uint32_t b)
{
    double args[3] = {0};
    if (graph->failed) {
        return EBB_NODE_ZERO;
    }
    if (ebb_graph_is_constant(graph, a, &args[0]) &&
        ebb_graph_is_constant(graph, b, &args[1])) {
        return ebb_graph_constant(graph, ebb_op_value(op, args));
    }
    switch ((int)op) {
    case EBB_OP_ADD:
        return rule_sum(graph, a, b);
    case EBB_OP_SUB:
        return rule_difference(graph, a, b);
    case EBB_OP_MUL:
        return rule_product(graph, a, b);
    case EBB_OP_DIV:
        return rule_quotient(graph, a, b);
    case EBB_OP_EQ:
    case EBB_OP_AND:
    case EBB_OP_OR:
        return rule_in_order(graph, op, a, b);
    default:
        return ebb_graph_add(graph, (ebb_node_t){.op = (uint8_t)op, .args = {a, b}});
    }
}

uint32_t ebb_graph_select(ebb_graph_t *graph, uint32_t condition, uint32_t yes,
                          uint32_t no)
{
    double value = 0;
    if (graph->failed) {
        return EBB_NODE_ZERO;
    }
    if (yes == no) {
        return yes;
    }
    if (ebb_graph_is_constant(graph, condition, &value)) {
        return value != 0 ? yes : no;
    }
    return ebb_graph_add(
        graph, (ebb_node_t){.op = EBB_OP_SELECT, .args = {condition, yes, no}});
}

/* a^n for n >= 1 by squaring: the highest bit of n first is not needed, n is small. */
static uint32_t rule_whole_power(ebb_graph_t *graph, uint32_t a, int n)
{
    uint32_t power = EBB_NODE_ONE;
    for (uint32_t square = a; n > 0; n /= 2) {
        if (n % 2) {
            power = ebb_graph_binary(graph, EBB_OP_MUL, power, square);
        }
        if (n > 1) {
            square = ebb_graph_binary(graph, EBB_OP_MUL, square, square);
        }
    }
    return power;
}

uint32_t ebb_graph_power(ebb_graph_t *graph, uint32_t a, uint32_t b)
{
    double n = 0;
    if (!ebb_graph_is_constant(graph, b, &n)) {
        return ebb_graph_binary(graph, EBB_OP_POW, a, b);
    }
    if (n == 0.5) {
        return ebb_graph_unary(graph, EBB_OP_SQRT, a);
    }
    if (!(ebb_magnitude(n) <= GREATEST_WHOLE_POWER) || ebb_math_floor(n) != n) {
        return ebb_graph_binary(graph, EBB_OP_POW, a, b);
    }
    uint32_t power = rule_whole_power(graph, a, (int)ebb_magnitude(n));
    return n < 0 ? ebb_graph_binary(graph, EBB_OP_DIV, EBB_NODE_ONE, power) : power;
}
