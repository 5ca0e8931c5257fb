/* SPDX-License-Identifier: MIT
 * Quantiles, medians and shares with intervals: by hand, and by how often the intervals
 * cover what they should. */
#include "check.h"
#include "cycle/stats.h"
#include "draw.h"
#include "math/elementary.h"

static void test_quantile(void)
{
    double one[] = {7}, many[] = {5, 1, 4, 2, 3}, even[] = {4, 1, 3, 2};
    CHECK(isnan(ebb_quantile(NULL, 0, 0.5)));
    CHECK(ebb_quantile(one, 1, 0) == 7 && ebb_quantile(one, 1, 1) == 7);
    CHECK(ebb_quantile(many, 5, 0) == 1 && ebb_quantile(many, 5, 1) == 5);
    CHECK(ebb_quantile(many, 5, 0.5) == 3);
    CHECK_NEAR(ebb_quantile(many, 5, 0.9), 4.6, 1e-12);
    CHECK(many[0] == 1 && many[4] == 5); /* sorted in place */
    CHECK(ebb_quantile(even, 4, 0.5) == 2.5);
    CHECK_NEAR(ebb_quantile(even, 4, 0.25), 1.75, 1e-12);
}

/* Ranks of printed tables for the sign test: n, and k so that [k-th, k-th from above].
 */
static void test_median_ranks(void)
{
    static const size_t table[][2] = {{6, 1},  {8, 1},  {9, 2},   {11, 2},  {12, 3},
                                      {20, 6}, {25, 8}, {50, 18}, {100, 40}};
    double values[100];
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t n = table[i][0], k = table[i][1];
        for (size_t j = 0; j < n; j++) {
            values[j] = (double)(n - j); /* n .. 1 */
        }
        ebb_estimate_t e = ebb_median(values, n);
        CHECK(e.value == (double)(n + 1) / 2);
        CHECK(e.low == (double)k && e.high == (double)(n + 1 - k));
    }
    for (size_t n = 0; n < 6; n++) {
        for (size_t j = 0; j < n; j++) {
            values[j] = (double)j;
        }
        ebb_estimate_t e = ebb_median(values, n);
        CHECK(isnan(e.low) && isnan(e.high) && isnan(e.value) == (n == 0));
    }
}

/* The interval holds the median at least 95 % of the time (it cannot hold it exactly so
 * often with few values), whatever the law. 4000 rounds: 95 % +- 0.35 %; three of these
 * are allowed for, so a right interval fails one time in 700. */
static void test_median_coverage(void)
{
    static const size_t sizes[] = {6, 13, 40, 399, 401, 1000};
    static double values[1000];
    draw_t draw = {1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t n = sizes[i], rounds = n > 100 ? 1000 : 4000, held = 0;
        for (size_t round = 0; round < rounds; round++) {
            for (size_t j = 0; j < n; j++) {
                values[j] = draw_exponential(&draw);
            }
            ebb_estimate_t e = ebb_median(values, n);
            held += e.low <= 0.6931471805599453 && e.high >= 0.6931471805599453;
        }
        double share = (double)held / (double)rounds,
               sd = sqrt(0.0475 / (double)rounds);
        CHECK(share >= 0.95 - 3 * sd);
        CHECK(share <= (n < 100 ? 0.99 : 0.965) + 3 * sd); /* nor idly wide */
    }
}

static void test_share(void)
{
    const uint32_t none[4][2] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
    ebb_estimate_t e = ebb_share(none, 4);
    CHECK(isnan(e.value) && isnan(e.low) && isnan(e.high));
    CHECK(isnan(ebb_share(none, 0).value));
    const uint32_t three[4][2] = {{3, 1}, {0, 0}, {1, 0}, {2, 2}};
    e = ebb_share(three, 4);
    CHECK_NEAR(e.value, 6.0 / 9, 1e-15);
    CHECK(isnan(e.low) && isnan(e.high));
    /* all by one: a value of 1 and an interval that does not pretend to certainty */
    const uint32_t all[5][2] = {{2, 0}, {1, 0}, {3, 0}, {2, 0}, {2, 0}};
    e = ebb_share(all, 5);
    CHECK(e.value == 1 && e.low > 0 && e.low < 0.9 && e.high <= 1 && e.high > e.low);
    CHECK(e.high >= e.value);
    const uint32_t never[5][2] = {{0, 2}, {0, 1}, {0, 3}, {0, 2}, {0, 2}};
    ebb_estimate_t f = ebb_share(never, 5);
    CHECK(f.value == 0 && f.low <= f.value);
    CHECK_NEAR(f.low, 1 - e.high, 1e-14);
    CHECK_NEAR(f.high, 1 - e.low, 1e-14);
}

/* By hand: four weeks and an empty one; jackknife of the log odds with halves. */
static void test_share_by_hand(void)
{
    const uint32_t weeks[5][2] = {{2, 1}, {1, 12}, {0, 0}, {13, 1}, {4, 6}};
    const double out[4][2] = {{18.5, 19.5}, {19.5, 8.5}, {7.5, 19.5}, {16.5, 14.5}};
    double centre = log(20.5 / 20.5), sum = 0;
    for (size_t i = 0; i < 4; i++) {
        double d = log(out[i][0] / out[i][1]) - centre;
        sum += d * d;
    }
    double variance = sum * 3 / 4;
    CHECK(variance > 1 / 20.5 + 1 / 20.5); /* more than single counts would have */
    double half = ebb_t_975(3) * sqrt(variance);
    ebb_estimate_t e = ebb_share(weeks, 5);
    CHECK_NEAR(e.value, 0.5, 1e-15);
    CHECK_NEAR(log(e.low / (1 - e.low)), centre - half, 1e-12);
    CHECK_NEAR(log(e.high / (1 - e.high)), centre + half, 1e-12);
    /* equal weeks vary less than chance would: the variance of single counts instead */
    const uint32_t equal[4][2] = {{3, 1}, {3, 1}, {3, 1}, {3, 1}};
    e = ebb_share(equal, 4);
    half = ebb_t_975(3) * sqrt(1 / 12.5 + 1 / 4.5);
    CHECK_NEAR(log(e.high / (1 - e.high)), log(12.5 / 4.5) + half, 1e-12);
}

/* Weeks whose own share varies: intervals from leaving out weeks hold the mean about as
 * often as they say; with 40 weeks, 1500 rounds, 95 % +- 0.6 %. */
static void test_share_coverage(void)
{
    draw_t draw = {2};
    size_t held = 0, rounds = 1500;
    uint32_t weeks[40][2];
    for (size_t round = 0; round < rounds; round++) {
        for (size_t week = 0; week < 40; week++) {
            weeks[week][0] = weeks[week][1] = 0;
            double share = 0.2 + 0.6 * draw_uniform(&draw); /* mean a half */
            for (size_t i = draw_below(&draw, 15); i > 0; i--) {
                weeks[week][draw_uniform(&draw) >= share]++;
            }
        }
        ebb_estimate_t e = ebb_share((const uint32_t(*)[2])weeks, 40);
        CHECK(e.low <= e.value && e.value <= e.high);
        held += e.low <= 0.5 && e.high >= 0.5;
    }
    double covered = (double)held / (double)rounds;
    CHECK(covered > 0.93 && covered < 0.97);
}

int main(void)
{
    test_quantile();
    test_median_ranks();
    test_median_coverage();
    test_share();
    test_share_by_hand();
    test_share_coverage();
    return check_report(__FILE__);
}
