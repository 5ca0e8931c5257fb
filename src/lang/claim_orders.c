/* SPDX-License-Identifier: MIT
 * What a claim says beyond its arms: what is expected of them, and what is cut. */
#include "lang/claim.h"
#include "lang/evaluate.h"
#include "lang/staging.h"
#include "math/bits.h"

/* --- head ------------------------------------------------------------------------- */

/* Of the summaries those of one arm. */
static void claim_keep_arm(ebb_staging_t *stage)
{
    ebb_summary_t *summaries = stage->summaries.list.items;
    size_t kept = 0;
    for (size_t i = 0; i < stage->summaries.list.count; i++) {
        if (summaries[i].arm == stage->arm) {
            summaries[kept++] = summaries[i];
        }
    }
    stage->summaries.list.count = kept;
}

void ebb_stage_claim(ebb_staging_t *stage)
{
    const ebb_scenario_syntax_t *chosen = stage->chosen;
    if (stage->arm) {
        claim_keep_arm(stage);
        return;
    }
    stage->claim->couples = (uint32_t)chosen->couples;
    stage->claim->arm_count = chosen->arm_count;
    stage->claim->construction = chosen->construction;
    if (stage->claim->expects.count == 0 && !stage->reading->errors) {
        ebb_wrong(stage->reading, chosen->where, "a claim that expects nothing");
        ebb_mend(stage->reading, "say what is compared: expect mean(a.x) > mean(b.x)");
    }
}

/* --- expect ----------------------------------------------------------------------- */

static void claim_push_expect(ebb_staging_t *stage, const ebb_order_t *order,
                              ebb_claim_expect_t expect)
{
    if (stage->arm) {
        return; /* the whole has it */
    }
    ebb_claim_expect_t *kept =
        ebb_reading_push(stage->reading, &stage->claim->expects, sizeof *kept);
    if (kept) {
        expect.text = order->text;
        expect.code = order->code;
        expect.line = order->where.line;
        *kept = expect;
    }
}

/* One side depends on nothing but summaries. */
static bool claim_side(ebb_staging_t *stage, const ebb_order_t *order,
                       const ebb_value_t *side)
{
    const ebb_graph_t *graph = stage->build.graph;
    if (graph->nodes[side->node].depends & ~EBB_ON_SUMMARY) {
        ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                  "a quantity of the model stands outside a summary of it");
        ebb_mend(stage->reading,
                 "say mean(x, from, to), value(x, time), ever(...) ...");
        return false;
    }
    return true;
}

/* A condition, and the share of couples in which it must hold. */
static void claim_share(ebb_staging_t *stage, const ebb_order_t *order)
{
    ebb_build_t *build = &stage->build;
    ebb_value_t term;
    double share = 0;
    if (!ebb_evaluate(build, order->value, ebb_stage_scope(stage), &term) ||
        !claim_side(stage, order, &term) ||
        !ebb_evaluate_constant(build, order->share, "a share of runs", &share)) {
        return;
    }
    if (!term.condition) {
        ebb_wrong(stage->reading, ebb_formula_where(build, order->value),
                  "what holds in a share of runs is a condition");
        ebb_mend(stage->reading, "compare: mean(contact, 0, 30) > 0.5");
    } else if (!(share > 0 && share <= 1)) {
        ebb_wrong(stage->reading, ebb_formula_where(build, order->share),
                  "a share of runs is above 0 and at most 1");
    } else {
        claim_push_expect(stage, order,
                          (ebb_claim_expect_t){
                              .left = term.node,
                              .right = ebb_graph_constant(build->graph, share),
                              .relation = EBB_RELATION_AT_LEAST,
                              .share = true,
                              .interval = EBB_INTERVAL_SHARE,
                          });
    }
}

static ebb_interval_t claim_interval(const ebb_graph_t *graph, const ebb_value_t *left,
                                     const ebb_value_t *right)
{
    return left->condition && right->condition ? EBB_INTERVAL_PAIRED
           : left->condition && ebb_graph_is_constant(graph, right->node, NULL)
               ? EBB_INTERVAL_SHARE
               : EBB_INTERVAL_STUDENT;
}

