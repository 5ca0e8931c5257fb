/* SPDX-License-Identifier: MIT
 * The curve of usual replies [eq 5] against its own integral, and the traces along runs
 * [eq 8, 10] against sums done cell by cell. */
#include <stdlib.h>

#include "check.h"
#include "cycle/surprise.h"
#include "draw.h"

#define KNOTS 8

static const double knots[KNOTS] = {1, 4, 15, 45, 120, 300, 900, 2400};

/* log lambda0: beta[0] at the first knot, beta[0] + beta[i] at knot i, straight in log
 * time between them, constant outside. */
static long double log_rate(const double *beta, long double v)
{
    long double at = (long double)beta[0];
    if (v <= 0) {
        return at;
    }
    for (size_t i = 1; i < KNOTS; i++) {
        long double a = logl((long double)knots[i - 1]),
                    b = logl((long double)knots[i]);
        if (v < b) {
            long double left = i > 1 ? (long double)beta[i - 1] : 0;
            return at + left + (v - a) / (b - a) * ((long double)beta[i] - left);
        }
    }
    return at + (long double)beta[KNOTS - 1];
}

/* int_0^T lambda0 by Simpson's rule in log time, from where it is all but nothing. */
static double cumulated(const double *beta, double log_minutes)
{
    const int steps = 20000;
    long double from = -30, h = ((long double)log_minutes - from) / steps, sum = 0;
    for (int i = 0; i <= steps; i++) {
        long double v = from + h * i;
        int weight = i == 0 || i == steps ? 1 : i % 2 ? 4 : 2;
        sum += weight * expl(log_rate(beta, v) + v);
    }
    return (double)(sum * h / 3);
}

static ebb_cells_t one_cell(ebb_cell_t *cell, ebb_run_t *run)
{
    return (ebb_cells_t){.list = cell,
                         .count = 1,
                         .runs = run,
                         .run_count = 1,
                         .weeks = 1,
                         .alloc = ebb_alloc_default()};
}

static void test_curve(void)
{
    ebb_cell_t cell = {.exposure = 1};
    ebb_run_t run = {0};
    ebb_cells_t cells = one_cell(&cell, &run);
    ebb_design_t usual;
    CHECK(ebb_design_make(&usual, EBB_EQUATION_USUAL, &cells, false) == EBB_OK);
    draw_t draw = {1};
    double worst = 0;
    for (int round = 0; round < 40; round++) {
        double beta[KNOTS] = {-2 - 4 * draw_uniform(&draw)};
        for (size_t i = 1; i < KNOTS; i++) {
            beta[i] = 1.5 * draw_normal(&draw) - 0.3 * (double)i;
        }
        ebb_curve_t curve;
        ebb_curve_make(&curve, &usual, beta, 1);
        for (double v = -2.9; v < 9.9; v += 0.8) {
            double want = -expm1(-cumulated(beta, v));
            double error = fabs((double)ebb_curve_at(&curve, (float)v) - want);
            worst = error > worst ? error : worst;
        }
        /* it rises from 0 and stays below or at 1, also beyond its grid */
        float before = -1;
        for (float v = -8; v < 14; v += 0.01f) {
            float s = ebb_curve_at(&curve, v);
            CHECK(s >= before && s >= 0 && s <= 1);
            before = s;
        }
        CHECK(ebb_curve_at(&curve, -8) == 0);
        CHECK(ebb_curve_at(&curve, (float)NAN) == 0);
        /* the same from a lane of many */
        double lanes[KNOTS][EBB_LANES];
        ebb_curve_t lane;
        for (size_t i = 0; i < KNOTS; i++) {
            lanes[i][7] = beta[i];
        }
        ebb_curve_make(&lane, &usual, &lanes[0][7], EBB_LANES);
        CHECK(memcmp(&lane, &curve, sizeof curve) == 0);
    }
    /* the grid's step is 0.033 in log time: h^2/8 of a slope of 1 and its kinks */
    CHECK_NEAR(worst, 0, 1e-3);
    ebb_design_free(&usual);
}

/* lambda0 constant: S = 1 - exp(-lambda T), exactly known. */
static void test_exponential(void)
{
    ebb_cell_t cell = {.exposure = 1};
    ebb_run_t run = {0};
    ebb_cells_t cells = one_cell(&cell, &run);
    ebb_design_t usual;
    CHECK(ebb_design_make(&usual, EBB_EQUATION_USUAL, &cells, false) == EBB_OK);
    double beta[KNOTS] = {log(1 / 30.0)};
    ebb_curve_t curve;
    ebb_curve_make(&curve, &usual, beta, 1);
    for (double minutes = 0.1; minutes < 20000; minutes *= 1.7) {
        double s = (double)ebb_curve_at(&curve, (float)log(minutes));
        CHECK_NEAR(s, -expm1(-minutes / 30), 3e-4);
    }
    ebb_design_free(&usual);
}

#define RUNS 300
#define CELLS 9000

typedef struct couple {
    ebb_run_t runs[RUNS];
    ebb_cell_t list[CELLS];
    ebb_cells_t cells;
} couple_t;

/* Runs over twelve weeks, some with new messages in the first turn (sums begin anew)
 * and follow-ups. */
