/* SPDX-License-Identifier: MIT
 *
 * A simulation for a terminal: a chart for each quantity, in which all persons who have
 * it are together; quantities that do not change are told in a line.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "core/words.h"
#include "report/chart.h"
#include "report/simulated.h"

#define PICTURE_CHARTS 8 /* more are a table, not a picture */

/* Outputs of one name, of different persons, and the numbers between which they move.
 */
typedef struct pic_group {
    const char *name; /* without a person */
    size_t outputs[EBB_CHART_LINES];
    size_t count;
    double low, high;
    bool gaps; /* numbers are missing */
} pic_group_t;

typedef struct picture {
    ebb_layout_t layout;
    const ebb_simulated_t *from;
    bool fine;
    size_t times, outputs;
    double *rows; /* of many couples: low, median, high of an output at each time */
    pic_group_t *groups;
    size_t group_count;
    char letters[EBB_CHART_LINES]; /* of the persons; the last is for all else */
} picture_t;

/* --- numbers ---------------------------------------------------------------------- */

static const char *pic_base(const ebb_scalar_t *scalar)
{
    const char *dot = *scalar->person ? strchr(scalar->name, '.') : NULL;
    return dot ? dot + 1 : scalar->name;
}

/* What is drawn of an output at a time: the one couple's number, or of many the
 * `part`th of low, median, high. */
static double pic_value(const picture_t *p, size_t time, size_t output, int part)
{
    return p->from->values ? p->from->values[time * p->outputs + output]
                           : ebb_run_quantile(p->from->totals, time, output,
                                              ebb_simulated_shares[part]);
}

static void pic_widen(const picture_t *p, pic_group_t *group, size_t output)
{
    for (size_t k = 0; k < p->times; k++) {
        for (int part = 0; part < (p->from->values ? 1 : 3); part++) {
            double value = pic_value(p, k, output, part);
            group->gaps |= !isfinite(value);
            if (isfinite(value)) {
                group->low = value < group->low ? value : group->low;
                group->high = value > group->high ? value : group->high;
            }
        }
    }
}

/* Rounding apart, a number that stays where it is. */
static bool pic_steady(double low, double high)
{
    return !(high - low > 1e-9 * (fabs(low) + fabs(high)));
}

/* --- groups ----------------------------------------------------------------------- */

static pic_group_t *pic_group_of(picture_t *p, const char *name)
{
    for (size_t g = 0; g < p->group_count; g++) {
        if (strcmp(p->groups[g].name, name) == 0 &&
            p->groups[g].count < EBB_CHART_LINES) {
            return &p->groups[g];
        }
    }
    pic_group_t *fresh = &p->groups[p->group_count++];
    *fresh =
        (pic_group_t){.name = name, .low = (double)INFINITY, .high = -(double)INFINITY};
    return fresh;
}

/* Groups what has this place among what the model wants shown. */
static void pic_group_place(picture_t *p, size_t place, bool any)
{
    for (size_t i = 0; i < p->outputs; i++) {
        ebb_scalar_t scalar = ebb_simulated_scalar(p->from, i);
        if (any || scalar.shown == place) {
            pic_group_t *group = pic_group_of(p, pic_base(&scalar));
            group->outputs[group->count++] = i;
            pic_widen(p, group, i);
        }
    }
}

/* What the model wants shown first, in its order, then all else. */
static void pic_group_all(picture_t *p, bool chosen)
{
    size_t last = 0;
    for (size_t i = 0; i < p->outputs && !chosen; i++) {
        size_t place = ebb_simulated_scalar(p->from, i).shown;
        last = place > last ? place : last;
    }
    for (size_t place = 1; place <= last; place++) {
        pic_group_place(p, place, false);
    }
    pic_group_place(p, 0, chosen);
}

static int pic_open(picture_t *p, bool chosen)
{
    const ebb_alloc_t *alloc =
        p->layout.out->_alloc ? p->layout.out->_alloc : ebb_alloc_default();
    p->groups = ebb_new_array(alloc, p->outputs + 1, sizeof *p->groups);
    p->rows = ebb_new_array(alloc, 3 * p->times + 1, sizeof *p->rows);
    if (!p->groups || !p->rows) {
        p->layout.out->failed = EBB_ERR_MEMORY;
        return EBB_ERR_MEMORY;
    }
    pic_group_all(p, chosen);
    return EBB_OK;
}

