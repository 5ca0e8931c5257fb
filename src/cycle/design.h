/* SPDX-License-Identifier: MIT
 *
 * The columns of the three equations, made from cells block by block.
 *
 * Columns are never stored for a whole record: a block of rows is made when it is
 * needed, so that memory stays with the cells and a block stays in the cache.
 * Invariant: a block lies within one week.
 */
#ifndef EBB_CYCLE_DESIGN_H
#define EBB_CYCLE_DESIGN_H

#include "cycle/cells.h"

#define EBB_COLUMNS 32 /* room for columns; equations use fewer */
#define EBB_BLOCK_ROWS 64

typedef enum ebb_equation {
    EBB_EQUATION_REPLY,  /* [eq 4] */
    EBB_EQUATION_USUAL,  /* [eq 5]: F alone, exposure in operational minutes of o */
    EBB_EQUATION_PURSUIT /* [eq 6], on cells after the merge gap */
} ebb_equation_t;

#define EBB_KNOTS 8
typedef struct ebb_knots {
    size_t count;
    double log_at[EBB_KNOTS];
    double slope[EBB_KNOTS]; /* 1 / (distance to the next knot); none at the last */
} ebb_knots_t;

typedef struct ebb_design {
    ebb_equation_t equation;
    const ebb_cells_t *cells;
    size_t columns;
    size_t arm; /* the column of interest: 1[n>=1] or S; last but for `dose` */
    bool dose;  /* reply equation with a further column 1[n>=2] */
    size_t reminder_first, reminder_last; /* the columns of N, [first, last) */
    double penalty[EBB_COLUMNS];
    uint32_t *rows; /* pursuit: indices of the cells that are rows; NULL: all cells */
    size_t row_count;
    size_t *week_begin;    /* first row of each week, and row_count at the end */
    const float *surprise; /* pursuit: S of each row, borrowed */
    ebb_knots_t knots_f, knots_n, knots_g;
    float bumps[144][8]; /* H by tens of minutes of the day */
    const ebb_alloc_t *alloc;
} ebb_design_t;

/* One number of each row of a block. */
typedef double ebb_column_t[EBB_BLOCK_ROWS];

/* Rows are filled up to a multiple of EBB_ROW_GROUP with copies of the last that have
 * no exposure and no event, and columns to one of EBB_ROW_GROUP with zeros, so that
 * sums need not look where they end. */
#define EBB_ROW_GROUP 4
typedef struct ebb_block {
    size_t first, count, week;
    _Alignas(64) ebb_column_t x[EBB_COLUMNS];
    ebb_column_t exposure, y;
} ebb_block_t;

/* n rounded up to whole groups. */
static inline size_t ebb_in_groups(size_t n)
{
    return (n + EBB_ROW_GROUP - 1) / EBB_ROW_GROUP * EBB_ROW_GROUP;
}

/* Prepares an equation over cells (borrowed). 0 or EBB_ERR_MEMORY. */
int ebb_design_make(ebb_design_t *design, ebb_equation_t equation,
                    const ebb_cells_t *cells, bool dose);
void ebb_design_free(ebb_design_t *design);

/* The index of the cell of a row. */
static inline size_t ebb_design_cell(const ebb_design_t *design, size_t row)
{
    return design->rows ? design->rows[row] : row;
}

/* Makes the block that begins at row `first` of `week`; at most EBB_BLOCK_ROWS rows. */
void ebb_design_block(const ebb_design_t *design, size_t week, size_t first,
                      ebb_block_t *block);

#endif
