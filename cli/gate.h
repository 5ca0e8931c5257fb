/* SPDX-License-Identifier: MIT
 * The gate (ebb/safety.h) at the command line: every verb that shows what is between
 * two asks it before anything is written. */
#ifndef EBB_CLI_GATE_H
#define EBB_CLI_GATE_H

#include "ebb/safety.h"
#include "options.h"

/* What was declared, and where the result would have gone. NULL: not said. */
typedef struct gate_question {
    ebb_facts_t facts;            /* by the scenario, by the command line, or both */
    const char *scenario;         /* its name, where there is one */
    const char *format;           /* "text", "json" or "csv" */
    const char *output, *html;    /* files */
    const char *counts, *country; /* see ebb_gate_opts_t */
    int width;                    /* 0: not said */
} gate_question_t;

/**
 * Whether a verb may go on.
 *
 * Behind a closed gate the words of ebb_gate_write have gone to every place to which
 * the result would have gone, in the form that was asked for.
 * @return OPTIONS_READ when the gate is open, else the status to end with: EXIT_OK, or
 * it has been told why the words could not be written.
 */
int gate_ask(const gate_question_t *question);

/* Adds the facts of an option's arguments, each as "fear,control"; or tells which word
 * is no fact. */
exit_status_t gate_read_facts(const command_t *command, const string_list_t *arguments,
                              ebb_facts_t *facts);

#define GATE_FACTS_OPTION(type)                                                        \
    {                                                                                  \
        .name = "facts", .kind = OPTION_LIST, .target = offsetof(type, facts),         \
        .argument = "FACTS", .help = "Declares fear, control ...: no cycle is shown",  \
        .more = "Of fear, threats, control, stalking, injury, forced_sex and weapons " \
                "those that are so, with commas."                                      \
    }

#endif
