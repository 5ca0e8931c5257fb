/* SPDX-License-Identifier: MIT
 * Runs of models that stand in the program, with what they write taken out. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

static void engine_die(const char *what, const char *text)
{
    (void)fprintf(stderr, "verify_engine: %s\n%s\n", what, text);
    exit(1);
}

typedef struct engine_run {
    ebb_model_t *model;
    ebb_scenario_t *scenario;
    ebb_simulation_t *run;
    ebb_run_output_t output;
} engine_run_t;

static void run_read(engine_run_t *r, const char *text, const char *output)
{
    ebb_model_text_t source = {.bytes = text, .size = strlen(text)};
    ebb_error_t error = {0};
    bool led = strstr(text, "\nscenario ") != NULL;
    if (ebb_model_read(&r->model, &source, NULL, &error) ||
        (led && ebb_scenario_read(&r->scenario, r->model, &source, NULL, &error)) ||
        ebb_model_find(r->model, output, &r->output.kind, &r->output.index, &error)) {
        engine_die(error.text, text);
    }
}

static void run_close(engine_run_t *r)
{
    ebb_run_free(r->run);
    ebb_scenario_free(r->scenario);
    ebb_model_free(r->model);
}

static double *run_values(const engine_report_t *report, const engine_case_t *given,
                          const char *output, ebb_run_settings_t *s, uint64_t couples)
{
    engine_run_t r = {0};
    ebb_error_t error = {0};
    run_read(&r, given->text, output);
    s->method = given->method;
    s->length = given->length;
    s->step = given->step;
    s->tolerance = given->tolerance;
    s->tolerance_absolute = given->tolerance_absolute;
    s->outputs = &r.output;
    s->output_count = 1;
    s->seed = report->seed * 1000003 + report->runs;
    double *values = calloc((size_t)couples * s->time_count, sizeof *values);
    ebb_run_job_t job = {.end = couples, .values = values};
    if (!values || ebb_run_new(&r.run, r.model, r.scenario, s, &error) ||
        ebb_run_range(r.run, &job, &error)) {
        engine_die(error.text, given->text);
    }
    if (job.failed) {
        engine_die(job.why, given->text);
    }
    run_close(&r);
    return values;
}

double *engine_sample(engine_report_t *report, const engine_case_t *given,
                      const char *output, uint64_t couples, bool fresh)
{
    report->runs += fresh;
    ebb_run_settings_t s = {.times = &given->length, .time_count = 1};
    return run_values(report, given, output, &s, couples);
}

double *engine_course(engine_report_t *report, const engine_case_t *given,
                      const char *output, const double *times, size_t count)
{
    ebb_run_settings_t s = {.times = times, .time_count = count};
    return run_values(report, given, output, &s, 1);
}
