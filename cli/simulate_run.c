/* SPDX-License-Identifier: MIT
 * Running what was asked for, and writing it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "couple_page.h"
#include "ebb/ensemble.h"
#include "messages.h"
#include "output.h"
#include "progress.h"
#include "screen.h"
#include "simulate_job.h"
#include "talk.h"

#define USUAL_STEP 0.05 /* of ebb_run_settings_t */
#define MANY_STEPS 1e8  /* of all couples: from here on it is told before it begins */
#define MOST_CELLS \
    20000 /* times x quantities x threads of which quantiles are kept, 12.3 kB each */

static exit_status_t make_totals(const simulation_t *s, simulate_arm_t *arm,
                                 bool quantiles)
{
    ebb_error_t error = {0};
    size_t cells = s->settings.time_count * s->settings.output_count;
    if (quantiles && cells > MOST_CELLS) {
        return usage_error(s->self,
                           "%zu times of %zu quantities are too many to sum up; a "
                           "longer --every or fewer --only help, or --format csv",
                           s->settings.time_count, s->settings.output_count);
    }
    int code = ebb_run_totals_new(&arm->totals, arm->run, quantiles, &error);
    return code ? talk_error(&error) : EXIT_OK;
}

/* --- running ---------------------------------------------------------------------- */

static void keep_failed(simulate_arm_t *arm, uint64_t failed, uint64_t first,
                        const char *why)
{
    arm->result.failed = failed;
    arm->result.first_failed = first;
    arm->result.why = why;
}

static exit_status_t run_one(const simulation_t *s, simulate_arm_t *arm)
{
    ebb_error_t error = {0};
    size_t cells = s->settings.time_count * s->settings.output_count;
    arm->rows = calloc(cells + 1, sizeof *arm->rows);
    exit_status_t status = arm->rows ? make_totals(s, arm, false) : talk_no_memory();
    if (status != EXIT_OK) {
        return status;
    }
    ebb_run_job_t job = {.end = 1, .values = arm->rows, .totals = arm->totals};
    if (ebb_run_range(arm->run, &job, &error)) {
        return talk_error(&error);
    }
    keep_failed(arm, job.failed, job.first_failed, job.why);
    return EXIT_OK;
}

static int compare_couple(void *user, uint64_t couple, const double *rows)
{
    ebb_contrast_take(user, NULL, couple, rows);
    return 0;
}

/* The one couple's rows while it lasts, for what compares the arms. */
static exit_status_t compare_one(simulate_arm_t *arm)
{
    ebb_error_t error = {0};
    ebb_run_job_t job = {.end = 1,
                         .record = compare_couple,
                         .record_user = &arm->contrasts,
                         .lasting_only = true};
    bool compares = arm->contrasts.contrast != NULL;
    return compares && ebb_run_range(arm->run, &job, &error) ? talk_error(&error)
                                                             : EXIT_OK;
}

/* Each thread has totals of its own: so many that all of them stay within the cap. */
static int threads_of(const simulation_t *s, bool quantiles)
{
    int wanted = s->values->threads ? s->values->threads : ebb_host_processors();
    size_t cells = s->settings.time_count * s->settings.output_count;
    size_t fit = quantiles && cells ? MOST_CELLS / cells : SIMULATE_THREADS_MOST;
    fit = fit ? fit : 1;
    return (size_t)wanted < fit ? wanted : (int)fit;
}

static int run_ensemble(const simulation_t *s, simulate_arm_t *arm,
                        ebb_ensemble_t *ensemble, ebb_error_t *error)
{
    progress_t progress = progress_begin("running");
    ensemble->couples = arm->result.couples;
    ensemble->threads = threads_of(s, ensemble->quantiles);
    ensemble->totals = arm->totals;
    ensemble->progress = progress_update;
    ensemble->progress_user = &progress;
    int code = ebb_ensemble_run(arm->run, ensemble, error);
    progress_end(&progress);
    keep_failed(arm, ensemble->failed, ensemble->first_failed, ensemble->why);
    return code;
}

