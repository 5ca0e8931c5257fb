/* SPDX-License-Identifier: MIT
 * Line charts of characters. */
#include "report/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/columns.h"

#define CHART_LABEL 9 /* columns of the numbers at the vertical axis */
#define CHART_EDGE (CHART_LABEL + 2)
#define CHART_ROWS_MOST 12
#define CHART_COLUMNS_MOST 200

/* One character of a chart. */
typedef struct chart_cell {
    uint8_t dots;   /* which of the 2 x 4, as braille counts them */
    uint16_t lines; /* which lines pass */
    bool shaded;
} chart_cell_t;

typedef struct chart_grid {
    const ebb_chart_t *chart;
    size_t columns, rows;     /* of cells */
    size_t wide, high;        /* dots of a cell */
    long last_low, last_high; /* of the line in the column of dots before; -1: none */
    chart_cell_t cells[CHART_ROWS_MOST][CHART_COLUMNS_MOST];
} chart_grid_t;

/* --- from numbers to dots --------------------------------------------------------- */

static double chart_time(const chart_grid_t *grid, double column)
{
    double last = (double)(grid->columns * grid->wide - 1);
    return grid->chart->end * column / last;
}

/* The row of dots of a value, from the top. */
static long chart_row(const chart_grid_t *grid, double value)
{
    const ebb_chart_t *chart = grid->chart;
    double last = (double)(grid->rows * grid->high - 1);
    double part = (chart->high - value) / (chart->high - chart->low);
    return lround(last * (part >= 0 ? part < 1 ? part : 1 : 0)); /* NaN: 0 */
}

