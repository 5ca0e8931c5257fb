/* SPDX-License-Identifier: MIT
 * Small dense systems. Matrices are by rows. */
#ifndef EBB_MATH_LINEAR_H
#define EBB_MATH_LINEAR_H

#include <stddef.h>

/* Factors a symmetric positive definite matrix in place as L L'. `a` is n x n, row
 * major; only its lower triangle is read and written. Returns 0, or EBB_ERR_NUMERIC
 * when a pivot is not positive beyond rounding. */
int ebb_cholesky_factor(double *a, size_t n);

/* Solves L L' x = b in place, with L from ebb_cholesky_factor. */
void ebb_cholesky_solve(const double *l, size_t n, double *b);

/* Factors a, n x n, in place as P L U, with row exchanges: pivots[k] is the row that
 * took the place of row k. A singular matrix leaves infinities or NaN. */
void ebb_lu_factor(double *a, size_t n, size_t *pivots);

/* Solves P L U x = b in place, with a and pivots from ebb_lu_factor. */
void ebb_lu_solve(const double *a, size_t n, const size_t *pivots, double *b);

/* Sign of the determinant of what ebb_lu_factor factored: -1, 1, or 0 when it is
 * singular. */
int ebb_lu_sign(const double *a, size_t n, const size_t *pivots);

#endif
