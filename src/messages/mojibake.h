/* SPDX-License-Identifier: MIT
 * UTF-8 that was taken for Latin-1 and encoded once more: "Ã©" for "é". */
#ifndef EBB_MESSAGES_MOJIBAKE_H
#define EBB_MESSAGES_MOJIBAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "ebb/alloc.h"

/* Room for one mended string. Zero-initialise, set alloc; release with
 * ebb_mojibake_free. */
typedef struct ebb_mojibake {
    const ebb_alloc_t *alloc;
    char *_bytes;
    size_t _capacity;
    bool mended; /* some string was */
} ebb_mojibake_t;

/* Mends a string where it is broken so: where all its characters are below U+0100 and,
 * taken for bytes, are UTF-8. Any other string is right already, and stays. The rule is
 * for a whole string and for that one alone, as exports hold both sorts.
 *
 * Returns the string to read, of `*length` bytes: `bytes` itself, or room of `mend`
 * that lasts until the next call; NULL when memory runs out. */
const char *ebb_mojibake_mend(ebb_mojibake_t *mend, const char *bytes, size_t *length);

void ebb_mojibake_free(ebb_mojibake_t *mend);

#endif
