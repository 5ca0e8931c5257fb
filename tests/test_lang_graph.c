/* SPDX-License-Identifier: MIT
 * The expression graph: equal nodes are one, rules keep results, derivatives are those
 * that central differences approach. */
#include "check.h"
#include "ebb/error.h"
#include "lang/system.h"
#include "scarce.h"

#define LEAVES 4
#define MOST_NODES 4096

static uint64_t seed = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 32) % n;
}

static double between(double low, double high)
{
    return low + (high - low) * (below(1u << 20) + 0.5) / (1u << 20);
}

/* Values of all nodes of a graph whose only leaves are states. */
static void evaluate(const ebb_graph_t *graph, const double *states, double *values)
{
    for (size_t i = 0; i < graph->count; i++) {
        const ebb_node_t *node = &graph->nodes[i];
        if (node->op == EBB_OP_CONST) {
            values[i] = node->value;
        } else if (node->op == EBB_OP_STATE) {
            values[i] = states[node->args[0]];
        } else {
            const double args[3] = {values[node->args[0]], values[node->args[1]],
                                    values[node->args[2]]};
            values[i] = ebb_op_value((ebb_op_t)node->op, args);
        }
    }
}

static void test_equals_are_one(void)
{
    ebb_graph_t graph;
    ebb_graph_init(&graph, ebb_alloc_default(), 100);
    uint32_t x = ebb_graph_leaf(&graph, EBB_OP_STATE, 0);
    uint32_t y = ebb_graph_leaf(&graph, EBB_OP_PARAM, 0);
    CHECK(graph.nodes[0].value == 0 && graph.nodes[1].value == 1);
    CHECK(ebb_graph_leaf(&graph, EBB_OP_STATE, 0) == x && x != y);
    CHECK(ebb_graph_constant(&graph, 1) == EBB_NODE_ONE);
    CHECK(ebb_graph_constant(&graph, -0.0) == EBB_NODE_ZERO);
    uint32_t sum = ebb_graph_binary(&graph, EBB_OP_ADD, x, y);
    CHECK(ebb_graph_binary(&graph, EBB_OP_ADD, y, x) == sum);
    CHECK(ebb_graph_binary(&graph, EBB_OP_SUB, y, x) !=
          ebb_graph_binary(&graph, EBB_OP_SUB, x, y));
    CHECK(graph.nodes[sum].depends == (EBB_ON_STATE | EBB_ON_PARAM));
    CHECK(ebb_op_arity(EBB_OP_SELECT) == 3 && ebb_op_arity(EBB_OP_TIME) == 0);
    CHECK_STRING(ebb_op_word(EBB_OP_LOGISTIC), "logistic");
    ebb_graph_t copy;
    ebb_graph_copy(&copy, &graph, ebb_alloc_default());
    CHECK(copy.count == graph.count);
    CHECK(ebb_graph_binary(&copy, EBB_OP_ADD, x, y) == sum);
    ebb_graph_free(&copy);
    ebb_graph_free(&graph);
    ebb_graph_free(&graph); /* twice is nothing */
}

/* The array may have moved: look only after the node is there. */
static int op_of(const ebb_graph_t *graph, uint32_t node)
{
    return graph->nodes[node].op;
}

