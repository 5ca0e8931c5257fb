/* SPDX-License-Identifier: MIT
 * How a model wants its runs told: until when a couple is one, and what is shown. */
#include "lang/build.h"

void ebb_build_lasts(ebb_build_t *build)
{
    ebb_formula_t lasts = build->syntax->lasts;
    ebb_value_t term;
    if (lasts.begin == lasts.end ||
        !ebb_evaluate(build, lasts, (ebb_scope_t){.person = EBB_NONE}, &term)) {
        return;
    }
    if (!term.condition) {
        ebb_wrong(build->reading, ebb_formula_where(build, lasts),
                  "`lasts while` is followed by a condition, and this is a number");
        ebb_mend(build->reading, "compare it with something: lasts while x > 0.5");
        return;
    }
    build->system->lasts = term.node;
}

static void telling_show(ebb_build_t *build, const ebb_target_t *target, uint32_t place)
{
    const ebb_scope_t scope = {.person = EBB_NONE};
    const char *name = ebb_name(build->reading, target->name);
    uint32_t d =
        target->name < build->name_count ? build->first_of[target->name] : EBB_NONE;
    if (d == EBB_NONE) {
        if (target->name >= build->name_count || !build->lost[target->name]) {
            ebb_wrong(build->reading, target->where, "unknown name `%s`", name);
            ebb_suggest_name(build, target->name, &scope);
        }
        return;
    }
    for (; d != EBB_NONE; d = build->declarations[d].next) {
        uint8_t kind = build->declarations[d].kind;
        if (kind != EBB_DECLARED_STATE && kind != EBB_DECLARED_LET) {
            ebb_wrong(build->reading, target->where,
                      "`show` takes states and lets, and `%s` is neither", name);
            return;
        }
        uint32_t *shown = &build->system->quantities[d].shown;
        *shown = *shown ? *shown : place;
    }
}

void ebb_build_shown(ebb_build_t *build)
{
    const ebb_target_t *targets = build->syntax->shown.items;
    for (size_t i = 0; i < build->syntax->shown.count; i++) {
        telling_show(build, &targets[i], (uint32_t)i + 1);
    }
}

/* --- scenarios of a model that is broken ------------------------------------------ */

static void telling_name(ebb_build_t *build, const ebb_target_t *target)
{
    const ebb_scope_t scope = {.person = EBB_NONE};
    if (target->name >= build->name_count ||
        build->first_of[target->name] != EBB_NONE || build->lost[target->name]) {
        return;
    }
    ebb_wrong(build->reading, target->where, "unknown name `%s`",
              ebb_name(build->reading, target->name));
    ebb_suggest_name(build, target->name, &scope);
}

static void telling_formula(ebb_build_t *build, ebb_formula_t formula)
{
    const ebb_instruction_t *code = build->code.items;
    for (uint32_t i = formula.begin; i < formula.end; i++) {
        ebb_target_t target = {code[i].person, code[i].name, code[i].where};
        if (code[i].kind == EBB_CODE_NAME && code[i].name >= EBB_WORD_COUNT) {
            telling_name(build, &target);
        }
    }
}

void ebb_build_scenarios(ebb_build_t *build)
{
    const ebb_scenario_syntax_t *scenarios = build->syntax->scenarios.items;
    const ebb_order_t *orders = build->syntax->orders.items;
    for (size_t s = 0; s < build->syntax->scenarios.count; s++) {
        for (uint32_t i = 0;
             i < scenarios[s].order_count && scenarios[s].uses == build->syntax->name;
             i++) {
            const ebb_order_t *order = &orders[scenarios[s].first_order + i];
            if (order->kind != EBB_ORDER_EXPECT) {
                telling_name(build, &order->target);
            }
            telling_formula(build, order->value);
        }
    }
}
