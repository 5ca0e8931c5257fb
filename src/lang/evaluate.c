/* SPDX-License-Identifier: MIT
 * Formulas to nodes: a machine with a stack over the postfix code. It calls itself for
 * the bodies of functions, at most EBB_LANG_CALLS_MOST deep, and for what is brought
 * together over persons, which does not nest. */
#include "lang/evaluate.h"
#include "ebb/nearest.h"
#include "math/bits.h"

bool ebb_push_value(ebb_build_t *build, ebb_value_t term)
{
    ebb_value_t *top = ebb_reading_push(build->reading, &build->stack, sizeof *top);
    if (top) {
        *top = term;
    }
    return top != NULL;
}

ebb_value_t ebb_pop_value(ebb_build_t *build)
{
    return ((ebb_value_t *)build->stack.items)[--build->stack.count];
}

ebb_value_t ebb_evaluate_leaf(ebb_build_t *build, ebb_op_t op, uint32_t index,
                              ebb_unit_t unit)
{
    return (ebb_value_t){.node = ebb_graph_leaf(build->graph, op, index), .unit = unit};
}

/* Names inside the body of a function: arguments, parameters, functions. */
static bool evaluate_in_function(ebb_build_t *build, const ebb_instruction_t *at,
                                 const ebb_scope_t *scope, bool *done)
{
    const ebb_declaration_t *function = scope->function;
    const ebb_target_t *arguments = build->syntax->arguments.items;
    for (uint32_t i = 0; i < function->argument_count; i++) {
        if (arguments[function->first_argument + i].name == at->name &&
            at->person == EBB_NONE) {
            *done = true;
            const ebb_value_t *stack = build->stack.items;
            return ebb_push_value(build, stack[scope->arguments + i]);
        }
    }
    const ebb_declaration_t *d = ebb_declared(build, at->name, EBB_NONE);
    bool known =
        at->name == EBB_WORD_TIME || at->name == EBB_WORD_SIZE ||
        (at->name < build->name_count && build->first_of[at->name] != EBB_NONE);
    if (known && (at->person != EBB_NONE || !d || d->kind != EBB_DECLARED_PARAM)) {
        const char *name = ebb_name(build->reading, at->name);
        ebb_wrong(build->reading, at->where,
                  "a function may use its arguments and parameters, not `%s`", name);
        ebb_mend(build->reading, "give `%s` to it as an argument", name);
        return false;
    }
    return true;
}

static bool evaluate_size(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_scope_t *scope)
{
    if (!scope->size) {
        ebb_wrong(build->reading, at->where,
                  "`size` stands only in the actions of an event that has one");
        return false;
    }
    return !scope->size->broken && ebb_push_value(build, *scope->size);
}

static ebb_op_t evaluate_op_of(uint8_t kind)
{
    return kind == EBB_DECLARED_PARAM   ? EBB_OP_PARAM
           : kind == EBB_DECLARED_TRAIT ? EBB_OP_TRAIT
           : kind == EBB_DECLARED_INPUT ? EBB_OP_INPUT
                                        : EBB_OP_STATE;
}

static bool evaluate_quantity(ebb_build_t *build, const ebb_instruction_t *at,
                              const ebb_scope_t *scope)
{
    ebb_target_t target = {at->person, at->name, at->where};
    ebb_meaning_t meaning;
    if (!ebb_resolve(build, &target, scope, &meaning)) {
        return false;
    }
    const ebb_declaration_t *d = meaning.declaration;
    if (d->kind == EBB_DECLARED_FUNCTION) {
        const char *name = ebb_name(build->reading, at->name);
        ebb_wrong(build->reading, at->where, "`%s` is a function", name);
        ebb_mend(build->reading, "call it: %s(...)", name);
        return false;
    }
    uint32_t slot = ebb_slot_of(d, meaning.person);
    if (d->kind == EBB_DECLARED_LET) {
        return !build->lets[slot].broken && ebb_push_value(build, build->lets[slot]);
    }
    return ebb_push_value(
        build, ebb_evaluate_leaf(build, evaluate_op_of(d->kind), slot, d->unit));
}

static bool evaluate_name(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_scope_t *scope)
{
    bool done = false;
    if (scope->constant && at->name != EBB_WORD_PI) {
        ebb_wrong(build->reading, at->where, "%s is a constant and cannot use `%s`",
                  scope->whose, ebb_name(build->reading, at->name));
        return false;
    }
    if (scope->function && !evaluate_in_function(build, at, scope, &done)) {
        return false;
    }
    if (done) {
        return true;
    }
    if (at->name == EBB_WORD_SIZE) {
        return evaluate_size(build, at, scope);
    }
    if (at->name == EBB_WORD_TIME) {
        return ebb_push_value(
            build, ebb_evaluate_leaf(build, EBB_OP_TIME, 0, ebb_time_unit(build, 2)));
    }
    return evaluate_quantity(build, at, scope);
}

