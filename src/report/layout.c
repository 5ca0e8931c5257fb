/* SPDX-License-Identifier: MIT
 * Paragraphs and boxes for a terminal. */
#include "report/layout.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "report/columns.h"

#define LAYOUT_USUAL 80
#define LAYOUT_LEAST 40
#define LAYOUT_MOST 200

size_t ebb_layout_width(int columns)
{
    return columns <= 0             ? LAYOUT_USUAL
           : columns < LAYOUT_LEAST ? LAYOUT_LEAST
           : columns > LAYOUT_MOST  ? LAYOUT_MOST
                                    : (size_t)columns;
}

void ebb_slot_set(ebb_slots_t *slots, const char *name, const char *format, ...)
{
    if (slots->count == EBB_SLOTS) {
        return;
    }
    (void)snprintf(slots->items[slots->count].name, sizeof slots->items[0].name, "%s",
                   name);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(slots->items[slots->count].text, sizeof slots->items[0].text,
                    format, args);
    va_end(args);
    slots->count++;
}

typedef char number_t[24];

/* Two digits that matter below 10, whole numbers above, no more than "over 100"; what
 * is small as a part: 1/14. */
static void ratio_number(number_t number, double value)
{
    if (value > 100 || value < 0.01) {
        (void)snprintf(number, sizeof(number_t), value > 1 ? ">100" : "<1/100");
    } else if (value < 0.0995) {
        (void)snprintf(number, sizeof(number_t), "1/%.0f", 1 / value);
    } else {
        (void)snprintf(number, sizeof(number_t), "%.*f",
                       value < 0.995  ? 2
                       : value < 9.95 ? 1
                                      : 0,
                       value);
    }
}

/* The words for a value so near to a simple fraction that its name says as much as the
 * number; else those with a hole for the number. */
static const char *pace_words(const char *language, double value)
{
    static const struct {
        double value;
        const char *key;
    } fractions[] = {
        {1.0 / 10, "pace.tenth"},         {1.0 / 5, "pace.fifth"},
        {1.0 / 4, "pace.quarter"},        {1.0 / 3, "pace.third"},
        {1.0 / 2, "pace.half"},           {2.0 / 3, "pace.two_thirds"},
        {3.0 / 4, "pace.three_quarters"},
    };
    const double near = 0.06;
    for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) {
        if (fabs(value / fractions[i].value - 1) <= near) {
            return ebb_word(language, fractions[i].key);
        }
    }
    return ebb_word(language, "pace.times");
}

void ebb_slot_pace(ebb_slots_t *slots, const char *language, ebb_estimate_t ratio)
{
    number_t value, low, high;
    ratio_number(value, ratio.value);
    ratio_number(low, ratio.low);
    ratio_number(high, ratio.high);
    const char *words = pace_words(language, ratio.value);
    size_t before = strcspn(words, "{");
    const char *behind = words + before + strcspn(words + before, "}");
    ebb_slot_set(slots, "p", "%.*s%s%s", (int)before, words, *behind ? value : "",
                 *behind ? behind + 1 : "");
    ebb_slot_set(slots, "i", "[%s\xE2\x80\x93%s]", low, high);
    ebb_slot_set(slots, "low", "%s", low);
    ebb_slot_set(slots, "high", "%s", high);
}

/* One decimal below 10, unless it is a zero. */
static int decimals(double value)
{
    double tenths = round(10 * value);
    return tenths < 100 && fmod(tenths, 10) != 0;
}

void ebb_slot_hours(ebb_slots_t *slots, const char *name, double hours)
{
    if (hours < 1) {
        ebb_slot_set(slots, name, "%.0f min", 60 * hours);
    } else if (hours < 48) {
        ebb_slot_set(slots, name, "%.*f h", decimals(hours), hours);
    } else {
        ebb_slot_set(slots, name, "%.*f days", decimals(hours / 24), hours / 24);
    }
}

static const char *slot_text(const ebb_slots_t *slots, const char *name, size_t length)
{
    for (size_t i = 0; slots && i < slots->count; i++) {
        if (strlen(slots->items[i].name) == length &&
            memcmp(slots->items[i].name, name, length) == 0) {
            return slots->items[i].text;
        }
    }
    return NULL;
}

