/* SPDX-License-Identifier: MIT
 *
 * Bytes with a length. They may hold NUL, which strncmp takes for their end.
 */
#ifndef EBB_CORE_BYTES_H
#define EBB_CORE_BYTES_H

#include <stdbool.h>
#include <string.h>

/* Whether bytes are a word. */
static inline bool ebb_bytes_are(const char *bytes, size_t length, const char *word)
{
    return strlen(word) == length && memcmp(bytes, word, length) == 0;
}

#endif
