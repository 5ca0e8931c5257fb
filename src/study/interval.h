/* SPDX-License-Identifier: MIT
 * How sure a mean or a share over couples is: intervals of 95 %. */
#ifndef EBB_STUDY_INTERVAL_H
#define EBB_STUDY_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>

#include "ebb/claim.h"

typedef struct ebb_span {
    double low, high;
} ebb_span_t;

/* The t with P(|T| <= t) = 0.95 for `df` >= 1 degrees of freedom, a whole number;
 * within 1e-9, from 400 on within 1e-7. */
double ebb_student_of(size_t df);

/* Student's, for the mean of n numbers; without bounds for n < 2. */
ebb_span_t ebb_interval_student(const double *numbers, size_t n);

/* Agresti and Min's (2005), for the mean of n numbers that are 1, 0 or -1. */
ebb_span_t ebb_interval_paired(const double *numbers, size_t n);

/* Whether an interval of a difference lies wholly on the side that is named. */
bool ebb_interval_holds(ebb_relation_t relation, ebb_span_t span);

/* Wilson's (1927), for the share `kept` of n. */
ebb_span_t ebb_interval_wilson(size_t kept, size_t n);

/* A number over draws of parameters (docs/maths/figures.md, eq 502): of each draw its
 * value and standard error; draws without a finite one do not count. */
typedef struct ebb_interval_draws {
    size_t draws; /* that count so far */
    double mean, squares, chance;
} ebb_interval_draws_t;

void ebb_interval_draw(ebb_interval_draws_t *over, double value, double error);

/* Without bounds where fewer than two, or less than half of `of`, count. */
ebb_span_t ebb_interval_over(const ebb_interval_draws_t *over, size_t of);

#endif
