/* SPDX-License-Identifier: MIT
 * Populations: read as scenarios, of which each statement of its own becomes a summary
 * of a couple's run. */
#include "lang/population.h"

#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "lang/staging.h"

#define POPULATION_BINS 24u /* where the spec does not say how often to report */
#define POPULATION_BINS_MOST 1000u

static ebb_population_plan_t *population_plan(const ebb_staging_t *stage)
{
    return stage->extra->plan;
}

/* --- summaries -------------------------------------------------------------------- */

static uint32_t population_summary(ebb_staging_t *stage, ebb_summary_t summary)
{
    ebb_list_t *list = &stage->summaries.list;
    ebb_summary_t *kept = ebb_reading_push(stage->reading, list, sizeof *kept);
    if (kept) {
        *kept = summary;
    }
    return (uint32_t)list->count - 1;
}

/* Whether a condition holds at a time. */
uint32_t ebb_population_value(ebb_staging_t *stage, uint32_t node, double time)
{
    return population_summary(stage, (ebb_summary_t){.kind = EBB_SUMMARY_VALUE,
                                                     .node = node,
                                                     .begin = time,
                                                     .end = time});
}

/* When the couple is first seen parted while a condition holds: never, in a model that
 * does not say while what it lasts. */
static uint32_t population_parted(ebb_staging_t *stage, uint32_t condition)
{
    ebb_graph_t *graph = stage->build.graph;
    uint32_t lasts = stage->system.lasts;
    uint32_t over =
        lasts == EBB_NONE ? EBB_NODE_ZERO : ebb_graph_unary(graph, EBB_OP_NOT, lasts);
    uint32_t node = condition == EBB_NONE
                        ? over
                        : ebb_graph_binary(graph, EBB_OP_AND, over, condition);
    return population_summary(stage, (ebb_summary_t){.kind = EBB_SUMMARY_FIRST,
                                                     .node = node,
                                                     .end = stage->chosen->length});
}

/* --- statements ------------------------------------------------------------------- */

static void population_people(ebb_staging_t *stage, const ebb_order_t *order,
                              const ebb_declaration_t *d, uint32_t slot)
{
    ebb_population_plan_t *plan = population_plan(stage);
    if (d->kind != EBB_DECLARED_TRAIT) {
        ebb_stage_wrong_kind(stage, order, d);
        return;
    }
    if (order->law != EBB_WORD_NORMAL) {
        ebb_wrong(stage->reading, order->target.where,
                  "people differ by normal(mean, sd)");
        return;
    }
    if (order->target.person != EBB_NONE || stage->build.person_count != 2) {
        ebb_wrong(stage->reading, order->target.where,
                  "people are drawn alike for both partners");
        ebb_mend(stage->reading, "name no person; what only one is set: a: %s = 1",
                 ebb_name(stage->reading, order->target.name));
        return;
    }
    ebb_population_trait_t *last =
        &plan->people[plan->people_count ? plan->people_count - 1 : 0];
    if (plan->people_count && d->first_slot == last->slots[0] &&
        slot != d->first_slot) {
        last->slots[1] = slot; /* the other partner's */
        return;
    }
    for (size_t k = 0; k < plan->people_count; k++) {
        if (plan->people[k].slots[0] == d->first_slot) {
            ebb_wrong(stage->reading, order->target.where,
                      "people differ in `%s` already",
                      ebb_name(stage->reading, order->target.name));
            return;
        }
    }
    if (plan->people_count == 2) {
        ebb_wrong(stage->reading, order->target.where,
                  "people differ in two traits at most, and this is a third");
        ebb_mend(stage->reading, "others may be set: set %s = normal(0, 1)",
                 ebb_name(stage->reading, order->target.name));
        return;
    }
    ebb_population_trait_t trait = {.name = order->target.name,
                                    .slots = {slot, slot},
                                    .low = d->number[1],
                                    .high = d->number[2]};
    if (!ebb_evaluate_constant(&stage->build, order->value, "a law's number",
                               &trait.mean) ||
        !ebb_evaluate_constant(&stage->build, order->second, "a law's number",
                               &trait.sd) ||
        !ebb_stage_in_range(stage, order, d, trait.mean)) {
        return;
    }
    if (!(trait.sd > 0)) {
        ebb_wrong(stage->reading, order->target.where,
                  "a standard deviation is above 0");
        return;
    }
    plan->people[plan->people_count++] = trait;
}

