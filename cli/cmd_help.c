/* SPDX-License-Identifier: MIT
 * ebb help: help on a verb, the manual page, completions. */
#include <string.h>

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

/* The verb of one word, or of two where the first has verbs of its own. */
static exit_status_t print_named(const command_t *self, const string_list_t *names)
{
    const command_t *const *among = commands, *command = NULL;
    const char *near = NULL;
    for (size_t i = 0; i < names->count; i++) {
        const char *name = names->items[i];
        if (!among) {
            return usage_error(self, "takes one verb, not '%s'", name);
        }
        command = command_find(among, name, &near);
        if (!command) {
            return near ? usage_error(self, "there is no verb '%s'; did you mean '%s'?",
                                      name, near)
                        : usage_error(self, "there is no verb '%s'", name);
        }
        among = command->verbs;
    }
    return help_print(command, true);
}

static exit_status_t print_help(const command_t *self, const help_values_t *values,
                                const string_list_t *names)
{
    ebb_text_t text = {0};
    if (names->count > 0) {
        return print_named(self, names);
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
    .operands = "[VERB]...",
    .about = "Prints help on a verb, or without one the list of verbs.",
    .options = help_options,
    .examples = help_examples,
    .run = run_help,
};