static void pic_close(picture_t *p)
{
    const ebb_alloc_t *alloc =
        p->layout.out->_alloc ? p->layout.out->_alloc : ebb_alloc_default();
    ebb_free_array(alloc, p->groups, p->outputs + 1, sizeof *p->groups);
    ebb_free_array(alloc, p->rows, 3 * p->times + 1, sizeof *p->rows);
}

/* A letter for each person: the first of the name that no one before has. */
static void pic_letters(picture_t *p)
{
    const char *name;
    for (size_t k = 0;
         k < EBB_CHART_LINES - 1 && (name = ebb_model_person(p->from->model, k)); k++) {
        const char *letter = name;
        while (*letter && memchr(p->letters, *letter, k)) {
            letter++;
        }
        p->letters[k] = *(*letter ? letter : &"123456789"[k]);
    }
    p->letters[EBB_CHART_LINES - 1] = '*';
}

/* --- charts ----------------------------------------------------------------------- */

static size_t pic_person(const picture_t *p, const char *person)
{
    const char *name;
    for (size_t k = 0; *person && (name = ebb_model_person(p->from->model, k)); k++) {
        if (strcmp(name, person) == 0) {
            return k;
        }
    }
    return EBB_CHART_LINES - 1;
}

static ebb_chart_line_t pic_line(const picture_t *p, size_t output)
{
    static const ebb_style_t styles[] = {STYLE_A, STYLE_B, STYLE_BOLD};
    ebb_scalar_t scalar = ebb_simulated_scalar(p->from, output);
    size_t person = pic_person(p, scalar.person);
    return (ebb_chart_line_t){
        .values = p->from->values ? p->from->values + output : p->rows + 1,
        .stride = p->from->values ? p->outputs : 3,
        .name = *scalar.person ? scalar.person : NULL,
        .letter = p->letters[person],
        .style = *scalar.person && person < 3 ? styles[person] : STYLE_PLAIN,
    };
}

static ebb_chart_t pic_chart(const picture_t *p, const pic_group_t *group, size_t rows)
{
    return (ebb_chart_t){
        .title = group->name,
        .text = ebb_simulated_scalar(p->from, group->outputs[0]).text,
        .times = p->from->settings->times,
        .time_count = p->times,
        .end = ebb_run_info(p->from->run).length,
        .low = group->low,
        .high = group->high,
        .rows = rows,
        .fine = p->fine,
    };
}

/* The one couple: all persons in one chart. */
static void pic_put_one(const picture_t *p, const pic_group_t *group, size_t rows)
{
    ebb_chart_line_t lines[EBB_CHART_LINES];
    ebb_chart_t chart = pic_chart(p, group, rows);
    for (size_t i = 0; i < group->count; i++) {
        lines[i] = pic_line(p, group->outputs[i]);
    }
    chart.lines = lines;
    chart.line_count = group->count;
    ebb_put_chart(&p->layout, &chart);
}

/* Many couples: a chart for each person, as bands would hide each other. */
static void pic_put_many(const picture_t *p, const pic_group_t *group, size_t rows)
{
    const ebb_chart_line_t band[2] = {{.values = p->rows, .stride = 3},
                                      {.values = p->rows + 2, .stride = 3}};
    for (size_t i = 0; i < group->count; i++) {
        for (size_t k = 0; k < 3 * p->times; k++) {
            p->rows[k] = pic_value(p, k / 3, group->outputs[i], (int)(k % 3));
        }
        ebb_chart_line_t line = pic_line(p, group->outputs[i]);
        ebb_chart_t chart = pic_chart(p, group, rows);
        line.name = NULL; /* it is in the title */
        chart.title = ebb_simulated_scalar(p->from, group->outputs[i]).name;
        chart.band = band;
        chart.lines = &line;
        chart.line_count = 1;
        if (i > 0) {
            ebb_put_blank(&p->layout);
        }
        ebb_put_chart(&p->layout, &chart);
    }
}

static size_t pic_charts_of(const picture_t *p, const pic_group_t *group)
{
    return pic_steady(group->low, group->high) ? 0 : p->from->values ? 1 : group->count;
}

/* The fewer charts, the higher each. */
static size_t pic_rows(const picture_t *p)
{
    size_t charts = 0;
    for (size_t g = 0; g < p->group_count; g++) {
        charts += pic_charts_of(p, &p->groups[g]);
    }
    return charts <= 2 ? 10 : charts <= 4 ? 7 : 5;
}

