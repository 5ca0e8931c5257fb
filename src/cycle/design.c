/* SPDX-License-Identifier: MIT
 *
 * Broken lines are sums of hats: at most two of them are not zero at a point, and they
 * add to one. The first hat of each line (or the last, for N) is left out: the constant
 * stands for it.
 */
#include "cycle/design.h"

#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "math/elementary.h"

#define RIDGE 0.01
#define PURSUIT_PENALTY (1.0 / 9) /* p ~ Normal(0, 3^2) */
#define BUMPS 8
#define BUMP_KAPPA 3.0

static ebb_knots_t knots(const double *minutes, size_t count)
{
    ebb_knots_t k = {.count = count};
    for (size_t i = 0; i < count; i++) {
        k.log_at[i] = log(minutes[i]);
        if (i > 0) {
            k.slope[i - 1] = 1 / (k.log_at[i] - k.log_at[i - 1]);
        }
    }
    return k;
}

/* Rows in a row of columns: x[k][i] is column k of row i. */
typedef struct ebb_rows {
    const ebb_design_t *design;
    size_t count; /* in whole groups */
    const ebb_cell_t *cell[EBB_BLOCK_ROWS];
    size_t row[EBB_BLOCK_ROWS];
} ebb_rows_t;

/* The ramp from knot j: 0 before it, 1 from the next knot on. A hat is the ramp up to
 * its knot without the ramp from it. No branch: it is made in vectors. */
static inline double ramp(const ebb_knots_t *k, size_t j, double v)
{
    double part = (v - k->log_at[j]) * k->slope[j];
    part = part < 0 ? 0 : part;
    return part > 1 ? 1 : part;
}

/* The hats of all knots but the first, whose is the constant's, at log times v. */
EBB_CLONES static void hats_after_first(const ebb_knots_t *k, const double *v,
                                        size_t rows, ebb_column_t *x)
{
    for (size_t j = 0; j + 1 < k->count; j++) {
        for (size_t i = 0; i < rows; i++) {
            x[j][i] = ramp(k, j, v[i]);
        }
        for (size_t i = 0; j > 0 && i < rows; i++) {
            x[j - 1][i] -= x[j][i];
        }
    }
}

/* The hats of all knots but the last, from where on the line is zero. */
EBB_CLONES static void hats_before_last(const ebb_knots_t *k, const double *v,
                                        size_t rows, ebb_column_t *x)
{
    for (size_t i = 0; i < rows; i++) {
        x[0][i] = 1;
    }
    for (size_t j = 0; j + 1 < k->count; j++) {
        for (size_t i = 0; i < rows; i++) {
            double part = ramp(k, j, v[i]);
            x[j][i] -= part;
            if (j + 2 < k->count) {
                x[j + 1][i] = part;
            }
        }
    }
}

/* Drift: hats at 0, 1/2 and 1, the first left out. */
static inline void drift_hats(double drift, ebb_column_t *x, size_t i)
{
    double v = 2 * drift;
    x[0][i] = v < 1 ? v : 2 - v;
    x[1][i] = v < 1 ? 0 : v - 1;
}

static inline double since_first(const ebb_cell_t *cell)
{
    return cell->n >= 1 ? 1.0 : 0.0;
}

/* [eq 4]; the order of the columns is that of ebb_design_make */
static void reply_columns(const ebb_rows_t *rows, ebb_column_t *x)
{
    const ebb_design_t *design = rows->design;
    ebb_column_t log_t1_o, log_t0_o;
    for (size_t i = 0; i < rows->count; i++) {
        const ebb_cell_t *cell = rows->cell[i];
        const ebb_run_t *run = &design->cells->runs[cell->run];
        x[0][i] = 1;
        x[1][i] = (double)cell->log_a_o;
        x[2][i] = (double)run->log_volume[0];
        x[3][i] = (double)run->log_volume[1];
        x[4][i] = (double)run->log_pace;
        x[5][i] = (double)run->log_recent_o;
        drift_hats((double)cell->drift, x + 6, i);
        log_t1_o[i] = (double)cell->log_t1_o;
        log_t0_o[i] = (double)cell->log_t0_o;
        x[18][i] = since_first(cell);
        if (design->dose) {
            x[19][i] = cell->n >= 2 ? 1.0 : 0.0;
        }
    }
    hats_before_last(&design->knots_n, log_t1_o, rows->count, x + 8);
    hats_after_first(&design->knots_f, log_t0_o, rows->count, x + 11);
}

