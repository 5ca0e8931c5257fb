/* SPDX-License-Identifier: MIT
 * Cholesky's factorisation, row by row: L_ij = (A_ij - sum_k<j L_ik L_jk) / L_jj; and
 * Gauss's with row exchanges. */
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

/* --- Gauss ------------------------------------------------------------------------ */

static void lu_exchange(double *a, size_t n, size_t i, size_t k)
{
    for (size_t j = 0; j < n && i != k; j++) {
        double kept = a[k * n + j];
        a[k * n + j] = a[i * n + j];
        a[i * n + j] = kept;
    }
}

void ebb_lu_factor(double *a, size_t n, size_t *pivots)
{
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++) {
            double x = a[i * n + k], y = a[best * n + k];
            best = x * x > y * y ? i : best;
        }
        pivots[k] = best;
        lu_exchange(a, n, best, k);
        for (size_t i = k + 1; i < n; i++) {
            double by = a[i * n + k] / a[k * n + k];
            a[i * n + k] = by;
            for (size_t j = k + 1; j < n && by != 0; j++) {
                a[i * n + j] -= by * a[k * n + j];
            }
        }
    }
}

void ebb_lu_solve(const double *a, size_t n, const size_t *pivots, double *b)
{
    for (size_t k = 0; k < n; k++) {
        double kept = b[k];
        b[k] = b[pivots[k]];
        b[pivots[k]] = kept;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            b[i] -= a[i * n + j] * b[j];
        }
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++) {
            b[i] -= a[i * n + j] * b[j];
        }
        b[i] /= a[i * n + i];
    }
}

int ebb_lu_sign(const double *a, size_t n, const size_t *pivots)
{
    int sign = 1;
    for (size_t k = 0; k < n; k++) {
        double pivot = a[k * n + k];
        sign = pivots[k] != k ? -sign : sign;
        sign = pivot < 0 ? -sign : pivot > 0 ? sign : 0;
    }
    return sign;
}
