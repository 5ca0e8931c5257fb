/* SPDX-License-Identifier: MIT
 * ebb pair: who finds whom. */
#include <math.h>
#include <stdlib.h>

#include "ebb/paired.h"
#include "list.h"
#include "people.h"
#include "progress.h"
#include "result_page.h"
#include "talk.h"

#define PAIR_ROWS (2 * EBB_PAIR_MECHANISMS + 2)
#define PAIR_CUT 0.43 /* a third of people are above it */

typedef struct pair_values {
    people_values_t people;
    uint64_t couples;
    double cut;
    const char *html;
    bool compare, reference;
} pair_values_t;

#define PAIR_OPTION(field) .target = offsetof(pair_values_t, field)

static const option_spec_t pair_options[] = {
    {.name = "couples",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     PAIR_OPTION(couples),
     .argument = "N",
     .low = 1,
     .high = 100000000,
     .help = "How many, rounded up to markets of 128; 12800 by default"},
    {.name = "cut",
     .kind = OPTION_REAL,
     PAIR_OPTION(cut),
     .argument = "SD",
     .help = "Where anxious and avoidant begin; 0.43, the top third, by default"},
    {.name = "compare",
     .kind = OPTION_FLAG,
     PAIR_OPTION(compare),
     .help = "Also without each mechanism, and with each alone",
     .more = "14 times the work. With --format csv a line for each."},
    {.name = "reference",
     .kind = OPTION_FLAG,
     PAIR_OPTION(reference),
     .help = "Runs the known market of Kalick and Hamilton instead"},
    PEOPLE_SWITCHES(pair_values_t) PEOPLE_FORM(pair_values_t)
        RESULT_PAGE_OPTION(offsetof(pair_values_t, html)),
    {0},
};

static const example_t pair_examples[] = {
    {"ebb pair", "Kinds of couples, and how many anxious with avoidant at each cut."},
    {"ebb pair --compare", "What each mechanism contributes."},
    {"ebb pair --compare --html page.html", "The same as a page."},
    {"ebb pair --without survival --cut 1", "As couples form, with a stricter cut."},
    {"ebb pair --reference", "That the market does what is known of another."},
    {0},
};

typedef struct pair_job {
    const command_t *self;
    pair_values_t values;
    ebb_pair_numbers_t numbers;
    ebb_pair_settings_t settings;
    ebb_pair_census_t census;
    ebb_paired_row_t *rows;
    ebb_kalick_t kalick[EBB_PAIRED_KALICK];
    ebb_paired_t result;
} pair_job_t;

static exit_status_t pair_count(const pair_job_t *job, unsigned without,
                                ebb_pair_census_t *census, progress_t *progress)
{
    ebb_error_t error = {0};
    ebb_pair_settings_t settings = job->settings;
    settings.without = without;
    settings.progress = progress_update;
    settings.user = progress;
    uint64_t couples = job->values.couples ? job->values.couples : 12800;
    double cut = isnan(job->values.cut) ? PAIR_CUT : job->values.cut;
    return ebb_pair_count(&settings, couples, cut, census, &error) ? talk_error(&error)
                                                                   : EXIT_OK;
}

/* All, without each, each alone, none: of those that are in. Of one or two that are in
 * some of these would be the same. */
static exit_status_t pair_compare(pair_job_t *job, progress_t *progress)
{
    unsigned out = job->settings.without, rows[PAIR_ROWS];
    size_t count = 0, in = 0;
    for (size_t k = 0; k < EBB_PAIR_MECHANISMS; k++) {
        in += out >> k & 1 ? 0 : 1;
    }
    rows[count++] = out;
    for (size_t alone = 0; alone < 2 && in > 1 + alone; alone++) {
        for (size_t k = 0; k < EBB_PAIR_MECHANISMS; k++) {
            if (!(out >> k & 1)) {
                rows[count++] = alone ? EBB_PAIR_ALL & ~(1u << k) : out | 1u << k;
            }
        }
    }
    if (in > 0) {
        rows[count++] = EBB_PAIR_ALL;
    }
    job->rows = calloc(count, sizeof *job->rows);
    if (!job->rows) {
        return talk_no_memory();
    }
    exit_status_t status = EXIT_OK;
    for (size_t k = 0; k < count && status == EXIT_OK; k++) {
        job->rows[k].without = rows[k];
        status = pair_count(job, rows[k], &job->rows[k].census, progress);
    }
    job->result.rows = job->rows;
    job->result.row_count = count;
    return status;
}