/* How soon after s's last turn: 1 up to 10 minutes, falling to 0 at 45 in log time. */
static inline double soon_after(double log_t1)
{
    const double log_10 = 2.302585092994046, log_45 = 3.8066624897703196;
    double part = (log_45 - log_t1) / (log_45 - log_10);
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

/* [eq 6] */
static void pursuit_columns(const ebb_rows_t *rows, ebb_column_t *x)
{
    const ebb_design_t *design = rows->design;
    ebb_column_t log_t1;
    for (size_t i = 0; i < rows->count; i++) {
        const ebb_cell_t *cell = rows->cell[i];
        const ebb_run_t *run = &design->cells->runs[cell->run];
        x[0][i] = 1;
        x[1][i] = (double)cell->log_a_s;
        x[2][i] = (double)run->log_volume[0];
        x[3][i] = (double)run->log_volume[1];
        x[4][i] = (double)run->log_pace;
        drift_hats((double)cell->drift, x + 5, i);
        const float *bumps = design->bumps[(size_t)((double)cell->hour * 6) % 144];
        for (size_t j = 0; j < BUMPS; j++) {
            x[7 + j][i] = (double)bumps[j];
        }
        log_t1[i] = (double)cell->log_t1;
        x[21][i] = (double)cell->log_n;
        x[22][i] = (double)cell->log_own_recent;
        x[23][i] = since_first(cell) * soon_after((double)cell->log_t1);
        x[24][i] = design->surprise ? (double)design->surprise[rows->row[i]] : 0.0;
    }
    hats_after_first(&design->knots_g, log_t1, rows->count, x + 15);
}

/* F alone */
static void usual_columns(const ebb_rows_t *rows, ebb_column_t *x)
{
    ebb_column_t log_t0_o;
    for (size_t i = 0; i < rows->count; i++) {
        x[0][i] = 1;
        log_t0_o[i] = (double)rows->cell[i]->log_t0_o;
    }
    hats_after_first(&rows->design->knots_f, log_t0_o, rows->count, x + 1);
}

/* Calls for the cell of a row of the next block, and for runs to come: cells are read
 * in bursts with long sums between them, which no processor foresees. */
static inline void call_for(const ebb_design_t *design, size_t row, uint32_t run)
{
#if defined(__GNUC__)
    size_t ahead = row + EBB_BLOCK_ROWS;
    if (ahead < design->row_count) {
        __builtin_prefetch(&design->cells->list[ebb_design_cell(design, ahead)], 0, 2);
    }
    if (run + EBB_BLOCK_ROWS / 4 < design->cells->run_count) {
        __builtin_prefetch(&design->cells->runs[run + EBB_BLOCK_ROWS / 4], 0, 2);
    }
#endif
}

/* Which cells the block has, and what happened in them. */
static void choose_cells(ebb_rows_t *rows, ebb_block_t *block)
{
    const ebb_design_t *design = rows->design;
    bool pursuit = design->equation == EBB_EQUATION_PURSUIT;
    bool usual = design->equation == EBB_EQUATION_USUAL;
    rows->count = ebb_in_groups(block->count);
    for (size_t i = 0; i < rows->count; i++) {
        bool real = i < block->count;
        size_t row = block->first + (real ? i : block->count - 1);
        const ebb_cell_t *cell = &design->cells->list[ebb_design_cell(design, row)];
        rows->cell[i] = cell;
        rows->row[i] = row;
        call_for(design, row, cell->run);
        double exposure = (double)(usual ? cell->op_exposure : cell->exposure);
        block->exposure[i] = real ? exposure : 0;
        block->y[i] = real ? (double)(pursuit ? cell->followup : cell->reply) : 0;
    }
}

void ebb_design_block(const ebb_design_t *design, size_t week, size_t first,
                      ebb_block_t *block)
{
    ebb_rows_t rows; /* not cleared: choose_cells sets what is used */
    size_t count = design->week_begin[week + 1] - first;
    block->first = first;
    block->count = count < EBB_BLOCK_ROWS ? count : EBB_BLOCK_ROWS;
    block->week = week;
    rows.design = design;
    choose_cells(&rows, block);
    switch (design->equation) {
    case EBB_EQUATION_REPLY:
        reply_columns(&rows, block->x);
        break;
    case EBB_EQUATION_USUAL:
        usual_columns(&rows, block->x);
        break;
    case EBB_EQUATION_PURSUIT:
        pursuit_columns(&rows, block->x);
        break;
    }
    for (size_t k = design->columns; k < ebb_in_groups(design->columns); k++) {
        memset(block->x[k], 0, rows.count * sizeof block->x[k][0]);
    }
}

static void fill_bumps(ebb_design_t *design)
{
    const double turn = 6.283185307179586;
    for (size_t i = 0; i < 144; i++) {
        for (size_t j = 0; j < BUMPS; j++) {
            double angle = turn * (((double)i + 0.5) / 144 - (double)j / BUMPS);
            design->bumps[i][j] = (float)exp(BUMP_KAPPA * (cos(angle) - 1));
        }
    }
}

/* Picks the rows and notes where each week begins among them. */
static int choose_rows(ebb_design_t *design)
{
    const ebb_cells_t *cells = design->cells;
    bool pursuit = design->equation == EBB_EQUATION_PURSUIT;
    design->week_begin =
        ebb_new_array(design->alloc, cells->weeks + 1, sizeof *design->week_begin);
    if (pursuit) {
        design->rows = ebb_new_array(design->alloc, cells->count, sizeof *design->rows);
    }
    if (!design->week_begin || (pursuit && !design->rows)) {
        return EBB_ERR_MEMORY;
    }
    size_t week = 0, n = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const ebb_cell_t *cell = &cells->list[i];
        if (pursuit && !cell->after_gap) {
            continue;
        }
        while (week < cells->runs[cell->run].week) {
            design->week_begin[++week] = n;
        }
        if (pursuit) {
            design->rows[n] = (uint32_t)i;
        }
        n++;
    }
    while (week < cells->weeks) {
        design->week_begin[++week] = n;
    }
    design->row_count = n;
    return EBB_OK;
}

