/* SPDX-License-Identifier: MIT
 * A sample from a density on the unit cube that is known up to a factor: points from
 * everywhere, brought to it in small steps (docs/maths/calibrate.md). */
#ifndef EBB_STUDY_TEMPERED_H
#define EBB_STUDY_TEMPERED_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"

/* Numbers by chance, one after the other. */
typedef struct ebb_tempered_chance {
    uint64_t seed, next;
    uint32_t world; /* other worlds, other numbers */
} ebb_tempered_chance_t;

double ebb_tempered_uniform(ebb_tempered_chance_t *chance);
double ebb_tempered_normal(ebb_tempered_chance_t *chance);

typedef struct ebb_tempered {
    size_t dims, count; /* of points */
    size_t moves;       /* of each point at each step */
    /* log of the density beside the uniform one; finite, or -infinity */
    double (*log_density)(void *user, const double *at);
    void *user;
    const ebb_alloc_t *alloc;
} ebb_tempered_t;

/* Fills `points`, count x dims, of equal weight. 0, EBB_ERR_MEMORY, or
 * EBB_ERR_NUMERIC where the density is 0 at nearly all points that were tried. */
int ebb_tempered_sample(const ebb_tempered_t *tempered, ebb_tempered_chance_t *chance,
                        double *points, ebb_error_t *error);

/* Means (dims) and covariances (dims x dims) of points. */
void ebb_tempered_moments(const double *points, size_t count, size_t dims, double *mean,
                          double *covariance);

#endif
