/* SPDX-License-Identifier: MIT
 * The figures that the models are held against, from the inside: the tables made from
 * evidence/ by tools/figures_table.py, and rows of numbers out of a run. */
#ifndef EBB_EVIDENCE_FIGURES_H
#define EBB_EVIDENCE_FIGURES_H

#include "evidence/statistic.h"
#include "evidence/table.h"

extern const ebb_figure_t ebb_figure_rows[];
extern const size_t ebb_figure_row_count;
extern const ebb_checks_row_t ebb_figure_runs[]; /* populations, one in each file */
extern const size_t ebb_figure_run_count;

#define EBB_FIGURE_MARKET "market" /* a run that is no file: couples of ebb/pair.h */

/* Couples of a run: for each a row of named numbers, NaN where there is none. */
typedef struct ebb_figure_couples {
    ebb_alloc_t alloc;
    char (*names)[64]; /* of the columns */
    size_t columns, couples;
    double *cells;
} ebb_figure_couples_t;

/* Runs couples; to be released in any case. As ebb_figures_compute; `draw`, below the
 * draws of the settings, counts where there is a sample. */
int ebb_figure_run(ebb_figure_couples_t *couples, const char *run,
                   const ebb_figure_settings_t *settings, size_t draw,
                   ebb_error_t *error);
void ebb_figure_couples_free(ebb_figure_couples_t *couples);

/* What a figure says over the couples of its run: EBB_ERR_INPUT where it names what
 * there is not, EBB_ERR_MEMORY. */
int ebb_figure_read(const ebb_figure_t *figure, const ebb_figure_couples_t *couples,
                    ebb_figure_found_t *found, ebb_error_t *error);

/* Whether what was found is what counts as met. */
bool ebb_figure_inside(const ebb_figure_t *figure, const ebb_figure_found_t *found);

#endif
