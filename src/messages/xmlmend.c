/* SPDX-License-Identifier: MIT */
#include "messages/xmlmend.h"

#include <stdio.h>
#include <string.h>

#define TOKEN_MAX 64 /* bytes held back at most: the longest reference that is mended \
                      */

/* ---- references ---- */

typedef struct xml_reference {
    size_t length;  /* 0: none that is whole and short */
    bool hex, open; /* open: may go on behind the bytes */
    uint32_t value;
} xml_reference_t;

static int digit_of(char c, bool hex)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char low = (char)(c | 0x20);
    return hex && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* The reference to a character that begins at `at`, "&#65;" or "&#x41;". */
static xml_reference_t read_reference(const char *at, const char *end)
{
    xml_reference_t r = {0};
    size_t n = (size_t)(end - at) < TOKEN_MAX / 2 ? (size_t)(end - at) : TOKEN_MAX / 2;
    bool cut = n < TOKEN_MAX / 2;
    if (n < 3) {
        r.open = cut && (n < 2 || at[1] == '#');
        return r;
    }
    if (at[0] != '&' || at[1] != '#') {
        return r;
    }
    r.hex = at[2] == 'x';
    size_t i = r.hex ? 3 : 2;
    for (int digit; i < n && (digit = digit_of(at[i], r.hex)) >= 0; i++) {
        r.value = r.value > 0x110000 ? r.value
                                     : r.value * (r.hex ? 16 : 10) + (uint32_t)digit;
    }
    r.open = cut && i == n;
    r.length = i < n && at[i] == ';' && i > (r.hex ? 3u : 2u) ? i + 1 : 0;
    return r;
}

/* Writes a reference over `length` bytes, filled up with noughts. */
static void write_reference(char *at, size_t length, bool hex, uint32_t value)
{
    char text[TOKEN_MAX + 1];
    int digits = (int)length - (hex ? 4 : 3);
    (void)snprintf(text, sizeof text, hex ? "&#x%0*X;" : "&#%0*u;", digits, value);
    memcpy(at, text, length);
}

static bool is_high(uint32_t value)
{
    return value >= 0xD800 && value < 0xDC00;
}

static bool is_low(uint32_t value)
{
    return value >= 0xDC00 && value < 0xE000;
}

/* What may stand in place of a character; itself for what XML allows. */
static uint32_t legal_character(uint32_t value)
{
    if (value < 0x20) {
        return value == '\n' || value == '\r' ? value : '\t';
    }
    bool none = is_high(value) || is_low(value) || value == 0xFFFE || value == 0xFFFF ||
                value > 0x10FFFF;
    return none ? 0xFFFD : value;
}

/* Mends the reference at `at`, and the one behind it if both are one character; the
 * bytes they take, 0 where more must be seen. */
static size_t mend_reference(char *at, char *end, bool last)
{
    xml_reference_t r = read_reference(at, end);
    if (r.length == 0) {
        return r.open && !last ? 0 : 1;
    }
    if (is_high(r.value)) {
        xml_reference_t next = read_reference(at + r.length, end);
        if (next.length == 0 && !last && (next.open || at + r.length == end)) {
            return 0;
        }
        if (next.length > 0 && is_low(next.value)) {
            uint32_t whole =
                0x10000 + ((r.value - 0xD800) << 10) + (next.value - 0xDC00);
            write_reference(at, r.length + next.length, r.hex, whole);
            return r.length + next.length;
        }
    }
    uint32_t legal = legal_character(r.value);
    if (legal != r.value) {
        write_reference(at, r.length, r.hex, legal);
    }
    return r.length;
}

/* Mends characters and references; how many bytes are done. */
static size_t mend_characters(char *bytes, size_t n, bool last)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        bytes[i] = control ? ' ' : bytes[i];
    }
    char *at = bytes, *end = bytes + n;
    while ((at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        size_t step = mend_reference(at, end, last);
        if (step == 0) {
            return (size_t)(at - bytes);
        }
        at += step;
    }
    return n;
}

/* ---- what stands where ---- */

/* Text up to the next tag, or a value and the quote behind it. */
static size_t mend_content(ebb_xmlmend_t *mend, char *bytes, size_t n, bool last)
{
    bool is_text = mend->state == EBB_XML_TEXT;
    char *stop = memchr(bytes, is_text ? '<' : mend->quote, n);
    size_t before = stop ? (size_t)(stop - bytes) : n;
    size_t done = mend_characters(bytes, before, last || stop);
    if (!stop || is_text || done < before) {
        return done;
    }
    mend->state = EBB_XML_TAG;
    return before + 1;
}

