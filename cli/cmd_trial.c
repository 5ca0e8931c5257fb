/* SPDX-License-Identifier: MIT
 * ebb trial: couples treated in several ways, the same ones in every arm. */
#include "ebb/trialed.h"
#include "list.h"
#include "result_page.h"
#include "spec_job.h"
#include "talk.h"

static const option_spec_t trial_options[] = {
    SPEC_OPTIONS("How many couples, of which some enter; without it as the file says",
                 EBB_TRIAL_COUPLES_MOST),
    RESULT_PAGE_OPTION(offsetof(spec_values_t, html)),
    {0},
};

static const example_t trial_examples[] = {
    {"ebb trial examples/trial.ebb", "What each arm does, at the end and later."},
    {"ebb trial examples/trial.ebb --couples 20000 --format csv -o trial.csv",
     "More of them, as a table."},
    {"ebb trial examples/trial.ebb --html page.html",
     "The forest plot and what became of each arm, as a page."},
    {"ebb trial examples/trial.ebb --sample evidence/fit/posterior.tsv --draws 10",
     "How much hangs on what is not known of the parameters."},
    {0},
};

typedef struct trial_job {
    spec_job_t spec;
    ebb_trial_t *trial;
    ebb_trial_run_t *run;
} trial_job_t;

static exit_status_t read_trial(trial_job_t *job)
{
    ebb_text_t report = {0};
    ebb_error_t error = {0};
    int code = ebb_trial_read(&job->trial, job->spec.model, &job->spec.source.text,
                              &report, &error);
    return load_report(&report, code, &error);
}

static int run_shard(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
                     ebb_error_t *error)
{
    const trial_job_t *job = user;
    return ebb_trial_shard(job->run, worker, shard, numbers, error);
}

static exit_status_t run_arms(trial_job_t *job, uint64_t seed, const double *params)
{
    const ebb_trial_settings_t settings = {.couples = job->spec.values->couples,
                                           .seed = seed,
                                           .workers = job->spec.workers,
                                           .params = params};
    ebb_error_t error = {0};
    ebb_trial_run_free(job->run); /* of a draw before */
    if (ebb_trial_run_new(&job->run, job->trial, &settings, &error)) {
        return talk_error(&error);
    }
    ebb_trial_run_info_t info = ebb_trial_run_info(job->run);
    return spec_run(&job->spec, (ebb_shards_t){.count = info.shards,
                                               .numbers = info.numbers,
                                               .work = info.fingerprint,
                                               .run = run_shard,
                                               .user = job});
}

/* --- over a sample ---------------------------------------------------------------- */

static exit_status_t run_draw(void *user, uint64_t seed, const double *params)
{
    return run_arms(user, seed, params);
}

static ebb_trialed_t what_came(const trial_job_t *job)
{
    return (ebb_trialed_t){job->spec.model, job->trial, job->run, job->spec.tally};
}

static int draw_numbers(void *user, ebb_sampled_row_t *rows, size_t room, size_t *count)
{
    const ebb_trialed_t from = what_came(user);
    return ebb_trialed_numbers(&from, rows, room, count);
}

static uint64_t draw_couples(void *user)
{
    const trial_job_t *job = user;
    return ebb_trial_run_info(job->run).couples;
}

static exit_status_t run_sample(trial_job_t *job)
{
    ebb_trial_info_t info = ebb_trial_info(job->trial);
    const spec_sampled_t of = {.kind = "trial",
                               .name = info.head.name,
                               .text = info.head.text,
                               .own = ebb_trial_params(job->trial),
                               .run = run_draw,
                               .numbers = draw_numbers,
                               .couples = draw_couples,
                               .user = job};
    return spec_sample(&job->spec, &of);
}

/* --- result ----------------------------------------------------------------------- */

static int write_json(ebb_text_t *out, const void *from)
{
    return ebb_trialed_json(out, from);
}

static int write_csv(ebb_text_t *out, const void *from)
{
    return ebb_trialed_csv(out, from);
}

static int write_text(ebb_text_t *out, const void *from, int width, bool colour)
{
    const ebb_picture_opts_t opts = {.width = width, .colour = colour};
    return ebb_trialed_terminal(out, from, &opts);
}

static exit_status_t write_trial(const trial_job_t *job)
{
    static const spec_writers_t writers = {write_json, write_csv, write_text};
    const ebb_trialed_t from = what_came(job);
    if (!spec_has_result(&job->spec)) {
        return EXIT_OK;
    }
    exit_status_t status = spec_write(&job->spec, &writers, &from);
    uint64_t failed = ebb_trial_failed(job->run, job->spec.tally);
    return status == EXIT_OK && failed ? EXIT_FAILED : status;
}

static exit_status_t run_once(trial_job_t *job)
{
    exit_status_t status = run_arms(job, job->spec.values->seed, NULL);
    return status == EXIT_OK ? write_trial(job) : status;
}

static exit_status_t run_trial(const command_t *self, int argc, char **argv)
{
    spec_values_t values = {0};
    string_list_t operands = {0};
    trial_job_t job = {.spec = {.self = self, .values = &values}};
    spec_begin(&job.spec);
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = spec_open(&job.spec, &operands, ebb_trial_list, "trial");
        status = status == EXIT_OK ? read_trial(&job) : status;
    }
    if (status == EXIT_OK) {
        status = values.sample ? run_sample(&job) : run_once(&job);
    }
    ebb_trial_run_free(job.run);
    ebb_trial_free(job.trial);
    status = spec_close(&job.spec, status);
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_trial = {
    .name = "trial",
    .summary = "The same couples in several arms: who gets better and stays so",
    .operands = "FILE",
    .about =
        "The file says which couples enter, what the arms are, what the outcome is and "
        "when it is looked at (docs/language.md, Trials). Of several trials in a file "
        "FILE:NAME names one.\n"
        "Shown are effects against the first arm as a forest plot, and in each arm who "
        "is better, worse, recovered and still together, at the end and later. How "
        "strongly an arm acts was put into the model: no evidence for a therapy.",
    .options = trial_options,
    .examples = trial_examples,
    .run = run_trial,
};
