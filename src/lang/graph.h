/* SPDX-License-Identifier: MIT
 *
 * The expression graph: every formula of a model as nodes of one flat array.
 *
 * Main idea: a node is an operation on nodes that stand before it, so walking the array
 * from the front is walking in order of dependency, and no walk ever recurses. Equal
 * nodes are one node (they are looked up before they are added), constants are folded
 * with the kernels of src/math, and a rule rewrites an expression only where the result
 * has the same bits for all finite operands, the sign of a zero excepted:
 *
 *     x + 0, x - 0, x * 1, x / 1   ->  x           - - x          ->  x
 *     x * 0, x - x                 ->  0           x * -1, 0 - x  ->  -x
 *     x + -y                       ->  x - y       x - -y         ->  x + y
 *     x / 2^k                      ->  x * 2^-k    x + y, x * y   ->  in one order
 *     select of a constant, or between equals  ->  the one
 *
 * Not rewritten, since rounding, infinity or NaN would differ: sums and products are
 * never regrouped, 0 / x and x / x stay, and a negated comparison stays a negation.
 * Powers are part of the language, not a rule: see ebb_graph_power.
 *
 * Invariants: operands have smaller numbers than their node; node 0 is the constant 0
 * and node 1 the constant 1; nodes are never changed or removed.
 *
 * Failure sticks, as in ebb_text_t: when memory or the limit on nodes is used up,
 * `failed` is set and every constructor returns EBB_NODE_ZERO, so that a writer may
 * check once, at the end.
 */
#ifndef EBB_LANG_GRAPH_H
#define EBB_LANG_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"

/* No node, no person, no event: wherever an index may be missing. */
#define EBB_NONE UINT32_MAX

#define EBB_NODE_ZERO 0u
#define EBB_NODE_ONE 1u

/* Operation, number of operands, word in dumps, result for operands a, b, c.
 *
 * Leaves have an index into the list of the system that they name (system.h) instead of
 * operands. Conditions are 1 or 0, and where one is used any number but 0 counts as
 * true. MIN and MAX are one instruction of SSE each; of NaN and a number they give b.
 */
#define EBB_OP_LIST(X)                                                              \
    X(EBB_OP_CONST, 0, "const")     /* value */                                     \
    X(EBB_OP_STATE, 0, "state")     /* states[index] now */                         \
    X(EBB_OP_PARAM, 0, "param")     /* params[index] */                             \
    X(EBB_OP_TRAIT, 0, "trait")     /* traits[index] */                             \
    X(EBB_OP_INPUT, 0, "input")     /* inputs[index] now */                         \
    X(EBB_OP_TIME, 0, "time")       /* time since the start, in the model's unit */ \
    X(EBB_OP_DELAYED, 0, "delayed") /* delays[index]: a state a while ago */        \
    X(EBB_OP_DRAW, 0, "draw")       /* draws[index]: a random number */             \
    X(EBB_OP_SUMMARY, 0, "summary") /* summaries[index] of a scenario's run */      \
    X(EBB_OP_NEG, 1, "neg")         /* -a */                                        \
    X(EBB_OP_ABS, 1, "abs")         /* |a| */                                       \
    X(EBB_OP_FLOOR, 1, "floor")     /* ebb_math_floor */                            \
    X(EBB_OP_SQRT, 1, "sqrt")       /* IEEE square root */                          \
    X(EBB_OP_EXP, 1, "exp")         /* ebb_math_exp, and so on */                   \
    X(EBB_OP_EXPM1, 1, "expm1")                                                     \
    X(EBB_OP_LOG, 1, "log")                                                         \
    X(EBB_OP_LOG1P, 1, "log1p")                                                     \
    X(EBB_OP_SIN, 1, "sin")                                                         \
    X(EBB_OP_COS, 1, "cos")                                                         \
    X(EBB_OP_TANH, 1, "tanh")                                                       \
    X(EBB_OP_ATAN, 1, "atan")                                                       \
    X(EBB_OP_LOGISTIC, 1, "logistic")                                               \
    X(EBB_OP_SOFTPLUS, 1, "softplus")                                               \
    X(EBB_OP_NOT, 1, "not")       /* a == 0 ? 1 : 0 */                              \
    X(EBB_OP_ADD, 2, "add")       /* a + b */                                       \
    X(EBB_OP_SUB, 2, "sub")       /* a - b */                                       \
    X(EBB_OP_MUL, 2, "mul")       /* a * b */                                       \
    X(EBB_OP_DIV, 2, "div")       /* a / b */                                       \
    X(EBB_OP_POW, 2, "pow")       /* ebb_math_pow */                                \
    X(EBB_OP_MIN, 2, "min")       /* a < b ? a : b */                               \
    X(EBB_OP_MAX, 2, "max")       /* a > b ? a : b */                               \
    X(EBB_OP_LT, 2, "lt")         /* a < b ? 1 : 0 */                               \
    X(EBB_OP_LE, 2, "le")         /* a <= b ? 1 : 0 */                              \
    X(EBB_OP_EQ, 2, "eq")         /* a == b ? 1 : 0 */                              \
    X(EBB_OP_AND, 2, "and")       /* a != 0 && b != 0 ? 1 : 0 */                    \
    X(EBB_OP_OR, 2, "or")         /* a != 0 || b != 0 ? 1 : 0 */                    \
    X(EBB_OP_SELECT, 3, "select") /* a != 0 ? b : c */

