/* SPDX-License-Identifier: MIT
 *
 * A model for a terminal: what it says of itself, a table of each kind of number that
 * can be set, and the statements as they stand in the file. Of a model that is written
 * once for each partner, one partner's numbers are shown.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "core/words.h"
#include "ebb/show.h"
#include "lang/excerpt.h"
#include "lang/model.h"
#include "report/columns.h"
#include "report/layout.h"

#define SHOW_TEXT_LEAST 28 /* columns in which a description can be read */
#define SHOW_NAME_MOST 24

typedef struct show {
    ebb_layout_t layout;
    const ebb_model_t *model;
    const ebb_model_text_t *text;
} show_t;

/* --- paragraphs ------------------------------------------------------------------- */

/* A paragraph that was put together, and its end. */
static void show_put(const show_t *s, ebb_style_t style, const char *first,
                     ebb_text_t *words)
{
    if (words->failed) {
        s->layout.out->failed = words->failed;
    } else if (words->data) {
        ebb_put_lines(&s->layout, style, first, words->data);
    }
    ebb_text_free(words);
}

static ebb_text_t show_words(const show_t *s)
{
    ebb_text_t words;
    ebb_text_init(&words, s->layout.out->_alloc);
    return words;
}

/* --- tables ----------------------------------------------------------------------- */

/* The cells before the description, as text. */
typedef struct show_row {
    char name[72], value[24], range[48];
    const char *unit, *text, *source;
} show_row_t;

typedef struct show_table {
    show_row_t *rows;
    size_t count;
    size_t name, value, range, unit; /* columns of each */
    const char *source;              /* of all rows, or NULL */
} show_table_t;

static void show_fill(show_row_t *row, const ebb_scalar_t *scalar, bool alike)
{
    const char *dot = alike && *scalar->person ? strchr(scalar->name, '.') : NULL;
    (void)snprintf(row->name, sizeof row->name, "%.70s", dot ? dot + 1 : scalar->name);
    (void)snprintf(row->value, sizeof row->value, "%.6g", scalar->value);
    row->range[0] = '\0';
    if (isfinite(scalar->low) || isfinite(scalar->high)) {
        (void)snprintf(row->range, sizeof row->range, "[%.6g, %.6g]", scalar->low,
                       scalar->high);
    }
    row->unit = scalar->unit;
    row->text = scalar->text;
    row->source = scalar->source;
}

static void show_widen(size_t *columns, const char *cell)
{
    size_t length = strlen(cell);
    *columns = length > *columns ? length : *columns;
}

static void show_measure(show_table_t *table)
{
    table->source =
        table->count > 1 && *table->rows[0].source ? table->rows[0].source : NULL;
    for (size_t i = 0; i < table->count; i++) {
        const show_row_t *row = &table->rows[i];
        show_widen(&table->name, row->name);
        show_widen(&table->value, row->value);
        show_widen(&table->range, row->range);
        show_widen(&table->unit, row->unit);
        if (table->source && strcmp(table->source, row->source) != 0) {
            table->source = NULL;
        }
    }
    table->name = table->name < SHOW_NAME_MOST ? table->name : SHOW_NAME_MOST;
}

/* "name  value  [range]  unit", as a beginning for the description. */
static void show_cells(ebb_text_t *cells, const show_table_t *table,
                       const show_row_t *row)
{
    ebb_text_printf(cells, "  %-*s  %*s", (int)table->name, row->name,
                    (int)table->value, row->value);
    if (table->range) {
        ebb_text_printf(cells, "  %-*s", (int)table->range, row->range);
    }
    if (table->unit) {
        ebb_text_printf(cells, "  %-*s", (int)table->unit, row->unit);
    }
}

/* Cells without anything beside them. */
static void show_put_bare(const show_t *s, const ebb_text_t *cells)
{
    size_t used = cells->length;
    while (used > 0 && cells->data[used - 1] == ' ') {
        used--;
    }
    ebb_text_append(s->layout.out, cells->data, used);
    ebb_text_puts(s->layout.out, "\n");
}

