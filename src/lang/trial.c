/* SPDX-License-Identifier: MIT
 * Trials: each arm read as a scenario, with the same summaries in all of them. */
#include "lang/trial.h"

#include <math.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/bits.h"

static ebb_trial_plan_t *trial_plan(const ebb_staging_t *stage)
{
    return stage->extra->plan;
}

/* --- statements ------------------------------------------------------------------- */

static void trial_twice(ebb_staging_t *stage, const ebb_order_t *order)
{
    static const char *const words[] = {"enter", "end",         "follow",    "outcome",
                                        "sd",    "reliability", "recovered", "dropped"};
    ebb_wrong(stage->reading, order->where, "a second `%s`",
              words[order->kind - EBB_ORDER_ENTER]);
}

/* `at` a time of the run. */
static void trial_time(ebb_staging_t *stage, const ebb_order_t *order, double *time)
{
    double value = 0, length = stage->chosen->length;
    if (*time == *time) {
        trial_twice(stage, order);
    } else if (ebb_evaluate_constant(&stage->build, order->from, "a time", &value)) {
        if (value >= 0 && value <= length) {
            *time = value;
        } else {
            ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->from),
                      "a time that is not within the run");
        }
    }
}

static void trial_condition(ebb_staging_t *stage, const ebb_order_t *order,
                            uint32_t *node)
{
    if (*node != EBB_NONE) {
        trial_twice(stage, order);
    } else {
        (void)ebb_population_condition(stage, order, node);
    }
}

static bool trial_has(const ebb_trial_rule_t *rule)
{
    return rule->node != EBB_NONE || rule->side != 0;
}

static void trial_rule(ebb_staging_t *stage, const ebb_order_t *order,
                       ebb_trial_rule_t *rule)
{
    if (trial_has(rule)) {
        trial_twice(stage, order);
    } else if (!order->side) {
        (void)ebb_population_condition(stage, order, &rule->node);
    } else if (ebb_evaluate_constant(&stage->build, order->value,
                                     "a bound of the outcome", &rule->bound)) {
        rule->side = order->side;
    }
}

static void trial_outcome(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_trial_plan_t *plan = trial_plan(stage);
    ebb_scope_t scope = ebb_stage_scope(stage);
    ebb_value_t term;
    scope.in_run = true;
    if (plan->outcome != EBB_NONE) {
        trial_twice(stage, order);
    } else if (ebb_evaluate(&stage->build, order->value, scope, &term)) {
        if (term.condition) {
            ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                      "an outcome is a number, and this is a condition");
        } else {
            plan->outcome = term.node;
        }
    }
}

static void trial_number(ebb_staging_t *stage, const ebb_order_t *order, double *number,
                         double below, const char *range)
{
    double value = 0;
    if (*number > 0) {
        trial_twice(stage, order);
    } else if (ebb_evaluate_constant(&stage->build, order->value, "this", &value)) {
        if (value > 0 && value < below) {
            *number = value;
        } else {
            ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                      "%s", range);
        }
    }
}

static void trial_order(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_trial_plan_t *plan = trial_plan(stage);
    switch (order->kind) {
    case EBB_ORDER_ENTER:
        trial_time(stage, order, &plan->times[EBB_TRIAL_ENTRY]);
        trial_rule(stage, order, &plan->enter);
        break;
    case EBB_ORDER_END:
        trial_time(stage, order, &plan->times[EBB_TRIAL_END]);
        break;
    case EBB_ORDER_FOLLOW:
        trial_time(stage, order, &plan->times[EBB_TRIAL_FOLLOW]);
        break;
    case EBB_ORDER_OUTCOME:
        trial_outcome(stage, order);
        break;
    case EBB_ORDER_SD:
        trial_number(stage, order, &plan->sd, EBB_INFINITY,
                     "a standard deviation is above 0");
        break;
    case EBB_ORDER_RELIABILITY:
        trial_number(stage, order, &plan->reliability, 1,
                     "a reliability is above 0 and below 1");
        break;
    case EBB_ORDER_RECOVERED:
        trial_rule(stage, order, &plan->recovered);
        break;
    case EBB_ORDER_DROPPED:
        trial_condition(stage, order, &plan->dropped);
        break;
    default:
        ebb_population_order(stage, order);
        break;
    }
}

/* --- the whole -------------------------------------------------------------------- */

/* Says what is missing, one thing at a time. */
static bool trial_lacks(ebb_staging_t *stage, bool lacks, const char *what,
                        const char *how)
{
    if (lacks && !stage->reading->errors) {
        ebb_wrong(stage->reading, stage->chosen->where, "%s", what);
        ebb_mend(stage->reading, "%s", how);
    }
    return lacks;
}

