/* SPDX-License-Identifier: MIT
 *
 * Counts the characters and words of a body that passes in pieces, keeping none of it.
 *
 * A word is a run between White_Space that holds a letter or a digit. Bytes go 64 at a
 * time as bit masks: with N the bytes that are no space, A the letters and digits and S
 * the first bytes of runs, the sum S + (N & ~A) carries each start through the signs
 * before its first letter; where the carry lands on a letter, or where a start is one,
 * a word is counted. Printable ASCII gets its bits from comparisons of many bytes at
 * once; every other code point is decoded and sets its bits by Unicode's tables, a
 * letter on its first byte. A mark (no character) counts as a sign, which changes no
 * word.
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
    uint64_t space;
    uint64_t alnum; /* letters and digits */
    uint64_t other; /* not printable ASCII: space and alnum are yet to be found */
} ebb_masks_t;

#ifdef EBB_BODY_SSE2
/* In comparisons, which are signed, the bytes beyond ASCII are negative. Bit 5 makes
 * letters small, and keeps digits; letters are then the top of what is positive when 5
 * is added, digits the lowest after an exclusive or. */
static inline ebb_masks_t masks_of_16(const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i space = _mm_cmpeq_epi8(v, _mm_set1_epi8(' '));
    __m128i other = _mm_cmplt_epi8(v, _mm_set1_epi8(' '));
    __m128i small = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter =
        _mm_cmpgt_epi8(_mm_add_epi8(small, _mm_set1_epi8(5)), _mm_set1_epi8('a' + 4));
    __m128i digit =
        _mm_cmplt_epi8(_mm_xor_si128(small, _mm_set1_epi8('0')), _mm_set1_epi8(10));
    return (ebb_masks_t){(uint32_t)_mm_movemask_epi8(space),
                         (uint32_t)_mm_movemask_epi8(_mm_or_si128(letter, digit)),
                         (uint32_t)_mm_movemask_epi8(other)};
}
#else
static inline ebb_masks_t masks_of_16(const char *p)
{
    ebb_masks_t m = {0, 0, 0};
    for (int i = 0; i < 16; i++) {
        unsigned c = (unsigned char)p[i];
        m.space |= (uint64_t)(c == ' ') << i;
        m.alnum |= (uint64_t)((c | 0x20) - 'a' < 26 || c - '0' < 10) << i;
        m.other |= (uint64_t)(c < ' ' || c >= 0x80) << i;
    }
    return m;
}
#endif

/* The masks of the next `n` bytes, 1 <= n <= 64; bits from n on are unspecified. 64
 * bytes must be readable. */
static inline ebb_masks_t masks_of(const char *p, size_t n)
{
    ebb_masks_t all = masks_of_16(p);
    for (unsigned i = 16; i < n; i += 16) {
        ebb_masks_t m = masks_of_16(p + i);
        all.space |= m.space << i;
        all.alnum |= m.alnum << i;
        all.other |= m.other << i;
    }
    all.alnum &= ~all.other;
    return all;
}

/* The lowest `n` bits, 0 < n <= 64. */
static inline uint64_t low_bits(unsigned n)
{
    return ~UINT64_C(0) >> (64 - n);
}

/* Set bits. The compiler's own would be a call where the processor is not known. */
static inline unsigned count_bits(uint64_t x)
{
    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(x * UINT64_C(0x0101010101010101) >> 56);
}

