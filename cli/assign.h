/* SPDX-License-Identifier: MIT
 * Numbers of a model that the command line sets, and quantities that it names. */
#ifndef EBB_CLI_ASSIGN_H
#define EBB_CLI_ASSIGN_H

#include "ebb/model.h"
#include "ebb/run.h"
#include "options.h"

/* One for each parameter, trait, input and state in the model's order; NaN where
 * nothing was set. Zero-initialise; release with assign_free. */
typedef struct assigned {
    double *params, *traits, *inputs, *starts;
    ebb_run_spread_t *spreads; /* numbers that differ between couples */
    size_t spread_count;
} assigned_t;

/* One number of a model. */
typedef struct found {
    ebb_scalar_kind_t kind;
    size_t index;
} found_t;

#define FOUND_MOST 8 /* persons of a model */

/* The numbers a name stands for: one, or one of each person who has it; 0: none. */
size_t assign_find(const ebb_model_t *model, const char *name,
                   found_t found[FOUND_MOST]);

/* Tells that there is none of that name, and which one was perhaps meant. */
exit_status_t assign_unknown(const command_t *command, const ebb_model_t *model,
                             const char *name);

/* Room for a model, with nothing set. */
exit_status_t assign_open(assigned_t *assigned, const ebb_model_t *model);
void assign_free(assigned_t *assigned);

/* What an option may set. */
typedef enum assign_kind {
    ASSIGN_SET,   /* parameters, traits, and inputs that stay what they are */
    ASSIGN_START, /* states, at the start */
    ASSIGN_HOLD   /* states, at a value that they keep */
} assign_kind_t;

/* An option whose arguments are "name=value". */
typedef struct assign_option {
    const command_t *command; /* for messages */
    const char *name;         /* "set" */
    const char *person;       /* whose the names are; NULL: they say it themselves */
    assign_kind_t kind;
    bool laws; /* `uniform(low, high)` and `normal(mean, sd)` may stand for a number */
} assign_option_t;

/**
 * Sets what the arguments of an option say. A name without a person means everyone's.
 *
 * @return EXIT_OK, or it has been told which name or number is wrong and what it may be
 */
exit_status_t assign_all(assigned_t *assigned, const ebb_model_t *model,
                         const assign_option_t *option, const string_list_t *arguments);

/* Quantities that are to be written. Zero-initialise; release `items` with free. */
typedef struct chosen {
    ebb_run_output_t *items;
    size_t count;
} chosen_t;

/* Inputs by name, "self_soothing,a.mindfulness"; NULL: none. */
exit_status_t choose_inputs(chosen_t *chosen, const ebb_model_t *model,
                            const command_t *command, const char *names);

/* States and lets by name, "love,contact,a.alarm"; NULL: all of them. */
exit_status_t choose_outputs(chosen_t *chosen, const ebb_model_t *model,
                             const command_t *command, const char *names);

#endif
