/* SPDX-License-Identifier: MIT
 * Who finds whom, for a terminal: kinds of couples, the curve over the cut, what is
 * known of people, what each mechanism contributes. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "ebb/paired.h"
#include "report/chart.h"
#include "report/layout.h"

/* Figures of evidence/: of the texts themselves, and of 354 dating couples. */
#define CLAIMED_LOW 0.2
#define CLAIMED_HIGH 0.3
#define OBSERVED_ALIKE 0.01037

typedef struct paired_page {
    ebb_layout_t layout;
    const ebb_paired_t *from;
    bool fine;
} paired_page_t;

static const char *paired_word(const paired_page_t *p, const char *key)
{
    return ebb_word(p->layout.language, key);
}

static void paired_put(const paired_page_t *p, const char *key,
                       const ebb_slots_t *slots)
{
    ebb_put_sentence(&p->layout, STYLE_PLAIN, key, slots);
}

/* --- kinds of couples ------------------------------------------------------------- */

static void paired_put_kind(const paired_page_t *p, const char *name,
                            ebb_pair_amount_t share, double norm)
{
    char interval[32];
    (void)snprintf(interval, sizeof interval, "[%.1f, %.1f]", 100 * share.low,
                   100 * share.high);
    ebb_text_printf(p->layout.out, "  %-28.28s %6.1f %% %-14s %6.1f %%\n", name,
                    100 * share.value, interval, 100 * norm);
}

static void paired_put_kinds(const paired_page_t *p)
{
    const ebb_pair_point_t *at = &p->from->census->at;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "cut", "%.3g", at->cut);
    ebb_slot_set(&slots, "above", "%.0f", 100 * at->above);
    ebb_put_blank(&p->layout);
    paired_put(p, "pair.kinds", &slots);
    ebb_style_begin(&p->layout, STYLE_FAINT);
    ebb_text_printf(p->layout.out, "  %-28s %8s %-14s %8s\n", "",
                    paired_word(p, "pair.here"), paired_word(p, "pair.interval"),
                    paired_word(p, "pair.independent"));
    ebb_style_end(&p->layout, STYLE_FAINT);
    for (size_t k = 0; k < EBB_PAIR_TYPES; k++) {
        paired_put_kind(p, ebb_pair_type(k), at->types[k], at->types_norm[k]);
    }
    paired_put_kind(p, paired_word(p, "pair.either"), at->either, at->either_norm);
    ebb_put_blank(&p->layout);
    ebb_slots_t more = {0};
    ebb_slot_set(&more, "either", "%.1f", 100 * at->either.value);
    ebb_slot_set(&more, "shuffled", "%.1f", 100 * at->either_shuffled);
    ebb_slot_set(&more, "norm", "%.1f", 100 * at->either_norm);
    paired_put(p, "pair.parts", &more);
}

/* --- the curve -------------------------------------------------------------------- */

/* Percent over the percentage of people above the cut, which rises where cuts fall. */
static void paired_put_curve(const paired_page_t *p)
{
    double above[EBB_PAIR_CURVE], values[3][EBB_PAIR_CURVE];
    static const char letters[] = "nso"; /* what is drawn later lies above */
    static const char *const names[] = {"pair.line.norm", "pair.line.shuffled",
                                        "pair.line.either"};
    static const ebb_style_t styles[] = {STYLE_FAINT, STYLE_B, STYLE_A};
    ebb_chart_line_t lines[3];
    for (size_t k = 0; k < EBB_PAIR_CURVE; k++) {
        const ebb_pair_point_t *point = &p->from->census->curve[EBB_PAIR_CURVE - 1 - k];
        above[k] = 100 * point->above;
        values[0][k] = 100 * point->either_norm;
        values[1][k] = 100 * point->either_shuffled;
        values[2][k] = 100 * point->either.value;
    }
    for (size_t i = 0; i < 3; i++) {
        lines[i] = (ebb_chart_line_t){.values = values[i],
                                      .stride = 1,
                                      .name = paired_word(p, names[i]),
                                      .letter = letters[i],
                                      .style = styles[i]};
    }
    ebb_chart_t chart = {.title = paired_word(p, "pair.chart"),
                         .text = "",
                         .times = above,
                         .time_count = EBB_PAIR_CURVE,
                         .end = 60,
                         .low = 0,
                         .high = 50,
                         .rows = 12,
                         .fine = p->fine,
                         .lines = lines,
                         .line_count = 3};
    ebb_put_blank(&p->layout);
    ebb_put_chart(&p->layout, &chart);
    ebb_put_chart_axis(&p->layout, &chart, "%");
    ebb_put_blank(&p->layout);
    paired_put(p, "pair.axis", NULL);
}

