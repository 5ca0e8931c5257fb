/* SPDX-License-Identifier: MIT
 *
 * e^x = 2^k e^r with k = round(x / ln 2) and |r| <= ln 2 / 2. ln 2 is split in two
 * parts, so that k ln2_high is exact for |k| < 2^11; e^r is its Taylor polynomial of
 * degree 13, whose remainder (0.3466^14 / 14! = 4e-18) is below half an ulp. No branch,
 * no table: it vectorises. For loops that are compiled once per instruction set; others
 * use ebb_exp.
 */
#ifndef EBB_MATH_EXP_KERNEL_H
#define EBB_MATH_EXP_KERNEL_H

#include <stdint.h>
#include <string.h>

static inline double ebb_exp_kernel(double x)
{
    const double inverse_ln2 = 1.44269504088896338700;
    const double ln2_high = 6.93147180369123816490e-01; /* low 32 bits zero */
    const double ln2_low = 1.90821492927058770002e-10;
    const double shift =
        6755399441055744.0; /* 1.5 * 2^52: adding it rounds to an integer */
    x = x < -700 ? -700 : x;
    x = x > 700 ? 700 : x;
    double shifted = x * inverse_ln2 + shift;
    double k = shifted - shift;
    double r = (x - k * ln2_high) - k * ln2_low;
    double p = 1.0 / 6227020800;
    p = p * r + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 0.5;
    p = p * r * r + r;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52; /* the low bits of `shifted` hold k */
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    return scale + scale * p;
}

#endif
