/* SPDX-License-Identifier: MIT
 * Formulas written by a form: a stack of templates, each with the operation whose parts
 * it is about. What a template holds is put above it, so that nothing recurses. */
#include <string.h>

#include "lang/shape.h"
#include "lang/writing.h"

/* The rest of a template. */
typedef struct ebb_pending {
    const char *rest;
    uint32_t at;   /* instruction that the operands belong to */
    uint32_t next; /* of \6: which operand comes next */
    uint8_t level; /* how deep a break here would be; WRITING_WHOLE: none */
    bool people;   /* inside a sum over persons */
    bool all;      /* \6 is being written: `rest` is what stands between */
} ebb_pending_t;

#define WRITING_WHOLE 60u

static const ebb_instruction_t *writing_code(const ebb_writing_t *writing)
{
    return writing->model->syntax.code.items;
}

/* Whether a quantity is called t, so that the time cannot be. */
static bool writing_t_is_taken(const ebb_model_t *model)
{
    const ebb_system_t *system = &model->system;
    for (size_t i = 0; i < system->quantity_count; i++) {
        if (strcmp(system->quantities[i].name, "t") == 0) {
            return true;
        }
    }
    return false;
}

void ebb_writing_begin(ebb_writing_t *writing, const ebb_model_t *model,
                       const ebb_form_t *form, ebb_text_t *out)
{
    *writing = (ebb_writing_t){.model = model, .form = form, .out = out};
    size_t count = model->syntax.code.count;
    writing->t_is_taken = writing_t_is_taken(model);
    writing->shapes = ebb_new_array(&model->alloc, count + 1, sizeof *writing->shapes);
    if (writing->shapes) {
        ebb_shape_formulas(writing->shapes, &model->syntax);
    } else {
        out->failed = EBB_ERR_MEMORY;
    }
}

void ebb_writing_end(ebb_writing_t *writing)
{
    const ebb_alloc_t *alloc = &writing->model->alloc;
    ebb_free_array(alloc, writing->shapes, writing->model->syntax.code.count + 1,
                   sizeof *writing->shapes);
    ebb_list_free(&writing->stack, alloc, sizeof(ebb_pending_t));
}

/* --- names ------------------------------------------------------------------------ */

static bool writing_is_argument(const ebb_writing_t *writing,
                                const ebb_target_t *target)
{
    const ebb_declaration_t *function = writing->voice.function;
    const ebb_target_t *arguments = writing->model->syntax.arguments.items;
    for (uint32_t i = 0; function && i < function->argument_count; i++) {
        if (arguments[function->first_argument + i].name == target->name) {
            return true;
        }
    }
    return false;
}

/* The owner of a bare name: the one who speaks, if it is of a person. */
static void writing_own(ebb_writing_t *writing, const ebb_target_t *target, bool people,
                        ebb_symbol_t *symbol)
{
    const ebb_voice_t *voice = &writing->voice;
    uint32_t person = people ? 0 : voice->person;
    bool event = voice->event && target == voice->about;
    if (writing_is_argument(writing, target) || person == EBB_NONE ||
        (!event && !ebb_declared(&writing->model->build, target->name, person))) {
        return;
    }
    symbol->owner = people ? "k" : voice->own.owner;
    symbol->named = !people && voice->own.named;
    writing->indexed |= !people && !voice->own.named;
}

void ebb_write_target(ebb_writing_t *writing, const ebb_target_t *target, bool people)
{
    const ebb_reading_t *reading = &writing->model->reading;
    ebb_symbol_t symbol = {.name = ebb_name(reading, target->name)};
    if (target->person == EBB_WORD_PARTNER) {
        symbol.owner = people ? "l" : "j";
    } else if (target->person != EBB_NONE) {
        symbol.owner = ebb_name(reading, target->person);
        symbol.named = true;
    } else {
        writing_own(writing, target, people, &symbol);
    }
    writing->form->symbol(writing->out, &symbol);
}

static void writing_name(ebb_writing_t *writing, const ebb_instruction_t *at,
                         bool people)
{
    static const ebb_symbol_t word = {.name = "time"};
    const ebb_target_t target = {.person = at->person, .name = at->name};
    if (at->name == EBB_WORD_TIME && writing->t_is_taken) {
        writing->form->symbol(writing->out, &word);
    } else if (at->name == EBB_WORD_TIME) {
        ebb_text_puts(writing->out, writing->form->time);
    } else {
        ebb_write_target(writing, &target, people);
    }
}

/* --- templates -------------------------------------------------------------------- */

static void writing_push(ebb_writing_t *writing, ebb_pending_t pending)
{
    ebb_pending_t *top =
        ebb_list_push(&writing->stack, &writing->model->alloc, sizeof *top);
    if (top) {
        *top = pending;
    } else {
        writing->out->failed = EBB_ERR_MEMORY;
    }
}

