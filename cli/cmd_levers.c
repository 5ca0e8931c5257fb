/* SPDX-License-Identifier: MIT
 * ebb study levers: which lever lowers the loop gain most. */
#include <stdlib.h>
#include <string.h>

#include "study_job.h"
#include "talk.h"

static const option_spec_t levers_options[] = {
    {.name = "cut",
     .kind = OPTION_STRING,
     STUDY_OPTION(cut),
     .argument = "NAME",
     .help = "Where the loop is cut: a let or a state of one person"},
    {.name = "only",
     .kind = OPTION_STRING,
     STUDY_OPTION(only),
     .argument = "NAMES",
     .help = "These levers only, as check_ins,a.lower_volume",
     .more = "Without it, all inputs with the range [0, 1], of each person who has "
             "one."},
    {.name = "draws",
     .kind = OPTION_WHOLE,
     STUDY_OPTION(draws),
     .argument = "N",
     .high = EBB_LEVERS_DRAWS_MOST,
     .help = "Draws parameters so many times; 0 by default",
     .more = "All but those that --set or a scenario sets, each times a factor drawn "
             "evenly within 1 +- --within."},
    {.name = "within",
     .kind = OPTION_POSITIVE,
     STUDY_OPTION(within),
     .argument = "X",
     .help = "How far a factor is from 1 at most; 0.2 by default"},
    {.name = "seed",
     .kind = OPTION_WHOLE,
     STUDY_OPTION(seed),
     .argument = "N",
     .high = UINT64_MAX,
     .help = "Another seed is other chance; 0 by default"},
    STUDY_SETTING STUDY_PART STUDY_METHOD STUDY_FORM{0},
};

static const example_t levers_examples[] = {
    {"ebb study levers pursue_withdraw -s pursuer --hold early=0 --events mean "
     "--slower-than 10 --cut b.withdrawal --draws 50",
     "An anxious and an avoidant partner after the honeymoon, all that is slow held."},
    {0},
};

/* The levers that --only names; NULL: memory is used up. */
static size_t *levers_named(const study_job_t *job)
{
    size_t *inputs = malloc((job->chosen.count + 1) * sizeof *inputs);
    for (size_t k = 0; k < job->chosen.count && inputs; k++) {
        inputs[k] = job->chosen.items[k].index;
    }
    return inputs;
}

static exit_status_t levers_study(study_job_t *job, ebb_levers_t *levers)
{
    const study_values_t *v = &job->values;
    ebb_error_t error = {0};
    ebb_levers_settings_t s = {
        .draws = (size_t)v->draws, .within = v->within, .seed = v->seed};
    exit_status_t status = study_quantity(job, "cut", v->cut, &s.cut);
    if (status != EXIT_OK) {
        return status;
    }
    size_t *inputs = levers_named(job);
    if (!inputs) {
        return talk_no_memory();
    }
    s.inputs = job->chosen.count ? inputs : NULL;
    s.input_count = job->chosen.count;
    int code = ebb_study_levers(job->study, &s, levers, &error);
    free(inputs);
    job->result.levers = levers;
    job->result.cut = v->cut;
    return study_end(job, code, &error);
}

static exit_status_t run_levers(const command_t *self, int argc, char **argv)
{
    study_job_t job = {.self = self, .only_inputs = true};
    ebb_levers_t levers = {0};
    int status = study_open(&job, argc, argv);
    if (status == OPTIONS_READ) {
        status = levers_study(&job, &levers);
    }
    ebb_levers_free(&levers);
    study_close(&job);
    return status;
}

const command_t command_study_levers = {
    .name = "study levers",
    .summary = "Which lever lowers the loop gain most, in this model",
    .operands = "MODEL",
    .about =
        "A lever is an input with the range [0, 1]. The gain of the loop with each of "
        "them in full is compared with the gain as it is, at the state of rest to "
        "which the start leads; hold what is slow, with --slower-than, so that there "
        "is one.\n"
        "With --draws it tells how far the order hangs on the values of parameters. It "
        "is an order in the model: it promises nobody that a lever helps.",
    .options = levers_options,
    .examples = levers_examples,
    .run = run_levers,
};
