/* SPDX-License-Identifier: MIT
 * The nearest word to a mistyped one. */
#ifndef EBB_CLI_SUGGEST_H
#define EBB_CLI_SUGGEST_H

#include <stddef.h>

/* Keeps the best candidate seen so far. Start with `.typed` set and the rest zero. */
typedef struct suggestion {
    const char *typed;
    const char *best; /* NULL while nothing is near enough */
    size_t distance;
} suggestion_t;

/* Considers one more candidate. */
void suggest_from(suggestion_t *suggestion, const char *candidate);

#endif
