/* SPDX-License-Identifier: MIT
 * Looking up the text table: a binary search. */
#include "core/words.h"

#include <string.h>

static const char *find_word(const char *language, const char *key)
{
    size_t begin = 0, end = ebb_word_row_count;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        const ebb_word_row_t *row = &ebb_word_rows[middle];
        int order = strcmp(language, row->language);
        if (order == 0) {
            order = strcmp(key, row->key);
        }
        if (order == 0) {
            return row->text;
        }
        if (order < 0) {
            end = middle;
        } else {
            begin = middle + 1;
        }
    }
    return NULL;
}

const char *ebb_word(const char *language, const char *key)
{
    const char *text = language ? find_word(language, key) : NULL;
    if (!text) {
        text = find_word("en", key);
    }
    return text ? text : key;
}