typedef enum ebb_op {
#define EBB_OP_ENUM(name, arity, word) name,
    EBB_OP_LIST(EBB_OP_ENUM)
#undef EBB_OP_ENUM
        EBB_OP_COUNT
} ebb_op_t;

/* What a node depends on: bits of ebb_node_t.depends. A node with none but
 * EBB_ON_PARAM and EBB_ON_TRAIT is the same throughout a run. */
enum {
    EBB_ON_STATE = 1u << 0,
    EBB_ON_PARAM = 1u << 1,
    EBB_ON_TRAIT = 1u << 2,
    EBB_ON_INPUT = 1u << 3,
    EBB_ON_TIME = 1u << 4,
    EBB_ON_DELAY = 1u << 5,
    EBB_ON_DRAW = 1u << 6,
    EBB_ON_SUMMARY = 1u << 7
};
#define EBB_ON_FIXED (EBB_ON_PARAM | EBB_ON_TRAIT)

typedef struct ebb_node {
    uint8_t op;       /* ebb_op_t */
    uint8_t depends;  /* EBB_ON_ bits, of its operands together */
    uint32_t args[3]; /* operands, all below this node; of a leaf args[0] is its index;
                         unused ones are 0 */
    double value;     /* of a constant, else 0 */
} ebb_node_t;

typedef struct ebb_graph {
    ebb_node_t *nodes; /* `count` of them */
    size_t count;
    int failed; /* 0, EBB_ERR_MEMORY or EBB_ERR_LIMIT */
    size_t _room, _table_size;
    uint32_t *_table; /* 1 + node at the place its hash leads to; 0: free */
    size_t _most;
    const ebb_alloc_t *_alloc;
} ebb_graph_t;

/**
 * Begins a graph with its two first nodes.
 *
 * @param[out] graph  to be released with ebb_graph_free, also when `failed` is set
 * @param[in]  alloc  borrowed for the life of the graph, not NULL
 * @param[in]  most   how many nodes it may have at most; more set EBB_ERR_LIMIT
 */
void ebb_graph_init(ebb_graph_t *graph, const ebb_alloc_t *alloc, size_t most);

/* Releases the nodes; a zeroed graph is a no-op. */
void ebb_graph_free(ebb_graph_t *graph);

/**
 * Copies a graph, so that one thread may add to it (derivatives) what others do not
 * see.
 *
 * @param[out] copy   released with ebb_graph_free; nodes have the same numbers
 * @param[in]  graph  untouched; a failed one gives a failed copy
 * @param[in]  alloc  for the copy, not NULL
 */
