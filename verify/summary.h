/* SPDX-License-Identifier: MIT
 *
 * The verification's tables: a page of Markdown with PASS or FAIL for each wanted
 * figure, and a file of numbers for the plots.
 */
#ifndef EBB_VERIFY_SUMMARY_H
#define EBB_VERIFY_SUMMARY_H

#include "cell_stats.h"

/* All cells of a run. */
typedef struct verify_summary {
    verify_stats_t *list; /* by generator, cell, span */
    size_t count;
} verify_summary_t;

/** Reads folder/histories.tsv and folder/truth.tsv and sums them up; release with
 * free(summary->list). False, told on stderr, if that fails. */
bool verify_summary_read(verify_summary_t *summary, const char *folder);

/** Writes the tables; returns the number of wanted figures that are not met. */
int verify_summary_print(FILE *file, const verify_summary_t *summary);

/** Writes the numbers that the plots need, one line for each cell and span. */
void verify_summary_numbers(FILE *file, const verify_summary_t *summary);

#endif
