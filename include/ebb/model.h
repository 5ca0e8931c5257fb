/* SPDX-License-Identifier: MIT
 *
 * Models of couples, and scenarios that use them, read from text. The language is
 * described in docs/language.md.
 *
 * Use: ebb_model_read, then ebb_scenario_read for each scenario; both report all that
 * is wrong at once, with places and ways out. A model does not change after it was
 * read: any number of threads may use it.
 *
 *     ebb_model_text_t text = {.bytes = bytes, .size = size, .label = "couple.ebb"};
 *     ebb_text_t report;
 *     ebb_text_init(&report, NULL);
 *     ebb_model_t *model = NULL;
 *     if (ebb_model_read(&model, &text, &report, NULL)) {
 *         fputs(report.data, stderr);
 *     }
 */
#ifndef EBB_MODEL_H
#define EBB_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/safety.h"
#include "ebb/text.h"

/* The text of a model or of scenarios. All of it is borrowed for the call only, the
 * allocator for the life of what is read. */
typedef struct ebb_model_text {
    const char *bytes;    /* UTF-8, need not be NUL-terminated; NULL if size is 0 */
    size_t size;          /* bytes; more than 1 MiB is refused */
    const char *label;    /* name of the file for messages; NULL: "model" */
    const char *scenario; /* which of its scenarios to read; NULL: the only one */
    /* of a scenario: further statements, which count after its own, as if they stood at
     * its end; NUL-terminated, NULL: none */
    const char *orders;
    const char *orders_label; /* name of these for messages; NULL: "orders" */
    const ebb_alloc_t *alloc; /* NULL: default */
} ebb_model_text_t;

typedef struct ebb_model ebb_model_t;
typedef struct ebb_scenario ebb_scenario_t;

/* What a model says of itself. Strings are NUL-terminated UTF-8, never NULL, and live
 * as long as the model. Counts are of scalars: what each of two partners has counts
 * twice.
 */
typedef struct ebb_model_info {
    const char *name;
    const char *text;      /* its sentence, or "" */
    const char *source;    /* or "" */
    const char *time_unit; /* of all its times and rates, such as "day" */
    bool steps;            /* in discrete time; else continuous */
    bool
        alike; /* written once for each partner: exchanging the two exchanges the result
                */
    size_t persons;
    size_t params, traits, inputs, states, lets, events, delays;
} ebb_model_info_t;

/* name, word in documents */
#define EBB_SCALAR_LIST(X)       \
    X(EBB_SCALAR_PARAM, "param") \
    X(EBB_SCALAR_TRAIT, "trait") \
    X(EBB_SCALAR_INPUT, "input") \
    X(EBB_SCALAR_STATE, "state") \
    X(EBB_SCALAR_LET, "let")

typedef enum ebb_scalar_kind {
#define EBB_SCALAR_ENUM(name, word) name,
    EBB_SCALAR_LIST(EBB_SCALAR_ENUM)
#undef EBB_SCALAR_ENUM
} ebb_scalar_kind_t;

/* What may happen in a model at once. Strings as in ebb_model_info_t. */
typedef struct ebb_happening {
    const char *name;   /* "quarrel", without its person */
    const char *person; /* whose, or "" when it is of nobody in particular */
    const char *text;   /* description, or "" */
    bool chance;        /* comes at a rate; else when its condition begins to hold */
} ebb_happening_t;

/* One number of a model. Strings as in ebb_model_info_t. */
typedef struct ebb_scalar {
    const char *name;   /* "gain", "a.anxiety" */
    const char *person; /* "a", or "" when it is of nobody in particular */
    const char *text;   /* description, or "" */
    const char *unit;   /* such as "1/day", or "" when none is declared */
    const char *source; /* or "" */
    double value;       /* default of a parameter, trait or input; NaN of the others */
    size_t shown; /* place among what the model wants shown first, from 1; 0: none */
    double low, high; /* range, -INFINITY and INFINITY when none is declared */
} ebb_scalar_t;

/**
 * Reads a model: parses, checks, and makes of it what can be run.
 *
 * @param[out]    model   new model, to be released with ebb_model_free; NULL on failure
 * @param[in]     text    the file. Of scenarios in it only the form is
 *                        checked, see ebb_scenario_read
 * @param[in,out] report  all errors and warnings in order of place are appended, each
 * as "label:line:column: error: reason", the line itself, a caret under the place, and
 * where possible what to do; at most 20 errors. May be NULL. A warning (something
 * declared and never used) is no failure
 * @param[out]    error   the first error; may be NULL
 * @return 0, or EBB_ERR_INPUT (the file is not a right model), EBB_ERR_LIMIT (too large
 * or nested too deep: see docs/language.md), EBB_ERR_MEMORY.
 * Cost: linear in the text, but for what functions are written out to, which is
 * limited; milliseconds for models of hundreds of lines.
 */
