/* SPDX-License-Identifier: MIT
 * Sums over the histories of a cell. */
#include "cell_stats.h"

#include <math.h>
#include <stdlib.h>

bool verify_is_planted(const verify_cell_t *cell, verify_span_t span, int k)
{
    if (!cell->pursuit || !cell->withdrawal) {
        return false;
    }
    if (cell->mutual || (cell->course == VERIFY_SWITCH && span == VERIFY_WHOLE)) {
        return true;
    }
    bool swapped = cell->course == VERIFY_SWITCH && span == VERIFY_SECOND_HALF;
    return k == swapped;
}

void verify_share_add(verify_share_t *sum, verify_share_t more)
{
    sum->k += more.k;
    sum->n += more.n;
}

/* P(X <= k) for X ~ Binomial(n, p). */
static double binomial_below(int k, int n, double p)
{
    double sum = 0;
    for (int i = 0; i <= k; i++) {
        sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) +
                   i * log(p) + (n - i) * log1p(-p));
    }
    return sum;
}

double verify_upper_limit(int k, int n)
{
    if (n < 1 || k >= n) {
        return 1;
    }
    double low = (double)k / n, high = 1;
    for (int i = 0; i < 60; i++) {
        double p = (low + high) / 2;
        if (binomial_below(k, n, p) > 0.025) {
            low = p;
        } else {
            high = p;
        }
    }
    return high;
}

static int by_size(const void *x, const void *y)
{
    const double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* Sorts what is there. */
static double median(double *values, size_t n)
{
    if (n == 0) {
        return (double)NAN;
    }
    qsort(values, n, sizeof *values, by_size);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* Mean and standard deviation of what is not NAN. */
static void spread(const double *values, size_t n, double *mean, double *sd)
{
    double sum = 0, squares = 0, count = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            sum += values[i];
            squares += values[i] * values[i];
            count++;
        }
    }
    *mean = count > 0 ? sum / count : (double)NAN;
    double rest = squares - sum * sum / count;
    *sd = count > 1 ? sqrt(fmax(rest, 0) / (count - 1)) : (double)NAN;
}

/* The three quantities by number. */
static ebb_estimate_t estimate_of(const ebb_arms_t *arms, int which)
{
    return which == 0   ? arms->pursuit
           : which == 1 ? arms->withdrawal
                        : arms->loop_share;
}

static double se_of(const ebb_arms_t *arms, int which)
{
    double t = 2.06; /* of 25 degrees of freedom */
    return which == 0   ? arms->pursuit_se
           : which == 1 ? arms->withdrawal_se
                        : (arms->loop_share.high - arms->loop_share.low) / (2 * t);
}

/* The rows of a cell seen from one direction, and room for one number of each. */
typedef struct verify_sample {
    const verify_row_t *rows;
    const verify_row_t *const *truth; /* by couple */
    size_t count;
    int k;
    double *room;
} verify_sample_t;

static double truth_of(const verify_sample_t *sample, int couple, int which)
{
    const verify_row_t *truth = sample->truth[couple];
    return truth ? estimate_of(&truth->arms[sample->k], which).value : (double)NAN;
}

static double mean_truth(const verify_sample_t *sample, int which)
{
    double sum = 0;
    for (int couple = 0; couple < VERIFY_COUPLES; couple++) {
        sum += truth_of(sample, couple, which);
    }
    return sum / VERIFY_COUPLES;
}

static void sum_quantity(verify_quantity_t *q, const verify_sample_t *sample, int which)
{
    double *room = sample->room, none;
    q->truth = mean_truth(sample, which);
    for (size_t i = 0; i < sample->count; i++) {
        room[i] = estimate_of(&sample->rows[i].arms[sample->k], which).value;
    }
    spread(room, sample->count, &q->mean, &none);
    for (size_t i = 0; i < sample->count; i++) {
        const ebb_arms_t *arms = &sample->rows[i].arms[sample->k];
        ebb_estimate_t e = estimate_of(arms, which);
        double truth = truth_of(sample, sample->rows[i].couple, which);
        room[i] = e.value - truth;
        if (!isnan(truth) && !isnan(e.low) && arms->followups >= VERIFY_ESTIMABLE) {
            q->covered.n++;
            q->covered.k += e.low <= truth && truth <= e.high;
        }
    }
    spread(room, sample->count, &none, &q->sd);
    size_t n = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double se = se_of(&sample->rows[i].arms[sample->k], which);
        if (!isnan(se)) {
            room[n++] = se;
        }
    }
    q->median_se = median(room, n);
}

/* Goodness of fit where it was tried. */
static void sum_fit(verify_share_t *misfit, double *ratio,
                    const verify_sample_t *sample, bool reply)
{
    size_t n = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const ebb_arms_t *arms = &sample->rows[i].arms[sample->k];
        const ebb_fit_t *fit = reply ? &arms->reply_fit : &arms->followup_fit;
        if (fit->limit > 0) {
            sample->room[n++] = fit->distance / fit->limit;
            misfit->k += !fit->passes;
        }
    }
    misfit->n = (int)n;
    *ratio = median(sample->room, n);
}

static void sum_direction(verify_direction_t *d, const verify_sample_t *sample)
{
    sum_quantity(&d->p, sample, 0);
    sum_quantity(&d->w, sample, 1);
    sum_quantity(&d->share, sample, 2);
    sum_fit(&d->reply_misfit, &d->reply_ks, sample, true);
    sum_fit(&d->follow_misfit, &d->follow_ks, sample, false);
    for (size_t i = 0; i < sample->count; i++) {
        const ebb_arms_t *arms = &sample->rows[i].arms[sample->k];
        d->claims += arms->verdict == EBB_LOOP;
        d->followups += (double)arms->followups / (double)sample->count;
        for (int bit = 0; bit < VERIFY_REASONS; bit++) {
            d->reason[bit] += (arms->reasons & 1u << bit) != 0;
            d->alone[bit] += arms->reasons == 1u << bit;
        }
    }
}

static void sum_claims(verify_stats_t *stats, const verify_row_t *row)
{
    const verify_cell_t *cell = &verify_cells[row->cell];
    int claims = 0, right = 0;
    for (int k = 0; k < 2; k++) {
        bool claimed = row->arms[k].verdict == EBB_LOOP;
        claims += claimed;
        right += claimed && verify_is_planted(cell, row->span, k);
    }
    stats->claims_any += claims > 0;
    stats->claims_both += claims == 2;
    stats->claims_single += claims;
    stats->claims_right += right;
    stats->power += right > 0;
    for (int i = 0; i < VERIFY_RIVALS; i++) {
        stats->rivals[i] += row->rivals[i] != 0;
    }
}

bool verify_stats_make(verify_stats_t *stats, const verify_row_t *rows, size_t count,
                       const verify_row_t *const truth[VERIFY_COUPLES])
{
    *stats = (verify_stats_t){.cell = rows->cell,
                              .generator = rows->generator,
                              .span = rows->span,
                              .seed = rows->seed,
                              .histories = (int)count};
    double *room = malloc(count * sizeof *room);
    if (!room) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        stats->messages += rows[i].messages / (double)count;
        sum_claims(stats, &rows[i]);
    }
    for (int k = 0; k < 2; k++) {
        verify_direction_t *d = &stats->direction[k];
        sum_direction(d, &(verify_sample_t){rows, truth, count, k, room});
    }
    free(room);
    return true;
}
