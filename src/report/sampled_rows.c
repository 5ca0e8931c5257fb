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

/* An effect against the first arm; its interval is 1.96 standard errors either way. */
static void sampled_effect(sampled_list_t *list, ebb_sampled_row_t row,
                           ebb_trial_mean_t effect)
{
    row.unit = "sd";
    row.value = effect.mean;
    row.error = (effect.high - effect.low) / (2 * 1.96);
    sampled_add(list, row);
}

static void sampled_arm(sampled_list_t *list, const ebb_trialed_t *from, size_t group,
                        size_t arm)
{
    ebb_trial_row_t end =
        ebb_trial_row(from->run, from->tally, group, arm, EBB_TRIAL_END);
    ebb_trial_row_t later =
        ebb_trial_row(from->run, from->tally, group, arm, EBB_TRIAL_FOLLOW);
    ebb_sampled_row_t row = {.group = ebb_trialed_group(from, group),
                             .arm = ebb_trial_arm(from->trial, arm)};
    if (arm > 0) {
        row.number = "effect_end";
        sampled_effect(list, row, end.effect);
        row.number = "effect_follow";
        sampled_effect(list, row, later.effect);
    }
    row.number = "improved_end";
    sampled_add_share(list, row, end.improved, end.entered);
    row.number = "recovered_end";
    sampled_add_share(list, row, end.recovered, end.entered);
    row.number = "worse_end";
    sampled_add_share(list, row, end.worse, end.entered);
    row.number = "improved_follow";
    sampled_add_share(list, row, later.improved, later.entered);
}

int ebb_trialed_numbers(const ebb_trialed_t *from, ebb_sampled_row_t *rows, size_t room,
                        size_t *count)
{
    sampled_list_t list = {.rows = rows, .room = room};
    size_t groups = ebb_trial_run_info(from->run).groups;
    size_t arms = ebb_trial_info(from->trial).arms;
    for (size_t g = 0; g < groups; g++) {
        for (size_t arm = 0; arm < arms; arm++) {
            sampled_arm(&list, from, g, arm);
        }
    }
    *count = list.count;
    return EBB_OK;
}
