/* SPDX-License-Identifier: MIT
 * Blocks of at least BLOCK_BYTES, each linked to the one before; what is asked for is
 * cut from the last one. */
#include "core/arena.h"

#include <stdint.h>
#include <string.h>

#include "core/memory.h"

#define ARENA_BLOCK_BYTES 4096u
#define ARENA_ALIGNMENT sizeof(max_align_t)

struct ebb_arena_block {
    ebb_arena_block_t *before;
    size_t size, used;
    max_align_t bytes[]; /* `size` bytes */
};

static ebb_arena_block_t *arena_block(ebb_arena_t *arena, size_t size)
{
    size_t room = size < ARENA_BLOCK_BYTES ? ARENA_BLOCK_BYTES : size;
    ebb_arena_block_t *block = ebb_new_array(arena->alloc, 1, sizeof *block + room);
    if (block) {
        block->before = arena->_last;
        block->size = room;
        arena->_last = block;
    }
    return block;
}

void *ebb_arena_new(ebb_arena_t *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    size_t whole = (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
    ebb_arena_block_t *block = arena->_last;
    if (!block || block->size - block->used < whole) {
        block = arena_block(arena, whole);
    }
    if (!block) {
        return NULL;
    }
    void *given = (char *)block->bytes + block->used;
    block->used += whole;
    return given;
}

char *ebb_arena_text(ebb_arena_t *arena, const char *bytes, size_t length)
{
    char *copy = ebb_arena_new(arena, length + 1);
    if (copy && length) {
        memcpy(copy, bytes, length);
    }
    return copy;
}

void ebb_arena_free(ebb_arena_t *arena)
{
    while (arena->_last) {
        ebb_arena_block_t *block = arena->_last;
        arena->_last = block->before;
        ebb_free_array(arena->alloc, block, 1, sizeof *block + block->size);
    }
}
