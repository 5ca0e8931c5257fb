/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * Reads runs and figures; a run with parameters set is its text with a line more for
 * each, behind the line that says how long it runs. */
#include "study/fit.h"

#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/library.h"
#include "ebb/population.h"
#include "ebb/trial.h"
#include "study/people.h"

static int fit_fail(const ebb_fit_runs_t *fit, size_t run, ebb_error_t *error,
                    const char *why)
{
    return ebb_fail_at(error, EBB_ERR_INPUT,
                       (ebb_place_t){.where = fit->source.files[run].text.label}, "%s",
                       why);
}

/* --- runs ------------------------------------------------------------------------- */

/* What kind a file is of, and which model it uses. */
static bool fit_kind(ebb_fit_run_t *run, ebb_scenario_info_t *head)
{
    const ebb_model_text_t *text = &run->file->text;
    size_t count = 0;
    if (ebb_population_list(text, head, 1, &count) == EBB_OK && count == 1) {
        run->kind = EBB_FIT_POPULATION;
        return true;
    }
    if (ebb_trial_list(text, head, 1, &count) == EBB_OK && count == 1) {
        run->kind = EBB_FIT_TRIAL;
        return true;
    }
    run->kind = EBB_FIT_TALK;
    return ebb_scenario_list(text, head, 1, &count) == EBB_OK && count == 1;
}

/* Behind the first line that begins with "run ". */
static bool fit_find_head(ebb_fit_run_t *run)
{
    const char *bytes = run->file->text.bytes;
    size_t size = run->file->text.size;
    for (size_t at = 0; at < size; at++) {
        bool begins = at == 0 || bytes[at - 1] == '\n';
        if (begins && size - at > 4 && memcmp(bytes + at, "run ", 4) == 0) {
            const char *end = memchr(bytes + at, '\n', size - at);
            run->head = end ? (size_t)(end - bytes) + 1 : 0;
            return end != NULL;
        }
    }
    return false;
}

static int fit_open_run(ebb_fit_runs_t *fit, size_t index, ebb_error_t *error)
{
    ebb_fit_run_t *run = &fit->runs[index];
    ebb_scenario_info_t head = {0};
    ebb_library_model_t shipped;
    run->file = &fit->source.files[index];
    if (!fit_kind(run, &head)) {
        return fit_fail(fit, index, error,
                        "holds neither one population nor one trial nor one scenario");
    }
    if (!ebb_library_find(head.uses, &shipped)) {
        return fit_fail(fit, index, error, "uses a model that does not ship");
    }
    if (!fit_find_head(run)) {
        return fit_fail(fit, index, error, "has no line 'run ...'");
    }
    return ebb_model_read(&run->model, &shipped.file, NULL, error);
}

/* Whether a name is among names with blanks between. */
static bool fit_among(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = names; *at;) {
        size_t word = strcspn(at, " ");
        if (word == length && memcmp(at, name, word) == 0) {
            return true;
        }
        at += word;
        at += strspn(at, " ");
    }
    return false;
}

/* Whether a run is one of those that are used. */
static bool fit_uses(const ebb_fit_runs_t *fit, const char *name)
{
    bool found = fit->source.only_count == 0;
    for (size_t k = 0; k < fit->source.only_count; k++) {
        found = found || strcmp(fit->source.only[k], name) == 0;
    }
    return found;
}

/* Whether all names of runs to use are some. */
static int fit_check_only(const ebb_fit_runs_t *fit, ebb_error_t *error)
{
    for (size_t i = 0; i < fit->source.only_count; i++) {
        bool found = false;
        for (size_t k = 0; k < fit->source.file_count; k++) {
            found = found || strcmp(fit->runs[k].file->name, fit->source.only[i]) == 0;
        }
        if (!found) {
            return ebb_fail(error, EBB_ERR_INPUT, "there is no run '%s'",
                            fit->source.only[i]);
        }
    }
    return EBB_OK;
}

