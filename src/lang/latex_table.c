/* SPDX-License-Identifier: MIT
 * The table of a model's quantities in LaTeX: one row for each declaration. */
#include "lang/forms.h"
#include "math/bits.h"

typedef struct ebb_latex_group {
    ebb_declared_t kind;
    const char *title, *value;
} ebb_latex_group_t;

static const ebb_latex_group_t table_groups[] = {
    {EBB_DECLARED_STATE, "States", "Start"},
    {EBB_DECLARED_LET, "Derived quantities", ""},
    {EBB_DECLARED_INPUT, "Inputs", "Value"},
    {EBB_DECLARED_TRAIT, "Traits", "Value"},
    {EBB_DECLARED_PARAM, "Parameters", "Value"},
};

/* Whether there is anything to say of a group. What lets are is in the definitions;
 * they have rows if one of them has words or a unit. */
static bool table_has(const ebb_model_t *model, ebb_declared_t kind)
{
    const ebb_declaration_t *all = model->syntax.declarations.items;
    for (size_t i = 0; i < model->syntax.declarations.count; i++) {
        const ebb_quantity_t *quantity = &model->system.quantities[i];
        bool said = quantity->text[0] || quantity->source[0] || quantity->unit[0];
        if (all[i].kind == kind && (said || kind != EBB_DECLARED_LET)) {
            return true;
        }
    }
    return false;
}

/* The voice in which a declaration's own name and its initial value are written. */
static void table_voice(ebb_writing_t *writing, const ebb_declaration_t *d)
{
    writing->voice = ebb_voice_of(writing->model, d->target.person);
    if (d->shared) {
        writing->voice.person = EBB_NONE;
    }
    writing->voice.about = &d->target;
}

static void table_range(ebb_writing_t *writing, const ebb_declaration_t *d)
{
    static const char *const words[] = {"", "", "clipped to ", "reflected at "};
    double low = d->number[1], high = d->number[2];
    if (d->range == EBB_RANGE_NONE) {
        return;
    }
    ebb_text_puts(writing->out, words[d->range]);
    ebb_text_puts(writing->out, low == -EBB_INFINITY ? "$(" : "$[");
    writing->form->number(writing->out, low);
    ebb_text_puts(writing->out, ", ");
    writing->form->number(writing->out, high);
    ebb_text_puts(writing->out, high == EBB_INFINITY ? ")$" : "]$");
}

/* Description and source; a gap between them where both are there. */
static void table_words(ebb_text_t *out, const ebb_quantity_t *quantity)
{
    ebb_latex_text(out, quantity->text);
    if (quantity->source[0]) {
        ebb_text_puts(out, quantity->text[0] ? " \\emph{" : "\\emph{");
        ebb_latex_text(out, quantity->source);
        ebb_text_puts(out, "}");
    }
}

static void table_row(ebb_writing_t *writing, const ebb_declaration_t *d,
                      const ebb_quantity_t *quantity)
{
    ebb_text_t *out = writing->out;
    table_voice(writing, d);
    ebb_text_puts(out, "$");
    ebb_write_target(writing, &d->target, false);
    ebb_text_puts(out, "$ & ");
    if (d->kind != EBB_DECLARED_LET) {
        ebb_text_puts(out, "$");
        ebb_write_formula(writing, d->value, EBB_TIE_CASES, false);
        ebb_text_puts(out, "$");
    }
    ebb_text_puts(out, " & ");
    table_range(writing, d);
    ebb_text_puts(out, " & ");
    ebb_latex_text(out, quantity->unit);
    ebb_text_puts(out, " & ");
    table_words(out, quantity);
    ebb_text_puts(out, " \\\\\n");
}

static void table_group(ebb_writing_t *writing, const ebb_latex_group_t *group)
{
    const ebb_syntax_t *syntax = &writing->model->syntax;
    const ebb_declaration_t *all = syntax->declarations.items;
    ebb_text_printf(writing->out,
                    "\\subsection*{%s}\n"
                    "\\begin{longtable}{@{}lll>{\\raggedright}p{0.10\\textwidth}"
                    ">{\\raggedright\\arraybackslash}p{0.35\\textwidth}@{}}\n"
                    "\\toprule\n"
                    " & %s & Range & Unit & Meaning, \\emph{source} \\\\\n"
                    "\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n",
                    group->title, group->value);
    for (size_t i = 0; i < syntax->declarations.count; i++) {
        if (all[i].kind == group->kind) {
            table_row(writing, &all[i], &writing->model->system.quantities[i]);
        }
    }
    ebb_text_puts(writing->out, "\\end{longtable}\n");
}

/* What the events mean, where that is said. */
static void table_events(ebb_writing_t *writing)
{
    const ebb_syntax_t *syntax = &writing->model->syntax;
    const ebb_event_syntax_t *all = syntax->events.items;
    for (size_t i = 0; i < syntax->events.count; i++) {
        if (all[i].text[0]) {
            ebb_text_puts(writing->out, "\\texttt{");
            ebb_latex_text(writing->out,
                           ebb_name(&writing->model->reading, all[i].target.name));
            ebb_text_puts(writing->out, "}: ");
            ebb_latex_text(writing->out, all[i].text);
            ebb_text_puts(writing->out, ".\n\n");
        }
    }
}

void ebb_latex_tables(ebb_writing_t *writing)
{
    for (size_t i = 0; i < sizeof table_groups / sizeof *table_groups; i++) {
        if (table_has(writing->model, table_groups[i].kind)) {
            table_group(writing, &table_groups[i]);
        }
    }
    table_events(writing);
}
