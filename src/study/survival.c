/* SPDX-License-Identifier: MIT
 * Survival curves out of counts. */
#include "ebb/survival.h"

#include <math.h>

#include "math/bits.h"
#include "math/exp_kernel.h"
#include "math/log_kernel.h"

#define SURVIVAL_975 1.959963984540054

/* [eq 402]: the interval symmetric in log(-log share), which stays between 0 and 1
 * (Kalbfleisch and Prentice): share ^ exp(-+ 1.96 error / (share |log share|)). */
static void survival_interval(ebb_survival_point_t *point)
{
    double log_share = ebb_math_log(point->share);
    double reach =
        ebb_math_exp(SURVIVAL_975 * point->error / (point->share * -log_share));
    point->low = ebb_math_exp(log_share * reach);
    point->high = ebb_math_exp(log_share / reach);
}

void ebb_survival_curve(const ebb_survival_row_t *rows, size_t count,
                        ebb_survival_point_t *points)
{
    /* [eq 401], [eq 402] */
    double share = 1, variance = 0; /* Greenwood's sum of d / (n (n - d)) */
    for (size_t k = 0; k < count; k++) {
        double n = (double)rows[k].at_risk, d = (double)rows[k].ended;
        if (d > 0) {
            share *= (n - d) / n;
            variance += d / (n * (n - d)); /* infinite as the last one ends */
        }
        ebb_survival_point_t *point = &points[k];
        *point = (ebb_survival_point_t){share, share * sqrt(variance), share, share};
        if (share == 0) {
            point->error = point->low = point->high = EBB_NAN;
        } else if (variance > 0) {
            survival_interval(point);
        }
    }
}

void ebb_survival_incidence(const ebb_survival_row_t *rows, size_t count,
                            const uint64_t *ended, size_t stride, double *shares)
{
    double share = 1, incidence = 0; /* [eq 403] */
    for (size_t k = 0; k < count; k++) {
        double n = (double)rows[k].at_risk;
        if (rows[k].ended > 0) {
            incidence += share * ((double)ended[k * stride] / n);
            share *= (n - (double)rows[k].ended) / n;
        }
        shares[k] = incidence;
    }
}

double ebb_survival_median(const ebb_survival_point_t *points, const double *times,
                           size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (points[k].share <= 0.5) {
            return times[k];
        }
    }
    return EBB_NAN;
}
