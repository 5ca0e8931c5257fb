/* SPDX-License-Identifier: MIT
 * Models and scenarios from files and from those that ship. */
#define _DEFAULT_SOURCE
#include "load.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ebb/host.h"
#include "ebb/library.h"
#include "ebb/nearest.h"
#include "talk.h"

/* A little more than a model may have: enough to be refused for it. */
#define SOURCE_BYTES ((1u << 20) + 1)

/* --- texts ------------------------------------------------------------------------ */

/* Neither a file nor a model that ships. */
static exit_status_t no_such_model(const char *name)
{
    ebb_nearest_t near = {.typed = name};
    ebb_library_model_t shipped;
    for (size_t i = 0; ebb_library_at(i, &shipped); i++) {
        ebb_nearest_consider(&near, shipped.name);
    }
    talk("ebb: there is no file '%s', and no model of that name", name);
    if (near.best) {
        talk("; did you mean '%s'?\n", near.best);
    } else {
        talk("; 'ebb model list' shows those that ship\n");
    }
    return EXIT_INPUT;
}

static exit_status_t read_all(source_t *source, const ebb_input_t *input)
{
    size_t size = input->size < SOURCE_BYTES ? (size_t)input->size : SOURCE_BYTES;
    source->bytes = malloc(size + 1);
    if (!source->bytes) {
        return talk_no_memory();
    }
    source->text.bytes = source->bytes;
    while (source->text.size < size) {
        int64_t n =
            input->read_at(input, source->text.size, source->bytes + source->text.size,
                           size - source->text.size);
        if (n < 0) {
            ebb_error_t error = {.code = (int)n};
            (void)strncpy(error.where, source->text.label, sizeof error.where - 1);
            return talk_error(&error);
        }
        if (n == 0) { /* it has become shorter */
            break;
        }
        source->text.size += (size_t)n;
    }
    return EXIT_OK;
}

exit_status_t source_open(source_t *source, const char *name)
{
    ebb_library_model_t shipped;
    *source = (source_t){0};
    if (ebb_library_find(name, &shipped)) {
        source->text = shipped.file;
        return EXIT_OK;
    }
    if (strcmp(name, "-") != 0 && !strpbrk(name, "/.") && access(name, F_OK) != 0) {
        return no_such_model(name);
    }
    return source_open_file(source, name);
}

exit_status_t source_open_file(source_t *source, const char *name)
{
    bool is_stdin = strcmp(name, "-") == 0;
    *source = (source_t){0};
    ebb_input_t input = {0};
    ebb_error_t error = {0};
    if (ebb_input_open(&input, name, &error)) {
        return talk_error(&error);
    }
    source->text.label = is_stdin ? "stdin" : name;
    exit_status_t status = read_all(source, &input);
    ebb_input_close(&input);
    return status;
}

void source_close(source_t *source)
{
    free(source->bytes);
    free(source->path);
    *source = (source_t){0};
}

/* --- reading ---------------------------------------------------------------------- */

exit_status_t load_report(ebb_text_t *report, int code, const ebb_error_t *error)
{
    const char *line = report->data;
    while (line && *line) {
        size_t length = strcspn(line, "\n");
        talk("%.*s\n", (int)length, line);
        line += length + (line[length] != '\0');
    }
    bool told = report->length > 0;
    ebb_text_free(report);
    return told && (code == EBB_OK || code == EBB_ERR_INPUT || code == EBB_ERR_LIMIT)
               ? exit_for(code)
           : code ? talk_error(error)
                  : EXIT_OK;
}

exit_status_t load_model(ebb_model_t **model, const source_t *source)
{
    ebb_text_t report = {0};
    ebb_error_t error = {0};
    int code = ebb_model_read(model, &source->text, &report, &error);
    return load_report(&report, code, &error);
}

exit_status_t load_scenario_of(ebb_scenario_t **scenario, const ebb_model_t *model,
                               const source_t *source, const char *name)
{
    ebb_text_t report = {0};
    ebb_error_t error = {0};
    ebb_model_text_t text = source->text;
    text.scenario = name;
    text.orders = source->orders;
    text.orders_label = "--with";
    int code = ebb_scenario_read(scenario, model, &text, &report, &error);
    return load_report(&report, code, &error);
}

/* --- which scenario --------------------------------------------------------------- */

scenarios_t scenarios_of(const source_t *source)
{
    scenarios_t list = {0};
    if (ebb_scenario_list(&source->text, NULL, 0, &list.count) || list.count == 0) {
        return (scenarios_t){0};
    }
    list.items = calloc(list.count, sizeof *list.items);
    if (!list.items ||
        ebb_scenario_list(&source->text, list.items, list.count, &list.count)) {
        scenarios_free(&list);
    }
    return list;
}

void scenarios_free(scenarios_t *scenarios)
{
    free(scenarios->items);
    *scenarios = (scenarios_t){0};
}

