/* SPDX-License-Identifier: MIT
 * Who the partners of a couple are: the one place that draws them. */
#ifndef EBB_STUDY_PEOPLE_H
#define EBB_STUDY_PEOPLE_H

#include <stddef.h>
#include <stdint.h>

#include "lang/population.h"

/* People who differ as a plan says. */
typedef struct ebb_people {
    const ebb_population_plan_t *plan;
    const ebb_alloc_t *alloc;
    uint64_t seed;
} ebb_people_t;

/* How partners are drawn, in words; "" where people do not differ. */
const char *ebb_people_words(const ebb_population_plan_t *plan);

/* z-scores of the couples [begin, end): four numbers each, of the one partner and then
 * of the other, in the order of the plan's traits. A function of seed and couple. 0, or
 * an error of ebb_pair_draw. */
int ebb_people_draw(const ebb_people_t *people, uint64_t begin, uint64_t end,
                    double *scores, ebb_error_t *error);

/* Gives a couple its four scores, as the traits that a plan says. */
void ebb_people_give(const ebb_population_plan_t *plan, const double *scores,
                     double *traits);

/* FNV-1a of bytes, and of a number as the same eight bytes on any machine, onto a hash.
 */
#define EBB_HASH_BEGIN 0xcbf29ce484222325u
uint64_t ebb_hash_bytes(uint64_t hash, const void *bytes, size_t length);
uint64_t ebb_hash_number(uint64_t hash, uint64_t number);

#endif
