/* SPDX-License-Identifier: MIT
 *
 * Between two events the fitted rate integrates to an Exp(1) variable if the model
 * holds (Papangelou 1972; Brown et al., Neural Computation 14:325, 2002). Time at risk
 * in runs that end without an event carries over to the next event, so nothing is
 * censored but the last stretch, which is dropped.
 */
#include "cycle/fitness.h"

#include <math.h>
#include <stdlib.h>

#include "core/memory.h"
#include "math/elementary.h"

#define FLOOR 0.05 /* a misfit too small to matter for the claims */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Whether a row counts: only time beyond the merge gap does. */
static bool counts(const ebb_design_t *design, size_t row)
{
    return design->cells->list[ebb_design_cell(design, row)].after_gap;
}

static size_t count_rows_events(const ebb_design_t *design)
{
    bool pursuit = design->equation == EBB_EQUATION_PURSUIT;
    size_t n = 0;
    for (size_t row = 0; row < design->row_count; row++) {
        const ebb_cell_t *cell = &design->cells->list[ebb_design_cell(design, row)];
        n += cell->after_gap && (pursuit ? cell->followup : cell->reply);
    }
    return n;
}

/* Goes on with the rescaled waits through one block; returns what is left of the sum.
 */
static double rescale_block(double **waits, const ebb_fitted_t *fit,
                            const ebb_block_t *block, double sum)
{
    for (size_t i = 0; i < block->count; i++) {
        if (!counts(fit->design, block->first + i)) {
            continue;
        }
        double eta = fit->effect[block->week];
        for (size_t k = 0; k < fit->columns; k++) {
            eta += block->x[k][i] * fit->beta[k];
        }
        sum += block->exposure[i] * ebb_exp(eta);
        if (block->y[i] > 0) {
            *(*waits)++ = sum;
            sum = 0;
        }
    }
    return sum;
}

/* The rescaled waits, as many as there are events that count. */
static void rescale(double *waits, const ebb_fitted_t *fit)
{
    const ebb_design_t *design = fit->design;
    ebb_block_t block;
    double sum = 0;
    for (size_t week = 0; week < fit->weeks; week++) {
        for (size_t row = design->week_begin[week]; row < design->week_begin[week + 1];
             row += block.count) {
            ebb_design_block(design, week, row, &block);
            sum = rescale_block(&waits, fit, &block, sum);
        }
    }
}

int ebb_fitness(ebb_fit_t *result, const ebb_fitted_t *fit)
{
    size_t n = count_rows_events(fit->design);
    double *waits = ebb_new_array(fit->alloc, n, sizeof *waits);
    if (!waits) {
        return EBB_ERR_MEMORY;
    }
    rescale(waits, fit);
    qsort(waits, n, sizeof *waits, ascending);
    double distance = 0;
    for (size_t i = 0; i < n; i++) {
        double theory = 1 - ebb_exp(-waits[i]);
        double above = (double)(i + 1) / (double)n - theory;
        double below = theory - (double)i / (double)n;
        distance = above > distance ? above : distance;
        distance = below > distance ? below : distance;
    }
    ebb_free_array(fit->alloc, waits, n, sizeof *waits);
    double limit = n ? 1.63 / sqrt((double)n) : 1;
    *result = (ebb_fit_t){.distance = distance, .limit = limit < FLOOR ? FLOOR : limit};
    result->passes = n > 0 && distance <= result->limit;
    return EBB_OK;
}
