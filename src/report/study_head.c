/* SPDX-License-Identifier: MIT
 * The head of a study for a terminal: which model, and what of it is left out or held.
 */
#include <stdio.h>
#include <string.h>

#include "report/studied.h"

#define STUDIED_HELD 4 /* states that are named; a slot holds no more */

static void studyhead_put(const ebb_studied_page_t *p, const char *key,
                          const ebb_slots_t *slots)
{
    ebb_put_sentence(&p->layout, STYLE_PLAIN, key, slots);
}

/* States that the study holds though nobody asked for it. */
static void studyhead_put_still(const ebb_studied_page_t *p)
{
    ebb_slots_t slots = {0};
    ebb_scalar_t scalar;
    ebb_text_t list;
    size_t held = 0;
    double value;
    ebb_text_init(&list, p->layout.out->_alloc);
    for (size_t i = 0; !ebb_model_scalar(p->from->model, EBB_SCALAR_STATE, i, &scalar);
         i++) {
        const double *holds = p->from->settings->holds;
        if (ebb_study_holds(p->from->study, i, &value) &&
            !ebb_study_holds_slow(p->from->study, i) && !(holds && holds[i] == value)) {
            ebb_slot_set(&slots, "name", "%s", scalar.name);
            const char *comma = list.length ? ", " : "";
            held++;
            if (held <= STUDIED_HELD) {
                ebb_text_printf(&list, "%s%s\u00a0%.6g", comma, scalar.name, value);
            } else if (held == STUDIED_HELD + 1) {
                ebb_text_puts(&list, " ...");
            }
        }
    }
    if (list.failed) {
        p->layout.out->failed = list.failed;
    } else if (list.length) {
        ebb_slot_set(&slots, "list", "%s", list.data);
        studyhead_put(p, "study.still", &slots);
    }
    ebb_text_free(&list);
}

/* Appends the name of a slow state; where everyone's is held, that of the quantity,
 * once. */
static void studyhead_list(const ebb_studied_page_t *p, size_t state, const char *name,
                           ebb_text_t *list)
{
    const char *dot = strchr(name, '.'), *person;
    bool all = dot != NULL, first = true;
    for (size_t k = 0; dot && (person = ebb_model_person(p->from->model, k)); k++) {
        char full[160];
        ebb_scalar_kind_t kind;
        size_t index;
        (void)snprintf(full, sizeof full, "%.63s.%.64s", person, dot + 1);
        if (!ebb_model_find(p->from->model, full, &kind, &index, NULL)) {
            all = all && ebb_study_holds_slow(p->from->study, index);
            first = first && index >= state;
        }
    }
    if (!all || first) {
        ebb_text_printf(list, "%s%s", list->length ? ", " : "", all ? dot + 1 : name);
    }
}

/* States that are held since they are slow. */
static void studyhead_put_slow(const ebb_studied_page_t *p)
{
    ebb_slots_t slots = {0};
    ebb_scalar_t scalar;
    ebb_text_t list;
    double slower = p->from->settings->slower_than;
    if (!(slower > 0)) {
        return;
    }
    ebb_slot_set(&slots, "t", "%.6g", slower);
    ebb_slot_set(&slots, "unit", "%s", p->unit);
    ebb_text_init(&list, p->layout.out->_alloc);
    for (size_t i = 0; !ebb_model_scalar(p->from->model, EBB_SCALAR_STATE, i, &scalar);
         i++) {
        if (ebb_study_holds_slow(p->from->study, i)) {
            studyhead_list(p, i, scalar.name, &list);
        }
    }
    if (list.failed) {
        p->layout.out->failed = list.failed;
    } else {
        studyhead_put(p, list.length ? "study.slow" : "study.slow.none", &slots);
        ebb_put_lines(&p->layout, STYLE_PLAIN, "   ", list.data ? list.data : "");
    }
    ebb_text_free(&list);
}

void ebb_studied_put_head(const ebb_studied_page_t *p)
{
    ebb_model_info_t model = ebb_model_info(p->from->model);
    ebb_study_info_t info = ebb_study_info(p->from->study);
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    ebb_text_printf(&line, "%s%s%s", model.name, *model.text ? ": " : "", model.text);
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else {
        ebb_put_lines(&p->layout, STYLE_BOLD, "", line.data);
    }
    ebb_text_free(&line);
    if (p->from->scenario) {
        ebb_slots_t slots = {0};
        ebb_slot_set(&slots, "name", "%s", p->from->scenario->name);
        ebb_slot_set(&slots, "time", "%.6g", p->from->settings->time);
        studyhead_put(p, "study.scenario", &slots);
    }
    if (p->from->share) {
        return; /* chance is on */
    }
    if (p->from->settings->mean_events && info.rate_events) {
        studyhead_put(p, "study.part.mean", NULL);
    } else if (info.noises || info.rate_events || info.guard_events) {
        studyhead_put(p, "study.part.off", NULL);
    }
    studyhead_put_still(p);
    studyhead_put_slow(p);
}
