/* SPDX-License-Identifier: MIT
 *
 * A figure read off the couples of a run. What a column says:
 *
 *     NAME                a number of the couple
 *     own.NAME            a_NAME as the one sees it and b_NAME as the other: the couple
 *     other.NAME          then has two rows; other is the partner's
 *     NAME-NAME           a difference
 *     NAME>0.3, NAME<0.3  whether it is; of a difference too
 *     NAME<20%            whether it is among the least fifth of all that have it
 *
 * and `among` such columns joined by &, none of which may be 0.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "evidence/figures.h"

#define READ_TERMS_MOST 12u /* columns and conditions of a figure */
#define READ_NONE SIZE_MAX

/* A term; places are of the columns as each of the two sees them. */
typedef struct figread_term {
    size_t of[2], less[2]; /* `less` READ_NONE: nothing is taken away */
    char compared;         /* '<', '>' or 0 */
    double bound;
} figread_term_t;

typedef struct figread_plan {
    const ebb_figure_t *figure;
    const ebb_figure_couples_t *couples;
    figread_term_t terms[READ_TERMS_MOST]; /* columns, then conditions */
    size_t count, columns;
    bool seats; /* of each of the two */
    ebb_error_t *error;
} figread_plan_t;

static int figread_wrong(const figread_plan_t *plan, const char *what)
{
    return ebb_fail(plan->error, EBB_ERR_INPUT, "figure %s: %s", plan->figure->id,
                    what);
}

/* --- terms ------------------------------------------------------------------------ */

/* What a term compares, or is. */
static double term_number(const figread_term_t *term, const double *row, size_t seat)
{
    double x = row[term->of[seat]];
    return x - (term->less[seat] == READ_NONE ? 0 : row[term->less[seat]]);
}

static size_t figread_find(const figread_plan_t *plan, const char *name)
{
    for (size_t k = 0; k < plan->couples->columns; k++) {
        if (strcmp(plan->couples->names[k], name) == 0) {
            return k;
        }
    }
    return READ_NONE;
}

/* The two places of a name of so many bytes. */
static int figread_name(figread_plan_t *plan, const char *name, size_t length,
                        size_t place[2])
{
    static const char *const seats[] = {"own.", "other."};
    char whole[80] = "";
    for (size_t seat = 0; seat < 2; seat++) {
        const char *rest = name;
        size_t left = length;
        char person = 0;
        for (size_t k = 0; k < 2 && !person; k++) {
            size_t head = strlen(seats[k]);
            if (length > head && memcmp(name, seats[k], head) == 0) {
                person = seat == k ? 'a' : 'b';
                rest = name + head;
                left = length - head;
            }
        }
        (void)snprintf(whole, sizeof whole, "%c%s%.*s", person ? person : ' ',
                       person ? "_" : "", (int)left, rest);
        plan->seats = plan->seats || person;
        place[seat] = figread_find(plan, person ? whole : whole + 1);
    }
    return place[0] == READ_NONE || place[1] == READ_NONE
               ? figread_wrong(plan, "its run does not keep what it names")
               : EBB_OK;
}

static int figread_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value below which so many hundredths of all couples are, of those that have one.
 */
static int figread_centile(const figread_plan_t *plan, figread_term_t *term)
{
    const ebb_figure_couples_t *couples = plan->couples;
    size_t seats = plan->seats ? 2 : 1, room = couples->couples * seats, n = 0;
    double *values = ebb_new_array(&couples->alloc, room + 1, sizeof *values);
    if (!values) {
        return ebb_fail(plan->error, EBB_ERR_MEMORY, "%s",
                        ebb_strerror(EBB_ERR_MEMORY));
    }
    for (size_t i = 0; i < room; i++) {
        const double *row = couples->cells + i / seats * couples->columns;
        double x = term_number(term, row, i % seats);
        if (!isnan(x)) {
            values[n++] = x;
        }
    }
    qsort(values, n, sizeof *values, figread_order);
    size_t at = (size_t)(term->bound / 100 * (double)n);
    term->bound = n ? values[at < n ? at : n - 1] : (double)NAN;
    ebb_free_array(&couples->alloc, values, room + 1, sizeof *values);
    return EBB_OK;
}

