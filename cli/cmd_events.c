/* SPDX-License-Identifier: MIT
 * ebb events: what was understood, one row an event, for other tools and for checking.
 */
#include <string.h>

#include "import.h"
#include "list.h"
#include "output.h"
#include "talk.h"

typedef struct events_values {
    people_values_t people;
    const char *format, *output;
    bool names, text;
} events_values_t;

static const option_spec_t events_options[] = {
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(events_values_t, format),
     .argument = "FORM",
     .choices = "csv|json",
     .help = "csv (default) or json"},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(events_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "names",
     .kind = OPTION_FLAG,
     .target = offsetof(events_values_t, names),
     .help = "Persons' names instead of A and B"},
    {.name = "text",
     .kind = OPTION_FLAG,
     .target = offsetof(events_values_t, text),
     .help = "A last column with the words of each message",
     .more = "The only way in which ebb writes a message's words anywhere."},
    PEOPLE_OPTIONS(events_values_t),
    {0},
};

static const example_t events_examples[] = {
    {"ebb events chat.zip -o events.csv",
     "Times, persons, kinds and lengths as a table; no words, no names."},
    {"ebb events phone1.txt phone2.zip | ebb report -",
     "Two exports of one couple put together; what stands in both counts once."},
    {0},
};

static exit_status_t write_events(const events_values_t *values,
                                  const ebb_history_t *history)
{
    const ebb_events_opts_t opts = {
        .json = values->format && strcmp(values->format, "json") == 0,
        .names = values->names,
        .text = values->text,
    };
    ebb_error_t error = {0};
    output_t output;
    int code = output_open(&output, values->output, &error);
    if (code) {
        return talk_error(&error);
    }
    ebb_sink_t sink = output_sink(&output);
    code = ebb_events_write(history, &opts, &sink);
    return output_close(&output, code, &error);
}

static exit_status_t run_events(const command_t *self, int argc, char **argv)
{
    events_values_t values = {0};
    string_list_t files = {0};
    ebb_history_t *history = NULL;
    int status = options_parse(self, &values, &files, argc, argv);
    if (status == OPTIONS_READ) {
        status = import_files(self, &values.people, values.text, &files, &history);
        if (status == EXIT_OK) {
            status = write_events(&values, history);
        }
    }
    ebb_history_free(history);
    options_free(self, &values);
    list_free(&files);
    return status;
}

const command_t command_events = {
    .name = "events",
    .summary = "The messages as a table: who, when, what kind, how long",
    .operands = "FILE...",
    .about = "Reads exported chats and writes one row for each event: time, person (A "
             "or B), kind, length, flags. The words stay out unless --text asks for "
             "them. ebb reads the table back, so it can stand for the export.\n"
             "On standard error ebb tells what was read, what was understood and what "
             "was not, with line and column.",
    .options = events_options,
    .examples = events_examples,
    .run = run_events,
};
