/* SPDX-License-Identifier: MIT
 * Time of the interpreter per couple and day of the model's time.
 *
 *     couple_days MODEL COUPLES DAYS STEP
 *
 * Prints ns of processor time per couple-day and per couple-step, random numbers and
 * events included. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ebb/run.h"

static double run_seconds(const ebb_model_t *model, uint64_t couples, double days,
                          double step)
{
    ebb_run_settings_t settings = {
        .length = days, .step = step, .times = &days, .time_count = 1, .seed = 1};
    ebb_simulation_t *run = NULL;
    ebb_run_job_t job = {.end = couples};
    clock_t begin = clock();
    if (ebb_run_new(&run, model, NULL, &settings, NULL) ||
        ebb_run_range(run, &job, NULL)) {
        return -1;
    }
    ebb_run_free(run);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

int main(int argc, char **argv)
{
    static char bytes[1 << 20];
    FILE *file = argc == 5 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        (void)fprintf(stderr, "usage: couple_days MODEL COUPLES DAYS STEP\n");
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
    double seconds = run_seconds(model, couples, days, step);
    double each = seconds * 1e9 / ((double)couples * days);
    (void)printf(
        "%llu couples, %g days: %.3f s, %.1f ns a couple-day, %.1f ns a step\n",
        (unsigned long long)couples, days, seconds, each, each * step);
    ebb_model_free(model);
    return seconds < 0;
}
