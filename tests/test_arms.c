/* SPDX-License-Identifier: MIT
 * One direction from cells to estimates: the rule of [eq 9], the goodness of fit [eq
 * 11], the loop share [eq 10], and intervals against a jackknife done by hand. */
#include <stdlib.h>

#include "check.h"
#include "cycle/arms.h"
#include "cycle/fitness.h"
#include "math/elementary.h"
#include "pair.h"

static record_t record;

/* Arms that make a loop, just so. */
static ebb_arms_t good_arms(void)
{
    return (ebb_arms_t){.followups = 60,
                        .weeks = 12,
                        .replies = 100,
                        .pursuit = {0.9, 0.2232, 1.6},
                        .pursuit_second = {0.8, 0.2232, 1.5},
                        .withdrawal = {0.4, 0.001, 0.8},
                        .pursuit_se = 1.0,
                        .withdrawal_se = 0.35,
                        .reply_fit = {0.04, 0.05, true},
                        .followup_fit = {0.04, 0.05, true}};
}

typedef struct rule_case {
    void (*spoil)(ebb_arms_t *arms, ebb_arms_t *gaps);
    unsigned reasons;
    ebb_verdict_t verdict;
} rule_case_t;

static void few_followups(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->followups = 59;
}
static void few_weeks(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->weeks = 11;
}
static void wide_p(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->pursuit_se = 1.01;
}
static void wide_w(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->withdrawal_se = 0.36;
}
static void low_p(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->pursuit.low = 0.2231;
    a->pursuit_second.low = 0.2231;
}
static void low_w(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->withdrawal.low = 0;
}
static void low_second(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->pursuit_second.low = 0.2231;
}
static void gap_w(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)a;
    g[0].withdrawal.value = -0.01;
}
static void gap_p(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)a;
    g[1].pursuit.value = -0.01;
}
static void gap_unknown(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)a;
    g[1].pursuit.value = (double)NAN;
}
static void bad_reply(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->reply_fit.passes = false;
}
static void bad_follow(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->followup_fit.passes = false;
}
static void not_converged(ebb_arms_t *a, ebb_arms_t *g)
{
    (void)g;
    a->reasons = EBB_REASON_NOT_CONVERGED;
}
static void nothing_known(ebb_arms_t *a, ebb_arms_t *g)
{
    double nan = (double)NAN;
    *a = (ebb_arms_t){.followups = 5,
                      .weeks = 20,
                      .pursuit = {nan, nan, nan},
                      .pursuit_second = {nan, nan, nan},
                      .withdrawal = {nan, nan, nan},
                      .pursuit_se = nan,
                      .withdrawal_se = nan,
                      .reply_fit = {nan, nan, false},
                      .followup_fit = {nan, nan, false}};
    g[0] = g[1] = *a;
}

