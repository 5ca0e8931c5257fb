/* SPDX-License-Identifier: MIT
 * Shards over threads: each worker takes the next number until none is left, and adds
 * what it gets to a sum of its own; the sums are added at the end. */
#define _GNU_SOURCE
#include "host/shards.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/host.h"

#define SHARDS_WORKERS_MOST 64

/* One worker's part. */
typedef struct shards_worker {
    uint64_t *sum, *one; /* of all its shards, and of the one that is run */
    uint64_t found;
    int code;
    ebb_error_t error;
} shards_worker_t;

typedef struct shards_job {
    ebb_shards_t *shards;
    uint64_t first, step, all; /* numbers of the shards that are run; how many */
    size_t count;
    shards_worker_t *workers;
    atomic_uint_fast64_t next; /* of the shards that are run */
    atomic_bool stop;
    pthread_mutex_t telling; /* guards what follows, and calls of progress */
    uint64_t done;
} shards_job_t;

static int shards_one(shards_job_t *job, size_t index, uint64_t shard)
{
    const ebb_shards_t *shards = job->shards;
    shards_worker_t *worker = &job->workers[index];
    bool found = false;
    int code = EBB_OK;
    if (shards->folder) {
        code = ebb_shard_read(shards, shard, worker->one, &found, &worker->error);
    }
    if (!found && !code) {
        memset(worker->one, 0, shards->numbers * sizeof *worker->one);
        code = shards->run(shards->user, index, shard, worker->one, &worker->error);
        if (shards->folder && !code) {
            code = ebb_shard_write(shards, shard, worker->one, &worker->error);
        }
    }
    worker->found += found;
    if (shards->rows && !code) {
        memcpy(shards->rows + shard * shards->numbers, worker->one,
               shards->numbers * sizeof *worker->one);
    }
    for (size_t k = 0; k < shards->numbers && !code; k++) {
        worker->sum[k] += worker->one[k];
    }
    return code;
}

/* Whether to go on. */
static bool shards_tell(shards_job_t *job)
{
    const ebb_shards_t *shards = job->shards;
    (void)pthread_mutex_lock(&job->telling);
    job->done++;
    bool cancel = shards->progress &&
                  shards->progress(shards->progress_user, job->done, job->all);
    (void)pthread_mutex_unlock(&job->telling);
    return !cancel;
}

static void shards_work(void *arg, size_t index)
{
    shards_job_t *job = arg;
    shards_worker_t *worker = &job->workers[index];
    while (!atomic_load(&job->stop)) {
        uint64_t next = atomic_fetch_add(&job->next, 1);
        if (next >= job->all) {
            return;
        }
        next = job->shards->backwards ? job->all - 1 - next : next;
        worker->code = shards_one(job, index, job->first + next * job->step);
        if (!worker->code && !shards_tell(job)) {
            worker->code = ebb_fail(&worker->error, EBB_ERR_CANCELLED, "cancelled");
        }
        if (worker->code) {
            atomic_store(&job->stop, true);
        }
    }
}

static int shards_open(shards_job_t *job, ebb_error_t *error)
{
    const ebb_shards_t *shards = job->shards;
    if (shards->workers < 1 || shards->workers > SHARDS_WORKERS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%zu workers; there may be 1 to %d",
                        shards->workers, SHARDS_WORKERS_MOST);
    }
    if (shards->parts && shards->part >= shards->parts) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "part %llu of %llu",
                        (unsigned long long)shards->part,
                        (unsigned long long)shards->parts);
    }
    job->first = shards->parts ? shards->part : 0;
    job->step = shards->parts ? shards->parts : 1;
    job->all = job->first < shards->count
                   ? (shards->count - job->first + job->step - 1) / job->step
                   : 0;
    job->count = shards->workers;
    job->workers = ebb_new_array(ebb_alloc_default(), job->count, sizeof *job->workers);
    bool whole = job->workers != NULL;
    for (size_t k = 0; k < job->count && whole; k++) {
        shards_worker_t *worker = &job->workers[k];
        worker->sum =
            ebb_new_array(ebb_alloc_default(), shards->numbers, sizeof(uint64_t));
        worker->one =
            ebb_new_array(ebb_alloc_default(), shards->numbers, sizeof(uint64_t));
        whole = worker->sum && worker->one;
    }
    return whole ? EBB_OK : ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
}

static void shards_close(shards_job_t *job)
{
    size_t numbers = job->shards->numbers;
    for (size_t k = 0; job->workers && k < job->count; k++) {
        ebb_free_array(ebb_alloc_default(), job->workers[k].sum, numbers,
                       sizeof(uint64_t));
        ebb_free_array(ebb_alloc_default(), job->workers[k].one, numbers,
                       sizeof(uint64_t));
    }
    ebb_free_array(ebb_alloc_default(), job->workers, job->count, sizeof *job->workers);
}

/* The first worker's error that is one; else everything is added up. */
static int shards_join(shards_job_t *job, ebb_error_t *error)
{
    ebb_shards_t *shards = job->shards;
    for (size_t k = 0; k < job->count; k++) {
        if (job->workers[k].code) {
            if (error) {
                *error = job->workers[k].error;
            }
            return job->workers[k].code;
        }
    }
    for (size_t k = 0; k < job->count; k++) {
        shards->found += job->workers[k].found;
        for (size_t i = 0; i < shards->numbers && shards->sum; i++) {
            shards->sum[i] += job->workers[k].sum[i];
        }
    }
    return EBB_OK;
}

int ebb_shards_run(ebb_shards_t *shards, ebb_error_t *error)
{
    shards_job_t job = {.shards = shards};
    shards->found = 0;
    int code = shards->folder ? ebb_shard_folder(shards, error) : EBB_OK;
    code = code ? code : shards_open(&job, error);
    if (!code) {
        ebb_executor_t executor = ebb_host_executor((int)job.count);
        atomic_init(&job.next, 0);
        atomic_init(&job.stop, false);
        (void)pthread_mutex_init(&job.telling, NULL);
        executor.run(executor.user, job.count, shards_work, &job);
        (void)pthread_mutex_destroy(&job.telling);
        code = shards_join(&job, error);
    }
    shards_close(&job);
    return code;
}
