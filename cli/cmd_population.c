/* SPDX-License-Identifier: MIT
 * ebb population: many couples over years, of people who differ. */
#include "ebb/populated.h"
#include "list.h"
#include "result_page.h"
#include "rows_job.h"
#include "spec_job.h"
#include "talk.h"

static const option_spec_t population_options[] = {
    SPEC_OPTIONS("How many couples; without it as the file says",
                 EBB_LIVES_COUPLES_MOST),
    RESULT_PAGE_OPTION(offsetof(spec_values_t, html)),
    {.name = "rows",
     .kind = OPTION_FILE,
     .target = offsetof(spec_values_t, rows),
     .argument = "FILE",
     .help = "Writes a line for each couple there besides, as CSV",
     .more = "When it parted, its group, and what the file says is kept (`keep`). The "
             "lines are in the order of the couples, whatever the threads."},
    {0},
};

static const example_t population_examples[] = {
    {"ebb population examples/population.ebb", "Couples over two years, who stays."},
    {"ebb population examples/population.ebb --couples 20000 --resume half-done",
     "More of them; broken off, the same command goes on."},
    {"ebb population examples/population.ebb --html page.html",
     "Curves with numbers at risk, and all else, as a page."},
    {"mpirun -n 4 ebb population examples/population.ebb --resume shared",
     "In four processes, or on machines that share the folder."},
    {"ebb population study.ebb --rows couples.csv",
     "What the file keeps of each couple, too."},
    {"ebb population examples/population.ebb --sample evidence/fit/posterior.tsv",
     "How much hangs on what is not known of the parameters."},
    {0},
};

typedef struct population_job {
    spec_job_t spec;
    ebb_population_t *population;
    ebb_lives_t *lives;
} population_job_t;

static exit_status_t read_population(population_job_t *job)
{
    ebb_text_t report = {0};
    ebb_error_t error = {0};
    int code = ebb_population_read(&job->population, job->spec.model,
                                   &job->spec.source.text, &report, &error);
    return load_report(&report, code, &error);
}

static int run_shard(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
                     ebb_error_t *error)
{
    const population_job_t *job = user;
    return ebb_lives_shard(job->lives, worker, shard, numbers, error);
}

static exit_status_t run_lives(population_job_t *job, uint64_t seed,
                               const double *params)
{
    const ebb_lives_settings_t settings = {.couples = job->spec.values->couples,
                                           .seed = seed,
                                           .workers = job->spec.workers,
                                           .params = params};
    ebb_error_t error = {0};
    ebb_lives_free(job->lives); /* of a draw before */
    if (ebb_lives_new(&job->lives, job->population, &settings, &error)) {
        return talk_error(&error);
    }
    if (job->spec.values->rows) {
        return rows_run(&job->spec, job->population, job->lives,
                        job->spec.values->rows);
    }
    ebb_lives_info_t info = ebb_lives_info(job->lives);
    return spec_run(&job->spec, (ebb_shards_t){.count = info.shards,
                                               .numbers = info.numbers,
                                               .work = info.fingerprint,
                                               .run = run_shard,
                                               .user = job});
}

/* --- over a sample ---------------------------------------------------------------- */

static exit_status_t run_draw(void *user, uint64_t seed, const double *params)
{
    return run_lives(user, seed, params);
}

static ebb_populated_t what_came(const population_job_t *job)
{
    return (ebb_populated_t){job->spec.model, job->population, job->lives,
                             job->spec.tally};
}

static int draw_numbers(void *user, ebb_sampled_row_t *rows, size_t room, size_t *count)
{
    const ebb_populated_t from = what_came(user);
    return ebb_populated_numbers(&from, rows, room, count);
}

static uint64_t draw_couples(void *user)
{
    const population_job_t *job = user;
    return ebb_lives_info(job->lives).couples;
}

static exit_status_t run_sample(population_job_t *job)
{
    ebb_population_info_t info = ebb_population_info(job->population);
    const spec_sampled_t of = {.kind = "population",
                               .name = info.head.name,
                               .text = info.head.text,
                               .own = ebb_population_params(job->population),
                               .run = run_draw,
                               .numbers = draw_numbers,
                               .couples = draw_couples,
                               .user = job};
    return spec_sample(&job->spec, &of);
}

/* --- result ----------------------------------------------------------------------- */

static int write_json(ebb_text_t *out, const void *from)
{
    return ebb_populated_json(out, from);
}

static int write_csv(ebb_text_t *out, const void *from)
{
    return ebb_populated_csv(out, from);
}

static int write_text(ebb_text_t *out, const void *from, int width, bool colour)
{
    const ebb_picture_opts_t opts = {.width = width, .colour = colour};
    return ebb_populated_terminal(out, from, &opts);
}

static exit_status_t write_population(const population_job_t *job)
{
    static const spec_writers_t writers = {write_json, write_csv, write_text};
    const ebb_populated_t from = what_came(job);
    if (!spec_has_result(&job->spec)) {
        return EXIT_OK;
    }
    exit_status_t status = spec_write(&job->spec, &writers, &from);
    uint64_t failed = ebb_lives_group(job->lives, job->spec.tally, 0).failed;
    return status == EXIT_OK && failed ? EXIT_FAILED : status;
}

static exit_status_t run_once(population_job_t *job)
{
    exit_status_t status = run_lives(job, job->spec.values->seed, NULL);
    return status == EXIT_OK ? write_population(job) : status;
}

static exit_status_t run_population(const command_t *self, int argc, char **argv)
{
    spec_values_t values = {0};
    string_list_t operands = {0};
    population_job_t job = {.spec = {.self = self, .values = &values}};
    spec_begin(&job.spec);
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = spec_open(&job.spec, &operands, ebb_population_list, "population");
        status = status == EXIT_OK ? read_population(&job) : status;
    }
    if (status == EXIT_OK) {
        status = values.sample ? run_sample(&job) : run_once(&job);
    }
    ebb_lives_free(job.lives);
    ebb_population_free(job.population);
    status = spec_close(&job.spec, status);
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_population = {
    .name = "population",
    .summary = "Runs many couples over years: who stays, how they part",
    .operands = "FILE",
    .about =
        "The file says who the people are, how long the couples live, which kinds of "
        "couples are told apart and when one is satisfied (docs/language.md, "
        "Populations). Of several populations in a file FILE:NAME names one.\n"
        "Shown are the share that has not parted, after Kaplan and Meier, with numbers "
        "at risk; how they ended; who stays and is satisfied; and how often there are "
        "episodes of withdrawal. It is about a model with stated numbers: no forecast "
        "for a couple.",
    .options = population_options,
    .examples = population_examples,
    .run = run_population,
};
