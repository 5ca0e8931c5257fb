/* SPDX-License-Identifier: MIT
 * Time of the engine per couple and step.
 *
 *     couple_days MODEL COUPLES DAYS STEP ENGINE [LANES]
 *
 * ENGINE is auto, interpreter, native, or the level of native code, such as x86-64-v3.
 * Prints ns of processor time per couple-step, random numbers and events included, or
 * "-" when this processor lacks the level. The outputs are those of the last day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ebb/run.h"

static double run_seconds(const ebb_model_t *model, const ebb_run_settings_t *settings,
                          uint64_t couples)
{
    ebb_simulation_t *run = NULL;
    ebb_error_t error = {0};
    ebb_run_job_t job = {.end = couples};
    clock_t begin = clock();
    if (ebb_run_new(&run, model, NULL, settings, &error) ||
        ebb_run_range(run, &job, &error)) {
        (void)fprintf(stderr, "%s\n", error.text);
        return -1;
    }
    ebb_run_free(run);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
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
    return true;
}

int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    FILE *file = argc >= 6 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        (void)fprintf(stderr,
                      "usage: couple_days MODEL COUPLES DAYS STEP ENGINE [LANES]\n");
        return 2;
    }
    ebb_model_text_t text = {.bytes = bytes, .label = argv[1]};
    text.size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    ebb_model_t *model = NULL;
    if (ebb_model_read(&model, &text, NULL, NULL)) {
        return 1;
    }
    uint64_t couples = strtoull(argv[2], NULL, 10);
    double days = strtod(argv[3], NULL), step = strtod(argv[4], NULL);
    ebb_run_settings_t settings = {.method = EBB_METHOD_HEUN,
                                   .length = days,
                                   .step = step,
                                   .times = &days,
                                   .time_count = 1,
                                   .seed = 1};
    settings.lanes = argc > 6 ? strtoull(argv[6], NULL, 10) : 0;
    double seconds = 0;
    if (!choose_engine(argv[5], &settings)) {
        (void)puts("-");
    } else {
        seconds = run_seconds(model, &settings, couples);
        (void)printf("%.2f\n", seconds * 1e9 / ((double)couples * days) * step);
    }
    ebb_model_free(model);
    return seconds < 0;
}
