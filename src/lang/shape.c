/* SPDX-License-Identifier: MIT
 * Formulas measured: one pass over postfix code, operands before operations. */
#include <string.h>

#include "lang/forms.h"
#include "lang/shape.h"

/* A fraction wider than this is written on one line, where it can be broken. */
#define SHAPE_FRACTION_MOST 74u

static uint8_t shape_higher(uint8_t a, uint8_t b)
{
    return a > b ? a : b;
}

uint32_t ebb_shape_operand(const ebb_shape_t *shapes, uint32_t at, uint32_t count,
                           uint32_t which)
{
    uint32_t operand = at - 1;
    for (uint32_t k = count; k > which + 1; k--) {
        operand = shapes[operand].start - 1;
    }
    return operand;
}

bool ebb_shape_parted(const ebb_shape_t *shapes, ebb_operator_t op, uint32_t which,
                      uint32_t operand)
{
    ebb_tie_t tie = (ebb_tie_t)shapes[operand].tie;
    switch (op) {
    case EBB_OPERATOR_OR:
    case EBB_OPERATOR_AND:
        return tie < (op == EBB_OPERATOR_OR ? EBB_TIE_OR : EBB_TIE_AND);
    case EBB_OPERATOR_NOT:
        return tie <= EBB_TIE_COMPARE;
    case EBB_OPERATOR_LT:
    case EBB_OPERATOR_LE:
    case EBB_OPERATOR_GT:
    case EBB_OPERATOR_GE:
    case EBB_OPERATOR_EQ:
    case EBB_OPERATOR_NE:
        return tie <= EBB_TIE_COMPARE;
    case EBB_OPERATOR_ADD:
    case EBB_OPERATOR_SUB:
        return tie < EBB_TIE_SUM || (which > 0 && tie < EBB_TIE_OVER);
    case EBB_OPERATOR_MUL:
        return tie < EBB_TIE_PRODUCT && (which > 0 || tie != EBB_TIE_MINUS);
    case EBB_OPERATOR_NEG:
        return tie < EBB_TIE_OVER;
    case EBB_OPERATOR_POWER:
        return which == 0 && tie < EBB_TIE_ATOM;
    case EBB_OPERATOR_DIV: /* the bar of a fraction groups */
    case EBB_OPERATOR_IF:
    case EBB_OPERATOR_COUNT:
        break;
    }
    return false;
}

static void shape_number(ebb_shape_t *shape, double value)
{
    char digits[EBB_DIGITS];
    const char *power = ebb_symbol_digits(digits, value);
    shape->width = (uint32_t)strlen(digits) + (*power ? 5 : 0);
    shape->bare = value != 3.141592653589793;
    shape->tie = *power ? EBB_TIE_PRODUCT : EBB_TIE_ATOM;
}

static void shape_quotient(const ebb_shape_t *shapes, ebb_shape_t *shape, uint32_t top,
                           uint32_t below)
{
    uint32_t wider = shapes[top].width;
    wider = shapes[below].width > wider ? shapes[below].width : wider;
    shape->bare = true;
    if (wider <= SHAPE_FRACTION_MOST) {
        shape->tie = EBB_TIE_QUOTIENT;
        shape->width = wider + 1;
        shape->height = shape_higher(shapes[top].height, shapes[below].height);
        shape->height = (uint8_t)(shape->height ? 2 : 1);
    } else {
        shape->tie = EBB_TIE_PRODUCT;
        shape->width += 5;
    }
}

static ebb_tie_t shape_operator_tie(const ebb_shape_t *shapes, ebb_operator_t op,
                                    uint32_t first)
{
    switch (op) {
    case EBB_OPERATOR_IF:
        return EBB_TIE_CASES;
    case EBB_OPERATOR_OR:
        return EBB_TIE_OR;
    case EBB_OPERATOR_AND:
        return EBB_TIE_AND;
    case EBB_OPERATOR_NOT:
        return EBB_TIE_NOT;
    case EBB_OPERATOR_ADD:
    case EBB_OPERATOR_SUB:
        return EBB_TIE_SUM;
    case EBB_OPERATOR_NEG:
        return EBB_TIE_MINUS;
    case EBB_OPERATOR_MUL: /* (-x) y needs no parentheses, but is -x y then */
        return shapes[first].tie == EBB_TIE_MINUS ? EBB_TIE_MINUS : EBB_TIE_PRODUCT;
    case EBB_OPERATOR_POWER:
        return EBB_TIE_POWER;
    case EBB_OPERATOR_LT:
    case EBB_OPERATOR_LE:
    case EBB_OPERATOR_GT:
    case EBB_OPERATOR_GE:
    case EBB_OPERATOR_EQ:
    case EBB_OPERATOR_NE:
    case EBB_OPERATOR_DIV:
    case EBB_OPERATOR_COUNT:
        break;
    }
    return EBB_TIE_COMPARE;
}

