/* SPDX-License-Identifier: MIT
 * Levers for a terminal: a line each, with what it does to the gain as a picture.
 *
 *     lever              gain  change   rest   most
 *     b.answered_bids   0.400  -0.170  0.040   61 %  --o---    |
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "report/studied.h"

#define LEVERS_NAME_MOST 24
#define LEVERS_PICTURE_LEAST 8
#define LEVERS_PICTURE_MOST 60

/* Where things stand in a line. */
typedef struct levers_table {
    const ebb_studied_page_t *page;
    const ebb_levers_t *found;
    bool drawn, wide; /* there are draws that count; there is room for all columns */
    size_t name, picture;
    double low, high; /* ends of the picture, 0 among them */
} levers_table_t;

static void leverstext_put(const levers_table_t *t, const char *key,
                           const ebb_slots_t *slots)
{
    ebb_put_sentence(&t->page->layout, STYLE_PLAIN, key, slots);
}

/* --- layout ----------------------------------------------------------------------- */

/* What is shown of a lever's change: its range, or the one number. */
static ebb_levers_range_t leverstext_change(const levers_table_t *t,
                                            const ebb_lever_t *lever)
{
    return t->drawn ? lever->change_range
                    : (ebb_levers_range_t){lever->change, lever->change, lever->change};
}

static levers_table_t leverstext_layout(const ebb_studied_page_t *page)
{
    const ebb_levers_t *found = page->from->levers;
    levers_table_t t = {.page = page, .found = found, .drawn = found->counted > 0};
    for (size_t k = 0; k < found->count; k++) {
        size_t length = strlen(ebb_studied_lever(page->from, k));
        ebb_levers_range_t change = leverstext_change(&t, &found->levers[k]);
        t.name = length > t.name ? length : t.name;
        t.low = change.low < t.low ? change.low : t.low;
        t.high = change.high > t.high ? change.high : t.high;
    }
    t.name = t.name < LEVERS_NAME_MOST ? t.name : LEVERS_NAME_MOST;
    size_t numbers = 24 + (t.drawn ? 7 : 0), width = page->layout.width;
    t.wide = t.name + numbers + 2 + LEVERS_PICTURE_LEAST <= width;
    t.picture = width - t.name - (t.wide ? numbers : 8) - 2;
    t.picture = t.picture < LEVERS_PICTURE_MOST ? t.picture : LEVERS_PICTURE_MOST;
    return t;
}

/* --- lines ------------------------------------------------------------------------ */

/* A number in eight columns, right-aligned; "-" for what is not there. */
static void leverstext_number(const levers_table_t *t, double value)
{
    char text[32] = "-";
    value = fabs(value) < 0.0005 ? 0 : value; /* no -0.000 */
    if (isfinite(value)) {
        (void)snprintf(text, sizeof text, fabs(value) < 100 ? "%.3f" : "%.2g", value);
    }
    ebb_text_printf(t->page->layout.out, "%8s", text);
}

static size_t leverstext_place(const levers_table_t *t, double at)
{
    double part = (at - t->low) / (t->high > t->low ? t->high - t->low : 1);
    return (size_t)floor(part * (double)(t->picture - 1) + 0.5);
}

/* A bar from 0 to the change; over draws the range, and its median. */
static void leverstext_picture(const levers_table_t *t, const ebb_lever_t *lever)
{
    char cells[LEVERS_PICTURE_MOST + 1];
    ebb_levers_range_t change = leverstext_change(t, lever);
    size_t zero = leverstext_place(t, 0), used = zero + 1;
    memset(cells, ' ', sizeof cells);
    if (isfinite(change.median)) {
        size_t low = leverstext_place(t, t->drawn ? change.low : fmin(0, change.low));
        size_t high = leverstext_place(t, t->drawn ? change.high : fmax(0, change.low));
        memset(cells + low, t->drawn ? '-' : '#', high - low + 1);
        cells[leverstext_place(t, change.median)] = t->drawn ? 'o' : '#';
        used = high >= used ? high + 1 : used;
    }
    cells[zero] = cells[zero] == 'o' ? 'o' : '|';
    ebb_text_printf(t->page->layout.out, "  %.*s\n", (int)used, cells);
}