static void population_correlation(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_population_plan_t *plan = population_plan(stage);
    double r = 0;
    if (plan->correlated) {
        ebb_wrong(stage->reading, order->where, "a second `correlation`");
    } else if (ebb_evaluate_constant(&stage->build, order->value, "a correlation",
                                     &r)) {
        if (r > -1 && r < 1) {
            plan->correlation = r;
            plan->correlated = true;
        } else {
            ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                      "a correlation is between -1 and 1");
        }
    }
}

/* A condition of one moment, for the couple. */
bool ebb_population_condition(ebb_staging_t *stage, const ebb_order_t *order,
                              uint32_t *node)
{
    ebb_scope_t scope = ebb_stage_scope(stage);
    ebb_value_t term;
    scope.in_run = true;
    if (!ebb_evaluate(&stage->build, order->value, scope, &term)) {
        return false;
    }
    if (!term.condition) {
        ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                  "`when` is followed by a condition, and this is a number");
        ebb_mend(stage->reading, "compare it with something: when x > 0.5");
        return false;
    }
    *node = term.node;
    return true;
}

static void population_kind(ebb_staging_t *stage, const ebb_order_t *order,
                            ebb_list_t *list)
{
    const char *name = ebb_name(stage->reading, order->target.name);
    const ebb_population_kind_t *known = list->items;
    bool group = order->kind == EBB_ORDER_GROUP;
    uint32_t node = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (known[i].name == name) {
            ebb_wrong(stage->reading, order->target.where, "a second %s `%s`",
                      group ? "group" : "ending", name);
            return;
        }
    }
    if (list->count == EBB_POPULATION_KINDS_MOST) {
        ebb_reading_limit(stage->reading, order->target.where,
                          "more than %u groups, or endings", EBB_POPULATION_KINDS_MOST);
        return;
    }
    if (!ebb_population_condition(stage, order, &node)) {
        return;
    }
    ebb_population_kind_t *kept = ebb_reading_push(stage->reading, list, sizeof *kept);
    if (kept) {
        kept->name = name;
        kept->text = order->text;
        kept->summary = group ? ebb_population_value(stage, node, 0)
                              : population_parted(stage, node);
    }
}

static void population_satisfied(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_population_plan_t *plan = population_plan(stage);
    uint32_t node = 0;
    if (plan->judged) {
        ebb_wrong(stage->reading, order->where, "a second `satisfied`");
    } else if (ebb_population_condition(stage, order, &node)) {
        plan->judged = true;
        plan->satisfied = ebb_population_value(stage, node, stage->chosen->length);
        plan->left_so = population_parted(stage, node);
    }
}

static void population_report(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_population_plan_t *plan = population_plan(stage);
    double every = 0, length = stage->chosen->length;
    if (plan->every > 0) {
        ebb_wrong(stage->reading, order->where, "a second `report`");
    } else if (ebb_evaluate_constant(&stage->build, order->value, "a length of time",
                                     &every)) {
        if (every > 0 && every <= length && length / every <= POPULATION_BINS_MOST) {
            plan->every = every;
        } else {
            ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                      "a report is made every so often: above 0, within the run, and "
                      "at most %u times",
                      POPULATION_BINS_MOST);
        }
    }
}

/* The times of what is kept: the end of the run where none is said. */
static bool population_span(ebb_staging_t *stage, const ebb_order_t *order,
                            ebb_summary_t *summary)
{
    const ebb_formula_t *from = &order->from, *to = &order->to;
    double length = stage->chosen->length;
    bool said = from->end > from->begin, stretch = to->end > to->begin;
    summary->begin = summary->end = length;
    if (said &&
        !ebb_evaluate_constant(&stage->build, *from, "a time", &summary->begin)) {
        return false;
    }
    summary->end = summary->begin;
    if (stretch &&
        !ebb_evaluate_constant(&stage->build, *to, "a time", &summary->end)) {
        return false;
    }
    summary->kind = stretch ? EBB_SUMMARY_MEAN : EBB_SUMMARY_VALUE;
    bool fits = summary->begin >= 0 && summary->end <= length &&
                (stretch ? summary->begin < summary->end : true);
    if (!fits) {
        ebb_wrong(
            stage->reading, order->where,
            "what is kept is of a time within the run, or of a stretch of it from "
            "early to late");
    }
    return fits;
}

