/* SPDX-License-Identifier: MIT
 * Laws of single draws, and of the waiting for events, by the distance of Kolmogorov
 * and Smirnov from the law.
 *
 * What a rate has added up to until its event is exponential with mean 1, whatever the
 * rate does (time rescaling). Where the rate's course is known, so is the law of the
 * moment; else the model adds the rate up itself, and the event notes how much it was.
 */
#include "engine.h"

#include <math.h>
#include <stdlib.h>

typedef double engine_law_t(double x); /* the probability below x */

static double law_exponential(double x)
{
    return -expm1(-x);
}

static double law_normal(double x)
{
    return 0.5 * erfc(-x / sqrt(2));
}

static double law_uniform(double x)
{
    return x;
}

static double law_rising(double x)
{
    return -expm1(-0.5 * x * x);
}

/* The rate y grows by y' = y (1 - y) from 1/10: its sum is log(1 + (e^t - 1)/10). */
static double law_growing(double x)
{
    return 1 - 1 / (0.9 + 0.1 * exp(x));
}

typedef struct wait {
    const char *name;
    engine_case_t run;
    const char *output;
    engine_law_t *law;
} wait_t;

static void test_wait(engine_report_t *report, const wait_t *wait)
{
    size_t couples = (size_t)report->couples;
    double *x = engine_sample(report, &wait->run, wait->output, couples, true);
    for (size_t i = 0; i < couples; i++) {
        x[i] = wait->law(x[i]);
    }
    engine_add_uniform(report, wait->name, ebb_method_word(wait->run.method), x,
                       couples);
    free(x);
}

#define HEAD "model m \"x\"\ntime unit\npersons a\n"
#define ONCE(size)                                                        \
    HEAD "state a.x = 0\nd a.x = 0\nevent a.hit when time > 1 size " size \
         " -> x = size\n"
/* the first event notes its time, and then the rate is 0; by then it has surely been:
 * no draw is above 23 */
#define FIRST(rate)                                    \
    "state a.open = 1\nstate a.at = 0\nd a.open = 0\n" \
    "d a.at = 0\nevent a.hit rate open*(" rate ") -> open = 0, at = time\n"

static void test_draws(engine_report_t *report)
{
    static const char normal[] = "model m \"x\"\ntime turn\npersons a\nstate a.x = 0\n"
                                 "next a.x = 0\nnoise a.x = 1\n";
    const ebb_method_t dopri5 = EBB_METHOD_DORMAND_PRINCE;
    const wait_t draws[] = {
        {"noise of a turn is normal",
         {normal, EBB_METHOD_MAP, 3, 0, 0, 0},
         "a.x",
         law_normal},
        {"sizes are exponential",
         {ONCE("exponential(1)"), dopri5, 2, 0, 0, 0},
         "a.x",
         law_exponential},
        {"sizes are normal",
         {ONCE("normal(0, 1)"), dopri5, 2, 0, 0, 0},
         "a.x",
         law_normal},
        {"sizes are uniform",
         {ONCE("uniform(0, 1)"), dopri5, 2, 0, 0, 0},
         "a.x",
         law_uniform},
    };
    for (size_t i = 0; i < sizeof draws / sizeof *draws; i++) {
        test_wait(report, &draws[i]);
    }
}

static void test_known_rates(engine_report_t *report)
{
    const ebb_method_t dopri5 = EBB_METHOD_DORMAND_PRINCE;
    const ebb_method_t rodas4 = EBB_METHOD_ROSENBROCK;
    const wait_t waits[] = {
        {"waiting at a constant rate",
         {HEAD FIRST("1"), dopri5, 24, 0, 0, 0},
         "a.at",
         law_exponential},
        {"waiting at a rate that rises",
         {HEAD FIRST("time"), dopri5, 7, 0, 0, 0},
         "a.at",
         law_rising},
        {"waiting at the rate of a state",
         {HEAD "state a.y = 0.1\nd a.y = y*(1 - y)\n" FIRST("y"), rodas4, 27, 0, 0, 0},
         "a.at",
         law_growing},
    };
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        test_wait(report, &waits[i]);
    }
}

/* --- rates of their own course ---------------------------------------------------- */

/* The rate follows noise. On a grid an event is told at the end of its step, so where
 * in the step it was, by what the rate added up to there, is drawn anew. */
static const char restless[] =
    HEAD "param h = 0.02\nstate a.y = 0\nd a.y = -y\nnoise a.y = 0.6\n"
         "state a.spent = 0\nd a.spent = exp(y)\nlet a.more = spent - delay(spent, h)\n"
         "state a.open = 1\nd a.open = 0\nstate a.at = 0\nd a.at = 0\n"
         "event a.hit rate open*exp(y) size uniform(0, 1) -> "
         "open = 0, at = spent - size*more\n";

/* Each event raises the rate; the first two note what it added up to. */
static const char rising[] =
    HEAD "state a.y = 0\nd a.y = -y\nstate a.n = 0\nd a.n = 0\n"
         "state a.spent = 0\nd a.spent = 1 + y\n"
         "state a.first = 0\nd a.first = 0\nstate a.second = 0\nd a.second = 0\n"
         "let a.both = (a.first - 1)*(a.second - 1)\n"
         "event a.hit rate if n < 2 then 1 + y else 0 -> y += 2, n += 1, "
         "first = if n < 1 then spent else first, "
         "second = if n < 1 then 0 else spent - first\n";

static void test_unknown_rates(engine_report_t *report)
{
    const engine_case_t noisy = {restless, EBB_METHOD_HEUN, 40, 0.02, 0, 0};
    const engine_case_t jumping = {rising, EBB_METHOD_DORMAND_PRINCE, 47, 0, 0, 0};
    const wait_t waits[] = {
        {"waiting at a rate that follows noise", noisy, "a.at", law_exponential},
        {"waiting for the first of events that speed up", jumping, "a.first",
         law_exponential},
        {"waiting for the second", jumping, "a.second", law_exponential},
    };
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        test_wait(report, &waits[i]);
    }
    size_t couples = (size_t)report->couples;
    double *both = engine_sample(report, &jumping, "a.both", couples, true), sum = 0;
    for (size_t i = 0; i < couples; i++) {
        sum += both[i]; /* of two independent waits: mean 0, variance 1 */
    }
    free(both);
    engine_add_normal(report, "the first wait tells nothing of the second", "dopri5",
                      sum / sqrt((double)couples));
}

void engine_waits(engine_report_t *report)
{
    test_draws(report);
    test_known_rates(report);
    test_unknown_rates(report);
}
