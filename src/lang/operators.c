/* SPDX-License-Identifier: MIT
 * Operators and functions on terms: nodes, kinds and units. */
#include "lang/evaluate.h"

static const char *const operator_spellings[EBB_OPERATOR_COUNT] = {
#define EBB_OPERATOR_ROW(name, operands, spelling) spelling,
    EBB_OPERATOR_LIST(EBB_OPERATOR_ROW)
#undef EBB_OPERATOR_ROW
};

ebb_unit_t ebb_time_unit(const ebb_build_t *build, int halves)
{
    uint32_t name = build->syntax->time;
    return build->units && name != EBB_NONE ? ebb_unit_of(name, halves)
                                            : (ebb_unit_t){0};
}

/* What would make one unit of another. */
static void operator_mend_unit(ebb_build_t *build, ebb_unit_t wanted, ebb_unit_t found,
                               const char *where)
{
    ebb_unit_t factor = ebb_unit_times(wanted, found, -1);
    if (ebb_is_taken(build->reading) && factor.known == EBB_UNIT_KNOWN) {
        ebb_mend(build->reading, "a factor in %s is missing%s",
                 ebb_unit_text(build->reading, &factor), where);
    }
}

void ebb_check_unit(ebb_build_t *build, ebb_where_t where, const ebb_unit_t *wanted,
                    const ebb_unit_t *found, const char *what)
{
    ebb_unit_t joined;
    if (build->units && !ebb_unit_join(*wanted, *found, &joined)) {
        ebb_wrong(build->reading, where, "%s is in %s, and its formula in %s", what,
                  ebb_unit_text(build->reading, wanted),
                  ebb_unit_text(build->reading, found));
        operator_mend_unit(build, *wanted, *found, ", or a declared unit is another");
    }
}

/* The unit of what is added, compared or chosen between. */
static bool operator_join(ebb_build_t *build, const ebb_instruction_t *at,
                          const char *name, const ebb_value_t terms[2],
                          ebb_unit_t *unit)
{
    if (ebb_unit_join(terms[0].unit, terms[1].unit, unit) || !build->units) {
        return true;
    }
    ebb_wrong(build->reading, at->where, "`%s` between %s and %s", name,
              ebb_unit_text(build->reading, &terms[0].unit),
              ebb_unit_text(build->reading, &terms[1].unit));
    operator_mend_unit(build, terms[0].unit, terms[1].unit, " in the second");
    return false;
}

/* All are numbers (or all conditions), or it is said what they should be. */
static bool operator_kinds(ebb_build_t *build, const ebb_instruction_t *at,
                           const char *name, const ebb_value_t *terms, bool conditions)
{
    for (uint32_t i = 0; i < at->count; i++) {
        if (terms[i].condition != conditions) {
            ebb_wrong(build->reading, at->where, "`%s` is for %s, not %s", name,
                      conditions ? "conditions" : "numbers",
                      conditions ? "numbers" : "conditions");
            ebb_mend(build->reading, conditions
                                         ? "compare the number: x > 0"
                                         : "make a number of it: if ... then 1 else 0");
            return false;
        }
    }
    return true;
}

static bool operator_power(ebb_build_t *build, const ebb_instruction_t *at,
                           const ebb_value_t terms[3])
{
    ebb_value_t result = {
        .node = ebb_graph_power(build->graph, terms[0].node, terms[1].node)};
    double n = 0;
    if (ebb_unit_is_some(&terms[1].unit)) {
        ebb_wrong(build->reading, at->where, "an exponent in %s",
                  ebb_unit_text(build->reading, &terms[1].unit));
        return false;
    }
    bool constant = ebb_graph_is_constant(build->graph, terms[1].node, &n);
    bool halves = constant && n >= -50 && n <= 50 && (int)(2 * n) == 2 * n;
    if (halves) {
        result.unit = ebb_unit_power(terms[0].unit, (int)(2 * n));
    } else if (ebb_unit_is_some(&terms[0].unit)) {
        result.unit = (ebb_unit_t){0};
    } else {
        result.unit = terms[0].unit;
    }
    return ebb_push_value(build, result);
}

static bool operator_choice(ebb_build_t *build, const ebb_instruction_t *at,
                            const ebb_value_t terms[3])
{
    ebb_value_t result = {.condition = terms[1].condition};
    if (!terms[0].condition) {
        ebb_wrong(build->reading, at->where, "`if` asks for a condition, not a number");
        ebb_mend(build->reading, "compare the number: if x > 0 then ...");
        return false;
    }
    if (terms[1].condition != terms[2].condition) {
        ebb_wrong(build->reading, at->where,
                  "one branch of `if` is a number and the other a condition");
        return false;
    }
    result.node =
        ebb_graph_select(build->graph, terms[0].node, terms[1].node, terms[2].node);
    return operator_join(build, at, "if", &terms[1], &result.unit) &&
           ebb_push_value(build, result);
}

