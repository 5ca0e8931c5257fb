/* SPDX-License-Identifier: MIT
 *
 * Counts the characters and words of a body that passes in pieces, keeping none of it.
 *
 * A word is a run between White_Space that holds a letter or a digit. ASCII goes 64
 * bytes at a time as bit masks: with N the bytes that are no space, A the letters and
 * digits and S the first bytes of runs, the sum S + (N & ~A) carries each start through
 * the signs before its first letter; where the carry lands on a letter, or where a
 * start is one, a word is counted. Other code points go one by one through Unicode's
 * tables.
 *
 * Invariant: any way of cutting the bytes into pieces gives the same counts.
 */
#include <string.h>
#include <unicode/uchar.h>

#include "messages/reader.h"

#if defined(__SSE2__) && !defined(EBB_PLAIN_C) /* a test builds it without */
#define EBB_BODY_SSE2
#include <emmintrin.h>
#endif

typedef struct ebb_masks {
    uint64_t space;  /* ASCII White_Space */
    uint64_t alnum;  /* ASCII letters and digits */
    uint64_t beyond; /* not ASCII */
} ebb_masks_t;

#ifdef EBB_BODY_SSE2
/* Bit i set where low <= byte i <= high, for 0 <= low <= high < 128. */
static inline __m128i bytes_between(__m128i v, char low, char high)
{
    return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(low - 1))),
                         _mm_cmplt_epi8(v, _mm_set1_epi8((char)(high + 1))));
}

static inline ebb_masks_t masks_of_16(const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i space = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')),
                                 bytes_between(v, '\t', '\r'));
    __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i alnum =
        _mm_or_si128(bytes_between(lower, 'a', 'z'), bytes_between(v, '0', '9'));
    return (ebb_masks_t){(uint32_t)_mm_movemask_epi8(space),
                         (uint32_t)_mm_movemask_epi8(alnum),
                         (uint32_t)_mm_movemask_epi8(v)};
}
#else
static inline ebb_masks_t masks_of_16(const char *p)
{
    ebb_masks_t m = {0, 0, 0};
    for (int i = 0; i < 16; i++) {
        unsigned c = (unsigned char)p[i];
        m.space |= (uint64_t)(c == ' ' || c - '\t' < 5) << i;
        m.alnum |= (uint64_t)((c | 0x20) - 'a' < 26 || c - '0' < 10) << i;
        m.beyond |= (uint64_t)(c >> 7) << i;
    }
    return m;
}
#endif

/* The masks of the next `n` <= 64 bytes; bits from n on are unspecified. 64 bytes must
 * be readable. */
static inline ebb_masks_t masks_of(const char *p, size_t n)
{
    ebb_masks_t all = masks_of_16(p);
    for (unsigned i = 16; i < n; i += 16) {
        ebb_masks_t m = masks_of_16(p + i);
        all.space |= m.space << i;
        all.alnum |= m.alnum << i;
        all.beyond |= m.beyond << i;
    }
    return all;
}

/* Set bits. The compiler's own would be a call where the processor is not known. */
static inline unsigned count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* Counts `k` ASCII bytes (1 <= k <= 64) described by masks. */
static inline void count_ascii(ebb_body_t *body, ebb_masks_t m, unsigned k)
{
    uint64_t all = k == 64 ? ~UINT64_C(0) : (UINT64_C(1) << k) - 1;
    uint64_t run = ~m.space & all;
    uint64_t alnum = m.alnum & all;
    uint64_t starts = run & ~(run << 1 | (uint64_t)body->_in_run);
    if (body->_in_run && !body->_run_counts) {
        starts |= run & 1; /* a run that began earlier and waits for its first letter */
    }
    uint64_t signs = run & ~alnum;
    uint64_t sum = signs + (starts & signs);
    bool overflow = sum < signs; /* only possible for k == 64 */
    uint64_t landed = sum & ~signs & alnum;
    body->characters += k;
    body->words += count_bits((starts & alnum) | landed);
    bool waits = k == 64 ? overflow : (sum >> k & 1) != 0;
    body->_in_run = (run >> (k - 1) & 1) != 0;
    body->_run_counts = body->_in_run && !waits;
}

/* Marks that are no characters of a body: direction marks and byte order marks. */
static inline bool is_mark(uint32_t c)
{
    return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF;
}

/* White_Space; ASCII comes here only in the middle of something broken. */
static inline bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0 ||
           c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
           c == 0x202F || c == 0x205F || c == 0x3000;
}

static void count_one(ebb_body_t *body, uint32_t c)
{
    if (is_mark(c)) {
        return;
    }
    body->characters++;
    if (is_space(c)) {
        body->_in_run = body->_run_counts = false;
        return;
    }
    if (!body->_run_counts && u_isalnum((UChar32)c)) {
        body->words++;
        body->_run_counts = true;
    }
    body->_in_run = true;
}

/* Decodes the sequence at `p`: its length, 0 where it is broken, -1 where the piece
 * ends before it does. */
