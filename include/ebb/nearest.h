/* SPDX-License-Identifier: MIT
 * The word that was probably meant: for "did you mean ...?". */
#ifndef EBB_NEAREST_H
#define EBB_NEAREST_H

#include <stddef.h>

/* The best candidate seen so far. Start with `.typed` set and the rest zero. */
typedef struct ebb_nearest {
    const char *typed; /* as it was written */
    const char *best; /* borrowed from the candidates; NULL while none is near enough */
    size_t distance;  /* typing errors between the two */
} ebb_nearest_t;

/**
 * Considers one more candidate for a mistyped word.
 *
 * Counts letters left out, doubled, wrong or swapped with their neighbour (optimal
 * string alignment). A candidate is near when at most a third of its letters (or one,
 * of few, but never all) are in error, or when what was typed is its beginning.
 *
 * @param[in,out] nearest    the search; of equally near candidates the first is kept
 * @param[in]     candidate  NUL-terminated and borrowed; words above 31 bytes are never
 *                           near
 * Cost: the product of the two lengths. Thread-safe on distinct searches; allocates
 * nothing.
 */
void ebb_nearest_consider(ebb_nearest_t *nearest, const char *candidate);

#endif
