/* SPDX-License-Identifier: MIT
 * Scenarios: a file's orders made numbers for a model.
 *
 * A scenario stands in a file of its own, where names have other numbers than in the
 * model's. So a builder is made whose declarations are the model's under the names of
 * this file; resolving and evaluating are then the same as in a model.
 */
#include "core/fail.h"
#include "lang/staging.h"
#include "math/bits.h"

/* --- the model under the names of this file --------------------------------------- */

static uint32_t stage_name(ebb_staging_t *stage, uint32_t name)
{
    const char *string = ebb_name(&stage->model->reading, name);
    return name == EBB_NONE ? EBB_NONE
                            : ebb_name_of(stage->reading, string, strlen(string));
}

/* Terms stay in rising order of their new names. */
static ebb_unit_t stage_unit(ebb_staging_t *stage, ebb_unit_t unit)
{
    ebb_unit_t renamed = {.known = unit.known};
    for (int i = 0; i < unit.count; i++) {
        ebb_unit_t term = ebb_unit_of(stage_name(stage, unit.names[i]), unit.halves[i]);
        renamed = ebb_unit_times(renamed, term, 1);
    }
    return renamed;
}

static void stage_declarations(ebb_staging_t *stage)
{
    const ebb_build_t *from = &stage->model->build;
    ebb_build_t *build = &stage->build;
    size_t count = from->declaration_count;
    build->declarations =
        ebb_reading_new(stage->reading, count, sizeof(ebb_declaration_t));
    build->declaration_count = stage->reading->failed ? 0 : count;
    for (size_t i = 0; i < build->declaration_count; i++) {
        ebb_declaration_t *d = &build->declarations[i];
        *d = from->declarations[i];
        d->target.name = stage_name(stage, d->target.name);
        d->target.person = stage_name(stage, d->target.person);
        d->unit = stage_unit(stage, d->unit);
        d->next = EBB_NONE;
    }
    build->lets =
        ebb_reading_new(stage->reading, stage->system.let_count, sizeof *build->lets);
    for (size_t i = 0; build->lets && i < stage->system.let_count; i++) {
        build->lets[i] = from->lets[i];
        build->lets[i].unit = stage_unit(stage, from->lets[i].unit);
    }
    build->persons =
        ebb_reading_new(stage->reading, from->person_count, sizeof(uint32_t));
    build->person_count = stage->reading->failed ? 0 : from->person_count;
    for (size_t i = 0; i < build->person_count; i++) {
        build->persons[i] = stage_name(stage, from->persons[i]);
    }
}

static void stage_names(ebb_staging_t *stage)
{
    ebb_build_t *build = &stage->build;
    stage->syntax.time = stage_name(stage, stage->model->syntax.time);
    ebb_build_names(build);
    for (size_t i = 0; i < build->declaration_count && !stage->reading->failed; i++) {
        ebb_declaration_t *d = &build->declarations[i];
        d->next = build->first_of[d->target.name];
        build->first_of[d->target.name] = (uint32_t)i;
    }
}

static void stage_model(ebb_staging_t *stage)
{
    stage->system = stage->model->system;
    stage->build = (ebb_build_t){
        .reading = stage->reading,
        .syntax = &stage->syntax,
        .system = &stage->system,
        .graph = &stage->scenario->plan.graph,
        .units = stage->model->build.units,
        .code = stage->syntax.code,
    };
    stage_declarations(stage);
    stage_names(stage);
}

/* --- the whole -------------------------------------------------------------------- */

static void stage_arrays(ebb_staging_t *stage)
{
    ebb_scenario_plan_t *plan = &stage->scenario->plan;
    const ebb_system_t *system = &stage->system;
    ebb_reading_t *reading = stage->reading;
    plan->params = ebb_reading_new(reading, system->param_count, sizeof(double));
    plan->traits = ebb_reading_new(reading, system->trait_count, sizeof(double));
    plan->starts = ebb_reading_new(reading, system->state_count, sizeof(double));
    plan->piece_of =
        ebb_reading_new(reading, system->input_count + 1, sizeof(uint32_t));
    stage->courses =
        ebb_reading_new(reading, system->input_count, sizeof(ebb_input_course_t));
    if (reading->failed) {
        return;
    }
    for (size_t i = 0; i < system->param_count; i++) {
        plan->params[i] = system->params[i].value;
    }
    for (size_t i = 0; i < system->trait_count; i++) {
        plan->traits[i] = system->traits[i].value;
    }
    for (size_t i = 0; i < system->state_count; i++) {
        plan->starts[i] = EBB_NAN;
    }
    for (size_t i = 0; i < system->input_count; i++) {
        ebb_input_course_begin(reading, &stage->courses[i], system->inputs[i].value);
    }
}

