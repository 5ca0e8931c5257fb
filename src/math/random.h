/* SPDX-License-Identifier: MIT
 *
 * Random numbers without a state: each is a function of (seed, couple, step, slot).
 *
 * Main idea: a block cipher over the address of a draw. So any lane, thread or machine
 * finds the same number whatever was drawn before, and two runs that differ in a rule
 * share their chance. The cipher is Threefry-4x32 with 20 rounds (Salmon, Moraes, Dror
 * and Shaw 2011, doi 10.1145/2063384.2063405, who recommend 20): only 32-bit
 * additions, rotations and exclusive ors, which every vector unit has.
 *
 * A block has four words of 32 bits: slot s is word s % 4 of block s / 4. The laws
 * below take one word each, so a draw has 2^32 outcomes, in the middle of equal parts
 * of the probability.
 */
#ifndef EBB_MATH_RANDOM_H
#define EBB_MATH_RANDOM_H

#include "math/log_kernel.h"

typedef struct ebb_random_block {
    uint32_t a, b, c, d;
} ebb_random_block_t;

static inline uint32_t ebb_rotated(uint32_t x, int by)
{
    return (x << by) | (x >> (32 - by));
}

/* Two rounds: two additions, rotations and exclusive ors each. */
static inline ebb_random_block_t ebb_threefry_pair(ebb_random_block_t x, int r0, int r1,
                                                   int r2, int r3)
{
    x.a += x.b;
    x.b = ebb_rotated(x.b, r0) ^ x.a;
    x.c += x.d;
    x.d = ebb_rotated(x.d, r1) ^ x.c;
    x.a += x.d;
    x.d = ebb_rotated(x.d, r2) ^ x.a;
    x.c += x.b;
    x.b = ebb_rotated(x.b, r3) ^ x.c;
    return x;
}

/* Four rounds with the first or the second half of the rotations, then a part of the
 * key and the number of the part. */
static inline ebb_random_block_t ebb_threefry_four(ebb_random_block_t x, int second,
                                                   ebb_random_block_t key,
                                                   uint32_t part)
{
    if (second) {
        x = ebb_threefry_pair(x, 6, 20, 17, 11);
        x = ebb_threefry_pair(x, 25, 10, 18, 20);
    } else {
        x = ebb_threefry_pair(x, 10, 26, 11, 21);
        x = ebb_threefry_pair(x, 13, 27, 23, 5);
    }
    return (ebb_random_block_t){x.a + key.a, x.b + key.b, x.c + key.c,
                                x.d + key.d + part};
}

/* Threefry-4x32-20 of a counter under a key of four words. */
static inline ebb_random_block_t ebb_threefry(ebb_random_block_t x,
                                              ebb_random_block_t k)
{
    const uint32_t e = 0x1BD11BDAu ^ k.a ^ k.b ^ k.c ^ k.d;
    x = (ebb_random_block_t){x.a + k.a, x.b + k.b, x.c + k.c, x.d + k.d};
    x = ebb_threefry_four(x, 0, (ebb_random_block_t){k.b, k.c, k.d, e}, 1);
    x = ebb_threefry_four(x, 1, (ebb_random_block_t){k.c, k.d, e, k.a}, 2);
    x = ebb_threefry_four(x, 0, (ebb_random_block_t){k.d, e, k.a, k.b}, 3);
    x = ebb_threefry_four(x, 1, (ebb_random_block_t){e, k.a, k.b, k.c}, 4);
    return ebb_threefry_four(x, 0, (ebb_random_block_t){k.a, k.b, k.c, k.d}, 5);
}

/* Block `block` (slots 4 block to 4 block + 3) of a couple's step; different addresses
 * never share a block. In a loop over couples only the first word of the counter
 * differs between lanes. A stream is a world of numbers of its own: 0 is that of models
 * that run; whoever draws people takes another. */
static inline ebb_random_block_t ebb_random_stream(uint32_t stream, uint64_t seed,
                                                   uint32_t couple, uint64_t step,
                                                   uint32_t block)
{
    ebb_random_block_t counter = {couple, (uint32_t)step, (uint32_t)(step >> 32),
                                  block};
    ebb_random_block_t key = {(uint32_t)seed, (uint32_t)(seed >> 32), stream, 0};
    return ebb_threefry(counter, key);
}

static inline ebb_random_block_t ebb_random_at(uint64_t seed, uint32_t couple,
                                               uint64_t step, uint32_t block)
{
    return ebb_random_stream(0, seed, couple, step, block);
}

#define EBB_STREAM_PAIR 1      /* src/study/pair.c */
#define EBB_STREAM_DEVELOP 2   /* src/study/develop.c */
#define EBB_STREAM_CALIBRATE 3 /* src/study/tempered.c */
#define EBB_STREAM_CHILDREN 4  /* src/evidence/figure_people.c */

/* A word as a number in (-1, 1), symmetric: (w - 2^31 + 1/2) / 2^31, exactly. */
static inline double ebb_random_signed(uint32_t word)
{
    return ((double)(int32_t)(word ^ 0x80000000u) + 0.5) * 0x1p-31;
}

/* Uniform in (0, 1): (w + 1/2) / 2^32, exactly; never 0 or 1. */
static inline double ebb_random_uniform(uint32_t word)
{
    return ebb_random_signed(word) * 0.5 + 0.5;
}

/* Exponential with mean 1, from 1.2e-10 to 22.9: -log of a uniform number. */
static inline double ebb_random_exponential(uint32_t word)
{
    ebb_log_reduced_t u = ebb_log_reduce_normal(ebb_random_uniform(word));
    return -ebb_log_joined(u, 0);
}

/* -log v for v in (2^-32, 1], to 2e-11: 2 atanh s by its series, s = f / (2 + f). */
static inline double ebb_random_minus_log(double v)
{
    ebb_log_reduced_t x = ebb_log_reduce_normal(v);
    double s = x.f / (2 + x.f);
    double z = s * s;
    double p = 2.0 / 11;
    p = p * z + 2.0 / 9;
    p = p * z + 2.0 / 7;
    p = p * z + 2.0 / 5;
    p = p * z + 2.0 / 3;
    return -(x.k * 0.6931471805599453 + s * (p * z + 2));
}

/* Standard normal, |z| <= 6.34: the inverse of the distribution function at the uniform
 * number of the same word. The probability below z is right within 0.32 parts of 2^-32
 * everywhere and within 7e-8 of itself in the tails; z rises with the word.
 *
 * With x = 2 u - 1 and w = -log(1 - x^2), the quantile is x f(w), where f is smooth:
 * one rational function of w, fitted for 0 <= w <= 31 log 2, does for the middle and
 * both tails, and -z belongs to -x exactly. */
static inline double ebb_random_normal(uint32_t word)
{
    double x = ebb_random_signed(word);
    double w = ebb_random_minus_log((1 - x) * (1 + x));
    double p = 8.042093877978861e-09;
    p = p * w + 2.013050643235465e-06;
    p = p * w + 8.034137434232215e-05;
    p = p * w + 0.0013750456283786602;
    p = p * w + 0.014224150380804766;
    p = p * w + 0.09944024823289532;
    p = p * w + 0.4726878851065017;
    p = p * w + 1.2533141374249201;
    double q = 1.3516605187240201e-07;
    q = q * w + 1.00191723511604e-05;
    q = q * w + 0.0002823434428345288;
    q = q * w + 0.0030271124991207207;
    q = q * w + 0.036110953244668294;
    q = q * w + 0.11535098207815687;
    q = q * w + 1;
    return x * (p / q);
}

#endif