static bool population_new_column(ebb_staging_t *stage, const ebb_order_t *order)
{
    static const char *const own[] = {"couple", "parted", "group"};
    const ebb_list_t *list = &population_plan(stage)->kept;
    const ebb_population_kept_t *known = list->items;
    const char *name = ebb_name(stage->reading, order->target.name);
    bool taken = false;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        taken = taken || strcmp(own[i], name) == 0;
    }
    for (size_t i = 0; i < list->count; i++) {
        taken = taken || known[i].name == name;
    }
    if (taken) {
        ebb_wrong(stage->reading, order->target.where,
                  "`%s` is kept of every couple already", name);
    } else if (list->count == EBB_POPULATION_KEPT_MOST) {
        ebb_reading_limit(stage->reading, order->target.where,
                          "more than %u numbers of a couple are kept",
                          EBB_POPULATION_KEPT_MOST);
    }
    return !taken && list->count < EBB_POPULATION_KEPT_MOST;
}

/* Whether the couple is together at a time; EBB_NONE where the model does not say. */
static uint32_t population_lasting(ebb_staging_t *stage, double time)
{
    uint32_t lasts = stage->system.lasts;
    return lasts == EBB_NONE ? EBB_NONE : ebb_population_value(stage, lasts, time);
}

static void population_keep(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_scope_t scope = ebb_stage_scope(stage);
    ebb_summary_t summary = {0};
    ebb_value_t term;
    scope.in_run = true;
    if (!population_new_column(stage, order) ||
        !population_span(stage, order, &summary) ||
        !ebb_evaluate(&stage->build, order->value, scope, &term)) {
        return;
    }
    summary.node = term.node;
    ebb_list_t *list = &population_plan(stage)->kept;
    ebb_population_kept_t *kept = ebb_reading_push(stage->reading, list, sizeof *kept);
    if (kept) {
        kept->name = ebb_name(stage->reading, order->target.name);
        kept->text = order->text;
        kept->summary = population_summary(stage, summary);
        kept->lasts = population_lasting(stage, summary.end);
    }
}

/* Without these nothing that a population says has a meaning. */
static bool population_can(ebb_staging_t *stage)
{
    return stage->system.lasts != EBB_NONE && stage->chosen->length > 0;
}

void ebb_population_order(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_population_plan_t *plan = population_plan(stage);
    switch (order->kind) {
    case EBB_ORDER_PEOPLE:
        ebb_stage_each(stage, order, population_people);
        break;
    case EBB_ORDER_CORRELATION:
        population_correlation(stage, order);
        break;
    case EBB_ORDER_PAIRING:
    case EBB_ORDER_PAIRING_WITHOUT:
    case EBB_ORDER_PAIRING_WITH:
        ebb_partners_order(stage, order);
        break;
    case EBB_ORDER_GROUP:
        population_kind(stage, order, &plan->groups);
        break;
    case EBB_ORDER_ENDING:
        if (population_can(stage)) {
            population_kind(stage, order, &plan->endings);
        }
        break;
    case EBB_ORDER_SATISFIED:
        if (population_can(stage)) {
            population_satisfied(stage, order);
        }
        break;
    case EBB_ORDER_KEEP:
        if (stage->chosen->length > 0) {
            population_keep(stage, order);
        }
        break;
    default:
        if (population_can(stage)) {
            population_report(stage, order);
        }
        break;
    }
}

void ebb_population_check(ebb_staging_t *stage)
{
    ebb_population_plan_t *plan = population_plan(stage);
    if (plan->correlated && plan->people_count < 2) {
        ebb_wrong(stage->reading, stage->chosen->where,
                  "a correlation, and people do not differ in two traits");
        ebb_mend(stage->reading,
                 "say in which: people anxiety = normal(0, 1), avoidance = normal(0, "
                 "1)");
    }
    ebb_partners_check(stage);
}

static void population_done(ebb_staging_t *stage)
{
    ebb_population_plan_t *plan = population_plan(stage);
    const ebb_scenario_syntax_t *chosen = stage->chosen;
    if (chosen->length == 0) {
        ebb_wrong(stage->reading, chosen->where,
                  "it is not said how long the couples live");
        ebb_mend(stage->reading, "say it in the model's unit: run 730");
        return;
    }
    if (stage->system.lasts == EBB_NONE && plan->kept.count == 0) {
        ebb_wrong(stage->reading, chosen->uses_where,
                  "the model `%s` does not say while what a couple lasts",
                  stage->system.name);
        ebb_mend(stage->reading, "say it in the model: lasts while together > 0.5");
        return;
    }
    ebb_population_check(stage);
    plan->parted = population_parted(stage, EBB_NONE);
    plan->length = chosen->length;
    plan->every = plan->every > 0 ? plan->every : chosen->length / POPULATION_BINS;
    plan->couples = (uint32_t)chosen->couples;
}

