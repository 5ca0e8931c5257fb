/* SPDX-License-Identifier: MIT
 * Scenarios: a file's orders made numbers for a model.
 *
 * A scenario stands in a file of its own, where names have other numbers than in the
 * model's. So a builder is made whose declarations are the model's under the names of
 * this file; resolving and evaluating are then the same as in a model.
 */
#include "core/fail.h"
#include "ebb/nearest.h"
#include "lang/course.h"
#include "lang/model.h"
#include "math/bits.h"

typedef struct ebb_staging {
    ebb_scenario_t *scenario;
    const ebb_model_t *model;
    ebb_reading_t *reading;
    ebb_syntax_t syntax;
    const ebb_scenario_syntax_t *chosen;
    ebb_system_t system; /* the model's, borrowed whole */
    ebb_build_t build;
    ebb_input_course_t *courses; /* one for each input */
    ebb_list_t jumps;            /* ebb_jump_t */
    ebb_summaries_t summaries;
    ebb_list_t expects; /* ebb_expect_t */
    size_t repeats;     /* by `every`, so far */
} ebb_staging_t;

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

/* --- what orders are about -------------------------------------------------------- */

/* A scope in which persons may be named. */
static ebb_scope_t stage_scope(ebb_staging_t *stage)
{
    return (ebb_scope_t){
        .person = EBB_NONE, .summaries = &stage->summaries, .whose = "an expectation"};
}

/* Calls `act` for each scalar that a target means: of everyone, where no person is
 * named. */
static void stage_each(ebb_staging_t *stage, const ebb_order_t *order,
                       void (*act)(ebb_staging_t *stage, const ebb_order_t *order,
                                   const ebb_declaration_t *d, uint32_t slot))
{
    ebb_build_t *build = &stage->build;
    const ebb_target_t *target = &order->target;
    uint32_t count = (uint32_t)build->person_count;
    if (target->person == EBB_NONE && !ebb_declared(build, target->name, EBB_NONE)) {
        size_t found = 0;
        for (uint32_t p = 0; p < count; p++) {
            ebb_declaration_t *d = ebb_declared(build, target->name, p);
            if (d) {
                act(stage, order, d, ebb_slot_of(d, p));
                found++;
            }
        }
        if (found) {
            return;
        }
    }
    ebb_scope_t scope = stage_scope(stage);
    ebb_meaning_t meaning;
    if (ebb_resolve(build, target, &scope, &meaning)) {
        act(stage, order, meaning.declaration,
            ebb_slot_of(meaning.declaration, meaning.person));
    }
}

static bool stage_constant(ebb_staging_t *stage, ebb_formula_t formula,
                           const char *whose, double *value)
{
    return formula.begin == formula.end ||
           ebb_evaluate_constant(&stage->build, formula, whose, value);
}

static bool stage_in_range(ebb_staging_t *stage, const ebb_order_t *order,
                           const ebb_declaration_t *d, double value)
{
    if (value >= d->number[1] && value <= d->number[2]) {
        return true;
    }
    ebb_wrong(stage->reading, order->target.where,
              "`%s` = %g is outside its range [%g, %g]",
              ebb_name(stage->reading, order->target.name), value, d->number[1],
              d->number[2]);
    return false;
}

static void stage_wrong_kind(ebb_staging_t *stage, const ebb_order_t *order,
                             const ebb_declaration_t *d)
{
    static const struct {
        const char *what, *how;
    } rows[] = {
        {"a parameter", "set gain = 2"},
        {"a trait", "set anxiety = 1, or a: anxiety = 1"},
        {"an input", "at 30: stress = 1"},
        {"a state", "start contact = 1, or at 30: contact += 1"},
        {"a let", "set what it is made of"},
        {"a function", "set what it is given"},
    };
    ebb_wrong(stage->reading, order->target.where,
              "`%s` is %s, and is not led like this",
              ebb_name(stage->reading, order->target.name), rows[d->kind].what);
    ebb_mend(stage->reading,
             d->kind < EBB_DECLARED_LET ? "write, for example: %s" : "%s",
             rows[d->kind].how);
}

/* --- set, start ------------------------------------------------------------------- */

static void order_set(ebb_staging_t *stage, const ebb_order_t *order,
                      const ebb_declaration_t *d, uint32_t slot)
{
    ebb_scenario_plan_t *plan = &stage->scenario->plan;
    double value = 0;
    bool start = order->kind == EBB_ORDER_START;
    if (start ? d->kind != EBB_DECLARED_STATE
              : d->kind != EBB_DECLARED_PARAM && d->kind != EBB_DECLARED_TRAIT) {
        stage_wrong_kind(stage, order, d);
        return;
    }
    if (!stage_constant(stage, order->value, "a setting", &value) ||
        !stage_in_range(stage, order, d, value)) {
        return;
    }
    double *values = start                           ? plan->starts
                     : d->kind == EBB_DECLARED_PARAM ? plan->params
                                                     : plan->traits;
    values[slot] = value;
}

