/* SPDX-License-Identifier: MIT
 * Published figures beside the models' own: asked for, computed, written. */
#include "figures_job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ebb/figured.h"
#include "ebb/nearest.h"
#include "output.h"
#include "progress.h"
#include "result_page.h"
#include "sample.h"
#include "screen.h"
#include "talk.h"

#define AT_LENGTH 3 /* figures that are shown with all that is known of them */
#define ID_BYTES 64
#define WORKERS_MOST 64

typedef struct figures_job {
    const figures_ask_t *ask;
    size_t *which;
    ebb_figure_t *figures;
    ebb_figure_found_t *found;
    size_t count;
    ebb_figure_set_t *sets;
    char (*names)[ID_BYTES]; /* of what is set */
    ebb_sample_t sample;
} figures_job_t;

/* --- which ------------------------------------------------------------------------ */

static exit_status_t no_such_figure(const figures_job_t *job, const char *id)
{
    ebb_nearest_t near = {.typed = id};
    ebb_figure_t figure;
    for (size_t i = 0; ebb_figure_at(i, &figure); i++) {
        ebb_nearest_consider(&near, figure.id);
    }
    return near.best
               ? usage_error(job->ask->self,
                             "there is no figure '%s'; did you mean '%s'?", id,
                             near.best)
               : usage_error(job->ask->self,
                             "there is no figure '%s'; '--figures all' shows what "
                             "there is",
                             id);
}

static exit_status_t want_figure(figures_job_t *job, const char *text, size_t length)
{
    char id[ID_BYTES] = "";
    size_t index = 0;
    memcpy(id, text, length < sizeof id ? length : sizeof id - 1);
    if (!ebb_figure_find(id, &index)) {
        return no_such_figure(job, id);
    }
    for (size_t k = 0; k < job->count; k++) {
        if (job->which[k] == index) {
            return EXIT_OK;
        }
    }
    job->which[job->count++] = index;
    return EXIT_OK;
}

static exit_status_t want_figures(figures_job_t *job)
{
    size_t all = ebb_figure_count();
    exit_status_t status = EXIT_OK;
    job->which = calloc(all + 1, sizeof *job->which);
    job->figures = calloc(all + 1, sizeof *job->figures);
    job->found = calloc(all + 1, sizeof *job->found);
    if (!job->which || !job->figures || !job->found) {
        return talk_no_memory();
    }
    if (strcmp(job->ask->ids, "all") == 0) {
        for (; job->count < all; job->count++) {
            job->which[job->count] = job->count;
        }
    } else {
        for (const char *at = job->ask->ids; at && status == EXIT_OK;) {
            size_t length = strcspn(at, ",");
            status = want_figure(job, at, length);
            at = at[length] ? at + length + 1 : NULL;
        }
    }
    for (size_t k = 0; k < job->count; k++) {
        (void)ebb_figure_at(job->which[k], &job->figures[k]);
    }
    return status;
}

/* --- what is set ------------------------------------------------------------------ */

/* "name=value". */
static exit_status_t read_set(figures_job_t *job, size_t k, const char *said)
{
    const char *equals = strchr(said, '=');
    size_t length = equals ? (size_t)(equals - said) : 0;
    char *end = NULL;
    double value = equals ? strtod(equals + 1, &end) : 0;
    if (length == 0 || length >= ID_BYTES || end == equals + 1 || *end ||
        !isfinite(value)) {
        return usage_error(job->ask->self, "--set takes NAME=NUMBER, not '%s'", said);
    }
    memcpy(job->names[k], said, length);
    job->sets[k] = (ebb_figure_set_t){job->names[k], value};
    return EXIT_OK;
}

static exit_status_t read_sets(figures_job_t *job)
{
    const string_list_t *said = job->ask->set;
    exit_status_t status = EXIT_OK;
    job->sets = calloc(said->count + 1, sizeof *job->sets);
    job->names = calloc(said->count + 1, sizeof *job->names);
    if (!job->sets || !job->names) {
        return talk_no_memory();
    }
    for (size_t k = 0; k < said->count && status == EXIT_OK; k++) {
        status = read_set(job, k, said->items[k]);
    }
    return status;
}

/* --- computing, writing ----------------------------------------------------------- */

static exit_status_t compute(figures_job_t *job)
{
    const figures_ask_t *ask = job->ask;
    int threads = ask->threads ? ask->threads : ebb_host_processors();
    threads = threads < WORKERS_MOST ? threads : WORKERS_MOST;
    ebb_executor_t executor = ebb_host_executor(threads);
    progress_t progress = progress_begin("running");
    const ebb_figure_settings_t settings = {.couples = ask->couples,
                                            .seed = ask->seed,
                                            .sets = job->sets,
                                            .set_count = ask->set->count,
                                            .sample =
                                                job->sample.draws ? &job->sample : NULL,
                                            .draws = (size_t)ask->draws,
                                            .workers = (size_t)threads,
                                            .executor = &executor,
                                            .progress = progress_left,
                                            .progress_user = &progress};
    ebb_error_t error = {0};
    int code =
        ebb_figures_compute(job->which, job->count, &settings, job->found, &error);
    progress_end(&progress);
    return code == EBB_ERR_ARGUMENT ? usage_error(ask->self, "%s", error.text)
           : code                   ? talk_error(&error)
                                    : EXIT_OK;
}

static int figures_document(ebb_text_t *out, const void *from)
{
    return ebb_figured_json(out, from);
}

static exit_status_t write_figures(const figures_job_t *job)
{
    const figures_ask_t *ask = job->ask;
    const char *format = ask->format ? ask->format : "text";
    const ebb_picture_opts_t opts = {.width = ask->width ? ask->width : 80,
                                     .colour = !ask->output &&
                                               screen_has_colour(STDOUT_FILENO)};
    const ebb_figured_t from = {.figures = job->figures,
                                .found = job->found,
                                .count = job->count,
                                .sets = job->sets,
                                .set_count = ask->set->count,
                                .sample = job->sample.draws ? &job->sample : NULL,
                                .draws = (size_t)ask->draws,
                                .couples = ask->couples,
                                .seed = ask->seed,
                                .at_length = job->count <= AT_LENGTH};
    exit_status_t status = result_page_write(ask->html, figures_document, &from);
    if (status != EXIT_OK || result_page_is_all(ask->html, ask->output)) {
        return status;
    }
    ebb_text_t text = {0};
    int code = strcmp(format, "json") == 0  ? ebb_figured_json(&text, &from)
               : strcmp(format, "csv") == 0 ? ebb_figured_csv(&text, &from)
                                            : ebb_figured_terminal(&text, &from, &opts);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(ask->output, &text);
}

exit_status_t figures_run(const figures_ask_t *ask)
{
    figures_job_t job = {.ask = ask};
    exit_status_t status = want_figures(&job);
    status = status == EXIT_OK ? read_sets(&job) : status;
    status = status == EXIT_OK ? sample_open(&job.sample, ask->sample) : status;
    status = status == EXIT_OK ? compute(&job) : status;
    status = status == EXIT_OK ? write_figures(&job) : status;
    free(job.which);
    free(job.figures);
    free(job.found);
    free(job.sets);
    free(job.names);
    ebb_sample_free(&job.sample);
    return status;
}
