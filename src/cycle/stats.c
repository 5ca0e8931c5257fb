/* SPDX-License-Identifier: MIT
 * Medians and shares with intervals. */
#include "cycle/stats.h"

#include <math.h>
#include <stdlib.h>

#include "math/elementary.h"

#define FEWEST_WEEKS 4 /* of a share's interval: Student's t with three degrees */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double ebb_quantile(double *values, size_t n, double part)
{
    if (n == 0) {
        return (double)NAN;
    }
    qsort(values, n, sizeof *values, by_value);
    double place = part * (double)(n - 1);
    size_t i = (size_t)place;
    double next = i + 1 < n ? values[i + 1] : values[i];
    return values[i] + (place - (double)i) * (next - values[i]);
}

/* The largest k with P(Binomial(n, 1/2) < k) <= 2.5 %: the interval is the k-th value
 * from each end (k counted from 1; 0: no interval). */
static size_t median_rank(size_t n)
{
    if (n > 400) {
        double k = 0.5 * (double)n - 0.98 * sqrt((double)n);
        return (size_t)k;
    }
    double term = ldexp(1, -(int)n), sum = 0;
    for (size_t k = 0; k <= n / 2; k++) {
        sum += term;
        if (sum > 0.025) {
            return k;
        }
        term *= (double)(n - k) / (double)(k + 1);
    }
    return n / 2;
}

ebb_estimate_t ebb_median(double *values, size_t n)
{
    ebb_estimate_t e = {ebb_quantile(values, n, 0.5), (double)NAN, (double)NAN};
    size_t rank = median_rank(n);
    if (rank > 0) {
        e.low = values[rank - 1];
        e.high = values[n - rank];
    }
    return e;
}

/* log odds with half a count added to both, so that 0 and n are finite */
static double logit(double a, double b)
{
    return log((a + 0.5) / (b + 0.5));
}

static double from_logit(double x)
{
    return 1 / (1 + ebb_exp(-x));
}

ebb_estimate_t ebb_share(const uint32_t (*by_week)[2], size_t weeks)
{
    double a = 0, b = 0, g = 0, squares = 0;
    for (size_t i = 0; i < weeks; i++) {
        a += by_week[i][0];
        b += by_week[i][1];
        g += by_week[i][0] || by_week[i][1];
    }
    ebb_estimate_t e = {(double)NAN, (double)NAN, (double)NAN};
    if (a + b > 0) {
        e.value = a / (a + b);
    }
    if (g < FEWEST_WEEKS) {
        return e;
    }
    double centre = logit(a, b);
    for (size_t i = 0; i < weeks; i++) {
        double left_out = logit(a - by_week[i][0], b - by_week[i][1]);
        squares += (left_out - centre) * (left_out - centre);
    }
    /* independent events have variance 1/a + 1/b; clusters can only add to it */
    double least = 1 / (a + 0.5) + 1 / (b + 0.5);
    double variance = squares * (g - 1) / g;
    double half = ebb_t_975(g - 1) * sqrt(variance < least ? least : variance);
    /* the halves pull the centre inwards: an interval still holds the share itself */
    e.low = fmin(from_logit(centre - half), e.value);
    e.high = fmax(from_logit(centre + half), e.value);
    return e;
}