static const char *writing_operator(const ebb_writing_t *writing, uint32_t at)
{
    const ebb_form_t *form = writing->form;
    const ebb_instruction_t *i = &writing_code(writing)[at];
    ebb_operator_t op = (ebb_operator_t)i->name;
    if (op == EBB_OPERATOR_MUL && (writing->shapes[at - 1].bare ||
                                   ebb_shape_parted(writing->shapes, op, 1, at - 1))) {
        return form->dotted;
    }
    return op == EBB_OPERATOR_DIV && writing->shapes[at].tie == EBB_TIE_PRODUCT
               ? form->division
               : form->operators[op];
}

static const char *writing_call(ebb_writing_t *writing, uint32_t word)
{
    const char *text = writing->form->call(word);
    if (text && word < EBB_WORD_COUNT) {
        writing->seen[word] = true;
    }
    return text ? text : writing->form->named_call;
}

/* Puts what is written for the formula that ends at an instruction. */
static void writing_visit(ebb_writing_t *writing, uint32_t at, unsigned level,
                          bool people)
{
    const ebb_instruction_t *i = &writing_code(writing)[at];
    ebb_pending_t pending = {.at = at, .level = (uint8_t)level, .people = people};
    switch ((ebb_code_kind_t)i->kind) {
    case EBB_CODE_NUMBER:
        if (i->number == 3.141592653589793) {
            ebb_text_puts(writing->out, writing->form->pi);
        } else {
            writing->form->number(writing->out, i->number);
        }
        return;
    case EBB_CODE_NAME:
        writing_name(writing, i, people);
        return;
    case EBB_CODE_OPERATOR:
        pending.rest = writing_operator(writing, at);
        break;
    case EBB_CODE_CALL:
        pending.rest = writing_call(writing, i->name);
        break;
    case EBB_CODE_DELAY:
        pending.rest = writing->form->delayed;
        break;
    case EBB_CODE_PEOPLE_END:
        pending.rest = writing_call(
            writing, writing_code(writing)[writing->shapes[at].start].name);
        pending.people = true;
        break;
    case EBB_CODE_PEOPLE:
    case EBB_CODE_RUN:
    case EBB_CODE_RUN_SPAN:
    case EBB_CODE_RUN_END:
        return;
    }
    writing_push(writing, pending);
}

static uint32_t writing_operands(const ebb_instruction_t *i)
{
    bool one = i->kind == EBB_CODE_DELAY || i->kind == EBB_CODE_PEOPLE_END;
    return one ? 1 : i->count;
}

static bool writing_parted(const ebb_writing_t *writing, uint32_t at, uint32_t which,
                           uint32_t operand)
{
    const ebb_instruction_t *i = &writing_code(writing)[at];
    if (i->kind == EBB_CODE_PEOPLE_END) { /* behind a sum sign */
        return writing->shapes[operand].tie < EBB_TIE_OVER;
    }
    if (i->kind != EBB_CODE_OPERATOR) {
        return false;
    }
    if (i->name == EBB_OPERATOR_DIV && writing->shapes[at].tie == EBB_TIE_PRODUCT) {
        return writing->shapes[operand].tie < (which ? EBB_TIE_POWER : EBB_TIE_PRODUCT);
    }
    return ebb_shape_parted(writing->shapes, (ebb_operator_t)i->name, which, operand);
}

/* Whether a line may be broken inside an operand, and how deep that would be. */
static unsigned writing_level(const ebb_writing_t *writing, const ebb_pending_t *top,
                              uint32_t which, bool parted)
{
    const ebb_instruction_t *i = &writing_code(writing)[top->at];
    ebb_operator_t op = (ebb_operator_t)i->name;
    bool flat = i->kind == EBB_CODE_OPERATOR &&
                (op == EBB_OPERATOR_ADD || op == EBB_OPERATOR_SUB ||
                 op == EBB_OPERATOR_MUL || op == EBB_OPERATOR_NEG ||
                 (op == EBB_OPERATOR_DIV && which == 0 &&
                  writing->shapes[top->at].tie == EBB_TIE_PRODUCT));
    if (!flat || top->level >= WRITING_WHOLE - 2) {
        return WRITING_WHOLE;
    }
    return top->level + (parted ? 2u : 0u);
}

static void writing_paren(ebb_writing_t *writing, uint32_t operand, unsigned level,
                          bool people)
{
    uint8_t height = writing->shapes[operand].height;
    writing_push(writing, (ebb_pending_t){.rest = writing->form->close[height]});
    ebb_text_puts(writing->out, writing->form->open[height]);
    writing_visit(writing, operand,
                  height + 1 == EBB_FORM_HEIGHTS ? WRITING_WHOLE : level, people);
}

static void writing_operand(ebb_writing_t *writing, const ebb_pending_t *top,
                            uint32_t which)
{
    const ebb_instruction_t *i = &writing_code(writing)[top->at];
    uint32_t operand =
        ebb_shape_operand(writing->shapes, top->at, writing_operands(i), which);
    bool parted = !top->all && writing_parted(writing, top->at, which, operand);
    unsigned level = writing_level(writing, top, which, parted);
    if (parted) {
        writing_paren(writing, operand, level, top->people);
    } else {
        writing_visit(writing, operand, level, top->people);
    }
}