/* Sets a parameter of the table in a run, whose model must have it. */
static int fit_set_param(ebb_fit_runs_t *fit, size_t run, const char *name,
                         ebb_error_t *error)
{
    size_t place;
    ebb_scalar_kind_t kind;
    if (ebb_model_find(fit->runs[run].model, name, &kind, &place, error)) {
        return EBB_ERR_INPUT;
    }
    if (kind != EBB_SCALAR_PARAM) {
        return ebb_fail(error, EBB_ERR_INPUT, "'%s' is no parameter of the model of %s",
                        name, fit->runs[run].file->text.label);
    }
    fit->runs[run].sets[fit->param_count] = true;
    return EBB_OK;
}

/* Of each parameter the runs in which it is set; kept where one of them is used. */
static int fit_set_params(ebb_fit_runs_t *fit, ebb_error_t *error)
{
    const ebb_calibrate_table_t *table = fit->source.table;
    int code = EBB_OK;
    for (size_t i = 0; i < table->param_count && !code; i++) {
        size_t found = 0, used = 0;
        for (size_t k = 0; k < fit->source.file_count && !code; k++) {
            const char *name = fit->runs[k].file->name;
            fit->runs[k].sets[fit->param_count] = false;
            if (fit_among(table->runs[i], name)) {
                code = fit_set_param(fit, k, table->params[i].name, error);
                found++;
                used += fit_uses(fit, name);
            }
        }
        if (!code && found == 0) {
            code = ebb_fail(error, EBB_ERR_INPUT,
                            "parameter '%s' is set in no run: there is none of '%s'",
                            table->params[i].name, table->runs[i]);
        }
        if (used > 0) {
            fit->params[fit->param_count++] = table->params[i];
        }
    }
    return code;
}

/* --- figures ---------------------------------------------------------------------- */

enum { FIGURE_ID, FIGURE_RUN, FIGURE_WHAT, FIGURE_COLUMNS };
static const char *const figure_columns[FIGURE_COLUMNS] = {"id", "run", "figure"};

typedef struct fit_word {
    const char *word;
    ebb_fit_kind_t kind;
} fit_word_t;

static const fit_word_t fit_words[] = {
    [EBB_FIT_PARTED] = {"parted", EBB_FIT_POPULATION},
    [EBB_FIT_CHANGE] = {"change ", EBB_FIT_TRIAL},
    [EBB_FIT_OWN] = {"own", EBB_FIT_TALK},
    [EBB_FIT_PARTNER] = {"partner", EBB_FIT_TALK},
    [EBB_FIT_BOTH] = {"both", EBB_FIT_TALK},
    [EBB_FIT_GAIN] = {"gain", EBB_FIT_TALK},
};

static bool fit_read_what(ebb_fit_figure_t *figure, const char *said,
                          ebb_fit_kind_t kind)
{
    for (size_t k = 0; k < sizeof fit_words / sizeof *fit_words; k++) {
        size_t length = strlen(fit_words[k].word);
        bool begins = fit_words[k].word[length - 1] == ' ';
        if (fit_words[k].kind == kind &&
            (begins ? strncmp(said, fit_words[k].word, length) == 0
                    : strcmp(said, fit_words[k].word) == 0)) {
            figure->what = (ebb_fit_what_t)k;
            figure->arm = said + (begins ? length : 0);
            return true;
        }
    }
    return false;
}

static int fit_read_figure(const ebb_fit_runs_t *fit, const ebb_table_t *table,
                           const size_t *places, ebb_fit_figure_t *figure)
{
    const char *name = table->fields[places[FIGURE_RUN]];
    const char *said = table->fields[places[FIGURE_WHAT]];
    for (size_t k = 0; k < fit->source.file_count; k++) {
        if (strcmp(fit->runs[k].file->name, name) == 0) {
            figure->run = k;
            return fit_read_what(figure, said, fit->runs[k].kind)
                       ? EBB_OK
                       : ebb_table_fail(table, "such a run has no figure", said);
        }
    }
    return ebb_table_fail(table, "there is no run", name);
}

