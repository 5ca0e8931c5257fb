/* SPDX-License-Identifier: MIT
 * From a graph to straight code: what is needed, in which register, for how long. */
#include "run/program.h"

#include <string.h>

#include "core/fail.h"
#include "core/list.h"
#include "run/fuse.h"

/* Where a compilation stands. */
typedef struct ebb_assembly {
    ebb_program_t *program;
    const ebb_program_source_t *source;
    uint8_t *needed; /* by the section at hand: one for each node */
    uint8_t *hoisted;
    uint32_t *inner; /* node that each one works out besides itself; EBB_NONE */
    bool *within;    /* it is worked out by another one */
    uint32_t *reads; /* how often this section does */
    uint32_t *order; /* nodes to work out in this section, `order_count` of them */
    uint32_t *batch; /* of those of a window: see below */
    uint32_t *place; /* register of each node */
    uint32_t *last;  /* node that reads it last in this section; EBB_NONE: a root */
    uint32_t *spare; /* registers that are free again; a stack */
    size_t spare_count, order_count, node_count;
    uint32_t next; /* the first register that no section has used yet */
} ebb_assembly_t;

/* --- leaves and constants --------------------------------------------------------- */

static ebb_leaf_t leaf_of_op(uint8_t op)
{
    switch ((int)op) {
    case EBB_OP_STATE:
        return EBB_LEAF_STATE;
    case EBB_OP_PARAM:
        return EBB_LEAF_PARAM;
    case EBB_OP_TRAIT:
        return EBB_LEAF_TRAIT;
    case EBB_OP_INPUT:
        return EBB_LEAF_INPUT;
    case EBB_OP_TIME:
        return EBB_LEAF_TIME;
    case EBB_OP_DELAYED:
        return EBB_LEAF_DELAYED;
    case EBB_OP_DRAW:
        return EBB_LEAF_DRAW;
    default:
        return EBB_LEAF_SUMMARY;
    }
}

static bool node_is_fixed(const ebb_node_t *node)
{
    return (node->depends & ~(unsigned)EBB_ON_FIXED) == 0;
}

static bool node_is_operation(const ebb_node_t *node)
{
    return ebb_op_arity((ebb_op_t)node->op) > 0;
}

/* Registers of leaves and constants; `needed` is of all sections together. */
static void assembly_place_leaves(ebb_assembly_t *as)
{
    ebb_program_t *program = as->program;
    const ebb_node_t *nodes = as->source->graph->nodes;
    for (size_t k = 0; k < EBB_LEAF_COUNT; k++) {
        program->leaf[k + 1] = program->leaf[k] + (uint32_t)as->source->leaves[k];
    }
    as->next = program->leaf[EBB_LEAF_COUNT];
    for (size_t i = 0; i < as->node_count; i++) {
        if (!as->needed[i] || node_is_operation(&nodes[i])) {
            continue;
        }
        if (nodes[i].op == EBB_OP_CONST) {
            program->constants[program->constant_count++] = nodes[i].value;
            as->place[i] = as->next++;
        } else {
            as->place[i] = program->leaf[leaf_of_op(nodes[i].op)] + nodes[i].args[0];
        }
    }
}

/* --- code ------------------------------------------------------------------------- */

/* What a node does, and which nodes it reads for that. */
typedef struct ebb_assembly_doing {
    uint32_t op;
    int count;
    uint32_t nodes[3];
} ebb_assembly_doing_t;

static ebb_assembly_doing_t assembly_doing(const ebb_assembly_t *as, size_t i)
{
    const ebb_node_t *nodes = as->source->graph->nodes, *node = &nodes[i];
    const uint32_t *args = node->args;
    if (as->inner[i] == EBB_NONE) {
        return (ebb_assembly_doing_t){
            node->op, ebb_op_arity((ebb_op_t)node->op), {args[0], args[1], args[2]}};
    }
    const ebb_node_t *inner = &nodes[as->inner[i]];
    const int operand = args[0] == as->inner[i] ? 0 : 1;
    return (ebb_assembly_doing_t){ebb_fused(node->op, inner->op, operand),
                                  3,
                                  {inner->args[0], inner->args[1], args[1 - operand]}};
}

