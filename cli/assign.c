/* SPDX-License-Identifier: MIT
 * Names as a person types them: "gain", "laura.appeal", or "appeal" for everyone's. */
#include "assign.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/nearest.h"
#include "talk.h"

#define NAME_SIZE 160

/* --- names ------------------------------------------------------------------------ */

size_t assign_find(const ebb_model_t *model, const char *name,
                   found_t found[FOUND_MOST])
{
    if (ebb_model_find(model, name, &found[0].kind, &found[0].index, NULL) == EBB_OK) {
        return 1;
    }
    size_t count = 0;
    const char *person;
    for (size_t k = 0; (person = ebb_model_person(model, k)); k++) {
        char full[NAME_SIZE];
        found_t *next = &found[count < FOUND_MOST ? count : FOUND_MOST - 1];
        (void)snprintf(full, sizeof full, "%.63s.%.64s", person, name);
        if (!strchr(name, '.') &&
            ebb_model_find(model, full, &next->kind, &next->index, NULL) == EBB_OK) {
            count++;
        }
    }
    return count;
}

/* The name that was perhaps meant, of some kinds (a bit each), with a person or
 * without. */
static const char *find_near(const ebb_model_t *model, const char *name, unsigned kinds)
{
    ebb_nearest_t near = {.typed = name};
    for (int kind = EBB_SCALAR_PARAM; kind <= EBB_SCALAR_LET; kind++) {
        ebb_scalar_t scalar;
        for (size_t i = 0;
             (kinds >> kind & 1) &&
             !ebb_model_scalar(model, (ebb_scalar_kind_t)kind, i, &scalar);
             i++) {
            const char *dot = strchr(scalar.name, '.');
            ebb_nearest_consider(&near, scalar.name);
            if (dot && !strchr(name, '.')) {
                ebb_nearest_consider(&near, dot + 1);
            }
        }
    }
    return near.best;
}

static exit_status_t unknown_name(const command_t *command, const ebb_model_t *model,
                                  const char *name, unsigned kinds)
{
    const char *near = find_near(model, name, kinds), *of = ebb_model_info(model).name;
    return near ? usage_error(command, "%s has no '%s'; did you mean '%s'?", of, name,
                              near)
                : usage_error(command,
                              "%s has no '%s'; 'ebb model show %s' lists what "
                              "it has",
                              of, name, of);
}

exit_status_t assign_unknown(const command_t *command, const ebb_model_t *model,
                             const char *name)
{
    return unknown_name(command, model, name, ~0u);
}

/* --- setting ---------------------------------------------------------------------- */

static double *new_numbers(size_t count)
{
    double *numbers = malloc((count + 1) * sizeof *numbers);
    for (size_t i = 0; numbers && i < count; i++) {
        numbers[i] = (double)NAN;
    }
    return numbers;
}

exit_status_t assign_open(assigned_t *assigned, const ebb_model_t *model)
{
    ebb_model_info_t info = ebb_model_info(model);
    assigned->params = new_numbers(info.params);
    assigned->traits = new_numbers(info.traits);
    assigned->inputs = new_numbers(info.inputs);
    assigned->starts = new_numbers(info.states);
    bool there =
        assigned->params && assigned->traits && assigned->inputs && assigned->starts;
    return there ? EXIT_OK : talk_no_memory();
}

void assign_free(assigned_t *assigned)
{
    free(assigned->params);
    free(assigned->traits);
    free(assigned->inputs);
    free(assigned->starts);
    free(assigned->spreads);
    *assigned = (assigned_t){0};
}

/* Why a number of this kind cannot be set by this option. */
static exit_status_t wrong_kind(const assign_option_t *option, ebb_scalar_kind_t kind,
                                const char *name)
{
    switch (kind) {
    case EBB_SCALAR_PARAM:
    case EBB_SCALAR_TRAIT:
        return usage_error(option->command, "'%s' is no state: --set %s=...", name,
                           name);
    case EBB_SCALAR_STATE:
        return usage_error(option->command,
                           "'%s' is a state: --start %s=... says where it begins", name,
                           name);
    case EBB_SCALAR_INPUT:
        return usage_error(option->command, "'%s' is no state: --set %s=... sets it",
                           name, name);
    case EBB_SCALAR_LET:
        break;
    }
    return usage_error(option->command, "'%s' follows from others and cannot be set",
                       name);
}

