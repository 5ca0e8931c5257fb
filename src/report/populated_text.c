/* SPDX-License-Identifier: MIT
 * A population for a terminal: a chart of who is still together, and a line for each
 * group of whatever is counted.
 *
 *     at risk                   0     182     365     548     730 day
 *     * all                  2000    1811    1640    1502    1381
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "report/chart.h"
#include "report/populated.h"

#define POPTEXT_NAME 24 /* columns of a group's name, its letter included */
#define POPTEXT_SPANS 4 /* parts of the run of which something is said */

typedef struct poptext {
    ebb_layout_t layout;
    const ebb_populated_t *from;
    const ebb_populated_curves_t *curves;
    const char *unit;
    size_t ends[POPTEXT_SPANS + 1]; /* stretches before each part's end */
    size_t spans;
} poptext_t;

static char poptext_letter(const poptext_t *p, size_t group)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    if (group == 0) {
        return '*';
    }
    bool named = *p->curves->groups[group].group.name != '\0';
    return (char)(named ? letters[(group - 1) % 26] : '-');
}

/* The letter and the name of a group, in a column of their own. */
static void poptext_group(const poptext_t *p, size_t g)
{
    ebb_text_printf(p->layout.out, "%c %-*.*s", poptext_letter(p, g), POPTEXT_NAME - 2,
                    POPTEXT_NAME - 2, ebb_populated_name(p->curves, g));
}

/* A heading over columns of numbers: what they are, at the left. */
static void poptext_columns(const poptext_t *p, const char *key)
{
    ebb_put_blank(&p->layout);
    ebb_style_begin(&p->layout, STYLE_BOLD);
    ebb_text_printf(p->layout.out, "%-*.*s", POPTEXT_NAME, POPTEXT_NAME,
                    ebb_word(p->layout.language, key));
    ebb_style_end(&p->layout, STYLE_BOLD);
}

static double poptext_time(const poptext_t *p, size_t end)
{
    return ebb_lives_time(p->from->lives, p->ends[end]);
}

/* --- head ------------------------------------------------------------------------- */

static void poptext_head(const poptext_t *p)
{
    ebb_population_info_t info = ebb_population_info(p->from->population);
    const ebb_lives_info_t *lives = &p->curves->info;
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, lives->couples);
    ebb_slot_set(&slots, "length", "%g %s", info.head.length, p->unit);
    ebb_slot_set(&slots, "model", "%s", info.head.uses);
    ebb_slot_set(&slots, "seed", "%" PRIu64, lives->seed);
    ebb_slot_set(&slots, "partners", "%s", lives->people);
    ebb_style_begin(&p->layout, STYLE_BOLD);
    ebb_put_lines(&p->layout, STYLE_BOLD, "",
                  *info.head.text ? info.head.text : info.head.name);
    ebb_style_end(&p->layout, STYLE_BOLD);
    ebb_put_sentence(&p->layout, STYLE_PLAIN,
                     *lives->people ? "population.head" : "population.head.alike",
                     &slots);
    uint64_t failed = p->curves->groups[0].group.failed;
    if (failed) {
        ebb_slot_set(&slots, "failed", "%" PRIu64, failed);
        ebb_put_sentence(&p->layout, STYLE_PLAIN, "population.failed", &slots);
    }
    for (size_t g = 1; g < lives->groups; g++) {
        const ebb_lives_group_t *group = &p->curves->groups[g].group;
        char first[POPTEXT_NAME + 80];
        (void)snprintf(first, sizeof first, "%c %s  ", poptext_letter(p, g),
                       ebb_populated_name(p->curves, g));
        ebb_put_lines(&p->layout, STYLE_PLAIN, first,
                      *group->text   ? group->text
                      : *group->name ? ""
                                     : ebb_word(p->layout.language, "population.rest"));
    }
}

/* --- survival --------------------------------------------------------------------- */

/* The tenth at or below all shares: where the curves are told apart, with the scale
 * beside them. */
static double poptext_low(const poptext_t *p)
{
    double low = 1;
    for (size_t g = 0; g < p->curves->info.groups; g++) {
        double last = p->curves->groups[g].shares[p->curves->info.bins];
        low = last < low ? last : low;
    }
    return low < 1 ? floor(10 * low) / 10 : 0;
}

