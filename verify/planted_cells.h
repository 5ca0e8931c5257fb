/* SPDX-License-Identifier: MIT
 *
 * The cells of the verification: what is planted in each, for any generator, and the
 * knobs that make a planted loop weak, middle or strong in the measure's own terms.
 *
 * Main idea: a cell names a strength, not knobs. Strength is defined by the pseudo-true
 * net reply rate with a follow-up outstanding (x0.85, x0.70, x0.50), which differs
 * between generators at equal knobs; `verify_cycles calibrate` finds the knobs and
 * strengths.tsv keeps them. Invariant: a cell's plant depends on nothing but the cell,
 * the generator and that file.
 */
#ifndef EBB_VERIFY_PLANTED_CELLS_H
#define EBB_VERIFY_PLANTED_CELLS_H

#include <stdbool.h>

#include "generator.h"

/* What is asked of a cell. */
typedef enum verify_group {
    VERIFY_NULL,     /* no loop: hardly any claim */
    VERIFY_HARD,     /* one arm only: hardly any claim either */
    VERIFY_POSITIVE, /* a loop: claims, with the right roles */
    VERIFY_CURVE     /* a loop under all confounders: power is told, not demanded */
} verify_group_t;

typedef enum verify_strength {
    VERIFY_NONE,
    VERIFY_WEAK,
    VERIFY_MIDDLE,
    VERIFY_STRONG,
    VERIFY_STRENGTHS
} verify_strength_t;

/* How the strengths run in the course of the record. */
typedef enum verify_course {
    VERIFY_STEADY,
    VERIFY_SWITCH, /* the two swap roles half way */
    VERIFY_GROWTH, /* from nothing to one and a half times */
    VERIFY_DAYS    /* B's withdrawal can last for days */
} verify_course_t;

typedef struct verify_cell {
    const char *name;
    verify_group_t group;
    unsigned confounders;
    verify_strength_t pursuit, withdrawal; /* of A, of B */
    bool mutual;                           /* the same the other way round */
    verify_course_t course;
    double wanted_power; /* least share of histories in which the loop is claimed, or 0
                          */
} verify_cell_t;

extern const verify_cell_t verify_cells[];
extern const int verify_cell_count;

typedef struct verify_generator {
    const char *name;
    ebb_generator_t *generate;
} verify_generator_t;

#define VERIFY_GENERATORS 2
extern const verify_generator_t verify_generators[VERIFY_GENERATORS];

/* Knobs of one strength, and what they came to when they were found. */
typedef struct verify_knobs {
    double pursuit, withdrawal; /* generator's own, [0, 4] */
    double per_day;             /* messages asked for; about 30 come */
    double p, w, followups;     /* mean over couples, in the pursuer's direction */
    double messages;            /* a day, as came */
    int records;                /* pooled for each couple; 0: not found yet */
} verify_knobs_t;

/* What knobs are found for: one pursues; both do; one, and silences last for days. */
typedef enum verify_plan {
    VERIFY_ONE,
    VERIFY_BOTH,
    VERIFY_LONG,
    VERIFY_PLANS
} verify_plan_t;

extern const char *const verify_plan_names[VERIFY_PLANS];

typedef struct verify_strengths {
    verify_knobs_t knobs[VERIFY_GENERATORS][VERIFY_PLANS][VERIFY_STRENGTHS];
} verify_strengths_t;

extern const char *const verify_strength_names[VERIFY_STRENGTHS];

/** Index of a cell or generator by name; -1 if there is none. */
int verify_find_cell(const char *name);
int verify_find_generator(const char *name);

/** Reads strengths.tsv; false if the file cannot be read or has an unknown row. Rows
 * that are absent stay as they are. */
bool verify_strengths_read(verify_strengths_t *strengths, const char *path);

/** Writes it whole; false if that fails. */
bool verify_strengths_write(const verify_strengths_t *strengths, const char *path);

/* Each cell has so many couples; history h is of couple h % VERIFY_COUPLES. Couples of
 * one cell differ in their habits, so in their pseudo-true values too. */
#define VERIFY_COUPLES 8

/** The plant of a cell for a generator: 26 weeks of two strangers. */
ebb_plant_t verify_plant(const verify_cell_t *cell, int generator,
                         const verify_strengths_t *strengths);

/** The same plant for one couple of the cell. */
ebb_plant_t verify_plant_couple(ebb_plant_t plant, uint64_t seed, const char *cell,
                                int couple);

/** Whether the cell's plant needs knobs that are not found yet. */
bool verify_plant_known(const verify_cell_t *cell, int generator,
                        const verify_strengths_t *strengths);

/** The seed of a history: `purpose` keeps runs, pools and calibration apart. */
uint64_t verify_seed(uint64_t seed, const char *purpose, const char *cell,
                     uint64_t history);

#endif
