/* SPDX-License-Identifier: MIT
 * Expressions, by precedence climbing: formula_above(n) reads whatever binds at least
 * as tightly as n. It calls itself for operands, at most EBB_LANG_DEPTH_MOST deep. */
#include "lang/parser.h"

/* how tightly operators bind */
enum {
    FORMULA_ANY,
    FORMULA_OR,
    FORMULA_AND,
    FORMULA_NOT,
    FORMULA_COMPARE,
    FORMULA_SUM,
    FORMULA_TERM,
    FORMULA_SIGN,
    FORMULA_POWER
};

/* Operands are read by the function that reads formulas: at most EBB_LANG_DEPTH_MOST
 * deep, which formula_above counts. */
/* NOLINTBEGIN(misc-no-recursion) */
static bool formula_above(ebb_parser_t *parser, int binding);

ebb_instruction_t *ebb_parse_emit(ebb_parser_t *parser, ebb_code_kind_t kind,
                                  ebb_where_t where)
{
    ebb_reading_t *reading = parser->reading;
    ebb_instruction_t *instruction =
        ebb_reading_push(reading, &parser->syntax->code, sizeof *instruction);
    if (!instruction) {
        return NULL;
    }
    if (parser->syntax->code.count > EBB_LANG_CODE_MOST) {
        ebb_reading_limit(reading, where, "the file has more than %u operations",
                          EBB_LANG_CODE_MOST);
    }
    *instruction =
        (ebb_instruction_t){.kind = (uint8_t)kind, .person = EBB_NONE, .where = where};
    return instruction;
}

static bool formula_operator(ebb_parser_t *parser, ebb_operator_t op, uint32_t count,
                             ebb_where_t where)
{
    ebb_instruction_t *instruction = ebb_parse_emit(parser, EBB_CODE_OPERATOR, where);
    if (instruction) {
        instruction->name = (uint32_t)op;
        instruction->count = count;
    }
    return instruction != NULL;
}

static bool formula_number(ebb_parser_t *parser, double number, ebb_where_t where)
{
    ebb_instruction_t *instruction = ebb_parse_emit(parser, EBB_CODE_NUMBER, where);
    if (instruction) {
        instruction->number = number;
    }
    return instruction != NULL;
}

static bool formula_name(ebb_parser_t *parser, ebb_code_kind_t kind,
                         ebb_target_t target)
{
    ebb_instruction_t *instruction = ebb_parse_emit(parser, kind, target.where);
    if (instruction) {
        instruction->person = target.person;
        instruction->name = target.name;
    }
    return instruction != NULL;
}

/* "(" expr {"," expr} ")": how many. */
static bool formula_arguments(ebb_parser_t *parser, uint32_t *count)
{
    if (!ebb_parse_expect(parser, EBB_LEX_OPEN, "the name of a function")) {
        return false;
    }
    *count = 0;
    do {
        if (!formula_above(parser, FORMULA_ANY)) {
            return false;
        }
        ++*count;
    } while (ebb_parse_take(parser, EBB_LEX_COMMA));
    return ebb_parse_expect(parser, EBB_LEX_CLOSE, "the last argument");
}

static bool formula_call(ebb_parser_t *parser)
{
    ebb_lexeme_t name = parser->token;
    uint32_t count = 0;
    ebb_parse_step(parser);
    if (!formula_arguments(parser, &count)) {
        return false;
    }
    uint32_t wanted = (uint32_t)ebb_word_arguments(name.name);
    if (ebb_word_kind(name.name) == EBB_IS_FUNCTION && count != wanted) {
        ebb_wrong(parser->reading, name.where, "`%s` takes %u number%s, not %u",
                  ebb_name(parser->reading, name.name), (unsigned)wanted,
                  wanted == 1 ? "" : "s", (unsigned)count);
        return false;
    }
    ebb_instruction_t *call = ebb_parse_emit(parser, EBB_CODE_CALL, name.where);
    if (call) {
        call->name = name.name;
        call->count = count;
    }
    return call != NULL;
}

/* sum(e) and its like: e is between two instructions. */
static bool formula_people(ebb_parser_t *parser)
{
    ebb_lexeme_t name = parser->token;
    ebb_parse_step(parser);
    if (!ebb_parse_expect(parser, EBB_LEX_OPEN, "the name of a function")) {
        return false;
    }
    ebb_list_t *code = &parser->syntax->code;
    size_t begin = code->count;
    ebb_instruction_t *open = ebb_parse_emit(parser, EBB_CODE_PEOPLE, name.where);
    if (!open || !formula_above(parser, FORMULA_ANY)) {
        return false;
    }
    ebb_instruction_t *close = ebb_parse_emit(parser, EBB_CODE_PEOPLE_END, name.where);
    if (!close) {
        return false;
    }
    open = (ebb_instruction_t *)code->items + begin;
    open->name = name.name;
    open->count = (uint32_t)code->count - 1;
    return ebb_parse_expect(parser, EBB_LEX_CLOSE, "what is brought together");
}