static int assembly_emit(ebb_assembly_t *as, size_t i)
{
    ebb_program_t *program = as->program;
    const ebb_assembly_doing_t doing = assembly_doing(as, i);
    void *code = program->code;
    int failed = ebb_grow(program->_arena.alloc, &code, &program->_code_room,
                          program->code_count + 1, sizeof *program->code);
    program->code = code;
    if (failed) {
        return failed;
    }
    program->code[program->code_count++] = (ebb_operation_t){
        .op = doing.op,
        .out = as->place[i],
        .a = as->place[doing.nodes[0]],
        .b = doing.count > 1 ? as->place[doing.nodes[1]] : 0,
        .c = doing.count > 2 ? as->place[doing.nodes[2]] : 0,
    };
    return EBB_OK;
}

/* Every node works out itself and no other. */
static void assembly_set_apart(ebb_assembly_t *as)
{
    for (size_t i = 0; i < as->node_count; i++) {
        as->inner[i] = EBB_NONE;
        as->within[i] = false;
    }
}

/* What is fixed, in registers of its own. */
static int assembly_hoist(ebb_assembly_t *as)
{
    const ebb_node_t *nodes = as->source->graph->nodes;
    int code = EBB_OK;
    for (size_t i = 0; i < as->node_count && !code; i++) {
        if (as->needed[i] && node_is_operation(&nodes[i]) && node_is_fixed(&nodes[i])) {
            as->hoisted[i] = 1;
            as->place[i] = as->next++;
            code = assembly_emit(as, i);
        }
    }
    as->program->fixed.count = as->program->code_count;
    return code;
}

/* Who reads each node last. */
static void assembly_find_last(ebb_assembly_t *as, const ebb_wanted_t *wanted)
{
    for (size_t j = 0; j < as->order_count; j++) {
        const uint32_t i = as->order[j];
        const ebb_assembly_doing_t doing = assembly_doing(as, i);
        for (int k = 0; k < doing.count; k++) {
            as->last[doing.nodes[k]] = i;
        }
    }
    for (size_t i = 0; i < wanted->count; i++) {
        as->last[wanted->nodes[i]] = EBB_NONE;
    }
}

/* Has a register in this section, of those that are used again. */
static bool assembly_is_temporary(const ebb_assembly_t *as, size_t i)
{
    return as->needed[i] && !as->hoisted[i] && !as->within[i] &&
           node_is_operation(&as->source->graph->nodes[i]);
}

/* How often this section reads each node; to be wanted counts as twice. */
static void assembly_count_reads(ebb_assembly_t *as, const ebb_wanted_t *wanted)
{
    memset(as->reads, 0, as->node_count * sizeof *as->reads);
    for (size_t i = 0; i < as->node_count; i++) {
        const ebb_assembly_doing_t doing = assembly_doing(as, i);
        for (int k = 0; assembly_is_temporary(as, i) && k < doing.count; k++) {
            as->reads[doing.nodes[k]]++;
        }
    }
    for (size_t i = 0; i < wanted->count; i++) {
        as->reads[wanted->nodes[i]] += 2;
    }
}

/* Whether node i can work out its operand besides itself. */
static bool assembly_can_take(const ebb_assembly_t *as, size_t i, int operand)
{
    const ebb_node_t *nodes = as->source->graph->nodes;
    const uint32_t inner = nodes[i].args[operand];
    return assembly_is_temporary(as, inner) && as->reads[inner] == 1 &&
           as->inner[inner] == EBB_NONE &&
           ebb_fused(nodes[i].op, nodes[inner].op, operand) != EBB_NONE;
}

/* Makes one of two operations wherever that can be. */
static void assembly_fuse(ebb_assembly_t *as, const ebb_wanted_t *wanted)
{
    const ebb_node_t *nodes = as->source->graph->nodes;
    assembly_set_apart(as);
    if (!as->source->fuses) {
        return;
    }
    assembly_count_reads(as, wanted);
    for (size_t i = 0; i < as->node_count; i++) {
        bool two = ebb_op_arity((ebb_op_t)nodes[i].op) == 2;
        for (int k = 0; two && assembly_is_temporary(as, i) && k < 2; k++) {
            if (as->inner[i] == EBB_NONE && assembly_can_take(as, i, k)) {
                as->inner[i] = nodes[i].args[k];
                as->within[nodes[i].args[k]] = true;
            }
        }
    }
}