static bool trial_is_whole(ebb_staging_t *stage)
{
    const ebb_trial_plan_t *plan = trial_plan(stage);
    const double *times = plan->times;
    return !trial_lacks(stage, stage->chosen->length == 0,
                        "it is not said how long the couples live",
                        "say it in the model's unit: run 1640") &&
           !trial_lacks(stage, stage->system.lasts == EBB_NONE,
                        "the model does not say while what a couple lasts",
                        "say it in the model: lasts while together > 0.5") &&
           !trial_lacks(stage, stage->chosen->arm_count < 2,
                        "a trial has two arms or more",
                        "the first is what the others are held against: arm waiting") &&
           !trial_lacks(
               stage, !trial_has(&plan->enter) || times[0] != times[0],
               "it is not said who enters",
               "say when and who: enter at 730 when mean(satisfaction) < 0.5") &&
           !trial_lacks(stage, times[1] != times[1],
                        "it is not said when the treatment ends",
                        "say it: end at 910") &&
           !trial_lacks(stage, plan->outcome == EBB_NONE,
                        "it is not said what the outcome is",
                        "say it: outcome mean(satisfaction)") &&
           !trial_lacks(stage, plan->sd == 0 || plan->reliability == 0,
                        "it is not said how finely the outcome is measured",
                        "say both: sd 0.2, and on a line of its own reliability 0.9") &&
           !trial_lacks(stage, !trial_has(&plan->recovered),
                        "it is not said who has recovered",
                        "say it: recovered when mean(satisfaction) > 0.6");
}

/* The summary of a rule's condition at a time. */
static uint32_t trial_meant(ebb_staging_t *stage, const ebb_trial_rule_t *rule,
                            double time)
{
    return rule->side ? EBB_NONE : ebb_population_value(stage, rule->node, time);
}

static void trial_summaries(ebb_staging_t *stage)
{
    ebb_trial_plan_t *plan = trial_plan(stage);
    plan->entering = trial_meant(stage, &plan->enter, plan->times[0]);
    for (int v = 0; v < EBB_TRIAL_VISITS; v++) {
        double time = plan->times[v];
        plan->visits[v] = (ebb_trial_visit_t){
            ebb_population_value(stage, stage->system.lasts, time),
            ebb_population_value(stage, plan->outcome, time),
            trial_meant(stage, &plan->recovered, time),
        };
    }
    if (plan->dropped != EBB_NONE) {
        plan->dropping =
            ebb_population_value(stage, plan->dropped, plan->times[EBB_TRIAL_END]);
    }
}

static void trial_done(ebb_staging_t *stage)
{
    ebb_trial_plan_t *plan = trial_plan(stage);
    double *times = plan->times;
    ebb_population_check(stage);
    if (!trial_is_whole(stage)) {
        return;
    }
    if (times[2] != times[2]) {
        times[2] = stage->chosen->length; /* followed to the end of the run */
    }
    if (!(times[0] < times[1] && times[1] <= times[2])) {
        ebb_wrong(stage->reading, stage->chosen->where,
                  "couples enter, then the treatment ends, then they are followed up: "
                  "%g, %g and %g do not rise",
                  times[0], times[1], times[2]);
        return;
    }
    plan->couples = (uint32_t)stage->chosen->couples;
    plan->arm_count = stage->chosen->arm_count;
    trial_summaries(stage);
    if (stage->arm == 1) {
        const ebb_target_t *arms = stage->syntax.arms.items;
        plan->names =
            ebb_reading_new(stage->reading, plan->arm_count, sizeof *plan->names);
        for (size_t k = 0; plan->names && k < plan->arm_count; k++) {
            plan->names[k] =
                ebb_name(stage->reading, arms[stage->chosen->first_arm + k].name);
        }
    }
}

/* --- as an object ----------------------------------------------------------------- */

static void trial_plan_begin(ebb_trial_plan_t *plan)
{
    *plan = (ebb_trial_plan_t){
        .times = {EBB_NAN, EBB_NAN, EBB_NAN},
        .enter = {.node = EBB_NONE},
        .recovered = {.node = EBB_NONE},
        .outcome = EBB_NONE,
        .dropped = EBB_NONE,
    };
}

static void trial_plan_end(ebb_trial_plan_t *plan, const ebb_alloc_t *alloc)
{
    ebb_list_free(&plan->common.groups, alloc, sizeof(ebb_population_kind_t));
    ebb_list_free(&plan->common.endings, alloc, sizeof(ebb_population_kind_t));
}

static int trial_read_arm(const ebb_trial_t *trial, const ebb_model_text_t *text,
                          ebb_stage_wish_t wish, ebb_trial_plan_t *plan,
                          ebb_scenario_t **scenario, ebb_error_t *error)
{
    const ebb_stage_extra_t extra = {EBB_WORD_TRIAL, trial_order, trial_done, plan};
    wish.extra = &extra;
    return ebb_stage_read(scenario, trial->model, text, &wish, error);
}

