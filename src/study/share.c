/* SPDX-License-Identifier: MIT
 * Loop share: the same couples with a link and without it [eq 108]. */
#include <math.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/bits.h"
#include "run/machine.h"
#include "study/cut.h"
#include "study/rest.h"

#define SHARE_COUPLES 200u
#define SHARE_TIMES 200.0

/* One arm: the mean outcome of each couple. */
typedef struct ebb_share_arm {
    double *means;
    size_t times;
} ebb_share_arm_t;

static int share_record(void *user, uint64_t couple, const double *rows)
{
    ebb_share_arm_t *arm = user;
    double sum = 0;
    for (size_t k = 0; k < arm->times; k++) {
        sum += rows[k];
    }
    arm->means[couple] = sum / (double)arm->times;
    return 0;
}

static bool share_has_noise(const ebb_system_t *system)
{
    bool any = false;
    for (size_t i = 0; i < system->state_count; i++) {
        any = any || system->states[i].noise != EBB_NONE;
    }
    return any;
}

/* Times that count; to be freed by the arena. */
static double *share_times(const ebb_share_settings_t *settings, bool steps,
                           ebb_arena_t *scratch, size_t *count)
{
    double span = settings->length - settings->from;
    double every = settings->every > 0 ? settings->every : span / SHARE_TIMES;
    every = steps && every < 1 ? 1 : every;
    double whole = ebb_math_floor(span / every + 1e-9);
    *count = 1 + (whole < 1e6 ? (size_t)whole : 1000000u);
    double *times = ebb_arena_new(scratch, *count * sizeof *times);
    for (size_t k = 0; k < *count && times; k++) {
        double t = settings->from + every * (double)k;
        times[k] = steps ? ebb_math_floor(t + 1e-9) : t;
    }
    return times;
}

/* Runs one arm: couples of a reduced system. */
static int share_run(const ebb_reduction_t *reduction,
                     const ebb_share_settings_t *settings, ebb_share_arm_t *arm,
                     ebb_arena_t *scratch, ebb_error_t *error)
{
    const ebb_system_t *system = &reduction->system;
    const ebb_study_t *study = reduction->study;
    size_t n = system->state_count;
    double *starts = ebb_arena_new(scratch, (n + 1) * sizeof *starts);
    double *times = share_times(settings, system->steps, scratch, &arm->times);
    if (!starts || !times) {
        return ebb_study_fail_memory(error);
    }
    for (size_t i = 0; i < n; i++) {
        starts[i] = study->starts[reduction->model[i]];
    }
    ebb_run_output_t outcome = settings->outcome;
    outcome.index = outcome.kind == EBB_SCALAR_STATE ? reduction->place[outcome.index]
                                                     : outcome.index;
    const ebb_run_settings_t run_settings = {
        .method = share_has_noise(system) ? EBB_METHOD_AUTO : study->method,
        .length = settings->length,
        .step = settings->step,
        .tolerance = study->tolerance,
        .seed = settings->seed,
        .times = times,
        .time_count = arm->times,
        .outputs = &outcome,
        .output_count = 1,
        .params = reduction->values,
        .starts = starts,
        .alloc = &study->alloc,
    };
    ebb_simulation_t *run = NULL;
    int code = ebb_run_of_system(&run, system, NULL, &run_settings, error);
    ebb_run_job_t job = {
        .end = settings->couples, .record = share_record, .record_user = arm};
    code = code ? code : ebb_run_range(run, &job, error);
    ebb_run_free(run);
    return code;
}

static int share_arm(const ebb_study_t *study, const ebb_share_settings_t *settings,
                     const ebb_cut_link_t *cut, double value, ebb_share_arm_t *arm,
                     ebb_error_t *error)
{
    ebb_arena_t scratch = {.alloc = &study->alloc};
    ebb_reduction_t reduction;
    const ebb_reduce_wish_t wish = {.cut = cut, .live = true};
    int code = ebb_reduce(&reduction, study, &wish, error);
    if (!code) {
        reduction.values[reduction.lead] = value;
        code = share_run(&reduction, settings, arm, &scratch, error);
    }
    ebb_reduce_free(&reduction);
    ebb_arena_free(&scratch);
    return code;
}

