/* SPDX-License-Identifier: MIT
 * Cholesky's factorisation, row by row: L_ij = (A_ij - sum_k<j L_ik L_jk) / L_jj. */
#include "math/linear.h"

#include <math.h>

#include "ebb/error.h"

int ebb_cholesky_factor(double *a, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = a + i * n;
        double diagonal = row[i];
        for (size_t j = 0; j < i; j++) {
            const double *other = a + j * n;
            double sum = row[j];
            for (size_t k = 0; k < j; k++) {
                sum -= row[k] * other[k];
            }
            row[j] = sum / other[j];
            row[i] -= row[j] * row[j];
        }
        /* what is left of the pivot must stand out of the rounding of n subtractions */
        if (!(row[i] > diagonal * 1e-15 * (double)n)) {
            return EBB_ERR_NUMERIC;
        }
        row[i] = sqrt(row[i]);
    }
    return EBB_OK;
}

void ebb_cholesky_solve(const double *l, size_t n, double *b)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            b[i] -= l[i * n + k] * b[k];
        }
        b[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        b[i] /= l[i * n + i];
        for (size_t k = 0; k < i; k++) {
            b[k] -= l[i * n + k] * b[i];
        }
    }
}
