/* SPDX-License-Identifier: MIT
 * A file that uses a model, run in shards. */
#define _DEFAULT_SOURCE
#include "spec_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ebb/host.h"
#include "ebb/library.h"
#include "output.h"
#include "progress.h"
#include "result_page.h"
#include "screen.h"
#include "talk.h"

#define WORKERS_MOST 64

/* --- the command line ------------------------------------------------------------- */

/* "2/4" as part 1 of 4. */
static exit_status_t read_part(spec_job_t *job)
{
    const char *said = job->values->part;
    char *end = NULL;
    if (!said) {
        return EXIT_OK;
    }
    ranks_unmute(&job->ranks); /* its part was said, whatever the launcher says */
    job->ranks.rank = 0;
    job->ranks.count = 1;
    if (!job->values->resume) {
        return usage_error(job->self, "--part needs --resume, the folder of all parts");
    }
    unsigned long k = *said >= '1' && *said <= '9' ? strtoul(said, &end, 10) : 0;
    if (end && *end == '/' && end[1] >= '1' && end[1] <= '9') {
        job->parts = strtoul(end + 1, &end, 10);
    }
    if (!end || *end || k < 1 || k > job->parts) {
        return usage_error(job->self, "--part takes K/N, K from 1 to N, not '%s'",
                           said);
    }
    job->part = k - 1;
    return EXIT_OK;
}

/* Over a sample there is no one run to be kept, or written row by row. */
static exit_status_t read_sample(const spec_job_t *job)
{
    const spec_values_t *v = job->values;
    const char *other = v->resume ? "--resume"
                        : v->part ? "--part"
                        : v->rows ? "--rows"
                                  : NULL;
    if (!v->sample) {
        return v->draws ? usage_error(job->self, "--draws needs --sample") : EXIT_OK;
    }
    if (job->ranks.count > 1) {
        return usage_error(job->self, "--sample is for one process");
    }
    return other ? usage_error(job->self, "%s is of one run, --sample of many", other)
                 : EXIT_OK;
}

static exit_status_t read_operands(const spec_job_t *job, const string_list_t *operands,
                                   const char *what)
{
    return operands->count == 0 ? usage_error(job->self, "needs a file with a %s", what)
           : operands->count > 1
               ? usage_error(job->self, "takes one file, and '%s' is a second",
                             operands->items[1])
               : EXIT_OK;
}

/* --- the file --------------------------------------------------------------------- */

/* "FILE" or "FILE:NAME", unless it is a file as a whole. */
static exit_status_t open_file(spec_job_t *job, const char *where)
{
    const char *colon = strrchr(where, ':');
    if (access(where, F_OK) == 0 || strcmp(where, "-") == 0 || !colon ||
        colon == where) {
        return source_open(&job->source, where);
    }
    return source_open_scenario(&job->source, where);
}

/* The head of what is meant; of several the first: reading it tells what there is. */
static exit_status_t find_head(const spec_job_t *job, spec_list_t *list,
                               ebb_scenario_info_t *head)
{
    const ebb_model_text_t *text = &job->source.text;
    size_t count = 0;
    *head = (ebb_scenario_info_t){0};
    if (list(text, NULL, 0, &count)) {
        return EXIT_OK; /* reading it as a model tells what is wrong */
    }
    ebb_scenario_info_t *infos = calloc(count + 1, sizeof *infos);
    if (!infos) {
        return talk_no_memory();
    }
    (void)!list(text, infos, count, &count);
    *head = infos[0];
    for (size_t i = 0; i < count && text->scenario; i++) {
        if (strcmp(infos[i].name, text->scenario) == 0) {
            *head = infos[i];
        }
    }
    free(infos);
    return EXIT_OK;
}

/* The model is one that ships, or stands in the same file. */
static exit_status_t open_model(spec_job_t *job, spec_list_t *list, const char *what)
{
    ebb_library_model_t shipped;
    ebb_scenario_info_t head;
    exit_status_t status = find_head(job, list, &head);
    if (status != EXIT_OK) {
        return status;
    }
    if (*head.uses && ebb_library_find(head.uses, &shipped)) {
        job->model_source.text = shipped.file;
        return load_model(&job->model, &job->model_source);
    }
    status = load_model(&job->model, &job->source);
    if (status == EXIT_OK && !*head.uses) {
        talk("ebb: there is no %s in %s\n", what, job->source.text.label);
        return EXIT_INPUT;
    }
    return status;
}

/* All processors, shared with the other processes on the machine. */
static size_t choose_workers(const spec_job_t *job)
{
    uint64_t threads = (uint64_t)ebb_host_processors() / job->ranks.here;
    if (job->values->threads) {
        threads = (uint64_t)job->values->threads;
    }
    return threads < 1 ? 1 : threads < WORKERS_MOST ? (size_t)threads : WORKERS_MOST;
}

void spec_begin(spec_job_t *job)
{
    job->ranks = ranks_find();
    ranks_mute(&job->ranks);
}

