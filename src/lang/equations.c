/* SPDX-License-Identifier: MIT
 * Initial values, equations and events: the roots of the graph; and what is missing. */
#include "lang/build.h"

/* --- states ----------------------------------------------------------------------- */

/* Persons for whom something about a state is: from `first`, `count` of them; a shared
 * one is for EBB_NONE. */
typedef struct ebb_owners {
    uint32_t first;
    size_t count;
} ebb_owners_t;

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

/* --- events ----------------------------------------------------------------------- */

/* One event of one person (or of the couple), while its actions are built. */
typedef struct ebb_event_place {
    const ebb_event_syntax_t *syntax;
    ebb_event_rule_t *rule;
    ebb_scope_t scope;
    ebb_value_t size;
} ebb_event_place_t;

static void event_rate(ebb_build_t *build, ebb_event_place_t *event)
{
    ebb_value_t term;
    if (!ebb_evaluate_number(build, event->syntax->rate, event->scope, &term)) {
        return;
    }
    ebb_unit_t unit = ebb_unit_times((ebb_unit_t){.known = EBB_UNIT_ANY},
                                     ebb_time_unit(build, 2), -1);
    ebb_check_unit(build, ebb_formula_where(build, event->syntax->rate), &unit,
                   &term.unit, "a rate");
    event->rule->rate = term.node;
}

/* a > b happens when a - b rises above 0. */
static void event_guard(ebb_build_t *build, ebb_event_place_t *event)
{
    ebb_value_t term;
    if (!ebb_evaluate(build, event->syntax->rate, event->scope, &term)) {
        return;
    }
    ebb_node_t node = build->graph->nodes[term.node];
    if (!term.condition || (node.op != EBB_OP_LT && node.op != EBB_OP_LE)) {
        ebb_wrong(build->reading, ebb_formula_where(build, event->syntax->rate),
                  "`when` is followed by one comparison of something that changes");
        ebb_mend(build->reading, "write when x > 1");
        return;
    }
    event->rule->guard =
        ebb_graph_binary(build->graph, EBB_OP_SUB, node.args[1], node.args[0]);
}

static uint32_t event_draw(ebb_build_t *build, ebb_law_t law)
{
    ebb_system_t *system = build->system;
    system->draws[system->draw_count] = (uint8_t)law;
    return (uint32_t)system->draw_count++;
}

/* The size: its law's standard number, stretched and shifted. */
static void event_size(ebb_build_t *build, ebb_event_place_t *event)
{
    const ebb_event_syntax_t *syntax = event->syntax;
    ebb_graph_t *graph = build->graph;
    ebb_value_t a, b = {0};
    if (syntax->size[0].begin == syntax->size[0].end) {
        return;
    }
    event->scope.size = &event->size;
    event->size.broken = true;
    ebb_scope_t scope = event->scope;
    scope.size = NULL;
    if (!ebb_evaluate_number(build, syntax->size[0], scope, &a) ||
        (syntax->size[1].begin < syntax->size[1].end &&
         !ebb_evaluate_number(build, syntax->size[1], scope, &b))) {
        return;
    }
    event->size = a;
    if (syntax->law == 0) {
        return;
    }
    ebb_law_t law = syntax->law == EBB_WORD_EXPONENTIAL ? EBB_LAW_EXPONENTIAL
                    : syntax->law == EBB_WORD_NORMAL    ? EBB_LAW_NORMAL
                                                        : EBB_LAW_UNIFORM;
    event->rule->draw = event_draw(build, law);
    uint32_t draw = ebb_graph_leaf(graph, EBB_OP_DRAW, event->rule->draw);
    if (law == EBB_LAW_EXPONENTIAL) {
        event->size.node = ebb_graph_binary(graph, EBB_OP_MUL, a.node, draw);
        return;
    }
    uint32_t spread = law == EBB_LAW_NORMAL
                          ? b.node
                          : ebb_graph_binary(graph, EBB_OP_SUB, b.node, a.node);
    event->size.node = ebb_graph_binary(
        graph, EBB_OP_ADD, a.node, ebb_graph_binary(graph, EBB_OP_MUL, spread, draw));
}