void ebb_graph_copy(ebb_graph_t *copy, const ebb_graph_t *graph,
                    const ebb_alloc_t *alloc);

/* The constant `value`; any double, also an infinity. */
uint32_t ebb_graph_constant(ebb_graph_t *graph, double value);

/* The leaf `op` (EBB_OP_STATE ... EBB_OP_SUMMARY) number `index`; 0 for EBB_OP_TIME. */
uint32_t ebb_graph_leaf(ebb_graph_t *graph, ebb_op_t op, uint32_t index);

/* op(a), op(a, b), op(a, b, c) for nodes of this graph and the operation's arity. */
uint32_t ebb_graph_unary(ebb_graph_t *graph, ebb_op_t op, uint32_t a);
uint32_t ebb_graph_binary(ebb_graph_t *graph, ebb_op_t op, uint32_t a, uint32_t b);
uint32_t ebb_graph_select(ebb_graph_t *graph, uint32_t condition, uint32_t yes,
                          uint32_t no);

/**
 * a ^ b as the language means it.
 *
 * A whole constant exponent from -8 to 8 is repeated multiplication (x^4 = (x^2)^2,
 * x^5 = x^4 x, x^-n = 1 / x^n, x^0 = 1), 1/2 is the square root; all else is
 * EBB_OP_POW.
 */
uint32_t ebb_graph_power(ebb_graph_t *graph, uint32_t a, uint32_t b);

/* The node as given, without any rule: itself if it is there already. Operands must be
 * nodes of this graph; `depends` is filled in. */
uint32_t ebb_graph_add(ebb_graph_t *graph, ebb_node_t node);

/* Whether a node is a constant, and then which (else untouched; value may be NULL). */
bool ebb_graph_is_constant(const ebb_graph_t *graph, uint32_t node, double *value);

/* How many operands an operation has; its word. */
int ebb_op_arity(ebb_op_t op);
const char *ebb_op_word(ebb_op_t op);

/**
 * Value of one operation on numbers: what folds constants, and the reference that every
 * engine is held to.
 *
 * @param[in] op    not a leaf
 * @param[in] args  as many numbers as the operation has operands
 */
double ebb_op_value(ebb_op_t op, const double args[3]);

/**
 * Marks what is needed to compute some nodes.
 *
 * @param[in]  graph  whose nodes they are
 * @param[in]  roots  `count` nodes; EBB_NONE among them is passed over
 * @param[out] needed one for each node of the graph: 1 needed, 0 not
 * @return how many are needed. Cost: linear in the graph. Going through the graph from
 * the front and computing the nodes marked is a complete evaluation.
 */
size_t ebb_graph_needed(const ebb_graph_t *graph, const uint32_t *roots, size_t count,
                        uint8_t *needed);

/**
 * Exact derivatives of some nodes with respect to one leaf.
 *
 * Goes forward through the graph once; what it adds is shared and simplified like all
 * else, and a derivative that is zero by structure is EBB_NODE_ZERO, so that the
 * sparsity of a Jacobian can be read off. Piecewise functions are differentiated piece
 * by piece: a condition has none, select(c, x, y) gives select(c, x', y'), abs, min and
 * max the side they are on, floor 0. Where a function has a kink that is one of its
 * one-sided derivatives. A delayed state is a leaf of its own.
 *
 * @param[in,out] graph  grows by at most a small multiple of the nodes needed
 * @param[in]     leaf   a leaf of the graph
 * @param[in]     roots  `count` nodes, none missing
 * @param[in]     count  how many
 * @param[out]    out    their derivatives
 * @return 0, or EBB_ERR_MEMORY, EBB_ERR_LIMIT with `failed` set.
 */
int ebb_graph_derive(ebb_graph_t *graph, uint32_t leaf, const uint32_t *roots,
                     size_t count, uint32_t *out);

#endif
