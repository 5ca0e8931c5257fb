/* SPDX-License-Identifier: MIT
 * The counter-based random numbers: Threefry against its authors' known answers, each
 * law against its distribution word by word, and draws of neighbouring addresses for
 * what they should not share.
 *
 * Seeds are fixed, so the outcome is too. A sound generator would pass with any other:
 * each statistic is held to 5 standard deviations (6e-7 both sides), chi-square and
 * Kolmogorov-Smirnov to the same rate; 320 statistics make 2e-4 together.
 */
#include "check.h"
#include "math/random.h"

#include <stdlib.h>

#define DRAWS (1 << 19)
#define LIMIT 5.0

/* kat_vectors of Random123 (Salmon and others 2011). */
static void test_known_answers(void)
{
    static const ebb_random_block_t vectors[][3] = {
        {{0, 0, 0, 0},
         {0, 0, 0, 0},
         {0x9c6ca96au, 0xe17eae66u, 0xfc10ecd4u, 0x5256a7d8u}},
        {{~0u, ~0u, ~0u, ~0u},
         {~0u, ~0u, ~0u, ~0u},
         {0x2a881696u, 0x57012287u, 0xf6c7446eu, 0xa16a6732u}},
        {{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u},
         {0xa4093822u, 0x299f31d0u, 0x082efa98u, 0xec4e6c89u},
         {0x59cd1dbbu, 0xb8879579u, 0x86b5d00cu, 0xac8b6d84u}}};
    for (size_t i = 0; i < 3; i++) {
        ebb_random_block_t got = ebb_threefry(vectors[i][0], vectors[i][1]);
        CHECK(memcmp(&got, &vectors[i][2], sizeof got) == 0);
    }
    /* the third again, as an address: seed and step are two words, low first */
    ebb_random_block_t at =
        ebb_random_at(0x0102030405060708u, 9, 0x0a0b0c0d0e0f1011u, 3);
    ebb_random_block_t counter = {9, 0x0e0f1011u, 0x0a0b0c0du, 3};
    ebb_random_block_t key = {0x05060708u, 0x01020304u, 0, 0};
    ebb_random_block_t same = ebb_threefry(counter, key);
    CHECK(memcmp(&at, &same, sizeof at) == 0);
}

static void test_uniform_ends(void)
{
    CHECK(ebb_random_uniform(0) == 0x1p-33);
    CHECK(ebb_random_uniform(~0u) == 1 - 0x1p-33);
    CHECK(ebb_random_uniform(0x80000000u) == 0.5 + 0x1p-33);
    CHECK(ebb_random_signed(0) == -1 + 0x1p-32 &&
          ebb_random_signed(~0u) == 1 - 0x1p-32);
}

/* Words of every size from both ends, and from the middle. */
static uint32_t some_word(uint32_t i)
{
    uint32_t word = ebb_random_at(11, i, 0, 0).a >> (i % 32);
    return i % 3 == 0 ? word : i % 3 == 1 ? ~word : word ^ 0x80000000u;
}

static void test_normal_quantile(void)
{
    double parts = 0, relative = 0;
    int asymmetric = 0, falls = 0;
    for (uint32_t i = 0; i < 200000; i++) {
        uint32_t word = some_word(i);
        word = word < 0x80000000u ? word : ~word; /* the lower tail stands for both */
        double z = ebb_random_normal(word);
        long double u = ((long double)word + 0.5L) * 0x1p-32L;
        long double below = erfcl(-(long double)z * 0.70710678118654752440L) / 2;
        parts = fmax(parts, (double)fabsl(below - u) * 0x1p32);
        relative = fmax(relative, (double)(fabsl(below - u) / u));
        asymmetric += ebb_random_normal(~word) != -z;
        falls += ebb_random_normal(word + 1) <= z;
    }
    (void)printf("normal: probability within %.2f parts of 2^-32, %.1e of itself\n",
                 parts, relative);
    CHECK(parts < 0.35);
    CHECK(relative < 1e-7);
    CHECK(asymmetric == 0);
    CHECK(falls == 0);
    CHECK_NEAR(ebb_random_normal(0), -6.337957754, 1e-7);
}

static void test_exponential_quantile(void)
{
    double worst = 0;
    for (uint32_t i = 0; i < 200000; i++) {
        uint32_t word = some_word(i);
        long double want = -logl(((long double)word + 0.5L) * 0x1p-32L);
        double error = (double)fabsl((long double)ebb_random_exponential(word) - want);
        worst = fmax(worst, error / (double)want);
    }
    CHECK(worst < 3e-16);
}

/* --- draws together ----------------------------------------------------------------
 */

static uint32_t word_of(ebb_random_block_t block, uint32_t slot)
{
    const uint32_t words[4] = {block.a, block.b, block.c, block.d};
    return words[slot % 4];
}

/* Ways through the addresses: along one part of them, the others fixed. */
enum { COUPLES, STEPS, SLOTS, SEEDS, GRAY_SEEDS, WAYS };

static uint32_t along(int way, uint32_t i)
{
    switch (way) {
    case COUPLES:
        return ebb_random_at(1, i, 2, 0).a;
    case STEPS:
        return ebb_random_at(1, 3, i, 0).b;
    case SLOTS:
        return word_of(ebb_random_at(1, 3, 2, i / 4), i);
    case SEEDS:
        return ebb_random_at(i, 3, 2, 0).c;
    default: /* neighbours differ in one bit, of the upper word */
        return ebb_random_at((uint64_t)(i ^ (i >> 1)) << 32, 3, 2, 0).d;
    }
}

