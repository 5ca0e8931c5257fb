/* SPDX-License-Identifier: MIT
 *
 * e^x and what is made of it.
 *
 * e^x = 2^k e^r with k = round(x / ln 2) and |r| <= ln 2 / 2. ln 2 is split in two
 * parts, so that k ln2_high is exact for |k| < 2^11; e^r is its Taylor polynomial of
 * degree 13, whose remainder (0.3466^14 / 14! = 4e-18) is below half an ulp. No branch,
 * no table: it vectorises. For loops that are compiled once per instruction set; others
 * use elementary.h.
 *
 * Where more than e^x rests on e^x (logistic, tanh, powers), the rounding of r is
 * carried along as c: the error of e^x is then little more than its last rounding.
 */
#ifndef EBB_MATH_EXP_KERNEL_H
#define EBB_MATH_EXP_KERNEL_H

#include "math/bits.h"

#define EBB_INVERSE_LN2 1.44269504088896338700
#define EBB_LN2_HIGH 6.93147180369123816490e-01 /* low 32 bits zero */
#define EBB_LN2_LOW 1.90821492927058770002e-10

/* (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2. */
static inline double ebb_exp_rest(double r)
{
    double p = 1.0 / 6227020800;
    p = p * r + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    return p * r + 0.5;
}

/* e^x for x clamped to [-700, 700]; NaN is not allowed. The same bits as ebb_math_exp
 * there, in fewer operations. */
static inline double ebb_exp_kernel(double x)
{
    x = x < -700 ? -700 : x;
    x = x > 700 ? 700 : x;
    double shifted = x * EBB_INVERSE_LN2 + EBB_SHIFT;
    double k = shifted - EBB_SHIFT;
    double r = (x - k * EBB_LN2_HIGH) - k * EBB_LN2_LOW;
    double p = ebb_exp_rest(r) * r * r + r;
    /* the low bits of `shifted` hold k */
    double scale = ebb_of_bits((ebb_bits_of(shifted) + 1023) << 52);
    return scale + scale * p;
}

/* x between bounds beyond which the result is 0 or infinite; NaN stays. */
static inline double ebb_exp_clamped(double x)
{
    x = x < -746 ? -746 : x;
    return x > 710 ? 710 : x;
}

/* e^x over the whole line: 0 below -745.13, infinite above 709.78. */
static inline double ebb_math_exp(double x)
{
    x = ebb_exp_clamped(x);
    double k = ebb_nearest(x * EBB_INVERSE_LN2);
    double r = (x - k * EBB_LN2_HIGH) - k * EBB_LN2_LOW;
    return ebb_scaled(1 + (ebb_exp_rest(r) * r * r + r), k);
}

/* x + low = k ln 2 + r + c, for |low| far below |x| and x from ebb_exp_clamped. */
typedef struct ebb_exp_reduced {
    double k, r, c;
} ebb_exp_reduced_t;

static inline ebb_exp_reduced_t ebb_exp_reduce(double x, double low)
{
    double k = ebb_nearest(x * EBB_INVERSE_LN2);
    double a = x - k * EBB_LN2_HIGH;
    double b = k * EBB_LN2_LOW - low;
    double r = a - b;
    return (ebb_exp_reduced_t){k, r, (a - r) - b};
}

/* e^(x + low), rounded hardly more than once. */
static inline double ebb_exp_fine(double x, double low)
{
    ebb_exp_reduced_t e = ebb_exp_reduce(x, low);
    ebb_twofold_t one = ebb_twofold_ordered(1, e.r);
    double rest = e.r * e.r * ebb_exp_rest(e.r);
    return ebb_scaled(one.high + (one.low + (e.c + rest)), e.k);
}

/* (e^x - 1) / 2^k, given what is taken away: 1 - 2^-k. So nothing cancels. */
static inline ebb_twofold_t ebb_expm1_unscaled(ebb_exp_reduced_t e, double one_less)
{
    ebb_twofold_t leading = ebb_twofold_sum(one_less, e.r);
    double rest = e.c + e.r * e.r * ebb_exp_rest(e.r);
    return ebb_twofold_ordered(leading.high, leading.low + rest);
}

/* e^x - 1; below -40 it is -1. */
static inline double ebb_math_expm1(double x)
{
    double low = x < -40 ? -40 : x;
    ebb_exp_reduced_t e = ebb_exp_reduce(low > 710 ? 710 : low, 0);
    /* 2^-k, which does not count any more from 2^-54 on */
    double inverse = ebb_power_of_two(e.k > 1000 ? -1000 : -e.k);
    double y = ebb_scaled(ebb_expm1_unscaled(e, 1 - inverse).high, e.k);
    return x == 0 ? x : y;
}

/* (e^2x - 1) / (e^2x + 1) = t / d; beyond 30 it is 1 or -1. What rounding t and d lost
 * is put back by 1 / d = (1 - tanh x) / 2. */
static inline double ebb_math_tanh(double x)
{
    double size = ebb_magnitude(x);
    ebb_exp_reduced_t e = ebb_exp_reduce(2 * (size > 30 ? 30 : size), 0);
    double scale = ebb_power_of_two(e.k);
    ebb_twofold_t t = ebb_expm1_unscaled(e, 1 - ebb_power_of_two(-e.k));
    ebb_twofold_t d = ebb_twofold_sum(2, t.high * scale);
    double y = t.high * scale / d.high, low = t.low * scale;
    return ebb_with_sign(y + (low - y * (d.low + low)) * (0.5 * (1 - y)), x);
}

/* 1 / (1 + e^-x) = n / d, by e^-|x|, which cannot overflow. What rounding d lost is put
 * back by 1 / d, which is the result or its complement. */
static inline double ebb_math_logistic(double x)
{
    double e = ebb_exp_fine(ebb_exp_clamped(-ebb_magnitude(x)), 0);
    ebb_twofold_t d = ebb_twofold_ordered(1, e);
    double y = (x < 0 ? e : 1) / d.high;
    return y - y * d.low * (x < 0 ? 1 - y : y);
}

#endif
