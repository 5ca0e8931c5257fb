/* SPDX-License-Identifier: MIT
 * Own elementary functions against the C library in long double; small linear algebra.
 */
#include "check.h"
#include "draw.h"
#include "ebb/error.h"
#include "math/elementary.h"
#include "math/linear.h"

#define STATED_ERROR 1e-15L /* of ebb_exp_array, by its header */
#define N_MAX 32            /* largest system tried, as many columns as an equation */

static long double relative_error(double got, long double want)
{
    return fabsl((long double)got - want) / want;
}

/* 400,000 points over the domain, denser around 0, and the neighbours of every multiple
 * of ln 2 / 2, where the reduction changes its k. */
static void test_exp_error(void)
{
    draw_t draw = {1};
    long double worst = 0;
    for (int i = 0; i < 400000; i++) {
        double x = 1400 * draw_uniform(&draw) - 700;
        x = i % 4 == 0 ? x / 700 : i % 4 == 1 ? x / 1e6 : x;
        double y = x;
        ebb_exp_array(&y, 1);
        long double error = relative_error(y, expl((long double)x));
        worst = error > worst ? error : worst;
    }
    for (int k = -2018; k <= 2018; k++) {
        double x = k * 0.34657359027997264;
        for (int side = -1; side <= 1; side++) {
            double at = side ? nextafter(x, side * 1000.0) : x;
            long double error = relative_error(ebb_exp(at), expl((long double)at));
            worst = error > worst ? error : worst;
        }
    }
    CHECK(worst < STATED_ERROR);
}

static void test_exp_edges(void)
{
    double low = ebb_exp(-700), high = ebb_exp(700);
    CHECK(ebb_exp(0) == 1 && ebb_exp(-0.0) == 1);
    CHECK(ebb_exp(-700.1) == low && ebb_exp(-1e300) == low);
    CHECK(ebb_exp((double)-INFINITY) == low);
    CHECK(ebb_exp(700.1) == high && ebb_exp((double)INFINITY) == high);
    CHECK(low > 0 && isfinite(high));
    ebb_exp_array(NULL, 0); /* nothing to do is allowed */
    /* neighbours never fall: what the goodness of fit sorts relies on it */
    draw_t draw = {2};
    int falls = 0;
    for (int i = 0; i < 20000; i++) {
        double x = 20 * draw_uniform(&draw) - 10;
        falls += ebb_exp(x + 1e-14 * fabs(x) + 1e-14) < ebb_exp(x);
    }
    CHECK(falls == 0);
}

/* One value, and values in arrays of every length and place, have the same bits. */
static void test_exp_lanes(void)
{
    draw_t draw = {3};
    double x[67], y[67];
    int differences = 0;
    for (int round = 0; round < 200; round++) {
        for (size_t n = 0; n <= 67; n += 1 + (size_t)round % 7) {
            for (size_t i = 0; i < n; i++) {
                x[i] = y[i] = 1600 * draw_uniform(&draw) - 800;
            }
            ebb_exp_array(y, n);
            for (size_t i = 0; i < n; i++) {
                double one = ebb_exp(x[i]);
                differences += memcmp(&one, &y[i], sizeof one) != 0;
            }
        }
    }
    CHECK(differences == 0);
}

/* A = [4 2 2; 2 5 3; 2 3 6] has L = [2; 1 2; 1 1 2]. */
static void test_cholesky_known(void)
{
    double nan = (double)NAN;
    double a[9] = {4, nan, nan, 2, 5, nan, 2, 3, 6};
    const double want[9] = {2, 0, 0, 1, 2, 0, 1, 1, 2};
    CHECK(ebb_cholesky_factor(a, 3) == EBB_OK);
    for (size_t i = 0; i < 9; i++) {
        if (i % 3 <= i / 3) {
            CHECK_NEAR(a[i], want[i], 1e-15);
        } else {
            CHECK(isnan(a[i])); /* the upper triangle is neither read nor written */
        }
    }
    double b[3] = {8, 10, 11};
    ebb_cholesky_solve(a, 3, b); /* A (1, 1, 1)' */
    for (size_t i = 0; i < 3; i++) {
        CHECK_NEAR(b[i], 1, 1e-15);
    }
}

