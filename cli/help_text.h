/* SPDX-License-Identifier: MIT
 * Help, manual page and completions: everything that is printed from the tables. */
#ifndef EBB_CLI_HELP_TEXT_H
#define EBB_CLI_HELP_TEXT_H

#include "ebb/text.h"
#include "options.h"

/* Prints a verb's help on stdout: one line an option, or, if `full`, all there is to
 * say. */
exit_status_t help_print(const command_t *command, bool full);

/* Appends what `ebb` does and its verbs. */
void help_overview(ebb_text_t *out);

/* Appends the manual page ebb(1) in roff (man macros). */
void help_manual(ebb_text_t *out);

/* Appends a completion script; `shell` is "bash", "zsh" or "fish". */
void help_completion(ebb_text_t *out, const char *shell);

#endif
