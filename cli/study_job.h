/* SPDX-License-Identifier: MIT
 * What the verbs of `ebb study` share: their options, and the way from the command line
 * to a study and from a result to the output. */
#ifndef EBB_CLI_STUDY_JOB_H
#define EBB_CLI_STUDY_JOB_H

#include "assign.h"
#include "ebb/studied.h"
#include "load.h"

/* Values of all questions; each has the options it needs. NaN and 0: not given. */
typedef struct study_values {
    string_list_t set, start, hold, a, b;
    const char *scenario, *events, *method, *only, *format, *output;
    double time, tolerance, slower_than;
    int width;
    uint64_t starts, couples, seed, steps, draws;
    const char *cut, *to, *vary;
    double within, value, from, upto, length, settle, transient, window, stretch;
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
    bool only_inputs; /* --only takes inputs, not what is shown */
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
        {.name = "slower-than",                                                        \
         .kind = OPTION_POSITIVE,                                                      \
         STUDY_OPTION(slower_than),                                                    \
         .argument = "T",                                                              \
         .help = "Holds all states that are slower than one in T, at their start",     \
         .more =                                                                       \
             "In the model's time unit. What a state does to its own rate at the "     \
             "start tells whether it is slow; which were held is said, and --start "   \
             "elsewhere may hold others."},                                            \
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

#define STUDY_ONLY          \
    {.name = "only",        \
     .kind = OPTION_STRING, \
     STUDY_OPTION(only),    \
     .argument = "NAMES",   \
     .help = "Shows these quantities only, as love,a.alarm"},

#define STUDY_FORM                                                 \
    {.name = "format",                                             \
     .kind = OPTION_CHOICE,                                        \
     STUDY_OPTION(format),                                         \
     .argument = "FORM",                                           \
     .choices = "text|json|csv",                                   \
     .help = "text (default), json or csv",                        \
     .more = "The JSON document is described in docs/schema.md."}, \
        {.name = "output",                                         \
         .letter = 'o',                                            \
         .kind = OPTION_FILE,                                      \
         STUDY_OPTION(output),                                     \
         .argument = "FILE",                                       \
         .help = "Write there instead of to standard output",      \
         .more = "The file appears whole or not at all."},         \
        {.name = "width",                                          \
         .kind = OPTION_NUMBER,                                    \
         STUDY_OPTION(width),                                      \
         .argument = "N",                                          \
         .low = 40,                                                \
         .high = 200,                                              \
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

#define STUDY_RESULT STUDY_ONLY STUDY_FORM

/* --- from the command line to a study --------------------------------------------- */

/**
 * Everything up to the study.
 *
 * @param[in,out] job        `self` is set; to be closed in any case
 * @param[in]     argc,argv  the arguments after the verb's name
 * @return OPTIONS_READ, or the status to end with: what is wrong has been told.
 */
int study_open(study_job_t *job, int argc, char **argv);

/* Releases all of a job. */
void study_close(study_job_t *job);

/* The study once more, after its numbers have changed. */
exit_status_t study_renew(study_job_t *job);

/* What a library call says: a wrong argument is a wrong command line. */
exit_status_t study_tell(const study_job_t *job, int code, const ebb_error_t *error);

/* Writes when the library found something, else tells why not. */
exit_status_t study_end(const study_job_t *job, int code, const ebb_error_t *error);

/* One state or let by its name; `option` for what is told. */
exit_status_t study_quantity(const study_job_t *job, const char *option,
                             const char *name, ebb_run_output_t *out);

/* What is varied, and that it is said between which numbers. */
exit_status_t study_lead(const study_job_t *job, ebb_study_number_t *numbers,
                         size_t *count);

#endif
