/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * Del Moral, Doucet and Jasra (2006): densities p^b with b from 0 to 1, each step as
 * long as half of the points remain in effect; resampled, then moved by Metropolis
 * steps of the points' own covariance, reflected at the walls [eq 606]. */
#include "study/tempered.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/exp_kernel.h"
#include "math/linear.h"
#include "math/random.h"

#define TEMPERED_STEPS 400 /* at most */
#define TEMPERED_DIMS 64

static uint32_t tempered_word(ebb_tempered_chance_t *chance)
{
    uint64_t n = chance->next++;
    ebb_random_block_t block =
        ebb_random_stream(EBB_STREAM_CALIBRATE, chance->seed, chance->world, n / 4, 0);
    const uint32_t words[4] = {block.a, block.b, block.c, block.d};
    return words[n % 4];
}

double ebb_tempered_uniform(ebb_tempered_chance_t *chance)
{
    return ebb_random_uniform(tempered_word(chance));
}

double ebb_tempered_normal(ebb_tempered_chance_t *chance)
{
    return ebb_random_normal(tempered_word(chance));
}

void ebb_tempered_moments(const double *points, size_t count, size_t dims, double *mean,
                          double *covariance)
{
    memset(mean, 0, dims * sizeof *mean);
    memset(covariance, 0, dims * dims * sizeof *covariance);
    for (size_t k = 0; k < count * dims; k++) {
        mean[k % dims] += points[k] / (double)count;
    }
    for (size_t k = 0; k < count; k++) {
        const double *at = points + k * dims;
        for (size_t i = 0; i < dims; i++) {
            for (size_t j = 0; j < dims; j++) {
                covariance[i * dims + j] +=
                    (at[i] - mean[i]) * (at[j] - mean[j]) / (double)count;
            }
        }
    }
}

/* What a run works on. */
typedef struct tempered_run {
    const ebb_tempered_t *t;
    ebb_tempered_chance_t *chance;
    double *points, *others;        /* count x dims */
    double *logs, *other_logs;      /* count: of the density */
    double *mean, *root, *proposal; /* of the moves */
    double power, scale;
} tempered_run_t;

/* --- one step in the power -------------------------------------------------------- */

static double tempered_most(const tempered_run_t *r)
{
    double most = -(double)INFINITY;
    for (size_t k = 0; k < r->t->count; k++) {
        most = r->logs[k] > most ? r->logs[k] : most;
    }
    return most;
}

static double tempered_weight(const tempered_run_t *r, size_t k, double most,
                              double step)
{
    return r->logs[k] > -(double)INFINITY ? ebb_math_exp((r->logs[k] - most) * step)
                                          : 0;
}

/* Effective share of the points after a step. */
static double tempered_share(const tempered_run_t *r, double most, double step)
{
    double sum = 0, squares = 0;
    for (size_t k = 0; k < r->t->count; k++) {
        double weight = tempered_weight(r, k, most, step);
        sum += weight;
        squares += weight * weight;
    }
    return sum * sum / (squares * (double)r->t->count);
}

