/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * Least squares with the weights of the evaluations, divided by their variance: that of
 * the simulator's own sampling, which is told, and that of what the polynomial leaves,
 * which is estimated beside [eq 603, 604]. */
#include "study/emulator.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/linear.h"

#define EMULATOR_ROUNDS 4 /* between coefficients and misfit */
#define EMULATOR_RIDGE 1e-10

static size_t emulator_full(size_t dims)
{
    return 1 + dims + dims * (dims + 1) / 2;
}

int ebb_emulator_new(ebb_emulator_t *e, size_t dims, size_t targets, const bool *acts,
                     const ebb_alloc_t *alloc)
{
    size_t terms = emulator_full(dims);
    *e = (ebb_emulator_t){
        .dims = dims, .targets = targets, .acts = acts, .alloc = alloc};
    e->chosen = ebb_new_array(alloc, targets * terms, sizeof(size_t));
    e->counts = ebb_new_array(alloc, targets, sizeof(size_t));
    e->centre = ebb_new_array(alloc, dims, sizeof(double));
    e->width = ebb_new_array(alloc, dims, sizeof(double));
    e->coefficients = ebb_new_array(alloc, targets * terms, sizeof(double));
    e->roots = ebb_new_array(alloc, targets * terms * terms, sizeof(double));
    e->misfit = ebb_new_array(alloc, targets, sizeof(double));
    e->work = ebb_new_array(alloc, 3 * terms, sizeof(double));
    return e->chosen && e->counts && e->centre && e->width && e->coefficients &&
                   e->roots && e->misfit && e->work
               ? EBB_OK
               : EBB_ERR_MEMORY;
}

void ebb_emulator_free(ebb_emulator_t *e)
{
    size_t terms = emulator_full(e->dims), targets = e->targets;
    ebb_free_array(e->alloc, e->centre, e->dims, sizeof(double));
    ebb_free_array(e->alloc, e->width, e->dims, sizeof(double));
    ebb_free_array(e->alloc, e->coefficients, targets * terms, sizeof(double));
    ebb_free_array(e->alloc, e->roots, targets * terms * terms, sizeof(double));
    ebb_free_array(e->alloc, e->misfit, targets, sizeof(double));
    ebb_free_array(e->alloc, e->work, 3 * terms, sizeof(double));
    ebb_free_array(e->alloc, e->chosen, targets * terms, sizeof(size_t));
    ebb_free_array(e->alloc, e->counts, targets, sizeof(size_t));
}

static bool emulator_acts(const ebb_emulator_t *e, size_t target, size_t i)
{
    return !e->acts || e->acts[target * e->dims + i];
}

size_t ebb_emulator_needs(const ebb_emulator_t *e)
{
    size_t most = 0;
    for (size_t k = 0; k < e->targets; k++) {
        size_t dims = 0;
        for (size_t i = 0; i < e->dims; i++) {
            dims += emulator_acts(e, k, i);
        }
        most = dims > most ? dims : most;
    }
    return 2 * emulator_full(most);
}

double ebb_emulator_effective(const double *weights, size_t count)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i];
        squares += weights[i] * weights[i];
    }
    return squares > 0 ? sum * sum / squares : 0;
}

/* The terms of each target: 1, the coordinates it depends on, and of these the squares
 * and products where the fit has them. */
static void emulator_choose(ebb_emulator_t *e)
{
    size_t stride = emulator_full(e->dims);
    for (size_t k = 0; k < e->targets; k++) {
        size_t *chosen = e->chosen + k * stride, count = 0, next = 1 + e->dims;
        chosen[count++] = 0;
        for (size_t i = 0; i < e->dims; i++) {
            if (emulator_acts(e, k, i)) {
                chosen[count++] = 1 + i;
            }
        }
        for (size_t i = 0; i < e->dims && next < e->terms; i++) {
            for (size_t j = i; j < e->dims; j++, next++) {
                if (emulator_acts(e, k, i) && emulator_acts(e, k, j)) {
                    chosen[count++] = next;
                }
            }
        }
        e->counts[k] = count;
    }
}

