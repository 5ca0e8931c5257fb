/* SPDX-License-Identifier: MIT
 *
 * A graph as straight code: a list of operations over registers, to be evaluated for
 * many couples at once.
 *
 * Main idea: a register is a row of numbers, one for each lane (couple), and a program
 * is compiled once for many blocks of lanes. It has sections, each with the nodes that
 * it must deliver (its roots), so that a stepper computes what it needs and no more,
 * and what two roots of a section share is computed once. What is the same throughout a
 * run is taken out of all sections and computed once for a block, by `fixed`.
 *
 * Registers, from the front:
 *
 *     leaves      in the order of ebb_leaf_t, each list whole; the caller fills them
 *     constants   filled by ebb_program_open
 *     fixed       results of the section `fixed`
 *     temporary   shared by the sections: each register is used again as soon as the
 *                 last operation has read it, so that a section stays in the cache
 *
 * Invariants: an operation never writes a register it reads; temporaries that are roots
 * stay until their section has ended; a section reads no temporary of another one.
 */
#ifndef EBB_RUN_PROGRAM_H
#define EBB_RUN_PROGRAM_H

#include "core/arena.h"
#include "ebb/error.h"
#include "lang/graph.h"

/* Lists of leaves, in the order of their registers. Behind each state there is room for
 * what an engine integrates beside the states: the chance left to each event. */
typedef enum ebb_leaf {
    EBB_LEAF_STATE,
    EBB_LEAF_CHANCE, /* no leaf of the graph */
    EBB_LEAF_TIME,
    EBB_LEAF_INPUT,
    EBB_LEAF_DELAYED,
    EBB_LEAF_DRAW,
    EBB_LEAF_PARAM,
    EBB_LEAF_TRAIT,
    EBB_LEAF_SUMMARY,
    EBB_LEAF_COUNT
} ebb_leaf_t;

/* out <- op(a, b, c), registers; unused operands are 0. An ebb_op_t or, of a program
 * that fuses, one of fuse.h. */
typedef struct ebb_operation {
    uint32_t op, out, a, b, c;
} ebb_operation_t;

/* Some nodes that are wanted at once. */
typedef struct ebb_wanted {
    const uint32_t *nodes; /* of the graph, none missing */
    size_t count;
} ebb_wanted_t;

typedef struct ebb_section {
    size_t first, count;           /* into code */
    size_t first_root, root_count; /* into roots */
} ebb_section_t;

typedef struct ebb_program {
    size_t register_count;
    uint32_t leaf[EBB_LEAF_COUNT + 1]; /* first register of each list */
    ebb_operation_t *code;
    size_t code_count;
    ebb_section_t fixed;
    ebb_section_t *sections;
    size_t section_count;
    uint32_t *roots; /* register of each root, section by section */
    size_t root_count;
    double *constants; /* of registers from leaf[EBB_LEAF_COUNT] on */
    size_t constant_count;
    size_t _code_room;
    ebb_arena_t _arena; /* all but the code */
} ebb_program_t;

/* What a program is made from. */
typedef struct ebb_program_source {
    const ebb_graph_t *graph;
    size_t leaves[EBB_LEAF_COUNT]; /* length of each list of leaves */
    const ebb_wanted_t *wanted;    /* one for each section */
    size_t section_count;
    bool fuses; /* for the interpreter: also with operations of fuse.h, and those of a
                   kind side by side */
} ebb_program_source_t;

/**
 * Compiles a graph.
 *
 * @param[out] program  to be released with ebb_program_free, also after a failure
 * @param[in]  source   borrowed for the call; indices of leaves are below the lengths
 *                      of their lists
 * @param[in]  alloc    borrowed for the life of the program, not NULL
 * @param[out] error    may be NULL
 * @return 0, or EBB_ERR_MEMORY. Cost: linear in the graph times the sections.
 */
int ebb_program_build(ebb_program_t *program, const ebb_program_source_t *source,
                      const ebb_alloc_t *alloc, ebb_error_t *error);

/* Releases what a program holds; a zeroed one is a no-op. */
void ebb_program_free(ebb_program_t *program);

/* The registers in which a section leaves its roots, in their order. */
static inline const uint32_t *ebb_program_roots(const ebb_program_t *program,
                                                size_t section)
{
    return program->roots + program->sections[section].first_root;
}

#endif