static void leverstext_row(const levers_table_t *t, size_t k)
{
    const ebb_lever_t *lever = &t->found->levers[k];
    ebb_text_t *out = t->page->layout.out;
    ebb_text_printf(out, "%-*.*s", (int)t->name, (int)t->name,
                    ebb_studied_lever(t->page->from, k));
    if (t->wide) {
        leverstext_number(t, lever->gain);
    }
    leverstext_number(t, leverstext_change(t, lever).median);
    if (t->wide) {
        leverstext_number(t, lever->rest);
    }
    if (t->wide && t->drawn && isfinite(lever->most)) {
        ebb_text_printf(out, "%5.0f %%", 100 * lever->most);
    } else if (t->wide && t->drawn) {
        ebb_text_printf(out, "%7s", "-");
    }
    leverstext_picture(t, lever);
}

static void leverstext_head(const levers_table_t *t)
{
    const char *language = t->page->layout.language;
    ebb_text_t *out = t->page->layout.out;
    ebb_text_printf(out, "%-*s", (int)t->name, "");
    if (t->wide) {
        ebb_text_printf(out, "%8s", ebb_word(language, "study.levers.gain"));
    }
    ebb_text_printf(out, "%8s", ebb_word(language, "study.levers.change"));
    if (t->wide) {
        ebb_text_printf(out, "%8s", ebb_word(language, "study.levers.rest"));
    }
    if (t->wide && t->drawn) {
        ebb_text_printf(out, "%7s", ebb_word(language, "study.levers.most"));
    }
    ebb_text_puts(out, "\n");
}

/* --- sentences -------------------------------------------------------------------- */

static void leverstext_draws(const levers_table_t *t)
{
    const ebb_levers_t *found = t->found;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%zu", found->draws);
    ebb_slot_set(&slots, "within", "%.4g", 100 * found->within);
    ebb_slot_set(&slots, "median", "%.3f", found->gain_range.median);
    ebb_slot_set(&slots, "low", "%.3f", found->gain_range.low);
    ebb_slot_set(&slots, "high", "%.3f", found->gain_range.high);
    ebb_slot_set(&slots, "lost", "%zu", found->draws - found->resting);
    leverstext_put(t, found->resting ? "study.levers.draws" : "study.levers.nowhere",
                   &slots);
    ebb_slot_set(&slots, "below", "%zu", found->resting - found->counted);
    if (found->resting > found->counted) {
        leverstext_put(t, "study.levers.below", &slots);
    }
    if (found->resting && found->resting < found->draws) {
        leverstext_put(t, "study.levers.lost", &slots);
    }
}

/* In how many draws there is a gain without a lever and none with it. */
static void leverstext_lost(const levers_table_t *t)
{
    ebb_text_t list;
    ebb_text_init(&list, t->page->layout.out->_alloc);
    for (size_t k = 0; k < t->found->count && t->drawn; k++) {
        size_t lost = t->found->counted - t->found->levers[k].draws;
        if (lost) {
            ebb_text_printf(&list, "%s%s\u00a0%zu", list.length ? ", " : "",
                            ebb_studied_lever(t->page->from, k), lost);
        }
    }
    if (list.failed) {
        t->page->layout.out->failed = list.failed;
    } else if (list.length) {
        leverstext_put(t, "study.levers.lost.with", NULL);
        ebb_put_lines(&t->page->layout, STYLE_PLAIN, "   ", list.data);
    }
    ebb_text_free(&list);
}

void ebb_studied_put_levers(const ebb_studied_page_t *page)
{
    levers_table_t t = leverstext_layout(page);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "cut", "%s", page->from->cut);
    ebb_slot_set(&slots, "gain", "%.3f", t.found->gain);
    ebb_slot_set(&slots, "rest", "%.3f", t.found->rest);
    leverstext_put(&t, "study.levers", &slots);
    if (t.found->gain < 0) {
        leverstext_put(&t, "study.levers.locked", &slots);
    }
    if (t.found->draws) {
        leverstext_draws(&t);
    }
    ebb_put_blank(&page->layout);
    leverstext_head(&t);
    for (size_t k = 0; k < t.found->count; k++) {
        leverstext_row(&t, k);
    }
    ebb_put_blank(&page->layout);
    leverstext_put(&t, t.drawn ? "study.levers.legend.draws" : "study.levers.legend",
                   &slots);
    leverstext_lost(&t);
    leverstext_put(&t, "study.levers.note", &slots);
}
