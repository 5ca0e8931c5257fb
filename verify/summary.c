/* SPDX-License-Identifier: MIT
 * Tables of the verification. */
#include "summary.h"

#include <math.h>
#include <stdlib.h>

#define CLAIMS_MOST 0.05
#define CELL_LOW 0.90
#define CELL_HIGH 0.99
#define POOLED_LOW 0.92
#define POOLED_HIGH 0.98
#define ROLES_LEAST 0.98

static const char *const reason_words[VERIFY_REASONS] = {
#define REASON_WORD(name, bit, word) word,
    EBB_REASON_LIST(REASON_WORD)
#undef REASON_WORD
};

/* ---------------------------------------------------------------------------- reading
 */

/* The largest pool of each couple of the row's cell. */
static void find_truth(const verify_row_t *found[VERIFY_COUPLES],
                       const verify_rows_t *truth, const verify_row_t *row)
{
    for (int couple = 0; couple < VERIFY_COUPLES; couple++) {
        found[couple] = NULL;
    }
    for (size_t i = 0; i < truth->count; i++) {
        const verify_row_t *t = &truth->list[i], **best = &found[t->couple];
        if (t->cell == row->cell && t->generator == row->generator &&
            t->span == row->span && t->seed == row->seed &&
            (!*best || t->history > (*best)->history)) {
            *best = t;
        }
    }
}

static bool same_cell(const verify_row_t *a, const verify_row_t *b)
{
    return a->generator == b->generator && a->cell == b->cell && a->span == b->span &&
           a->seed == b->seed;
}

static bool sum_up(verify_summary_t *summary, const verify_rows_t *rows,
                   const verify_rows_t *truth)
{
    size_t most = (size_t)verify_cell_count * VERIFY_GENERATORS * VERIFY_SPANS;
    summary->list = calloc(most, sizeof *summary->list);
    bool good = summary->list != NULL;
    for (size_t i = 0, end; good && i < rows->count; i = end) {
        end = i + 1;
        while (end < rows->count && same_cell(&rows->list[i], &rows->list[end])) {
            end++;
        }
        const verify_row_t *found[VERIFY_COUPLES];
        find_truth(found, truth, &rows->list[i]);
        good = verify_stats_make(&summary->list[summary->count++], &rows->list[i],
                                 end - i, found);
    }
    return good;
}

bool verify_summary_read(verify_summary_t *summary, const char *folder)
{
    *summary = (verify_summary_t){0};
    char path[512];
    verify_rows_t rows = {0}, truth = {0};
    snprintf(path, sizeof path, "%s/histories.tsv", folder);
    bool good = verify_rows_read(&rows, path);
    snprintf(path, sizeof path, "%s/truth.tsv", folder);
    good = good && verify_rows_read(&truth, path);
    verify_rows_sort(&rows);
    good = good && sum_up(summary, &rows, &truth);
    free(rows.list);
    free(truth.list);
    if (!good) {
        fprintf(stderr, "verify_cycles: cannot sum up %s\n", folder);
    }
    return good;
}

/* --------------------------------------------------------------------- wanted figures
 */

typedef struct wanted {
    FILE *file;
    int failed, told;
} wanted_t;

/* One wanted figure. */
static void want(wanted_t *w, bool holds, const char *what, const char *where,
                 double value)
{
    w->told++;
    w->failed += !holds;
    if (!holds) {
        fprintf(w->file, "- FAIL: %s, %s: %.1f %%\n", what, where, 100 * value);
    }
}

static double share(verify_share_t s)
{
    return s.n > 0 ? (double)s.k / s.n : (double)NAN;
}

/* A name for a cell of a generator and a span. */
static const char *label(char text[96], const verify_stats_t *s)
{
    snprintf(text, 96, "%s %s%s%s", verify_generators[s->generator].name,
             verify_cells[s->cell].name, s->span == VERIFY_WHOLE ? "" : " ",
             s->span == VERIFY_WHOLE ? "" : verify_span_names[s->span]);
    return text;
}

static void want_coverage(wanted_t *w, const char *what, verify_share_t covered,
                          const char *where)
{
    double value = share(covered);
    if (covered.n >= 20) {
        want(w, value >= CELL_LOW && value <= CELL_HIGH, what, where, value);
    }
}

static void want_of_cell(wanted_t *w, const verify_stats_t *s)
{
    const verify_cell_t *cell = &verify_cells[s->cell];
    char where[96];
    label(where, s);
    if (cell->group == VERIFY_NULL || cell->group == VERIFY_HARD) {
        double limit = verify_upper_limit(s->claims_any, s->histories);
        want(w, limit <= CLAIMS_MOST, "upper limit of claims", where, limit);
    }
    double power = (double)s->power / s->histories;
    if (cell->wanted_power > 0) {
        want(w, power >= cell->wanted_power, "power", where, power);
    }
    for (int k = 0; k < 2; k++) {
        const verify_direction_t *d = &s->direction[k];
        want_coverage(w, k ? "coverage of p, B pursues" : "coverage of p", d->p.covered,
                      where);
        want_coverage(w, k ? "coverage of w, B pursues" : "coverage of w", d->w.covered,
                      where);
        if (verify_is_planted(cell, s->span, k)) {
            want_coverage(w, k ? "coverage of L, B pursues" : "coverage of L",
                          d->share.covered, where);
        }
    }
}