/* The first time that is not before `t`. */
static size_t chart_index(const ebb_chart_t *chart, double t)
{
    size_t low = 0, high = chart->time_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (chart->times[middle] < t) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The value at a time, on the straight line between its neighbours; NaN outside. */
static double chart_between(const ebb_chart_t *chart, const ebb_chart_line_t *line,
                            double t)
{
    const double *values = line->values;
    size_t stride = line->stride;
    size_t k = chart_index(chart, t);
    if (k == chart->time_count) {
        return (double)NAN;
    }
    double right = values[k * stride], at = chart->times[k];
    if (k == 0 || at == t) {
        return at == t ? right : (double)NAN;
    }
    double left = values[(k - 1) * stride], from = chart->times[k - 1];
    return left + (right - left) * ((t - from) / (at - from));
}

static void chart_dot(chart_grid_t *grid, size_t line, size_t column, size_t row)
{
    static const uint8_t bits[4][2] = {{1, 8}, {2, 16}, {4, 32}, {64, 128}};
    chart_cell_t *cell = &grid->cells[row / grid->high][column / grid->wide];
    cell->dots |= bits[row % grid->high][column % grid->wide];
    cell->lines |= (uint16_t)(1u << line);
}

/* The rows a line takes in a column of dots: all that it passes within it. */
static bool chart_span(const chart_grid_t *grid, const ebb_chart_line_t *line,
                       size_t column, long rows[2])
{
    const ebb_chart_t *chart = grid->chart;
    double t = chart_time(grid, (double)column);
    double value = chart_between(chart, line, t);
    if (!isfinite(value)) {
        return false;
    }
    rows[0] = rows[1] = chart_row(grid, value);
    double end = chart_time(grid, (double)column + 0.5);
    for (size_t k = chart_index(chart, chart_time(grid, (double)column - 0.5));
         k < chart->time_count && chart->times[k] < end; k++) {
        double passed = line->values[k * line->stride];
        if (isfinite(passed)) {
            long row = chart_row(grid, passed);
            rows[0] = row < rows[0] ? row : rows[0];
            rows[1] = row > rows[1] ? row : rows[1];
        }
    }
    return true;
}

static void chart_draw_line(chart_grid_t *grid, size_t index)
{
    const ebb_chart_line_t *line = &grid->chart->lines[index];
    long before[2] = {-1, -1};
    for (size_t column = 0; column < grid->columns * grid->wide; column++) {
        long rows[2];
        if (!chart_span(grid, line, column, rows)) {
            before[0] = before[1] = -1;
            continue;
        }
        if (before[0] >= 0) { /* no hole where the line is steep */
            rows[0] = rows[0] > before[1] + 1 ? before[1] + 1 : rows[0];
            rows[1] = rows[1] < before[0] - 1 ? before[0] - 1 : rows[1];
        }
        for (long row = rows[0]; row <= rows[1]; row++) {
            chart_dot(grid, index, column, (size_t)row);
        }
        before[0] = rows[0];
        before[1] = rows[1];
    }
}

static void chart_shade(chart_grid_t *grid)
{
    const ebb_chart_t *chart = grid->chart;
    for (size_t column = 0; chart->band && column < grid->columns; column++) {
        double t = chart_time(grid, (double)(column * grid->wide) +
                                        0.5 * (double)(grid->wide - 1));
        double low = chart_between(chart, &chart->band[0], t);
        double high = chart_between(chart, &chart->band[1], t);
        if (!isfinite(low) || !isfinite(high)) {
            continue;
        }
        size_t last = (size_t)chart_row(grid, low) / grid->high;
        for (size_t r = (size_t)chart_row(grid, high) / grid->high; r <= last; r++) {
            grid->cells[r][column].shaded = true;
        }
    }
}

/* --- from dots to characters ------------------------------------------------------ */

/* The style of a cell: that of its line, or plain where several meet. */
static ebb_style_t chart_style(const ebb_chart_t *chart, const chart_cell_t *cell)
{
    for (size_t i = 0; i < chart->line_count; i++) {
        if (cell->lines == 1u << i) {
            return chart->lines[i].style;
        }
    }
    return cell->lines ? STYLE_PLAIN : STYLE_FAINT;
}

/* The letter of a cell's line, or '#' where several meet. */
static char chart_letter(const ebb_chart_t *chart, const chart_cell_t *cell)
{
    for (size_t i = 0; i < chart->line_count; i++) {
        if (cell->lines == 1u << i) {
            return chart->lines[i].letter;
        }
    }
    return '#';
}

static void chart_character(char text[8], const chart_grid_t *grid,
                            const chart_cell_t *cell, bool zero)
{
    const ebb_chart_t *chart = grid->chart;
    if (cell->lines && chart->fine) { /* U+2800 and the dots */
        (void)snprintf(text, 8, "\xE2%c%c", 0xA0 + (cell->dots >> 6),
                       0x80 + (cell->dots & 63));
    } else if (cell->lines) {
        text[0] = chart_letter(chart, cell);
        text[1] = '\0';
    } else if (cell->shaded) {
        (void)snprintf(text, 8, "%s", chart->fine ? "\xE2\x96\x91" : ":");
    } else {
        (void)snprintf(text, 8, "%s", !zero ? " " : chart->fine ? "\xE2\x94\x88" : ".");
    }
}

/* Spaces at the end of a line are not written. */
static size_t chart_used(const chart_grid_t *grid, size_t row, bool zero)
{
    size_t used = zero ? grid->columns : 0;
    for (size_t c = used; c < grid->columns; c++) {
        const chart_cell_t *cell = &grid->cells[row][c];
        used = cell->lines || cell->shaded ? c + 1 : used;
    }
    return used;
}

static void chart_put_row(const ebb_layout_t *layout, const chart_grid_t *grid,
                          size_t row, bool zero)
{
    size_t used = chart_used(grid, row, zero);
    ebb_style_t style = STYLE_PLAIN;
    for (size_t c = 0; c < used; c++) {
        const chart_cell_t *cell = &grid->cells[row][c];
        ebb_style_t wanted = chart_style(grid->chart, cell);
        char text[8];
        chart_character(text, grid, cell, zero);
        if (wanted != style) {
            ebb_style_end(layout, style);
            ebb_style_begin(layout, wanted);
            style = wanted;
        }
        ebb_text_puts(layout->out, text);
    }
    ebb_style_end(layout, style);
    ebb_text_puts(layout->out, "\n");
}

/* The number at a row of the vertical axis, where there is one. */
static void chart_put_label(const ebb_layout_t *layout, const chart_grid_t *grid,
                            size_t row, bool zero)
{
    const ebb_chart_t *chart = grid->chart;
    char label[32] = "";
    if (row == 0 || row == grid->rows - 1) {
        (void)snprintf(label, sizeof label, "%.3g", row ? chart->low : chart->high);
    } else if (zero) {
        (void)snprintf(label, sizeof label, "0");
    }
    ebb_text_printf(layout->out, "%*s ", CHART_LABEL, label);
    ebb_style_begin(layout, STYLE_FAINT);
    ebb_text_puts(layout->out, chart->fine ? "\xE2\x94\x82" : "|");
    ebb_style_end(layout, STYLE_FAINT);
}

/* "l laura", or "a" where the letter is the name. Returns its columns. */
static size_t chart_legend(const ebb_layout_t *layout, const ebb_chart_t *chart,
                           bool write)
{
    size_t columns = 0;
    for (size_t i = 0; i < chart->line_count; i++) {
        const ebb_chart_line_t *line = &chart->lines[i];
        if (!line->name) {
            continue;
        }
        char letter[2] = {line->letter, '\0'};
        bool same = !chart->fine && strcmp(letter, line->name) == 0;
        const char *mark = chart->fine ? "\xE2\xA0\x92" : letter;
        columns += 3 + (same ? 0 : 1 + strlen(line->name));
        if (write) {
            ebb_text_puts(layout->out, "  ");
            ebb_style_begin(layout, line->style);
            ebb_text_printf(layout->out, "%s%s%s", mark, same ? "" : " ",
                            same ? "" : line->name);
            ebb_style_end(layout, line->style);
        }
    }
    return columns;
}

/* "title  text      legend" */
static void chart_put_title(const ebb_layout_t *layout, const ebb_chart_t *chart)
{
    size_t title = strlen(chart->title); /* a name: ASCII */
    size_t legend = chart_legend(layout, chart, false);
    size_t room =
        layout->width > title + legend + 2 ? layout->width - title - legend - 2 : 0;
    bool repeats = strcmp(chart->title, chart->text) == 0;
    size_t fit = repeats ? 0 : ebb_columns_fit(chart->text, strlen(chart->text), room);
    ebb_style_begin(layout, STYLE_BOLD);
    ebb_text_puts(layout->out, chart->title);
    ebb_style_end(layout, STYLE_BOLD);
    if (fit) {
        ebb_text_puts(layout->out, "  ");
        ebb_style_begin(layout, STYLE_FAINT);
        ebb_text_append(layout->out, chart->text, fit);
        ebb_style_end(layout, STYLE_FAINT);
    }
    if (legend) {
        size_t at = title + (fit ? 2 + ebb_columns(chart->text, fit) : 0);
        size_t gap = layout->width > at + legend ? layout->width - at - legend : 0;
        ebb_text_printf(layout->out, "%*s", (int)gap, "");
        (void)chart_legend(layout, chart, true);
    }
    ebb_text_puts(layout->out, "\n");
}

static size_t chart_columns(const ebb_layout_t *layout)
{
    size_t columns = layout->width - CHART_EDGE;
    return columns < CHART_COLUMNS_MOST ? columns : CHART_COLUMNS_MOST;
}

void ebb_put_chart(const ebb_layout_t *layout, const ebb_chart_t *chart)
{
    chart_grid_t grid = {
        .chart = chart,
        .columns = chart_columns(layout),
        .rows = chart->rows < CHART_ROWS_MOST ? chart->rows : CHART_ROWS_MOST,
        .wide = chart->fine ? 2 : 1,
        .high = chart->fine ? 4 : 1,
    };
    chart_shade(&grid);
    for (size_t i = 0; i < chart->line_count; i++) {
        chart_draw_line(&grid, i);
    }
    chart_put_title(layout, chart);
    bool crosses = chart->low < 0 && chart->high > 0;
    size_t zero_row = (size_t)chart_row(&grid, 0) / grid.high;
    for (size_t row = 0; row < grid.rows; row++) {
        bool zero = crosses && row == zero_row;
        chart_put_label(layout, &grid, row, zero);
        chart_put_row(layout, &grid, row, zero);
    }
}

/* --- the horizontal axis ---------------------------------------------------------- */

#define CHART_WIDE 48 /* least columns for five numbers below the axis */

/* Puts a number below its tick, moved inwards where it would stand out; cut where it is
 * wider than the chart, as units are words of the model. */
static void chart_put_tick(char *line, size_t columns, size_t at, const char *number)
{
    size_t length = strlen(number);
    length = length < columns ? length : columns;
    size_t begin = at > length / 2 ? at - length / 2 : 0;
    begin = begin + length > columns ? columns - length : begin;
    memcpy(line + begin, number, length);
}

void ebb_put_chart_axis(const ebb_layout_t *layout, const ebb_chart_t *chart,
                        const char *unit)
{
    char numbers[CHART_COLUMNS_MOST + 1];
    size_t columns = chart_columns(layout), parts = columns < CHART_WIDE ? 2 : 4;
    memset(numbers, ' ', columns);
    numbers[columns] = '\0';
    ebb_text_printf(layout->out, "%*s", CHART_LABEL + 1, "");
    ebb_style_begin(layout, STYLE_FAINT);
    ebb_text_puts(layout->out, chart->fine ? "\xE2\x94\x94" : "+");
    size_t tick = 0;
    for (size_t c = 0; c < columns; c++) {
        bool here = c == (tick * (columns - 1) + parts / 2) / parts;
        ebb_text_puts(layout->out, chart->fine
                                       ? here && c ? "\xE2\x94\xB4" : "\xE2\x94\x80"
                                   : here && c ? "+"
                                               : "-");
        if (here) {
            char number[80];
            double t = chart->end * (double)tick / (double)parts;
            (void)snprintf(number, sizeof number, "%.6g%s%.40s", t,
                           tick == parts ? " " : "", tick == parts ? unit : "");
            chart_put_tick(numbers, columns, c, number);
            tick++;
        }
    }
    ebb_style_end(layout, STYLE_FAINT);
    ebb_text_printf(layout->out, "\n%*s%s\n", CHART_EDGE, "", numbers);
}
