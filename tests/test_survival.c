/* SPDX-License-Identifier: MIT
 * Survival curves against a trial that textbooks print, fractions worked out by hand,
 * and edges. */
#include "check.h"
#include "ebb/survival.h"

/* Remission under 6-mercaptopurine, weeks, + still in remission: 6 6 6 6+ 7 9+ 10 10+
 * 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+ (Freireich 1963; Gehan 1965). With
 * ties, and with losses at times at which others end. */
static const double weeks[] = {6,  7,  9,  10, 11, 13, 16, 17,
                               19, 20, 22, 23, 25, 32, 34, 35};
static const ebb_survival_row_t remission[] = {
    {21, 3, 1}, {17, 1, 0}, {16, 0, 1}, {15, 1, 1}, {13, 0, 1}, {12, 1, 0},
    {11, 1, 0}, {10, 0, 1}, {9, 0, 1},  {8, 0, 1},  {7, 1, 0},  {6, 1, 0},
    {5, 0, 1},  {4, 0, 2},  {2, 0, 1},  {1, 0, 1}};
enum { ROWS = sizeof remission / sizeof *remission };

/* As printed by statistics programs for these data: share, error, interval. */
static const struct {
    double week, share, error, low, high;
} printed[] = {
    {6, 0.8571, 0.0764, 0.6197, 0.9516},  {7, 0.8067, 0.0869, 0.5631, 0.9228},
    {10, 0.7529, 0.0963, 0.5032, 0.8894}, {13, 0.6902, 0.1068, 0.4316, 0.8491},
    {16, 0.6275, 0.1141, 0.3675, 0.8049}, {22, 0.5378, 0.1282, 0.2678, 0.7468},
    {23, 0.4482, 0.1346, 0.1881, 0.6801},
};

static void test_remission(void)
{
    ebb_survival_point_t points[ROWS];
    ebb_survival_curve(remission, ROWS, points);
    for (size_t k = 0, p = 0; k < ROWS; k++) {
        p +=
            p + 1 < sizeof printed / sizeof *printed && weeks[k] >= printed[p + 1].week;
        CHECK_NEAR(points[k].share, printed[p].share, 6e-5);
        CHECK_NEAR(points[k].error, printed[p].error, 6e-5);
        CHECK_NEAR(points[k].low, printed[p].low, 6e-5);
        CHECK_NEAR(points[k].high, printed[p].high, 6e-5);
    }
    CHECK(ebb_survival_median(points, weeks, ROWS) == 23);
}

/* Ten couples; by hand: at 1 two of ten end, at 2 one is lost, at 3 three of seven. */
static void test_by_hand(void)
{
    const ebb_survival_row_t rows[] = {{10, 2, 0}, {8, 0, 1}, {7, 3, 0}};
    ebb_survival_point_t points[3];
    ebb_survival_curve(rows, 3, points);
    CHECK_NEAR(points[0].share, 0.8, 1e-15);
    CHECK_NEAR(points[0].error, 0.8 * sqrt(2. / 80), 1e-15);
    CHECK(points[1].share == points[0].share && points[1].error == points[0].error);
    CHECK_NEAR(points[2].share, 0.8 * 4 / 7, 1e-15);
    CHECK_NEAR(points[2].error, 0.8 * 4 / 7 * sqrt(2. / 80 + 3. / 28), 1e-15);
    /* without losses Greenwood's is the error of a binomial share */
    const ebb_survival_row_t all[] = {{100, 10, 0}, {90, 20, 0}};
    ebb_survival_curve(all, 2, points);
    CHECK_NEAR(points[1].error, sqrt(0.7 * 0.3 / 100), 1e-15);
}

static void test_incidence(void)
{
    /* two ways; four at risk: the first way ends one, one is lost, the second way ends
     * one of two, then both end the last one */
    const ebb_survival_row_t rows[] = {{4, 1, 0}, {3, 0, 1}, {2, 1, 0}, {1, 1, 0}};
    const uint64_t ended[] = {1, 0, 0, 0, 0, 1, 1, 0};
    double first[4], second[4];
    ebb_survival_point_t points[4];
    ebb_survival_incidence(rows, 4, ended, 2, first);
    ebb_survival_incidence(rows, 4, ended + 1, 2, second);
    ebb_survival_curve(rows, 4, points);
    CHECK_NEAR(first[0], 1. / 4, 1e-15);
    CHECK_NEAR(first[2], 1. / 4, 1e-15);
    CHECK_NEAR(second[2], 3. / 8, 1e-15);
    CHECK_NEAR(first[3], 5. / 8, 1e-15);
    for (int k = 0; k < 4; k++) {
        CHECK_NEAR(first[k] + second[k], 1 - points[k].share, 1e-15);
    }
}

static void test_edges(void)
{
    const ebb_survival_row_t rows[] = {{5, 0, 0}, {5, 5, 0}, {0, 0, 0}};
    const double times[] = {1, 2, 3};
    ebb_survival_point_t points[3];
    ebb_survival_curve(rows, 3, points);
    CHECK(points[0].share == 1 && points[0].error == 0);
    CHECK(points[0].low == 1 && points[0].high == 1);
    CHECK(points[1].share == 0 && isnan(points[1].error) && isnan(points[1].low));
    CHECK(points[2].share == 0);
    CHECK(ebb_survival_median(points, times, 3) == 2);
    CHECK(isnan(ebb_survival_median(points, times, 1)));
    const ebb_survival_row_t none[] = {{0, 0, 0}};
    double share = -1;
    const uint64_t ended = 0;
    ebb_survival_curve(none, 1, points);
    ebb_survival_incidence(none, 1, &ended, 1, &share);
    CHECK(points[0].share == 1 && share == 0);
}

int main(void)
{
    test_remission();
    test_by_hand();
    test_incidence();
    test_edges();
    return check_report(__FILE__);
}
