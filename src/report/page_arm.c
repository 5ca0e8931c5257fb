/* SPDX-License-Identifier: MIT
 * One arm of a couple's page: courses, bands, episodes, moments, links, gains, paths.
 */
#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "report/page_couple.h"
#include "report/simulated.h"
#include "report/thin.h"

#define ARM_STRETCHES \
    500u               /* of a course: twice as many numbers as a chart has pixels */
#define ARM_PATH 1500u /* points of a path */
#define ARM_DECIMALS 3 /* of strengths and gains */
#define ARM_TIME_DECIMALS 5 /* of the length: times within a hundred-thousandth */

static const ebb_simulated_t *arm_simulated(const ebb_page_couple_t *p, size_t arm)
{
    return arm ? p->page->from->with->arm : p->page->from;
}

void ebb_page_number(ebb_json_t *json, double value, int decimals)
{
    ebb_json_number(json, isfinite(value) ? ebb_thin_round(value, decimals) : value);
}

static int arm_time_decimals(const ebb_portrait_t *portrait)
{
    return ebb_thin_decimals(0, portrait->length) + ARM_TIME_DECIMALS - 3;
}

/* --- courses ---------------------------------------------------------------------- */

static void arm_numbers(ebb_json_t *json, const double *values, size_t count,
                        int decimals)
{
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < count; k++) {
        ebb_page_number(json, values[k], decimals);
    }
    ebb_json_end(json, ']');
}

static void arm_course_of(ebb_page_couple_t *p, const ebb_portrait_t *portrait,
                          size_t k, size_t width, double *scratch)
{
    const ebb_thin_course_t course = {portrait->course + k, portrait->count,
                                      portrait->shown_count};
    size_t count = portrait->count;
    if (width <= 1) {
        for (size_t t = 0; t < count; t++) {
            scratch[t] = course.values[t * course.stride];
        }
    } else {
        ebb_thin(course, width, scratch);
        count = 2 * ((count + width - 1) / width);
    }
    arm_numbers(&p->json, scratch, count, p->decimals[k]);
}

/* Numbers `step` apart; of a thinned course the lowest and highest of twice that. */
static void arm_course(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    const ebb_alloc_t *alloc = ebb_alloc_default();
    size_t most = 2 * ARM_STRETCHES;
    size_t width = portrait->count <= most
                       ? 1
                       : (portrait->count + ARM_STRETCHES - 1) / ARM_STRETCHES;
    double *scratch = ebb_new_array(alloc, most + 2, sizeof *scratch);
    ebb_json_key(&p->json, "course");
    ebb_json_begin(&p->json, '{');
    ebb_json_put_number(&p->json, "step",
                        portrait->step * (width == 1 ? 1 : (double)width / 2));
    ebb_json_put_bool(&p->json, "thinned", width > 1);
    ebb_json_key(&p->json, "values");
    ebb_json_begin(&p->json, '[');
    for (size_t k = 0; k < portrait->shown_count && scratch; k++) {
        arm_course_of(p, portrait, k, width, scratch);
    }
    ebb_json_end(&p->json, ']');
    ebb_json_end(&p->json, '}');
    if (!scratch) {
        p->json.out->failed = EBB_ERR_MEMORY;
    }
    ebb_free_array(alloc, scratch, most + 2, sizeof *scratch);
}

/* --- bands of many couples -------------------------------------------------------- */

static size_t arm_output(const ebb_simulated_t *from, ebb_run_output_t wanted)
{
    size_t k = 0;
    while (k < from->settings->output_count &&
           (from->settings->outputs[k].kind != wanted.kind ||
            from->settings->outputs[k].index != wanted.index)) {
        k++;
    }
    return k;
}

static void arm_band_of(ebb_page_couple_t *p, const ebb_simulated_t *from, size_t k)
{
    static const char *const keys[3] = {"low", "median", "high"};
    size_t output = arm_output(from, p->page->shown[k]);
    ebb_json_begin(&p->json, '{');
    for (int part = 0; part < 3; part++) {
        ebb_json_key(&p->json, keys[part]);
        ebb_json_begin(&p->json, '[');
        for (size_t t = 0; t < from->settings->time_count; t++) {
            double value =
                ebb_run_quantile(from->totals, t, output, ebb_simulated_shares[part]);
            ebb_page_number(&p->json, value, p->decimals[k]);
        }
        ebb_json_end(&p->json, ']');
    }
    ebb_json_end(&p->json, '}');
}

