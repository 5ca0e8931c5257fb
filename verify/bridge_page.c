/* SPDX-License-Identifier: MIT
 * The page of the bridge study: rank correlations with bootstrap intervals, claims by
 * share, false claims of secure pairs. */
#include "bridge_page.h"

#include <math.h>
#include <stdlib.h>

#include "cell_stats.h"
#include "rng_agenda.h"

#define MOST 1000
#define RESAMPLES 10000

typedef struct pairs {
    double x[MOST], y[MOST];
    size_t count;
} pairs_t;

typedef double column_t(const bridge_row_t *row);

/* --- rank correlation ------------------------------------------------------------- */

static const double *sorted_by;

static int by_value(const void *a, const void *b)
{
    double x = sorted_by[*(const size_t *)a], y = sorted_by[*(const size_t *)b];
    return (x > y) - (x < y);
}

/* Mid-ranks from 1. */
static void ranks_of(const double *values, size_t n, double *ranks)
{
    static size_t order[MOST];
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    sorted_by = values;
    qsort(order, n, sizeof *order, by_value);
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && values[order[end]] == values[order[i]]) {
            end++;
        }
        for (size_t k = i; k < end; k++) {
            ranks[order[k]] = 0.5 * (double)(i + end + 1);
        }
        i = end;
    }
}

