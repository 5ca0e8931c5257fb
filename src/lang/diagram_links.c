/* SPDX-License-Identifier: MIT
 * What a diagram shows: states, inputs and events always, lets as asked for. */
#include <string.h>

#include "lang/diagram.h"

static const char *links_label(const ebb_diagram_t *diagram, uint32_t quantity)
{
    return diagram->system->quantities[quantity].name;
}

static bool links_add(ebb_diagram_t *diagram, ebb_spot_t spot, uint32_t quantity)
{
    if (diagram->spot_count == EBB_DIAGRAM_ROOM) {
        return false;
    }
    spot.label = links_label(diagram, quantity);
    spot.text = diagram->system->quantities[quantity].text;
    diagram->spots[diagram->spot_count++] = spot;
    return true;
}

static bool links_states(ebb_diagram_t *diagram)
{
    const ebb_system_t *system = diagram->system;
    bool fits = true;
    for (uint32_t i = 0; i < system->state_count && fits; i++) {
        const ebb_state_t *s = &system->states[i];
        fits = links_add(diagram,
                         (ebb_spot_t){.kind = EBB_SPOT_STATE,
                                      .index = i,
                                      .person = s->person,
                                      .mirror = s->mirror,
                                      .name = s->name},
                         s->quantity);
    }
    for (uint32_t i = 0; i < system->input_count && fits; i++) {
        const ebb_slot_t *s = &system->inputs[i];
        fits = links_add(diagram,
                         (ebb_spot_t){.kind = EBB_SPOT_INPUT,
                                      .index = i,
                                      .person = s->person,
                                      .mirror = s->mirror,
                                      .name = s->name},
                         s->quantity);
    }
    for (uint32_t i = 0; i < system->event_count && fits; i++) {
        const ebb_event_rule_t *e = &system->events[i];
        fits = links_add(diagram,
                         (ebb_spot_t){.kind = EBB_SPOT_EVENT,
                                      .index = i,
                                      .person = e->person,
                                      .mirror = e->mirror,
                                      .name = e->name},
                         e->quantity);
    }
    return fits;
}

/* A let that is something of its own: it changes, and is not just another name. */
static bool links_is_own(const ebb_system_t *system, uint32_t let)
{
    uint32_t root = system->lets[let].node;
    const ebb_node_t *node = &system->graph.nodes[root];
    if (!(node->depends & ~EBB_ON_FIXED) || ebb_op_arity((ebb_op_t)node->op) == 0) {
        return false;
    }
    for (uint32_t i = 0; i < let; i++) {
        if (system->lets[i].node == root) {
            return false;
        }
    }
    return true;
}

static bool links_lets(ebb_diagram_t *diagram)
{
    const ebb_system_t *system = diagram->system;
    bool fits = true;
    for (uint32_t i = 0; i < system->let_count && fits; i++) {
        const ebb_let_t *let = &system->lets[i];
        if (links_is_own(system, i) && links_is_own(system, let->mirror)) {
            fits = links_add(diagram,
                             (ebb_spot_t){.kind = EBB_SPOT_LET,
                                          .index = i,
                                          .person = let->person,
                                          .mirror = let->mirror,
                                          .name = let->name},
                             let->quantity);
        }
    }
    return fits;
}

/* `mirror` from the lists of the system to spots. */
static void links_mirror(ebb_diagram_t *diagram)
{
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        ebb_spot_t *spot = &diagram->spots[i];
        uint32_t wanted = spot->mirror, found = i;
        for (uint32_t k = 0; k < diagram->spot_count; k++) {
            if (diagram->spots[k].kind == spot->kind &&
                diagram->spots[k].index == wanted) {
                found = k;
            }
        }
        spot->mirror = diagram->system->alike ? found : i;
    }
}

/* A let in which ways meet or part: it has both, and more than one of one of them. */
static bool links_is_crossing(const ebb_diagram_t *diagram, uint32_t spot)
{
    size_t in = 0, out = 0;
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        in += diagram->moves[i][spot] != 0;
        out += diagram->moves[spot][i] != 0;
    }
    return in > 0 && out > 0 && in + out > 2;
}

/* Takes lets out that are no crossings; how many. `mirror` is by index meanwhile. */
static size_t links_drop(ebb_diagram_t *diagram)
{
    bool keep[EBB_DIAGRAM_ROOM];
    size_t kept = 0;
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        keep[i] =
            diagram->spots[i].kind != EBB_SPOT_LET || links_is_crossing(diagram, i);
    }
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        if (keep[i]) {
            diagram->spots[kept++] = diagram->spots[i];
        }
    }
    size_t dropped = diagram->spot_count - kept;
    diagram->spot_count = kept;
    return dropped;
}

/* All lets first, then without those that only pass something on, until no more go;
 * each round takes at least one. */
static int links_auto(ebb_diagram_t *diagram, size_t plain)
{
    size_t dropped = 0;
    if (!links_lets(diagram)) {
        diagram->spot_count = plain;
    }
    do {
        int code = ebb_diagram_signs(diagram);
        if (code) {
            return code;
        }
        dropped = links_drop(diagram);
    } while (dropped);
    if (diagram->spot_count > EBB_DIAGRAM_MOST) {
        diagram->spot_count = plain;
    }
    return EBB_OK;
}

/* What holds on one side holds on the other, whichever of the points showed it. */
static void links_both_sides(ebb_diagram_t *diagram)
{
    for (uint32_t i = 0; i < diagram->spot_count; i++) {
        for (uint32_t k = 0; k < diagram->spot_count; k++) {
            uint32_t from = diagram->spots[i].mirror, to = diagram->spots[k].mirror;
            diagram->moves[from][to] |= diagram->moves[i][k];
        }
    }
}

int ebb_diagram_choose(ebb_diagram_t *diagram, ebb_diagram_lets_t lets)
{
    int code = EBB_OK;
    if (!links_states(diagram) || diagram->spot_count > EBB_DIAGRAM_MOST) {
        return EBB_ERR_LIMIT;
    }
    if (lets == EBB_DIAGRAM_AUTO) {
        code = links_auto(diagram, diagram->spot_count);
    } else if (lets == EBB_DIAGRAM_ALL &&
               (!links_lets(diagram) || diagram->spot_count > EBB_DIAGRAM_MOST)) {
        code = EBB_ERR_LIMIT;
    }
    if (code == EBB_OK) {
        links_mirror(diagram);
        code = ebb_diagram_signs(diagram);
        links_both_sides(diagram);
    }
    return code;
}
