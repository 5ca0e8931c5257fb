/* SPDX-License-Identifier: MIT
 * Couples in rounds: in each, every thread runs its stretch of the next couples into
 * totals and a text of its own; between rounds the texts are written in order. So the
 * output is that of one thread, and nothing grows with the number of couples. */
#include "ebb/ensemble.h"

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/host.h"

#define STRETCH_COUPLES 256 /* enough that starting a thread for them costs nothing */
#define STRETCH_BYTES (16u << 20)
#define NUMBER_BYTES 20 /* of a number as text, about */
#define ENSEMBLE_THREADS_MOST 64

/* One thread's part. */
typedef struct ebb_stretch {
    const ebb_simulation_t *run;
    ebb_ensemble_t *ensemble;
    ebb_run_job_t job;
    ebb_run_totals_t *totals;
    ebb_text_t text;
    int code;
    ebb_error_t error;
} ebb_stretch_t;

typedef struct ebb_crowd {
    ebb_ensemble_t *ensemble;
    size_t count;
    uint64_t couples; /* of a stretch */
    ebb_stretch_t *stretches;
} ebb_crowd_t;

static int stretch_record(void *user, uint64_t couple, const double *rows)
{
    ebb_stretch_t *stretch = user;
    const ebb_ensemble_t *ensemble = stretch->ensemble;
    ensemble->write(ensemble->write_user, &stretch->text, couple, rows);
    return stretch->text.failed;
}

static void stretch_run(void *arg, size_t index)
{
    ebb_stretch_t *stretch = &((ebb_stretch_t *)arg)[index];
    stretch->code = ebb_run_range(stretch->run, &stretch->job, &stretch->error);
}

/* How many couples a stretch holds: few, where each writes much. */
static uint64_t ensemble_stretch(const ebb_simulation_t *run,
                                 const ebb_ensemble_t *ensemble)
{
    ebb_run_info_t info = ebb_run_info(run);
    uint64_t bytes = (uint64_t)info.time_count * (info.output_count + 2) * NUMBER_BYTES;
    uint64_t fit = ensemble->write && bytes ? STRETCH_BYTES / bytes : STRETCH_COUPLES;
    return fit < 1 ? 1 : fit < STRETCH_COUPLES ? fit : STRETCH_COUPLES;
}

static size_t ensemble_threads(const ebb_ensemble_t *ensemble, uint64_t couples)
{
    uint64_t useful = (ensemble->couples + couples - 1) / couples;
    size_t threads = ensemble->threads < 1 ? 1 : (size_t)ensemble->threads;
    threads = threads < ENSEMBLE_THREADS_MOST ? threads : ENSEMBLE_THREADS_MOST;
    return useful < 1 ? 1 : useful < threads ? (size_t)useful : threads;
}

static int ensemble_open(ebb_crowd_t *crowd, const ebb_simulation_t *run,
                         ebb_error_t *error)
{
    ebb_ensemble_t *ensemble = crowd->ensemble;
    crowd->couples = ensemble_stretch(run, ensemble);
    crowd->count = ensemble_threads(ensemble, crowd->couples);
    crowd->stretches =
        ebb_new_array(ebb_alloc_default(), crowd->count, sizeof *crowd->stretches);
    if (!crowd->stretches) {
        return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for %zu threads",
                        crowd->count);
    }
    int code = EBB_OK;
    for (size_t i = 0; i < crowd->count && !code; i++) {
        ebb_stretch_t *stretch = &crowd->stretches[i];
        stretch->run = run;
        stretch->ensemble = ensemble;
        stretch->totals = ensemble->totals; /* the first needs none of its own */
        if (ensemble->totals && i > 0) {
            code =
                ebb_run_totals_new(&stretch->totals, run, ensemble->quantiles, error);
        }
    }
    return code;
}

static void ensemble_close(ebb_crowd_t *crowd)
{
    for (size_t i = 0; crowd->stretches && i < crowd->count; i++) {
        ebb_text_free(&crowd->stretches[i].text);
        if (i > 0) {
            ebb_run_totals_free(crowd->stretches[i].totals);
        }
    }
    ebb_free_array(ebb_alloc_default(), crowd->stretches, crowd->count,
                   sizeof *crowd->stretches);
}