static void test_rule(void)
{
    static const rule_case_t cases[] = {
        {NULL, 0, EBB_LOOP},
        {few_followups, EBB_REASON_FEW_FOLLOWUPS, EBB_CANNOT_TELL},
        {few_weeks, EBB_REASON_FEW_WEEKS, EBB_CANNOT_TELL},
        {wide_p, EBB_REASON_PURSUIT_WIDE, EBB_WITHDRAWAL_ONLY},
        {wide_w, EBB_REASON_WITHDRAWAL_WIDE, EBB_PURSUIT_ONLY},
        {low_p, EBB_REASON_PURSUIT_NOT_SEEN, EBB_WITHDRAWAL_ONLY},
        {low_w, EBB_REASON_WITHDRAWAL_NOT_SEEN, EBB_PURSUIT_ONLY},
        {low_second, EBB_REASON_DEFINITIONS_DISAGREE, EBB_WITHDRAWAL_ONLY},
        {gap_w, EBB_REASON_GAPS_DISAGREE, EBB_CANNOT_TELL},
        {gap_p, EBB_REASON_GAPS_DISAGREE, EBB_CANNOT_TELL},
        {gap_unknown, EBB_REASON_GAPS_DISAGREE, EBB_CANNOT_TELL},
        {bad_reply, EBB_REASON_POOR_FIT, EBB_PURSUIT_ONLY},
        {bad_follow, EBB_REASON_POOR_FIT, EBB_WITHDRAWAL_ONLY},
        {not_converged, EBB_REASON_NOT_CONVERGED, EBB_CANNOT_TELL},
        {nothing_known,
         EBB_REASON_FEW_FOLLOWUPS | EBB_REASON_PURSUIT_WIDE |
             EBB_REASON_WITHDRAWAL_WIDE | EBB_REASON_PURSUIT_NOT_SEEN |
             EBB_REASON_WITHDRAWAL_NOT_SEEN,
         EBB_CANNOT_TELL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ebb_arms_t arms = good_arms(), gaps[2] = {good_arms(), good_arms()};
        if (cases[i].spoil) {
            cases[i].spoil(&arms, gaps);
        }
        for (int again = 0; again < 2; again++) { /* judging twice changes nothing */
            ebb_arms_judge(&arms, &gaps[0], &gaps[1]);
            CHECK(arms.reasons == cases[i].reasons);
            CHECK(arms.verdict == cases[i].verdict);
        }
    }
    ebb_arms_t arms = good_arms(); /* other gaps need not be asked */
    ebb_arms_judge(&arms, NULL, NULL);
    CHECK(arms.verdict == EBB_LOOP && arms.reasons == 0);
}

/* [eq 14], term by term. */
static void test_weeks_needed(void)
{
    ebb_arms_t arms = good_arms();
    arms.weeks = 26;
    arms.followups = 500;
    arms.withdrawal_se = 0.2;
    arms.pursuit_se = 0.1;
    ebb_arms_judge(&arms, NULL, NULL);
    double factor = 0.2 * 3.3 / -log(0.7);
    CHECK(arms.weeks_needed == ceil(26 * factor * factor));
    arms.pursuit_se = 0.6;
    ebb_arms_judge(&arms, NULL, NULL);
    factor = 0.6 * 3.3 / log(3 / 1.25);
    CHECK_NEAR(arms.weeks_needed, ceil(26 * factor * factor), 1e-9);
    arms.followups = 5; /* a twelfth of what the rule asks */
    ebb_arms_judge(&arms, NULL, NULL);
    CHECK(arms.weeks_needed == 312);
    arms.pursuit_se = (double)NAN;
    ebb_arms_judge(&arms, NULL, NULL);
    CHECK(arms.weeks_needed == 2600);
    arms.followups = 500;
    arms.withdrawal_se = arms.pursuit_se = 0.01;
    ebb_arms_judge(&arms, NULL, NULL);
    CHECK(arms.weeks_needed == 12); /* never fewer than the rule asks */
    arms.followups = 0;
    ebb_arms_judge(&arms, NULL, NULL);
    CHECK(isnan(arms.weeks_needed));
}

static ebb_cells_t cells_of_record(void)
{
    ebb_contacts_t contacts;
    ebb_rhythm_t rhythm;
    ebb_cells_t cells;
    CHECK(ebb_contacts_make(&contacts, record.events, record.count, ebb_alloc_default(),
                            NULL) == EBB_OK);
    CHECK(ebb_rhythm_make(&rhythm, &contacts, NULL) == EBB_OK);
    ebb_cut_t cut = {.contacts = &contacts,
                     .rhythm = &rhythm,
                     .merge_min = 5,
                     .begin = (double)-INFINITY,
                     .end = (double)INFINITY};
    ebb_cells_init(&cells, ebb_alloc_default());
    CHECK(ebb_cells_add(&cells, &cut, NULL) == EBB_OK);
    ebb_rhythm_free(&rhythm);
    ebb_contacts_free(&contacts);
    return cells;
}

/* The cells without the runs of a week; its place among the weeks stays, empty. */
static ebb_cells_t without_week(const ebb_cells_t *all, size_t week)
{
    ebb_cells_t cells = {.alloc = all->alloc,
                         .weeks = all->weeks,
                         .capacity = all->count,
                         .run_capacity = all->run_count};
    cells.list = malloc(all->count * sizeof *cells.list);
    cells.runs = malloc(all->run_count * sizeof *cells.runs);
    for (size_t i = 0; i < all->run_count; i++) {
        if (all->runs[i].week == week) {
            continue;
        }
        ebb_run_t run = all->runs[i];
        memcpy(cells.list + cells.count, all->list + run.first_cell,
               run.cell_count * sizeof *cells.list);
        for (size_t j = 0; j < run.cell_count; j++) {
            cells.list[cells.count + j].run = (uint32_t)cells.run_count;
        }
        run.first_cell = (uint32_t)cells.count;
        cells.count += run.cell_count;
        cells.runs[cells.run_count++] = run;
    }
    return cells;
}

/* Sums of squared changes without each week, by fitting everything again. */
static void jackknife(const ebb_cells_t *cells, const ebb_arms_t *whole,
                      double squares[4])
{
    ebb_arms_opts_t point = {.effort = EBB_EFFORT_POINT};
    for (size_t week = 0; week < cells->weeks; week++) {
        ebb_cells_t rest = without_week(cells, week);
        ebb_arms_t arms = {0};
        CHECK(ebb_arms_estimate(&arms, &rest, &point) == EBB_OK);
        CHECK(isnan(arms.pursuit.low) && isnan(arms.reply_fit.distance));
        const double changes[4] = {arms.withdrawal.value - whole->withdrawal.value,
                                   arms.pursuit.value - whole->pursuit.value,
                                   arms.pursuit_second.value -
                                       whole->pursuit_second.value,
                                   arms.loop_share.value - whole->loop_share.value};
        for (size_t i = 0; i < 4; i++) {
            squares[i] += changes[i] * changes[i];
        }
        ebb_cells_free(&rest);
    }
}

static double half_width(ebb_estimate_t e)
{
    CHECK_NEAR(e.high - e.value, e.value - e.low, 1e-9);
    return e.high - e.value;
}

/* Intervals are those of leaving out each week and doing everything again. The refits
 * keep the variance of the frailty, so the two differ by a little. */
static void test_intervals(void)
{
    record.count = 0;
    pair_t pair = {
        .weeks = 14, .reply = 1 / 40.0, .follow = 0.006, .pursuit = 4, .slow = 0.5};
    pair_write(&record, &pair, 3);
    ebb_cells_t cells = cells_of_record();
    ebb_arms_t full = {0}, one_step = {0};
    ebb_arms_opts_t opts = {.effort = EBB_EFFORT_FULL, .with_dose = true};
    CHECK(ebb_arms_estimate(&full, &cells, &opts) == EBB_OK);
    CHECK(full.weeks == 14 && !full.one_step && full.followups > 100);
    double squares[4] = {0};
    jackknife(&cells, &full, squares);
    double g = 14, t = ebb_t_975(13);
    double se[4];
    for (size_t i = 0; i < 4; i++) {
        se[i] = sqrt(squares[i] * (g - 1) / g);
    }
    CHECK_NEAR(full.withdrawal_se / se[0], 1, 0.03);
    CHECK_NEAR(full.pursuit_se / se[1], 1, 0.03);
    CHECK_NEAR(half_width(full.withdrawal) / (t * se[0]), 1, 0.03);
    CHECK_NEAR(half_width(full.pursuit) / (t * se[1]), 1, 0.03);
    CHECK_NEAR(half_width(full.pursuit_second) / (t * se[2]), 1, 0.03);
    CHECK_NEAR(half_width(full.loop_share) / (t * se[3]), 1, 0.05);
    CHECK(!isnan(full.withdrawal_dose.low));
    opts.effort = EBB_EFFORT_ONE_STEP;
    CHECK(ebb_arms_estimate(&one_step, &cells, &opts) == EBB_OK && one_step.one_step);
    CHECK(one_step.withdrawal.value == full.withdrawal.value);
    CHECK(one_step.pursuit.value == full.pursuit.value);
    CHECK_NEAR(one_step.withdrawal_se / full.withdrawal_se, 1, 0.15);
    CHECK_NEAR(one_step.pursuit_se / full.pursuit_se, 1, 0.15);
    CHECK_NEAR(half_width(one_step.loop_share) / half_width(full.loop_share), 1, 0.25);
    ebb_cells_free(&cells);
}

static ebb_refits_t as_lane(const ebb_fitted_t *fit)
{
    ebb_refits_t lane = {.count = 1};
    lane.effect = calloc(fit->weeks * EBB_LANES, sizeof(double));
    for (size_t k = 0; k < fit->columns; k++) {
        lane.beta[k][0] = fit->beta[k];
    }
    for (size_t week = 0; week < fit->weeks; week++) {
        lane.effect[week * EBB_LANES] = fit->effect[week];
    }
    return lane;
}

/* The fits behind an estimate, made once more. */
typedef struct fits {
    ebb_design_t reply, usual;
    ebb_fitted_t reply_fit, usual_fit;
} fits_t;

static void make_fits(fits_t *fits, const ebb_cells_t *cells)
{
    CHECK(ebb_design_make(&fits->reply, EBB_EQUATION_REPLY, cells, false) == EBB_OK);
    CHECK(ebb_design_make(&fits->usual, EBB_EQUATION_USUAL, cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&fits->reply_fit, &fits->reply, NULL) == EBB_OK);
    CHECK(ebb_regression_fit(&fits->usual_fit, &fits->usual, NULL) == EBB_OK);
}

static void free_fits(fits_t *fits)
{
    ebb_regression_free(&fits->reply_fit);
    ebb_regression_free(&fits->usual_fit);
    ebb_design_free(&fits->reply);
    ebb_design_free(&fits->usual);
}

/* L by its definition, from w, p, S and M. */
static double share_by_definition(const ebb_cells_t *cells, const fits_t *fits,
                                  double w, double p)
{
    ebb_curve_t curve;
    ebb_curve_make(&curve, &fits->usual, fits->usual_fit.beta, 1);
    ebb_refits_t lane = as_lane(&fits->reply_fit);
    ebb_trace_t trace = {.lanes = 1, .waited = calloc(cells->count, sizeof(float))};
    ebb_trace_run(&trace, &fits->reply, &lane);
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < cells->count; i++) {
        if (cells->list[i].followup) {
            double s = (double)ebb_curve_at(&curve, cells->list[i].log_t0_o);
            double m = (double)trace.waited[n++];
            double f = 1 - exp(-(exp(fabs(w)) - 1) * m), g = 1 - exp(-fabs(p) * s);
            sum += (w < 0 || p < 0 ? -1 : 1) * f * g;
        }
    }
    free(trace.waited);
    free(lane.effect);
    return sum / (double)n;
}