/* --- at, from, ramp, every -------------------------------------------------------- */

/* The times of an order, checked. */
typedef struct ebb_times {
    double from, to, every, lasting;
} ebb_times_t;

static bool order_has(ebb_formula_t formula)
{
    return formula.begin < formula.end;
}

static bool order_times_of(ebb_staging_t *stage, const ebb_order_t *order,
                           ebb_times_t *times)
{
    double length = stage->chosen->length;
    *times = (ebb_times_t){.to = length};
    if (!stage_constant(stage, order->from, "a time", &times->from) ||
        !stage_constant(stage, order->to, "a time", &times->to) ||
        !stage_constant(stage, order->every, "a period", &times->every) ||
        !stage_constant(stage, order->lasting, "a length of time", &times->lasting)) {
        return false;
    }
    bool spans = order->kind != EBB_ORDER_AT;
    if (spans && !order_has(order->to) && length == 0) {
        ebb_wrong(stage->reading, order->where, "it is not said when this ends");
        ebb_mend(stage->reading, "say `to` a time, or how long the run is: run 60");
        return false;
    }
    if (times->from < 0 || (spans && times->to <= times->from)) {
        ebb_wrong(stage->reading, order->where,
                  "times go from 0 on, from early to late");
        return false;
    }
    if (order->kind == EBB_ORDER_EVERY &&
        (!(times->every > 0) ||
         (order_has(order->lasting) &&
          !(times->lasting > 0 && times->lasting <= times->every)))) {
        ebb_wrong(stage->reading, order->where,
                  "a period is positive, and what it is `for` not longer");
        return false;
    }
    if (length > 0 && times->from > length) {
        ebb_warn(stage->reading, order->where, "this comes after the end of the run");
    }
    return true;
}

/* One more repetition; false when there are too many. */
static bool order_repeat(ebb_staging_t *stage, const ebb_order_t *order)
{
    if (++stage->repeats > EBB_LANG_PIECES_MOST) {
        ebb_reading_limit(stage->reading, order->where,
                          "more than %u changes and repetitions in a scenario",
                          EBB_LANG_PIECES_MOST);
    }
    return !stage->reading->failed;
}

static void order_input(ebb_staging_t *stage, const ebb_order_t *order, uint32_t slot,
                        ebb_times_t times)
{
    ebb_input_course_t *course = &stage->courses[slot];
    double value = 0;
    if (order->mark != EBB_LEX_ASSIGN ||
        (order->kind == EBB_ORDER_EVERY && times.lasting == 0)) {
        ebb_wrong(stage->reading, order->where,
                  "an input is given a value, for a time");
        ebb_mend(stage->reading,
                 "use `=`, and with `every` say how long: every 7 for 1:");
        return;
    }
    if (!stage_constant(stage, order->value, "an input's value", &value)) {
        return;
    }
    ebb_piece_t piece = {times.from, value, 0};
    if (order->kind == EBB_ORDER_AT && order_repeat(stage, order)) {
        ebb_input_course_from(stage->reading, course, piece);
    } else if (order->kind == EBB_ORDER_FROM && order_repeat(stage, order)) {
        ebb_input_course_between(stage->reading, course, piece, times.to);
    } else if (order->kind == EBB_ORDER_RAMP && order_repeat(stage, order)) {
        double before = ebb_input_course_at(course, times.from);
        double slope = (value - before) / (times.to - times.from);
        ebb_input_course_from(stage->reading, course,
                              (ebb_piece_t){times.from, before, slope});
        ebb_input_course_from(stage->reading, course,
                              (ebb_piece_t){times.to, value, 0});
    } else if (order->kind == EBB_ORDER_EVERY) {
        /* the i-th time is from + i every, without summing up errors */
        for (double i = 0; times.from + i * times.every < times.to; i++) {
            if (!order_repeat(stage, order)) {
                return;
            }
            piece.begin = times.from + i * times.every;
            ebb_input_course_between(stage->reading, course, piece,
                                     piece.begin + times.lasting);
        }
    }
}

