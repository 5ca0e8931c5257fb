/* SPDX-License-Identifier: MIT
 *
 * How unusual a silence is: S as a function of operational time alone [eq 5], and the
 * traces along the runs that the second definition [eq 8] and the loop share [eq 10]
 * need.
 */
#ifndef EBB_CYCLE_SURPRISE_H
#define EBB_CYCLE_SURPRISE_H

#include "cycle/regression.h"

#define EBB_CURVE_POINTS 400

/* S on a grid of log operational minutes, linear in between. */
typedef struct ebb_curve {
    float s[EBB_CURVE_POINTS];
} ebb_curve_t;

/* The curve of a usual-reply equation with coefficients beta (stride between them in
 * doubles, so that a lane of refits can be passed). */
void ebb_curve_make(ebb_curve_t *curve, const ebb_design_t *usual, const double *beta,
                    size_t stride);

/* S at log(operational minutes since t0), in [0, 1]. */
static inline float ebb_curve_at(const ebb_curve_t *curve, float log_minutes)
{
    /* grid from e^-3 to e^10: 0.05 minutes to 15 days of typical active time */
    float place = (log_minutes + 3) * ((EBB_CURVE_POINTS - 1) / 13.0f);
    if (!(place > 0)) {
        return 0;
    }
    if (place >= EBB_CURVE_POINTS - 1) {
        return curve->s[EBB_CURVE_POINTS - 1];
    }
    int i = (int)place;
    return curve->s[i] + (place - (float)i) * (curve->s[i + 1] - curve->s[i]);
}

/* What a set of reply coefficients says along the runs, in lanes. */
typedef struct ebb_trace {
    size_t lanes;  /* lanes to write, 1 or EBB_LANES; also the stride of the arrays */
    float *second; /* S' of each pursuit row and lane, at the middle of the cell; or
                      NULL */
    float
        *waited; /* M of each follow-up and lane, in the order of the cells; or NULL */
} ebb_trace_t;

/* Runs through the reply equation with `lanes` in use. `second` and `waited` may be
 * NULL. */
void ebb_trace_run(ebb_trace_t *trace, const ebb_design_t *reply,
                   const ebb_refits_t *lanes);

#endif
