/* SPDX-License-Identifier: MIT
 * A model as a LaTeX document: what it is, its equations, and a table of its
 * quantities. */
#include <string.h>

#include "ebb/document.h"
#include "lang/forms.h"

static const char *const latex_titles[EBB_CHAPTER_COUNT] = {
    "Functions", "Definitions", "Equations", "Before the start", "Events"};

/* Every string that a reader of the document will see. */
static const char *latex_string(const ebb_system_t *system, size_t i)
{
    size_t quantity = (i - 2) / 2;
    if (i < 2) {
        return i ? system->source : system->text;
    }
    return quantity >= system->quantity_count ? NULL
           : i % 2                            ? system->quantities[quantity].source
                                              : system->quantities[quantity].text;
}

/* Whether pdfLaTeX prints a character out of the box. */
static bool latex_is_known(uint32_t point)
{
    return point < 0x180
               ? point < 0x80 || point >= 0xA0
               : strchr("\x13\x14\x18\x19\x1C\x1D\x26", (int)(point & 0xFF)) &&
                     point >> 8 == 0x20;
}

static int latex_declare(ebb_text_t *out, const char *text, ebb_list_t *declared,
                         const ebb_alloc_t *alloc)
{
    for (uint32_t point; (point = ebb_text_step(&text)) != 0;) {
        bool known = latex_is_known(point);
        for (size_t i = 0; i < declared->count && !known; i++) {
            known = ((uint32_t *)declared->items)[i] == point;
        }
        if (!known && declared->count < 500) {
            uint32_t *item = ebb_list_push(declared, alloc, sizeof *item);
            if (!item) {
                return EBB_ERR_MEMORY;
            }
            *item = point;
            ebb_text_printf(out, "\\DeclareUnicodeCharacter{%04X}{[U+%04X]}\n",
                            (unsigned)point, (unsigned)point);
        }
    }
    return EBB_OK;
}

/* pdfLaTeX stops at characters that its fonts lack; these are printed by number. */
static void latex_characters(const ebb_model_t *model, ebb_text_t *out)
{
    ebb_list_t declared = {0};
    const char *text = NULL;
    for (size_t i = 0; (text = latex_string(&model->system, i)) != NULL; i++) {
        if (latex_declare(out, text, &declared, &model->alloc)) {
            out->failed = EBB_ERR_MEMORY;
        }
    }
    ebb_list_free(&declared, &model->alloc, sizeof(uint32_t));
}

static void latex_head(const ebb_model_t *model, ebb_text_t *out)
{
    const ebb_system_t *system = &model->system;
    ebb_text_puts(out, "\\documentclass[a4paper,10pt]{article}\n"
                       "\\usepackage[margin=22mm]{geometry}\n"
                       "\\usepackage{amsmath,array,booktabs,iftex,longtable}\n"
                       "\\ifPDFTeX\n"
                       "\\usepackage[T1]{fontenc}\n"
                       "\\usepackage[utf8]{inputenc}\n"
                       "\\usepackage{textcomp}\n"
                       "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n");
    latex_characters(model, out);
    ebb_text_puts(out, "\\else\n"
                       "\\usepackage{fontspec}\n"
                       "\\fi\n"
                       "\\allowdisplaybreaks\n"
                       "\\setlength{\\parindent}{0pt}\n"
                       "\\begin{document}\n"
                       "\\section*{");
    ebb_latex_text(out, system->text[0] ? system->text : system->name);
    ebb_text_puts(out, "}\nModel \\texttt{");
    ebb_latex_text(out, system->name);
    ebb_text_printf(out, "}, in %s time; the unit of time is the \\emph{",
                    system->steps ? "discrete" : "continuous");
    ebb_latex_text(out, system->time_unit);
    ebb_text_puts(out, "}.\n");
    if (system->source[0]) {
        ebb_text_puts(out, "Source: ");
        ebb_latex_text(out, system->source);
        ebb_text_puts(out, ".\n");
    }
}

