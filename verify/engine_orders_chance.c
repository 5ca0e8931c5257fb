/* SPDX-License-Identifier: MIT
 * Strong and weak orders of the methods with noise, at equations whose solutions are
 * known as functions of the path W of their noise.
 *
 * A random number belongs to (seed, couple, step, slot). So a second model, whose only
 * state is `d w = 0, noise w = 1`, run with the same seed and step, gets the same
 * numbers: its end is the W of the first one's path, and the exact end of that path is
 * known for each couple. Weak errors profit too: the mean of (computed - exact), couple
 * by couple, has little chance left in it, and the mean of the exact one needs no
 * closed form. The steps are compared each with seeds of their own.
 *
 * Kloeden and Platen (1992), section 4.4, have the solutions.
 */
#include "engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH 1.0
#define HALVINGS 4

/* How far apart computed and exact are, in the mean. */
typedef enum measure { STRONG, WEAK_MEAN, WEAK_SQUARE } measure_t;

#define MEASURES 3

typedef struct path {
    const char *name, *text;
    double (*end)(double w); /* at time 1 */
    /* orders by measure; 0: not measured, as too little is left beside chance */
    double euler[MEASURES], heun[MEASURES];
    double finest; /* step for weak orders: at smaller ones chance hides them */
} path_t;

#define HEAD "model m \"x\"\ntime unit\npersons a\n"

static double end_geometric(double w)
{
    return exp(0.25 - 0.125 + 0.5 * w);
}

static double end_growing(double w)
{
    return exp(1 - 0.0078125 + 0.125 * w);
}

static double end_bounded(double w)
{
    return tanh(0.8 * w + 0.5493061443340549); /* atanh 1/2 */
}

static double end_wide(double w)
{
    return sinh(0.5 * w + 0.8813735870195430); /* asinh 1 */
}

static double end_additive(double w)
{
    return (1 + 0.5 * (1 + 0.8 * w)) / sqrt(2);
}

static const path_t paths[] = {
    {"geometric, dx = x/4 dt + x/2 dW",
     HEAD "state a.x = 1\nd a.x = x/4\nnoise a.x = x/2\n",
     end_geometric,
     {0.5, 0, 0},
     {1, 0, 0},
     0},
    {"growing, dx = x dt + x/8 dW",
     HEAD "state a.x = 1\nd a.x = x\nnoise a.x = x/8\n",
     end_growing,
     {0, 1, 1},
     {1, 0, 1},
     1. / 64},
    {"bounded, x = tanh(.8 W + c)",
     HEAD "state a.x = 0.5\nd a.x = -0.64*x*(1 - x^2)\nnoise a.x = 0.8*(1 - x^2)\n",
     end_bounded,
     {0.5, 0, 0},
     {1, 0, 0},
     0},
    {"wide, x = sinh(W/2 + c)",
     HEAD "state a.x = 1\nd a.x = 0.125*x\nnoise a.x = 0.5*sqrt(1 + x^2)\n",
     end_wide,
     {0.5, 0, 0},
     {1, 0, 1},
     1. / 32},
    {"additive, noise of time alone",
     HEAD "state a.x = 1\nd a.x = 0.5/sqrt(1 + time) - x/(2*(1 + time))\n"
          "noise a.x = 0.4/sqrt(1 + time)\n",
     end_additive,
     {1, 1, 1},
     {1, 0, 1},
     1. / 32},
};

static const char brownian[] = HEAD "state a.w = 0\nd a.w = 0\nnoise a.w = 1\n";

static double distance(measure_t measure, double x, double exact)
{
    return measure == STRONG      ? fabs(x - exact)
           : measure == WEAK_MEAN ? x - exact
                                  : x * x - exact * exact;
}

typedef struct mean {
    double mean, se;
} mean_t;

static mean_t mean_distance(const double *x, const double *w, const path_t *path,
                            measure_t measure, size_t count)
{
    double sum = 0, squares = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        sum += distance(measure, x[i], path->end(w[i]));
    }
    for (size_t i = 0; i < count; i++) {
        double off = distance(measure, x[i], path->end(w[i])) - sum / n;
        squares += off * off;
    }
    return (mean_t){sum / n, sqrt(squares / (n - 1) / n)};
}

/* Slope of log2 error on log2 step, steps halved, and its standard error. */
static mean_t slope(const mean_t *errors, int count)
{
    double middle = 0.5 * (count - 1), weight = 0;
    mean_t result = {0, 0};
    for (int k = 0; k < count; k++) {
        weight += (k - middle) * (k - middle);
    }
    for (int k = 0; k < count; k++) {
        double share = (middle - k) / weight; /* step k is 2^-k of the first */
        double se = errors[k].se / (fabs(errors[k].mean) * log(2));
        result.mean += share * log2(fabs(errors[k].mean));
        result.se += share * share * se * se;
    }
    result.se = sqrt(result.se);
    return result;
}

static const char *const groups[] = {"strong", "weak", "weak"};
static const char *const of[] = {"", "mean of ", "mean square of "};

static double finest(const path_t *path, measure_t measure)
{
    return measure == STRONG ? 1. / 256 : path->finest;
}

static double order_of(const path_t *path, measure_t measure, ebb_method_t method)
{
    return method == EBB_METHOD_EULER ? path->euler[measure] : path->heun[measure];
}

static void add_order(engine_report_t *report, const path_t *path, measure_t measure,
                      ebb_method_t method, const mean_t errors[HALVINGS])
{
    mean_t measured = slope(errors, HALVINGS);
    engine_line_t line = {.kind = ENGINE_ORDER,
                          .method = ebb_method_word(method),
                          .value = measured.mean,
                          .half = 3.29 * measured.se,
                          .want = order_of(path, measure, method),
                          .margin = measure == STRONG ? 0.05 : 0.1,
                          .at_least = measure != STRONG};
    (void)snprintf(line.name, sizeof line.name, "%s: %s%s", groups[measure],
                   of[measure], path->name);
    engine_add_order(report, &line);
    for (int k = 0; k < HALVINGS; k++) {
        engine_point_t point = {.group = groups[measure],
                                .method = line.method,
                                .step = ldexp(finest(path, measure), HALVINGS - 1 - k),
                                .error = fabs(errors[k].mean),
                                .se = errors[k].se};
        memcpy(point.name, line.name, sizeof point.name);
        engine_add_point(report, &point);
    }
}

/* Errors at halved steps, and their slope. */
static void measure_path(engine_report_t *report, const path_t *path, measure_t measure,
                         ebb_method_t method)
{
    mean_t errors[HALVINGS];
    size_t couples = (size_t)report->couples;
    for (int k = 0; k < HALVINGS; k++) {
        engine_case_t run = {.text = path->text,
                             .method = method,
                             .length = LENGTH,
                             .step = ldexp(finest(path, measure), HALVINGS - 1 - k)};
        double *x = engine_sample(report, &run, "a.x", couples, true);
        run.text = brownian;
        double *w = engine_sample(report, &run, "a.w", couples, false);
        errors[k] = mean_distance(x, w, path, measure, couples);
        free(x);
        free(w);
    }
    add_order(report, path, measure, method, errors);
}

void engine_orders_chance(engine_report_t *report)
{
    static const ebb_method_t methods[] = {EBB_METHOD_EULER, EBB_METHOD_HEUN};
    for (int m = 0; m < 2; m++) {
        for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
            for (int k = 0; k < MEASURES; k++) {
                if (order_of(&paths[p], (measure_t)k, methods[m]) > 0) {
                    measure_path(report, &paths[p], (measure_t)k, methods[m]);
                }
            }
        }
    }
}
