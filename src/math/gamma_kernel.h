/* SPDX-License-Identifier: MIT
 *
 * log Gamma(x) for x > 0.
 *
 * Below 7.5 by the recurrence, x brought to 2 + t with |t| <= 1/2, which is exact: from
 * above, Gamma(x) = (x - 1)(x - 2) ... Gamma(2 + t); from below, Gamma(2 + t) =
 * x Gamma(x) or x (x + 1) Gamma(x). So log Gamma(x) is the logarithm of a product, or
 * less it, and log Gamma(2 + t) = c t + d t^2 + t^3 S(t), c = 1 - Euler's constant. The
 * zero at 2 is t = 0. Near the zero at 1 both parts vanish with t = x - 1, and up to
 * four fifths of them cancel: so the logarithm, c t and d t^2 are pairs. d + t S is a
 * minimax polynomial of degree 16 (error 2e-17).
 *
 * From 7.5 on by Stirling's series, log Gamma(x) = x (log x - 1) - log(x)/2 +
 * log(2 pi)/2 + R(x), where x (log x - 1) is a pair, as more than the last digits would
 * be lost; x R is a minimax polynomial of degree 5 in 1/x^2 (error of R: 1.1e-17).
 */
#ifndef EBB_MATH_GAMMA_KERNEL_H
#define EBB_MATH_GAMMA_KERNEL_H

#include "math/log_kernel.h"

#define EBB_LGAMMA_SECOND 0.3224670334241132 /* d */
#define EBB_LGAMMA_LIMIT \
    0x1.754d9278b51a7p+1014 /* the last x whose log Gamma is finite */

/* a b exactly, but for an overflow. */
static inline ebb_twofold_t ebb_twofold_product(double a, double b)
{
    double product = a * b;
    double a1 = ebb_leading(a), b1 = ebb_leading(b);
    double a2 = a - a1, b2 = b - b1;
    return (ebb_twofold_t){product,
                           ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2};
}

/* before + log Gamma(2 + t), |t| <= 1/2. */
static inline double ebb_lgamma_by_two(double t, ebb_twofold_t before)
{
    double s = 2.708245957688481e-07;
    s = s * t - 5.72865310850801e-07;
    s = s * t + 9.282109272701004e-07;
    s = s * t - 1.982565620739196e-06;
    s = s * t + 4.381261405000474e-06;
    s = s * t - 9.452938473714576e-06;
    s = s * t + 2.0506356296054763e-05;
    s = s * t - 4.492443535898787e-05;
    s = s * t + 9.945757753419642e-05;
    s = s * t - 0.00022315489463809116;
    s = s * t + 0.0005096695221547781;
    s = s * t - 0.0011927539062598581;
    s = s * t + 0.0028905103307878756;
    s = s * t - 0.0073855510287714685;
    s = s * t + 0.020580808427784307;
    s = s * t - 0.06735230105319759;
    ebb_twofold_t square = ebb_twofold_product(t, t);
    ebb_twofold_t first = ebb_twofold_product(t, 0x1.b0ee6072093cep-2);
    ebb_twofold_t second = ebb_twofold_product(square.high, EBB_LGAMMA_SECOND);
    double low = before.low + first.low + t * 0x1.6cb90701fbfabp-58 + second.low +
                 square.low * EBB_LGAMMA_SECOND + t * square.high * s;
    ebb_twofold_t sum = ebb_twofold_sum(before.high, first.high);
    ebb_twofold_t all = ebb_twofold_sum(sum.high, second.high);
    return all.high + (all.low + (sum.low + low));
}

/* What is between Gamma(x) and Gamma(2 + t), x rounded being n < 8; as a pair where it
 * is x (x + 1), for small results. */
static inline ebb_twofold_t ebb_lgamma_product(double x, double n)
{
    double above = x - 1;
    above = n > 3 ? above * (x - 2) : above;
    above = n > 4 ? above * (x - 3) : above;
    above = n > 5 ? above * (x - 4) : above;
    above = n > 6 ? above * (x - 5) : above;
    above = n > 2 ? above : 1;
    double next = 1 + x;
    ebb_twofold_t below = ebb_twofold_product(x, next);
    below.low += x * (x - (next - 1));
    below = n > 0 ? (ebb_twofold_t){x, 0} : below;
    return n < 2 ? below : (ebb_twofold_t){above, 0};
}

/* log Gamma(x) for x >= 7.5 and its logarithm. */
static inline double ebb_lgamma_far(double x, ebb_twofold_t log)
{
    double rate = log.high - 1; /* exact, as log x > 2 */
    ebb_twofold_t product = ebb_twofold_product(x, rate);
    ebb_twofold_t sum = ebb_twofold_ordered(product.high, -0.5 * log.high);
    double w = 1 / (x * x);
    double s = -0.0016209109997924892;
    s = s * w + 0.0008360907821243384;
    s = s * w - 0.0005951870494776058;
    s = s * w + 0.0007936505833661953;
    s = s * w - 0.002777777777459096;
    s = s * w + 0.08333333333333326;
    double rest = 0.9189385332046728 + s / x;
    return sum.high + (sum.low + (product.low + x * log.low) + rest);
}

/* log Gamma(x): infinite at 0, NaN below (there log |Gamma| would have a pole at each
 * whole number, and no use here). */
static inline double ebb_math_lgamma(double x)
{
    double n = ebb_nearest(x < 8 ? (x > 0 ? x : 0) : 8);
    int near = n < 8;
    ebb_twofold_t product = ebb_lgamma_product(x, n);
    ebb_twofold_t log = ebb_log_twofold(near ? product.high : x);
    double sign = n < 2 ? -1 : 1, more = product.low / product.high;
    ebb_twofold_t before = {sign * log.high, sign * (log.low + more)};
    double close = ebb_lgamma_by_two(near ? x - n : 0, before);
    double y = near ? close : ebb_lgamma_far(x, log);
    y = x > EBB_LGAMMA_LIMIT ? EBB_INFINITY : y;
    y = x < 0 ? EBB_NAN : y;
    return x == 0 ? EBB_INFINITY : y;
}

#endif
