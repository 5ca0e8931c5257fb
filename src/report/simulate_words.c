/* SPDX-License-Identifier: MIT
 * What is said of a simulation besides its charts: what was run, what is not drawn,
 * what ended or failed, what was expected, and what differs between two arms. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "report/picture.h"

/* A line of names and the like behind a beginning from the table; none if empty. */
static void words_put_list(const ebb_picture_t *p, const char *key,
                           const ebb_text_t *list)
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

static void words_put_steady(const ebb_picture_t *p, size_t drawn)
{
    ebb_text_t list;
    ebb_text_init(&list, p->layout.out->_alloc);
    for (size_t g = 0; g < drawn; g++) {
        const ebb_pic_group_t *group = &p->groups[g];
        if (ebb_picture_charts(p, group) == 0 && !group->gaps) {
            ebb_text_printf(&list, "%s%s %.6g", list.length ? ", " : "", group->name,
                            group->low);
        }
    }
    words_put_list(p, "simulate.steady", &list);
    ebb_text_free(&list);
}

static void words_put_left_out(const ebb_picture_t *p, size_t drawn)
{
    ebb_text_t list;
    ebb_text_init(&list, p->layout.out->_alloc);
    for (size_t g = drawn; g < p->group_count; g++) {
        ebb_text_printf(&list, "%s%s", list.length ? ", " : "", p->groups[g].name);
    }
    words_put_list(p, "simulate.left_out", &list);
    ebb_text_free(&list);
}

/* "name: sentence", of any length. */
static void words_put_named(const ebb_picture_t *p, ebb_style_t style,
                            const char *first, const char *const words[2])
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

/* What happens besides in the second arm. */
static void words_put_orders(const ebb_picture_t *p)
{
    const ebb_simulated_with_t *with = p->from->with;
    for (size_t k = 0; with && k < with->order_count; k++) {
        ebb_put_lines(&p->layout, STYLE_PLAIN,
                      ebb_word(p->layout.language, "simulate.with"), with->orders[k]);
    }
}

void ebb_picture_head(const ebb_picture_t *p)
{
    const ebb_simulated_t *from = p->from;
    ebb_model_info_t model = ebb_model_info(from->model);
    ebb_run_info_t run = ebb_run_info(from->run);
    words_put_named(p, STYLE_BOLD, "", (const char *const[2]){model.name, model.text});
    if (from->scenario) {
        words_put_named(
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
    words_put_orders(p);
}

static void words_put_expect(const ebb_picture_t *p, const ebb_run_verdict_t *verdict)
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

static void words_put_expects(const ebb_picture_t *p)
{
    ebb_run_verdict_t verdict;
    bool two = p->arm_count > 1, second = two && p->from == p->arms[1];
    for (size_t i = 0; !ebb_run_verdict(p->from->totals, i, &verdict); i++) {
        if (i == 0) {
            ebb_put_heading(&p->layout, second ? "simulate.expected.with"
                                        : two  ? "simulate.expected.without"
                                               : "simulate.expected");
        }
        words_put_expect(p, &verdict);
    }
}

/* A sentence that must be seen; of two arms with which of them it is about. */
static void words_put_told(const ebb_picture_t *p, const char *key,
                           const ebb_slots_t *slots)
{
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    if (p->arm_count > 1) {
        ebb_phrase(&line, p->layout.language,
                   p->from == p->arms[1] ? "simulate.about.with"
                                         : "simulate.about.without",
                   NULL);
    }
    ebb_phrase(&line, p->layout.language, key, slots);
    ebb_put_blank(&p->layout);
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else {
        ebb_put_lines(&p->layout, STYLE_BOLD, "", line.data);
    }
    ebb_text_free(&line);
}

/* The first time at which not all couples last that did not fail, if there is any. */
static bool words_ended(const ebb_picture_t *p, size_t *first)
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

static void words_put_ended(const ebb_picture_t *p)
{
    const double *times = p->from->settings->times;
    size_t first = 0;
    uint64_t lasting = 0;
    if (!words_ended(p, &first)) {
        return;
    }
    (void)ebb_run_lasting(p->from->totals, p->times - 1, &lasting);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, lasting);
    ebb_slot_set(&slots, "all", "%" PRIu64, p->from->couples);
    ebb_slot_set(&slots, "from", "%.6g", first ? times[first - 1] : 0.0);
    ebb_slot_set(&slots, "to", "%.6g", times[first]);
    ebb_slot_set(&slots, "unit", "%s", ebb_model_info(p->from->model).time_unit);
    words_put_told(p,
                   p->from->couples == 1 ? "simulate.ended.one" : "simulate.ended.many",
                   &slots);
}

static void words_put_failed(const ebb_picture_t *p)
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
    words_put_told(
        p, from->couples == 1 ? "simulate.failed.one" : "simulate.failed.many", &slots);
}

