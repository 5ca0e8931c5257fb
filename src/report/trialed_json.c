/* SPDX-License-Identifier: MIT
 * A trial as a JSON document, and as a table. */
#include <inttypes.h>
#include <stdio.h>

#include "core/csv.h"
#include "core/json.h"
#include "report/trialed.h"

/* --- document --------------------------------------------------------------------- */

static void trialjson_head(ebb_json_t *json, const ebb_trialed_t *from)
{
    ebb_trial_info_t info = ebb_trial_info(from->trial);
    ebb_trial_run_info_t run = ebb_trial_run_info(from->run);
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, run.seed);
    ebb_json_put_string(json, "schema", "ebb/trial");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "trial", info.head.name);
    ebb_json_put_string(json, "text", info.head.text);
    ebb_json_put_string(json, "model", info.head.uses);
    ebb_json_put_string(json, "time_unit", ebb_model_info(from->model).time_unit);
    ebb_json_put_number(json, "entry", info.times[EBB_TRIAL_ENTRY]);
    ebb_json_put_number(json, "end", info.times[EBB_TRIAL_END]);
    ebb_json_put_number(json, "follow", info.times[EBB_TRIAL_FOLLOW]);
    ebb_json_put_number(json, "sd", info.sd);
    ebb_json_put_number(json, "reliability", info.reliability);
    ebb_json_put_number(json, "reliable_change", info.reliable);
    ebb_json_put_bool(json, "measured", info.measured);
    ebb_json_put_string(json, "partners", run.people);
    ebb_json_put_count(json, "couples", run.couples);
    ebb_json_put_count(json, "failed", ebb_trial_failed(from->run, from->tally));
    ebb_json_put_number(json, "entry_sd", ebb_trial_entry_sd(from->run, from->tally));
    ebb_json_put_string(json, "seed", seed);
}

static void trialjson_mean(ebb_json_t *json, const char *key, ebb_trial_mean_t mean)
{
    ebb_json_key(json, key);
    ebb_json_begin(json, '{');
    ebb_json_put_count(json, "couples", mean.couples);
    ebb_json_put_number(json, "mean", mean.mean);
    ebb_json_put_number(json, "low", mean.low);
    ebb_json_put_number(json, "high", mean.high);
    ebb_json_end(json, '}');
}

static void trialjson_visit(ebb_json_t *json, const ebb_trialed_t *from, size_t group,
                            size_t arm, int visit)
{
    ebb_trial_row_t row = ebb_trial_row(from->run, from->tally, group, arm, visit);
    ebb_json_key(json, ebb_trialed_visit(visit));
    ebb_json_begin(json, '{');
    ebb_json_put_count(json, "together", row.together);
    ebb_json_put_count(json, "improved", row.improved);
    ebb_json_put_count(json, "worse", row.worse);
    ebb_json_put_count(json, "recovered", row.recovered);
    ebb_json_put_count(json, "kept", row.kept);
    trialjson_mean(json, "change", row.change);
    trialjson_mean(json, "effect", row.effect);
    ebb_json_end(json, '}');
}

static void trialjson_arm(ebb_json_t *json, const ebb_trialed_t *from, size_t group,
                          size_t arm)
{
    bool drops = ebb_trial_info(from->trial).drops;
    ebb_trial_row_t row =
        ebb_trial_row(from->run, from->tally, group, arm, EBB_TRIAL_END);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", ebb_trial_arm(from->trial, arm));
    ebb_json_key(json, "dropped");
    if (drops) {
        ebb_json_int(json, (int64_t)row.dropped);
    } else {
        ebb_json_null(json);
    }
    trialjson_visit(json, from, group, arm, EBB_TRIAL_END);
    trialjson_visit(json, from, group, arm, EBB_TRIAL_FOLLOW);
    ebb_json_end(json, '}');
}

static void trialjson_group(ebb_json_t *json, const ebb_trialed_t *from, size_t group)
{
    const char *text = "";
    (void)ebb_trial_group(from->trial, group, &text);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", ebb_trialed_group(from, group));
    ebb_json_put_string(json, "text", text);
    ebb_json_put_count(
        json, "entered",
        ebb_trial_row(from->run, from->tally, group, 0, EBB_TRIAL_END).entered);
    ebb_json_key(json, "arms");
    ebb_json_begin(json, '[');
    for (size_t arm = 0; arm < ebb_trial_info(from->trial).arms; arm++) {
        trialjson_arm(json, from, group, arm);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

int ebb_trialed_json(ebb_text_t *out, const ebb_trialed_t *from)
{
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    trialjson_head(&json, from);
    ebb_json_key(&json, "groups");
    ebb_json_begin(&json, '[');
    for (size_t g = 0; g < ebb_trial_run_info(from->run).groups; g++) {
        trialjson_group(&json, from, g);
    }
    ebb_json_end(&json, ']');
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}

/* --- table ------------------------------------------------------------------------ */

static void trialcsv_mean(ebb_text_t *out, ebb_trial_mean_t mean)
{
    const double numbers[] = {mean.mean, mean.low, mean.high};
    ebb_text_printf(out, ",%" PRIu64, mean.couples);
    for (size_t k = 0; k < 3; k++) {
        ebb_csv_next(out, numbers[k]);
    }
}

static void trialcsv_row(ebb_text_t *out, const ebb_trialed_t *from, size_t group,
                         size_t arm, int visit)
{
    ebb_trial_row_t row = ebb_trial_row(from->run, from->tally, group, arm, visit);
    ebb_text_printf(out, "%s,%s,%s,%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64,
                    ebb_trialed_group(from, group), ebb_trial_arm(from->trial, arm),
                    ebb_trialed_visit(visit), row.entered, row.together, row.improved,
                    row.worse);
    ebb_text_printf(out, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64, row.recovered, row.kept,
                    row.dropped);
    trialcsv_mean(out, row.change);
    trialcsv_mean(out, row.effect);
    ebb_text_puts(out, "\n");
}

int ebb_trialed_csv(ebb_text_t *out, const ebb_trialed_t *from)
{
    ebb_text_puts(out, "group,arm,visit,entered,together,improved,worse,recovered,kept,"
                       "dropped,change_couples,change,change_low,change_high,"
                       "effect_couples,effect,effect_low,effect_high\n");
    for (size_t g = 0; g < ebb_trial_run_info(from->run).groups; g++) {
        for (size_t arm = 0; arm < ebb_trial_info(from->trial).arms; arm++) {
            trialcsv_row(out, from, g, arm, EBB_TRIAL_END);
            trialcsv_row(out, from, g, arm, EBB_TRIAL_FOLLOW);
        }
    }
    return out->failed;
}
