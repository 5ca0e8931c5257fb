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

void *ebb_stage_keep(ebb_staging_t *stage, const ebb_list_t *list, size_t size,
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
    const ebb_target_t *arms = stage->syntax.arms.items;
    plan->name = ebb_name(stage->reading, chosen->name);
    if (stage->arm && stage->arm <= chosen->arm_count) {
        plan->name = ebb_reading_print(
            stage->reading, "%s.%s", plan->name,
            ebb_name(stage->reading, arms[chosen->first_arm + stage->arm - 1].name));
    }
    plan->uses = ebb_name(stage->reading, chosen->uses);
    plan->text = chosen->text;
    plan->source = chosen->source;
    plan->length = chosen->length;
    plan->facts |= chosen->facts; /* to those of orders given besides */
    plan->jumps =
        ebb_stage_keep(stage, &stage->jumps, sizeof(ebb_jump_t), &plan->jump_count);
    plan->spreads = ebb_stage_keep(stage, &stage->spreads, sizeof *plan->spreads,
                                   &plan->spread_count);
    plan->summaries = ebb_stage_keep(stage, &stage->summaries.list,
                                     sizeof(ebb_summary_t), &plan->summary_count);
    plan->expects = ebb_stage_keep(stage, &stage->expects, sizeof(ebb_expect_t),
                                   &plan->expect_count);
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
                  "the %s is for `%s`, and the model is `%s`",
                  ebb_name(stage->reading, chosen->head), uses, model);
    }
    if (chosen->length_unit != EBB_NONE &&
        strcmp(ebb_name(stage->reading, chosen->length_unit), unit) != 0) {
        ebb_wrong(stage->reading, chosen->unit_where, "the model counts time in `%s`",
                  unit);
        ebb_mend(stage->reading, "say the run's length in it; nothing is converted");
    }
}

/* Whether `name` is that of a scenario, of a claim without arms, or CLAIM.ARM, which is
 * a scenario too; the arm then counts. */
static bool stage_is_called(ebb_staging_t *stage, const ebb_scenario_syntax_t *block,
                            const char *name)
{
    const char *own = ebb_name(stage->reading, block->name);
    const ebb_target_t *arms = stage->syntax.arms.items;
    size_t length = strlen(own);
    if (strncmp(name, own, length) != 0 || (block->arm_count && name[length] != '.')) {
        return false;
    }
    for (uint32_t k = 0; k < block->arm_count; k++) {
        const char *arm = ebb_name(stage->reading, arms[block->first_arm + k].name);
        if (strcmp(name + length + 1, arm) == 0) {
            stage->arm = k + 1;
            return true;
        }
    }
    return block->arm_count == 0 && name[length] == '\0';
}

/* The word that begins what is read. */
static uint32_t stage_head(const ebb_staging_t *stage)
{
    return stage->extra   ? stage->extra->head
           : stage->claim ? EBB_WORD_CLAIM
                          : EBB_WORD_SCENARIO;
}

/* Whether a block, or each of its arms, can be read as a scenario. */
static bool stage_is_scenario(const ebb_scenario_syntax_t *block)
{
    return block->head == EBB_WORD_SCENARIO || block->head == EBB_WORD_CLAIM;
}

/* Whether a block is what is read, of that name; of a claim that may be an arm. */
static bool stage_is_meant(ebb_staging_t *stage, const ebb_scenario_syntax_t *block,
                           const char *name)
{
    uint32_t head = stage_head(stage);
    if (head == EBB_WORD_SCENARIO) {
        return stage_is_scenario(block) && stage_is_called(stage, block, name);
    }
    return block->head == head &&
           strcmp(ebb_name(stage->reading, block->name), name) == 0;
}

/* What is read of that name, or the only one. */
static const ebb_scenario_syntax_t *stage_choose(ebb_staging_t *stage, const char *name)
{
    const ebb_scenario_syntax_t *all = stage->syntax.scenarios.items, *only = NULL;
    size_t count = ebb_stage_own(stage), kind = 0;
    for (size_t i = 0; i < count; i++) {
        if (all[i].head == stage_head(stage)) {
            only = &all[i];
            kind++;
        }
        if (name && stage_is_meant(stage, &all[i], name)) {
            return &all[i];
        }
    }
    return !name && kind == 1 ? only : NULL;
}

