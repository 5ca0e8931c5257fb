/* SPDX-License-Identifier: MIT
 * Events: rates and guards, random sizes, and what they do to states. */
#include "lang/build.h"

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

void ebb_build_events(ebb_build_t *build)
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
