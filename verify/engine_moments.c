/* SPDX-License-Identifier: MIT
 * Means and variances against closed forms: diffusions, jumps, maps. */
#include "engine.h"

#include <math.h>
#include <stdlib.h>

typedef struct law {
    const char *name;
    engine_case_t run;
    const char *output;
    double mean, variance;
} law_t;

/* Two tests: the mean, by the variance that is known; the variance, by what the fourth
 * moment of the sample says of its own error. */
static void test_law(engine_report_t *report, const law_t *law)
{
    size_t couples = (size_t)report->couples;
    double *x = engine_sample(report, &law->run, law->output, couples, true);
    double n = (double)couples, sum = 0, second = 0, fourth = 0;
    for (size_t i = 0; i < couples; i++) {
        sum += x[i];
    }
    for (size_t i = 0; i < couples; i++) {
        double off = (x[i] - sum / n) * (x[i] - sum / n);
        second += off;
        fourth += off * off;
    }
    free(x);
    double variance = second / (n - 1), spread = sqrt(fourth / n - pow(second / n, 2));
    char name[ENGINE_NAME];
    (void)snprintf(name, sizeof name, "mean of %s", law->name);
    engine_add_normal(report, name, ebb_method_word(law->run.method),
                      (sum / n - law->mean) / sqrt(law->variance / n));
    (void)snprintf(name, sizeof name, "variance of %s", law->name);
    engine_add_normal(report, name, ebb_method_word(law->run.method),
                      (variance - law->variance) / (spread / sqrt(n)));
}

static void test_laws(engine_report_t *report, const law_t *laws, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        test_law(report, &laws[i]);
    }
}

#define HEAD "model m \"x\"\ntime unit\npersons a\n"
#define TURNS "model m \"x\"\ntime turn\npersons a\n"

static const char ornstein[] = HEAD "state a.x = 2\nd a.x = -0.5*x\nnoise a.x = 0.6\n";
static const char geometric[] =
    HEAD "state a.x = 1\nd a.x = 0.3*x\nnoise a.x = 0.4*x\n";
static const char pair[] = "model m \"x\"\ntime unit\nstate x = 0\nd x = -0.5*x\n"
                           "noise x = 1\nlet both = product(x)\n"
                           "let total = sum(x)\n";

/* Euler's steps of an Ornstein-Uhlenbeck process are an autoregression: its own law. */
static double euler_variance(double q, double h, int steps)
{
    return 0.36 * h * (1 - pow(q, 2 * steps)) / (1 - q * q);
}

static void test_diffusions(engine_report_t *report)
{
    const law_t laws[] = {
        {"Ornstein-Uhlenbeck at 2",
         {ornstein, EBB_METHOD_HEUN, 2, 0.02, 0, 0},
         "a.x",
         2 * exp(-1),
         0.36 * (1 - exp(-2))},
        {"Ornstein-Uhlenbeck at rest",
         {ornstein, EBB_METHOD_HEUN, 20, 0.05, 0, 0},
         "a.x",
         2 * exp(-10),
         0.36 * (1 - exp(-20))},
        {"Ornstein-Uhlenbeck in coarse steps",
         {ornstein, EBB_METHOD_EULER, 4, 0.5, 0, 0},
         "a.x",
         2 * pow(0.75, 8),
         euler_variance(0.75, 0.5, 8)},
        {"geometric Brownian motion",
         {geometric, EBB_METHOD_HEUN, 1, 1. / 512, 0, 0},
         "a.x",
         exp(0.3),
         exp(0.6) * (exp(0.16) - 1)},
        {"the sum of two partners",
         {pair, EBB_METHOD_HEUN, 4, 0.05, 0, 0},
         "total",
         0,
         2 * (1 - exp(-4))},
        {"the product of two partners",
         {pair, EBB_METHOD_HEUN, 4, 0.05, 0, 0},
         "both",
         0,
         pow(1 - exp(-4), 2)},
    };
    test_laws(report, laws, sizeof laws / sizeof *laws);
}

/* --- jumps ------------------------------------------------------------------------ */

#define JUMPS(law) \
    HEAD "state a.x = 0\nd a.x = 0\nevent a.hit rate 2 size " law " -> x += size\n"

