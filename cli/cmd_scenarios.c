/* SPDX-License-Identifier: MIT
 * ebb scenarios: which ship, and what one of them tells and expects. */
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "ebb/show.h"
#include "gate.h"
#include "list.h"
#include "load.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

typedef struct scenarios_values {
    const char *format, *output;
    int width;
} scenarios_values_t;

static const option_spec_t scenarios_options[] = {
    {.name = "format",
     .kind = OPTION_CHOICE,
     .target = offsetof(scenarios_values_t, format),
     .argument = "FORM",
     .choices = "text|json",
     .help = "text (default) or json",
     .more = "The JSON documents are described in docs/schema.md."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     .target = offsetof(scenarios_values_t, output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     .target = offsetof(scenarios_values_t, width),
     .argument = "N",
     .low = 40,
     .high = 200,
     .help = "Columns of the text; 80, or fewer on a narrow terminal"},
    {0},
};

static const example_t scenarios_examples[] = {
    {"ebb scenarios", "Names, lengths, models, and the beginning of each sentence."},
    {"ebb scenarios shift_work", "What is set, what happens, what is expected."},
    {"ebb simulate --scenario shift_work -n 500",
     "Then it runs, here for 500 couples."},
    {0},
};

static ebb_show_opts_t scenarios_opts(const scenarios_values_t *values)
{
    bool to_stdout = !values->output || strcmp(values->output, "-") == 0;
    return (ebb_show_opts_t){
        .width = values->width ? values->width
                 : to_stdout   ? screen_width(STDOUT_FILENO)
                               : 0,
        .colour = to_stdout && screen_has_colour(STDOUT_FILENO),
    };
}

static bool scenarios_json(const scenarios_values_t *values)
{
    return values->format && strcmp(values->format, "json") == 0;
}

static exit_status_t scenarios_write(const scenarios_values_t *values, ebb_text_t *text,
                                     int code)
{
    if (code) {
        ebb_text_free(text);
        return talk_error(&(ebb_error_t){.code = code});
    }
    return output_text(values->output, text);
}

static exit_status_t scenarios_list(const scenarios_values_t *values)
{
    ebb_show_opts_t opts = scenarios_opts(values);
    ebb_text_t text = {0};
    int code = scenarios_json(values) ? ebb_show_scenarios_json(&text)
                                      : ebb_show_scenarios(&text, &opts);
    return scenarios_write(values, &text, code);
}

/* Of one that declares facts nothing is told but what the gate says. */
static exit_status_t scenarios_tell(const scenarios_values_t *values,
                                    const ebb_scenario_t *scenario,
                                    const source_t *source)
{
    ebb_scenario_info_t info = ebb_scenario_info(scenario);
    int answer = gate_ask(&(gate_question_t){
        .facts = info.facts,
        .scenario = info.name,
        .format = values->format,
        .output = values->output,
        .width = values->width,
    });
    if (answer != OPTIONS_READ) {
        return answer;
    }
    ebb_show_opts_t opts = scenarios_opts(values);
    ebb_text_t text = {0};
    int code = scenarios_json(values)
                   ? ebb_show_scenario_json(&text, scenario, &source->text)
                   : ebb_show_scenario(&text, scenario, &source->text, &opts);
    return scenarios_write(values, &text, code);
}

static exit_status_t scenarios_one(const scenarios_values_t *values, const char *where)
{
    source_t own = {0}, source = {0};
    ebb_model_t *model = NULL;
    ebb_scenario_t *scenario = NULL;
    exit_status_t status = source_open_scenario(&source, where);
    status = status == EXIT_OK ? source_open_used(&own, &source) : status;
    status = status == EXIT_OK ? load_model(&model, &own) : status;
    if (status == EXIT_OK) {
        status = load_scenario_of(&scenario, model, &source, source.text.scenario);
    }
    status = status == EXIT_OK ? scenarios_tell(values, scenario, &source) : status;
    ebb_scenario_free(scenario);
    ebb_model_free(model);
    source_close(&own);
    source_close(&source);
    return status;
}

static exit_status_t run_scenarios(const command_t *self, int argc, char **argv)
{
    scenarios_values_t values = {0};
    string_list_t operands = {0};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = operands.count == 0   ? scenarios_list(&values)
                 : operands.count == 1 ? scenarios_one(&values, operands.items[0])
                                       : usage_error(self,
                                                     "takes one scenario, not '%s' as "
                                                     "well",
                                                     operands.items[1]);
    }
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_scenarios = {
    .name = "scenarios",
    .summary = "Scenarios that ship: which there are, what one tells",
    .operands = "[SCENARIO]",
    .about =
        "Lists the scenarios that ship with ebb, or tells of one what is set, what "
        "happens on the way and what is expected of how many runs. SCENARIO is one of "
        "these names, a file, or FILE:NAME where a file has several.\n"
        "To run one: 'ebb simulate --scenario NAME'. Some models have scenarios in "
        "their own file; 'ebb model show MODEL' tells those.",
    .options = scenarios_options,
    .examples = scenarios_examples,
    .run = run_scenarios,
};
