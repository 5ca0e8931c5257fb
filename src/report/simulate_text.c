/* SPDX-License-Identifier: MIT
 *
 * A simulation for a terminal: a chart for each quantity, in which all persons who have
 * it are together; quantities that do not change are told in a line.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "core/words.h"
#include "report/picture.h"

#define PICTURE_CHARTS 8      /* more are a table, not a picture */
#define PICTURE_CHARTS_TWO 12 /* of two arms */

/* --- numbers ---------------------------------------------------------------------- */

/* What is drawn of an output at a time: the one couple's number, or of many the
 * `part`th of low, median, high. */
static double pic_value(const ebb_picture_t *p, size_t time, size_t output, int part)
{
    return p->from->values ? p->from->values[time * p->outputs + output]
                           : ebb_run_quantile(p->from->totals, time, output,
                                              ebb_simulated_shares[part]);
}

static void pic_widen_arm(const ebb_picture_t *p, ebb_pic_group_t *group, size_t output)
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

/* One scale for both arms. */
static void pic_widen(ebb_picture_t *p, ebb_pic_group_t *group, size_t output)
{
    for (size_t a = p->arm_count; a-- > 0;) {
        p->from = p->arms[a];
        pic_widen_arm(p, group, output);
    }
}

/* Rounding apart, a number that stays where it is. */
static bool pic_steady(double low, double high)
{
    return !(high - low > 1e-9 * (fabs(low) + fabs(high)));
}

/* --- groups ----------------------------------------------------------------------- */

static ebb_pic_group_t *pic_group_of(ebb_picture_t *p, const char *name)
{
    for (size_t g = 0; g < p->group_count; g++) {
        if (strcmp(p->groups[g].name, name) == 0 &&
            p->groups[g].count < EBB_CHART_LINES) {
            return &p->groups[g];
        }
    }
    ebb_pic_group_t *fresh = &p->groups[p->group_count++];
    *fresh = (ebb_pic_group_t){
        .name = name, .low = (double)INFINITY, .high = -(double)INFINITY};
    return fresh;
}

/* Groups what has this place among what the model wants shown. */
static void pic_group_place(ebb_picture_t *p, size_t place, bool any)
{
    for (size_t i = 0; i < p->outputs; i++) {
        ebb_scalar_t scalar = ebb_simulated_scalar(p->from, i);
        if (any || scalar.shown == place) {
            ebb_pic_group_t *group = pic_group_of(p, ebb_scalar_base(&scalar));
            group->outputs[group->count++] = i;
            pic_widen(p, group, i);
        }
    }
}

/* What the model wants shown first, in its order, then all else. */
static void pic_group_all(ebb_picture_t *p, bool chosen)
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

static int pic_open(ebb_picture_t *p, bool chosen)
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

static void pic_close(ebb_picture_t *p)
{
    const ebb_alloc_t *alloc =
        p->layout.out->_alloc ? p->layout.out->_alloc : ebb_alloc_default();
    ebb_free_array(alloc, p->groups, p->outputs + 1, sizeof *p->groups);
    ebb_free_array(alloc, p->rows, 3 * p->times + 1, sizeof *p->rows);
}

/* A letter for each person: the first of the name that no one before has. */
static void pic_letters(ebb_picture_t *p)
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

static size_t pic_person(const ebb_picture_t *p, const char *person)
{
    const char *name;
    for (size_t k = 0; *person && (name = ebb_model_person(p->from->model, k)); k++) {
        if (strcmp(name, person) == 0) {
            return k;
        }
    }
    return EBB_CHART_LINES - 1;
}

static ebb_chart_line_t pic_line(const ebb_picture_t *p, size_t output)
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

/* The name of a chart; of two arms with which of them it is. */
static const char *pic_title(const ebb_picture_t *p, const char *name, char room[96])
{
    if (p->arm_count == 1) {
        return name;
    }
    bool with = p->from == p->arms[1];
    (void)snprintf(room, 96, "%.70s, %s", name,
                   ebb_word(p->layout.language,
                            with ? "simulate.arm.with" : "simulate.arm.without"));
    return room;
}

static ebb_chart_t pic_chart(const ebb_picture_t *p, const ebb_pic_group_t *group,
                             size_t rows)
{
    return (ebb_chart_t){
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
static void pic_put_one(const ebb_picture_t *p, const ebb_pic_group_t *group,
                        size_t rows)
{
    ebb_chart_line_t lines[EBB_CHART_LINES];
    ebb_chart_t chart = pic_chart(p, group, rows);
    char title[96];
    chart.title = pic_title(p, group->name, title);
    for (size_t i = 0; i < group->count; i++) {
        lines[i] = pic_line(p, group->outputs[i]);
    }
    chart.lines = lines;
    chart.line_count = group->count;
    ebb_put_chart(&p->layout, &chart);
}

/* Many couples: a chart for each person, as bands would hide each other. */
static void pic_put_many(const ebb_picture_t *p, const ebb_pic_group_t *group,
                         size_t rows)
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
        char title[96];
        chart.title =
            pic_title(p, ebb_simulated_scalar(p->from, group->outputs[i]).name, title);
        chart.band = band;
        chart.lines = &line;
        chart.line_count = 1;
        if (i > 0) {
            ebb_put_blank(&p->layout);
        }
        ebb_put_chart(&p->layout, &chart);
    }
}

size_t ebb_picture_charts(const ebb_picture_t *p, const ebb_pic_group_t *group)
{
    size_t charts = p->from->values ? 1 : group->count;
    return pic_steady(group->low, group->high) ? 0 : charts * p->arm_count;
}

/* The arms of a group, one below the other. */
static void pic_put_group(ebb_picture_t *p, const ebb_pic_group_t *group, size_t rows)
{
    for (size_t a = 0; a < p->arm_count; a++) {
        p->from = p->arms[a];
        ebb_put_blank(&p->layout);
        (p->from->values ? pic_put_one : pic_put_many)(p, group, rows);
    }
    p->from = p->arms[0];
}

/* The fewer charts, the higher each. */
static size_t pic_rows(const ebb_picture_t *p)
{
    size_t charts = 0;
    for (size_t g = 0; g < p->group_count; g++) {
        charts += ebb_picture_charts(p, &p->groups[g]);
    }
    return charts <= 2 ? 10 : charts <= 4 ? 7 : 5;
}

/* Draws what fits and returns how many groups that were. */
static size_t pic_put_charts(ebb_picture_t *p)
{
    size_t drawn = 0, rows = pic_rows(p), g = 0;
    size_t most = p->arm_count > 1 ? PICTURE_CHARTS_TWO : PICTURE_CHARTS;
    const ebb_pic_group_t *last = NULL;
    for (; g < p->group_count; g++) {
        const ebb_pic_group_t *group = &p->groups[g];
        size_t charts = ebb_picture_charts(p, group);
        if (drawn > 0 && drawn + charts > most) {
            break;
        }
        if (charts > 0) {
            pic_put_group(p, group, rows);
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

int ebb_simulate_terminal(ebb_text_t *out, const ebb_simulated_t *from,
                          const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t defaults = {0};
    opts = opts ? opts : &defaults;
    ebb_picture_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .arms = {from, from->with ? from->with->arm : NULL},
        .arm_count = from->with ? 2 : 1,
        .from = from,
        .fine = opts->fine,
        .times = from->settings->time_count,
        .outputs = from->settings->output_count,
    };
    pic_letters(&p);
    if (pic_open(&p, opts->chosen) == EBB_OK) {
        ebb_picture_head(&p);
        ebb_picture_foot(&p, pic_put_charts(&p));
    }
    pic_close(&p);
    return out->failed;
}