/* A delayed state: its place in the list of delays, new or known. */
static uint32_t evaluate_delay_index(ebb_build_t *build, ebb_delay_t delay,
                                     ebb_where_t where)
{
    ebb_system_t *system = build->system;
    for (uint32_t i = 0; i < system->delay_count; i++) {
        if (system->delays[i].state == delay.state &&
            system->delays[i].lag == delay.lag) {
            return i;
        }
    }
    if (system->delay_count >= EBB_LANG_STATES_MOST) {
        ebb_reading_limit(build->reading, where, "more than %u delayed states",
                          EBB_LANG_STATES_MOST);
        return 0;
    }
    system->delays[system->delay_count] = delay;
    return (uint32_t)system->delay_count++;
}

static bool evaluate_delay(ebb_build_t *build, const ebb_instruction_t *at,
                           const ebb_scope_t *scope)
{
    ebb_target_t target = {at->person, at->name, at->where};
    ebb_value_t lag = ebb_pop_value(build);
    ebb_meaning_t meaning;
    double value = 1;
    if (scope->constant || scope->function || scope->summaries) {
        ebb_wrong(build->reading, at->where,
                  "`delay` stands only in the formulas of a "
                  "model");
        return false;
    }
    if (!ebb_resolve(build, &target, scope, &meaning)) {
        return false;
    }
    if (meaning.declaration->kind != EBB_DECLARED_STATE) {
        ebb_wrong(build->reading, at->where, "only a state can be delayed");
        ebb_mend(build->reading, "delay the states that the formula is made of");
        return false;
    }
    const ebb_node_t *node = &build->graph->nodes[lag.node];
    if (lag.condition || (node->depends & ~EBB_ON_FIXED) ||
        (ebb_graph_is_constant(build->graph, lag.node, &value) && !(value > 0))) {
        ebb_wrong(build->reading, at->where,
                  "a delay is a positive number that does not change in a run");
        return false;
    }
    ebb_unit_t time = ebb_time_unit(build, 2);
    ebb_check_unit(build, at->where, &time, &lag.unit, "a delay");
    uint32_t slot = ebb_slot_of(meaning.declaration, meaning.person);
    uint32_t index =
        evaluate_delay_index(build, (ebb_delay_t){slot, lag.node}, at->where);
    return ebb_push_value(build, ebb_evaluate_leaf(build, EBB_OP_DELAYED, index,
                                                   meaning.declaration->unit));
}

/* The bodies of functions, and formulas for each person, are run by what runs the
 * formula around them: at most EBB_LANG_CALLS_MOST + 2 deep. */
/* NOLINTBEGIN(misc-no-recursion) */

/* --- calls ------------------------------------------------------------------------ */

static bool evaluate_body(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_declaration_t *function, const ebb_scope_t *scope)
{
    ebb_scope_t inner = *scope;
    inner.function = function;
    inner.arguments = (uint32_t)build->stack.count - at->count;
    inner.calls++;
    inner.size = NULL;
    if (inner.calls > EBB_LANG_CALLS_MOST) {
        ebb_reading_limit(build->reading, at->where,
                          "functions call each other more "
                          "than %d deep",
                          EBB_LANG_CALLS_MOST);
        return false;
    }
    if (!ebb_evaluate_range(build, function->value, &inner)) {
        return false;
    }
    ebb_value_t result = ebb_pop_value(build);
    build->stack.count -= at->count;
    return ebb_push_value(build, result);
}

static void evaluate_suggest_call(ebb_build_t *build, const ebb_instruction_t *at)
{
    ebb_nearest_t near = {.typed = ebb_name(build->reading, at->name)};
    for (uint32_t word = 0; word < EBB_WORD_COUNT; word++) {
        if (ebb_word_kind(word) == EBB_IS_FUNCTION ||
            ebb_word_kind(word) == EBB_IS_PEOPLE) {
            ebb_nearest_consider(&near, ebb_name(build->reading, word));
        }
    }
    for (size_t i = 0; i < build->declaration_count; i++) {
        if (build->declarations[i].kind == EBB_DECLARED_FUNCTION) {
            ebb_nearest_consider(
                &near, ebb_name(build->reading, build->declarations[i].target.name));
        }
    }
    if (near.best) {
        ebb_mend(build->reading, "did you mean `%s`?", near.best);
    }
}