static void test_jumps(engine_report_t *report)
{
    static const char count[] =
        HEAD "state a.n = 0\nd a.n = 0\nevent a.hit rate 2 -> n += 1\n";
    const ebb_method_t dopri5 = EBB_METHOD_DORMAND_PRINCE;
    const law_t laws[] = {
        {"counts of rate 2 in 3", {count, dopri5, 3, 0, 0, 0}, "a.n", 6, 6},
        {"counts of rate 2 in 3, in steps",
         {count, EBB_METHOD_HEUN, 3, 0.25, 0, 0},
         "a.n",
         6,
         6},
        /* n times the mean, n times the mean square */
        {"sums of exponential sizes",
         {JUMPS("exponential(0.5)"), dopri5, 3, 0, 0, 0},
         "a.x",
         3,
         3},
        {"sums of normal sizes",
         {JUMPS("normal(1, 0.5)"), dopri5, 3, 0, 0, 0},
         "a.x",
         6,
         7.5},
        {"sums of uniform sizes",
         {JUMPS("uniform(0, 2)"), EBB_METHOD_ROSENBROCK, 3, 0, 0, 0},
         "a.x",
         6,
         8},
    };
    test_laws(report, laws, sizeof laws / sizeof *laws);
}

/* dx = -x dt, jumps of exponential size s at the rate r0 + r1 x. With a = 1 - r1 s:
 * m' = r0 s - a m, and q' = -2 a q + (2 r0 s + 2 r1 s^2) m + 2 r0 s^2 for the square.
 */
static law_t excited(const char *text, ebb_method_t method, double t)
{
    const double r0 = 1, r1 = 0.8, s = 0.5, a = 1 - r1 * s, rest = r0 * s / a;
    double mean = rest * (1 - exp(-a * t)), faded = (1 - exp(-2 * a * t)) / (2 * a);
    double by_mean = (2 * r0 * s + 2 * r1 * s * s) * rest *
                     (faded - (exp(-a * t) - exp(-2 * a * t)) / a);
    double square = by_mean + 2 * r0 * s * s * faded;
    return (law_t){"jumps that call forth jumps",
                   {text, method, t, 0, 0, 0},
                   "a.x",
                   mean,
                   square - mean * mean};
}

/* Rates that depend on what has happened. */
static void test_chains(engine_report_t *report)
{
    static const char self[] =
        HEAD "state a.x = 0\nd a.x = -x\n"
             "event a.hit rate 1 + 0.8*x size exponential(0.5) -> x += size\n";
    static const char birth[] =
        HEAD "state a.n = 5\nd a.n = 0\nevent a.one rate 0.5*n -> n += 1\n";
    static const char death[] =
        HEAD "state a.n = 20\nd a.n = 0\nevent a.one rate n -> n -= 1\n";
    static const char queue[] = HEAD "state a.n = 0\nd a.n = 0\n"
                                     "event a.come rate 3 -> n += 1\n"
                                     "event a.go rate 0.5*n -> n -= 1\n";
    const ebb_method_t dopri5 = EBB_METHOD_DORMAND_PRINCE;
    const law_t laws[] = {
        excited(self, dopri5, 3),
        excited(self, EBB_METHOD_ROSENBROCK, 1),
        {"births from 5",
         {birth, dopri5, 2, 0, 0, 0},
         "a.n",
         5 * exp(1),
         5 * exp(1) * (exp(1) - 1)},
        {"deaths from 20",
         {death, dopri5, 1, 0, 0, 0},
         "a.n",
         20 * exp(-1),
         20 * exp(-1) * (1 - exp(-1))},
        {"who came and has not gone",
         {queue, dopri5, 3, 0, 0, 0},
         "a.n",
         6 * (1 - exp(-1.5)),
         6 * (1 - exp(-1.5))},
    };
    test_laws(report, laws, sizeof laws / sizeof *laws);
}

static void test_maps(engine_report_t *report)
{
    static const char autoregression[] =
        TURNS "state a.x = 1\nnext a.x = 0.6*x + 0.4\nnoise a.x = 0.5\n";
    static const char strikes[] =
        TURNS "state a.n = 0\nnext a.n = n\nevent a.one rate 0.7 -> n += 1\n";
    const double p = 1 - exp(-0.7);
    const law_t laws[] = {
        {"an autoregression after 10 turns",
         {autoregression, EBB_METHOD_MAP, 10, 0, 0, 0},
         "a.x",
         1,
         0.25 * (1 - pow(0.6, 20)) / (1 - 0.36)},
        {"events in 10 turns",
         {strikes, EBB_METHOD_MAP, 10, 0, 0, 0},
         "a.n",
         10 * p,
         10 * p * (1 - p)},
    };
    test_laws(report, laws, sizeof laws / sizeof *laws);
}

void engine_moments(engine_report_t *report)
{
    test_diffusions(report);
    test_jumps(report);
    test_chains(report);
    test_maps(report);
}
