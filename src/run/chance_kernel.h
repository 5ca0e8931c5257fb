/* SPDX-License-Identifier: MIT
 * Random numbers of a block of couples, as a loop that is compiled for each level. */
#ifndef EBB_RUN_CHANCE_KERNEL_H
#define EBB_RUN_CHANCE_KERNEL_H

#include <stddef.h>

#include "math/random.h"
#include "run/interpret.h"

/* Which draws: of couples couple, couple + 1, ... at one step. */
typedef struct ebb_chance_place {
    uint64_t seed, couple, step;
    size_t width; /* as in ebb_registers_t */
} ebb_chance_place_t;

typedef struct ebb_chance_words {
    uint32_t of[4][EBB_LANES_MOST];
} ebb_chance_words_t;

/* The four words of one block of draws. */
static inline void ebb_chance_block(ebb_chance_words_t *restrict words,
                                    ebb_chance_place_t at, uint32_t block)
{
    const uint32_t first = (uint32_t)at.couple;
    const uint32_t n = (uint32_t)at.width & ~(EBB_LANE_GROUP - 1);
    for (uint32_t i = 0; i < n; i++) {
        ebb_random_block_t r = ebb_random_at(at.seed, first + i, at.step, block);
        words->of[0][i] = r.a;
        words->of[1][i] = r.b;
        words->of[2][i] = r.c;
        words->of[3][i] = r.d;
    }
}

/* Row k of `out`: the normal number of slot slots[k] of each couple's step. Noises that
 * share a block compute it once. */
static inline void ebb_chance_rows(double *restrict out, const uint32_t *slots,
                                   size_t count, ebb_chance_place_t at)
{
    ebb_chance_words_t words;
    const size_t n = at.width & ~(size_t)(EBB_LANE_GROUP - 1);
    uint32_t block = 0;
    for (size_t k = 0; k < count; k++) {
        if (k == 0 || slots[k] / 4 != block) {
            block = slots[k] / 4;
            ebb_chance_block(&words, at, block);
        }
        const uint32_t *word = words.of[slots[k] % 4];
        for (size_t i = 0; i < n; i++) {
            out[k * n + i] = ebb_random_normal(word[i]);
        }
    }
}

#endif
