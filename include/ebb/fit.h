/* SPDX-License-Identifier: MIT
 *
 * The figures of a calibration as models have them: runs in the model language, with
 * parameters set, and what is read off each.
 *
 * A figure is one of
 *     parted           of a population: share that has parted by the end
 *     change ARM       of a trial: change of those who entered, in their own standard
 *                      deviations at entry
 *     own, partner, both, gain   of talks: how much of mood is explained
 *                      (docs/maths/calibrate.md)
 */
#ifndef EBB_FIT_H
#define EBB_FIT_H

#include "ebb/calibrate_table.h"
#include "ebb/model.h"

#define EBB_FIT_RUNS_MOST 16u
#define EBB_FIT_TALKS 400u /* where nobody says how many */

/* A file in the model language that holds one population, one trial, or one scenario.
 * All is borrowed. */
typedef struct ebb_fit_file {
    const char *name; /* of the run: the file's without ".ebb" */
    ebb_model_text_t text;
} ebb_fit_file_t;

typedef struct ebb_fit_source {
    const ebb_calibrate_table_t *table;
    const ebb_fit_file_t *files;
    size_t file_count; /* at most EBB_FIT_RUNS_MOST */
    /* a table (as of ebb_calibrate_table_t) with the columns `id`, of a target; `run`;
     * `figure`. `run` "-": the models hold nothing it could be held against */
    const char *figures;
    size_t figures_size;
    const char *figures_label;
    uint64_t couples;        /* of each run, 10 to 1000000; 0: as each says, and
                                EBB_FIT_TALKS talks */
    const char *const *only; /* names of the runs that are used, with the parameters set
                                in them */
    size_t only_count;       /* 0: all */
} ebb_fit_source_t;

typedef struct ebb_fit_runs ebb_fit_runs_t;

/**
 * Reads runs and figures, and the models they use, which must ship.
 *
 * @param[out] fit     new, to be released with ebb_fit_free; NULL on failure
 * @param[in]  source  borrowed for the life of it
 * @param[out] error   names file and line; may be NULL
 * @return 0, EBB_ERR_INPUT (a file is not what it should be, a run or a parameter is
 * not there), EBB_ERR_ARGUMENT, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_fit_new(ebb_fit_runs_t **fit, const ebb_fit_source_t *source,
                ebb_error_t *error) EBB_MUST_CHECK;

/** Releases it. NULL is a no-op. */
void ebb_fit_free(ebb_fit_runs_t *fit);

/** What is calibrated: fills parameters, targets that a figure stands for, and what
 * depends on what.
 *
 * @param[in]  fit       from ebb_fit_new, which must outlive the settings
 * @param[out] settings  its other fields stay
 */
void ebb_fit_settings(const ebb_fit_runs_t *fit, ebb_calibrate_settings_t *settings);

/** Targets that no figure of a run that is used stands for: their names, one by one.
 *
 * @param[in] fit    from ebb_fit_new
 * @param[in] index  from 0
 * @return NULL behind the last
 */
const char *ebb_fit_missing(const ebb_fit_runs_t *fit, size_t index);

/* One evaluation. All is the caller's. */
typedef struct ebb_fit_point {
    const double *params; /* a value for each parameter of the settings */
    uint64_t seed;        /* of all runs */
    double *values; /* result: a figure for each target of the settings; NaN: fewer
                       than 10 couples entered a trial */
    double *errors; /* result: their standard errors */
} ebb_fit_point_t;

/**
 * The figures at a point.
 *
 * @param[in]  fit    from ebb_fit_new
 * @param[in]  point  see there
 * @param[out] error  may be NULL
 * @return 0, EBB_ERR_INPUT (a value is outside what the model declares), or as the runs
 * do. Thread-safe. A function of files, couples, point and seed alone.
 */
int ebb_fit_figures(const ebb_fit_runs_t *fit, const ebb_fit_point_t *point,
                    ebb_error_t *error) EBB_MUST_CHECK;

/** A number that is another for other work: other files, models or couples, other
 * points or another seed.
 *
 * @param[in] fit     from ebb_fit_new
 * @param[in] points  rows of parameter values
 * @param[in] count   of rows
 * @param[in] seed    of all of it
 */
uint64_t ebb_fit_work(const ebb_fit_runs_t *fit, const double *points, size_t count,
                      uint64_t seed);

#endif
