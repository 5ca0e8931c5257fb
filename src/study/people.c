/* SPDX-License-Identifier: MIT
 * Partners drawn independently of each other, or out of a market. */
#include "study/people.h"

#include <math.h>

#include "math/random.h"

/* A block of draws of its own, far from those of noise, events and spreads. */
#define PEOPLE_BLOCK 0x50000000u

const char *ebb_people_words(const ebb_population_plan_t *plan)
{
    return !plan->people_count      ? ""
           : !plan->partners.market ? "independently of each other"
           : plan->partners.usual   ? "out of a mating market"
                                    : "out of a mating market that the file changes";
}

static void people_apart(const ebb_people_t *people, uint64_t begin, uint64_t end,
                         double *scores)
{
    double r = people->plan->correlation, rest = sqrt((1 - r) * (1 + r));
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

static int people_market(const ebb_people_t *people, uint64_t begin, uint64_t end,
                         double *scores, ebb_error_t *error)
{
    const ebb_partners_t *partners = &people->plan->partners;
    const ebb_pair_settings_t settings = {.seed = people->seed,
                                          .without = partners->without,
                                          .numbers = &partners->numbers,
                                          .alloc = people->alloc};
    double anxiety[2][EBB_PAIR_MARKET], avoidance[2][EBB_PAIR_MARKET];
    const ebb_pair_couples_t couples = {.anxiety = {anxiety[0], anxiety[1]},
                                        .avoidance = {avoidance[0], avoidance[1]}};
    int code = EBB_OK;
    for (uint64_t first = begin, last; first < end && !code; first = last) {
        last = (first / EBB_PAIR_MARKET + 1) * EBB_PAIR_MARKET;
        last = last < end ? last : end;
        code = ebb_pair_draw(&settings, first, last, &couples, error);
        for (size_t i = 0; i < last - first && !code; i++, scores += 4) {
            for (size_t p = 0; p < 2; p++) {
                scores[2 * p + partners->anxiety] = anxiety[p][i];
                scores[2 * p + 1 - partners->anxiety] = avoidance[p][i];
            }
        }
    }
    return code;
}

int ebb_people_draw(const ebb_people_t *people, uint64_t begin, uint64_t end,
                    double *scores, ebb_error_t *error)
{
    if (people->plan->partners.market) {
        return people_market(people, begin, end, scores, error);
    }
    people_apart(people, begin, end, scores);
    return EBB_OK;
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
