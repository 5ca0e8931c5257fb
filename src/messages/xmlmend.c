/* SPDX-License-Identifier: MIT */
#include "messages/xmlmend.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define TOKEN_MAX                                                       \
    64 /* bytes held back at most: the longest reference that is mended \
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
        bytes[i] = (char)(control ? ' ' : bytes[i]);
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

/* A stretch of input on its way: up to `out` it is passed on, [run, at) is to be, with
 * one move for many pieces; [at, end) is left, with the first end of a line at
 * `newline`, or at `end`. */
typedef struct mending {
    char *at, *end, *out, *run, *newline;
    bool last;
} mending_t;

static char *find_newline(char *from, char *end)
{
    char *newline = memchr(from, '\n', (size_t)(end - from));
    return newline ? newline : end;
}

/* Counts the lines that end in the next n bytes. */
static void count_xml_lines(ebb_xmlmend_t *mend, mending_t *m, size_t n)
{
    while (m->newline < m->at + n) {
        mend->lines++;
        mend->line_begin = mend->read + (uint64_t)(m->newline + 1 - m->at);
        m->newline = find_newline(m->newline + 1, m->end);
    }
}

static void move_run(mending_t *m)
{
    size_t n = (size_t)(m->at - m->run);
    if (m->out != m->run) {
        memmove(m->out, m->run, n);
    }
    m->out += n;
    m->run = m->at;
}

/* Passes on the next n bytes. */
static void pass_bytes(ebb_xmlmend_t *mend, mending_t *m, size_t n)
{
    count_xml_lines(mend, m, n);
    m->at += n;
    mend->passed += n;
    mend->read += n;
    mend->tag_bytes += n;
}

static void cut_bytes(ebb_xmlmend_t *mend, mending_t *m, size_t n)
{
    count_xml_lines(mend, m, n);
    move_run(m);
    m->at += n;
    m->run = m->at;
    mend->read += n;
}

static bool is_xml_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Blanks between tags go: to a parser they are work. (Those beside a text may go too;
 * texts between tags are nothing to the readers.) */
static bool cut_blanks(ebb_xmlmend_t *mend, mending_t *m)
{
    const char *at = m->at;
    while (at < m->end && is_xml_blank(*at)) {
        at++;
    }
    bool blank = at > m->at && (at == m->end || *at == '<');
    if (blank) {
        cut_bytes(mend, m, (size_t)(at - m->at));
    }
    return blank;
}

/* Text up to the next tag, or a value and the quote behind it; false: more must be
 * seen. */
static bool mend_content(ebb_xmlmend_t *mend, mending_t *m)
{
    bool is_text = mend->state == EBB_XML_TEXT;
    size_t n = (size_t)(m->end - m->at);
    char *stop = memchr(m->at, is_text ? '<' : mend->quote, n);
    size_t before = stop ? (size_t)(stop - m->at) : n;
    size_t done = mend_characters(m->at, before, m->last || stop);
    bool ends = stop && !is_text && done == before;
    pass_bytes(mend, m, done + ends);
    mend->state = ends ? EBB_XML_TAG : mend->state;
    return done == before;
}

/* Notes where a tag begins, unless it can be told from the one before. */
static void mark_tag(ebb_xmlmend_t *mend)
{
    assert(mend->marks);
    static const ebb_xml_mark_t begin = {.line = 1};
    const ebb_xml_mark_t *before =
        mend->mark_count ? &mend->marks[mend->mark_count - 1] : &begin;
    if (mend->read - mend->passed != before->read - before->passed ||
        mend->lines + 1 != before->line) {
        mend->marks[mend->mark_count++] = (ebb_xml_mark_t){
            mend->passed, mend->read, mend->lines + 1, mend->line_begin};
    }
}

static void begin_special(ebb_xmlmend_t *mend, char mark, uint8_t needed)
{
    mend->state = EBB_XML_SPECIAL;
    mend->mark = mark;
    mend->needed = needed;
    mend->in = 0;
}

/* At a '<': a tag, or something special. */
static bool mend_opening(ebb_xmlmend_t *mend, mending_t *m)
{
    static const char data[] = "<![CDATA[";
    size_t n = (size_t)(m->end - m->at), step = 1;
    if (n < sizeof data - 1 && !m->last) {
        return false;
    }
    mark_tag(mend);
    mend->tag_bytes = 0;
    if (n >= 4 && memcmp(m->at, "<!--", 4) == 0) {
        begin_special(mend, '-', 2);
        step = 4;
    } else if (n >= 2 && memcmp(m->at, "<?", 2) == 0) {
        begin_special(mend, '?', 1);
        step = 2;
    } else if (n >= sizeof data - 1 && memcmp(m->at, data, sizeof data - 1) == 0) {
        begin_special(mend, ']', 2);
        step = sizeof data - 1;
    } else {
        mend->state = EBB_XML_NAME;
    }
    pass_bytes(mend, m, step);
    return true;
}

static bool mend_name(ebb_xmlmend_t *mend, mending_t *m)
{
    size_t n = (size_t)(m->end - m->at), i = 0;
    while (i < n && !is_xml_blank(m->at[i]) && m->at[i] != '>') {
        i++;
    }
    mend->state = i < n ? EBB_XML_TAG : EBB_XML_NAME;
    pass_bytes(mend, m, i);
    return true;
}

/* Whether bytes between two attributes, up to a quote, are the name of one that nobody
 * wants; what is no name, expat shall see. */
