/* SPDX-License-Identifier: MIT
 * From a population's counts to curves. */
#include "report/populated.h"

#include <math.h>

#include "core/memory.h"

static int populated_curve(ebb_populated_curve_t *curve, const ebb_lives_info_t *info)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    size_t ways = info->endings;
    curve->rows = ebb_new_array(alloc, info->bins, sizeof *curve->rows);
    curve->points = ebb_new_array(alloc, info->bins, sizeof *curve->points);
    curve->incidence = ebb_new_array(alloc, info->bins, ways * sizeof(double));
    curve->shares = ebb_new_array(alloc, info->bins + 1, sizeof(double));
    if (!curve->rows || !curve->points || !curve->incidence || !curve->shares) {
        return EBB_ERR_MEMORY;
    }
    uint64_t left = curve->group.couples;
    for (size_t b = 0; b < info->bins; b++) {
        curve->rows[b].at_risk = left;
        for (size_t w = 0; w < ways; w++) {
            curve->rows[b].ended += curve->group.parted[b * ways + w];
        }
        left -= curve->rows[b].ended;
        curve->rows[b].lost = b + 1 == info->bins ? left : 0; /* the run ends */
    }
    ebb_survival_curve(curve->rows, info->bins, curve->points);
    for (size_t w = 0; w < ways; w++) {
        ebb_survival_incidence(curve->rows, info->bins, curve->group.parted + w, ways,
                               curve->shares + 1);
        for (size_t b = 0; b < info->bins; b++) {
            curve->incidence[b * ways + w] = curve->shares[b + 1];
        }
    }
    for (size_t b = 0; b <= info->bins; b++) {
        curve->shares[b] = b ? curve->points[b - 1].share : 1;
    }
    return EBB_OK;
}

int ebb_populated_curves(ebb_populated_curves_t *curves, const ebb_populated_t *from)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    *curves = (ebb_populated_curves_t){.info = ebb_lives_info(from->lives)};
    const ebb_lives_info_t *info = &curves->info;
    curves->times = ebb_new_array(alloc, info->bins + 1, sizeof(double));
    curves->groups = ebb_new_array(alloc, info->groups, sizeof *curves->groups);
    int code = curves->times && curves->groups ? EBB_OK : EBB_ERR_MEMORY;
    for (size_t b = 0; b <= info->bins && !code; b++) {
        curves->times[b] = ebb_lives_time(from->lives, b);
    }
    for (size_t g = 0; g < info->groups && !code; g++) {
        curves->groups[g].group = ebb_lives_group(from->lives, from->tally, g);
        code = populated_curve(&curves->groups[g], info);
    }
    return code;
}

void ebb_populated_curves_free(ebb_populated_curves_t *curves)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    const ebb_lives_info_t *info = &curves->info;
    for (size_t g = 0; curves->groups && g < info->groups; g++) {
        ebb_populated_curve_t *curve = &curves->groups[g];
        ebb_free_array(alloc, curve->rows, info->bins, sizeof *curve->rows);
        ebb_free_array(alloc, curve->points, info->bins, sizeof *curve->points);
        ebb_free_array(alloc, curve->incidence, info->bins,
                       info->endings * sizeof(double));
        ebb_free_array(alloc, curve->shares, info->bins + 1, sizeof(double));
    }
    ebb_free_array(alloc, curves->groups, info->groups, sizeof *curves->groups);
    ebb_free_array(alloc, curves->times, info->bins + 1, sizeof(double));
}

const char *ebb_populated_name(const ebb_populated_curves_t *curves, size_t group)
{
    const char *name = curves->groups[group].group.name;
    return group == 0 ? "all" : *name ? name : "others";
}

const char *ebb_populated_ending(const ebb_populated_t *from, size_t ending)
{
    const char *name = ebb_lives_ending(from->lives, ending, NULL);
    return *name                                      ? name
           : ebb_lives_info(from->lives).endings == 1 ? "parted"
                                                      : "others";
}

double ebb_populated_seen(const ebb_populated_t *from, const ebb_lives_group_t *group,
                          size_t begin, size_t end)
{
    double time = 0;
    for (size_t b = begin; b < end; b++) {
        time += (double)group->looks[b] * ebb_lives_look(from->lives, b);
    }
    return time;
}

double ebb_populated_rate(const ebb_populated_t *from, const ebb_lives_group_t *group,
                          size_t begin, size_t end)
{
    ebb_lives_info_t info = ebb_lives_info(from->lives);
    double time = ebb_populated_seen(from, group, begin, end);
    uint64_t episodes = 0;
    for (size_t b = begin; b < end; b++) {
        episodes += group->episodes[b];
    }
    return time > 0 && info.episodes ? (double)episodes / (time / info.year)
                                     : (double)NAN;
}
