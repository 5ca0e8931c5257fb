/* SPDX-License-Identifier: MIT
 * The scenarios that ship, as a list for a terminal and as a document. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "core/memory.h"
#include "ebb/library.h"
#include "ebb/safety.h"
#include "ebb/show.h"
#include "report/columns.h"
#include "report/layout.h"

typedef struct listed {
    ebb_library_scenario_t shipped;
    ebb_facts_t facts; /* length, unit and model are not told where there are any */
    double length;
    char unit[32];
    char width[48]; /* "365 day", or "-" */
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
    (void)snprintf(row->width, sizeof row->width, "-");
    if (!model || ebb_scenario_read(&scenario, model, &row->shipped.file, NULL, NULL)) {
        return;
    }
    ebb_scenario_info_t info = ebb_scenario_info(scenario);
    row->facts = info.facts;
    if (!ebb_gate_closed(info.facts)) {
        row->length = info.length;
        (void)snprintf(row->unit, sizeof row->unit, "%s",
                       ebb_model_info(model).time_unit);
        (void)snprintf(row->width, sizeof row->width, "%g %s", row->length, row->unit);
    }
    ebb_scenario_free(scenario);
}

typedef struct list {
    const ebb_alloc_t *alloc;
    listed_t *rows;
    size_t count;
} list_t;

/* All that ship; to be released with list_free. Returns 0 or EBB_ERR_MEMORY. */
static int list_open(list_t *list, const ebb_alloc_t *alloc)
{
    list_models_t models = {0};
    list->alloc = alloc ? alloc : ebb_alloc_default();
    list->count = ebb_library_scenario_count();
    list->rows = ebb_new_array(list->alloc, list->count, sizeof *list->rows);
    for (size_t i = 0; list->rows && i < list->count; i++) {
        if (ebb_library_scenario_at(i, &list->rows[i].shipped)) {
            list_read(&list->rows[i], &models);
        }
    }
    ebb_model_free(models.model);
    return list->rows ? EBB_OK : EBB_ERR_MEMORY;
}

static void list_free(const list_t *list)
{
    if (list->rows) {
        ebb_free_array(list->alloc, list->rows, list->count, sizeof *list->rows);
    }
}

/* --- text ------------------------------------------------------------------------- */

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

static const char *list_uses(const listed_t *row)
{
    return ebb_gate_closed(row->facts) ? "-" : row->shipped.uses;
}

static void list_put(ebb_text_t *out, const list_t *list, size_t width)
{
    const listed_t *rows = list->rows;
    size_t count = list->count;
    size_t name = 0, length = 0, uses = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(rows[i].shipped.name), l = strlen(rows[i].width),
               u = strlen(list_uses(&rows[i]));
        name = n > name ? n : name;
        length = l > length ? l : length;
        uses = u > uses ? u : uses;
    }
    size_t before = name + 2 + length + 2 + uses + 2;
    for (size_t i = 0; i < count; i++) {
        ebb_text_printf(out, "%-*s  %*s  %-*s  ", (int)name, rows[i].shipped.name,
                        (int)length, rows[i].width, (int)uses, list_uses(&rows[i]));
        list_put_words(out, rows[i].shipped.text, width > before ? width - before : 0);
    }
}

int ebb_show_scenarios(ebb_text_t *out, const ebb_show_opts_t *opts)
{
    list_t list;
    int code = list_open(&list, out->_alloc);
    if (!code) {
        list_put(out, &list, ebb_layout_width(opts ? opts->width : 0));
    }
    list_free(&list);
    return code ? code : out->failed;
}

/* --- document --------------------------------------------------------------------- */

static void list_json_facts(ebb_json_t *json, ebb_facts_t facts)
{
    ebb_json_key(json, "facts");
    ebb_json_begin(json, '[');
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        if (facts & (1u << i)) {
            ebb_json_string(json, ebb_fact_word((ebb_fact_t)i));
        }
    }
    ebb_json_end(json, ']');
}

static void list_json(ebb_json_t *json, const listed_t *row)
{
    bool told = !ebb_gate_closed(row->facts);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", row->shipped.name);
    ebb_json_put_string(json, "text", row->shipped.text);
    ebb_json_put_string(json, "uses", told ? row->shipped.uses : NULL);
    ebb_json_put_number(json, "length", told ? row->length : (double)NAN);
    ebb_json_put_string(json, "unit", told ? row->unit : NULL);
    list_json_facts(json, row->facts);
    ebb_json_end(json, '}');
}

int ebb_show_scenarios_json(ebb_text_t *out)
{
    list_t list;
    int code = list_open(&list, out->_alloc);
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/scenarios");
    ebb_json_put_count(&json, "version", 1);
    ebb_json_key(&json, "scenarios");
    ebb_json_begin(&json, '[');
    for (size_t i = 0; i < list.count && !code; i++) {
        list_json(&json, &list.rows[i]);
    }
    ebb_json_end(&json, ']');
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    list_free(&list);
    return code ? code : out->failed;
}
