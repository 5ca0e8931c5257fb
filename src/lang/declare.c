/* SPDX-License-Identifier: MIT
 * Declarations to scalars: who has what, its default and its range. */
#include "lang/build.h"
#include "math/bits.h"

static const char *const declare_words[] = {"parameter", "trait", "input",
                                            "state",     "let",   "function"};

/* --- names ------------------------------------------------------------------------ */

static void declare_persons(ebb_build_t *build)
{
    const ebb_list_t *persons = &build->syntax->persons;
    ebb_system_t *system = build->system;
    system->alike = persons->count == 0;
    build->person_count = system->alike ? 2 : persons->count;
    build->persons =
        ebb_reading_new(build->reading, build->person_count, sizeof *build->persons);
    system->persons =
        ebb_reading_new(build->reading, build->person_count, sizeof *system->persons);
    if (build->reading->failed) {
        return;
    }
    for (size_t i = 0; i < build->person_count; i++) {
        build->persons[i] = system->alike
                                ? ebb_name_of(build->reading, i ? "b" : "a", 1)
                                : ((const uint32_t *)persons->items)[i];
        system->persons[i] = ebb_name(build->reading, build->persons[i]);
    }
    system->person_count = build->person_count;
}

/* Whether two declarations of one name are for the same person, or one for all. */
static bool declare_overlap(const ebb_declaration_t *x, const ebb_declaration_t *y)
{
    return x->target.person == y->target.person || x->target.person == EBB_NONE ||
           y->target.person == EBB_NONE;
}

/* Whether the person that a declaration names may have it. */
static bool declare_person_fits(ebb_build_t *build, const ebb_declaration_t *d)
{
    const char *name = ebb_name(build->reading, d->target.name);
    if (d->target.person == EBB_NONE) {
        return true;
    }
    if (d->target.person == EBB_WORD_PARTNER) {
        ebb_wrong(build->reading, d->target.where, "nothing is declared for `partner`");
        ebb_mend(build->reading, "declare `%s`: each partner then has one", name);
        return false;
    }
    if (d->shared) {
        ebb_wrong(build->reading, d->target.where, "a %s is not of one person",
                  d->kind == EBB_DECLARED_PARAM ? "parameter" : "shared quantity");
        ebb_mend(build->reading, "what a person is like is a trait");
        return false;
    }
    ebb_scope_t scope = {.person = EBB_NONE};
    ebb_meaning_t meaning;
    if (build->system->alike || ebb_person_of(build, d->target.person) == EBB_NONE) {
        /* the same sentences as for any other use of a person's name */
        return ebb_resolve(build, &d->target, &scope, &meaning);
    }
    return true;
}

static void declare_name(ebb_build_t *build, uint32_t index)
{
    ebb_declaration_t *d = &build->declarations[index];
    uint32_t first = build->first_of[d->target.name];
    for (uint32_t i = first; i != EBB_NONE; i = build->declarations[i].next) {
        const ebb_declaration_t *other = &build->declarations[i];
        if (declare_overlap(d, other)) {
            ebb_wrong(build->reading, d->target.where,
                      "a second `%s`: there is a %s of this name in line %u",
                      ebb_name(build->reading, d->target.name),
                      declare_words[other->kind], (unsigned)other->target.where.line);
            build->lost[d->target.name] = 1; /* what follows from it is not said */
            return;
        }
    }
    d->next = first;
    build->first_of[d->target.name] = index;
}

static void declare_names(ebb_build_t *build)
{
    ebb_build_names(build);
    if (build->reading->failed) {
        return;
    }
    for (size_t i = 0; i < build->declaration_count; i++) {
        declare_name(build, (uint32_t)i);
        build->units |= build->declarations[i].unit.known == EBB_UNIT_KNOWN;
    }
    for (size_t i = 0; i < build->declaration_count; i++) {
        const ebb_declaration_t *d = &build->declarations[i];
        if (!declare_person_fits(build, d)) {
            build->lost[d->target.name] = 1;
        }
    }
}

/* --- numbers ---------------------------------------------------------------------- */

