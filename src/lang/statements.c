/* SPDX-License-Identifier: MIT
 * The statements of a model, row by row, in any form. */
#include "lang/forms.h"

ebb_voice_t ebb_voice_of(const ebb_model_t *model, uint32_t name)
{
    ebb_voice_t voice = {.person = 0, .own = {.owner = "i"}};
    if (name != EBB_NONE) {
        voice.person = ebb_person_of(&model->build, name);
        voice.own.owner = ebb_name(&model->reading, name);
        voice.own.named = true;
    }
    return voice;
}

/* The voice of what is about a quantity: of the couple where that is shared. */
static ebb_voice_t statement_voice(const ebb_writing_t *writing,
                                   const ebb_target_t *target)
{
    ebb_voice_t voice = ebb_voice_of(writing->model, target->person);
    if (target->person == EBB_NONE &&
        !ebb_declared(&writing->model->build, target->name, voice.person)) {
        voice.person = EBB_NONE;
    }
    voice.about = target;
    return voice;
}

/* --- rows ------------------------------------------------------------------------- */

static size_t row_begin(ebb_writing_t *writing, ebb_row_kind_t row)
{
    size_t begin = writing->out->length;
    ebb_text_puts(writing->out, writing->form->begin);
    ebb_write_template(writing, writing->form->rows[row], (ebb_formula_t){0}, "");
    return begin;
}

static void row_end(ebb_writing_t *writing, size_t begin)
{
    if (writing->form->finish) {
        writing->form->finish(writing->out, begin);
    }
    ebb_text_puts(writing->out, writing->form->end);
}

static void row_write(ebb_writing_t *writing, ebb_row_kind_t row, ebb_formula_t formula)
{
    size_t begin = row_begin(writing, row);
    ebb_write_formula(writing, formula, EBB_TIE_CASES, true);
    row_end(writing, begin);
}

/* --- declarations ----------------------------------------------------------------- */

static bool statement_is_condition(const ebb_writing_t *writing,
                                   const ebb_declaration_t *d)
{
    return writing->model->system.lets[d->first_slot].condition;
}

static void statement_let(ebb_writing_t *writing, const ebb_declaration_t *d)
{
    writing->voice = statement_voice(writing, &d->target);
    row_write(writing,
              statement_is_condition(writing, d) ? EBB_ROW_CONDITION : EBB_ROW_VALUE,
              d->value);
}

/* f(x, y) = ...: the left side is a call, whose operands are names. */
static void statement_function(ebb_writing_t *writing, const ebb_declaration_t *d)
{
    const ebb_form_t *form = writing->form;
    const ebb_target_t *arguments = writing->model->syntax.arguments.items;
    ebb_text_t *out = writing->out;
    ebb_symbol_t symbol = {.name = ebb_name(&writing->model->reading, d->target.name)};
    size_t begin = out->length;
    writing->voice = (ebb_voice_t){.person = EBB_NONE, .function = d};
    ebb_text_puts(out, form->begin);
    form->symbol(out, &symbol);
    ebb_text_puts(out, form->open[0]);
    for (uint32_t i = 0; i < d->argument_count; i++) {
        ebb_text_puts(out, i ? form->comma : "");
        symbol.name =
            ebb_name(&writing->model->reading, arguments[d->first_argument + i].name);
        form->symbol(out, &symbol);
    }
    ebb_text_puts(out, form->close[0]);
    ebb_text_puts(out, form->equals);
    ebb_write_formula(writing, d->value, EBB_TIE_CASES, true);
    row_end(writing, begin);
}

static void statements_declared(ebb_writing_t *writing, ebb_declared_t kind)
{
    const ebb_declaration_t *all = writing->model->syntax.declarations.items;
    for (size_t i = 0; i < writing->model->syntax.declarations.count; i++) {
        if (all[i].kind == kind && kind == EBB_DECLARED_LET) {
            statement_let(writing, &all[i]);
        } else if (all[i].kind == kind) {
            statement_function(writing, &all[i]);
        }
    }
}

