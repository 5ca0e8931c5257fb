/* SPDX-License-Identifier: MIT
 * Bounds on one number: of a state, and of a chance that is used up. */
#ifndef EBB_RUN_BOUNDS_H
#define EBB_RUN_BOUNDS_H

#include "math/bits.h"

static inline double ebb_clipped(double x, double low, double high)
{
    double y = x < low ? low : x;
    return y > high ? high : y;
}

/* What went beyond comes back as far; a move of more than the whole room ends at the
 * bound. */
static inline double ebb_reflected(double x, double low, double high)
{
    double y = x < low ? low + (low - x) : x;
    y = y > high ? high - (y - high) : y;
    return ebb_clipped(y, low, high);
}

/* The highest bit is set if x <= 0 (and for some NaN, which does no harm). */
static inline uint64_t ebb_used_up(double x)
{
    uint64_t bits = ebb_bits_of(x);
    return bits | (bits - 1);
}

#endif
