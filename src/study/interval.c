/* SPDX-License-Identifier: MIT
 * Intervals of means and shares over couples. */
#include "study/interval.h"

#include <math.h>
#include <stdbool.h>

#include "math/bits.h"
#include "math/trig_kernel.h"

#define NORMAL_975 1.959963984540054

/* P(|T| <= t) as a finite sum: Abramowitz and Stegun 26.7.3 and 26.7.4, with sine and
 * cosine of atan(t / sqrt(df)). */
static double student_within(double t, size_t df)
{
    double n = (double)df, sine = t / sqrt(n + t * t), square = n / (n + t * t);
    double angle = ebb_math_atan(t / sqrt(n));
    bool odd = df % 2 == 1;
    double term = odd ? sqrt(square) : 1, sum = df > 1 ? term : 0;
    for (size_t k = odd ? 3 : 2; k < df; k += 2) {
        term *= square * (double)(k - 1) / (double)k;
        sum += term;
    }
    return odd ? (angle + sine * sum) * 2 / 3.141592653589793 : sine * sum;
}

double ebb_student_of(size_t df)
{
    double z = NORMAL_975, n = (double)df;
    if (df >= 400) { /* Cornish and Fisher's expansion: 26.7.5 */
        return z + (z * z * z + z) / (4 * n) +
               (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n);
    }
    double low = 1.9, high = 13;
    for (int k = 0; k < 60; k++) {
        double middle = 0.5 * (low + high);
        if (student_within(middle, df) < 0.95) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high;
}

ebb_span_t ebb_interval_student(const double *numbers, size_t n)
{
    double sum = 0, squares = 0;
    if (n < 2) {
        return (ebb_span_t){-EBB_INFINITY, EBB_INFINITY};
    }
    for (size_t i = 0; i < n; i++) {
        sum += numbers[i];
    }
    double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        squares += (numbers[i] - mean) * (numbers[i] - mean);
    }
    double half = ebb_student_of(n - 1) * sqrt(squares / (double)(n - 1) / (double)n);
    return (ebb_span_t){mean - half, mean + half};
}

ebb_span_t ebb_interval_paired(const double *numbers, size_t n)
{
    double sum = 0, squares = 1, all = (double)n + 2;
    for (size_t i = 0; i < n; i++) {
        sum += numbers[i];
        squares += numbers[i] * numbers[i];
    }
    double mean = sum / all;
    double half = NORMAL_975 * sqrt((squares / all - mean * mean) / all);
    return (ebb_span_t){mean - half, mean + half};
}

ebb_span_t ebb_interval_wilson(size_t kept, size_t n)
{
    double z2 = NORMAL_975 * NORMAL_975, all = (double)n, p = (double)kept / all;
    double middle = (p + z2 / (2 * all)) / (1 + z2 / all);
    double half =
        NORMAL_975 / (1 + z2 / all) * sqrt(p * (1 - p) / all + z2 / (4 * all * all));
    return (ebb_span_t){middle - half, middle + half};
}

void ebb_interval_draw(ebb_interval_draws_t *over, double value, double error)
{
    if (!isfinite(value) || !isfinite(error)) {
        return;
    }
    double step = value - over->mean;
    over->draws++;
    over->mean += step / (double)over->draws;
    over->squares += step * (value - over->mean);
    over->chance += error * error;
}

ebb_span_t ebb_interval_over(const ebb_interval_draws_t *over, size_t of)
{
    double n = (double)over->draws;
    if (over->draws < 2 || 2 * over->draws < of) {
        return (ebb_span_t){(double)NAN, (double)NAN};
    }
    double between = over->squares / (n - 1) - over->chance / n;
    double half = ebb_student_of(over->draws - 1) *
                  sqrt((between > 0 ? between : 0) + over->chance / n / n);
    return (ebb_span_t){over->mean - half, over->mean + half};
}

bool ebb_interval_holds(ebb_relation_t relation, ebb_span_t span)
{
    switch (relation) {
    case EBB_RELATION_LESS:
        return span.high < 0;
    case EBB_RELATION_AT_MOST:
        return span.high <= 0;
    case EBB_RELATION_MORE:
        return span.low > 0;
    case EBB_RELATION_AT_LEAST:
        return span.low >= 0;
    }
    return false;
}
