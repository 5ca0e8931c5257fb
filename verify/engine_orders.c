/* SPDX-License-Identifier: MIT
 * Orders of convergence without chance: equations whose solutions are known, at steps
 * that are halved.
 *
 * The adaptive methods choose their steps. Here a scenario stops them at an even grid,
 * and errors are allowed that never occur: so each step goes from stop to stop, and the
 * order of the formula shows. They begin with small steps, as long as `on` is 0 and
 * nothing moves: from 0 to 1.
 */
#include "engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HALVINGS 4

typedef struct problem {
    const char *name, *body; /* state a.x, moving where on = 1 */
    double (*solution)(double t);
} problem_t;

static double sol_swing(double t)
{
    return cos(2 * t);
}

static double sol_growth(double t)
{
    return 1 / (1 + 9 * exp(-2 * t));
}

static double sol_forced(double t)
{
    return 2 + sin(t);
}

static const problem_t problems[] = {
    {"swing", "state a.x = 1\nstate a.v = 0\nd a.x = on*v\nd a.v = -4*on*x\n",
     sol_swing},
    {"growth", "state a.x = 0.1\nd a.x = on*2*x*(1 - x)\n", sol_growth},
    {"forced",
     "state a.x = 2\n"
     "d a.x = on*(cos(time - 1) - 2*(x^2 - (2 + sin(time - 1))^2))\n",
     sol_forced},
};

/* The largest error at eight times within two units after `on`. */
static double error_at(engine_report_t *report, const problem_t *problem,
                       ebb_method_t method, double h)
{
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "model m \"x\"\ntime unit\npersons a\nshared input on = 0\n%s"
                   "scenario s \"x\" uses m\nrun 3\nat 1: on = 1\n"
                   "every %.17g from 1 to 3: a.x += 0\n",
                   problem->body, h);
    const double times[] = {1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3};
    engine_case_t run = {.text = text,
                         .method = method,
                         .length = 3,
                         .step = h,
                         .tolerance_absolute = 1e9};
    double *x = engine_course(report, &run, "a.x", times, 8), worst = 0;
    for (int k = 0; k < 8; k++) {
        worst = fmax(worst, fabs(x[k] - problem->solution(times[k] - 1)));
    }
    free(x);
    return worst;
}

typedef struct method {
    ebb_method_t method;
    double order, coarsest;
} method_t;

static const method_t methods[] = {
    {EBB_METHOD_EULER, 1, 1. / 64},
    {EBB_METHOD_HEUN, 2, 1. / 32},
    {EBB_METHOD_ROSENBROCK, 4, 1. / 8},
    {EBB_METHOD_DORMAND_PRINCE, 5, 1. / 16},
};

/* Errors at halved steps as points, and the slope between the two finest as a line. */
static void add_slope(engine_report_t *report, const char *name, ebb_method_t method,
                      double order, const double *errors, double coarsest)
{
    engine_line_t line = {.kind = ENGINE_ORDER,
                          .method = ebb_method_word(method),
                          .value = log2(errors[HALVINGS - 2] / errors[HALVINGS - 1]),
                          .want = order,
                          .margin = 0.2};
    (void)snprintf(line.name, sizeof line.name, "%s", name);
    engine_add_order(report, &line);
    for (int k = 0; k < HALVINGS; k++) {
        engine_point_t point = {.group = "ode",
                                .method = line.method,
                                .step = ldexp(coarsest, -k),
                                .error = errors[k]};
        memcpy(point.name, line.name, sizeof point.name);
        engine_add_point(report, &point);
    }
}

static void orders_of_methods(engine_report_t *report)
{
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        for (size_t p = 0; p < sizeof problems / sizeof *problems; p++) {
            double errors[HALVINGS];
            for (int k = 0; k < HALVINGS; k++) {
                errors[k] = error_at(report, &problems[p], methods[m].method,
                                     ldexp(methods[m].coarsest, -k));
            }
            add_slope(report, problems[p].name, methods[m].method, methods[m].order,
                      errors, methods[m].coarsest);
        }
    }
}

/* --- delays ----------------------------------------------------------------------- */

/* x' = -x(t - pi/2) with cos before stays cos: smooth. dopri5 is of the order of the
 * interpolation between its steps, 4; heun interpolates by lines, order 2. */
