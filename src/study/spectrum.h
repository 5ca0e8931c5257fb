/* SPDX-License-Identifier: MIT
 * Eigenvalues of an equilibrium, with delays too, and what they say. */
#ifndef EBB_STUDY_SPECTRUM_H
#define EBB_STUDY_SPECTRUM_H

#include "study/flow.h"

typedef struct ebb_spectrum {
    ebb_eigenvalue_t *values; /* the leading one first; `count` that are reported */
    size_t count, unstable;   /* unstable: of all that were computed */
    size_t unstable_pairs;    /* of these, in pairs that are not real: how many */
    ebb_stability_t stability;
    int flip_sign; /* in steps: changes when a real one crosses -1 */
    size_t _order; /* of the matrix, at most */
    double *_matrix, *_re, *_im;
    ebb_arena_t _arena;
} ebb_spectrum_t;

/* Memory for a flow's spectra; released with ebb_spectrum_close, also after a failure.
 * Returns 0, or EBB_ERR_MEMORY. */
int ebb_spectrum_open(ebb_spectrum_t *spectrum, const ebb_flow_t *flow);
void ebb_spectrum_close(ebb_spectrum_t *spectrum);

/* Fills the spectrum from what ebb_flow_linearise has left in the flow. Returns 0,
 * EBB_ERR_NUMERIC (not finite, no convergence), EBB_ERR_LIMIT (delays of more than 500
 * steps together), EBB_ERR_MEMORY. */
int ebb_spectrum_fill(ebb_spectrum_t *spectrum, const ebb_flow_t *flow);

/* The angle of re + i im, im >= 0: 0 to pi. */
double ebb_spectrum_angle(double re, double im);

#endif