/* A bound: a constant, maybe infinite. */
static bool declare_bound(ebb_build_t *build, ebb_formula_t formula, double *bound)
{
    ebb_scope_t scope = {
        .person = EBB_NONE, .constant = true, .whose = "the bound of a range"};
    ebb_value_t term;
    if (!ebb_evaluate(build, formula, scope, &term) || term.condition ||
        !ebb_graph_is_constant(build->graph, term.node, bound)) {
        return false;
    }
    return *bound == *bound;
}

static void declare_range(ebb_build_t *build, ebb_declaration_t *d)
{
    d->number[1] = -EBB_INFINITY;
    d->number[2] = EBB_INFINITY;
    if (d->range == EBB_RANGE_NONE || d->low.begin == d->low.end ||
        d->high.begin == d->high.end) {
        return;
    }
    double low = 0, high = 0;
    if (!declare_bound(build, d->low, &low) || !declare_bound(build, d->high, &high)) {
        ebb_wrong(build->reading, d->range_where, "a range has two numbers, or inf");
        return;
    }
    if (!(low < high)) {
        ebb_wrong(build->reading, d->range_where,
                  "the lower bound of a range is not below the upper one");
        return;
    }
    d->number[1] = low;
    d->number[2] = high;
}

/* A value beyond its range is an error of `where`. */
static void declare_check_range(ebb_build_t *build, const ebb_declaration_t *d,
                                double value)
{
    if (value >= d->number[1] && value <= d->number[2]) {
        return;
    }
    ebb_wrong(
        build->reading, d->target.where, "`%s` = %g is outside its range [%g, %g]",
        ebb_name(build->reading, d->target.name), value, d->number[1], d->number[2]);
}

static void declare_number(ebb_build_t *build, ebb_declaration_t *d)
{
    static const char *const whose[] = {"the value of a parameter", "a trait's default",
                                        "an input's default"};
    if (d->kind > EBB_DECLARED_INPUT ||
        !ebb_evaluate_constant(build, d->value, whose[d->kind], &d->number[0])) {
        return;
    }
    declare_check_range(build, d, d->number[0]);
}

/* --- scalars ---------------------------------------------------------------------- */

/* How many scalars a declaration makes. */
static size_t declare_width(const ebb_build_t *build, const ebb_declaration_t *d)
{
    return d->shared || d->target.person != EBB_NONE ? 1 : build->person_count;
}

/* Which person the i-th scalar of a declaration belongs to. */
static uint32_t declare_owner(const ebb_build_t *build, const ebb_declaration_t *d,
                              size_t i)
{
    if (d->target.person != EBB_NONE) {
        return ebb_person_of(build, d->target.person);
    }
    return d->shared ? EBB_NONE : (uint32_t)i;
}

const char *ebb_scalar_name(ebb_build_t *build, uint32_t name, uint32_t person)
{
    const char *bare = ebb_name(build->reading, name);
    return person == EBB_NONE ? bare
                              : ebb_reading_print(build->reading, "%s.%s",
                                                  build->system->persons[person], bare);
}

uint32_t ebb_mirror_of(const ebb_build_t *build, uint32_t slot, uint32_t person)
{
    if (!build->system->alike || person == EBB_NONE) {
        return slot;
    }
    return person ? slot - 1 : slot + 1;
}

static void declare_slots(ebb_build_t *build, uint32_t index, ebb_slot_t *slots)
{
    const ebb_declaration_t *d = &build->declarations[index];
    for (size_t i = 0; i < declare_width(build, d); i++) {
        uint32_t person = declare_owner(build, d, i);
        slots[d->first_slot + i] = (ebb_slot_t){
            .name = ebb_scalar_name(build, d->target.name, person),
            .quantity = index,
            .person = person,
            .mirror = ebb_mirror_of(build, d->first_slot + (uint32_t)i, person),
            .value = d->number[0],
            .low = d->number[1],
            .high = d->number[2],
        };
    }
}

static void declare_states(ebb_build_t *build, uint32_t index)
{
    static const int bounds[] = {EBB_BOUND_NONE, EBB_BOUND_NONE, EBB_BOUND_CLIP,
                                 EBB_BOUND_REFLECT};
    const ebb_declaration_t *d = &build->declarations[index];
    for (size_t i = 0; i < declare_width(build, d); i++) {
        uint32_t person = declare_owner(build, d, i);
        build->system->states[d->first_slot + i] = (ebb_state_t){
            .name = ebb_scalar_name(build, d->target.name, person),
            .quantity = index,
            .person = person,
            .mirror = ebb_mirror_of(build, d->first_slot + (uint32_t)i, person),
            .rate = EBB_NONE,
            .noise = EBB_NONE,
            .history = EBB_NONE,
            .low = d->number[1],
            .high = d->number[2],
            .bound = bounds[d->range],
        };
    }
}

