/* SPDX-License-Identifier: MIT
 *
 * Natural logarithms.
 *
 * x = 2^k m with m in [sqrt(1/2), sqrt 2) and f = m - 1, which is exact. With
 * s = f / (2 + f), log m = 2 atanh s = 2 s + s R(s^2), and 2 s = f - s f: so
 * log m = f - (f^2/2 - s (f^2/2 + R)), where the leading f is exact and the rest small.
 * R(z) / z is a minimax polynomial of degree 7 on [0, 0.02944] (error 2^-58.8, times
 * z: below 2^-63 of the result).
 */
#ifndef EBB_MATH_LOG_KERNEL_H
#define EBB_MATH_LOG_KERNEL_H

#include "math/exp_kernel.h"

#define EBB_SQRT_HALF_BITS 0x3fe6a09e667f3bcdu

/* x = 2^k (1 + f) */
typedef struct ebb_log_reduced {
    double k, f;
} ebb_log_reduced_t;

/* For normal x > 0; anything for the rest. */
static inline ebb_log_reduced_t ebb_log_reduce_normal(double x)
{
    uint64_t bits = ebb_bits_of(x) + (0x3ff0000000000000u - EBB_SQRT_HALF_BITS);
    uint64_t m = (bits & 0x000fffffffffffffu) + EBB_SQRT_HALF_BITS;
    double k = ebb_of_bits((bits >> 52) | 0x4330000000000000u) - (0x1p52 + 1023);
    return (ebb_log_reduced_t){k, ebb_of_bits(m) - 1};
}

/* For finite x > 0, subnormal ones too. */
static inline ebb_log_reduced_t ebb_log_reduce(double x)
{
    double lift = x < 0x1p-1022 ? 0x1p54 : 1;
    double sunk = x < 0x1p-1022 ? 54 : 0;
    ebb_log_reduced_t lifted = ebb_log_reduce_normal(x * lift);
    return (ebb_log_reduced_t){lifted.k - sunk, lifted.f};
}

/* log(2^k (1 + f)) + more, for a small correction `more`. */
static inline double ebb_log_joined(ebb_log_reduced_t x, double more)
{
    double s = x.f / (2 + x.f);
    double z = s * s;
    double p = 0.13087949416805375;
    p = p * z + 0.1326863788690835;
    p = p * z + 0.15386245131403828;
    p = p * z + 0.1818179553223069;
    p = p * z + 0.22222222392811114;
    p = p * z + 0.28571428570798346;
    p = p * z + 0.40000000000000885;
    p = p * z + 0.6666666666666666;
    double half = 0.5 * x.f * x.f;
    double tail = s * (half + p * z) + (x.k * EBB_LN2_LOW + more);
    return x.k * EBB_LN2_HIGH - ((half - tail) - x.f);
}

/* What a logarithm is at and beyond the ends of its domain, by y: infinite at the pole
 * (y = 0) and at infinity, NaN left of the pole. */
static inline double ebb_log_ends(double y, double result)
{
    result = y < EBB_INFINITY ? result : y;
    result = y == 0 ? -EBB_INFINITY : result;
    return y < 0 ? EBB_NAN : result;
}

/* log x: -infinity at 0, NaN below. */
static inline double ebb_math_log(double x)
{
    return ebb_log_ends(x, ebb_log_joined(ebb_log_reduce(x), 0));
}

/* log(1 + x): with u = 1 + x rounded and c what was lost, log u + c / u. */
static inline double ebb_math_log1p(double x)
{
    double u = 1 + x;
    double c = x < 1 ? x - (u - 1) : 1 - (u - x);
    double y = ebb_log_ends(u, ebb_log_joined(ebb_log_reduce(u), c / u));
    return x == 0 ? x : y;
}

/* log(1 + e^x): x above, e^x below, without overflow. */
static inline double ebb_math_softplus(double x)
{
    double e = ebb_exp_fine(ebb_exp_clamped(-ebb_magnitude(x)), 0);
    return (x > 0 ? x : 0) + ebb_math_log1p(e);
}

/* log x as a pair, for finite x > 0, to 2^-65 of itself.
 *
 * log m = 2 s (1 + z (1/3 + z q(z))), z = s^2; every factor that counts is split in a
 * leading part of 26 bits, of which products are exact, and a rest. q is a minimax
 * polynomial of degree 7 (error 2^-59.9, times z^2: 2^-70). */
static inline ebb_twofold_t ebb_log_twofold(double x)
{
    ebb_log_reduced_t reduced = ebb_log_reduce(x);
    double f = reduced.f;
    /* s = f / (2 + f) = s1 + s2 */
    double d1 = ebb_leading(2 + f);
    double d2 = (1 + f) - (d1 - 1);
    double inverse = 1 / (2 + f);
    double s1 = ebb_leading(f * inverse);
    double s2 = ((f - s1 * d1) - s1 * d2) * inverse;
    /* z = z1 + z2 */
    double square = s1 * s1;
    double z1 = ebb_leading(square);
    double z2 = (square - z1) + s2 * (2 * s1 + s2);
    double z = square + s2 * (2 * s1 + s2);
    double q = 0.05862150795475288;
    q = q * z + 0.05853060182528435;
    q = q * z + 0.06667404700994675;
    q = q * z + 0.07692297433854477;
    q = q * z + 0.09090909168186243;
    q = q * z + 0.11111111110825538;
    q = q * z + 0.14285714285714687;
    q = q * z + 0.2;
    /* t = 1/3 + z q = t1 + t2 */
    ebb_twofold_t t = ebb_twofold_ordered(0x1.5555555555555p-2, z * q);
    double t1 = ebb_leading(t.high);
    double t2 = (t.high - t1) + (t.low + 0x1.5555555555555p-56);
    /* w = z t = w1 + w2 */
    double product = z1 * t1;
    double w1 = ebb_leading(product);
    double w2 = (product - w1) + (z1 * t2 + z2 * t.high);
    /* log x = k ln 2 + 2 (s1 + s1 w1 + ...) */
    ebb_twofold_t sum = ebb_twofold_ordered(s1, s1 * w1);
    double low = sum.low + (s2 + (s1 * w2 + s2 * (w1 + w2)));
    ebb_twofold_t all = ebb_twofold_sum(reduced.k * EBB_LN2_HIGH, 2 * sum.high);
    return ebb_twofold_ordered(all.high, all.low + (2 * low + reduced.k * EBB_LN2_LOW));
}

#endif
