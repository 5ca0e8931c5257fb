/* SPDX-License-Identifier: MIT
 *
 * The Poisson fits against closed forms and against plain Newton steps with a column
 * for every week [eq 7]; refits against fits from scratch to what is left. Cells are
 * made up here, with known coefficients.
 */
#include <stdlib.h>

#include "check.h"
#include "cycle/newton.h"
#include "cycle/regression.h"
#include "dense.h"
#include "draw.h"

#define CELLS 6000
#define RUNS 6000

static ebb_cell_t cell_list[CELLS];
static ebb_run_t run_list[RUNS];
static dense_t dense;

static ebb_cells_t no_cells(void)
{
    return (ebb_cells_t){
        .list = cell_list, .runs = run_list, .alloc = ebb_alloc_default()};
}

static ebb_cell_t *add_cell(ebb_cells_t *cells, uint32_t week, double exposure)
{
    run_list[cells->run_count] = (ebb_run_t){.week = week};
    ebb_cell_t *cell = &cell_list[cells->count++];
    *cell = (ebb_cell_t){.exposure = (float)exposure,
                         .op_exposure = (float)exposure,
                         .nominal = (float)exposure,
                         .run = (uint32_t)cells->run_count++,
                         .after_gap = 1};
    cells->weeks = week + 1;
    return cell;
}

/* Weeks of cells with random covariates; events come at rates with known coefficients
 * and a normal effect of the week. */
static ebb_cells_t random_cells(uint64_t seed, uint32_t weeks, size_t per_week,
                                double week_sd)
{
    draw_t draw = {seed};
    ebb_cells_t cells = no_cells();
    for (uint32_t week = 0; week < weeks; week++) {
        double effect = week_sd * draw_normal(&draw);
        size_t count = per_week / 2 + draw_below(&draw, per_week);
        for (size_t i = 0; i < count; i++) {
            ebb_cell_t *cell = add_cell(&cells, week, 0.5 + 30 * draw_uniform(&draw));
            ebb_run_t *run = &run_list[cell->run];
            run->log_volume[0] = (float)fabs(draw_normal(&draw));
            run->log_volume[1] = (float)fabs(draw_normal(&draw));
            run->log_pace = (float)(2 + 0.5 * draw_normal(&draw));
            run->log_recent_o = (float)fabs(draw_normal(&draw));
            cell->log_a_o = (float)(-1 + 0.6 * draw_normal(&draw));
            cell->log_a_s = (float)(-1 + 0.6 * draw_normal(&draw));
            cell->log_t0_o = (float)(8 * draw_uniform(&draw));
            cell->log_t1_o = (float)(0.8 * draw_uniform(&draw)) * cell->log_t0_o;
            cell->log_t1 = (float)(7 * draw_uniform(&draw));
            cell->hour = (float)(24 * draw_uniform(&draw));
            cell->drift = (float)week / (float)weeks;
            cell->n = (uint16_t)(draw_below(&draw, 2) * draw_below(&draw, 4));
            cell->log_n = (float)log1p(cell->n / 5.0);
            cell->log_own_recent = (float)log1p((double)draw_below(&draw, 5));
            double mu = (double)cell->exposure *
                        exp(-3.5 + effect + 0.8 * ((double)cell->log_a_o + 1) -
                            0.4 * (cell->n > 0) - 0.1 * (double)cell->log_t0_o);
            cell->reply = draw_uniform(&draw) < -expm1(-mu);
            mu = (double)cell->exposure * exp(-4 + effect + 0.5 * cell->n);
            cell->followup = draw_uniform(&draw) < -expm1(-mu);
        }
    }
    return cells;
}

