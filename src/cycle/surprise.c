/* SPDX-License-Identifier: MIT
 * The curve of usual replies, and hazards cumulated along runs. */
#include "cycle/surprise.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "math/elementary.h"
#include "math/exp_kernel.h"

/* log lambda0 at a log time: a broken line through the knots, the constant at the
 * first. */
static double log_rate(const ebb_knots_t *knots, const double *beta, size_t stride,
                       double v)
{
    assert(knots->count >= 1 && knots->count <= EBB_KNOTS);
    double at[EBB_KNOTS];
    for (size_t i = 0; i < knots->count; i++) {
        at[i] = i ? beta[i * stride] : 0;
    }
    double base = beta[0];
    if (v <= knots->log_at[0]) {
        return base;
    }
    for (size_t i = 1; i < knots->count; i++) {
        if (v < knots->log_at[i]) {
            double part =
                (v - knots->log_at[i - 1]) / (knots->log_at[i] - knots->log_at[i - 1]);
            return base + at[i - 1] + part * (at[i] - at[i - 1]);
        }
    }
    return base + at[knots->count - 1];
}

void ebb_curve_make(ebb_curve_t *curve, const ebb_design_t *usual, const double *beta,
                    size_t stride)
{
    /* in v = log tau: Lambda0 = int lambda0 tau dv, by the trapezium rule on the grid;
     * before the first point the rate is constant, so Lambda0 = lambda0 tau there */
    const double step = 13.0 / (EBB_CURVE_POINTS - 1);
    double before = ebb_exp(log_rate(&usual->knots_f, beta, stride, -3) - 3);
    double sum = before;
    for (size_t i = 0; i < EBB_CURVE_POINTS; i++) {
        double v = -3 + (double)i * step;
        double now = ebb_exp(log_rate(&usual->knots_f, beta, stride, v) + v);
        sum += i ? step * (before + now) / 2 : 0;
        curve->s[i] = (float)(1 - ebb_exp(-sum));
        before = now;
    }
}

/* The rates of a block's rows: all of it, and without the reminder and w. */
typedef struct ebb_rates {
    double full[EBB_BLOCK_ROWS * EBB_LANES];
    double base[EBB_BLOCK_ROWS * EBB_LANES]; /* [row][lane in use] */
} ebb_rates_t;

/* Whether column k is w's or the reminder's. */
static inline bool is_extra(const ebb_design_t *reply, size_t k)
{
    return k >= reply->arm || (k >= reply->reminder_first && k < reply->reminder_last);
}

/* One lane: along the columns. */
static inline void add_columns(ebb_rates_t *rates, const ebb_design_t *reply,
                               const ebb_refits_t *lanes, const ebb_block_t *block)
{
    for (size_t k = 0; k < reply->columns; k++) {
        double *into = is_extra(reply, k) ? rates->full : rates->base;
        double beta = lanes->beta[k][0];
        for (size_t i = 0; i < ebb_in_groups(block->count); i++) {
            into[i] += block->x[k][i] * beta;
        }
    }
}

/* Many lanes: along the lanes. */
static inline void add_lanes(ebb_rates_t *rates, const ebb_design_t *reply,
                             const ebb_refits_t *lanes, const ebb_block_t *block)
{
    for (size_t i = 0; i < block->count; i++) {
        for (size_t k = 0; k < reply->columns; k++) {
            double x = block->x[k][i];
            if (x == 0) {
                continue;
            }
            double *into =
                (is_extra(reply, k) ? rates->full : rates->base) + i * EBB_LANES;
            for (size_t r = 0; r < EBB_LANES; r++) {
                into[r] += x * lanes->beta[k][r];
            }
        }
    }
}

/* Rates of the rows of a block in `n` lanes, 1 or EBB_LANES. */
EBB_CLONES static void block_rates(ebb_rates_t *rates, const ebb_design_t *reply,
                                   const ebb_refits_t *lanes, size_t n,
                                   const ebb_block_t *block)
{
    const double *effect = lanes->effect + block->week * EBB_LANES;
    size_t count = ebb_in_groups(block->count) * n;
    memset(rates->full, 0, count * sizeof *rates->full);
    for (size_t i = 0; i < count; i++) {
        rates->base[i] = effect[n == 1 ? 0 : i % EBB_LANES];
    }
    if (n == 1) {
        add_columns(rates, reply, lanes, block);
    } else {
        add_lanes(rates, reply, lanes, block);
    }
    for (size_t i = 0; i < count; i++) {
        rates->full[i] = ebb_exp_kernel(rates->full[i] + rates->base[i]);
        rates->base[i] = ebb_exp_kernel(rates->base[i]);
    }
}

typedef struct ebb_trace_state {
    double base[EBB_LANES];   /* int h without N and w since t0 */
    double waited[EBB_LANES]; /* int h over the part with n >= 1 */
    size_t row, followup;     /* next pursuit row and follow-up */
} ebb_trace_state_t;

EBB_CLONES static void trace_cell(ebb_trace_t *trace, ebb_trace_state_t *state,
                                  const ebb_cell_t *cell, const double *full,
                                  const double *base)
{
    size_t n = trace->lanes;
    if (cell->from_t0) {
        memset(state->base, 0, n * sizeof state->base[0]);
        memset(state->waited, 0, n * sizeof state->waited[0]);
    }
    if (cell->after_gap && trace->second) {
        float *second = trace->second + state->row * trace->lanes;
        for (size_t r = 0; r < n; r++) {
            double sum = state->base[r] + base[r] * (double)cell->nominal / 2;
            second[r] = (float)(1 - ebb_exp_kernel(-sum));
        }
    }
    state->row += cell->after_gap;
    for (size_t r = 0; r < n; r++) {
        state->base[r] += base[r] * (double)cell->exposure;
        state->waited[r] += cell->n ? full[r] * (double)cell->exposure : 0;
    }
    if (cell->followup && trace->waited) {
        float *waited = trace->waited + state->followup * trace->lanes;
        for (size_t r = 0; r < n; r++) {
            waited[r] = (float)state->waited[r];
        }
    }
    state->followup += cell->followup;
}

void ebb_trace_run(ebb_trace_t *trace, const ebb_design_t *reply,
                   const ebb_refits_t *lanes)
{
    ebb_trace_state_t state = {0};
    ebb_block_t block;
    ebb_rates_t rates;
    size_t n = trace->lanes;
    for (size_t week = 0; week < reply->cells->weeks; week++) {
        for (size_t row = reply->week_begin[week]; row < reply->week_begin[week + 1];
             row += block.count) {
            ebb_design_block(reply, week, row, &block);
            block_rates(&rates, reply, lanes, n, &block);
            const ebb_cell_t *cells = &reply->cells->list[row];
            for (size_t i = 0; i < block.count; i++) {
                trace_cell(trace, &state, &cells[i], rates.full + i * n,
                           rates.base + i * n);
            }
        }
    }
}