static void begin_special(ebb_xmlmend_t *mend, char mark, uint8_t needed)
{
    mend->state = EBB_XML_SPECIAL;
    mend->mark = mark;
    mend->needed = needed;
    mend->in = 0;
}

/* At a '<': a tag, or something special. */
static size_t mend_opening(ebb_xmlmend_t *mend, const char *bytes, size_t n, bool last)
{
    static const char data[] = "<![CDATA[";
    if (n < sizeof data - 1 && !last) {
        return 0;
    }
    if (n >= 4 && memcmp(bytes, "<!--", 4) == 0) {
        begin_special(mend, '-', 2);
        return 4;
    }
    if (n >= 2 && memcmp(bytes, "<?", 2) == 0) {
        begin_special(mend, '?', 1);
        return 2;
    }
    if (n >= sizeof data - 1 && memcmp(bytes, data, sizeof data - 1) == 0) {
        begin_special(mend, ']', 2);
        return sizeof data - 1;
    }
    mend->state = EBB_XML_TAG;
    mend->tag_bytes = 0;
    mend->was_cut = false;
    return 1;
}

/* Whether `n` bytes end in the name of the attribute to cut out, and '='. */
static bool names_cut(const ebb_xmlmend_t *mend, const char *bytes, size_t n)
{
    size_t length = mend->cut ? strlen(mend->cut) : 0;
    while (n > 0 && (bytes[n - 1] == '=' || strchr(" \t\r\n", bytes[n - 1]))) {
        n--;
    }
    if (length == 0 || n <= length || mend->was_cut) {
        return false;
    }
    char before = bytes[n - length - 1];
    return memcmp(bytes + n - length, mend->cut, length) == 0 && before &&
           strchr(" \t\r\n", before);
}

/* In a tag: up to the quote that opens a value, or the tag's end. */
static size_t mend_tag(ebb_xmlmend_t *mend, const char *bytes, size_t n, bool last)
{
    size_t i = 0;
    while (i < n && bytes[i] != '"' && bytes[i] != '\'' && bytes[i] != '>') {
        i++;
    }
    if (i == n) { /* an attribute's name is told by what is before its quote */
        return n < TOKEN_MAX && !last ? 0 : n;
    }
    if (bytes[i] == '>') {
        mend->state = EBB_XML_TEXT;
        return i + 1;
    }
    mend->quote = bytes[i];
    bool cut = names_cut(mend, bytes, i);
    mend->was_cut |= cut;
    mend->state = cut ? EBB_XML_CUT : EBB_XML_VALUE;
    return i + 1;
}

static size_t mend_special(ebb_xmlmend_t *mend, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '>' && mend->in >= mend->needed) {
            mend->state = EBB_XML_TEXT;
            return i + 1;
        }
        bool marked = bytes[i] == mend->mark;
        mend->in = marked ? (uint8_t)(mend->in + (mend->in < 2)) : 0;
    }
    return n;
}

static size_t mend_step(ebb_xmlmend_t *mend, char *bytes, size_t n, bool last)
{
    switch (mend->state) {
    case EBB_XML_TEXT:
        if (bytes[0] == '<') {
            return mend_opening(mend, bytes, n, last);
        }
        return mend_content(mend, bytes, n, last);
    case EBB_XML_TAG:
        return mend_tag(mend, bytes, n, last);
    case EBB_XML_VALUE:
        return mend_content(mend, bytes, n, last);
    case EBB_XML_SPECIAL:
        return mend_special(mend, bytes, n);
    case EBB_XML_CUT:
        break;
    }
    return 0;
}

/* The bytes of the value that is cut out. */
static size_t cut_value(ebb_xmlmend_t *mend, const char *bytes, size_t n)
{
    const char *end = memchr(bytes, mend->quote, n);
    if (end) {
        mend->state = EBB_XML_VALUE; /* of which nothing is left but its end */
    }
    return end ? (size_t)(end - bytes) : n;
}

size_t ebb_xmlmend(ebb_xmlmend_t *mend, char *bytes, size_t n, bool last, bool *cut)
{
    size_t done = 0;
    *cut = mend->state == EBB_XML_CUT;
    if (*cut) {
        done = cut_value(mend, bytes, n);
        *cut = done > 0;
    }
    while (!*cut && done < n && mend->state != EBB_XML_CUT) {
        size_t step = mend_step(mend, bytes + done, n - done, last);
        if (step == 0) {
            break;
        }
        done += step;
        mend->tag_bytes += step;
    }
    return done;
}