static void event_act(ebb_build_t *build, ebb_event_place_t *event,
                      const ebb_action_syntax_t *action, const ebb_declaration_t *d,
                      uint32_t person)
{
    ebb_system_t *system = build->system;
    ebb_scope_t scope = event->scope;
    scope.person = scope.person == EBB_NONE ? person : scope.person;
    uint32_t state = ebb_slot_of(d, person);
    ebb_value_t term;
    for (uint32_t i = 0; i < event->rule->action_count; i++) {
        if (system->actions[event->rule->first_action + i].state == state) {
            ebb_wrong(build->reading, action->target.where,
                      "an event changes `%s` twice", system->states[state].name);
            return;
        }
    }
    if (!ebb_evaluate_number(build, action->value, scope, &term)) {
        return;
    }
    ebb_check_unit(build, action->target.where, &d->unit, &term.unit,
                   "a change of this state");
    uint32_t before = ebb_graph_leaf(build->graph, EBB_OP_STATE, state);
    if (action->mark != EBB_LEX_ASSIGN) {
        ebb_op_t op = action->mark == EBB_LEX_ADD_TO ? EBB_OP_ADD : EBB_OP_SUB;
        term.node = ebb_graph_binary(build->graph, op, before, term.node);
    }
    system->actions[system->action_count++] = (ebb_action_t){state, term.node};
    event->rule->action_count++;
}

/* One action; of a shared event on what each partner has, for each. */
static void event_action(ebb_build_t *build, ebb_event_place_t *event,
                         const ebb_action_syntax_t *action)
{
    ebb_meaning_t meaning = {0};
    ebb_owners_t owners = {0, 1};
    bool each = event->scope.person == EBB_NONE && action->target.person == EBB_NONE &&
                !ebb_declared(build, action->target.name, EBB_NONE);
    if (each) {
        meaning.declaration = ebb_declared(build, action->target.name, 0);
        owners.count = build->person_count;
        each = meaning.declaration && meaning.declaration->target.person == EBB_NONE;
    }
    if (!each) {
        if (!ebb_resolve(build, &action->target, &event->scope, &meaning)) {
            return;
        }
        owners = (ebb_owners_t){meaning.person, 1};
    }
    if (meaning.declaration->kind != EBB_DECLARED_STATE) {
        ebb_wrong(build->reading, action->target.where,
                  "an event changes states, and `%s` is none",
                  ebb_name(build->reading, action->target.name));
        return;
    }
    for (uint32_t p = 0; p < owners.count; p++) {
        event_act(build, event, action, meaning.declaration,
                  owners.first == EBB_NONE ? EBB_NONE : owners.first + p);
    }
}

static void event_build(ebb_build_t *build, size_t index, uint32_t person)
{
    const ebb_event_syntax_t *syntax =
        (const ebb_event_syntax_t *)build->syntax->events.items + index;
    ebb_system_t *system = build->system;
    uint32_t slot = (uint32_t)system->event_count++;
    ebb_event_place_t event = {
        .syntax = syntax, .rule = &system->events[slot], .scope = {.person = person}};
    *event.rule = (ebb_event_rule_t){
        .name = ebb_scalar_name(build, syntax->target.name, person),
        .quantity = (uint32_t)(build->declaration_count + index),
        .person = person,
        .mirror = ebb_mirror_of(build, slot, person),
        .rate = EBB_NONE,
        .guard = EBB_NONE,
        .draw = EBB_NONE,
        .first_action = (uint32_t)system->action_count,
    };
    if (syntax->when) {
        event_guard(build, &event);
    } else {
        event_rate(build, &event);
    }
    event_size(build, &event);
    const ebb_action_syntax_t *actions = build->syntax->actions.items;
    for (uint32_t i = 0; i < syntax->action_count; i++) {
        event_action(build, &event, &actions[syntax->first_action + i]);
    }
}

/* For whom an event happens. */
static bool event_owners(ebb_build_t *build, const ebb_event_syntax_t *event,
                         ebb_owners_t *owners)
{
    *owners = event->shared ? (ebb_owners_t){EBB_NONE, 1}
                            : (ebb_owners_t){0, build->person_count};
    if (event->target.person == EBB_NONE) {
        return true;
    }
    uint32_t person = ebb_person_of(build, event->target.person);
    *owners = (ebb_owners_t){person, 1};
    if (event->shared || build->system->alike || person == EBB_NONE) {
        ebb_wrong(build->reading, event->target.where, "an event of nobody there is");
        ebb_mend(build->reading,
                 "drop the name before the dot, or declare it: persons ...");
        return false;
    }
    return true;
}

