/* SPDX-License-Identifier: MIT
 * Scenarios and claims asked: what they are, what they set, which of them a file has.
 */
#include "ebb/claim.h"
#include "ebb/population.h"
#include "ebb/trial.h"
#include "lang/model.h"
#include "lang/syntax.h"

const ebb_scenario_plan_t *ebb_scenario_plan(const ebb_scenario_t *scenario)
{
    return &scenario->plan;
}

void ebb_scenario_describe(const ebb_scenario_t *scenario, ebb_text_t *out)
{
    ebb_dump_scenario(&scenario->plan, &scenario->model->system, &scenario->alloc, out);
}

/* As much of a string as fits. */
static void scenario_copy(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    length = length < size ? length : size - 1;
    while (length > 0 && ((unsigned char)from[length] & 0xC0) == 0x80) {
        length--; /* not within a character */
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

ebb_scenario_info_t ebb_scenario_info(const ebb_scenario_t *scenario)
{
    const ebb_scenario_plan_t *plan = &scenario->plan;
    ebb_scenario_info_t info = {.length = plan->length, .facts = plan->facts};
    scenario_copy(info.name, sizeof info.name, plan->name);
    scenario_copy(info.uses, sizeof info.uses, plan->uses);
    scenario_copy(info.text, sizeof info.text, plan->text);
    return info;
}

/* Values that are not the model's own. */
static void scenario_changed(const ebb_slot_t *slots, size_t count,
                             const double *values, double *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = values[i] != slots[i].value ? values[i] : out[i];
    }
}

static double scenario_input(const ebb_scenario_plan_t *plan, size_t input, double time)
{
    size_t k = plan->piece_of[input];
    while (k + 1 < plan->piece_of[input + 1] && plan->pieces[k + 1].begin <= time) {
        k++;
    }
    return plan->pieces[k].value +
           plan->pieces[k].slope * (time - plan->pieces[k].begin);
}

void ebb_scenario_numbers(const ebb_scenario_t *scenario, double time,
                          ebb_model_numbers_t numbers)
{
    const ebb_scenario_plan_t *plan = &scenario->plan;
    const ebb_system_t *system = &scenario->model->system;
    scenario_changed(system->params, system->param_count, plan->params, numbers.params);
    scenario_changed(system->traits, system->trait_count, plan->traits, numbers.traits);
    for (size_t i = 0; i < system->input_count; i++) {
        double value = scenario_input(plan, i, time);
        if (value != system->inputs[i].value) {
            numbers.inputs[i] = value;
        }
    }
    for (size_t i = 0; i < system->state_count; i++) {
        if (plan->starts[i] == plan->starts[i]) { /* it is said */
            numbers.starts[i] = plan->starts[i];
        }
    }
}

/* What a scenario or a claim says at its head. */
static ebb_scenario_info_t scenario_head_info(const ebb_reading_t *reading,
                                              const ebb_scenario_syntax_t *block)
{
    ebb_scenario_info_t info = {.length = block->length, .facts = block->facts};
    scenario_copy(info.name, sizeof info.name, ebb_name(reading, block->name));
    scenario_copy(info.uses, sizeof info.uses, ebb_name(reading, block->uses));
    scenario_copy(info.text, sizeof info.text, block->text);
    return info;
}

static int scenario_list(const ebb_model_text_t *text, uint32_t head,
                         ebb_scenario_info_t *infos, size_t room, size_t *count)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    ebb_reading_t reading;
    ebb_syntax_t syntax;
    ebb_reading_open(&reading, text, alloc);
    ebb_syntax_read(&syntax, &reading);
    int code = ebb_reading_outcome(&reading, NULL);
    const ebb_scenario_syntax_t *all = syntax.scenarios.items;
    *count = 0;
    for (size_t i = 0; i < syntax.scenarios.count && !code; i++) {
        if (all[i].head == head) {
            if (*count < room) {
                infos[*count] = scenario_head_info(&reading, &all[i]);
            }
            ++*count;
        }
    }
    ebb_syntax_free(&syntax);
    ebb_reading_free(&reading);
    return code;
}

int ebb_scenario_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                      size_t room, size_t *count)
{
    return scenario_list(text, EBB_WORD_SCENARIO, infos, room, count);
}

int ebb_claim_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                   size_t room, size_t *count)
{
    return scenario_list(text, EBB_WORD_CLAIM, infos, room, count);
}

int ebb_population_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                        size_t room, size_t *count)
{
    return scenario_list(text, EBB_WORD_POPULATION, infos, room, count);
}

int ebb_trial_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                   size_t room, size_t *count)
{
    return scenario_list(text, EBB_WORD_TRIAL, infos, room, count);
}