/* Sentences on signs that not every reader knows. */
static const struct {
    uint32_t word;
    const char *text;
} latex_signs[] = {
    {EBB_WORD_LOGISTIC, "$\\operatorname{logistic}(x) = 1/(1 + \\exp(-x))$.\n"},
    {EBB_WORD_SOFTPLUS, "$\\operatorname{softplus}(x) = \\ln(1 + \\exp(x))$.\n"},
    {EBB_WORD_EXPM1, "$\\operatorname{expm1}(x) = \\exp(x) - 1$.\n"},
    {EBB_WORD_LOG1P, "$\\operatorname{log1p}(x) = \\ln(1 + x)$.\n"},
    {EBB_WORD_POS, "$[x]_{+}$ is $x$ where positive, else 0.\n"},
    {EBB_WORD_CLAMP,
     "$\\operatorname{clamp}(x, l, h)$ is $x$, at least $l$, at most $h$.\n"},
};

static bool latex_has_people(const ebb_writing_t *writing)
{
    for (uint32_t word = 0; word < EBB_WORD_COUNT; word++) {
        if (writing->seen[word] && ebb_word_kind(word) == EBB_IS_PEOPLE) {
            return true;
        }
    }
    return false;
}

static bool latex_has_noise(const ebb_syntax_t *syntax)
{
    const ebb_equation_syntax_t *all = syntax->equations.items;
    for (size_t i = 0; i < syntax->equations.count; i++) {
        if (all[i].kind == EBB_EQUATION_NOISE) {
            return true;
        }
    }
    return false;
}

static void latex_notation(const ebb_writing_t *writing)
{
    const ebb_model_t *model = writing->model;
    const ebb_system_t *system = &model->system;
    ebb_text_t *out = writing->out;
    ebb_text_puts(out, "\\subsection*{Notation}\n");
    if (writing->indexed) {
        ebb_text_puts(out, system->alike
                               ? "What has an index $i$ holds for each of the two "
                                 "partners; $j$ is the other one.\n"
                               : "What has an index $i$ holds for each person.\n");
    }
    if (latex_has_people(writing)) {
        ebb_text_puts(out,
                      "$k$ goes through all persons; $l$ is the partner of $k$.\n");
    }
    if (system->steps) {
        ebb_text_puts(out, "What has no time is at step $t$.\n");
    }
    if (latex_has_noise(&model->syntax)) {
        ebb_text_puts(out, system->steps
                               ? "$\\varepsilon$ are independent standard normal "
                                 "numbers, new at each step.\n"
                               : "$W$ are independent Wiener processes (It\\^o).\n");
    }
    if (ebb_chapter_has(&model->syntax, EBB_CHAPTER_EVENTS)) {
        ebb_text_puts(out, "In an event the right sides are as they were before it.\n");
    }
    for (size_t i = 0; i < sizeof latex_signs / sizeof *latex_signs; i++) {
        ebb_text_puts(out,
                      writing->seen[latex_signs[i].word] ? latex_signs[i].text : "");
    }
}

int ebb_document_latex(const ebb_model_t *model, ebb_text_t *out)
{
    ebb_writing_t writing;
    ebb_writing_begin(&writing, model, &ebb_form_latex, out);
    latex_head(model, out);
    for (int i = 0; i < EBB_CHAPTER_COUNT && !out->failed; i++) {
        if (ebb_chapter_has(&model->syntax, (ebb_chapter_t)i)) {
            ebb_text_printf(out, "\\subsection*{%s}\n\\begin{align*}\n",
                            latex_titles[i]);
            ebb_chapter_write(&writing, (ebb_chapter_t)i);
            if (!out->failed && out->length > 4) {
                out->length -= 4; /* no line break after the last row */
            }
            ebb_text_puts(out, "\n\\end{align*}\n");
        }
    }
    if (!out->failed) {
        latex_notation(&writing);
        ebb_latex_tables(&writing);
        ebb_text_puts(out, "\\end{document}\n");
    }
    ebb_writing_end(&writing);
    return out->failed;
}