/* A list's items as an array that lives as long as the reading. */
static void *stage_keep(ebb_staging_t *stage, const ebb_list_t *list, size_t size,
                        size_t *count)
{
    void *items = ebb_reading_new(stage->reading, list->count, size);
    *count = items ? list->count : 0;
    if (*count) {
        memcpy(items, list->items, list->count * size);
    }
    return items;
}

static void stage_pieces(ebb_staging_t *stage)
{
    ebb_scenario_plan_t *plan = &stage->scenario->plan;
    size_t inputs = stage->system.input_count, total = 0;
    for (size_t i = 0; i < inputs; i++) {
        plan->piece_of[i] = (uint32_t)total;
        total += stage->courses[i].pieces.count;
    }
    plan->piece_of[inputs] = (uint32_t)total;
    plan->piece_count = total;
    plan->pieces = ebb_reading_new(stage->reading, total, sizeof *plan->pieces);
    for (size_t i = 0; plan->pieces && i < inputs; i++) {
        const ebb_list_t *pieces = &stage->courses[i].pieces;
        memcpy(&plan->pieces[plan->piece_of[i]], pieces->items,
               pieces->count * sizeof *plan->pieces);
    }
}

static void stage_plan(ebb_staging_t *stage)
{
    ebb_scenario_plan_t *plan = &stage->scenario->plan;
    const ebb_scenario_syntax_t *chosen = stage->chosen;
    plan->name = ebb_name(stage->reading, chosen->name);
    plan->uses = ebb_name(stage->reading, chosen->uses);
    plan->text = chosen->text;
    plan->source = chosen->source;
    plan->length = chosen->length;
    plan->jumps =
        stage_keep(stage, &stage->jumps, sizeof(ebb_jump_t), &plan->jump_count);
    plan->summaries = stage_keep(stage, &stage->summaries.list, sizeof(ebb_summary_t),
                                 &plan->summary_count);
    plan->expects =
        stage_keep(stage, &stage->expects, sizeof(ebb_expect_t), &plan->expect_count);
    if (!stage->reading->failed) {
        stage_pieces(stage);
    }
    if (plan->graph.failed == EBB_ERR_LIMIT && !stage->reading->failed) {
        ebb_reading_limit(stage->reading, chosen->where,
                          "the formulas have more than %u nodes", EBB_LANG_NODES_MOST);
    } else if (plan->graph.failed) {
        ebb_reading_fail(stage->reading, plan->graph.failed);
    }
}

static void stage_check_head(ebb_staging_t *stage)
{
    const ebb_scenario_syntax_t *chosen = stage->chosen;
    const char *model = stage->model->system.name;
    const char *uses = ebb_name(stage->reading, chosen->uses);
    const char *unit = stage->model->system.time_unit;
    if (strcmp(uses, model) != 0) {
        ebb_wrong(stage->reading, chosen->uses_where,
                  "the scenario is for `%s`, and the model is `%s`", uses, model);
    }
    if (chosen->length_unit != EBB_NONE &&
        strcmp(ebb_name(stage->reading, chosen->length_unit), unit) != 0) {
        ebb_wrong(stage->reading, chosen->unit_where, "the model counts time in `%s`",
                  unit);
        ebb_mend(stage->reading, "say the run's length in it; nothing is converted");
    }
}

