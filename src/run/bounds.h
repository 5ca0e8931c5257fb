/* SPDX-License-Identifier: MIT
 * Bounds of a state, on one number. */
#ifndef EBB_RUN_BOUNDS_H
#define EBB_RUN_BOUNDS_H

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

#endif
