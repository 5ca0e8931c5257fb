/* SPDX-License-Identifier: MIT
 * Random numbers of the messages: streams apart from those of the run, by the words of
 * the key that these leave at 0. */
#ifndef EBB_BRIDGE_CHANCE_H
#define EBB_BRIDGE_CHANCE_H

#include "math/random.h"

/* What for. */
enum {
    BRIDGE_HABITS = 1, /* of a person */
    BRIDGE_NIGHT,      /* of a day */
    BRIDGE_STRETCH,    /* with or without a phone at hand */
    BRIDGE_MESSAGE
};

/* Whose: two partners of a couple have streams of their own. */
typedef struct ebb_bridge_who {
    uint64_t seed;
    uint32_t couple, seat;
} ebb_bridge_who_t;

/* Four words for use `index` (from 0) of a purpose. */
static inline ebb_random_block_t ebb_bridge_draw(ebb_bridge_who_t who, uint32_t purpose,
                                                 uint64_t index)
{
    ebb_random_block_t counter = {who.couple, (uint32_t)index, (uint32_t)(index >> 32),
                                  who.seat};
    ebb_random_block_t key = {(uint32_t)who.seed, (uint32_t)(who.seed >> 32), purpose,
                              0};
    return ebb_threefry(counter, key);
}

#endif