/* Spearman's rho; NAN where one side does not differ. */
static double spearman(const double *x, const double *y, size_t n)
{
    static double rx[MOST], ry[MOST];
    double xx = 0, yy = 0, xy = 0, middle = 0.5 * (double)(n + 1);
    ranks_of(x, n, rx);
    ranks_of(y, n, ry);
    for (size_t i = 0; i < n; i++) {
        xx += (rx[i] - middle) * (rx[i] - middle);
        yy += (ry[i] - middle) * (ry[i] - middle);
        xy += (rx[i] - middle) * (ry[i] - middle);
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : (double)NAN;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The 2.5 and 97.5 of a hundred over couples drawn again. */
static void bootstrap(const pairs_t *pairs, double limits[2])
{
    static double found[RESAMPLES], x[MOST], y[MOST];
    agenda_rng_t rng = agenda_stream(1, 9, pairs->count);
    size_t n = pairs->count;
    for (size_t r = 0; r < RESAMPLES; r++) {
        for (size_t i = 0; i < n; i++) {
            size_t k = (size_t)(agenda_unit(&rng) * (double)n);
            x[i] = pairs->x[k];
            y[i] = pairs->y[k];
        }
        double rho = spearman(x, y, n);
        found[r] = isnan(rho) ? 0 : rho;
    }
    qsort(found, RESAMPLES, sizeof *found, by_size);
    limits[0] = found[RESAMPLES / 40];
    limits[1] = found[RESAMPLES - 1 - RESAMPLES / 40];
}

/* --- columns ---------------------------------------------------------------------- */

static double share(const bridge_row_t *row)
{
    return row->share;
}

static double share_expected(const bridge_row_t *row)
{
    return row->share_expected;
}

static double measured(const bridge_row_t *row)
{
    return row->measured;
}

/* As the report shows it: 0 where no loop is claimed. */
static double shown(const bridge_row_t *row)
{
    return row->verdict[0] == EBB_LOOP ? fmax(row->measured, 0) : 0;
}

static double arm_p(const bridge_row_t *row)
{
    return row->p;
}

static double arm_w(const bridge_row_t *row)
{
    return row->w;
}

static double pursuit(const bridge_row_t *row)
{
    return row->pursuit;
}

static double withdrawal(const bridge_row_t *row)
{
    return row->withdrawal;
}

static double followups(const bridge_row_t *row)
{
    return row->followups;
}

/* Couples of the spread group that have both numbers. */
static void collect(pairs_t *pairs, const bridge_row_t *rows, size_t count, column_t *x,
                    column_t *y)
{
    pairs->count = 0;
    for (size_t i = 0; i < count && pairs->count < MOST; i++) {
        double a = x(&rows[i]), b = y(&rows[i]);
        if (!rows[i].secure && isfinite(a) && isfinite(b)) {
            pairs->x[pairs->count] = a;
            pairs->y[pairs->count++] = b;
        }
    }
}

static void print_correlations(FILE *file, const bridge_row_t *rows, size_t count)
{
    static const struct {
        const char *x_name, *y_name;
        column_t *x, *y;
    } lines[] = {
        {"**share of the same year**", "**L**", share, measured},
        {"share of the same year", "L as shown, 0 without a claim", share, shown},
        {"share of 20 such couples", "L", share_expected, measured},
        {"share of the same year", "p", share, arm_p},
        {"share of the same year", "w", share, arm_w},
        {"share of the same year", "follow-ups of A", share, followups},
        {"A's mean pursuit", "L", pursuit, measured},
        {"A's mean pursuit", "follow-ups of A", pursuit, followups},
        {"B's mean withdrawal", "L", withdrawal, measured},
        {"B's mean withdrawal", "w", withdrawal, arm_w},
        {"share of the same year", "A's mean pursuit", share, pursuit},
    };
    static pairs_t pairs;
    (void)fprintf(file, "| of the model | of the messages | couples | rank correlation "
                        "| 95 %% |\n|---|---|--:|--:|--:|\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        double limits[2];
        collect(&pairs, rows, count, lines[i].x, lines[i].y);
        double rho = spearman(pairs.x, pairs.y, pairs.count);
        if (isnan(rho)) {
            (void)fprintf(file, "| %s | %s | %zu | all alike | |\n", lines[i].x_name,
                          lines[i].y_name, pairs.count);
            continue;
        }
        bootstrap(&pairs, limits);
        (void)fprintf(file, "| %s | %s | %zu | %.2f | %.2f to %.2f |\n",
                      lines[i].x_name, lines[i].y_name, pairs.count, rho, limits[0],
                      limits[1]);
    }
}

/* --- groups ----------------------------------------------------------------------- */

typedef struct group {
    int couples, claims[EBB_LOOP + 1], claims_b[EBB_LOOP + 1];
    double messages, followups, share, pursuit, withdrawal, measured, p, w;
    int estimated;
} group_t;

static void group_add(group_t *group, const bridge_row_t *row)
{
    group->couples++;
    group->claims[row->verdict[0]]++;
    group->claims_b[row->verdict[1]]++;
    group->messages += row->messages / 365;
    group->followups += row->followups;
    group->share += row->share;
    group->pursuit += row->pursuit;
    group->withdrawal += row->withdrawal;
    if (isfinite(row->measured)) {
        group->estimated++;
        group->measured += row->measured;
        group->p += row->p;
        group->w += row->w;
    }
}

static void group_print(FILE *file, const char *name, const group_t *g)
{
    double n = g->couples ? g->couples : 1, e = g->estimated ? g->estimated : 1;
    (void)fprintf(file,
                  "| %s | %d | %.2f | %.3f | %.3f | %.0f | %.0f | %.2f | %.2f | %.3f | "
                  "%d | %d | %d | %d |\n",
                  name, g->couples, g->share / n, g->pursuit / n, g->withdrawal / n,
                  g->messages / n, g->followups / n, g->p / e, g->w / e,
                  g->measured / e, g->claims[EBB_LOOP], g->claims[EBB_PURSUIT_ONLY],
                  g->claims[EBB_WITHDRAWAL_ONLY], g->claims_b[EBB_LOOP]);
}

static void print_groups(FILE *file, const bridge_row_t *rows, size_t count)
{
    static const double bounds[] = {-INFINITY, 0.05, 0.15, 0.3, 0.5, INFINITY};
    static const char *const names[] = {"share below 0.05", "0.05 to 0.15",
                                        "0.15 to 0.3", "0.3 to 0.5", "0.5 and above"};
    (void)fprintf(
        file,
        "| couples | how many | share | A's pursuit | B's withdrawal | messages a "
        "day | follow-ups of A | p | w | L | loop | pursuit only | withdrawal "
        "only | loop, B pursues |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    for (size_t b = 0; b + 1 < sizeof bounds / sizeof *bounds; b++) {
        group_t group = {0};
        for (size_t i = 0; i < count; i++) {
            if (!rows[i].secure && rows[i].share >= bounds[b] &&
                rows[i].share < bounds[b + 1]) {
                group_add(&group, &rows[i]);
            }
        }
        group_print(file, names[b], &group);
    }
    group_t secure = {0};
    for (size_t i = 0; i < count; i++) {
        if (rows[i].secure) {
            group_add(&secure, &rows[i]);
        }
    }
    group_print(file, "secure", &secure);
}

/* --- the page --------------------------------------------------------------------- */

static void print_secure(FILE *file, const bridge_row_t *rows, size_t count)
{
    int secure = 0, loops = 0;
    double same = 0;
    for (size_t i = 0; i < count; i++) {
        same = fmax(same, rows[i].same);
        secure += rows[i].secure;
        loops += rows[i].secure &&
                 (rows[i].verdict[0] == EBB_LOOP || rows[i].verdict[1] == EBB_LOOP);
    }
    (void)fprintf(
        file,
        "\nOf %d secure pairs %d are called a loop, in either direction: %.1f "
        "%%, at most %.1f %% (exact 97.5 %% limit; at most 5 %% wanted).\n",
        secure, loops, secure ? 100.0 * loops / secure : 0,
        100 * verify_upper_limit(loops, secure));
    (void)fprintf(file,
                  "\nThe run that writes and the run that is cut are the same: the "
                  "means of A's pursuit differ by at most %.1g.\n",
                  same);
}

void bridge_page(FILE *file, const bridge_row_t *rows, size_t count, uint64_t seed)
{
    (void)fprintf(file,
                  "<!-- verify_bridge summarise, seed %llu, %zu couples -->\n\n"
                  "### Rank correlations\n\n",
                  (unsigned long long)seed, count);
    print_correlations(file, rows, count);
    (void)fprintf(file, "\n### By the model's share\n\nMeans; the last four columns "
                        "count what the messages were called.\n\n");
    print_groups(file, rows, count);
    (void)fprintf(file, "\n### Secure pairs\n");
    print_secure(file, rows, count);
}
