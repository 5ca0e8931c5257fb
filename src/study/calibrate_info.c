/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * What a calibration that is done says of its parameters [eq 608, 609, 610], of its
 * targets [eq 611] and of its sample [eq 607].
 */
#include <math.h>
#include <stdlib.h>

#include "study/calibrate.h"

#define INFO_PRIOR_SD 0.28867513459481287 /* of a uniform number from 0 to 1 */

const double *ebb_calibration_draws(const ebb_calibration_t *c, size_t *count)
{
    *count = c->settings.draws;
    return ebb_calibrate_done(c) ? c->draws : NULL;
}

/* --- numbers of a sample ---------------------------------------------------------- */

static int info_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median and the middle 95 % of a column. */
typedef struct info_middle {
    double median, low, high;
} info_middle_t;

static double info_quantile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t below = (size_t)at;
    double part = at - (double)below;
    return below + 1 < n ? sorted[below] + part * (sorted[below + 1] - sorted[below])
                         : sorted[n - 1];
}

static info_middle_t info_middle(const ebb_calibration_t *c, const double *rows,
                                 size_t columns, size_t column)
{
    size_t n = c->settings.draws;
    double *sorted = c->column;
    for (size_t k = 0; k < n; k++) {
        sorted[k] = rows[k * columns + column];
    }
    qsort(sorted, n, sizeof *sorted, info_order);
    return (info_middle_t){info_quantile(sorted, n, 0.5),
                           info_quantile(sorted, n, 0.025),
                           info_quantile(sorted, n, 0.975)};
}

/* Mean of a coordinate, and its covariance with another, over draws [from, to). */
static double info_mean(const ebb_calibration_t *c, size_t i, size_t from, size_t to)
{
    double sum = 0;
    for (size_t k = from; k < to; k++) {
        sum += c->sample[k * c->settings.param_count + i];
    }
    return sum / (double)(to - from);
}

static double info_covariance(const ebb_calibration_t *c, size_t i, size_t j)
{
    size_t n = c->settings.draws, dims = c->settings.param_count;
    double mi = info_mean(c, i, 0, n), mj = info_mean(c, j, 0, n), sum = 0;
    for (size_t k = 0; k < n; k++) {
        sum += (c->sample[k * dims + i] - mi) * (c->sample[k * dims + j] - mj);
    }
    return sum / (double)(n - 1);
}

/* --- parameters ------------------------------------------------------------------- */

/* The other parameter with which one hangs together most. */
static void info_together(const ebb_calibration_t *c, size_t param,
                          ebb_calibrate_param_info_t *info)
{
    double own = info_covariance(c, param, param);
    info->together = param;
    info->r = 0;
    for (size_t j = 0; j < c->settings.param_count; j++) {
        double both = own * info_covariance(c, j, j);
        double r =
            j != param && both > 0 ? info_covariance(c, param, j) / sqrt(both) : 0;
        if (fabs(r) > EBB_CALIBRATE_TOGETHER && fabs(r) > fabs(info->r)) {
            info->together = j;
            info->r = r;
        }
    }
}

ebb_calibrate_param_info_t ebb_calibration_param(const ebb_calibration_t *c,
                                                 size_t param)
{
    info_middle_t middle = info_middle(c, c->draws, c->settings.param_count, param);
    ebb_calibrate_param_info_t info = {
        .median = middle.median, .low = middle.low, .high = middle.high};
    info.mean = info_mean(c, param, 0, c->settings.draws);
    info.sd = sqrt(info_covariance(c, param, param));
    info.narrower = INFO_PRIOR_SD / info.sd;
    info_together(c, param, &info);
    info.identified = info.narrower > EBB_CALIBRATE_NARROWER && info.together == param;
    return info;
}

/* --- targets ---------------------------------------------------------------------- */

/* The last round's simulations beside the polynomial there, which had not seen them. */
static void info_look(const ebb_calibration_t *c, size_t target,
                      ebb_calibrate_target_info_t *info)
{
    size_t targets = c->settings.target_count, dims = c->settings.param_count;
    size_t first = c->told - c->asked;
    double n = 0, mean = 0, squares = 0;
    for (size_t k = first; k < c->told; k++) {
        double value = c->values[k * targets + target];
        if (isfinite(value)) {
            ebb_emulator_at(&c->emulator, c->places + k * dims, c->figure, c->variance);
            double apart = value - c->figure[target], off = apart - mean;
            n++;
            mean += off / n;
            squares += off * (apart - mean);
            info->simulated += (value - info->simulated) / n;
            info->emulated += (c->figure[target] - info->emulated) / n;
        }
    }
    const ebb_calibrate_target_t *of = &c->settings.targets[target];
    double above = info->emulated + (n > 1 ? sqrt(squares / (n - 1) / n) : (double)NAN);
    info->simulated = ebb_calibrate_unscaled(of, info->simulated);
    info->emulated = ebb_calibrate_unscaled(of, info->emulated);
    info->error = ebb_calibrate_unscaled(of, above) - info->emulated;
}

ebb_calibrate_target_info_t ebb_calibration_target(const ebb_calibration_t *c,
                                                   size_t target)
{
    const ebb_calibrate_target_t *of = &c->settings.targets[target];
    info_middle_t middle = info_middle(c, c->figures, c->settings.target_count, target);
    ebb_calibrate_target_info_t info = {
        .median = middle.median, .low = middle.low, .high = middle.high};
    info.misfit = sqrt(c->emulator.misfit[target]);
    info.met = of->low <= info.median && info.median <= of->high;
    info_look(c, target, &info);
    return info;
}

/* --- the sample ------------------------------------------------------------------- */

double ebb_calibration_effective(const ebb_calibration_t *c)
{
    size_t n = c->settings.draws, dims = c->settings.param_count;
    size_t islands = EBB_CALIBRATE_ISLANDS, each = n / islands;
    double lost = 0; /* variance of a mean in variances of a draw, summed */
    for (size_t i = 0; i < dims; i++) {
        double all = info_mean(c, i, 0, n), between = 0;
        for (size_t k = 0; k < islands; k++) {
            double off = info_mean(c, i, k * each, (k + 1) * each) - all;
            between += off * off / (double)(islands - 1);
        }
        lost += between / (double)islands / info_covariance(c, i, i);
    }
    double effective = lost > 0 ? (double)dims / lost : (double)n;
    return effective < (double)n ? effective : (double)n;
}
