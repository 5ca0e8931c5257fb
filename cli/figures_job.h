/* SPDX-License-Identifier: MIT
 * `ebb validate --figures`: published figures beside the models' own. */
#ifndef EBB_CLI_FIGURES_JOB_H
#define EBB_CLI_FIGURES_JOB_H

#include "options.h"

/* What the command line says. */
typedef struct figures_ask {
    const command_t *self;
    const char *ids;          /* "all", or ids with commas */
    const string_list_t *set; /* "name=value" */
    const char *sample;       /* a file, or NULL */
    const char *format, *output, *html;
    uint64_t couples, seed;
    int draws, threads, width;
} figures_ask_t;

/* Computes and writes them. */
exit_status_t figures_run(const figures_ask_t *ask);

#endif
