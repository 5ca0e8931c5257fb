/* SPDX-License-Identifier: MIT
 * The work of `ebb calibrate`: a folder read, evaluations made and kept, rounds. */
#ifndef EBB_CLI_CALIBRATE_JOB_H
#define EBB_CLI_CALIBRATE_JOB_H

#include "ebb/calibrated.h"
#include "load.h"
#include "options.h"
#include "progress.h"

typedef struct calibrate_values {
    const char *format, *output, *resume, *sample;
    string_list_t runs;
    uint64_t couples, evaluations, seed;
    int threads, width, recover;
} calibrate_values_t;

/* A file of the folder. */
typedef struct calibrate_file {
    char *path, *name; /* of a run: without ".ebb" */
    source_t source;
} calibrate_file_t;

typedef struct calibrate_job {
    const command_t *self;
    const calibrate_values_t *values;
    calibrate_file_t params, targets, figures, runs[EBB_FIT_RUNS_MOST];
    size_t run_count;
    ebb_calibrate_table_t table;
    ebb_fit_file_t files[EBB_FIT_RUNS_MOST];
    ebb_fit_source_t source;
    ebb_fit_runs_t *fit;
    ebb_calibrate_settings_t settings;
    ebb_calibration_t *calibration;
    ebb_calibrated_back_t *back;
    size_t anew; /* truths that showed nothing */
    progress_t progress;
    uint64_t done, all; /* evaluations of earlier rounds, and in all */
} calibrate_job_t;

/* Reads the folder. What is wrong has been told, as by the others. */
exit_status_t calibrate_open(calibrate_job_t *job, const char *folder);
void calibrate_close(calibrate_job_t *job);

/* Fills `calibration`, or `back`. */
exit_status_t calibrate_figures(calibrate_job_t *job);
exit_status_t calibrate_recover(calibrate_job_t *job);

#endif
