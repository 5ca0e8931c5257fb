/* SPDX-License-Identifier: MIT
 * Fast and slow states told apart by the diagonal of the exact Jacobian at the start
 * [eq 113]. */
#include "study/pace.h"

#include "core/memory.h"
#include "math/bits.h"
#include "study/reduce.h"

/* Value of each node of a reduced model's graph at the study's start. */
static void pace_evaluate(const ebb_reduction_t *reduction, double *values)
{
    const ebb_system_t *system = &reduction->system;
    const double *starts = reduction->study->starts;
    for (size_t i = 0; i < system->graph.count; i++) {
        const ebb_node_t *node = &system->graph.nodes[i];
        uint32_t at = node->args[0];
        if (ebb_op_arity((ebb_op_t)node->op) > 0) {
            const double args[3] = {values[at], values[node->args[1]],
                                    values[node->args[2]]};
            values[i] = ebb_op_value((ebb_op_t)node->op, args);
            continue;
        }
        at = node->op == EBB_OP_DELAYED ? system->delays[at].state : at;
        values[i] = node->op == EBB_OP_CONST   ? node->value
                    : node->op == EBB_OP_PARAM ? reduction->values[at]
                                               : starts[reduction->model[at]];
    }
}

/* Nodes of the diagonal: what each state does to its own rate. */
static int pace_derive(ebb_reduction_t *reduction, uint32_t *diagonal)
{
    ebb_system_t *system = &reduction->system;
    int code = EBB_OK;
    for (uint32_t k = 0; k < system->state_count && !code; k++) {
        uint32_t leaf = ebb_graph_leaf(&system->graph, EBB_OP_STATE, k);
        uint32_t rate = system->states[k].rate;
        code = ebb_graph_derive(&system->graph, leaf, &rate, 1, &diagonal[k]);
    }
    return code ? code : system->graph.failed;
}

/* In discrete time what counts is the way of a step: next value less value. */
static void pace_mark(ebb_study_t *study, const ebb_reduction_t *reduction,
                      const uint32_t *diagonal, const double *values, double slower)
{
    size_t free_count = reduction->system.state_count;
    for (size_t k = 0; k < free_count; k++) {
        uint32_t state = reduction->model[k];
        double pace = values[diagonal[k]] - (reduction->system.steps ? 1 : 0);
        if (ebb_magnitude(pace) * slower < 1) { /* NaN: it stays free */
            study->held[state] = true;
            study->slow[state] = true;
            study->free_count--;
        }
    }
}

int ebb_pace_hold(ebb_study_t *study, double slower_than, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    ebb_arena_t scratch = {.alloc = &study->alloc};
    ebb_reduction_t reduction;
    int code = ebb_reduce(&reduction, study, &wish, error);
    size_t count = reduction.system.state_count + 1;
    uint32_t *diagonal = ebb_arena_new(&scratch, count * sizeof *diagonal);
    if (!code) {
        code = diagonal ? pace_derive(&reduction, diagonal) : EBB_ERR_MEMORY;
        double *values = ebb_arena_new(&scratch, (reduction.system.graph.count + 1) *
                                                     sizeof *values);
        code = code || values ? code : EBB_ERR_MEMORY;
        if (!code) {
            pace_evaluate(&reduction, values);
            pace_mark(study, &reduction, diagonal, values, slower_than);
        } else {
            (void)ebb_fail(error, code, "the pace of the states of `%s` cannot be had",
                           study->system->name);
        }
    }
    ebb_reduce_free(&reduction);
    ebb_arena_free(&scratch);
    return code;
}
