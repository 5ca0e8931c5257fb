/* SPDX-License-Identifier: MIT
 * The members of an object that a reader wants to know, found by their names. */
#ifndef EBB_MESSAGES_KEYS_H
#define EBB_MESSAGES_KEYS_H

#include <stddef.h>
#include <stdint.h>

#define EBB_KEYS_MAX 64
#define EBB_KEY_LENGTH_MAX 47

/* Finds a key by its length first, so that few are compared. */
typedef struct ebb_keys {
    const char *const *words;
    uint8_t first[EBB_KEY_LENGTH_MAX + 1];
    uint8_t next[EBB_KEYS_MAX];
} ebb_keys_t;

/* Takes `count` words (at most EBB_KEYS_MAX, each at most EBB_KEY_LENGTH_MAX bytes),
 * borrowed; words[0] stands for all others and is never found. */
void ebb_keys_prepare(ebb_keys_t *keys, const char *const *words, size_t count);

/* The index of a key among the words; 0 for any other. */
unsigned ebb_keys_find(const ebb_keys_t *keys, const char *bytes, size_t length);

#endif