static exit_status_t run_many(const simulation_t *s, simulate_arm_t *arm)
{
    ebb_error_t error = {0};
    exit_status_t status = make_totals(s, arm, true);
    if (status == EXIT_OK) {
        ebb_ensemble_t ensemble = {
            .quantiles = true,
            .write = arm->contrasts.contrast ? ebb_contrast_take : NULL,
            .write_user = &arm->contrasts,
            .lasting_only = arm->contrasts.contrast != NULL,
        };
        status = run_ensemble(s, arm, &ensemble, &error) ? talk_error(&error) : EXIT_OK;
    }
    return status;
}

/* Runs the couples of an arm, whose numbers are then in its result. */
static exit_status_t run_arm(const simulation_t *s, simulate_arm_t *arm)
{
    bool one = arm->result.couples == 1;
    exit_status_t status = one ? run_one(s, arm) : run_many(s, arm);
    status = status == EXIT_OK && one ? compare_one(arm) : status;
    arm->result.values = arm->rows;
    arm->result.totals = arm->totals;
    return status;
}

/* --- results ---------------------------------------------------------------------- */

static ebb_picture_opts_t picture_opts(const simulate_values_t *values)
{
    bool to_stdout = !values->output || strcmp(values->output, "-") == 0;
    bool colour = to_stdout && screen_has_colour(STDOUT_FILENO);
    return (ebb_picture_opts_t){
        .width = values->width ? values->width
                 : to_stdout   ? screen_width(STDOUT_FILENO)
                               : 0,
        .colour = colour,
        .fine = colour && screen_has_utf8(),
        .chosen = values->only != NULL,
    };
}

static exit_status_t write_result(const simulation_t *s)
{
    ebb_text_t text = {0};
    ebb_picture_opts_t opts = picture_opts(s->values);
    int code = simulate_wants(s->values, "json")
                   ? ebb_simulate_json(&text, &s->arms[0].result)
                   : ebb_simulate_terminal(&text, &s->arms[0].result, &opts);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(s->values->output, &text);
}

static void write_couple(void *user, ebb_text_t *out, uint64_t couple,
                         const double *rows)
{
    ebb_simulate_csv_couple(out, user, couple, rows);
}

static int write_head(const simulation_t *s, const ebb_sink_t *sink)
{
    ebb_text_t head = {0};
    ebb_simulate_csv_head(&head, s->model, &s->settings);
    int code =
        head.failed ? head.failed : sink->write(sink->user, head.data, head.length);
    ebb_text_free(&head);
    return code;
}

/* Runs and writes at once, so that nothing grows with the number of couples. */
static exit_status_t run_table(simulation_t *s)
{
    ebb_error_t error = {0};
    output_t output;
    simulate_arm_t *arm = &s->arms[0];
    exit_status_t status = arm->scenario ? make_totals(s, arm, false) : EXIT_OK;
    if (status != EXIT_OK) {
        return status;
    }
    if (output_open(&output, s->values->output, &error)) {
        return talk_error(&error);
    }
    ebb_sink_t sink = output_sink(&output);
    ebb_ensemble_t ensemble = {
        .write = write_couple, .write_user = &s->settings, .sink = &sink};
    int code = write_head(s, &sink);
    code = code ? code : run_ensemble(s, arm, &ensemble, &error);
    return output_close(&output, code, &error);
}

/* What a reader of a table or a document should hear at once. */
static void tell_failed(const simulate_arm_t *arm)
{
    const ebb_simulated_t *r = &arm->result;
    if (r->failed && r->couples == 1) {
        talk("ebb: the couple could not be run to the end: %s\n", r->why);
    } else if (r->failed) {
        talk("ebb: %" PRIu64 " of %" PRIu64 " couples could not be run to the end, the "
             "first is couple %" PRIu64 ": %s\n",
             r->failed, r->couples, r->first_failed, r->why);
    }
}

