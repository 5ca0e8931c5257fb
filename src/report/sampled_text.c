/* SPDX-License-Identifier: MIT
 * A population or a trial over a sample, for a terminal: a table for each number, a
 * line for each group or arm, and a row of dots, a dot where a draw lies.
 *
 *     not parted at the end, %          0                                    100
 *     all            61.2 [40.1, 82.3]           . .:..:.  . .
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "ebb/sampled.h"
#include "report/layout.h"

#define SAMPLED_NAME 24
#define SAMPLED_NUMBERS 22
#define SAMPLED_PLOT_MOST 120

typedef struct sampledtext {
    ebb_layout_t layout;
    const ebb_sampled_t *from;
    double low, high; /* ends of the plot at hand */
    size_t plot;      /* its columns */
} sampledtext_t;

static const ebb_sampled_row_t *sampledtext_row(const sampledtext_t *t, size_t draw,
                                                size_t k)
{
    return &t->from->rows[draw * t->from->count + k];
}

/* Shares are shown in per cent. */
static double sampledtext_scale(const ebb_sampled_row_t *row)
{
    return strcmp(row->unit, "share") == 0 ? 100 : 1;
}

/* --- a table ---------------------------------------------------------------------- */

/* Ends of the plot of a number, so that all draws of all its lines fit: of shares 0 and
 * 100, else whole numbers. */
static void sampledtext_range(sampledtext_t *t, const char *number)
{
    t->low = 0;
    t->high = 1;
    for (size_t k = 0; k < t->from->count; k++) {
        for (size_t d = 0; d < t->from->draws; d++) {
            const ebb_sampled_row_t *row = sampledtext_row(t, d, k);
            double value = sampledtext_scale(row) > 1 ? 100 : row->value;
            if (strcmp(row->number, number) == 0 && isfinite(value)) {
                t->low = value < t->low ? floor(value) : t->low;
                t->high = value > t->high ? ceil(value) : t->high;
            }
        }
    }
    size_t used = SAMPLED_NAME + SAMPLED_NUMBERS + 2;
    t->plot = t->layout.width > used + 8 ? t->layout.width - used : 8;
    t->plot = t->plot < SAMPLED_PLOT_MOST ? t->plot : SAMPLED_PLOT_MOST;
}

static void sampledtext_head(const sampledtext_t *t, const char *number)
{
    char key[64], high[16];
    (void)snprintf(key, sizeof key, "sampled.%s", number);
    (void)snprintf(high, sizeof high, "%g", t->high);
    ebb_put_blank(&t->layout);
    ebb_style_begin(&t->layout, STYLE_BOLD);
    ebb_text_printf(t->layout.out, "%-*s", SAMPLED_NAME + SAMPLED_NUMBERS + 2,
                    ebb_word(t->layout.language, key));
    ebb_style_end(&t->layout, STYLE_BOLD);
    ebb_text_printf(t->layout.out, "%-*g%s\n", (int)(t->plot - strlen(high)), t->low,
                    high);
}

static void sampledtext_dots(const sampledtext_t *t, size_t k)
{
    char cells[SAMPLED_PLOT_MOST + 1];
    size_t used = 0;
    memset(cells, ' ', sizeof cells);
    for (size_t d = 0; d < t->from->draws; d++) {
        const ebb_sampled_row_t *row = sampledtext_row(t, d, k);
        double value = row->value * sampledtext_scale(row);
        if (isfinite(value)) {
            double part = (value - t->low) / (t->high - t->low);
            size_t at = (size_t)floor(part * (double)(t->plot - 1) + 0.5);
            char before = cells[at];
            cells[at] = (char)(before == ' ' ? '.' : before == '.' ? ':' : '#');
            used = at >= used ? at + 1 : used;
        }
    }
    ebb_text_printf(t->layout.out, "  %.*s\n", (int)used, cells);
}

static void sampledtext_line(const sampledtext_t *t, size_t k)
{
    const ebb_sampled_row_t *row = &t->from->rows[k];
    ebb_sampled_over_t over = ebb_sampled_number(t->from, k);
    double scale = sampledtext_scale(row);
    char name[SAMPLED_NAME + 1], numbers[64] = "-";
    bool all = strcmp(row->group, "all") == 0;
    if (row->arm && all) {
        (void)snprintf(name, sizeof name, "%.*s", SAMPLED_NAME, row->arm);
    } else {
        (void)snprintf(name, sizeof name, "%s%.*s", row->arm ? "  " : "",
                       SAMPLED_NAME - 3, row->group);
    }
    if (isfinite(over.value)) {
        int digits = scale > 1 ? 1 : 2;
        (void)snprintf(numbers, sizeof numbers, "%.*f [%.*f, %.*f]", digits,
                       scale * over.value, digits, scale * over.low, digits,
                       scale * over.high);
    }
    ebb_text_printf(t->layout.out, "%-*s%*s", SAMPLED_NAME, name, SAMPLED_NUMBERS,
                    numbers);
    sampledtext_dots(t, k);
}

static void sampledtext_lines(const sampledtext_t *t, const char *number)
{
    for (size_t k = 0; k < t->from->count; k++) {
        if (strcmp(t->from->rows[k].number, number) == 0) {
            sampledtext_line(t, k);
        }
    }
}

/* --- the whole -------------------------------------------------------------------- */

static void sampledtext_title(const sampledtext_t *t)
{
    const ebb_sampled_t *from = t->from;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "draws", "%zu", from->draws);
    ebb_slot_set(&slots, "n", "%" PRIu64, from->couples);
    ebb_slot_set(&slots, "model", "%s", from->model);
    ebb_slot_set(&slots, "seed", "%" PRIu64, from->seed);
    ebb_put_lines(&t->layout, STYLE_BOLD, "", *from->text ? from->text : from->name);
    ebb_put_sentence(&t->layout, STYLE_PLAIN, "sampled.head", &slots);
}

int ebb_sampled_terminal(ebb_text_t *out, const ebb_sampled_t *from,
                         const ebb_picture_opts_t *opts)
{
    const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    sampledtext_t t = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
    };
    sampledtext_title(&t);
    for (size_t k = 0; k < from->count; k++) {
        const char *number = from->rows[k].number;
        size_t before = 0;
        while (strcmp(from->rows[before].number, number) != 0) {
            before++;
        }
        if (before == k) { /* the first of its kind */
            sampledtext_range(&t, number);
            sampledtext_head(&t, number);
            sampledtext_lines(&t, number);
        }
    }
    ebb_put_blank(&t.layout);
    ebb_put_sentence(&t.layout, STYLE_PLAIN, "sampled.caution", NULL);
    return out->failed;
}
