/* SPDX-License-Identifier: MIT
 *
 * Calibration without a likelihood: which values of a few parameters a simulator's
 * figures allow, as a sample, given published figures with their intervals.
 *
 * The simulator is the caller's: a calibration asks for evaluations at points, round by
 * round, and is told what came of them. So it does not matter where, in how many
 * threads, or in how many sittings they are made.
 *
 *     ebb_calibration_t *calibration = NULL;
 *     int code = ebb_calibration_new(&calibration, &settings, &error);
 *     while (!code && (count = ebb_calibration_points(calibration, &points)) > 0) {
 *         ... simulate each of the `count` points ...
 *         code = ebb_calibration_tell(calibration, values, errors, &error);
 *     }
 *
 * Near where the figures are met a polynomial stands in for the simulator, with its own
 * uncertainty; each round asks where it is needed (docs/maths/calibrate.md).
 */
#ifndef EBB_CALIBRATE_H
#define EBB_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"

#define EBB_CALIBRATE_PARAMS_MOST 16u
#define EBB_CALIBRATE_TARGETS_MOST 64u
#define EBB_CALIBRATE_EVALUATIONS_MOST 100000u

/* A parameter: every value of its range is as likely before, or of its logarithm. */
typedef struct ebb_calibrate_param {
    const char *name; /* borrowed */
    double low, high; /* low < high; `log`: above 0 */
    bool log;
} ebb_calibrate_param_t;

/* A published figure. [low, high] is taken as its interval of 95 %, half of which is
 * 1.96 standard deviations; of a rare share on the scale of log(-log(1 - share)), on
 * which a hazard twice as large is always as far away. */
typedef struct ebb_calibrate_target {
    const char *name;        /* borrowed */
    double value, low, high; /* low < high; `rare`: above 0 and below 1 */
    bool rare;               /* a share of those to whom something happens in a time */
} ebb_calibrate_target_t;

/* All is borrowed for the life of the calibration. */
typedef struct ebb_calibrate_settings {
    const ebb_calibrate_param_t *params;
    size_t param_count; /* 1 to EBB_CALIBRATE_PARAMS_MOST */
    const ebb_calibrate_target_t *targets;
    size_t target_count; /* 1 to EBB_CALIBRATE_TARGETS_MOST */
    const bool *acts;    /* target_count x param_count: what depends on what; what is
                            known not to matter need not be found out. NULL: all on
                            all */
    uint64_t seed;
    size_t evaluations; /* in all; at least ebb_calibrate_least, at most _MOST */
    size_t rounds;      /* 2 to 50; 0: 6. The last one looks at the posterior only */
    size_t draws;       /* of the posterior, 64 to 100000; 0: 2000 */
    const ebb_alloc_t *alloc; /* NULL: default */
} ebb_calibrate_settings_t;

typedef struct ebb_calibration ebb_calibration_t;

/** Fewest evaluations a calibration of so many parameters can do with.
 *
 * @param[in] params  how many
 * @param[in] rounds  as in the settings
 */
size_t ebb_calibrate_least(size_t params, size_t rounds);

/**
 * Begins a calibration.
 *
 * @param[out] calibration  new, to be released with ebb_calibration_free; NULL on
 *                          failure
 * @param[in]  settings     see there
 * @param[out] error        may be NULL
 * @return 0, EBB_ERR_ARGUMENT (counts, ranges, intervals: the text names which), or
 * EBB_ERR_MEMORY.
 */
int ebb_calibration_new(ebb_calibration_t **calibration,
                        const ebb_calibrate_settings_t *settings,
                        ebb_error_t *error) EBB_MUST_CHECK;

/** Releases it. NULL is a no-op. */
void ebb_calibration_free(ebb_calibration_t *calibration);

/**
 * The points at which the simulator is asked for next.
 *
 * @param[in]  calibration  from ebb_calibration_new
 * @param[out] points       rows of parameter values, in the order of the settings;
 *                          valid until the next ebb_calibration_tell
 * @return how many; 0: the calibration is done. What is asked for depends on the
 * settings and on what was told so far, and on nothing else. Cheap.
 */
size_t ebb_calibration_points(const ebb_calibration_t *calibration,
                              const double **points);

/** How many evaluations were told so far.
 *
 * @param[in]  calibration  from ebb_calibration_new
 * @param[out] round        the number of the round that is asked for, from 0
 */
