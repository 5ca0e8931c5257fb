/* SPDX-License-Identifier: MIT
 * What a name means: whose it is, and what is wrong with it where it means nothing. */
#include "ebb/nearest.h"
#include "lang/build.h"

uint32_t ebb_person_of(const ebb_build_t *build, uint32_t name)
{
    for (size_t i = 0; i < build->person_count; i++) {
        if (build->persons[i] == name) {
            return (uint32_t)i;
        }
    }
    return EBB_NONE;
}

/* Whether a declaration holds for a person (EBB_NONE: the couple). */
static bool resolve_holds_for(const ebb_build_t *build, const ebb_declaration_t *d,
                              uint32_t person)
{
    if (d->target.person != EBB_NONE) {
        return ebb_person_of(build, d->target.person) == person;
    }
    return d->shared == (person == EBB_NONE);
}

static uint32_t resolve_first(const ebb_build_t *build, uint32_t name)
{
    return name < build->name_count ? build->first_of[name] : EBB_NONE;
}

ebb_declaration_t *ebb_declared(const ebb_build_t *build, uint32_t name,
                                uint32_t person)
{
    for (uint32_t i = resolve_first(build, name); i != EBB_NONE;
         i = build->declarations[i].next) {
        if (resolve_holds_for(build, &build->declarations[i], person)) {
            return &build->declarations[i];
        }
    }
    return NULL;
}

uint32_t ebb_slot_of(const ebb_declaration_t *declaration, uint32_t person)
{
    bool several = !declaration->shared && declaration->target.person == EBB_NONE;
    return declaration->first_slot + (several ? person : 0);
}

void ebb_build_names(ebb_build_t *build)
{
    const uint32_t *lost = build->syntax->lost.items;
    build->name_count = build->reading->names.strings.count;
    build->first_of =
        ebb_reading_new(build->reading, build->name_count, sizeof *build->first_of);
    build->lost = ebb_reading_new(build->reading, build->name_count, 1);
    if (build->reading->failed) {
        build->name_count = 0;
        return;
    }
    for (size_t i = 0; i < build->name_count; i++) {
        build->first_of[i] = EBB_NONE;
    }
    for (size_t i = 0; i < build->syntax->lost.count; i++) {
        build->lost[lost[i]] = 1;
    }
}

/* What people write who come from elsewhere. */
bool ebb_suggest_habit(ebb_build_t *build, uint32_t name)
{
    static const struct {
        const char *habit, *instead;
    } rows[] = {
        {"t", "the time since the start is called `time`"},
        {"ln", "the natural logarithm is called `log`"},
        {"pow", "a power is written x^y"},
        {"sigmoid", "it is called `logistic`"},
        {"relu", "it is called `pos`"},
        {"arctan", "it is called `atan`"},
        {"sgn", "it is called `sign`"},
        {"ifelse", "write if ... then ... else ..."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(ebb_name(build->reading, name), rows[i].habit) == 0) {
            ebb_mend(build->reading, "%s", rows[i].instead);
            return true;
        }
    }
    return false;
}

void ebb_suggest_name(ebb_build_t *build, uint32_t name, const ebb_scope_t *scope)
{
    if (!ebb_is_taken(build->reading) || ebb_suggest_habit(build, name)) {
        return;
    }
    ebb_nearest_t near = {.typed = ebb_name(build->reading, name)};
    const ebb_target_t *arguments = build->syntax->arguments.items;
    for (uint32_t i = 0; scope->function && i < scope->function->argument_count; i++) {
        uint32_t argument = arguments[scope->function->first_argument + i].name;
        ebb_nearest_consider(&near, ebb_name(build->reading, argument));
    }
    for (size_t i = 0; i < build->declaration_count; i++) {
        uint32_t declared = build->declarations[i].target.name;
        ebb_nearest_consider(&near, ebb_name(build->reading, declared));
    }
    if (near.best) {
        ebb_mend(build->reading, "did you mean `%s`?", near.best);
    }
}

static bool resolve_unknown(ebb_build_t *build, const ebb_target_t *target,
                            const ebb_scope_t *scope)
{
    if (target->name < build->name_count && build->lost[target->name]) {
        return false; /* said already that a statement was not understood */
    }
    ebb_wrong(build->reading, target->where, "unknown name `%s`",
              ebb_name(build->reading, target->name));
    ebb_suggest_name(build, target->name, scope);
    return false;
}

/* A name of the persons in the file, for an example. */
static const char *resolve_person(const ebb_build_t *build, uint32_t person)
{
    return ebb_name(build->reading, build->persons[person]);
}