/* --- two arms --------------------------------------------------------------------- */

static ebb_scalar_t words_compared(const ebb_picture_t *p, size_t k)
{
    return ebb_simulated_scalar(p->arms[0], p->arms[0]->with->compared[k]);
}

/* "a -0.12 [-0.14, -0.10]" behind what is there of the line. */
static void words_add_row(const ebb_picture_t *p, size_t k, ebb_text_t *line)
{
    ebb_contrast_row_t row = ebb_contrast_row(p->arms[0]->with->contrast, k);
    ebb_scalar_t scalar = words_compared(p, k);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "who", "%s%s", scalar.person, *scalar.person ? " " : "");
    ebb_slot_set(&slots, "without", "%.3g", row.without);
    ebb_slot_set(&slots, "with", "%.3g", row.with);
    ebb_slot_set(&slots, "by", "%+.3g", row.difference);
    ebb_slot_set(&slots, "low", "%+.3g", row.low);
    ebb_slot_set(&slots, "high", "%+.3g", row.high);
    ebb_phrase(line, p->layout.language,
               isfinite(row.low) ? "simulate.difference.interval"
                                 : "simulate.difference",
               &slots);
}

/* All persons of one name in one line, from place k on; returns the next place. */
static size_t words_put_difference(const ebb_picture_t *p, size_t k)
{
    const ebb_simulated_with_t *with = p->arms[0]->with;
    ebb_scalar_t scalar = words_compared(p, k);
    const char *name = ebb_scalar_base(&scalar);
    char first[80];
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    (void)snprintf(first, sizeof first, "  %.64s: ", name);
    for (size_t n = 0; k < with->compared_count; k++, n++) {
        scalar = words_compared(p, k);
        if (strcmp(ebb_scalar_base(&scalar), name) != 0) {
            break;
        }
        ebb_text_puts(&line, n ? "; " : "");
        words_add_row(p, k, &line);
    }
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else {
        ebb_put_lines(&p->layout, STYLE_PLAIN, first, line.data);
    }
    ebb_text_free(&line);
    return k;
}

static void words_put_differences(const ebb_picture_t *p)
{
    const ebb_simulated_with_t *with = p->arms[0]->with;
    if (!with || with->compared_count == 0) {
        return;
    }
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "from", "%.6g", with->from);
    ebb_slot_set(&slots, "unit", "%s", ebb_model_info(p->from->model).time_unit);
    ebb_slot_set(&slots, "n", "%" PRIu64, p->from->couples);
    ebb_put_heading(&p->layout, "simulate.differences");
    ebb_put_sentence(&p->layout, STYLE_FAINT,
                     p->from->couples == 1 ? "simulate.differences.one"
                                           : "simulate.differences.many",
                     &slots);
    for (size_t k = 0; k < with->compared_count;) {
        k = words_put_difference(p, k);
    }
}

void ebb_picture_foot(ebb_picture_t *p, size_t drawn)
{
    words_put_steady(p, drawn);
    words_put_left_out(p, drawn);
    for (size_t a = 0; a < p->arm_count; a++) {
        p->from = p->arms[a];
        words_put_ended(p);
        words_put_failed(p);
    }
    p->from = p->arms[0];
    words_put_differences(p);
    for (size_t a = 0; a < p->arm_count; a++) {
        p->from = p->arms[a];
        words_put_expects(p);
    }
    p->from = p->arms[0];
}