/* Draws what fits and returns how many groups that were. */
static size_t pic_put_charts(const picture_t *p)
{
    size_t drawn = 0, rows = pic_rows(p), g = 0;
    const pic_group_t *last = NULL;
    for (; g < p->group_count; g++) {
        const pic_group_t *group = &p->groups[g];
        size_t charts = pic_charts_of(p, group);
        if (drawn > 0 && drawn + charts > PICTURE_CHARTS) {
            break;
        }
        if (charts > 0) {
            ebb_put_blank(&p->layout);
            (p->from->values ? pic_put_one : pic_put_many)(p, group, rows);
            last = group;
        }
        drawn += charts;
    }
    if (last) {
        ebb_chart_t chart = pic_chart(p, last, rows);
        ebb_put_chart_axis(&p->layout, &chart,
                           ebb_model_info(p->from->model).time_unit);
    }
    return g;
}

/* --- words ------------------------------------------------------------------------ */

/* A line of names and the like behind a beginning from the table; none if empty. */
static void pic_put_list(const picture_t *p, const char *key, const ebb_text_t *list)
{
    if (list->failed) {
        p->layout.out->failed = list->failed;
    } else if (list->length) {
        ebb_text_t line;
        ebb_text_init(&line, p->layout.out->_alloc);
        ebb_phrase(&line, p->layout.language, key, NULL);
        ebb_text_puts(&line, list->data);
        ebb_put_blank(&p->layout);
        if (line.failed) {
            p->layout.out->failed = line.failed;
        } else {
            ebb_put_lines(&p->layout, STYLE_FAINT, "", line.data);
        }
        ebb_text_free(&line);
    }
}

static void pic_put_steady(const picture_t *p, size_t drawn)
{
    ebb_text_t list;
    ebb_text_init(&list, p->layout.out->_alloc);
    for (size_t g = 0; g < drawn; g++) {
        const pic_group_t *group = &p->groups[g];
        if (pic_charts_of(p, group) == 0 && !group->gaps) {
            ebb_text_printf(&list, "%s%s %.6g", list.length ? ", " : "", group->name,
                            group->low);
        }
    }
    pic_put_list(p, "simulate.steady", &list);
    ebb_text_free(&list);
}

static void pic_put_left_out(const picture_t *p, size_t drawn)
{
    ebb_text_t list;
    ebb_text_init(&list, p->layout.out->_alloc);
    for (size_t g = drawn; g < p->group_count; g++) {
        ebb_text_printf(&list, "%s%s", list.length ? ", " : "", p->groups[g].name);
    }
    pic_put_list(p, "simulate.left_out", &list);
    ebb_text_free(&list);
}

/* "name: sentence", of any length. */
static void pic_put_named(const picture_t *p, ebb_style_t style, const char *first,
                          const char *const words[2])
{
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    ebb_text_printf(&line, "%s%s%s", words[0], *words[1] ? ": " : "", words[1]);
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else {
        ebb_put_lines(&p->layout, style, first, line.data);
    }
    ebb_text_free(&line);
}

static void pic_put_head(const picture_t *p)
{
    const ebb_simulated_t *from = p->from;
    ebb_model_info_t model = ebb_model_info(from->model);
    ebb_run_info_t run = ebb_run_info(from->run);
    pic_put_named(p, STYLE_BOLD, "", (const char *const[2]){model.name, model.text});
    if (from->scenario) {
        pic_put_named(
            p, STYLE_PLAIN, ebb_word(p->layout.language, "simulate.scenario"),
            (const char *const[2]){from->scenario->name, from->scenario->text});
    }
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, from->couples);
    ebb_slot_set(&slots, "length", "%.6g", run.length);
    ebb_slot_set(&slots, "unit", "%s", model.time_unit);
    ebb_slot_set(&slots, "method", "%s", ebb_method_word(run.method));
    ebb_slot_set(&slots, "seed", "%" PRIu64, from->settings->seed);
    ebb_put_sentence(&p->layout, STYLE_FAINT,
                     from->values ? run.chance ? "simulate.one.chance" : "simulate.one"
                     : run.chance ? "simulate.many"
                                  : "simulate.many.alike",
                     &slots);
    if (!model.steps && run.time_count > 2) {
        const double *times = from->settings->times;
        ebb_slot_set(&slots, "every", "%.6g", times[2] - times[1]);
        ebb_put_sentence(&p->layout, STYLE_FAINT, "simulate.every", &slots);
    }
    ebb_put_sentence(&p->layout, STYLE_FAINT, "simulate.caution", &slots);
}

