/* SPDX-License-Identifier: MIT
 * What the renderings of a population share: each group's counts as curves. */
#ifndef EBB_REPORT_POPULATED_H
#define EBB_REPORT_POPULATED_H

#include "ebb/populated.h"

/* One group over time; arrays have `bins` elements, at the end of each stretch, where
 * nothing else is said. */
typedef struct ebb_populated_curve {
    ebb_lives_group_t group;
    ebb_survival_row_t *rows;
    ebb_survival_point_t *points;
    double *incidence; /* bins rows of `endings`: ended so far in that way */
    double *shares;    /* bins + 1: of the points, with the start before them */
} ebb_populated_curve_t;

typedef struct ebb_populated_curves {
    ebb_lives_info_t info;
    double *times;                 /* bins + 1, from 0 */
    ebb_populated_curve_t *groups; /* info.groups */
} ebb_populated_curves_t;

/* Makes the curves, to be released in any case; 0 or EBB_ERR_MEMORY. */
int ebb_populated_curves(ebb_populated_curves_t *curves, const ebb_populated_t *from);
void ebb_populated_curves_free(ebb_populated_curves_t *curves);

/* "all", the group's name, or "others". */
const char *ebb_populated_name(const ebb_populated_curves_t *curves, size_t group);

/* The name of a way to end, "others", or "parted" where none is named. */
const char *ebb_populated_ending(const ebb_populated_t *from, size_t ending);

/* Time that a group's couples were looked at in the stretches [begin, end), and
 * episodes in a year of a couple; NaN without time. */
double ebb_populated_seen(const ebb_populated_t *from, const ebb_lives_group_t *group,
                          size_t begin, size_t end);
double ebb_populated_rate(const ebb_populated_t *from, const ebb_lives_group_t *group,
                          size_t begin, size_t end);

#endif
