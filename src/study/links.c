/* SPDX-License-Identifier: MIT
 * How strongly quantities move each other: the reduced model's graph is written once
 * more with a number in place of each let of the list, so that a derivative by one of
 * them holds all others. */
#include "core/fail.h"
#include "math/bits.h"
#include "study/along.h"
#include "study/cut.h"

enum { LINKS_LETS, LINKS_SLOPES, LINKS_SECTIONS };

/* The list while it is compiled, and its numbers at a moment. */
typedef struct ebb_linking {
    const ebb_study_t *study;
    const ebb_run_output_t *quantities;
    size_t n;
    ebb_reduction_t reduction;
    ebb_arena_t arena;
    uint32_t *own;   /* [n] node that each is in the reduced graph */
    uint32_t *roots; /* [n] what it is made of, the others being numbers */
    uint32_t
        *slopes; /* [n][n] derivative of root i by quantity j, then [n] by itself */
    ebb_program_t program;
    ebb_registers_t registers;
} ebb_linking_t;

static bool linking_is_let(const ebb_linking_t *l, size_t k)
{
    return l->quantities[k].kind == EBB_SCALAR_LET;
}

/* Place of a quantity's number among the parameters. */
static uint32_t linking_place(const ebb_linking_t *l, size_t k)
{
    return (uint32_t)(l->reduction.system.param_count + k);
}

/* --- the graph written once more -------------------------------------------------- */

/* The same operation on what its operands have become. */
static uint32_t linking_again(ebb_graph_t *graph, uint32_t i, const uint32_t *map)
{
    ebb_node_t node = graph->nodes[i]; /* the array may move */
    switch (ebb_op_arity((ebb_op_t)node.op)) {
    case 0:
        return i;
    case 1:
        return ebb_graph_unary(graph, (ebb_op_t)node.op, map[node.args[0]]);
    case 2:
        return ebb_graph_binary(graph, (ebb_op_t)node.op, map[node.args[0]],
                                map[node.args[1]]);
    default:
        return ebb_graph_select(graph, map[node.args[0]], map[node.args[1]],
                                map[node.args[2]]);
    }
}

/* The let of the list that a node is, or n. */
static size_t linking_let_at(const ebb_linking_t *l, uint32_t node)
{
    size_t k = 0;
    while (k < l->n && !(linking_is_let(l, k) && l->own[k] == node)) {
        k++;
    }
    return k;
}

static int linking_roots(ebb_linking_t *l)
{
    ebb_graph_t *graph = &l->reduction.system.graph;
    size_t before = graph->count;
    uint32_t *map = ebb_arena_new(&l->arena, (before + 1) * sizeof *map);
    for (size_t i = 0; i < before && map; i++) {
        size_t k = linking_let_at(l, (uint32_t)i);
        map[i] = k < l->n ? ebb_graph_leaf(graph, EBB_OP_PARAM, linking_place(l, k))
                          : linking_again(graph, (uint32_t)i, map);
    }
    for (size_t k = 0; k < l->n && map; k++) {
        uint32_t place = l->reduction.place[l->quantities[k].index];
        l->roots[k] = linking_is_let(l, k)
                          ? linking_again(graph, l->own[k], map)
                          : map[l->reduction.system.states[place].rate];
    }
    return map ? graph->failed : EBB_ERR_MEMORY;
}

/* --- derivatives ------------------------------------------------------------------ */

static void linking_add(ebb_linking_t *l, uint32_t *to, const uint32_t *more,
                        size_t stride)
{
    ebb_graph_t *graph = &l->reduction.system.graph;
    for (size_t i = 0; i < l->n; i++) {
        to[i * stride] = ebb_graph_binary(graph, EBB_OP_ADD, to[i * stride], more[i]);
    }
}