static bool evaluate_unknown_call(ebb_build_t *build, const ebb_instruction_t *at)
{
    if (at->name < build->name_count && build->lost[at->name]) {
        return false;
    }
    ebb_wrong(build->reading, at->where, "unknown function `%s`",
              ebb_name(build->reading, at->name));
    if (ebb_is_taken(build->reading) && !ebb_suggest_habit(build, at->name)) {
        evaluate_suggest_call(build, at);
    }
    return false;
}

/* A call of one of the model's own functions. */
static bool evaluate_own_call(ebb_build_t *build, const ebb_instruction_t *at,
                              const ebb_scope_t *scope)
{
    ebb_declaration_t *d = ebb_declared(build, at->name, EBB_NONE);
    const char *name = ebb_name(build->reading, at->name);
    if (!d &&
        (at->name >= build->name_count || build->first_of[at->name] == EBB_NONE)) {
        return evaluate_unknown_call(build, at);
    }
    if (!d || d->kind != EBB_DECLARED_FUNCTION) {
        ebb_wrong(build->reading, at->where, "`%s` is not a function", name);
        ebb_mend(build->reading, "write a product as %s*(...)", name);
        return false;
    }
    if (scope->summaries) {
        ebb_wrong(build->reading, at->where,
                  "`%s` is a function of the model; a scenario cannot call it", name);
        ebb_mend(build->reading, "make a let of it in the model");
        return false;
    }
    if (scope->function && d >= scope->function) {
        ebb_wrong(build->reading, at->where,
                  "`%s` does not stand above the function that calls it", name);
        ebb_mend(build->reading,
                 "functions use only those above them, never themselves");
        return false;
    }
    if (at->count != d->argument_count) {
        ebb_wrong(build->reading, at->where, "`%s` takes %u number%s, not %u", name,
                  (unsigned)d->argument_count, d->argument_count == 1 ? "" : "s",
                  (unsigned)at->count);
        return false;
    }
    d->used = true;
    return evaluate_body(build, at, d, scope);
}

/* --- over persons ----------------------------------------------------------------- */

static uint32_t evaluate_fold(ebb_build_t *build, uint32_t how, uint32_t so_far,
                              uint32_t more)
{
    ebb_op_t op = how == EBB_WORD_PRODUCT   ? EBB_OP_MUL
                  : how == EBB_WORD_LOWEST  ? EBB_OP_MIN
                  : how == EBB_WORD_HIGHEST ? EBB_OP_MAX
                                            : EBB_OP_ADD;
    return ebb_graph_binary(build->graph, op, so_far, more);
}

static bool evaluate_people(ebb_build_t *build, uint32_t begin,
                            const ebb_scope_t *scope)
{
    ebb_instruction_t at = ((const ebb_instruction_t *)build->code.items)[begin];
    ebb_value_t whole = {0};
    if (scope->in_people || scope->function || scope->constant) {
        ebb_wrong(build->reading, at.where, "`%s` over persons cannot stand %s",
                  ebb_name(build->reading, at.name),
                  scope->in_people  ? "inside another"
                  : scope->function ? "in a function"
                                    : "in a constant");
        return false;
    }
    for (uint32_t p = 0; p < build->person_count; p++) {
        ebb_scope_t inner = *scope;
        inner.person = p;
        inner.in_people = true;
        if (!ebb_evaluate_range(build, (ebb_formula_t){begin + 1, at.count}, &inner)) {
            return false;
        }
        ebb_value_t term = ebb_pop_value(build);
        if (term.condition) {
            ebb_wrong(build->reading, at.where,
                      "`%s` brings numbers together, not "
                      "conditions",
                      ebb_name(build->reading, at.name));
            return false;
        }
        whole.node =
            p ? evaluate_fold(build, at.name, whole.node, term.node) : term.node;
        whole.unit = p && at.name == EBB_WORD_PRODUCT
                         ? ebb_unit_times(whole.unit, term.unit, 1)
                         : term.unit;
    }
    if (at.name == EBB_WORD_MEAN) {
        whole.node = ebb_graph_binary(
            build->graph, EBB_OP_DIV, whole.node,
            ebb_graph_constant(build->graph, (double)build->person_count));
    }
    return ebb_push_value(build, whole);
}

/* --- the machine ------------------------------------------------------------------ */