/* The person that a target speaks of; false when it may not. */
static bool resolve_partner(ebb_build_t *build, const ebb_target_t *target,
                            const ebb_scope_t *scope, uint32_t *person)
{
    const char *name = ebb_name(build->reading, target->name);
    if (!build->system->alike) {
        ebb_wrong(build->reading, target->where,
                  "`partner.` in a model whose persons have names");
        ebb_mend(build->reading, "say whose: `%s.%s`", resolve_person(build, 0), name);
        return false;
    }
    if (scope->person == EBB_NONE) {
        ebb_wrong(build->reading, target->where,
                  "`partner.` in what is for the couple: whose partner?");
        ebb_mend(build->reading, "bring both together: sum(%s) or mean(%s)", name,
                 name);
        return false;
    }
    *person = 1 - scope->person;
    return true;
}

static bool resolve_named(ebb_build_t *build, const ebb_target_t *target,
                          const ebb_scope_t *scope, uint32_t *person)
{
    const char *name = ebb_name(build->reading, target->name);
    if (build->system->alike && !scope->summaries) {
        ebb_wrong(build->reading, target->where,
                  "a person's name in a model that is written once for each partner");
        ebb_mend(build->reading, "say `%s` or `partner.%s`; or name them: persons a, b",
                 name, name);
        return false;
    }
    *person = ebb_person_of(build, target->person);
    if (*person != EBB_NONE) {
        return true;
    }
    ebb_nearest_t near = {.typed = ebb_name(build->reading, target->person)};
    for (uint32_t i = 0; i < build->person_count; i++) {
        ebb_nearest_consider(&near, resolve_person(build, i));
    }
    ebb_wrong(build->reading, target->where, "nobody is called `%s`", near.typed);
    ebb_mend(build->reading, "did you mean `%s.%s`?",
             near.best ? near.best : resolve_person(build, 0), name);
    return false;
}

/* The name is known, but not as it is used here. */
static bool resolve_misused(ebb_build_t *build, const ebb_target_t *target,
                            const ebb_scope_t *scope, uint32_t person)
{
    const char *name = ebb_name(build->reading, target->name);
    if (build->lost[target->name]) {
        return false; /* its declaration was wrong, and that was said */
    }
    const ebb_declaration_t *d =
        &build->declarations[resolve_first(build, target->name)];
    if (target->person != EBB_NONE && d->shared) {
        ebb_wrong(build->reading, target->where,
                  "`%s` is of the couple, not of a person", name);
        ebb_mend(build->reading, "write `%s` alone", name);
    } else if (target->person == EBB_NONE && scope->person == EBB_NONE) {
        ebb_wrong(build->reading, target->where,
                  "`%s` is of a person, and this is for the couple: whose?", name);
        if (scope->summaries || !build->system->alike) {
            ebb_mend(build->reading, "say `%s.%s`, or all together: sum(%s)",
                     d->target.person != EBB_NONE
                         ? ebb_name(build->reading, d->target.person)
                         : resolve_person(build, 0),
                     name, name);
        } else {
            ebb_mend(build->reading, "bring both together: sum(%s) or mean(%s)", name,
                     name);
        }
    } else {
        const char *owner = ebb_name(build->reading, d->target.person);
        ebb_wrong(build->reading, target->where, "`%s` has no `%s`",
                  resolve_person(build, person), name);
        ebb_mend(build->reading, "only `%s.%s` is declared", owner, name);
    }
    return false;
}

bool ebb_resolve(ebb_build_t *build, const ebb_target_t *target,
                 const ebb_scope_t *scope, ebb_meaning_t *meaning)
{
    uint32_t person = scope->person;
    if (resolve_first(build, target->name) == EBB_NONE) {
        return resolve_unknown(build, target, scope);
    }
    if (target->person == EBB_WORD_PARTNER) {
        if (!resolve_partner(build, target, scope, &person)) {
            return false;
        }
    } else if (target->person != EBB_NONE &&
               !resolve_named(build, target, scope, &person)) {
        return false;
    }
    ebb_declaration_t *d = ebb_declared(build, target->name, person);
    if (!d && target->person == EBB_NONE) { /* a bare name may be of the couple */
        person = EBB_NONE;
        d = ebb_declared(build, target->name, EBB_NONE);
    }
    if (!d) {
        bool bare = target->person == EBB_NONE;
        return resolve_misused(build, target, scope, bare ? scope->person : person);
    }
    d->used = true;
    *meaning = (ebb_meaning_t){d, person};
    return true;
}
