/* SPDX-License-Identifier: MIT
 * What `ebb population` and `ebb trial` share: a file that uses a model, and work in
 * shards. */
#ifndef EBB_CLI_SPEC_JOB_H
#define EBB_CLI_SPEC_JOB_H

#include "ebb/sampled.h"
#include "ebb/shards.h"
#include "load.h"
#include "options.h"
#include "ranks.h"

typedef struct spec_values {
    const char *format, *output, *resume, *part, *rows, *html, *sample;
    uint64_t couples, seed;
    int threads, width, draws;
} spec_values_t;

/* Options of both; the first is of the verb's own words. */
#define SPEC_OPTIONS(couples_help, most)                                             \
    {.name = "couples",                                                              \
     .letter = 'n',                                                                  \
     .kind = OPTION_WHOLE,                                                           \
     .target = offsetof(spec_values_t, couples),                                     \
     .argument = "N",                                                                \
     .low = 1,                                                                       \
     .high = (most),                                                                 \
     .help = (couples_help)},                                                        \
        {.name = "seed",                                                             \
         .kind = OPTION_WHOLE,                                                       \
         .target = offsetof(spec_values_t, seed),                                    \
         .argument = "N",                                                            \
         .high = UINT64_MAX,                                                         \
         .help = "Another seed is other people and other chance; 0 by default"},     \
        {.name = "threads",                                                          \
         .kind = OPTION_NUMBER,                                                      \
         .target = offsetof(spec_values_t, threads),                                 \
         .argument = "N",                                                            \
         .low = 1,                                                                   \
         .high = 64,                                                                 \
         .help = "Threads to calculate with; all processors by default",             \
         .more = "The result does not depend on it."},                               \
        {.name = "resume",                                                           \
         .kind = OPTION_FILE,                                                        \
         .target = offsetof(spec_values_t, resume),                                  \
         .argument = "FOLDER",                                                       \
         .help = "Keeps what is done there, and goes on from it",                    \
         .more = "The folder is made if it is not there. Whatever broke a run off, " \
                 "the same command goes on, and its result is that of a run that "   \
                 "was not."},                                                        \
        {.name = "part",                                                             \
         .kind = OPTION_STRING,                                                      \
         .target = offsetof(spec_values_t, part),                                    \
         .argument = "K/N",                                                          \
         .help = "Does the K-th of N parts of the work only, into --resume",         \
         .more = "For several processes or machines that share the folder. No "      \
                 "result is written; a run without it then finds all that is done. " \
                 "Under mpirun each process takes its part by itself."},             \
        {.name = "sample",                                                           \
         .kind = OPTION_FILE,                                                        \
         .target = offsetof(spec_values_t, sample),                                  \
         .argument = "FILE",                                                         \
         .help = "Runs it over a sample of parameters, as ebb calibrate writes it",  \
         .more = "Again at each of --draws of them, with other chance. Shown are "   \
                 "the main numbers, with what the parameters leave open. What is 0 " \
                 "in the file stays 0."},                                            \
        {.name = "draws",                                                            \
         .kind = OPTION_NUMBER,                                                      \
         .target = offsetof(spec_values_t, draws),                                   \
         .argument = "N",                                                            \
         .low = 2,                                                                   \
         .high = EBB_SAMPLE_DRAWS_MOST,                                              \
         .help = "Draws of --sample, spread evenly over it; 20 by default"},         \
        {.name = "format",                                                           \
         .kind = OPTION_CHOICE,                                                      \
         .target = offsetof(spec_values_t, format),                                  \
         .argument = "FORM",                                                         \
         .choices = "text|json|csv",                                                 \
         .help = "text (default), json or csv",                                      \
         .more = "The JSON document is described in docs/schema.md."},               \
        {.name = "output",                                                           \
         .letter = 'o',                                                              \
         .kind = OPTION_FILE,                                                        \
         .target = offsetof(spec_values_t, output),                                  \
         .argument = "FILE",                                                         \
         .help = "Write there instead of to standard output",                        \
         .more = "The file appears whole or not at all."},                           \
    {                                                                                \
        .name = "width", .kind = OPTION_NUMBER,                                      \
        .target = offsetof(spec_values_t, width), .argument = "N", .low = 80,        \
        .high = 200, .help = "Columns of the text; 80 by default"                    \
    }

/* A file and the model that it uses. Zero-initialise. */
typedef struct spec_job {
    const command_t *self;
    const spec_values_t *values;
    source_t source, model_source;
    ebb_model_t *model;
    size_t workers;
    uint64_t part, parts;
    ranks_t ranks;
    char folder[32];      /* of several processes that were given none; "" */
    uint64_t shard_count; /* in that folder */
    uint64_t *tally;      /* once it is run */
} spec_job_t;

/* As ebb_population_list. */
typedef int spec_list_t(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                        size_t room, size_t *count);

/* Finds out which of several processes one is; before anything is said. */
void spec_begin(spec_job_t *job);

/* Reads what the command line says and opens the file, the only operand, as FILE or
 * FILE:NAME, and the model that it uses; `what` is "population" or "trial". */
exit_status_t spec_open(spec_job_t *job, const string_list_t *operands,
                        spec_list_t *list, const char *what);

/* Runs all shards, or those of the part or process; `shards` says how many, what they
 * are and how one is run. Fills in `tally`. */
exit_status_t spec_run(spec_job_t *job, ebb_shards_t shards);

/* Whether there is a result to be written: of a part there is none, and of
 * several processes the first has it. */
bool spec_has_result(const spec_job_t *job);

/* Write the result by format, and the page, which is made of the first; each appends to
 * the text and returns 0 or EBB_ERR_MEMORY. */
typedef struct spec_writers {
    int (*json)(ebb_text_t *out, const void *from);
    int (*csv)(ebb_text_t *out, const void *from);
    int (*text)(ebb_text_t *out, const void *from, int width, bool colour);
} spec_writers_t;

/* Writes the page, if it is wanted, and then in the form that was asked for. */
exit_status_t spec_write(const spec_job_t *job, const spec_writers_t *writers,
                         const void *from);

/* --- over a sample of parameters: spec_sample.c ----------------------------------- */

/* What the verb brings to it. */
typedef struct spec_sampled {
    const char *kind, *name, *text;
    const double *own; /* parameters as the file has them */
    /* Runs all with these parameters and this seed, which fills in the job's tally. */
    exit_status_t (*run)(void *user, uint64_t seed, const double *params);
    /* The numbers of that tally, and how many couples there are. */
    int (*numbers)(void *user, ebb_sampled_row_t *rows, size_t room, size_t *count);
    uint64_t (*couples)(void *user);
    void *user;
} spec_sampled_t;

/* Runs it at each draw, and writes what they come to. */
exit_status_t spec_sample(spec_job_t *job, const spec_sampled_t *of);

/* Gives back what is held; passes on the status. */
exit_status_t spec_close(spec_job_t *job, exit_status_t status);

#endif