static void poptext_chart(const poptext_t *p)
{
    const ebb_lives_info_t *info = &p->curves->info;
    ebb_chart_line_t lines[EBB_CHART_LINES] = {0};
    size_t count = info->groups < EBB_CHART_LINES ? info->groups : EBB_CHART_LINES;
    for (size_t g = 0; g < count; g++) {
        lines[g] = (ebb_chart_line_t){
            .values = p->curves->groups[g].shares,
            .stride = 1,
            .letter = poptext_letter(p, g),
        };
    }
    const ebb_chart_t chart = {
        .title = ebb_word(p->layout.language, "population.together"),
        .text = "",
        .times = p->curves->times,
        .time_count = info->bins + 1,
        .end = ebb_lives_time(p->from->lives, info->bins),
        .low = poptext_low(p),
        .high = 1,
        .rows = 12,
        .lines = lines,
        .line_count = count,
    };
    ebb_put_blank(&p->layout);
    ebb_put_chart(&p->layout, &chart);
    ebb_put_chart_axis(&p->layout, &chart, p->unit);
}

static void poptext_at_risk(const poptext_t *p)
{
    poptext_columns(p, "population.at_risk");
    for (size_t k = 0; k <= p->spans; k++) {
        ebb_text_printf(p->layout.out, "%10.5g", k ? poptext_time(p, k) : 0.0);
    }
    ebb_text_printf(p->layout.out, " %.6s\n", p->unit);
    for (size_t g = 0; g < p->curves->info.groups; g++) {
        const ebb_populated_curve_t *curve = &p->curves->groups[g];
        poptext_group(p, g);
        ebb_text_printf(p->layout.out, "%10" PRIu64, curve->group.couples);
        for (size_t k = 1; k <= p->spans; k++) {
            const ebb_survival_row_t *row = &curve->rows[p->ends[k] - 1];
            ebb_text_printf(p->layout.out, "%10" PRIu64, row->at_risk - row->ended);
        }
        ebb_text_puts(p->layout.out, "\n");
    }
}

/* "61.2 [59.0, 63.3]" per cent. */
static void poptext_share(const ebb_survival_point_t *point, char *text, size_t size)
{
    if (isnan(point->low)) {
        (void)snprintf(text, size, "%.1f [-, -]", 100 * point->share);
    } else {
        (void)snprintf(text, size, "%.1f [%.1f, %.1f]", 100 * point->share,
                       100 * point->low, 100 * point->high);
    }
}

static void poptext_shares(const poptext_t *p)
{
    size_t bins = p->curves->info.bins;
    bool reunited = p->curves->groups[0].group.reunited > 0;
    poptext_columns(p, "population.shares");
    ebb_text_printf(
        p->layout.out, "%20s%14s%s\n", ebb_word(p->layout.language, "population.share"),
        ebb_word(p->layout.language, "population.median"),
        reunited ? ebb_word(p->layout.language, "population.reunited") : "");
    for (size_t g = 0; g < p->curves->info.groups; g++) {
        const ebb_populated_curve_t *curve = &p->curves->groups[g];
        char share[64] = "-", half[32] = "-";
        double median = ebb_survival_median(curve->points, p->curves->times + 1, bins);
        if (curve->group.couples) {
            poptext_share(&curve->points[bins - 1], share, sizeof share);
        }
        if (isfinite(median)) {
            (void)snprintf(half, sizeof half, "%.5g", median);
        }
        poptext_group(p, g);
        ebb_text_printf(p->layout.out, "%20s%14s", share, half);
        if (reunited) {
            ebb_text_printf(p->layout.out, "%12" PRIu64, curve->group.reunited);
        }
        ebb_text_puts(p->layout.out, "\n");
    }
}

/* --- endings, fields, episodes ---------------------------------------------------- */

static void poptext_endings(const poptext_t *p)
{
    size_t ways = p->curves->info.endings, bins = p->curves->info.bins;
    size_t room = (p->layout.width - POPTEXT_NAME) / 14;
    size_t shown = ways < room ? ways : room;
    if (ways == 1) {
        return;
    }
    poptext_columns(p, "population.endings");
    for (size_t w = 0; w < shown; w++) {
        ebb_text_printf(p->layout.out, "%14.13s", ebb_populated_ending(p->from, w));
    }
    ebb_text_puts(p->layout.out, "\n");
    for (size_t g = 0; g < p->curves->info.groups; g++) {
        const ebb_populated_curve_t *curve = &p->curves->groups[g];
        poptext_group(p, g);
        for (size_t w = 0; w < shown; w++) {
            ebb_text_printf(p->layout.out, "%14.1f",
                            100 * curve->incidence[(bins - 1) * ways + w]);
        }
        ebb_text_puts(p->layout.out, "\n");
    }
    for (size_t w = 0; w + 1 < ways; w++) {
        const char *text = "";
        char first[80];
        (void)snprintf(first, sizeof first, "  %s  ",
                       ebb_lives_ending(p->from->lives, w, &text));
        if (*text) {
            ebb_put_lines(&p->layout, STYLE_FAINT, first, text);
        }
    }
}

