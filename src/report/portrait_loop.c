/* SPDX-License-Identifier: MIT
 * The loop at the moments of a portrait: which states are slow, what moves what, and
 * the gain of the fast part. */
#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "ebb/study.h"
#include "report/portrait.h"
#include "study/slow.h"

typedef struct ebb_sitting_study {
    ebb_sitting_t *sitting;
    ebb_study_moment_t *items;
    ebb_study_moments_t moments; /* these */
    double *holds;
    ebb_study_t *study; /* with slow states held, once they are known */
} ebb_sitting_study_t;

/* A model that is no matter for a study has no nodes and no cuts; the rest stays. */
static int loop_tolerate(int code)
{
    return code == EBB_ERR_MEMORY ? code : EBB_OK;
}

/* --- slow states ------------------------------------------------------------------ */

static int loop_study(ebb_sitting_study_t *s, const double *holds, ebb_error_t *error)
{
    const ebb_sitting_t *sitting = s->sitting;
    const ebb_study_settings_t settings = {
        .params = sitting->params,
        .traits = sitting->portrait->traits,
        .holds = holds,
        .alloc = sitting->what->settings->alloc,
    };
    ebb_study_free(s->study);
    return ebb_study_new(&s->study, sitting->what->model, &settings, error);
}

static int loop_slow(ebb_sitting_study_t *s, ebb_error_t *error)
{
    ebb_sitting_t *sitting = s->sitting;
    ebb_portrait_t *p = sitting->portrait;
    int code = loop_study(s, NULL, error);
    code = code ? code : ebb_study_slow(s->study, s->moments, p->slow, error);
    for (size_t i = 0; i < sitting->info.states; i++) {
        s->holds[i] = p->slow[i] ? 0 : (double)NAN;
    }
    return code ? code : loop_study(s, s->holds, error);
}

/* --- what moves what -------------------------------------------------------------- */

/* Whether a shown quantity can be a node: it is taken alone first. */
static bool loop_is_node(const ebb_sitting_study_t *s, ebb_run_output_t output)
{
    const ebb_study_nodes_t nodes = {&output, 1};
    const ebb_study_moments_t never = {0};
    double none;
    return ebb_study_links(s->study, nodes, never, &none, NULL) == EBB_OK;
}

static int loop_links(ebb_sitting_study_t *s, ebb_error_t *error)
{
    ebb_sitting_t *sitting = s->sitting;
    ebb_portrait_t *p = sitting->portrait;
    ebb_run_output_t nodes[EBB_PORTRAIT_SHOWN_MOST];
    p->nodes = ebb_arena_new(sitting->arena, (p->shown_count + 1) * sizeof *p->nodes);
    if (!p->nodes) {
        return EBB_ERR_MEMORY;
    }
    for (size_t k = 0; k < p->shown_count; k++) {
        if (loop_is_node(s, p->shown[k])) {
            nodes[p->node_count] = p->shown[k];
            p->nodes[p->node_count++] = k;
        }
    }
    size_t n = p->node_count;
    p->strengths = ebb_sitting_numbers(sitting, p->moment_count * n * n);
    const ebb_study_nodes_t all = {nodes, n};
    return p->strengths
               ? ebb_study_links(s->study, all, s->moments, p->strengths, error)
               : EBB_ERR_MEMORY;
}

/* --- gain ------------------------------------------------------------------------- */

/* The gain at a cut, if it can be cut there, behind those that are known. */
static int loop_cut(ebb_sitting_study_t *s, ebb_run_output_t at, double *column)
{
    ebb_portrait_t *p = s->sitting->portrait;
    size_t room = EBB_PORTRAIT_SHOWN_MOST;
    int code = ebb_study_gain_along(s->study, at, s->moments, column, NULL);
    for (size_t m = 0; m < p->moment_count && !code; m++) {
        p->gains[m * room + p->cut_count] = column[m];
    }
    p->cuts[p->cut_count] = at;
    p->cut_count += !code;
    return loop_tolerate(code);
}