static void arm_lasting(ebb_page_couple_t *p, const ebb_simulated_t *from)
{
    uint64_t couples;
    ebb_json_key(&p->json, "lasting");
    if (!ebb_run_lasting(from->totals, 0, &couples)) {
        ebb_json_null(&p->json);
        return;
    }
    ebb_json_begin(&p->json, '[');
    for (size_t t = 0; ebb_run_lasting(from->totals, t, &couples); t++) {
        ebb_json_int(&p->json, (int64_t)couples);
    }
    ebb_json_end(&p->json, ']');
}

static void arm_bands(ebb_page_couple_t *p, const ebb_simulated_t *from)
{
    ebb_json_key(&p->json, "bands");
    if (from->couples == 1) {
        ebb_json_null(&p->json);
        return;
    }
    ebb_json_begin(&p->json, '{');
    ebb_json_key(&p->json, "time");
    ebb_json_begin(&p->json, '[');
    for (size_t t = 0; t < from->settings->time_count; t++) {
        ebb_json_number(&p->json, from->settings->times[t]);
    }
    ebb_json_end(&p->json, ']');
    arm_lasting(p, from);
    ebb_json_key(&p->json, "values");
    ebb_json_begin(&p->json, '[');
    for (size_t k = 0; k < p->page->shown_count; k++) {
        arm_band_of(p, from, k);
    }
    ebb_json_end(&p->json, ']');
    ebb_json_end(&p->json, '}');
}

/* --- episodes --------------------------------------------------------------------- */

static void arm_spells(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    int decimals = arm_time_decimals(portrait);
    ebb_json_key(&p->json, "episodes");
    if (!portrait->has_spells) {
        ebb_json_null(&p->json);
        return;
    }
    ebb_json_begin(&p->json, '[');
    for (size_t k = 0; k < portrait->spell_count; k++) {
        const ebb_spell_t *spell = &portrait->spells[k];
        ebb_json_begin(&p->json, '[');
        ebb_page_number(&p->json, spell->begin, decimals);
        ebb_page_number(&p->json, spell->end, decimals);
        ebb_page_number(&p->json, spell->peak_time, decimals);
        ebb_page_number(&p->json, spell->peak, ARM_DECIMALS);
        ebb_json_end(&p->json, ']');
    }
    ebb_json_end(&p->json, ']');
}

/* --- moments ---------------------------------------------------------------------- */

/* Column k of a table with a row for each moment. */
static void arm_column(ebb_json_t *json, const ebb_portrait_t *portrait,
                       const double *table, size_t wide, size_t k, int decimals)
{
    ebb_json_begin(json, '[');
    for (size_t m = 0; m < portrait->moment_count; m++) {
        ebb_page_number(json, table[m * wide + k], decimals);
    }
    ebb_json_end(json, ']');
}

static void arm_values(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    ebb_json_key(&p->json, "at_moments");
    ebb_json_begin(&p->json, '[');
    for (size_t k = 0; k < portrait->shown_count; k++) {
        arm_column(&p->json, portrait, portrait->values, portrait->shown_count, k,
                   p->decimals[k]);
    }
    ebb_json_end(&p->json, ']');
}

/* Whether a link is there at any moment. */
static bool arm_is_link(const ebb_portrait_t *portrait, size_t cell)
{
    size_t cells = portrait->node_count * portrait->node_count;
    for (size_t m = 0; m < portrait->moment_count; m++) {
        double strength = portrait->strengths[m * cells + cell];
        if (isfinite(strength) && strength != 0) {
            return true;
        }
    }
    return false;
}

static void arm_links(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    size_t n = portrait->node_count;
    ebb_json_key(&p->json, "links");
    ebb_json_begin(&p->json, '[');
    for (size_t cell = 0; cell < n * n; cell++) {
        if (arm_is_link(portrait, cell)) {
            ebb_json_begin(&p->json, '{');
            ebb_json_put_count(&p->json, "from", portrait->nodes[cell % n]);
            ebb_json_put_count(&p->json, "to", portrait->nodes[cell / n]);
            ebb_json_key(&p->json, "strength");
            arm_column(&p->json, portrait, portrait->strengths, n * n, cell,
                       ARM_DECIMALS);
            ebb_json_end(&p->json, '}');
        }
    }
    ebb_json_end(&p->json, ']');
}

