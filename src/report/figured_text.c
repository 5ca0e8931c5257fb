/* SPDX-License-Identifier: MIT
 *
 * Figures for a terminal. In short:
 *
 *     pair_stable                0.96 [0.82, 1.1]          0.9 to 1.1         inside
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "ebb/figured.h"
#include "report/layout.h"

typedef struct figured_page {
    ebb_layout_t layout;
    const ebb_figured_t *from;
} figured_page_t;

static const char *figured_word(const figured_page_t *p, const char *key)
{
    return ebb_word(p->layout.language, key);
}

/* "0.96 [0.82, 1.1]". */
static void figured_model(char *out, size_t size, const ebb_figure_found_t *found)
{
    (void)snprintf(out, size, found->computed ? "%.3g [%.3g, %.3g]" : "-", found->value,
                   found->low, found->high);
}

/* "0.9 to 1.1", "above 0", "below 0". */
static void figured_limits(const figured_page_t *p, char *out, size_t size,
                           const ebb_figure_t *figure)
{
    bool above = isinf(figure->high), below = isinf(figure->low);
    ebb_text_t text;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "low", "%.4g", figure->low);
    ebb_slot_set(&slots, "high", "%.4g", figure->high);
    ebb_text_init(&text, p->layout.out->_alloc);
    ebb_phrase(&text, p->layout.language,
               above   ? "figures.above"
               : below ? "figures.below"
                       : "figures.between",
               &slots);
    if (text.failed) {
        p->layout.out->failed = text.failed;
    } else {
        (void)snprintf(out, size, "%s", text.data);
    }
    ebb_text_free(&text);
}

static const char *figured_verdict(const figured_page_t *p, size_t k)
{
    const ebb_figure_found_t *found = &p->from->found[k];
    bool shown = strcmp(p->from->figures[k].used, "held-out") != 0;
    return figured_word(p, !found->computed ? "figures.none"
                           : shown          ? "figures.shown"
                           : found->inside  ? "figures.inside"
                                            : "figures.outside");
}

static void figured_put_row(const figured_page_t *p, size_t k)
{
    const ebb_figure_t *figure = &p->from->figures[k];
    bool bold = p->from->found[k].computed;
    char model[64] = "", limits[64] = "";
    figured_model(model, sizeof model, &p->from->found[k]);
    figured_limits(p, limits, sizeof limits, figure);
    int model_columns = (int)strlen(model);
    int over = model_columns > 25 ? model_columns - 25 : 0; /* taken from the limits */
    ebb_text_printf(p->layout.out, "%-26s %-25s %-*s ", figure->id, model, 18 - over,
                    limits);
    ebb_style_begin(&p->layout, bold ? STYLE_BOLD : STYLE_FAINT);
    ebb_text_puts(p->layout.out, figured_verdict(p, k));
    ebb_style_end(&p->layout, bold ? STYLE_BOLD : STYLE_FAINT);
    ebb_text_puts(p->layout.out, "\n");
}

/* --- at length -------------------------------------------------------------------- */

/* A label and what follows it, wrapped below itself. */
static void figured_put_field(const figured_page_t *p, const char *key,
                              const char *text)
{
    char first[32];
    (void)snprintf(first, sizeof first, "  %-10s ", figured_word(p, key));
    if (*text) {
        ebb_put_lines(&p->layout, STYLE_PLAIN, first, text);
    }
}

static void figured_put_at_length(const figured_page_t *p, size_t k)
{
    const ebb_figure_t *figure = &p->from->figures[k];
    const ebb_figure_found_t *found = &p->from->found[k];
    char line[512] = "", limits[64] = "";
    ebb_text_printf(p->layout.out, "%s  ", figure->id);
    ebb_style_begin(&p->layout, STYLE_BOLD);
    ebb_text_puts(p->layout.out, figured_verdict(p, k));
    ebb_style_end(&p->layout, STYLE_BOLD);
    ebb_text_puts(p->layout.out, "\n");
    figured_put_field(p, "figures.figure", figure->figure);
    figured_limits(p, limits, sizeof limits, figure);
    (void)snprintf(line, sizeof line, "%s (%s): %s, %s (%s)", limits, figure->interval,
                   figure->population, figure->source, figure->standing);
    figured_put_field(p, "figures.evidence", line);
    if (*figure->run) {
        figured_model(line, sizeof line, found);
        figured_put_field(p, "figures.model", line);
        (void)snprintf(line, sizeof line, "%s of %s; %s%s%s", figure->statistic,
                       figure->columns, figure->run, *figure->among ? ", " : "",
                       figure->among);
        figured_put_field(p, "figures.how", line);
    }
    figured_put_field(p, *figure->run ? "figures.note" : "figures.why", figure->note);
    ebb_put_blank(&p->layout);
}

/* --- all -------------------------------------------------------------------------- */

static void figured_put_totals(const figured_page_t *p)
{
    ebb_figured_totals_t totals = ebb_figured_count(p->from);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%zu", totals.held_out);
    ebb_slot_set(&slots, "inside", "%zu", totals.inside);
    ebb_slot_set(&slots, "outside", "%zu", totals.outside);
    ebb_slot_set(&slots, "none", "%zu", totals.none);
    ebb_put_sentence(&p->layout, STYLE_PLAIN, "figures.totals", &slots);
    ebb_put_sentence(&p->layout, STYLE_FAINT, "figures.caution", NULL);
    if (p->from->sample) {
        ebb_slot_set(&slots, "draws", "%zu", p->from->draws);
        ebb_put_sentence(&p->layout, STYLE_FAINT, "figures.sample", &slots);
    }
}

int ebb_figured_terminal(ebb_text_t *out, const ebb_figured_t *from,
                         const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    figured_page_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from};
    for (size_t k = 0; k < from->count; k++) {
        if (from->at_length) {
            figured_put_at_length(&p, k);
        } else {
            figured_put_row(&p, k);
        }
    }
    if (!from->at_length) {
        ebb_put_blank(&p.layout);
        figured_put_totals(&p);
    }
    return out->failed;
}
