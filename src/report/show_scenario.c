/* SPDX-License-Identifier: MIT
 * Scenarios for a terminal: those that ship as a list, and one with its statements as
 * they stand in the file. */
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "core/words.h"
#include "ebb/library.h"
#include "ebb/show.h"
#include "lang/excerpt.h"
#include "lang/model.h"
#include "report/columns.h"
#include "report/layout.h"

/* --- the list --------------------------------------------------------------------- */

typedef struct listed {
    ebb_library_scenario_t shipped;
    char length[48];  /* "365 day" */
    const char *uses; /* length and model are "-" of what is not run */
} listed_t;

/* The models of the scenarios, each read once as long as neighbours share it. */
typedef struct list_models {
    const char *name;
    ebb_model_t *model;
} list_models_t;

static const ebb_model_t *list_model(list_models_t *models, const char *name)
{
    ebb_library_model_t shipped;
    if (models->name && strcmp(models->name, name) == 0) {
        return models->model;
    }
    ebb_model_free(models->model);
    *models = (list_models_t){.name = name};
    return ebb_library_find(name, &shipped) &&
                   ebb_model_read(&models->model, &shipped.file, NULL, NULL) == EBB_OK
               ? models->model
               : NULL;
}

static void list_read(listed_t *row, list_models_t *models)
{
    const ebb_model_t *model = list_model(models, row->shipped.uses);
    ebb_scenario_t *scenario = NULL;
    row->uses = "-";
    (void)snprintf(row->length, sizeof row->length, "-");
    if (!model || ebb_scenario_read(&scenario, model, &row->shipped.file, NULL, NULL)) {
        return;
    }
    ebb_scenario_info_t info = ebb_scenario_info(scenario);
    if (!ebb_gate_closed(info.facts)) {
        row->uses = row->shipped.uses;
        (void)snprintf(row->length, sizeof row->length, "%g %s", info.length,
                       ebb_model_info(model).time_unit);
    }
    ebb_scenario_free(scenario);
}

/* As many words of a sentence as fit, then an ellipsis. */
static void list_put_words(ebb_text_t *out, const char *text, size_t width)
{
    const char *rest = text;
    ebb_line_t line;
    if (ebb_columns(text, strlen(text)) <= width) {
        ebb_text_puts(out, text);
    } else if (width > 3 && ebb_line_next(&rest, width - 3, &line)) {
        ebb_text_append(out, line.text, line.length);
        ebb_text_puts(out, "...");
    }
    ebb_text_puts(out, "\n");
}

static void list_put(ebb_text_t *out, const listed_t *rows, size_t count, size_t width)
{
    size_t name = 0, length = 0, uses = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(rows[i].shipped.name), l = strlen(rows[i].length),
               u = strlen(rows[i].uses);
        name = n > name ? n : name;
        length = l > length ? l : length;
        uses = u > uses ? u : uses;
    }
    size_t before = name + 2 + length + 2 + uses + 2;
    for (size_t i = 0; i < count; i++) {
        ebb_text_printf(out, "%-*s  %*s  %-*s  ", (int)name, rows[i].shipped.name,
                        (int)length, rows[i].length, (int)uses, rows[i].uses);
        list_put_words(out, rows[i].shipped.text, width > before ? width - before : 0);
    }
}

int ebb_show_scenarios(ebb_text_t *out, const ebb_show_opts_t *opts)
{
    const ebb_alloc_t *alloc = out->_alloc ? out->_alloc : ebb_alloc_default();
    size_t count = ebb_library_scenario_count();
    listed_t *rows = ebb_new_array(alloc, count, sizeof *rows);
    list_models_t models = {0};
    if (!rows) {
        return EBB_ERR_MEMORY;
    }
    for (size_t i = 0; i < count && ebb_library_scenario_at(i, &rows[i].shipped); i++) {
        list_read(&rows[i], &models);
    }
    list_put(out, rows, count, ebb_layout_width(opts ? opts->width : 0));
    ebb_model_free(models.model);
    ebb_free_array(alloc, rows, count, sizeof *rows);
    return out->failed;
}

/* --- one -------------------------------------------------------------------------- */

typedef struct told {
    ebb_layout_t layout;
    const ebb_scenario_t *scenario;
    const ebb_model_text_t *text;
} told_t;

