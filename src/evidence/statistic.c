/* SPDX-License-Identifier: MIT
 *
 * Statistics over the couples of a run.
 *
 * Main idea: every statistic is a function of rows, so that leaving out a twentieth of
 * the couples, and another, twenty times, tells how much it owes to chance (the
 * jackknife), the same way for all and with both partners of a couple in or out.
 */
#include "evidence/statistic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "math/linear.h"
#include "study/interval.h"

#define FIGURE_T                                                        \
    2.0930240544082634 /* Student's t, 97.5 %, of 19 degrees of freedom \
                        */
#define FIGURE_TERMS (EBB_FIGURE_COLUMNS + 1)

/* Rows that are looked at. */
typedef struct figure_view {
    const ebb_figure_table_t *table;
    unsigned without;
} figure_view_t;

/* The next row from `at`, which is moved on; NULL at the end. */
static const double *figview_next(const figure_view_t *view, size_t *at)
{
    const ebb_figure_table_t *t = view->table;
    while (*at < t->rows && t->folds[*at] == view->without) {
        ++*at;
    }
    return *at < t->rows ? t->cells + t->columns * (*at)++ : NULL;
}

/* --- one column ------------------------------------------------------------------- */

/* Number, mean and variance of a column where another is not 0, or is (`where` -1: of
 * all rows). */
typedef struct figure_moments {
    double n, mean, variance;
} figure_moments_t;

static bool figmoments_count(const double *row, int group, bool there)
{
    return group < 0 || (row[group] != 0) == there;
}

static figure_moments_t figview_moments(const figure_view_t *view, size_t column,
                                        int group, bool there)
{
    figure_moments_t m = {0};
    double squares = 0;
    const double *row = NULL;
    for (size_t at = 0; (row = figview_next(view, &at));) {
        if (figmoments_count(row, group, there)) {
            double step = row[column] - m.mean;
            m.n++;
            m.mean += step / m.n;
            squares += step * (row[column] - m.mean);
        }
    }
    m.mean = m.n > 0 ? m.mean : (double)NAN;
    m.variance = m.n > 1 ? squares / (m.n - 1) : (double)NAN;
    return m;
}

static double figview_mean(const figure_view_t *view, size_t column)
{
    return figview_moments(view, column, -1, true).mean;
}

static double figview_share(const figure_view_t *view)
{
    double n = 0, some = 0;
    const double *row = NULL;
    for (size_t at = 0; (row = figview_next(view, &at));) {
        n++;
        some += row[0] != 0;
    }
    return some / n;
}

static int figmedian_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double figview_median(const figure_view_t *view, const ebb_alloc_t *alloc)
{
    size_t room = view->table->rows, n = 0;
    double *values = ebb_new_array(alloc, room + 1, sizeof *values);
    const double *row = NULL;
    if (!values) {
        return (double)NAN;
    }
    for (size_t at = 0; (row = figview_next(view, &at));) {
        values[n++] = row[0];
    }
    qsort(values, n, sizeof *values, figmedian_order);
    double middle = n ? (values[(n - 1) / 2] + values[n / 2]) / 2 : (double)NAN;
    ebb_free_array(alloc, values, room + 1, sizeof *values);
    return middle;
}

/* --- two, and groups -------------------------------------------------------------- */

static double figview_difference(const figure_view_t *view, size_t column, bool scaled)
{
    int group = (int)view->table->columns - 1;
    figure_moments_t a = figview_moments(view, column, group, true);
    figure_moments_t b = figview_moments(view, column, group, false);
    double pooled = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / (a.n + b.n - 2);
    return (a.mean - b.mean) / (scaled ? sqrt(pooled) : 1);
}

static double figview_d_over(const figure_view_t *view)
{
    size_t first = view->table->columns - 2; /* of the group and of the last no mean */
    double sum = 0;
    for (size_t k = 0; k < first; k++) {
        sum += figview_difference(view, k, true);
    }
    return sum / (double)first - figview_difference(view, first, true);
}

static double figview_gain(const figure_view_t *view)
{
    figure_moments_t before = figview_moments(view, 0, -1, true);
    return (figview_mean(view, 1) - before.mean) / sqrt(before.variance);
}

