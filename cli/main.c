/* SPDX-License-Identifier: MIT
 * ebb: finds the verb and hands over. */
#define _DEFAULT_SOURCE
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "help_text.h"
#include "output.h"
#include "talk.h"

const command_t *const commands[] = {
    &command_report,    &command_events,   &command_formats, &command_model,
    &command_scenarios, &command_simulate, &command_study,   &command_validate,
    &command_calibrate, &command_develop,  &command_pair,    &command_population,
    &command_trial,     &command_lab,      &command_help,    NULL,
};

static exit_status_t print_overview(void)
{
    ebb_text_t text = {0};
    help_overview(&text);
    return output_text(NULL, &text);
}

static exit_status_t print_version(void)
{
    ebb_text_t text = {0};
    ebb_text_puts(&text, "ebb " EBB_VERSION "\n");
    return output_text(NULL, &text);
}

/* Called without anything: the same overview, but it is no result. */
static exit_status_t ask_for_verb(void)
{
    ebb_text_t text = {0};
    help_overview(&text);
    if (!text.failed) {
        talk("%s", text.data);
    }
    ebb_text_free(&text);
    return EXIT_USAGE;
}

static exit_status_t unknown_verb(const char *name, const char *near)
{
    if (access(name, R_OK) == 0) { /* dropped on the program without a verb */
        talk("ebb: '%s' is a file, not a verb; its picture: ebb report '%s'\n", name,
             name);
        return EXIT_USAGE;
    }
    talk("ebb: there is no verb '%s'", name);
    if (near) {
        talk("; did you mean '%s'?", near);
    }
    talk("\nTry 'ebb --help'.\n");
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    /* a closed pipe is then an error of write, which ends ebb quietly; so is a file
     * that must not grow, and is tidied up */
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        return ask_for_verb();
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        return print_overview();
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        return print_version();
    }
    const char *near = NULL;
    const command_t *command = command_find(commands, word, &near);
    if (!command) {
        return unknown_verb(word, near);
    }
    return command->run(command, argc - 2, argv + 2);
}
