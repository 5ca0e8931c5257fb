/* SPDX-License-Identifier: MIT
 * Follows the equations of a reduced model: a run of run/, with starts and numbers that
 * change from one call to the next. */
#ifndef EBB_STUDY_ORBIT_H
#define EBB_STUDY_ORBIT_H

#include "run/machine.h"
#include "study/reduce.h"

typedef struct ebb_orbit {
    const ebb_reduction_t *reduction;
    ebb_simulation_t *run;
    size_t states, times;
    double *values;        /* parameters; the caller may change them between calls */
    const double *numbers; /* a row of parameters for each start, instead; or NULL */
    const double *starts;  /* during a call: rows of `states` numbers */
} ebb_orbit_t;

/* What is followed. */
typedef struct ebb_orbit_wish {
    double length;
    const double *times; /* rising, when states are written; NULL: at the end only */
    size_t time_count;
    size_t steps_most; /* a start that needs more is given up; 0: ten million */
} ebb_orbit_wish_t;

/**
 * Compiles a run of a reduced system, which may have been given more states.
 *
 * @param[out] orbit      to be released with ebb_orbit_close, also after a failure
 * @param[in]  reduction  borrowed for its life
 * @param[in]  wish       how long, and when to look
 * @param[out] error      may be NULL
 * @return 0, or what ebb_run_new says.
 */
int ebb_orbit_open(ebb_orbit_t *orbit, const ebb_reduction_t *reduction,
                   const ebb_orbit_wish_t *wish, ebb_error_t *error);

void ebb_orbit_close(ebb_orbit_t *orbit);

/**
 * Follows several starts, each apart.
 *
 * @param[in,out] orbit   from ebb_orbit_open
 * @param[in]     starts  `count` rows of states; may be where `rows` is if only the end
 *                        is written
 * @param[in]     count   how many
 * @param[out]    rows    for each start: for each time a row of states; NaN where it
 *                        could not be followed so far
 * @param[out]    error   may be NULL
 * @return 0, also when some could not be followed; EBB_ERR_MEMORY.
 */
int ebb_orbit_follow(ebb_orbit_t *orbit, const double *starts, size_t count,
                     double *rows, ebb_error_t *error);

#endif
