/* SPDX-License-Identifier: MIT
 * Random numbers of a block of couples. Noise uses blocks of draws from 0 on, four
 * noises each; event e block 2^31 + e, with the count of its events as step. */
#include "math/elementary.h"
#include "math/random.h"
#include "run/lanes.h"

#define EBB_EVENT_BLOCK 0x80000000u

/* Word `slot` % 4 of block `slot` / 4, for couples from `first` on. Words and what is
 * made of them have loops of their own: compilers make vectors of either, but of
 * neither where numbers of 32 and 64 bits mix, or where a counter could wrap. */
EBB_CLONES static void chance_words(uint32_t *restrict out, uint64_t seed,
                                    uint32_t first, uint64_t step, uint32_t slot,
                                    uint32_t width)
{
    uint32_t word = slot % 4;
    for (uint32_t i = 0; i < width; i++) {
        ebb_random_block_t r = ebb_random_at(seed, first + i, step, slot / 4);
        uint32_t low = word & 1 ? r.b : r.a, high = word & 1 ? r.d : r.c;
        out[i] = word & 2 ? high : low;
    }
}

EBB_CLONES static void chance_normals(double *restrict out,
                                      const uint32_t *restrict words, uint32_t width)
{
    for (uint32_t i = 0; i < width; i++) {
        out[i] = ebb_random_normal(words[i]);
    }
}

void ebb_chance_normal(const ebb_cohort_t *lanes, size_t noise, double *out)
{
    const ebb_simulation_t *run = lanes->run;
    uint32_t words[EBB_LANES_MOST], width = (uint32_t)lanes->width;
    chance_words(words, run->seed, (uint32_t)lanes->first, lanes->step,
                 run->noise_slot[noise], width);
    chance_normals(out, words, width);
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
