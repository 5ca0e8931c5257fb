/* SPDX-License-Identifier: MIT
 *
 * The right-hand side of a reduced model as numbers: R(x), its derivatives, and
 * Newton's method on it.
 *
 * R [eq 102] is 0 where the equations rest: the rates, in discrete time next value less
 * value, and with a clipping bound what is left of these within it. All results stand
 * in the flow until the next call.
 */
#ifndef EBB_STUDY_FLOW_H
#define EBB_STUDY_FLOW_H

#include "run/interpret.h"
#include "study/reduce.h"

typedef struct ebb_flow {
    ebb_reduction_t *reduction;
    size_t n, delays; /* free states, delayed ones */
    bool steps;
    /* after ebb_flow_residual: */
    double *residual; /* [n] R, delayed states being what they are now */
    /* after ebb_flow_linearise, besides: */
    /* derivatives of R_0 ... R_(n-1), and in a last row of the quantity observed */
    double *jacobian; /* [n + 1][n] by states, delayed states being what they are now */
    double *now;      /* [n + 1][n] by states alone */
    double *delayed;  /* [n + 1][delays] by delayed states */
    double *by_lead;  /* [n + 1] by the number that is varied */
    double *lags;     /* [delays] */
    /* scratch */
    double *matrix, *kept, *step, *trial;
    size_t *pivots;
    uint32_t *delay_state; /* of each delay */
    ebb_program_t _program;
    ebb_registers_t _registers;
    ebb_arena_t _arena;
} ebb_flow_t;

/**
 * Compiles a reduced model.
 *
 * @param[out]    flow       to be released with ebb_flow_close, also after a failure
 * @param[in,out] reduction  borrowed for its life; its graph grows
 * @param[out]    error      may be NULL
 * @return 0, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_flow_open(ebb_flow_t *flow, ebb_reduction_t *reduction, ebb_error_t *error);

void ebb_flow_close(ebb_flow_t *flow);

/* Sets a number: a place among the parameters of the reduced system. */
void ebb_flow_set(ebb_flow_t *flow, size_t place, double value);

/* The size of the R that is there, relative to x, which need not be where it was
 * computed. Infinite when it is not defined. */
double ebb_flow_size(const ebb_flow_t *flow, const double *x);

/* R at x. Returns its size: the largest |R_i| / (1 + |x_i|); infinite when undefined.
 */
double ebb_flow_residual(ebb_flow_t *flow, const double *x);

/* R and all its derivatives at x. Returns the size of R. */
double ebb_flow_linearise(ebb_flow_t *flow, const double *x);

/* All states and lets of the model at x. */
void ebb_flow_values(ebb_flow_t *flow, const double *x, double *values);

/* Newton's method with damping from x to a zero of R [eq 103]; returns whether there is
 * one, within 1e-10. Never more than 100 steps. */
bool ebb_flow_solve(ebb_flow_t *flow, double *x);

/* Whether the Jacobian at x differs between the sides of x: a kink of the equations. */
bool ebb_flow_is_kink(ebb_flow_t *flow, const double *x);

#endif
