/* SPDX-License-Identifier: MIT
 *
 * From statements to a system: what the parts of the builder share.
 *
 * The parts, in the order in which they run: declare.c makes scalars of the
 * declarations, lets.c finds the order of the lets and builds them, equations.c does
 * the rest; resolve.c says what a name means and evaluate.c what a formula is. All
 * checks are made on the way: a formula is built once for each person it is for, and an
 * error in it is reported at its place once.
 */
#ifndef EBB_LANG_BUILD_H
#define EBB_LANG_BUILD_H

#include "lang/system.h"
#include "lang/units.h"

/* The value of a formula. */
typedef struct ebb_value {
    uint32_t node;
    bool condition; /* not a number */
    bool broken;    /* an error in it has been reported */
    ebb_unit_t unit;
} ebb_value_t;

/* Where summaries of a run are collected, while a scenario's expectations are read. */
typedef struct ebb_summaries {
    ebb_list_t list; /* ebb_summary_t */
    double length;   /* of the run, where no span is given; 0: unknown */
    const char *arm; /* of a claim: name of its first; NULL: there are none */
} ebb_summaries_t;

/* What a formula may use, and for whom it is. */
typedef struct ebb_scope {
    uint32_t person; /* EBB_NONE: the couple */
    bool constant;   /* no names at all; then `whose` says what it is */
    bool in_people;  /* inside sum(...) and its like */
    bool in_run;     /* inside the summary of a run */
    const char *whose;
    const ebb_value_t *size;           /* of an event; NULL: there is none here */
    const ebb_declaration_t *function; /* whose body this is, or NULL */
    uint32_t arguments;                /* its first argument on the stack */
    int calls;                         /* how deep in functions */
    ebb_summaries_t *summaries;        /* of a scenario, else NULL */
} ebb_scope_t;

typedef struct ebb_build {
    ebb_reading_t *reading;
    const ebb_syntax_t *syntax; /* the model's */
    ebb_declaration_t *declarations;
    size_t declaration_count;
    ebb_list_t code; /* of the file whose formulas are built: borrowed */
    ebb_system_t *system;
    ebb_graph_t *graph; /* where nodes go */
    uint32_t *first_of; /* for each name its first declaration, or EBB_NONE */
    uint8_t *lost;      /* for each name: it stands in a statement that was given up */
    size_t name_count;
    uint32_t *persons; /* names */
    size_t person_count;
    ebb_value_t *lets; /* values of lets, at first_slot of their declarations */
    bool units;        /* any unit was declared: check them */
    ebb_list_t stack;  /* ebb_value_t */
    uint32_t work;     /* operations so far, against explosions of functions */
} ebb_build_t;

/* Persons for whom something about a state is: from `first`, `count` of them; a shared
 * one is for EBB_NONE. */
typedef struct ebb_owners {
    uint32_t first;
    size_t count;
} ebb_owners_t;

/* What person.name means somewhere. */
typedef struct ebb_meaning {
    ebb_declaration_t *declaration;
    uint32_t person; /* whose, or EBB_NONE */
} ebb_meaning_t;

/**
 * Looks a name up; reports an error when it means nothing or is used wrongly.
 *
 * @param[in]  target   the name as it stands
 * @param[in]  scope    where
 * @param[out] meaning  what it is and whose
 * @return whether it means something; the declaration then counts as used.
 */
bool ebb_resolve(ebb_build_t *build, const ebb_target_t *target,
                 const ebb_scope_t *scope, ebb_meaning_t *meaning);

/* The person of that name, or EBB_NONE. */
uint32_t ebb_person_of(const ebb_build_t *build, uint32_t name);

/* The declaration of a name for a person (EBB_NONE: shared), or NULL. */
ebb_declaration_t *ebb_declared(const ebb_build_t *build, uint32_t name,
                                uint32_t person);

/* The scalar of a declaration for a person: its number in the list of its kind. */
uint32_t ebb_slot_of(const ebb_declaration_t *declaration, uint32_t person);

/* The tables of names: none declared yet, and which are lost. */
void ebb_build_names(ebb_build_t *build);

/* Says how something is called here that has another name elsewhere; whether it has. */
bool ebb_suggest_habit(ebb_build_t *build, uint32_t name);

/* Suggests a declared name near to `name`, after an error was reported. */
void ebb_suggest_name(ebb_build_t *build, uint32_t name, const ebb_scope_t *scope);

/* The value of a formula; false when an error was found. */
bool ebb_evaluate(ebb_build_t *build, ebb_formula_t formula, ebb_scope_t scope,
                  ebb_value_t *value);

/* The same for what must be a number, finite if constant. `whose` is for messages: "the
 * initial value". */
bool ebb_evaluate_number(ebb_build_t *build, ebb_formula_t formula, ebb_scope_t scope,
                         ebb_value_t *value);

/* A number that may depend on nothing but `allowed` (EBB_ON_ bits). */
bool ebb_evaluate_limited(ebb_build_t *build, ebb_formula_t formula, ebb_scope_t scope,
                          unsigned allowed, ebb_value_t *value);

/* A constant; `scope.constant` is set by this. */
bool ebb_evaluate_constant(ebb_build_t *build, ebb_formula_t formula, const char *whose,
                           double *value);

/* Where a formula stands: from its first operation to its last, on one line. */
ebb_where_t ebb_formula_where(const ebb_build_t *build, ebb_formula_t formula);

/* Reports when a unit is not what it should be. `what` is given it. */
void ebb_check_unit(ebb_build_t *build, ebb_where_t where, const ebb_unit_t *wanted,
                    const ebb_unit_t *found, const char *what);

/* The unit of a name to a power in halves, unknown when no units are declared. */
ebb_unit_t ebb_time_unit(const ebb_build_t *build, int halves);

/* "a.alarm", or "contact" for EBB_NONE. */
const char *ebb_scalar_name(ebb_build_t *build, uint32_t name, uint32_t person);

/* The scalar that `slot` of a person becomes when the two partners change places. */
uint32_t ebb_mirror_of(const ebb_build_t *build, uint32_t slot, uint32_t person);

/* Reports an initial value that is a constant outside the state's range. */
void ebb_check_initial(ebb_build_t *build, const ebb_declaration_t *d, uint32_t node);

/* The steps. */
void ebb_build_declarations(ebb_build_t *build);
void ebb_build_lets(ebb_build_t *build);
void ebb_build_equations(ebb_build_t *build);
void ebb_build_events(ebb_build_t *build); /* called by the one before */
void ebb_build_lasts(ebb_build_t *build);
void ebb_build_shown(ebb_build_t *build);

/* What can be said of a broken model's own scenarios: names that it does not have. */
void ebb_build_scenarios(ebb_build_t *build);

/* A whole system out of a file that was read without errors or with them; it may be
 * used only if the reading has none. Strings live in the reading's arena. */
void ebb_build_system(ebb_build_t *build, const ebb_syntax_t *syntax,
                      ebb_system_t *system);
void ebb_build_free(ebb_build_t *build);

#endif
