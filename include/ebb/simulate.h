/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb simulate`: a JSON document, its picture for a terminal, and every
 * couple's numbers as a table.
 *
 * The document (schema "ebb/simulate", version 1, described in docs/schema.md) holds
 * the course of one couple, or of many what they have in common; the picture shows the
 * same. One couple out of many is never drawn.
 */
#ifndef EBB_SIMULATE_H
#define EBB_SIMULATE_H

#include <stdbool.h>
#include <stdint.h>

#include "ebb/contrast.h"
#include "ebb/error.h"
#include "ebb/model.h"
#include "ebb/run.h"
#include "ebb/text.h"

/* A second arm of the same couples with the same random numbers, in which something
 * more happens. All is borrowed. */
typedef struct ebb_simulated_with {
    const struct ebb_simulated *arm; /* with the same settings, and no further arm */
    const char *const *orders;       /* what happens besides, as it was said */
    size_t order_count;
    const ebb_contrast_t *contrast; /* both arms were handed to it */
    const size_t *compared;         /* of each number in it, its place in `outputs` */
    size_t compared_count;
    double from; /* the time from which on they are compared */
} ebb_simulated_with_t;

/* A run that has been run. All is borrowed. */
typedef struct ebb_simulated {
    const ebb_model_t *model;
    const ebb_simulation_t *run;
    const ebb_scenario_info_t *scenario; /* NULL: none */
    const ebb_run_settings_t *settings;  /* those of the run: seed, step, `times` and
                                            `outputs`, which are there, and what was set
                                            in `params`, `traits` and `starts` */
    uint64_t couples;
    const double *values; /* of the one couple: time_count rows; NULL: there are many */
    const ebb_run_totals_t
        *totals; /* all couples; with histograms where they are many */
    uint64_t failed, first_failed; /* as in ebb_run_job_t */
    const char *why;
    const ebb_simulated_with_t *with; /* NULL: there is one arm */
} ebb_simulated_t;

/* How a picture is drawn. */
typedef struct ebb_picture_opts {
    int width;            /* columns, 40 to 200; 0 means 80 */
    bool colour;          /* ANSI colours */
    bool fine;            /* lines of braille dots, told apart by colour; else ASCII
                             letters, one for each person */
    bool chosen;          /* the outputs were chosen by name: they are drawn in their
                             order, else what the model wants shown comes first */
    const char *language; /* "en"; NULL means it too */
} ebb_picture_opts_t;

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was run
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes. Of two arms the
 * second one, and what differs, are in its member `with`.
 */
int ebb_simulate_json(ebb_text_t *out, const ebb_simulated_t *from) EBB_MUST_CHECK;

/**
 * Draws the result: a small chart for each quantity, partners together, what is
 * expected of the run, and couples that failed.
 *
 * Of many couples the median and the band from the 10th to the 90th of a hundred are
 * drawn, each person's in a chart of its own with the partner's scale.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was run
 * @param[in]     opts  NULL for the defaults
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_simulate_terminal(ebb_text_t *out, const ebb_simulated_t *from,
                          const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

/**
 * The first line of the table: couple,time and the names of the outputs.
 *
 * @param[in,out] out    appended to; its `failed` says when memory ran out
 * @param[in]     model  whose outputs
 * @param[in]     settings  of the run; `outputs` is there
 */
void ebb_simulate_csv_head(ebb_text_t *out, const ebb_model_t *model,
                           const ebb_run_settings_t *settings);

/**
 * A couple's lines of the table, one for each time.
 *
 * @param[in,out] out       appended to; its `failed` says when memory ran out
 * @param[in]     settings  of the run; `times` and `outputs` are there
 * @param[in]     couple    its number
 * @param[in]     rows      time_count rows of output_count numbers; what is not finite
 *                          becomes an empty field, the others the shortest decimals
 *                          that read back to the same double
 * Thread-safe for distinct `out`.
 */
void ebb_simulate_csv_couple(ebb_text_t *out, const ebb_run_settings_t *settings,
                             uint64_t couple, const double *rows);

#endif