/* Counts the words in `n` bytes (1 <= n <= 64) described by masks. */
static inline void count_words(ebb_body_t *body, ebb_masks_t m, unsigned n)
{
    uint64_t run = ~m.space & low_bits(n);
    uint64_t alnum = m.alnum & run;
    uint64_t starts = run & ~(run << 1 | (uint64_t)body->_in_run);
    if (body->_in_run && !body->_run_counts) {
        starts |= run & 1; /* a run that began earlier and waits for its first letter */
    }
    uint64_t signs = run & ~alnum;
    uint64_t sum = signs + (starts & signs);
    bool overflow = sum < signs; /* only possible for n == 64 */
    uint64_t landed = sum & ~signs & alnum;
    body->words += count_bits((starts & alnum) | landed);
    bool waits = n == 64 ? overflow : (sum >> n & 1) != 0;
    body->_in_run = (run >> (n - 1) & 1) != 0;
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

/* ---- blocks ---- */

/* Whether three bytes' worth of code point is none of: overlong, surrogate, space,
 * mark.
 */
static inline bool is_plain_of_three(uint32_t c)
{
    if (c > 0x3000) { /* East Asia, mostly */
        return c < 0xD800 || (c > 0xDFFF && c != 0xFEFF);
    }
    return (c >= 0x800 && c < 0x2000 && c != 0x1680) || (c > 0x206F && c < 0x3000) ||
           (c > 0x200A && c < 0x200E); /* joiners, in emoji */
}

/* The bytes of the sequence at `p` if it is surely whole, right, and neither space nor
 * mark; 0 where it needs a closer look. Four bytes must be readable. */
static inline unsigned decode_quickly(const unsigned char *p, size_t n, uint32_t *c)
{
    uint32_t p1 = p[1] ^ 0x80u; /* below 0x40 where a sequence goes on */
    if (p[0] < 0xE0) {
        *c = (p[0] & 0x1Fu) << 6 | p1;
        return p[0] > 0xC2 && p1 < 0x40 && n >= 2 && *c != 0x061C ? 2 : 0;
    }
    uint32_t p2 = p[2] ^ 0x80u;
    if (p[0] < 0xF0) {
        *c = (p[0] & 0x0Fu) << 12 | p1 << 6 | p2;
        return (p1 | p2) < 0x40 && n >= 3 && is_plain_of_three(*c) ? 3 : 0;
    }
    uint32_t p3 = p[3] ^ 0x80u;
    *c = (p[0] & 0x0Fu) << 18 | p1 << 12 | p2 << 6 | p3;
    bool right = *c >= 0x10000 && *c <= 0x10FFFF;
    return right && (p1 | p2 | p3) < 0x40 && n >= 4 ? 4 : 0;
}

/* u_isalnum, with the emoji known to be none. */
static inline bool is_letter(uint32_t c)
{
    return (c < 0x1F000 || c > 0x1FAFF) && u_isalnum((UChar32)c);
}

/* A block of up to 64 bytes whose other characters are being found. */
typedef struct ebb_body_block {
    ebb_masks_t masks;
    const unsigned char *bytes;
    size_t left; /* bytes to the end of the piece; the block may be shorter */
    unsigned size;
    unsigned more;   /* bytes that are no characters: all but one of each sequence */
    bool unfinished; /* it ends before a sequence that the piece does not finish */
} ebb_body_block_t;

/* Takes a character that may be anything; its bytes, 0 where the block must end. */
static unsigned take_any(ebb_body_block_t *block, unsigned i)
{
    uint32_t c = block->bytes[i];
    int length = c < 0x80 ? 1 : decode(block->bytes + i, block->left - i, &c);
    if (length < 0) {
        block->unfinished = true;
        return 0;
    }
    if (length == 0) { /* a stray byte is one sign, no letter */
        return 1;
    }
    if (i + (unsigned)length > 64) {
        return 0;
    }
    uint64_t first = UINT64_C(1) << i;
    block->masks.space |= is_space(c) ? low_bits((unsigned)length) << i : 0;
    block->masks.alnum |= u_isalnum((UChar32)c) ? first : 0;
    block->more += (unsigned)length - !is_mark(c);
    return (unsigned)length;
}

/* The end of the letters of two bytes from byte `i` on: in a run that has its letter
 * nothing else is asked of most scripts between Latin and Chinese. */
static inline unsigned skip_letters(const ebb_body_block_t *block, unsigned i)
{
    const unsigned char *p = block->bytes;
    while (i + 2 <= block->size && p[i] > 0xC2 && p[i] < 0xE0 && (p[i + 1] >> 6) == 2 &&
           (p[i] != 0xD8 || p[i + 1] != 0x9C)) { /* U+061C is a mark */
        i += 2;
    }
    return i;
}

/* Sets the bits of characters that are not printable ASCII, from byte `i` on as far as
 * they follow each other; in each run the first letter will do. Returns where they end.
 * The block is cut before one that does not end in it. */
static unsigned take_others(ebb_body_block_t *block, unsigned i)
{
    const unsigned char *p = block->bytes;
    bool counts = false; /* the run has a letter */
    while (i < block->size && (p[i] >= 0x80 || p[i] < ' ')) {
        uint32_t c = 0;
        unsigned length = decode_quickly(p + i, block->left - i, &c);
        if (length > 0 && i + length <= 64) {
            if (!counts && is_letter(c)) {
                block->masks.alnum |= UINT64_C(1) << i;
                counts = true;
            }
            bool skip = counts && length == 2;
            unsigned end = skip ? skip_letters(block, i + 2) : i + length;
            block->more += length - 1 + (end - i - length) / 2;
            length = end - i;
        } else {
            length = take_any(block, i);
            counts = counts && !(block->masks.space >> i & 1);
            block->size = length ? block->size : i;
        }
        i += length;
    }
    return i;
}

static inline void find_others(ebb_body_block_t *block)
{
    uint64_t rest = block->masks.other & low_bits(block->size);
    while (rest) {
        unsigned end = take_others(block, (unsigned)__builtin_ctzll(rest));
        rest = end < block->size ? rest & ~low_bits(end) : 0;
    }
}

void ebb_body_count_padded(ebb_body_t *body, const char *bytes, size_t length)
{
    size_t i = finish_pending(body, bytes, length);
    while (i < length) {
        ebb_body_block_t block = {.bytes = (const unsigned char *)bytes + i,
                                  .left = length - i};
        block.size = block.left < 64 ? (unsigned)block.left : 64;
        block.masks = masks_of(bytes + i, block.size);
        find_others(&block);
        if (block.size > 0) {
            body->characters += block.size - block.more;
            count_words(body, block.masks, block.size);
            i += block.size;
        }
        if (block.unfinished) {
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