/* --- equations -------------------------------------------------------------------- */

/* The noise of the same state, or NULL. */
static const ebb_equation_syntax_t *statement_noise(const ebb_syntax_t *syntax,
                                                    const ebb_target_t *target)
{
    const ebb_equation_syntax_t *all = syntax->equations.items;
    for (size_t i = 0; i < syntax->equations.count; i++) {
        if (all[i].kind == EBB_EQUATION_NOISE && all[i].target.name == target->name &&
            all[i].target.person == target->person) {
            return &all[i];
        }
    }
    return NULL;
}

/* Noise of a person whose equation is written for all: a row of its own. */
static bool statement_is_apart(const ebb_syntax_t *syntax,
                               const ebb_equation_syntax_t *noise)
{
    const ebb_equation_syntax_t *all = syntax->equations.items;
    for (size_t i = 0; i < syntax->equations.count; i++) {
        if ((all[i].kind == EBB_EQUATION_D || all[i].kind == EBB_EQUATION_NEXT) &&
            all[i].target.name == noise->target.name &&
            all[i].target.person == noise->target.person) {
            return false;
        }
    }
    return true;
}

static void statement_equation(ebb_writing_t *writing, const ebb_equation_syntax_t *e)
{
    const ebb_form_t *form = writing->form;
    const ebb_equation_syntax_t *noise =
        statement_noise(&writing->model->syntax, &e->target);
    bool step = e->kind == EBB_EQUATION_NEXT;
    if (!noise) {
        row_write(writing, step ? EBB_ROW_NEXT : EBB_ROW_SLOPE, e->value);
        return;
    }
    size_t begin = row_begin(writing, step ? EBB_ROW_NEXT : EBB_ROW_CHANGE);
    if (step) {
        ebb_write_formula(writing, e->value, EBB_TIE_SUM, true);
    } else {
        ebb_write_template(writing, form->drift, e->value, "");
    }
    ebb_write_template(writing, step ? form->chance_step : form->chance, noise->value,
                       "");
    row_end(writing, begin);
}

static void statements_equations(ebb_writing_t *writing, bool history)
{
    const ebb_syntax_t *syntax = &writing->model->syntax;
    const ebb_equation_syntax_t *all = syntax->equations.items;
    for (size_t i = 0; i < syntax->equations.count; i++) {
        const ebb_equation_syntax_t *e = &all[i];
        writing->voice = statement_voice(writing, &e->target);
        if (history && e->kind == EBB_EQUATION_HISTORY) {
            row_write(writing, EBB_ROW_PAST, e->value);
        } else if (!history && e->kind == EBB_EQUATION_NOISE &&
                   statement_is_apart(syntax, e)) {
            row_write(writing, EBB_ROW_NOISE, e->value);
        } else if (!history &&
                   (e->kind == EBB_EQUATION_D || e->kind == EBB_EQUATION_NEXT)) {
            statement_equation(writing, e);
        }
    }
}

/* --- events ----------------------------------------------------------------------- */

static void statement_size(ebb_writing_t *writing, const ebb_event_syntax_t *event)
{
    const ebb_form_t *form = writing->form;
    if (event->size[0].begin == event->size[0].end) {
        return;
    }
    if (event->law == 0) {
        row_write(writing, EBB_ROW_SIZE, event->size[0]);
        return;
    }
    size_t begin = row_begin(writing, EBB_ROW_LAW);
    ebb_write_template(writing, "\17", event->size[0],
                       ebb_name(&writing->model->reading, event->law));
    ebb_text_puts(writing->out, form->open[0]);
    ebb_write_formula(writing, event->size[0], EBB_TIE_CASES, false);
    if (event->size[1].begin < event->size[1].end) {
        ebb_text_puts(writing->out, form->comma);
        ebb_write_formula(writing, event->size[1], EBB_TIE_CASES, false);
    }
    ebb_text_puts(writing->out, form->close[0]);
    row_end(writing, begin);
}

/* Whose an action's formula is: the event's, and in a shared event that of the person
 * whose state it changes. */
