/* SPDX-License-Identifier: MIT
 * ebb population: many couples over years, of people who differ. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ebb/library.h"
#include "ebb/nearest.h"
#include "ebb/populated.h"
#include "ebb/shards.h"
#include "list.h"
#include "load.h"
#include "output.h"
#include "progress.h"
#include "screen.h"
#include "talk.h"

typedef struct population_values {
    const char *format, *output, *resume, *part;
    uint64_t couples, seed;
    int threads, width;
} population_values_t;

static const option_spec_t population_options[] = {
    {.name = "couples",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     .target = offsetof(population_values_t, couples),
     .argument = "N",
     .low = 1,
     .high = EBB_LIVES_COUPLES_MOST,
     .help = "How many couples; without it as the file says"},
    {.name = "seed",
     .kind = OPTION_WHOLE,
     .target = offsetof(population_values_t, seed),
     .argument = "N",
     .high = UINT64_MAX,
     .help = "Another seed is other people and other chance; 0 by default"},
    {.name = "threads",
     .kind = OPTION_NUMBER,
     .target = offsetof(population_values_t, threads),
     .argument = "N",
     .low = 1,
     .high = 64,
     .help = "Threads to calculate with; all processors by default",
     .more = "The result does not depend on it."},
    {.name = "resume",
     .kind = OPTION_FILE,
     .target = offsetof(population_values_t, resume),
     .argument = "FOLDER",
     .help = "Keeps what is done there, and goes on from it",
     .more =
         "The folder is made if it is not there. Whatever broke a run off, the same "
         "command goes on, and its result is that of a run that was not."},
    {.name = "part",
     .kind = OPTION_STRING,
     .target = offsetof(population_values_t, part),
     .argument = "K/N",
     .help = "Does the K-th of N parts of the work only, into --resume",
     .more = "For several processes or machines that share the folder. No result is "
             "written; a run without it then finds all that is done."},
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(population_values_t, format),
     .argument = "FORM",
     .choices = "text|json|csv",
     .help = "text (default), json or csv",
     .more = "The JSON document is described in docs/schema.md."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(population_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     .target = offsetof(population_values_t, width),
     .argument = "N",
     .low = 80,
     .high = 200,
     .help = "Columns of the text; 80 by default"},
    {0},
};

static const example_t population_examples[] = {
    {"ebb population examples/population.ebb", "Couples over two years, who stays."},
    {"ebb population examples/population.ebb --couples 20000 --resume half-done",
     "More of them; broken off, the same command goes on."},
    {0},
};

typedef struct population_job {
    const command_t *self;
    const population_values_t *values;
    source_t source, model_source;
    ebb_model_t *model;
    ebb_population_t *population;
    ebb_lives_t *lives;
    uint64_t part, parts;
    uint64_t *tally;
} population_job_t;

/* --- the file --------------------------------------------------------------------- */

/* "FILE" or "FILE:NAME", unless it is a file as a whole. */
static exit_status_t open_spec(population_job_t *job, const char *where)
{
    const char *colon = strrchr(where, ':');
    if (access(where, F_OK) == 0 || strcmp(where, "-") == 0 || !colon ||
        colon == where) {
        return source_open(&job->source, where);
    }
    return source_open_scenario(&job->source, where);
}

/* The population that is meant, for the model it uses; of several the first. */
static exit_status_t find_head(const population_job_t *job, ebb_scenario_info_t *head)
{
    const ebb_model_text_t *text = &job->source.text;
    size_t count = 0;
    *head = (ebb_scenario_info_t){0};
    if (ebb_population_list(text, NULL, 0, &count)) {
        return EXIT_OK; /* reading it as a model tells what is wrong */
    }
    ebb_scenario_info_t *infos = calloc(count + 1, sizeof *infos);
    if (!infos) {
        return talk_no_memory();
    }
    (void)!ebb_population_list(text, infos, count, &count);
    *head = infos[0];
    for (size_t i = 0; i < count && text->scenario; i++) {
        if (strcmp(infos[i].name, text->scenario) == 0) {
            *head = infos[i];
        }
    }
    free(infos);
    return EXIT_OK;
}

/* The model stands in the same file, or is one that ships. */
static exit_status_t open_model(population_job_t *job)
{
    ebb_library_model_t shipped;
    ebb_scenario_info_t head;
    exit_status_t status = find_head(job, &head);
    if (status != EXIT_OK) {
        return status;
    }
    if (*head.uses && ebb_library_find(head.uses, &shipped)) {
        job->model_source.text = shipped.file;
        return load_model(&job->model, &job->model_source);
    }
    status = load_model(&job->model, &job->source);
    if (status == EXIT_OK && !*head.uses) {
        talk("ebb: there is no population in %s\n", job->source.text.label);
        return EXIT_INPUT;
    }
    return status;
}