static bool formula_delay(ebb_parser_t *parser)
{
    ebb_target_t target;
    ebb_parse_step(parser);
    return ebb_parse_expect(parser, EBB_LEX_OPEN, "`delay`") &&
           ebb_parse_target(parser, &target) &&
           ebb_parse_expect(parser, EBB_LEX_COMMA, "the state that is delayed") &&
           formula_above(parser, FORMULA_ANY) &&
           ebb_parse_expect(parser, EBB_LEX_CLOSE, "the delay") &&
           formula_name(parser, EBB_CODE_DELAY, target);
}

static bool formula_constant(ebb_parser_t *parser)
{
    ebb_lexeme_t token = parser->token;
    ebb_parse_step(parser);
    if (token.name == EBB_WORD_INF) {
        if (!parser->in_range) {
            ebb_wrong(parser->reading, token.where, "`inf` can only be a bound");
            return false;
        }
        return formula_number(parser, __builtin_inf(), token.where);
    }
    if (token.name == EBB_WORD_PI) {
        return formula_number(parser, 3.141592653589793, token.where);
    }
    return formula_name(parser, EBB_CODE_NAME,
                        (ebb_target_t){EBB_NONE, token.name, token.where});
}

/* `d x` on a new line: the next statement, not a quantity that is called d. */
static bool formula_ended(const ebb_parser_t *parser)
{
    return parser->token.first && parser->token.name == EBB_WORD_D &&
           parser->ahead.kind == EBB_LEX_NAME && !parser->ahead.first &&
           ebb_word_kind(parser->ahead.name) == EBB_IS_FREE;
}

static bool formula_word(ebb_parser_t *parser)
{
    if (formula_ended(parser)) {
        return ebb_parse_misfit(parser, "a number, a name or `(`");
    }
    uint32_t name = parser->token.name;
    ebb_word_kind_t kind = ebb_word_kind(name);
    if (ebb_parse_is_summary(parser)) {
        return ebb_parse_summary(parser);
    }
    if (name == EBB_WORD_DELAY) {
        return formula_delay(parser);
    }
    if (kind == EBB_IS_PEOPLE) {
        return formula_people(parser);
    }
    if (name == EBB_WORD_INF || name == EBB_WORD_PI || name == EBB_WORD_TIME ||
        name == EBB_WORD_SIZE) {
        return formula_constant(parser);
    }
    bool plain = kind == EBB_IS_FREE || kind == EBB_IS_RUN;
    if (ebb_parse_is_arm(parser)) {
        return ebb_parse_arm(parser);
    }
    if (kind == EBB_IS_FUNCTION || (plain && parser->ahead.kind == EBB_LEX_OPEN)) {
        return formula_call(parser);
    }
    ebb_target_t target;
    if (!plain && name != EBB_WORD_PARTNER) {
        return ebb_parse_misfit(parser, "a number, a name or `(`");
    }
    return ebb_parse_target(parser, &target) &&
           formula_name(parser, EBB_CODE_NAME, target);
}

static bool formula_atom(ebb_parser_t *parser)
{
    ebb_lexeme_t token = parser->token;
    if (token.kind == EBB_LEX_NUMBER) {
        ebb_parse_step(parser);
        return formula_number(parser, token.number, token.where);
    }
    if (token.kind == EBB_LEX_NAME) {
        return formula_word(parser);
    }
    if (ebb_parse_take(parser, EBB_LEX_OPEN)) {
        return formula_above(parser, FORMULA_ANY) &&
               ebb_parse_expect(parser, EBB_LEX_CLOSE, "what stands in parentheses");
    }
    return ebb_parse_misfit(parser, "a number, a name or `(`");
}

/* if c then x else y */
static bool formula_choice(ebb_parser_t *parser, int binding)
{
    ebb_where_t where = parser->token.where;
    if (binding > FORMULA_ANY) {
        ebb_wrong(parser->reading, where, "an `if` after an operator");
        ebb_mend(parser->reading, "put it in parentheses: (if ... then ... else ...)");
        return false;
    }
    ebb_parse_step(parser);
    if (!formula_above(parser, FORMULA_ANY)) {
        return false;
    }
    if (!ebb_parse_take_word(parser, EBB_WORD_THEN)) {
        return ebb_parse_misfit(parser, "`then` after the condition");
    }
    if (!formula_above(parser, FORMULA_ANY)) {
        return false;
    }
    if (!ebb_parse_take_word(parser, EBB_WORD_ELSE)) {
        return ebb_parse_misfit(parser, "`else`: every `if` has one");
    }
    return formula_above(parser, FORMULA_ANY) &&
           formula_operator(parser, EBB_OPERATOR_IF, 3, where);
}

