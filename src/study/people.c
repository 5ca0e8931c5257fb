/* SPDX-License-Identifier: MIT
 * Partners drawn independently of each other. */
#include "study/people.h"

#include <math.h>

#include "math/random.h"

/* A block of draws of its own, far from those of noise, events and spreads. */
#define PEOPLE_BLOCK 0x50000000u

void ebb_people_draw(const ebb_people_t *people, uint64_t begin, uint64_t end,
                     double *scores)
{
    double r = people->correlation, rest = sqrt((1 - r) * (1 + r));
    for (uint64_t couple = begin; couple < end; couple++, scores += 4) {
        ebb_random_block_t draw =
            ebb_random_at(people->seed, (uint32_t)couple, 0, PEOPLE_BLOCK);
        double first = ebb_random_normal(draw.a), third = ebb_random_normal(draw.c);
        scores[0] = first;
        scores[1] = r * first + rest * ebb_random_normal(draw.b);
        scores[2] = third;
        scores[3] = r * third + rest * ebb_random_normal(draw.d);
    }
}

void ebb_people_give(const ebb_population_plan_t *plan, const double *scores,
                     double *traits)
{
    for (size_t k = 0; k < plan->people_count; k++) {
        const ebb_population_trait_t *trait = &plan->people[k];
        for (size_t p = 0; p < 2; p++) {
            double x = trait->mean + trait->sd * scores[2 * p + k];
            x = x < trait->low ? trait->low : x;
            traits[trait->slots[p]] = x > trait->high ? trait->high : x;
        }
    }
}

uint64_t ebb_hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ at[i]) * 0x100000001b3u;
    }
    return hash;
}

uint64_t ebb_hash_number(uint64_t hash, uint64_t number)
{
    for (int byte = 0; byte < 8; byte++) {
        unsigned char low = (unsigned char)(number >> 8 * byte & 0xff);
        hash = ebb_hash_bytes(hash, &low, 1);
    }
    return hash;
}