static void arm_gains(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    ebb_json_key(&p->json, "gains");
    ebb_json_begin(&p->json, '[');
    for (size_t k = 0; k < portrait->cut_count; k++) {
        ebb_scalar_t scalar;
        const ebb_run_output_t *cut = &portrait->cuts[k];
        (void)!ebb_model_scalar(p->page->from->model, cut->kind, cut->index, &scalar);
        ebb_json_begin(&p->json, '{');
        ebb_json_put_string(&p->json, "cut", scalar.name);
        ebb_json_key(&p->json, "person");
        ebb_json_int(&p->json, ebb_page_person(p, &scalar));
        ebb_json_key(&p->json, "gain");
        arm_column(&p->json, portrait, portrait->gains, portrait->cut_count, k,
                   ARM_DECIMALS);
        ebb_json_end(&p->json, '}');
    }
    ebb_json_end(&p->json, ']');
}

/* Names of the states that stand still for the links and gains. */
static void arm_slow(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    ebb_scalar_t scalar;
    ebb_json_key(&p->json, "slow");
    ebb_json_begin(&p->json, '[');
    for (size_t i = 0;
         !ebb_model_scalar(p->page->from->model, EBB_SCALAR_STATE, i, &scalar); i++) {
        if (portrait->slow[i]) {
            ebb_json_string(&p->json, scalar.name);
        }
    }
    ebb_json_end(&p->json, ']');
}

/* --- paths ------------------------------------------------------------------------ */

static void arm_path(ebb_page_couple_t *p, const ebb_portrait_t *portrait,
                     ebb_page_plane_t plane)
{
    size_t kept[ARM_PATH], quantities[2] = {plane.x, plane.y};
    const ebb_thin_course_t x = {portrait->course + plane.x, portrait->count,
                                 portrait->shown_count};
    const ebb_thin_course_t y = {portrait->course + plane.y, portrait->count,
                                 portrait->shown_count};
    size_t count = ebb_thin_path(x, y, ARM_PATH, kept);
    ebb_json_begin(&p->json, '[');
    for (int part = 0; part < 2; part++) {
        ebb_json_begin(&p->json, '[');
        for (size_t k = 0; k < count; k++) {
            size_t at = kept[k] * portrait->shown_count + quantities[part];
            ebb_page_number(&p->json, portrait->course[at],
                            p->decimals[quantities[part]]);
        }
        ebb_json_end(&p->json, ']');
    }
    ebb_json_end(&p->json, ']');
}

static void arm_paths(ebb_page_couple_t *p, const ebb_portrait_t *portrait)
{
    ebb_json_key(&p->json, "paths");
    ebb_json_begin(&p->json, '[');
    for (size_t k = 0; k < p->plane_count; k++) {
        arm_path(p, portrait, p->planes[k]);
    }
    ebb_json_end(&p->json, ']');
}

/* --- what is expected ------------------------------------------------------------- */

static void arm_expects(ebb_page_couple_t *p, const ebb_simulated_t *from)
{
    ebb_run_verdict_t verdict;
    ebb_json_key(&p->json, "expect");
    ebb_json_begin(&p->json, '[');
    for (size_t i = 0; !ebb_run_verdict(from->totals, i, &verdict); i++) {
        ebb_json_begin(&p->json, '{');
        ebb_json_put_string(&p->json, "code", verdict.code);
        ebb_json_put_string(&p->json, "text", verdict.text);
        ebb_json_put_number(&p->json, "share", verdict.share);
        ebb_json_put_count(&p->json, "kept", verdict.kept);
        ebb_json_put_count(&p->json, "broken", verdict.broken);
        ebb_json_put_bool(&p->json, "holds", verdict.holds);
        ebb_json_end(&p->json, '}');
    }
    ebb_json_end(&p->json, ']');
}

void ebb_page_arm(ebb_page_couple_t *p, size_t arm)
{
    const ebb_portrait_t *portrait = &p->portraits[arm];
    const ebb_simulated_t *from = arm_simulated(p, arm);
    ebb_json_begin(&p->json, '{');
    ebb_json_key(&p->json, "end");
    ebb_page_number(&p->json, portrait->end, arm_time_decimals(portrait));
    ebb_json_put_string(&p->json, "why", portrait->why);
    ebb_json_put_count(&p->json, "failed", from->failed);
    arm_course(p, portrait);
    arm_bands(p, from);
    arm_spells(p, portrait);
    arm_values(p, portrait);
    arm_links(p, portrait);
    arm_gains(p, portrait);
    arm_slow(p, portrait);
    arm_paths(p, portrait);
    arm_expects(p, from);
    ebb_json_end(&p->json, '}');
}
