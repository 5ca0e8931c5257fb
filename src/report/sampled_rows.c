/* SPDX-License-Identifier: MIT
 * The numbers of one draw: of a population and of a trial, group by group. */
#include <math.h>

#include "ebb/sampled.h"
#include "report/populated.h"
#include "report/trialed.h"

/* Rows being filled; there may be more than fit. */
typedef struct sampled_list {
    ebb_sampled_row_t *rows;
    size_t room, count;
} sampled_list_t;

static void sampled_add(sampled_list_t *list, ebb_sampled_row_t row)
{
    if (list->count < list->room) {
        row.value = isfinite(row.error) ? row.value : (double)NAN;
        list->rows[list->count] = row;
    }
    list->count++;
}

/* Adds a share of `n` couples, with its standard error. */
static void sampled_add_share(sampled_list_t *list, ebb_sampled_row_t row,
                              uint64_t kept, uint64_t n)
{
    double all = (double)n, share = n ? (double)kept / all : (double)NAN;
    row.unit = "share";
    row.value = share;
    row.error = sqrt(share * (1 - share) / all);
    sampled_add(list, row);
}

/* --- a population ----------------------------------------------------------------- */

/* Who has not parted at the end; without an error where it is all or none. */
static void sampled_parted(sampled_list_t *list, ebb_sampled_row_t row,
                           const ebb_populated_curve_t *curve, size_t bins)
{
    const ebb_survival_point_t *last = &curve->points[bins - 1];
    row.number = "not_parted";
    row.unit = "share";
    row.value = curve->group.couples ? last->share : (double)NAN;
    row.error = isnan(last->error) ? 0 : last->error;
    sampled_add(list, row);
}

/* Episodes a year over the whole run, with the error of their number as if they came by
 * chance alone. */
static void sampled_episodes(sampled_list_t *list, ebb_sampled_row_t row,
                             const ebb_populated_t *from,
                             const ebb_lives_group_t *group)
{
    ebb_lives_info_t info = ebb_lives_info(from->lives);
    double years = ebb_populated_seen(from, group, 0, info.bins) / info.year;
    row.number = "episodes";
    row.unit = "a year";
    row.value = ebb_populated_rate(from, group, 0, info.bins);
    row.error = sqrt(row.value / years);
    sampled_add(list, row);
}

int ebb_populated_numbers(const ebb_populated_t *from, ebb_sampled_row_t *rows,
                          size_t room, size_t *count)
{
    ebb_populated_curves_t curves;
    sampled_list_t list = {.rows = rows, .room = room};
    int code = ebb_populated_curves(&curves, from);
    for (size_t g = 0; g < curves.info.groups && !code; g++) {
        const ebb_lives_group_t *group = &curves.groups[g].group;
        const char *name = g ? ebb_population_group(from->population, g - 1) : "all";
        ebb_sampled_row_t row = {.group = *name ? name : "others"};
        sampled_parted(&list, row, &curves.groups[g], curves.info.bins);
        if (curves.info.judged) {
            row.number = "stays_satisfied";
            sampled_add_share(&list, row, group->fields[EBB_LIVES_STABLE_SATISFIED],
                              group->couples);
        }
        if (curves.info.episodes) {
            sampled_episodes(&list, row, from, group);
        }
    }
    ebb_populated_curves_free(&curves);
    *count = list.count;
    return code;
}

/* --- a trial ---------------------------------------------------------------------- */

/* What is told of an arm. */
typedef struct sampled_outcome {
    const char *number;
    int visit; /* EBB_TRIAL_END or EBB_TRIAL_FOLLOW */
    uint64_t (*count)(const ebb_trial_row_t *row); /* of a share; NULL: the effect */
} sampled_outcome_t;

static uint64_t sampled_improved(const ebb_trial_row_t *row)
{
    return row->improved;
}

static uint64_t sampled_recovered(const ebb_trial_row_t *row)
{
    return row->recovered;
}

static uint64_t sampled_worse(const ebb_trial_row_t *row)
{
    return row->worse;
}

static const sampled_outcome_t sampled_outcomes[] = {
    {"effect_end", EBB_TRIAL_END, NULL},
    {"effect_follow", EBB_TRIAL_FOLLOW, NULL},
    {"improved_end", EBB_TRIAL_END, sampled_improved},
    {"recovered_end", EBB_TRIAL_END, sampled_recovered},
    {"worse_end", EBB_TRIAL_END, sampled_worse},
    {"improved_follow", EBB_TRIAL_FOLLOW, sampled_improved},
};

/* An effect against the first arm; its interval is 1.96 standard errors either way. */
static void sampled_effect(sampled_list_t *list, ebb_sampled_row_t row,
                           ebb_trial_mean_t effect)
{
    row.unit = "sd";
    row.value = effect.mean;
    row.error = (effect.high - effect.low) / (2 * 1.96);
    sampled_add(list, row);
}

static void sampled_add_outcome(sampled_list_t *list, const ebb_trialed_t *from,
                                const sampled_outcome_t *outcome, size_t arm,
                                size_t group)
{
    ebb_trial_row_t came =
        ebb_trial_row(from->run, from->tally, group, arm, outcome->visit);
    ebb_sampled_row_t row = {.number = outcome->number,
                             .group = ebb_trialed_group(from, group),
                             .arm = ebb_trial_arm(from->trial, arm)};
    if (outcome->count) {
        sampled_add_share(list, row, outcome->count(&came), came.entered);
    } else if (arm > 0) {
        sampled_effect(list, row, came.effect);
    }
}

/* One outcome after the other, of each the arms, and under an arm its groups. */
int ebb_trialed_numbers(const ebb_trialed_t *from, ebb_sampled_row_t *rows, size_t room,
                        size_t *count)
{
    sampled_list_t list = {.rows = rows, .room = room};
    size_t groups = ebb_trial_run_info(from->run).groups;
    size_t arms = ebb_trial_info(from->trial).arms;
    size_t outcomes = sizeof sampled_outcomes / sizeof *sampled_outcomes;
    for (size_t k = 0; k < outcomes * arms * groups; k++) {
        sampled_add_outcome(&list, from, &sampled_outcomes[k / groups / arms],
                            k / groups % arms, k % groups);
    }
    *count = list.count;
    return EBB_OK;
}
