/* SPDX-License-Identifier: MIT
 * Figures as a document and as a table, and what they come to. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/csv.h"
#include "core/json.h"
#include "ebb/figured.h"

ebb_figured_totals_t ebb_figured_count(const ebb_figured_t *from)
{
    ebb_figured_totals_t totals = {0};
    for (size_t k = 0; k < from->count; k++) {
        const ebb_figure_found_t *found = &from->found[k];
        if (strcmp(from->figures[k].used, "held-out") == 0) {
            totals.held_out++;
            totals.inside += found->computed && found->inside;
            totals.outside += found->computed && !found->inside;
            totals.none += !found->computed;
        }
    }
    return totals;
}

static const char *figjson_verdict(const ebb_figure_found_t *found)
{
    return !found->computed ? "none" : found->inside ? "inside" : "outside";
}

/* --- document --------------------------------------------------------------------- */

static void figjson_evidence(ebb_json_t *json, const ebb_figure_t *figure)
{
    ebb_json_key(json, "evidence");
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "value", figure->value);
    ebb_json_put_number(json, "low", figure->low);
    ebb_json_put_number(json, "high", figure->high);
    ebb_json_put_string(json, "interval", figure->interval);
    ebb_json_put_string(json, "population", figure->population);
    ebb_json_put_string(json, "source", figure->source);
    ebb_json_put_string(json, "standing", figure->standing);
    ebb_json_end(json, '}');
}

static void figjson_model(ebb_json_t *json, const ebb_figure_t *figure,
                          const ebb_figure_found_t *found)
{
    ebb_json_key(json, "model");
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "run", figure->run);
    ebb_json_put_string(json, "statistic", figure->statistic);
    ebb_json_put_string(json, "columns", figure->columns);
    ebb_json_put_string(json, "among", figure->among);
    ebb_json_put_count(json, "couples", found->couples);
    ebb_json_put_number(json, "value", found->value);
    ebb_json_put_number(json, "low", found->low);
    ebb_json_put_number(json, "high", found->high);
    ebb_json_end(json, '}');
}

static void figjson_figure(ebb_json_t *json, const ebb_figure_t *figure,
                           const ebb_figure_found_t *found)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "id", figure->id);
    ebb_json_put_string(json, "figure", figure->figure);
    ebb_json_put_string(json, "used", figure->used);
    ebb_json_put_string(json, "verdict", figjson_verdict(found));
    figjson_evidence(json, figure);
    figjson_model(json, figure, found);
    ebb_json_put_string(json, "note", figure->note);
    bool missed = found->computed && !found->inside && *figure->missed;
    ebb_json_put_string(json, "why", missed ? figure->missed : NULL);
    ebb_json_end(json, '}');
}

static void figjson_sample(ebb_json_t *json, const ebb_figured_t *from)
{
    ebb_json_key(json, "sample");
    if (!from->sample) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    ebb_json_put_count(json, "draws", from->draws);
    ebb_json_key(json, "parameters");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < from->sample->params; k++) {
        ebb_json_string(json, from->sample->names[k]);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

static void figjson_settings(ebb_json_t *json, const ebb_figured_t *from)
{
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, from->seed);
    ebb_json_put_some(json, "couples", from->couples);
    ebb_json_put_string(json, "seed", seed);
    ebb_json_key(json, "set");
    ebb_json_begin(json, '{');
    for (size_t k = 0; k < from->set_count; k++) {
        ebb_json_put_number(json, from->sets[k].name, from->sets[k].value);
    }
    ebb_json_end(json, '}');
    figjson_sample(json, from);
}

int ebb_figured_json(ebb_text_t *out, const ebb_figured_t *from)
{
    ebb_figured_totals_t totals = ebb_figured_count(from);
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/figures");
    ebb_json_put_count(&json, "version", 1);
    figjson_settings(&json, from);
    ebb_json_key(&json, "figures");
    ebb_json_begin(&json, '[');
    for (size_t k = 0; k < from->count; k++) {
        figjson_figure(&json, &from->figures[k], &from->found[k]);
    }
    ebb_json_end(&json, ']');
    ebb_json_key(&json, "totals");
    ebb_json_begin(&json, '{');
    ebb_json_put_count(&json, "held_out", totals.held_out);
    ebb_json_put_count(&json, "inside", totals.inside);
    ebb_json_put_count(&json, "outside", totals.outside);
    ebb_json_put_count(&json, "none", totals.none);
    ebb_json_end(&json, '}');
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}

/* --- table ------------------------------------------------------------------------ */

int ebb_figured_csv(ebb_text_t *out, const ebb_figured_t *from)
{
    ebb_text_puts(out, "id,used,verdict,couples,value,low,high,evidence,evidence_low,"
                       "evidence_high\n");
    for (size_t k = 0; k < from->count; k++) {
        const ebb_figure_t *figure = &from->figures[k];
        const ebb_figure_found_t *found = &from->found[k];
        const double numbers[] = {found->value,  found->low,  found->high,
                                  figure->value, figure->low, figure->high};
        ebb_text_printf(out, "%s,%s,%s,%" PRIu64, figure->id, figure->used,
                        figjson_verdict(found), found->couples);
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            ebb_csv_next(out, numbers[i]);
        }
        ebb_text_puts(out, "\n");
    }
    return out->failed;
}
