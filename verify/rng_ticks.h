/* SPDX-License-Identifier: MIT
 *
 * Chance for the tick generator: a number for each (seed, stream, step), and the laws
 * drawn from it.
 *
 * A draw is the SplitMix64 finaliser of key + step * golden ratio [Steele, Lea, Flood
 * 2014, doi:10.1145/2660193.2660195]; nothing is carried from draw to draw but the
 * step. The people set the step from the minute they are in, so what happened before
 * does not shuffle the chances of a later minute: two plants with one seed differ where
 * the plant differs. Logarithm and exponential are written out in exactly rounded
 * operations, because the C library's differ in the last bit between machines.
 */
#ifndef EBB_VERIFY_RNG_TICKS_H
#define EBB_VERIFY_RNG_TICKS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define TICKS_DRAWS_PER_STEP_LOG2 10 /* draws kept apart within one minute or day */

typedef struct ticks_rng {
    uint64_t key;
    uint64_t step;
} ticks_rng_t;

static inline uint64_t ticks_mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A stream of its own for each `stream` number. */
static inline ticks_rng_t ticks_stream(uint64_t seed, uint64_t stream)
{
    uint64_t a = ticks_mix(seed + 0x9e3779b97f4a7c15u);
    ticks_rng_t rng = {ticks_mix(a ^ ticks_mix(stream + 0xd1b54a32d192ed03u)), 0};
    return rng;
}

/* Goes to the draws of one minute (or day); `when` may be negative. */
static inline void ticks_seek(ticks_rng_t *rng, int64_t when)
{
    rng->step = (uint64_t)when << TICKS_DRAWS_PER_STEP_LOG2;
}

static inline uint64_t ticks_bits(ticks_rng_t *rng)
{
    return ticks_mix(rng->key + ++rng->step * 0x9e3779b97f4a7c15u);
}

/* Uniform in (0, 1): never an end point, so its logarithm is finite. */
static inline double ticks_uniform(ticks_rng_t *rng)
{
    return ((double)(ticks_bits(rng) >> 12) + 0.5) * 0x1p-52;
}

static inline int ticks_chance(ticks_rng_t *rng, double probability)
{
    return ticks_uniform(rng) < probability;
}

static inline double ticks_between(ticks_rng_t *rng, double low, double high)
{
    return low + (high - low) * ticks_uniform(rng);
}

/* Natural logarithm of a normal x > 0. x = m 2^e with m in [sqrt 1/2, sqrt 2);
 * log m = 2 artanh((m-1)/(m+1)), whose series is cut below 1e-13. */
static inline double ticks_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int exponent = (int)(bits >> 52) - 1022;
    bits = (bits & 0x000fffffffffffffu) | 0x3fe0000000000000u;
    double m;
    memcpy(&m, &bits, sizeof m); /* in [1/2, 1) */
    if (m < 0.70710678118654752) {
        m *= 2.0;
        exponent--;
    }
    double s = (m - 1.0) / (m + 1.0), q = s * s, sum = 0.0;
    for (int k = 15; k >= 1; k -= 2) {
        sum = sum * q + 1.0 / k;
    }
    return 2.0 * s * sum + exponent * 0.69314718055994531;
}

/* Exponential of |x| < 700, relative error below 1e-12: 2^k times a Taylor sum. */
static inline double ticks_exp(double x)
{
    double k = floor(x * 1.4426950408889634 + 0.5);
    double r = x - k * 0.69314718055994531, sum = 1.0;
    for (int n = 12; n >= 1; n--) {
        sum = 1.0 + sum * r / n;
    }
    uint64_t bits = (uint64_t)((int64_t)k + 1023) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return sum * scale;
}

/* Standard normal by Marsaglia's polar method; the second of the pair is not kept, for
 * the draws of a minute to depend on that minute only. */
static inline double ticks_normal(ticks_rng_t *rng)
{
    for (;;) {
        double u = ticks_between(rng, -1.0, 1.0), v = ticks_between(rng, -1.0, 1.0);
        double r = u * u + v * v;
        if (r > 1e-300 && r < 1.0) {
            return u * sqrt(-2.0 * ticks_log(r) / r);
        }
    }
}

static inline double ticks_exponential(ticks_rng_t *rng, double mean)
{
    return -mean * ticks_log(ticks_uniform(rng));
}

static inline double ticks_lognormal(ticks_rng_t *rng, double median, double sigma)
{
    return median * ticks_exp(sigma * ticks_normal(rng));
}

/* Number of successes before the first failure; its mean is given. */
static inline int ticks_geometric(ticks_rng_t *rng, double mean)
{
    double more = mean / (1.0 + mean);
    int n = 0;
    while (n < 60 && ticks_chance(rng, more)) {
        n++;
    }
    return n;
}

#endif
