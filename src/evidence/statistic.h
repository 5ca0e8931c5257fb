/* SPDX-License-Identifier: MIT
 * Statistics over rows of numbers, and how far they are off by chance. */
#ifndef EBB_EVIDENCE_STATISTIC_H
#define EBB_EVIDENCE_STATISTIC_H

#include "ebb/figure.h"

#define EBB_FIGURE_COLUMNS 8u
#define EBB_FIGURE_FOLDS 20u /* parts of the couples, each left out once */

/* Rows by columns, none of them missing. A couple may have two rows: one as each of the
 * two sees it. */
typedef struct ebb_figure_table {
    const double *cells;
    size_t rows, columns;
    const unsigned char *folds; /* of each row, below EBB_FIGURE_FOLDS: the same for all
                                   rows of a couple */
} ebb_figure_table_t;

/* The statistic over all rows but those of one fold; `without` EBB_FIGURE_FOLDS: over
 * all. NaN where it is not defined. */
double ebb_figure_statistic(ebb_statistic_t statistic, const ebb_figure_table_t *table,
                            unsigned without, const ebb_alloc_t *alloc);

/* That, with the interval of the jackknife [eq 501]. `computed` where all is finite. */
ebb_figure_found_t ebb_figure_measure(ebb_statistic_t statistic,
                                      const ebb_figure_table_t *table,
                                      const ebb_alloc_t *alloc);

/* What was measured at draws of the parameters, as one [eq 502]; `inside` is left
 * false. */
ebb_figure_found_t ebb_figure_over(const ebb_figure_found_t *found, size_t draws);

/* The statistic of that word; EBB_STATISTICS where there is none. `least` and `most`
 * columns it takes. */
ebb_statistic_t ebb_figure_word(const char *word, size_t *least, size_t *most);

/* The folds that a couple, and its rows, belong to. */
static inline unsigned char ebb_figure_fold(uint64_t couple)
{
    return (unsigned char)(couple % EBB_FIGURE_FOLDS);
}

#endif