/* All operands in parentheses: the comma is a template of its own. */
static void writing_arguments(ebb_writing_t *writing, const ebb_pending_t *top)
{
    uint8_t height = writing->shapes[top->at].height;
    ebb_pending_t next = *top;
    writing_push(writing, (ebb_pending_t){.rest = writing->form->close[height]});
    ebb_text_puts(writing->out, writing->form->open[height]);
    next.all = true;
    next.next = 0;
    writing_push(writing, next);
}

static void writing_next_argument(ebb_writing_t *writing, ebb_pending_t top)
{
    if (top.next == writing_operands(&writing_code(writing)[top.at])) {
        return;
    }
    if (top.next > 0) {
        ebb_text_puts(writing->out, writing->form->comma);
    }
    uint32_t which = top.next++;
    writing_push(writing, top);
    top.level = WRITING_WHOLE;
    writing_operand(writing, &top, which);
}

/* The cases of an `if`; an `if` in the last of them goes on with its own. */
static void writing_cases(ebb_writing_t *writing, const ebb_pending_t *top)
{
    const ebb_instruction_t *code = writing_code(writing);
    uint32_t otherwise = top->at - 1;
    bool more = code[otherwise].kind == EBB_CODE_OPERATOR &&
                code[otherwise].name == EBB_OPERATOR_IF;
    ebb_pending_t rest = {.rest = more ? "\7" : writing->form->last_row,
                          .at = more ? otherwise : top->at,
                          .level = WRITING_WHOLE,
                          .people = top->people};
    writing_push(writing, rest);
    rest.rest = writing->form->row;
    rest.at = top->at;
    writing_push(writing, rest);
}

static void writing_break(ebb_writing_t *writing, char mark, unsigned level)
{
    if (level < WRITING_WHOLE && writing->form->finish) {
        const char bytes[] = {mark, (char)('0' + level)};
        ebb_text_append(writing->out, bytes, sizeof bytes);
    }
}

static void writing_part(ebb_writing_t *writing, char mark, const ebb_pending_t *top)
{
    const ebb_instruction_t *i = &writing_code(writing)[top->at];
    ebb_symbol_t symbol = {0};
    switch (mark) {
    case '\1':
    case '\2':
    case '\3':
        writing_operand(writing, top, (uint32_t)(mark - '\1'));
        break;
    case '\4':
        writing_break(writing, mark, top->level);
        break;
    case '\5':
        writing_break(writing, mark, top->level + 1u);
        break;
    case '\6':
        writing_arguments(writing, top);
        break;
    case '\7':
        writing_cases(writing, top);
        break;
    case '\16':
        writing_name(writing, i, top->people);
        break;
    default:
        symbol.name = ebb_name(&writing->model->reading, i->name);
        writing->form->symbol(writing->out, &symbol);
        break;
    }
}

static size_t writing_plain(const char *text)
{
    size_t n = 0;
    while ((unsigned char)text[n] > '\17' || text[n] == '\n') {
        n++;
    }
    return n;
}

static void writing_run(ebb_writing_t *writing)
{
    while (writing->stack.count && !writing->out->failed) {
        ebb_pending_t top =
            ((ebb_pending_t *)writing->stack.items)[--writing->stack.count];
        if (top.all) {
            writing_next_argument(writing, top);
            continue;
        }
        size_t plain = writing_plain(top.rest);
        ebb_text_append(writing->out, top.rest, plain);
        char mark = top.rest[plain];
        if (mark) {
            ebb_pending_t rest = top;
            rest.rest += plain + 1;
            if (*rest.rest) {
                writing_push(writing, rest);
            }
            writing_part(writing, mark, &top);
        }
    }
    writing->stack.count = 0;
}

void ebb_write_formula(ebb_writing_t *writing, ebb_formula_t formula, ebb_tie_t tie,
                       bool breaks)
{
    if (writing->out->failed) {
        return;
    }
    uint32_t root = formula.end - 1;
    unsigned level = breaks ? 0 : WRITING_WHOLE;
    if (writing->shapes[root].tie < tie) {
        writing_paren(writing, root, breaks ? 2 : WRITING_WHOLE, false);
    } else {
        writing_visit(writing, root, level, false);
    }
    writing_run(writing);
}

void ebb_write_template(ebb_writing_t *writing, const char *text, ebb_formula_t formula,
                        const char *name)
{
    while (*text && !writing->out->failed) {
        size_t plain = writing_plain(text);
        ebb_text_append(writing->out, text, plain);
        text += plain;
        ebb_symbol_t symbol = {.name = name};
        if (*text == '\16') {
            ebb_write_target(writing, writing->voice.about, false);
        } else if (*text == '\17') {
            writing->form->symbol(writing->out, &symbol);
        } else if (*text == '\1') {
            ebb_write_formula(writing, formula, EBB_TIE_OVER, true);
        } else if (*text == '\4' || *text == '\5') {
            writing_break(writing, *text, *text == '\5');
        }
        text += *text != '\0';
    }
}
