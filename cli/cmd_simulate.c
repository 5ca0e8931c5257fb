/* SPDX-License-Identifier: MIT
 * ebb simulate: a model, one couple or millions, as a picture, a document or a table.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assign.h"
#include "couple_page.h"
#include "ebb/ensemble.h"
#include "ebb/simulate.h"
#include "list.h"
#include "load.h"
#include "messages.h"
#include "output.h"
#include "progress.h"
#include "screen.h"
#include "talk.h"

#define MOST_THREADS 1024
#define USUAL_LENGTH 100.0
#define USUAL_STEP 0.05 /* of ebb_run_settings_t */
#define MANY_STEPS 1e8  /* of all couples: from here on it is told before it begins */
#define USUAL_TIMES 200 /* or somewhat fewer: the next round interval */
#define MOST_TIMES 1000000
#define MOST_CELLS \
    20000 /* times x quantities x threads of which quantiles are kept, 12.3 kB each */

typedef struct simulate_values {
    const char *scenario, *method, *engine, *only, *format, *output, *html;
    const char *messages, *begin;
    string_list_t set, start, a, b, with;
    double length, step, every, tolerance; /* 0: not given */
    uint64_t couples, couple, seed;
    int threads, width;
} simulate_values_t;

static const option_spec_t simulate_options[] = {
    {.name = "scenario",
     .letter = 's',
     .kind = OPTION_FILE,
     .target = offsetof(simulate_values_t, scenario),
     .argument = "WHICH",
     .help = "What happens on the way",
     .more = "The name of a scenario in the model's own file, or another file, or "
             "FILE:NAME where a file has several."},
    {.name = "with",
     .kind = OPTION_LIST,
     .target = offsetof(simulate_values_t, with),
     .argument = "ORDERS",
     .help = "Runs a second time with this besides, same chance; again for more",
     .more =
         "Statements as in a scenario (docs/language.md), each on a line of its own: "
         "'from 60: check_ins = 1', 'b: avoidance = 0'. Both arms are shown, and how "
         "they differ; of many couples with the 95 % interval of the difference, "
         "couple by couple. What a scenario expects counts for the first arm only."},
    {.name = "set",
     .kind = OPTION_LIST,
     .target = offsetof(simulate_values_t, set),
     .argument = "NAME=NUMBER",
     .help = "Sets a parameter, a trait or an input; again for more",
     .more =
         "Of one person as laura.appeal=2; without a person for everyone. It counts "
         "more than what the scenario says; an input then stays what it is. "
         "uniform(LOW, HIGH) or normal(MEAN, SD) in place of the number: each couple, "
         "and each person, draws one of their own, and what falls outside the declared "
         "range is taken as its bound."},
    {.name = "a",
     .kind = OPTION_LIST,
     .target = offsetof(simulate_values_t, a),
     .argument = "TRAIT=NUMBER",
     .help = "The same as --set a.TRAIT=NUMBER"},
    {.name = "b",
     .kind = OPTION_LIST,
     .target = offsetof(simulate_values_t, b),
     .argument = "TRAIT=NUMBER",
     .help = "The same as --set b.TRAIT=NUMBER"},
    {.name = "start",
     .kind = OPTION_LIST,
     .target = offsetof(simulate_values_t, start),
     .argument = "NAME=NUMBER",
     .help = "Where a state begins; again for more"},
    {.name = "for",
     .kind = OPTION_POSITIVE,
     .target = offsetof(simulate_values_t, length),
     .argument = "N",
     .help = "How long, in the model's unit of time",
     .more = "Without it as long as the scenario says, or else 100."},
    {.name = "every",
     .kind = OPTION_POSITIVE,
     .target = offsetof(simulate_values_t, every),
     .argument = "N",
     .help = "Time between two numbers of the result",
     .more = "Without it 100 to 200 of them, or each step of a model in steps. The "
             "calculation does not depend on it."},
    {.name = "only",
     .kind = OPTION_STRING,
     .target = offsetof(simulate_values_t, only),
     .argument = "NAMES",
     .help = "These quantities only, as love,a.alarm",
     .more =
         "Without it all states and lets; of these the picture draws first what the "
         "model says with `show`, as far as there is room."},
    {.name = "couples",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     .target = offsetof(simulate_values_t, couples),
     .argument = "N",
     .low = 1,
     .high = (uint64_t)1 << 32,
     .help = "How many couples, each with chance of its own; 1 by default"},
    {.name = "seed",
     .kind = OPTION_WHOLE,
     .target = offsetof(simulate_values_t, seed),
     .argument = "N",
     .high = UINT64_MAX,
     .help = "Another seed is other chance; 0 by default",
     .more = "The same seed gives the same numbers, on every machine."},
    {.name = "method",
     .kind = OPTION_CHOICE,
     .target = offsetof(simulate_values_t, method),
     .argument = "METHOD",
     .choices = "auto|map|euler|heun|dopri5|rodas4",
     .help = "How it is calculated: auto (default), map, euler, heun, dopri5, rodas4",
     .more = "auto takes map for models in steps, heun or euler with noise, and else "
             "dopri5; rodas4 is for stiff models."},
    {.name = "step",
     .kind = OPTION_POSITIVE,
     .target = offsetof(simulate_values_t, step),
     .argument = "N",
     .help = "Longest step of euler and heun; 0.05 by default"},
    {.name = "tolerance",
     .kind = OPTION_POSITIVE,
     .target = offsetof(simulate_values_t, tolerance),
     .argument = "N",
     .help = "Relative error of a step of dopri5 and rodas4; 1e-8 by default"},
    {.name = "engine",
     .kind = OPTION_CHOICE,
     .target = offsetof(simulate_values_t, engine),
     .argument = "ENGINE",
     .choices = "auto|interpreter|native",
     .help = "auto (default), interpreter, native: compiled with ebb",
     .more = "The result is the same."},
    {.name = "threads",
     .kind = OPTION_NUMBER,
     .target = offsetof(simulate_values_t, threads),
     .argument = "N",
     .low = 1,
     .high = MOST_THREADS,
     .help = "Threads to calculate with; all processors by default",
     .more =
         "The result does not depend on it. Where there are many times of many "
         "quantities to sum up, fewer threads are taken: each needs memory for all."},
    {.name = "html",
     .kind = OPTION_FILE,
     .target = offsetof(simulate_values_t, html),
     .argument = "FILE",
     .help = "Write the page there: one file, opens in any browser",
     .more =
         "One couple in fine steps with its episodes, the loop and its gain at any "
         "moment, a phase plane; of many couples the bands as well. It fetches "
         "nothing and sends nothing. The text, or what --format asks for, is written "
         "as well; where the page itself goes to standard output (-), only if "
         "--output names a file."},
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(simulate_values_t, format),
     .argument = "FORM",
     .choices = "text|json|csv",
     .help = "text (default): a picture; json; csv: every couple as a table",
     .more = "The JSON document is described in docs/schema.md. The table is written "
             "while the couples run."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(simulate_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "messages",
     .kind = OPTION_FILE,
     .target = offsetof(simulate_values_t, messages),
     .argument = "FILE",
     .help = "Write the messages of a couple there, for ebb report",
     .more =
         "Who wrote when and how much, without a word: as a table, or as JSON lines "
         "where the name ends in .jsonl. The model must say how often one writes "
         "(docs/maths/bridge.md); pursue_withdraw does. With - they go to standard "
         "output, and the picture only where -o says."},
    {.name = "couple",
     .kind = OPTION_WHOLE,
     .target = offsetof(simulate_values_t, couple),
     .argument = "K",
     .high = ((uint64_t)1 << 32) - 1,
     .help = "Whose messages, of --couples N: 0 (default) to N - 1"},
    {.name = "begin",
     .kind = OPTION_STRING,
     .target = offsetof(simulate_values_t, begin),
     .argument = "DATE",
     .help = "The day on which the messages begin; " EBB_BRIDGE_BEGIN " by default",
     .more = "Their clocks show UTC."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     .target = offsetof(simulate_values_t, width),
     .argument = "N",
     .low = 40,
     .high = 200,
     .help = "Columns of the picture; 80, or fewer on a narrow terminal"},
    {0},
};

