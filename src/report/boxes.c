/* SPDX-License-Identifier: MIT
 *
 * The loop as two equal boxes with an arrow each way. Neither is where it begins.
 *
 *     ┌─ A writes again ──┐     ┌─ B answers later ─┐
 *     │ ...               │ ──► │ ...               │
 *     │ ...               │ ◄── │ ...               │
 *     └───────────────────┘     └───────────────────┘
 *
 * A dotted frame is an arm that the messages do not show.
 */
#include <string.h>

#include "report/columns.h"
#include "report/layout.h"

#define SIDE_BY_SIDE                                                       \
    64        /* least width for it; below, one box stands under the other \
               */
#define GAP 5 /* columns between the boxes */

static void put_repeated(const ebb_layout_t *layout, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        ebb_text_puts(layout->out, piece);
    }
}

static const char *bar(const ebb_box_t *box)
{
    return box->dotted ? "\xE2\x95\x8C" : "\xE2\x94\x80";
}

static const char *wall(const ebb_box_t *box)
{
    return box->dotted ? "\xE2\x95\x8E" : "\xE2\x94\x82";
}

/* "┌─ title ──┐"; a title that is too long is cut. */
static void put_top(const ebb_layout_t *layout, const ebb_box_t *box, size_t width)
{
    size_t fit = ebb_columns_fit(box->title, strlen(box->title), width - 6);
    size_t columns = ebb_columns(box->title, fit);
    ebb_style_begin(layout, box->style);
    ebb_text_puts(layout->out, "\xE2\x94\x8C");
    ebb_text_puts(layout->out, bar(box));
    ebb_text_puts(layout->out, " ");
    ebb_text_append(layout->out, box->title, fit);
    ebb_text_puts(layout->out, " ");
    put_repeated(layout, bar(box), width - columns - 5);
    ebb_text_puts(layout->out, "\xE2\x94\x90");
    ebb_style_end(layout, box->style);
}

static void put_bottom(const ebb_layout_t *layout, const ebb_box_t *box, size_t width)
{
    ebb_style_begin(layout, box->style);
    ebb_text_puts(layout->out, "\xE2\x94\x94");
    put_repeated(layout, bar(box), width - 2);
    ebb_text_puts(layout->out, "\xE2\x94\x98");
    ebb_style_end(layout, box->style);
}

static void put_wall(const ebb_layout_t *layout, const ebb_box_t *box)
{
    ebb_style_begin(layout, box->style);
    ebb_text_puts(layout->out, wall(box));
    ebb_style_end(layout, box->style);
}

/* One line of text between walls, taken from *rest; an empty one when nothing is left.
 */
static void put_box_row(const ebb_layout_t *layout, const ebb_box_t *box, size_t width,
                        const char **rest)
{
    ebb_line_t line = {"", 0, 0};
    (void)ebb_line_next(rest, width - 4, &line);
    put_wall(layout, box);
    ebb_text_puts(layout->out, " ");
    ebb_text_append(layout->out, line.text, line.length);
    put_repeated(layout, " ", width - 3 - line.columns);
    put_wall(layout, box);
}

static size_t count_rows(const ebb_box_t *box, size_t width)
{
    const char *rest = box->text;
    ebb_line_t line;
    size_t rows = 0;
    while (ebb_line_next(&rest, width - 4, &line)) {
        rows++;
    }
    return rows;
}

/* Between the boxes: an arrow towards each in the first and the last row, of the kind
 * of the box it points to. */
static void put_gap(const ebb_layout_t *layout, const ebb_box_t boxes[2], size_t row,
                    size_t rows)
{
    ebb_text_puts(layout->out, " ");
    if (row == 0) {
        put_repeated(layout, bar(&boxes[1]), 2);
        ebb_text_puts(layout->out, "\xE2\x96\xBA");
    } else if (row == rows - 1) {
        ebb_text_puts(layout->out, "\xE2\x97\x84");
        put_repeated(layout, bar(&boxes[0]), 2);
    } else {
        put_repeated(layout, " ", GAP - 2);
    }
    ebb_text_puts(layout->out, " ");
}

static void put_beside(const ebb_layout_t *layout, const ebb_box_t boxes[2])
{
    size_t width = (layout->width - GAP) / 2;
    size_t left = count_rows(&boxes[0], width), right = count_rows(&boxes[1], width);
    size_t rows = left > right ? left : right;
    const char *rest[2] = {boxes[0].text, boxes[1].text};
    put_top(layout, &boxes[0], width);
    put_repeated(layout, " ", GAP);
    put_top(layout, &boxes[1], width);
    ebb_put_blank(layout);
    for (size_t row = 0; row < rows; row++) {
        put_box_row(layout, &boxes[0], width, &rest[0]);
        put_gap(layout, boxes, row, rows);
        put_box_row(layout, &boxes[1], width, &rest[1]);
        ebb_put_blank(layout);
    }
    put_bottom(layout, &boxes[0], width);
    put_repeated(layout, " ", GAP);
    put_bottom(layout, &boxes[1], width);
    ebb_put_blank(layout);
}

static void put_alone(const ebb_layout_t *layout, const ebb_box_t *box)
{
    const char *rest = box->text;
    size_t rows = count_rows(box, layout->width);
    put_top(layout, box, layout->width);
    ebb_put_blank(layout);
    for (size_t row = 0; row < rows; row++) {
        put_box_row(layout, box, layout->width, &rest);
        ebb_put_blank(layout);
    }
    put_bottom(layout, box, layout->width);
    ebb_put_blank(layout);
}

void ebb_put_loop_boxes(const ebb_layout_t *layout, const ebb_box_t boxes[2])
{
    if (layout->width >= SIDE_BY_SIDE) {
        put_beside(layout, boxes);
        return;
    }
    put_alone(layout, &boxes[0]);
    put_repeated(layout, " ", layout->width / 2 - 2);
    ebb_text_puts(layout->out, "\xE2\x96\xBC   \xE2\x96\xB2\n");
    put_alone(layout, &boxes[1]);
}
