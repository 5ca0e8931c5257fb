/* SPDX-License-Identifier: MIT
 * ebb calibrate: what published figures leave of a few parameters. */
#include "calibrate_job.h"
#include "list.h"
#include "output.h"
#include "people.h"
#include "screen.h"
#include "talk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CALIBRATE_OPTION(field) .target = offsetof(calibrate_values_t, field)
#define CALIBRATE_SAMPLE 500 /* draws that are written */

static const option_spec_t calibrate_options[] = {
    {.name = "couples",
     .letter = 'n',
     .kind = OPTION_WHOLE,
     CALIBRATE_OPTION(couples),
     .argument = "N",
     .low = 10,
     .high = 1000000,
     .help = "Couples of each run of an evaluation; without it as each run says",
     .more = "A run that says nothing has 1000; of talks there are 400."},
    {.name = "evaluations",
     .kind = OPTION_WHOLE,
     CALIBRATE_OPTION(evaluations),
     .argument = "N",
     .low = 1,
     .high = EBB_CALIBRATE_EVALUATIONS_MOST,
     .help = "How often the models are run; 600 by default"},
    {.name = "seed",
     .kind = OPTION_WHOLE,
     CALIBRATE_OPTION(seed),
     .argument = "N",
     .high = UINT64_MAX,
     .help = "Another seed is other chance; 0 by default"},
    {.name = "run",
     .kind = OPTION_LIST,
     CALIBRATE_OPTION(runs),
     .argument = "NAME",
     .help = "Only figures of this run, and its parameters; again for more"},
    {.name = "sample",
     .kind = OPTION_FILE,
     CALIBRATE_OPTION(sample),
     .argument = "FILE",
     .help = "Write 500 draws of the parameters there, as a table"},
    {.name = "recover",
     .kind = OPTION_NUMBER,
     CALIBRATE_OPTION(recover),
     .argument = "N",
     .low = 1,
     .high = 1000,
     .help = "Instead finds back N known truths from figures of their own",
     .more = "Each truth is drawn from the ranges, and takes a calibration."},
    {.name = "resume",
     .kind = OPTION_FILE,
     CALIBRATE_OPTION(resume),
     .argument = "FOLDER",
     .help = "Keep evaluations there, and use those that are there",
     .more = "Broken off at any time, the same command goes on."},
    {.name = "threads",
     .kind = OPTION_NUMBER,
     CALIBRATE_OPTION(threads),
     .argument = "N",
     .low = 1,
     .high = 64,
     .help = "Threads to calculate with; all processors by default",
     .more = "The result does not depend on it."},
    {.name = "format",
     .kind = OPTION_CHOICE,
     CALIBRATE_OPTION(format),
     .argument = "FORM",
     .choices = "text|json",
     .help = "text (default) or json",
     .more = "The JSON document is described in docs/schema.md."},
    {.name = "output",
     .letter = 'o',
     .kind = OPTION_FILE,
     CALIBRATE_OPTION(output),
     .argument = "FILE",
     .help = "Write there instead of to standard output",
     .more = "The file appears whole or not at all."},
    {.name = "width",
     .kind = OPTION_NUMBER,
     CALIBRATE_OPTION(width),
     .argument = "N",
     .low = 80,
     .high = 200,
     .help = "Columns of the text; 80 by default"},
    {0},
};

static const example_t calibrate_examples[] = {
    {"ebb calibrate evidence/fit --resume half-done --sample posterior.tsv",
     "The figures that ship; broken off, the same command goes on."},
    {"ebb calibrate evidence/fit --run talk --recover 20 --couples 100",
     "Whether parameters that are known are found back, of talks alone."},
    {0},
};

static exit_status_t write_sample(const calibrate_values_t *values,
                                  const ebb_calibrated_t *from)
{
    ebb_text_t text = {0};
    if (!values->sample || !from->calibration) {
        return EXIT_OK;
    }
    if (ebb_calibrated_sample(&text, from, CALIBRATE_SAMPLE)) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(values->sample, &text);
}

static exit_status_t write_result(const calibrate_values_t *values,
                                  const ebb_calibrated_t *from)
{
    bool json = values->format && strcmp(values->format, "json") == 0;
    const ebb_picture_opts_t opts = {.width = values->width ? values->width : 80,
                                     .colour = !values->output &&
                                               screen_has_colour(STDOUT_FILENO)};
    ebb_text_t text = {0};
    int code = json ? ebb_calibrated_json(&text, from)
                    : ebb_calibrated_terminal(&text, from, &opts);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    exit_status_t status = write_sample(values, from);
    if (status != EXIT_OK) {
        ebb_text_free(&text);
        return status;
    }
    return output_text(values->output, &text);
}

static exit_status_t calibrate_all(calibrate_job_t *job)
{
    exit_status_t status =
        job->values->recover ? calibrate_recover(job) : calibrate_figures(job);
    if (status != EXIT_OK) {
        return status;
    }
    const ebb_calibrated_t from = {.settings = &job->settings,
                                   .fit = job->fit,
                                   .couples = job->values->couples,
                                   .calibration = job->calibration,
                                   .back = job->back,
                                   .truths = (size_t)job->values->recover,
                                   .anew = job->anew};
    return write_result(job->values, &from);
}

static exit_status_t run_calibrate(const command_t *self, int argc, char **argv)
{
    calibrate_values_t values = {.evaluations = 600};
    string_list_t operands = {0};
    calibrate_job_t job = {.self = self, .values = &values};
    int status = options_parse(self, &values, &operands, argc, argv);
    if (status == OPTIONS_READ) {
        status = operands.count == 0 ? usage_error(self, "needs a folder")
                 : operands.count > 1
                     ? usage_error(self, "takes one folder, and '%s' is a second",
                                   operands.items[1])
                     : calibrate_open(&job, operands.items[0]);
        status = status == EXIT_OK ? calibrate_all(&job) : status;
    }
    calibrate_close(&job);
    options_free(self, &values);
    list_free(&operands);
    return status;
}

const command_t command_calibrate = {
    .name = "calibrate",
    .summary = "Fits a few parameters of models to published figures",
    .operands = "FOLDER",
    .about =
        "The folder holds parameters.tsv (names and ranges), fit.tsv (published "
        "figures "
        "with intervals), figures.tsv (of which run a figure is) and the runs, as .ebb "
        "files in the model language; nothing else is opened. The result is a sample "
        "of "
        "the values that the figures allow, and which parameters they do not tell.\n"
        "What a model was fitted to is no evidence for it, and no couple is foretold "
        "(docs/maths/calibrate.md).",
    .options = calibrate_options,
    .examples = calibrate_examples,
    .run = run_calibrate,
};
