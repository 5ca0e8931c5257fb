/* SPDX-License-Identifier: MIT
 * A population or a trial at each of several draws of the parameters. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "spec_job.h"
#include "talk.h"

typedef struct sample_run {
    spec_job_t *job;
    const spec_sampled_t *of;
    ebb_sample_t sample;
    ebb_sampled_t result;
    ebb_sampled_row_t *rows;
    double *params;
} sample_run_t;

/* How many numbers there are is known once the first draw is run. */
static exit_status_t keep_numbers(sample_run_t *run, size_t draw)
{
    size_t count = 0;
    void *user = run->of->user;
    if (!run->rows) {
        if (run->of->numbers(user, NULL, 0, &run->result.count)) {
            return talk_no_memory();
        }
        run->rows =
            calloc(run->result.draws * run->result.count + 1, sizeof *run->rows);
        run->result.rows = run->rows;
        run->result.couples = run->of->couples(user);
    }
    bool kept =
        run->rows && run->of->numbers(user, run->rows + draw * run->result.count,
                                      run->result.count, &count) == EBB_OK;
    return kept ? EXIT_OK : talk_no_memory();
}

/* Whether any parameter is drawn. */
static bool sample_acts(const sample_run_t *run)
{
    size_t count = ebb_model_info(run->job->model).params;
    for (size_t k = 0; k < count; k++) {
        if (!isnan(run->params[k])) {
            return true;
        }
    }
    talk("ebb: %s names no parameter that is in this %s and not 0 there\n",
         run->job->values->sample, run->of->kind);
    return false;
}

static exit_status_t run_draw(sample_run_t *run, size_t draw)
{
    ebb_error_t error = {0};
    size_t bytes = ebb_model_info(run->job->model).params * sizeof *run->params;
    memcpy(run->params, run->of->own, bytes);
    if (ebb_sample_place(&run->sample,
                         ebb_sample_draw(&run->sample, draw, run->result.draws),
                         run->job->model, run->params, &error)) {
        return talk_error(&error);
    }
    if (!sample_acts(run)) {
        return EXIT_INPUT;
    }
    exit_status_t status =
        run->of->run(run->of->user, run->result.seed + draw, run->params);
    return status == EXIT_OK ? keep_numbers(run, draw) : status;
}

static int write_json(ebb_text_t *out, const void *from)
{
    return ebb_sampled_json(out, from);
}

static int write_csv(ebb_text_t *out, const void *from)
{
    return ebb_sampled_csv(out, from);
}

static int write_text(ebb_text_t *out, const void *from, int width, bool colour)
{
    const ebb_picture_opts_t opts = {.width = width, .colour = colour};
    return ebb_sampled_terminal(out, from, &opts);
}

exit_status_t spec_sample(spec_job_t *job, const spec_sampled_t *of)
{
    static const spec_writers_t writers = {write_json, write_csv, write_text};
    ebb_model_info_t model = ebb_model_info(job->model);
    sample_run_t run = {.job = job, .of = of};
    int draws = job->values->draws;
    run.result = (ebb_sampled_t){.kind = of->kind,
                                 .name = of->name,
                                 .text = of->text,
                                 .model = model.name,
                                 .seed = job->values->seed,
                                 .sample = &run.sample,
                                 .draws = draws ? (size_t)draws : EBB_SAMPLE_DRAWS};
    run.params = calloc(model.params + 1, sizeof *run.params);
    if (!run.params) {
        return talk_no_memory();
    }
    exit_status_t status = sample_open(&run.sample, job->values->sample);
    for (size_t k = 0; k < run.result.draws && status == EXIT_OK; k++) {
        status = run_draw(&run, k);
    }
    status = status == EXIT_OK ? spec_write(job, &writers, &run.result) : status;
    free(run.params);
    free(run.rows);
    ebb_sample_free(&run.sample);
    return status;
}
