/* SPDX-License-Identifier: MIT
 * The run of what lies on the desk, and what it sums up to. */
#include "core/json.h"
#include "engine/desk.h"

int ebb_desk_need_run(ebb_desk_t *desk)
{
    ebb_desk_hush(desk);
    return desk->run ? EBB_OK
                     : ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,
                                       "no run is prepared of what is set now");
}

/* --- preparing -------------------------------------------------------------------- */

static void desk_describe_outputs(ebb_desk_t *desk, ebb_json_t *json)
{
    size_t count = ebb_run_info(desk->run).output_count;
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < count; k++) {
        size_t states = desk->info.states;
        ebb_scalar_kind_t kind = k < states ? EBB_SCALAR_STATE : EBB_SCALAR_LET;
        ebb_run_output_t output = {kind, k < states ? k : k - states};
        ebb_scalar_t scalar = {0};
        output = desk->outputs ? desk->outputs[k] : output;
        if (ebb_model_scalar(desk->model, output.kind, output.index, &scalar) == 0) {
            ebb_json_string(json, scalar.name);
        }
    }
    ebb_json_end(json, ']');
}

static int desk_describe_run(ebb_desk_t *desk)
{
    ebb_run_info_t info = ebb_run_info(desk->run);
    ebb_json_t json = {.out = &desk->reply};
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "method", ebb_method_word(info.method));
    ebb_json_put_string(&json, "engine", ebb_engine_word(info.engine));
    ebb_json_put_number(&json, "length", info.length);
    ebb_json_put_count(&json, "times", info.time_count);
    ebb_json_key(&json, "outputs");
    desk_describe_outputs(desk, &json);
    ebb_json_put_count(&json, "expects", info.expect_count);
    ebb_json_end(&json, '}');
    return ebb_desk_replied(desk);
}

int ebb_desk_prepare(ebb_desk_t *desk, int quantiles)
{
    ebb_error_t error = {0};
    int code = ebb_desk_need_model(desk);
    if (code) {
        return code;
    }
    ebb_desk_drop_run(desk);
    desk->settings.vary = desk->variation_count ? ebb_desk_vary_couple : NULL;
    desk->settings.vary_user = desk;
    desk->quantiles = quantiles != 0;
    code =
        ebb_run_new(&desk->run, desk->model, desk->scenario, &desk->settings, &error);
    code = code ? code
                : ebb_run_totals_new(&desk->totals, desk->run, desk->quantiles, &error);
    if (code) {
        ebb_desk_drop_run(desk);
        return ebb_desk_refuse(desk, code, "%s", error.text);
    }
    return desk_describe_run(desk);
}

/* --- running ---------------------------------------------------------------------- */

static int desk_reply_failed(ebb_desk_t *desk, const ebb_run_job_t *job)
{
    ebb_json_t json = {.out = &desk->reply};
    ebb_json_begin(&json, '{');
    ebb_json_put_count(&json, "failed", job->failed);
    ebb_json_key(&json, "first");
    if (job->failed) {
        ebb_json_int(&json, (int64_t)job->first_failed);
    } else {
        ebb_json_null(&json);
    }
    ebb_json_put_string(&json, "why", job->why);
    ebb_json_end(&json, '}');
    return ebb_desk_replied(desk);
}

/* The run writes `values`. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
int ebb_desk_run(ebb_desk_t *desk, uint32_t begin, uint32_t end, double *values)
{
    ebb_error_t error = {0};
    int code = ebb_desk_need_run(desk);
    if (code) {
        return code;
    }
    ebb_run_job_t job = {
        .begin = begin, .end = end, .values = values, .totals = desk->totals};
    desk->ran = begin;
    code = ebb_run_range(desk->run, &job, &error);
    return code ? ebb_desk_refuse(desk, code, "%s", error.text)
                : desk_reply_failed(desk, &job);
}

/* --- totals ----------------------------------------------------------------------- */

int ebb_desk_totals(ebb_desk_t *desk, double *out)
{
    int code = ebb_desk_need_run(desk);
    if (code) {
        return code;
    }
    ebb_run_info_t info = ebb_run_info(desk->run);
    for (size_t t = 0; t < info.time_count; t++) {
        for (size_t k = 0; k < info.output_count; k++) {
            ebb_run_total_t total = ebb_run_total(desk->totals, t, k);
            *out++ = (double)total.count;
            *out++ = total.mean;
            *out++ = total.sd;
            *out++ = total.lowest;
            *out++ = total.highest;
        }
    }
    return EBB_OK;
}

int ebb_desk_quantile(ebb_desk_t *desk, double p, double *out)
{
    int code = ebb_desk_need_run(desk);
    if (code) {
        return code;
    }
    if (!(p >= 0 && p <= 1) || !desk->quantiles) {
        return ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,
                               desk->quantiles
                                   ? "a share of couples is from 0 to 1, not %g"
                                   : "the run was prepared without quantiles",
                               p);
    }
    ebb_run_info_t info = ebb_run_info(desk->run);
    for (size_t t = 0; t < info.time_count; t++) {
        for (size_t k = 0; k < info.output_count; k++) {
            *out++ = ebb_run_quantile(desk->totals, t, k, p);
        }
    }
    return EBB_OK;
}