static bool operator_logic(ebb_build_t *build, const ebb_instruction_t *at,
                           const ebb_value_t terms[3])
{
    ebb_value_t result = {.condition = true};
    if (!operator_kinds(build, at, operator_spellings[at->name], terms, true)) {
        return false;
    }
    result.node =
        at->name == EBB_OPERATOR_NOT
            ? ebb_graph_unary(build->graph, EBB_OP_NOT, terms[0].node)
            : ebb_graph_binary(build->graph,
                               at->name == EBB_OPERATOR_AND ? EBB_OP_AND : EBB_OP_OR,
                               terms[0].node, terms[1].node);
    return ebb_push_value(build, result);
}

static bool operator_compare(ebb_build_t *build, const ebb_instruction_t *at,
                             const ebb_value_t terms[3])
{
    ebb_graph_t *graph = build->graph;
    uint32_t a = terms[0].node, b = terms[1].node;
    ebb_value_t result = {.condition = true};
    ebb_unit_t unit;
    switch ((int)at->name) {
    case EBB_OPERATOR_LT:
        result.node = ebb_graph_binary(graph, EBB_OP_LT, a, b);
        break;
    case EBB_OPERATOR_GT:
        result.node = ebb_graph_binary(graph, EBB_OP_LT, b, a);
        break;
    case EBB_OPERATOR_LE:
        result.node = ebb_graph_binary(graph, EBB_OP_LE, a, b);
        break;
    case EBB_OPERATOR_GE:
        result.node = ebb_graph_binary(graph, EBB_OP_LE, b, a);
        break;
    case EBB_OPERATOR_EQ:
        result.node = ebb_graph_binary(graph, EBB_OP_EQ, a, b);
        break;
    default:
        result.node = ebb_graph_unary(graph, EBB_OP_NOT,
                                      ebb_graph_binary(graph, EBB_OP_EQ, a, b));
        break;
    }
    return operator_join(build, at, operator_spellings[at->name], terms, &unit) &&
           ebb_push_value(build, result);
}

static bool operator_arithmetic(ebb_build_t *build, const ebb_instruction_t *at,
                                const ebb_value_t terms[3])
{
    static const ebb_op_t ops[] = {EBB_OP_ADD, EBB_OP_SUB, EBB_OP_MUL, EBB_OP_DIV};
    ebb_value_t result = {0};
    if (at->name == EBB_OPERATOR_NEG) {
        result.node = ebb_graph_unary(build->graph, EBB_OP_NEG, terms[0].node);
        result.unit = terms[0].unit;
        return ebb_push_value(build, result);
    }
    result.node = ebb_graph_binary(build->graph, ops[at->name - EBB_OPERATOR_ADD],
                                   terms[0].node, terms[1].node);
    if (at->name == EBB_OPERATOR_MUL || at->name == EBB_OPERATOR_DIV) {
        int sign = at->name == EBB_OPERATOR_MUL ? 1 : -1;
        result.unit = ebb_unit_times(terms[0].unit, terms[1].unit, sign);
    } else if (!operator_join(build, at, operator_spellings[at->name], terms,
                              &result.unit)) {
        return false;
    }
    return ebb_push_value(build, result);
}

bool ebb_evaluate_operator(ebb_build_t *build, const ebb_instruction_t *at)
{
    ebb_value_t terms[3] = {0};
    for (uint32_t i = at->count; i-- > 0;) {
        terms[i] = ebb_pop_value(build);
    }
    if (at->name == EBB_OPERATOR_IF) {
        return operator_choice(build, at, terms);
    }
    if (at->name <= EBB_OPERATOR_NOT) {
        return operator_logic(build, at, terms);
    }
    if (!operator_kinds(build, at, operator_spellings[at->name], terms, false)) {
        return false;
    }
    if (at->name <= EBB_OPERATOR_NE) {
        return operator_compare(build, at, terms);
    }
    return at->name == EBB_OPERATOR_POWER ? operator_power(build, at, terms)
                                          : operator_arithmetic(build, at, terms);
}

/* --- functions -------------------------------------------------------------------- */

static uint32_t function_sign(ebb_graph_t *graph, uint32_t a)
{
    uint32_t positive = ebb_graph_binary(graph, EBB_OP_LT, EBB_NODE_ZERO, a);
    uint32_t negative = ebb_graph_binary(graph, EBB_OP_LT, a, EBB_NODE_ZERO);
    uint32_t minus = ebb_graph_constant(graph, -1);
    return ebb_graph_select(graph, positive, EBB_NODE_ONE,
                            ebb_graph_select(graph, negative, minus, EBB_NODE_ZERO));
}