/* NAME[-NAME][(<|>)NUMBER[%]] of so many bytes. */
static int figread_term(figread_plan_t *plan, const char *text, size_t length)
{
    char term[160] = "", *end = NULL;
    if (plan->count == READ_TERMS_MOST || length >= sizeof term) {
        return figread_wrong(plan, "too much is asked");
    }
    figread_term_t *to = &plan->terms[plan->count++];
    memcpy(term, text, length);
    size_t names = strcspn(term, "<>"), first = strcspn(term, "-<>");
    *to = (figread_term_t){.less = {READ_NONE, READ_NONE}, .compared = term[names]};
    int code = figread_name(plan, term, first, to->of);
    if (!code && first < names) {
        code = figread_name(plan, term + first + 1, names - first - 1, to->less);
    }
    if (!code && to->compared) {
        to->bound = strtod(term + names + 1, &end);
        bool centile = *end == '%' && to->bound >= 0 && to->bound <= 100;
        code = end[centile] || end == term + names + 1
                   ? figread_wrong(plan, "no number")
               : centile ? figread_centile(plan, to)
                         : EBB_OK;
    }
    return code;
}

static int figread_terms(figread_plan_t *plan, const char *text, char between)
{
    const char separators[] = {between, '\0'};
    int code = EBB_OK;
    while (*text && !code) {
        size_t length = strcspn(text, separators);
        code = figread_term(plan, text, length);
        text += length + (text[length] != '\0');
    }
    return code;
}

static double term_value(const figread_term_t *term, const double *row, size_t seat)
{
    double x = term_number(term, row, seat);
    bool than = term->compared == '<' ? x < term->bound : x > term->bound;
    return term->compared && !isnan(x) ? than : x;
}

/* --- rows ------------------------------------------------------------------------- */

/* The cells of a couple as one of the two sees it; whether it counts: nothing is
 * missing and every condition holds. */
static bool figread_row(const figread_plan_t *plan, const double *row, size_t seat,
                        double *cells)
{
    bool counts = true;
    for (size_t k = 0; k < plan->count && counts; k++) {
        double x = term_value(&plan->terms[k], row, seat);
        counts = !isnan(x) && (k < plan->columns || x != 0);
        if (k < plan->columns) {
            cells[k] = x;
        }
    }
    return counts;
}

static int figread_rows(const figread_plan_t *plan, ebb_statistic_t statistic,
                        ebb_figure_found_t *found)
{
    const ebb_figure_couples_t *couples = plan->couples;
    size_t seats = plan->seats ? 2 : 1, room = couples->couples * seats + 1;
    double *cells = ebb_new_array(&couples->alloc, room, plan->columns * sizeof *cells);
    unsigned char *folds = ebb_new_array(&couples->alloc, room, 1);
    ebb_figure_table_t table = {
        .cells = cells, .columns = plan->columns, .folds = folds};
    size_t counted = 0;
    for (size_t i = 0; cells && folds && i < couples->couples; i++) {
        size_t before = table.rows;
        for (size_t seat = 0; seat < seats; seat++) {
            folds[table.rows] = ebb_figure_fold(i);
            table.rows += figread_row(plan, couples->cells + i * couples->columns, seat,
                                      cells + table.rows * plan->columns);
        }
        counted += table.rows > before;
    }
    int code = cells && folds ? EBB_OK
                              : ebb_fail(plan->error, EBB_ERR_MEMORY, "%s",
                                         ebb_strerror(EBB_ERR_MEMORY));
    if (!code) {
        *found = ebb_figure_measure(statistic, &table, &couples->alloc);
        found->couples = counted;
    }
    ebb_free_array(&couples->alloc, cells, room, plan->columns * sizeof *cells);
    ebb_free_array(&couples->alloc, folds, room, 1);
    return code;
}

/* --- verdict ---------------------------------------------------------------------- */

/* A size is met by a size. A sign, or a limit on one side, is met where chance cannot
 * have done it. */
bool ebb_figure_inside(const ebb_figure_t *figure, const ebb_figure_found_t *found)
{
    bool one_side =
        strcmp(figure->interval, "sign") == 0 || strcmp(figure->interval, "bound") == 0;
    double low = one_side ? found->low : found->value;
    double high = one_side ? found->high : found->value;
    bool above = one_side && figure->low == 0 && isfinite(figure->high)
                     ? true /* of a share or an R2 between 0 and a limit */
                     : low >= figure->low;
    return found->computed && above && high <= figure->high;
}

int ebb_figure_read(const ebb_figure_t *figure, const ebb_figure_couples_t *couples,
                    ebb_figure_found_t *found, ebb_error_t *error)
{
    size_t least = 0, most = 0;
    figread_plan_t plan = {.figure = figure, .couples = couples, .error = error};
    ebb_statistic_t statistic = ebb_figure_word(figure->statistic, &least, &most);
    int code = figread_terms(&plan, figure->columns, ' ');
    plan.columns = plan.count;
    code = code ? code : figread_terms(&plan, figure->among, '&');
    if (!code && (plan.columns < least || plan.columns > most)) {
        code = figread_wrong(&plan, "not so many columns as its statistic takes");
    }
    code = code ? code : figread_rows(&plan, statistic, found);
    if (!code) {
        found->inside = ebb_figure_inside(figure, found);
    }
    return code;
}
