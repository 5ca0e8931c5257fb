/* SPDX-License-Identifier: MIT
 * Models as objects: read, asked, released. */
#include "lang/model.h"

#include "core/fail.h"
#include "ebb/nearest.h"
#include "math/bits.h"

void ebb_reading_open(ebb_reading_t *reading, const ebb_model_text_t *text,
                      const ebb_alloc_t *alloc)
{
    ebb_reading_init(reading, alloc);
    reading->text = text->bytes ? text->bytes : "";
    reading->size = text->bytes ? text->size : 0;
    reading->label = text->label ? text->label : "model";
}

static int model_read(ebb_model_t *model, const ebb_model_text_t *text,
                      ebb_text_t *report, ebb_error_t *error)
{
    ebb_reading_open(&model->reading, text, &model->alloc);
    ebb_syntax_read(&model->syntax, &model->reading);
    if (!model->reading.failed) {
        ebb_build_system(&model->build, &model->syntax, &model->system);
    }
    if (report) {
        ebb_reading_report(&model->reading, report);
    }
    int code = ebb_reading_outcome(&model->reading, error);
    model->reading.text = ""; /* borrowed until here */
    model->reading.size = 0;
    model->reading.label = "";
    return code;
}

int ebb_model_read(ebb_model_t **model, const ebb_model_text_t *text,
                   ebb_text_t *report, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    *model = NULL;
    ebb_model_t *new = ebb_new_array(alloc, 1, sizeof *new);
    if (!new) {
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    new->alloc = *alloc;
    int code = model_read(new, text, report, error);
    if (code) {
        ebb_model_free(new);
        return code;
    }
    *model = new;
    return EBB_OK;
}

void ebb_model_free(ebb_model_t *model)
{
    if (!model) {
        return;
    }
    ebb_alloc_t alloc = model->alloc;
    ebb_graph_free(&model->system.graph);
    ebb_build_free(&model->build);
    ebb_syntax_free(&model->syntax);
    ebb_reading_free(&model->reading);
    ebb_free_array(&alloc, model, 1, sizeof *model);
}

const ebb_system_t *ebb_model_system(const ebb_model_t *model)
{
    return &model->system;
}

ebb_model_info_t ebb_model_info(const ebb_model_t *model)
{
    const ebb_system_t *system = &model->system;
    return (ebb_model_info_t){
        .name = system->name,
        .text = system->text,
        .source = system->source,
        .time_unit = system->time_unit,
        .steps = system->steps,
        .alike = system->alike,
        .persons = system->person_count,
        .params = system->param_count,
        .traits = system->trait_count,
        .inputs = system->input_count,
        .states = system->state_count,
        .lets = system->let_count,
        .events = system->event_count,
        .delays = system->delay_count,
    };
}

const char *ebb_model_person(const ebb_model_t *model, size_t person)
{
    return person < model->system.person_count ? model->system.persons[person] : NULL;
}

/* The slots of a kind, or NULL for states and lets. */
static const ebb_slot_t *model_slots(const ebb_system_t *system, ebb_scalar_kind_t kind,
                                     size_t *count)
{
    *count = kind == EBB_SCALAR_PARAM   ? system->param_count
             : kind == EBB_SCALAR_TRAIT ? system->trait_count
             : kind == EBB_SCALAR_INPUT ? system->input_count
             : kind == EBB_SCALAR_STATE ? system->state_count
                                        : system->let_count;
    return kind == EBB_SCALAR_PARAM   ? system->params
           : kind == EBB_SCALAR_TRAIT ? system->traits
           : kind == EBB_SCALAR_INPUT ? system->inputs
                                      : NULL;
}

int ebb_model_scalar(const ebb_model_t *model, ebb_scalar_kind_t kind, size_t index,
                     ebb_scalar_t *scalar)
{
    const ebb_system_t *system = &model->system;
    size_t count = 0;
    const ebb_slot_t *slots = model_slots(system, kind, &count);
    uint32_t person, quantity;
    if (index >= count) {
        return EBB_ERR_ARGUMENT;
    }
    *scalar = (ebb_scalar_t){
        .value = EBB_NAN, .low = -EBB_INFINITY, .high = EBB_INFINITY, .person = ""};
    if (slots) {
        const ebb_slot_t *slot = &slots[index];
        scalar->name = slot->name;
        scalar->value = slot->value;
        scalar->low = slot->low;
        scalar->high = slot->high;
        person = slot->person;
        quantity = slot->quantity;
    } else if (kind == EBB_SCALAR_STATE) {
        const ebb_state_t *state = &system->states[index];
        scalar->name = state->name;
        scalar->low = state->low;
        scalar->high = state->high;
        person = state->person;
        quantity = state->quantity;
    } else {
        scalar->name = system->lets[index].name;
        person = system->lets[index].person;
        quantity = system->lets[index].quantity;
    }
    scalar->person = person == EBB_NONE ? "" : system->persons[person];
    scalar->text = system->quantities[quantity].text;
    scalar->unit = system->quantities[quantity].unit;
    scalar->source = system->quantities[quantity].source;
    scalar->shown = system->quantities[quantity].shown;
    return EBB_OK;
}

bool ebb_model_event(const ebb_model_t *model, size_t index, ebb_happening_t *event)
{
    const ebb_system_t *system = &model->system;
    if (index >= system->event_count) {
        return false;
    }
    const ebb_event_rule_t *rule = &system->events[index];
    const ebb_quantity_t *quantity = &system->quantities[rule->quantity];
    *event = (ebb_happening_t){
        .name = quantity->name,
        .person = rule->person == EBB_NONE ? "" : system->persons[rule->person],
        .text = quantity->text,
        .chance = rule->rate != EBB_NONE,
    };
    return true;
}

/* The name most like one that no scalar has, or NULL. */
static const char *model_nearest(const ebb_model_t *model, const char *name)
{
    ebb_nearest_t near = {.typed = name};
    ebb_scalar_t scalar;
    for (int k = EBB_SCALAR_PARAM; k <= EBB_SCALAR_LET; k++) {
        ebb_scalar_kind_t list = (ebb_scalar_kind_t)k;
        for (size_t i = 0; ebb_model_scalar(model, list, i, &scalar) == EBB_OK; i++) {
            ebb_nearest_consider(&near, scalar.name);
        }
    }
    return near.best;
}

int ebb_model_find(const ebb_model_t *model, const char *name, ebb_scalar_kind_t *kind,
                   size_t *index, ebb_error_t *error)
{
    ebb_scalar_t scalar;
    for (int k = EBB_SCALAR_PARAM; k <= EBB_SCALAR_LET; k++) {
        ebb_scalar_kind_t list = (ebb_scalar_kind_t)k;
        for (size_t i = 0; ebb_model_scalar(model, list, i, &scalar) == EBB_OK; i++) {
            if (strcmp(scalar.name, name) == 0) {
                *kind = list;
                *index = i;
                return EBB_OK;
            }
        }
    }
    const char *best = model_nearest(model, name);
    return best ? ebb_fail(error, EBB_ERR_ARGUMENT,
                           "the model has no `%s`; did you mean `%s`?", name, best)
                : ebb_fail(error, EBB_ERR_ARGUMENT, "the model has no `%s`", name);
}

void ebb_model_describe(const ebb_model_t *model, ebb_text_t *out)
{
    ebb_dump_system(&model->system, &model->alloc, out);
}