/* The constant alone: events over exposure, which no penalty touches. */
static void test_constant(void)
{
    ebb_cells_t cells = no_cells();
    double exposure = 0;
    for (size_t i = 0; i < 300; i++) {
        double minutes = 1 + (double)(i % 7);
        ebb_cell_t *cell = add_cell(&cells, (uint32_t)(i / 100), minutes);
        cell->log_t0_o = -2; /* before the first knot */
        cell->reply = i % 10 == 3;
        exposure += minutes;
    }
    ebb_design_t design;
    ebb_fitted_t fit;
    CHECK(ebb_design_make(&design, EBB_EQUATION_USUAL, &cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    CHECK_NEAR(fit.beta[0], log(30 / exposure), 1e-9);
    for (size_t k = 1; k < design.columns; k++) {
        CHECK(fit.beta[k] == 0);
    }
    CHECK(fit.tau2 == 0);
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

/* Two groups. With ridge r the scores say y1 + r b = E1 e^a and y2 - r b = E2 e^(a+b).
 */
static void test_two_groups(void)
{
    ebb_cells_t cells = no_cells();
    for (size_t i = 0; i < 400; i++) {
        ebb_cell_t *cell = add_cell(&cells, 0, i < 200 ? 2 : 5);
        cell->log_t0_o = i < 200 ? 0 : 9; /* the first knot, and past the last */
        cell->reply = i % 200 < (i < 200 ? 50 : 20);
    }
    double y[2] = {50, 20}, minutes[2] = {400, 1000}, ridge = 0.01;
    double b = log(y[1] / minutes[1] / (y[0] / minutes[0])), unpenalised = b;
    for (int i = 0; i < 100; i++) {
        b = log((y[1] - ridge * b) / minutes[1]) - log((y[0] + ridge * b) / minutes[0]);
    }
    ebb_design_t design;
    ebb_fitted_t fit;
    CHECK(ebb_design_make(&design, EBB_EQUATION_USUAL, &cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    CHECK_NEAR(fit.beta[7], b, 1e-8);
    CHECK(fabs(b - unpenalised) > 5e-4); /* so that the ridge was seen */
    CHECK_NEAR(fit.beta[0], log((y[0] + ridge * b) / minutes[0]), 1e-8);
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

/* Broken lines: hats are in [0, 1], add to one with the one left out, and give back a
 * straight line in log time between their knots. */
static void test_hats(void)
{
    ebb_cells_t cells = no_cells();
    for (size_t i = 0; i < 400; i++) {
        ebb_cell_t *cell = add_cell(&cells, 0, 1);
        float v = -3 + (float)i * 0.03f;
        cell->log_t0_o = cell->log_t1_o = cell->log_t1 = v;
    }
    static const double f[] = {1, 4, 15, 45, 120, 300, 900, 2400};
    ebb_design_t reply;
    CHECK(ebb_design_make(&reply, EBB_EQUATION_REPLY, &cells, false) == EBB_OK);
    dense_take(&dense, &reply);
    for (size_t i = 0; i < dense.rows; i++) {
        const double *x = dense.x[i];
        double v = (double)cell_list[i].log_t0_o, line = 0, sum = 0, reminder = 0;
        for (size_t k = 0; k < 7; k++) {
            CHECK(x[11 + k] >= 0 && x[11 + k] <= 1);
            sum += x[11 + k];
            line += x[11 + k] * log(f[k + 1]);
        }
        double inside = v < 0 ? 0 : v > log(2400) ? log(2400) : v;
        CHECK_NEAR(line, inside, 1e-6); /* the first knot is at log 1 = 0 */
        CHECK(v < log(4) || fabs(sum - 1) < 1e-12);
        for (size_t k = 8; k < 11; k++) {
            reminder += x[k];
        }
        CHECK(v < log(60) || reminder == 0); /* no reminder after an hour */
        CHECK(v > log(20) || fabs(reminder - 1) < 1e-12);
    }
    ebb_design_free(&reply);
}

/* Fits `equation` both ways and compares; also the fixed point of the variance. */
static void compare_with_dense(ebb_equation_t equation, const ebb_cells_t *cells,
                               const float *surprise)
{
    ebb_design_t design;
    ebb_fitted_t fit;
    CHECK(ebb_design_make(&design, equation, cells, false) == EBB_OK);
    design.surprise = surprise;
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    dense_take(&dense, &design);
    dense.tau2 = fit.tau2;
    dense.solution[0] = fit.beta[0];
    CHECK(dense_solve(&dense));
    for (size_t k = 0; k < fit.columns; k++) {
        CHECK_NEAR(fit.beta[k], dense.solution[k], 1e-6);
    }
    double squares = 0, used = 0;
    for (size_t week = 0; week < fit.weeks; week++) {
        double effect = dense.solution[fit.columns + week];
        CHECK_NEAR(fit.effect[week], effect, 1e-6);
        if (design.week_begin[week + 1] > design.week_begin[week]) {
            squares += effect * effect + ebb_effect_variance(&fit, week);
            used++;
        }
    }
    /* the mean of squares and variances is the fixed point; slowly reached near 0 */
    if (fit.tau2 > 0.0101) {
        CHECK_NEAR(squares / used, fit.tau2, 0.02 * fit.tau2);
    } else if (equation != EBB_EQUATION_USUAL) {
        CHECK(squares / used <= 0.0101);
    }
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

static float surprises[CELLS * EBB_LANES];

static void fill_surprises(uint64_t seed, size_t count)
{
    draw_t draw = {seed};
    for (size_t i = 0; i < count; i++) {
        surprises[i] = (float)draw_uniform(&draw);
    }
}

static void test_frailty(void)
{
    fill_surprises(1, CELLS);
    static const struct {
        uint32_t weeks;
        double sd;
    } cases[] = {{1, 0}, {1, 1}, {2, 0.5}, {12, 0}, {12, 0.6}, {40, 1.2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ebb_cells_t cells =
            random_cells(10 + i, cases[i].weeks, 2400 / cases[i].weeks, cases[i].sd);
        compare_with_dense(EBB_EQUATION_REPLY, &cells, NULL);
        compare_with_dense(EBB_EQUATION_USUAL, &cells, NULL);
        compare_with_dense(EBB_EQUATION_PURSUIT, &cells, surprises);
    }
}

/* Weeks without rows, at the ends and between, change nothing. */
static void test_empty_weeks(void)
{
    ebb_cells_t cells = random_cells(20, 12, 150, 0.5);
    ebb_design_t design;
    ebb_fitted_t fit, spread;
    CHECK(ebb_design_make(&design, EBB_EQUATION_REPLY, &cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    ebb_design_free(&design);
    for (size_t i = 0; i < cells.run_count; i++) {
        run_list[i].week = 3 * run_list[i].week + 2;
    }
    cells.weeks = 3 * 12 + 5;
    CHECK(ebb_design_make(&design, EBB_EQUATION_REPLY, &cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&spread, &design, NULL) == EBB_OK && spread.converged);
    CHECK_NEAR(spread.tau2, fit.tau2, 1e-9);
    for (size_t k = 0; k < fit.columns; k++) {
        CHECK_NEAR(spread.beta[k], fit.beta[k], 1e-9);
    }
    CHECK(spread.effect[0] == 0 && spread.effect[40] == 0);
    CHECK_NEAR(spread.effect[2], fit.effect[0], 1e-9);
    ebb_regression_free(&spread);
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

/* A start elsewhere leads to the same maximum. */
static void test_warm_start(void)
{
    ebb_cells_t cells = random_cells(21, 20, 150, 0.5);
    ebb_design_t design;
    ebb_fitted_t fit, warm;
    double start[EBB_COLUMNS] = {-3};
    CHECK(ebb_design_make(&design, EBB_EQUATION_REPLY, &cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    for (size_t k = 1; k < fit.columns; k++) {
        start[k] = k % 2 ? 1 : -1;
    }
    CHECK(ebb_regression_fit(&warm, &design, start) == EBB_OK && warm.converged);
    CHECK_NEAR(warm.tau2, fit.tau2, 0.01 * fit.tau2);
    for (size_t k = 0; k < fit.columns; k++) {
        CHECK_NEAR(warm.beta[k], fit.beta[k], 2e-3); /* as tau^2 differs a little */
    }
    ebb_regression_free(&warm);
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

/* Refits of chunks of weeks against fits from scratch without each week. Without a
 * frailty variance of its own, as it stays that of all weeks. */
static void compare_refits(ebb_equation_t equation, const ebb_cells_t *cells,
                           bool lanes)
{
    ebb_design_t design;
    ebb_fitted_t fit;
    CHECK(ebb_design_make(&design, equation, cells, false) == EBB_OK);
    float *surprise = malloc(CELLS * sizeof *surprise);
    for (size_t i = 0; i < CELLS; i++) {
        surprise[i] = surprises[i * EBB_LANES]; /* lane 0 serves the full fit */
    }
    design.surprise = surprise;
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    dense_take(&dense, &design);
    dense.tau2 = fit.tau2;
    CHECK(dense_solve(&dense));
    size_t arm = design.columns - 1;
    double squares_full = 0, squares_one = 0;
    for (size_t first = 0; first < cells->weeks; first += EBB_LANES) {
        size_t weeks[EBB_LANES], count = 0;
        while (count < EBB_LANES && first + count < cells->weeks) {
            weeks[count] = first + count;
            count++;
        }
        ebb_refits_t refits, one_step;
        CHECK(ebb_regression_refit(&refits, &fit, weeks, count,
                                   lanes ? surprises : NULL, false) == EBB_OK);
        CHECK(refits.converged && refits.count == count);
        CHECK(ebb_regression_refit(&one_step, &fit, weeks, count, NULL, true) ==
              EBB_OK);
        for (size_t r = 0; r < count; r++) {
            dense.without = weeks[r];
            for (size_t i = 0; lanes && i < dense.rows; i++) {
                dense.x[i][arm] = (double)surprises[i * EBB_LANES + r];
            }
            memcpy(dense.solution, fit.beta, fit.columns * sizeof *fit.beta);
            CHECK(dense_solve(&dense));
            for (size_t k = 0; k < fit.columns; k++) {
                double want = dense.solution[k];
                CHECK_NEAR(refits.beta[k][r], want,
                           1e-3 * (fabs(want) > 1 ? fabs(want) : 1));
            }
            double full = refits.beta[arm][r] - fit.beta[arm];
            double one = one_step.beta[arm][r] - fit.beta[arm];
            squares_full += full * full;
            squares_one += one * one;
        }
        ebb_refits_free(&one_step, &fit);
        ebb_refits_free(&refits, &fit);
    }
    /* one step falls short of a refit, but not by much in the standard error */
    if (!lanes) {
        CHECK(squares_full > 0);
        CHECK_NEAR(sqrt(squares_one / squares_full), 1, 0.1);
    }
    free(surprise);
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

static void test_refits(void)
{
    fill_surprises(2, sizeof surprises / sizeof *surprises);
    ebb_cells_t few = random_cells(30, 6, 400, 0.5);
    compare_refits(EBB_EQUATION_REPLY, &few, false);
    compare_refits(EBB_EQUATION_USUAL, &few, false);
    compare_refits(EBB_EQUATION_PURSUIT, &few, false);
    compare_refits(EBB_EQUATION_PURSUIT, &few, true);
    ebb_cells_t many = random_cells(31, 40, 80, 0.8);
    compare_refits(EBB_EQUATION_REPLY, &many, false);
    compare_refits(EBB_EQUATION_USUAL, &many, false);
    compare_refits(EBB_EQUATION_PURSUIT, &many, true);
}

/* The result of a lane has the same bits alone, among others, and in another place. */
static void test_lanes_apart(void)
{
    fill_surprises(3, sizeof surprises / sizeof *surprises);
    ebb_cells_t cells = random_cells(32, 40, 80, 0.8);
    ebb_design_t design;
    ebb_fitted_t fit;
    CHECK(ebb_design_make(&design, EBB_EQUATION_PURSUIT, &cells, false) == EBB_OK);
    float *surprise = malloc(CELLS * sizeof *surprise);
    for (size_t i = 0; i < CELLS; i++) {
        surprise[i] = surprises[i * EBB_LANES];
        for (size_t r = 1; r < EBB_LANES; r++) { /* all lanes alike, so they may move */
            surprises[i * EBB_LANES + r] = surprise[i];
        }
    }
    design.surprise = surprise;
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK && fit.converged);
    size_t weeks[EBB_LANES];
    for (size_t r = 0; r < EBB_LANES; r++) {
        weeks[r] = r + 5;
    }
    ebb_refits_t together, alone;
    CHECK(ebb_regression_refit(&together, &fit, weeks, EBB_LANES, surprises, false) ==
          0);
    size_t differences = 0;
    for (size_t r = 0; r < EBB_LANES; r += 5) {
        CHECK(ebb_regression_refit(&alone, &fit, weeks + r, 1, surprises, false) == 0);
        for (size_t k = 0; k < fit.columns; k++) {
            differences += alone.beta[k][0] != together.beta[k][r];
        }
        for (size_t week = 0; week < fit.weeks; week++) {
            differences +=
                alone.effect[week * EBB_LANES] != together.effect[week * EBB_LANES + r];
        }
        ebb_refits_free(&alone, &fit);
    }
    CHECK(differences == 0);
    ebb_refits_free(&together, &fit);
    free(surprise);
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

/* No event at all: the constant goes down as far as the steps let it, without a NAN. */
static void test_no_events(void)
{
    ebb_cells_t cells = random_cells(33, 6, 100, 0.5);
    for (size_t i = 0; i < cells.count; i++) {
        cell_list[i].reply = 0;
    }
    ebb_design_t design;
    ebb_fitted_t fit;
    CHECK(ebb_design_make(&design, EBB_EQUATION_REPLY, &cells, false) == EBB_OK);
    CHECK(ebb_regression_fit(&fit, &design, NULL) == EBB_OK);
    for (size_t k = 0; k < fit.columns; k++) {
        CHECK(isfinite(fit.beta[k]));
    }
    ebb_regression_free(&fit);
    ebb_design_free(&design);
}

int main(void)
{
    test_constant();
    test_two_groups();
    test_hats();
    test_frailty();
    test_empty_weeks();
    test_warm_start();
    test_refits();
    test_lanes_apart();
    test_no_events();
    return check_report(__FILE__);
}
