/* SPDX-License-Identifier: MIT
 * ebb report: from exported chats to the picture, as text, as a document, as a page. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ebb/report.h"
#include "gate.h"
#include "import.h"
#include "list.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

#define MOST_THREADS 1024

typedef struct report_values {
    people_values_t people;
    const char *html, *output, *format, *country;
    string_list_t facts;
    bool names, both, fast;
    int threads, width; /* 0: not given */
} report_values_t;

static const option_spec_t report_options[] = {
    {.name = "html",
     .kind = OPTION_FILE,
     .target = offsetof(report_values_t, html),
     .argument = "FILE",
     .help = "Write the page there: one file, opens in any browser",
     .more = "It fetches nothing and sends nothing. It holds no words of messages. "
             "The text, or what --format asks for, is written as well; where the page "
             "itself goes to standard output (-), only if --output names a file."},
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(report_values_t, format),
     .argument = "FORM",
     .choices = "text|json|csv",
     .help = "text (default), json, or csv: the weeks as a table",
     .more = "The JSON document is described in docs/schema.md."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(report_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    PEOPLE_OPTIONS(report_values_t),
    {.name = "names",
     .kind = OPTION_FLAG,
     .target = offsetof(report_values_t, names),
     .help = "Persons' names instead of A and B"},
    {.name = "both",
     .kind = OPTION_FLAG,
     .target = offsetof(report_values_t, both),
     .help = "Both of you know of this report and want it",
     .more = "Without it the report says that it was made by one, or by no one knows "
             "whom."},
    {.name = "country",
     .kind = OPTION_STRING,
     .target = offsetof(report_values_t, country),
     .argument = "CC",
     .help = "Your country, as DE, for the numbers of help"},
    GATE_FACTS_OPTION(report_values_t),
    {.name = "threads",
     .kind = OPTION_NUMBER,
     .target = offsetof(report_values_t, threads),
     .argument = "N",
     .low = 1,
     .high = MOST_THREADS,
     .help = "Threads to calculate with; all processors by default",
     .more = "The result does not depend on it."},
    {.name = "fast",
     .kind = OPTION_FLAG,
     .target = offsetof(report_values_t, fast),
     .help = "Rougher intervals, much faster: for very long records",
     .more = "For each left-out week one step of the calculation instead of all."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     .target = offsetof(report_values_t, width),
     .argument = "N",
     .low = 40,
     .high = 200,
     .help = "Columns of the text; 80, or fewer on a narrow terminal"},
    {0},
};

static const example_t report_examples[] = {
    {"ebb report chat.zip", "The picture, here."},
    {"ebb report chat.zip --tz Europe/Berlin --html couple.html --both",
     "The same as a page to look at together."},
    {"ebb report result.json --partner Ben --format json -o couple.json",
     "One chat of a full Telegram export, as a document."},
    {"ebb report chat.zip --facts fear,control --country DE",
     "Where that is so: counts alone, and where to turn."},
    {"ebb report phone1.txt phone2.zip --alias 'Annie=Ann'",
     "Two exports in which one person is called differently."},
    {0},
};

/* Whether a place that was named is standard output. */
static bool is_stdout(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

/* One result on its way out. */
typedef struct report_run {
    const report_values_t *values;
    ebb_history_t *history;
    ebb_cycle_t *cycle;
    ebb_report_opts_t opts;
    ebb_facts_t facts; /* declared of the couple */
} report_run_t;

static exit_status_t write_page(const report_run_t *run)
{
    ebb_text_t json = {0}, page = {0};
    int code = ebb_report_json(&json, run->history, run->cycle, &run->opts);
    if (code == EBB_OK) {
        code = ebb_report_page(&page, json.data, json.length);
    }
    ebb_text_free(&json);
    if (code) {
        ebb_text_free(&page);
        return talk_no_memory();
    }
    exit_status_t status = output_text(run->values->html, &page);
    if (status == EXIT_OK && !is_stdout(run->values->html)) {
        talk("the page is in %s\n", run->values->html);
    }
    return status;
}

static exit_status_t write_result(const report_run_t *run)
{
    const char *format = run->values->format ? run->values->format : "text";
    ebb_text_t text = {0};
    int code = EBB_OK;
    if (strcmp(format, "json") == 0) {
        code = ebb_report_json(&text, run->history, run->cycle, &run->opts);
    } else if (strcmp(format, "csv") == 0) {
        code = ebb_report_csv(&text, run->cycle);
    } else {
        code = ebb_report_terminal(&text, run->history, run->cycle, &run->opts);
    }
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(run->values->output, &text);
}

static ebb_report_opts_t report_opts(const report_values_t *values,
                                     const ebb_history_t *history)
{
    static const char *const letters[2] = {"A", "B"};
    bool to_stdout = !values->output || is_stdout(values->output);
    int maker = values->both ? -1 : ebb_history_maker(history);
    return (ebb_report_opts_t){
        .names = values->names,
        .made_by_both = values->both,
        .me = maker < 0 ? NULL : letters[maker],
        .tz = ebb_history_zone(history),
        .country = values->country,
        .width = values->width ? values->width
                 : to_stdout   ? screen_width(STDOUT_FILENO)
                               : 0,
        .colour = to_stdout && screen_has_colour(STDOUT_FILENO),
    };
}

static int measure(report_run_t *run, ebb_error_t *error)
{
    int threads = run->values->threads ? run->values->threads : ebb_host_processors();
    ebb_executor_t executor = ebb_host_executor(threads);
    const ebb_cycle_opts_t opts = {
        .resampling = run->values->fast || run->facts /* which show no interval */
                          ? EBB_RESAMPLE_ONE_STEP
                          : EBB_RESAMPLE_AUTO,
        .executor = &executor,
    };
    size_t count;
    const ebb_event_t *events = ebb_history_events(run->history, &count);
    return ebb_cycle_measure(&run->cycle, events, count, &opts, error);
}

/* What was declared goes before what was measured: then there are counts alone. */
static int ask_gate(const report_run_t *run)
{
    const report_values_t *values = run->values;
    ebb_text_t counts = {0};
    if (ebb_report_counts(&counts, run->history, run->cycle, &run->opts)) {
        ebb_text_free(&counts);
        return talk_no_memory();
    }
    int answer = gate_ask(&(gate_question_t){
        .facts = run->facts,
        .format = values->format,
        .output = values->output,
        .html = values->html,
        .counts = counts.data,
        .country = values->country,
        .width = values->width,
    });
    ebb_text_free(&counts);
    return answer;
}

static exit_status_t make_report(report_run_t *run)
{
    const report_values_t *values = run->values;
    ebb_error_t error = {0};
    if (measure(run, &error)) {
        return talk_error(&error);
    }
    run->opts = report_opts(values, run->history);
    int answer = ask_gate(run);
    if (answer != OPTIONS_READ) {
        return answer;
    }
    exit_status_t status = EXIT_OK;
    if (values->output || !is_stdout(values->html)) {
        status = write_result(run);
    }
    if (values->html) { /* also when the result failed: its place may be another */
        exit_status_t page_status = write_page(run);
        status = status == EXIT_OK ? page_status : status;
    }
    return status;
}

/* What the table cannot check. */
static exit_status_t check_values(const command_t *self, const report_values_t *values)
{
    const char *cc = values->country;
    if (cc &&
        (strlen(cc) != 2 || cc[0] < 'A' || cc[0] > 'Z' || cc[1] < 'A' || cc[1] > 'Z')) {
        return usage_error(self, "--country takes two capital letters, as DE, not '%s'",
                           cc);
    }
    const char *output = values->output ? values->output : "-";
    bool asked = values->output || values->format; /* for a result beside the page */
    if (values->html && asked && strcmp(values->html, output) == 0) {
        return usage_error(self, "page and result cannot both go to '%s'", output);
    }
    return EXIT_OK;
}

static exit_status_t run_report(const command_t *self, int argc, char **argv)
{
    report_values_t values = {0};
    string_list_t files = {0};
    report_run_t run = {.values = &values};
    int status = options_parse(self, &values, &files, argc, argv);
    if (status == OPTIONS_READ) {
        status = check_values(self, &values);
        if (status == EXIT_OK) {
            status = gate_read_facts(self, &values.facts, &run.facts);
        }
        if (status == EXIT_OK) {
            status = import_files(self, &values.people, false, &files, &run.history);
        }
        if (status == EXIT_OK) {
            status = make_report(&run);
        }
    }
    ebb_cycle_free(run.cycle);
    ebb_history_free(run.history);
    options_free(self, &values);
    list_free(&files);
    return status;
}

const command_t command_report = {
    .name = "report",
    .summary = "The picture: how much there is, what carries, the cycle",
    .operands = "FILE...",
    .about =
        "Reads exported chats of one couple and shows how each one's reaching out "
        "and answering depend on the other's: a loop where one can be claimed "
        "with its uncertainty, and where not, what is missing. No words are "
        "read, no names are shown unless --names asks for them.\n"
        "On standard error ebb tells what was read, what was understood and what "
        "was not. \"Cannot tell\" is a result like any other.\n"
        "Where --facts declares fear, threats, control or injury, no loop, no "
        "roles and nothing to try are shown: how much there is, and where to turn.",
    .options = report_options,
    .examples = report_examples,
    .run = run_report,
};
