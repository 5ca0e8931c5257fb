/* SPDX-License-Identifier: MIT
 *
 * Doubles as bits, and what is made of them: the ground on which the kernels of
 * exp_kernel.h, log_kernel.h, power_kernel.h, trig_kernel.h and random.h stand.
 *
 * Main idea: one text for every machine. A kernel is a static inline function of plain
 * IEEE operations + - * / sqrt, comparisons and integer operations on bits, in one
 * order, without branches, tables or calls. So a loop over lanes vectorises with SSE2
 * already, and one value, a lane of any vector and WebAssembly have the same bits.
 * Conversions between integers and doubles go through the bits of a sum with 1.5 *
 * 2^52, since below AVX-512 there is no instruction for 64 bits of them.
 *
 * Needs: rounding to nearest, -ffp-contract=off, no -ffast-math (of it only
 * -fno-math-errno and -fno-trapping-math). Which NaN comes out is not promised
 * (machines differ in sign and payload), only that it is one.
 */
#ifndef EBB_MATH_BITS_H
#define EBB_MATH_BITS_H

#include <stdint.h>

#define EBB_INFINITY ((double)__builtin_inf())
#define EBB_NAN ((double)__builtin_nan(""))

/* 1.5 * 2^52: adding it rounds |x| < 2^51 to an integer, which is in the low bits. */
#define EBB_SHIFT 6755399441055744.0

typedef union ebb_bits {
    double x;
    uint64_t bits;
} ebb_bits_t;

static inline uint64_t ebb_bits_of(double x)
{
    return ((ebb_bits_t){.x = x}).bits;
}

static inline double ebb_of_bits(uint64_t bits)
{
    return ((ebb_bits_t){.bits = bits}).x;
}

/* |x|, and the magnitude of x >= 0 with the sign of y. */
static inline double ebb_magnitude(double x)
{
    return ebb_of_bits(ebb_bits_of(x) & 0x7fffffffffffffffu);
}

static inline double ebb_with_sign(double x, double y)
{
    return ebb_of_bits(ebb_bits_of(x) | (ebb_bits_of(y) & 0x8000000000000000u));
}

/* The nearest integer, ties to even, for |x| < 2^51. */
static inline double ebb_nearest(double x)
{
    return (x + EBB_SHIFT) - EBB_SHIFT;
}

/* The greatest integer that is not above x; infinities, NaN and -0 stay as they are. */
static inline double ebb_math_floor(double x)
{
    double size = ebb_magnitude(x);
    double whole = ebb_with_sign((size + 0x1p52) - 0x1p52, x);
    whole = whole > x ? whole - 1 : whole;
    return size < 0x1p52 ? whole : x;
}

/* The leading 26 bits of x: products of two such numbers are exact. */
static inline double ebb_leading(double x)
{
    return ebb_of_bits(ebb_bits_of(x) & 0xfffffffff8000000u);
}

/* 2^k for an integer k in [-1022, 1023]. */
static inline double ebb_power_of_two(double k)
{
    return ebb_of_bits(ebb_bits_of(k + (EBB_SHIFT + 1023)) << 52);
}

/* v 2^k for an integer |k| <= 2044, in two steps, of which only the second can round:
 * so subnormal results are right too. */
static inline double ebb_scaled(double v, double k)
{
    double half = ebb_nearest(k * 0.5);
    return v * ebb_power_of_two(half) * ebb_power_of_two(k - half);
}

/* A number as an unevaluated sum, |low| <= ulp(high) / 2: about 106 bits. */
typedef struct ebb_twofold {
    double high, low;
} ebb_twofold_t;

/* a + b exactly, for |a| >= |b| or a = 0 (Dekker 1971). */
static inline ebb_twofold_t ebb_twofold_ordered(double a, double b)
{
    double sum = a + b;
    return (ebb_twofold_t){sum, b - (sum - a)};
}

/* a + b exactly, in any order (Knuth). */
static inline ebb_twofold_t ebb_twofold_sum(double a, double b)
{
    double sum = a + b;
    double of_b = sum - a;
    return (ebb_twofold_t){sum, (a - (sum - of_b)) + (b - of_b)};
}

#endif
