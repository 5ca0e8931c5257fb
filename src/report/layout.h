/* SPDX-License-Identifier: MIT
 *
 * Lines of text of a fixed width: paragraphs, points, boxes side by side, and sentences
 * with holes that are filled with names and numbers.
 *
 * Invariant: no line is wider than the layout's width.
 */
#ifndef EBB_REPORT_LAYOUT_H
#define EBB_REPORT_LAYOUT_H

#include <stdbool.h>

#include "ebb/cycle.h"
#include "ebb/text.h"

typedef enum ebb_style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_FAINT,
    STYLE_A,
    STYLE_B
} ebb_style_t;

typedef struct ebb_layout {
    ebb_text_t *out;
    size_t width;
    bool colour;
    const char *language;
} ebb_layout_t;

/* How wide a layout is that is asked for in columns: from 40 to 200, 80 unless above 0
 * is said. */
size_t ebb_layout_width(int columns);

/* What fills the holes of a sentence: "{s} writes" with s = "A". */
#define EBB_SLOTS 16
typedef struct ebb_slots {
    size_t count;
    struct {
        char name[12], text[192]; /* a name and a share with its interval fit */
    } items[EBB_SLOTS];
} ebb_slots_t;

__attribute__((format(printf, 3, 4))) void
ebb_slot_set(ebb_slots_t *slots, const char *name, const char *format, ...);

/* Sets what a sentence on a rate ratio says, two digits that matter: {p}, "about half
 * as fast" near a simple fraction, else "3.6 times as fast"; {i}, its interval in
 * brackets; {low} and {high}. */
void ebb_slot_pace(ebb_slots_t *slots, const char *language, ebb_estimate_t ratio);

/* Sets {name} to a span of hours in the unit one would say it in. */
void ebb_slot_hours(ebb_slots_t *slots, const char *name, double hours);

/* Appends the sentence of a key with its holes filled. */
void ebb_phrase(ebb_text_t *out, const char *language, const char *key,
                const ebb_slots_t *slots);

/* Begins and ends a style; nothing where there is no colour. */
void ebb_style_begin(const ebb_layout_t *layout, ebb_style_t style);
void ebb_style_end(const ebb_layout_t *layout, ebb_style_t style);

void ebb_put_blank(const ebb_layout_t *layout);

/* A key's sentence as a heading on a line of its own, after a blank line. */
void ebb_put_heading(const ebb_layout_t *layout, const char *key);

/* A paragraph: the key's sentence, wrapped. `slots` may be NULL. */
void ebb_put_sentence(const ebb_layout_t *layout, ebb_style_t style, const char *key,
                      const ebb_slots_t *slots);

/* The same as a point of a list. */
void ebb_put_point(const ebb_layout_t *layout, const char *key,
                   const ebb_slots_t *slots);

/* A paragraph that is no sentence of the table: wrapped, with `first` before its first
 * line and as many spaces before the others. */
void ebb_put_lines(const ebb_layout_t *layout, ebb_style_t style, const char *first,
                   const char *text);

/* A point "label: sentence", both from keys without holes. */
void ebb_put_labelled(const ebb_layout_t *layout, const char *label, const char *key);

/* A box with a title on its upper edge. The lines of `text` ('\n' between paragraphs)
 * are wrapped into it. */
typedef struct ebb_box {
    const char *title, *text;
    ebb_style_t style;
    bool dotted; /* an arm that is not seen */
} ebb_box_t;

/* Two boxes with an arrow each way: side by side where the width allows, else one below
 * the other. */
void ebb_put_loop_boxes(const ebb_layout_t *layout, const ebb_box_t boxes[2]);

/* The next line of a text that is to be `width` columns at most. */
typedef struct ebb_line {
    const char *text;
    size_t length, columns;
} ebb_line_t;

/* Cuts a line off *rest, which moves behind it; false when there is none left. */
bool ebb_line_next(const char **rest, size_t width, ebb_line_t *line);

#endif
