/* SPDX-License-Identifier: MIT
 * The page of the lab: the engine, what ships with it, and where help is. */
#include "ebb/lab.h"

#include "core/fail.h"
#include "core/json.h"
#include "ebb/library.h"
#include "report/engine_asset.h"
#include "report/page.h"
#include "report/page_asset.h"
#include "report/parts.h"

/* A file is text without a NUL behind it. */
static void lab_put_file(ebb_json_t *json, const ebb_model_text_t *file)
{
    ebb_text_t text;
    ebb_text_init(&text, json->out->_alloc);
    ebb_text_append(&text, file->bytes, file->size);
    ebb_json_put_string(json, "file", text.data);
    json->out->failed = json->out->failed ? json->out->failed : text.failed;
    ebb_text_free(&text);
}

static void lab_put_models(ebb_json_t *json)
{
    ebb_library_model_t model;
    ebb_json_key(json, "models");
    ebb_json_begin(json, '[');
    for (size_t i = 0; ebb_library_at(i, &model); i++) {
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", model.name);
        ebb_json_put_string(json, "text", model.text);
        lab_put_file(json, &model.file);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

/* Whether a scenario before this one stands in the same file. */
static bool lab_file_is_told(size_t index, const ebb_library_scenario_t *scenario)
{
    ebb_library_scenario_t before;
    for (size_t i = 0; i < index && ebb_library_scenario_at(i, &before); i++) {
        if (before.file.bytes == scenario->file.bytes) {
            return true;
        }
    }
    return false;
}

/* Each file once, in the order of the first of its scenarios. */
static void lab_put_scenarios(ebb_json_t *json)
{
    ebb_library_scenario_t scenario;
    ebb_json_key(json, "scenarios");
    ebb_json_begin(json, '[');
    for (size_t i = 0; ebb_library_scenario_at(i, &scenario); i++) {
        if (!lab_file_is_told(i, &scenario)) {
            ebb_json_begin(json, '{');
            ebb_json_put_string(json, "label", scenario.file.label);
            lab_put_file(json, &scenario.file);
            ebb_json_end(json, '}');
        }
    }
    ebb_json_end(json, ']');
}

static void lab_put_letters(ebb_text_t *out, const unsigned char *bytes, size_t count)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    uint32_t word = (uint32_t)bytes[0] << 16 |
                    (count > 1 ? (uint32_t)bytes[1] << 8 : 0) |
                    (count > 2 ? bytes[2] : 0);
    char four[4] = {letters[word >> 18], letters[word >> 12 & 63],
                    letters[count > 1 ? word >> 6 & 63 : 64],
                    letters[count > 2 ? word & 63 : 64]};
    ebb_text_append(out, four, sizeof four);
}

/* In base64, which needs no escapes. */
static void lab_put_engine(ebb_json_t *json)
{
    ebb_text_t text;
    ebb_text_init(&text, json->out->_alloc);
    for (size_t at = 0; at < ebb_engine_module_size; at += 3) {
        size_t left = ebb_engine_module_size - at;
        lab_put_letters(&text, ebb_engine_module + at, left < 3 ? left : 3);
    }
    ebb_json_put_string(json, "engine", text.data);
    json->out->failed = json->out->failed ? json->out->failed : text.failed;
    ebb_text_free(&text);
}

static void lab_put_document(ebb_json_t *json, const char *country)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "schema", "ebb/lab");
    ebb_json_put_count(json, "version", 1);
    ebb_report_put_help(json, country);
    lab_put_models(json);
    lab_put_scenarios(json);
    lab_put_engine(json);
    ebb_json_end(json, '}');
}

int ebb_lab_page(ebb_text_t *out, const char *country, ebb_error_t *error)
{
    ebb_text_t document;
    if (ebb_engine_module_size == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "this ebb was built without the engine for pages; with clang "
                        "and wasm-ld at hand, building it anew brings it");
    }
    ebb_text_init(&document, out->_alloc);
    ebb_json_t json = {.out = &document};
    lab_put_document(&json, country);
    int code = document.failed ? document.failed
                               : ebb_page_fill(out, ebb_lab_template,
                                               ebb_lab_template_size, &document);
    ebb_text_free(&document);
    return code ? ebb_fail(error, code, "%s", ebb_strerror(code)) : EBB_OK;
}