/* The gains of all persons who have a quantity of this name among the shown. */
static int loop_cut_name(ebb_sitting_study_t *s, const char *name, double *column)
{
    ebb_portrait_t *p = s->sitting->portrait;
    int code = EBB_OK;
    for (size_t k = 0; k < p->shown_count && !code; k++) {
        ebb_scalar_t scalar;
        (void)!ebb_model_scalar(s->sitting->what->model, p->shown[k].kind,
                                p->shown[k].index, &scalar);
        if (*scalar.person && strcmp(ebb_scalar_base(&scalar), name) == 0) {
            code = loop_cut(s, p->shown[k], column);
        }
    }
    return code;
}

/* From `room` columns to as many as there are. */
static void loop_pack(ebb_portrait_t *p)
{
    for (size_t m = 0; m < p->moment_count; m++) {
        for (size_t k = 0; k < p->cut_count; k++) {
            p->gains[m * p->cut_count + k] = p->gains[m * EBB_PORTRAIT_SHOWN_MOST + k];
        }
    }
}

static int loop_gains(ebb_sitting_study_t *s)
{
    ebb_sitting_t *sitting = s->sitting;
    ebb_portrait_t *p = sitting->portrait;
    size_t room = EBB_PORTRAIT_SHOWN_MOST;
    double *column = ebb_sitting_numbers(sitting, p->moment_count);
    p->gains = ebb_sitting_numbers(sitting, p->moment_count * room);
    p->cuts = ebb_arena_new(sitting->arena, (room + 1) * sizeof *p->cuts);
    int code = column && p->gains && p->cuts ? EBB_OK : EBB_ERR_MEMORY;
    for (size_t k = 0; k < sitting->withdrawal_count && !code; k++) {
        code = loop_cut(s, sitting->withdrawals[k], column);
    }
    for (size_t k = 0; k < p->shown_count && p->cut_count == 0 && !code; k++) {
        ebb_scalar_t scalar;
        (void)!ebb_model_scalar(sitting->what->model, p->shown[k].kind,
                                p->shown[k].index, &scalar);
        code = loop_cut_name(s, ebb_scalar_base(&scalar), column);
    }
    if (!code) {
        loop_pack(p);
    }
    return code;
}

/* --- the whole -------------------------------------------------------------------- */

static int loop_moments(ebb_sitting_study_t *s)
{
    ebb_sitting_t *sitting = s->sitting;
    ebb_portrait_t *p = sitting->portrait;
    size_t states = sitting->info.states, inputs = sitting->info.inputs;
    s->items = ebb_arena_new(sitting->arena, (p->moment_count + 1) * sizeof *s->items);
    s->moments = (ebb_study_moments_t){s->items, p->moment_count};
    s->holds = ebb_sitting_numbers(sitting, states);
    p->slow = ebb_arena_new(sitting->arena, (states + 1) * sizeof *p->slow);
    for (size_t m = 0; m < p->moment_count && s->items; m++) {
        s->items[m] = (ebb_study_moment_t){
            .states = sitting->states + m * states,
            .inputs = sitting->inputs + m * inputs,
            .time = p->moments[m],
        };
    }
    return s->items && s->holds && p->slow ? EBB_OK : EBB_ERR_MEMORY;
}

int ebb_sitting_loop(ebb_sitting_t *sitting, ebb_error_t *error)
{
    ebb_sitting_study_t s = {.sitting = sitting};
    int code = loop_moments(&s);
    if (!code) {
        int found = loop_slow(&s, error);
        found = found ? found : loop_links(&s, error);
        found = found ? found : loop_gains(&s);
        code = loop_tolerate(found);
    }
    ebb_study_free(s.study);
    return code ? ebb_fail(error, code, "not enough memory for a portrait") : EBB_OK;
}