static void test_loop_share(void)
{
    static const pair_t pairs[] = {
        {.weeks = 14, .reply = 1 / 40.0, .follow = 0.006, .pursuit = 5, .slow = 0.4},
        {.weeks = 14, .reply = 1 / 40.0, .follow = 0.006, .pursuit = 5, .slow = 3},
        {.weeks = 14, .reply = 1 / 40.0, .follow = 0.05, .pursuit = 0.2, .slow = 3},
    };
    const int signs[3][2] = {{1, 1}, {-1, 1}, {-1, -1}}; /* of w and p */
    for (size_t i = 0; i < 3; i++) {
        record.count = 0;
        pair_write(&record, &pairs[i], 5);
        ebb_cells_t cells = cells_of_record();
        ebb_arms_t arms = {0};
        ebb_arms_opts_t opts = {.effort = EBB_EFFORT_POINT};
        CHECK(ebb_arms_estimate(&arms, &cells, &opts) == EBB_OK);
        double w = arms.withdrawal.value, p = arms.pursuit.value;
        CHECK(w * signs[i][0] > 0 && p * signs[i][1] > 0);
        fits_t fits;
        make_fits(&fits, &cells);
        CHECK_NEAR(arms.loop_share.value, share_by_definition(&cells, &fits, w, p),
                   1e-6);
        free_fits(&fits);
        CHECK(arms.loop_share.value > -1 && arms.loop_share.value < 1);
        CHECK((arms.loop_share.value > 0) == (i == 0));
        ebb_cells_free(&cells);
    }
}

