/* SPDX-License-Identifier: MIT
 * ebb model check: whether models, and what uses them, are right. */
#include <stdlib.h>
#include <string.h>

#include "ebb/claim.h"
#include "ebb/library.h"
#include "ebb/nearest.h"
#include "ebb/population.h"
#include "ebb/trial.h"
#include "list.h"
#include "load.h"
#include "output.h"
#include "talk.h"

static const example_t check_examples[] = {
    {"ebb model check couple.ebb", "All errors of a model and its scenarios at once."},
    {"ebb model check therapy.ebb", "Scenarios alone, of a model that ships."},
    {0},
};

/* --- what uses a model ------------------------------------------------------------ */

static int read_scenario(const ebb_model_t *model, const ebb_model_text_t *text,
                         ebb_text_t *report, ebb_error_t *error)
{
    ebb_scenario_t *scenario = NULL;
    int code = ebb_scenario_read(&scenario, model, text, report, error);
    ebb_scenario_free(scenario);
    return code;
}

static int read_claim(const ebb_model_t *model, const ebb_model_text_t *text,
                      ebb_text_t *report, ebb_error_t *error)
{
    ebb_claim_t *claim = NULL;
    int code = ebb_claim_read(&claim, model, text, report, error);
    ebb_claim_free(claim);
    return code;
}

static int read_population(const ebb_model_t *model, const ebb_model_text_t *text,
                           ebb_text_t *report, ebb_error_t *error)
{
    ebb_population_t *population = NULL;
    int code = ebb_population_read(&population, model, text, report, error);
    ebb_population_free(population);
    return code;
}

static int read_trial(const ebb_model_t *model, const ebb_model_text_t *text,
                      ebb_text_t *report, ebb_error_t *error)
{
    ebb_trial_t *trial = NULL;
    int code = ebb_trial_read(&trial, model, text, report, error);
    ebb_trial_free(trial);
    return code;
}

/* `one` is the word that it begins with. */
static const struct {
    const char *one;
    int (*list)(const ebb_model_text_t *text, ebb_scenario_info_t *infos, size_t room,
                size_t *count);
    int (*read)(const ebb_model_t *model, const ebb_model_text_t *text,
                ebb_text_t *report, ebb_error_t *error);
} check_kinds[] = {
    {"scenario", ebb_scenario_list, read_scenario},
    {"claim", ebb_claim_list, read_claim},
    {"population", ebb_population_list, read_population},
    {"trial", ebb_trial_list, read_trial},
};

enum { CHECK_KINDS = sizeof check_kinds / sizeof *check_kinds };

/* What stands in a file besides its model, by kind. Zero-initialise. */
typedef struct check_users {
    ebb_scenario_info_t *items[CHECK_KINDS];
    size_t count[CHECK_KINDS], all;
} check_users_t;

static exit_status_t list_users(check_users_t *users, const source_t *source)
{
    for (size_t k = 0; k < CHECK_KINDS; k++) {
        size_t count = 0;
        if (check_kinds[k].list(&source->text, NULL, 0, &count) || count == 0) {
            continue; /* reading it as a model tells what is wrong with its form */
        }
        users->items[k] = calloc(count, sizeof *users->items[k]);
        if (!users->items[k] ||
            check_kinds[k].list(&source->text, users->items[k], count, &count)) {
            return talk_no_memory();
        }
        users->count[k] = count;
        users->all += count;
    }
    return EXIT_OK;
}

static void free_users(check_users_t *users)
{
    for (size_t k = 0; k < CHECK_KINDS; k++) {
        free(users->items[k]);
    }
}

/* --- checking --------------------------------------------------------------------- */

static bool begins_with(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && strncmp(at, word, length) == 0;
}

/* Whether the text begins with a model, as it does where there is one. */
static bool begins_with_model(const source_t *source)
{
    const char *at = source->text.bytes, *end = at + source->text.size;
    bool model = true;
    while (at < end && (strchr(" \t\r\n", *at) || *at == '#')) {
        const char *line = *at == '#' ? memchr(at, '\n', (size_t)(end - at)) : at;
        at = line ? line + 1 : end;
    }
    for (size_t k = 0; k < CHECK_KINDS; k++) {
        model = model && !begins_with(at, end, check_kinds[k].one);
    }
    return model;
}

/* The model of a scenario, or another such, is not at hand. */
static exit_status_t tell_unknown_model(const source_t *source,
                                        const ebb_model_t *model, const char *what,
                                        const ebb_scenario_info_t *info)
{
    ebb_nearest_t near = {.typed = info->uses};
    ebb_library_model_t shipped;
    if (model) {
        ebb_nearest_consider(&near, ebb_model_info(model).name);
    }
    for (size_t i = 0; ebb_library_at(i, &shipped); i++) {
        ebb_nearest_consider(&near, shipped.name);
    }
    talk("%s: error: the %s '%s' uses '%s', which is neither a model of this file nor "
         "one that ships",
         source->text.label, what, info->name, info->uses);
    if (near.best) {
        talk("; did you mean '%s'?\n", near.best);
    } else if (strcmp(what, "scenario") == 0) {
        talk("; where it is in a file of its own, 'ebb simulate THAT_FILE --scenario "
             "%s:%s' checks the scenario\n",
             source->text.label, info->name);
    } else {
        talk("; put it into this file, before the %s\n", what);
    }
    return EXIT_INPUT;
}