/* Column j of the slopes: by a let's number, or by a state, now and delayed. */
static int linking_column(ebb_linking_t *l, size_t j)
{
    ebb_system_t *system = &l->reduction.system;
    ebb_graph_t *graph = &system->graph;
    uint32_t more[EBB_STUDY_LINKS_MOST];
    bool let = linking_is_let(l, j);
    uint32_t place =
        let ? linking_place(l, j) : l->reduction.place[l->quantities[j].index];
    uint32_t leaf = ebb_graph_leaf(graph, let ? EBB_OP_PARAM : EBB_OP_STATE, place);
    for (size_t i = 0; i < l->n; i++) {
        l->slopes[i * l->n + j] = EBB_NODE_ZERO;
    }
    int code = ebb_graph_derive(graph, leaf, l->roots, l->n, more);
    linking_add(l, l->slopes + j, more, l->n);
    for (uint32_t d = 0; d < system->delay_count && !let && !code; d++) {
        if (system->delays[d].state == place) {
            leaf = ebb_graph_leaf(graph, EBB_OP_DELAYED, d);
            code = ebb_graph_derive(graph, leaf, l->roots, l->n, more);
            linking_add(l, l->slopes + j, more, l->n);
        }
    }
    return code ? code : graph->failed;
}

static int linking_build(ebb_linking_t *l, ebb_error_t *error)
{
    const ebb_system_t *system = &l->reduction.system;
    int code = linking_roots(l);
    for (size_t j = 0; j < l->n && !code; j++) {
        code = linking_column(l, j);
    }
    if (code) {
        return ebb_fail(error, code, "`%s` is too large for a study", system->name);
    }
    const ebb_wanted_t wanted[LINKS_SECTIONS] = {
        [LINKS_LETS] = {l->own, l->n},
        [LINKS_SLOPES] = {l->slopes, l->n * l->n},
    };
    ebb_program_source_t source = {
        .graph = &system->graph,
        .wanted = wanted,
        .section_count = LINKS_SECTIONS,
        .fuses = true,
        .leaves = {[EBB_LEAF_STATE] = system->state_count,
                   [EBB_LEAF_TIME] = 1,
                   [EBB_LEAF_DELAYED] = system->delay_count,
                   [EBB_LEAF_DRAW] = system->draw_count,
                   [EBB_LEAF_PARAM] = system->param_count + l->n},
    };
    return ebb_program_build(&l->program, &source, &l->study->alloc, error);
}

/* --- opening ---------------------------------------------------------------------- */

static int linking_check(ebb_linking_t *l, ebb_error_t *error)
{
    const ebb_system_t *model = l->study->system;
    for (size_t k = 0; k < l->n; k++) {
        uint32_t node = 0;
        int code = ebb_cut_node(l->study, l->quantities[k], &node, error);
        if (code) {
            return code;
        }
        size_t at = l->quantities[k].index;
        bool let = linking_is_let(l, k);
        if (let ? model->graph.nodes[node].op == EBB_OP_STATE : l->study->held[at]) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            let ? "`%s` is only another name of a state: take that"
                                : "`%s` is held: nothing moves it",
                            let ? model->lets[at].name : model->states[at].name);
        }
        l->own[k] = node == EBB_NONE ? EBB_NODE_ZERO : l->reduction.plain[node];
    }
    return EBB_OK;
}

static int linking_open(ebb_linking_t *l, ebb_error_t *error)
{
    static const ebb_reduce_wish_t nothing = {0};
    if (l->n > EBB_STUDY_LINKS_MOST) {
        (void)ebb_fail(error, EBB_ERR_LIMIT, "links between %zu quantities; at most %d",
                       l->n, EBB_STUDY_LINKS_MOST);
        return EBB_ERR_LIMIT;
    }
    l->own = ebb_arena_new(&l->arena, (l->n + 1) * sizeof *l->own);
    l->roots = ebb_arena_new(&l->arena, (l->n + 1) * sizeof *l->roots);
    l->slopes = ebb_arena_new(&l->arena, (l->n * l->n + 1) * sizeof *l->slopes);
    int code = ebb_reduce(&l->reduction, l->study, &nothing, error);
    if (!code && !(l->own && l->roots && l->slopes)) {
        code = ebb_study_fail_memory(error);
    }
    code = code ? code : linking_check(l, error);
    code = code ? code : linking_build(l, error);
    size_t count = l->program.register_count * EBB_LANE_GROUP;
    l->registers.width = EBB_LANE_GROUP;
    l->registers.numbers = ebb_arena_new(&l->arena, (count + 1) * sizeof(double));
    return code ? code : l->registers.numbers ? EBB_OK : ebb_study_fail_memory(error);
}

static void linking_close(ebb_linking_t *l)
{
    ebb_program_free(&l->program);
    if (l->reduction.study) {
        ebb_reduce_free(&l->reduction);
    }
    ebb_arena_free(&l->arena);
}

