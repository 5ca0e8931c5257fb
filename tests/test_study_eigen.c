/* SPDX-License-Identifier: MIT
 * Eigenvalues against known spectra, easy and hard. */
#include <stdint.h>

#include "check.h"
#include "math/eigen.h"
#include "math/linear.h"

enum { MOST = 40 };

static double re[MOST], im[MOST], a[MOST * MOST];

/* Whether the spectrum has re + i im, each within `near`; takes it out. */
static int has(size_t n, double x, double y, double near)
{
    for (size_t k = 0; k < n; k++) {
        if (fabs(re[k] - x) <= near && fabs(im[k] - y) <= near) {
            re[k] = (double)NAN;
            return 1;
        }
    }
    return 0;
}

static void spectrum(size_t n)
{
    CHECK(ebb_eigenvalues(a, n, re, im) == 0);
}

static void test_small(void)
{
    a[0] = -3;
    spectrum(1);
    CHECK(has(1, -3, 0, 0));
    memcpy(a, (double[]){0, 1, -4, 0}, 4 * sizeof *a);
    spectrum(2);
    CHECK(re[0] == 0 && im[0] == 2 && re[1] == 0 && im[1] == -2);
    /* nearly equal: the difference must survive */
    memcpy(a, (double[]){1, 1e-12, 1e-12, 1}, 4 * sizeof *a);
    spectrum(2);
    CHECK_NEAR(re[0] - re[1], 2e-12, 4e-16);
    memset(a, 0, 9 * sizeof *a);
    spectrum(3);
    CHECK(has(3, 0, 0, 0) && has(3, 0, 0, 0) && has(3, 0, 0, 0));
}

/* Companion of (x - 1)(x - 2) ... (x - 6). */
static void test_companion(void)
{
    static const double c[6] = {720, -1764, 1624, -735, 175, -21};
    memset(a, 0, 36 * sizeof *a);
    for (size_t i = 0; i < 6; i++) {
        a[i * 6 + 5] = -c[i];
        if (i > 0) {
            a[i * 6 + i - 1] = 1;
        }
    }
    spectrum(6);
    for (size_t k = 0; k < 6; k++) {
        CHECK_NEAR(re[k], 6 - (double)k, 1e-9);
        CHECK(im[k] == 0);
    }
}

/* A cyclic shift: the roots of 1, on which plain QR without a change of shifts stands
 * still. */
static void test_cyclic(size_t n)
{
    memset(a, 0, n * n * sizeof *a);
    for (size_t i = 0; i < n; i++) {
        a[i * n + (i + n - 1) % n] = 1;
    }
    spectrum(n);
    for (size_t k = 0; k < n; k++) {
        double angle = 2 * acos(-1) * (double)k / (double)n;
        CHECK(has(n, cos(angle), sin(angle), 1e-13));
    }
}

/* Frank's matrix: determinant 1, and small eigenvalues that are the inverses of the
 * large ones. */
static void test_frank(void)
{
    const size_t n = 8;
    double product = 1, sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double entry = (double)(n - (i > j ? i : j));
            a[i * n + j] = j + 1 < i ? 0 : entry;
        }
    }
    spectrum(n);
    for (size_t k = 0; k < n; k++) {
        CHECK_NEAR(re[k] * re[n - 1 - k], 1, 1e-9);
        product *= re[k];
        sum += re[k];
    }
    CHECK_NEAR(product, 1, 1e-9);
    CHECK_NEAR(sum, 36, 1e-12);
}

/* Scales far apart: balancing keeps the small ones. */
static void test_balance(void)
{
    memcpy(a, (double[]){1, 1e10, 0, 1e-10, 2, 1e10, 0, 1e-10, 3}, 9 * sizeof *a);
    spectrum(3); /* similar to {1,1,0; 1,2,1; 0,1,3}: x^3 - 6x^2 + 9x - 2 */
    CHECK_NEAR(re[0], 2 + sqrt(3), 1e-14);
    CHECK_NEAR(re[1], 2, 1e-14);
    CHECK_NEAR(re[2], 2 - sqrt(3), 1e-14);
}