static ebb_voice_t statement_action_voice(const ebb_writing_t *writing,
                                          const ebb_event_syntax_t *event,
                                          const ebb_target_t *target)
{
    ebb_voice_t voice = event->shared
                            ? statement_voice(writing, target)
                            : ebb_voice_of(writing->model, event->target.person);
    voice.about = target;
    return voice;
}

static void statement_action(ebb_writing_t *writing, const ebb_event_syntax_t *event,
                             const ebb_action_syntax_t *action)
{
    writing->voice = statement_action_voice(writing, event, &action->target);
    if (action->mark == EBB_LEX_ASSIGN) {
        row_write(writing, EBB_ROW_SET, action->value);
        return;
    }
    size_t begin = row_begin(writing, EBB_ROW_SET);
    bool more = action->mark == EBB_LEX_ADD_TO;
    ebb_write_target(writing, &action->target, false);
    ebb_text_puts(writing->out, more ? writing->form->plus : writing->form->minus);
    ebb_write_formula(writing, action->value, more ? EBB_TIE_SUM : EBB_TIE_OVER, true);
    row_end(writing, begin);
}

static void statement_event(ebb_writing_t *writing, const ebb_event_syntax_t *event)
{
    const ebb_action_syntax_t *actions = writing->model->syntax.actions.items;
    const ebb_voice_t couple = {.person = EBB_NONE, .about = &event->target};
    ebb_voice_t voice = ebb_voice_of(writing->model, event->target.person);
    voice.about = &event->target;
    voice.event = !event->shared;
    writing->voice = event->shared ? couple : voice;
    row_write(writing, event->when ? EBB_ROW_WHEN : EBB_ROW_RATE, event->rate);
    statement_size(writing, event);
    for (uint32_t i = 0; i < event->action_count; i++) {
        statement_action(writing, event, &actions[event->first_action + i]);
    }
}

static void statements_events(ebb_writing_t *writing)
{
    const ebb_event_syntax_t *all = writing->model->syntax.events.items;
    for (size_t i = 0; i < writing->model->syntax.events.count; i++) {
        statement_event(writing, &all[i]);
    }
}

/* --- sections --------------------------------------------------------------------- */

static bool section_declares(const ebb_syntax_t *syntax, ebb_declared_t kind)
{
    const ebb_declaration_t *all = syntax->declarations.items;
    for (size_t i = 0; i < syntax->declarations.count; i++) {
        if (all[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool section_has_history(const ebb_syntax_t *syntax)
{
    const ebb_equation_syntax_t *all = syntax->equations.items;
    for (size_t i = 0; i < syntax->equations.count; i++) {
        if (all[i].kind == EBB_EQUATION_HISTORY) {
            return true;
        }
    }
    return false;
}

bool ebb_chapter_has(const ebb_syntax_t *syntax, ebb_chapter_t section)
{
    switch (section) {
    case EBB_CHAPTER_FUNCTIONS:
        return section_declares(syntax, EBB_DECLARED_FUNCTION);
    case EBB_CHAPTER_LETS:
        return section_declares(syntax, EBB_DECLARED_LET);
    case EBB_CHAPTER_EQUATIONS:
        return syntax->equations.count > 0;
    case EBB_CHAPTER_HISTORY:
        return section_has_history(syntax);
    case EBB_CHAPTER_EVENTS:
        return syntax->events.count > 0;
    case EBB_CHAPTER_COUNT:
        break;
    }
    return false;
}

void ebb_chapter_write(ebb_writing_t *writing, ebb_chapter_t section)
{
    if (section == EBB_CHAPTER_FUNCTIONS) {
        statements_declared(writing, EBB_DECLARED_FUNCTION);
    } else if (section == EBB_CHAPTER_LETS) {
        statements_declared(writing, EBB_DECLARED_LET);
    } else if (section == EBB_CHAPTER_EVENTS) {
        statements_events(writing);
    } else {
        statements_equations(writing, section == EBB_CHAPTER_HISTORY);
    }
}
