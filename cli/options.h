/* SPDX-License-Identifier: MIT
 *
 * Verbs and their options as data. One static table a verb is all there is: the parser,
 * -h and --help, the manual page and the shells' completions are made from it, so they
 * cannot disagree.
 *
 * To add a verb: write cmd_NAME.c with its table and a `command_t`, declare that below
 * and put it into the list in main.c. Nothing else. A verb with verbs of its own, as
 * `ebb model show`, is a `command_t` with VERBS(NAME_verbs) instead of options and
 * `run`; each of these is a verb like any other, named by both words ("model show"),
 * without verbs of its own.
 */
#ifndef EBB_CLI_OPTIONS_H
#define EBB_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exit.h"

/* Strings in the order given; the strings are borrowed from argv. */
typedef struct string_list {
    const char **items;
    size_t count;
} string_list_t;

typedef enum option_kind {
    OPTION_FLAG,     /* target: bool */
    OPTION_STRING,   /* target: const char * */
    OPTION_FILE,     /* the same; shells complete file names */
    OPTION_SCENARIO, /* the same; those that ship as well */
    OPTION_CHOICE,   /* the same; one of `choices` */
    OPTION_PAIR,     /* target: const char *[2], two arguments */
    OPTION_LIST,     /* target: string_list_t; may be given again and again */
    OPTION_NUMBER,   /* target: int, in [low, high] */
    OPTION_WHOLE,    /* target: uint64_t, in [low, high] */
    OPTION_REAL,     /* target: double, any finite number */
    OPTION_POSITIVE, /* target: double, a finite number above 0 */
} option_kind_t;

typedef struct option_spec {
    const char *name;     /* without "--"; NULL ends a table */
    char letter;          /* 0: none */
    option_kind_t kind;   /* type of the target */
    size_t target;        /* offsetof in the verb's values */
    const char *argument; /* how help calls it: "FILE", "A B"; NULL for a flag */
    const char *help;     /* one line, no full stop */
    const char *more;     /* further sentences for --help and the manual, or NULL */
    const char *choices;  /* OPTION_CHOICE: "text|json|csv" */
    uint64_t low, high;   /* OPTION_NUMBER, OPTION_WHOLE */
} option_spec_t;

typedef struct example {
    const char *command; /* NULL ends a table */
    const char *meaning;
} example_t;

typedef struct command {
    const char *name;     /* "report", "model show" */
    const char *summary;  /* one line, no full stop */
    const char *operands; /* "FILE..." or "" */
    const char *about;    /* paragraphs separated by '\n' */
    const option_spec_t *options;
    const example_t *examples;
    exit_status_t (*run)(const struct command *self, int argc, char **argv);
    const struct command *const *verbs; /* its own verbs; NULL ends them; or NULL */
} command_t;

extern const command_t command_report, command_events, command_formats, command_model,
    command_model_check, command_scenarios, command_simulate, command_study,
    command_study_levers, command_validate, command_calibrate, command_develop,
    command_pair, command_population, command_trial, command_lab, command_help;

/* All verbs in the order of help; NULL ends it. */
extern const command_t *const commands[];

/* The rest of the entry of a verb with verbs of its own. */
#define VERBS(table)                                                    \
    .operands = "VERB", .options = no_options, .examples = no_examples, \
    .run = verbs_run, .verbs = (table)

extern const option_spec_t no_options[];
extern const example_t no_examples[];

/* Hands over to the verb that the first argument names. */
exit_status_t verbs_run(const command_t *self, int argc, char **argv);

/* The last word of a verb's name: "show" of "model show". */
const char *command_word(const command_t *command);

/* The verb of that last word among some, or NULL; then `*near` is the one that was
 * perhaps meant, or NULL. */
const command_t *command_find(const command_t *const *among, const char *word,
                              const char **near);

/* What options_parse returns when the verb shall go on; anything else is an exit
 * status.
 */
#define OPTIONS_READ (-1)

/**
 * Reads a verb's arguments into its values.
 *
 * @param[in]  command   whose table it is
 * @param[out] values    struct the table's targets point into; zeroed by the caller
 * @param[out] operands  what is no option; release with list_free
 * @param[in]  argc,argv the arguments after the verb's name
 *
 * Names are taken whole only, never abbreviated. "--" ends the options, "-" is an
 * operand.
 * @return OPTIONS_READ, or the status to end with: help was asked for and given, or
 * what is wrong has been told on stderr.
 */
int options_parse(const command_t *command, void *values, string_list_t *operands,
                  int argc, char **argv);

/* Reads a decimal number as a person types it: finite, nothing before or behind. */
bool number_read(const char *text, double *number);

/* Releases the list targets of a table. */
void options_free(const command_t *command, void *values);

/* Says on stderr what is wrong with the command line and where to find help. */
__attribute__((format(printf, 2, 3))) exit_status_t
usage_error(const command_t *command, const char *format, ...);

#endif
