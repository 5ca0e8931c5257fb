/* SPDX-License-Identifier: MIT
 * More states and an event for a reduced system. */
#include "study/extend.h"

#include <string.h>

#include "math/bits.h"

int ebb_extend_states(ebb_reduction_t *reduction, size_t more)
{
    ebb_system_t *system = &reduction->system;
    size_t n = system->state_count;
    ebb_state_t *states =
        ebb_arena_new(&reduction->arena, (n + more + 1) * sizeof *states);
    if (!states) {
        return EBB_ERR_MEMORY;
    }
    memcpy(states, system->states, n * sizeof *states);
    for (size_t k = n; k < n + more; k++) {
        states[k] = (ebb_state_t){.name = "",
                                  .person = EBB_NONE,
                                  .mirror = (uint32_t)k,
                                  .initial = EBB_NODE_ZERO,
                                  .rate = EBB_NODE_ZERO,
                                  .noise = EBB_NONE,
                                  .history = EBB_NONE,
                                  .low = -EBB_INFINITY,
                                  .high = EBB_INFINITY};
    }
    system->states = states;
    system->state_count = n + more;
    return EBB_OK;
}

ebb_action_t *ebb_extend_event(ebb_reduction_t *reduction, uint32_t guard,
                               size_t actions)
{
    ebb_system_t *system = &reduction->system;
    system->actions =
        ebb_arena_new(&reduction->arena, (actions + 1) * sizeof *system->actions);
    system->events = ebb_arena_new(&reduction->arena, sizeof *system->events);
    if (!system->actions || !system->events) {
        return NULL;
    }
    system->events[0] = (ebb_event_rule_t){.name = "",
                                           .person = EBB_NONE,
                                           .rate = EBB_NONE,
                                           .guard = guard,
                                           .draw = EBB_NONE,
                                           .action_count = (uint32_t)actions};
    system->event_count = 1;
    system->action_count = actions;
    return system->actions;
}
