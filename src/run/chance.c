/* SPDX-License-Identifier: MIT
 * Random numbers of a block of couples. Noise uses blocks of draws from 0 on, four
 * noises each; event e block 2^31 + e, with the count of its events as step. */
#include "math/elementary.h"
#include "run/lanes.h"
#include "run/native.h"

#define EBB_EVENT_BLOCK 0x80000000u

EBB_CLONES __attribute__((flatten)) static void
chance_rows(double *out, const uint32_t *slots, size_t count, ebb_chance_place_t at)
{
    ebb_chance_rows(out, slots, count, at);
}

void ebb_chance_normals(ebb_cohort_t *lanes)
{
    const ebb_simulation_t *run = lanes->run;
    ebb_native_normals_t *normals = run->level ? run->level->normals : chance_rows;
    ebb_chance_place_t at = {run->seed, lanes->first, lanes->step, lanes->width};
    normals(lanes->normal, run->noise_slot, run->noises, at);
}

static ebb_random_block_t chance_event(const ebb_cohort_t *lanes, size_t event,
                                       size_t lane)
{
    const ebb_simulation_t *run = lanes->run;
    uint32_t couple = (uint32_t)(lanes->first + lane);
    return ebb_random_at(run->seed, couple,
                         lanes->happened[event * lanes->width + lane],
                         EBB_EVENT_BLOCK | run->event_slot[event]);
}

double ebb_chance_wait(const ebb_cohort_t *lanes, size_t event, size_t lane)
{
    return ebb_random_exponential(chance_event(lanes, event, lane).a);
}

double ebb_chance_size(const ebb_cohort_t *lanes, size_t event, size_t lane, int law)
{
    uint32_t word = chance_event(lanes, event, lane).b;
    return law == EBB_LAW_UNIFORM  ? ebb_random_uniform(word)
           : law == EBB_LAW_NORMAL ? ebb_random_normal(word)
                                   : ebb_random_exponential(word);
}