/* --- order ------------------------------------------------------------------------ */

/* Of so many operations those of a kind come side by side, so that the interpreter
 * chooses once for all of them. A window bounds what that takes: so many registers
 * more, and for each operation a search of at most so many batches. */
enum { ASSEMBLY_WINDOW = 256 };

/* Batches of a window: each has operations of one kind, which read what their own batch
 * has made before them, or an earlier one. */
typedef struct ebb_assembly_batches {
    uint32_t count;
    uint32_t op[ASSEMBLY_WINDOW];
    uint32_t end[ASSEMBLY_WINDOW + 1]; /* of the batch before; then of itself */
} ebb_assembly_batches_t;

/* Node i joins the first batch of its kind that it can, or else begins one. */
static void assembly_join(ebb_assembly_t *as, ebb_assembly_batches_t *batches,
                          uint32_t i)
{
    const ebb_assembly_doing_t doing = assembly_doing(as, i);
    uint32_t b = 0;
    for (int k = 0; k < doing.count; k++) {
        const uint32_t made = as->batch[doing.nodes[k]];
        b = made > b ? made : b;
    }
    while (b < batches->count && batches->op[b] != doing.op) {
        b++;
    }
    if (b == batches->count) {
        batches->op[batches->count++] = doing.op;
    }
    as->batch[i] = b;
    batches->end[b + 1]++;
}

/* Brings `count` nodes, at most a window, in the order of their batches. */
static void assembly_gather(ebb_assembly_t *as, uint32_t *order, size_t count)
{
    ebb_assembly_batches_t batches = {0};
    uint32_t before[ASSEMBLY_WINDOW];
    memcpy(before, order, count * sizeof *order);
    for (size_t j = 0; j < count; j++) {
        assembly_join(as, &batches, before[j]);
    }
    for (uint32_t b = 0; b < batches.count; b++) {
        batches.end[b + 1] += batches.end[b];
    }
    for (size_t j = 0; j < count; j++) {
        order[batches.end[as->batch[before[j]]]++] = before[j];
    }
    for (size_t j = 0; j < count; j++) {
        as->batch[order[j]] = 0; /* to later windows all of it is there */
    }
}

/* What this section works out, after all that it reads. */
static void assembly_order(ebb_assembly_t *as)
{
    size_t n = 0;
    for (size_t i = 0; i < as->node_count; i++) {
        if (assembly_is_temporary(as, i)) {
            as->order[n++] = (uint32_t)i;
        }
    }
    as->order_count = n;
    for (size_t i = 0; as->source->fuses && i < n; i += ASSEMBLY_WINDOW) {
        const size_t left = n - i;
        assembly_gather(as, as->order + i,
                        left < ASSEMBLY_WINDOW ? left : ASSEMBLY_WINDOW);
    }
}

/* --- sections --------------------------------------------------------------------- */

/* Registers that node i was the last to read, each once. */
static void assembly_release(ebb_assembly_t *as, size_t i)
{
    const ebb_assembly_doing_t doing = assembly_doing(as, i);
    for (int k = 0; k < doing.count; k++) {
        uint32_t read = doing.nodes[k];
        if (as->last[read] == i && assembly_is_temporary(as, read)) {
            as->spare[as->spare_count++] = as->place[read];
            as->last[read] = EBB_NONE;
        }
    }
}