/* Where a number of this kind is kept, or NULL if this option does not set it. */
static double *place_of(const assigned_t *assigned, const assign_option_t *option,
                        const found_t *found)
{
    bool states = option->kind == ASSIGN_START || option->kind == ASSIGN_HOLD;
    switch (found->kind) {
    case EBB_SCALAR_STATE:
        return states ? &assigned->starts[found->index] : NULL;
    case EBB_SCALAR_PARAM:
        return states ? NULL : &assigned->params[found->index];
    case EBB_SCALAR_TRAIT:
        return states ? NULL : &assigned->traits[found->index];
    case EBB_SCALAR_INPUT:
        return states ? NULL : &assigned->inputs[found->index];
    case EBB_SCALAR_LET:
        break;
    }
    return NULL;
}

/* What is set anew differs no more. */
static void drop_spread(assigned_t *assigned, const found_t *found)
{
    for (size_t k = 0; k < assigned->spread_count; k++) {
        ebb_run_spread_t *spread = &assigned->spreads[k];
        if (spread->kind == found->kind && spread->index == found->index) {
            *spread = assigned->spreads[--assigned->spread_count];
            return;
        }
    }
}

static exit_status_t keep_spread(assigned_t *assigned, const found_t *found,
                                 const ebb_run_spread_t *law)
{
    size_t size = (assigned->spread_count + 1) * sizeof *law;
    ebb_run_spread_t *spreads = realloc(assigned->spreads, size);
    if (!spreads) {
        return talk_no_memory();
    }
    assigned->spreads = spreads;
    spreads[assigned->spread_count] = *law;
    spreads[assigned->spread_count].kind = found->kind;
    spreads[assigned->spread_count++].index = found->index;
    return EXIT_OK;
}

/* A number as it is typed, or a law: then `value` is NaN. */
static bool value_read(const assign_option_t *option, const char *text, double *value,
                       ebb_run_spread_t *law)
{
    char word[16], first[48], second[48];
    int end = 0;
    if (number_read(text, value)) {
        return true;
    }
    *value = (double)NAN;
    if (!option->laws ||
        sscanf(text, "%15[a-z] ( %47[^, ] , %47[^) ] ) %n", word, first, second,
               &end) != 3 ||
        end == 0 || text[end]) {
        return false;
    }
    for (int k = 0; *ebb_spread_word((ebb_spread_law_t)k); k++) {
        if (strcmp(word, ebb_spread_word((ebb_spread_law_t)k)) == 0) {
            law->law = (ebb_spread_law_t)k;
            return number_read(first, &law->a) && number_read(second, &law->b);
        }
    }
    return false;
}

/* A number, or, where it is NaN, a law. */
static exit_status_t assign_one(assigned_t *assigned, const ebb_model_t *model,
                                const assign_option_t *option, const found_t *found,
                                double value, const ebb_run_spread_t *law)
{
    ebb_scalar_t scalar;
    if (ebb_model_scalar(model, found->kind, found->index, &scalar)) {
        return EXIT_USAGE;
    }
    double *place = place_of(assigned, option, found);
    if (!place) {
        return wrong_kind(option, found->kind, scalar.name);
    }
    drop_spread(assigned, found);
    if (isnan(value)) {
        return found->kind == EBB_SCALAR_INPUT
                   ? usage_error(option->command,
                                 "'%s' is an input, and these do not differ between "
                                 "couples",
                                 scalar.name)
                   : keep_spread(assigned, found, law);
    }
    if (option->kind != ASSIGN_HOLD && (value < scalar.low || value > scalar.high)) {
        return usage_error(option->command, "%s=%g is outside its range, %g to %g",
                           scalar.name, value, scalar.low, scalar.high);
    }
    *place = value;
    return EXIT_OK;
}

/* --a where no person is called a. */
static exit_status_t no_such_person(const assign_option_t *option,
                                    const ebb_model_t *model)
{
    return usage_error(option->command,
                       "%s has no person '%s' but %s: --set %s.NAME=VALUE",
                       ebb_model_info(model).name, option->person,
                       ebb_model_person(model, 0), ebb_model_person(model, 0));
}

static bool has_person(const ebb_model_t *model, const char *person)
{
    const char *name;
    for (size_t k = 0; (name = ebb_model_person(model, k)); k++) {
        if (strcmp(name, person) == 0) {
            return true;
        }
    }
    return false;
}

