/* SPDX-License-Identifier: MIT
 * Random numbers of a block of couples. Noise uses blocks of draws from 0 on, four
 * noises each; event e block 2^31 + e, with the count of its events as step. */
#include "math/elementary.h"
#include "math/random.h"
#include "run/lanes.h"

#define EBB_EVENT_BLOCK 0x80000000u

/* Word number `word` of block `block`, made normal. */
EBB_CLONES static void chance_normals(double *restrict out, uint64_t seed,
                                      uint64_t couple, uint64_t step, uint32_t slot,
                                      size_t width)
{
    uint32_t first = (uint32_t)couple, word = slot % 4;
    for (uint32_t i = 0; i < width; i++) {
        ebb_random_block_t r = ebb_random_at(seed, first + i, step, slot / 4);
        uint32_t low = word & 1 ? r.b : r.a, high = word & 1 ? r.d : r.c;
        out[i] = ebb_random_normal(word & 2 ? high : low);
    }
}

void ebb_chance_normal(const ebb_cohort_t *lanes, size_t noise, double *out)
{
    const ebb_simulation_t *run = lanes->run;
    chance_normals(out, run->seed, lanes->first, lanes->step, run->noise_slot[noise],
                   lanes->width);
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
