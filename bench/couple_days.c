/* SPDX-License-Identifier: MIT
 * Time of the engine per couple and day of the model's time, random numbers and events
 * included.
 *
 *     couple_days MODEL COUPLES DAYS STEP ENGINE [THREADS]
 *
 * STEP is that of Heun's method; 0: no steps of one length but the method that suits
 * the model, at a tolerance of 1e-8, from starts that differ between couples. ENGINE is
 * auto, interpreter, native, or a level of native code, such as x86-64-v3. Prints ns of
 * processor time and ns by the clock, per couple-day, or "-" when this processor lacks
 * the level. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ebb/host.h"
#include "ebb/run.h"

enum { PIECE = 64 }; /* couples a thread takes at once */

typedef struct work {
    const ebb_simulation_t *run;
    uint64_t couples;
    int failed[1]; /* one for each piece */
} work_t;

static double clock_seconds(void)
{
    struct timespec now;
    (void)timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void run_piece(void *user, size_t piece)
{
    work_t *work = user;
    uint64_t begin = piece * PIECE, end = begin + PIECE;
    ebb_run_job_t job = {.begin = begin,
                         .end = end < work->couples ? end : work->couples};
    work->failed[piece] = ebb_run_range(work->run, &job, NULL) || job.failed;
}

/* Runs all couples; returns whether some failed. */
static int run_couples(const ebb_simulation_t *run, uint64_t couples, int threads)
{
    size_t pieces = (size_t)((couples + PIECE - 1) / PIECE);
    work_t *work = calloc(1, sizeof *work + pieces * sizeof *work->failed);
    int failed = work == NULL;
    if (work) {
        work->run = run;
        work->couples = couples;
        ebb_executor_t executor = ebb_host_executor(threads);
        executor.run(executor.user, pieces, run_piece, work);
    }
    for (size_t k = 0; work && k < pieces; k++) {
        failed |= work->failed[k];
    }
    free(work);
    return failed;
}

/* Starts of one couple; its type is that of a callback. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void vary(void *user, uint64_t couple, double *params, double *traits,
                 double *starts)
{
    size_t states = *(const size_t *)user;
    (void)params, (void)traits;
    for (size_t i = 0; i < states; i++) {
        starts[i] = 0.5 + 0.01 * (double)((couple * 13 + i * 5) % 100);
    }
}

/* Fills engine and level from a word; false when this processor lacks the level. */
static bool choose_engine(const char *word, ebb_run_settings_t *settings)
{
    const char *level = NULL;
    bool here = true;
    if (ebb_engine_of(word, &settings->engine)) {
        return true;
    }
    settings->engine = EBB_ENGINE_NATIVE;
    settings->level = word;
    for (size_t k = 0; (level = ebb_engine_level(k, &here)); k++) {
        if (strcmp(level, word) == 0) {
            return here;
        }
    }
    return true; /* and the run will say that there is no such level */
}

static ebb_model_t *read_model(const char *path)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    ebb_model_text_t text = {.bytes = bytes, .label = path};
    ebb_error_t error = {0};
    ebb_model_t *model = NULL;
    if (file) {
        text.size = fread(bytes, 1, sizeof bytes, file);
        (void)fclose(file);
    }
    if (ebb_model_read(&model, &text, NULL, &error)) {
        (void)fprintf(stderr, "%s: %s\n", path, error.text);
    }
    return model;
}

static int measure(const ebb_model_t *model, const ebb_run_settings_t *settings,
                   uint64_t couples, int threads)
{
    ebb_simulation_t *run = NULL;
    ebb_error_t error = {0};
    if (ebb_run_new(&run, model, NULL, settings, &error)) {
        (void)fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    clock_t cpu = clock();
    double wall = clock_seconds();
    int failed = run_couples(run, couples, threads);
    double each = 1e9 / ((double)couples * settings->length);
    (void)printf("%.2f %.2f\n", (double)(clock() - cpu) / CLOCKS_PER_SEC * each,
                 (clock_seconds() - wall) * each);
    ebb_run_free(run);
    return failed;
}

int main(int argc, char **argv)
{
    ebb_model_t *model = argc >= 6 ? read_model(argv[1]) : NULL;
    if (!model) {
        (void)fprintf(stderr, "usage: couple_days MODEL COUPLES DAYS STEP ENGINE "
                              "[THREADS]\n");
        return 2;
    }
    size_t states = ebb_model_info(model).states;
    double days = strtod(argv[3], NULL), step = strtod(argv[4], NULL);
    ebb_run_settings_t settings = {.method =
                                       step > 0 ? EBB_METHOD_HEUN : EBB_METHOD_AUTO,
                                   .length = days,
                                   .step = step,
                                   .tolerance = 1e-8,
                                   .times = &days,
                                   .time_count = 1,
                                   .seed = 1,
                                   .vary = step > 0 ? NULL : vary,
                                   .vary_user = &states};
    int failed = 0;
    if (choose_engine(argv[5], &settings)) {
        failed = measure(model, &settings, strtoull(argv[2], NULL, 10),
                         argc > 6 ? (int)strtol(argv[6], NULL, 10) : 1);
    } else {
        (void)puts("-");
    }
    ebb_model_free(model);
    return failed;
}