/* All terms at a place, into the first part of `work`. */
static void emulator_features(const ebb_emulator_t *e, const double *at)
{
    double *row = e->work;
    size_t next = 1 + e->dims;
    row[0] = 1;
    for (size_t i = 0; i < e->dims; i++) {
        row[1 + i] = (at[i] - e->centre[i]) / e->width[i];
    }
    for (size_t i = 0; i < e->dims && next < e->terms; i++) {
        for (size_t j = i; j < e->dims; j++) {
            row[next++] = row[1 + i] * row[1 + j];
        }
    }
}

/* Those of a target, into the second part. */
static const double *emulator_row(const ebb_emulator_t *e, size_t target)
{
    size_t stride = emulator_full(e->dims);
    const size_t *chosen = e->chosen + target * stride;
    double *row = e->work + stride;
    for (size_t i = 0; i < e->counts[target]; i++) {
        row[i] = e->work[chosen[i]];
    }
    return row;
}

/* Where a target's coefficients and its root begin. */
static double *emulator_coefficients(const ebb_emulator_t *e, size_t target)
{
    return e->coefficients + target * emulator_full(e->dims);
}

static double *emulator_root(const ebb_emulator_t *e, size_t target)
{
    size_t stride = emulator_full(e->dims);
    return e->roots + target * stride * stride;
}

static double emulator_value(const double *coefficients, const double *row, size_t n)
{
    double value = 0;
    for (size_t i = 0; i < n; i++) {
        value += coefficients[i] * row[i];
    }
    return value;
}

/* --- fit -------------------------------------------------------------------------- */

/* One target's column of the data. */
typedef struct emulator_column {
    const ebb_emulator_data_t *data;
    size_t target, targets;
} emulator_column_t;

static double column_value(const emulator_column_t *c, size_t i)
{
    return c->data->values[i * c->targets + c->target];
}

static double column_variance(const emulator_column_t *c, size_t i)
{
    double error = c->data->errors[i * c->targets + c->target];
    return error * error;
}

/* Weight of an evaluation; 0 where the target could not be told. */
static double column_weight(const emulator_column_t *c, size_t i)
{
    return isfinite(column_value(c, i)) && isfinite(column_variance(c, i))
               ? c->data->weights[i]
               : 0;
}

/* Mean of the sampling variances, by weight. Each evaluation's own is not used: shares
 * that came out low by chance have small ones, and would count more. */
static double column_own(const emulator_column_t *c)
{
    double sum = 0, own = 0;
    for (size_t i = 0; i < c->data->count; i++) {
        double weight = column_weight(c, i);
        own += weight > 0 ? weight * column_variance(c, i) : 0;
        sum += weight;
    }
    return own / sum;
}

/* Variance of the values, by weight: what is to be explained. */
static double column_spread(const emulator_column_t *c)
{
    double sum = 0, mean = 0, squares = 0;
    for (size_t i = 0; i < c->data->count; i++) {
        double weight = column_weight(c, i);
        if (weight > 0) {
            double off = column_value(c, i) - mean;
            sum += weight;
            mean += off * weight / sum;
            squares += weight * off * (column_value(c, i) - mean);
        }
    }
    return sum > 0 ? squares / sum : (double)NAN;
}

/* Adds one row to the lower triangle of the normal equations. */
static void emulator_add(double *a, double *b, const double *row, size_t n, double w,
                         double value)
{
    for (size_t i = 0; i < n; i++) {
        b[i] += w * row[i] * value;
        for (size_t j = 0; j <= i; j++) {
            a[i * n + j] += w * row[i] * row[j];
        }
    }
}

