/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page does it. */
#include "study/moods.h"

#include <math.h>

#include "math/log_kernel.h"

#define MOODS_LOG_10 2.302585092994046

/* Takes the straight line that fits best out of a series. */
static void moods_detrend(double *x, size_t count)
{
    double mean = 0, slope = 0, spread = 0, middle = (double)(count - 1) / 2;
    for (size_t t = 0; t < count; t++) {
        mean += x[t] / (double)count;
    }
    for (size_t t = 0; t < count; t++) {
        slope += ((double)t - middle) * (x[t] - mean);
        spread += ((double)t - middle) * ((double)t - middle);
    }
    for (size_t t = 0; t < count; t++) {
        x[t] -= mean + slope / spread * ((double)t - middle);
    }
}

/* Sum of x(t + lag) y(t) over the times that both have. */
static double moods_product(const double *x, const double *y, size_t count,
                            ptrdiff_t lag)
{
    ptrdiff_t begin = lag < 0 ? -lag : 0;
    ptrdiff_t end = (ptrdiff_t)count - (lag > 0 ? lag : 0);
    double sum = 0;
    for (ptrdiff_t t = begin; t < end; t++) {
        sum += x[t + lag] * y[t];
    }
    return sum;
}

/* The lag of the greatest correlation, either way up to 10 log10(count/2); not 0. */
ptrdiff_t ebb_moods_lag(const double *x, const double *y, size_t count)
{
    ptrdiff_t most = (ptrdiff_t)(10 / MOODS_LOG_10 * ebb_math_log((double)count / 2)),
              best = 1;
    double highest = -1;
    for (ptrdiff_t lag = -most; lag <= most; lag++) {
        double size = fabs(moods_product(x, y, count, lag));
        if (size > highest) {
            highest = size;
            best = lag ? lag : 1;
        }
    }
    return best;
}

/* What is left of the variance of y, in sums of squares, after lines through x alone,
 * z alone, and both; and all of it. Each with a constant. */
typedef struct moods_left {
    double all, own, partner, both;
} moods_left_t;

static moods_left_t moods_fit(const double *y, const double *x, const double *z,
                              size_t count)
{
    double n = (double)count, my = 0, mx = 0, mz = 0;
    for (size_t t = 0; t < count; t++) {
        my += y[t] / n;
        mx += x[t] / n;
        mz += z[t] / n;
    }
    double yy = 0, xx = 0, zz = 0, yx = 0, yz = 0, xz = 0;
    for (size_t t = 0; t < count; t++) {
        double a = y[t] - my, b = x[t] - mx, c = z[t] - mz;
        yy += a * a;
        xx += b * b;
        zz += c * c;
        yx += a * b;
        yz += a * c;
        xz += b * c;
    }
    double determinant = xx * zz - xz * xz;
    double both = (yx * yx * zz - 2 * yx * yz * xz + yz * yz * xx) / determinant;
    return (moods_left_t){yy + n * my * my, yy - yx * yx / xx, yy - yz * yz / zz,
                          yy - both};
}

/* The three shares of one talk. The series are detrended in place. */
ebb_moods_t ebb_moods_shares(double *a, double *b, size_t count)
{
    moods_detrend(a, count);
    moods_detrend(b, count);
    ptrdiff_t lag = ebb_moods_lag(a, b, count);
    size_t to = lag < 0 ? (size_t)-lag : 0, from = lag > 0 ? (size_t)lag : 0;
    size_t rows = count - to - from;
    moods_left_t one = moods_fit(a + to, a + from, b + from, rows);
    moods_left_t two = moods_fit(b + to, b + from, a + from, rows);
    double all = one.all + two.all, n = 2 * (double)rows;
    return (ebb_moods_t){1 - (one.own + two.own) / all * n / (n - 4),
                         1 - (one.partner + two.partner) / all * n / (n - 4),
                         1 - (one.both + two.both) / all * n / (n - 6)};
}
