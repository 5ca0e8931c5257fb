/* SPDX-License-Identifier: MIT
 * A scenario for a terminal and as a document, with its statements as they stand in the
 * file. */
#include <math.h>
#include <string.h>

#include "core/json.h"
#include "core/words.h"
#include "ebb/show.h"
#include "lang/excerpt.h"
#include "lang/model.h"
#include "report/columns.h"
#include "report/layout.h"

/* --- its statements --------------------------------------------------------------- */

/* What is set and what happens: every statement but `run` and `expect`. */
typedef struct course {
    ebb_reading_t reading;
    ebb_excerpts_t excerpts;
    bool found;
    size_t told;
} course_t;

static void course_open(course_t *course, const ebb_scenario_t *scenario,
                        const ebb_model_text_t *text)
{
    course->told = 0;
    ebb_reading_open(&course->reading, text, &scenario->alloc);
    ebb_excerpts_begin(&course->excerpts, &course->reading);
    course->found = ebb_excerpts_find(&course->excerpts, text->scenario);
}

/* The next one as it stands in the file, valid until the next; NULL: there is none. */
static const char *course_next(course_t *course)
{
    ebb_excerpt_t excerpt;
    while (course->found && ebb_excerpts_next(&course->excerpts, &excerpt)) {
        if (excerpt.word != EBB_WORD_RUN && excerpt.word != EBB_WORD_EXPECT) {
            return excerpt.text;
        }
    }
    return NULL;
}

static void course_close(course_t *course, ebb_text_t *out)
{
    out->failed =
        course->excerpts.text.failed ? course->excerpts.text.failed : out->failed;
    ebb_excerpts_end(&course->excerpts);
    ebb_reading_free(&course->reading);
}

/* --- text ------------------------------------------------------------------------- */

typedef struct told {
    ebb_layout_t layout;
    const ebb_scenario_t *scenario;
    const ebb_model_text_t *text;
} told_t;

static ebb_text_t tell_words(const told_t *t)
{
    ebb_text_t words;
    ebb_text_init(&words, t->layout.out->_alloc);
    return words;
}

/* A paragraph that was put together, and its end. */
static void tell_put(const told_t *t, ebb_style_t style, const char *first,
                     ebb_text_t *words)
{
    if (words->failed) {
        t->layout.out->failed = words->failed;
    } else if (words->data) {
        ebb_put_lines(&t->layout, style, first, words->data);
    }
    ebb_text_free(words);
}

static void tell_head(const told_t *t)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(t->scenario);
    ebb_text_t words = tell_words(t);
    ebb_text_printf(&words, "%s%s%s", plan->name, *plan->text ? ": " : "", plan->text);
    tell_put(t, STYLE_BOLD, "", &words);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "uses", "%s", plan->uses);
    ebb_slot_set(&slots, "length", "%g", plan->length);
    ebb_slot_set(&slots, "unit", "%s", ebb_model_info(t->scenario->model).time_unit);
    ebb_put_sentence(&t->layout, STYLE_PLAIN,
                     plan->length > 0 ? "scenario.uses" : "scenario.uses.open", &slots);
    if (*plan->source) {
        words = tell_words(t);
        ebb_text_puts(&words, ebb_word(t->layout.language, "show.source.model"));
        ebb_text_puts(&words, plan->source);
        tell_put(t, STYLE_FAINT, "", &words);
    }
}

/* A statement, what does not fit into its line indented below. */
static void tell_statement(const told_t *t, const char *text)
{
    const char *rest = text;
    ebb_line_t line;
    for (size_t indent = 2; ebb_line_next(&rest, t->layout.width - indent, &line);
         indent = 6) {
        ebb_text_printf(t->layout.out, "%*s", (int)indent, "");
        ebb_text_append(t->layout.out, line.text, line.length);
        ebb_text_puts(t->layout.out, "\n");
    }
}

/* The first statement of what is set and what happens has a heading. */
static void tell_course(const told_t *t)
{
    course_t course;
    course_open(&course, t->scenario, t->text);
    for (const char *text = course_next(&course); text; text = course_next(&course)) {
        if (course.told++ == 0) {
            ebb_put_heading(&t->layout, "scenario.heading.set");
        }
        tell_statement(t, text);
    }
    course_close(&course, t->layout.out);
}

/* "they are together: value(together, 1825) > 0.5, in 60 of 100 runs" */
static void tell_expect(const told_t *t, const ebb_expect_t *expect)
{
    ebb_text_t words = tell_words(t);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "share", "%g", 100 * expect->share);
    ebb_text_printf(&words, "%s%s%s, ", expect->text, *expect->text ? ": " : "",
                    expect->code);
    ebb_phrase(&words, t->layout.language,
               expect->share < 1 ? "scenario.share" : "scenario.each", &slots);
    tell_put(t, STYLE_PLAIN, "  ", &words);
}

static void tell_expected(const told_t *t)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(t->scenario);
    if (plan->expect_count == 0) {
        return;
    }
    ebb_put_heading(&t->layout, "scenario.heading.expected");
    for (size_t i = 0; i < plan->expect_count; i++) {
        tell_expect(t, &plan->expects[i]);
    }
    ebb_put_blank(&t->layout);
    ebb_put_sentence(&t->layout, STYLE_FAINT, "scenario.caution", NULL);
}

int ebb_show_scenario(ebb_text_t *out, const ebb_scenario_t *scenario,
                      const ebb_model_text_t *text, const ebb_show_opts_t *opts)
{
    static const ebb_show_opts_t defaults = {0};
    opts = opts ? opts : &defaults;
    const told_t t = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .scenario = scenario,
        .text = text,
    };
    tell_head(&t);
    tell_course(&t);
    tell_expected(&t);
    return out->failed;
}

/* --- document --------------------------------------------------------------------- */

static void json_statements(ebb_json_t *json, const ebb_scenario_t *scenario,
                            const ebb_model_text_t *text)
{
    course_t course;
    course_open(&course, scenario, text);
    ebb_json_key(json, "statements");
    ebb_json_begin(json, '[');
    for (const char *line = course_next(&course); line; line = course_next(&course)) {
        ebb_json_string(json, line);
    }
    ebb_json_end(json, ']');
    course_close(&course, json->out);
}

static void json_expected(ebb_json_t *json, const ebb_scenario_plan_t *plan)
{
    ebb_json_key(json, "expect");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < plan->expect_count; i++) {
        const ebb_expect_t *expect = &plan->expects[i];
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "code", expect->code);
        ebb_json_put_string(json, "text", expect->text);
        ebb_json_put_number(json, "share", expect->share);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

int ebb_show_scenario_json(ebb_text_t *out, const ebb_scenario_t *scenario,
                           const ebb_model_text_t *text)
{
    const ebb_scenario_plan_t *plan = ebb_scenario_plan(scenario);
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/scenario");
    ebb_json_put_count(&json, "version", 1);
    ebb_json_put_string(&json, "name", plan->name);
    ebb_json_put_string(&json, "text", plan->text);
    ebb_json_put_string(&json, "source", *plan->source ? plan->source : NULL);
    ebb_json_put_string(&json, "uses", plan->uses);
    ebb_json_put_number(&json, "length", plan->length > 0 ? plan->length : (double)NAN);
    ebb_json_put_string(&json, "unit", ebb_model_info(scenario->model).time_unit);
    json_statements(&json, scenario, text);
    json_expected(&json, plan);
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}