static const example_t simulate_examples[] = {
    {"ebb simulate jules_and_jim --scenario film", "Twenty years, as a picture."},
    {"ebb simulate strogatz --a other=1 --b other=-1 --start b.love=0 --for 20",
     "Love as a circle: he cools as she warms."},
    {"ebb simulate couple.ebb -s therapy.ebb:late --couples 10000 --seed 7",
     "Your own model and scenario: what ten thousand couples have in common."},
    {"ebb simulate pursue_withdraw -n 1000 --set 'anxiety=normal(0, 1)' --for 365",
     "Couples who differ."},
    {"ebb simulate pursue_withdraw -s pursuer --for 365 --messages - | ebb report -",
     "What would show of them in their messages."},
    {"ebb simulate pursue_withdraw -s pursuer --html couple.html "
     "--with 'from 365 to 1825: check_ins = 1'",
     "A page: one couple with and without set times to talk."},
    {"ebb simulate pursuit_minimal --only pursuit,withdrawal --format csv -o runs.csv",
     "Two quantities as a table, for R or a spreadsheet."},
    {0},
};

/* All that belongs to a simulation, until simulation_close. */
typedef struct simulation {
    const command_t *self;
    const simulate_values_t *values;
    source_t source;
    ebb_model_t *model;
    ebb_scenario_t *scenario;
    ebb_scenario_info_t scenario_info;
    assigned_t assigned;
    chosen_t chosen;
    double length, *times;
    ebb_run_settings_t settings;
    ebb_simulation_t *run;
    ebb_run_totals_t *totals;
    double *rows; /* of the one couple */
    ebb_simulated_t result;
    ebb_contrast_arm_t arm; /* of two: which it is, and what they are compared by */
    ebb_simulated_with_t with;
    size_t compared[EBB_PORTRAIT_SHOWN_MOST];
} simulation_t;