/* Bounds stand first: MIN and MAX give the second where one is NaN, so it shows. */
static uint32_t function_node(ebb_graph_t *graph, uint32_t name, const uint32_t a[3])
{
    switch ((int)name) {
    case EBB_WORD_POS:
        return ebb_graph_binary(graph, EBB_OP_MAX, EBB_NODE_ZERO, a[0]);
    case EBB_WORD_SIGN:
        return function_sign(graph, a[0]);
    case EBB_WORD_MIN:
        return ebb_graph_binary(graph, EBB_OP_MIN, a[0], a[1]);
    case EBB_WORD_MAX:
        return ebb_graph_binary(graph, EBB_OP_MAX, a[0], a[1]);
    case EBB_WORD_CLAMP:
        return ebb_graph_binary(graph, EBB_OP_MIN, a[2],
                                ebb_graph_binary(graph, EBB_OP_MAX, a[1], a[0]));
    case EBB_WORD_ABS:
        return ebb_graph_unary(graph, EBB_OP_ABS, a[0]);
    case EBB_WORD_FLOOR:
        return ebb_graph_unary(graph, EBB_OP_FLOOR, a[0]);
    case EBB_WORD_SQRT:
        return ebb_graph_unary(graph, EBB_OP_SQRT, a[0]);
    default:
        break;
    }
    static const struct {
        ebb_word_t word;
        ebb_op_t op;
    } plain[] = {
        {EBB_WORD_EXP, EBB_OP_EXP},           {EBB_WORD_LOG, EBB_OP_LOG},
        {EBB_WORD_SIN, EBB_OP_SIN},           {EBB_WORD_COS, EBB_OP_COS},
        {EBB_WORD_TANH, EBB_OP_TANH},         {EBB_WORD_ATAN, EBB_OP_ATAN},
        {EBB_WORD_EXPM1, EBB_OP_EXPM1},       {EBB_WORD_LOG1P, EBB_OP_LOG1P},
        {EBB_WORD_LOGISTIC, EBB_OP_LOGISTIC}, {EBB_WORD_SOFTPLUS, EBB_OP_SOFTPLUS},
    };
    size_t i = 0;
    while (i + 1 < sizeof plain / sizeof *plain && (uint32_t)plain[i].word != name) {
        i++;
    }
    return ebb_graph_unary(graph, plain[i].op, a[0]);
}

/* The unit of what a function gives, by the units of its arguments. */
static bool function_unit(ebb_build_t *build, const ebb_instruction_t *at,
                          const ebb_value_t terms[3], ebb_unit_t *unit)
{
    const char *name = ebb_name(build->reading, at->name);
    *unit = terms[0].unit;
    switch ((int)at->name) {
    case EBB_WORD_POS:
    case EBB_WORD_ABS:
    case EBB_WORD_FLOOR:
        return true;
    case EBB_WORD_SIGN:
        *unit = (ebb_unit_t){.known = EBB_UNIT_ANY};
        return true;
    case EBB_WORD_SQRT:
        *unit = ebb_unit_power(terms[0].unit, 1);
        return true;
    case EBB_WORD_MIN:
    case EBB_WORD_MAX:
        return operator_join(build, at, name, terms, unit);
    case EBB_WORD_CLAMP: {
        ebb_value_t bounded[2] = {terms[0], terms[2]};
        return operator_join(build, at, name, terms, &bounded[0].unit) &&
               operator_join(build, at, name, bounded, unit);
    }
    default:
        if (build->units && ebb_unit_is_some(&terms[0].unit)) {
            ebb_wrong(build->reading, at->where, "`%s` of a quantity in %s", name,
                      ebb_unit_text(build->reading, &terms[0].unit));
            ebb_mend(build->reading, "divide by something of the same unit first");
            return false;
        }
        return true;
    }
}

bool ebb_evaluate_function(ebb_build_t *build, const ebb_instruction_t *at)
{
    ebb_value_t terms[3] = {0}, result = {0};
    for (uint32_t i = at->count; i-- > 0;) {
        terms[i] = ebb_pop_value(build);
    }
    if (!operator_kinds(build, at, ebb_name(build->reading, at->name), terms, false) ||
        !function_unit(build, at, terms, &result.unit)) {
        return false;
    }
    const uint32_t nodes[3] = {terms[0].node, terms[1].node, terms[2].node};
    result.node = function_node(build->graph, at->name, nodes);
    return ebb_push_value(build, result);
}
