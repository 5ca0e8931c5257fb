/* SPDX-License-Identifier: MIT
 *
 * What verify_engine measures of the engine, and how it is judged.
 *
 * Three kinds of lines. An ORDER is a slope of log error on log step, with the half
 * width of its 99.9 % interval where chance is in it; it holds when it is within a
 * margin and that half width of what theory says, and the half width is at most 0.1
 * with 100,000 couples (else chance hides the order). A TEST has a probability: all
 * tests together may fail with a probability of ENGINE_ALARM if the engine is right, so
 * each holds from ENGINE_ALARM / (their number) on (Bonferroni). A BOUND is an error
 * that may not be larger than a number.
 */
#ifndef EBB_VERIFY_ENGINE_H
#define EBB_VERIFY_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "ebb/run.h"

#define ENGINE_ALARM 0.001
#define ENGINE_LINES 128
#define ENGINE_POINTS 256
#define ENGINE_NAME 64

typedef enum engine_kind { ENGINE_ORDER, ENGINE_TEST, ENGINE_BOUND } engine_kind_t;

typedef struct engine_line {
    engine_kind_t kind;
    char name[ENGINE_NAME];
    const char *method;
    double value; /* slope; z, or sqrt(n) times the distance of Kolmogorov; error */
    double want;  /* order; 0; largest error */
    double half, margin; /* of an order */
    bool at_least;       /* an order may be higher */
    double p;            /* of a test */
    bool distance;       /* it is one, not z */
} engine_line_t;

/* An error that went into an order, or that belongs to a tolerance. */
typedef struct engine_point {
    const char *group; /* "ode", "strong", "weak", "tolerance" */
    char name[ENGINE_NAME];
    const char *method;
    double step, error, se;
} engine_point_t;

typedef struct engine_report {
    uint64_t seed, couples;
    uint64_t runs; /* each has a seed of its own */
    engine_line_t lines[ENGINE_LINES];
    size_t line_count;
    engine_point_t points[ENGINE_POINTS];
    size_t point_count;
} engine_report_t;

/* --- engine_report.c -------------------------------------------------------------- */

void engine_add_order(engine_report_t *report, const engine_line_t *line);
void engine_add_bound(engine_report_t *report, const char *name, const char *method,
                      double error, double largest);

/* A statistic that is standard normal if the engine is right. */
void engine_add_normal(engine_report_t *report, const char *name, const char *method,
                       double z);

/* Numbers that are uniform in (0, 1) if the engine is right; sorts them. */
void engine_add_uniform(engine_report_t *report, const char *name, const char *method,
                        double *numbers, size_t count);

void engine_add_point(engine_report_t *report, const engine_point_t *point);

bool engine_holds(const engine_report_t *report, const engine_line_t *line);

/* The page and the numbers; returns how many lines do not hold. */
int engine_print(FILE *out, const engine_report_t *report);
void engine_print_numbers(FILE *out, const engine_report_t *report);

/* --- engine_sample.c -------------------------------------------------------------- */

/* A model, with a scenario if there is one in the text, and how it is run. */
typedef struct engine_case {
    const char *text;
    ebb_method_t method;
    double length, step, tolerance, tolerance_absolute; /* 0: default */
} engine_case_t;

/* One output of each couple at the end, by name; to be freed. Takes the next seed when
 * `fresh`, else that of the run before. Ends the program with a sentence when the model
 * does not run. */
double *engine_sample(engine_report_t *report, const engine_case_t *given,
                      const char *output, uint64_t couples, bool fresh);

/* The same without chance: of one couple at `count` times. */
double *engine_course(engine_report_t *report, const engine_case_t *given,
                      const char *output, const double *times, size_t count);

/* --- what is measured ------------------------------------------------------------- */

void engine_orders(engine_report_t *report);        /* differential equations */
void engine_orders_chance(engine_report_t *report); /* strong and weak */
void engine_moments(engine_report_t *report);       /* means and variances */
void engine_waits(engine_report_t *report);         /* laws of draws and of waiting */

#endif