/* A defective one: a Jordan block of 4, exact to the fourth root of rounding. */
static void test_defective(void)
{
    memset(a, 0, 16 * sizeof *a);
    for (size_t i = 0; i < 4; i++) {
        a[i * 4 + i] = 2;
        a[i * 4 + (i + 1) % 4] = i < 3 ? 1 : a[i * 4];
    }
    spectrum(4);
    for (size_t k = 0; k < 4; k++) {
        CHECK_NEAR(re[k], 2, 1e-3);
    }
}

static double next_number(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53 - 0.5;
}

/* Block triangular from known pairs, then hidden by a similarity. */
static void test_hidden(size_t n, uint64_t seed)
{
    static double known[2 * MOST], hide[MOST * MOST], half[MOST * MOST];
    static size_t pivots[MOST];
    memset(a, 0, n * n * sizeof *a);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            a[i * n + j] = next_number(&seed);
        }
    }
    for (size_t i = 0; i + 1 < n; i += 2) {
        double x = 4 * next_number(&seed), y = 1 + next_number(&seed);
        a[i * n + i] = a[(i + 1) * n + i + 1] = known[i] = known[i + 1] = x;
        a[i * n + i + 1] = y;
        a[(i + 1) * n + i] = -y;
        known[n + i] = y;
        known[n + i + 1] = -y;
    }
    if (n % 2) {
        a[n * n - 1] = known[n - 1] = 7;
        known[2 * n - 1] = 0;
    }
    for (size_t k = 0; k < n * n; k++) {
        hide[k] = next_number(&seed) + (k % (n + 1) == 0 ? 2 : 0);
    }
    for (size_t i = 0; i < n; i++) { /* half = hide a */
        for (size_t j = 0; j < n; j++) {
            half[i * n + j] = 0;
            for (size_t k = 0; k < n; k++) {
                half[i * n + j] += hide[i * n + k] * a[k * n + j];
            }
        }
    }
    /* a = half hide^-1: columns of a' solve hide' a' = half' */
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            double kept = hide[i * n + j];
            hide[i * n + j] = hide[j * n + i];
            hide[j * n + i] = kept;
        }
    }
    ebb_lu_factor(hide, n, pivots);
    for (size_t i = 0; i < n; i++) {
        ebb_lu_solve(hide, n, pivots, half + i * n);
        memcpy(a + i * n, half + i * n, n * sizeof *a);
    }
    spectrum(n);
    for (size_t k = 0; k < n; k++) {
        CHECK(has(n, known[k], known[n + k], 1e-8));
    }
}

static void test_order_and_refusal(void)
{
    memcpy(a, (double[]){0, 1, 0, -1, 0, 0, 0, 0, 0.5}, 9 * sizeof *a);
    spectrum(3);
    CHECK(re[0] == 0.5 && im[1] == 1 && im[2] == -1);
    a[0] = (double)NAN;
    CHECK(ebb_eigenvalues(a, 3, re, im) != 0);
}

static void test_solving(void)
{
    double m[9] = {0, 2, 1, 1, 1, 0, 3, 0, 1}, b[3] = {7, 3, 6};
    size_t pivots[3];
    ebb_lu_factor(m, 3, pivots);
    CHECK(ebb_lu_sign(m, 3, pivots) == -1); /* determinant 0 - 2 + (0 - 3) = -5 */
    ebb_lu_solve(m, 3, pivots, b);
    CHECK_NEAR(b[0], 1, 1e-15); /* (1, 2, 3) */
    CHECK_NEAR(b[1], 2, 1e-15);
    CHECK_NEAR(b[2], 3, 1e-15);
    double one[4] = {1, 2, 2, 4};
    ebb_lu_factor(one, 2, pivots);
    CHECK(ebb_lu_sign(one, 2, pivots) == 0);
}

int main(void)
{
    test_small();
    test_companion();
    test_cyclic(3);
    test_cyclic(4);
    test_cyclic(17);
    test_frank();
    test_balance();
    test_defective();
    for (size_t n = 2; n <= MOST; n += 3) {
        test_hidden(n, n);
    }
    test_order_and_refusal();
    test_solving();
    return check_report(__FILE__);
}