/* One argument, "name=value". */
static exit_status_t assign_argument(assigned_t *assigned, const ebb_model_t *model,
                                     const assign_option_t *option,
                                     const char *argument)
{
    const char *equals = strchr(argument, '=');
    double value = 0;
    ebb_run_spread_t law = {.law = EBB_SPREAD_UNIFORM};
    if (!equals || equals == argument ||
        !value_read(option, equals + 1, &value, &law)) {
        return usage_error(
            option->command, "--%s takes a name, '=' and a number%s, not '%s'",
            option->name,
            option->laws ? ", uniform(LOW, HIGH) or normal(MEAN, SD)" : "", argument);
    }
    if (option->person && !has_person(model, option->person)) {
        return no_such_person(option, model);
    }
    char name[NAME_SIZE];
    (void)snprintf(name, sizeof name, "%s%s%.*s", option->person ? option->person : "",
                   option->person ? "." : "", (int)(equals - argument), argument);
    found_t found[FOUND_MOST];
    size_t count = assign_find(model, name, found);
    exit_status_t status =
        count ? EXIT_OK : unknown_name(option->command, model, name, ~0u);
    for (size_t i = 0; i < count && status == EXIT_OK; i++) {
        status = assign_one(assigned, model, option, &found[i], value, &law);
    }
    return status;
}

exit_status_t assign_all(assigned_t *assigned, const ebb_model_t *model,
                         const assign_option_t *option, const string_list_t *arguments)
{
    exit_status_t status = EXIT_OK;
    for (size_t i = 0; i < arguments->count && status == EXIT_OK; i++) {
        status = assign_argument(assigned, model, option, arguments->items[i]);
    }
    return status;
}

/* --- choosing --------------------------------------------------------------------- */

/* Twice the same is once. */
static void choose(chosen_t *chosen, ebb_scalar_kind_t kind, size_t index)
{
    for (size_t i = 0; i < chosen->count; i++) {
        if (chosen->items[i].kind == kind && chosen->items[i].index == index) {
            return;
        }
    }
    chosen->items[chosen->count++] = (ebb_run_output_t){kind, index};
}

/* What --only may name. */
typedef struct choice {
    unsigned kinds; /* a bit each */
    const char *refusal, *what, *example;
} choice_t;

static exit_status_t choose_named(chosen_t *chosen, const ebb_model_t *model,
                                  const command_t *command, const choice_t *choice,
                                  const char *name)
{
    found_t found[FOUND_MOST];
    size_t count = assign_find(model, name, found);
    if (count == 0) {
        return unknown_name(command, model, name, choice->kinds);
    }
    for (size_t i = 0; i < count; i++) {
        if (!(choice->kinds >> found[i].kind & 1)) {
            return usage_error(command, "'%s' is %s: --only takes %s", name,
                               choice->refusal, choice->what);
        }
        choose(chosen, found[i].kind, found[i].index);
    }
    return EXIT_OK;
}

static exit_status_t choose_all_named(chosen_t *chosen, const ebb_model_t *model,
                                      const command_t *command, const choice_t *choice,
                                      const char *names)
{
    exit_status_t status = EXIT_OK;
    if (names[strspn(names, ", ")] == '\0') {
        return usage_error(command, "--only takes names of %s, as in %s", choice->what,
                           choice->example);
    }
    while (*names && status == EXIT_OK) {
        char name[NAME_SIZE];
        size_t length = strcspn(names, ",");
        (void)snprintf(name, sizeof name, "%.*s", (int)length, names);
        status = choose_named(chosen, model, command, choice, name);
        names += length + (names[length] != '\0');
    }
    return status;
}

exit_status_t choose_inputs(chosen_t *chosen, const ebb_model_t *model,
                            const command_t *command, const char *names)
{
    static const choice_t inputs = {1u << EBB_SCALAR_INPUT, "no input", "inputs",
                                    "self_soothing,a.mindfulness"};
    chosen->items = calloc(ebb_model_info(model).inputs + 1, sizeof *chosen->items);
    return !chosen->items ? talk_no_memory()
           : names        ? choose_all_named(chosen, model, command, &inputs, names)
                          : EXIT_OK;
}

exit_status_t choose_outputs(chosen_t *chosen, const ebb_model_t *model,
                             const command_t *command, const char *names)
{
    static const choice_t outputs = {1u << EBB_SCALAR_STATE | 1u << EBB_SCALAR_LET,
                                     "set, not calculated", "states and lets",
                                     "love,a.alarm"};
    ebb_model_info_t info = ebb_model_info(model);
    chosen->items = calloc(info.states + info.lets + 1, sizeof *chosen->items);
    if (!chosen->items) {
        return talk_no_memory();
    }
    for (size_t i = 0; !names && i < info.states + info.lets; i++) {
        bool let = i >= info.states;
        choose(chosen, let ? EBB_SCALAR_LET : EBB_SCALAR_STATE,
               let ? i - info.states : i);
    }
    return names ? choose_all_named(chosen, model, command, &outputs, names) : EXIT_OK;
}
