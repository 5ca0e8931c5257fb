/* SPDX-License-Identifier: MIT
 * The executor over threads: a shared counter hands out indices, the caller takes part.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

#include "ebb/host.h"

#define THREADS_MAX 64

typedef struct ebb_crew {
    atomic_size_t next;
    size_t n;
    void (*task)(void *arg, size_t i);
    void *arg;
} ebb_crew_t;

static void *work(void *user)
{
    ebb_crew_t *crew = user;
    for (;;) {
        size_t i = atomic_fetch_add(&crew->next, 1);
        if (i >= crew->n) {
            return NULL;
        }
        crew->task(crew->arg, i);
    }
}

static void run_threads(void *user, size_t n, void (*task)(void *arg, size_t i),
                        void *arg)
{
    size_t threads = (size_t)(intptr_t)user;
    ebb_crew_t crew = {.n = n, .task = task, .arg = arg};
    atomic_init(&crew.next, 0);
    pthread_t ids[THREADS_MAX];
    size_t started = 0;
    while (started + 1 < threads && started + 1 < n &&
           pthread_create(&ids[started], NULL, work, &crew) == 0) {
        started++;
    }
    work(&crew);
    for (size_t i = 0; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
}

int ebb_host_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set)) {
        return 1;
    }
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : count;
}

ebb_executor_t ebb_host_executor(int threads)
{
    int bounded = threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
    return (ebb_executor_t){run_threads, (void *)(intptr_t)bounded};
}
