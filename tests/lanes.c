/* SPDX-License-Identifier: MIT
 * One level of lanes.h, with its table called LANES_TABLE. No library is needed, so it
 * is WebAssembly too. */
#include "lanes.h"

#include "math/gamma_kernel.h"
#include "math/power_kernel.h"
#include "math/random.h"
#include "math/trig_kernel.h"

#ifndef LANES_TABLE
#define LANES_TABLE lanes_base
#endif

#define LANES_OF_ONE(name)                                                 \
    static void run_##name(double *restrict out, const double *restrict x, \
                           const double *restrict y, size_t n)             \
    {                                                                      \
        (void)y;                                                           \
        for (size_t i = 0; i < n; i++) {                                   \
            out[i] = ebb_math_##name(x[i]);                                \
        }                                                                  \
    }

LANES_OF_ONE(exp)
LANES_OF_ONE(expm1)
LANES_OF_ONE(log)
LANES_OF_ONE(log1p)
LANES_OF_ONE(sin)
LANES_OF_ONE(cos)
LANES_OF_ONE(tanh)
LANES_OF_ONE(atan)
LANES_OF_ONE(logistic)
LANES_OF_ONE(softplus)
LANES_OF_ONE(floor)
LANES_OF_ONE(lgamma)

static void run_pow(double *restrict out, const double *restrict x,
                    const double *restrict y, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = ebb_math_pow(x[i], y[i]);
    }
}

/* Four draws of each of n / 4 couples, by one law. */
#define LANES_OF_LAW(name)                                                            \
    static void run_##name(double *restrict out, const double *restrict x,            \
                           const double *restrict y, size_t n)                        \
    {                                                                                 \
        uint64_t seed = ebb_bits_of(x[0]), step = ebb_bits_of(y[0]);                  \
        uint32_t count = (uint32_t)(n / 4);                                           \
        double *second = out + count, *third = second + count, *last = third + count; \
        for (uint32_t i = 0; i < count; i++) {                                        \
            ebb_random_block_t words = ebb_random_at(seed, i, step, 0);               \
            out[i] = ebb_random_##name(words.a);                                      \
            second[i] = ebb_random_##name(words.b);                                   \
            third[i] = ebb_random_##name(words.c);                                    \
            last[i] = ebb_random_##name(words.d);                                     \
        }                                                                             \
    }

LANES_OF_LAW(uniform)
LANES_OF_LAW(normal)
LANES_OF_LAW(exponential)

const lanes_t LANES_TABLE[LANES_COUNT] = {
    {"exp", run_exp, 0},
    {"expm1", run_expm1, 0},
    {"log", run_log, 0},
    {"log1p", run_log1p, 0},
    {"pow", run_pow, 0},
    {"sin", run_sin, 0},
    {"cos", run_cos, 0},
    {"tanh", run_tanh, 0},
    {"atan", run_atan, 0},
    {"logistic", run_logistic, 0},
    {"softplus", run_softplus, 0},
    {"floor", run_floor, 0},
    {"uniform", run_uniform, 1},
    {"normal", run_normal, 1},
    {"exponential", run_exponential, 1},
    {"lgamma", run_lgamma, 0},
};
