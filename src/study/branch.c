/* SPDX-License-Identifier: MIT
 * Continuation of an equilibrium in one number: from station to station, with what is
 * special in between. */
#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/list.h"
#include "math/bits.h"
#include "study/path.h"
#include "study/rest.h"

#define BRANCH_STEP 0.02
#define BRANCH_STEP_LEAST 1e-9
#define BRANCH_POINTS 2000u
#define BRANCH_AFAR 1e6 /* scaled coordinates beyond which a state has run away */

/* A continuation under way. */
typedef struct ebb_trail {
    const ebb_branch_settings_t *settings;
    ebb_reduction_t reduction;
    ebb_path_t path;
    ebb_station_t first, now;
    double h, most;
    size_t points; /* at most */
    ebb_list_t list;
    ebb_branch_t *branch;
    int failed;
} ebb_trail_t;

static void branch_add(ebb_trail_t *trail, const ebb_station_t *at, ebb_landmark_t mark)
{
    const ebb_system_t *model = trail->reduction.study->system;
    size_t count = model->state_count + model->let_count, last = trail->path.n - 1;
    ebb_branch_point_t *point =
        ebb_list_push(&trail->list, &trail->reduction.study->alloc, sizeof *point);
    double *values =
        ebb_arena_new(trail->branch->_memory, (count + 1) * sizeof *values);
    if (!point || !values) {
        trail->failed = EBB_ERR_MEMORY;
        return;
    }
    (void)ebb_path_linearise(&trail->path, at->w);
    ebb_flow_values(&trail->path.flow, trail->path.x, values);
    bool turns = mark == EBB_LANDMARK_HOPF || mark == EBB_LANDMARK_TORUS;
    *point = (ebb_branch_point_t){
        .number = at->w[last] * trail->path.scale[last],
        .values = values,
        .leading = at->leading,
        .unstable_count = at->unstable,
        .mark = mark,
        .frequency = turns ? at->frequency : 0,
    };
}

/* --- beginning -------------------------------------------------------------------- */

static void branch_scale(ebb_trail_t *trail, const double *x)
{
    ebb_path_t *path = &trail->path;
    for (size_t i = 0; i + 1 < path->n; i++) {
        const ebb_state_t *state = &trail->reduction.system.states[i];
        double width = state->high - state->low;
        path->scale[i] =
            width < EBB_INFINITY && width > 0 ? width : 1 + ebb_magnitude(x[i]);
        trail->now.w[i] = x[i] / path->scale[i];
    }
    double span = trail->settings->high - trail->settings->low;
    path->scale[path->n - 1] = span;
    trail->now.w[path->n - 1] = trail->reduction.values[trail->reduction.lead] / span;
}

static int branch_check(const ebb_trail_t *trail, ebb_error_t *error)
{
    double low = trail->settings->low, high = trail->settings->high;
    double start = trail->reduction.values[trail->reduction.lead];
    if (!(low < high) || !(high - low < EBB_INFINITY)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the number is to go from %g to %g, which is no range", low,
                        high);
    }
    if (!(start >= low && start <= high)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the number is %g at the start, outside the range from %g to "
                        "%g: set it within",
                        start, low, high);
    }
    return EBB_OK;
}

static int branch_begin(ebb_trail_t *trail, const ebb_study_t *study,
                        ebb_error_t *error)
{
    const ebb_reduce_wish_t wish = {.lead = &trail->settings->lead};
    ebb_path_t *path = &trail->path;
    double x[EBB_STUDY_FREE_MOST], along[EBB_STUDY_FREE_MOST + 1] = {0};
    int code = ebb_reduce(&trail->reduction, study, &wish, error);
    code = code ? code : branch_check(trail, error);
    code = code ? code : ebb_flow_open(&path->flow, &trail->reduction, error);
    code = code ? code : ebb_rest_find(&path->flow, trail->settings->states, x, error);
    if (code) {
        return code;
    }
    path->n = path->flow.n + 1;
    if (ebb_spectrum_open(&path->spectrum, &path->flow)) {
        return ebb_study_fail_memory(error);
    }
    branch_scale(trail, x);
    along[path->n - 1] = trail->settings->down ? -1 : 1;
    if (!ebb_path_look(path, &trail->now, along)) {
        return ebb_fail(error, EBB_ERR_NUMERIC,
                        "`%s` is singular where the branch is to begin: begin "
                        "elsewhere",
                        study->system->name);
    }
    trail->first = trail->now;
    branch_add(trail, &trail->now, EBB_LANDMARK_NONE);
    return EBB_OK;
}

/* --- on the way ------------------------------------------------------------------- */

/* Cosine of the angle between two tangents. */
static double branch_bend(const ebb_trail_t *trail, const ebb_station_t *a,
                          const ebb_station_t *b)
{
    double sum = 0;
    for (size_t i = 0; i < trail->path.n; i++) {
        sum += a->t[i] * b->t[i];
    }
    return sum;
}

static double branch_apart(const ebb_trail_t *trail, const ebb_station_t *a,
                           const ebb_station_t *b)
{
    double square = 0;
    for (size_t i = 0; i < trail->path.n; i++) {
        square += (a->w[i] - b->w[i]) * (a->w[i] - b->w[i]);
    }
    return sqrt(square);
}