/* Rescaled waits by hand: D over the fitted rate between one event and the next, where
 * only the time beyond the merge gap counts. */
static void test_fitness(void)
{
    record.count = 0;
    pair_t pair = {
        .weeks = 14, .reply = 1 / 40.0, .follow = 0.006, .pursuit = 3, .slow = 0.5};
    pair_write(&record, &pair, 4);
    ebb_cells_t cells = cells_of_record();
    fits_t fits;
    make_fits(&fits, &cells);
    ebb_fit_t fit;
    CHECK(ebb_fitness(&fit, &fits.reply_fit) == EBB_OK);
    double *theory = malloc(cells.count * sizeof *theory), sum = 0;
    size_t n = 0;
    ebb_block_t block;
    for (size_t i = 0; i < cells.count; i++) {
        size_t week = cells.runs[cells.list[i].run].week;
        if (!cells.list[i].after_gap) {
            continue;
        }
        ebb_design_block(&fits.reply, week, i, &block);
        double eta = fits.reply_fit.effect[week];
        for (size_t k = 0; k < fits.reply.columns; k++) {
            eta += block.x[k][0] * fits.reply_fit.beta[k];
        }
        sum += block.exposure[0] * exp(eta);
        if (block.y[0] > 0) {
            theory[n++] = -expm1(-sum);
            sum = 0;
        }
    }
    double worst = 0;
    for (size_t i = 0; i < n;
         i++) { /* both sides of the empirical step at each value */
        size_t below = 0, upto = 0;
        for (size_t j = 0; j < n; j++) {
            below += theory[j] < theory[i];
            upto += theory[j] <= theory[i];
        }
        worst = fmax(worst, fabs((double)below / (double)n - theory[i]));
        worst = fmax(worst, fabs((double)upto / (double)n - theory[i]));
    }
    CHECK(n > 500);
    CHECK_NEAR(fit.distance, worst, 1e-9);
    CHECK_NEAR(fit.limit, fmax(1.63 / sqrt((double)n), 0.05), 1e-12);
    CHECK(fit.passes); /* the cells were drawn from such rates, or nearly */
    /* another clock altogether does not pass */
    fits.reply_fit.beta[0] += 0.4;
    CHECK(ebb_fitness(&fit, &fits.reply_fit) == EBB_OK && !fit.passes);
    free(theory);
    free_fits(&fits);
    ebb_cells_free(&cells);
}

int main(void)
{
    test_rule();
    test_weeks_needed();
    test_intervals();
    test_loop_share();
    test_fitness();
    return check_report(__FILE__);
}