static void fill_couple(couple_t *couple)
{
    draw_t draw = {2};
    couple->cells = (ebb_cells_t){.list = couple->list,
                                  .runs = couple->runs,
                                  .run_count = RUNS,
                                  .weeks = 12,
                                  .alloc = ebb_alloc_default()};
    size_t n = 0;
    for (uint32_t i = 0; i < RUNS; i++) {
        couple->runs[i] = (ebb_run_t){.week = i * 12 / RUNS,
                                      .log_volume = {(float)draw_uniform(&draw), 1},
                                      .first_cell = (uint32_t)n};
        size_t count = 2 + draw_below(&draw, 25), followups = 0;
        for (size_t j = 0; j < count; j++) {
            ebb_cell_t *cell = &couple->list[n++];
            bool last = j + 1 == count;
            *cell = (ebb_cell_t){.nominal = (float)(1 + 20 * draw_uniform(&draw)),
                                 .log_a_o = (float)-draw_uniform(&draw),
                                 .log_t0_o = (float)(6 * draw_uniform(&draw)),
                                 .log_t1_o = (float)(5 * draw_uniform(&draw)),
                                 .run = i,
                                 .n = (uint16_t)followups,
                                 .after_gap = draw_uniform(&draw) < 0.7,
                                 .reply = last};
            cell->from_t0 = j == 0 || (followups == 0 && draw_uniform(&draw) < 0.2);
            cell->followup = !last && cell->after_gap && draw_uniform(&draw) < 0.2;
            cell->exposure = cell->nominal * (cell->followup || last ? 0.4f : 1.0f);
            followups += cell->followup;
        }
        couple->runs[i].cell_count = (uint32_t)count;
    }
    couple->cells.count = n;
}

/* h_R of one cell in one lane from the columns; without N and w if `plain`. */
static double reply_rate(const ebb_design_t *reply, const ebb_block_t *block, size_t i,
                         const ebb_refits_t *lanes, size_t lane, bool plain)
{
    double eta = lanes->effect[block->week * EBB_LANES + lane];
    for (size_t k = 0; k < reply->columns; k++) {
        bool left_out = (k >= 8 && k < 11) || k == 18; /* N and 1[n >= 1] of [eq 4] */
        eta += plain && left_out ? 0 : block->x[k][i] * lanes->beta[k][lane];
    }
    return exp(eta);
}

/* S' and M of one lane by adding up cell by cell, in the order of the record. */
static void check_lane(const ebb_design_t *reply, const ebb_refits_t *lanes,
                       size_t lane, const ebb_trace_t *trace)
{
    double plain = 0, waited = 0;
    size_t row = 0, followup = 0;
    ebb_block_t block;
    for (size_t at = 0; at < reply->cells->count; at++) {
        const ebb_cell_t *cell = &reply->cells->list[at];
        size_t week = reply->cells->runs[cell->run].week;
        ebb_design_block(reply, week, at, &block);
        double base = reply_rate(reply, &block, 0, lanes, lane, true);
        double full = reply_rate(reply, &block, 0, lanes, lane, false);
        if (cell->from_t0) {
            plain = waited = 0;
        }
        if (cell->after_gap) { /* at the middle of the cell, were it not cut */
            double want = -expm1(-(plain + base * (double)cell->nominal / 2));
            CHECK_NEAR(trace->second[row++ * trace->lanes + lane], want, 1e-6);
        }
        plain += base * (double)cell->exposure;
        waited += cell->n >= 1 ? full * (double)cell->exposure : 0;
        if (cell->followup) {
            double got = (double)trace->waited[followup++ * trace->lanes + lane];
            CHECK_NEAR(got, waited, 1e-6 * (1 + waited));
        }
    }
    CHECK(row > 1000 && followup > 300);
}

static void test_trace(void)
{
    static couple_t couple;
    fill_couple(&couple);
    ebb_design_t reply;
    CHECK(ebb_design_make(&reply, EBB_EQUATION_REPLY, &couple.cells, false) == EBB_OK);
    ebb_refits_t lanes = {.count = EBB_LANES};
    lanes.effect = calloc(12 * EBB_LANES, sizeof(double));
    draw_t draw = {3};
    for (size_t r = 0; r < EBB_LANES; r++) {
        for (size_t k = 0; k < reply.columns; k++) {
            lanes.beta[k][r] = k ? 0.4 * draw_normal(&draw) : -4;
        }
        for (size_t week = 0; week < 12; week++) {
            lanes.effect[week * EBB_LANES + r] = 0.5 * draw_normal(&draw);
        }
    }
    for (size_t width = 1; width <= EBB_LANES; width += EBB_LANES - 1) {
        ebb_trace_t trace = {.lanes = width};
        trace.second = calloc(CELLS * width, sizeof(float));
        trace.waited = calloc(CELLS * width, sizeof(float));
        ebb_trace_run(&trace, &reply, &lanes);
        for (size_t lane = 0; lane < width; lane += 5) {
            check_lane(&reply, &lanes, lane, &trace);
        }
        /* either half alone gives the same */
        ebb_trace_t half = {.lanes = width,
                            .second = calloc(CELLS * width, sizeof(float))};
        ebb_trace_run(&half, &reply, &lanes);
        CHECK(memcmp(half.second, trace.second, CELLS * width * sizeof(float)) == 0);
        free(half.second);
        half = (ebb_trace_t){.lanes = width,
                             .waited = calloc(CELLS * width, sizeof(float))};
        ebb_trace_run(&half, &reply, &lanes);
        CHECK(memcmp(half.waited, trace.waited, CELLS * width * sizeof(float)) == 0);
        free(half.waited);
        free(trace.second);
        free(trace.waited);
    }
    free(lanes.effect);
    ebb_design_free(&reply);
}

int main(void)
{
    test_curve();
    test_exponential();
    test_trace();
    return check_report(__FILE__);
}
