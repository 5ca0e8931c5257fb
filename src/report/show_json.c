/* SPDX-License-Identifier: MIT
 * The document of a model. */
#include "core/json.h"
#include "core/memory.h"
#include "ebb/show.h"
#include "lang/excerpt.h"
#include "lang/model.h"

static void showjson_head(ebb_json_t *json, const ebb_model_t *model)
{
    ebb_model_info_t info = ebb_model_info(model);
    const char *person;
    ebb_json_put_string(json, "schema", "ebb/model");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "name", info.name);
    ebb_json_put_string(json, "text", info.text);
    ebb_json_put_string(json, "source", info.source);
    ebb_json_put_string(json, "time_unit", info.time_unit);
    ebb_json_put_bool(json, "steps", info.steps);
    ebb_json_put_bool(json, "alike", info.alike);
    ebb_json_key(json, "persons");
    ebb_json_begin(json, '[');
    for (size_t k = 0; (person = ebb_model_person(model, k)); k++) {
        ebb_json_string(json, person);
    }
    ebb_json_end(json, ']');
}

static void showjson_scalar(ebb_json_t *json, const ebb_scalar_t *scalar)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", scalar->name);
    ebb_json_put_string(json, "person", *scalar->person ? scalar->person : NULL);
    ebb_json_put_number(json, "value", scalar->value);
    ebb_json_put_number(json, "low", scalar->low);
    ebb_json_put_number(json, "high", scalar->high);
    ebb_json_put_string(json, "unit", scalar->unit);
    ebb_json_put_string(json, "text", scalar->text);
    ebb_json_put_string(json, "source", scalar->source);
    ebb_json_end(json, '}');
}

static void showjson_scalars(ebb_json_t *json, const ebb_model_t *model)
{
    static const char *const keys[] = {"params", "traits", "inputs", "states", "lets"};
    for (int kind = EBB_SCALAR_PARAM; kind <= EBB_SCALAR_LET; kind++) {
        ebb_scalar_t scalar;
        ebb_json_key(json, keys[kind]);
        ebb_json_begin(json, '[');
        for (size_t i = 0;
             !ebb_model_scalar(model, (ebb_scalar_kind_t)kind, i, &scalar); i++) {
            showjson_scalar(json, &scalar);
        }
        ebb_json_end(json, ']');
    }
}

static void showjson_statements(ebb_json_t *json, const ebb_model_t *model,
                                const ebb_model_text_t *text)
{
    ebb_reading_t reading;
    ebb_excerpts_t excerpts;
    ebb_excerpt_t excerpt;
    ebb_reading_open(&reading, text, &model->alloc);
    ebb_excerpts_begin(&excerpts, &reading);
    ebb_json_key(json, "statements");
    ebb_json_begin(json, '[');
    while (ebb_excerpts_next(&excerpts, &excerpt)) {
        ebb_json_begin(json, '{');
        ebb_json_put_count(json, "line", excerpt.line);
        ebb_json_put_string(json, "kind", ebb_name(&reading, excerpt.word));
        ebb_json_put_string(json, "text", excerpt.text);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
    json->out->failed = excerpts.text.failed ? excerpts.text.failed : json->out->failed;
    ebb_excerpts_end(&excerpts);
    ebb_reading_free(&reading);
}

static void showjson_scenarios(ebb_json_t *json, const ebb_model_t *model,
                               const ebb_model_text_t *text)
{
    size_t count = 0;
    (void)!ebb_scenario_list(text, NULL, 0, &count);
    ebb_scenario_info_t *infos = ebb_new_array(&model->alloc, count + 1, sizeof *infos);
    if (!infos) {
        json->out->failed = EBB_ERR_MEMORY;
        return;
    }
    (void)!ebb_scenario_list(text, infos, count, &count);
    ebb_json_key(json, "scenarios");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < count; i++) {
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", infos[i].name);
        ebb_json_put_string(json, "uses", infos[i].uses);
        ebb_json_put_string(json, "text", infos[i].text);
        ebb_json_key(json, "length");
        if (infos[i].length > 0) {
            ebb_json_number(json, infos[i].length);
        } else {
            ebb_json_null(json);
        }
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
    ebb_free_array(&model->alloc, infos, count + 1, sizeof *infos);
}

int ebb_show_json(ebb_text_t *out, const ebb_model_t *model,
                  const ebb_model_text_t *text)
{
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    showjson_head(&json, model);
    showjson_scalars(&json, model);
    showjson_statements(&json, model, text);
    showjson_scenarios(&json, model, text);
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}