static void test_rules(void)
{
    ebb_graph_t graph, *g = &graph;
    ebb_graph_init(g, ebb_alloc_default(), 1000);
    uint32_t x = ebb_graph_leaf(g, EBB_OP_STATE, 0),
             y = ebb_graph_leaf(g, EBB_OP_STATE, 1);
    uint32_t minus = ebb_graph_unary(g, EBB_OP_NEG, x), zero = EBB_NODE_ZERO;
    uint32_t one = EBB_NODE_ONE, four = ebb_graph_constant(g, 4);
    CHECK(ebb_graph_binary(g, EBB_OP_ADD, x, zero) == x);
    CHECK(ebb_graph_binary(g, EBB_OP_SUB, x, zero) == x);
    CHECK(ebb_graph_binary(g, EBB_OP_SUB, zero, x) == minus);
    CHECK(ebb_graph_binary(g, EBB_OP_SUB, x, x) == zero);
    CHECK(ebb_graph_binary(g, EBB_OP_MUL, x, one) == x);
    CHECK(ebb_graph_binary(g, EBB_OP_MUL, zero, x) == zero);
    CHECK(ebb_graph_binary(g, EBB_OP_MUL, x, ebb_graph_constant(g, -1)) == minus);
    CHECK(ebb_graph_unary(g, EBB_OP_NEG, minus) == x);
    CHECK(ebb_graph_binary(g, EBB_OP_ADD, y, minus) ==
          ebb_graph_binary(g, EBB_OP_SUB, y, x));
    CHECK(ebb_graph_binary(g, EBB_OP_DIV, x, four) ==
          ebb_graph_binary(g, EBB_OP_MUL, x, ebb_graph_constant(g, 0.25)));
    CHECK(op_of(g, ebb_graph_binary(g, EBB_OP_DIV, x, ebb_graph_constant(g, 3))) ==
          EBB_OP_DIV);
    CHECK(op_of(g, ebb_graph_binary(g, EBB_OP_DIV, x, x)) == EBB_OP_DIV);
    CHECK(op_of(g, ebb_graph_binary(g, EBB_OP_DIV, zero, x)) == EBB_OP_DIV);
    CHECK(ebb_graph_select(g, one, x, y) == x && ebb_graph_select(g, zero, x, y) == y);
    CHECK(ebb_graph_select(g, x, y, y) == y);
    CHECK(ebb_graph_power(g, x, zero) == one && ebb_graph_power(g, x, one) == x);
    CHECK(op_of(g, ebb_graph_power(g, x, ebb_graph_constant(g, 9))) == EBB_OP_POW);
    CHECK(op_of(g, ebb_graph_power(g, x, ebb_graph_constant(g, 0.5))) == EBB_OP_SQRT);
    CHECK(op_of(g, ebb_graph_power(g, x, y)) == EBB_OP_POW);
    ebb_graph_free(g);
}

/* --- random expressions ----------------------------------------------------------- */

/* An expression as it was asked for, and what its node came to be. */
typedef struct asked {
    uint32_t node;
    double value[2]; /* without any rule, at two points; NaN: do not compare */
} asked_t;

static const ebb_op_t all_ops[] = {
    EBB_OP_NEG,   EBB_OP_ABS,  EBB_OP_FLOOR, EBB_OP_SQRT,     EBB_OP_EXP,
    EBB_OP_EXPM1, EBB_OP_LOG,  EBB_OP_LOG1P, EBB_OP_SIN,      EBB_OP_COS,
    EBB_OP_TANH,  EBB_OP_ATAN, EBB_OP_NOT,   EBB_OP_LOGISTIC, EBB_OP_SOFTPLUS,
    EBB_OP_ADD,   EBB_OP_SUB,  EBB_OP_MUL,   EBB_OP_DIV,      EBB_OP_POW,
    EBB_OP_MIN,   EBB_OP_MAX,  EBB_OP_LT,    EBB_OP_LE,       EBB_OP_EQ,
    EBB_OP_AND,   EBB_OP_OR,   EBB_OP_SELECT};

static uint32_t apply(ebb_graph_t *graph, ebb_op_t op, const uint32_t args[3])
{
    return ebb_op_arity(op) == 1   ? ebb_graph_unary(graph, op, args[0])
           : ebb_op_arity(op) == 2 ? ebb_graph_binary(graph, op, args[0], args[1])
                                   : ebb_graph_select(graph, args[0], args[1], args[2]);
}

/* Constants that rules look for, and states. */
static asked_t random_leaf(ebb_graph_t *graph, double states[2][LEAVES])
{
    static const double constants[] = {0, 1, -1, 2, 0.5, -4, 3, 0.1};
    if (below(2)) {
        double value = constants[below(8)];
        return (asked_t){ebb_graph_constant(graph, value), {value, value}};
    }
    uint32_t i = below(LEAVES);
    return (asked_t){ebb_graph_leaf(graph, EBB_OP_STATE, i),
                     {states[0][i], states[1][i]}};
}

