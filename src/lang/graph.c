/* SPDX-License-Identifier: MIT
 * The nodes of the expression graph and the table in which equals are found: open
 * addressing, at most half full, no removal. */
#include "lang/graph.h"

#include <string.h>

#include "core/memory.h"
#include "ebb/error.h"
#include "math/bits.h"

#define FIRST_TABLE 256

static const struct {
    int arity;
    const char *word;
} graph_ops[EBB_OP_COUNT] = {
#define EBB_OP_ROW(name, arity, word) {arity, word},
    EBB_OP_LIST(EBB_OP_ROW)
#undef EBB_OP_ROW
};

int ebb_op_arity(ebb_op_t op)
{
    return graph_ops[op].arity;
}

const char *ebb_op_word(ebb_op_t op)
{
    return graph_ops[op].word;
}

static void graph_fail(ebb_graph_t *graph, int code)
{
    if (!graph->failed) {
        graph->failed = code;
    }
}

static uint64_t graph_hash(const ebb_node_t *node)
{
    uint64_t h = node->op * 0x9E3779B97F4A7C15u ^ ebb_bits_of(node->value);
    for (int i = 0; i < 3; i++) {
        h = (h ^ node->args[i]) * 0xD6E8FEB86659FD93u;
        h ^= h >> 32;
    }
    return h;
}

static bool graph_same(const ebb_node_t *x, const ebb_node_t *y)
{
    return x->op == y->op && memcmp(x->args, y->args, sizeof x->args) == 0 &&
           ebb_bits_of(x->value) == ebb_bits_of(y->value);
}

/* The place of a node in the table, or the free one where it would stand. */
static size_t graph_place(const ebb_graph_t *graph, const ebb_node_t *node)
{
    size_t mask = graph->_table_size - 1;
    size_t at = (size_t)graph_hash(node) & mask;
    while (graph->_table[at] &&
           !graph_same(&graph->nodes[graph->_table[at] - 1], node)) {
        at = (at + 1) & mask;
    }
    return at;
}

/* Doubles the table; 0 when that could not be done. */
static int graph_widen(ebb_graph_t *graph)
{
    size_t size = graph->_table_size ? graph->_table_size * 2 : FIRST_TABLE;
    uint32_t *table = ebb_new_array(graph->_alloc, size, sizeof *table);
    if (!table) {
        graph_fail(graph, EBB_ERR_MEMORY);
        return 0;
    }
    ebb_free_array(graph->_alloc, graph->_table, graph->_table_size, sizeof *table);
    graph->_table = table;
    graph->_table_size = size;
    for (size_t i = 0; i < graph->count; i++) {
        table[graph_place(graph, &graph->nodes[i])] = (uint32_t)i + 1;
    }
    return 1;
}

static uint8_t graph_leaf_depends(uint8_t op)
{
    return op >= EBB_OP_STATE && op <= EBB_OP_SUMMARY
               ? (uint8_t)((const uint8_t[]){EBB_ON_STATE, EBB_ON_PARAM, EBB_ON_TRAIT,
                                             EBB_ON_INPUT, EBB_ON_TIME, EBB_ON_DELAY,
                                             EBB_ON_DRAW,
                                             EBB_ON_SUMMARY})[op - EBB_OP_STATE]
               : 0;
}

/* Adds a node that is not there; its place in the table is known. */
static uint32_t graph_append(ebb_graph_t *graph, ebb_node_t node, size_t place)
{
    void *nodes = graph->nodes;
    if (graph->count >= graph->_most) {
        graph_fail(graph, EBB_ERR_LIMIT);
        return EBB_NODE_ZERO;
    }
    if (ebb_grow(graph->_alloc, &nodes, &graph->_room, graph->count + 1, sizeof node)) {
        graph_fail(graph, EBB_ERR_MEMORY);
        return EBB_NODE_ZERO;
    }
    graph->nodes = nodes;
    node.depends = graph_leaf_depends(node.op);
    for (int i = 0; i < graph_ops[node.op].arity; i++) {
        node.depends |= graph->nodes[node.args[i]].depends;
    }
    graph->nodes[graph->count] = node;
    graph->_table[place] = (uint32_t)graph->count + 1;
    return (uint32_t)graph->count++;
}

uint32_t ebb_graph_add(ebb_graph_t *graph, ebb_node_t node)
{
    if (graph->failed ||
        (graph->count * 2 >= graph->_table_size && !graph_widen(graph))) {
        return EBB_NODE_ZERO;
    }
    size_t place = graph_place(graph, &node);
    return graph->_table[place] ? graph->_table[place] - 1
                                : graph_append(graph, node, place);
}

void ebb_graph_init(ebb_graph_t *graph, const ebb_alloc_t *alloc, size_t most)
{
    *graph = (ebb_graph_t){._alloc = alloc, ._most = most < EBB_NONE ? most : EBB_NONE};
    (void)ebb_graph_constant(graph, 0);
    (void)ebb_graph_constant(graph, 1);
}

void ebb_graph_free(ebb_graph_t *graph)
{
    if (graph->_alloc) {
        ebb_free_array(graph->_alloc, graph->nodes, graph->_room, sizeof *graph->nodes);
        ebb_free_array(graph->_alloc, graph->_table, graph->_table_size,
                       sizeof *graph->_table);
    }
    *graph = (ebb_graph_t){0};
}

void ebb_graph_copy(ebb_graph_t *copy, const ebb_graph_t *graph,
                    const ebb_alloc_t *alloc)
{
    *copy =
        (ebb_graph_t){._alloc = alloc, ._most = graph->_most, .failed = graph->failed};
    for (size_t i = 0; i < graph->count; i++) {
        (void)ebb_graph_add(copy, graph->nodes[i]);
    }
}

uint32_t ebb_graph_constant(ebb_graph_t *graph, double value)
{
    /* one zero: the sign of a zero is not kept, see graph.h */
    return ebb_graph_add(
        graph, (ebb_node_t){.op = EBB_OP_CONST, .value = value == 0 ? 0 : value});
}

uint32_t ebb_graph_leaf(ebb_graph_t *graph, ebb_op_t op, uint32_t index)
{
    return ebb_graph_add(graph, (ebb_node_t){.op = (uint8_t)op, .args = {index}});
}

bool ebb_graph_is_constant(const ebb_graph_t *graph, uint32_t node, double *value)
{
    if (node >= graph->count || graph->nodes[node].op != EBB_OP_CONST) {
        return false;
    }
    if (value) {
        *value = graph->nodes[node].value;
    }
    return true;
}

size_t ebb_graph_needed(const ebb_graph_t *graph, const uint32_t *roots, size_t count,
                        uint8_t *needed)
{
    size_t found = 0;
    memset(needed, 0, graph->count);
    for (size_t i = 0; i < count; i++) {
        if (roots[i] != EBB_NONE) {
            needed[roots[i]] = 1;
        }
    }
    for (size_t i = graph->count; i-- > 0;) { /* operands stand before their node */
        const ebb_node_t *node = &graph->nodes[i];
        found += needed[i];
        for (int k = 0; needed[i] && k < graph_ops[node->op].arity; k++) {
            needed[node->args[k]] = 1;
        }
    }
    return found;
}
