/* SPDX-License-Identifier: MIT
 * A small plot of points in ASCII. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/studied.h"

#define PLOT_ROWS 16
#define PLOT_COLUMNS_MOST 180
#define PLOT_EDGE 11 /* columns of the numbers at the left, and the axis */

typedef struct plot {
    char cells[PLOT_ROWS][PLOT_COLUMNS_MOST];
    size_t columns;
    double low[2], high[2];
} plot_t;

static void plot_range(plot_t *p, const ebb_plot_point_t *points, size_t count)
{
    for (int axis = 0; axis < 2; axis++) {
        p->low[axis] = (double)INFINITY;
        p->high[axis] = -(double)INFINITY;
        for (size_t k = 0; k < count; k++) {
            double at = axis ? points[k].y : points[k].x;
            p->low[axis] = at < p->low[axis] ? at : p->low[axis];
            p->high[axis] = at > p->high[axis] ? at : p->high[axis];
        }
        if (!(p->high[axis] > p->low[axis])) { /* all in one place */
            p->low[axis] -= 1;
            p->high[axis] += 1;
        }
    }
}

static size_t plot_place(const plot_t *p, int axis, double at, size_t cells)
{
    double part = (at - p->low[axis]) / (p->high[axis] - p->low[axis]);
    part = part >= 0 ? part < 1 ? part : 1 : 0; /* NaN where the range overflows: 0 */
    return (size_t)floor(part * (double)(cells - 1) + 0.5);
}

static void plot_fill(plot_t *p, const ebb_plot_point_t *points, size_t count)
{
    memset(p->cells, ' ', sizeof p->cells);
    for (size_t k = 0; k < count; k++) {
        if (isfinite(points[k].x) && isfinite(points[k].y)) {
            size_t row = PLOT_ROWS - 1 - plot_place(p, 1, points[k].y, PLOT_ROWS);
            p->cells[row][plot_place(p, 0, points[k].x, p->columns)] = points[k].sign;
        }
    }
}

static void plot_put_row(const ebb_layout_t *layout, const plot_t *p, size_t row)
{
    char label[32] = "";
    size_t used = p->columns;
    while (used > 0 && p->cells[row][used - 1] == ' ') {
        used--;
    }
    if (row == 0 || row == PLOT_ROWS - 1) {
        (void)snprintf(label, sizeof label, "%.4g", row ? p->low[1] : p->high[1]);
    }
    ebb_text_printf(layout->out, "%*s |%.*s\n", PLOT_EDGE - 2, label, (int)used,
                    p->cells[row]);
}

static void plot_put_axis(const ebb_layout_t *layout, const plot_t *p, const char *x)
{
    char low[32], high[32];
    (void)snprintf(low, sizeof low, "%.6g", p->low[0]);
    (void)snprintf(high, sizeof high, "%.6g", p->high[0]);
    ebb_text_printf(layout->out, "%*s+", PLOT_EDGE - 1, "");
    for (size_t c = 0; c < p->columns; c++) {
        ebb_text_puts(layout->out, "-");
    }
    size_t ends = strlen(low) + strlen(high) + 2, room = p->columns - 1;
    size_t name = strlen(x) + ends <= room ? strlen(x) : room > ends ? room - ends : 0;
    size_t gap = room - strlen(low) - name - strlen(high);
    ebb_text_printf(layout->out, "\n%*s%s%*s%.*s%*s%s\n", PLOT_EDGE, "", low,
                    (int)(gap / 2), "", (int)name, x, (int)(gap - gap / 2), "", high);
}

void ebb_put_plot(const ebb_layout_t *layout, const ebb_plot_point_t *points,
                  size_t count, const char *x, const char *y)
{
    plot_t p = {.columns = layout->width - PLOT_EDGE};
    p.columns = p.columns < PLOT_COLUMNS_MOST ? p.columns : PLOT_COLUMNS_MOST;
    plot_range(&p, points, count);
    plot_fill(&p, points, count);
    ebb_text_printf(layout->out, "%.*s\n", (int)layout->width, y);
    for (size_t row = 0; row < PLOT_ROWS; row++) {
        plot_put_row(layout, &p, row);
    }
    plot_put_axis(layout, &p, x);
}
