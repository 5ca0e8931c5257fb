/* SPDX-License-Identifier: MIT
 * ebb simulate: a model, one couple or millions, as a picture, a document or a table.
 */
#include "gate.h"
#include "messages.h"
#include "simulate_job.h"

static const option_spec_t simulate_options[] = {
    {.name = "scenario",
     .letter = 's',
     .kind = OPTION_SCENARIO,
     .target = offsetof(simulate_values_t, scenario),
     .argument = "WHICH",
     .help = "What happens on the way",
     .more =
         "The name of a scenario in the model's own file, another file, the name of "
         "one that ships ('ebb scenarios'), or FILE:NAME where a file has several. "
         "Without MODEL it is the model that the scenario uses."},
    {.name = "with",
     .kind = OPTION_LIST,
     .target = offsetof(simulate_values_t, with),
     .argument = "ORDERS",
     .help = "Runs a second time with this besides, same chance; again for more",
     .more =
         "Statements as in a scenario (docs/language.md), each on a line of its own: "
         "'at 60: check_ins = 1', 'b: avoidance = 0'. Both arms are shown, and how "
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
    GATE_FACTS_OPTION(simulate_values_t),
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
     .high = SIMULATE_THREADS_MOST,
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
    {"ebb simulate --scenario shift_work -n 500",
     "A scenario that ships, for 500 couples."},
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

static exit_status_t run_simulate(const command_t *self, int argc, char **argv)
{
    simulate_values_t values = {0};
    string_list_t operands = {0};
    simulation_t s = {.self = self, .values = &values};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = simulate_open(&s, &operands);
        status = status == OPTIONS_READ ? (int)simulate_run(&s) : status;
    }
    simulate_close(&s);
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_simulate = {
    .name = "simulate",
    .summary = "Runs a model of couples: a picture, a document, a table",
    .operands = "[MODEL]",
    .about =
        "Runs a model, which is a file (docs/language.md) or the name of one that "
        "ships ('ebb model list'), for one couple or for millions. The picture shows "
        "each quantity over time, partners together; of many couples it shows the "
        "median and where 80 of 100 are, never one of them.\n"
        "What a scenario expects of the run is listed as held or not held; if one does "
        "not hold, or a couple could not be run to the end, the status is 1. A model "
        "is what would follow from its assumptions, not a forecast for anyone.\n"
        "Where a scenario or --facts declares fear, threats, control or injury, "
        "nothing is run: in place of the result stands where to turn.",
    .options = simulate_options,
    .examples = simulate_examples,
    .run = run_simulate,
};
