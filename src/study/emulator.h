/* SPDX-License-Identifier: MIT
 * A polynomial in place of a simulator, near a place: what it would give there, and how
 * uncertain that is (docs/maths/calibrate.md). */
#ifndef EBB_STUDY_EMULATOR_H
#define EBB_STUDY_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "ebb/alloc.h"
#include "ebb/error.h"

/* Evaluations of a simulator. All is borrowed. */
typedef struct ebb_emulator_data {
    size_t count;
    const double *at;      /* count x dims */
    const double *values;  /* count x targets; NaN: could not be told there */
    const double *errors;  /* count x targets: standard errors, >= 0 */
    const double *weights; /* count: how much each matters, 0 to 1 */
} ebb_emulator_data_t;

/* Zero-initialise. `centre` and `width` (above 0) are the caller's to set before a fit:
 * about where, and in steps of what size. */
typedef struct ebb_emulator {
    size_t dims, targets;
    const bool *acts; /* targets x dims: which coordinates a target depends on; NULL:
                         all on all; borrowed */
    size_t terms;     /* of a fit: with squares and products, or without */
    size_t *chosen;   /* targets x terms: those of a target, */
    size_t *counts;   /* targets: and how many */
    double *centre, *width;
    double *coefficients; /* targets x terms */
    double *roots;        /* targets x terms x terms, of the precision */
    double *misfit;       /* targets: variance of what a polynomial leaves */
    double *work;
    const ebb_alloc_t *alloc;
} ebb_emulator_t;

/* Room for a problem; 0 or EBB_ERR_MEMORY. Release in any case. */
int ebb_emulator_new(ebb_emulator_t *e, size_t dims, size_t targets, const bool *acts,
                     const ebb_alloc_t *alloc);
void ebb_emulator_free(ebb_emulator_t *e);

/* How many evaluations, by weight (Kish), a fit with squares and products of all
 * targets asks for. */
size_t ebb_emulator_needs(const ebb_emulator_t *e);

/* Kish's effective number of weights. */
double ebb_emulator_effective(const double *weights, size_t count);

/* Fits all targets. 0, EBB_ERR_NUMERIC: a target was told nowhere, or the evaluations
 * do not determine the polynomial; `error` names the number of the target. */
int ebb_emulator_fit(ebb_emulator_t *e, const ebb_emulator_data_t *data,
                     ebb_error_t *error);

/* Mean and variance of each target at a place. */
void ebb_emulator_at(const ebb_emulator_t *e, const double *at, double *mean,
                     double *variance);

#endif