static void shape_operator(ebb_shape_t *shapes, uint32_t at, const ebb_instruction_t *i)
{
    ebb_operator_t op = (ebb_operator_t)i->name;
    ebb_shape_t *shape = &shapes[at];
    uint32_t first = ebb_shape_operand(shapes, at, i->count, 0);
    bool parted = ebb_shape_parted(shapes, op, 0, first);
    if (op == EBB_OPERATOR_DIV) {
        shape_quotient(shapes, shape, first, at - 1);
        return;
    }
    shape->tie = (uint8_t)shape_operator_tie(shapes, op, first);
    shape->bare = op == EBB_OPERATOR_IF || parted || shapes[first].bare;
    shape->width += op == EBB_OPERATOR_MUL ? 1 : op == EBB_OPERATOR_POWER ? 0 : 3;
    if (op == EBB_OPERATOR_IF) {
        shape->height = EBB_FORM_HEIGHTS - 1;
    }
}

/* Sums, products and means over persons are signs with what they hold behind them; the
 * lowest and the highest are called like functions. */
static void shape_people(ebb_shape_t *shape, uint32_t word)
{
    bool call = word == EBB_WORD_LOWEST || word == EBB_WORD_HIGHEST;
    shape->tie = call ? EBB_TIE_QUOTIENT : EBB_TIE_OVER;
    shape->height = call ? shape->height : shape_higher(shape->height, 1);
    shape->width += 5;
}

/* What all operations have in common: where they begin, and the sum of their parts. */
static void shape_gather(ebb_shape_t *shapes, uint32_t at, uint32_t operands)
{
    ebb_shape_t *shape = &shapes[at];
    shape->start = at;
    for (uint32_t k = 0; k < operands; k++) {
        const ebb_shape_t *operand = &shapes[shape->start - 1];
        shape->width += operand->width + 2;
        shape->height = shape_higher(shape->height, operand->height);
        shape->start = operand->start;
    }
}

static uint32_t shape_operands(const ebb_instruction_t *i)
{
    switch ((ebb_code_kind_t)i->kind) {
    case EBB_CODE_OPERATOR:
    case EBB_CODE_CALL:
        return i->count;
    case EBB_CODE_DELAY:
    case EBB_CODE_PEOPLE_END:
        return 1;
    case EBB_CODE_NUMBER:
    case EBB_CODE_NAME:
    case EBB_CODE_PEOPLE:
    case EBB_CODE_RUN:
    case EBB_CODE_RUN_SPAN:
    case EBB_CODE_RUN_END:
        break;
    }
    return 0;
}

static void shape_finish(ebb_shape_t *shapes, uint32_t at,
                         const ebb_instruction_t *code, const ebb_reading_t *reading)
{
    const ebb_instruction_t *i = &code[at];
    ebb_shape_t *shape = &shapes[at];
    shape->tie = EBB_TIE_ATOM;
    if (i->kind == EBB_CODE_NUMBER) {
        shape_number(shape, i->number);
    } else if (i->kind == EBB_CODE_OPERATOR) {
        shape_operator(shapes, at, i);
    } else if (i->kind == EBB_CODE_PEOPLE_END) {
        shape->start--;
        shape_people(shape, code[shape->start].name);
    } else {
        shape->width += (uint32_t)strlen(ebb_name(reading, i->name)) + 2;
        bool closed = i->kind == EBB_CODE_NAME || i->name == EBB_WORD_ABS ||
                      i->name == EBB_WORD_FLOOR || i->name == EBB_WORD_POS;
        shape->tie = closed ? EBB_TIE_ATOM : EBB_TIE_QUOTIENT;
    }
}

void ebb_shape_formulas(ebb_shape_t *shapes, const ebb_syntax_t *syntax)
{
    const ebb_instruction_t *code = syntax->code.items;
    for (uint32_t at = 0; at < syntax->code.count; at++) {
        shapes[at] = (ebb_shape_t){0};
        shape_gather(shapes, at, shape_operands(&code[at]));
        shape_finish(shapes, at, code, syntax->reading);
    }
}