/* A step, shorter until it arrives and does not bend too much. Whether it does. */
static bool branch_advance(ebb_trail_t *trail, ebb_station_t *next)
{
    for (; trail->h >= BRANCH_STEP_LEAST; trail->h /= 2) {
        if (ebb_path_step(&trail->path, &trail->now, trail->h, next) &&
            (branch_bend(trail, &trail->now, next) > 0.95 || trail->h < 1e-6) &&
            branch_apart(trail, &trail->now, next) < 2 * trail->h) {
            return true;
        }
    }
    return false;
}

/* A step that would leave the range ends at its border. Whether it is so. */
static bool branch_leaves(ebb_trail_t *trail, ebb_station_t *next)
{
    size_t last = trail->path.n - 1;
    double span = trail->path.scale[last];
    double low = trail->settings->low / span, high = trail->settings->high / span;
    double at = next->w[last];
    if (at >= low && at <= high) {
        return false;
    }
    ebb_station_t border = *next;
    if (ebb_path_reach(&trail->path, &trail->now, &trail->h, at < low ? low : high,
                       &border)) {
        *next = border;
    }
    return true;
}

static bool branch_is_afar(const ebb_trail_t *trail)
{
    bool afar = false;
    for (size_t i = 0; i < trail->path.n; i++) {
        afar = afar || !(ebb_magnitude(trail->now.w[i]) < BRANCH_AFAR);
    }
    return afar;
}

static bool branch_closes(const ebb_trail_t *trail)
{
    return trail->list.count > 4 &&
           branch_apart(trail, &trail->first, &trail->now) < trail->h &&
           branch_bend(trail, &trail->first, &trail->now) > 0.9;
}

/* One step with all there is on it. Returns why the branch ends there, or NULL. */
static const char *branch_step(ebb_trail_t *trail)
{
    ebb_station_t next = trail->now;
    ebb_find_t finds[EBB_FINDS_MOST];
    if (!branch_advance(trail, &next)) {
        if (!ebb_path_turn(&trail->path, &trail->now)) {
            return "it could not be followed further: the equations jump there";
        }
        branch_add(trail, &trail->now, EBB_LANDMARK_KINK);
        trail->h = trail->most / 10;
        return NULL;
    }
    bool leaves = branch_leaves(trail, &next);
    size_t count = ebb_path_search(&trail->path, &trail->now, &next, trail->h, finds);
    for (size_t k = 0; k < count; k++) {
        branch_add(trail, &finds[k].at, finds[k].mark);
    }
    branch_add(trail, &next, leaves ? EBB_LANDMARK_END : EBB_LANDMARK_NONE);
    trail->now = next;
    double longer = trail->h * 1.5;
    trail->h = longer < trail->most ? longer : trail->most;
    return leaves                  ? "the range of the number ends"
           : branch_is_afar(trail) ? "a state grows without bound"
           : branch_closes(trail)  ? "it came back to where it began"
                                   : NULL;
}

static void branch_follow(ebb_trail_t *trail)
{
    const char *end = NULL;
    while (!end && !trail->failed) {
        end = trail->list.count >= trail->points ? "the number of points is used up"
                                                 : branch_step(trail);
    }
    trail->branch->end = end;
}

static int branch_keep(ebb_trail_t *trail, ebb_error_t *error)
{
    size_t size = trail->list.count * sizeof(ebb_branch_point_t);
    ebb_branch_point_t *points = ebb_arena_new(trail->branch->_memory, size + 1);
    if (trail->failed || !points) {
        return ebb_study_fail_memory(error);
    }
    memcpy(points, trail->list.items, size);
    trail->branch->points = points;
    trail->branch->count = trail->list.count;
    return EBB_OK;
}

int ebb_study_continue(const ebb_study_t *study, const ebb_branch_settings_t *settings,
                       ebb_branch_t *branch, ebb_error_t *error)
{
    *branch = (ebb_branch_t){._memory = ebb_study_memory(study)};
    ebb_trail_t *trail = ebb_new_array(&study->alloc, 1, sizeof *trail);
    if (!trail || !branch->_memory) {
        ebb_free_array(&study->alloc, trail, 1, sizeof *trail);
        ebb_branch_free(branch);
        return ebb_study_fail_memory(error);
    }
    trail->settings = settings;
    trail->branch = branch;
    trail->most = settings->step > 0 ? settings->step : BRANCH_STEP;
    trail->h = trail->most / 10;
    trail->points = settings->points ? settings->points : BRANCH_POINTS;
    int code = branch_begin(trail, study, error);
    if (!code) {
        branch_follow(trail);
        code = branch_keep(trail, error);
    }
    ebb_spectrum_close(&trail->path.spectrum);
    ebb_flow_close(&trail->path.flow);
    ebb_reduce_free(&trail->reduction);
    ebb_list_free(&trail->list, &study->alloc, sizeof(ebb_branch_point_t));
    ebb_free_array(&study->alloc, trail, 1, sizeof *trail);
    if (code) {
        ebb_branch_free(branch);
    }
    return code;
}

void ebb_branch_free(ebb_branch_t *branch)
{
    ebb_study_forget(branch->_memory);
    *branch = (ebb_branch_t){0};
}