static void pic_put_expect(const picture_t *p, const ebb_run_verdict_t *verdict)
{
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    ebb_text_puts(&line, verdict->code);
    if (*verdict->text) {
        ebb_text_printf(&line, ": %s", verdict->text);
    }
    if (!p->from->values) {
        ebb_slots_t slots = {0};
        ebb_slot_set(&slots, "kept", "%" PRIu64, verdict->kept);
        ebb_slot_set(&slots, "all", "%" PRIu64, verdict->kept + verdict->broken);
        ebb_slot_set(&slots, "share", "%.6g", 100 * verdict->share);
        ebb_text_puts(&line, "; ");
        ebb_phrase(&line, p->layout.language, "simulate.share", &slots);
    }
    char first[32];
    (void)snprintf(first, sizeof first, "  %s  ",
                   ebb_word(p->layout.language,
                            verdict->holds ? "simulate.held" : "simulate.broken"));
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else {
        ebb_put_lines(&p->layout, verdict->holds ? STYLE_PLAIN : STYLE_BOLD, first,
                      line.data);
    }
    ebb_text_free(&line);
}

static void pic_put_expects(const picture_t *p)
{
    ebb_run_verdict_t verdict;
    for (size_t i = 0; !ebb_run_verdict(p->from->totals, i, &verdict); i++) {
        if (i == 0) {
            ebb_put_heading(&p->layout, "simulate.expected");
        }
        pic_put_expect(p, &verdict);
    }
}

/* The first time at which not all couples last that did not fail, if there is any. */
static bool pic_ended(const picture_t *p, size_t *first)
{
    uint64_t lasting;
    for (size_t k = 0; ebb_run_lasting(p->from->totals, k, &lasting); k++) {
        if (lasting + p->from->failed < p->from->couples) {
            *first = k;
            return true;
        }
    }
    return false;
}

static void pic_put_ended(const picture_t *p)
{
    const double *times = p->from->settings->times;
    size_t first = 0;
    uint64_t lasting = 0;
    if (!pic_ended(p, &first)) {
        return;
    }
    (void)ebb_run_lasting(p->from->totals, p->times - 1, &lasting);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, lasting);
    ebb_slot_set(&slots, "all", "%" PRIu64, p->from->couples);
    ebb_slot_set(&slots, "from", "%.6g", first ? times[first - 1] : 0.0);
    ebb_slot_set(&slots, "to", "%.6g", times[first]);
    ebb_slot_set(&slots, "unit", "%s", ebb_model_info(p->from->model).time_unit);
    ebb_put_blank(&p->layout);
    ebb_put_sentence(
        &p->layout, STYLE_BOLD,
        p->from->couples == 1 ? "simulate.ended.one" : "simulate.ended.many", &slots);
}

static void pic_put_failed(const picture_t *p)
{
    const ebb_simulated_t *from = p->from;
    if (from->failed == 0) {
        return;
    }
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, from->failed);
    ebb_slot_set(&slots, "all", "%" PRIu64, from->couples);
    ebb_slot_set(&slots, "first", "%" PRIu64, from->first_failed);
    ebb_slot_set(&slots, "why", "%s", from->why ? from->why : "");
    ebb_put_blank(&p->layout);
    ebb_put_sentence(
        &p->layout, STYLE_BOLD,
        from->couples == 1 ? "simulate.failed.one" : "simulate.failed.many", &slots);
}

int ebb_simulate_terminal(ebb_text_t *out, const ebb_simulated_t *from,
                          const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t defaults = {0};
    opts = opts ? opts : &defaults;
    picture_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from,
        .fine = opts->fine,
        .times = from->settings->time_count,
        .outputs = from->settings->output_count,
    };
    pic_letters(&p);
    if (pic_open(&p, opts->chosen) == EBB_OK) {
        pic_put_head(&p);
        size_t drawn = pic_put_charts(&p);
        pic_put_steady(&p, drawn);
        pic_put_left_out(&p, drawn);
        pic_put_ended(&p);
        pic_put_failed(&p);
        pic_put_expects(&p);
    }
    pic_close(&p);
    return out->failed;
}