static exit_status_t pair_reference(pair_job_t *job)
{
    ebb_error_t error = {0};
    for (size_t k = 0; k < EBB_PAIRED_KALICK; k++) {
        const ebb_kalick_settings_t settings = {
            .seed = job->settings.seed, .similar = k > 0, .one_group = k > 1};
        if (ebb_pair_kalick(&settings, &job->kalick[k], NULL, &error)) {
            return talk_error(&error);
        }
    }
    job->result.kalick = job->kalick;
    return EXIT_OK;
}

static exit_status_t pair_work(pair_job_t *job)
{
    if (job->values.reference) {
        return pair_reference(job);
    }
    progress_t progress = progress_begin("pairing");
    exit_status_t status =
        pair_count(job, job->settings.without, &job->census, &progress);
    if (status == EXIT_OK && job->values.compare) {
        status = pair_compare(job, &progress);
    }
    progress_end(&progress);
    job->result.census = &job->census;
    return status;
}

static int pair_document(ebb_text_t *out, const void *from)
{
    return ebb_paired_json(out, from);
}

static exit_status_t pair_write(const pair_job_t *job)
{
    const people_values_t *people = &job->values.people;
    const char *html = job->values.html;
    exit_status_t status = result_page_write(html, pair_document, &job->result);
    if (status != EXIT_OK || result_page_is_all(html, people->output)) {
        return status;
    }
    const ebb_picture_opts_t opts = people_picture(people);
    ebb_text_t text = {0};
    int code = people_wants(people, "json") ? ebb_paired_json(&text, &job->result)
               : people_wants(people, "csv")
                   ? ebb_paired_csv(&text, &job->result)
                   : ebb_paired_terminal(&text, &job->result, &opts);
    return people_write(people, code, &text);
}

static exit_status_t pair_all(pair_job_t *job)
{
    const people_values_t *people = &job->values.people;
    job->numbers = ebb_pair_usual();
    job->settings =
        (ebb_pair_settings_t){.seed = people->seed, .numbers = &job->numbers};
    job->result.settings = &job->settings;
    if (job->values.html && job->values.reference) {
        return usage_error(job->self, "there is no page of --reference");
    }
    exit_status_t status =
        result_page_place(job->self, job->values.html, people->output);
    status = status == EXIT_OK ? people_without(job->self, people, ebb_pair_mechanism,
                                                &job->settings.without)
                               : status;
    status = status == EXIT_OK
                 ? people_set(job->self, people, ebb_pair_number, &job->numbers)
                 : status;
    status = status == EXIT_OK ? pair_work(job) : status;
    return status == EXIT_OK ? pair_write(job) : status;
}

static exit_status_t run_pair(const command_t *self, int argc, char **argv)
{
    pair_job_t job = {.self = self, .values = {.cut = (double)NAN}};
    string_list_t operands = {0};
    int status = options_parse(self, &job.values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = pair_all(&job);
    }
    free(job.rows);
    options_free(self, &job.values);
    list_free(&operands);
    return status;
}

const command_t command_pair = {
    .name = "pair",
    .summary = "Who finds whom: a mating market, and which couples come of it",
    .operands = "",
    .about =
        "People who differ in anxiety and avoidance meet at random, take each other or "
        "not, and may part. Which kinds of couples there are then is told at one cut "
        "and over all cuts, beside couples made at random: how many are anxious with "
        "avoidant hangs on where the words begin.\n"
        "Mechanisms: security, likeness, suppressed, courtship, calm, survival. Most "
        "numbers are assumptions (docs/maths/people.md). Nobody has a sex here, and no "
        "couple is foretold.",
    .options = pair_options,
    .examples = pair_examples,
    .run = run_pair,
};