static double late_error(engine_report_t *report, ebb_method_t method, int parts)
{
    char text[512];
    const double lag = 1.5707963267948966, end = 4 * lag, h = lag / parts;
    (void)snprintf(text, sizeof text,
                   "model m \"x\"\ntime unit\npersons a\nstate a.x = 1\n"
                   "history a.x = cos(time)\nd a.x = -delay(x, pi/2)\n"
                   "scenario s \"x\" uses m\nrun 7\n"
                   "every %.17g from 0 to 7: a.x += 0\n",
                   h);
    engine_case_t run = {.text = text,
                         .method = method,
                         .length = end,
                         .step = h,
                         .tolerance_absolute = 1e9};
    double *x = engine_course(report, &run, "a.x", &end, 1);
    double error = fabs(x[0] - 1);
    free(x);
    return error;
}

static void orders_of_delays(engine_report_t *report)
{
    static const method_t late[] = {
        {EBB_METHOD_HEUN, 2, 16},
        {EBB_METHOD_DORMAND_PRINCE, 4, 4},
    };
    for (int m = 0; m < 2; m++) {
        double errors[HALVINGS];
        int parts = (int)late[m].coarsest;
        for (int k = 0; k < HALVINGS; k++) {
            errors[k] = late_error(report, late[m].method, parts << k);
        }
        add_slope(report, "late answers", late[m].method, late[m].order, errors,
                  1.5707963267948966 / parts);
    }
}

/* x' = -x(t - 1), 1 before: by the method of steps the sum over k of
 * (-1)^k (t - (k - 1))^k / k! for all k with t >= k - 1. */
static double by_steps(double t)
{
    double sum = 1, factorial = 1;
    for (int k = 1; t >= k - 1; k++) {
        factorial *= -k;
        sum += pow(t - (k - 1), k) / factorial;
    }
    return sum;
}

#define TIMES 61

static const double tolerances[] = {1e-4, 1e-6, 1e-8, 1e-10};

static void errors_of_delays(engine_report_t *report)
{
    static const char text[] = "model m \"x\"\ntime unit\npersons a\nstate a.x = 1\n"
                               "d a.x = -delay(x, 1)\n";
    double times[TIMES];
    for (int k = 0; k < TIMES; k++) {
        times[k] = 0.1 * k;
    }
    for (int i = 0; i < 4; i++) {
        engine_case_t run = {.text = text,
                             .method = EBB_METHOD_DORMAND_PRINCE,
                             .length = times[TIMES - 1],
                             .tolerance = tolerances[i]};
        double *x = engine_course(report, &run, "a.x", times, TIMES), worst = 0;
        for (int k = 0; k < TIMES; k++) {
            worst = fmax(worst, fabs(x[k] - by_steps(times[k])));
        }
        char name[ENGINE_NAME];
        (void)snprintf(name, sizeof name, "x' = -x(t - 1) to 6, tolerance %.0e",
                       tolerances[i]);
        engine_add_bound(report, name, "dopri5", worst, tolerances[i]);
        free(x);
    }
}

/* --- tolerances ------------------------------------------------------------------- */

/* The largest error from 0 to 10 of x'' = -4 x as the tolerance asks. */
static void errors_of_tolerances(engine_report_t *report)
{
    static const char text[] = "model m \"x\"\ntime unit\npersons a\nstate a.x = 1\n"
                               "state a.v = 0\nd a.x = v\nd a.v = -4*x\n";
    static const ebb_method_t adaptive[] = {EBB_METHOD_DORMAND_PRINCE,
                                            EBB_METHOD_ROSENBROCK};
    double times[TIMES];
    for (int k = 0; k < TIMES; k++) {
        times[k] = 10. / (TIMES - 1) * k;
    }
    for (int m = 0; m < 2; m++) {
        for (int i = 0; i < 4; i++) {
            engine_case_t run = {.text = text,
                                 .method = adaptive[m],
                                 .length = 10,
                                 .tolerance = tolerances[i]};
            double *x = engine_course(report, &run, "a.x", times, TIMES), worst = 0;
            for (int k = 0; k < TIMES; k++) {
                worst = fmax(worst, fabs(x[k] - cos(2 * times[k])));
            }
            char name[ENGINE_NAME];
            (void)snprintf(name, sizeof name, "x'' = -4 x to 10, tolerance %.0e",
                           tolerances[i]);
            engine_add_bound(report, name, ebb_method_word(adaptive[m]), worst,
                             5 * tolerances[i]);
            free(x);
        }
    }
}

void engine_orders(engine_report_t *report)
{
    orders_of_methods(report);
    orders_of_delays(report);
    errors_of_delays(report);
    errors_of_tolerances(report);
}