/* --- as an object ----------------------------------------------------------------- */

int ebb_population_read(ebb_population_t **population, const ebb_model_t *model,
                        const ebb_model_text_t *text, ebb_text_t *report,
                        ebb_error_t *error)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    *population = NULL;
    ebb_population_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    fresh->alloc = *alloc;
    fresh->model = model;
    const ebb_stage_extra_t extra = {EBB_WORD_POPULATION, ebb_population_order,
                                     population_done, &fresh->plan};
    const ebb_stage_wish_t wish = {.report = report, .extra = &extra};
    int code = ebb_stage_read(&fresh->scenario, model, text, &wish, error);
    if (code) {
        ebb_population_free(fresh);
        return code;
    }
    *population = fresh;
    return EBB_OK;
}

void ebb_population_free(ebb_population_t *population)
{
    if (population) {
        ebb_alloc_t alloc = population->alloc;
        ebb_list_free(&population->plan.groups, &alloc, sizeof(ebb_population_kind_t));
        ebb_list_free(&population->plan.endings, &alloc, sizeof(ebb_population_kind_t));
        ebb_list_free(&population->plan.kept, &alloc, sizeof(ebb_population_kept_t));
        ebb_scenario_free(population->scenario);
        ebb_free_array(&alloc, population, 1, sizeof *population);
    }
}

ebb_population_info_t ebb_population_info(const ebb_population_t *population)
{
    const ebb_population_plan_t *plan = &population->plan;
    return (ebb_population_info_t){
        .head = ebb_scenario_info(population->scenario),
        .couples = plan->couples,
        .groups = plan->groups.count,
        .endings = plan->endings.count,
        .every = plan->every,
        .judged = plan->judged,
        .kept = plan->kept.count,
    };
}

void ebb_population_describe_people(const ebb_population_plan_t *plan, ebb_text_t *out)
{
    const ebb_population_kind_t *groups = plan->groups.items;
    for (size_t k = 0; k < plan->people_count; k++) {
        const ebb_population_trait_t *trait = &plan->people[k];
        ebb_text_printf(out, "people traits %u and %u: normal(%.17g, %.17g)\n",
                        (unsigned)trait->slots[0], (unsigned)trait->slots[1],
                        trait->mean, trait->sd);
    }
    ebb_text_printf(out, "correlation %.17g\n", plan->correlation);
    ebb_partners_describe(&plan->partners, out);
    for (size_t k = 0; k < plan->groups.count; k++) {
        ebb_text_printf(out, "group %s: summary %u\n", groups[k].name,
                        (unsigned)groups[k].summary);
    }
}

const double *ebb_population_params(const ebb_population_t *population)
{
    return population->scenario->plan.params;
}

const char *ebb_population_kept(const ebb_population_t *population, size_t kept,
                                const char **text)
{
    const ebb_population_kept_t *all = population->plan.kept.items;
    if (text) {
        *text = all[kept].text;
    }
    return all[kept].name;
}

const char *ebb_population_group(const ebb_population_t *population, size_t group)
{
    const ebb_list_t *groups = &population->plan.groups;
    const ebb_population_kind_t *kinds = groups->items;
    return group < groups->count ? kinds[group].name : "";
}

void ebb_population_describe(const ebb_population_t *population, ebb_text_t *out)
{
    const ebb_population_plan_t *plan = &population->plan;
    const ebb_population_kind_t *endings = plan->endings.items;
    ebb_scenario_describe(population->scenario, out);
    ebb_population_describe_people(plan, out);
    ebb_text_printf(out, "report every %.17g\n", plan->every);
    for (size_t k = 0; k < plan->endings.count; k++) {
        ebb_text_printf(out, "ending %s: summary %u\n", endings[k].name,
                        (unsigned)endings[k].summary);
    }
    const ebb_population_kept_t *kept = plan->kept.items;
    for (size_t k = 0; k < plan->kept.count; k++) {
        ebb_text_printf(out, "keep %s: summary %u\n", kept[k].name,
                        (unsigned)kept[k].summary);
    }
    if (plan->judged) {
        ebb_text_printf(out, "satisfied: summaries %u and %u\n",
                        (unsigned)plan->satisfied, (unsigned)plan->left_so);
    }
}