static bool formula_prefix(ebb_parser_t *parser, int binding)
{
    ebb_where_t where = parser->token.where;
    if (ebb_parse_is_word(parser, EBB_WORD_IF)) {
        return formula_choice(parser, binding);
    }
    if (ebb_parse_take_word(parser, EBB_WORD_NOT)) {
        return formula_above(parser, FORMULA_NOT) &&
               formula_operator(parser, EBB_OPERATOR_NOT, 1, where);
    }
    if (ebb_parse_take(parser, EBB_LEX_MINUS)) {
        return formula_above(parser, FORMULA_SIGN) &&
               formula_operator(parser, EBB_OPERATOR_NEG, 1, where);
    }
    return formula_atom(parser);
}

static const struct {
    ebb_lexeme_kind_t mark;
    ebb_operator_t op;
    int binding;
} formula_infix[] = {
    {EBB_LEX_LT, EBB_OPERATOR_LT, FORMULA_COMPARE},
    {EBB_LEX_LE, EBB_OPERATOR_LE, FORMULA_COMPARE},
    {EBB_LEX_GT, EBB_OPERATOR_GT, FORMULA_COMPARE},
    {EBB_LEX_GE, EBB_OPERATOR_GE, FORMULA_COMPARE},
    {EBB_LEX_EQ, EBB_OPERATOR_EQ, FORMULA_COMPARE},
    {EBB_LEX_NE, EBB_OPERATOR_NE, FORMULA_COMPARE},
    {EBB_LEX_PLUS, EBB_OPERATOR_ADD, FORMULA_SUM},
    {EBB_LEX_MINUS, EBB_OPERATOR_SUB, FORMULA_SUM},
    {EBB_LEX_TIMES, EBB_OPERATOR_MUL, FORMULA_TERM},
    {EBB_LEX_OVER, EBB_OPERATOR_DIV, FORMULA_TERM},
    {EBB_LEX_POWER, EBB_OPERATOR_POWER, FORMULA_POWER},
};

/* The operator that the next token is, and how it binds; -1 when it is none. */
static int formula_next_operator(const ebb_parser_t *parser, ebb_operator_t *op)
{
    if (ebb_parse_is_word(parser, EBB_WORD_OR)) {
        *op = EBB_OPERATOR_OR;
        return FORMULA_OR;
    }
    if (ebb_parse_is_word(parser, EBB_WORD_AND)) {
        *op = EBB_OPERATOR_AND;
        return FORMULA_AND;
    }
    for (size_t i = 0; i < sizeof formula_infix / sizeof *formula_infix; i++) {
        if (parser->token.kind == formula_infix[i].mark) {
            *op = formula_infix[i].op;
            return formula_infix[i].binding;
        }
    }
    return -1;
}

/* What follows a first operand. */
static bool formula_rest(ebb_parser_t *parser, int binding)
{
    ebb_operator_t op = EBB_OPERATOR_OR;
    bool compared = false;
    for (;;) {
        int next = formula_next_operator(parser, &op);
        ebb_where_t where = parser->token.where;
        if (next < 0 || next < binding) {
            return true;
        }
        if (next == FORMULA_COMPARE && compared) {
            ebb_wrong(parser->reading, where, "comparisons cannot be chained");
            ebb_mend(parser->reading, "write a < b and b < c");
            return false;
        }
        compared = next == FORMULA_COMPARE;
        ebb_parse_step(parser);
        /* the right side of ^ begins with a sign or another power */
        int right = next == FORMULA_POWER ? FORMULA_POWER : next + 1;
        if (!formula_above(parser, right) || !formula_operator(parser, op, 2, where)) {
            return false;
        }
    }
}

static bool formula_above(ebb_parser_t *parser, int binding)
{
    if (parser->reading->failed) {
        return false;
    }
    if (parser->depth >= EBB_LANG_DEPTH_MOST) {
        ebb_reading_limit(parser->reading, parser->token.where,
                          "an expression is nested more than %d deep",
                          EBB_LANG_DEPTH_MOST);
        return false;
    }
    parser->depth++;
    bool read = formula_prefix(parser, binding) && formula_rest(parser, binding);
    parser->depth--;
    return read;
}

bool ebb_parse_operand(ebb_parser_t *parser)
{
    return formula_above(parser, FORMULA_ANY);
}

/* NOLINTEND(misc-no-recursion) */

bool ebb_parse_formula(ebb_parser_t *parser, ebb_formula_t *code)
{
    code->begin = code->end = (uint32_t)parser->syntax->code.count;
    if (!formula_above(parser, FORMULA_ANY)) {
        return false;
    }
    code->end = (uint32_t)parser->syntax->code.count;
    return true;
}
