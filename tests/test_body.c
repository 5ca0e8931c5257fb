/* SPDX-License-Identifier: MIT
 * Counting characters and words of a body: known answers, and that cuts do not matter.
 */
#include <stdlib.h>
#include <unicode/uchar.h>

#include "check.h"
#include "messages/reader.h"

static ebb_body_t count_whole(const char *bytes, size_t n)
{
    ebb_body_t body = {0};
    ebb_body_count(&body, bytes, n);
    return body;
}

static void expect(const char *text, unsigned characters, unsigned words)
{
    ebb_body_t body = count_whole(text, strlen(text));
    int right = body.characters == characters && body.words == words;
    CHECK(right);
    if (!right) {
        fprintf(stderr, "    \"%s\": %u characters, %u words\n", text, body.characters,
                body.words);
    }
}

static void test_known(void)
{
    expect("", 0, 0);
    expect("hello", 5, 1);
    expect("  two  words ", 13, 2);
    expect("a-b c_d e\nf\tg", 13, 5);
    expect("?! ... --", 9, 0);
    expect("(yes) 'no'", 10, 2);
    expect("don't", 5, 1);
    expect("h\xC3\xA9llo w\xC3\xB6rld", 11, 2);
    expect("\xC3\x9C", 1, 1);         /* a word of one letter */
    expect("\xF0\x9F\x98\x80", 1, 0); /* an emoji is no word */
    expect("\xF0\x9F\x98\x80ok \xF0\x9F\x98\x80", 5, 1);
    expect("one\xC2\xA0two\xE2\x80\xAFthree", 13, 3); /* no-break spaces separate */
    expect("\xE2\x80\x8Ehi\xE2\x80\x8F \xEF\xBB\xBFyou", 6, 2); /* marks do not count */
    expect("a\xE2\x80\x8E"
           "b",
           2, 1);
    expect("\xD9\xA1\xD9\xA2", 2, 1); /* Arabic digits */
    expect("\xE4\xBD\xA0\xE5\xA5\xBD", 2, 1);
    expect("\xFF\xFE x", 4, 1); /* broken bytes: one character each, no word */
    expect("\xE2\x80", 2, 0);   /* the body ends inside a sequence */
    expect("e\xCC\x81t\xC3\xA9", 4, 1);
    expect("!\xC3\xA9 \xC3\xA9!", 5, 2); /* the letter comes after, or before, a sign */
}

/* the definition, one code point after the other, for ASCII alone */
static ebb_body_t count_slowly(const char *bytes, size_t n)
{
    ebb_body_t body = {0};
    int in_word = 0;
    for (size_t i = 0; i < n; i++) {
        char c = bytes[i];
        int space = c == ' ' || (c >= '\t' && c <= '\r');
        int letter =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        body.characters++;
        body.words += letter && !in_word;
        in_word = !space && (in_word || letter);
    }
    return body;
}

static unsigned next(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* 64 bytes at a time equals one at a time, at every length and alignment */
static void test_masks(void)
{
    static const char alphabet[] = "aZ5 .!\n0\x7F~`{[@/:";
    char bytes[300];
    unsigned state = 1, wrong = 0;
    for (int round = 0; round < 20000; round++) {
        size_t n = next(&state) % sizeof bytes;
        unsigned kinds = 1 + next(&state) % 16;
        for (size_t i = 0; i < n; i++) {
            bytes[i] = alphabet[next(&state) % kinds];
        }
        ebb_body_t fast = count_whole(bytes, n), slow = count_slowly(bytes, n);
        wrong += fast.characters != slow.characters || fast.words != slow.words;
    }
    CHECK(wrong == 0);
}

/* pieces cut anywhere, also inside a sequence, give the counts of the whole */
static void test_cuts(void)
{
    static const char *const parts[] = {"word",
                                        " ",
                                        "!",
                                        "\xC3\xA9",
                                        "\xF0\x9F\x98\x80",
                                        "\n",
                                        "\xE2\x80\x8E",
                                        "\xE2",
                                        "\xF0\x9F",
                                        "\xE2\x80\xAF",
                                        "7",
                                        "\xC3",
                                        "\x80",
                                        "....",
                                        "\xED\xA0\x80",
                                        "\xE4\xBD\xA0",
                                        "     "};
    char bytes[400];
    unsigned state = 7, wrong = 0;
    for (int round = 0; round < 20000; round++) {
        size_t n = 0, target = next(&state) % 200;
        while (n < target) {
            const char *part = parts[next(&state) % (sizeof parts / sizeof *parts)];
            memcpy(bytes + n, part, strlen(part));
            n += strlen(part);
        }
        ebb_body_t whole = count_whole(bytes, n), pieces = {0}, each = {0};
        for (size_t i = 0; i < n;) {
            size_t piece = 1 + next(&state) % 9;
            piece = piece < n - i ? piece : n - i;
            ebb_body_count(&pieces, bytes + i, piece);
            i += piece;
        }
        for (size_t i = 0; i < n; i++) {
            ebb_body_count(&each, bytes + i, 1);
        }
        wrong += whole.characters != pieces.characters || whole.words != pieces.words;
        wrong += whole.characters != each.characters || whole.words != each.words;
        wrong += whole.words > whole.characters || whole.characters > n;
    }
    CHECK(wrong == 0);
}

/* Writes a code point as UTF-8; its bytes. */
static size_t put_code_point(char *at, uint32_t c)
{
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; c >>= 6) {
        at[i] = (char)(0x80 | (c & 0x3F));
    }
    at[0] = (char)(lead[n] | c);
    return n;
}

/* every code point, alone and between two letters, against Unicode's tables */
static void test_code_points(void)
{
    unsigned wrong = 0;
    for (uint32_t c = 0; c <= 0x10FFFF; c += c == 0xD7FF ? 0x801 : 1) {
        char bytes[6] = "a";
        size_t n = put_code_point(bytes + 1, c);
        bytes[1 + n] = 'b';
        ebb_body_t alone = count_whole(bytes + 1, n),
                   between = count_whole(bytes, n + 2);
        wrong += alone.characters > 1 || between.characters != 2 + alone.characters;
        wrong += alone.words != (u_isalnum((UChar32)c) ? 1u : 0u);
        wrong += between.words != (u_isUWhiteSpace((UChar32)c) ? 2u : 1u);
    }
    CHECK(wrong == 0);
}

int main(void)
{
    test_known();
    test_masks();
    test_cuts();
    test_code_points();
    return check_report(__FILE__);
}
