/* SPDX-License-Identifier: MIT
 *
 * Long rows of LaTeX broken into lines.
 *
 * A row comes with marks where it may be broken, each with how deep in the formula it
 * is: at a sum ('\4'), at a product ('\5'). As long as what is left does not fit, the
 * line ends at the least deep of the marks that it reaches, at the last one of these;
 * so a formula is broken where a reader would break it.
 */
#include <string.h>

#include "lang/forms.h"

/* Letters that a line holds at a margin of 22 mm, paper A4, 10 points, without the left
 * side of the equation. */
#define BREAK_LETTERS 78u

/* A control sequence from its backslash on: its length. */
static size_t break_word(const char *text)
{
    size_t n = 1;
    while ((text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z')) {
        n++;
    }
    return n == 1 ? 2 : n;
}

/* Width of a stretch, roughly: letters; a control sequence is one when it stands for a
 * sign and none when it is about letters that follow in braces. What is more than a
 * line holds is not counted. */
static size_t break_width(const char *text, const char *end)
{
    size_t width = 0;
    while (text < end && width <= BREAK_LETTERS) {
        if (*text == '\\') {
            size_t n = break_word(text);
            const char *after = text + n;
            width += after < end && *after == '{' ? 0 : 1;
            text = after;
        } else if (*text == '\4' || *text == '\5') {
            text += 2;
        } else {
            width += strchr("{}_^& ", *text) ? 0 : 1;
            text++;
        }
    }
    return width;
}

static const char *break_mark(const char *text)
{
    return text + strcspn(text, "\4\5");
}

/* Where the line that begins here ends: at a mark, or at the end of the row. */
static const char *break_line(const char *line, const char *end)
{
    const char *best = end;
    if (break_width(line, end) <= BREAK_LETTERS) {
        return end;
    }
    for (const char *mark = break_mark(line); mark < end; mark = break_mark(mark + 2)) {
        if (best < end && break_width(line, mark) > BREAK_LETTERS) {
            break;
        }
        if (best == end || mark[1] <= best[1]) {
            best = mark;
        }
    }
    return best;
}

/* Appends a stretch without its marks. */
static void break_copy(ebb_text_t *out, const char *text, const char *end)
{
    while (text < end) {
        const char *mark = break_mark(text);
        mark = mark < end ? mark : end;
        ebb_text_append(out, text, (size_t)(mark - text));
        text = mark < end ? mark + 2 : end;
    }
}

/* The begin of a line that goes on with the mark's term or factor. */
static const char *break_begin(ebb_text_t *out, const char *mark)
{
    ebb_text_puts(out, " \\\\\n  &\\quad ");
    for (char level = '0'; level < mark[1] && level < '4'; level++) {
        ebb_text_puts(out, "\\ ");
    }
    const char *next = mark + 2;
    if (mark[0] == '\5' && strncmp(next, "\\,", 2) == 0) { /* a space would be lost */
        ebb_text_puts(out, "\\cdot ");
        next += 2;
    }
    return next;
}

void ebb_latex_break(ebb_text_t *out, size_t begin)
{
    ebb_text_t row;
    ebb_text_init(&row, out->_alloc);
    if (out->failed) {
        return;
    }
    ebb_text_append(&row, out->data + begin, out->length - begin);
    out->length = begin;
    if (row.failed) {
        out->failed = row.failed;
        return;
    }
    const char *line = row.data, *end = row.data + row.length;
    while (!out->failed && line < end) {
        const char *stop = break_line(line, end);
        break_copy(out, line, stop);
        line = stop < end ? break_begin(out, stop) : end;
    }
    ebb_text_free(&row);
}