/* --- at a moment ------------------------------------------------------------------ */

static void linking_put(ebb_linking_t *l, ebb_leaf_t leaf, size_t index, double value)
{
    double *row = ebb_row(l->registers, l->program.leaf[leaf] + index);
    for (size_t i = 0; i < EBB_LANE_GROUP; i++) {
        row[i] = value;
    }
}

static void linking_run(ebb_linking_t *l, size_t section)
{
    ebb_interpret(&l->program, &l->program.fixed, l->registers);
    ebb_interpret(&l->program, &l->program.sections[section], l->registers);
}

static double linking_root(const ebb_linking_t *l, size_t section, size_t k)
{
    return ebb_row(l->registers, ebb_program_roots(&l->program, section)[k])[0];
}

/* Numbers of the moment; whether all states are finite. */
static bool linking_load(ebb_linking_t *l, const ebb_study_moment_t *moment)
{
    const ebb_reduction_t *r = &l->reduction;
    const ebb_system_t *model = l->study->system;
    size_t inputs = model->param_count + model->trait_count;
    bool finite = true;
    for (size_t i = 0; i < model->input_count; i++) {
        linking_put(l, EBB_LEAF_PARAM, inputs + i, moment->inputs[i]);
    }
    for (size_t i = 0; i < model->state_count; i++) {
        uint32_t place = r->place[i];
        finite = finite && ebb_magnitude(moment->states[i]) < EBB_INFINITY;
        linking_put(l, place == EBB_NONE ? EBB_LEAF_PARAM : EBB_LEAF_STATE,
                    place == EBB_NONE ? r->value_place[i] : place, moment->states[i]);
    }
    for (size_t d = 0; d < r->system.delay_count; d++) {
        uint32_t state = r->model[r->system.delays[d].state];
        linking_put(l, EBB_LEAF_DELAYED, d, moment->states[state]);
    }
    linking_put(l, EBB_LEAF_PARAM, r->time, moment->time);
    return finite;
}

/* Row i: as it is of a let; of a state divided by its pace, which is in its own column.
 */
static void linking_row(ebb_linking_t *l, size_t i, double *out)
{
    bool let = linking_is_let(l, i);
    double itself = linking_root(l, LINKS_SLOPES, i * l->n + i);
    double pace = let ? 1 : (l->reduction.system.steps ? 1 : 0) - itself;
    for (size_t j = 0; j < l->n; j++) {
        double slope = linking_root(l, LINKS_SLOPES, i * l->n + j);
        double strength = pace > 0 ? slope / pace : EBB_NAN;
        out[j] = slope == 0 || (i == j && !let) ? 0 : strength;
    }
}

static void linking_at(ebb_linking_t *l, const ebb_study_moment_t *moment, double *out)
{
    double lets[EBB_STUDY_LINKS_MOST] = {0};
    bool finite = linking_load(l, moment);
    linking_run(l, LINKS_LETS);
    for (size_t k = 0; k < l->n; k++) {
        lets[k] = linking_root(l, LINKS_LETS, k);
    }
    for (size_t k = 0; k < l->n; k++) {
        linking_put(l, EBB_LEAF_PARAM, linking_place(l, k),
                    linking_is_let(l, k) ? lets[k] : 0);
    }
    linking_run(l, LINKS_SLOPES);
    for (size_t i = 0; i < l->n; i++) {
        linking_row(l, i, out + i * l->n);
    }
    for (size_t k = 0; k < l->n * l->n && !finite; k++) {
        out[k] = EBB_NAN;
    }
}

int ebb_study_links(const ebb_study_t *study, ebb_study_nodes_t nodes,
                    ebb_study_moments_t moments, double *strengths, ebb_error_t *error)
{
    ebb_linking_t l = {.study = study,
                       .quantities = nodes.items,
                       .n = nodes.count,
                       .arena.alloc = &study->alloc};
    int code = linking_open(&l, error);
    if (!code) {
        ebb_interpret_constants(&l.program, l.registers);
        for (size_t k = 0; k < l.reduction.system.param_count; k++) {
            linking_put(&l, EBB_LEAF_PARAM, k, l.reduction.values[k]);
        }
    }
    for (size_t k = 0; k < moments.count && !code; k++) {
        linking_at(&l, &moments.items[k], strengths + k * l.n * l.n);
    }
    linking_close(&l);
    return code;
}
