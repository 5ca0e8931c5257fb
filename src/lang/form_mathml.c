/* SPDX-License-Identifier: MIT
 * How MathML writes a formula: one row of a table for each statement. Only the elements
 * of MathML Core, which browsers draw. */
#include <string.h>

#include "lang/forms.h"

#define MATHML_CALL(name) "<mi>" name "</mi>\6"
#define MATHML_OVER(sign) "<munder>" sign "<mi>k</mi></munder>"
#define MATHML_BETWEEN(sign) ("<mrow>\1<mo>" sign "</mo>\2</mrow>")
#define MATHML_LEFT(left, sign) (left "</mtd><mtd><mo>" sign "</mo></mtd><mtd>")

static const struct {
    uint32_t word;
    const char *text;
} mathml_calls[] = {
    {EBB_WORD_LOG, MATHML_CALL("ln")},
    {EBB_WORD_SQRT, "<msqrt>\1</msqrt>"},
    {EBB_WORD_ATAN, MATHML_CALL("arctan")},
    {EBB_WORD_FLOOR, "<mrow><mo>⌊</mo>\1<mo>⌋</mo></mrow>"},
    {EBB_WORD_ABS, "<mrow><mo>|</mo>\1<mo>|</mo></mrow>"},
    {EBB_WORD_POS, "<msub><mrow><mo>[</mo>\1<mo>]</mo></mrow><mo>+</mo></msub>"},
    {EBB_WORD_SIGN, MATHML_CALL("sgn")},
    {EBB_WORD_SUM, "<mrow>" MATHML_OVER("<mo>∑</mo>") "\1</mrow>"},
    {EBB_WORD_PRODUCT, "<mrow>" MATHML_OVER("<mo>∏</mo>") "\1</mrow>"},
    {EBB_WORD_MEAN, "<mrow>" MATHML_OVER("<mi>mean</mi>") "\1</mrow>"},
    {EBB_WORD_LOWEST, "<mrow>" MATHML_OVER("<mi>min</mi>") "\6</mrow>"},
    {EBB_WORD_HIGHEST, "<mrow>" MATHML_OVER("<mi>max</mi>") "\6</mrow>"},
};

static const char *mathml_call(uint32_t word)
{
    for (size_t i = 0; i < sizeof mathml_calls / sizeof *mathml_calls; i++) {
        if (mathml_calls[i].word == word) {
            return mathml_calls[i].text;
        }
    }
    return NULL;
}

static void mathml_symbol(ebb_text_t *out, const ebb_symbol_t *symbol)
{
    size_t base = ebb_symbol_base(symbol->name), length = strlen(symbol->name);
    const char *greek = ebb_greek(symbol->name, base);
    const char *index = symbol->name + base;
    index += *index == '_';
    bool indexed = base < length || symbol->owner;
    ebb_text_puts(out, indexed ? "<msub><mi>" : "<mi>");
    if (greek) {
        ebb_text_puts(out, greek);
    } else {
        ebb_text_append(out, symbol->name, base);
    }
    ebb_text_puts(out, indexed ? "</mi><mrow>" : "</mi>");
    if (base < length) {
        ebb_text_printf(out, "<mtext>%s</mtext>", index);
    }
    if (base < length && symbol->owner) {
        ebb_text_puts(out, "<mo>,</mo>");
    }
    if (symbol->owner) {
        const char *element = symbol->named ? "mtext" : "mi";
        ebb_text_printf(out, "<%s>%s</%s>", element, symbol->owner, element);
    }
    ebb_text_puts(out, indexed ? "</mrow></msub>" : "");
}

static void mathml_number(ebb_text_t *out, double value)
{
    char digits[EBB_DIGITS];
    const char *power = ebb_symbol_digits(digits, value);
    if (!(value - value == 0)) {
        ebb_text_puts(out, value < 0 ? "<mo>−</mo><mi>∞</mi>" : "<mi>∞</mi>");
    } else if (*power) {
        ebb_text_printf(out,
                        "<mrow><mn>%s</mn><mo>⋅</mo><msup><mn>10</mn>"
                        "<mn>%s</mn></msup></mrow>",
                        digits, power);
    } else {
        ebb_text_printf(out, "<mn>%s</mn>", digits);
    }
}

