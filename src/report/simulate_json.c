/* SPDX-License-Identifier: MIT
 * The document of a simulation. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "core/json.h"
#include "ebb/simulate.h"
#include "report/simulated.h"

/* A seed as a string: all of its 64 bits, where many readers make a double of a number.
 */
static void simjson_whole(ebb_json_t *json, uint64_t value)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRIu64, value);
    ebb_json_string(json, text);
}

/* Numbers of one kind that were set, by name. */
static void simjson_set(ebb_json_t *json, const ebb_simulated_t *from,
                        ebb_scalar_kind_t kind, const double *values)
{
    ebb_scalar_t scalar;
    for (size_t i = 0; values && !ebb_model_scalar(from->model, kind, i, &scalar);
         i++) {
        if (!isnan(values[i])) {
            ebb_json_put_number(json, scalar.name, values[i]);
        }
    }
}

static void simjson_head(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_model_info_t info = ebb_model_info(from->model);
    ebb_json_put_string(json, "schema", "ebb/simulate");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "model", info.name);
    ebb_json_put_string(json, "text", info.text);
    ebb_json_put_string(json, "time_unit", info.time_unit);
    ebb_json_put_bool(json, "steps", info.steps);
    ebb_json_key(json, "scenario");
    if (from->scenario) {
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", from->scenario->name);
        ebb_json_put_string(json, "text", from->scenario->text);
        ebb_json_end(json, '}');
    } else {
        ebb_json_null(json);
    }
}

/* Laws by which couples differ, as strings in the language's words. */
static void simjson_spreads(ebb_json_t *json, const ebb_simulated_t *from, bool starts)
{
    for (size_t k = 0; k < from->settings->spread_count; k++) {
        const ebb_run_spread_t *spread = &from->settings->spreads[k];
        ebb_scalar_t scalar;
        char text[96];
        if ((spread->kind == EBB_SCALAR_STATE) == starts &&
            !ebb_model_scalar(from->model, spread->kind, spread->index, &scalar)) {
            (void)snprintf(text, sizeof text, "%s(%.15g, %.15g)",
                           ebb_spread_word(spread->law), spread->a, spread->b);
            ebb_json_put_string(json, scalar.name, text);
        }
    }
}

static void simjson_settings(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_run_info_t info = ebb_run_info(from->run);
    bool even = info.method == EBB_METHOD_EULER || info.method == EBB_METHOD_HEUN;
    ebb_json_key(json, "set");
    ebb_json_begin(json, '{');
    simjson_set(json, from, EBB_SCALAR_PARAM, from->settings->params);
    simjson_set(json, from, EBB_SCALAR_TRAIT, from->settings->traits);
    simjson_set(json, from, EBB_SCALAR_INPUT, from->settings->inputs);
    simjson_spreads(json, from, false);
    ebb_json_end(json, '}');
    ebb_json_key(json, "start");
    ebb_json_begin(json, '{');
    simjson_set(json, from, EBB_SCALAR_STATE, from->settings->starts);
    simjson_spreads(json, from, true);
    ebb_json_end(json, '}');
    ebb_json_put_string(json, "method", ebb_method_word(info.method));
    ebb_json_put_number(json, "length", info.length);
    ebb_json_put_number(json, "step",
                        !even                      ? (double)NAN
                        : from->settings->step > 0 ? from->settings->step
                                                   : 0.05);
    ebb_json_key(json, "seed");
    simjson_whole(json, from->settings->seed);
}

static void simjson_couples(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_json_put_count(json, "couples", from->couples);
    ebb_json_key(json, "failed");
    ebb_json_begin(json, '{');
    ebb_json_put_count(json, "count", from->failed);
    ebb_json_key(json, "first");
    if (from->failed) {
        ebb_json_int(json, (int64_t)from->first_failed);
    } else {
        ebb_json_null(json);
    }
    ebb_json_put_string(json, "why", from->why);
    ebb_json_end(json, '}');
}

static void simjson_outputs(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_json_key(json, "outputs");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < from->settings->output_count; i++) {
        ebb_scalar_t scalar = ebb_simulated_scalar(from, i);
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", scalar.name);
        ebb_json_put_string(
            json, "kind",
            from->settings->outputs[i].kind == EBB_SCALAR_STATE ? "state" : "let");
        ebb_json_put_string(json, "unit", scalar.unit);
        ebb_json_put_string(json, "text", scalar.text);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void simjson_times(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_json_key(json, "time");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < from->settings->time_count; k++) {
        ebb_json_number(json, from->settings->times[k]);
    }
    ebb_json_end(json, ']');
}

/* How many couples last at each time. */
static void simjson_lasting(ebb_json_t *json, const ebb_simulated_t *from)
{
    uint64_t couples;
    ebb_json_key(json, "lasting");
    if (!ebb_run_lasting(from->totals, 0, &couples)) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '[');
    for (size_t k = 0; ebb_run_lasting(from->totals, k, &couples); k++) {
        ebb_json_int(json, (int64_t)couples);
    }
    ebb_json_end(json, ']');
}

