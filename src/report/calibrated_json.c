/* SPDX-License-Identifier: MIT
 * A calibration as a JSON document, and its sample as a table. */
#include <inttypes.h>
#include <stdio.h>

#include "core/json.h"
#include "ebb/calibrated.h"

/* --- document --------------------------------------------------------------------- */

static void caljson_head(ebb_json_t *json, const ebb_calibrated_t *from)
{
    const ebb_calibrate_settings_t *s = from->settings;
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, s->seed);
    ebb_json_put_string(json, "schema", "ebb/calibrate");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_count(json, "evaluations", s->evaluations);
    ebb_json_put_some(json, "couples", from->couples);
    ebb_json_put_string(json, "seed", seed);
}

static void caljson_posterior(ebb_json_t *json, const ebb_calibrated_t *from, size_t i)
{
    const ebb_calibrate_param_t *params = from->settings->params;
    ebb_calibrate_param_info_t info = ebb_calibration_param(from->calibration, i);
    ebb_json_put_number(json, "median", info.median);
    ebb_json_put_number(json, "posterior_low", info.low);
    ebb_json_put_number(json, "posterior_high", info.high);
    ebb_json_put_number(json, "narrower", info.narrower);
    ebb_json_put_bool(json, "identified", info.identified);
    ebb_json_put_string(json, "together",
                        info.together == i ? NULL : params[info.together].name);
    ebb_json_put_number(json, "correlation", info.r);
}

static void caljson_back(ebb_json_t *json, const ebb_calibrated_back_t *back)
{
    ebb_json_put_count(json, "inside", back->inside);
    ebb_json_put_count(json, "identified", back->identified);
    ebb_json_put_number(json, "narrower", back->narrower);
    ebb_json_put_number(json, "off", back->off);
}

static void caljson_params(ebb_json_t *json, const ebb_calibrated_t *from)
{
    ebb_json_key(json, "parameters");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < from->settings->param_count; i++) {
        const ebb_calibrate_param_t *param = &from->settings->params[i];
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", param->name);
        ebb_json_put_number(json, "low", param->low);
        ebb_json_put_number(json, "high", param->high);
        ebb_json_put_string(json, "scale", param->log ? "log" : "plain");
        if (from->calibration) {
            caljson_posterior(json, from, i);
        } else {
            caljson_back(json, &from->back[i]);
        }
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void caljson_target(ebb_json_t *json, const ebb_calibrated_t *from, size_t k)
{
    const ebb_calibrate_target_t *target = &from->settings->targets[k];
    ebb_calibrate_target_info_t info = ebb_calibration_target(from->calibration, k);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", target->name);
    ebb_json_put_number(json, "value", target->value);
    ebb_json_put_number(json, "low", target->low);
    ebb_json_put_number(json, "high", target->high);
    ebb_json_put_number(json, "median", info.median);
    ebb_json_put_number(json, "posterior_low", info.low);
    ebb_json_put_number(json, "posterior_high", info.high);
    ebb_json_put_bool(json, "met", info.met);
    ebb_json_put_number(json, "misfit", info.misfit);
    ebb_json_put_number(json, "simulated", info.simulated);
    ebb_json_put_number(json, "emulated", info.emulated);
    ebb_json_put_number(json, "error", info.error);
    ebb_json_end(json, '}');
}

static void caljson_targets(ebb_json_t *json, const ebb_calibrated_t *from)
{
    ebb_json_put_number(json, "effective",
                        ebb_calibration_effective(from->calibration));
    ebb_json_key(json, "targets");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < from->settings->target_count; k++) {
        caljson_target(json, from, k);
    }
    ebb_json_end(json, ']');
}

int ebb_calibrated_json(ebb_text_t *out, const ebb_calibrated_t *from)
{
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    caljson_head(&json, from);
    if (from->calibration) {
        caljson_targets(&json, from);
    } else {
        ebb_json_put_count(&json, "truths", from->truths);
        ebb_json_put_count(&json, "drawn_anew", from->anew);
    }
    caljson_params(&json, from);
    ebb_json_key(&json, "not_used");
    ebb_json_begin(&json, '[');
    const char *name;
    for (size_t k = 0; (name = ebb_fit_missing(from->fit, k)) != NULL; k++) {
        ebb_json_string(&json, name);
    }
    ebb_json_end(&json, ']');
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}

/* --- table ------------------------------------------------------------------------ */

int ebb_calibrated_sample(ebb_text_t *out, const ebb_calibrated_t *from, size_t most)
{
    size_t draws, params = from->settings->param_count;
    const double *rows = ebb_calibration_draws(from->calibration, &draws);
    size_t count = draws < most ? draws : most;
    for (size_t i = 0; i < params; i++) {
        ebb_text_printf(out, "%s%s", from->settings->params[i].name,
                        i + 1 < params ? "\t" : "\n");
    }
    for (size_t k = 0; k < count; k++) {
        const double *row = rows + k * draws / count * params;
        for (size_t i = 0; i < params; i++) {
            ebb_text_printf(out, "%.6g%s", row[i], i + 1 < params ? "\t" : "\n");
        }
    }
    return out->failed;
}
