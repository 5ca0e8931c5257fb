/* SPDX-License-Identifier: MIT
 * Who the partners of a couple are: the one place that draws them. */
#ifndef EBB_STUDY_PEOPLE_H
#define EBB_STUDY_PEOPLE_H

#include <stddef.h>
#include <stdint.h>

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

#endif
