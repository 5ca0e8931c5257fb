/* SPDX-License-Identifier: MIT
 * The messages of a couple that a model runs, as a file that `ebb report` reads. */
#ifndef EBB_CLI_MESSAGES_H
#define EBB_CLI_MESSAGES_H

#include "ebb/bridge.h"
#include "exit.h"
#include "options.h"

/* What is run, and where its messages go. All is borrowed. */
typedef struct messages_wish {
    const command_t *self; /* for errors of usage */
    const ebb_model_t *model;
    const ebb_run_settings_t *settings;
    ebb_bridge_opts_t opts;
    const char *path; /* "-": stdout. JSON lines when it ends in .jsonl, else CSV */
} messages_wish_t;

/* Runs the couple and writes its messages, whole or not at all. What is wrong has been
 * told on stderr. */
exit_status_t messages_write(const messages_wish_t *wish);

#endif