int ebb_model_read(ebb_model_t **model, const ebb_model_text_t *text,
                   ebb_text_t *report, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a model and all strings it gave; its scenarios first. NULL is a no-op. */
void ebb_model_free(ebb_model_t *model);

/**
 * What a model is: name, unit of time, and how many numbers of each kind it has.
 *
 * @param[in] model  from ebb_model_read
 * @return by value; its strings live as long as the model. Thread-safe, cheap.
 */
ebb_model_info_t ebb_model_info(const ebb_model_t *model);

/**
 * Name of one of a model's persons: "a" and "b", unless the model names them.
 *
 * @param[in] model   from ebb_model_read
 * @param[in] person  from 0, below the `persons` of its info
 * @return a string that lives as long as the model; NULL for a number out of range
 */
const char *ebb_model_person(const ebb_model_t *model, size_t person);

/**
 * One number of a model with all that its author said of it.
 *
 * @param[in]  model   from ebb_model_read
 * @param[in]  kind    which list; their lengths are in ebb_model_info
 * @param[in]  index   from 0, in order of declaration, persons side by side
 * @param[out] scalar  filled; strings live as long as the model
 * @return 0, or EBB_ERR_ARGUMENT when there is no such number; `scalar` is then
 * untouched. Thread-safe, cheap.
 */
int ebb_model_scalar(const ebb_model_t *model, ebb_scalar_kind_t kind, size_t index,
                     ebb_scalar_t *scalar) EBB_MUST_CHECK;

/**
 * One event of a model.
 *
 * @param[in]  model  from ebb_model_read
 * @param[in]  index  from 0, below the `events` of its info; one of both persons is two
 * @param[out] event  filled; strings live as long as the model
 * @return whether there is one; else `event` is untouched. Thread-safe, cheap.
 */
bool ebb_model_event(const ebb_model_t *model, size_t index, ebb_happening_t *event);

/**
 * Finds one number of a model by its name, as a person would type it.
 *
 * @param[in]  model  from ebb_model_read
 * @param[in]  name   "gain", "a.anxiety"; the name of a partner's quantity alone is not
 *                    one number and is not found
 * @param[out] kind   which list it is in
 * @param[out] index  its place there, for ebb_model_scalar
 * @param[out] error  says what the model has instead, the nearest name if one is near;
 *                    may be NULL
 * @return 0, or EBB_ERR_ARGUMENT when the model has no number of this name; `kind` and
 * `index` are then untouched. Thread-safe; looks through all names.
 */
int ebb_model_find(const ebb_model_t *model, const char *name, ebb_scalar_kind_t *kind,
                   size_t *index, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * Writes a model down as what is computed: every scalar with its formula, every shared
 * subexpression once, one line each.
 *
 * @param[in]     model  from ebb_model_read
 * @param[in,out] out    text is appended; its `failed` says when memory ran out
 * Meant for looking and for comparing two models. The form may change between versions.
 */
void ebb_model_describe(const ebb_model_t *model, ebb_text_t *out);

/**
 * Reads one scenario of a model.
 *
 * @param[out]    scenario  new scenario, to be released with ebb_scenario_free, before
 *                          its model; NULL on failure
 * @param[in]     model     which it uses; its name must be the one the scenario says
 * @param[in]     text      a file with scenarios, and which of them; of a model in it
 *                          only the form is checked
 * @param[in,out] report    as for ebb_model_read; may be NULL
 * @param[out]    error     the first error; may be NULL
 * @return 0, or EBB_ERR_INPUT, EBB_ERR_CHOICE (several, and none was named, or none of
 * that name: the text lists them), EBB_ERR_LIMIT, EBB_ERR_MEMORY. What is wrong in
 * `orders` is reported under their label, with lines from 1.
 */
int ebb_scenario_read(ebb_scenario_t **scenario, const ebb_model_t *model,
                      const ebb_model_text_t *text, ebb_text_t *report,
                      ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a scenario; its model stays. NULL is a no-op. */
void ebb_scenario_free(ebb_scenario_t *scenario);

/**
 * Writes a scenario down: settings that differ from the model's, the course of every
 * input piece by piece, jumps, and expectations.
 *
 * @param[in]     scenario  from ebb_scenario_read
 * @param[in,out] out       text is appended; its `failed` says when memory ran out
 * The form may change between versions.
 */
void ebb_scenario_describe(const ebb_scenario_t *scenario, ebb_text_t *out);

/* What a scenario says of itself. */
typedef struct ebb_scenario_info {
    char name[64], uses[64]; /* of the scenario, and of its model */
    char text[256];          /* its sentence, cut where it is longer */
    double length;           /* of its run, in the model's unit of time; 0: not said */
    ebb_facts_t facts; /* that it declares; ebb_gate_closed says whether a result of it
                          may be shown */
} ebb_scenario_info_t;

/**
 * What a scenario is.
 *
 * @param[in] scenario  from ebb_scenario_read
 * @return by value; nothing to release. Thread-safe, cheap.
 */
ebb_scenario_info_t ebb_scenario_info(const ebb_scenario_t *scenario);

/* Numbers of a model: arrays as long as its lists, in their order, as
 * ebb_study_settings_t and ebb_run_settings_t take them. */
typedef struct ebb_model_numbers {
    double *params, *traits, *inputs, *starts;
} ebb_model_numbers_t;

/**
 * The numbers that a scenario sets.
 *
 * @param[in] scenario  from ebb_scenario_read
 * @param[in] time      at which inputs are looked at, in the model's unit
 * @param[in] numbers   where to write what the scenario sets: inputs as they are at
 *                      `time`, starts of states; all else is untouched
 * What the scenario does to states on the way, and what it expects, is not among them.
 * Thread-safe for distinct arrays, cheap.
 */
void ebb_scenario_numbers(const ebb_scenario_t *scenario, double time,
                          ebb_model_numbers_t numbers);

/**
 * Lists the scenarios of a file, without a model at hand.
 *
 * @param[in]  text   the file; may hold a model too
 * @param[out] infos  the first `room` of them; NULL if room is 0
 * @param[in]  room   how many fit
 * @param[out] count  how many there are
 * @return 0, or EBB_ERR_INPUT, EBB_ERR_LIMIT, EBB_ERR_MEMORY as for ebb_model_read;
 * only the form is checked, as names mean nothing without their model.
 */
int ebb_scenario_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                      size_t room, size_t *count) EBB_MUST_CHECK;

#endif
