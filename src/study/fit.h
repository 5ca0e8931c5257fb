/* SPDX-License-Identifier: MIT
 * Runs and figures of a calibration from within. */
#ifndef EBB_STUDY_FIT_H
#define EBB_STUDY_FIT_H

#include "ebb/fit.h"
#include "ebb/text.h"
#include "study/table.h"

/* What a run is. */
typedef enum ebb_fit_kind {
    EBB_FIT_POPULATION,
    EBB_FIT_TRIAL,
    EBB_FIT_TALK
} ebb_fit_kind_t;

/* A run: a file, and where in it parameters are set. */
typedef struct ebb_fit_run {
    const ebb_fit_file_t *file;
    ebb_model_t *model;
    ebb_fit_kind_t kind;
    size_t head; /* bytes before the place where parameters are set */
    bool sets[EBB_CALIBRATE_PARAMS_MOST];
} ebb_fit_run_t;

/* Of what a figure is read. */
typedef enum ebb_fit_what {
    EBB_FIT_PARTED,
    EBB_FIT_CHANGE,
    EBB_FIT_OWN,
    EBB_FIT_PARTNER,
    EBB_FIT_BOTH,
    EBB_FIT_GAIN
} ebb_fit_what_t;

typedef struct ebb_fit_figure {
    size_t run; /* index */
    ebb_fit_what_t what;
    const char *arm; /* of EBB_FIT_CHANGE */
} ebb_fit_figure_t;

struct ebb_fit_runs {
    ebb_fit_source_t source;
    ebb_fit_run_t runs[EBB_FIT_RUNS_MOST];
    ebb_table_text_t text; /* of the table of figures */
    ebb_calibrate_param_t params[EBB_CALIBRATE_PARAMS_MOST]; /* of runs that are used */
    size_t param_count;
    ebb_calibrate_target_t targets[EBB_CALIBRATE_TARGETS_MOST]; /* with a figure */
    ebb_fit_figure_t figures[EBB_CALIBRATE_TARGETS_MOST];
    const char *missing[EBB_CALIBRATE_TARGETS_MOST + 1];
    size_t target_count, missing_count;
    bool *acts; /* targets x params */
};

/* Couples of a trial that must have entered. */
#define EBB_FIT_ENTERED 10

/* A run made ready: its text with parameters set. */
typedef struct ebb_fit_task {
    const ebb_fit_runs_t *fit;
    size_t run;
    ebb_model_text_t text;
    uint64_t seed;
    double *values, *errors; /* of all targets: those of the run are filled */
    ebb_error_t *error;
} ebb_fit_task_t;

int ebb_fit_population(const ebb_fit_task_t *task);
int ebb_fit_trial(const ebb_fit_task_t *task);
int ebb_fit_talk(const ebb_fit_task_t *task);

#endif