/* Sums of z, z^2, z^3, z^4 of a standard normal sample in standard deviations. */
static void test_moments(int way)
{
    double sums[4] = {0, 0, 0, 0};
    for (uint32_t i = 0; i < DRAWS; i++) {
        double z = ebb_random_normal(along(way, i));
        sums[0] += z;
        sums[1] += z * z - 1;
        sums[2] += z * z * z;
        sums[3] += z * z * z * z - 3;
    }
    static const double variance[4] = {1, 2, 15, 96};
    for (int k = 0; k < 4; k++) {
        CHECK_NEAR(sums[k] / sqrt(variance[k] * DRAWS), 0, LIMIT);
    }
}

/* Products of draws `lag` apart, of their signs alone too. */
static void test_lags(int way)
{
    static double z[DRAWS];
    for (uint32_t i = 0; i < DRAWS; i++) {
        z[i] = ebb_random_normal(along(way, i));
    }
    static const uint32_t lags[] = {1, 2, 3, 4, 8, 64, 256, 65536};
    for (size_t k = 0; k < sizeof lags / sizeof *lags; k++) {
        double sum = 0, squares = 0;
        uint32_t n = DRAWS - lags[k];
        for (uint32_t i = 0; i < n; i++) {
            sum += z[i] * z[i + lags[k]];
            squares += (z[i] * z[i] - 1) * (z[i + lags[k]] * z[i + lags[k]] - 1);
        }
        CHECK_NEAR(sum / sqrt(n), 0, LIMIT);
        CHECK_NEAR(squares / (2 * sqrt(n)), 0, LIMIT);
    }
}

/* Chi-square over n cells in standard deviations, by Wilson and Hilferty's cube root.
 */
static double chi_score(const uint32_t *counts, size_t n, double expected)
{
    double chi = 0, free = (double)n - 1;
    for (size_t i = 0; i < n; i++) {
        chi += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return (cbrt(chi / free) - 1 + 2 / (9 * free)) / sqrt(2 / (9 * free));
}

/* Each byte of a word, and the leading bytes of two neighbours together. */
static void test_cells(int way)
{
    static uint32_t counts[4][256], pairs[256 * 256];
    memset(counts, 0, sizeof counts);
    memset(pairs, 0, sizeof pairs);
    uint32_t last = along(way, DRAWS);
    for (uint32_t i = 0; i < DRAWS; i++) {
        uint32_t word = along(way, i);
        for (int b = 0; b < 4; b++) {
            counts[b][word >> (8 * b) & 255]++;
        }
        pairs[(last >> 24) << 8 | word >> 24]++;
        last = word;
    }
    for (int b = 0; b < 4; b++) {
        CHECK_NEAR(chi_score(counts[b], 256, DRAWS / 256.0), 0, LIMIT);
    }
    CHECK_NEAR(chi_score(pairs, 256 * 256, DRAWS / 65536.0), 0, LIMIT);
}

static int compare_words(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov: sqrt(n) D passes 2.73 with probability 2 e^(-2 2.73^2) =
 * 7e-7. */
static void test_evenness(int way)
{
    static uint32_t words[DRAWS];
    for (uint32_t i = 0; i < DRAWS; i++) {
        words[i] = along(way, i);
    }
    qsort(words, DRAWS, sizeof *words, compare_words);
    double worst = 0;
    for (uint32_t i = 0; i < DRAWS; i++) {
        double u = ebb_random_uniform(words[i]);
        worst = fmax(worst, fmax(u - (double)i / DRAWS, (i + 1.0) / DRAWS - u));
    }
    CHECK(worst * sqrt(DRAWS) < 2.73);
}

/* One bit of an address turns half of the 128 bits of the block. */
static void test_avalanche(void)
{
    enum { TRIES = 400, BITS = 64 + 32 + 64 + 32 };
    for (int bit = 0; bit < BITS; bit++) {
        double turned = 0;
        for (uint32_t i = 0; i < TRIES; i++) {
            uint64_t seed = i, step = 5;
            uint32_t couple = 7 * i, block = 1;
            ebb_random_block_t x = ebb_random_at(seed, couple, step, block);
            seed ^= bit < 64 ? (uint64_t)1 << bit : 0;
            step ^= bit >= 64 && bit < 128 ? (uint64_t)1 << (bit - 64) : 0;
            couple ^= bit >= 128 && bit < 160 ? (uint32_t)1 << (bit - 128) : 0;
            block ^= bit >= 160 ? (uint32_t)1 << (bit - 160) : 0;
            ebb_random_block_t y = ebb_random_at(seed, couple, step, block);
            turned += __builtin_popcount(x.a ^ y.a) + __builtin_popcount(x.b ^ y.b) +
                      __builtin_popcount(x.c ^ y.c) + __builtin_popcount(x.d ^ y.d);
        }
        CHECK_NEAR((turned - 64.0 * TRIES) / sqrt(32.0 * TRIES), 0, LIMIT);
    }
}

int main(void)
{
    test_known_answers();
    test_uniform_ends();
    test_normal_quantile();
    test_exponential_quantile();
    for (int way = 0; way < WAYS; way++) {
        test_moments(way);
        test_lags(way);
        test_cells(way);
        test_evenness(way);
    }
    test_avalanche();
    return check_report(__FILE__);
}
