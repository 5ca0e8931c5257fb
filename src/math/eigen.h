/* SPDX-License-Identifier: MIT
 * Eigenvalues of real matrices. */
#ifndef EBB_MATH_EIGEN_H
#define EBB_MATH_EIGEN_H

#include <stddef.h>

/* All eigenvalues of a, n x n by rows, which is destroyed: re[k] + i im[k], the largest
 * real part first, pairs together with the positive imaginary part first. Their errors
 * are those of a matrix that differs from `a` by rounding relative to its size; double
 * eigenvalues are exact to half the digits only. Returns 0, or EBB_ERR_NUMERIC when the
 * matrix is not finite or the iteration does not end. Cost: about 10 n^3. */
int ebb_eigenvalues(double *a, size_t n, double *re, double *im);

#endif
