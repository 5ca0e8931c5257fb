/* SPDX-License-Identifier: MIT
 * Models and scenarios from where the user says: a file, or the name of one that ships.
 */
#ifndef EBB_CLI_LOAD_H
#define EBB_CLI_LOAD_H

#include "ebb/model.h"
#include "exit.h"

/* The text of a file with models or scenarios. Zero-initialise. */
typedef struct source {
    ebb_model_text_t text;
    const char *orders; /* further statements for its scenarios, given as --with */
    char *bytes;        /* of a file; NULL when it ships */
    char *path;         /* of FILE:NAME */
} source_t;

/**
 * Finds a text by the name of a model that ships, or else by path ("-": stdin).
 *
 * @param[in,out] source  filled; to be released with source_close in any case
 * @param[in]     name    borrowed, as it becomes the label
 * @return EXIT_OK, or what is wrong has been told on stderr.
 */
exit_status_t source_open(source_t *source, const char *name);

/* The same by path alone. */
exit_status_t source_open_file(source_t *source, const char *name);

/**
 * Finds a scenario as the user says it: a file, the name of one that ships, or
 * FILE:NAME; a file goes first. Which one is meant is in the text's `scenario`, NULL
 * for the only one of a file.
 *
 * @param[in,out] source  filled; to be released with source_close in any case
 * @param[in]     where   borrowed
 * @return EXIT_OK, or what is wrong has been told on stderr.
 */
exit_status_t source_open_scenario(source_t *source, const char *where);

/* Finds the text of the model that a scenario uses: it ships, or is told to be missing.
 */
exit_status_t source_open_used(source_t *source, const source_t *scenario);

void source_close(source_t *source);

/* Tells the report of a reading, which it releases, or the error where there is none;
 * returns the status that goes with the code. */
exit_status_t load_report(ebb_text_t *report, int code, const ebb_error_t *error);

/* Reads the model of a text; its errors and warnings go to stderr. */
exit_status_t load_model(ebb_model_t **model, const source_t *source);

/**
 * Reads a scenario of a model.
 *
 * @param[out] scenario  to be released with ebb_scenario_free before the model
 * @param[in]  model     which it uses
 * @param[in]  own       the text of the model
 * @param[in]  where     as the user says it: the name of a scenario in the model's
 *                       file, or as source_open_scenario takes it
 * @return EXIT_OK, or what is wrong has been told on stderr.
 */
exit_status_t load_scenario(ebb_scenario_t **scenario, const ebb_model_t *model,
                            const source_t *own, const char *where);

/* Reads the scenario of that name (NULL: the only one) of a text. */
exit_status_t load_scenario_of(ebb_scenario_t **scenario, const ebb_model_t *model,
                               const source_t *source, const char *name);

/* The scenarios of a text; none when it cannot be read. Release with `scenarios_free`.
 */
typedef struct scenarios {
    ebb_scenario_info_t *items;
    size_t count;
} scenarios_t;

scenarios_t scenarios_of(const source_t *source);
void scenarios_free(scenarios_t *scenarios);

#endif