static double figview_hazard(const figure_view_t *view)
{
    double events[2] = {0}, times[2] = {0};
    const double *row = NULL;
    for (size_t at = 0; (row = figview_next(view, &at));) {
        bool in = row[2] != 0;
        events[0] += row[0];
        times[0] += row[1];
        events[1] += in ? row[0] : 0;
        times[1] += in ? row[1] : 0;
    }
    return events[1] / times[1] / (events[0] / times[0]);
}

/* --- least squares ---------------------------------------------------------------- */

/* A regression of column 0 on terms; means are taken out, which makes the constant. */
typedef struct figure_fit {
    size_t terms;
    double beta[FIGURE_TERMS]; /* of each term */
    double r2;
} figure_fit_t;

/* The columns behind the first, and with `product` that of the first two of them. */
static void figfit_terms(const double *row, size_t columns, bool product, double *x)
{
    memcpy(x, row + 1, (columns - 1) * sizeof *x);
    if (product) {
        x[columns - 1] = row[1] * row[2];
    }
}

static void figfit_means(const figure_view_t *view, bool product, double *means)
{
    size_t columns = view->table->columns, terms = columns - 1 + product;
    double n = 0, x[FIGURE_TERMS];
    const double *row = NULL;
    memset(means, 0, (FIGURE_TERMS + 1) * sizeof *means);
    for (size_t at = 0; (row = figview_next(view, &at));) {
        figfit_terms(row, columns, product, x);
        n++;
        means[terms] += (row[0] - means[terms]) / n;
        for (size_t k = 0; k < terms; k++) {
            means[k] += (x[k] - means[k]) / n;
        }
    }
}

static figure_fit_t figview_fit(const figure_view_t *view, bool product)
{
    size_t columns = view->table->columns, terms = columns - 1 + product;
    double means[FIGURE_TERMS + 1], x[FIGURE_TERMS],
        xx[FIGURE_TERMS * FIGURE_TERMS] = {0};
    double xy[FIGURE_TERMS] = {0}, yy = 0;
    figure_fit_t fit = {.terms = terms, .r2 = (double)NAN};
    const double *row = NULL;
    figfit_means(view, product, means);
    for (size_t at = 0; (row = figview_next(view, &at));) {
        double y = row[0] - means[terms];
        figfit_terms(row, columns, product, x);
        yy += y * y;
        for (size_t i = 0; i < terms; i++) {
            x[i] -= means[i];
            xy[i] += x[i] * y;
            for (size_t j = 0; j <= i; j++) {
                xx[i * terms + j] += x[i] * x[j];
            }
        }
    }
    for (size_t k = 0; k < FIGURE_TERMS; k++) {
        fit.beta[k] = k < terms ? xy[k] : 0;
    }
    bool solved = ebb_cholesky_factor(xx, terms) == 0;
    if (solved) {
        ebb_cholesky_solve(xx, terms, fit.beta);
        fit.r2 = 0;
    }
    for (size_t k = 0; k < terms; k++) {
        fit.beta[k] = solved ? fit.beta[k] : (double)NAN;
        fit.r2 += fit.beta[k] * xy[k] / yy;
    }
    return fit;
}

static double figview_correlation(const figure_view_t *view)
{
    figure_fit_t fit = figview_fit(view, false);
    return copysign(sqrt(fit.r2), fit.beta[0]);
}

static double figview_own(const figure_view_t *view)
{
    figure_fit_t fit = figview_fit(view, false);
    double cost = 0;
    for (size_t k = 0; k < fit.terms && k < FIGURE_TERMS; k++) {
        cost += k < fit.terms / 2 ? -fit.beta[k] : fit.beta[k];
    }
    return cost;
}

/* --- by name ---------------------------------------------------------------------- */

