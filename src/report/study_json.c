/* SPDX-License-Identifier: MIT
 * The document of a study. */
#include <math.h>

#include "core/json.h"
#include "report/studied.h"

/* --- what was asked --------------------------------------------------------------- */

static void studyjson_set(ebb_json_t *json, const ebb_studied_t *from,
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

/* What is held since it is slow, and where. */
static void studyjson_slow(ebb_json_t *json, const ebb_studied_t *from)
{
    ebb_scalar_t scalar;
    double value;
    ebb_json_put_number(json, "slower_than", from->settings->slower_than);
    ebb_json_key(json, "slow");
    ebb_json_begin(json, '{');
    for (size_t i = 0; !ebb_model_scalar(from->model, EBB_SCALAR_STATE, i, &scalar);
         i++) {
        if (ebb_study_holds_slow(from->study, i) &&
            ebb_study_holds(from->study, i, &value)) {
            ebb_json_put_number(json, scalar.name, value);
        }
    }
    ebb_json_end(json, '}');
}

static void studyjson_settings(ebb_json_t *json, const ebb_studied_t *from)
{
    const ebb_study_settings_t *s = from->settings;
    ebb_json_key(json, "set");
    ebb_json_begin(json, '{');
    studyjson_set(json, from, EBB_SCALAR_PARAM, s->params);
    studyjson_set(json, from, EBB_SCALAR_TRAIT, s->traits);
    studyjson_set(json, from, EBB_SCALAR_INPUT, s->inputs);
    ebb_json_end(json, '}');
    ebb_json_key(json, "hold");
    ebb_json_begin(json, '{');
    studyjson_set(json, from, EBB_SCALAR_STATE, s->holds);
    ebb_json_end(json, '}');
    ebb_json_key(json, "start");
    ebb_json_begin(json, '{');
    studyjson_set(json, from, EBB_SCALAR_STATE, s->starts);
    ebb_json_end(json, '}');
    ebb_json_put_number(json, "time", s->time);
    if (s->slower_than > 0) {
        studyjson_slow(json, from);
    }
}

static void studyjson_head(ebb_json_t *json, const ebb_studied_t *from)
{
    ebb_model_info_t model = ebb_model_info(from->model);
    ebb_study_info_t info = ebb_study_info(from->study);
    ebb_json_put_string(json, "schema", "ebb/study");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "question", ebb_studied_question(from));
    ebb_json_put_string(json, "model", model.name);
    ebb_json_put_string(json, "text", model.text);
    ebb_json_put_string(json, "time_unit", model.time_unit);
    ebb_json_put_bool(json, "steps", model.steps);
    ebb_json_put_string(json, "scenario", from->scenario ? from->scenario->name : NULL);
    studyjson_settings(json, from);
    ebb_json_put_string(json, "events", from->settings->mean_events ? "mean" : "off");
    ebb_json_put_count(json, "noises", info.noises);
    ebb_json_put_count(json, "rate_events", info.rate_events);
    ebb_json_put_count(json, "guard_events", info.guard_events);
}

/* --- points ----------------------------------------------------------------------- */

static void studyjson_values(ebb_json_t *json, const ebb_studied_t *from,
                             const double *values)
{
    ebb_json_key(json, "values");
    ebb_json_begin(json, '{');
    for (size_t i = 0; i < from->output_count; i++) {
        ebb_json_put_number(json, ebb_studied_name(from, i),
                            ebb_studied_value(from, values, i));
    }
    ebb_json_end(json, '}');
}

static void studyjson_eigenvalue(ebb_json_t *json, ebb_eigenvalue_t value)
{
    ebb_json_begin(json, '[');
    ebb_json_number(json, value.re);
    ebb_json_number(json, value.im);
    ebb_json_end(json, ']');
}

static void studyjson_equilibrium(ebb_json_t *json, const ebb_studied_t *from,
                                  const ebb_equilibrium_t *point)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "stability", ebb_stability_word(point->stability));
    ebb_json_put_count(json, "unstable", point->unstable_count);
    ebb_json_put_bool(json, "kink", point->kink);
    ebb_json_put_number(json, "residual", point->residual);
    ebb_json_key(json, "eigenvalues");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < point->eigenvalue_count; i++) {
        studyjson_eigenvalue(json, point->eigenvalues[i]);
    }
    ebb_json_end(json, ']');
    studyjson_values(json, from, point->values);
    ebb_json_end(json, '}');
}

static void studyjson_equilibria(ebb_json_t *json, const ebb_studied_t *from)
{
    const ebb_equilibria_t *found = from->equilibria;
    ebb_json_put_count(json, "starts", found->starts);
    ebb_json_put_count(json, "arrived", found->arrived);
    ebb_json_put_count(json, "outside", found->outside);
    ebb_json_key(json, "points");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < found->count; k++) {
        studyjson_equilibrium(json, from, &found->points[k]);
    }
    ebb_json_end(json, ']');
}

