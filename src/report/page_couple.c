/* SPDX-License-Identifier: MIT
 * The document of a couple's page: who and what, the moments, and the arms. */
#include "report/page_couple.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "report/portrait.h"
#include "report/thin.h"

int ebb_page_person(const ebb_page_couple_t *p, const ebb_scalar_t *scalar)
{
    const char *name;
    for (size_t k = 0;
         *scalar->person && (name = ebb_model_person(p->page->from->model, k)); k++) {
        if (strcmp(name, scalar->person) == 0) {
            return (int)k;
        }
    }
    return -1;
}

/* --- portraits of both arms ------------------------------------------------------- */

static ebb_portrait_settings_t page_settings(const ebb_page_couple_t *p, size_t arm)
{
    const ebb_simulated_t *from = p->page->from;
    return (ebb_portrait_settings_t){
        .model = from->model,
        .scenario = arm ? p->page->scenario_with : p->page->scenario,
        .settings = from->settings,
        .shown = p->page->shown,
        .shown_count = p->page->shown_count,
    };
}

static int page_order(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

/* The moments of both arms, each once; as many as are taken. */
static size_t page_union(const ebb_page_couple_t *p, double *out)
{
    double all[2 * EBB_PORTRAIT_MOMENTS_MOST];
    size_t count = 0, kept = 0;
    for (size_t a = 0; a < p->arm_count; a++) {
        for (size_t m = 0; m < p->portraits[a].moment_count; m++) {
            all[count++] = p->portraits[a].moments[m];
        }
    }
    qsort(all, count, sizeof *all, page_order);
    for (size_t k = 0; k < count && kept < EBB_PORTRAIT_MOMENTS_MOST; k++) {
        if (kept == 0 || all[k] > out[kept - 1] + 1e-9 * p->portraits[0].length) {
            out[kept++] = all[k];
        }
    }
    return kept;
}

/* Two arms are looked at at the same moments: so they are made twice. */
static int page_portraits(ebb_page_couple_t *p, ebb_error_t *error)
{
    double moments[EBB_PORTRAIT_MOMENTS_MOST];
    int code = EBB_OK;
    for (size_t a = 0; a < p->arm_count && !code; a++) {
        ebb_portrait_settings_t settings = page_settings(p, a);
        code = ebb_portrait_make(&p->portraits[a], &settings, error);
    }
    size_t count = p->arm_count > 1 && !code ? page_union(p, moments) : 0;
    for (size_t a = 0; a < p->arm_count && count && !code; a++) {
        ebb_portrait_settings_t settings = page_settings(p, a);
        settings.moments = moments;
        settings.moment_count = count;
        ebb_portrait_free(&p->portraits[a]);
        code = ebb_portrait_make(&p->portraits[a], &settings, error);
    }
    return code;
}

/* --- what is drawn ---------------------------------------------------------------- */

static void page_widen(double value, double *low, double *high)
{
    if (isfinite(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static void page_shown(ebb_page_couple_t *p)
{
    for (size_t k = 0; k < p->page->shown_count; k++) {
        const ebb_run_output_t *at = &p->page->shown[k];
        double low = (double)INFINITY, high = -(double)INFINITY;
        (void)!ebb_model_scalar(p->page->from->model, at->kind, at->index,
                                &p->shown[k]);
        for (size_t a = 0; a < p->arm_count; a++) {
            const ebb_portrait_t *portrait = &p->portraits[a];
            for (size_t t = 0; t < portrait->count; t++) {
                page_widen(portrait->course[t * portrait->shown_count + k], &low,
                           &high);
            }
        }
        p->decimals[k] = ebb_thin_decimals(low, high);
    }
}

/* The place of a person's quantity among the shown, or how many these are. */
static size_t page_find(const ebb_page_couple_t *p, const char *name, int person)
{
    size_t k = 0;
    while (k < p->page->shown_count &&
           (strcmp(ebb_scalar_base(&p->shown[k]), name) != 0 ||
            ebb_page_person(p, &p->shown[k]) != person)) {
        k++;
    }
    return k;
}

static void page_plane(ebb_page_couple_t *p, size_t x, size_t y)
{
    size_t count = p->page->shown_count;
    if (x < count && y < count && x != y && p->plane_count < EBB_PAGE_PLANES) {
        p->planes[p->plane_count++] = (ebb_page_plane_t){x, y};
    }
}

/* Pursuit of the one against withdrawal of the other; else the first quantity of the
 * one against the other's; else the first two that are shown. */
static void page_planes(ebb_page_couple_t *p)
{
    size_t persons = ebb_model_info(p->page->from->model).persons;
    for (int one = 0; one < 2 && persons == 2; one++) {
        page_plane(p, page_find(p, "pursuit", one),
                   page_find(p, "withdrawal", 1 - one));
    }
    for (size_t k = 0; k < p->page->shown_count && p->plane_count == 0; k++) {
        if (*p->shown[k].person) {
            page_plane(p, k, page_find(p, ebb_scalar_base(&p->shown[k]), 1));
        }
    }
    if (p->plane_count == 0) {
        page_plane(p, 0, 1);
    }
}

static void page_quantities(ebb_page_couple_t *p)
{
    ebb_json_t *json = &p->json;
    ebb_json_key(json, "quantities");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < p->page->shown_count; k++) {
        const ebb_scalar_t *scalar = &p->shown[k];
        bool state = p->page->shown[k].kind == EBB_SCALAR_STATE;
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", ebb_scalar_base(scalar));
        ebb_json_key(json, "person");
        ebb_json_int(json, ebb_page_person(p, scalar));
        ebb_json_put_string(json, "kind", state ? "state" : "let");
        ebb_json_put_string(json, "text", scalar->text);
        ebb_json_put_string(json, "unit", scalar->unit);
        ebb_json_put_number(json, "low", scalar->low);
        ebb_json_put_number(json, "high", scalar->high);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
    ebb_json_key(json, "planes");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < p->plane_count; k++) {
        ebb_json_begin(json, '[');
        ebb_json_int(json, (int64_t)p->planes[k].x);
        ebb_json_int(json, (int64_t)p->planes[k].y);
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, ']');
}

/* --- head ------------------------------------------------------------------------- */

static void page_model(ebb_page_couple_t *p)
{
    ebb_model_info_t info = ebb_model_info(p->page->from->model);
    ebb_json_t *json = &p->json;
    ebb_json_key(json, "model");
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", info.name);
    ebb_json_put_string(json, "text", info.text);
    ebb_json_put_string(json, "source", info.source);
    ebb_json_put_string(json, "unit", info.time_unit);
    ebb_json_put_bool(json, "steps", info.steps);
    ebb_json_put_count(json, "params", info.params);
    ebb_json_end(json, '}');
    ebb_json_key(json, "persons");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < info.persons; k++) {
        ebb_json_string(json, ebb_model_person(p->page->from->model, k));
    }
    ebb_json_end(json, ']');
}

static void page_scenario(ebb_page_couple_t *p)
{
    const ebb_scenario_info_t *scenario = p->page->from->scenario;
    ebb_json_key(&p->json, "scenario");
    if (!scenario) {
        ebb_json_null(&p->json);
        return;
    }
    ebb_json_begin(&p->json, '{');
    ebb_json_put_string(&p->json, "name", scenario->name);
    ebb_json_put_string(&p->json, "text", scenario->text);
    ebb_json_end(&p->json, '}');
}

/* What can be changed from outside, and what happens by chance; of both persons once.
 */
static void page_outside(ebb_page_couple_t *p)
{
    const ebb_model_t *model = p->page->from->model;
    const char *first = ebb_model_person(model, 0);
    ebb_scalar_t input;
    ebb_json_key(&p->json, "inputs");
    ebb_json_begin(&p->json, '{');
    for (size_t i = 0; !ebb_model_scalar(model, EBB_SCALAR_INPUT, i, &input); i++) {
        if (!*input.person || (first && strcmp(input.person, first) == 0)) {
            ebb_json_put_string(&p->json, ebb_scalar_base(&input), input.text);
        }
    }
    ebb_json_end(&p->json, '}');
    ebb_happening_t event;
    ebb_json_key(&p->json, "events");
    ebb_json_begin(&p->json, '{');
    for (size_t i = 0; ebb_model_event(model, i, &event); i++) {
        if (event.chance &&
            (!*event.person || (first && strcmp(event.person, first) == 0))) {
            ebb_json_put_string(&p->json, event.name, event.text);
        }
    }
    ebb_json_end(&p->json, '}');
}

/* What each person is like; of couple 0, where couples differ. */
static void page_traits(ebb_page_couple_t *p)
{
    ebb_scalar_t scalar;
    ebb_json_key(&p->json, "traits");
    ebb_json_begin(&p->json, '[');
    for (size_t i = 0;
         !ebb_model_scalar(p->page->from->model, EBB_SCALAR_TRAIT, i, &scalar); i++) {
        ebb_json_begin(&p->json, '{');
        ebb_json_put_string(&p->json, "name", ebb_scalar_base(&scalar));
        ebb_json_key(&p->json, "person");
        ebb_json_int(&p->json, ebb_page_person(p, &scalar));
        ebb_json_put_string(&p->json, "text", scalar.text);
        ebb_json_put_number(&p->json, "value", p->portraits[0].traits[i]);
        ebb_json_end(&p->json, '}');
    }
    ebb_json_end(&p->json, ']');
}

static void page_run(ebb_page_couple_t *p)
{
    const ebb_simulated_t *from = p->page->from;
    ebb_run_info_t info = ebb_run_info(from->run);
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, from->settings->seed);
    ebb_json_put_number(&p->json, "length", info.length);
    ebb_json_put_string(&p->json, "method", ebb_method_word(info.method));
    ebb_json_put_bool(&p->json, "chance", info.chance);
    ebb_json_put_string(&p->json, "seed", seed);
    ebb_json_put_count(&p->json, "couples", from->couples);
}

/* --- two arms --------------------------------------------------------------------- */

static void page_contrast_row(ebb_page_couple_t *p, size_t k)
{
    const ebb_simulated_with_t *with = p->page->from->with;
    const ebb_run_output_t *at = &p->page->from->settings->outputs[with->compared[k]];
    ebb_contrast_row_t row = ebb_contrast_row(with->contrast, k);
    ebb_scalar_t scalar;
    (void)!ebb_model_scalar(p->page->from->model, at->kind, at->index, &scalar);
    ebb_json_begin(&p->json, '{');
    ebb_json_put_string(&p->json, "name", ebb_scalar_base(&scalar));
    ebb_json_key(&p->json, "person");
    ebb_json_int(&p->json, ebb_page_person(p, &scalar));
    ebb_json_put_number(&p->json, "without", row.without);
    ebb_json_put_number(&p->json, "with", row.with);
    ebb_json_put_number(&p->json, "difference", row.difference);
    ebb_json_put_number(&p->json, "low", row.low);
    ebb_json_put_number(&p->json, "high", row.high);
    ebb_json_put_count(&p->json, "couples", row.couples);
    ebb_json_end(&p->json, '}');
}

static void page_with(ebb_page_couple_t *p)
{
    const ebb_simulated_with_t *with = p->page->from->with;
    ebb_json_t *json = &p->json;
    ebb_json_key(json, "with");
    if (!with) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    ebb_json_key(json, "orders");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < with->order_count; k++) {
        ebb_json_string(json, with->orders[k]);
    }
    ebb_json_end(json, ']');
    ebb_json_put_number(json, "from", with->from);
    ebb_json_key(json, "differences");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < with->compared_count; k++) {
        page_contrast_row(p, k);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

/* --- the whole -------------------------------------------------------------------- */

static void page_moments(ebb_page_couple_t *p)
{
    const ebb_portrait_t *portrait = &p->portraits[0];
    int decimals = ebb_thin_decimals(0, portrait->length) + 2;
    ebb_json_key(&p->json, "moments");
    ebb_json_begin(&p->json, '[');
    for (size_t m = 0; m < portrait->moment_count; m++) {
        ebb_page_number(&p->json, portrait->moments[m], decimals);
    }
    ebb_json_end(&p->json, ']');
}

static void page_write(ebb_page_couple_t *p)
{
    ebb_json_begin(&p->json, '{');
    ebb_json_put_string(&p->json, "schema", "ebb/couple");
    ebb_json_put_count(&p->json, "version", 1);
    page_model(p);
    page_scenario(p);
    page_traits(p);
    page_outside(p);
    page_run(p);
    page_quantities(p);
    page_with(p);
    page_moments(p);
    ebb_json_key(&p->json, "arms");
    ebb_json_begin(&p->json, '[');
    for (size_t a = 0; a < p->arm_count; a++) {
        ebb_page_arm(p, a);
    }
    ebb_json_end(&p->json, ']');
    ebb_json_end(&p->json, '}');
    ebb_text_puts(p->json.out, "\n");
}

int ebb_simulate_page_json(ebb_text_t *out, const ebb_simulate_page_t *page,
                           ebb_error_t *error)
{
    ebb_page_couple_t p = {
        .page = page, .json = {.out = out}, .arm_count = page->from->with ? 2 : 1};
    int code = page_portraits(&p, error);
    if (!code) {
        page_shown(&p);
        page_planes(&p);
        page_write(&p);
        code = out->failed
                   ? ebb_fail(error, out->failed, "%s", ebb_strerror(out->failed))
                   : EBB_OK;
    }
    ebb_portrait_free(&p.portraits[0]);
    ebb_portrait_free(&p.portraits[1]);
    return code;
}