static void show_put_row(const show_t *s, const show_table_t *table,
                         const show_row_t *row)
{
    ebb_text_t cells = show_words(s), words = show_words(s);
    show_cells(&cells, table, row);
    ebb_text_puts(&words, row->text);
    if (*row->source && !table->source) {
        ebb_text_puts(&words, *row->text ? "; " : "");
        ebb_text_puts(&words, ebb_word(s->layout.language, "show.source"));
        ebb_text_puts(&words, row->source);
    }
    bool beside = cells.length + 2 + SHOW_TEXT_LEAST <= s->layout.width;
    ebb_text_puts(&cells, "  ");
    if (cells.failed) {
        s->layout.out->failed = cells.failed;
        ebb_text_free(&words);
    } else if (beside && words.length) {
        show_put(s, STYLE_PLAIN, cells.data, &words);
    } else {
        show_put_bare(s, &cells);
        show_put(s, STYLE_FAINT, "      ", &words);
    }
    ebb_text_free(&cells);
}

static void show_put_table(const show_t *s, const char *heading, show_table_t *table)
{
    if (table->count == 0) {
        return;
    }
    show_measure(table);
    ebb_put_heading(&s->layout, heading);
    for (size_t i = 0; i < table->count; i++) {
        show_put_row(s, table, &table->rows[i]);
    }
    if (table->source) {
        ebb_text_t words = show_words(s);
        ebb_text_puts(&words, ebb_word(s->layout.language, "show.source.all"));
        ebb_text_puts(&words, table->source);
        show_put(s, STYLE_FAINT, "  ", &words);
    }
}

static void show_put_kind(const show_t *s, ebb_scalar_kind_t kind, size_t count,
                          const char *heading)
{
    bool alike = ebb_model_info(s->model).alike;
    const char *first = ebb_model_person(s->model, 0);
    show_table_t table = {
        .rows = ebb_new_array(&s->model->alloc, count + 1, sizeof *table.rows)};
    if (!table.rows) {
        s->layout.out->failed = EBB_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        ebb_scalar_t scalar;
        bool there = ebb_model_scalar(s->model, kind, i, &scalar) == EBB_OK;
        bool again = alike && *scalar.person && strcmp(scalar.person, first) != 0;
        if (there && !again) {
            show_fill(&table.rows[table.count++], &scalar, alike);
        }
    }
    show_put_table(s, heading, &table);
    ebb_free_array(&s->model->alloc, table.rows, count + 1, sizeof *table.rows);
}

/* --- statements ------------------------------------------------------------------- */

/* Sections of statements, and the words that begin those. */
typedef struct show_section {
    const char *heading;
    ebb_word_t words[4];
} show_section_t;

static const show_section_t show_sections[] = {
    {"show.heading.states", {EBB_WORD_STATE}},
    {"show.heading.lets", {EBB_WORD_FN, EBB_WORD_LET}},
    {"show.heading.equations",
     {EBB_WORD_D, EBB_WORD_NEXT, EBB_WORD_NOISE, EBB_WORD_HISTORY}},
    {"show.heading.events", {EBB_WORD_EVENT, EBB_WORD_LASTS}},
};

static bool show_is_of(const show_section_t *section, ebb_word_t word)
{
    for (int i = 0; i < 4; i++) {
        if (section->words[i] == word && word != EBB_WORD_MODEL) { /* that is 0 */
            return true;
        }
    }
    return false;
}

/* A statement, what does not fit into its line indented below. */
static void show_put_statement(const show_t *s, const char *text)
{
    ebb_layout_t inner = s->layout;
    const char *rest = text;
    ebb_line_t line;
    for (size_t indent = 2; ebb_line_next(&rest, inner.width - indent, &line);
         indent = 6) {
        ebb_text_printf(inner.out, "%*s", (int)indent, "");
        ebb_text_append(inner.out, line.text, line.length);
        ebb_text_puts(inner.out, "\n");
    }
}