static asked_t random_step(ebb_graph_t *graph, const asked_t *pool, uint32_t count)
{
    ebb_op_t op = all_ops[below(sizeof all_ops / sizeof *all_ops)];
    const asked_t *a[3] = {&pool[below(count)], &pool[below(count)],
                           &pool[below(count)]};
    const uint32_t nodes[3] = {a[0]->node, a[1]->node, a[2]->node};
    asked_t made = {apply(graph, op, nodes), {0, 0}};
    for (int k = 0; k < 2; k++) {
        const double args[3] = {a[0]->value[k], a[1]->value[k], a[2]->value[k]};
        made.value[k] = ebb_op_value(op, args);
        for (int i = 0; i < 3 && i < ebb_op_arity(op);
             i++) { /* only finite operands count */
            made.value[k] = isfinite(args[i]) ? made.value[k] : (double)NAN;
        }
    }
    return made;
}

static void test_rules_keep_results(void)
{
    static double values[MOST_NODES];
    for (int round = 0; round < 2000; round++) {
        double states[2][LEAVES];
        asked_t pool[60];
        ebb_graph_t graph;
        ebb_graph_init(&graph, ebb_alloc_default(), MOST_NODES);
        for (int i = 0; i < LEAVES; i++) {
            states[0][i] = between(-3, 3);
            states[1][i] = below(3) ? between(-1e3, 1e3) : (double)below(3);
        }
        for (uint32_t i = 0; i < 60; i++) {
            pool[i] =
                i < 10 ? random_leaf(&graph, states) : random_step(&graph, pool, i);
        }
        for (int k = 0; k < 2; k++) {
            int same = 1;
            evaluate(&graph, states[k], values);
            for (uint32_t i = 0; i < 60; i++) {
                same &= !isfinite(pool[i].value[k]) ||
                        values[pool[i].node] == pool[i].value[k];
            }
            CHECK(same);
        }
        for (size_t i = 0; i < graph.count; i++) { /* operands stand before */
            const ebb_node_t *node = &graph.nodes[i];
            for (int a = 0; a < ebb_op_arity((ebb_op_t)node->op); a++) {
                check_one(node->args[a] < i, "order", __FILE__, __LINE__);
            }
        }
        ebb_graph_free(&graph);
    }
}

/* --- derivatives ------------------------------------------------------------------ */

static double value_at(const ebb_graph_t *graph, uint32_t node, const double *states)
{
    static double values[MOST_NODES];
    evaluate(graph, states, values);
    return values[node];
}

static double difference(const ebb_graph_t *graph, uint32_t node, const double *states,
                         uint32_t leaf, double h)
{
    double moved[LEAVES], up, down;
    memcpy(moved, states, sizeof moved);
    moved[leaf] = states[leaf] + h;
    up = value_at(graph, node, moved);
    moved[leaf] = states[leaf] - h;
    down = value_at(graph, node, moved);
    return (up - down) / (2 * h);
}

/* Richardson's extrapolation of central differences; NaN near a kink or where they do
 * not settle. */
static double slope(const ebb_graph_t *graph, uint32_t node, const double *states,
                    uint32_t leaf)
{
    double a = difference(graph, node, states, leaf, 2e-4);
    double b = difference(graph, node, states, leaf, 1e-4);
    double c = difference(graph, node, states, leaf, 5e-5);
    double first = (4 * b - a) / 3, second = (4 * c - b) / 3;
    double near = 1e-6 * (1 + fabs(second));
    return fabs(first - second) < near && fabs(second) < 1e4 ? second : (double)NAN;
}

static int compare_slopes(ebb_graph_t *graph, const asked_t *pool, const double *states)
{
    int compared = 0;
    for (uint32_t leaf = 0; leaf < LEAVES; leaf++) {
        uint32_t roots[40], out[40];
        for (uint32_t i = 0; i < 40; i++) {
            roots[i] = pool[i].node;
        }
        uint32_t at = ebb_graph_leaf(graph, EBB_OP_STATE, leaf);
        CHECK(ebb_graph_derive(graph, at, roots, 40, out) == EBB_OK);
        for (uint32_t i = 10; i < 40; i++) {
            double want = slope(graph, roots[i], states, leaf);
            double got = value_at(graph, out[i], states);
            if (isfinite(want) && fabs(pool[i].value[0]) < 1e4 && isfinite(got)) {
                check_near(got, want, 1e-5 * (1 + fabs(want)), "derivative", __FILE__,
                           __LINE__);
                compared++;
            }
        }
    }
    return compared;
}

