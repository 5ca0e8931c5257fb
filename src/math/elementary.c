/* SPDX-License-Identifier: MIT
 * e^x over arrays, and a quantile. */
#include "math/elementary.h"

#include "math/exp_kernel.h"

EBB_CLONES void ebb_exp_array(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = ebb_exp_kernel(x[i]);
    }
}

double ebb_exp(double x)
{
    return ebb_exp_kernel(x);
}

double ebb_t_975(double df)
{
    const double z = 1.959963984540054;
    double z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df;
}
