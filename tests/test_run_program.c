/* SPDX-License-Identifier: MIT
 * Compiled code has the bits of the graph: over random graphs with every operation,
 * for every width, whatever the sections. */
#include <stdlib.h>

#include "check.h"
#include "math/random.h"
#include "run/fuse.h"
#include "run/interpret.h"

enum { LEAVES = 12, WANTED = 9, GRAPHS = 300, OPERATIONS = 120, MANY = 900 };

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

static void grow(ebb_graph_t *graph, dice_t *dice, int operations)
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
    for (int i = 0; i < operations; i++) {
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

/* Runs what is compiled from a source, whose leaves are told here; returns how many
 * operations that is. */
static size_t check_source(dice_t *dice, ebb_program_source_t source, size_t width)
{
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
    for (size_t s = 0; s < source.section_count; s++) {
        check_section(source.graph, &program, registers, &source.wanted[s], s);
    }
    size_t count = program.code_count;
    free(registers.numbers);
    ebb_program_free(&program);
    return count;
}

static void check_graph(dice_t *dice, size_t width, bool fuses, int operations)
{
    ebb_graph_t graph;
    grow(&graph, dice, operations);
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
    (void)check_source(dice, source, width);
    ebb_graph_free(&graph);
}

/* One operation on another: in one of so many lanes the bits are others if an operand
 * is swapped or a sum rounded in another order. */
static void check_pair(dice_t *dice, uint8_t outer, uint8_t inner, int operand)
{
    ebb_graph_t graph;
    grow(&graph, dice, 0);
    ebb_node_t first = {.op = inner}, last = {.op = outer};
    first.args[0] = ebb_graph_leaf(&graph, EBB_OP_STATE, 0);
    first.args[1] = ebb_graph_leaf(&graph, EBB_OP_STATE, 1);
    last.args[operand] = ebb_graph_add(&graph, first);
    last.args[1 - operand] = ebb_graph_leaf(&graph, EBB_OP_STATE, 2);
    uint32_t node = ebb_graph_add(&graph, last);
    ebb_wanted_t wanted = {&node, 1};
    ebb_program_source_t source = {
        .graph = &graph, .wanted = &wanted, .section_count = 1, .fuses = true};
    bool one = ebb_fused(outer, inner, operand) != EBB_NONE;
    CHECK(check_source(dice, source, EBB_LANES_MOST) == (one ? 1 : 2));
    ebb_graph_free(&graph);
}

static void check_pairs(dice_t *dice)
{
    static const uint8_t ops[] = {EBB_OP_ADD, EBB_OP_SUB, EBB_OP_MUL};
    for (size_t i = 0; i < 9; i++) {
        check_pair(dice, ops[i / 3], ops[i % 3], 0);
        check_pair(dice, ops[i / 3], ops[i % 3], 1);
    }
}

/* A chain of a thousand operations needs a handful of registers, in either order. */
static void check_chain(bool fuses)
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
        .graph = &graph, .wanted = &wanted, .section_count = 1, .fuses = fuses};
    source.leaves[EBB_LEAF_STATE] = 1;
    ebb_program_t program;
    CHECK(ebb_program_build(&program, &source, ebb_alloc_default(), NULL) == EBB_OK);
    CHECK(program.code_count == 2000 && program.register_count < 6);
    ebb_program_free(&program);
    ebb_program_free(&program);
    ebb_graph_free(&graph);
}

/* How many times the interpreter must choose an operation. */
static size_t choices(const ebb_program_t *program)
{
    size_t count = program->code_count > 0;
    for (size_t i = 1; i < program->code_count; i++) {
        count += program->code[i].op != program->code[i - 1].op;
    }
    return count;
}

/* Of many formulas alike, one after the other in the graph, those of a kind come side
 * by side, so far as that takes no more than some hundred registers. */
static void check_kinds(bool fuses, size_t choices_most, size_t registers_most)
{
    ebb_graph_t graph;
    ebb_graph_init(&graph, ebb_alloc_default(), 10000);
    uint32_t x = ebb_graph_leaf(&graph, EBB_OP_STATE, 0), sum = x;
    for (uint32_t i = 1; i <= 1000; i++) {
        uint32_t y = ebb_graph_binary(&graph, EBB_OP_MUL, x,
                                      ebb_graph_constant(&graph, -1.0 * i));
        y = ebb_graph_unary(&graph, EBB_OP_EXP,
                            ebb_graph_unary(&graph, EBB_OP_TANH, y));
        sum = ebb_graph_binary(&graph, EBB_OP_ADD, sum, y);
    }
    ebb_wanted_t wanted = {&sum, 1};
    ebb_program_source_t source = {
        .graph = &graph, .wanted = &wanted, .section_count = 1, .fuses = fuses};
    source.leaves[EBB_LEAF_STATE] = 1;
    ebb_program_t program;
    CHECK(ebb_program_build(&program, &source, ebb_alloc_default(), NULL) == EBB_OK);
    CHECK(choices(&program) <= choices_most);
    CHECK(program.register_count - program.constant_count <= registers_most);
    ebb_program_free(&program);
    ebb_graph_free(&graph);
}

int main(void)
{
    dice_t dice = {0};
    for (int i = 0; i < GRAPHS; i++) {
        check_graph(&dice, EBB_LANE_GROUP * (1 + (size_t)i % 8), i % 3 != 0,
                    i % 10 ? OPERATIONS : MANY);
    }
    check_pairs(&dice);
    check_chain(false);
    check_chain(true);
    check_kinds(false, 4000, 8);
    check_kinds(true, 80, 300);
    return check_report(__FILE__);
}
