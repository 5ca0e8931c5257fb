/* SPDX-License-Identifier: MIT
 * Memory that is given back all at once: small things which live as long as their
 * owner. */
#ifndef EBB_CORE_ARENA_H
#define EBB_CORE_ARENA_H

#include <stddef.h>

#include "ebb/alloc.h"

typedef struct ebb_arena_block ebb_arena_block_t;

/* Begin with `.alloc` set and the rest zero. */
typedef struct ebb_arena {
    const ebb_alloc_t *alloc;
    ebb_arena_block_t *_last;
} ebb_arena_t;

/* `size` bytes, all zero, aligned for any type; NULL when out of memory. */
void *ebb_arena_new(ebb_arena_t *arena, size_t size);

/* A copy of `length` bytes with a NUL behind them; NULL when out of memory. */
char *ebb_arena_text(ebb_arena_t *arena, const char *bytes, size_t length);

/* Releases everything; the arena is empty and usable again. */
void ebb_arena_free(ebb_arena_t *arena);

#endif