/* A = B B' + I/10 of every size; the solution is known beforehand. */
static void test_cholesky_random(void)
{
    static double b[N_MAX][N_MAX], a[N_MAX * N_MAX];
    draw_t draw = {4};
    double worst = 0;
    for (size_t n = 1; n <= N_MAX; n++) {
        double want[N_MAX], x[N_MAX] = {0};
        for (size_t i = 0; i < n; i++) {
            want[i] = draw_normal(&draw);
            for (size_t j = 0; j < n; j++) {
                b[i][j] = draw_normal(&draw);
            }
        }
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++) {
                double sum = i == j ? 0.1 : 0;
                for (size_t k = 0; k < n; k++) {
                    sum += b[i][k] * b[j][k];
                }
                a[i * n + j] = sum;
                x[i] += sum * want[j];
            }
        }
        CHECK(ebb_cholesky_factor(a, n) == EBB_OK);
        ebb_cholesky_solve(a, n, x);
        for (size_t i = 0; i < n; i++) {
            worst = fabs(x[i] - want[i]) > worst ? fabs(x[i] - want[i]) : worst;
        }
    }
    /* condition below 32 * 4 * 32 / 0.1 ~ 4e4, times n eps = 7e-15 */
    CHECK_NEAR(worst, 0, 3e-10);
}

static void test_cholesky_refusals(void)
{
    double zero[1] = {0}, negative[1] = {-1}, nan[1] = {(double)NAN};
    CHECK(ebb_cholesky_factor(zero, 1) == EBB_ERR_NUMERIC);
    CHECK(ebb_cholesky_factor(negative, 1) == EBB_ERR_NUMERIC);
    CHECK(ebb_cholesky_factor(nan, 1) == EBB_ERR_NUMERIC);
    double indefinite[4] = {1, 0, 2, 1}; /* eigenvalues 3 and -1 */
    CHECK(ebb_cholesky_factor(indefinite, 2) == EBB_ERR_NUMERIC);
    /* rank 1 of 3: singular up to rounding, though no pivot need be exactly 0 */
    double v[3] = {0.1, 0.7, 1.3}, singular[9];
    for (size_t i = 0; i < 9; i++) {
        singular[i] = v[i / 3] * v[i % 3];
    }
    CHECK(ebb_cholesky_factor(singular, 3) == EBB_ERR_NUMERIC);
    double tiny[4] = {1e-280, 0, 0, 1e-200}; /* small but definite */
    CHECK(ebb_cholesky_factor(tiny, 2) == EBB_OK);
}

/* Two-sided 5 % points of printed tables. */
static void test_student(void)
{
    static const struct {
        double df, t, part;
    } table[] = {{3, 3.182446305, 3e-3},   {4, 2.776445105, 3e-3},
                 {5, 2.570581836, 1e-3},   {7, 2.364624252, 1e-3},
                 {11, 2.200985160, 1e-4},  {12, 2.178812830, 1e-4},
                 {25, 2.059538553, 1e-5},  {51, 2.007583770, 1e-6},
                 {103, 1.983264145, 1e-6}, {1000, 1.962339081, 1e-6}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        CHECK_NEAR(ebb_t_975(table[i].df), table[i].t, table[i].part * table[i].t);
    }
    for (double df = 3; df < 200; df++) {
        CHECK(ebb_t_975(df + 1) < ebb_t_975(df));
    }
}

int main(void)
{
    test_exp_error();
    test_exp_edges();
    test_exp_lanes();
    test_cholesky_known();
    test_cholesky_random();
    test_cholesky_refusals();
    test_student();
    return check_report(__FILE__);
}