static void poptext_fields(const poptext_t *p)
{
    static const char *const keys[EBB_LIVES_FIELDS] = {
        [EBB_LIVES_STABLE_SATISFIED] = "population.field.stable_satisfied",
        [EBB_LIVES_STABLE_NOT] = "population.field.stable_not",
        [EBB_LIVES_PARTED_SATISFIED] = "population.field.parted_satisfied",
        [EBB_LIVES_PARTED_NOT] = "population.field.parted_not"};
    if (!p->curves->info.judged) {
        return;
    }
    poptext_columns(p, "population.fields");
    for (size_t f = 0; f < EBB_LIVES_FIELDS; f++) {
        ebb_text_printf(p->layout.out, "%14s", ebb_word(p->layout.language, keys[f]));
    }
    ebb_text_puts(p->layout.out, "\n");
    for (size_t g = 0; g < p->curves->info.groups; g++) {
        const ebb_lives_group_t *group = &p->curves->groups[g].group;
        poptext_group(p, g);
        for (size_t f = 0; f < EBB_LIVES_FIELDS; f++) {
            if (group->couples) {
                ebb_text_printf(p->layout.out, "%14.1f",
                                100 * (double)group->fields[f] /
                                    (double)group->couples);
            } else {
                ebb_text_printf(p->layout.out, "%14s", "-");
            }
        }
        ebb_text_puts(p->layout.out, "\n");
    }
}

static void poptext_episodes(const poptext_t *p)
{
    if (!p->curves->info.episodes) {
        return;
    }
    poptext_columns(p, "population.episodes");
    for (size_t k = 1; k <= p->spans; k++) {
        char span[32];
        (void)snprintf(span, sizeof span, "%.4g-%.4g", poptext_time(p, k - 1),
                       poptext_time(p, k));
        ebb_text_printf(p->layout.out, "%12s", span);
    }
    ebb_text_printf(p->layout.out, " %.6s\n", p->unit);
    for (size_t g = 0; g < p->curves->info.groups; g++) {
        const ebb_lives_group_t *group = &p->curves->groups[g].group;
        poptext_group(p, g);
        for (size_t k = 1; k <= p->spans; k++) {
            double rate =
                ebb_populated_rate(p->from, group, p->ends[k - 1], p->ends[k]);
            if (isfinite(rate)) {
                ebb_text_printf(p->layout.out, "%12.1f", rate);
            } else {
                ebb_text_printf(p->layout.out, "%12s", "-");
            }
        }
        ebb_text_puts(p->layout.out, "\n");
    }
}

/* --- the whole -------------------------------------------------------------------- */

int ebb_populated_terminal(ebb_text_t *out, const ebb_populated_t *from,
                           const ebb_picture_opts_t *opts)
{
    ebb_populated_curves_t curves;
    const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    int code = ebb_populated_curves(&curves, from);
    poptext_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
        .curves = &curves,
        .unit = ebb_model_info(from->model).time_unit,
    };
    if (!code) {
        p.spans = curves.info.bins < POPTEXT_SPANS ? curves.info.bins : POPTEXT_SPANS;
        for (size_t k = 0; k <= p.spans; k++) {
            p.ends[k] = (curves.info.bins * k + p.spans / 2) / p.spans;
        }
        poptext_head(&p);
        poptext_chart(&p);
        poptext_at_risk(&p);
        poptext_shares(&p);
        poptext_endings(&p);
        poptext_fields(&p);
        poptext_episodes(&p);
        ebb_put_blank(&p.layout);
        ebb_put_sentence(&p.layout, STYLE_PLAIN, "population.caution", NULL);
    }
    ebb_populated_curves_free(&curves);
    return code ? code : out->failed;
}
