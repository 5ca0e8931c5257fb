/* SPDX-License-Identifier: MIT
 *
 * Two operations as one: a product, sum or difference whose result only one other reads
 * is worked out by that one.
 *
 * The interpreter spends more on choosing an operation than on a multiplication. Each
 * of the two is rounded as before, so no bit of a result changes.
 */
#ifndef EBB_RUN_FUSE_H
#define EBB_RUN_FUSE_H

#include "lang/graph.h"

/* Which operand of the outer operation the inner one is: either, the first, the last */
enum { EBB_FUSE_EITHER, EBB_FUSE_FIRST, EBB_FUSE_LAST };

/* name, outer operation, inner one, which operand it is, result; a and b are operands
 * of the inner one, c is the other of the outer one */
#define EBB_FUSED_LIST(X)                                                      \
    X(EBB_FUSED_ADD_ADD, EBB_OP_ADD, EBB_OP_ADD, EBB_FUSE_EITHER, (a + b) + c) \
    X(EBB_FUSED_SUB_ADD, EBB_OP_ADD, EBB_OP_SUB, EBB_FUSE_EITHER, (a - b) + c) \
    X(EBB_FUSED_MUL_ADD, EBB_OP_ADD, EBB_OP_MUL, EBB_FUSE_EITHER, (a * b) + c) \
    X(EBB_FUSED_ADD_MUL, EBB_OP_MUL, EBB_OP_ADD, EBB_FUSE_EITHER, (a + b) * c) \
    X(EBB_FUSED_SUB_MUL, EBB_OP_MUL, EBB_OP_SUB, EBB_FUSE_EITHER, (a - b) * c) \
    X(EBB_FUSED_MUL_MUL, EBB_OP_MUL, EBB_OP_MUL, EBB_FUSE_EITHER, (a * b) * c) \
    X(EBB_FUSED_ADD_SUB, EBB_OP_SUB, EBB_OP_ADD, EBB_FUSE_FIRST, (a + b) - c)  \
    X(EBB_FUSED_MUL_SUB, EBB_OP_SUB, EBB_OP_MUL, EBB_FUSE_FIRST, (a * b) - c)  \
    X(EBB_FUSED_FROM_ADD, EBB_OP_SUB, EBB_OP_ADD, EBB_FUSE_LAST, c - (a + b))  \
    X(EBB_FUSED_FROM_SUB, EBB_OP_SUB, EBB_OP_SUB, EBB_FUSE_LAST, c - (a - b))  \
    X(EBB_FUSED_FROM_MUL, EBB_OP_SUB, EBB_OP_MUL, EBB_FUSE_LAST, c - (a * b))

/* Operations of a program beside those of a graph. */
enum {
    EBB_FUSED_BEFORE = EBB_OP_COUNT - 1,
#define EBB_FUSED_ENUM(name, outer, inner, which, result) name,
    EBB_FUSED_LIST(EBB_FUSED_ENUM)
#undef EBB_FUSED_ENUM
};

/* The operation that does `inner`, then `outer` with that as its operand 0 or 1;
 * EBB_NONE: there is none. */
uint32_t ebb_fused(uint32_t outer, uint32_t inner, int operand);

#endif
