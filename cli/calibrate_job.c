/* SPDX-License-Identifier: MIT
 * A calibration: its folder, its evaluations as shards, its rounds. */
#define _DEFAULT_SOURCE
#include "calibrate_job.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ebb/host.h"
#include "ebb/shards.h"
#include "talk.h"

#define WORKERS_MOST 64
#define TRUTH_TRIES 20 /* in a row, until one shows all figures */

/* --- the folder ------------------------------------------------------------------- */

static exit_status_t open_file(calibrate_file_t *file, const char *folder,
                               const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    file->path = malloc(size);
    file->name = strdup(name);
    if (!file->path || !file->name) {
        return talk_no_memory();
    }
    (void)snprintf(file->path, size, "%s/%s", folder, name);
    return source_open_file(&file->source, file->path);
}

static void close_file(calibrate_file_t *file)
{
    source_close(&file->source);
    free(file->path);
    free(file->name);
}

/* A run is a file NAME.ebb. */
static exit_status_t open_run(calibrate_job_t *job, const char *folder,
                              const char *name)
{
    size_t length = strlen(name);
    if (length <= 4 || strcmp(name + length - 4, ".ebb") != 0 || strchr(name, '/')) {
        return EXIT_OK;
    }
    if (job->run_count == EBB_FIT_RUNS_MOST) {
        talk("ebb: %s: there may be %u runs\n", folder, EBB_FIT_RUNS_MOST);
        return EXIT_INPUT;
    }
    size_t at = job->run_count++;
    exit_status_t status = open_file(&job->runs[at], folder, name);
    if (status == EXIT_OK) {
        job->runs[at].name[length - 4] = '\0';
        job->files[at] =
            (ebb_fit_file_t){job->runs[at].name, job->runs[at].source.text};
    }
    return status;
}

static exit_status_t open_runs(calibrate_job_t *job, const char *where)
{
    ebb_folder_t folder = {0};
    ebb_error_t error = {0};
    if (ebb_folder_open(&folder, where, &error)) {
        return talk_error(&error);
    }
    exit_status_t status = EXIT_OK;
    for (size_t k = 0; k < folder.count && status == EXIT_OK; k++) {
        status = open_run(job, where, folder.entries[k].name);
    }
    ebb_folder_close(&folder);
    return status;
}

static int read_tables(calibrate_job_t *job, ebb_error_t *error)
{
    const ebb_model_text_t *params = &job->params.source.text;
    const ebb_model_text_t *targets = &job->targets.source.text;
    const ebb_model_text_t *figures = &job->figures.source.text;
    int code = ebb_calibrate_table_params(&job->table, params->bytes, params->size,
                                          params->label, error);
    code = code ? code
                : ebb_calibrate_table_targets(&job->table, targets->bytes,
                                              targets->size, targets->label, error);
    job->source = (ebb_fit_source_t){.table = &job->table,
                                     .files = job->files,
                                     .file_count = job->run_count,
                                     .figures = figures->bytes,
                                     .figures_size = figures->size,
                                     .figures_label = figures->label,
                                     .couples = job->values->couples,
                                     .only = job->values->runs.items,
                                     .only_count = job->values->runs.count};
    return code ? code : ebb_fit_new(&job->fit, &job->source, error);
}

static exit_status_t open_resume(const calibrate_job_t *job)
{
    const char *where = job->values->resume;
    if (where && mkdir(where, 0700) && errno != EEXIST) {
        talk("ebb: %s: cannot be made a folder: %s\n", where, strerror(errno));
        return EXIT_FAILED;
    }
    return EXIT_OK;
}

exit_status_t calibrate_open(calibrate_job_t *job, const char *folder)
{
    ebb_error_t error = {0};
    exit_status_t status = open_runs(job, folder);
    status =
        status == EXIT_OK ? open_file(&job->params, folder, "parameters.tsv") : status;
    status = status == EXIT_OK ? open_file(&job->targets, folder, "fit.tsv") : status;
    status =
        status == EXIT_OK ? open_file(&job->figures, folder, "figures.tsv") : status;
    if (status == EXIT_OK && read_tables(job, &error)) {
        status = talk_error(&error);
    }
    if (status == EXIT_OK) {
        job->settings = (ebb_calibrate_settings_t){
            .seed = job->values->seed, .evaluations = job->values->evaluations};
        ebb_fit_settings(job->fit, &job->settings);
        status = open_resume(job);
    }
    return status;
}

void calibrate_close(calibrate_job_t *job)
{
    ebb_calibration_free(job->calibration);
    free(job->back);
    ebb_fit_free(job->fit);
    ebb_calibrate_table_free(&job->table);
    for (size_t k = 0; k < job->run_count; k++) {
        close_file(&job->runs[k]);
    }
    close_file(&job->params);
    close_file(&job->targets);
    close_file(&job->figures);
}

