/* SPDX-License-Identifier: MIT
 *
 * The text table: the sentences of the terminal, by language and key. They are kept in
 * web/text with those of the page and compiled in by tools/text_table.py.
 */
#ifndef EBB_CORE_WORDS_H
#define EBB_CORE_WORDS_H

#include <stddef.h>

typedef struct ebb_word_row {
    const char *language, *key, *text;
} ebb_word_row_t;

/* The generated table, sorted by language and key in byte order. */
extern const ebb_word_row_t ebb_word_rows[];
extern const size_t ebb_word_row_count;

/* The text of a key. NULL and languages without that key fall back to "en"; an unknown
 * key comes back itself, so that a mistake shows instead of hiding. */
const char *ebb_word(const char *language, const char *key);

#endif