static bool evaluate_instruction(ebb_build_t *build, uint32_t *i,
                                 const ebb_scope_t *scope)
{
    const ebb_instruction_t *code = build->code.items, *at = &code[*i];
    switch ((ebb_code_kind_t)at->kind) {
    case EBB_CODE_NUMBER:
        return ebb_push_value(
            build, (ebb_value_t){.node = ebb_graph_constant(build->graph, at->number),
                                 .unit = {.known = EBB_UNIT_ANY}});
    case EBB_CODE_NAME:
        return evaluate_name(build, at, scope);
    case EBB_CODE_OPERATOR:
        return ebb_evaluate_operator(build, at);
    case EBB_CODE_CALL:
        return ebb_word_kind(at->name) == EBB_IS_FUNCTION
                   ? ebb_evaluate_function(build, at)
                   : evaluate_own_call(build, at, scope);
    case EBB_CODE_DELAY:
        return evaluate_delay(build, at, scope);
    case EBB_CODE_PEOPLE:
        *i = at->count; /* goes on behind its end */
        return evaluate_people(build, (uint32_t)(at - code), scope);
    case EBB_CODE_RUN:
        *i = at->count;
        return ebb_evaluate_run(build, (uint32_t)(at - code), scope);
    case EBB_CODE_RUN_END:
        return ebb_evaluate_run_end(build, at, scope);
    case EBB_CODE_PEOPLE_END:
    case EBB_CODE_RUN_SPAN:
        break;
    }
    return true;
}

bool ebb_evaluate_range(ebb_build_t *build, ebb_formula_t formula,
                        const ebb_scope_t *scope)
{
    const ebb_instruction_t *code = build->code.items;
    for (uint32_t i = formula.begin; i < formula.end; i++) {
        if (build->reading->failed || build->reading->full || build->graph->failed) {
            return false;
        }
        if (++build->work > EBB_LANG_WORK_MOST) {
            ebb_reading_limit(build->reading, code[i].where,
                              "with all its functions written out the model has more "
                              "than %u operations",
                              EBB_LANG_WORK_MOST);
            return false;
        }
        if (!evaluate_instruction(build, &i, scope)) {
            return false;
        }
    }
    return true;
}

/* NOLINTEND(misc-no-recursion) */

bool ebb_evaluate(ebb_build_t *build, ebb_formula_t formula, ebb_scope_t scope,
                  ebb_value_t *value)
{
    size_t before = build->stack.count;
    bool fine = formula.begin < formula.end &&
                ebb_evaluate_range(build, formula, &scope) &&
                build->stack.count == before + 1;
    *value = fine ? ebb_pop_value(build) : (ebb_value_t){.broken = true};
    build->stack.count = before;
    return fine;
}

ebb_where_t ebb_formula_where(const ebb_build_t *build, ebb_formula_t formula)
{
    const ebb_instruction_t *code = build->code.items;
    ebb_where_t where = code[formula.begin].where;
    uint32_t begin = where.offset, end = where.offset + where.length;
    for (uint32_t i = formula.begin; i < formula.end; i++) {
        const ebb_where_t *at = &code[i].where;
        if (at->line == where.line && at->offset < begin) {
            begin = at->offset;
            where.column = at->column;
        }
        if (at->line == where.line && at->offset + at->length > end) {
            end = at->offset + at->length;
        }
    }
    where.offset = begin;
    where.length = end - begin;
    return where;
}

bool ebb_evaluate_number(ebb_build_t *build, ebb_formula_t formula, ebb_scope_t scope,
                         ebb_value_t *value)
{
    double number = 0;
    if (!ebb_evaluate(build, formula, scope, value)) {
        return false;
    }
    if (value->condition) {
        ebb_wrong(build->reading, ebb_formula_where(build, formula),
                  "a condition where a number is needed");
        ebb_mend(build->reading, "make a number of it: if ... then 1 else 0");
        return false;
    }
    if (ebb_graph_is_constant(build->graph, value->node, &number) &&
        !(ebb_magnitude(number) < EBB_INFINITY)) {
        ebb_wrong(build->reading, ebb_formula_where(build, formula),
                  "this is no finite number");
        return false;
    }
    return true;
}

bool ebb_evaluate_limited(ebb_build_t *build, ebb_formula_t formula, ebb_scope_t scope,
                          unsigned allowed, ebb_value_t *value)
{
    static const char *const what[8] = {"a state",  "a parameter",    "a trait",
                                        "an input", "the time",       "a delayed state",
                                        "chance",   "a summary of it"};
    if (!ebb_evaluate_number(build, formula, scope, value)) {
        return false;
    }
    unsigned wrong = build->graph->nodes[value->node].depends & ~allowed;
    for (int i = 0; i < 8; i++) {
        if (wrong >> i & 1) {
            ebb_wrong(build->reading, ebb_formula_where(build, formula),
                      "%s cannot depend on %s", scope.whose, what[i]);
            return false;
        }
    }
    return true;
}

bool ebb_evaluate_constant(ebb_build_t *build, ebb_formula_t formula, const char *whose,
                           double *value)
{
    ebb_scope_t scope = {.person = EBB_NONE, .constant = true, .whose = whose};
    ebb_value_t term;
    return ebb_evaluate_number(build, formula, scope, &term) &&
           ebb_graph_is_constant(build->graph, term.node, value);
}
