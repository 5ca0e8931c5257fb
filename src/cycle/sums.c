/* SPDX-License-Identifier: MIT
 *
 * The inner loops of the fits, over the columns of a block.
 *
 * With W = diag(mu), A = X'WX. Plainly that is one product for each row and pair of
 * columns, all loads and stores. Here four columns are weighted, w = WX_k, and every
 * tile of 4 x 2 sums is carried through all rows in registers: 6 loads for 16
 * operations. Rows go in vectors of four, whose parts are added at the end; vectors of
 * this width are cut up by the compiler where the machine has shorter ones, so the
 * order of the additions, and so the result, is the same everywhere.
 */
#include "cycle/sums.h"

#include <string.h>

#include "math/elementary.h"
#include "math/exp_kernel.h"

#define WIDE 4 /* columns of a tile on the weighted side ... */
#define HIGH 2 /* ... and on the other */

_Static_assert(EBB_ROW_GROUP % WIDE == 0 && WIDE % HIGH == 0, "tiles fill groups");

typedef double ebb_quad_t __attribute__((vector_size(4 * sizeof(double))));
_Static_assert(EBB_ROW_GROUP == sizeof(ebb_quad_t) / sizeof(double),
               "groups are quads");

static inline double sum_of(const ebb_quad_t *quad)
{
    return ((*quad)[0] + (*quad)[1]) + ((*quad)[2] + (*quad)[3]);
}

/* out_i = x_i . beta + effect */
static inline void block_eta(double *out, const ebb_block_t *block,
                             const ebb_point_t *point)
{
    size_t rows = ebb_in_groups(block->count);
    for (size_t i = 0; i < rows; i++) {
        out[i] = point->effect;
    }
    for (size_t k = 0; k < point->columns; k++) {
        for (size_t i = 0; i < rows; i++) {
            out[i] += block->x[k][i] * point->beta[k];
        }
    }
}

/* Adds a tile: A_kl += sum of weighted_k x_l for k0 <= k < k0 + WIDE and l0 <= l < l0 +
 * HIGH. */
static inline void add_tile(double *a, ebb_column_t *weighted, const ebb_column_t *x,
                            size_t rows)
{
    ebb_quad_t sums[WIDE][HIGH] = {{{0}}};
    for (size_t i = 0; i < rows; i += EBB_ROW_GROUP) {
        ebb_quad_t left, right[HIGH];
        memcpy(&right[0], x[0] + i, sizeof right[0]);
        memcpy(&right[1], x[1] + i, sizeof right[1]);
        for (size_t k = 0; k < WIDE; k++) {
            memcpy(&left, weighted[k] + i, sizeof left);
            sums[k][0] += left * right[0];
            sums[k][1] += left * right[1];
        }
    }
    for (size_t k = 0; k < WIDE; k++) {
        for (size_t l = 0; l < HIGH; l++) {
            a[k * EBB_COLUMNS + l] += sum_of(&sums[k][l]);
        }
    }
}

/* A += X'WX, lower triangle in whole tiles. */
static inline void add_products(double *a, const ebb_block_t *block, const double *mu,
                                size_t columns)
{
    size_t rows = ebb_in_groups(block->count);
    _Alignas(64) ebb_column_t weighted[WIDE];
    for (size_t k = 0; k < columns; k += WIDE) {
        for (size_t j = 0; j < WIDE; j++) {
            for (size_t i = 0; i < rows; i++) {
                weighted[j][i] = mu[i] * block->x[k + j][i];
            }
        }
        for (size_t l = 0; l < k + WIDE; l += HIGH) {
            add_tile(a + k * EBB_COLUMNS + l, weighted, block->x + l, rows);
        }
    }
}

/* u += X'(y - mu) */
static inline void add_gradient(double *u, const ebb_block_t *block,
                                const double *residual, size_t columns)
{
    size_t rows = ebb_in_groups(block->count);
    for (size_t k = 0; k < columns; k++) {
        ebb_quad_t sum = {0};
        for (size_t i = 0; i < rows; i += EBB_ROW_GROUP) {
            ebb_quad_t x, r;
            memcpy(&x, block->x[k] + i, sizeof x);
            memcpy(&r, residual + i, sizeof r);
            sum += x * r;
        }
        u[k] += sum_of(&sum);
    }
}

void ebb_sums_clear(ebb_week_sums_t *sums, size_t columns)
{
    size_t rows = ebb_in_groups(columns); /* those below are never looked at */
    memset(sums->a, 0, rows * EBB_COLUMNS * sizeof sums->a[0]);
    memset(sums->b, 0, sizeof sums->b);
    memset(sums->u, 0, sizeof sums->u);
    sums->d = sums->e = 0;
}

EBB_CLONES double ebb_sums_add(ebb_week_sums_t *sums, const ebb_block_t *block,
                               const ebb_point_t *point)
{
    _Alignas(64) ebb_column_t eta, mu, residual;
    size_t rows = ebb_in_groups(block->count);
    double loglik = 0, events = 0;
    block_eta(eta, block, point);
    for (size_t i = 0; i < rows; i++) {
        mu[i] = ebb_exp_kernel(eta[i]) * block->exposure[i];
    }
    for (size_t i = 0; i < rows; i++) {
        residual[i] = block->y[i] - mu[i];
        loglik += block->y[i] * eta[i] - mu[i];
        events += residual[i];
    }
    sums->e += events;
    add_products(sums->a, block, mu, point->columns);
    add_gradient(sums->u, block, residual, point->columns);
    return loglik;
}
