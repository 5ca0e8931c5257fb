/* SPDX-License-Identifier: MIT
 * Finding the node at which a model is cut, and who sees it. */
#include "study/cut.h"

#include "core/fail.h"

static uint32_t cut_state_leaf(const ebb_graph_t *graph, size_t state)
{
    for (size_t i = 0; i < graph->count; i++) {
        if (graph->nodes[i].op == EBB_OP_STATE && graph->nodes[i].args[0] == state) {
            return (uint32_t)i;
        }
    }
    return EBB_NONE;
}

int ebb_cut_node(const ebb_study_t *study, ebb_run_output_t at, uint32_t *node,
                 ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    bool let = at.kind == EBB_SCALAR_LET, state = at.kind == EBB_SCALAR_STATE;
    if ((let && at.index >= system->let_count) ||
        (state && at.index >= system->state_count) || !(let || state)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "what is to be cut or counted is neither a state nor a let of "
                        "`%s`",
                        system->name);
    }
    *node =
        let ? system->lets[at.index].node : cut_state_leaf(&system->graph, at.index);
    return EBB_OK;
}

/* A let that is only another name cannot be told from what it names. */
static int cut_check_let(const ebb_system_t *system, const ebb_let_t *let,
                         ebb_error_t *error)
{
    const ebb_node_t *node = &system->graph.nodes[let->node];
    if (node->op == EBB_OP_STATE) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is only another name of the state `%s`: cut that",
                        let->name, system->states[node->args[0]].name);
    }
    if (!(node->depends & (EBB_ON_STATE | EBB_ON_DELAY))) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` depends on no state: there is no loop through it",
                        let->name);
    }
    if (node->op == EBB_OP_NEG || node->op == EBB_OP_DELAYED) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is only another form of something else, which cannot be "
                        "told from it in the equations: cut what it is made from",
                        let->name);
    }
    return EBB_OK;
}

static int cut_check(const ebb_study_t *study, ebb_run_output_t at, uint32_t node,
                     ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    if (at.kind == EBB_SCALAR_LET) {
        return cut_check_let(system, &system->lets[at.index], error);
    }
    const ebb_state_t *state = &system->states[at.index];
    if (study->held[at.index]) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is held: there is no loop through it", state->name);
    }
    return node == EBB_NONE
               ? ebb_fail(error, EBB_ERR_ARGUMENT, "nothing reads `%s`", state->name)
               : EBB_OK;
}

/* Whether somebody reads the number: a state or an event, of `person`. */
static bool cut_is_seen(ebb_link_whom_t whom, uint32_t owner, uint32_t person)
{
    return whom == EBB_LINK_TO_ALL || owner == EBB_NONE || person != owner;
}

int ebb_cut_make(ebb_cut_link_t *cut, const ebb_study_t *study, ebb_run_output_t at,
                 ebb_arena_t *arena, ebb_error_t *error)
{
    const ebb_system_t *system = study->system;
    int code = ebb_cut_node(study, at, &cut->node, error);
    code = code ? code : cut_check(study, at, cut->node, error);
    if (code) {
        return code;
    }
    uint8_t *states = ebb_arena_new(arena, system->state_count + 1);
    uint8_t *events = ebb_arena_new(arena, system->event_count + 1);
    if (!states || !events) {
        return ebb_study_fail_memory(error);
    }
    bool state = at.kind == EBB_SCALAR_STATE;
    uint32_t owner =
        state ? system->states[at.index].person : system->lets[at.index].person;
    for (size_t i = 0; i < system->state_count; i++) {
        states[i] = cut_is_seen(cut->whom, owner, system->states[i].person) &&
                    !(state && i == at.index);
    }
    for (size_t e = 0; e < system->event_count; e++) {
        events[e] = cut_is_seen(cut->whom, owner, system->events[e].person);
    }
    cut->states = states;
    cut->events = events;
    return EBB_OK;
}