static bool order_jump(ebb_staging_t *stage, const ebb_order_t *order, ebb_jump_t jump)
{
    if (!order_repeat(stage, order)) {
        return false;
    }
    ebb_jump_t *place = ebb_reading_push(stage->reading, &stage->jumps, sizeof *place);
    if (!place) {
        return false;
    }
    ebb_jump_t *jumps = stage->jumps.items;
    size_t i = stage->jumps.count - 1;
    for (; i > 0 && jumps[i - 1].time > jump.time; i--) {
        jumps[i] = jumps[i - 1];
    }
    jumps[i] = jump;
    return true;
}

static void order_state(ebb_staging_t *stage, const ebb_order_t *order,
                        const ebb_declaration_t *d, uint32_t slot, ebb_times_t times)
{
    double value = 0;
    if (order->kind == EBB_ORDER_FROM || order->kind == EBB_ORDER_RAMP ||
        times.lasting > 0) {
        ebb_wrong(stage->reading, order->where, "a state can be changed, not held");
        ebb_mend(stage->reading, "use `at` or `every`, or lead it by an input");
        return;
    }
    if (!stage_constant(stage, order->value, "a change", &value)) {
        return;
    }
    bool add = order->mark != EBB_LEX_ASSIGN;
    if (!add && !stage_in_range(stage, order, d, value)) {
        return;
    }
    ebb_jump_t jump = {times.from, slot, add,
                       order->mark == EBB_LEX_TAKE_FROM ? -value : value};
    if (order->kind == EBB_ORDER_AT) {
        (void)order_jump(stage, order, jump);
        return;
    }
    for (double i = 0; times.from + i * times.every < times.to; i++) {
        jump.time = times.from + i * times.every;
        if (!order_jump(stage, order, jump)) {
            return;
        }
    }
}

static void order_timed_change(ebb_staging_t *stage, const ebb_order_t *order,
                               const ebb_declaration_t *d, uint32_t slot)
{
    ebb_times_t times;
    if (d->kind != EBB_DECLARED_INPUT && d->kind != EBB_DECLARED_STATE) {
        stage_wrong_kind(stage, order, d);
    } else if (!order_times_of(stage, order, &times)) {
        return;
    } else if (d->kind == EBB_DECLARED_STATE) {
        order_state(stage, order, d, slot, times);
    } else {
        order_input(stage, order, slot, times);
    }
}

/* --- expect ----------------------------------------------------------------------- */

static void order_expectation(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_build_t *build = &stage->build;
    ebb_value_t term;
    double share = 1;
    if (!ebb_evaluate(build, order->value, stage_scope(stage), &term)) {
        return;
    }
    ebb_where_t where = ebb_formula_where(build, order->value);
    const ebb_node_t *node = &build->graph->nodes[term.node];
    if (!term.condition) {
        ebb_wrong(stage->reading, where, "an expectation is a condition");
        ebb_mend(stage->reading, "compare: mean(contact, 0, 30) > 0.5");
        return;
    }
    if (node->depends & ~(EBB_ON_FIXED | EBB_ON_SUMMARY)) {
        ebb_wrong(stage->reading, where,
                  "what changes during the run stands outside a summary of it");
        ebb_mend(stage->reading,
                 "say mean(x, from, to), value(x, time), ever(...) ...");
        return;
    }
    if (!stage_constant(stage, order->share, "a share of runs", &share)) {
        return;
    }
    if (!(share > 0 && share <= 1)) {
        ebb_wrong(stage->reading, ebb_formula_where(build, order->share),
                  "a share of runs is above 0 and at most 1");
        return;
    }
    ebb_expect_t *expect =
        ebb_reading_push(stage->reading, &stage->expects, sizeof *expect);
    if (expect) {
        *expect = (ebb_expect_t){term.node, share, order->text, order->code,
                                 order->where.line};
    }
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

static void stage_orders(ebb_staging_t *stage)
{
    const ebb_order_t *orders = stage->syntax.orders.items;
    for (uint32_t i = 0; i < stage->chosen->order_count && !stage->reading->failed;
         i++) {
        const ebb_order_t *order = &orders[stage->chosen->first_order + i];
        if (order->kind == EBB_ORDER_EXPECT) {
            order_expectation(stage, order);
        } else if (order->kind == EBB_ORDER_SET || order->kind == EBB_ORDER_START) {
            stage_each(stage, order, order_set);
        } else {
            stage_each(stage, order, order_timed_change);
        }
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
    size_t count = stage->syntax.scenarios.count;
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
    size_t count = stage->syntax.scenarios.count;
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
    stage_orders(stage);
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
    }
    ebb_syntax_free(&syntax);
    ebb_reading_free(&reading);
    return code;
}
