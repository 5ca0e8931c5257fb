/* SPDX-License-Identifier: MIT
 * Which two operations are one. */
#include "run/fuse.h"

typedef struct ebb_fused_pair {
    uint8_t outer, inner, which;
} ebb_fused_pair_t;

static const ebb_fused_pair_t fused_pairs[] = {
#define FUSED_PAIR(name, outer, inner, which, result) {outer, inner, which},
    EBB_FUSED_LIST(FUSED_PAIR)
#undef FUSED_PAIR
};

uint32_t ebb_fused(uint32_t outer, uint32_t inner, int operand)
{
    const int here = operand == 0 ? EBB_FUSE_FIRST : EBB_FUSE_LAST;
    for (uint32_t k = 0; k < sizeof fused_pairs / sizeof *fused_pairs; k++) {
        const ebb_fused_pair_t *pair = &fused_pairs[k];
        if (pair->outer == outer && pair->inner == inner &&
            (pair->which == EBB_FUSE_EITHER || pair->which == here)) {
            return EBB_FUSED_BEFORE + 1 + k;
        }
    }
    return EBB_NONE;
}
