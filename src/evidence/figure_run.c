/* SPDX-License-Identifier: MIT
 * The couples of a run: of a population in the model language; the others are in
 * figure_people.c.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/library.h"
#include "ebb/population.h"
#include "evidence/figures.h"

#define RUN_COUPLES_MOST 1000000u
#define RUN_WORKERS_MOST 64u

static int figrun_no_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY,
                    "not enough memory for the couples of a run");
}

/* --- columns ---------------------------------------------------------------------- */

int ebb_figure_room(ebb_figure_couples_t *to, size_t columns, size_t couples,
                    ebb_error_t *error)
{
    to->columns = columns;
    to->couples = couples;
    to->names = ebb_new_array(&to->alloc, columns, sizeof *to->names);
    to->cells = ebb_new_array(&to->alloc, couples, columns * sizeof *to->cells);
    return to->names && to->cells ? EBB_OK : figrun_no_memory(error);
}

void ebb_figure_couples_free(ebb_figure_couples_t *couples)
{
    size_t columns = couples->columns;
    ebb_free_array(&couples->alloc, couples->names, columns, sizeof *couples->names);
    ebb_free_array(&couples->alloc, couples->cells, couples->couples,
                   columns * sizeof *couples->cells);
    *couples = (ebb_figure_couples_t){0};
}

/* --- a population ----------------------------------------------------------------- */

/* Columns of every population besides what it keeps. */
enum { RUN_TIME, RUN_LEFT, RUN_STAYED, RUN_GROUP, RUN_OWN };

typedef struct figrun_job {
    const ebb_figure_settings_t *settings;
    size_t draw; /* of the sample */
    ebb_figure_couples_t *to;
    ebb_model_t *model;
    ebb_population_t *population;
    ebb_lives_t *lives;
    double *params; /* as it is set; NULL: nothing is */
    size_t param_count, kept, workers;
    uint64_t shards;
    double length; /* of a run */
    int codes[RUN_WORKERS_MOST];
    ebb_error_t errors[RUN_WORKERS_MOST];
} figrun_job_t;

/* Sets a parameter, if the model has it. */
static void figrun_set_one(figrun_job_t *job, const char *name, double value)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_STATE;
    size_t index = 0;
    if (ebb_model_find(job->model, name, &kind, &index, NULL) == EBB_OK &&
        kind == EBB_SCALAR_PARAM) {
        job->params[index] = value;
    }
}

static int figrun_set(figrun_job_t *job, ebb_error_t *error)
{
    const ebb_figure_settings_t *settings = job->settings;
    const ebb_sample_t *sample = settings->sample;
    job->param_count = ebb_model_info(job->model).params;
    if (!job->population || (settings->set_count == 0 && !sample)) {
        return EBB_OK;
    }
    job->params = ebb_new_array(&job->to->alloc, job->param_count, sizeof(double));
    if (!job->params) {
        return figrun_no_memory(error);
    }
    int code = EBB_OK;
    for (size_t k = 0; k < job->param_count; k++) {
        job->params[k] = (double)NAN;
    }
    if (sample) {
        memcpy(job->params, ebb_population_params(job->population),
               job->param_count * sizeof *job->params);
        code = ebb_sample_place(sample,
                                ebb_sample_draw(sample, job->draw, settings->draws),
                                job->model, job->params, error);
    }
    for (size_t k = 0; k < settings->set_count; k++) {
        figrun_set_one(job, settings->sets[k].name, settings->sets[k].value);
    }
    return code;
}

static int figrun_open(figrun_job_t *job, const char *run, ebb_error_t *error)
{
    ebb_library_model_t shipped;
    ebb_scenario_info_t head;
    size_t count = 0, k = 0;
    while (k < ebb_figure_run_count && strcmp(ebb_figure_runs[k].name, run) != 0) {
        k++;
    }
    if (k == ebb_figure_run_count) {
        return ebb_fail(error, EBB_ERR_INPUT, "there is no run `%s`", run);
    }
    const ebb_model_text_t text = {.bytes = (const char *)ebb_figure_runs[k].bytes,
                                   .size = ebb_figure_runs[k].size,
                                   .label = ebb_figure_runs[k].label,
                                   .alloc = &job->to->alloc};
    int code = ebb_population_list(&text, &head, 1, &count);
    if (code || count != 1 || !ebb_library_find(head.uses, &shipped)) {
        return ebb_fail(error, EBB_ERR_INPUT,
                        "run `%s` is not one population of a model", run);
    }
    shipped.file.alloc = &job->to->alloc;
    code = ebb_model_read(&job->model, &shipped.file, NULL, error);
    return code ? code
                : ebb_population_read(&job->population, job->model, &text, NULL, error);
}

/* A couple's row as the columns have it. */
static void figrun_take(const figrun_job_t *job, size_t couple, const double *from)
{
    double *cells = job->to->cells + couple * job->to->columns;
    double parted = from[EBB_LIVES_ROW_PARTED], none = (double)NAN;
    bool failed = isnan(from[EBB_LIVES_ROW_GROUP]);
    cells[RUN_TIME] = failed ? none : isnan(parted) ? job->length : parted;
    cells[RUN_LEFT] = failed ? none : !isnan(parted);
    cells[RUN_STAYED] = failed ? none : isnan(parted);
    cells[RUN_GROUP] = from[EBB_LIVES_ROW_GROUP];
    memcpy(cells + RUN_OWN, from + EBB_LIVES_ROW_KEPT, job->kept * sizeof *cells);
}

