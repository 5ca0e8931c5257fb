/* SPDX-License-Identifier: MIT
 * Poisson regression the plain way, to hold the library's against: every week's effect
 * is a column of its own, the Hessian is dense, the equations are solved by
 * elimination. */
#ifndef EBB_TESTS_DENSE_H
#define EBB_TESTS_DENSE_H

#include <math.h>
#include <string.h>

#include "cycle/design.h"

#define DENSE_ROWS 6000
#define DENSE_WEEKS 48
#define DENSE_SIZE (EBB_COLUMNS + DENSE_WEEKS)

typedef struct dense {
    size_t rows, columns, weeks;
    double x[DENSE_ROWS][EBB_COLUMNS], exposure[DENSE_ROWS], y[DENSE_ROWS];
    size_t week[DENSE_ROWS];
    double penalty[EBB_COLUMNS];
    double tau2;                 /* 0: no frailty */
    size_t without;              /* this week's rows do not count */
    double solution[DENSE_SIZE]; /* beta, then the effects */
} dense_t;

/* Copies the rows of a design. */
static inline void dense_take(dense_t *dense, const ebb_design_t *design)
{
    ebb_block_t block;
    *dense = (dense_t){.columns = design->columns,
                       .weeks = design->cells->weeks,
                       .without = (size_t)-1};
    memcpy(dense->penalty, design->penalty, sizeof dense->penalty);
    for (size_t week = 0; week < dense->weeks; week++) {
        for (size_t row = design->week_begin[week]; row < design->week_begin[week + 1];
             row += block.count) {
            ebb_design_block(design, week, row, &block);
            for (size_t i = 0; i < block.count; i++) {
                size_t at = dense->rows++;
                for (size_t k = 0; k < dense->columns; k++) {
                    dense->x[at][k] = block.x[k][i];
                }
                dense->exposure[at] = block.exposure[i];
                dense->y[at] = block.y[i];
                dense->week[at] = week;
            }
        }
    }
}

/* The penalised log likelihood at `at`, its gradient and minus its Hessian. */
static inline double dense_sums(const dense_t *dense, const double *at,
                                double *gradient,
                                double hessian[DENSE_SIZE][DENSE_SIZE])
{
    size_t p = dense->columns, size = p + dense->weeks;
    double objective = 0;
    memset(gradient, 0, DENSE_SIZE * sizeof *gradient);
    memset(hessian, 0, DENSE_SIZE * sizeof *hessian);
    for (size_t i = 0; i < dense->rows; i++) {
        size_t w = p + dense->week[i];
        if (dense->week[i] == dense->without) {
            continue;
        }
        double eta = dense->tau2 > 0 ? at[w] : 0;
        for (size_t k = 0; k < p; k++) {
            eta += dense->x[i][k] * at[k];
        }
        double mu = dense->exposure[i] * exp(eta), residual = dense->y[i] - mu;
        objective += dense->y[i] * eta - mu;
        gradient[w] += residual;
        hessian[w][w] += mu;
        for (size_t k = 0; k < p; k++) {
            double weight = mu * dense->x[i][k];
            gradient[k] += residual * dense->x[i][k];
            hessian[w][k] += weight;
            hessian[k][w] += weight;
            for (size_t l = 0; weight != 0 && l < p; l++) {
                hessian[k][l] += weight * dense->x[i][l];
            }
        }
    }
    for (size_t k = 0; k < size; k++) {
        double penalty = k < p             ? dense->penalty[k]
                         : dense->tau2 > 0 ? 1 / dense->tau2
                                           : 0;
        objective -= penalty * at[k] * at[k] / 2;
        gradient[k] -= penalty * at[k];
        hessian[k][k] += penalty;
        if (k >= p && !(dense->tau2 > 0)) { /* no such column */
            memset(hessian[k], 0, sizeof hessian[k]);
            for (size_t l = 0; l < size; l++) {
                hessian[l][k] = 0;
            }
            hessian[k][k] = 1;
            gradient[k] = 0;
        }
    }
    return objective;
}

/* Gauss's elimination with the largest pivot; b becomes the solution. */
static inline void dense_eliminate(double a[DENSE_SIZE][DENSE_SIZE], double *b,
                                   size_t n)
{
    for (size_t k = 0; k < n; k++) {
        size_t pivot = k;
        for (size_t i = k + 1; i < n; i++) {
            pivot = fabs(a[i][k]) > fabs(a[pivot][k]) ? i : pivot;
        }
        for (size_t l = 0; l < n; l++) {
            double swap = a[k][l];
            a[k][l] = a[pivot][l];
            a[pivot][l] = swap;
        }
        double swap = b[k];
        b[k] = b[pivot];
        b[pivot] = swap;
        for (size_t i = k + 1; i < n; i++) {
            double part = a[i][k] / a[k][k];
            for (size_t l = k; part != 0 && l < n; l++) {
                a[i][l] -= part * a[k][l];
            }
            b[i] -= part * b[k];
        }
    }
    for (size_t k = n; k-- > 0;) {
        for (size_t l = k + 1; l < n; l++) {
            b[k] -= a[k][l] * b[l];
        }
        b[k] /= a[k][k];
    }
}

/* Newton's method from the present solution; returns whether it settled to 1e-10. */
static inline int dense_solve(dense_t *dense)
{
    static double hessian[DENSE_SIZE][DENSE_SIZE];
    double step[DENSE_SIZE], unused[DENSE_SIZE], next[DENSE_SIZE];
    size_t size = dense->columns + dense->weeks;
    for (int i = 0; i < 100; i++) {
        double before = dense_sums(dense, dense->solution, step, hessian), longest = 0;
        dense_eliminate(hessian, step, size);
        for (size_t k = 0; k < size; k++) {
            longest = fabs(step[k]) > longest ? fabs(step[k]) : longest;
        }
        for (double part = 1; part > 1e-6; part /= 2) {
            for (size_t k = 0; k < size; k++) {
                next[k] = dense->solution[k] + part * step[k];
            }
            if (longest < 1e-4 || dense_sums(dense, next, unused, hessian) >= before) {
                break;
            }
        }
        memcpy(dense->solution, next, size * sizeof *next);
        if (longest < 1e-10) {
            return 1;
        }
    }
    return 0;
}

#endif
