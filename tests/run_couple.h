/* SPDX-License-Identifier: MIT
 * Runs of models in few lines, for tests: text or file, settings, numbers. */
#ifndef EBB_TESTS_RUN_COUPLE_H
#define EBB_TESTS_RUN_COUPLE_H

#include <stdlib.h>

#include "check.h"
#include "ebb/run.h"
#include "model_values.h"

/* A model of a text; says what is wrong with it. */
static inline ebb_model_t *model_of(const char *text)
{
    ebb_model_text_t source = {.bytes = text, .size = strlen(text), .label = "text"};
    ebb_model_t *model = NULL;
    ebb_error_t error = {0};
    if (ebb_model_read(&model, &source, NULL, &error)) {
        (void)fprintf(stderr, "%s\n%s\n", error.text, text);
    }
    CHECK(model != NULL);
    return model;
}

static inline ebb_scenario_t *scenario_of(const ebb_model_t *model, const char *text)
{
    ebb_model_text_t source = {.bytes = text, .size = strlen(text), .label = "text"};
    ebb_scenario_t *scenario = NULL;
    ebb_error_t error = {0};
    if (ebb_scenario_read(&scenario, model, &source, NULL, &error)) {
        (void)fprintf(stderr, "%s\n%s\n", error.text, text);
    }
    CHECK(scenario != NULL);
    return scenario;
}

/* What some couples write, to be freed; NULL when it cannot be run. */
static inline double *values_of(const ebb_model_t *model,
                                const ebb_scenario_t *scenario,
                                const ebb_run_settings_t *settings, uint64_t begin,
                                uint64_t end)
{
    ebb_simulation_t *run = NULL;
    ebb_error_t error = {0};
    int code = ebb_run_new(&run, model, scenario, settings, &error);
    if (code) {
        (void)fprintf(stderr, "%s\n", error.text);
        CHECK(code == EBB_OK);
        return NULL;
    }
    ebb_run_info_t info = ebb_run_info(run);
    size_t count = (size_t)(end - begin) * info.time_count * info.output_count;
    double *values = calloc(count + 1, sizeof *values);
    ebb_run_job_t job = {.begin = begin, .end = end, .values = values};
    code = ebb_run_range(run, &job, &error);
    CHECK(code == EBB_OK);
    if (job.failed) {
        (void)fprintf(stderr, "couple %d: %s\n", (int)job.first_failed, job.why);
    }
    CHECK(job.failed == 0);
    ebb_run_free(run);
    return values;
}

/* Why settings are refused, or "". The text lives until the next call. */
static inline const char *refusal_of(const ebb_model_t *model,
                                     const ebb_run_settings_t *settings)
{
    static ebb_error_t error;
    ebb_simulation_t *run = NULL;
    int code = ebb_run_new(&run, model, NULL, settings, &error);
    ebb_run_free(run);
    return code ? error.text : "";
}

/* Times 0, by, ... `count` of them; to be freed. */
static inline double *times_every(double by, size_t count)
{
    double *times = calloc(count, sizeof *times);
    for (size_t k = 0; times && k < count; k++) {
        times[k] = by * (double)k;
    }
    return times;
}

#endif
