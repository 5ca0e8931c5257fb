/* SPDX-License-Identifier: MIT
 *
 * Random numbers of the agenda generator: draw n of a stream is a hash of (key, n).
 *
 * Main idea: every use (a day's plan, glances, thoughts ...) has a stream of its own,
 * so a planted strength changes what people do, not the dice of everything after it.
 * Invariant: the same bits on every machine. Only + - * / sqrt, floor, frexp and ldexp
 * are used, which IEEE 754 defines exactly; libm's exp and log are not.
 */
#ifndef EBB_VERIFY_RNG_AGENDA_H
#define EBB_VERIFY_RNG_AGENDA_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct agenda_rng {
    uint64_t key;
    uint64_t next;
} agenda_rng_t;

/* A bijection of 64 bits in which each input bit reaches each output bit. */
static inline uint64_t agenda_mix(uint64_t z)
{
    z = (z ^ (z >> 32)) * UINT64_C(0xe9846af9b1a615d5);
    z = (z ^ (z >> 29)) * UINT64_C(0xd6e8feb86659fd93);
    return z ^ (z >> 32);
}

static inline agenda_rng_t agenda_stream(uint64_t seed, unsigned purpose,
                                         uint64_t index)
{
    const uint64_t step = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t key = agenda_mix(seed + step);
    key = agenda_mix(key + step * (purpose + 1u));
    key = agenda_mix(key + step * (index + 1u));
    return (agenda_rng_t){key, 0};
}

/* Uniform in the open interval (0, 1): 53 bits, shifted by half a step. */
static inline double agenda_unit(agenda_rng_t *rng)
{
    const uint64_t bits =
        agenda_mix(rng->key ^ agenda_mix(rng->next++ + UINT64_C(0x2545f4914f6cdd1d)));
    return ((double)(bits >> 11) + 0.5) * 0x1p-53;
}

static inline bool agenda_chance(agenda_rng_t *rng, double probability)
{
    return agenda_unit(rng) < probability;
}

static inline double agenda_between(agenda_rng_t *rng, double low, double high)
{
    return low + (high - low) * agenda_unit(rng);
}

/* e^x for x in [-700, 700], relative error below 1e-15: x = n ln 2 + r, |r| <= 0.35. */
static inline double agenda_exp(double x)
{
    static const double inverse_factorial[] = {1.0 / 6227020800,
                                               1.0 / 479001600,
                                               1.0 / 39916800,
                                               1.0 / 3628800,
                                               1.0 / 362880,
                                               1.0 / 40320,
                                               1.0 / 5040,
                                               1.0 / 720,
                                               1.0 / 120,
                                               1.0 / 24,
                                               1.0 / 6,
                                               1.0 / 2,
                                               1.0,
                                               1.0};
    const double n = floor(x * 1.4426950408889634 + 0.5);
    const double r = (x - n * 0.693145751953125) - n * 1.4286068203094173e-06;
    double sum = 0;
    for (int i = 0; i < 14; i++) {
        sum = sum * r + inverse_factorial[i];
    }
    return ldexp(sum, (int)n);
}

/* Natural logarithm of x > 0: ln m = 2 artanh((m - 1) / (m + 1)), |.| <= 0.172. */
static inline double agenda_log(double x)
{
    static const double inverse_odd[] = {1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13,
                                         1.0 / 11, 1.0 / 9,  1.0 / 7,  1.0 / 5,
                                         1.0 / 3,  1.0};
    int power = 0;
    double m = frexp(x, &power);
    if (m < 0.70710678118654752) {
        m *= 2;
        power--;
    }
    const double s = (m - 1) / (m + 1);
    double sum = 0;
    for (int i = 0; i < 10; i++) {
        sum = sum * s * s + inverse_odd[i];
    }
    return 2 * s * sum + power * 0.69314718055994531;
}

static inline double agenda_exponential(agenda_rng_t *rng, double mean)
{
    return -mean * agenda_log(agenda_unit(rng));
}

/* Standard normal by Marsaglia's polar method (exact; 1.27 pairs of draws). */
static inline double agenda_normal(agenda_rng_t *rng)
{
    for (;;) {
        const double u = agenda_between(rng, -1, 1);
        const double v = agenda_between(rng, -1, 1);
        const double s = u * u + v * v;
        if (s > 0 && s < 1) {
            return u * sqrt(-2 * agenda_log(s) / s);
        }
    }
}

static inline double agenda_lognormal(agenda_rng_t *rng, double median, double sigma)
{
    return median * agenda_exp(sigma * agenda_normal(rng));
}

/* 0, 1, 2 ... with the given mean, each further one with the same chance. */
static inline int agenda_geometric(agenda_rng_t *rng, double mean)
{
    int n = 0;
    while (n < 60 && agenda_chance(rng, mean / (1 + mean))) {
        n++;
    }
    return n;
}

#endif