size_t ebb_calibration_told(const ebb_calibration_t *calibration, size_t *round);

/**
 * Tells what came of the points that were asked for.
 *
 * @param[in,out] calibration  from ebb_calibration_new
 * @param[in]     values       a row of figures for each point; NaN: none there; rare
 *                             shares above 0 and below 1
 * @param[in]     errors       standard error of each, from the simulator's own chance;
 *                             0: it has none
 * @param[out]    error        may be NULL
 * @return 0, EBB_ERR_ARGUMENT (nothing was asked for, an error below 0, a rare share
 * that is none),
 * EBB_ERR_NUMERIC (a figure came out too seldom, or the targets cannot be met
 * together), EBB_ERR_MEMORY. Not thread-safe. Cost: some hundred thousand evaluations
 * of the polynomials, a second or so with ten parameters.
 */
int ebb_calibration_tell(ebb_calibration_t *calibration, const double *values,
                         const double *errors, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * The sample of the posterior.
 *
 * @param[in]  calibration  that is done
 * @param[out] count        how many draws
 * @return rows of parameter values, all of equal weight; NULL before it is done
 */
const double *ebb_calibration_draws(const ebb_calibration_t *calibration,
                                    size_t *count);

/* What became of a parameter. */
typedef struct ebb_calibrate_param_info {
    double median, low, high; /* of the posterior: 95 % between low and high */
    double mean, sd;          /* on the scale on which it was uniform before, from 0 to
                                 1 */
    double narrower;          /* sd of the prior by that of the posterior */
    bool identified;          /* narrower than EBB_CALIBRATE_NARROWER, by itself */
    size_t together;          /* the parameter with which only a combination is fixed:
                                 |r| above EBB_CALIBRATE_TOGETHER; itself: none */
    double r;                 /* correlation with it */
} ebb_calibrate_param_info_t;

#define EBB_CALIBRATE_NARROWER 2.0
#define EBB_CALIBRATE_TOGETHER 0.9

/** What became of a parameter of a calibration that is done. Cheap.
 *
 * @param[in] calibration  that is done
 * @param[in] param        below `param_count`
 */
ebb_calibrate_param_info_t ebb_calibration_param(const ebb_calibration_t *calibration,
                                                 size_t param);

/* What became of a target. */
typedef struct ebb_calibrate_target_info {
    double median, low, high; /* of the figure over the posterior, by the polynomial */
    double misfit;            /* standard deviation of what the polynomial leaves, on
                                 the scale on which it is one */
    double simulated;         /* mean of the last round, at draws of the posterior; of a
                                 rare share on its scale */
    double emulated, error;   /* mean of the polynomial there, which had not seen them,
                                 and the standard error of what is between the two */
    bool met;                 /* the median is within the target's interval */
} ebb_calibrate_target_info_t;

/** What became of a target of a calibration that is done. Cheap.
 *
 * @param[in] calibration  that is done
 * @param[in] target       below `target_count`
 */
ebb_calibrate_target_info_t ebb_calibration_target(const ebb_calibration_t *calibration,
                                                   size_t target);

/** Effective size of the sample: as many independent draws would tell its means as
 * well.
 *
 * @param[in] calibration  that is done
 * @return from how parts of the sample that were made apart differ; at most its size
 */
double ebb_calibration_effective(const ebb_calibration_t *calibration);

/* --- recovery --------------------------------------------------------------------- */

/** Draws a point of the prior, to be found back.
 *
 * @param[in]  settings  parameters and seed
 * @param[in]  number    another number is another point
 * @param[out] point     `param_count` values
 */
void ebb_calibrate_truth(const ebb_calibrate_settings_t *settings, uint64_t number,
                         double *point);

/** Targets as they would have been published, had the simulator been what was measured.
 *
 * @param[in]  settings  targets, whose intervals say how far off a figure is
 * @param[in]  number    another number is other chance
 * @param[in]  values    `target_count` figures of the simulator at that point
 * @param[out] targets   `target_count` of them: each figure with a normal error, and
 *                       an interval as wide as that of the settings, on its scale
 * @return whether they could have been: every figure is finite
 */
bool ebb_calibrate_publish(const ebb_calibrate_settings_t *settings, uint64_t number,
                           const double *values, ebb_calibrate_target_t *targets);

#endif