static void studyjson_branch(ebb_json_t *json, const ebb_studied_t *from)
{
    const ebb_branch_t *branch = from->branch;
    ebb_json_put_string(json, "vary", from->lead);
    ebb_json_put_string(json, "end", branch->end);
    ebb_json_key(json, "points");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < branch->count; k++) {
        const ebb_branch_point_t *point = &branch->points[k];
        ebb_json_begin(json, '{');
        ebb_json_put_number(json, "number", point->number);
        ebb_json_put_string(json, "mark", ebb_landmark_word(point->mark));
        ebb_json_put_count(json, "unstable", point->unstable_count);
        ebb_json_key(json, "leading");
        studyjson_eigenvalue(json, point->leading);
        ebb_json_put_number(json, "frequency", point->frequency);
        studyjson_values(json, from, point->values);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

/* The name of a state. */
static const char *studyjson_state(const ebb_studied_t *from, size_t state)
{
    ebb_scalar_t scalar = {.name = NULL};
    (void)!ebb_model_scalar(from->model, EBB_SCALAR_STATE, state, &scalar);
    return scalar.name;
}

static void studyjson_sweep(ebb_json_t *json, const ebb_studied_t *from)
{
    ebb_json_put_string(json, "vary", from->lead);
    ebb_json_key(json, "points");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < from->sweep->count; k++) {
        const ebb_hysteresis_row_t *row = &from->sweep->rows[k];
        ebb_json_begin(json, '{');
        ebb_json_put_number(json, "number", row->number);
        ebb_json_put_bool(json, "back", row->back);
        ebb_json_put_bool(json, "moving", row->moving);
        ebb_json_put_string(json, "jumped",
                            row->jumped ? studyjson_state(from, row->jumped - 1)
                                        : NULL);
        studyjson_values(json, from, row->values);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void studyjson_cycle(ebb_json_t *json, const ebb_studied_t *from)
{
    const ebb_limit_cycle_t *cycle = from->cycle;
    double none = (double)NAN;
    ebb_json_put_bool(json, "found", cycle->found);
    ebb_json_put_bool(json, "rests", cycle->rests);
    ebb_json_put_number(json, "period", cycle->found ? cycle->period : none);
    ebb_json_put_number(json, "drift", cycle->rests ? none : cycle->drift);
    ebb_json_put_count(json, "returns", cycle->returns);
    ebb_json_put_string(json, "section", studyjson_state(from, cycle->section));
    ebb_json_key(json, "ranges");
    ebb_json_begin(json, '{');
    for (size_t i = 0; i < ebb_model_info(from->model).states; i++) {
        ebb_json_key(json, studyjson_state(from, i));
        ebb_json_begin(json, '[');
        ebb_json_number(json, cycle->low[i]);
        ebb_json_number(json, cycle->high[i]);
        ebb_json_end(json, ']');
    }
    ebb_json_end(json, '}');
}

static void studyjson_share(ebb_json_t *json, const ebb_studied_t *from)
{
    const ebb_share_t *share = from->share;
    ebb_json_put_string(json, "cut", from->cut);
    ebb_json_put_string(json, "outcome", from->to);
    ebb_json_put_number(json, "value", share->value);
    ebb_json_put_count(json, "couples", (size_t)share->couples);
    ebb_json_put_number(json, "with", share->with);
    ebb_json_put_number(json, "without", share->without);
    ebb_json_put_number(json, "share", share->share);
    ebb_json_put_number(json, "error", share->error);
}

static void studyjson_range(ebb_json_t *json, const ebb_levers_range_t *range)
{
    ebb_json_put_number(json, "median", range->median);
    ebb_json_put_number(json, "low", range->low);
    ebb_json_put_number(json, "high", range->high);
}

static void studyjson_levers(ebb_json_t *json, const ebb_studied_t *from)
{
    const ebb_levers_t *found = from->levers;
    ebb_json_put_string(json, "cut", from->cut);
    ebb_json_put_number(json, "gain", found->gain);
    ebb_json_put_number(json, "rest", found->rest);
    ebb_json_put_count(json, "draws", found->draws);
    ebb_json_put_number(json, "within", found->within);
    ebb_json_put_count(json, "resting", found->resting);
    ebb_json_put_count(json, "counted", found->counted);
    studyjson_range(json, &found->gain_range);
    ebb_json_key(json, "levers");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < found->count; k++) {
        const ebb_lever_t *lever = &found->levers[k];
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "lever", ebb_studied_lever(from, k));
        ebb_json_put_number(json, "gain", lever->gain);
        ebb_json_put_number(json, "change", lever->change);
        ebb_json_put_number(json, "rest", lever->rest);
        studyjson_range(json, &lever->change_range);
        ebb_json_put_number(json, "most", lever->most);
        ebb_json_put_count(json, "draws", lever->draws);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void studyjson_body(ebb_json_t *json, const ebb_studied_t *from)
{
    if (from->equilibria) {
        studyjson_equilibria(json, from);
    } else if (from->gain) {
        ebb_json_put_string(json, "cut", from->cut);
        ebb_json_put_string(json, "to", from->to[0] ? from->to : NULL);
        ebb_json_put_number(json, "gain", from->gain->gain);
        ebb_json_put_number(json, "closed", from->gain->closed);
    } else if (from->share) {
        studyjson_share(json, from);
    } else if (from->branch) {
        studyjson_branch(json, from);
    } else if (from->sweep) {
        studyjson_sweep(json, from);
    } else if (from->cycle) {
        studyjson_cycle(json, from);
    } else if (from->levers) {
        studyjson_levers(json, from);
    } else {
        ebb_json_put_number(json, "exponent", from->lyapunov->exponent);
        ebb_json_put_number(json, "error", from->lyapunov->error);
        ebb_json_put_number(json, "length", from->lyapunov->length);
    }
}

int ebb_studied_json(ebb_text_t *out, const ebb_studied_t *from)
{
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    studyjson_head(&json, from);
    studyjson_body(&json, from);
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}
