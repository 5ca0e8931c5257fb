/* SPDX-License-Identifier: MIT
 *
 * Line charts of characters.
 *
 * Fine: each cell is a field of 2 x 4 dots (braille), lines are told apart by colour.
 * Coarse, for ASCII: each cell is one dot, lines are told apart by their letters.
 *
 *     threat                         feeling, 0 to 1
 *       2.02 |      pppppppppppppppppppppppp
 *            |    pp
 *          0 |pppp
 *            +-----------+-----------+---------
 *            0          10          20      day
 */
#ifndef EBB_REPORT_CHART_H
#define EBB_REPORT_CHART_H

#include "report/layout.h"

#define EBB_CHART_LINES 9 /* of eight persons and one of nobody in particular */

/* Numbers over time: values[k * stride] at times[k]. What is not finite is a gap. */
typedef struct ebb_chart_line {
    const double *values;
    size_t stride;
    const char *name; /* for the legend; NULL: it has no place there */
    char letter;
    ebb_style_t style;
} ebb_chart_line_t;

typedef struct ebb_chart {
    const char *title, *text;
    const double *times; /* rising */
    size_t time_count;
    double end;       /* the horizontal axis goes from 0 to here */
    double low, high; /* the vertical one; low < high */
    size_t rows;      /* 3 to 12 */
    bool fine;
    const ebb_chart_line_t *lines;
    size_t line_count;
    const ebb_chart_line_t *band; /* lower and upper edge of what is shaded; or NULL */
} ebb_chart_t;

/* Draws title, legend and chart, without the horizontal axis. */
void ebb_put_chart(const ebb_layout_t *layout, const ebb_chart_t *chart);

/* Draws the horizontal axis that belongs to all charts above it. */
void ebb_put_chart_axis(const ebb_layout_t *layout, const ebb_chart_t *chart,
                        const char *unit);

#endif
