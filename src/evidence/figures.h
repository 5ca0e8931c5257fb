/* SPDX-License-Identifier: MIT
 * The figures that the models are held against, from the inside: the tables made from
 * evidence/ by tools/figures_table.py, and rows of numbers out of a run. */
#ifndef EBB_EVIDENCE_FIGURES_H
#define EBB_EVIDENCE_FIGURES_H

#include "ebb/survey.h"
#include "evidence/statistic.h"
#include "evidence/table.h"

extern const ebb_figure_t ebb_figure_rows[];
extern const size_t ebb_figure_row_count;
extern const ebb_checks_row_t ebb_figure_runs[]; /* populations, one in each file */
extern const size_t ebb_figure_run_count;

/* runs that are no file (figure_people.c) */
#define EBB_FIGURE_MARKET "market"         /* couples of ebb/pair.h */
#define EBB_FIGURE_CHILDHOODS "childhoods" /* children of ebb/develop.h */
#define EBB_FIGURE_SHADES "shades"         /* such with care of every shade */

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

/* For those who fill in a run: room for its couples; names and cells all zero. */
int ebb_figure_room(ebb_figure_couples_t *to, size_t columns, size_t couples,
                    ebb_error_t *error);
int ebb_figure_market(ebb_figure_couples_t *to, const ebb_figure_settings_t *settings,
                      size_t draw, ebb_error_t *error);
int ebb_figure_children(ebb_figure_couples_t *to, bool shades,
                        const ebb_figure_settings_t *settings, size_t draw,
                        ebb_error_t *error);

/* What a figure says over the couples of its run: EBB_ERR_INPUT where it names what
 * there is not, EBB_ERR_MEMORY. */
int ebb_figure_read(const ebb_figure_t *figure, const ebb_figure_couples_t *couples,
                    ebb_figure_found_t *found, ebb_error_t *error);

/* Claims about many people (evidence/surveys.tsv), those of a claim one after another.
 */
extern const ebb_survey_t ebb_survey_rows[];
extern const size_t ebb_survey_row_count;

/* Whether what was found is what counts as met. */
bool ebb_figure_inside(const ebb_figure_t *figure, const ebb_figure_found_t *found);

#endif
