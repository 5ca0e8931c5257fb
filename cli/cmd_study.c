/* SPDX-License-Identifier: MIT
 * ebb study: where a model rests, what makes it leave, how it turns in circles. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assign.h"
#include "ebb/studied.h"
#include "gate.h"
#include "list.h"
#include "load.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

/* Values of all questions; each has the options it needs. NaN and 0: not given. */
typedef struct study_values {
    string_list_t set, start, hold, a, b;
    const char *scenario, *events, *method, *only, *format, *output;
    double time, tolerance;
    int width;
    uint64_t starts, couples, seed, steps;
    const char *cut, *to, *vary;
    double value, from, upto, length, settle, transient, window, stretch;
} study_values_t;

/* A study under way, until study_close. */
typedef struct study_job {
    const command_t *self;
    study_values_t values;
    string_list_t operands;
    source_t source;
    ebb_model_t *model;
    ebb_scenario_t *scenario;
    ebb_scenario_info_t scenario_info;
    assigned_t assigned, held;
    chosen_t chosen;
    ebb_study_settings_t settings;
    ebb_study_t *study;
    ebb_studied_t result;
} study_job_t;

/* --- options ---------------------------------------------------------------------- */

#define STUDY_OPTION(field) .target = offsetof(study_values_t, field)

#define STUDY_SETTING                                                                  \
    {.name = "scenario",                                                               \
     .letter = 's',                                                                    \
     .kind = OPTION_SCENARIO,                                                          \
     STUDY_OPTION(scenario),                                                           \
     .argument = "WHICH",                                                              \
     .help = "Takes numbers and starts of a scenario, and inputs as at --time",        \
     .more =                                                                           \
         "The name of one in the model's own file, another file, the name of one "     \
         "that ships, or FILE:NAME. What it does to states on the way is left out."},  \
        {.name = "set",                                                                \
         .kind = OPTION_LIST,                                                          \
         STUDY_OPTION(set),                                                            \
         .argument = "NAME=NUMBER",                                                    \
         .help = "Sets a parameter, a trait or an input; again for more",              \
         .more = "Of one person as laura.appeal=2; without a person for everyone."},   \
        {.name = "a",                                                                  \
         .kind = OPTION_LIST,                                                          \
         STUDY_OPTION(a),                                                              \
         .argument = "TRAIT=NUMBER",                                                   \
         .help = "The same as --set a.TRAIT=NUMBER"},                                  \
        {.name = "b",                                                                  \
         .kind = OPTION_LIST,                                                          \
         STUDY_OPTION(b),                                                              \
         .argument = "TRAIT=NUMBER",                                                   \
         .help = "The same as --set b.TRAIT=NUMBER"},                                  \
        {.name = "hold",                                                               \
         .kind = OPTION_LIST,                                                          \
         STUDY_OPTION(hold),                                                           \
         .argument = "STATE=NUMBER",                                                   \
         .help = "Holds a state at a value; again for more",                           \
         .more = "It is a number then, and its equation does not matter: slow states " \
                 "held show what the fast ones do."},                                  \
        {.name = "start",                                                              \
         .kind = OPTION_LIST,                                                          \
         STUDY_OPTION(start),                                                          \
         .argument = "STATE=NUMBER",                                                   \
         .help = "Where a state begins; again for more"},

#define STUDY_PART                                                                 \
    {.name = "events",                                                             \
     .kind = OPTION_CHOICE,                                                        \
     STUDY_OPTION(events),                                                         \
     .argument = "HOW",                                                            \
     .choices = "off|mean",                                                        \
     .help = "Events by rate: off (default), or at their mean",                    \
     .more = "Noise, and events that a condition sets off, are off in any case."}, \
        {.name = "time",                                                           \
         .kind = OPTION_REAL,                                                      \
         STUDY_OPTION(time),                                                       \
         .argument = "T",                                                          \
         .help = "What `time` is in formulas, 0 by default: it stands still"},

