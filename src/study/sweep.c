/* SPDX-License-Identifier: MIT
 * A number led up and down in steps, and the couple behind it. */
#include "core/fail.h"
#include "math/bits.h"
#include "study/flow.h"
#include "study/orbit.h"

#define SWEEP_STEPS 100u
#define SWEEP_SETTLE 150.0
#define SWEEP_NUDGE 1e-9
#define SWEEP_JUMP 0.2
#define SWEEP_STILL 1e-6 /* size of R below which the couple has come to rest */

/* A sweep under way. */
typedef struct sweep_work {
    ebb_hysteresis_settings_t settings; /* with its defaults filled in */
    ebb_reduction_t reduction;
    ebb_flow_t flow;
    ebb_orbit_t orbit;
    double x[EBB_STUDY_FREE_MOST];
    ebb_hysteresis_t *sweep;
} sweep_work_t;

static void sweep_defaults(ebb_hysteresis_settings_t *s, bool steps)
{
    s->steps = s->steps ? s->steps : SWEEP_STEPS;
    s->settle = s->settle > 0 ? s->settle : SWEEP_SETTLE;
    s->settle = steps ? ebb_math_floor(s->settle + 0.5) : s->settle;
    s->nudge = s->nudge > 0 ? s->nudge : SWEEP_NUDGE;
    s->jump = s->jump > 0 ? s->jump : SWEEP_JUMP;
}

/* Of unlike size for unlike states, so that it leaves a symmetric state too. */
static void sweep_nudge(sweep_work_t *s)
{
    for (size_t i = 0; i < s->flow.n; i++) {
        double by = s->settings.nudge * (1 + 0.5 * (double)i);
        s->x[i] += by * (1 + ebb_magnitude(s->x[i]));
    }
}

static int sweep_row(sweep_work_t *s, size_t k, ebb_error_t *error)
{
    size_t steps = s->settings.steps, at = k <= steps ? k : 2 * steps + 1 - k;
    double part = (double)at / (double)steps;
    const ebb_system_t *model = s->reduction.study->system;
    ebb_hysteresis_row_t *row = &s->sweep->rows[k];
    row->back = k > steps;
    row->number = s->settings.from + part * (s->settings.to - s->settings.from);
    s->orbit.values[s->reduction.lead] = row->number;
    ebb_flow_set(&s->flow, s->reduction.lead, row->number);
    sweep_nudge(s);
    int code = ebb_orbit_follow(&s->orbit, s->x, 1, s->x, error);
    if (code) {
        return code;
    }
    if (s->x[0] != s->x[0]) {
        return ebb_fail(error, EBB_ERR_NUMERIC,
                        "at %g a state of `%s` became infinite or could not be "
                        "followed",
                        row->number, model->name);
    }
    row->moving = !(ebb_flow_residual(&s->flow, s->x) < SWEEP_STILL);
    size_t count = model->state_count + model->let_count;
    double *values = ebb_arena_new(s->sweep->_memory, (count + 1) * sizeof *values);
    if (!values) {
        return ebb_study_fail_memory(error);
    }
    ebb_flow_values(&s->flow, s->x, values);
    row->values = values;
    return EBB_OK;
}

/* The width of what a state goes through in the sweep. */
static double sweep_width(const ebb_hysteresis_t *sweep, size_t state)
{
    double low = sweep->rows[0].values[state], high = low;
    for (size_t k = 1; k < sweep->count; k++) {
        double value = sweep->rows[k].values[state];
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    return high - low;
}

static void sweep_find_jumps(sweep_work_t *s)
{
    ebb_hysteresis_t *sweep = s->sweep;
    double widths[EBB_STUDY_FREE_MOST];
    for (size_t i = 0; i < s->flow.n; i++) {
        widths[i] = sweep_width(sweep, s->reduction.model[i]);
    }
    for (size_t k = 1; k < sweep->count; k++) {
        double even = 3 / (double)s->settings.steps;
        double most = s->settings.jump > even ? s->settings.jump : even;
        for (size_t i = 0; i < s->flow.n; i++) {
            size_t state = s->reduction.model[i];
            double width = widths[i];
            double by = ebb_magnitude(sweep->rows[k].values[state] -
                                      sweep->rows[k - 1].values[state]);
            if (width > 1e-6 && by > most * width) {
                most = by / width;
                sweep->rows[k].jumped = 1 + state;
            }
        }
    }
}

static int sweep_lead(sweep_work_t *s, const ebb_study_t *study, ebb_error_t *error)
{
    const ebb_reduce_wish_t wish = {.lead = &s->settings.lead};
    int code = ebb_reduce(&s->reduction, study, &wish, error);
    code = code ? code : ebb_flow_open(&s->flow, &s->reduction, error);
    if (code) {
        return code;
    }
    if (s->flow.n == 0 || !(s->settings.from - s->settings.to != 0)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "nothing is to be swept: from %g to %g, with %zu free states",
                        s->settings.from, s->settings.to, s->flow.n);
    }
    const ebb_orbit_wish_t along = {.length = s->settings.settle};
    code = ebb_orbit_open(&s->orbit, &s->reduction, &along, error);
    size_t count = 2 * s->settings.steps + 2;
    s->sweep->rows = ebb_arena_new(s->sweep->_memory, count * sizeof *s->sweep->rows);
    code = code ? code : s->sweep->rows ? EBB_OK : ebb_study_fail_memory(error);
    for (size_t i = 0; i < s->flow.n; i++) {
        s->x[i] = study->starts[s->reduction.model[i]];
    }
    for (size_t k = 0; k < count && !code; k++) {
        code = sweep_row(s, k, error);
        s->sweep->count += !code;
    }
    if (!code) {
        sweep_find_jumps(s);
    }
    return code;
}

int ebb_study_sweep(const ebb_study_t *study, const ebb_hysteresis_settings_t *settings,
                    ebb_hysteresis_t *sweep, ebb_error_t *error)
{
    *sweep = (ebb_hysteresis_t){0};
    if (settings->steps > EBB_STUDY_STEPS_MOST) {
        return ebb_fail(error, EBB_ERR_LIMIT,
                        "%zu steps are asked for; a sweep takes at most %d on each way",
                        settings->steps, EBB_STUDY_STEPS_MOST);
    }
    sweep->_memory = ebb_study_memory(study);
    if (!sweep->_memory) {
        return ebb_study_fail_memory(error);
    }
    sweep_work_t s = {.settings = *settings, .sweep = sweep};
    sweep_defaults(&s.settings, study->system->steps);
    int code = sweep_lead(&s, study, error);
    ebb_orbit_close(&s.orbit);
    ebb_flow_close(&s.flow);
    ebb_reduce_free(&s.reduction);
    if (code) {
        ebb_hysteresis_free(sweep);
    }
    return code;
}

void ebb_hysteresis_free(ebb_hysteresis_t *sweep)
{
    ebb_study_forget(sweep->_memory);
    *sweep = (ebb_hysteresis_t){0};
}
