/* SPDX-License-Identifier: MIT
 *
 * Events. One with a rate happens as often as its integrated rate passes the sum of
 * exponential numbers: that is the Poisson law for any rate that depends on the states
 * (time rescaling), with one random number for each event instead of one for each step.
 * One with a guard happens as the guard rises from <= 0 to above 0.
 */
#include "run/lanes.h"

#include <string.h>

#include "math/elementary.h"
#include "run/bounds.h"

#define EBB_ROUNDS_MOST 1000

void ebb_events_begin(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t r = 0; r < run->chances; r++) {
        double *left = ebb_lanes_row(lanes, run->states + r);
        for (size_t i = 0; i < lanes->width; i++) {
            left[i] = ebb_chance_wait(lanes, run->event_of_chance[r], i);
        }
    }
    ebb_lanes_do(lanes, EBB_DO_GUARDS);
    for (size_t g = 0; g < run->guards; g++) {
        memcpy(lanes->guard + g * lanes->width, ebb_lanes_root(lanes, EBB_DO_GUARDS, g),
               lanes->width * sizeof(double));
    }
}

/* --- what happens next ------------------------------------------------------------ */

/* The event of a lane whose chance was used up first, or EBB_NONE. */
static uint32_t events_used_up(const ebb_cohort_t *lanes, size_t lane,
                               const double *losses)
{
    const ebb_simulation_t *run = lanes->run;
    uint32_t chosen = EBB_NONE;
    double longest = -1;
    for (size_t r = 0; r < run->chances; r++) {
        double left = ebb_lanes_row(lanes, run->states + r)[lane];
        if (left <= 0) {
            double loss = losses ? losses[r * lanes->width + lane] : 0;
            double since = loss < 0 ? left / loss : 0;
            if (since > longest) {
                longest = since;
                chosen = run->event_of_chance[r];
            }
        }
    }
    return chosen;
}

/* The first event of a lane whose guard has risen, or EBB_NONE; it has been seen then.
 */
static uint32_t events_risen(ebb_cohort_t *lanes, size_t lane)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t g = 0; g < run->guards; g++) {
        double *before = lanes->guard + g * lanes->width + lane;
        double now = ebb_lanes_root(lanes, EBB_DO_GUARDS, g)[lane];
        if (*before <= 0 && now > 0) {
            *before = now;
            return run->event_of_guard[g];
        }
    }
    return EBB_NONE;
}

/* --- it happens ------------------------------------------------------------------- */

/* Event e in the lanes that chose it. */
static void events_act(ebb_cohort_t *lanes, uint32_t e)
{
    const ebb_simulation_t *run = lanes->run;
    const ebb_event_rule_t *event = &run->system->events[e];
    if (event->draw != EBB_NONE) {
        double *draw = ebb_lanes_leaf(lanes, EBB_LEAF_DRAW, event->draw);
        int law = run->system->draws[event->draw];
        for (size_t i = 0; i < lanes->width; i++) {
            if (lanes->chosen[i] == e) {
                draw[i] = ebb_chance_size(lanes, e, i, law);
            }
        }
    }
    ebb_lanes_do(lanes, EBB_DO_ACTIONS + e);
    /* all values first: one may be the register of a state that another one sets */
    for (size_t k = 0; k < event->action_count; k++) {
        memcpy(lanes->wrong + k * lanes->width,
               ebb_lanes_root(lanes, EBB_DO_ACTIONS + e, k),
               lanes->width * sizeof(double));
    }
    for (size_t k = 0; k < event->action_count; k++) {
        uint32_t state = run->system->actions[event->first_action + k].state;
        double *row = ebb_lanes_row(lanes, state);
        for (size_t i = 0; i < lanes->width; i++) {
            row[i] =
                lanes->chosen[i] == e ? lanes->wrong[k * lanes->width + i] : row[i];
        }
    }
}

/* A new chance for the event that has just happened. In steps what was left over is
 * dropped: an event happens at most once a step. */
static void events_renew(ebb_cohort_t *lanes, uint32_t e, size_t lane)
{
    const ebb_simulation_t *run = lanes->run;
    lanes->happened[e * lanes->width + lane]++;
    if (run->chance_of_event[e] != EBB_NONE) {
        double *left = ebb_lanes_row(lanes, run->states + run->chance_of_event[e]);
        double rest = run->method == EBB_METHOD_MAP ? 0 : left[lane];
        left[lane] = rest + ebb_chance_wait(lanes, e, lane);
    }
}