#define STUDY_RESULT                                                   \
    {.name = "only",                                                   \
     .kind = OPTION_STRING,                                            \
     STUDY_OPTION(only),                                               \
     .argument = "NAMES",                                              \
     .help = "Shows these quantities only, as love,a.alarm"},          \
        {.name = "format",                                             \
         .kind = OPTION_CHOICE,                                        \
         STUDY_OPTION(format),                                         \
         .argument = "FORM",                                           \
         .choices = "text|json|csv",                                   \
         .help = "text (default), json or csv",                        \
         .more = "The JSON document is described in docs/schema.md."}, \
        {.name = "output",                                             \
         .letter = 'o',                                                \
         .kind = OPTION_FILE,                                          \
         STUDY_OPTION(output),                                         \
         .argument = "FILE",                                           \
         .help = "Write there instead of to standard output",          \
         .more = "The file appears whole or not at all."},             \
        {.name = "width",                                              \
         .kind = OPTION_NUMBER,                                        \
         STUDY_OPTION(width),                                          \
         .argument = "N",                                              \
         .low = 40,                                                    \
         .high = 200,                                                  \
         .help = "Columns of the text; 80, or fewer on a narrow terminal"},

#define STUDY_METHOD                                                                \
    {.name = "method",                                                              \
     .kind = OPTION_CHOICE,                                                         \
     STUDY_OPTION(method),                                                          \
     .argument = "METHOD",                                                          \
     .choices = "auto|dopri5|rodas4",                                               \
     .help = "How equations are followed: auto (default), dopri5, rodas4 (stiff)"}, \
        {.name = "tolerance",                                                       \
         .kind = OPTION_POSITIVE,                                                   \
         STUDY_OPTION(tolerance),                                                   \
         .argument = "N",                                                           \
         .help = "Relative error of its steps; 1e-9 by default"},

#define STUDY_LEAD                                                                 \
    {.name = "vary",                                                               \
     .kind = OPTION_STRING,                                                        \
     STUDY_OPTION(vary),                                                           \
     .argument = "NAME",                                                           \
     .help = "What is varied: a parameter, trait, input, or a state that is held", \
     .more = "A trait without a person is varied for everyone alike."},            \
        {.name = "from",                                                           \
         .kind = OPTION_REAL,                                                      \
         STUDY_OPTION(from),                                                       \
         .argument = "X",                                                          \
         .help = "Where it begins"},                                               \
        {.name = "to",                                                             \
         .kind = OPTION_REAL,                                                      \
         STUDY_OPTION(upto),                                                       \
         .argument = "X",                                                          \
         .help = "Where it ends"},

/* --- from the command line to a study --------------------------------------------- */

static exit_status_t study_no_memory(void)
{
    return talk_error(&(ebb_error_t){.code = EBB_ERR_MEMORY});
}

/* What a library call says: a wrong argument is a wrong command line. */
static exit_status_t study_tell(const study_job_t *job, int code,
                                const ebb_error_t *error)
{
    return code == EBB_ERR_ARGUMENT ? usage_error(job->self, "%s", error->text)
           : code                   ? talk_error(error)
                                    : EXIT_OK;
}

static exit_status_t study_read_model(study_job_t *job)
{
    const string_list_t *operands = &job->operands;
    if (operands->count != 1) {
        return operands->count
                   ? usage_error(job->self, "takes one model, not '%s' as well",
                                 operands->items[1])
                   : usage_error(job->self, "needs a model; 'ebb model list' shows "
                                            "those that ship");
    }
    exit_status_t status = source_open(&job->source, operands->items[0]);
    status = status == EXIT_OK ? load_model(&job->model, &job->source) : status;
    if (status == EXIT_OK && job->values.scenario) {
        status = load_scenario(&job->scenario, job->model, &job->source,
                               job->values.scenario);
    }
    if (job->scenario) {
        job->scenario_info = ebb_scenario_info(job->scenario);
    }
    return status;
}

/* What a scenario declares is asked for before anything is studied. */
static int study_ask_gate(const study_job_t *job)
{
    return gate_ask(&(gate_question_t){
        .facts = job->scenario_info.facts,
        .scenario = job->scenario_info.name,
        .format = job->values.format,
        .output = job->values.output,
        .width = job->values.width,
    });
}

