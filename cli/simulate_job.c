/* SPDX-License-Identifier: MIT
 * From the command line to a run. */
#include "simulate_job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "couple_page.h"
#include "gate.h"
#include "talk.h"

#define USUAL_LENGTH 100.0
#define USUAL_TIMES 200 /* or somewhat fewer: the next round interval */
#define MOST_TIMES 1000000

bool simulate_wants(const simulate_values_t *values, const char *format)
{
    return strcmp(values->format ? values->format : "text", format) == 0;
}

/* --- model and scenario ----------------------------------------------------------- */

/* The text of the model that was named, or of the one that the scenario uses. */
static exit_status_t open_model(simulation_t *s, const string_list_t *operands)
{
    if (operands->count) {
        return source_open(&s->source, operands->items[0]);
    }
    exit_status_t status = source_open_scenario(&s->told, s->values->scenario);
    return status == EXIT_OK ? source_open_used(&s->source, &s->told) : status;
}

/* The scenario that was asked for, with further orders, or NULL. */
static exit_status_t read_scenario(const simulation_t *s, const char *orders,
                                   ebb_scenario_t **scenario)
{
    bool led = s->told.text.bytes != NULL; /* from the scenario to the model */
    source_t from = led ? s->told : s->source;
    from.orders = orders;
    return led ? load_scenario_of(scenario, s->model, &from, from.text.scenario)
               : load_scenario(scenario, s->model, &from, s->values->scenario);
}

static exit_status_t read_model(simulation_t *s, const string_list_t *operands)
{
    exit_status_t status = open_model(s, operands);
    if (status == EXIT_OK) {
        status = load_model(&s->model, &s->source);
    }
    if (status == EXIT_OK && s->values->scenario) {
        status = read_scenario(s, NULL, &s->arms[0].scenario);
    }
    if (s->arms[0].scenario) {
        s->arms[0].info = ebb_scenario_info(s->arms[0].scenario);
    }
    return status;
}

/* Asked before anything is run: see ebb/safety.h. */
static int ask_gate(const simulation_t *s, const simulate_arm_t *arm)
{
    const simulate_values_t *v = s->values;
    bool declared = arm == s->arms && arm->info.facts; /* and not by --with */
    gate_question_t question = {
        .facts = arm->info.facts,
        .scenario = declared ? arm->info.name : NULL,
        .format = v->format,
        .output = v->output,
        .html = v->html,
        .width = v->width,
    };
    exit_status_t status = gate_read_facts(s->self, &v->facts, &question.facts);
    return status == EXIT_OK ? gate_ask(&question) : status;
}

static exit_status_t read_numbers(simulation_t *s)
{
    const simulate_values_t *v = s->values;
    const struct {
        assign_option_t option;
        const string_list_t *arguments;
    } all[] = {
        {{s->self, "set", NULL, ASSIGN_SET, true}, &v->set},
        {{s->self, "a", "a", ASSIGN_SET, true}, &v->a},
        {{s->self, "b", "b", ASSIGN_SET, true}, &v->b},
        {{s->self, "start", NULL, ASSIGN_START, true}, &v->start},
    };
    exit_status_t status = assign_open(&s->assigned, s->model);
    for (size_t i = 0; i < sizeof all / sizeof *all && status == EXIT_OK; i++) {
        status = assign_all(&s->assigned, s->model, &all[i].option, all[i].arguments);
    }
    return status == EXIT_OK ? choose_outputs(&s->chosen, s->model, s->self, v->only)
                             : status;
}

/* 1, 2 or 5 times a power of ten, so that there are at most USUAL_TIMES of it. */
static double usual_interval(double length, bool steps)
{
    double least = length / USUAL_TIMES;
    double power = pow(10, floor(log10(least))), interval = 10 * power;
    for (int k = 0; k < 3; k++) {
        double round = power * (k == 0 ? 1 : k == 1 ? 2 : 5);
        if (round >= least * (1 - 1e-9)) {
            interval = round;
            break;
        }
    }
    return steps && interval < 1 ? 1 : interval;
}