/* --- what is known ---------------------------------------------------------------- */

/* How many are above the cut at which the share is so large, on the straight line
 * between cuts of the curve; NaN: at none of them. The share rises with it. */
static double paired_above(const paired_page_t *p, double share)
{
    const ebb_pair_point_t *curve = p->from->census->curve;
    for (size_t k = EBB_PAIR_CURVE - 1; k > 0; k--) {
        double from = curve[k].either.value, to = curve[k - 1].either.value;
        if (from <= share && share < to) {
            double part = (share - from) / (to - from);
            return curve[k].above + part * (curve[k - 1].above - curve[k].above);
        }
    }
    return (double)NAN;
}

/* Where the curve is within what is claimed. */
static void paired_put_claimed(const paired_page_t *p)
{
    double low = paired_above(p, CLAIMED_LOW), high = paired_above(p, CLAIMED_HIGH);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "low", "%.0f", 100 * low);
    ebb_slot_set(&slots, "high", "%.0f", 100 * high);
    paired_put(p, low < high ? "pair.claimed" : "pair.claimed.nowhere", &slots);
}

static void paired_amount(ebb_slots_t *slots, const char *name, ebb_pair_amount_t a)
{
    ebb_slot_set(slots, name, "%.2f [%.2f,\u00a0%.2f]", a.value, a.low, a.high);
}

static void paired_put_known(const paired_page_t *p)
{
    const ebb_pair_census_t *census = p->from->census;
    const ebb_pair_amount_t *types = census->at.types;
    double alike = types[EBB_PAIR_ANXIOUS].value + types[EBB_PAIR_AVOIDANT].value;
    ebb_slots_t slots = {0};
    paired_amount(&slots, "cross", census->cross);
    paired_amount(&slots, "anxiety", census->same_anxiety);
    paired_amount(&slots, "avoidance", census->same_avoidance);
    paired_amount(&slots, "mean1", census->anxiety);
    paired_amount(&slots, "mean2", census->avoidance);
    ebb_slot_set(&slots, "alike", "%.1f", 100 * alike);
    ebb_put_blank(&p->layout);
    paired_put(p, "pair.who", &slots);
    ebb_put_heading(&p->layout, "pair.known");
    bool positive = census->cross.low > 0;
    bool same = census->same_anxiety.low > 0 && census->same_avoidance.low > 0;
    ebb_put_point(&p->layout, positive ? "pair.cross.met" : "pair.cross.missed",
                  &slots);
    ebb_put_point(&p->layout, same ? "pair.same.met" : "pair.same.missed", &slots);
    ebb_put_point(&p->layout,
                  alike <= OBSERVED_ALIKE ? "pair.alike.met" : "pair.alike.missed",
                  &slots);
    paired_put_claimed(p);
}

/* --- mechanisms ------------------------------------------------------------------- */

/* The mechanism that alone is in a set of bits; EBB_PAIR_MECHANISMS: none, or more. */
static size_t paired_single(unsigned bits)
{
    size_t found = EBB_PAIR_MECHANISMS;
    for (size_t k = 0; k < EBB_PAIR_MECHANISMS; k++) {
        found = bits == 1u << k ? k : found;
    }
    return found;
}

/* "without calm", beside what is out in all rows. */
static void paired_row_name(const paired_page_t *p, unsigned without, char name[64])
{
    unsigned base = p->from->settings->without, with = EBB_PAIR_ALL & ~without;
    size_t left_out = paired_single(without & ~base), only = paired_single(with);
    if (without == base || with == 0) {
        (void)snprintf(name, 64, "%s",
                       paired_word(p, with == 0   ? "pair.row.none"
                                      : base == 0 ? "pair.row.all"
                                                  : "develop.row.all"));
    } else if (left_out < EBB_PAIR_MECHANISMS) {
        (void)snprintf(name, 64, "%s %s", paired_word(p, "pair.row.without"),
                       ebb_pair_mechanism(left_out));
    } else {
        const char *word = ebb_pair_mechanism(only);
        (void)snprintf(name, 64, "%s %s", paired_word(p, "pair.row.only"),
                       word ? word : "");
    }
}