/* --- evaluations ------------------------------------------------------------------ */

/* Points that are evaluated, a shard each: its result is the bits of the figures, and
 * then those of their errors. */
typedef struct calibrate_points {
    const calibrate_job_t *job;
    const double *points;
    size_t count, first; /* how many; number of the first among all evaluations */
    const char *what;    /* what they are, as the folder of their results is called */
    double *values, *errors;
} calibrate_points_t;

/* Evaluations have chance of their own: steps of a golden ratio share no bits. */
static uint64_t seed_of(const calibrate_job_t *job, uint64_t number)
{
    return job->values->seed + (number + 1) * 0x9E3779B97F4A7C15u;
}

static int run_shard(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
                     ebb_error_t *error)
{
    const calibrate_points_t *p = user;
    size_t targets = p->job->settings.target_count;
    double figures[2 * EBB_CALIBRATE_TARGETS_MOST] = {0};
    const ebb_fit_point_t point = {.params =
                                       p->points + shard * p->job->settings.param_count,
                                   .seed = seed_of(p->job, p->first + shard),
                                   .values = figures,
                                   .errors = figures + targets};
    (void)worker;
    int code = ebb_fit_figures(p->job->fit, &point, error);
    memcpy(numbers, figures, 2 * targets * sizeof *numbers);
    return code;
}

static int tell_progress(void *user, uint64_t done, uint64_t all)
{
    calibrate_job_t *job = user;
    (void)all;
    return progress_left(&job->progress, job->done + done, job->all);
}

static void take_rows(const calibrate_points_t *p, const uint64_t *rows)
{
    size_t targets = p->job->settings.target_count;
    for (size_t k = 0; k < p->count; k++) {
        const uint64_t *row = rows + k * 2 * targets;
        memcpy(p->values + k * targets, row, targets * sizeof *row);
        memcpy(p->errors + k * targets, row + targets, targets * sizeof *row);
    }
}

static exit_status_t evaluate_into(calibrate_job_t *job, calibrate_points_t *p,
                                   uint64_t *rows)
{
    char folder[4096];
    ebb_error_t error = {0};
    int threads = job->values->threads ? job->values->threads : ebb_host_processors();
    (void)snprintf(folder, sizeof folder, "%s/%s",
                   job->values->resume ? job->values->resume : "", p->what);
    ebb_shards_t shards = {
        .count = p->count,
        .numbers = 2 * job->settings.target_count,
        .work = ebb_fit_work(job->fit, p->points, p->count, seed_of(job, p->first)),
        .workers = threads < WORKERS_MOST ? (size_t)threads : WORKERS_MOST,
        .folder = job->values->resume ? folder : NULL,
        .run = run_shard,
        .user = p,
        .progress = tell_progress,
        .progress_user = job,
        .rows = rows};
    int code = ebb_shards_run(&shards, &error);
    if (code) {
        return talk_error(&error);
    }
    job->done += p->count;
    take_rows(p, rows);
    return EXIT_OK;
}

/* Fills values and errors of points, which the caller has room for. */
static exit_status_t evaluate(calibrate_job_t *job, calibrate_points_t *p)
{
    uint64_t *rows = calloc(p->count * 2 * job->settings.target_count, sizeof *rows);
    exit_status_t status = rows ? evaluate_into(job, p, rows) : talk_no_memory();
    free(rows);
    return status;
}

/* --- a calibration ---------------------------------------------------------------- */

/* All rounds; `what` comes first in the names of folders, `first` numbers the first
 * evaluation. */
static exit_status_t run_rounds(calibrate_job_t *job, ebb_calibration_t *calibration,
                                const char *what, size_t first)
{
    char name[64];
    ebb_error_t error = {0};
    exit_status_t status = EXIT_OK;
    size_t numbers = job->settings.evaluations * job->settings.target_count;
    size_t round = 0;
    double *room = calloc(2 * numbers + 1, sizeof *room);
    calibrate_points_t p = {
        .job = job, .what = name, .values = room, .errors = room + numbers};
    status = room ? EXIT_OK : talk_no_memory();
    while (status == EXIT_OK &&
           (p.count = ebb_calibration_points(calibration, &p.points)) > 0) {
        p.first = first + ebb_calibration_told(calibration, &round);
        (void)snprintf(name, sizeof name, "%sround-%02zu", what, round);
        status = evaluate(job, &p);
        if (status == EXIT_OK &&
            ebb_calibration_tell(calibration, p.values, p.errors, &error)) {
            status = talk_error(&error);
        }
    }
    free(room);
    return status;
}

static exit_status_t run_one(calibrate_job_t *job,
                             const ebb_calibrate_settings_t *settings,
                             ebb_calibration_t **calibration, const char *what,
                             size_t first)
{
    ebb_error_t error = {0};
    if (ebb_calibration_new(calibration, settings, &error)) {
        return talk_error(&error);
    }
    return run_rounds(job, *calibration, what, first);
}

