/* SPDX-License-Identifier: MIT
 * A calibration from within. */
#ifndef EBB_STUDY_CALIBRATE_H
#define EBB_STUDY_CALIBRATE_H

#include "ebb/calibrate.h"
#include "study/emulator.h"

#define EBB_CALIBRATE_ISLANDS 8 /* parts of the sample that are made apart */

/* Coordinates are those on which the prior is uniform, from 0 to 1. */
struct ebb_calibration {
    ebb_calibrate_settings_t settings; /* with its defaults filled in */
    size_t told, asked, round;         /* evaluations so far, and of this round */
    double *places;                    /* evaluations x params: coordinates */
    double *points;                    /* the same as values of the parameters */
    double *values, *errors;           /* evaluations x targets, scaled */
    double *weights;                   /* evaluations */
    ebb_emulator_t emulator;
    double *sample;                     /* draws x params: coordinates */
    double *draws;                      /* the same as values of the parameters */
    double *figures;                    /* draws x targets, of the polynomial */
    double *mean, *root;                /* of the sample; the root of its covariance */
    double *figure, *variance, *column; /* targets, targets, draws: at work */
    double heat;                        /* factor on the targets' deviations */
};

/* Value of a parameter at a coordinate. */
double ebb_calibrate_value(const ebb_calibrate_param_t *param, double place);

/* A figure on the scale of its polynomial, and back. */
double ebb_calibrate_scaled(const ebb_calibrate_target_t *target, double value);
double ebb_calibrate_unscaled(const ebb_calibrate_target_t *target, double scaled);

/* Half of a target's interval in standard deviations, on that scale. */
double ebb_calibrate_sd(const ebb_calibrate_target_t *target);

/* Whether all rounds have been told. */
bool ebb_calibrate_done(const ebb_calibration_t *c);

#endif