/* The scenario of that name, or the only one. */
static const ebb_scenario_syntax_t *stage_choose(ebb_staging_t *stage, const char *name)
{
    const ebb_scenario_syntax_t *all = stage->syntax.scenarios.items;
    size_t count = ebb_stage_own(stage);
    if (!name && count == 1) {
        return all;
    }
    for (size_t i = 0; name && i < count; i++) {
        if (strcmp(ebb_name(stage->reading, all[i].name), name) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

/* The file holds none that was asked for: the error lists what it holds. */
static int stage_no_choice(ebb_staging_t *stage, const char *name, ebb_error_t *error)
{
    const ebb_scenario_syntax_t *all = stage->syntax.scenarios.items;
    size_t count = ebb_stage_own(stage);
    ebb_place_t place = {.where = stage->reading->label};
    ebb_text_t list;
    if (count == 0) {
        return ebb_fail_at(error, EBB_ERR_CHOICE, place,
                           "there is no scenario in this file");
    }
    ebb_text_init(&list, stage->reading->alloc);
    for (size_t i = 0; i < count; i++) {
        ebb_text_printf(&list, " %s", ebb_name(stage->reading, all[i].name));
    }
    const char *names = list.failed ? "" : list.data;
    int code =
        name ? ebb_fail_at(error, EBB_ERR_CHOICE, place,
                           "there is no scenario `%s`; choose one of:%s", name, names)
             : ebb_fail_at(error, EBB_ERR_CHOICE, place,
                           "several scenarios; choose one of:%s", names);
    code = list.failed ? ebb_fail(error, list.failed, "%s", ebb_strerror(list.failed))
                       : code;
    ebb_text_free(&list);
    return code;
}

static void stage_free(ebb_staging_t *stage)
{
    const ebb_alloc_t *alloc = stage->reading->alloc;
    for (size_t i = 0; stage->courses && i < stage->system.input_count; i++) {
        ebb_list_free(&stage->courses[i].pieces, alloc, sizeof(ebb_piece_t));
    }
    ebb_list_free(&stage->jumps, alloc, sizeof(ebb_jump_t));
    ebb_list_free(&stage->summaries.list, alloc, sizeof(ebb_summary_t));
    ebb_list_free(&stage->expects, alloc, sizeof(ebb_expect_t));
    ebb_build_free(&stage->build);
    ebb_syntax_free(&stage->syntax);
}

/* With the file read: the plan. */
static void stage_all(ebb_staging_t *stage)
{
    ebb_scenario_plan_t *plan = &stage->scenario->plan;
    ebb_graph_copy(&plan->graph, &stage->model->system.graph, stage->reading->alloc);
    if (plan->graph.failed) {
        ebb_reading_fail(stage->reading, plan->graph.failed);
        return;
    }
    stage->summaries.length = stage->chosen->length;
    stage_check_head(stage);
    stage_model(stage);
    if (!stage->reading->failed) {
        stage_arrays(stage);
    }
    ebb_stage_orders(stage);
    if (!stage->reading->failed) {
        ebb_stage_more(stage);
    }
    if (!stage->reading->failed) {
        stage_plan(stage);
    }
}

static int scenario_read(ebb_scenario_t *scenario, const ebb_model_text_t *text,
                         ebb_text_t *report, ebb_error_t *error)
{
    ebb_staging_t stage = {
        .scenario = scenario, .model = scenario->model, .reading = &scenario->reading};
    ebb_reading_open(stage.reading, text, &scenario->alloc);
    if (text->orders) {
        ebb_stage_join(&stage, text->orders, text->orders_label);
    }
    ebb_syntax_read(&stage.syntax, stage.reading);
    stage.chosen = stage_choose(&stage, text->scenario);
    if (stage.chosen && !stage.reading->failed) {
        stage_all(&stage);
    }
    if (report) {
        ebb_reading_report(stage.reading, report);
    }
    int code = ebb_reading_outcome(stage.reading, error);
    if (!stage.chosen && !code) {
        code = stage_no_choice(&stage, text->scenario, error);
    }
    stage_free(&stage);
    scenario->reading.text = ""; /* borrowed until here */
    scenario->reading.size = 0;
    scenario->reading.label = "";
    scenario->reading.joint = 0;
    return code;
}

int ebb_scenario_read(ebb_scenario_t **scenario, const ebb_model_t *model,
                      const ebb_model_text_t *text, ebb_text_t *report,
                      ebb_error_t *error)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    *scenario = NULL;
    ebb_scenario_t *new = ebb_new_array(alloc, 1, sizeof *new);
    if (!new) {
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    new->alloc = *alloc;
    new->model = model;
    int code = scenario_read(new, text, report, error);
    if (code) {
        ebb_scenario_free(new);
        return code;
    }
    *scenario = new;
    return EBB_OK;
}

void ebb_scenario_free(ebb_scenario_t *scenario)
{
    if (scenario) {
        ebb_alloc_t alloc = scenario->alloc;
        ebb_graph_free(&scenario->plan.graph);
        ebb_reading_free(&scenario->reading);
        ebb_free_array(&alloc, scenario, 1, sizeof *scenario);
    }
}

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
    ebb_scenario_info_t info = {.length = plan->length};
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

int ebb_scenario_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                      size_t room, size_t *count)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    ebb_reading_t reading;
    ebb_syntax_t syntax;
    ebb_reading_open(&reading, text, alloc);
    ebb_syntax_read(&syntax, &reading);
    int code = ebb_reading_outcome(&reading, NULL);
    const ebb_scenario_syntax_t *all = syntax.scenarios.items;
    *count = code ? 0 : syntax.scenarios.count;
    for (size_t i = 0; i < *count && i < room; i++) {
        scenario_copy(infos[i].name, sizeof infos[i].name,
                      ebb_name(&reading, all[i].name));
        scenario_copy(infos[i].uses, sizeof infos[i].uses,
                      ebb_name(&reading, all[i].uses));
        scenario_copy(infos[i].text, sizeof infos[i].text, all[i].text);
        infos[i].length = all[i].length;
    }
    ebb_syntax_free(&syntax);
    ebb_reading_free(&reading);
    return code;
}