static exit_status_t study_read_numbers(study_job_t *job)
{
    const study_values_t *v = &job->values;
    const struct {
        assign_option_t option;
        assigned_t *into;
        const string_list_t *arguments;
    } all[] = {
        {{job->self, "set", NULL, ASSIGN_SET, false}, &job->assigned, &v->set},
        {{job->self, "a", "a", ASSIGN_SET, false}, &job->assigned, &v->a},
        {{job->self, "b", "b", ASSIGN_SET, false}, &job->assigned, &v->b},
        {{job->self, "start", NULL, ASSIGN_START, false}, &job->assigned, &v->start},
        {{job->self, "hold", NULL, ASSIGN_HOLD, false}, &job->held, &v->hold},
    };
    exit_status_t status = assign_open(&job->assigned, job->model);
    status = status == EXIT_OK ? assign_open(&job->held, job->model) : status;
    if (status == EXIT_OK && job->scenario) {
        const assigned_t *to = &job->assigned;
        ebb_model_numbers_t numbers = {to->params, to->traits, to->inputs, to->starts};
        ebb_scenario_numbers(job->scenario, v->time, numbers);
        job->result.scenario = &job->scenario_info;
    }
    for (size_t i = 0; i < sizeof all / sizeof *all && status == EXIT_OK; i++) {
        status = assign_all(all[i].into, job->model, &all[i].option, all[i].arguments);
    }
    return status == EXIT_OK
               ? choose_outputs(&job->chosen, job->model, job->self, v->only)
               : status;
}

static exit_status_t study_make(study_job_t *job)
{
    const study_values_t *v = &job->values;
    ebb_study_settings_t *s = &job->settings;
    ebb_error_t error = {0};
    s->params = job->assigned.params;
    s->traits = job->assigned.traits;
    s->inputs = job->assigned.inputs;
    s->starts = job->assigned.starts;
    s->holds = job->held.starts;
    s->time = v->time;
    s->tolerance = v->tolerance;
    s->mean_events = v->events && strcmp(v->events, "mean") == 0;
    (void)ebb_method_of(v->method ? v->method : "auto", &s->method);
    return study_tell(job, ebb_study_new(&job->study, job->model, s, &error), &error);
}

/* Everything up to the study; what is wrong has been told. */
static int study_open(study_job_t *job, int argc, char **argv)
{
    job->values.value = job->values.from = job->values.upto = (double)NAN;
    int status = options_parse(job->self, &job->values, &job->operands, argc, argv);
    if (status != OPTIONS_READ) {
        return status;
    }
    status = study_read_model(job);
    int answer = status == EXIT_OK ? study_ask_gate(job) : status;
    if (answer != OPTIONS_READ) {
        return answer;
    }
    status = study_read_numbers(job);
    status = status == EXIT_OK ? study_make(job) : status;
    job->result.model = job->model;
    job->result.study = job->study;
    job->result.settings = &job->settings;
    job->result.outputs = job->chosen.items;
    job->result.output_count = job->chosen.count;
    return status == EXIT_OK ? OPTIONS_READ : status;
}

static void study_close(study_job_t *job)
{
    ebb_study_free(job->study);
    free(job->chosen.items);
    assign_free(&job->assigned);
    assign_free(&job->held);
    ebb_scenario_free(job->scenario);
    ebb_model_free(job->model);
    source_close(&job->source);
    list_free(&job->operands);
    options_free(job->self, &job->values);
}

static exit_status_t study_write(const study_job_t *job)
{
    const study_values_t *v = &job->values;
    const char *format = v->format ? v->format : "text";
    bool to_stdout = !v->output || strcmp(v->output, "-") == 0;
    const ebb_picture_opts_t opts = {
        .width = v->width    ? v->width
                 : to_stdout ? screen_width(STDOUT_FILENO)
                             : 0,
        .colour = to_stdout && screen_has_colour(STDOUT_FILENO),
    };
    ebb_text_t text = {0};
    int code = strcmp(format, "json") == 0 ? ebb_studied_json(&text, &job->result)
               : strcmp(format, "csv") == 0
                   ? ebb_studied_csv(&text, &job->result)
                   : ebb_studied_terminal(&text, &job->result, &opts);
    if (code) {
        ebb_text_free(&text);
        return study_no_memory();
    }
    return output_text(v->output, &text);
}

