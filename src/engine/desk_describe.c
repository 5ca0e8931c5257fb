/* SPDX-License-Identifier: MIT
 * What lies on the desk, as JSON. */
#include "core/json.h"
#include "core/memory.h"
#include "engine/desk.h"

/* --- the model -------------------------------------------------------------------- */

static void describe_scalar(ebb_json_t *json, const ebb_scalar_t *scalar)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", scalar->name);
    ebb_json_put_string(json, "person", scalar->person);
    ebb_json_put_string(json, "text", scalar->text);
    ebb_json_put_string(json, "unit", scalar->unit);
    ebb_json_put_string(json, "source", scalar->source);
    ebb_json_put_number(json, "value", scalar->value);
    ebb_json_put_number(json, "low", scalar->low);
    ebb_json_put_number(json, "high", scalar->high);
    ebb_json_end(json, '}');
}

static void describe_list(ebb_json_t *json, const ebb_model_t *model, const char *key,
                          ebb_scalar_kind_t kind)
{
    ebb_scalar_t scalar;
    ebb_json_key(json, key);
    ebb_json_begin(json, '[');
    for (size_t i = 0; ebb_model_scalar(model, kind, i, &scalar) == EBB_OK; i++) {
        describe_scalar(json, &scalar);
    }
    ebb_json_end(json, ']');
}

static void describe_head(ebb_json_t *json, const ebb_model_t *model)
{
    ebb_model_info_t info = ebb_model_info(model);
    ebb_json_put_string(json, "name", info.name);
    ebb_json_put_string(json, "text", info.text);
    ebb_json_put_string(json, "source", info.source);
    ebb_json_put_string(json, "time", info.time_unit);
    ebb_json_put_bool(json, "steps", info.steps);
    ebb_json_put_bool(json, "alike", info.alike);
    ebb_json_key(json, "persons");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < info.persons; i++) {
        ebb_json_string(json, ebb_model_person(model, i));
    }
    ebb_json_end(json, ']');
}

int ebb_desk_describe(ebb_desk_t *desk)
{
    ebb_json_t json = {.out = &desk->reply};
    int code = ebb_desk_need_model(desk);
    if (code) {
        return code;
    }
    ebb_json_begin(&json, '{');
    describe_head(&json, desk->model);
    describe_list(&json, desk->model, "params", EBB_SCALAR_PARAM);
    describe_list(&json, desk->model, "traits", EBB_SCALAR_TRAIT);
    describe_list(&json, desk->model, "inputs", EBB_SCALAR_INPUT);
    describe_list(&json, desk->model, "states", EBB_SCALAR_STATE);
    describe_list(&json, desk->model, "lets", EBB_SCALAR_LET);
    ebb_json_put_count(&json, "events", desk->info.events);
    ebb_json_put_count(&json, "delays", desk->info.delays);
    ebb_json_end(&json, '}');
    return ebb_desk_replied(desk);
}

/* --- scenarios -------------------------------------------------------------------- */

static void describe_facts(ebb_json_t *json, ebb_facts_t facts)
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

static void describe_scenarios(ebb_desk_t *desk, const ebb_scenario_info_t *infos,
                               size_t count)
{
    ebb_json_t json = {.out = &desk->reply};
    ebb_json_begin(&json, '[');
    for (size_t k = 0; k < count; k++) {
        ebb_json_begin(&json, '{');
        ebb_json_put_string(&json, "name", infos[k].name);
        ebb_json_put_string(&json, "uses", infos[k].uses);
        ebb_json_put_string(&json, "text", infos[k].text);
        describe_facts(&json, infos[k].facts);
        ebb_json_end(&json, '}');
    }
    ebb_json_end(&json, ']');
}

int ebb_desk_list(ebb_desk_t *desk, const char *text, size_t size)
{
    ebb_model_text_t source = {.bytes = text, .size = size};
    size_t count = 0;
    ebb_desk_hush(desk);
    int code = ebb_scenario_list(&source, NULL, 0, &count);
    if (code) {
        return ebb_desk_refuse(desk, code, "%s", ebb_strerror(code));
    }
    ebb_scenario_info_t *infos = ebb_room_new(count * sizeof *infos);
    code = infos ? ebb_scenario_list(&source, infos, count, &count) : EBB_ERR_MEMORY;
    if (code) {
        code = ebb_desk_refuse(desk, code, "%s", ebb_strerror(code));
    } else {
        describe_scenarios(desk, infos, count);
        code = ebb_desk_replied(desk);
    }
    ebb_room_free(infos, count * sizeof *infos);
    return code;
}

/* --- expectations ----------------------------------------------------------------- */

static void describe_verdict(ebb_json_t *json, const ebb_run_verdict_t *verdict)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "text", verdict->text);
    ebb_json_put_string(json, "code", verdict->code);
    ebb_json_put_count(json, "line", verdict->line);
    ebb_json_put_number(json, "share", verdict->share);
    ebb_json_put_count(json, "kept", verdict->kept);
    ebb_json_put_count(json, "broken", verdict->broken);
    ebb_json_put_bool(json, "holds", verdict->holds);
    ebb_json_end(json, '}');
}

int ebb_desk_verdicts(ebb_desk_t *desk)
{
    ebb_json_t json = {.out = &desk->reply};
    ebb_run_verdict_t verdict;
    int code = ebb_desk_need_run(desk);
    if (code) {
        return code;
    }
    ebb_json_begin(&json, '[');
    for (size_t k = 0; ebb_run_verdict(desk->totals, k, &verdict) == EBB_OK; k++) {
        describe_verdict(&json, &verdict);
    }
    ebb_json_end(&json, ']');
    return ebb_desk_replied(desk);
}
