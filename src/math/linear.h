/* SPDX-License-Identifier: MIT
 * Small dense symmetric systems. */
#ifndef EBB_MATH_LINEAR_H
#define EBB_MATH_LINEAR_H

#include <stddef.h>

/* Factors a symmetric positive definite matrix in place as L L'. `a` is n x n, row
 * major; only its lower triangle is read and written. Returns 0, or EBB_ERR_NUMERIC
 * when a pivot is not positive beyond rounding. */
int ebb_cholesky_factor(double *a, size_t n);

/* Solves L L' x = b in place, with L from ebb_cholesky_factor. */
void ebb_cholesky_solve(const double *l, size_t n, double *b);

#endif
