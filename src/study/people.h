/* SPDX-License-Identifier: MIT
 * Who the partners of a couple are: the one place that draws them. */
#ifndef EBB_STUDY_PEOPLE_H
#define EBB_STUDY_PEOPLE_H

#include <stddef.h>
#include <stdint.h>

#include "lang/population.h"

/* How people differ in two traits, as z-scores, and that partners are drawn apart. */
typedef struct ebb_people {
    uint64_t seed;
    double correlation; /* of the two traits of one person */
} ebb_people_t;

#define EBB_PEOPLE_WORDS "independently of each other"

/* z-scores of the couples [begin, end): four numbers each, of the one partner and then
 * of the other. A function of seed and couple. */
void ebb_people_draw(const ebb_people_t *people, uint64_t begin, uint64_t end,
                     double *scores);

/* Gives a couple its four scores, as the traits that a plan says. */
void ebb_people_give(const ebb_population_plan_t *plan, const double *scores,
                     double *traits);

/* FNV-1a of bytes, and of a number as the same eight bytes on any machine, onto a hash.
 */
#define EBB_HASH_BEGIN 0xcbf29ce484222325u
uint64_t ebb_hash_bytes(uint64_t hash, const void *bytes, size_t length);
uint64_t ebb_hash_number(uint64_t hash, uint64_t number);

#endif