static void event_check_name(ebb_build_t *build, size_t index)
{
    const ebb_event_syntax_t *events = build->syntax->events.items;
    const ebb_target_t *target = &events[index].target;
    bool taken = build->first_of[target->name] != EBB_NONE;
    for (size_t i = 0; i < index; i++) {
        taken |= events[i].target.name == target->name &&
                 events[i].target.person == target->person;
    }
    if (taken) {
        ebb_wrong(build->reading, target->where, "a second `%s`",
                  ebb_name(build->reading, target->name));
    }
}

static void event_all(ebb_build_t *build)
{
    ebb_system_t *system = build->system;
    size_t events = build->syntax->events.count * build->person_count;
    size_t actions =
        build->syntax->actions.count * build->person_count * build->person_count;
    system->events = ebb_reading_new(build->reading, events, sizeof *system->events);
    system->actions = ebb_reading_new(build->reading, actions, sizeof *system->actions);
    system->draws = ebb_reading_new(build->reading, events, 1);
    for (size_t i = 0; i < build->syntax->events.count && !build->reading->failed;
         i++) {
        const ebb_event_syntax_t *event =
            (const ebb_event_syntax_t *)build->syntax->events.items + i;
        ebb_owners_t owners;
        event_check_name(build, i);
        for (uint32_t p = 0; event_owners(build, event, &owners) && p < owners.count;
             p++) {
            event_build(build, i,
                        owners.first == EBB_NONE ? EBB_NONE : owners.first + p);
        }
    }
}

/* --- the whole -------------------------------------------------------------------- */

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
        event_all(build);
    }
    if (!reading->failed) {
        equation_missing(build);
    }
    if (!reading->failed && reading->errors == 0) {
        equation_unused(build);
    }
}

static void build_head(ebb_build_t *build)
{
    const ebb_syntax_t *syntax = build->syntax;
    ebb_reading_t *reading = build->reading;
    const ebb_where_t start = {0, 1, 1, 0};
    if (!syntax->has_model && reading->errors == 0) {
        ebb_wrong(reading, start, "there is no model in this file");
        ebb_mend(reading, "a model begins with: model NAME \"sentence\"");
    } else if (syntax->name != EBB_NONE && syntax->time_where.line == 0) {
        ebb_wrong(reading, syntax->name_where,
                  "the model does not say its unit of time");
        ebb_mend(reading, "add, for example: time day");
    }
    if (syntax->has_model && build->declaration_count == 0 && reading->errors == 0) {
        ebb_wrong(reading, syntax->name_where, "a model of nothing: it has no state");
    }
}

void ebb_build_system(ebb_build_t *build, const ebb_syntax_t *syntax,
                      ebb_system_t *system)
{
    ebb_reading_t *reading = syntax->reading;
    *build = (ebb_build_t){.reading = reading, .syntax = syntax, .system = system};
    *system = (ebb_system_t){.text = syntax->text, .source = syntax->source};
    build->declarations = syntax->declarations.items;
    build->declaration_count = syntax->declarations.count;
    build->code = syntax->code;
    build->graph = &system->graph;
    ebb_graph_init(&system->graph, reading->alloc, EBB_LANG_NODES_MOST);
    system->name = ebb_name(reading, syntax->name);
    system->time_unit = ebb_name(reading, syntax->time);
    build_head(build);
    ebb_build_declarations(build);
    if (!reading->failed) {
        ebb_build_lets(build);
    }
    if (!reading->failed) {
        ebb_build_equations(build);
    }
    if (system->graph.failed == EBB_ERR_LIMIT && !reading->failed) {
        ebb_reading_limit(reading, syntax->name_where,
                          "the model's formulas have more than %u nodes",
                          EBB_LANG_NODES_MOST);
    }
    if (system->graph.failed) {
        ebb_reading_fail(reading, system->graph.failed);
    }
}

void ebb_build_free(ebb_build_t *build)
{
    if (build->reading) {
        ebb_list_free(&build->stack, build->reading->alloc, sizeof(ebb_value_t));
    }
    *build = (ebb_build_t){0};
}