/* Writes when the library found something, else tells why not. */
static exit_status_t study_end(const study_job_t *job, int code,
                               const ebb_error_t *error)
{
    return code ? study_tell(job, code, error) : study_write(job);
}

/* One state or let by its name. */
static exit_status_t study_quantity(const study_job_t *job, const char *option,
                                    const char *name, ebb_run_output_t *out)
{
    ebb_error_t error = {0};
    if (!name) {
        return usage_error(job->self, "needs --%s and the name of a state or a let",
                           option);
    }
    if (ebb_model_find(job->model, name, &out->kind, &out->index, &error)) {
        return usage_error(job->self, "--%s: %s", option, error.text);
    }
    return out->kind == EBB_SCALAR_STATE || out->kind == EBB_SCALAR_LET
               ? EXIT_OK
               : usage_error(job->self, "--%s: '%s' is no state and no let", option,
                             name);
}

/* What is varied, and between which numbers. */
static exit_status_t study_lead(const study_job_t *job, ebb_study_number_t *numbers,
                                size_t *count)
{
    const study_values_t *v = &job->values;
    found_t found[FOUND_MOST];
    if (!v->vary || isnan(v->from) || isnan(v->upto)) {
        return usage_error(job->self, "needs --vary NAME, --from X and --to X");
    }
    *count = assign_find(job->model, v->vary, found);
    for (size_t i = 0; i < *count; i++) {
        numbers[i] = (ebb_study_number_t){found[i].kind, found[i].index};
    }
    return *count ? EXIT_OK : assign_unknown(job->self, job->model, v->vary);
}

/* --- equilibria ------------------------------------------------------------------- */

static const option_spec_t equilibria_options[] = {
    STUDY_SETTING STUDY_PART{.name = "starts",
                             .kind = OPTION_WHOLE,
                             STUDY_OPTION(starts),
                             .argument = "N",
                             .low = 1,
                             .high = 100000,
                             .help = "From how many starts to look; 200 by default"},
    STUDY_METHOD STUDY_RESULT{0},
};

static const example_t equilibria_examples[] = {
    {"ebb study equilibria pursuit_minimal", "Two that hold and a saddle between."},
    {"ebb study equilibria liebovitch --set response=1.1",
     "Cooperation a little above 1: two warm states, or two cold ones."},
    {0},
};

static exit_status_t run_equilibria(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_equilibria_t found = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        const ebb_equilibria_settings_t s = {.starts = (size_t)job.values.starts};
        int code = ebb_study_equilibria(job.study, &s, &found, &error);
        job.result.equilibria = &found;
        status = study_end(&job, code, &error);
    }
    ebb_equilibria_free(&found);
    study_close(&job);
    return status;
}

static const command_t command_equilibria = {
    .name = "study equilibria",
    .summary = "Where a model rests, and whether it stays there",
    .operands = "MODEL",
    .about =
        "Looks for all states in which the equations rest, by Newton's method from "
        "many starts, and tells of each whether it holds. The search cannot prove "
        "that it found all.",
    .options = equilibria_options,
    .examples = equilibria_examples,
    .run = run_equilibria,
};

/* --- gain ------------------------------------------------------------------------- */

static const option_spec_t gain_options[] = {
    STUDY_SETTING STUDY_PART{
        .name = "cut",
        .kind = OPTION_STRING,
        STUDY_OPTION(cut),
        .argument = "NAME",
        .help = "Where the loop is cut: a let or a state of one person"},
    {.name = "to",
     .kind = OPTION_STRING,
     STUDY_OPTION(to),
     .argument = "NAME",
     .help = "What is observed; the same, for the gain of the loop"},
    STUDY_METHOD STUDY_RESULT{0},
};

static const example_t gain_examples[] = {
    {"ebb study gain pursuit_minimal --set trigger=0.35 --cut withdrawer.withdrawal",
     "Near 1, as the calm state is about to disappear."},
    {0},
};

