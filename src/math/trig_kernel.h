/* SPDX-License-Identifier: MIT
 *
 * Sine, cosine, tangent and arctangent.
 *
 * x = k pi/2 + r + c with |r| <= pi/4 (Cody and Waite 1980). pi/2 is the sum of three
 * parts of 33 bits and a fourth of 53; k, up to 2^40, is split in a multiple of 2^20
 * and a rest of 20 bits, so that products with the first three parts are exact. Where x
 * is close to a multiple of pi/2 and leading bits cancel, the differences are exact
 * too, so r + c is right to 2^-111: no double below 2^40 is nearer to a multiple than
 * 2^-58.
 *
 * Beyond |x| = 2^40 (neighbours 2^-12 apart) the result is NaN: no model means such a
 * phase, and a value would hide that time or rate ran away.
 */
#ifndef EBB_MATH_TRIG_KERNEL_H
#define EBB_MATH_TRIG_KERNEL_H

#include "math/bits.h"

#define EBB_TRIG_LIMIT 0x1p40
#define EBB_HALF_PI_1 0x1.921fb544p+0
#define EBB_HALF_PI_2 0x1.0b4611a6p-34
#define EBB_HALF_PI_3 0x1.3198a2ep-69
#define EBB_HALF_PI_4 0x1.b839a252049c1p-104
#define EBB_TWO_OVER_PI 0x1.45f306dc9c883p-1

/* r + c as above, and k modulo 4 in the two lowest bits of `turn`. */
typedef struct ebb_trig_reduced {
    double r, c;
    uint64_t turn;
} ebb_trig_reduced_t;

static inline ebb_trig_reduced_t ebb_trig_reduce(double x)
{
    double shifted = x * EBB_TWO_OVER_PI + EBB_SHIFT;
    double k = shifted - EBB_SHIFT;
    double k1 = (k + 0x1p20 * EBB_SHIFT) - 0x1p20 * EBB_SHIFT;
    double k2 = k - k1;
    double a = ((x - k1 * EBB_HALF_PI_1) - k2 * EBB_HALF_PI_1) - k1 * EBB_HALF_PI_2;
    ebb_twofold_t b = ebb_twofold_sum(a, -(k2 * EBB_HALF_PI_2));
    ebb_twofold_t d = ebb_twofold_sum(b.high, -(k1 * EBB_HALF_PI_3));
    ebb_twofold_t e = ebb_twofold_sum(d.high, -(k2 * EBB_HALF_PI_3));
    double low = ((b.low + d.low) + e.low) - k * EBB_HALF_PI_4;
    ebb_twofold_t r = ebb_twofold_ordered(e.high, low);
    return (ebb_trig_reduced_t){r.high, r.low, ebb_bits_of(shifted)};
}

/* sin(r + c) and cos(r + c) on [-pi/4, pi/4]: minimax polynomials for
 * (sin r / r - 1) / r^2 (error 2^-55.4) and (cos r - 1 + r^2/2) / r^4 (2^-59.4). */
static inline double ebb_sin_near(double r, double c)
{
    double z = r * r;
    double p = 1.5917861626035917e-10;
    p = p * z - 2.5051128146113767e-08;
    p = p * z + 2.7557316084907633e-06;
    p = p * z - 0.00019841269836724882;
    p = p * z + 0.008333333333330927;
    p = p * z - 0.16666666666666666;
    return r + (r * z * p + (c - 0.5 * z * c));
}

static inline double ebb_cos_near(double r, double c)
{
    double z = r * r;
    double p = -1.1382464045947425e-11;
    p = p * z + 2.087614394008214e-09;
    p = p * z - 2.755731726061387e-07;
    p = p * z + 2.480158729874444e-05;
    p = p * z - 0.0013888888888887385;
    p = p * z + 0.041666666666666664;
    double half = 0.5 * z;
    double w = 1 - half;
    return w + (((1 - w) - half) + (z * z * p - r * c));
}

/* The sine or cosine that belongs to quarter turn `turn`. */
static inline double ebb_trig_quarter(ebb_trig_reduced_t x, uint64_t turn)
{
    double sine = ebb_sin_near(x.r, x.c), cosine = ebb_cos_near(x.r, x.c);
    uint64_t odd = 0 - (turn & 1); /* all ones or none: SSE2 cannot compare 64 bits */
    uint64_t y = (ebb_bits_of(cosine) & odd) | (ebb_bits_of(sine) & ~odd);
    return ebb_of_bits(y ^ ((turn & 2) << 62));
}

static inline double ebb_math_sin(double x)
{
    ebb_trig_reduced_t reduced = ebb_trig_reduce(x);
    double y = ebb_trig_quarter(reduced, reduced.turn);
    y = ebb_magnitude(x) <= EBB_TRIG_LIMIT ? y : EBB_NAN;
    return x == 0 ? x : y;
}

static inline double ebb_math_cos(double x)
{
    ebb_trig_reduced_t reduced = ebb_trig_reduce(x);
    double y = ebb_trig_quarter(reduced, reduced.turn + 1);
    return ebb_magnitude(x) <= EBB_TRIG_LIMIT ? y : EBB_NAN;
}

/* The angle in (-pi/2, pi/2) whose tangent is x. |x| is brought to [-tan pi/8, tan
 * pi/8] by one quotient: itself, (|x| - 1) / (|x| + 1) from pi/4 on, or -1 / |x| from
 * pi/2 on. (atan t / t - 1) / t^2 is a minimax polynomial (error 2^-54.9, times 0.17).
 */
static inline double ebb_math_atan(double x)
{
    const double near = 0.41421356237309503, far = 2.414213562373095;
    double size = ebb_magnitude(x);
    double over = size > far ? -1 : size - 1, under = size > far ? size : size + 1;
    double base = size > far ? 0x1.921fb54442d18p+0 : 0x1.921fb54442d18p-1;
    double rest = size > far ? 0x1.1a62633145c07p-54 : 0x1.1a62633145c07p-55;
    over = size > near ? over : size;
    under = size > near ? under : 1;
    base = size > near ? base : 0;
    rest = size > near ? rest : 0;
    double t = over / under;
    double z = t * t;
    double p = -0.019213318333175227;
    p = p * z + 0.039263603238597546;
    p = p * z - 0.05086639899485655;
    p = p * z + 0.05858394353723628;
    p = p * z - 0.06664542031490828;
    p = p * z + 0.07692185549626591;
    p = p * z - 0.09090904688907948;
    p = p * z + 0.11111111018247122;
    p = p * z - 0.142857142847076;
    p = p * z + 0.1999999999999574;
    p = p * z - 0.3333333333333333;
    return ebb_with_sign(base + (t + (t * z * p + rest)), x);
}

#endif