static int decode(const unsigned char *p, size_t n, uint32_t *c)
{
    int need = ebb_utf8_length((const char *)p, n);
    if (need > 0) {
        static const uint8_t lead[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        *c = p[0] & lead[need];
        for (int i = 1; i < need; i++) {
            *c = *c << 6 | (p[i] & 0x3Fu);
        }
        return need;
    }
    /* Would bytes still to come complete it? Try with the bytes that may follow. */
    static const unsigned char tails[2] = {0x80, 0xBF};
    for (int t = 0; n < 4 && t < 2; t++) {
        unsigned char full[4];
        memset(full, tails[t], sizeof full);
        memcpy(full, p, n);
        if (ebb_utf8_length((const char *)full, 4) > (int)n) {
            return -1;
        }
    }
    return 0;
}

/* Counts the code point at the beginning of `p`; how many bytes it took, 0 when it is
 * unfinished. */
static size_t count_sequence(ebb_body_t *body, const unsigned char *p, size_t n)
{
    uint32_t c = p[0];
    int length = c < 0x80 ? 1 : decode(p, n, &c);
    if (length < 0) {
        return 0;
    }
    count_one(body, length ? c : 0xFFFD); /* a stray byte is one sign, no letter */
    return length ? (size_t)length : 1;
}

/* Puts an unfinished sequence aside. It counts as broken, one character a byte, until
 * the next piece comes, as there may be none. */
static void wait_for(ebb_body_t *body, size_t count)
{
    body->_pending_count = (uint8_t)count;
    body->characters += (uint32_t)count;
}

/* Goes on with a sequence begun in an earlier piece; returns the bytes it took. */
static size_t finish_pending(ebb_body_t *body, const char *bytes, size_t n)
{
    size_t taken = 0;
    if (body->_pending_count == 0) {
        return 0;
    }
    body->characters -= body->_pending_count;
    while (body->_pending_count > 0) {
        size_t used = count_sequence(body, body->_pending, body->_pending_count);
        if (used > 0) {
            body->_pending_count = (uint8_t)(body->_pending_count - used);
            memmove(body->_pending, body->_pending + used, body->_pending_count);
        } else if (taken < n) {
            body->_pending[body->_pending_count++] = (uint8_t)bytes[taken++];
        } else {
            wait_for(body, body->_pending_count);
            break;
        }
    }
    return taken;
}

/* Counts a sequence of two or three bytes that is surely whole, and surely neither
 * space nor mark: nearly all letters of the world. Its length, or 0 where it may be
 * anything else. */
static inline size_t count_letter(ebb_body_t *body, const unsigned char *p, size_t n)
{
    uint32_t c;
    size_t length;
    if (n >= 2 && p[0] >= 0xC3 && p[0] <= 0xDF && p[0] != 0xD8 &&
        (p[1] & 0xC0) == 0x80) {
        c = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
        length = 2;
    } else if (n >= 3 && p[0] >= 0xE4 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 &&
               (p[2] & 0xC0) == 0x80) {
        c = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        length = 3;
    } else {
        return 0; /* 0xC2, 0xD8, 0xE0-0xE3 and 0xED-0xEF need a closer look */
    }
    body->characters++;
    if (!body->_run_counts && u_isalnum((UChar32)c)) {
        body->words++;
        body->_run_counts = true;
    }
    body->_in_run = true;
    return length;
}

/* Counts code points beyond ASCII from byte `i` on, and single ASCII characters between
 * them, as other scripts put between words. Returns where it stopped; `*unfinished`
 * says that the piece ends inside a sequence there. */
static size_t count_beyond(ebb_body_t *body, const char *bytes, size_t i, size_t length,
                           bool *unfinished)
{
    const unsigned char *p = (const unsigned char *)bytes;
    while (i < length && (p[i] >= 0x80 || (i + 1 < length && p[i + 1] >= 0x80))) {
        size_t used = count_letter(body, p + i, length - i);
        used = used ? used : count_sequence(body, p + i, length - i);
        if (used == 0) {
            *unfinished = true;
            break;
        }
        i += used;
    }
    return i;
}

void ebb_body_count_padded(ebb_body_t *body, const char *bytes, size_t length)
{
    size_t i = finish_pending(body, bytes, length);
    while (i < length) {
        size_t n = length - i < 64 ? length - i : 64;
        ebb_masks_t m = masks_of(bytes + i, n);
        if (n < 64) {
            m.beyond &= (UINT64_C(1) << n) - 1;
        }
        unsigned k = m.beyond ? (unsigned)__builtin_ctzll(m.beyond) : (unsigned)n;
        if (k > 0) {
            count_ascii(body, m, k);
            i += k;
        }
        bool unfinished = false;
        i = m.beyond ? count_beyond(body, bytes, i, length, &unfinished) : i;
        if (unfinished) {
            memcpy(body->_pending, bytes + i, length - i);
            wait_for(body, length - i);
            return;
        }
    }
}

void ebb_body_count(ebb_body_t *body, const char *bytes, size_t length)
{
    char tail[2 * EBB_BODY_SLACK];
    size_t whole = length > EBB_BODY_SLACK ? length - EBB_BODY_SLACK : 0;
    ebb_body_count_padded(body, bytes, whole); /* what follows is its padding */
    memset(tail + (length - whole), 0, EBB_BODY_SLACK);
    memcpy(tail, bytes + whole, length - whole);
    ebb_body_count_padded(body, tail, length - whole);
}
