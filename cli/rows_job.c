/* SPDX-License-Identifier: MIT
 *
 * A line for each couple of a population.
 *
 * Main idea: as many shards at a time as there are workers, written in their order
 * before the next are begun, so that memory does not grow with the couples and the file
 * does not depend on the threads.
 */
#include "rows_job.h"

#include <stdlib.h>
#include <string.h>

#include "ebb/host.h"
#include "ebb/populated.h"
#include "output.h"
#include "progress.h"
#include "talk.h"

/* What one worker does of a round. */
typedef struct row_slot {
    uint64_t *tally;
    double *rows;
    int code;
    ebb_error_t error;
} row_slot_t;

typedef struct rows_job {
    const spec_job_t *spec;
    const ebb_population_t *population;
    const ebb_lives_t *lives;
    ebb_lives_info_t info;
    row_slot_t *slots;
    uint64_t first; /* shard of the round */
    ebb_sink_t sink;
} rows_job_t;

static exit_status_t open_slots(rows_job_t *job)
{
    size_t columns = EBB_LIVES_ROW_KEPT + ebb_population_info(job->population).kept;
    job->slots = calloc(job->spec->workers, sizeof *job->slots);
    bool there = job->slots != NULL;
    for (size_t w = 0; there && w < job->spec->workers; w++) {
        row_slot_t *slot = &job->slots[w];
        slot->tally = calloc(job->info.numbers, sizeof *slot->tally);
        slot->rows = calloc(EBB_LIVES_SHARD, columns * sizeof *slot->rows);
        there = slot->tally && slot->rows;
    }
    if (!there) {
        (void)talk_no_memory();
        return EXIT_FAILED;
    }
    return EXIT_OK;
}

static void close_slots(const rows_job_t *job)
{
    for (size_t w = 0; job->slots && w < job->spec->workers; w++) {
        free(job->slots[w].tally);
        free(job->slots[w].rows);
    }
    free(job->slots);
}

static void run_slot(void *arg, size_t worker)
{
    const rows_job_t *job = arg;
    row_slot_t *slot = &job->slots[worker];
    if (job->first + worker < job->info.shards) {
        const ebb_lives_results_t to = {slot->tally, slot->rows};
        slot->code =
            ebb_lives_rows(job->lives, worker, job->first + worker, &to, &slot->error);
    }
}

static int write_slot(const rows_job_t *job, size_t worker, ebb_error_t *error)
{
    const row_slot_t *slot = &job->slots[worker];
    uint64_t first = (job->first + worker) * EBB_LIVES_SHARD;
    if (first >= job->info.couples || slot->code) {
        *error = slot->error;
        return slot->code;
    }
    uint64_t left = job->info.couples - first;
    ebb_text_t text = {0};
    int code =
        ebb_populated_rows(&text, job->population, slot->rows, first,
                           left < EBB_LIVES_SHARD ? (size_t)left : EBB_LIVES_SHARD);
    code = code ? code : job->sink.write(job->sink.user, text.data, text.length);
    ebb_text_free(&text);
    return code;
}

static int write_head(const rows_job_t *job)
{
    ebb_text_t text = {0};
    int code = ebb_populated_rows_head(&text, job->population);
    code = code ? code : job->sink.write(job->sink.user, text.data, text.length);
    ebb_text_free(&text);
    return code;
}

/* All rounds; what goes wrong is in `error`, but for what the sink says. */
static int run_rounds(rows_job_t *job, ebb_error_t *error)
{
    ebb_executor_t executor = ebb_host_executor((int)job->spec->workers);
    progress_t progress = progress_begin("running");
    int code = write_head(job);
    for (; job->first < job->info.shards && !code; job->first += job->spec->workers) {
        executor.run(executor.user, job->spec->workers, run_slot, job);
        for (size_t w = 0; w < job->spec->workers && !code; w++) {
            code = write_slot(job, w, error);
        }
        uint64_t done = job->first + job->spec->workers;
        (void)progress_left(&progress,
                            done < job->info.shards ? done : job->info.shards,
                            job->info.shards);
    }
    progress_end(&progress);
    return code;
}

static exit_status_t run_to(rows_job_t *job, const char *path)
{
    ebb_error_t error = {0};
    output_t output;
    int code = output_open(&output, path, &error);
    if (code) {
        return talk_error(&error);
    }
    job->sink = output_sink(&output);
    code = run_rounds(job, &error);
    return output_close(&output, code, &error);
}

/* The tallies of all workers as one. */
static exit_status_t add_up(const rows_job_t *job, uint64_t **tally)
{
    *tally = calloc(job->info.numbers, sizeof **tally);
    for (size_t w = 0; *tally && w < job->spec->workers; w++) {
        for (size_t k = 0; k < job->info.numbers; k++) {
            (*tally)[k] += job->slots[w].tally[k];
        }
    }
    return *tally ? EXIT_OK : talk_no_memory();
}

exit_status_t rows_run(spec_job_t *spec, const ebb_population_t *population,
                       const ebb_lives_t *lives, const char *path)
{
    rows_job_t job = {.spec = spec, .population = population, .lives = lives};
    job.info = ebb_lives_info(lives);
    if (spec->values->resume) {
        return usage_error(spec->self, "--rows is for a run without --resume");
    }
    if (spec->ranks.count > 1) {
        return usage_error(spec->self, "--rows is for one process, which may have "
                                       "--threads");
    }
    exit_status_t status = open_slots(&job);
    status = status == EXIT_OK ? run_to(&job, path) : status;
    if (status == EXIT_OK) {
        status = add_up(&job, &spec->tally);
    }
    close_slots(&job);
    return status;
}
