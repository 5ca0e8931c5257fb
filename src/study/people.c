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