/* Gives the couples from `first` to the stretches; returns how many have any. */
static size_t ensemble_share(ebb_crowd_t *crowd, uint64_t first)
{
    uint64_t all = crowd->ensemble->couples;
    size_t used = 0;
    while (used < crowd->count && first < all) {
        ebb_stretch_t *stretch = &crowd->stretches[used++];
        uint64_t left = all - first;
        uint64_t couples = left < crowd->couples ? left : crowd->couples;
        stretch->job = (ebb_run_job_t){
            .begin = first,
            .end = first + couples,
            .totals = stretch->totals,
            .record = crowd->ensemble->write ? stretch_record : NULL,
            .record_user = stretch,
            .lasting_only = crowd->ensemble->lasting_only,
        };
        stretch->text.length = 0;
        first += couples;
    }
    return used;
}

static void ensemble_count_failed(ebb_ensemble_t *ensemble, const ebb_run_job_t *job)
{
    if (job->failed && ensemble->failed == 0) {
        ensemble->first_failed = job->first_failed;
        ensemble->why = job->why;
    }
    ensemble->failed += job->failed;
}

/* What a stretch found and wrote goes where it belongs. */
static int ensemble_deliver(ebb_ensemble_t *ensemble, const ebb_stretch_t *stretch,
                            ebb_error_t *error)
{
    if (stretch->code) {
        return ebb_fail(error, stretch->code, "%s", stretch->error.text);
    }
    ensemble_count_failed(ensemble, &stretch->job);
    int code = stretch->text.length && ensemble->sink
                   ? ensemble->sink->write(ensemble->sink->user, stretch->text.data,
                                           stretch->text.length)
                   : EBB_OK;
    return code ? ebb_fail(error, code, "%s", ebb_strerror(code)) : EBB_OK;
}

/* One stretch for each thread, from couple *first, which moves behind them. */
static int ensemble_round(ebb_crowd_t *crowd, uint64_t *first, ebb_error_t *error)
{
    ebb_ensemble_t *ensemble = crowd->ensemble;
    size_t used = ensemble_share(crowd, *first);
    ebb_executor_t executor = ebb_host_executor((int)used);
    executor.run(executor.user, used, stretch_run, crowd->stretches);
    for (size_t i = 0; i < used; i++) {
        int code = ensemble_deliver(ensemble, &crowd->stretches[i], error);
        if (code) {
            return code;
        }
        *first = crowd->stretches[i].job.end;
    }
    bool stop = ensemble->progress &&
                ensemble->progress(ensemble->progress_user, *first, ensemble->couples);
    return stop ? ebb_fail(error, EBB_ERR_CANCELLED, "cancelled") : EBB_OK;
}

static int ensemble_merge(ebb_crowd_t *crowd, ebb_error_t *error)
{
    for (size_t i = 1; crowd->ensemble->totals && i < crowd->count; i++) {
        int code =
            ebb_run_totals_merge(crowd->ensemble->totals, crowd->stretches[i].totals);
        if (code) {
            return ebb_fail(error, code, "`quantiles` is not as the totals have it");
        }
    }
    return EBB_OK;
}

int ebb_ensemble_run(const ebb_simulation_t *run, ebb_ensemble_t *ensemble,
                     ebb_error_t *error)
{
    ensemble->failed = ensemble->first_failed = 0;
    ensemble->why = NULL;
    if (ensemble->couples > (uint64_t)1 << 32) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%llu couples; there may be 2^32 at most",
                        (unsigned long long)ensemble->couples);
    }
    ebb_crowd_t crowd = {.ensemble = ensemble};
    int code = ensemble_open(&crowd, run, error);
    for (uint64_t first = 0; first < ensemble->couples && !code;) {
        code = ensemble_round(&crowd, &first, error);
    }
    code = code ? code : ensemble_merge(&crowd, error);
    ensemble_close(&crowd);
    return code;
}
