/* SPDX-License-Identifier: MIT
 * A simulation for a terminal while it is drawn: charts (simulate_text.c) and what is
 * said of them (simulate_words.c). */
#ifndef EBB_REPORT_PICTURE_H
#define EBB_REPORT_PICTURE_H

#include "report/chart.h"
#include "report/simulated.h"

/* Outputs of one name, of different persons, and the numbers between which they move.
 */
typedef struct ebb_pic_group {
    const char *name; /* without a person */
    size_t outputs[EBB_CHART_LINES];
    size_t count;
    double low, high;
    bool gaps; /* numbers are missing */
} ebb_pic_group_t;

typedef struct ebb_picture {
    ebb_layout_t layout;
    const ebb_simulated_t *arms[2]; /* the second only of two */
    size_t arm_count;
    const ebb_simulated_t *from; /* the arm at hand */
    bool fine;
    size_t times, outputs;
    double *rows; /* of many couples: low, median, high of an output at each time */
    ebb_pic_group_t *groups;
    size_t group_count;
    char letters[EBB_CHART_LINES]; /* of the persons; the last is for all else */
} ebb_picture_t;

/* How many charts a group takes; 0 when it does not change. */
size_t ebb_picture_charts(const ebb_picture_t *p, const ebb_pic_group_t *group);

/* What stands above the charts. */
void ebb_picture_head(const ebb_picture_t *p);

/* What stands below them: of the first `drawn` groups, and of both arms. */
void ebb_picture_foot(ebb_picture_t *p, size_t drawn);

#endif