/* The arms behind the first, whose plan is the trial's; theirs say the same. */
static int trial_read_others(ebb_trial_t *trial, ebb_scenario_t *first,
                             const ebb_model_text_t *text, ebb_text_t *report,
                             ebb_error_t *error)
{
    trial->arms =
        ebb_new_array(&trial->alloc, trial->plan.arm_count, sizeof *trial->arms);
    if (!trial->arms) {
        ebb_scenario_free(first);
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    trial->arms[0] = first;
    int code = EBB_OK;
    for (size_t k = 1; k < trial->plan.arm_count && !code; k++) {
        ebb_trial_plan_t plan;
        ebb_stage_wish_t wish = {.arm = (uint32_t)k + 1};
        trial_plan_begin(&plan);
        code = trial_read_arm(trial, text, wish, &plan, &trial->arms[k], error);
        trial_plan_end(&plan, &trial->alloc);
        if (code && report) { /* a warning of the whole would come with every arm */
            wish.report = report;
            trial_plan_begin(&plan);
            code = trial_read_arm(trial, text, wish, &plan, &trial->arms[k], error);
            trial_plan_end(&plan, &trial->alloc);
        }
    }
    return code;
}

int ebb_trial_read(ebb_trial_t **trial, const ebb_model_t *model,
                   const ebb_model_text_t *text, ebb_text_t *report, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    *trial = NULL;
    ebb_trial_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    fresh->alloc = *alloc;
    fresh->model = model;
    trial_plan_begin(&fresh->plan);
    ebb_scenario_t *first = NULL;
    const ebb_stage_wish_t wish = {.arm = 1, .report = report};
    int code = trial_read_arm(fresh, text, wish, &fresh->plan, &first, error);
    code = code ? code : trial_read_others(fresh, first, text, report, error);
    if (code) {
        ebb_trial_free(fresh);
        return code;
    }
    *trial = fresh;
    return EBB_OK;
}

void ebb_trial_free(ebb_trial_t *trial)
{
    if (!trial) {
        return;
    }
    ebb_alloc_t alloc = trial->alloc;
    size_t arms = trial->plan.arm_count;
    trial_plan_end(&trial->plan, &alloc);
    for (size_t k = 0; trial->arms && k < arms; k++) {
        ebb_scenario_free(trial->arms[k]);
    }
    ebb_free_array(&alloc, trial->arms, arms, sizeof(ebb_scenario_t *));
    ebb_free_array(&alloc, trial, 1, sizeof *trial);
}

ebb_trial_info_t ebb_trial_info(const ebb_trial_t *trial)
{
    const ebb_trial_plan_t *plan = &trial->plan;
    ebb_trial_info_t info = {
        .head = ebb_scenario_info(trial->arms[0]),
        .couples = plan->couples,
        .arms = plan->arm_count,
        .groups = plan->common.groups.count,
        .sd = plan->sd,
        .reliability = plan->reliability,
        .reliable = 1.959963984540054 * plan->sd * sqrt(2 * (1 - plan->reliability)),
        .drops = plan->dropped != EBB_NONE,
        .measured = plan->enter.side != 0,
    };
    for (int v = 0; v < EBB_TRIAL_VISITS; v++) {
        info.times[v] = plan->times[v];
    }
    char *dot = strchr(info.head.name, '.'); /* that of the trial, not of its arm */
    if (dot) {
        *dot = '\0';
    }
    return info;
}

double ebb_trial_error(const ebb_trial_plan_t *plan)
{
    return plan->enter.side ? plan->sd * sqrt(1 - plan->reliability) : 0;
}

const double *ebb_trial_params(const ebb_trial_t *trial)
{
    return trial->arms[0]->plan.params;
}

const char *ebb_trial_arm(const ebb_trial_t *trial, size_t arm)
{
    return trial->plan.names[arm];
}

const char *ebb_trial_group(const ebb_trial_t *trial, size_t group, const char **text)
{
    const ebb_list_t *groups = &trial->plan.common.groups;
    const ebb_population_kind_t *kinds = groups->items;
    bool named = group > 0 && group <= groups->count;
    if (text) {
        *text = named ? kinds[group - 1].text : "";
    }
    return named ? kinds[group - 1].name : "";
}

static void trial_describe_rule(const char *name, const ebb_trial_rule_t *rule,
                                ebb_text_t *out)
{
    if (rule->side) {
        ebb_text_printf(out, "%s: outcome %s %.17g\n", name,
                        rule->side == EBB_WORD_BELOW ? "below" : "above", rule->bound);
    }
}

void ebb_trial_describe(const ebb_trial_t *trial, ebb_text_t *out)
{
    const ebb_trial_plan_t *plan = &trial->plan;
    for (size_t k = 0; k < plan->arm_count; k++) {
        ebb_text_printf(out, "arm %s\n", plan->names[k]);
        ebb_scenario_describe(trial->arms[k], out);
    }
    ebb_population_describe_people(&plan->common, out);
    trial_describe_rule("enter", &plan->enter, out);
    trial_describe_rule("recovered", &plan->recovered, out);
    ebb_text_printf(out, "enter: summary %u\n", (unsigned)plan->entering);
    for (int v = 0; v < EBB_TRIAL_VISITS; v++) {
        ebb_text_printf(out, "at %.17g: together %u, outcome %u, recovered %u\n",
                        plan->times[v], (unsigned)plan->visits[v].together,
                        (unsigned)plan->visits[v].outcome,
                        (unsigned)plan->visits[v].recovered);
    }
    if (plan->dropped != EBB_NONE) {
        ebb_text_printf(out, "dropped: summary %u\n", (unsigned)plan->dropping);
    }
    ebb_text_printf(out, "sd %.17g, reliability %.17g\n", plan->sd, plan->reliability);
}