static int assembly_section(ebb_assembly_t *as, size_t number, uint32_t temporary)
{
    const ebb_wanted_t *wanted = &as->source->wanted[number];
    ebb_program_t *program = as->program;
    ebb_section_t *section = &program->sections[number];
    section->first = program->code_count;
    section->first_root = program->root_count;
    section->root_count = wanted->count;
    (void)ebb_graph_needed(as->source->graph, wanted->nodes, wanted->count, as->needed);
    assembly_fuse(as, wanted);
    assembly_order(as);
    assembly_find_last(as, wanted);
    as->spare_count = 0;
    uint32_t fresh = temporary;
    int code = EBB_OK;
    for (size_t j = 0; j < as->order_count && !code; j++) {
        const uint32_t i = as->order[j];
        as->place[i] = as->spare_count ? as->spare[--as->spare_count] : fresh++;
        code = assembly_emit(as, i);
        assembly_release(as, i);
    }
    section->count = program->code_count - section->first;
    as->next = fresh > as->next ? fresh : as->next;
    for (size_t i = 0; i < wanted->count; i++) {
        program->roots[program->root_count++] = as->place[wanted->nodes[i]];
    }
    return code;
}

/* Marks what any section needs. */
static void assembly_mark_all(ebb_assembly_t *as)
{
    for (size_t k = 0; k < as->source->section_count; k++) {
        const ebb_wanted_t *wanted = &as->source->wanted[k];
        (void)ebb_graph_needed(as->source->graph, wanted->nodes, wanted->count,
                               as->hoisted);
        for (size_t i = 0; i < as->node_count; i++) {
            as->needed[i] |= as->hoisted[i];
        }
    }
    memset(as->hoisted, 0, as->node_count);
}

static int assembly_write(ebb_assembly_t *as)
{
    assembly_mark_all(as);
    assembly_place_leaves(as);
    assembly_set_apart(as);
    int code = assembly_hoist(as);
    uint32_t temporary = as->next;
    for (size_t k = 0; k < as->source->section_count && !code; k++) {
        code = assembly_section(as, k, temporary);
    }
    as->program->register_count = as->next;
    return code;
}

static int assembly_begin(ebb_assembly_t *as, ebb_arena_t *scratch)
{
    size_t n = as->node_count, roots = 0;
    for (size_t k = 0; k < as->source->section_count; k++) {
        roots += as->source->wanted[k].count;
    }
    as->needed = ebb_arena_new(scratch, n);
    as->hoisted = ebb_arena_new(scratch, n);
    as->inner = ebb_arena_new(scratch, n * sizeof *as->inner);
    as->within = ebb_arena_new(scratch, n * sizeof *as->within);
    as->reads = ebb_arena_new(scratch, n * sizeof *as->reads);
    as->order = ebb_arena_new(scratch, n * sizeof *as->order);
    as->batch = ebb_arena_new(scratch, n * sizeof *as->batch);
    as->place = ebb_arena_new(scratch, n * sizeof *as->place);
    as->last = ebb_arena_new(scratch, n * sizeof *as->last);
    as->spare = ebb_arena_new(scratch, n * sizeof *as->spare);
    ebb_program_t *program = as->program;
    ebb_arena_t *kept = &program->_arena;
    program->section_count = as->source->section_count;
    program->sections =
        ebb_arena_new(kept, (program->section_count + 1) * sizeof *program->sections);
    program->roots = ebb_arena_new(kept, (roots + 1) * sizeof *program->roots);
    program->constants = ebb_arena_new(kept, n * sizeof *program->constants);
    bool whole = as->needed && as->hoisted && as->inner && as->within && as->reads &&
                 as->order && as->batch && as->place && as->last && as->spare &&
                 program->sections && program->roots && program->constants;
    return whole ? EBB_OK : EBB_ERR_MEMORY;
}

int ebb_program_build(ebb_program_t *program, const ebb_program_source_t *source,
                      const ebb_alloc_t *alloc, ebb_error_t *error)
{
    *program = (ebb_program_t){._arena.alloc = alloc};
    ebb_arena_t scratch = {.alloc = alloc};
    ebb_assembly_t as = {
        .program = program, .source = source, .node_count = source->graph->count};
    int code = assembly_begin(&as, &scratch);
    code = code ? code : assembly_write(&as);
    ebb_arena_free(&scratch);
    return code ? ebb_fail(error, code, "not enough memory to compile the model") : 0;
}

void ebb_program_free(ebb_program_t *program)
{
    if (program->_arena.alloc) {
        ebb_free_array(program->_arena.alloc, program->code, program->_code_room,
                       sizeof *program->code);
        ebb_arena_free(&program->_arena);
    }
    *program = (ebb_program_t){0};
}
