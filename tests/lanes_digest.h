/* SPDX-License-Identifier: MIT
 * One number for the bits that a function of lanes.h makes of a fixed sweep: random bit
 * patterns, ordinary numbers of each size, whole numbers, and the special values. All
 * NaN count as one. */
#ifndef EBB_TESTS_LANES_DIGEST_H
#define EBB_TESTS_LANES_DIGEST_H

#include "lanes.h"

#define SWEEP 4096

typedef struct sweep {
    double x[SWEEP], y[SWEEP], out[SWEEP];
} sweep_t;

static inline double sweep_of_bits(uint64_t bits)
{
    union {
        uint64_t bits;
        double x;
    } both = {bits};
    return both.x;
}

static inline uint64_t sweep_bits(double x)
{
    union {
        double x;
        uint64_t bits;
    } both = {x};
    return both.x == both.x ? both.bits : 0x7ff8000000000000u;
}

/* Weyl's sequence through a 64-bit mix, as in draw.h, which needs a library. */
static inline uint64_t sweep_draw(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline double sweep_value(uint64_t *state, unsigned kind)
{
    static const double special[16] = {
        0.0,        -0.0,      1.0,    -1.0,    0x1p-1074,
        -0x1p-1074, 0x1p-1022, 0.5,    -0x1p52, 0x1p53 - 1,
        -0x1p200,   0x1p1023,  709.78, -745.1,  1.5707963267948966,
        2};
    uint64_t bits = sweep_draw(state);
    double unit = (double)(int32_t)(bits >> 32) * 0x1p-31; /* in [-1, 1) */
    switch (kind) {
    case 0:
        return sweep_of_bits(bits);
    case 1:
        return unit;
    case 2:
        return 20 * unit;
    case 3:
        return 800 * unit;
    case 4:
        return (double)((int32_t)(bits >> 32) >> 26);
    case 5:
        return special[bits & 15];
    case 6:
        return sweep_of_bits(0x7fe0000000000000u + (bits & 0x8030000000000000u));
    default: /* 2^-30 to 2^33 */
        return sweep_of_bits((bits & 0x800fffffffffffffu) | (993 + (bits >> 52) % 64)
                                                                << 52);
    }
}

static inline void sweep_fill(sweep_t *sweep)
{
    uint64_t state = 3;
    for (unsigned i = 0; i < SWEEP; i++) {
        sweep->x[i] = sweep_value(&state, i % 8);
        sweep->y[i] = sweep_value(&state, i / 8 % 8);
    }
    sweep->x[0] = 0.1; /* seed and step of the draws */
    sweep->y[0] = 0.2;
}

/* The digest (FNV-1a by words) when the sweep goes through in pieces of `piece`. */
static inline uint64_t sweep_digest(sweep_t *sweep, const lanes_t *lanes, size_t piece)
{
    uint64_t digest = 0xcbf29ce484222325u;
    piece = lanes->at_once ? SWEEP : piece;
    for (size_t i = 0; i < SWEEP; i += piece) {
        size_t n = SWEEP - i < piece ? SWEEP - i : piece;
        lanes->run(sweep->out + i, sweep->x + i, sweep->y + i, n);
    }
    for (size_t i = 0; i < SWEEP; i++) {
        digest = (digest ^ sweep_bits(sweep->out[i])) * 0x100000001b3u;
        digest ^= digest >> 29;
    }
    return digest;
}

#endif