/* Numbers the scalars of each kind in order of declaration. */
static void declare_count(ebb_build_t *build)
{
    ebb_system_t *system = build->system;
    size_t *counts[] = {&system->param_count, &system->trait_count,
                        &system->input_count, &system->state_count};
    for (size_t i = 0; i < build->declaration_count; i++) {
        ebb_declaration_t *d = &build->declarations[i];
        if (d->kind <= EBB_DECLARED_STATE) {
            d->first_slot = (uint32_t)*counts[d->kind];
            *counts[d->kind] += declare_width(build, d);
        }
    }
    if (system->state_count > EBB_LANG_STATES_MOST) {
        ebb_reading_limit(build->reading, build->syntax->name_where,
                          "the model has %zu scalar states, more than %u",
                          system->state_count, EBB_LANG_STATES_MOST);
    }
}

static void declare_scalars(ebb_build_t *build)
{
    ebb_system_t *system = build->system;
    ebb_reading_t *reading = build->reading;
    declare_count(build);
    system->params = ebb_reading_new(reading, system->param_count, sizeof(ebb_slot_t));
    system->traits = ebb_reading_new(reading, system->trait_count, sizeof(ebb_slot_t));
    system->inputs = ebb_reading_new(reading, system->input_count, sizeof(ebb_slot_t));
    system->states = ebb_reading_new(reading, system->state_count, sizeof(ebb_state_t));
    system->delays =
        ebb_reading_new(reading, EBB_LANG_STATES_MOST, sizeof(ebb_delay_t));
    ebb_slot_t *slots[] = {system->params, system->traits, system->inputs};
    for (size_t i = 0; i < build->declaration_count && !reading->failed; i++) {
        uint8_t kind = build->declarations[i].kind;
        if (kind <= EBB_DECLARED_INPUT) {
            declare_slots(build, (uint32_t)i, slots[kind]);
        } else if (kind == EBB_DECLARED_STATE) {
            declare_states(build, (uint32_t)i);
        }
    }
}

static void declare_quantities(ebb_build_t *build)
{
    ebb_system_t *system = build->system;
    size_t events = build->syntax->events.count, count = build->declaration_count;
    system->quantities =
        ebb_reading_new(build->reading, count + events, sizeof *system->quantities);
    for (size_t i = 0; i < count && !build->reading->failed; i++) {
        const ebb_declaration_t *d = &build->declarations[i];
        system->quantities[i] =
            (ebb_quantity_t){ebb_name(build->reading, d->target.name),
                             d->text,
                             d->source,
                             ebb_unit_text(build->reading, &d->unit),
                             d->target.where.line,
                             0};
    }
    for (size_t i = 0; i < events && !build->reading->failed; i++) {
        const ebb_event_syntax_t *event =
            (const ebb_event_syntax_t *)build->syntax->events.items + i;
        system->quantities[count + i] =
            (ebb_quantity_t){ebb_name(build->reading, event->target.name),
                             event->text,
                             "",
                             "",
                             event->target.where.line,
                             0};
    }
    system->quantity_count = count + events;
}

void ebb_build_declarations(ebb_build_t *build)
{
    declare_persons(build);
    if (!build->reading->failed) {
        declare_names(build);
    }
    for (size_t i = 0; i < build->declaration_count && !build->reading->failed; i++) {
        declare_range(build, &build->declarations[i]);
        declare_number(build, &build->declarations[i]);
    }
    if (!build->reading->failed) {
        declare_quantities(build);
        declare_scalars(build);
    }
}

/* A constant initial value is within the state's range. */
void ebb_check_initial(ebb_build_t *build, const ebb_declaration_t *d, uint32_t node)
{
    double value = 0;
    if (ebb_graph_is_constant(build->graph, node, &value)) {
        declare_check_range(build, d, value);
    }
}