/* Two sides, which the last operation of the formula compares. */
static void claim_compare(ebb_staging_t *stage, const ebb_order_t *order,
                          ebb_relation_t relation)
{
    ebb_build_t *build = &stage->build;
    ebb_scope_t scope = ebb_stage_scope(stage);
    ebb_formula_t sides = {order->value.begin, order->value.end - 1};
    size_t before = build->stack.count;
    ebb_unit_t unit;
    if (!ebb_evaluate_range(build, sides, &scope)) {
        build->stack.count = before;
        return;
    }
    ebb_value_t right = ebb_pop_value(build), left = ebb_pop_value(build);
    if (!claim_side(stage, order, &left) || !claim_side(stage, order, &right)) {
        return;
    }
    if (build->units && !ebb_unit_join(left.unit, right.unit, &unit)) {
        ebb_wrong(stage->reading, ebb_formula_where(build, order->value),
                  "%s is compared with %s", ebb_unit_text(stage->reading, &left.unit),
                  ebb_unit_text(stage->reading, &right.unit));
        return;
    }
    claim_push_expect(stage, order,
                      (ebb_claim_expect_t){
                          .left = left.node,
                          .right = right.node,
                          .relation = relation,
                          .interval = claim_interval(build->graph, &left, &right),
                      });
}

void ebb_stage_claim_expect(ebb_staging_t *stage, const ebb_order_t *order)
{
    static const ebb_relation_t relations[] = {
        [EBB_OPERATOR_LT] = EBB_RELATION_LESS,
        [EBB_OPERATOR_LE] = EBB_RELATION_AT_MOST,
        [EBB_OPERATOR_GT] = EBB_RELATION_MORE,
        [EBB_OPERATOR_GE] = EBB_RELATION_AT_LEAST,
    };
    const ebb_instruction_t *code = stage->build.code.items;
    const ebb_instruction_t *last = &code[order->value.end - 1];
    if (order->share.begin < order->share.end) {
        claim_share(stage, order);
    } else if (last->kind == EBB_CODE_OPERATOR && last->name >= EBB_OPERATOR_LT &&
               last->name <= EBB_OPERATOR_GE) {
        claim_compare(stage, order, relations[last->name]);
    } else {
        ebb_wrong(stage->reading, ebb_formula_where(&stage->build, order->value),
                  "what a claim expects is a comparison by <, <=, > or >=");
        ebb_mend(stage->reading,
                 "or a condition in a share of runs: ... in 0.5 of runs");
    }
}

/* --- cut -------------------------------------------------------------------------- */

/* Room for what is cut, nothing being so at first. */
static double *claim_numbers(ebb_staging_t *stage, double **numbers, size_t count)
{
    if (!*numbers) {
        *numbers = ebb_reading_new(stage->reading, count, sizeof **numbers);
        for (size_t i = 0; *numbers && i < count; i++) {
            (*numbers)[i] = EBB_NAN;
        }
    }
    return *numbers;
}

void ebb_stage_claim_cut(ebb_staging_t *stage, const ebb_order_t *order,
                         const ebb_declaration_t *d, uint32_t slot)
{
    ebb_claim_plan_t *plan = stage->claim;
    const ebb_system_t *system = &stage->system;
    double value = 0;
    if (d->kind > EBB_DECLARED_STATE) {
        ebb_wrong(stage->reading, order->target.where,
                  "`%s` cannot be cut: it is made of others",
                  ebb_name(stage->reading, order->target.name));
        ebb_mend(stage->reading, "cut what it is made of");
        return;
    }
    if (order->law) {
        ebb_wrong(stage->reading, order->target.where, "a link is cut to one number");
        return;
    }
    if (!ebb_evaluate_constant(&stage->build, order->value, "a cut", &value) ||
        !ebb_stage_in_range(stage, order, d, value)) {
        return;
    }
    double *numbers = d->kind == EBB_DECLARED_PARAM
                          ? claim_numbers(stage, &plan->params, system->param_count)
                      : d->kind == EBB_DECLARED_TRAIT
                          ? claim_numbers(stage, &plan->traits, system->trait_count)
                      : d->kind == EBB_DECLARED_INPUT
                          ? claim_numbers(stage, &plan->inputs, system->input_count)
                          : claim_numbers(stage, &plan->starts, system->state_count);
    if (numbers) {
        numbers[slot] = value;
        plan->cuts++;
    }
}