/* The first event, from `first` on, that some lane chose, or EBB_NONE. */
static uint32_t events_next(const ebb_cohort_t *lanes, uint32_t first)
{
    uint32_t next = EBB_NONE;
    for (size_t i = 0; i < lanes->width; i++) {
        uint32_t e = lanes->chosen[i];
        next = e >= first && e < next ? e : next;
    }
    return next;
}

static void events_happen(ebb_cohort_t *lanes)
{
    for (uint32_t e = events_next(lanes, 0); e != EBB_NONE;
         e = events_next(lanes, e + 1)) {
        events_act(lanes, e);
        for (size_t i = 0; i < lanes->width; i++) {
            if (lanes->chosen[i] == e) {
                events_renew(lanes, e, i);
                lanes->moved[i] = true;
            }
        }
    }
    ebb_lanes_bound(lanes);
}

/* --- rounds ----------------------------------------------------------------------- */

/* The quick look: the highest bit is set for lanes in which a chance may be used up. */
EBB_CLONES static void events_look(uint64_t *restrict may, const double *restrict left,
                                   size_t chances, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        may[i] = 0;
    }
    for (size_t r = 0; r < chances; r++) {
        for (size_t i = 0; i < width; i++) {
            may[i] |= ebb_used_up(left[r * width + i]);
        }
    }
}

static bool events_choose_chances(ebb_cohort_t *lanes, const bool *which,
                                  const double *losses)
{
    const ebb_simulation_t *run = lanes->run;
    uint64_t may[EBB_LANES_MOST];
    bool any = false;
    events_look(may, ebb_lanes_row(lanes, run->states), run->chances, lanes->width);
    for (size_t i = 0; i < lanes->width; i++) {
        bool open = may[i] >> 63 && which[i] && !lanes->status[i];
        lanes->chosen[i] = open ? events_used_up(lanes, i, losses) : EBB_NONE;
        any = any || lanes->chosen[i] != EBB_NONE;
    }
    return any;
}

static bool events_choose_guards(ebb_cohort_t *lanes, const bool *which)
{
    bool any = false;
    ebb_lanes_do(lanes, EBB_DO_GUARDS);
    for (size_t i = 0; i < lanes->width; i++) {
        bool open = which[i] && !lanes->status[i];
        lanes->chosen[i] = open ? events_risen(lanes, i) : EBB_NONE;
        any = any || lanes->chosen[i] != EBB_NONE;
    }
    return any;
}

/* Lanes in which something still happens after so many rounds will never end. */
static void events_give_up(ebb_cohort_t *lanes)
{
    for (size_t i = 0; i < lanes->width; i++) {
        if (lanes->chosen[i] != EBB_NONE) {
            ebb_lanes_fail(lanes, i, EBB_LANE_CASCADE);
        }
    }
}

static void events_keep_guards(ebb_cohort_t *lanes, const bool *which)
{
    for (size_t g = 0; g < lanes->run->guards; g++) {
        const double *now = ebb_lanes_root(lanes, EBB_DO_GUARDS, g);
        double *before = lanes->guard + g * lanes->width;
        for (size_t i = 0; i < lanes->width; i++) {
            before[i] = which[i] ? now[i] : before[i];
        }
    }
}

void ebb_events_settle(ebb_cohort_t *lanes, const bool *which, const double *losses)
{
    const ebb_simulation_t *run = lanes->run;
    int rounds = 0;
    memset(lanes->moved, 0, lanes->width * sizeof *lanes->moved);
    if (run->chances) {
        while (events_choose_chances(lanes, which, losses)) {
            if (++rounds > EBB_ROUNDS_MOST) {
                events_give_up(lanes);
            } else {
                events_happen(lanes);
            }
        }
    }
    if (run->guards) {
        while (events_choose_guards(lanes, which)) {
            if (++rounds > EBB_ROUNDS_MOST) {
                events_give_up(lanes);
            } else {
                events_happen(lanes);
            }
        }
        events_keep_guards(lanes, which);
    }
}
