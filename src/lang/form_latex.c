/* SPDX-License-Identifier: MIT
 * How LaTeX writes a formula: rows of an `align` of amsmath. */
#include <string.h>

#include "lang/forms.h"

static const struct {
    uint32_t word;
    const char *text;
} latex_calls[] = {
    {EBB_WORD_EXP, "\\exp\6"},
    {EBB_WORD_LOG, "\\ln\6"},
    {EBB_WORD_SQRT, "\\sqrt{\1}"},
    {EBB_WORD_SIN, "\\sin\6"},
    {EBB_WORD_COS, "\\cos\6"},
    {EBB_WORD_TANH, "\\tanh\6"},
    {EBB_WORD_ATAN, "\\arctan\6"},
    {EBB_WORD_EXPM1, "\\operatorname{expm1}\6"},
    {EBB_WORD_LOG1P, "\\operatorname{log1p}\6"},
    {EBB_WORD_LOGISTIC, "\\operatorname{logistic}\6"},
    {EBB_WORD_SOFTPLUS, "\\operatorname{softplus}\6"},
    {EBB_WORD_FLOOR, "\\left\\lfloor \1\\right\\rfloor "},
    {EBB_WORD_ABS, "\\left\\lvert \1\\right\\rvert "},
    {EBB_WORD_POS, "\\left[\1\\right]_{+}"},
    {EBB_WORD_SIGN, "\\operatorname{sgn}\6"},
    {EBB_WORD_MIN, "\\min\6"},
    {EBB_WORD_MAX, "\\max\6"},
    {EBB_WORD_CLAMP, "\\operatorname{clamp}\6"},
    {EBB_WORD_SUM, "\\sum_{k}\1"},
    {EBB_WORD_PRODUCT, "\\prod_{k}\1"},
    {EBB_WORD_MEAN, "\\operatorname*{mean}_{k}\1"},
    {EBB_WORD_LOWEST, "\\min_{k}\6"},
    {EBB_WORD_HIGHEST, "\\max_{k}\6"},
};

static const char *latex_call(uint32_t word)
{
    for (size_t i = 0; i < sizeof latex_calls / sizeof *latex_calls; i++) {
        if (latex_calls[i].word == word) {
            return latex_calls[i].text;
        }
    }
    return NULL;
}

/* Letters of a name in a text font; `_` is the only one that LaTeX takes for its own.
 */
static void latex_word(ebb_text_t *out, const char *font, const char *name)
{
    ebb_text_printf(out, "\\%s{", font);
    for (; *name; name++) {
        ebb_text_puts(out, *name == '_' ? "\\" : "");
        ebb_text_append(out, name, 1);
    }
    ebb_text_puts(out, "}");
}

static void latex_symbol(ebb_text_t *out, const ebb_symbol_t *symbol)
{
    size_t base = ebb_symbol_base(symbol->name), length = strlen(symbol->name);
    const char *index = symbol->name + base;
    index += *index == '_';
    if (ebb_greek(symbol->name, base)) {
        ebb_text_printf(out, "\\%.*s", (int)base, symbol->name);
        ebb_text_puts(out, base < length || symbol->owner ? "" : " ");
    } else if (base == 1) {
        ebb_text_append(out, symbol->name, 1);
    } else {
        latex_word(out, "mathit", symbol->name);
    }
    if (base < length || symbol->owner) {
        ebb_text_puts(out, "_{");
        if (base < length) {
            latex_word(out, "mathrm", index);
        }
        ebb_text_puts(out, base < length && symbol->owner ? "," : "");
        if (symbol->owner && symbol->named) {
            latex_word(out, "mathrm", symbol->owner);
        } else if (symbol->owner) {
            ebb_text_puts(out, symbol->owner);
        }
        ebb_text_puts(out, "}");
    }
}

static void latex_number(ebb_text_t *out, double value)
{
    char digits[EBB_DIGITS];
    const char *power = ebb_symbol_digits(digits, value);
    if (!(value - value == 0)) {
        ebb_text_puts(out, value < 0 ? "-\\infty " : "\\infty ");
    } else {
        ebb_text_printf(out, *power ? "%s\\cdot 10^{%s}" : "%s", digits, power);
    }
}

const ebb_form_t ebb_form_latex = {
    .operators =
        {
            [EBB_OPERATOR_OR] = "\1\\text{ or }\2",
            [EBB_OPERATOR_AND] = "\1\\text{ and }\2",
            [EBB_OPERATOR_NOT] = "\\text{not }\1",
            [EBB_OPERATOR_LT] = "\1 < \2",
            [EBB_OPERATOR_LE] = "\1 \\le \2",
            [EBB_OPERATOR_GT] = "\1 > \2",
            [EBB_OPERATOR_GE] = "\1 \\ge \2",
            [EBB_OPERATOR_EQ] = "\1 = \2",
            [EBB_OPERATOR_NE] = "\1 \\ne \2",
            [EBB_OPERATOR_ADD] = "\1 \4+ \2",
            [EBB_OPERATOR_SUB] = "\1 \4- \2",
            [EBB_OPERATOR_MUL] = "\1\5\\,\2",
            [EBB_OPERATOR_DIV] = "\\frac{\1}{\2}",
            [EBB_OPERATOR_NEG] = "-\1",
            [EBB_OPERATOR_POWER] = "{\1}^{\2}",
            [EBB_OPERATOR_IF] = "\\begin{cases}\7\\end{cases}",
        },
    .dotted = "\1 \5\\cdot \2",
    .division = "\1 \5\\mathbin{/} \2",
    .row = "\2 & \\text{if }\1 \\\\ ",
    .last_row = "\3 & \\text{otherwise}",
    .open = {"(", "\\biggl(", "\\left("},
    .close = {")", "\\biggr)", "\\right)"},
    .comma = ", ",
    .equals = " &= ",
    .plus = " + ",
    .minus = " - ",
    .time = "t",
    .pi = "\\pi ",
    .delayed = "\16(t - \1)",
    .call = latex_call,
    .named_call = "\17\6",
    .rows =
        {
            [EBB_ROW_VALUE] = "\16 &= ",
            [EBB_ROW_CONDITION] = "\16 &\\Leftrightarrow ",
            [EBB_ROW_SLOPE] = "\\frac{\\mathrm{d}\16}{\\mathrm{d}t} &= ",
            [EBB_ROW_CHANGE] = "\\mathrm{d}\16 &= ",
            [EBB_ROW_NEXT] = "\16(t+1) &= ",
            [EBB_ROW_NOISE] = "\\text{noise of }\16 &= ",
            [EBB_ROW_PAST] = "\16(t) &= ",
            [EBB_ROW_RATE] = "\\text{rate of }\16 &= ",
            [EBB_ROW_WHEN] = "\\text{moment of }\16 &\\colon ",
            [EBB_ROW_SIZE] = "\\mathit{size} &= ",
            [EBB_ROW_LAW] = "\\mathit{size} &\\sim ",
            [EBB_ROW_SET] = "\16 &\\leftarrow ",
        },
    .begin = "  ",
    .end = " \\\\\n",
    .drift = "\1\5\\,\\mathrm{d}t",
    .chance = " \4+ \1\5\\,\\mathrm{d}W_{\16}",
    .chance_step = " \4+ \1\5\\,\\varepsilon_{\16}",
    .symbol = latex_symbol,
    .number = latex_number,
    .finish = ebb_latex_break,
};