int ebb_design_make(ebb_design_t *design, ebb_equation_t equation,
                    const ebb_cells_t *cells, bool dose)
{
    static const double f[] = {1, 4, 15, 45, 120, 300, 900, 2400}, n[] = {1, 5, 20, 60};
    static const double g[] = {5, 10, 20, 45, 120, 400, 1200};
    *design = (ebb_design_t){.equation = equation,
                             .cells = cells,
                             .dose = dose,
                             .knots_f = knots(f, 8),
                             .knots_n = knots(n, 4),
                             .knots_g = knots(g, 7),
                             .alloc = cells->alloc};
    for (size_t i = 1; i < EBB_COLUMNS; i++) {
        design->penalty[i] = RIDGE;
    }
    switch (equation) {
    case EBB_EQUATION_REPLY:
        design->columns = dose ? 20 : 19;
        design->arm = 18;
        design->reminder_first = 8;
        design->reminder_last = 11;
        break;
    case EBB_EQUATION_USUAL:
        design->columns = 8;
        break;
    case EBB_EQUATION_PURSUIT:
        design->columns = 25;
        design->arm = 24;
        design->penalty[24] = PURSUIT_PENALTY;
        fill_bumps(design);
        break;
    }
    return choose_rows(design);
}

void ebb_design_free(ebb_design_t *design)
{
    if (design->week_begin) {
        ebb_free_array(design->alloc, design->week_begin, design->cells->weeks + 1,
                       sizeof *design->week_begin);
    }
    if (design->rows) {
        ebb_free_array(design->alloc, design->rows, design->cells->count,
                       sizeof *design->rows);
    }
    *design = (ebb_design_t){0};
}
