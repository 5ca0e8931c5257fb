/* SPDX-License-Identifier: MIT
 * A branch of equilibria: stations, and the way from one to the next. */
#ifndef EBB_STUDY_PATH_H
#define EBB_STUDY_PATH_H

#include "study/spectrum.h"

/* A point of the branch. Coordinates are the free states and the number that is varied,
 * last, each divided by its scale. */
typedef struct ebb_station {
    double w[EBB_STUDY_FREE_MOST + 1];
    double t[EBB_STUDY_FREE_MOST + 1]; /* the tangent, of length 1 */
    int sign;                          /* of the determinant of [R_w; t'] */
    double pivots; /* smallest pivot of that matrix by largest: near 0 at a branch
                      point */
    size_t unstable, pairs;
    int flip;
    ebb_eigenvalue_t leading;
    double nearest;   /* of the pairs: how far the nearest is from the border */
    double frequency; /* and its angle per unit of time */
} ebb_station_t;

typedef struct ebb_path {
    ebb_flow_t flow;
    ebb_spectrum_t spectrum;
    size_t n; /* coordinates: free states and one */
    double scale[EBB_STUDY_FREE_MOST + 1];
    double x[EBB_STUDY_FREE_MOST]; /* scratch: states, unscaled */
} ebb_path_t;

/* From `from`, a step of h along its tangent and back onto the branch [eq 109]. Returns
 * whether it arrived, with all of `to` filled in. */
bool ebb_path_step(ebb_path_t *path, const ebb_station_t *from, double h,
                   ebb_station_t *to);

/* Fills in all but w, which is on the branch; the tangent is on the side of `along`.
 * Whether there is one. */
bool ebb_path_look(ebb_path_t *path, ebb_station_t *at, const double *along);

/* Where the branch ends for ebb_path_step since the equations have a kink there: turns
 * `at` to where it goes on behind it. Whether it does. */
bool ebb_path_turn(ebb_path_t *path, ebb_station_t *at);

/* Linearises at w; unscaled states are in path->x. Returns the size of R. */
double ebb_path_linearise(ebb_path_t *path, const double *w);

/* --- locate.c --------------------------------------------------------------------- */

/* What changed on the way, at part `s` of the step. */
typedef struct ebb_find {
    ebb_station_t at;
    double s;
    ebb_landmark_t mark;
} ebb_find_t;

#define EBB_FINDS_MOST 4

/* Everything special between two stations that are a step of h apart, in order, by
 * bisection along the step [eq 110]. Returns how many. */
size_t ebb_path_search(ebb_path_t *path, const ebb_station_t *from,
                       const ebb_station_t *to, double h,
                       ebb_find_t finds[EBB_FINDS_MOST]);

/* The part of the step at which the number is `number` (scaled). Whether it is found.
 */
bool ebb_path_reach(ebb_path_t *path, const ebb_station_t *from, double *h,
                    double number, ebb_station_t *to);

#endif