static exit_status_t run_gain(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_gain_settings_t s = {0};
    ebb_gain_t gain = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        const char *to = job.values.to ? job.values.to : job.values.cut;
        status = study_quantity(&job, "cut", job.values.cut, &s.cut);
        status = status == EXIT_OK ? study_quantity(&job, "to", to, &s.to) : status;
        if (status == EXIT_OK) {
            int code = ebb_study_gain(job.study, &s, &gain, &error);
            job.result.gain = &gain;
            job.result.cut = job.values.cut;
            job.result.to = strcmp(to, job.values.cut) == 0 ? "" : to;
            status = study_end(&job, code, &error);
        }
    }
    study_close(&job);
    return status;
}

static const command_t command_gain = {
    .name = "study gain",
    .summary = "Loop gain where a model rests; at 1 that state disappears",
    .operands = "MODEL",
    .about =
        "Cuts a model at a quantity: everything else reads a number instead of it. "
        "The gain is how much the quantity, at rest, answers to that number. The "
        "state of rest is the one that the start leads to.",
    .options = gain_options,
    .examples = gain_examples,
    .run = run_gain,
};

/* --- share ------------------------------------------------------------------------ */

static const option_spec_t share_options[] = {
    STUDY_SETTING{.name = "cut",
                  .kind = OPTION_STRING,
                  STUDY_OPTION(cut),
                  .argument = "NAME",
                  .help = "The link: others do not see this quantity of one person"},
    {.name = "value",
     .kind = OPTION_REAL,
     STUDY_OPTION(value),
     .argument = "X",
     .help = "What they see instead; its value at rest by default"},
    {.name = "outcome",
     .kind = OPTION_STRING,
     STUDY_OPTION(to),
     .argument = "NAME",
     .help = "What is averaged: a state or a let of one person"},
    {.name = "from",
     .kind = OPTION_REAL,
     STUDY_OPTION(from),
     .argument = "T",
     .help = "From when on it counts; 0 by default"},
    {.name = "for",
     .kind = OPTION_POSITIVE,
     STUDY_OPTION(length),
     .argument = "N",
     .help = "How long a couple is followed; 100 by default"},
    {.name = "couples",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     STUDY_OPTION(couples),
     .argument = "N",
     .low = 1,
     .high = 10000000,
     .help = "How many couples; 200 by default"},
    {.name = "seed",
     .kind = OPTION_WHOLE,
     STUDY_OPTION(seed),
     .argument = "N",
     .high = UINT64_MAX,
     .help = "Another seed is other chance; 0 by default"},
    STUDY_RESULT{0},
};

static const example_t share_examples[] = {
    {"ebb study share couple.ebb --cut b.withdrawal --outcome a.pursuit --for 365",
     "How much of a's pursuit exists only because b's withdrawal is seen."},
    {0},
};

static exit_status_t run_share(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_share_settings_t s = {0};
    ebb_share_t share = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        const study_values_t *v = &job.values;
        status = study_quantity(&job, "cut", v->cut, &s.cut);
        status = status == EXIT_OK ? study_quantity(&job, "outcome", v->to, &s.outcome)
                                   : status;
        if (status == EXIT_OK) {
            s.value = v->value;
            s.from = isnan(v->from) ? 0 : v->from;
            s.length = v->length > 0 ? v->length : 100;
            s.couples = v->couples;
            s.seed = v->seed;
            int code = ebb_study_share(job.study, &s, &share, &error);
            job.result.share = &share;
            job.result.cut = v->cut;
            job.result.to = v->to;
            status = study_end(&job, code, &error);
        }
    }
    study_close(&job);
    return status;
}

static const command_t command_share = {
    .name = "study share",
    .summary = "How much of an outcome exists only because of a link",
    .operands = "MODEL",
    .about = "Runs couples twice with the same chance: as the model is, and with a "
             "constant in place of what others see of one person. Noise and events are "
             "on. The share is of the model, and of these numbers and times.",
    .options = share_options,
    .examples = share_examples,
    .run = run_share,
};

/* --- continue --------------------------------------------------------------------- */

static const option_spec_t continue_options[] = {
    STUDY_LEAD STUDY_SETTING STUDY_PART STUDY_METHOD STUDY_RESULT{0},
};