/* What rounds to 0 is 0, not -0. */
static double paired_hundredths(double x)
{
    return fabs(x) < 0.005 ? 0 : x;
}

static void paired_put_row(const paired_page_t *p, const ebb_paired_row_t *row)
{
    const ebb_pair_census_t *c = &row->census;
    char name[64];
    double alike =
        c->at.types[EBB_PAIR_ANXIOUS].value + c->at.types[EBB_PAIR_AVOIDANT].value;
    paired_row_name(p, row->without, name);
    ebb_text_printf(
        p->layout.out, "  %-20.20s %5.1f \u00b1%4.1f %8.1f %9.2f %9.2f %7.1f %8.2f\n",
        name, 100 * c->at.either.value, 50 * (c->at.either.high - c->at.either.low),
        100 * c->at.either_shuffled, paired_hundredths(c->cross.value),
        paired_hundredths((c->same_anxiety.value + c->same_avoidance.value) / 2),
        100 * alike, paired_hundredths((c->anxiety.value + c->avoidance.value) / 2));
}

static void paired_put_rows(const paired_page_t *p)
{
    ebb_put_heading(&p->layout, "pair.mechanisms");
    ebb_style_begin(&p->layout, STYLE_FAINT);
    ebb_text_printf(
        p->layout.out, "  %-20s %11s %8s %9s %9s %7s %8s\n", "",
        paired_word(p, "pair.column.either"), paired_word(p, "pair.column.shuffled"),
        paired_word(p, "pair.column.cross"), paired_word(p, "pair.column.same"),
        paired_word(p, "pair.column.alike"), paired_word(p, "pair.column.level"));
    ebb_style_end(&p->layout, STYLE_FAINT);
    for (size_t k = 0; k < p->from->row_count; k++) {
        paired_put_row(p, &p->from->rows[k]);
    }
    paired_put(p, "pair.columns", NULL);
}

/* --- all -------------------------------------------------------------------------- */

static void paired_put_head(const paired_page_t *p)
{
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, p->from->census->couples);
    paired_amount(&slots, "months", p->from->census->months);
    ebb_put_sentence(&p->layout, STYLE_BOLD, "pair.head", &slots);
    for (size_t k = 0; k < EBB_PAIR_MECHANISMS; k++) {
        if (p->from->settings->without >> k & 1) {
            ebb_slots_t out = {0};
            ebb_slot_set(&out, "word", "%s", ebb_pair_mechanism(k));
            ebb_slot_set(&out, "text", "%s", ebb_pair_mechanism_text(k));
            ebb_put_point(&p->layout, "pair.without", &out);
        }
    }
}

static void paired_put_kalick(const paired_page_t *p)
{
    static const char *const keys[] = {"pair.kalick.attractive", "pair.kalick.similar",
                                       "pair.kalick.one"};
    ebb_put_sentence(&p->layout, STYLE_BOLD, "pair.kalick", NULL);
    for (size_t k = 0; k < EBB_PAIRED_KALICK; k++) {
        const ebb_kalick_t *found = &p->from->kalick[k];
        ebb_slots_t slots = {0};
        ebb_slot_set(&slots, "r", "%.3f [%.3f,\u00a0%.3f]", found->r, found->low,
                     found->high);
        ebb_slot_set(&slots, "n", "%" PRIu32, found->runs);
        ebb_put_point(&p->layout, keys[k], &slots);
    }
    paired_put(p, "pair.kalick.lesson", NULL);
}

int ebb_paired_terminal(ebb_text_t *out, const ebb_paired_t *from,
                        const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    paired_page_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
        .fine = opts->fine};
    if (from->kalick) {
        paired_put_kalick(&p);
        return out->failed;
    }
    paired_put_head(&p);
    paired_put_kinds(&p);
    paired_put_curve(&p);
    paired_put_known(&p);
    if (from->row_count) {
        paired_put_rows(&p);
    }
    ebb_put_blank(&p.layout);
    ebb_put_sentence(&p.layout, STYLE_FAINT, "pair.note", NULL);
    return out->failed;
}