void ebb_phrase(ebb_text_t *out, const char *language, const char *key,
                const ebb_slots_t *slots)
{
    const char *text = ebb_word(language, key);
    while (*text) {
        size_t length = strcspn(text, "{");
        ebb_text_append(out, text, length);
        text += length;
        if (!*text) {
            return;
        }
        length = strcspn(text, "}");
        const char *filling = slot_text(slots, text + 1, length - 1);
        if (filling) {
            ebb_text_puts(out, filling);
        } else {
            ebb_text_append(out, text, length + (text[length] != '\0')); /* shows */
        }
        text += length + (text[length] != '\0');
    }
}

void ebb_style_begin(const ebb_layout_t *layout, ebb_style_t style)
{
    static const char *const codes[] = {
        [STYLE_PLAIN] = "",     [STYLE_BOLD] = "\033[1m", [STYLE_FAINT] = "\033[2m",
        [STYLE_A] = "\033[36m", [STYLE_B] = "\033[33m",
    };
    if (layout->colour) {
        ebb_text_puts(layout->out, codes[style]);
    }
}

void ebb_style_end(const ebb_layout_t *layout, ebb_style_t style)
{
    if (layout->colour && style != STYLE_PLAIN) {
        ebb_text_puts(layout->out, "\033[0m");
    }
}

void ebb_put_blank(const ebb_layout_t *layout)
{
    ebb_text_puts(layout->out, "\n");
}

/* Bytes of the next word and of the spaces before it. */
static size_t next_word(const char *text, size_t *spaces)
{
    *spaces = strspn(text, " ");
    return strcspn(text + *spaces, " \n");
}

bool ebb_line_next(const char **rest, size_t width, ebb_line_t *line)
{
    const char *text = *rest + strspn(*rest, " ");
    if (!*text) {
        return false;
    }
    size_t length = 0, columns = 0, spaces;
    for (size_t word; (word = next_word(text + length, &spaces)) > 0;) {
        size_t wide = ebb_columns(text + length + spaces, word);
        if (columns + spaces + wide > width) {
            if (length == 0) { /* a word wider than the line is cut */
                length = ebb_columns_fit(text, word, width);
                columns = ebb_columns(text, length);
            }
            break;
        }
        length += spaces + word;
        columns += spaces + wide;
    }
    *line = (ebb_line_t){text, length, columns};
    text += length;
    text += strspn(text, " ");
    *rest = text + (*text == '\n');
    return true;
}

void ebb_put_lines(const ebb_layout_t *layout, ebb_style_t style, const char *first,
                   const char *text)
{
    size_t indent = ebb_columns(first, strlen(first));
    ebb_line_t line;
    bool is_first = true;
    while (ebb_line_next(&text, layout->width - indent, &line)) {
        ebb_text_printf(layout->out, "%*s", is_first ? 0 : (int)indent, "");
        ebb_text_puts(layout->out, is_first ? first : "");
        ebb_style_begin(layout, style);
        ebb_text_append(layout->out, line.text, line.length);
        ebb_style_end(layout, style);
        ebb_text_puts(layout->out, "\n");
        is_first = false;
    }
}

static void put_phrase(const ebb_layout_t *layout, ebb_style_t style, const char *first,
                       const char *key, const ebb_slots_t *slots)
{
    ebb_text_t text;
    ebb_text_init(&text, layout->out->_alloc);
    ebb_phrase(&text, layout->language, key, slots);
    if (text.failed) {
        layout->out->failed = text.failed;
    } else if (text.data) {
        ebb_put_lines(layout, style, first, text.data);
    }
    ebb_text_free(&text);
}

void ebb_put_heading(const ebb_layout_t *layout, const char *key)
{
    ebb_put_blank(layout);
    put_phrase(layout, STYLE_BOLD, "", key, NULL);
}

void ebb_put_sentence(const ebb_layout_t *layout, ebb_style_t style, const char *key,
                      const ebb_slots_t *slots)
{
    put_phrase(layout, style, "", key, slots);
}

void ebb_put_point(const ebb_layout_t *layout, const char *key,
                   const ebb_slots_t *slots)
{
    put_phrase(layout, STYLE_PLAIN, "  \xE2\x80\xA2 ", key, slots);
}

void ebb_put_labelled(const ebb_layout_t *layout, const char *label, const char *key)
{
    ebb_text_t text;
    ebb_text_init(&text, layout->out->_alloc);
    ebb_phrase(&text, layout->language, label, NULL);
    ebb_text_puts(&text, ": ");
    ebb_phrase(&text, layout->language, key, NULL);
    if (text.failed) {
        layout->out->failed = text.failed;
    } else {
        ebb_put_lines(layout, STYLE_PLAIN, "  \xE2\x80\xA2 ", text.data);
    }
    ebb_text_free(&text);
}