static ebb_text_t tell_words(const told_t *t)
{
    ebb_text_t words;
    ebb_text_init(&words, t->layout.out->_alloc);
    return words;
}

/* A paragraph that was put together, and its end. */
static void tell_put(const told_t *t, ebb_style_t style, const char *first,
                     ebb_text_t *words)
{
    if (words->failed) {
        t->layout.out->failed = words->failed;
    } else if (words->data) {
        ebb_put_lines(&t->layout, style, first, words->data);
    }
    ebb_text_free(words);
}

static void tell_head(const told_t *t)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(t->scenario);
    ebb_text_t words = tell_words(t);
    ebb_text_printf(&words, "%s%s%s", plan->name, *plan->text ? ": " : "", plan->text);
    tell_put(t, STYLE_BOLD, "", &words);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "uses", "%s", plan->uses);
    ebb_slot_set(&slots, "length", "%g", plan->length);
    ebb_slot_set(&slots, "unit", "%s", ebb_model_info(t->scenario->model).time_unit);
    ebb_put_sentence(&t->layout, STYLE_PLAIN,
                     plan->length > 0 ? "scenario.uses" : "scenario.uses.open", &slots);
    if (*plan->source) {
        words = tell_words(t);
        ebb_text_puts(&words, ebb_word(t->layout.language, "show.source.model"));
        ebb_text_puts(&words, plan->source);
        tell_put(t, STYLE_FAINT, "", &words);
    }
}

/* A statement, what does not fit into its line indented below. */
static void tell_statement(const told_t *t, const char *text)
{
    const char *rest = text;
    ebb_line_t line;
    for (size_t indent = 2; ebb_line_next(&rest, t->layout.width - indent, &line);
         indent = 6) {
        ebb_text_printf(t->layout.out, "%*s", (int)indent, "");
        ebb_text_append(t->layout.out, line.text, line.length);
        ebb_text_puts(t->layout.out, "\n");
    }
}

/* What is set and what happens: every statement but `run` and `expect`. */
static void tell_course(const told_t *t)
{
    ebb_reading_t reading;
    ebb_excerpts_t excerpts;
    ebb_excerpt_t excerpt;
    bool any = false;
    ebb_reading_open(&reading, t->text, &t->scenario->alloc);
    ebb_excerpts_begin(&excerpts, &reading);
    bool found = ebb_excerpts_find(&excerpts, t->text->scenario);
    while (found && ebb_excerpts_next(&excerpts, &excerpt)) {
        if (excerpt.word == EBB_WORD_RUN || excerpt.word == EBB_WORD_EXPECT) {
            continue;
        }
        if (!any) {
            ebb_put_heading(&t->layout, "scenario.heading.set");
        }
        tell_statement(t, excerpt.text);
        any = true;
    }
    if (excerpts.text.failed) {
        t->layout.out->failed = excerpts.text.failed;
    }
    ebb_excerpts_end(&excerpts);
    ebb_reading_free(&reading);
}

/* "they are together: value(together, 1825) > 0.5, in 60 of 100 runs" */
static void tell_expect(const told_t *t, const ebb_expect_t *expect)
{
    ebb_text_t words = tell_words(t);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "share", "%g", 100 * expect->share);
    ebb_text_printf(&words, "%s%s%s, ", expect->text, *expect->text ? ": " : "",
                    expect->code);
    ebb_phrase(&words, t->layout.language,
               expect->share < 1 ? "scenario.share" : "scenario.each", &slots);
    tell_put(t, STYLE_PLAIN, "  ", &words);
}

static void tell_expected(const told_t *t)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(t->scenario);
    if (plan->expect_count == 0) {
        return;
    }
    ebb_put_heading(&t->layout, "scenario.heading.expected");
    for (size_t i = 0; i < plan->expect_count; i++) {
        tell_expect(t, &plan->expects[i]);
    }
    ebb_put_blank(&t->layout);
    ebb_put_sentence(&t->layout, STYLE_FAINT, "scenario.caution", NULL);
}

int ebb_show_scenario(ebb_text_t *out, const ebb_scenario_t *scenario,
                      const ebb_model_text_t *text, const ebb_show_opts_t *opts)
{
    static const ebb_show_opts_t defaults = {0};
    opts = opts ? opts : &defaults;
    const told_t t = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .scenario = scenario,
        .text = text,
    };
    tell_head(&t);
    tell_course(&t);
    tell_expected(&t);
    return out->failed;
}