/* Keeps a target with its figure. */
static void fit_keep(ebb_fit_runs_t *fit, const ebb_calibrate_target_t *target,
                     const ebb_fit_figure_t *figure)
{
    fit->figures[fit->target_count] = *figure;
    fit->targets[fit->target_count] = *target;
    fit->targets[fit->target_count++].rare = figure->what == EBB_FIT_PARTED;
}

static int fit_read_line(ebb_fit_runs_t *fit, const ebb_table_t *table,
                         const size_t *places)
{
    const ebb_calibrate_table_t *all = fit->source.table;
    const char *id = table->fields[places[FIGURE_ID]];
    ebb_fit_figure_t figure = {0};
    for (size_t k = 0; k < all->target_count; k++) {
        if (strcmp(all->targets[k].name, id) != 0) {
            continue;
        }
        if (fit->target_count + fit->missing_count == all->target_count) {
            return ebb_table_fail(table, "is said twice:", id);
        }
        const char *run = table->fields[places[FIGURE_RUN]];
        if (strcmp(run, "-") == 0 || !fit_uses(fit, run)) {
            fit->missing[fit->missing_count++] = id;
            return EBB_OK;
        }
        int code = fit_read_figure(fit, table, places, &figure);
        if (!code) {
            fit_keep(fit, &all->targets[k], &figure);
        }
        return code;
    }
    return ebb_table_fail(table, "there is no target", id);
}

static int fit_read_figures(ebb_fit_runs_t *fit, ebb_error_t *error)
{
    size_t places[FIGURE_COLUMNS];
    ebb_table_t table = {.label = fit->source.figures_label, .error = error};
    int code = ebb_table_open(&table, &fit->text, fit->source.figures,
                              fit->source.figures_size);
    code =
        code ? code : ebb_table_columns(&table, figure_columns, FIGURE_COLUMNS, places);
    while (!code && ebb_table_next(&table)) {
        code = fit_read_line(fit, &table, places);
    }
    if (!code &&
        fit->target_count + fit->missing_count < fit->source.table->target_count) {
        return ebb_fail_at(error, EBB_ERR_INPUT, (ebb_place_t){.where = table.label},
                           "has lines for %zu of %zu targets; '-' says that a target "
                           "has no run",
                           fit->target_count + fit->missing_count,
                           fit->source.table->target_count);
    }
    return code;
}