static exit_status_t read_population(population_job_t *job)
{
    ebb_text_t report = {0};
    ebb_error_t error = {0};
    int code = ebb_population_read(&job->population, job->model, &job->source.text,
                                   &report, &error);
    return load_report(&report, code, &error);
}

/* --- running ---------------------------------------------------------------------- */

/* "2/4" as part 1 of 4. */
static exit_status_t read_part(population_job_t *job)
{
    const char *said = job->values->part;
    unsigned long long k = 0, n = 0;
    int used = 0;
    if (!said) {
        return EXIT_OK;
    }
    if (!job->values->resume) {
        return usage_error(job->self, "--part needs --resume, the folder of all parts");
    }
    if (sscanf(said, "%5llu/%5llu%n", &k, &n, &used) != 2 || said[used] || k < 1 ||
        k > n) {
        return usage_error(job->self, "--part takes K/N, K from 1 to N, not '%s'",
                           said);
    }
    job->part = k - 1;
    job->parts = n;
    return EXIT_OK;
}

static int run_shard(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
                     ebb_error_t *error)
{
    const population_job_t *job = user;
    return ebb_lives_shard(job->lives, worker, shard, numbers, error);
}

static exit_status_t run_lives(population_job_t *job)
{
    const population_values_t *values = job->values;
    int threads = values->threads ? values->threads : ebb_host_processors();
    size_t workers = threads < 64 ? (size_t)threads : 64;
    const ebb_lives_settings_t settings = {
        .couples = values->couples, .seed = values->seed, .workers = workers};
    ebb_error_t error = {0};
    if (ebb_lives_new(&job->lives, job->population, &settings, &error)) {
        return talk_error(&error);
    }
    ebb_lives_info_t info = ebb_lives_info(job->lives);
    job->tally = calloc(info.numbers, sizeof *job->tally);
    if (!job->tally) {
        return talk_no_memory();
    }
    progress_t progress = progress_begin("running");
    ebb_shards_t shards = {.count = info.shards,
                           .numbers = info.numbers,
                           .work = info.fingerprint,
                           .workers = workers,
                           .part = job->part,
                           .parts = job->parts,
                           .folder = values->resume,
                           .run = run_shard,
                           .user = job,
                           .progress = progress_left,
                           .progress_user = &progress,
                           .sum = job->tally};
    int code = ebb_shards_run(&shards, &error);
    progress_end(&progress);
    return code ? talk_error(&error) : EXIT_OK;
}

/* --- result ----------------------------------------------------------------------- */

static exit_status_t write_result(const population_job_t *job)
{
    const population_values_t *values = job->values;
    const ebb_picture_opts_t opts = {.width = values->width ? values->width : 80,
                                     .colour = !values->output &&
                                               screen_has_colour(STDOUT_FILENO)};
    const ebb_populated_t from = {job->model, job->population, job->lives, job->tally};
    const char *format = values->format ? values->format : "text";
    ebb_text_t text = {0};
    int code = strcmp(format, "json") == 0 ? ebb_populated_json(&text, &from)
               : strcmp(format, "csv") == 0
                   ? ebb_populated_csv(&text, &from)
                   : ebb_populated_terminal(&text, &from, &opts);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    exit_status_t status = output_text(values->output, &text);
    uint64_t failed = ebb_lives_group(job->lives, job->tally, 0).failed;
    return status == EXIT_OK && failed ? EXIT_FAILED : status;
}

static exit_status_t population(population_job_t *job, const string_list_t *operands)
{
    if (operands->count == 0) {
        return usage_error(job->self, "needs a file with a population");
    }
    if (operands->count > 1) {
        return usage_error(job->self, "takes one file, and '%s' is a second",
                           operands->items[1]);
    }
    exit_status_t status = read_part(job);
    status = status == EXIT_OK ? open_spec(job, operands->items[0]) : status;
    status = status == EXIT_OK ? open_model(job) : status;
    status = status == EXIT_OK ? read_population(job) : status;
    status = status == EXIT_OK ? run_lives(job) : status;
    return status == EXIT_OK && !job->parts ? write_result(job) : status;
}

static void population_close(population_job_t *job)
{
    free(job->tally);
    ebb_lives_free(job->lives);
    ebb_population_free(job->population);
    ebb_model_free(job->model);
    source_close(&job->model_source);
    source_close(&job->source);
}

static exit_status_t run_population(const command_t *self, int argc, char **argv)
{
    population_values_t values = {0};
    string_list_t operands = {0};
    population_job_t job = {.self = self, .values = &values};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = population(&job, &operands);
    }
    population_close(&job);
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
