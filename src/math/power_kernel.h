/* SPDX-License-Identifier: MIT
 *
 * x^y = e^(y log x), the logarithm and the product as pairs: |y log x| may be 745, so
 * the logarithm needs ten bits more than a double for the power to have all of its own.
 * The rules at 0, 1, infinity and below 0 are those of C (annex F): x^0 = 1^y = 1 even
 * for NaN; a negative x has powers with whole y only.
 */
#ifndef EBB_MATH_POWER_KERNEL_H
#define EBB_MATH_POWER_KERNEL_H

#include "math/log_kernel.h"

/* y >= 0 to a whole number; from 2^52 on every double is one. */
static inline double ebb_made_whole(double y)
{
    return y < 0x1p52 ? (y + 0x1p52) - 0x1p52 : y;
}

/* |x|^y for finite x other than 0. */
static inline double ebb_power_size(double size, double y)
{
    ebb_twofold_t log = ebb_log_twofold(size);
    /* beyond 2^66 the power is 0, 1 or infinite, and products must not overflow */
    y = y > 0x1p66 ? 0x1p66 : y;
    y = y < -0x1p66 ? -0x1p66 : y;
    double y1 = ebb_leading(y), log1 = ebb_leading(log.high);
    double rest = y1 * ((log.high - log1) + log.low) + (y - y1) * log.high;
    ebb_twofold_t t = ebb_twofold_ordered(y1 * log1, rest);
    double clamped = ebb_exp_clamped(t.high);
    return ebb_exp_fine(clamped, clamped == t.high ? t.low : 0);
}

/* What has the sign of x^y: x where y is odd, 1 where it is even. */
static inline double ebb_power_sign(double x, double times)
{
    double half = 0.5 * times;
    double sign = ebb_made_whole(times) == times ? x : 1;
    return ebb_made_whole(half) == half ? 1 : sign;
}

/* x to the power of y. */
static inline double ebb_math_pow(double x, double y)
{
    double size = ebb_magnitude(x), times = ebb_magnitude(y);
    double result = ebb_power_size(size, y);
    double far = y < 0 ? 0 : EBB_INFINITY; /* of infinity; of 0 its inverse */
    result = size < EBB_INFINITY ? result : far;
    result = size == 0 ? 1 / far : result;
    result = ebb_with_sign(result, ebb_power_sign(x, times));
    double broken = times < 0x1p52 ? times - ebb_made_whole(times) : 0;
    broken = size < EBB_INFINITY ? broken : 0;
    broken = x < 0 ? broken : 0;
    result = broken == 0 ? result : EBB_NAN;
    result = x == x ? result : x;
    result = y == y ? result : y;
    result = x == 1 ? 1 : result;
    return y == 0 ? 1 : result;
}

#endif
