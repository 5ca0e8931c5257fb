/* SPDX-License-Identifier: MIT
 * ebb help: help on a verb, the manual page, completions. */
#include <string.h>

#include "ebb/nearest.h"
#include "help_text.h"
#include "list.h"
#include "output.h"
#include "talk.h"

typedef struct help_values {
    bool man;
    const char *completion;
} help_values_t;

static const option_spec_t help_options[] = {
    {.name = "man",
     .kind = OPTION_FLAG,
     .target = offsetof(help_values_t, man),
     .help = "The manual page, as roff",
     .more = "Read it with 'ebb help --man | man -l -'."},
    {.name = "completion",
     .kind = OPTION_CHOICE,
     .target = offsetof(help_values_t, completion),
     .argument = "SHELL",
     .choices = "bash|zsh|fish",
     .help = "A completion script: bash, zsh or fish"},
    {0},
};

static const example_t help_examples[] = {
    {"ebb help report", "All that 'report' can do."},
    {"ebb help --man | man -l -", "The manual page, without installing."},
    {"source <(ebb help --completion bash)", "Completion in this shell."},
    {0},
};

static exit_status_t print_named(const command_t *self, const char *name)
{
    const command_t *command = command_find(name);
    if (command) {
        return help_print(command, true);
    }
    ebb_nearest_t near = {.typed = name};
    for (const command_t *const *c = commands; *c; c++) {
        ebb_nearest_consider(&near, (*c)->name);
    }
    if (near.best) {
        return usage_error(self, "there is no verb '%s'; did you mean '%s'?", name,
                           near.best);
    }
    return usage_error(self, "there is no verb '%s'", name);
}

static exit_status_t print_help(const command_t *self, const help_values_t *values,
                                const string_list_t *names)
{
    ebb_text_t text = {0};
    if (names->count > 1) {
        return usage_error(self, "takes one verb, not '%s'", names->items[1]);
    }
    if (names->count == 1) {
        return print_named(self, names->items[0]);
    }
    if (values->man) {
        help_manual(&text);
    } else if (values->completion) {
        help_completion(&text, values->completion);
    } else {
        help_overview(&text);
    }
    return output_text(NULL, &text);
}

static exit_status_t run_help(const command_t *self, int argc, char **argv)
{
    help_values_t values = {0};
    string_list_t names = {0};
    int status = options_parse(self, &values, &names, argc, argv);
    if (status == OPTIONS_READ) {
        status = print_help(self, &values, &names);
    }
    list_free(&names);
    return status;
}

const command_t command_help = {
    .name = "help",
    .summary = "Help on a verb, the manual page, shell completions",
    .operands = "[VERB]",
    .about = "Prints help on a verb, or without one the list of verbs.",
    .options = help_options,
    .examples = help_examples,
    .run = run_help,
};
