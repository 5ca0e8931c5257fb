/* SPDX-License-Identifier: MIT
 * Elementary functions of our own: the same bits on every machine and vector width. */
#ifndef EBB_MATH_ELEMENTARY_H
#define EBB_MATH_ELEMENTARY_H

#include <stddef.h>

/* Kernels that are worth compiling once per instruction set. The operations and their
 * order are the same in each, and contraction is off, so the results are too. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__clang__)
#define EBB_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define EBB_CLONES
#endif

/* x[i] <- e^x[i] for n values. Arguments are clamped to [-700, 700]; NAN is not
 * allowed. Relative error below 1e-15 (tests/test_math.c sweeps it against long
 * double). */
void ebb_exp_array(double *x, size_t n);

/* e^x of one value, bit for bit as ebb_exp_array. */
double ebb_exp(double x);

/* The 97.5 % quantile of Student's t with `df` degrees of freedom, df >= 3; error < 0.3
 * % at df = 3 and < 1e-4 from df = 11 on (expansion of Fisher and Cornish, 1960). */
double ebb_t_975(double df);

#endif
