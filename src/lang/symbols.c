/* SPDX-License-Identifier: MIT
 * Names and texts as documents write them: Greek letters, indices, and what must be
 * escaped. */
#include <stdio.h>
#include <string.h>

#include "core/json.h"
#include "lang/forms.h"
#include "math/bits.h"

/* omicron and the capitals that look Latin have no command of their own in LaTeX */
static const struct {
    const char *name, *letter;
} greek_letters[] = {
    {"alpha", "α"},  {"beta", "β"},  {"gamma", "γ"},   {"delta", "δ"}, {"epsilon", "ε"},
    {"zeta", "ζ"},   {"eta", "η"},   {"theta", "θ"},   {"iota", "ι"},  {"kappa", "κ"},
    {"lambda", "λ"}, {"mu", "μ"},    {"nu", "ν"},      {"xi", "ξ"},    {"rho", "ρ"},
    {"sigma", "σ"},  {"tau", "τ"},   {"upsilon", "υ"}, {"phi", "φ"},   {"chi", "χ"},
    {"psi", "ψ"},    {"omega", "ω"}, {"Gamma", "Γ"},   {"Delta", "Δ"}, {"Theta", "Θ"},
    {"Lambda", "Λ"}, {"Xi", "Ξ"},    {"Pi", "Π"},      {"Sigma", "Σ"}, {"Phi", "Φ"},
    {"Psi", "Ψ"},    {"Omega", "Ω"},
};

const char *ebb_greek(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof greek_letters / sizeof *greek_letters; i++) {
        if (strlen(greek_letters[i].name) == length &&
            memcmp(greek_letters[i].name, name, length) == 0) {
            return greek_letters[i].letter;
        }
    }
    return NULL;
}

static bool symbol_is_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

size_t ebb_symbol_base(const char *name)
{
    size_t base = strcspn(name, "_0123456789");
    bool letter = base == 1 || ebb_greek(name, base);
    bool index = name[base] == '_' ? name[base + 1] != '\0' && name[base + 1] != '_'
                                   : symbol_is_digits(name + base);
    return letter && index ? base : strlen(name);
}

const char *ebb_symbol_digits(char digits[EBB_DIGITS], double value)
{
    if (ebb_magnitude(value) < 1e6 && ebb_nearest(value) == value) {
        (void)snprintf(digits, EBB_DIGITS, "%.0f", value);
        return "";
    }
    (void)ebb_number_format(digits, value);
    char *power = strchr(digits, 'e');
    if (!power) {
        return "";
    }
    *power++ = '\0';
    bool below = *power == '-';
    power += strspn(power, "+-0");
    if (below) {
        *--power = '-'; /* over the last of what was skipped */
    }
    return power;
}

uint32_t ebb_text_step(const char **text)
{
    const unsigned char *s = (const unsigned char *)*text;
    int more = s[0] < 0xC0 ? 0 : s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
    uint32_t point = more ? s[0] & (0x3Fu >> more) : s[0];
    for (int i = 1; i <= more; i++) {
        point = point << 6 | (s[i] & 0x3Fu);
    }
    *text += point ? more + 1 : 0;
    return point;
}

/* What LaTeX wants instead of a character of text; NULL: itself. */
static const char *latex_escape(uint32_t point)
{
    switch (point) {
    case '\\':
        return "\\textbackslash{}";
    case '~':
        return "\\textasciitilde{}";
    case '^':
        return "\\textasciicircum{}";
    case '<':
        return "\\textless{}";
    case '>':
        return "\\textgreater{}";
    case '|':
        return "\\textbar{}";
    case '"':
        return "\\textquotedbl{}";
    case '`':
        return "\\textasciigrave{}";
    default:
        return NULL;
    }
}

void ebb_latex_text(ebb_text_t *out, const char *text)
{
    for (const char *next = text; ebb_text_step(&next); text = next) {
        uint32_t point = (unsigned char)*text;
        const char *instead = latex_escape(point);
        if (instead) {
            ebb_text_puts(out, instead);
        } else if (point < ' ' || point == 0x7F) {
            ebb_text_puts(out, " ");
        } else {
            ebb_text_puts(out, strchr("#$%&_{}", (int)point) ? "\\" : "");
            ebb_text_append(out, text, (size_t)(next - text));
            /* two of these would become one character */
            ebb_text_puts(out, strchr("-,'", (int)point) && *next == *text ? "{}" : "");
        }
    }
}

void ebb_xml_text(ebb_text_t *out, const char *text)
{
    for (const char *next = text; *text; text = next) {
        uint32_t point = ebb_text_step(&next);
        if (point == '&' || point == '<' || point == '>' || point == '"') {
            ebb_text_printf(out, "&#%u;", (unsigned)point);
        } else if (point < ' ' || point == 0xFFFE || point == 0xFFFF) {
            ebb_text_puts(out, " "); /* XML has no such characters */
        } else {
            ebb_text_append(out, text, (size_t)(next - text));
        }
    }
}
