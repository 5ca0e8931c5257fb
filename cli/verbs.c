/* SPDX-License-Identifier: MIT
 * Verbs by name, and verbs that have verbs of their own. */
#include <string.h>

#include "ebb/nearest.h"
#include "help_text.h"

const option_spec_t no_options[] = {{0}};
const example_t no_examples[] = {{0}};

const char *command_word(const command_t *command)
{
    const char *space = strrchr(command->name, ' ');
    return space ? space + 1 : command->name;
}

const command_t *command_find(const command_t *const *among, const char *word,
                              const char **near)
{
    ebb_nearest_t nearest = {.typed = word};
    for (const command_t *const *c = among; *c; c++) {
        if (strcmp(command_word(*c), word) == 0) {
            return *c;
        }
        ebb_nearest_consider(&nearest, command_word(*c));
    }
    *near = nearest.best;
    return NULL;
}

exit_status_t verbs_run(const command_t *self, int argc, char **argv)
{
    if (argc == 0) {
        return usage_error(self, "needs a verb");
    }
    const char *word = argv[0], *near = NULL;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        return help_print(self, word[1] == '-');
    }
    const command_t *verb = command_find(self->verbs, word, &near);
    if (verb) {
        return verb->run(verb, argc - 1, argv + 1);
    }
    return near ? usage_error(self, "there is no verb '%s'; did you mean '%s'?", word,
                              near)
                : usage_error(self, "there is no verb '%s'", word);
}