/* Value of the quantity where the equations rest, from the study's start. */
static int share_calm(const ebb_study_t *study, ebb_run_output_t at,
                      ebb_arena_t *scratch, double *value, ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    const ebb_system_t *system = study->system;
    size_t count = system->state_count + system->let_count;
    double x[EBB_STUDY_FREE_MOST];
    double *values = ebb_arena_new(scratch, (count + 1) * sizeof *values);
    ebb_reduction_t reduction;
    ebb_flow_t flow = {0};
    int code = ebb_reduce(&reduction, study, &wish, error);
    code = code ? code : values ? EBB_OK : ebb_study_fail_memory(error);
    code = code ? code : ebb_flow_open(&flow, &reduction, error);
    code = code ? code : ebb_rest_find(&flow, NULL, x, error);
    if (!code) {
        ebb_flow_values(&flow, x, values);
        *value =
            values[at.index + (at.kind == EBB_SCALAR_LET ? system->state_count : 0)];
    }
    ebb_flow_close(&flow);
    ebb_reduce_free(&reduction);
    return code;
}

/* Means over couples that went both ways, the share, and its error. */
static int share_sum(const ebb_share_arm_t arms[2], uint64_t couples,
                     ebb_share_t *share, ebb_error_t *error)
{
    double sums[2] = {0}, square = 0, count = 0;
    for (uint64_t c = 0; c < couples; c++) {
        double with = arms[0].means[c], without = arms[1].means[c];
        if (ebb_magnitude(with) < EBB_INFINITY &&
            ebb_magnitude(without) < EBB_INFINITY) {
            sums[0] += with;
            sums[1] += without;
            count++;
        }
    }
    if (!(count > 0)) {
        return ebb_fail(error, EBB_ERR_NUMERIC,
                        "no couple could be run to the end with the link and without");
    }
    share->couples = (uint64_t)count;
    share->with = sums[0] / count;
    share->without = sums[1] / count;
    share->share = 1 - share->without / share->with;
    for (uint64_t c = 0; c < couples; c++) {
        double rest = arms[1].means[c] - (1 - share->share) * arms[0].means[c];
        double rounding = 1e-15 * ebb_magnitude(arms[1].means[c]); /* is no spread */
        bool spread = ebb_magnitude(rest) > rounding;
        square += spread && ebb_magnitude(rest) < EBB_INFINITY ? rest * rest : 0;
    }
    double size = ebb_magnitude(share->with);
    share->error = count > 1 ? sqrt(square / (count - 1) / count) / size : EBB_NAN;
    return EBB_OK;
}

static int share_check(const ebb_study_t *study, const ebb_share_settings_t *settings,
                       ebb_error_t *error)
{
    uint32_t node = 0;
    int code = ebb_cut_node(study, settings->outcome, &node, error);
    if (code) {
        return code;
    }
    if (settings->outcome.kind == EBB_SCALAR_STATE &&
        study->held[settings->outcome.index]) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` is held: as an outcome it says nothing",
                        study->system->states[settings->outcome.index].name);
    }
    if (!(settings->from >= 0) || !(settings->length > settings->from)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "times from %g on count in a run of length %g; the run must be "
                        "longer, and times from 0 on",
                        settings->from, settings->length);
    }
    return EBB_OK;
}

static int share_find(const ebb_study_t *study, const ebb_share_settings_t *settings,
                      ebb_arena_t *scratch, ebb_share_t *share, ebb_error_t *error)
{
    ebb_cut_link_t cut = {.whom = EBB_LINK_TO_OTHERS};
    ebb_share_arm_t arms[2] = {{0}};
    size_t room = (size_t)settings->couples + 1;
    int code = share_check(study, settings, error);
    code = code ? code : ebb_cut_make(&cut, study, settings->cut, scratch, error);
    share->value = settings->value;
    if (!code && isnan(settings->value)) {
        code = share_calm(study, settings->cut, scratch, &share->value, error);
    }
    for (int k = 0; k < 2 && !code; k++) {
        arms[k].means = ebb_arena_new(scratch, room * sizeof(double));
        code = arms[k].means ? share_arm(study, settings, k ? &cut : NULL, share->value,
                                         &arms[k], error)
                             : ebb_study_fail_memory(error);
    }
    return code ? code : share_sum(arms, settings->couples, share, error);
}

int ebb_study_share(const ebb_study_t *study, const ebb_share_settings_t *settings,
                    ebb_share_t *share, ebb_error_t *error)
{
    ebb_arena_t scratch = {.alloc = &study->alloc};
    ebb_share_settings_t own = *settings;
    own.couples = own.couples ? own.couples : SHARE_COUPLES;
    *share = (ebb_share_t){0};
    int code = share_find(study, &own, &scratch, share, error);
    ebb_arena_free(&scratch);
    return code;
}