/* The longest step that leaves half of the points in effect. */
static double tempered_step(const tempered_run_t *r, double most)
{
    double low = 0, high = 1 - r->power;
    if (tempered_share(r, most, high) >= 0.5) {
        return high;
    }
    for (int k = 0; k < 60; k++) {
        double middle = (low + high) / 2;
        if (tempered_share(r, most, middle) >= 0.5) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Systematic: the copies of a point differ from its share by less than one. */
static void tempered_resample(tempered_run_t *r, double most, double step)
{
    size_t n = r->t->count, dims = r->t->dims, from = 0;
    double all = 0, past = 0, first = ebb_tempered_uniform(r->chance);
    for (size_t k = 0; k < n; k++) {
        all += tempered_weight(r, k, most, step);
    }
    past = tempered_weight(r, 0, most, step);
    for (size_t k = 0; k < n; k++) {
        double upto = all * ((double)k + first) / (double)n;
        while (past < upto && from + 1 < n) {
            past += tempered_weight(r, ++from, most, step);
        }
        memcpy(r->others + k * dims, r->points + from * dims, dims * sizeof(double));
        r->other_logs[k] = r->logs[from];
    }
    double *points = r->points, *logs = r->logs;
    r->points = r->others;
    r->others = points;
    r->logs = r->other_logs;
    r->other_logs = logs;
}

/* --- moves ------------------------------------------------------------------------ */

static double tempered_reflected(double x)
{
    x = fabs(x);
    x -= 2 * floor(x / 2);
    return x > 1 ? 2 - x : x;
}

static void tempered_prepare(tempered_run_t *r)
{
    size_t dims = r->t->dims;
    ebb_tempered_moments(r->points, r->t->count, dims, r->mean, r->root);
    for (size_t i = 0; i < dims; i++) {
        r->root[i * dims + i] += 1e-9 * r->root[i * dims + i] + 1e-18;
    }
    if (ebb_cholesky_factor(r->root, dims)) { /* nearly on a line: each by itself */
        ebb_tempered_moments(r->points, r->t->count, dims, r->mean, r->root);
        for (size_t k = 0; k < dims * dims; k++) {
            r->root[k] = k % (dims + 1) == 0 ? sqrt(r->root[k] + 1e-18) : 0;
        }
    }
}

static bool tempered_move(tempered_run_t *r, size_t k)
{
    size_t dims = r->t->dims;
    double *at = r->points + k * dims, normal[TEMPERED_DIMS];
    for (size_t i = 0; i < dims; i++) {
        normal[i] = ebb_tempered_normal(r->chance);
    }
    for (size_t i = 0; i < dims; i++) {
        double x = at[i];
        for (size_t j = 0; j <= i; j++) {
            x += r->scale * r->root[i * dims + j] * normal[j];
        }
        r->proposal[i] = tempered_reflected(x);
    }
    double log = r->t->log_density(r->t->user, r->proposal);
    double ratio = r->power * (log - r->logs[k]);
    bool taken = ebb_tempered_uniform(r->chance) < (ratio >= 0     ? 1
                                                    : ratio > -700 ? ebb_math_exp(ratio)
                                                                   : 0);
    if (taken) {
        memcpy(at, r->proposal, dims * sizeof *at);
        r->logs[k] = log;
    }
    return taken;
}

/* Moves all, and learns how far to go. */
static void tempered_moves(tempered_run_t *r)
{
    tempered_prepare(r);
    for (size_t m = 0; m < r->t->moves; m++) {
        size_t taken = 0;
        for (size_t k = 0; k < r->t->count; k++) {
            taken += tempered_move(r, k);
        }
        double share = (double)taken / (double)r->t->count;
        r->scale *= share < 0.15 ? 0.7 : share > 0.4 ? 1.3 : 1;
    }
}

/* --- all -------------------------------------------------------------------------- */

static int tempered_open(tempered_run_t *r)
{
    const ebb_tempered_t *t = r->t;
    r->points = ebb_new_array(t->alloc, t->count * t->dims, sizeof(double));
    r->others = ebb_new_array(t->alloc, t->count * t->dims, sizeof(double));
    r->logs = ebb_new_array(t->alloc, t->count, sizeof(double));
    r->other_logs = ebb_new_array(t->alloc, t->count, sizeof(double));
    r->mean = ebb_new_array(t->alloc, t->dims, sizeof(double));
    r->root = ebb_new_array(t->alloc, t->dims * t->dims, sizeof(double));
    r->proposal = ebb_new_array(t->alloc, t->dims, sizeof(double));
    return r->points && r->others && r->logs && r->other_logs && r->mean && r->root &&
                   r->proposal
               ? EBB_OK
               : EBB_ERR_MEMORY;
}

static void tempered_close(tempered_run_t *r)
{
    const ebb_tempered_t *t = r->t;
    ebb_free_array(t->alloc, r->points, t->count * t->dims, sizeof(double));
    ebb_free_array(t->alloc, r->others, t->count * t->dims, sizeof(double));
    ebb_free_array(t->alloc, r->logs, t->count, sizeof(double));
    ebb_free_array(t->alloc, r->other_logs, t->count, sizeof(double));
    ebb_free_array(t->alloc, r->mean, t->dims, sizeof(double));
    ebb_free_array(t->alloc, r->root, t->dims * t->dims, sizeof(double));
    ebb_free_array(t->alloc, r->proposal, t->dims, sizeof(double));
}

static int tempered_bring(tempered_run_t *r, ebb_error_t *error)
{
    for (size_t k = 0; k < TEMPERED_STEPS && r->power < 1; k++) {
        double most = tempered_most(r);
        double step = most > -(double)INFINITY ? tempered_step(r, most) : 0;
        if (step <= 0) {
            break;
        }
        tempered_resample(r, most, step);
        r->power = r->power + step >= 1 - 1e-12 ? 1 : r->power + step;
        tempered_moves(r);
    }
    return r->power < 1 ? ebb_fail(error, EBB_ERR_NUMERIC,
                                   "the targets cannot be met together anywhere near "
                                   "the ranges of the parameters; widen them")
                        : EBB_OK;
}

int ebb_tempered_sample(const ebb_tempered_t *tempered, ebb_tempered_chance_t *chance,
                        double *points, ebb_error_t *error)
{
    size_t dims = tempered->dims, n = tempered->count;
    tempered_run_t run = {
        .t = tempered, .chance = chance, .scale = 2.38 / sqrt((double)dims)};
    int code = dims <= TEMPERED_DIMS ? tempered_open(&run) : EBB_ERR_ARGUMENT;
    if (code) {
        tempered_close(&run);
        return ebb_fail(error, code, "%s", ebb_strerror(code));
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < dims; i++) {
            run.points[k * dims + i] = ebb_tempered_uniform(chance);
        }
        run.logs[k] = tempered->log_density(tempered->user, run.points + k * dims);
    }
    code = tempered_bring(&run, error);
    if (!code) {
        memcpy(points, run.points, n * dims * sizeof *points);
    }
    tempered_close(&run);
    return code;
}
