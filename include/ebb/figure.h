/* SPDX-License-Identifier: MIT
 *
 * Published figures about couples beside what the models give: for each row of
 * evidence/held_out.tsv and evidence/seeds.tsv a run of a population, a statistic over
 * its couples, and the interval of the run's own sampling error; or of many runs, over
 * a sample of what other figures leave of the parameters. Nothing is fitted to them
 * (evidence/README.md, Figures of the models).
 *
 *     size_t which;
 *     ebb_figure_found_t found;
 *     ebb_figure_settings_t settings = {.couples = 4000};
 *     if (ebb_figure_find("pair_stable", &which)) {
 *         code = ebb_figures_compute(&which, 1, &settings, &found, &error);
 *     }
 */
#ifndef EBB_FIGURE_H
#define EBB_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/host.h"
#include "ebb/sample.h"

/* A row of the evidence and how its figure is read off a run. Strings are static UTF-8,
 * never NULL; "" where there is nothing. */
typedef struct ebb_figure {
    const char *id, *figure; /* what it is, in words */
    double value, low, high; /* what counts as met; `value` NaN where a sign is known
                                and no size */
    const char *interval;    /* "published", "ten-percent", "sign" ... */
    const char *population, *source, *standing;
    const char *used;      /* "held-out", or "shown": not counted */
    const char *run;       /* which is run, or "": the models cannot say it */
    const char *statistic; /* one of EBB_STATISTIC_LIST */
    const char *columns;   /* of the run's rows */
    const char *among;     /* a condition that couples must meet, or "" */
    const char *note;      /* what is taken for what, or why there is none */
    const char *missed;    /* why the models miss it, as far as is known */
} ebb_figure_t;

/** How many figures there are.
 *
 * @return the same in every call. Thread-safe, as all of this header.
 */
size_t ebb_figure_count(void);

/**
 * A figure by its place.
 *
 * @param[in]  index   from 0, below ebb_figure_count
 * @param[out] figure  filled; untouched when there is none
 * @return whether there is one
 */
bool ebb_figure_at(size_t index, ebb_figure_t *figure);

/**
 * The place of a figure.
 *
 * @param[in]  id     NUL-terminated, "pair_stable"
 * @param[out] index  filled; untouched when there is none
 * @return whether there is one. Looks through all.
 */
bool ebb_figure_find(const char *id, size_t *index);

/* --- statistics ------------------------------------------------------------------- */

/* name, word, columns at least and at most, what it is (docs/maths/figures.md) */
#define EBB_STATISTIC_LIST(X)                                                         \
    X(EBB_STATISTIC_SHARE, "share", 1, 1, "share in which x is not 0")                \
    X(EBB_STATISTIC_MEAN, "mean", 1, 1, "mean of x")                                  \
    X(EBB_STATISTIC_MEDIAN, "median", 1, 1, "median of x")                            \
    X(EBB_STATISTIC_DIFFERENCE, "difference", 2, 2,                                   \
      "mean of x where g, minus elsewhere")                                           \
    X(EBB_STATISTIC_D, "d", 2, 2, "that, in pooled standard deviations of x")         \
    X(EBB_STATISTIC_D_OVER, "d_over", 3, 8,                                           \
      "mean of d of the first, minus d of the last")                                  \
    X(EBB_STATISTIC_GAIN, "gain", 2, 2, "mean of y - x, in standard deviations of x") \
    X(EBB_STATISTIC_RATIO, "ratio", 2, 2, "mean of y over mean of x")                 \
    X(EBB_STATISTIC_CORRELATION, "correlation", 2, 2, "of x and y")                   \
    X(EBB_STATISTIC_SLOPE, "slope", 2, 8,                                             \
      "of the first over the last, the others held")                                  \
    X(EBB_STATISTIC_INTERACTION, "interaction", 3, 3, "of y over x z, x and z held")  \
    X(EBB_STATISTIC_OWN, "own_over_partner", 3, 7,                                    \
      "of y over a first half of x, minus over the second, all held, as costs")       \
    X(EBB_STATISTIC_R2, "r2", 2, 8,                                                   \
      "share of the variance of y explained by the others")                           \
    X(EBB_STATISTIC_HAZARD, "hazard_ratio", 3, 3, "events by time where g, over all") \
    X(EBB_STATISTIC_LOG_RATE, "log_rate", 2, 2, "logarithm of events by time")

typedef enum ebb_statistic {
#define EBB_STATISTIC_ENUM(name, word, least, most, text) name,
    EBB_STATISTIC_LIST(EBB_STATISTIC_ENUM)
#undef EBB_STATISTIC_ENUM
        EBB_STATISTICS
} ebb_statistic_t;

/* --- what the models give --------------------------------------------------------- */

/* A parameter of a model that is set in all runs whose model has it. */
typedef struct ebb_figure_set {
    const char *name; /* "hazard_scale" */
    double value;     /* within its range */
} ebb_figure_set_t;

/* All zero is a start; all is borrowed. */
typedef struct ebb_figure_settings {
    uint64_t couples; /* of every run, at most 1,000,000; 0: as each run says */
    uint64_t seed;
    const ebb_figure_set_t *sets;
    size_t set_count;
    const ebb_sample_t *sample; /* NULL: the parameters as they are. Each run is made
                                   once for each draw, with other chance. A draw takes
                                   the place of what a run has: a parameter that is 0 in
                                   it, as the barrier of the unmarried, stays 0. What is
                                   in `sets` goes before */
    size_t draws;               /* 2 to EBB_SAMPLE_DRAWS_MOST; 0: EBB_SAMPLE_DRAWS */
    size_t workers;             /* shards at the same time, 1 to 64; 0: 1 */
    const ebb_executor_t *executor; /* NULL: one thread. No result depends on it */
    /* called between shards by the calling thread with runs done and wanted; not 0
     * cancels. May be NULL */
    int (*progress)(void *user, uint64_t done, uint64_t all);
    void *progress_user;
    const ebb_alloc_t *alloc; /* NULL: default; thread-safe if an executor is given */
} ebb_figure_settings_t;

/* What came of one figure. */
typedef struct ebb_figure_found {
    bool computed;    /* the models can say it, and the run had couples enough: over a
                         sample, at half of the draws or more */
    uint64_t couples; /* that count in it, of all draws together */
    double value; /* NaN where it is not computed; over a sample the mean [eq 502] */
    double low, high; /* 95 % of what another run of as many couples would give; over a
                         sample, at another draw of the parameters */
    bool inside;      /* within what counts as met: of a sign and of a limit on one side
                         the whole interval, of others the value */
} ebb_figure_found_t;

/**
 * Computes figures; those of the same run share it.
 *
 * @param[in]  which     places of the figures
 * @param[in]  count     how many, at least 1
 * @param[in]  settings  see there; NULL: all zero
 * @param[out] found     one for each
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (a place, couples, a name that no model has or a value
 * outside its range, draws), EBB_ERR_CANCELLED, EBB_ERR_MEMORY. Thread-safe. The same
 * settings give the same bits, however many workers. Cost: couples times the length of
 * each run that is wanted, times the draws; memory: a row of numbers for each couple of
 * a run.
 */
int ebb_figures_compute(const size_t *which, size_t count,
                        const ebb_figure_settings_t *settings,
                        ebb_figure_found_t *found, ebb_error_t *error) EBB_MUST_CHECK;

#endif
