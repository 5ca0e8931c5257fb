/* SPDX-License-Identifier: MIT
 *
 * A portrait of one couple of a run: its course in fine steps, its episodes, and at
 * chosen moments how strongly things move each other and how large the gain of the loop
 * is. It is what the page of a simulation draws.
 *
 *     ebb_portrait_settings_t what = {.model = model, .settings = &settings,
 *                                     .shown = shown, .shown_count = count};
 *     ebb_portrait_t portrait = {0};
 *     code = ebb_portrait_make(&portrait, &what, &error);
 *     ...
 *     ebb_portrait_free(&portrait);
 */
#ifndef EBB_PORTRAIT_H
#define EBB_PORTRAIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/error.h"
#include "ebb/model.h"
#include "ebb/run.h"
#include "ebb/spells.h"

/* More quantities than these are a table, not a picture. */
#define EBB_PORTRAIT_SHOWN_MOST 24
#define EBB_PORTRAIT_MOMENTS_MOST 600

/* Whose portrait. All is borrowed for the call, the model for the portrait's life. */
typedef struct ebb_portrait_settings {
    const ebb_model_t *model;
    const ebb_scenario_t *scenario;     /* NULL: none */
    const ebb_run_settings_t *settings; /* of the run; times and outputs do not count,
                                           its `alloc` is the portrait's too */
    uint64_t couple;                    /* its number */
    const ebb_run_output_t *shown;      /* what is drawn: states and lets */
    size_t shown_count;                 /* at most EBB_PORTRAIT_SHOWN_MOST */
    /* the moments, at most EBB_PORTRAIT_MOMENTS_MOST, rising, within the run: so that
     * two arms are looked at together. NULL: they are chosen */
    const double *moments;
    size_t moment_count;
} ebb_portrait_settings_t;

/* All times in the model's unit. Numbers after the couple's end are NaN. */
typedef struct ebb_portrait {
    size_t shown_count;
    const ebb_run_output_t *shown;
    double *traits; /* of this couple, in the model's order */

    /* its course: `count` rows of shown_count numbers, at 0, step, 2 step ... */
    double length, step;
    size_t count;
    double *course;
    double end;      /* when it ended; NaN: it lasts */
    const char *why; /* it could not be run to the end; NULL: it could. Static */

    /* its episodes, where the model has `withdrawal`, a unit of time of the clock, and
     * steps so fine that they can be seen; else has_spells is false */
    bool has_spells;
    ebb_spell_t *spells;
    size_t spell_count;

    /* moments: evenly, and the begin, peak and end of episodes (of many, some) */
    double *moments;
    size_t moment_count;
    double *values; /* of each moment, shown_count numbers */

    /* states that are as good as still while the others settle: what goes back (or
     * away) by itself less than a tenth as fast as the fastest, by the median over the
     * moments. One for each state of the model */
    bool *slow;

    /* what moves what: shown quantities that are not slow, as places in `shown`; see
     * ebb_study_links */
    size_t node_count;
    size_t *nodes;
    double *strengths; /* of each moment, node_count rows of node_count numbers */

    /* where the loop is cut: `withdrawal` of each person who has it, else the first
     * shown quantity of a person that can be; see ebb_study_gain_along */
    size_t cut_count;
    ebb_run_output_t *cuts;
    double *gains; /* of each moment, cut_count numbers; NaN: not defined there */

    void *_memory;
} ebb_portrait_t;

/**
 * What a portrait shows, when nobody says: what the model wants shown, in its order; if
 * it says nothing, states and then lets, up to eight names.
 *
 * @param[in]  model  whose
 * @param[out] shown  room for EBB_PORTRAIT_SHOWN_MOST
 * @return how many
 */
size_t ebb_portrait_shown(const ebb_model_t *model, ebb_run_output_t *shown);

/**
 * Runs a couple and looks at it.
 *
 * Slow states are held where they are at each moment, the others answer: so a gain is
 * that of the fast part of the model, taken at the moment and not at rest. Where a
 * model has more free states than a study takes (128), or nothing to cut, there are no
 * nodes or cuts.
 *
 * @param[out] portrait  to be released with ebb_portrait_free, also after a failure
 * @param[in]  what      see there
 * @param[out] error     may be NULL
 * @return 0, also when the couple could not be run to the end; EBB_ERR_ARGUMENT,
 * EBB_ERR_LIMIT, EBB_ERR_MEMORY. Thread-safe. Cost: two runs of the couple, and for
 * each moment some evaluations of derivatives; below a second for five years of a model
 * of forty states.
 */
int ebb_portrait_make(ebb_portrait_t *portrait, const ebb_portrait_settings_t *what,
                      ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what ebb_portrait_make filled; all zero is a no-op.
 *
 * @param[in,out] portrait  is all zero afterwards
 */
void ebb_portrait_free(ebb_portrait_t *portrait);

#endif