/* Sums over all cells. */
typedef struct pooled {
    verify_share_t p, w, share, right;
} pooled_t;

static pooled_t pool_all(const verify_summary_t *summary)
{
    pooled_t all = {0};
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        const verify_cell_t *cell = &verify_cells[s->cell];
        for (int k = 0; k < 2; k++) {
            verify_share_add(&all.p, s->direction[k].p.covered);
            verify_share_add(&all.w, s->direction[k].w.covered);
            if (verify_is_planted(cell, s->span, k)) {
                verify_share_add(&all.share, s->direction[k].share.covered);
            }
        }
        if (cell->group == VERIFY_POSITIVE || cell->group == VERIFY_CURVE) {
            verify_share_add(&all.right,
                             (verify_share_t){s->claims_right, s->claims_single});
        }
    }
    return all;
}

static void want_pooled(wanted_t *w, const char *what, verify_share_t covered)
{
    double value = share(covered);
    if (covered.n == 0) {
        return;
    }
    fprintf(w->file, "- pooled %s: %.1f %% of %d\n", what, 100 * value, covered.n);
    want(w, value >= POOLED_LOW && value <= POOLED_HIGH, what, "pooled", value);
}

static int print_wanted(FILE *file, const verify_summary_t *summary)
{
    wanted_t w = {.file = file};
    fprintf(file, "## Wanted figures\n\n");
    pooled_t all = pool_all(summary);
    want_pooled(&w, "coverage of p", all.p);
    want_pooled(&w, "coverage of w", all.w);
    want_pooled(&w, "coverage of L where planted", all.share);
    fprintf(file, "- right roles: %d of %d claims\n", all.right.k, all.right.n);
    want(&w, all.right.n == 0 || share(all.right) >= ROLES_LEAST, "right roles",
         "all positives", share(all.right));
    for (size_t i = 0; i < summary->count; i++) {
        want_of_cell(&w, &summary->list[i]);
    }
    fprintf(file, "\n%s: %d of %d wanted figures hold.\n\n", w.failed ? "FAIL" : "PASS",
            w.told - w.failed, w.told);
    return w.failed;
}

/* ----------------------------------------------------------------------------- tables
 */

static double percent(int k, int n)
{
    return n > 0 ? 100.0 * k / n : (double)NAN;
}

static void print_claims(FILE *file, const verify_summary_t *summary, int generator)
{
    fprintf(
        file,
        "| cell | histories | a day | A pursues %% | B pursues %% | any %% (at most) "
        "| planted loop found %% | %s %% | %s %% | %s %% | %s %% |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        verify_rival_names[0], verify_rival_names[1], verify_rival_names[2],
        verify_rival_names[3]);
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        if (s->generator != generator) {
            continue;
        }
        const verify_cell_t *cell = &verify_cells[s->cell];
        int n = s->histories;
        fprintf(file, "| %s%s%s | %d | %.0f | %.1f | %.1f | %.1f (%.1f) |", cell->name,
                s->span ? " " : "", s->span ? verify_span_names[s->span] : "", n,
                s->messages, percent(s->direction[0].claims, n),
                percent(s->direction[1].claims, n), percent(s->claims_any, n),
                100 * verify_upper_limit(s->claims_any, n));
        if (cell->group >= VERIFY_POSITIVE) {
            fprintf(file, " %.0f", percent(s->power, n));
            if (cell->mutual) {
                fprintf(file, " (both %.0f)", percent(s->claims_both, n));
            }
        }
        for (int r = 0; r < VERIFY_RIVALS; r++) {
            fprintf(file, " | %.0f", percent(s->rivals[r], n));
        }
        fprintf(file, " |\n");
    }
    fputc('\n', file);
}

static void print_quantity(FILE *file, const verify_quantity_t *q)
{
    fprintf(file, " %.2f | %.2f | %.2f | %.2f | %.1f |", q->truth, q->mean, q->sd,
            q->median_se, 100 * share(q->covered));
}

static void print_direction(FILE *file, const verify_stats_t *s, int k)
{
    const verify_direction_t *d = &s->direction[k];
    fprintf(file, "| %s%s%s, %c | %.0f |", verify_cells[s->cell].name,
            s->span ? " " : "", s->span ? verify_span_names[s->span] : "", 'A' + k,
            d->followups);
    print_quantity(file, &d->p);
    print_quantity(file, &d->w);
    print_quantity(file, &d->share);
    fprintf(file, " %.2f | %.0f | %.2f | %.0f |\n", d->reply_ks,
            100 * share(d->reply_misfit), d->follow_ks, 100 * share(d->follow_misfit));
}

