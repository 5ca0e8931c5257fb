/* SPDX-License-Identifier: MIT
 * What generated kernels are made of: see tools/native. */
#ifndef EBB_RUN_NATIVE_KERNEL_H
#define EBB_RUN_NATIVE_KERNEL_H

#include "run/bounds.h"
#include "run/native.h"
#include "run/operations.h"

/* A loop over lanes: none of them sees another one, though rows are read and written.
 */
#if defined(__clang__)
#define EBB_LANE_LOOP _Pragma("clang loop vectorize(assume_safety) interleave(disable)")
#else
#define EBB_LANE_LOOP _Pragma("GCC ivdep")
#endif

/* The loops of the kernel `name`, over the lanes of the usual width and of any, and the
 * choice between them. Loops with calls are no loops over vectors: all elementary
 * functions are to be written out. */
#define EBB_KERNEL_INLINE static inline __attribute__((always_inline))
#define EBB_KERNEL_USUAL(name) \
    EBB_KERNEL_INLINE int name##_usual(const ebb_native_rows_t *r)
#define EBB_KERNEL_ANY(name) \
    EBB_KERNEL_INLINE int name##_any(const ebb_native_rows_t *r)
#define EBB_KERNEL(name)                                                       \
    __attribute__((flatten)) static int name(const ebb_native_rows_t *r)       \
    {                                                                          \
        return r->width == EBB_LANES_NATIVE ? name##_usual(r) : name##_any(r); \
    }

/* Lanes of a kernel of any width. On a page that is one couple by itself, or else
 * there are as many lanes as usual: see ebb_lanes_open. */
#if defined(__wasm__)
#define EBB_KERNEL_WIDTH(r) ((size_t)EBB_LANE_GROUP)
#else
#define EBB_KERNEL_WIDTH(r) ((r)->width & ~(size_t)(EBB_LANE_GROUP - 1))
#endif

/* A number of which the compiler is not to know what it is. Where LLVM knows it, it
 * takes the larger of it and another one by an instruction of WebAssembly that is slow
 * and makes 0 of -0. */
static inline double ebb_kernel_kept(double x)
{
#if defined(__wasm__)
    __asm__("" : "+r"(x));
#endif
    return x;
}

/* The rows of a kernel, by short names: they do not overlap. `zero` is what numbers are
 * compared with. */
#define EBB_KERNEL_ROWS(r)                                         \
    const double *restrict leaf = (r)->leaf;                       \
    const double *restrict normal = (r)->normal;                   \
    double *restrict fixed = (r)->fixed;                           \
    double *restrict rows = (r)->rows;                             \
    double *restrict next = (r)->next;                             \
    double *restrict rate = (r)->rate;                             \
    double *restrict push = (r)->push;                             \
    const double h = (r)->h, root = (r)->root;                     \
    const double zero = ebb_kernel_kept(0);                        \
    uint64_t used = 0;                                             \
    (void)leaf, (void)normal, (void)fixed, (void)rows, (void)next; \
    (void)rate, (void)push, (void)h, (void)root, (void)zero

#endif