static bool has_scenario(const scenarios_t *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Neither in the model's file, nor a file, nor one that ships. */
static exit_status_t no_such_scenario(const source_t *own, const scenarios_t *list,
                                      const char *where)
{
    ebb_nearest_t near = {.typed = where};
    ebb_library_scenario_t shipped;
    talk("ebb: there is no file '%s', and no such scenario ", where);
    if (own) {
        talk("in %s or among those that ship", own->text.label);
    } else {
        talk("among those that ship");
    }
    for (size_t i = 0; i < list->count; i++) {
        ebb_nearest_consider(&near, list->items[i].name);
    }
    for (size_t i = 0; ebb_library_scenario_at(i, &shipped); i++) {
        ebb_nearest_consider(&near, shipped.name);
    }
    if (near.best) {
        talk("; did you mean '%s'?\n", near.best);
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < list->count; i++) {
        talk("%s%s", i ? ", " : "; the model's own are: ", list->items[i].name);
    }
    talk("; 'ebb scenarios' lists those that ship\n");
    return EXIT_INPUT;
}

/* "FILE:NAME", unless it is a file as a whole. */
static exit_status_t open_part(source_t *source, const char *where, const char *colon)
{
    size_t length = (size_t)(colon - where);
    char *path = malloc(length + 1);
    if (!path) {
        return talk_no_memory();
    }
    memcpy(path, where, length);
    path[length] = '\0';
    exit_status_t status = source_open(source, path);
    source->path = path;
    source->text.scenario = colon + 1;
    return status;
}

/* Opens what can be found; `own` and `list` are for the message if nothing can. */
static exit_status_t open_scenario(source_t *source, const source_t *own,
                                   const scenarios_t *list, const char *where)
{
    ebb_library_scenario_t shipped;
    const char *colon = strrchr(where, ':');
    *source = (source_t){0};
    if (access(where, F_OK) == 0 || strcmp(where, "-") == 0) {
        return source_open(source, where);
    }
    if (ebb_library_scenario_find(where, &shipped)) {
        source->text = shipped.file;
        return EXIT_OK;
    }
    return colon && colon > where ? open_part(source, where, colon)
                                  : no_such_scenario(own, list, where);
}

exit_status_t source_open_scenario(source_t *source, const char *where)
{
    return open_scenario(source, NULL, &(scenarios_t){0}, where);
}

/* The model that is used cannot be found by the scenario alone. */
static exit_status_t no_such_use(const source_t *source,
                                 const ebb_scenario_info_t *info)
{
    talk("ebb: the scenario '%s' of %s uses '%s', which is no model that ships; with "
         "its file: ebb simulate MODEL_FILE --scenario %s:%s\n",
         info->name, source->text.label, info->uses, source->text.label, info->name);
    return EXIT_INPUT;
}

/* A file holds none, or its form is wrong: reading it as a model tells which. */
static exit_status_t no_scenario(const source_t *source)
{
    ebb_model_t *model = NULL;
    exit_status_t status = load_model(&model, source);
    ebb_model_free(model);
    if (status == EXIT_OK) {
        talk("ebb: there is no scenario in %s\n", source->text.label);
        status = EXIT_INPUT;
    }
    return status;
}

/* The scenario that is meant; of several, none of which was named, the first: reading
 * it tells what there is to choose from. */
static const ebb_scenario_info_t *meant_of(const scenarios_t *list, const char *name)
{
    for (size_t i = 0; name && i < list->count; i++) {
        if (strcmp(list->items[i].name, name) == 0) {
            return &list->items[i];
        }
    }
    return list->items;
}

exit_status_t source_open_used(source_t *source, const source_t *scenario)
{
    ebb_library_model_t shipped;
    scenarios_t list = scenarios_of(scenario);
    const ebb_scenario_info_t *info = meant_of(&list, scenario->text.scenario);
    exit_status_t status = EXIT_OK;
    *source = (source_t){0};
    if (!info) {
        status = no_scenario(scenario);
    } else if (ebb_library_find(info->uses, &shipped)) {
        source->text = shipped.file;
    } else {
        status = no_such_use(scenario, info);
    }
    scenarios_free(&list);
    return status;
}

exit_status_t load_scenario(ebb_scenario_t **scenario, const ebb_model_t *model,
                            const source_t *own, const char *where)
{
    scenarios_t list = scenarios_of(own);
    source_t other = {0};
    exit_status_t status = EXIT_OK;
    if (has_scenario(&list, where)) {
        status = load_scenario_of(scenario, model, own, where);
    } else {
        status = open_scenario(&other, own, &list, where);
        other.orders = own->orders;
        if (status == EXIT_OK) {
            status = load_scenario_of(scenario, model, &other, other.text.scenario);
        }
    }
    source_close(&other);
    scenarios_free(&list);
    return status;
}