exit_status_t spec_open(spec_job_t *job, const string_list_t *operands,
                        spec_list_t *list, const char *what)
{
    exit_status_t status = read_operands(job, operands, what);
    status = status == EXIT_OK
                 ? result_page_place(job->self, job->values->html, job->values->output)
                 : status;
    status = status == EXIT_OK ? read_sample(job) : status;
    status = status == EXIT_OK ? read_part(job) : status;
    job->workers = choose_workers(job);
    status = status == EXIT_OK ? open_file(job, operands->items[0]) : status;
    return status == EXIT_OK ? open_model(job, list, what) : status;
}

exit_status_t spec_close(spec_job_t *job, exit_status_t status)
{
    if (status == EXIT_OK && job->ranks.rank == 0 && *job->folder) {
        ebb_shards_discard(
            &(ebb_shards_t){.count = job->shard_count, .folder = job->folder});
    }
    free(job->tally);
    ebb_model_free(job->model);
    source_close(&job->model_source);
    source_close(&job->source);
    return ranks_is_mute(&job->ranks) ? EXIT_OK : status;
}

/* --- running, writing ------------------------------------------------------------- */

static exit_status_t run_shards(const spec_job_t *job, ebb_shards_t *shards)
{
    ebb_error_t error = {0};
    progress_t progress = progress_begin("running");
    shards->workers = job->workers;
    shards->progress = job->ranks.rank == 0 ? progress_left : NULL;
    shards->progress_user = &progress;
    shards->sum = job->tally;
    int code = ebb_shards_run(shards, &error);
    progress_end(&progress);
    return code ? talk_error(&error) : EXIT_OK;
}

static double now_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* While no more is missing than the others may be at, it comes sooner from them: waits
 * as long as a shard took here, which began `since`. */
static void wait_for_last(const spec_job_t *job, const ebb_shards_t *shards,
                          double since)
{
    const struct timespec pause = {.tv_nsec = 10000000};
    uint64_t at_work = (job->ranks.count - 1) * job->workers;
    uint64_t own = shards->count / job->ranks.count / job->workers;
    double end = now_seconds(), until = end + (end - since) / (double)(own ? own : 1);
    uint64_t missing = shards->count - ebb_shards_kept(shards);
    while (missing > 0 && missing <= at_work && now_seconds() < until) {
        (void)nanosleep(&pause, NULL);
        missing = shards->count - ebb_shards_kept(shards);
    }
}

/* The part of one process. The first one then adds up what all have done, and does
 * itself, from the end, what the others have not come to or never will. */
static exit_status_t run_rank(spec_job_t *job, ebb_shards_t *shards)
{
    double since = now_seconds();
    shards->part = job->ranks.rank;
    shards->parts = job->ranks.count;
    exit_status_t status = run_shards(job, shards);
    if (status != EXIT_OK || job->ranks.rank > 0) {
        return status;
    }
    wait_for_last(job, shards, since);
    memset(job->tally, 0, shards->numbers * sizeof *job->tally);
    shards->parts = 0;
    shards->backwards = true;
    return run_shards(job, shards);
}

static exit_status_t run_ranks(spec_job_t *job, ebb_shards_t *shards)
{
    shards->folder = job->values->resume;
    if (!job->values->resume && job->ranks.here == job->ranks.count) {
        (void)snprintf(job->folder, sizeof job->folder, "ebb-%016llx",
                       (unsigned long long)shards->work);
        shards->folder = job->folder;
        job->shard_count = shards->count;
    }
    if (shards->folder) {
        return run_rank(job, shards);
    }
    return job->ranks.rank > 0
               ? EXIT_USAGE
               : usage_error(job->self, "on several machines needs --resume, a folder "
                                        "that they share");
}

exit_status_t spec_run(spec_job_t *job, ebb_shards_t shards)
{
    free(job->tally); /* of a draw before */
    job->tally = calloc(shards.numbers, sizeof *job->tally);
    if (!job->tally) {
        return talk_no_memory();
    }
    if (job->ranks.count > 1) {
        return run_ranks(job, &shards);
    }
    shards.part = job->part;
    shards.parts = job->parts;
    shards.folder = job->values->resume;
    return run_shards(job, &shards);
}

bool spec_has_result(const spec_job_t *job)
{
    return job->parts == 0 && job->ranks.rank == 0;
}

/* The result, and no page, in the form that was asked for. */
static exit_status_t write_form(const spec_job_t *job, const spec_writers_t *writers,
                                const void *from)
{
    const spec_values_t *values = job->values;
    const char *format = values->format ? values->format : "text";
    bool colour = !values->output && screen_has_colour(STDOUT_FILENO);
    int width = values->width ? values->width : 80;
    ebb_text_t text = {0};
    int code = strcmp(format, "json") == 0  ? writers->json(&text, from)
               : strcmp(format, "csv") == 0 ? writers->csv(&text, from)
                                            : writers->text(&text, from, width, colour);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(values->output, &text);
}

exit_status_t spec_write(const spec_job_t *job, const spec_writers_t *writers,
                         const void *from)
{
    const char *html = job->values->html;
    exit_status_t status = result_page_write(html, writers->json, from);
    return status != EXIT_OK || result_page_is_all(html, job->values->output)
               ? status
               : write_form(job, writers, from);
}