/* What uses a model, against it: the one in the file or one that ships. */
static exit_status_t check_user(const source_t *source, const ebb_model_t *model,
                                size_t kind, const ebb_scenario_info_t *info)
{
    ebb_model_t *other = NULL;
    ebb_library_model_t shipped;
    exit_status_t status = EXIT_OK;
    if (!model || strcmp(ebb_model_info(model).name, info->uses) != 0) {
        if (!ebb_library_find(info->uses, &shipped)) {
            return tell_unknown_model(source, model, check_kinds[kind].one, info);
        }
        status = load_model(&other, &(source_t){.text = shipped.file});
        model = other;
    }
    if (status == EXIT_OK) {
        ebb_text_t report = {0};
        ebb_error_t error = {0};
        ebb_model_text_t text = source->text;
        text.scenario = info->name;
        int code = check_kinds[kind].read(model, &text, &report, &error);
        status = load_report(&report, code, &error);
    }
    ebb_model_free(other);
    return status;
}

/* --- what was right --------------------------------------------------------------- */

static void tell_count(ebb_text_t *out, size_t count, const char *what)
{
    if (count) {
        ebb_text_printf(out, ", %zu %s%s", count, what, count == 1 ? "" : "s");
    }
}

static void tell_model(ebb_text_t *out, const ebb_model_t *model)
{
    ebb_model_info_t info = ebb_model_info(model);
    ebb_text_printf(out, "; model %s", info.name);
    tell_count(out, info.persons, "person");
    tell_count(out, info.states, "state");
    tell_count(out, info.params, "parameter");
    tell_count(out, info.traits, "trait");
    tell_count(out, info.inputs, "input");
    tell_count(out, info.lets, "let");
    tell_count(out, info.events, "event");
}

/* One line. */
static exit_status_t tell_right(const source_t *source, const ebb_model_t *model,
                                const check_users_t *users)
{
    ebb_text_t text = {0};
    ebb_text_printf(&text, "%s: right", source->text.label);
    if (model) {
        tell_model(&text, model);
    }
    for (size_t k = 0; k < CHECK_KINDS; k++) {
        for (size_t i = 0; i < users->count[k]; i++) {
            if (i == 0) {
                ebb_text_printf(&text, "; %s%s ", check_kinds[k].one,
                                users->count[k] == 1 ? "" : "s");
            }
            ebb_text_printf(&text, "%s%s", i ? ", " : "", users->items[k][i].name);
        }
    }
    ebb_text_puts(&text, "\n");
    return output_text(NULL, &text);
}

/* --- the verb --------------------------------------------------------------------- */

static exit_status_t check_users(const source_t *source, const ebb_model_t *model,
                                 const check_users_t *users)
{
    exit_status_t status = EXIT_OK;
    for (size_t k = 0; k < CHECK_KINDS; k++) {
        for (size_t i = 0; i < users->count[k]; i++) {
            exit_status_t one = check_user(source, model, k, &users->items[k][i]);
            status = one == EXIT_OK ? status : one;
        }
    }
    return status;
}

static exit_status_t check_file(const char *name)
{
    source_t source = {0};
    check_users_t users = {0};
    ebb_model_t *model = NULL;
    exit_status_t status = source_open(&source, name);
    if (status == EXIT_OK && begins_with_model(&source)) {
        status = load_model(&model, &source);
    }
    if (status == EXIT_OK) {
        status = list_users(&users, &source);
        if (!model && users.all == 0) { /* its form is wrong: this tells how */
            status = load_model(&model, &source);
        }
    }
    exit_status_t all = check_users(&source, model, &users);
    status = status == EXIT_OK ? all : status;
    if (status == EXIT_OK) {
        status = tell_right(&source, model, &users);
    }
    free_users(&users);
    ebb_model_free(model);
    source_close(&source);
    return status;
}

static exit_status_t run_check(const command_t *self, int argc, char **argv)
{
    string_list_t files = {0};
    int status = options_parse(self, NULL, &files, argc, argv);
    if (status == OPTIONS_READ) {
        status = files.count ? EXIT_OK : usage_error(self, "needs a file");
        for (size_t i = 0; i < files.count; i++) {
            exit_status_t one = check_file(files.items[i]);
            status = one == EXIT_OK ? status : one;
        }
    }
    list_free(&files);
    return status;
}

const command_t command_model_check = {
    .name = "model check",
    .summary = "Whether models and what uses them are right, and where not",
    .operands = "MODEL...",
    .about =
        "Reads files of models, scenarios, claims, populations and trials and tells "
        "all that is wrong: place, line, reason, and where one is near, the way "
        "out. What is right gets one line. What uses a model is held against the "
        "one in its file, or the one that ships under the name it uses.",
    .options = no_options,
    .examples = check_examples,
    .run = run_check,
};
