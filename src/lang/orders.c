/* SPDX-License-Identifier: MIT
 * What the statements of a scenario do: settings, courses of inputs, jumps of states,
 * expectations. */
#include "lang/staging.h"

void ebb_stage_each(ebb_staging_t *stage, const ebb_order_t *order,
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
    ebb_scope_t scope = ebb_stage_scope(stage);
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

bool ebb_stage_in_range(ebb_staging_t *stage, const ebb_order_t *order,
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

void ebb_stage_wrong_kind(ebb_staging_t *stage, const ebb_order_t *order,
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

/* The law by which a number differs between couples; its middle is `value`. */
static bool order_law(ebb_staging_t *stage, const ebb_order_t *order,
                      const ebb_declaration_t *d, ebb_scenario_spread_t spread,
                      double *value)
{
    double numbers[2] = {0};
    ebb_where_t where = ebb_formula_where(&stage->build, order->value);
    if (order->law == EBB_WORD_EXPONENTIAL) {
        ebb_wrong(stage->reading, where,
                  "couples differ by normal(mean, sd) or "
                  "uniform(low, high)");
        return false;
    }
    if (!stage_constant(stage, order->value, "a law's number", &numbers[0]) ||
        !stage_constant(stage, order->second, "a law's number", &numbers[1])) {
        return false;
    }
    spread.uniform = order->law == EBB_WORD_UNIFORM;
    spread.a = numbers[0];
    spread.b = numbers[1];
    *value = spread.uniform ? 0.5 * (spread.a + spread.b) : spread.a;
    if (spread.uniform ? !(spread.a < spread.b) : !(spread.b > 0)) {
        ebb_wrong(stage->reading, where,
                  spread.uniform ? "the two numbers of `uniform` must rise"
                                 : "the second number of `normal`, the standard "
                                   "deviation, must be above 0");
        return false;
    }
    if (!ebb_stage_in_range(stage, order, d, spread.a) ||
        (spread.uniform && !ebb_stage_in_range(stage, order, d, spread.b))) {
        return false;
    }
    ebb_scenario_spread_t *kept =
        ebb_reading_push(stage->reading, &stage->spreads, sizeof *kept);
    if (kept) {
        *kept = spread;
    }
    return kept != NULL;
}

/* What was drawn so far for a number is not, where it is set anew. */
static void order_forget_law(ebb_staging_t *stage, int kind, uint32_t slot)
{
    ebb_scenario_spread_t *spreads = stage->spreads.items;
    size_t kept = 0;
    for (size_t i = 0; i < stage->spreads.count; i++) {
        if (spreads[i].kind != kind || spreads[i].slot != slot) {
            spreads[kept++] = spreads[i];
        }
    }
    stage->spreads.count = kept;
}

static void order_set(ebb_staging_t *stage, const ebb_order_t *order,
                      const ebb_declaration_t *d, uint32_t slot)
{
    ebb_scenario_plan_t *plan = &stage->scenario->plan;
    double value = 0;
    bool start = order->kind == EBB_ORDER_START;
    if (start ? d->kind != EBB_DECLARED_STATE
              : d->kind != EBB_DECLARED_PARAM && d->kind != EBB_DECLARED_TRAIT) {
        ebb_stage_wrong_kind(stage, order, d);
        return;
    }
    int kind = start                           ? EBB_SCALAR_STATE
               : d->kind == EBB_DECLARED_PARAM ? EBB_SCALAR_PARAM
                                               : EBB_SCALAR_TRAIT;
    ebb_scenario_spread_t spread = {.kind = kind, .slot = slot};
    order_forget_law(stage, kind, slot);
    if (order->law ? !order_law(stage, order, d, spread, &value)
                   : !stage_constant(stage, order->value, "a setting", &value) ||
                         !ebb_stage_in_range(stage, order, d, value)) {
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
    if (!add && !ebb_stage_in_range(stage, order, d, value)) {
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
        ebb_stage_wrong_kind(stage, order, d);
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
    if (!ebb_evaluate(build, order->value, ebb_stage_scope(stage), &term)) {
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

static void order_do(ebb_staging_t *stage, const ebb_order_t *order)
{
    bool whole = stage->claim && stage->arm == 0;
    if (order->kind > EBB_ORDER_CUT) {
        if (stage->extra) {
            stage->extra->order(stage, order);
        }
    } else if (order->kind == EBB_ORDER_EXPECT && stage->claim) {
        ebb_stage_claim_expect(stage, order);
    } else if (order->kind == EBB_ORDER_EXPECT &&
               stage->chosen->head != EBB_WORD_CLAIM) {
        order_expectation(stage, order);
    } else if (order->kind == EBB_ORDER_CUT && whole) {
        ebb_stage_each(stage, order, ebb_stage_claim_cut);
    } else if (order->kind == EBB_ORDER_SET || order->kind == EBB_ORDER_START) {
        ebb_stage_each(stage, order, order_set);
    } else if (order->kind < EBB_ORDER_EXPECT) {
        ebb_stage_each(stage, order, order_timed_change);
    }
}

void ebb_stage_orders(ebb_staging_t *stage)
{
    const ebb_order_t *orders = stage->syntax.orders.items;
    for (uint32_t i = 0; i < stage->chosen->order_count && !stage->reading->failed;
         i++) {
        const ebb_order_t *order = &orders[stage->chosen->first_order + i];
        if (order->arm == 0 || order->arm == stage->arm) {
            order_do(stage, order);
        }
    }
}