static const example_t continue_examples[] = {
    {"ebb study continue pursuit_minimal --vary trigger --from 0 --to 1",
     "Where the calm state ends: the folds."},
    {"ebb study continue liebovitch_delay --b response=-2 --set late=0.1 --vary late "
     "--from 0.1 --to 1",
     "At which delay answers begin to swing: the Hopf point."},
    {0},
};

/* Begins at the end that is `from`: the number is set there first. */
static exit_status_t study_begin_at(study_job_t *job, const ebb_study_number_t *numbers,
                                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t at = numbers[i].index;
        double *list = numbers[i].kind == EBB_SCALAR_PARAM   ? job->assigned.params
                       : numbers[i].kind == EBB_SCALAR_TRAIT ? job->assigned.traits
                       : numbers[i].kind == EBB_SCALAR_INPUT ? job->assigned.inputs
                                                             : NULL;
        if (list) {
            list[at] = job->values.from;
        } else if (numbers[i].kind == EBB_SCALAR_STATE &&
                   !isnan(job->held.starts[at])) {
            job->held.starts[at] = job->values.from;
        }
    }
    ebb_study_free(job->study);
    exit_status_t status = study_make(job);
    job->result.study = job->study;
    return status;
}

static exit_status_t run_continue(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_study_number_t numbers[FOUND_MOST];
    ebb_branch_settings_t s = {.lead = {numbers, 0}};
    ebb_branch_t branch = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        const study_values_t *v = &job.values;
        status = study_lead(&job, numbers, &s.lead.count);
        status =
            status == EXIT_OK ? study_begin_at(&job, numbers, s.lead.count) : status;
        if (status == EXIT_OK) {
            s.down = v->from > v->upto;
            s.low = s.down ? v->upto : v->from;
            s.high = s.down ? v->from : v->upto;
            int code = ebb_study_continue(job.study, &s, &branch, &error);
            job.result.branch = &branch;
            job.result.lead = v->vary;
            status = study_end(&job, code, &error);
        }
    }
    ebb_branch_free(&branch);
    study_close(&job);
    return status;
}

static const command_t command_continue = {
    .name = "study continue",
    .summary = "Follows a state of rest while a number changes: folds, Hopf points",
    .operands = "MODEL",
    .about = "Begins where the model rests with the number at --from, and follows that "
             "state, around folds too, until the number leaves the range.",
    .options = continue_options,
    .examples = continue_examples,
    .run = run_continue,
};

/* --- sweep ------------------------------------------------------------------------ */

static const option_spec_t sweep_options[] = {
    STUDY_LEAD{.name = "steps",
               .kind = OPTION_WHOLE,
               STUDY_OPTION(steps),
               .argument = "N",
               .low = 1,
               .high = 100000,
               .help = "Steps on each way; 100 by default"},
    {.name = "settle",
     .kind = OPTION_POSITIVE,
     STUDY_OPTION(settle),
     .argument = "N",
     .help = "How long it may settle at each step; 150 by default"},
    STUDY_SETTING STUDY_PART STUDY_METHOD STUDY_RESULT{0},
};

static const example_t sweep_examples[] = {
    {"ebb study sweep pursuit_minimal --vary trigger --from -1 --to 0.6 --steps 160",
     "On at 0.36, off only at -0.76: hysteresis."},
    {0},
};

static exit_status_t run_sweep(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_study_number_t numbers[FOUND_MOST];
    ebb_hysteresis_settings_t s = {.lead = {numbers, 0}};
    ebb_hysteresis_t sweep = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        status = study_lead(&job, numbers, &s.lead.count);
        if (status == EXIT_OK) {
            s.from = job.values.from;
            s.to = job.values.upto;
            s.steps = (size_t)job.values.steps;
            s.settle = job.values.settle;
            int code = ebb_study_sweep(job.study, &s, &sweep, &error);
            job.result.sweep = &sweep;
            job.result.lead = job.values.vary;
            status = study_end(&job, code, &error);
        }
    }
    ebb_hysteresis_free(&sweep);
    study_close(&job);
    return status;
}