static exit_status_t no_memory(void)
{
    return talk_error(&(ebb_error_t){.code = EBB_ERR_MEMORY});
}

static bool wants(const simulate_values_t *values, const char *format)
{
    return strcmp(values->format ? values->format : "text", format) == 0;
}

/* --- from the command line to a run ----------------------------------------------- */

static exit_status_t read_model(simulation_t *s, const char *name)
{
    exit_status_t status = source_open(&s->source, name);
    if (status == EXIT_OK) {
        status = load_model(&s->model, &s->source);
    }
    if (status == EXIT_OK && s->values->scenario) {
        status = load_scenario(&s->scenario, s->model, &s->source, s->values->scenario);
    }
    if (s->scenario) {
        s->scenario_info = ebb_scenario_info(s->scenario);
    }
    return status;
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
        return no_memory();
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
    s->length = v->length > 0                 ? v->length
                : s->scenario_info.length > 0 ? s->scenario_info.length
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

static exit_status_t make_run(simulation_t *s)
{
    ebb_error_t error = {0};
    make_settings(s);
    exit_status_t status = make_times(s);
    if (status != EXIT_OK) {
        return status;
    }
    int code = ebb_run_new(&s->run, s->model, s->scenario, &s->settings, &error);
    if (code == EBB_ERR_ARGUMENT) {
        return usage_error(s->self, "%s", error.text);
    }
    return code ? talk_error(&error) : EXIT_OK;
}

static exit_status_t make_totals(simulation_t *s, bool quantiles)
{
    ebb_error_t error = {0};
    size_t cells = s->settings.time_count * s->settings.output_count;
    if (quantiles && cells > MOST_CELLS) {
        return usage_error(s->self,
                           "%zu times of %zu quantities are too many to sum up; a "
                           "longer --every or fewer --only help, or --format csv",
                           s->settings.time_count, s->settings.output_count);
    }
    int code = ebb_run_totals_new(&s->totals, s->run, quantiles, &error);
    return code ? talk_error(&error) : EXIT_OK;
}

/* --- running ---------------------------------------------------------------------- */

static void keep_failed(simulation_t *s, uint64_t failed, uint64_t first,
                        const char *why)
{
    s->result.failed = failed;
    s->result.first_failed = first;
    s->result.why = why;
}

static exit_status_t run_one(simulation_t *s)
{
    ebb_error_t error = {0};
    size_t cells = s->settings.time_count * s->settings.output_count;
    s->rows = calloc(cells + 1, sizeof *s->rows);
    exit_status_t status = s->rows ? make_totals(s, false) : no_memory();
    if (status != EXIT_OK) {
        return status;
    }
    ebb_run_job_t job = {.end = 1, .values = s->rows, .totals = s->totals};
    if (ebb_run_range(s->run, &job, &error)) {
        return talk_error(&error);
    }
    keep_failed(s, job.failed, job.first_failed, job.why);
    return EXIT_OK;
}

static int compare_couple(void *user, uint64_t couple, const double *rows)
{
    ebb_contrast_take(user, NULL, couple, rows);
    return 0;
}

/* The one couple's rows while it lasts, for what compares the arms. */
static exit_status_t compare_one(simulation_t *s)
{
    ebb_error_t error = {0};
    ebb_run_job_t job = {.end = 1,
                         .record = compare_couple,
                         .record_user = &s->arm,
                         .lasting_only = true};
    return s->arm.contrast && ebb_run_range(s->run, &job, &error) ? talk_error(&error)
                                                                  : EXIT_OK;
}

/* Each thread has totals of its own: so many that all of them stay within the cap. */
static int threads_of(const simulation_t *s, bool quantiles)
{
    int wanted = s->values->threads ? s->values->threads : ebb_host_processors();
    size_t cells = s->settings.time_count * s->settings.output_count;
    size_t fit = quantiles && cells ? MOST_CELLS / cells : MOST_THREADS;
    fit = fit ? fit : 1;
    return (size_t)wanted < fit ? wanted : (int)fit;
}

static int run_ensemble(simulation_t *s, ebb_ensemble_t *ensemble, ebb_error_t *error)
{
    progress_t progress = progress_begin("running");
    ensemble->couples = s->result.couples;
    ensemble->threads = threads_of(s, ensemble->quantiles);
    ensemble->totals = s->totals;
    ensemble->progress = progress_update;
    ensemble->progress_user = &progress;
    int code = ebb_ensemble_run(s->run, ensemble, error);
    progress_end(&progress);
    keep_failed(s, ensemble->failed, ensemble->first_failed, ensemble->why);
    return code;
}

static exit_status_t run_many(simulation_t *s)
{
    ebb_error_t error = {0};
    exit_status_t status = make_totals(s, true);
    if (status == EXIT_OK) {
        ebb_ensemble_t ensemble = {
            .quantiles = true,
            .write = s->arm.contrast ? ebb_contrast_take : NULL,
            .write_user = &s->arm,
            .lasting_only = s->arm.contrast != NULL,
        };
        status = run_ensemble(s, &ensemble, &error) ? talk_error(&error) : EXIT_OK;
    }
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
    int code = wants(s->values, "json")
                   ? ebb_simulate_json(&text, &s->result)
                   : ebb_simulate_terminal(&text, &s->result, &opts);
    if (code) {
        ebb_text_free(&text);
        return no_memory();
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
    exit_status_t status = s->scenario ? make_totals(s, false) : EXIT_OK;
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
    code = code ? code : run_ensemble(s, &ensemble, &error);
    return output_close(&output, code, &error);
}

/* What a reader of a table or a document should hear at once. */
static void tell_failed(const simulation_t *s)
{
    const ebb_simulated_t *r = &s->result;
    if (r->failed && r->couples == 1) {
        talk("ebb: the couple could not be run to the end: %s\n", r->why);
    } else if (r->failed) {
        talk("ebb: %" PRIu64 " of %" PRIu64 " couples could not be run to the end, the "
             "first is couple %" PRIu64 ": %s\n",
             r->failed, r->couples, r->first_failed, r->why);
    }
}

/* Counts the expectations that do not hold, and tells them if wanted. */
static size_t broken_expectations(const simulation_t *s, bool tell)
{
    size_t broken = 0;
    ebb_run_verdict_t verdict;
    for (size_t i = 0; s->totals && !ebb_run_verdict(s->totals, i, &verdict); i++) {
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
    ebb_run_info_t info = ebb_run_info(s->run);
    bool fixed = info.method == EBB_METHOD_EULER || info.method == EBB_METHOD_HEUN;
    double step = s->values->step > 0 ? s->values->step : USUAL_STEP;
    double steps = info.length / (fixed ? step : 1) * (double)s->result.couples;
    if ((fixed || info.method == EBB_METHOD_MAP) && steps > MANY_STEPS &&
        screen_is_terminal(STDERR_FILENO)) {
        talk("ebb: %.2g steps; this takes a while, and Ctrl-C ends it\n", steps);
    }
}

/* The messages of one of the couples. */
static exit_status_t write_messages(const simulation_t *s)
{
    const simulate_values_t *v = s->values;
    if (v->couple >= s->result.couples) {
        return usage_error(s->self,
                           "--couple %" PRIu64 " is not one of %" PRIu64
                           "; they count from 0, and --couples says how many",
                           v->couple, s->result.couples);
    }
    const messages_wish_t wish = {
        .self = s->self,
        .model = s->model,
        .settings = &s->settings,
        .opts = {.scenario = s->scenario, .couple = v->couple, .begin = v->begin},
        .path = v->messages,
    };
    return messages_write(&wish);
}

/* Whether messages take the place of the result on standard output. */
static bool messages_alone(const simulate_values_t *v)
{
    return v->messages && strcmp(v->messages, "-") == 0 && !v->output;
}

/* --- a second arm ----------------------------------------------------------------- */

/* Makes the second arm: all but scenario, run and results is that of the first. */
static exit_status_t make_with(simulation_t *s, simulation_t *with)
{
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    ebb_error_t error = {0};
    *with = (simulation_t){.self = s->self,
                           .values = s->values,
                           .model = s->model,
                           .settings = s->settings,
                           .result = s->result};
    const page_wish_t wish = {s->self,    s->model,
                              &s->source, s->values->scenario,
                              s->length,  &s->values->with};
    exit_status_t status = page_scenario(&with->scenario, &wish);
    if (status != EXIT_OK) {
        return status;
    }
    with->scenario_info = ebb_scenario_info(with->scenario);
    if (ebb_run_new(&with->run, s->model, with->scenario, &s->settings, &error)) {
        return talk_error(&error);
    }
    with->result.run = with->run;
    with->result.scenario = &with->scenario_info;
    s->with = (ebb_simulated_with_t){.arm = &with->result, .compared = s->compared};
    size_t count = page_shown(s->model, &s->settings, s->values->only != NULL, shown);
    s->with.compared_count = page_places(&s->settings, shown, count, s->compared);
    status = page_contrast(&s->arm.contrast, &wish, &s->result, &s->with);
    with->arm = (ebb_contrast_arm_t){s->arm.contrast, 1};
    return status;
}

static void with_close(simulation_t *with)
{
    ebb_run_totals_free(with->totals);
    ebb_run_free(with->run);
    ebb_scenario_free(with->scenario);
    free(with->rows);
}

/* Runs the couples of an arm, whose numbers are then in its result. */
static exit_status_t run_arm(simulation_t *s)
{
    bool one = s->result.couples == 1;
    exit_status_t status = one ? run_one(s) : run_many(s);
    status = status == EXIT_OK && one ? compare_one(s) : status;
    s->result.values = s->rows;
    s->result.totals = s->totals;
    return status;
}

static exit_status_t write_page(const simulation_t *s, const simulation_t *with)
{
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    const ebb_simulate_page_t page = {
        .from = &s->result,
        .scenario = s->scenario,
        .scenario_with = with->scenario,
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
static exit_status_t run_arms(simulation_t *s, simulation_t *with)
{
    bool two = s->values->with.count > 0;
    exit_status_t status = two ? make_with(s, with) : EXIT_OK;
    status = status == EXIT_OK ? run_arm(s) : status;
    status = status == EXIT_OK && two ? run_arm(with) : status;
    if (status != EXIT_OK) {
        return status;
    }
    s->result.with = two ? &s->with : NULL;
    status = writes_result(s->values) ? write_result(s) : EXIT_OK;
    if (s->values->html) { /* also when the result failed: its place may be another */
        exit_status_t page_status = write_page(s, with);
        status = status == EXIT_OK ? page_status : status;
    }
    return status;
}

static exit_status_t run_and_write(simulation_t *s)
{
    const simulate_values_t *v = s->values;
    simulation_t with = {0};
    s->result = (ebb_simulated_t){
        .model = s->model,
        .run = s->run,
        .scenario = s->scenario ? &s->scenario_info : NULL,
        .settings = &s->settings,
        .couples = v->couples ? v->couples : 1,
    };
    tell_long(s);
    if (v->messages) {
        exit_status_t written = write_messages(s);
        if (written != EXIT_OK || (messages_alone(v) && !v->html)) {
            return written;
        }
    }
    exit_status_t status = wants(v, "csv") ? run_table(s) : run_arms(s, &with);
    with_close(&with);
    bool tell = status == EXIT_OK && !wants(v, "text"); /* the picture says it */
    if (tell) {
        tell_failed(s);
    }
    bool held = broken_expectations(s, tell) == 0 && s->result.failed == 0;
    return status == EXIT_OK && !held ? EXIT_FAILED : status;
}

static void simulation_close(simulation_t *s)
{
    ebb_run_totals_free(s->totals);
    ebb_run_free(s->run);
    ebb_scenario_free(s->scenario);
    ebb_model_free(s->model);
    source_close(&s->source);
    assign_free(&s->assigned);
    ebb_contrast_free(s->arm.contrast);
    free(s->chosen.items);
    free(s->times);
    free(s->rows);
}

/* What the table of options cannot check. */
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
    if (wants(v, "csv") && (v->html || v->with.count)) {
        return usage_error(s->self, "a table holds one arm and no page: leave out %s",
                           v->html ? "--html" : "--with");
    }
    return EXIT_OK;
}

static exit_status_t simulate(simulation_t *s, const string_list_t *operands)
{
    if (operands->count != 1) {
        return operands->count
                   ? usage_error(s->self, "takes one model, not '%s' as well",
                                 operands->items[1])
                   : usage_error(s->self, "needs a model; 'ebb model list' shows those "
                                          "that ship");
    }
    const simulate_values_t *v = s->values;
    if (!v->messages && (v->couple || v->begin)) {
        return usage_error(s->self, "--%s is about messages, and needs --messages",
                           v->begin ? "begin" : "couple");
    }
    exit_status_t status = check_places(s);
    status = status == EXIT_OK ? read_model(s, operands->items[0]) : status;
    status = status == EXIT_OK ? read_numbers(s) : status;
    status = status == EXIT_OK ? make_run(s) : status;
    return status == EXIT_OK ? run_and_write(s) : status;
}

static exit_status_t run_simulate(const command_t *self, int argc, char **argv)
{
    simulate_values_t values = {0};
    string_list_t operands = {0};
    simulation_t s = {.self = self, .values = &values};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = simulate(&s, &operands);
    }
    simulation_close(&s);
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_simulate = {
    .name = "simulate",
    .summary = "Runs a model of couples: a picture, a document, a table",
    .operands = "MODEL",
    .about =
        "Runs a model, which is a file (docs/language.md) or the name of one that "
        "ships "
        "('ebb model list'), for one couple or for millions. The picture shows each "
        "quantity over time, partners together; of many couples it shows the median "
        "and "
        "where 80 of 100 are, never one of them.\n"
        "What a scenario expects of the run is listed as held or not held; if one does "
        "not hold, or a couple could not be run to the end, the status is 1. A model "
        "is "
        "what would follow from its assumptions, not a forecast for anyone.",
    .options = simulate_options,
    .examples = simulate_examples,
    .run = run_simulate,
};
