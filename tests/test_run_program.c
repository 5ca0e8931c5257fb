/* SPDX-License-Identifier: MIT
 * Compiled code has the bits of the graph: over random graphs with every operation,
 * for every width, whatever the sections. */
#include <stdlib.h>

#include "check.h"
#include "math/random.h"
#include "run/interpret.h"

enum { LEAVES = 12, WANTED = 9, GRAPHS = 300, OPERATIONS = 120 };

typedef struct dice {
    uint64_t step;
} dice_t;

static uint32_t dice_below(dice_t *dice, uint32_t n)
{
    return ebb_random_at(7, 0, dice->step++, 0).a % n;
}

static double dice_number(dice_t *dice)
{
    double x = ebb_random_normal(ebb_random_at(8, 0, dice->step++, 0).a);
    uint32_t kind = dice_below(dice, 12);
    return kind == 0 ? 0 : kind == 1 ? x * 1e3 : kind == 2 ? floor(x) : x;
}

/* A node of its own: no rule rewrites what is added directly. */
static uint32_t grow_one(ebb_graph_t *graph, dice_t *dice)
{
    ebb_node_t node = {
        .op = (uint8_t)(EBB_OP_NEG + dice_below(dice, EBB_OP_COUNT - EBB_OP_NEG))};
    for (int k = 0; k < ebb_op_arity((ebb_op_t)node.op); k++) {
        uint32_t near = (uint32_t)graph->count < 25 ? (uint32_t)graph->count : 25;
        node.args[k] = (uint32_t)graph->count - 1 - dice_below(dice, near);
    }
    return ebb_graph_add(graph, node);
}

static void grow(ebb_graph_t *graph, dice_t *dice)
{
    ebb_graph_init(graph, ebb_alloc_default(), 10000);
    for (uint32_t i = 0; i < LEAVES; i++) {
        ebb_op_t op = i % 3 == 0   ? EBB_OP_STATE
                      : i % 3 == 1 ? EBB_OP_PARAM
                                   : EBB_OP_TRAIT;
        (void)ebb_graph_leaf(graph, op, i / 3);
    }
    (void)ebb_graph_leaf(graph, EBB_OP_TIME, 0);
    for (int i = 0; i < 4; i++) {
        (void)ebb_graph_constant(graph, dice_number(dice));
    }
    for (int i = 0; i < OPERATIONS; i++) {
        (void)grow_one(graph, dice);
    }
}

/* The reference: every node of one lane. */
static void evaluate(const ebb_graph_t *graph, const ebb_program_t *program,
                     ebb_registers_t registers, size_t lane, double *values)
{
    for (size_t i = 0; i < graph->count; i++) {
        const ebb_node_t *node = &graph->nodes[i];
        ebb_leaf_t leaf = node->op == EBB_OP_STATE   ? EBB_LEAF_STATE
                          : node->op == EBB_OP_PARAM ? EBB_LEAF_PARAM
                          : node->op == EBB_OP_TRAIT ? EBB_LEAF_TRAIT
                                                     : EBB_LEAF_TIME;
        const double args[3] = {values[node->args[0]], values[node->args[1]],
                                values[node->args[2]]};
        if (node->op == EBB_OP_CONST) {
            values[i] = node->value;
        } else if (ebb_op_arity((ebb_op_t)node->op) == 0) {
            values[i] = ebb_row(registers, program->leaf[leaf] + node->args[0])[lane];
        } else {
            values[i] = ebb_op_value((ebb_op_t)node->op, args);
        }
    }
}

static int same_bits(double a, double b)
{
    return (a != a && b != b) || memcmp(&a, &b, sizeof a) == 0;
}

static void check_section(const ebb_graph_t *graph, const ebb_program_t *program,
                          ebb_registers_t registers, const ebb_wanted_t *wanted,
                          size_t section)
{
    static double values[10000];
    int same = 1;
    ebb_interpret(program, &program->sections[section], registers);
    const uint32_t *roots = ebb_program_roots(program, section);
    for (size_t lane = 0; lane < registers.width; lane++) {
        evaluate(graph, program, registers, lane, values);
        for (size_t k = 0; k < wanted->count; k++) {
            same &=
                same_bits(ebb_row(registers, roots[k])[lane], values[wanted->nodes[k]]);
        }
    }
    CHECK(same);
}

static void check_graph(dice_t *dice, size_t width, bool fuses)
{
    ebb_graph_t graph;
    grow(&graph, dice);
    uint32_t nodes[3][WANTED];
    ebb_wanted_t wanted[3];
    for (int s = 0; s < 3; s++) {
        for (int k = 0; k < WANTED; k++) {
            nodes[s][k] = (uint32_t)graph.count - 1 - dice_below(dice, 60);
        }
        wanted[s] = (ebb_wanted_t){nodes[s], WANTED};
    }
    ebb_program_source_t source = {
        .graph = &graph, .wanted = wanted, .section_count = 3, .fuses = fuses};
    source.leaves[EBB_LEAF_STATE] = source.leaves[EBB_LEAF_PARAM] = LEAVES / 3;
    source.leaves[EBB_LEAF_TRAIT] = LEAVES / 3;
    source.leaves[EBB_LEAF_TIME] = 1;
    ebb_program_t program;
    CHECK(ebb_program_build(&program, &source, ebb_alloc_default(), NULL) == EBB_OK);
    ebb_registers_t registers = {calloc(program.register_count * width, sizeof(double)),
                                 width};
    for (size_t i = 0; i < program.leaf[EBB_LEAF_COUNT] * width; i++) {
        registers.numbers[i] = dice_number(dice);
    }
    ebb_interpret_constants(&program, registers);
    ebb_interpret(&program, &program.fixed, registers);
    for (size_t s = 0; s < 3; s++) {
        check_section(&graph, &program, registers, &wanted[s], s);
    }
    free(registers.numbers);
    ebb_program_free(&program);
    ebb_graph_free(&graph);
}

/* A chain of a thousand operations needs a handful of registers. */
static void test_registers_are_shared(void)
{
    ebb_graph_t graph;
    ebb_graph_init(&graph, ebb_alloc_default(), 10000);
    uint32_t x = ebb_graph_leaf(&graph, EBB_OP_STATE, 0), y = x;
    for (int i = 0; i < 1000; i++) {
        y = ebb_graph_binary(&graph, EBB_OP_MUL, y,
                             ebb_graph_unary(&graph, EBB_OP_TANH, y));
    }
    ebb_wanted_t wanted = {&y, 1};
    ebb_program_source_t source = {
        .graph = &graph, .wanted = &wanted, .section_count = 1};
    source.leaves[EBB_LEAF_STATE] = 1;
    ebb_program_t program;
    CHECK(ebb_program_build(&program, &source, ebb_alloc_default(), NULL) == EBB_OK);
    CHECK(program.code_count == 2000 && program.register_count < 6);
    ebb_program_free(&program);
    ebb_program_free(&program);
    ebb_graph_free(&graph);
}

int main(void)
{
    dice_t dice = {0};
    for (int i = 0; i < GRAPHS; i++) {
        check_graph(&dice, EBB_LANE_GROUP * (1 + (size_t)i % 8), i % 3 != 0);
    }
    test_registers_are_shared();
    return check_report(__FILE__);
}
