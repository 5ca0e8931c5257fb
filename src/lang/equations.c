/* SPDX-License-Identifier: MIT
 * Initial values and equations of the states; and what is missing or not used. */
#include "lang/build.h"

/* The state that an equation is about, and for whom. */
static bool equation_target(ebb_build_t *build, const ebb_target_t *target,
                            ebb_declaration_t **state, ebb_owners_t *owners)
{
    /* bare: for each person that has it, or for the couple */
    bool bare = target->person == EBB_NONE;
    ebb_declaration_t *d = ebb_declared(build, target->name, EBB_NONE);
    *owners = (ebb_owners_t){EBB_NONE, 1};
    if (target->person == EBB_WORD_PARTNER) {
        ebb_wrong(build->reading, target->where, "an equation for `partner.`");
        ebb_mend(build->reading,
                 "it is written once, for each partner: drop `partner.`");
        return false;
    }
    if (bare && !d) {
        *owners = (ebb_owners_t){0, build->person_count};
        d = ebb_declared(build, target->name, 0);
        d = d && d->target.person == EBB_NONE ? d : NULL; /* all have it, or none */
    }
    if (!d || !bare) {
        ebb_scope_t scope = {.person = EBB_NONE};
        ebb_meaning_t meaning;
        if (!ebb_resolve(build, target, &scope, &meaning)) {
            return false;
        }
        d = meaning.declaration;
        *owners = (ebb_owners_t){meaning.person, 1};
    }
    *state = d;
    return true;
}

static const char *equation_word(uint8_t kind)
{
    static const char *const words[] = {"d", "next", "noise", "history"};
    return words[kind];
}

static bool equation_about(ebb_build_t *build, const ebb_equation_syntax_t *equation,
                           const ebb_declaration_t *d)
{
    const char *name = ebb_name(build->reading, equation->target.name);
    if (d->kind == EBB_DECLARED_STATE || build->lost[equation->target.name]) {
        return d->kind == EBB_DECLARED_STATE;
    }
    static const char *const fixes[] = {
        "a parameter is fixed in a run; declare a state",
        "a trait is fixed in a run; declare a state",
        "an input is led by a scenario; declare a state",
        "",
        "a let has its formula already",
        "a function has its formula already",
    };
    ebb_wrong(build->reading, equation->target.where,
              "`%s %s`: only a state has an equation", equation_word(equation->kind),
              name);
    ebb_mend(build->reading, "%s", fixes[d->kind]);
    return false;
}

/* Where the node of an equation goes. */
static uint32_t *equation_place(ebb_state_t *state, uint8_t kind)
{
    return kind == EBB_EQUATION_NOISE     ? &state->noise
           : kind == EBB_EQUATION_HISTORY ? &state->history
                                          : &state->rate;
}

/* The unit that the right side of an equation must have. */
static ebb_unit_t equation_unit(const ebb_build_t *build, const ebb_declaration_t *d,
                                uint8_t kind)
{
    int halves = kind == EBB_EQUATION_D                                ? 2
                 : kind == EBB_EQUATION_NOISE && !build->system->steps ? 1
                                                                       : 0;
    return halves ? ebb_unit_times(d->unit, ebb_time_unit(build, halves), -1) : d->unit;
}

static void equation_build(ebb_build_t *build, const ebb_equation_syntax_t *equation,
                           const ebb_declaration_t *d, uint32_t person)
{
    ebb_state_t *state = &build->system->states[ebb_slot_of(d, person)];
    uint32_t *place = equation_place(state, equation->kind);
    ebb_scope_t scope = {.person = person, .whose = "a history"};
    unsigned allowed =
        equation->kind == EBB_EQUATION_HISTORY ? EBB_ON_FIXED | EBB_ON_TIME : ~0u;
    ebb_value_t term;
    if (*place != EBB_NONE) {
        ebb_wrong(build->reading, equation->where, "a second `%s %s`",
                  equation_word(equation->kind), state->name);
        return;
    }
    bool built = ebb_evaluate_limited(build, equation->value, scope, allowed, &term);
    if (built) {
        ebb_unit_t unit = equation_unit(build, d, equation->kind);
        const char *what =
            ebb_reading_print(build->reading, "`%s %s`", equation_word(equation->kind),
                              ebb_name(build->reading, d->target.name));
        ebb_check_unit(build, equation->where, &unit, &term.unit, what);
    }
    *place = built ? term.node : EBB_NODE_ZERO;
}

