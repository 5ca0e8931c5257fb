/* SPDX-License-Identifier: MIT
 * A population or a trial over a sample, as a document and as a table. */
#include "ebb/sampled.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/csv.h"
#include "core/json.h"
#include "study/interval.h"

ebb_sampled_over_t ebb_sampled_number(const ebb_sampled_t *from, size_t k)
{
    ebb_interval_draws_t drawn = {0};
    for (size_t d = 0; d < from->draws; d++) {
        const ebb_sampled_row_t *row = &from->rows[d * from->count + k];
        ebb_interval_draw(&drawn, row->value, row->error);
    }
    ebb_span_t span = ebb_interval_over(&drawn, from->draws);
    const char *unit = from->rows[k].unit;
    if (strcmp(unit, "sd") != 0) { /* a share or a rate */
        span.low = span.low < 0 ? 0 : span.low;
    }
    if (strcmp(unit, "share") == 0) {
        span.high = span.high > 1 ? 1 : span.high;
    }
    return (ebb_sampled_over_t){.draws = drawn.draws,
                                .value = isnan(span.low) ? (double)NAN : drawn.mean,
                                .low = span.low,
                                .high = span.high};
}

/* --- document --------------------------------------------------------------------- */

static void sampled_head(ebb_json_t *json, const ebb_sampled_t *from)
{
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, from->seed);
    ebb_json_put_string(json, "schema", "ebb/sampled");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "of", from->kind);
    ebb_json_put_string(json, "name", from->name);
    ebb_json_put_string(json, "text", from->text);
    ebb_json_put_string(json, "model", from->model);
    ebb_json_put_count(json, "couples", from->couples);
    ebb_json_put_string(json, "seed", seed);
    ebb_json_put_count(json, "draws", from->draws);
    ebb_json_key(json, "parameters");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < from->sample->params; k++) {
        ebb_json_string(json, from->sample->names[k]);
    }
    ebb_json_end(json, ']');
}

static void sampled_object(ebb_json_t *json, const ebb_sampled_t *from, size_t k)
{
    const ebb_sampled_row_t *row = &from->rows[k];
    ebb_sampled_over_t over = ebb_sampled_number(from, k);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "number", row->number);
    ebb_json_put_string(json, "arm", row->arm);
    ebb_json_put_string(json, "group", row->group);
    ebb_json_put_string(json, "unit", row->unit);
    ebb_json_put_number(json, "value", over.value);
    ebb_json_put_number(json, "low", over.low);
    ebb_json_put_number(json, "high", over.high);
    ebb_json_key(json, "draws");
    ebb_json_begin(json, '[');
    for (size_t d = 0; d < from->draws; d++) {
        ebb_json_number(json, from->rows[d * from->count + k].value);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

int ebb_sampled_json(ebb_text_t *out, const ebb_sampled_t *from)
{
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    sampled_head(&json, from);
    ebb_json_key(&json, "numbers");
    ebb_json_begin(&json, '[');
    for (size_t k = 0; k < from->count; k++) {
        sampled_object(&json, from, k);
    }
    ebb_json_end(&json, ']');
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}

/* --- table ------------------------------------------------------------------------ */

int ebb_sampled_csv(ebb_text_t *out, const ebb_sampled_t *from)
{
    ebb_text_puts(out, "number,arm,group,unit,value,low,high");
    for (size_t d = 0; d < from->draws; d++) {
        ebb_text_printf(out, ",draw%zu", d + 1);
    }
    ebb_text_puts(out, "\n");
    for (size_t k = 0; k < from->count; k++) {
        const ebb_sampled_row_t *row = &from->rows[k];
        ebb_sampled_over_t over = ebb_sampled_number(from, k);
        ebb_text_printf(out, "%s,%s,%s,%s", row->number, row->arm ? row->arm : "",
                        row->group, row->unit);
        ebb_csv_next(out, over.value);
        ebb_csv_next(out, over.low);
        ebb_csv_next(out, over.high);
        for (size_t d = 0; d < from->draws; d++) {
            ebb_csv_next(out, from->rows[d * from->count + k].value);
        }
        ebb_text_puts(out, "\n");
    }
    return out->failed;
}