static int emulator_solve(ebb_emulator_t *e, const emulator_column_t *c,
                          double variance)
{
    size_t n = e->counts[c->target];
    double *a = emulator_root(e, c->target), *b = emulator_coefficients(e, c->target);
    memset(a, 0, n * n * sizeof *a);
    memset(b, 0, n * sizeof *b);
    for (size_t i = 0; i < c->data->count; i++) {
        double weight = column_weight(c, i);
        if (weight > 0) {
            emulator_features(e, c->data->at + i * e->dims);
            emulator_add(a, b, emulator_row(e, c->target), n, weight / variance,
                         column_value(c, i));
        }
    }
    for (size_t i = 0; i < n; i++) {
        a[i * n + i] += EMULATOR_RIDGE * a[0];
    }
    int code = ebb_cholesky_factor(a, n);
    if (!code) {
        ebb_cholesky_solve(a, n, b);
    }
    return code;
}

/* Mean square of the residuals beyond sampling error, for the terms spent. */
static double emulator_left(ebb_emulator_t *e, const emulator_column_t *c, double own)
{
    size_t n = e->counts[c->target];
    double sum = 0, squares = 0, weights = 0;
    for (size_t i = 0; i < c->data->count; i++) {
        double weight = column_weight(c, i);
        if (weight > 0) {
            emulator_features(e, c->data->at + i * e->dims);
            double off =
                column_value(c, i) - emulator_value(emulator_coefficients(e, c->target),
                                                    emulator_row(e, c->target), n);
            sum += weight * off * off;
            weights += weight;
            squares += weight * weight;
        }
    }
    double effective = weights * weights / squares, spare = effective - (double)n;
    sum *= effective / (spare > 1 ? spare : 1);
    double left = sum / weights - own;
    return left > 0 ? left : 0;
}

static int emulator_fit_one(ebb_emulator_t *e, const emulator_column_t *c)
{
    double spread = column_spread(c), own = column_own(c), left = spread;
    if (!isfinite(spread)) {
        return EBB_ERR_NUMERIC;
    }
    double least = 1e-14 * spread + 1e-200; /* where there is no error at all */
    for (size_t k = 0; k < EMULATOR_ROUNDS; k++) {
        int code = emulator_solve(e, c, own + left + least);
        if (code) {
            return code;
        }
        left = emulator_left(e, c, own);
    }
    e->misfit[c->target] = left;
    return EBB_OK;
}

int ebb_emulator_fit(ebb_emulator_t *e, const ebb_emulator_data_t *data,
                     ebb_error_t *error)
{
    double effective = ebb_emulator_effective(data->weights, data->count);
    bool full = effective >= (double)ebb_emulator_needs(e);
    e->terms = full ? emulator_full(e->dims) : 1 + e->dims;
    emulator_choose(e);
    for (size_t k = 0; k < e->targets; k++) {
        const emulator_column_t column = {data, k, e->targets};
        if (emulator_fit_one(e, &column)) {
            return ebb_fail(error, EBB_ERR_NUMERIC,
                            "target %zu cannot be fitted: too few evaluations told it; "
                            "ask for more evaluations",
                            k + 1);
        }
    }
    return EBB_OK;
}

/* --- use -------------------------------------------------------------------------- */

/* |L^-1 row|^2: the variance of a fit, L L' being its precision. */
static double emulator_variance(const double *root, const double *row, size_t n,
                                double *work)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double x = row[i];
        for (size_t j = 0; j < i; j++) {
            x -= root[i * n + j] * work[j];
        }
        work[i] = x / root[i * n + i];
        sum += work[i] * work[i];
    }
    return sum;
}

void ebb_emulator_at(const ebb_emulator_t *e, const double *at, double *mean,
                     double *variance)
{
    double *work = e->work + 2 * emulator_full(e->dims);
    emulator_features(e, at);
    for (size_t k = 0; k < e->targets; k++) {
        const double *row = emulator_row(e, k);
        mean[k] = emulator_value(emulator_coefficients(e, k), row, e->counts[k]);
        variance[k] = e->misfit[k] +
                      emulator_variance(emulator_root(e, k), row, e->counts[k], work);
    }
}