/* The one couple's course. */
static void simjson_series(ebb_json_t *json, const ebb_simulated_t *from)
{
    size_t outputs = from->settings->output_count;
    ebb_json_key(json, "series");
    if (!from->values) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    for (size_t i = 0; i < outputs; i++) {
        ebb_json_key(json, ebb_simulated_scalar(from, i).name);
        ebb_json_begin(json, '[');
        for (size_t k = 0; k < from->settings->time_count; k++) {
            ebb_json_number(json, from->values[k * outputs + i]);
        }
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, '}');
}

/* What is said of many couples at one time. */
typedef enum simjson_stat {
    STAT_COUNT,
    STAT_MEAN,
    STAT_SD,
    STAT_LOW,
    STAT_HIGH
} stat_t;

static double simjson_stat(const ebb_simulated_t *from, size_t time, size_t output,
                           stat_t stat)
{
    ebb_run_total_t total = ebb_run_total(from->totals, time, output);
    return stat == STAT_COUNT  ? (double)total.count
           : stat == STAT_MEAN ? total.mean
           : stat == STAT_SD   ? total.sd
           : stat == STAT_LOW  ? total.lowest
                               : total.highest;
}

static void simjson_summary_of(ebb_json_t *json, const ebb_simulated_t *from,
                               size_t output)
{
    static const char *const stats[] = {"count", "mean", "sd", "lowest", "highest"};
    static const char *const shares[] = {"p10", "median", "p90"};
    ebb_json_begin(json, '{');
    for (int s = 0; s < 5; s++) {
        ebb_json_key(json, stats[s]);
        ebb_json_begin(json, '[');
        for (size_t k = 0; k < from->settings->time_count; k++) {
            ebb_json_number(json, simjson_stat(from, k, output, (stat_t)s));
        }
        ebb_json_end(json, ']');
    }
    for (int s = 0; s < 3; s++) {
        ebb_json_key(json, shares[s]);
        ebb_json_begin(json, '[');
        for (size_t k = 0; k < from->settings->time_count; k++) {
            ebb_json_number(json, ebb_run_quantile(from->totals, k, output,
                                                   ebb_simulated_shares[s]));
        }
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, '}');
}

static void simjson_summary(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_json_key(json, "summary");
    if (from->values) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    for (size_t i = 0; i < from->settings->output_count; i++) {
        ebb_json_key(json, ebb_simulated_scalar(from, i).name);
        simjson_summary_of(json, from, i);
    }
    ebb_json_end(json, '}');
}

static void simjson_expects(ebb_json_t *json, const ebb_simulated_t *from)
{
    ebb_run_verdict_t verdict;
    ebb_json_key(json, "expect");
    ebb_json_begin(json, '[');
    for (size_t i = 0; !ebb_run_verdict(from->totals, i, &verdict); i++) {
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "code", verdict.code);
        ebb_json_put_string(json, "text", verdict.text);
        ebb_json_put_count(json, "line", verdict.line);
        ebb_json_put_number(json, "share", verdict.share);
        ebb_json_put_count(json, "kept", verdict.kept);
        ebb_json_put_count(json, "broken", verdict.broken);
        ebb_json_put_bool(json, "holds", verdict.holds);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

/* --- two arms --------------------------------------------------------------------- */

static void simjson_difference(ebb_json_t *json, const ebb_simulated_t *from, size_t k)
{
    ebb_contrast_row_t row = ebb_contrast_row(from->with->contrast, k);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name",
                        ebb_simulated_scalar(from, from->with->compared[k]).name);
    ebb_json_put_number(json, "without", row.without);
    ebb_json_put_number(json, "with", row.with);
    ebb_json_put_number(json, "difference", row.difference);
    ebb_json_put_number(json, "low", row.low);
    ebb_json_put_number(json, "high", row.high);
    ebb_json_put_count(json, "couples", row.couples);
    ebb_json_end(json, '}');
}

/* The second arm, where there is one: what is its own. */
static void simjson_with(ebb_json_t *json, const ebb_simulated_t *from)
{
    const ebb_simulated_with_t *with = from->with;
    if (!with) {
        return;
    }
    ebb_json_key(json, "with");
    ebb_json_begin(json, '{');
    ebb_json_key(json, "orders");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < with->order_count; k++) {
        ebb_json_string(json, with->orders[k]);
    }
    ebb_json_end(json, ']');
    simjson_couples(json, with->arm);
    simjson_lasting(json, with->arm);
    simjson_series(json, with->arm);
    simjson_summary(json, with->arm);
    simjson_expects(json, with->arm);
    ebb_json_put_number(json, "from", with->from);
    ebb_json_key(json, "differences");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < with->compared_count; k++) {
        simjson_difference(json, from, k);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

int ebb_simulate_json(ebb_text_t *out, const ebb_simulated_t *from)
{
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    simjson_head(&json, from);
    simjson_settings(&json, from);
    simjson_couples(&json, from);
    simjson_outputs(&json, from);
    simjson_times(&json, from);
    simjson_lasting(&json, from);
    simjson_series(&json, from);
    simjson_summary(&json, from);
    simjson_expects(&json, from);
    simjson_with(&json, from);
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}
