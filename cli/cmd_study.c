/* SPDX-License-Identifier: MIT
 * ebb study: where a model rests, what makes it leave, how it turns in circles. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study_job.h"

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
    {"ebb study gain pursue_withdraw -s pursuer --hold early=0 --events mean "
     "--slower-than 10 --cut b.withdrawal",
     "The couple after the honeymoon, all that is slow held: 0.57."},
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
    {"ebb study continue pursue_withdraw -s pursuer --hold early=0 --events mean "
     "--slower-than 10 --vary b.hardness --from 0 --to 1",
     "How much habit of withdrawing a calm couple bears: a fold at 0.035."},
    {"ebb study continue liebovitch_delay --b response=-2 --set late=0.1 --vary late "
     "--from 0.1 --to 1",
     "At which delay answers begin to swing: the Hopf point."},
    {0},
};

/* Begins at the end that is `from`: the number is set there first. */
static exit_status_t study_begin_at(study_job_t *job, const ebb_study_number_t *numbers,
                                    size_t count)
{
    double held;
    for (size_t i = 0; i < count; i++) {
        size_t at = numbers[i].index;
        double *list = numbers[i].kind == EBB_SCALAR_PARAM   ? job->assigned.params
                       : numbers[i].kind == EBB_SCALAR_TRAIT ? job->assigned.traits
                       : numbers[i].kind == EBB_SCALAR_INPUT ? job->assigned.inputs
                                                             : NULL;
        if (list) {
            list[at] = job->values.from;
        } else if (numbers[i].kind == EBB_SCALAR_STATE &&
                   ebb_study_holds(job->study, at, &held)) {
            job->held.starts[at] = job->values.from;
        }
    }
    return study_renew(job);
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
    {"ebb study sweep pursue_withdraw -s pursuer --hold early=0 --events mean "
     "--slower-than 10 --vary gain_pressure --from 4 --to 6 --settle 400",
     "The couple locks at 5.7 and is calm again at 4.2."},
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
    &command_equilibria,   &command_gain,     &command_share,
    &command_study_levers, &command_continue, &command_sweep,
    &command_cycle,        &command_lyapunov, NULL,
};

const command_t command_study = {
    .name = "study",
    .summary = "What a model's equations do: rest, leave, turn in circles",
    .about = "Studies a model for one couple, with chance off (but for `share`). MODEL "
             "is a file, or the name of a model that ships. What is found is true of "
             "the equations, not of people; docs/maths/study.md says what each is.",
    VERBS(study_verbs),
};
