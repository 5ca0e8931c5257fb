/* SPDX-License-Identifier: MIT
 * Numbers that differ from couple to couple, drawn by a law. A draw has a block of its
 * own, far from those of noise and of events (chance.c). */
#include "run/spread.h"
#include "core/fail.h"
#include "math/random.h"
#include "run/lanes.h"

#define EBB_SPREAD_BLOCK 0x40000000u

/* The slot or state that differs, or NULL when there is none. */
static const char *spread_target(const ebb_system_t *system,
                                 const ebb_run_spread_t *spread, ebb_spread_t *out)
{
    size_t at = spread->index;
    bool param = spread->kind == EBB_SCALAR_PARAM;
    if (param || spread->kind == EBB_SCALAR_TRAIT) {
        const ebb_slot_t *slots = param ? system->params : system->traits;
        if (at >= (param ? system->param_count : system->trait_count)) {
            return NULL;
        }
        out->leaf = param ? EBB_LEAF_PARAM : EBB_LEAF_TRAIT;
        out->mirror = slots[at].mirror;
        out->low = slots[at].low;
        out->high = slots[at].high;
        return slots[at].name;
    }
    if (spread->kind != EBB_SCALAR_STATE || at >= system->state_count) {
        return NULL;
    }
    out->leaf = EBB_LEAF_STATE;
    out->mirror = system->states[at].mirror;
    out->low = system->states[at].low;
    out->high = system->states[at].high;
    return system->states[at].name;
}

int ebb_spread_make(ebb_spread_t *out, const ebb_system_t *system,
                    const ebb_run_spread_t *spread, bool exchange, ebb_error_t *error)
{
    const char *name = spread_target(system, spread, out);
    bool uniform = spread->law == EBB_SPREAD_UNIFORM;
    if (!name) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "what differs between couples is a parameter, a trait or a "
                        "state of `%s`",
                        system->name);
    }
    if (!(spread->a - spread->a == 0) || !(spread->b - spread->b == 0) ||
        !(uniform ? spread->a < spread->b : spread->b > 0)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        uniform
                            ? "`%s` is to differ by uniform(%g, %g): these must rise"
                            : "`%s` is to differ by normal(%g, %g): the second, its "
                              "sd, must be above 0",
                        name, spread->a, spread->b);
    }
    if (spread->a < out->low || spread->a > out->high ||
        (uniform && spread->b > out->high)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is to differ by %s(%g, %g), and its range is %g to %g",
                        name, ebb_spread_word(spread->law), spread->a, spread->b,
                        out->low, out->high);
    }
    out->index = (uint32_t)spread->index;
    out->block = EBB_SPREAD_BLOCK | (uint32_t)spread->kind << 24 |
                 (exchange ? out->mirror : out->index);
    out->uniform = uniform;
    out->a = spread->a;
    out->b = spread->b;
    return EBB_OK;
}

void ebb_spread_apply(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t k = 0; k < run->spread_count; k++) {
        const ebb_spread_t *s = &run->spreads[k];
        double *row = ebb_lanes_leaf(lanes, s->leaf, s->index);
        for (size_t i = 0; i < lanes->width; i++) {
            uint32_t couple = (uint32_t)(lanes->first + i);
            uint32_t word = ebb_random_at(run->seed, couple, 0, s->block).a;
            double x = s->uniform ? s->a + (s->b - s->a) * ebb_random_uniform(word)
                                  : s->a + s->b * ebb_random_normal(word);
            x = x < s->low ? s->low : x;
            row[i] = x > s->high ? s->high : x;
        }
    }
}