static void print_estimates(FILE *file, const verify_summary_t *summary, int generator)
{
    fprintf(
        file,
        "| cell, pursuer | follow-ups | p true | mean | SD | SE | cover %% | w true | "
        "mean | SD | SE | cover %% | L true | mean | SD | SE | cover %% | reply "
        "distance/limit | fails %% | follow-up distance/limit | fails %% |\n|---");
    for (int i = 0; i < 20; i++) {
        fprintf(file, "|--:");
    }
    fprintf(file, "|\n");
    for (size_t i = 0; i < summary->count; i++) {
        for (int k = 0; k < 2 && summary->list[i].generator == generator; k++) {
            print_direction(file, &summary->list[i], k);
        }
    }
    fputc('\n', file);
}

/* Why planted loops are not claimed: % of histories (% in which nothing else stands in
 * the way). */
static void print_reasons(FILE *file, const verify_summary_t *summary, int generator)
{
    fprintf(file, "| cell, pursuer ");
    for (int bit = 0; bit < VERIFY_REASONS; bit++) {
        fprintf(file, "| %s ", reason_words[bit]);
    }
    fprintf(file, "|\n|---");
    for (int bit = 0; bit < VERIFY_REASONS; bit++) {
        fprintf(file, "|--:");
    }
    fprintf(file, "|\n");
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        for (int k = 0; k < 2 && s->generator == generator; k++) {
            if (!verify_is_planted(&verify_cells[s->cell], s->span, k)) {
                continue;
            }
            fprintf(file, "| %s%s%s, %c ", verify_cells[s->cell].name,
                    s->span ? " " : "", s->span ? verify_span_names[s->span] : "",
                    'A' + k);
            for (int bit = 0; bit < VERIFY_REASONS; bit++) {
                fprintf(file, "| %.0f (%.0f) ",
                        percent(s->direction[k].reason[bit], s->histories),
                        percent(s->direction[k].alone[bit], s->histories));
            }
            fprintf(file, "|\n");
        }
    }
    fputc('\n', file);
}

static void print_head(FILE *file, const verify_summary_t *summary)
{
    fprintf(file, "# Planted cycles\n\n");
    if (summary->count == 0) {
        return;
    }
    const verify_stats_t *s = summary->list;
    fprintf(file,
            "Made by `make verify` (verify_cycles run --seed %llu --histories %d): "
            "histories of 26 weeks,\n%d couples a cell, true values from further "
            "histories of the same couples.\n\n",
            (unsigned long long)s->seed, s->histories, VERIFY_COUPLES);
}

int verify_summary_print(FILE *file, const verify_summary_t *summary)
{
    print_head(file, summary);
    int failed = print_wanted(file, summary);
    for (int g = 0; g < VERIFY_GENERATORS; g++) {
        const char *name = verify_generators[g].name;
        fprintf(file, "## Claims, %s generator\n\n", name);
        print_claims(file, summary, g);
        fprintf(file, "## Estimates, %s generator\n\n", name);
        print_estimates(file, summary, g);
        fprintf(file,
                "## Why planted loops are not claimed, %s generator: %% of histories "
                "(%% in which it is the only reason)\n\n",
                name);
        print_reasons(file, summary, g);
    }
    return failed;
}

void verify_summary_numbers(FILE *file, const verify_summary_t *summary)
{
    static const char *const groups[] = {"null", "hard", "positive", "curve"};
    fprintf(file, "generator\tcell\tspan\tgroup\thistories\tany\tupper\tpower");
    for (int r = 0; r < VERIFY_RIVALS; r++) {
        fprintf(file, "\t%s", verify_rival_names[r]);
    }
    fprintf(file, "\tw_true\tp_cover\tw_cover\tL_cover\tp_cover_B\tw_cover_B\n");
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        const verify_direction_t *d = s->direction;
        double n = s->histories;
        fprintf(file, "%s\t%s\t%s\t%s\t%d\t%.5f\t%.5f\t%.5f",
                verify_generators[s->generator].name, verify_cells[s->cell].name,
                verify_span_names[s->span], groups[verify_cells[s->cell].group],
                s->histories, s->claims_any / n,
                verify_upper_limit(s->claims_any, s->histories), s->power / n);
        for (int r = 0; r < VERIFY_RIVALS; r++) {
            fprintf(file, "\t%.5f", s->rivals[r] / n);
        }
        fprintf(file, "\t%.4f\t%.5f\t%.5f\t%.5f\t%.5f\t%.5f\n", d[0].w.truth,
                share(d[0].p.covered), share(d[0].w.covered), share(d[0].share.covered),
                share(d[1].p.covered), share(d[1].w.covered));
    }
}