static double figview_of_rows(ebb_statistic_t statistic, const figure_view_t *view,
                              const ebb_alloc_t *alloc)
{
    switch ((int)statistic) {
    case EBB_STATISTIC_SHARE:
        return figview_share(view);
    case EBB_STATISTIC_MEDIAN:
        return figview_median(view, alloc);
    case EBB_STATISTIC_DIFFERENCE:
    case EBB_STATISTIC_D:
        return figview_difference(view, 0, statistic == EBB_STATISTIC_D);
    case EBB_STATISTIC_D_OVER:
        return figview_d_over(view);
    case EBB_STATISTIC_GAIN:
        return figview_gain(view);
    case EBB_STATISTIC_RATIO:
        return figview_mean(view, 1) / figview_mean(view, 0);
    case EBB_STATISTIC_HAZARD:
        return figview_hazard(view);
    case EBB_STATISTIC_LOG_RATE:
        return log(figview_mean(view, 0) / figview_mean(view, 1));
    default:
        return figview_mean(view, 0);
    }
}

double ebb_figure_statistic(ebb_statistic_t statistic, const ebb_figure_table_t *table,
                            unsigned without, const ebb_alloc_t *alloc)
{
    const figure_view_t view = {table, without};
    switch ((int)statistic) {
    case EBB_STATISTIC_CORRELATION:
        return figview_correlation(&view);
    case EBB_STATISTIC_SLOPE:
        return figview_fit(&view, false).beta[table->columns - 2];
    case EBB_STATISTIC_INTERACTION:
        return figview_fit(&view, true).beta[2];
    case EBB_STATISTIC_OWN:
        return figview_own(&view);
    case EBB_STATISTIC_R2:
        return figview_fit(&view, false).r2;
    default:
        return figview_of_rows(statistic, &view, alloc);
    }
}

ebb_figure_found_t ebb_figure_measure(ebb_statistic_t statistic,
                                      const ebb_figure_table_t *table,
                                      const ebb_alloc_t *alloc)
{
    double parts[EBB_FIGURE_FOLDS], mean = 0, squares = 0, folds = EBB_FIGURE_FOLDS;
    ebb_figure_found_t found = {.couples = table->rows};
    found.value = ebb_figure_statistic(statistic, table, EBB_FIGURE_FOLDS, alloc);
    for (unsigned k = 0; k < EBB_FIGURE_FOLDS; k++) {
        parts[k] = ebb_figure_statistic(statistic, table, k, alloc);
        mean += parts[k] / folds;
    }
    for (unsigned k = 0; k < EBB_FIGURE_FOLDS; k++) {
        squares += (parts[k] - mean) * (parts[k] - mean);
    }
    double error = sqrt((folds - 1) / folds * squares);
    found.low = found.value - FIGURE_T * error;
    found.high = found.value + FIGURE_T * error;
    found.computed = isfinite(found.value) && isfinite(error);
    return found;
}

/* --- over draws ------------------------------------------------------------------- */

ebb_figure_found_t ebb_figure_over(const ebb_figure_found_t *found, size_t draws)
{
    ebb_figure_found_t over = {0};
    ebb_interval_draws_t drawn = {0};
    for (size_t k = 0; k < draws; k++) {
        if (found[k].computed) {
            double error = (found[k].high - found[k].low) / (2 * FIGURE_T);
            over.couples += found[k].couples;
            ebb_interval_draw(&drawn, found[k].value, error);
        }
    }
    ebb_span_t span = ebb_interval_over(&drawn, draws);
    over.computed = isfinite(span.low);
    over.value = over.computed ? drawn.mean : (double)NAN;
    over.low = span.low;
    over.high = span.high;
    return over;
}

ebb_statistic_t ebb_figure_word(const char *word, size_t *least, size_t *most)
{
    static const struct {
        const char *word;
        size_t least, most;
    } rows[] = {
#define FIGURE_ROW(name, spelling, fewest, most_columns, text) \
    {spelling, fewest, most_columns},
        EBB_STATISTIC_LIST(FIGURE_ROW)
#undef FIGURE_ROW
    };
    size_t k = 0;
    while (k < EBB_STATISTICS && strcmp(rows[k].word, word) != 0) {
        k++;
    }
    *least = k < EBB_STATISTICS ? rows[k].least : 0;
    *most = k < EBB_STATISTICS ? rows[k].most : 0;
    return (ebb_statistic_t)k;
}