static void equation_all(ebb_build_t *build)
{
    const ebb_equation_syntax_t *equations = build->syntax->equations.items;
    for (size_t i = 0; i < build->syntax->equations.count; i++) {
        ebb_declaration_t *d = NULL;
        ebb_owners_t owners;
        if (!equation_target(build, &equations[i].target, &d, &owners) ||
            !equation_about(build, &equations[i], d)) {
            continue;
        }
        for (uint32_t p = 0; p < owners.count && !build->reading->failed; p++) {
            uint32_t person = owners.first == EBB_NONE ? EBB_NONE : owners.first + p;
            equation_build(build, &equations[i], d, person);
        }
    }
}

/* A model has `d` or `next`; the first of them says which. */
static void equation_kind_of_time(ebb_build_t *build)
{
    const ebb_equation_syntax_t *equations = build->syntax->equations.items;
    int kind = -1;
    for (size_t i = 0; i < build->syntax->equations.count; i++) {
        int this = equations[i].kind;
        if (this != EBB_EQUATION_D && this != EBB_EQUATION_NEXT) {
            continue;
        }
        if (kind >= 0 && this != kind) {
            ebb_wrong(
                build->reading, equations[i].where,
                "`%s` in a model with `%s`: time is continuous or in steps, not both",
                equation_word(equations[i].kind), equation_word((uint8_t)kind));
            return;
        }
        kind = this;
    }
    build->system->steps = kind == EBB_EQUATION_NEXT;
}

static void equation_initial(ebb_build_t *build, const ebb_declaration_t *d,
                             uint32_t person)
{
    ebb_scope_t scope = {.person = person, .whose = "an initial value"};
    ebb_value_t term;
    if (!ebb_evaluate_limited(build, d->value, scope, EBB_ON_FIXED, &term)) {
        return;
    }
    ebb_check_initial(build, d, term.node);
    ebb_check_unit(build, d->target.where, &d->unit, &term.unit, "an initial value");
    build->system->states[ebb_slot_of(d, person)].initial = term.node;
}

static void equation_initials(ebb_build_t *build)
{
    for (size_t i = 0; i < build->declaration_count && !build->reading->failed; i++) {
        const ebb_declaration_t *d = &build->declarations[i];
        if (d->kind != EBB_DECLARED_STATE) {
            continue;
        }
        if (d->shared || d->target.person != EBB_NONE) {
            equation_initial(build, d,
                             d->shared ? EBB_NONE
                                       : ebb_person_of(build, d->target.person));
            continue;
        }
        for (uint32_t p = 0; p < build->person_count; p++) {
            equation_initial(build, d, p);
        }
    }
}

static void equation_missing(ebb_build_t *build)
{
    const ebb_system_t *system = build->system;
    for (size_t i = 0; i < system->state_count; i++) {
        const ebb_state_t *state = &system->states[i];
        const ebb_declaration_t *d = &build->declarations[state->quantity];
        if (state->rate != EBB_NONE || build->lost[d->target.name]) {
            continue;
        }
        bool named = !system->alike && state->person != EBB_NONE;
        const char *name =
            named ? state->name : ebb_name(build->reading, d->target.name);
        ebb_wrong(build->reading, d->target.where, "the state `%s` has no equation",
                  name);
        if (system->steps) {
            ebb_mend(build->reading,
                     "write next %s = ...; if only events change it, "
                     "next %s = %s",
                     name, name, name);
        } else {
            ebb_mend(build->reading,
                     "write d %s = ...; if only events change it, d %s = 0", name,
                     name);
        }
    }
}

static void equation_unused(ebb_build_t *build)
{
    static const char *const words[] = {
        "the parameter", "the trait", "the input", "", "", "the function"};
    for (size_t i = 0; i < build->declaration_count; i++) {
        const ebb_declaration_t *d = &build->declarations[i];
        if (!d->used && words[d->kind][0]) {
            ebb_warn(build->reading, d->target.where, "%s `%s` is not used",
                     words[d->kind], ebb_name(build->reading, d->target.name));
        }
    }
}

void ebb_build_equations(ebb_build_t *build)
{
    ebb_reading_t *reading = build->reading;
    equation_kind_of_time(build);
    if (!reading->failed) {
        equation_initials(build);
    }
    if (!reading->failed) {
        equation_all(build);
    }
    if (!reading->failed) {
        ebb_build_events(build);
    }
    if (!reading->failed) {
        equation_missing(build);
    }
    if (!reading->failed && reading->errors == 0) {
        equation_unused(build);
    }
}
