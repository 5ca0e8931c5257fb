/* SPDX-License-Identifier: MIT
 *
 * Where the name ends on a line of LINE's export on a computer, "20:01 Ana Maria hi".
 * Whoever writes often never says the same words first every time; so what all lines
 * with one first word have in common is the name. Of few lines only the first word is
 * taken; a first word that is met once, beside two that are met often, is no name but
 * part of a text that looks like a time.
 */
#include <string.h>

#include "messages/line.h"

#define LINES_ENOUGH 5 /* to tell what they have in common from chance */
#define LINES_MANY 8   /* in all; then who is met once is nobody */

static size_t ln_first_word(const char *rest, size_t n)
{
    const char *blank = memchr(rest, ' ', n);
    return blank ? (size_t)(blank - rest) : n;
}

/* The longest beginning in whole words that two texts have in common. */
static size_t common_ln_words(const char *a, size_t n, const char *b, size_t m)
{
    size_t whole = 0, i = 0;
    while (i < n && i < m && a[i] == b[i]) {
        whole = a[i] == ' ' ? i : whole;
        i++;
    }
    bool both_end = (i == n || a[i] == ' ') && (i == m || b[i] == ' ');
    return both_end ? i : whole;
}

static ebb_ln_name_t *find_ln_first(ebb_ln_names_t *names, const char *rest,
                                    size_t first)
{
    for (size_t i = 0; i < names->count; i++) {
        ebb_ln_name_t *name = &names->list[i];
        if (name->first == first && memcmp(name->bytes, rest, first) == 0) {
            return name;
        }
    }
    return NULL;
}

void ebb_ln_names_learn(ebb_ln_names_t *names, const char *rest, size_t n)
{
    size_t first = ln_first_word(rest, n);
    if (first == 0 || first == n || first > EBB_LN_NAME_BYTES) {
        return;
    }
    ebb_ln_name_t *name = find_ln_first(names, rest, first);
    if (name) {
        name->length = common_ln_words(name->bytes, name->length, rest, n);
        name->lines++;
    } else if (names->count < EBB_LN_NAMES_MAX) {
        name = &names->list[names->count++];
        size_t length = n < EBB_LN_NAME_BYTES ? n : EBB_LN_NAME_BYTES;
        *name = (ebb_ln_name_t){.length = length, .first = first, .lines = 1};
        memcpy(name->bytes, rest, length);
    }
}

/* Whether a first word met once is none of a name, as two others are met often. */
static bool is_ln_stranger(const ebb_ln_names_t *names, const ebb_ln_name_t *name)
{
    uint64_t lines = 0;
    int others = 0;
    for (size_t i = 0; i < names->count; i++) {
        lines += names->list[i].lines;
        others += names->list[i].lines > 1;
    }
    return name->lines == 1 && lines >= LINES_MANY && others >= 2;
}

/* Whether a line goes on with a name, and a word behind it. */
static bool begins_with_ln_name(const char *rest, size_t n, const char *name,
                                size_t length)
{
    return n > length && rest[length] == ' ' && memcmp(rest, name, length) == 0;
}

size_t ebb_ln_names_find(const ebb_ln_names_t *names, const char *rest, size_t n,
                         const char *partner)
{
    size_t length = partner ? strlen(partner) : 0;
    if (length > 0 && begins_with_ln_name(rest, n, partner, length)) {
        return length;
    }
    size_t first = ln_first_word(rest, n);
    for (size_t i = 0; i < names->count && first < n; i++) {
        const ebb_ln_name_t *name = &names->list[i];
        if (name->first == first && memcmp(name->bytes, rest, first) == 0) {
            if (is_ln_stranger(names, name)) {
                return 0;
            }
            bool enough = name->lines >= LINES_ENOUGH &&
                          begins_with_ln_name(rest, n, name->bytes, name->length);
            return enough ? name->length : first;
        }
    }
    return first < n ? first : 0;
}