/* k intervals; tenths and the like as near as they can be to their decimals. */
static double time_at(double interval, size_t k)
{
    double parts = round(1 / interval);
    bool whole_part = fabs(parts * interval - 1) < 1e-12;
    return whole_part ? (double)k / parts : (double)k * interval;
}

/* From 0 by the interval to the end, which is always there. */
static exit_status_t make_times(simulation_t *s)
{
    double every = s->values->every > 0
                       ? s->values->every
                       : usual_interval(s->length, ebb_model_info(s->model).steps);
    if (!(s->length / every < MOST_TIMES)) {
        return usage_error(s->self, "--every %g is more than a million times in %g %s",
                           every, s->length, ebb_model_info(s->model).time_unit);
    }
    size_t room = (size_t)(s->length / every) + 3, count = 0;
    s->times = calloc(room, sizeof *s->times);
    if (!s->times) {
        return talk_no_memory();
    }
    while (count < room - 1 && time_at(every, count) < s->length * (1 - 1e-12)) {
        s->times[count] = time_at(every, count);
        count++;
    }
    s->times[count++] = s->length;
    s->settings.times = s->times;
    s->settings.time_count = count;
    return EXIT_OK;
}

static void make_settings(simulation_t *s)
{
    const simulate_values_t *v = s->values;
    ebb_run_settings_t *settings = &s->settings;
    (void)ebb_method_of(v->method ? v->method : "auto", &settings->method);
    (void)ebb_engine_of(v->engine ? v->engine : "auto", &settings->engine);
    s->length = v->length > 0                ? v->length
                : s->arms[0].info.length > 0 ? s->arms[0].info.length
                                             : USUAL_LENGTH;
    settings->length = s->length;
    settings->step = v->step;
    settings->tolerance = v->tolerance;
    settings->seed = v->seed;
    settings->outputs = s->chosen.items;
    settings->output_count = s->chosen.count;
    settings->params = s->assigned.params;
    settings->traits = s->assigned.traits;
    settings->inputs = s->assigned.inputs;
    settings->spreads = s->assigned.spreads;
    settings->spread_count = s->assigned.spread_count;
    settings->starts = s->assigned.starts;
}

/* The arm's run and what it will be shown as. */
static exit_status_t make_arm(const simulation_t *s, simulate_arm_t *arm)
{
    ebb_error_t error = {0};
    int code = ebb_run_new(&arm->run, s->model, arm->scenario, &s->settings, &error);
    if (code == EBB_ERR_ARGUMENT) {
        return usage_error(s->self, "%s", error.text);
    }
    arm->result = (ebb_simulated_t){
        .model = s->model,
        .run = arm->run,
        .scenario = arm->scenario ? &arm->info : NULL,
        .settings = &s->settings,
        .couples = s->values->couples ? s->values->couples : 1,
    };
    return code ? talk_error(&error) : EXIT_OK;
}

static exit_status_t make_run(simulation_t *s)
{
    make_settings(s);
    exit_status_t status = make_times(s);
    s->arm_count = 1;
    return status == EXIT_OK ? make_arm(s, &s->arms[0]) : status;
}

/* --- a second arm ----------------------------------------------------------------- */

/* Where no scenario was asked for, one of nothing else than the orders. */
static exit_status_t read_bare(const simulation_t *s, const char *orders,
                               ebb_scenario_t **scenario)
{
    char bare[256];
    (void)snprintf(bare, sizeof bare, "scenario none uses %s\nrun %.17g\n",
                   ebb_model_info(s->model).name, s->length);
    const source_t source = {
        .text = {.bytes = bare, .size = strlen(bare), .label = "--with"},
        .orders = orders,
    };
    return load_scenario_of(scenario, s->model, &source, NULL);
}

static exit_status_t read_with(const simulation_t *s, simulate_arm_t *arm)
{
    ebb_text_t orders = {0};
    for (size_t k = 0; k < s->values->with.count; k++) {
        ebb_text_printf(&orders, "%s\n", s->values->with.items[k]);
    }
    exit_status_t status = orders.failed ? talk_no_memory()
                           : s->values->scenario
                               ? read_scenario(s, orders.data, &arm->scenario)
                               : read_bare(s, orders.data, &arm->scenario);
    ebb_text_free(&orders);
    if (status == EXIT_OK) {
        arm->info = ebb_scenario_info(arm->scenario);
    }
    return status;
}

