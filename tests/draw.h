/* SPDX-License-Identifier: MIT
 * Random numbers for tests: Weyl's sequence through a 64-bit mix (Steele, Lea and Flood
 * 2014). The same seed gives the same numbers on every machine. */
#ifndef EBB_TESTS_DRAW_H
#define EBB_TESTS_DRAW_H

#include <math.h>
#include <stdint.h>

typedef struct draw {
    uint64_t state;
} draw_t;

static inline uint64_t draw_bits(draw_t *draw)
{
    uint64_t z = draw->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* Uniform in (0, 1). */
static inline double draw_uniform(draw_t *draw)
{
    return ((double)(draw_bits(draw) >> 12) + 0.5) * 0x1p-52;
}

/* Uniform in 0 .. n-1. */
static inline size_t draw_below(draw_t *draw, size_t n)
{
    return (size_t)(draw_uniform(draw) * (double)n);
}

static inline double draw_exponential(draw_t *draw)
{
    return -log(draw_uniform(draw));
}

static inline double draw_normal(draw_t *draw)
{
    return sqrt(2 * draw_exponential(draw)) *
           cos(6.283185307179586 * draw_uniform(draw));
}

#endif