static const command_t command_sweep = {
    .name = "study sweep",
    .summary = "Leads a number slowly up and down: jumps and hysteresis",
    .operands = "MODEL",
    .about = "At each step the equations are followed from where they were, and what "
             "jumps is told.",
    .options = sweep_options,
    .examples = sweep_examples,
    .run = run_sweep,
};

/* --- cycle ------------------------------------------------------------------------ */

#define STUDY_TRANSIENT(usual) \
    {.name = "transient",      \
     .kind = OPTION_POSITIVE,  \
     STUDY_OPTION(transient),  \
     .argument = "N",          \
     .help = "How long before anything counts; " usual " by default"},

static const option_spec_t cycle_options[] = {
    STUDY_SETTING STUDY_PART STUDY_TRANSIENT("500"){
        .name = "window",
        .kind = OPTION_POSITIVE,
        STUDY_OPTION(window),
        .argument = "N",
        .help = "In which the last return must fall; 500 by default"},
    STUDY_METHOD STUDY_RESULT{0},
};

static const example_t cycle_examples[] = {
    {"ebb study cycle pursuit_minimal --set trigger=0.65 --set weariness=0.6",
     "Pursuing, giving up, thawing, and again: a period of 64.74."},
    {0},
};

static exit_status_t run_cycle(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_limit_cycle_t cycle = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        const ebb_limit_cycle_settings_t s = {job.values.transient, job.values.window};
        int code = ebb_study_cycle(job.study, &s, &cycle, &error);
        job.result.cycle = &cycle;
        status = study_end(&job, code, &error);
    }
    ebb_limit_cycle_free(&cycle);
    study_close(&job);
    return status;
}

static const command_t command_cycle = {
    .name = "study cycle",
    .summary = "Whether a model turns in circles: period and range",
    .operands = "MODEL",
    .about = "Follows the equations from the start and looks for returns to the same "
             "states.",
    .options = cycle_options,
    .examples = cycle_examples,
    .run = run_cycle,
};

/* --- lyapunov --------------------------------------------------------------------- */

static const option_spec_t lyapunov_options[] = {
    STUDY_SETTING STUDY_PART STUDY_TRANSIENT("200"){
        .name = "for",
        .kind = OPTION_POSITIVE,
        STUDY_OPTION(length),
        .argument = "N",
        .help = "How long is counted; 4000 by default"},
    {.name = "stretch",
     .kind = OPTION_POSITIVE,
     STUDY_OPTION(stretch),
     .argument = "N",
     .help = "Between two looks at how far apart they are; 2 by default"},
    STUDY_METHOD STUDY_RESULT{0},
};

static const example_t lyapunov_examples[] = {
    {"ebb study lyapunov sprott_triangle --stretch 1", "Romeo between two: chaos."},
    {0},
};

static exit_status_t run_lyapunov(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self};
    ebb_lyapunov_t lyapunov = {0};
    ebb_error_t error = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        const ebb_lyapunov_settings_t s = {job.values.transient, job.values.length,
                                           job.values.stretch};
        int code = ebb_study_lyapunov(job.study, &s, &lyapunov, &error);
        job.result.lyapunov = &lyapunov;
        status = study_end(&job, code, &error);
    }
    study_close(&job);
    return status;
}

static const command_t command_lyapunov = {
    .name = "study lyapunov",
    .summary = "Whether small differences grow: the largest Lyapunov exponent",
    .operands = "MODEL",
    .about =
        "Follows the equations and a small difference, and tells how fast it grows "
        "or fades, with a range of 95 % from 20 stretches of the way.",
    .options = lyapunov_options,
    .examples = lyapunov_examples,
    .run = run_lyapunov,
};

/* --- all -------------------------------------------------------------------------- */

static const command_t *const study_verbs[] = {
    &command_equilibria, &command_gain,  &command_share,    &command_continue,
    &command_sweep,      &command_cycle, &command_lyapunov, NULL,
};

const command_t command_study = {
    .name = "study",
    .summary = "What a model's equations do: rest, leave, turn in circles",
    .about = "Studies a model for one couple, with chance off (but for `share`). MODEL "
             "is a file, or the name of a model that ships. What is found is true of "
             "the equations, not of people; docs/maths/study.md says what each is.",
    VERBS(study_verbs),
};