exit_status_t calibrate_figures(calibrate_job_t *job)
{
    job->all = job->settings.evaluations;
    job->progress = progress_begin("running");
    exit_status_t status = run_one(job, &job->settings, &job->calibration, "", 0);
    progress_end(&job->progress);
    return status;
}

/* --- recovery --------------------------------------------------------------------- */

/* Adds how the parameters of one truth were found back. */
static void add_back(calibrate_job_t *job, const ebb_calibration_t *calibration,
                     const double *truth)
{
    for (size_t i = 0; i < job->settings.param_count; i++) {
        const ebb_calibrate_param_t *p = &job->settings.params[i];
        ebb_calibrate_param_info_t info = ebb_calibration_param(calibration, i);
        double place = p->log ? log(truth[i] / p->low) / log(p->high / p->low)
                              : (truth[i] - p->low) / (p->high - p->low);
        double off = (info.mean - place) * sqrt(12.0);
        job->back[i].inside += info.low <= truth[i] && truth[i] <= info.high;
        job->back[i].identified += info.identified;
        job->back[i].narrower += log(info.narrower);
        job->back[i].off += off * off;
    }
}

/* A point that is to be found back, and its figures as if they had been published. */
typedef struct calibrate_truth {
    size_t number, first; /* its own, and that of its first evaluation */
    double point[EBB_CALIBRATE_PARAMS_MOST];
    ebb_calibrate_target_t targets[EBB_CALIBRATE_TARGETS_MOST];
    bool shows; /* all of them can be read */
} calibrate_truth_t;

static exit_status_t draw_truth(calibrate_job_t *job, calibrate_truth_t *truth)
{
    char name[64];
    double values[EBB_CALIBRATE_TARGETS_MOST], errors[EBB_CALIBRATE_TARGETS_MOST];
    truth->first = truth->number * (job->settings.evaluations + 1);
    ebb_calibrate_truth(&job->settings, truth->number, truth->point);
    calibrate_points_t p = {.job = job,
                            .points = truth->point,
                            .count = 1,
                            .first = truth->first,
                            .what = name,
                            .values = values,
                            .errors = errors};
    (void)snprintf(name, sizeof name, "truth-%03zu", truth->number);
    exit_status_t status = evaluate(job, &p);
    if (status == EXIT_OK) {
        /* where nobody enters a trial there is no gain */
        truth->shows = ebb_calibrate_publish(&job->settings, truth->number, values,
                                             truth->targets);
    }
    return status;
}

/* What shows nothing cannot have been published: another is drawn in its place. */
static exit_status_t find_truth(calibrate_job_t *job, calibrate_truth_t *truth)
{
    exit_status_t status = draw_truth(job, truth);
    for (size_t k = 1; status == EXIT_OK && !truth->shows; k++) {
        if (k == TRUTH_TRIES) {
            talk("ebb: off %d truths in a row not all figures can be read; take more "
                 "--couples, or narrower ranges in parameters.tsv\n",
                 TRUTH_TRIES);
            return EXIT_INPUT;
        }
        truth->number += (size_t)job->values->recover;
        job->anew++;
        job->all++;
        status = draw_truth(job, truth);
    }
    return status;
}

/* A calibration on the figures of a truth. */
static exit_status_t find_back(calibrate_job_t *job, size_t number)
{
    char name[64];
    calibrate_truth_t truth = {.number = number};
    ebb_calibrate_settings_t settings = job->settings;
    ebb_calibration_t *calibration = NULL;
    exit_status_t status = find_truth(job, &truth);
    if (status == EXIT_OK) {
        settings.targets = truth.targets;
        (void)snprintf(name, sizeof name, "truth-%03zu-", truth.number);
        status = run_one(job, &settings, &calibration, name, truth.first + 1);
    }
    if (status == EXIT_OK) {
        add_back(job, calibration, truth.point);
    }
    ebb_calibration_free(calibration);
    return status;
}

exit_status_t calibrate_recover(calibrate_job_t *job)
{
    size_t truths = (size_t)job->values->recover;
    job->back = calloc(job->settings.param_count, sizeof *job->back);
    if (!job->back) {
        return talk_no_memory();
    }
    job->all = truths * (job->settings.evaluations + 1);
    job->progress = progress_begin("running");
    exit_status_t status = EXIT_OK;
    for (size_t k = 0; k < truths && status == EXIT_OK; k++) {
        status = find_back(job, k);
    }
    progress_end(&job->progress);
    for (size_t i = 0; i < job->settings.param_count; i++) {
        job->back[i].narrower = exp(job->back[i].narrower / (double)truths);
        job->back[i].off = sqrt(job->back[i].off / (double)truths);
    }
    return status;
}