static int fit_set_acts(ebb_fit_runs_t *fit, ebb_error_t *error)
{
    size_t params = fit->param_count;
    fit->acts = ebb_new_array(ebb_alloc_default(), fit->target_count * params + 1,
                              sizeof *fit->acts);
    if (!fit->acts) {
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    for (size_t k = 0; k < fit->target_count; k++) {
        memcpy(fit->acts + k * params, fit->runs[fit->figures[k].run].sets,
               params * sizeof *fit->acts);
    }
    return EBB_OK;
}

/* --- begin, end ------------------------------------------------------------------- */

int ebb_fit_new(ebb_fit_runs_t **fit, const ebb_fit_source_t *source,
                ebb_error_t *error)
{
    *fit = NULL;
    if (source->file_count > EBB_FIT_RUNS_MOST || source->couples > 1000000 ||
        (source->couples && source->couples < EBB_FIT_ENTERED)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%zu runs of %llu couples; there may be %u runs, of %d to "
                        "1000000 couples",
                        source->file_count, (unsigned long long)source->couples,
                        EBB_FIT_RUNS_MOST, EBB_FIT_ENTERED);
    }
    ebb_fit_runs_t *made = ebb_new_array(ebb_alloc_default(), 1, sizeof *made);
    if (!made) {
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    made->source = *source;
    int code = EBB_OK;
    for (size_t k = 0; k < source->file_count && !code; k++) {
        code = fit_open_run(made, k, error);
    }
    code = code ? code : fit_check_only(made, error);
    code = code ? code : fit_set_params(made, error);
    code = code ? code : fit_read_figures(made, error);
    code = code ? code : fit_set_acts(made, error);
    if (code) {
        ebb_fit_free(made);
        return code;
    }
    *fit = made;
    return EBB_OK;
}

void ebb_fit_free(ebb_fit_runs_t *fit)
{
    if (!fit) {
        return;
    }
    for (size_t k = 0; k < fit->source.file_count; k++) {
        ebb_model_free(fit->runs[k].model);
    }
    ebb_free_array(ebb_alloc_default(), fit->acts,
                   fit->target_count * fit->param_count + 1, sizeof *fit->acts);
    ebb_table_release(&fit->text);
    ebb_free_array(ebb_alloc_default(), fit, 1, sizeof *fit);
}

void ebb_fit_settings(const ebb_fit_runs_t *fit, ebb_calibrate_settings_t *settings)
{
    settings->params = fit->params;
    settings->param_count = fit->param_count;
    settings->targets = fit->targets;
    settings->target_count = fit->target_count;
    settings->acts = fit->acts;
}

const char *ebb_fit_missing(const ebb_fit_runs_t *fit, size_t index)
{
    return index < fit->missing_count ? fit->missing[index] : NULL;
}

uint64_t ebb_fit_work(const ebb_fit_runs_t *fit, const double *points, size_t count,
                      uint64_t seed)
{
    uint64_t hash = ebb_hash_number(EBB_HASH_BEGIN, fit->source.couples);
    hash = ebb_hash_number(hash, seed);
    for (size_t i = 0; i < count * fit->param_count; i++) {
        uint64_t bits;
        memcpy(&bits, &points[i], sizeof bits);
        hash = ebb_hash_number(hash, bits);
    }
    hash = ebb_hash_bytes(hash, fit->source.figures, fit->source.figures_size);
    for (size_t k = 0; k < fit->source.file_count; k++) {
        const ebb_fit_run_t *run = &fit->runs[k];
        ebb_library_model_t shipped;
        hash = ebb_hash_bytes(hash, run->file->text.bytes, run->file->text.size);
        hash = ebb_hash_bytes(hash, run->sets, sizeof run->sets);
        if (ebb_library_find(ebb_model_info(run->model).name, &shipped)) {
            hash = ebb_hash_bytes(hash, shipped.file.bytes, shipped.file.size);
        }
    }
    return hash;
}

/* --- figures at a point ----------------------------------------------------------- */

static void fit_write(const ebb_fit_runs_t *fit, const ebb_fit_run_t *run,
                      const double *point, ebb_text_t *text)
{
    ebb_text_append(text, run->file->text.bytes, run->head);
    for (size_t i = 0; i < fit->param_count; i++) {
        if (run->sets[i]) {
            ebb_text_printf(text, "set %s = %.17g\n", fit->params[i].name, point[i]);
        }
    }
    ebb_text_append(text, run->file->text.bytes + run->head,
                    run->file->text.size - run->head);
}

static int fit_run(ebb_fit_task_t *task, const double *point)
{
    const ebb_fit_run_t *run = &task->fit->runs[task->run];
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    fit_write(task->fit, run, point, &text);
    task->text = run->file->text;
    task->text.bytes = text.data;
    task->text.size = text.length;
    int code = text.failed ? ebb_fail(task->error, EBB_ERR_MEMORY, "out of memory")
               : run->kind == EBB_FIT_POPULATION ? ebb_fit_population(task)
               : run->kind == EBB_FIT_TRIAL      ? ebb_fit_trial(task)
                                                 : ebb_fit_talk(task);
    ebb_text_free(&text);
    return code;
}

int ebb_fit_figures(const ebb_fit_runs_t *fit, const ebb_fit_point_t *point,
                    ebb_error_t *error)
{
    int code = EBB_OK;
    for (size_t k = 0; k < fit->source.file_count && !code; k++) {
        bool wanted = false;
        for (size_t i = 0; i < fit->target_count; i++) {
            wanted = wanted || fit->figures[i].run == k;
        }
        ebb_fit_task_t task = {.fit = fit, .run = k, .error = error};
        task.seed = ebb_hash_number(point->seed, k);
        task.values = point->values;
        task.errors = point->errors;
        code = wanted ? fit_run(&task, point->params) : EBB_OK;
    }
    return code;
}