const ebb_form_t ebb_form_mathml = {
    .operators =
        {
            [EBB_OPERATOR_OR] = MATHML_BETWEEN("or"),
            [EBB_OPERATOR_AND] = MATHML_BETWEEN("and"),
            [EBB_OPERATOR_NOT] = "<mrow><mo>not</mo>\1</mrow>",
            [EBB_OPERATOR_LT] = MATHML_BETWEEN("&lt;"),
            [EBB_OPERATOR_LE] = MATHML_BETWEEN("≤"),
            [EBB_OPERATOR_GT] = MATHML_BETWEEN("&gt;"),
            [EBB_OPERATOR_GE] = MATHML_BETWEEN("≥"),
            [EBB_OPERATOR_EQ] = MATHML_BETWEEN("="),
            [EBB_OPERATOR_NE] = MATHML_BETWEEN("≠"),
            [EBB_OPERATOR_ADD] = MATHML_BETWEEN("+"),
            [EBB_OPERATOR_SUB] = MATHML_BETWEEN("−"),
            [EBB_OPERATOR_MUL] = "<mrow>\1<mspace width=\"0.2em\"/>\2</mrow>",
            [EBB_OPERATOR_DIV] = "<mfrac><mrow>\1</mrow><mrow>\2</mrow></mfrac>",
            [EBB_OPERATOR_NEG] = "<mrow><mo>−</mo>\1</mrow>",
            [EBB_OPERATOR_POWER] = "<msup><mrow>\1</mrow><mrow>\2</mrow></msup>",
            [EBB_OPERATOR_IF] = "<mrow><mo>{</mo><mtable>\7</mtable></mrow>",
        },
    .dotted = MATHML_BETWEEN("⋅"),
    .division = MATHML_BETWEEN("/"),
    .row = "<mtr><mtd>\2</mtd><mtd><mtext>if&#160;</mtext>\1</mtd></mtr>",
    .last_row = "<mtr><mtd>\3</mtd><mtd><mtext>otherwise</mtext></mtd></mtr>",
    .open = {"<mrow><mo>(</mo>", "<mrow><mo>(</mo>", "<mrow><mo>(</mo>"},
    .close = {"<mo>)</mo></mrow>", "<mo>)</mo></mrow>", "<mo>)</mo></mrow>"},
    .comma = "<mo>,</mo>",
    .equals = "</mtd><mtd><mo>=</mo></mtd><mtd>",
    .plus = "<mo>+</mo>",
    .minus = "<mo>−</mo>",
    .time = "<mi>t</mi>",
    .pi = "<mi>π</mi>",
    .delayed = "<mrow>\16<mo>(</mo><mi>t</mi><mo>−</mo>\1<mo>)</mo></mrow>",
    .call = mathml_call,
    .named_call = "<mrow>\17\6</mrow>",
    .rows =
        {
            [EBB_ROW_VALUE] = MATHML_LEFT("\16", "="),
            [EBB_ROW_CONDITION] = MATHML_LEFT("\16", "⇔"),
            [EBB_ROW_SLOPE] =
                MATHML_LEFT("<mfrac><mrow><mi>d</mi>\16</mrow><mrow><mi>d</mi><mi>t</"
                            "mi></mrow></mfrac>",
                            "="),
            [EBB_ROW_CHANGE] = MATHML_LEFT("<mi>d</mi>\16", "="),
            [EBB_ROW_NEXT] = MATHML_LEFT(
                "\16<mo>(</mo><mi>t</mi><mo>+</mo><mn>1</mn><mo>)</mo>", "="),
            [EBB_ROW_NOISE] = MATHML_LEFT("<mtext>noise of&#160;</mtext>\16", "="),
            [EBB_ROW_PAST] = MATHML_LEFT("\16<mo>(</mo><mi>t</mi><mo>)</mo>", "="),
            [EBB_ROW_RATE] = MATHML_LEFT("<mtext>rate of&#160;</mtext>\16", "="),
            [EBB_ROW_WHEN] = MATHML_LEFT("<mtext>moment of&#160;</mtext>\16", ":"),
            [EBB_ROW_SIZE] = MATHML_LEFT("<mi>size</mi>", "="),
            [EBB_ROW_LAW] = MATHML_LEFT("<mi>size</mi>", "∼"),
            [EBB_ROW_SET] = MATHML_LEFT("\16", "←"),
        },
    .begin = "<mtr><mtd>",
    .end = "</mtd></mtr>\n",
    .drift = "\1<mi>d</mi><mi>t</mi>",
    .chance = "<mo>+</mo>\1<mi>d</mi><msub><mi>W</mi>\16</msub>",
    .chance_step = "<mo>+</mo>\1<msub><mi>ε</mi>\16</msub>",
    .symbol = mathml_symbol,
    .number = mathml_number,
};