static bool is_unwanted(const ebb_xmlmend_t *mend, const char *bytes, size_t n)
{
    size_t begin = 0;
    while (n > 0 && is_xml_blank(bytes[n - 1])) {
        n--;
    }
    if (n == 0 || bytes[--n] != '=') {
        return false;
    }
    while (n > 0 && is_xml_blank(bytes[n - 1])) {
        n--;
    }
    while (begin < n && is_xml_blank(bytes[begin])) {
        begin++;
    }
    for (size_t i = begin; i < n; i++) {
        if (is_xml_blank(bytes[i]) || bytes[i] == '<' || bytes[i] == '=') {
            return false;
        }
    }
    return begin > 0 && begin < n &&
           ebb_keys_find(mend->wanted, bytes + begin, n - begin) == 0;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (c >= '0' && c <= '9') || c == '-';
}

/* A whole attribute in the usual shape, in one go; false where it is not. */
static bool mend_usual(ebb_xmlmend_t *mend, mending_t *m)
{
    char *name = m->at + 1, *at = name;
    if (*m->at != ' ') {
        return false;
    }
    while (at < m->end && is_name_byte(*at)) {
        at++;
    }
    size_t length = (size_t)(at - name), left = (size_t)(m->end - at);
    if (length == 0 || left < 3 || at[0] != '=' || (at[1] != '"' && at[1] != '\'')) {
        return false;
    }
    char *value = at + 2, *end = memchr(value, at[1], left - 2);
    if (!end) {
        return false;
    }
    size_t whole = (size_t)(end - m->at) + 1;
    if (ebb_keys_find(mend->wanted, name, length) == 0) {
        cut_bytes(mend, m, whole);
        return true;
    }
    (void)mend_characters(value, (size_t)(end - value), true);
    pass_bytes(mend, m, whole);
    return true;
}

/* Between attributes: up to the quote that opens a value, or the tag's end. */
static bool mend_tag(ebb_xmlmend_t *mend, mending_t *m)
{
    size_t n = (size_t)(m->end - m->at), i = 0;
    while (i < n && m->at[i] != '"' && m->at[i] != '\'' && m->at[i] != '>') {
        i++;
    }
    if (i == n) { /* what an attribute is is told by what is before its quote */
        bool held = n < EBB_XML_HELD_MAX && !m->last;
        pass_bytes(mend, m, held ? 0 : n);
        return !held;
    }
    if (m->at[i] == '>') {
        mend->state = EBB_XML_TEXT;
        pass_bytes(mend, m, i + 1);
        return true;
    }
    mend->quote = m->at[i];
    if (is_unwanted(mend, m->at, i)) {
        mend->state = EBB_XML_CUT;
        cut_bytes(mend, m, i + 1);
    } else {
        mend->state = EBB_XML_VALUE;
        pass_bytes(mend, m, i + 1);
    }
    return true;
}

/* In a value that goes, and the quote behind it. */
static bool cut_value(ebb_xmlmend_t *mend, mending_t *m)
{
    size_t n = (size_t)(m->end - m->at);
    const char *end = memchr(m->at, mend->quote, n);
    mend->state = end ? EBB_XML_TAG : EBB_XML_CUT;
    cut_bytes(mend, m, end ? (size_t)(end - m->at) + 1 : n);
    return true;
}

static bool mend_special(ebb_xmlmend_t *mend, mending_t *m)
{
    size_t n = (size_t)(m->end - m->at), i = 0;
    while (i < n && mend->state == EBB_XML_SPECIAL) {
        char c = m->at[i++];
        if (c == '>' && mend->in >= mend->needed) {
            mend->state = EBB_XML_TEXT;
        }
        mend->in = c == mend->mark ? (uint8_t)(mend->in + (mend->in < 2)) : 0;
    }
    pass_bytes(mend, m, i);
    return true;
}

static bool mend_step(ebb_xmlmend_t *mend, mending_t *m)
{
    switch (mend->state) {
    case EBB_XML_TEXT:
        return *m->at == '<' ? mend_opening(mend, m)
                             : cut_blanks(mend, m) || mend_content(mend, m);
    case EBB_XML_NAME:
        return mend_name(mend, m);
    case EBB_XML_TAG:
        return mend_usual(mend, m) || mend_tag(mend, m);
    case EBB_XML_VALUE:
        return mend_content(mend, m);
    case EBB_XML_CUT:
        return cut_value(mend, m);
    case EBB_XML_SPECIAL:
        break;
    }
    return mend_special(mend, m);
}

size_t ebb_xmlmend(ebb_xmlmend_t *mend, char *bytes, size_t n, bool last, size_t *left)
{
    mending_t m = {.at = bytes,
                   .end = bytes + n,
                   .out = bytes,
                   .run = bytes,
                   .newline = find_newline(bytes, bytes + n),
                   .last = last};
    if (mend->mark_count > 0) { /* of the tag that goes on here */
        mend->marks[0] = mend->marks[mend->mark_count - 1];
        mend->mark_count = 1;
    }
    bool going = true;
    while (going && m.at < m.end) {
        going = mend_step(mend, &m);
    }
    move_run(&m);
    *left = (size_t)(m.end - m.at);
    return (size_t)(m.out - bytes);
}

void ebb_xmlmend_place(const ebb_xmlmend_t *mend, uint64_t passed, uint64_t *line,
                       uint64_t *column)
{
    size_t low = 0, high = mend->mark_count; /* marks before `low` are not behind it */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mend->marks[middle].passed <= passed) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    ebb_xml_mark_t mark = low ? mend->marks[low - 1] : (ebb_xml_mark_t){.line = 1};
    *line = mark.line;
    *column = passed + (mark.read - mark.passed) - mark.line_begin + 1;
}