static void show_put_section(const show_t *s, const show_section_t *section)
{
    ebb_reading_t reading;
    ebb_excerpts_t excerpts;
    ebb_excerpt_t excerpt;
    bool any = false;
    ebb_reading_open(&reading, s->text, &s->model->alloc);
    ebb_excerpts_begin(&excerpts, &reading);
    while (ebb_excerpts_next(&excerpts, &excerpt)) {
        if (show_is_of(section, excerpt.word)) {
            if (!any) {
                ebb_put_heading(&s->layout, section->heading);
            }
            show_put_statement(s, excerpt.text);
            any = true;
        }
    }
    if (excerpts.text.failed) {
        s->layout.out->failed = excerpts.text.failed;
    }
    ebb_excerpts_end(&excerpts);
    ebb_reading_free(&reading);
}

/* --- the whole -------------------------------------------------------------------- */

static void show_put_persons(const show_t *s)
{
    ebb_model_info_t info = ebb_model_info(s->model);
    ebb_text_t words = show_words(s);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "unit", "%s", info.time_unit);
    ebb_phrase(&words, s->layout.language,
               info.steps ? "show.steps" : "show.continuous", &slots);
    ebb_text_puts(&words, "; ");
    if (info.alike) {
        ebb_phrase(&words, s->layout.language, "show.alike", NULL);
    } else {
        for (size_t k = 0; k < info.persons; k++) {
            ebb_text_printf(&words, "%s%s", k ? ", " : "",
                            ebb_model_person(s->model, k));
        }
    }
    show_put(s, STYLE_PLAIN, "", &words);
}

static void show_put_head(const show_t *s)
{
    ebb_model_info_t info = ebb_model_info(s->model);
    ebb_text_t words = show_words(s);
    ebb_text_printf(&words, "%s%s%s", info.name, *info.text ? ": " : "", info.text);
    show_put(s, STYLE_BOLD, "", &words);
    show_put_persons(s);
    if (*info.source) {
        words = show_words(s);
        ebb_text_puts(&words, ebb_word(s->layout.language, "show.source.model"));
        ebb_text_puts(&words, info.source);
        show_put(s, STYLE_FAINT, "", &words);
    }
}

static void show_put_scenarios(const show_t *s)
{
    size_t count = 0;
    (void)!ebb_scenario_list(s->text, NULL, 0, &count);
    ebb_scenario_info_t *infos =
        ebb_new_array(&s->model->alloc, count + 1, sizeof *infos);
    if (!infos) {
        s->layout.out->failed = EBB_ERR_MEMORY;
        return;
    }
    (void)!ebb_scenario_list(s->text, infos, count, &count);
    if (count > 0) {
        ebb_put_heading(&s->layout, "show.heading.scenarios");
    }
    for (size_t i = 0; i < count; i++) {
        ebb_text_t words = show_words(s);
        ebb_text_printf(&words, "%s%s%s", infos[i].name, *infos[i].text ? ": " : "",
                        infos[i].text);
        show_put(s, STYLE_PLAIN, "  ", &words);
    }
    ebb_free_array(&s->model->alloc, infos, count + 1, sizeof *infos);
}

int ebb_show_terminal(ebb_text_t *out, const ebb_model_t *model,
                      const ebb_model_text_t *text, const ebb_show_opts_t *opts)
{
    static const ebb_show_opts_t defaults = {0};
    opts = opts ? opts : &defaults;
    ebb_model_info_t info = ebb_model_info(model);
    show_t s = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .model = model,
        .text = text,
    };
    show_put_head(&s);
    show_put_kind(&s, EBB_SCALAR_PARAM, info.params, "show.heading.params");
    show_put_kind(&s, EBB_SCALAR_TRAIT, info.traits,
                  info.alike ? "show.heading.traits.each" : "show.heading.traits");
    show_put_kind(&s, EBB_SCALAR_INPUT, info.inputs, "show.heading.inputs");
    for (size_t i = 0; i < sizeof show_sections / sizeof *show_sections; i++) {
        show_put_section(&s, &show_sections[i]);
    }
    show_put_scenarios(&s);
    return out->failed;
}