/* " A2", or with arms " A2.calm A2.worried". */
static void stage_list(const ebb_staging_t *stage, const ebb_scenario_syntax_t *block,
                       ebb_text_t *list)
{
    const char *name = ebb_name(stage->reading, block->name);
    const ebb_target_t *arms = stage->syntax.arms.items;
    uint32_t head = stage_head(stage);
    uint32_t count = head == EBB_WORD_SCENARIO ? block->arm_count : 0;
    for (uint32_t k = 0; k < count; k++) {
        ebb_text_printf(list, " %s.%s", name,
                        ebb_name(stage->reading, arms[block->first_arm + k].name));
    }
    bool listed =
        head == EBB_WORD_SCENARIO ? stage_is_scenario(block) : block->head == head;
    if (count == 0 && listed) {
        ebb_text_printf(list, " %s", name);
    }
}

/* The file holds none that was asked for: the error lists what it holds. */
static int stage_no_choice(ebb_staging_t *stage, const char *name, ebb_error_t *error)
{
    const ebb_scenario_syntax_t *all = stage->syntax.scenarios.items;
    const char *what = ebb_name(stage->reading, stage_head(stage));
    size_t count = ebb_stage_own(stage);
    ebb_place_t place = {.where = stage->reading->label};
    ebb_text_t list;
    ebb_text_init(&list, stage->reading->alloc);
    for (size_t i = 0; i < count; i++) {
        stage_list(stage, &all[i], &list);
    }
    int code = EBB_OK;
    if (list.failed) {
        code = ebb_fail(error, list.failed, "%s", ebb_strerror(list.failed));
    } else if (list.length == 0) {
        code = ebb_fail_at(error, EBB_ERR_CHOICE, place, "there is no %s in this file",
                           what);
    } else if (name) {
        code =
            ebb_fail_at(error, EBB_ERR_CHOICE, place,
                        "there is no %s `%s`; choose one of:%s", what, name, list.data);
    } else {
        code = ebb_fail_at(error, EBB_ERR_CHOICE, place,
                           "several %ss; choose one of:%s", what, list.data);
    }
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
    ebb_list_free(&stage->spreads, alloc, sizeof(ebb_scenario_spread_t));
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
    const ebb_target_t *arms = stage->syntax.arms.items;
    stage->summaries.length = stage->chosen->length;
    stage->summaries.arm =
        stage->chosen->arm_count
            ? ebb_name(stage->reading, arms[stage->chosen->first_arm].name)
            : NULL;
    stage_check_head(stage);
    stage_model(stage);
    if (!stage->reading->failed) {
        stage_arrays(stage);
    }
    ebb_stage_orders(stage);
    if (!stage->reading->failed) {
        if (stage->claim) {
            ebb_stage_claim(stage);
        }
        if (stage->extra) {
            stage->extra->done(stage);
        }
        ebb_stage_more(stage);
    }
    if (!stage->reading->failed) {
        stage_plan(stage);
    }
}

static int scenario_read(ebb_scenario_t *scenario, const ebb_model_text_t *text,
                         const ebb_stage_wish_t *wish, ebb_error_t *error)
{
    ebb_staging_t stage = {.scenario = scenario,
                           .model = scenario->model,
                           .reading = &scenario->reading,
                           .arm = wish->arm,
                           .claim = wish->claim,
                           .extra = wish->extra};
    ebb_reading_open(stage.reading, text, &scenario->alloc);
    if (text->orders) {
        ebb_stage_join(&stage, text->orders, text->orders_label);
    }
    ebb_syntax_read(&stage.syntax, stage.reading);
    stage.chosen = stage_choose(&stage, text->scenario);
    if (stage.chosen && !stage.reading->failed) {
        stage_all(&stage);
    }
    if (wish->report) {
        ebb_reading_report(stage.reading, wish->report);
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

int ebb_stage_read(ebb_scenario_t **scenario, const ebb_model_t *model,
                   const ebb_model_text_t *text, const ebb_stage_wish_t *wish,
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
    int code = scenario_read(new, text, wish, error);
    if (code) {
        ebb_scenario_free(new);
        return code;
    }
    *scenario = new;
    return EBB_OK;
}

int ebb_scenario_read(ebb_scenario_t **scenario, const ebb_model_t *model,
                      const ebb_model_text_t *text, ebb_text_t *report,
                      ebb_error_t *error)
{
    const ebb_stage_wish_t wish = {.report = report};
    return ebb_stage_read(scenario, model, text, &wish, error);
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
