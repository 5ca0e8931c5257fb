/* SPDX-License-Identifier: MIT
 * What generated kernels are made of: see tools/native. */
#ifndef EBB_RUN_NATIVE_KERNEL_H
#define EBB_RUN_NATIVE_KERNEL_H

#include "run/bounds.h"
#include "run/chance_kernel.h"
#include "run/native.h"
#include "run/operations.h"

/* A loop over lanes: none of them sees another one, though rows are read and written.
 */
#if defined(__clang__)
#define EBB_LANE_LOOP _Pragma("clang loop vectorize(assume_safety) interleave(disable)")
#else
#define EBB_LANE_LOOP _Pragma("GCC ivdep")
#endif

/* The rows of a kernel, by short names: they do not overlap. */
#define EBB_KERNEL_ROWS(r)                                         \
    const size_t w = (r)->width & ~(size_t)(EBB_LANE_GROUP - 1);   \
    const double *restrict leaf = (r)->leaf;                       \
    const double *restrict normal = (r)->normal;                   \
    double *restrict fixed = (r)->fixed;                           \
    double *restrict rows = (r)->rows;                             \
    double *restrict next = (r)->next;                             \
    double *restrict rate = (r)->rate;                             \
    double *restrict push = (r)->push;                             \
    const double h = (r)->h, root = (r)->root;                     \
    uint64_t used = 0;                                             \
    (void)leaf, (void)normal, (void)fixed, (void)rows, (void)next; \
    (void)rate, (void)push, (void)h, (void)root

/* The highest bit is set if x <= 0 (and for some NaN, which does no harm). */
static inline uint64_t ebb_used_up(double x)
{
    uint64_t bits = ebb_bits_of(x);
    return bits | (bits - 1);
}

#endif