/* Counts the expectations that do not hold, and tells them if wanted. */
static size_t broken_expectations(const simulate_arm_t *arm, bool tell)
{
    size_t broken = 0;
    ebb_run_verdict_t verdict;
    for (size_t i = 0; arm->totals && !ebb_run_verdict(arm->totals, i, &verdict); i++) {
        if (!verdict.holds) {
            broken++;
            if (tell) {
                talk("ebb: not held: %s%s%s\n", verdict.code, *verdict.text ? ": " : "",
                     verdict.text);
            }
        }
    }
    return broken;
}

/* Steps of one length are known beforehand: says that many of them take their time. */
static void tell_long(const simulation_t *s)
{
    const simulate_arm_t *arm = &s->arms[0];
    ebb_run_info_t info = ebb_run_info(arm->run);
    bool fixed = info.method == EBB_METHOD_EULER || info.method == EBB_METHOD_HEUN;
    double step = s->values->step > 0 ? s->values->step : USUAL_STEP;
    double steps = info.length / (fixed ? step : 1) * (double)arm->result.couples;
    if ((fixed || info.method == EBB_METHOD_MAP) && steps > MANY_STEPS &&
        screen_is_terminal(STDERR_FILENO)) {
        talk("ebb: %.2g steps; this takes a while, and Ctrl-C ends it\n", steps);
    }
}

/* The messages of one of the couples. */
static exit_status_t write_messages(const simulation_t *s)
{
    const simulate_values_t *v = s->values;
    uint64_t couples = s->arms[0].result.couples;
    if (v->couple >= couples) {
        return usage_error(s->self,
                           "--couple %" PRIu64 " is not one of %" PRIu64
                           "; they count from 0, and --couples says how many",
                           v->couple, couples);
    }
    const messages_wish_t wish = {
        .self = s->self,
        .model = s->model,
        .settings = &s->settings,
        .opts = {.scenario = s->arms[0].scenario,
                 .couple = v->couple,
                 .begin = v->begin},
        .path = v->messages,
    };
    return messages_write(&wish);
}

/* Whether messages take the place of the result on standard output. */
static bool messages_alone(const simulate_values_t *v)
{
    return v->messages && strcmp(v->messages, "-") == 0 && !v->output;
}

/* --- the whole -------------------------------------------------------------------- */

static exit_status_t write_page(const simulation_t *s)
{
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    const ebb_simulate_page_t page = {
        .from = &s->arms[0].result,
        .scenario = s->arms[0].scenario,
        .scenario_with = s->arms[1].scenario,
        .shown = shown,
        .shown_count =
            page_shown(s->model, &s->settings, s->values->only != NULL, shown),
    };
    return page_write(s->values->html, &page);
}

/* Whether the result goes out: not where messages or the page have its place. */
static bool writes_result(const simulate_values_t *v)
{
    return v->output || !(messages_alone(v) || (v->html && strcmp(v->html, "-") == 0));
}

/* Runs what there is, one arm or two, and writes it all. */
static exit_status_t run_arms(simulation_t *s)
{
    exit_status_t status = EXIT_OK;
    for (size_t k = 0; k < s->arm_count && status == EXIT_OK; k++) {
        status = run_arm(s, &s->arms[k]);
    }
    if (status != EXIT_OK) {
        return status;
    }
    status = writes_result(s->values) ? write_result(s) : EXIT_OK;
    if (s->values->html) { /* also when the result failed: its place may be another */
        exit_status_t page_status = write_page(s);
        status = status == EXIT_OK ? page_status : status;
    }
    return status;
}

exit_status_t simulate_run(simulation_t *s)
{
    const simulate_values_t *v = s->values;
    simulate_arm_t *arm = &s->arms[0];
    tell_long(s);
    if (v->messages) {
        exit_status_t written = write_messages(s);
        if (written != EXIT_OK || (messages_alone(v) && !v->html)) {
            return written;
        }
    }
    bool table = simulate_wants(v, "csv");
    exit_status_t status = table ? run_table(s) : run_arms(s);
    bool tell =
        status == EXIT_OK && !simulate_wants(v, "text"); /* the picture says it */
    if (tell) {
        tell_failed(arm);
    }
    bool held = broken_expectations(arm, tell) == 0 && arm->result.failed == 0;
    return status == EXIT_OK && !held ? EXIT_FAILED : status;
}
