/* SPDX-License-Identifier: MIT
 * Lines of verify_engine: kept, judged, printed. */
#include "engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static engine_line_t *report_next(engine_report_t *report, const char *name,
                                  const char *method, engine_kind_t kind)
{
    if (report->line_count == ENGINE_LINES) {
        (void)fprintf(stderr, "verify_engine: more than %d lines\n", ENGINE_LINES);
        exit(1);
    }
    engine_line_t *line = &report->lines[report->line_count++];
    *line = (engine_line_t){.kind = kind, .method = method};
    (void)snprintf(line->name, sizeof line->name, "%s", name);
    return line;
}

void engine_add_order(engine_report_t *report, const engine_line_t *given)
{
    *report_next(report, given->name, given->method, ENGINE_ORDER) = *given;
}

void engine_add_bound(engine_report_t *report, const char *name, const char *method,
                      double error, double largest)
{
    engine_line_t *line = report_next(report, name, method, ENGINE_BOUND);
    line->value = error;
    line->want = largest;
}

void engine_add_normal(engine_report_t *report, const char *name, const char *method,
                       double z)
{
    engine_line_t *line = report_next(report, name, method, ENGINE_TEST);
    line->value = z;
    line->p = erfc(fabs(z) / sqrt(2));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The probability that sqrt(n) times Kolmogorov's distance is above x (his series);
 * below 0.2 it is 1. */
static double beyond_distance(double x)
{
    double sum = 0, sign = 1;
    for (int k = 1; k <= 100 && x >= 0.2; k++, sign = -sign) {
        sum += 2 * sign * exp(-2.0 * k * k * x * x);
    }
    return x < 0.2 ? 1 : fmin(fmax(sum, 0), 1);
}

void engine_add_uniform(engine_report_t *report, const char *name, const char *method,
                        double *numbers, size_t count)
{
    double n = (double)count, distance = 0;
    qsort(numbers, count, sizeof *numbers, by_size);
    for (size_t i = 0; i < count; i++) {
        double below = numbers[i] - (double)i / n;
        double above = (double)(i + 1) / n - numbers[i];
        distance = fmax(distance, fmax(below, above));
    }
    engine_line_t *line = report_next(report, name, method, ENGINE_TEST);
    line->value = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) * distance; /* Stephens 1970 */
    line->p = beyond_distance(line->value);
    line->distance = true;
}

void engine_add_point(engine_report_t *report, const engine_point_t *point)
{
    if (report->point_count < ENGINE_POINTS) {
        report->points[report->point_count++] = *point;
    }
}

static size_t report_tests(const engine_report_t *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->line_count; i++) {
        count += report->lines[i].kind == ENGINE_TEST;
    }
    return count;
}

bool engine_holds(const engine_report_t *report, const engine_line_t *line)
{
    double off = line->value - line->want;
    switch (line->kind) {
    case ENGINE_TEST:
        return line->p >= ENGINE_ALARM / (double)report_tests(report);
    case ENGINE_BOUND:
        return line->value <= line->want;
    case ENGINE_ORDER:
        off = line->at_least && off > 0 ? 0 : off;
        return fabs(off) <= line->margin + line->half &&
               line->half <= 0.1 * sqrt(1e5 / (double)report->couples);
    }
    return false;
}

/* --- the page --------------------------------------------------------------------- */

static void print_line(FILE *out, const engine_report_t *report,
                       const engine_line_t *line)
{
    const char *verdict = engine_holds(report, line) ? "" : "FAIL";
    (void)fprintf(out, "| %s | %s | ", line->name, line->method);
    switch (line->kind) {
    case ENGINE_ORDER:
        (void)fprintf(out, "%.3f ", line->value);
        if (line->half > 0) {
            (void)fprintf(out, "± %.3f ", line->half);
        }
        (void)fprintf(out, "| %s%g ± %g ", line->at_least ? "at least " : "",
                      line->want, line->margin);
        break;
    case ENGINE_TEST:
        (void)fprintf(out, "%.2f | %.3g ", line->value, line->p);
        break;
    case ENGINE_BOUND:
        (void)fprintf(out, "%.2g | %.2g ", line->value, line->want);
    }
    (void)fprintf(out, "| %s |\n", verdict);
}

static void print_kind(FILE *out, const engine_report_t *report, engine_kind_t kind,
                       const char *head)
{
    (void)fputs(head, out);
    for (size_t i = 0; i < report->line_count; i++) {
        if (report->lines[i].kind == kind) {
            print_line(out, report, &report->lines[i]);
        }
    }
}

int engine_print(FILE *out, const engine_report_t *report)
{
    int failed = 0;
    size_t tests = report_tests(report);
    for (size_t i = 0; i < report->line_count; i++) {
        failed += !engine_holds(report, &report->lines[i]);
    }
    (void)fprintf(
        out,
        "# The engine's numbers\n\nMade by `make verify-engine` (verify_engine "
        "--seed %llu --couples %llu).\n\n%zu of %zu lines hold.\n",
        (unsigned long long)report->seed, (unsigned long long)report->couples,
        report->line_count - (size_t)failed, report->line_count);
    print_kind(
        out, report, ENGINE_ORDER,
        "\n## Orders\n\nThe slope of log error on log step, with the half width "
        "of its 99.9 % interval where chance\nis in it. It may be off by the "
        "margin and that half width, which is at most 0.1 with 100,000 couples.\n"
        "Without chance: the largest error, between the two finest steps. Strong: "
        "the mean distance at the end\nfrom the exact solution along the same "
        "path. Weak: the mean of what differs.\n\n![orders](orders.svg)\n\n"
        "| problem | method | slope | theory | |\n|---|---|--:|--:|---|\n");
    (void)fprintf(
        out,
        "\n## Laws\n\nz of a mean or a variance against its closed form, or "
        "sqrt(n) times Kolmogorov's distance from a\nlaw, and its "
        "probability. A right engine fails one of the %zu with a probability "
        "of at most 1 in %g:\neach holds from %.2g on. Steps are such that "
        "what they are off by is far below chance, or the law is\nthat of the "
        "steps themselves where it says so.\n\n![laws](laws.svg)\n",
        tests, 1 / ENGINE_ALARM, ENGINE_ALARM / (double)tests);
    print_kind(
        out, report, ENGINE_TEST,
        "\n| law | method | statistic | probability | |\n|---|---|--:|--:|---|\n");
    print_kind(out, report, ENGINE_BOUND,
               "\n## Errors\n\n| problem | method | error | at most | |\n"
               "|---|---|--:|--:|---|\n");
    return failed;
}

/* Points; then tests, with statistic, probability and limit in place of step, error and
 * its error. */
void engine_print_numbers(FILE *out, const engine_report_t *report)
{
    (void)fputs("group\tname\tmethod\tstep\terror\tse\n", out);
    for (size_t i = 0; i < report->point_count; i++) {
        const engine_point_t *p = &report->points[i];
        (void)fprintf(out, "%s\t%s\t%s\t%.6g\t%.6g\t%.3g\n", p->group, p->name,
                      p->method, p->step, p->error, p->se);
    }
    for (size_t i = 0; i < report->line_count; i++) {
        const engine_line_t *line = &report->lines[i];
        if (line->kind == ENGINE_TEST) {
            (void)fprintf(out, "%s\t%s\t%s\t%.4g\t%.4g\t%.4g\n",
                          line->distance ? "distance" : "z", line->name, line->method,
                          line->value, line->p,
                          ENGINE_ALARM / (double)report_tests(report));
        }
    }
}