/* Every so many-th shard, with room for its results. */
static int figrun_shards(figrun_job_t *job, size_t worker,
                         const ebb_lives_results_t *to)
{
    size_t columns = job->kept + EBB_LIVES_ROW_KEPT;
    int code = EBB_OK;
    for (uint64_t s = worker; s < job->shards && !code; s += job->workers) {
        size_t begin = (size_t)(s * EBB_LIVES_SHARD), left = job->to->couples - begin;
        left = left < EBB_LIVES_SHARD ? left : EBB_LIVES_SHARD;
        code = ebb_lives_rows(job->lives, worker, s, to, &job->errors[worker]);
        for (size_t i = 0; i < left && !code; i++) {
            figrun_take(job, begin + i, to->rows + i * columns);
        }
    }
    return code;
}

static void figrun_task(void *arg, size_t worker)
{
    figrun_job_t *job = arg;
    const ebb_alloc_t *alloc = &job->to->alloc;
    size_t row = (job->kept + EBB_LIVES_ROW_KEPT) * sizeof(double);
    size_t numbers = ebb_lives_info(job->lives).numbers;
    const ebb_lives_results_t to = {ebb_new_array(alloc, numbers, sizeof(uint64_t)),
                                    ebb_new_array(alloc, EBB_LIVES_SHARD, row)};
    job->codes[worker] = to.tally && to.rows ? figrun_shards(job, worker, &to)
                                             : figrun_no_memory(&job->errors[worker]);
    ebb_free_array(alloc, to.tally, numbers, sizeof(uint64_t));
    ebb_free_array(alloc, to.rows, EBB_LIVES_SHARD, row);
}

static int figrun_all(figrun_job_t *job, ebb_error_t *error)
{
    const ebb_executor_t *executor = job->settings->executor;
    if (executor) {
        executor->run(executor->user, job->workers, figrun_task, job);
    }
    for (size_t w = 0; w < job->workers; w++) {
        if (!executor) {
            figrun_task(job, w);
        }
        if (job->codes[w]) {
            if (error) {
                *error = job->errors[w];
            }
            return job->codes[w];
        }
    }
    return EBB_OK;
}

static int figrun_couples(figrun_job_t *job, ebb_error_t *error)
{
    static const char *const own[RUN_OWN] = {"time", "left", "stayed", "group"};
    const ebb_lives_settings_t lives = {.couples = job->settings->couples,
                                        .seed = job->settings->seed + job->draw,
                                        .workers = job->workers,
                                        .params = job->params,
                                        .alloc = &job->to->alloc};
    int code = ebb_lives_new(&job->lives, job->population, &lives, error);
    if (code) {
        return code;
    }
    ebb_lives_info_t info = ebb_lives_info(job->lives);
    job->kept = ebb_population_info(job->population).kept;
    job->shards = info.shards;
    job->length = ebb_lives_time(job->lives, info.bins);
    code = ebb_figure_room(job->to, RUN_OWN + job->kept, (size_t)info.couples, error);
    for (size_t k = 0; k < RUN_OWN + job->kept && !code; k++) {
        (void)snprintf(job->to->names[k], sizeof job->to->names[k], "%s",
                       k < RUN_OWN
                           ? own[k]
                           : ebb_population_kept(job->population, k - RUN_OWN, NULL));
    }
    return code ? code : figrun_all(job, error);
}

static int figrun_population(ebb_figure_couples_t *to, const char *run,
                             const ebb_figure_settings_t *settings, size_t draw,
                             ebb_error_t *error)
{
    figrun_job_t job = {.settings = settings, .draw = draw, .to = to};
    job.workers = settings->workers ? settings->workers : 1;
    int code = figrun_open(&job, run, error);
    code = code ? code : figrun_set(&job, error);
    code = code ? code : figrun_couples(&job, error);
    ebb_lives_free(job.lives);
    ebb_free_array(&to->alloc, job.params, job.param_count, sizeof(double));
    ebb_population_free(job.population);
    ebb_model_free(job.model);
    return code;
}

int ebb_figure_run(ebb_figure_couples_t *couples, const char *run,
                   const ebb_figure_settings_t *settings, size_t draw,
                   ebb_error_t *error)
{
    *couples = (ebb_figure_couples_t){.alloc = settings->alloc ? *settings->alloc
                                                               : *ebb_alloc_default()};
    if (settings->couples > RUN_COUPLES_MOST || settings->workers > RUN_WORKERS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "at most %u couples of a run and %u workers", RUN_COUPLES_MOST,
                        RUN_WORKERS_MOST);
    }
    if (strcmp(run, EBB_FIGURE_MARKET) == 0) {
        return ebb_figure_market(couples, settings, draw, error);
    }
    bool shades = strcmp(run, EBB_FIGURE_SHADES) == 0;
    return shades || strcmp(run, EBB_FIGURE_CHILDHOODS) == 0
               ? ebb_figure_children(couples, shades, settings, draw, error)
               : figrun_population(couples, run, settings, draw, error);
}
