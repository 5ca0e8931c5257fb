/* SPDX-License-Identifier: MIT
 * ebb develop: how loudly a child learns to signal need. */
#include <stdlib.h>
#include <string.h>

#include "ebb/developed.h"
#include "list.h"
#include "people.h"
#include "progress.h"
#include "talk.h"

#define DEVELOP_ROWS (EBB_DEVELOP_MECHANISMS + 1)

typedef struct develop_values {
    people_values_t people;
    uint64_t children;
    const char *caregiver;
    bool compare;
} develop_values_t;

#define DEVELOP_OPTION(field) .target = offsetof(develop_values_t, field)

static const option_spec_t develop_options[] = {
    {.name = "caregiver",
     .kind = OPTION_CHOICE,
     DEVELOP_OPTION(caregiver),
     .argument = "NAME",
     .choices = "responsive|inconsistent|rejecting|frightening",
     .help = "Shows this one only, with the spread of children; all by default"},
    {.name = "children",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     DEVELOP_OPTION(children),
     .argument = "N",
     .low = 2,
     .high = 10000000,
     .help = "How many with each caregiver; 1000 by default"},
    {.name = "compare",
     .kind = OPTION_FLAG,
     DEVELOP_OPTION(compare),
     .help = "Also without each mechanism",
     .more = "8 times the work. With --format csv a line for each."},
    PEOPLE_SWITCHES(develop_values_t) PEOPLE_FORM(develop_values_t){0},
};

static const example_t develop_examples[] = {
    {"ebb develop", "Four caregivers, and what is learnt with each."},
    {"ebb develop --caregiver frightening", "Where nothing pays for long."},
    {"ebb develop --without mood",
     "Amplifying needs a caregiver who is not always free."},
    {"ebb develop --compare", "What each mechanism contributes."},
    {0},
};

typedef struct develop_job {
    const command_t *self;
    develop_values_t values;
    ebb_develop_numbers_t numbers;
    ebb_develop_settings_t settings;
    ebb_develop_t develop;
    ebb_developed_row_t *rows;
    ebb_developed_t result;
} develop_job_t;

static exit_status_t develop_grow(const develop_job_t *job, unsigned without,
                                  ebb_develop_t *develop, progress_t *progress)
{
    ebb_error_t error = {0};
    ebb_develop_settings_t settings = job->settings;
    settings.without = without;
    settings.progress = progress_update;
    settings.user = progress;
    uint64_t children = job->values.children ? job->values.children : 1000;
    int code = ebb_develop_run(&settings, children, develop, &error);
    return code == EBB_ERR_ARGUMENT ? usage_error(job->self, "%s", error.text)
           : code                   ? talk_error(&error)
                                    : EXIT_OK;
}

/* As it is, and without each mechanism that is in. */
static exit_status_t develop_compare(develop_job_t *job, progress_t *progress)
{
    exit_status_t status = EXIT_OK;
    unsigned out = job->settings.without;
    job->rows = calloc(DEVELOP_ROWS, sizeof *job->rows);
    if (!job->rows) {
        return talk_no_memory();
    }
    job->rows[0] = (ebb_developed_row_t){out, job->develop};
    size_t count = 1;
    for (size_t k = 0; k < EBB_DEVELOP_MECHANISMS && status == EXIT_OK; k++) {
        ebb_developed_row_t *row = &job->rows[count];
        if (!(out >> k & 1)) {
            row->without = out | 1u << k;
            status = develop_grow(job, row->without, &row->develop, progress);
            count++;
        }
    }
    job->result.rows = job->rows;
    job->result.row_count = count;
    return status;
}

static exit_status_t develop_work(develop_job_t *job)
{
    progress_t progress = progress_begin("growing");
    exit_status_t status =
        develop_grow(job, job->settings.without, &job->develop, &progress);
    if (status == EXIT_OK && job->values.compare) {
        status = develop_compare(job, &progress);
    }
    progress_end(&progress);
    job->result.develop = &job->develop;
    return status;
}

static exit_status_t develop_write(const develop_job_t *job)
{
    const people_values_t *people = &job->values.people;
    const ebb_picture_opts_t opts = people_picture(people);
    const ebb_developed_t *from = &job->result;
    ebb_text_t text = {0};
    int code = people_wants(people, "json") ? ebb_developed_json(&text, from)
               : people_wants(people, "csv")
                   ? ebb_developed_csv(&text, from)
                   : ebb_developed_terminal(&text, from, &opts);
    return people_write(people, code, &text);
}

static size_t develop_caregiver(const char *name)
{
    size_t k = 0;
    while (name && k < EBB_CAREGIVERS && strcmp(ebb_caregiver(k).name, name) != 0) {
        k++;
    }
    return name ? k : EBB_CAREGIVERS;
}

static exit_status_t develop_all(develop_job_t *job)
{
    const people_values_t *people = &job->values.people;
    job->numbers = ebb_develop_usual();
    job->settings =
        (ebb_develop_settings_t){.seed = people->seed, .numbers = &job->numbers};
    job->result.settings = &job->settings;
    job->result.only = develop_caregiver(job->values.caregiver);
    exit_status_t status = people_without(job->self, people, ebb_develop_mechanism,
                                          &job->settings.without);
    status = status == EXIT_OK
                 ? people_set(job->self, people, ebb_develop_number, &job->numbers)
                 : status;
    status = status == EXIT_OK ? develop_work(job) : status;
    return status == EXIT_OK ? develop_write(job) : status;
}

static exit_status_t run_develop(const command_t *self, int argc, char **argv)
{
    develop_job_t job = {.self = self};
    string_list_t operands = {0};
    int status = options_parse(self, &job.values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = develop_all(&job);
    }
    free(job.rows);
    options_free(self, &job.values);
    list_free(&operands);
    return status;
}

const command_t command_develop = {
    .name = "develop",
    .summary = "How loudly a child learns to signal need, with four caregivers",
    .operands = "",
    .about =
        "A child in distress signals louder or more quietly, and does again what has "
        "brought relief. To amplify and to suppress come out as what pays with a "
        "caregiver; nobody is given a style. What was learnt goes into the adult's "
        "anxiety and avoidance as a small part.\n"
        "Mechanisms: learning, effort, mood, rebuff, alarm, distress. Most numbers are "
        "assumptions (docs/maths/people.md). It says nothing of any one childhood.",
    .options = develop_options,
    .examples = develop_examples,
    .run = run_develop,
};
