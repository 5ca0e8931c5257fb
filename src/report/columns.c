/* SPDX-License-Identifier: MIT
 * Columns of text on a terminal, from the Unicode properties. Terminals do not agree on
 * emoji with selectors and joiners; counting the wider reading keeps lines inside. */
#include "report/columns.h"

#include <stdio.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define VARIATION_EMOJI 0xFE0F /* asks for the wide, coloured form */

static int is_combining(UChar32 c)
{
    int8_t type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
           type == U_FORMAT_CHAR;
}

static size_t character_columns(UChar32 c)
{
    if (c < 0x7F) {
        return c >= 0x20;
    }
    if (c == VARIATION_EMOJI) {
        return 1; /* with the narrow character before it: two */
    }
    if (is_combining(c)) {
        return 0;
    }
    int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    if (width == U_EA_FULLWIDTH || width == U_EA_WIDE ||
        u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION)) {
        return 2;
    }
    return 1;
}

/* The character at *i, which moves behind it; U+FFFD for bytes that are none. */
static UChar32 next_character(const char *text, size_t length, size_t *i)
{
    const uint8_t *bytes = (const uint8_t *)text;
    int32_t at = (int32_t)*i;
    UChar32 c;
    U8_NEXT(bytes, at, (int32_t)length, c);
    *i = (size_t)at;
    return c < 0 ? 0xFFFD : c;
}

size_t ebb_columns(const char *text, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length;) {
        columns += character_columns(next_character(text, length, &i));
    }
    return columns;
}

size_t ebb_columns_fit(const char *text, size_t length, size_t columns)
{
    size_t taken = 0, fit = 0;
    for (size_t i = 0; i < length;) {
        size_t before = i;
        UChar32 c = next_character(text, length, &i);
        if (!is_combining(c) && c != VARIATION_EMOJI) {
            fit = before; /* a cut may fall before any character that is no mark */
        }
        taken += character_columns(c);
        if (taken > columns) {
            return fit;
        }
    }
    return length;
}

/* What a name must not bring into a line: controls, separators and marks that change
 * the direction of what follows. */
static int is_unsafe(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

/* Copies with one space for each run of spaces and unsafe characters, none at the ends.
 * Returns the bytes written. */
static size_t copy_clean(char *out, size_t size, const char *name)
{
    size_t length = strlen(name), written = 0;
    int space = 0;
    for (size_t i = 0; i < length;) {
        const char *bytes = name + i;
        UChar32 c = next_character(name, length, &i);
        size_t n = (size_t)(name + i - bytes);
        if (is_unsafe(c) || u_isUWhiteSpace(c)) {
            space = written > 0;
            continue;
        }
        if (c == 0xFFFD) { /* maybe bytes that are no character */
            bytes = "\xEF\xBF\xBD";
            n = 3;
        }
        if (written + n + 2 > size) {
            break;
        }
        if (space) {
            out[written++] = ' ';
            space = 0;
        }
        memcpy(out + written, bytes, n);
        written += n;
    }
    out[written] = '\0';
    return written;
}

void ebb_name_tidy(char *out, size_t size, const char *name, size_t columns,
                   const char *fallback)
{
    static const char ellipsis[] = "\xE2\x80\xA6";
    size_t length = copy_clean(out, size, name);
    if (length == 0) {
        (void)snprintf(out, size, "%s", fallback);
        return;
    }
    if (ebb_columns(out, length) <= columns) {
        return;
    }
    length = ebb_columns_fit(out, length, columns - 1);
    while (length + sizeof ellipsis > size) {
        length = ebb_columns_fit(out, length, ebb_columns(out, length) - 1);
    }
    memcpy(out + length, ellipsis, sizeof ellipsis);
}