static void test_derivatives(void)
{
    int compared = 0;
    for (int round = 0; round < 150; round++) {
        double states[2][LEAVES];
        asked_t pool[40];
        ebb_graph_t graph;
        ebb_graph_init(&graph, ebb_alloc_default(), MOST_NODES);
        for (int i = 0; i < LEAVES; i++) {
            states[0][i] = states[1][i] = between(0.2, 1.8);
        }
        for (uint32_t i = 0; i < 40; i++) {
            pool[i] =
                i < 10 ? random_leaf(&graph, states) : random_step(&graph, pool, i);
        }
        compared += compare_slopes(&graph, pool, states[0]);
        ebb_graph_free(&graph);
    }
    CHECK(compared > 5000); /* most of them can be compared */
}

static void test_pieces(void)
{
    ebb_graph_t graph, *g = &graph;
    ebb_graph_init(g, ebb_alloc_default(), 1000);
    uint32_t x = ebb_graph_leaf(g, EBB_OP_STATE, 0),
             y = ebb_graph_leaf(g, EBB_OP_STATE, 1);
    uint32_t roots[5] = {
        ebb_graph_unary(g, EBB_OP_FLOOR, x), ebb_graph_binary(g, EBB_OP_LT, x, y),
        ebb_graph_binary(g, EBB_OP_MUL, y, y), ebb_graph_leaf(g, EBB_OP_DELAYED, 0),
        ebb_graph_binary(g, EBB_OP_MAX, EBB_NODE_ZERO, x)};
    uint32_t out[5];
    CHECK(ebb_graph_derive(g, x, roots, 5, out) == EBB_OK);
    for (int i = 0; i < 4; i++) {
        CHECK(out[i] == EBB_NODE_ZERO); /* by structure: no work at run time */
    }
    CHECK(value_at(g, out[4], (double[LEAVES]){2}) == 1);
    CHECK(value_at(g, out[4], (double[LEAVES]){-2}) == 0);
    uint8_t needed[1000];
    CHECK(ebb_graph_needed(g, out, 4, needed) == 1);
    CHECK(ebb_graph_needed(g, (uint32_t[]){EBB_NONE}, 1, needed) == 0);
    ebb_graph_free(g);
}

/* --- running out ------------------------------------------------------------------ */

static int build_much(const ebb_alloc_t *alloc, size_t most)
{
    ebb_graph_t graph;
    ebb_graph_init(&graph, alloc, most);
    uint32_t x = ebb_graph_leaf(&graph, EBB_OP_STATE, 0), y = x, out;
    for (int i = 0; i < 400; i++) {
        y = ebb_graph_binary(&graph, EBB_OP_ADD, ebb_graph_unary(&graph, EBB_OP_SIN, y),
                             ebb_graph_constant(&graph, i));
    }
    int code = graph.failed ? graph.failed : ebb_graph_derive(&graph, x, &y, 1, &out);
    CHECK(code == graph.failed);
    ebb_graph_free(&graph);
    return code;
}

static void test_running_out(void)
{
    CHECK(build_much(ebb_alloc_default(), 100) == EBB_ERR_LIMIT);
    CHECK(build_much(ebb_alloc_default(), 1300) ==
          EBB_ERR_LIMIT); /* in the derivative */
    int code = EBB_ERR_MEMORY;
    for (long n = 0; code == EBB_ERR_MEMORY && n < 1000; n++) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        code = build_much(&alloc, 100000);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK);
}

int main(void)
{
    test_equals_are_one();
    test_rules();
    test_rules_keep_results();
    test_derivatives();
    test_pieces();
    test_running_out();
    return check_report(__FILE__);
}