/* What is compared of both arms. */
static exit_status_t make_contrast(simulation_t *s)
{
    simulate_arm_t *arms = s->arms;
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    size_t count = page_shown(s->model, &s->settings, s->values->only != NULL, shown);
    s->with = (ebb_simulated_with_t){
        .arm = &arms[1].result,
        .orders = (const char *const *)s->values->with.items,
        .order_count = s->values->with.count,
        .compared = s->compared,
        .compared_count = page_places(&s->settings, shown, count, s->compared),
    };
    arms[0].result.with = &s->with;
    exit_status_t status =
        page_contrast(&arms[0].contrasts.contrast, s->self, &arms[0].result, &s->with);
    arms[1].contrasts = (ebb_contrast_arm_t){arms[0].contrasts.contrast, 1};
    return status;
}

/* The orders may declare facts, which are asked for like those of a scenario. */
static int make_with(simulation_t *s)
{
    simulate_arm_t *arm = &s->arms[1];
    exit_status_t status = read_with(s, arm);
    int answer = status == EXIT_OK ? ask_gate(s, arm) : status;
    if (answer != OPTIONS_READ) {
        return answer;
    }
    s->arm_count = 2;
    status = make_arm(s, arm);
    status = status == EXIT_OK ? make_contrast(s) : status;
    return status == EXIT_OK ? OPTIONS_READ : status;
}

/* --- the whole -------------------------------------------------------------------- */

/* Where the parts of the result go. */
static exit_status_t check_places(const simulation_t *s)
{
    const simulate_values_t *v = s->values;
    const char *output = v->output ? v->output : "-";
    bool asked = v->output || v->format; /* for a result beside the page */
    if (v->html && asked && strcmp(v->html, output) == 0) {
        return usage_error(s->self, "page and result cannot both go to '%s'", output);
    }
    if (v->html && v->messages && strcmp(v->html, v->messages) == 0) {
        return usage_error(s->self, "page and messages cannot both go to '%s'",
                           v->html);
    }
    if (simulate_wants(v, "csv") && (v->html || v->with.count)) {
        return usage_error(s->self, "a table holds one arm and no page: leave out %s",
                           v->html ? "--html" : "--with");
    }
    return EXIT_OK;
}

/* What the table of options cannot check of messages and models. */
static exit_status_t check_operands(const simulation_t *s,
                                    const string_list_t *operands)
{
    const simulate_values_t *v = s->values;
    if (operands->count > 1 || (operands->count == 0 && !v->scenario)) {
        return operands->count
                   ? usage_error(s->self, "takes one model, not '%s' as well",
                                 operands->items[1])
                   : usage_error(s->self, "needs a model; 'ebb model list' shows those "
                                          "that ship");
    }
    if (!v->messages && (v->couple || v->begin)) {
        return usage_error(s->self, "--%s is about messages, and needs --messages",
                           v->begin ? "begin" : "couple");
    }
    return check_places(s);
}

int simulate_open(simulation_t *s, const string_list_t *operands)
{
    exit_status_t status = check_operands(s, operands);
    status = status == EXIT_OK ? read_model(s, operands) : status;
    int answer = status == EXIT_OK ? ask_gate(s, &s->arms[0]) : status;
    if (answer != OPTIONS_READ) {
        return answer;
    }
    status = read_numbers(s);
    status = status == EXIT_OK ? make_run(s) : status;
    if (status != EXIT_OK) {
        return status;
    }
    return s->values->with.count ? make_with(s) : OPTIONS_READ;
}

static void arm_close(simulate_arm_t *arm)
{
    ebb_run_totals_free(arm->totals);
    ebb_run_free(arm->run);
    ebb_scenario_free(arm->scenario);
    free(arm->rows);
}

void simulate_close(simulation_t *s)
{
    arm_close(&s->arms[0]);
    arm_close(&s->arms[1]);
    ebb_contrast_free(s->arms[0].contrasts.contrast);
    ebb_model_free(s->model);
    source_close(&s->source);
    source_close(&s->told);
    assign_free(&s->assigned);
    free(s->chosen.items);
    free(s->times);
}
