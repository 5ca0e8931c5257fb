/* SPDX-License-Identifier: MIT
 * The loop along a run: its gain at each time, and where the quick part of the model
 * would rest. */
#include <math.h>

#include "core/arena.h"
#include "core/json.h"
#include "engine/desk.h"
#include "study/slow.h"

/* One couple's run, looked at with what is slow held. */
typedef struct desk_look {
    ebb_arena_t arena;
    ebb_run_info_t info;
    double *params, *traits; /* of the couple */
    double *holds, *inputs;
    bool *slow;
    ebb_study_moment_t *items;
    ebb_study_moments_t moments; /* those at which all is finite */
    ebb_study_t *study;
} desk_look_t;

static void *desk_room(desk_look_t *look, size_t count, size_t size)
{
    return ebb_arena_new(&look->arena, (count + 1) * size);
}

static void desk_look_close(desk_look_t *look)
{
    ebb_study_free(look->study);
    ebb_arena_free(&look->arena);
}

static int desk_look_rooms(ebb_desk_t *desk, desk_look_t *look)
{
    size_t times = look->info.time_count, one = sizeof(double);
    look->params = desk_room(look, desk->info.params, one);
    look->traits = desk_room(look, desk->info.traits, one);
    look->holds = desk_room(look, desk->info.states, one);
    look->inputs = desk_room(look, desk->info.inputs * times, one);
    look->slow = desk_room(look, desk->info.states, sizeof *look->slow);
    look->items = desk_room(look, times, sizeof *look->items);
    return look->params && look->traits && look->holds && look->inputs && look->slow &&
                   look->items
               ? EBB_OK
               : EBB_ERR_MEMORY;
}

static void desk_look_moments(const ebb_desk_t *desk, desk_look_t *look,
                              const double *rows)
{
    size_t width = look->info.output_count, inputs = desk->info.inputs;
    for (size_t k = 0; k < look->info.time_count; k++) {
        double *at = look->inputs + k * inputs;
        ebb_run_inputs(desk->run, desk->times[k], at);
        look->items[k] = (ebb_study_moment_t){
            .states = rows + k * width, .inputs = at, .time = desk->times[k]};
    }
    look->moments = (ebb_study_moments_t){look->items, look->info.time_count};
}

/* The couple's study: first with nothing held, then with what is slow held where it is
 * at `moment`. */
static int desk_look_study(ebb_desk_t *desk, desk_look_t *look,
                           const ebb_study_moment_t *moment, bool held,
                           ebb_error_t *error)
{
    const ebb_study_settings_t settings = {
        .params = look->params,
        .traits = look->traits,
        .inputs = moment->inputs,
        .starts = moment->states,
        .holds = held ? look->holds : NULL,
        .time = moment->time,
    };
    for (size_t i = 0; i < desk->info.states && held; i++) {
        look->holds[i] = look->slow[i] ? moment->states[i] : (double)NAN;
    }
    ebb_study_free(look->study);
    look->study = NULL;
    return ebb_study_new(&look->study, desk->model, &settings, error);
}

static int desk_look_make(ebb_desk_t *desk, desk_look_t *look, const double *rows,
                          uint32_t time, ebb_error_t *error)
{
    int code = desk_look_rooms(desk, look);
    const ebb_model_numbers_t numbers = {.params = look->params,
                                         .traits = look->traits};
    code = code ? code : ebb_run_numbers(desk->run, desk->ran, numbers, error);
    if (!code) {
        desk_look_moments(desk, look, rows);
        code = desk_look_study(desk, look, look->items, false, error);
    }
    code = code ? code : ebb_study_slow(look->study, look->moments, look->slow, error);
    return code ? code : desk_look_study(desk, look, &look->items[time], true, error);
}

/* Opens the look, or refuses; the look is to be closed either way. */
static int desk_look_open(ebb_desk_t *desk, desk_look_t *look, const double *rows,
                          uint32_t time)
{
    ebb_error_t error = {0};
    *look = (desk_look_t){.arena.alloc = ebb_alloc_default()};
    int code = ebb_desk_need_run(desk);
    if (code) {
        return code;
    }
    look->info = ebb_run_info(desk->run);
    if (desk->outputs || time >= look->info.time_count) {
        return ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,
                               desk->outputs ? "the loop is looked at in a run that "
                                               "writes all states and lets"
                                             : "the run writes no such time");
    }
    code = desk_look_make(desk, look, rows, time, &error);
    return code ? ebb_desk_refuse(desk, code, "%s",
                                  *error.text ? error.text : ebb_strerror(code))
                : EBB_OK;
}

int ebb_desk_gain(ebb_desk_t *desk, const char *cut, size_t size, const double *rows,
                  double *gains)
{
    desk_look_t look = {0};
    ebb_error_t error = {0};
    ebb_run_output_t at = {EBB_SCALAR_LET, 0};
    int code = ebb_desk_find(desk, cut, size, &at.kind, &at.index);
    if (code) {
        return code;
    }
    code = desk_look_open(desk, &look, rows, 0);
    if (!code && ebb_study_gain_along(look.study, at, look.moments, gains, &error)) {
        code = ebb_desk_refuse(desk, error.code, "%s", error.text);
    }
    desk_look_close(&look);
    return code;
}

/* --- rests ------------------------------------------------------------------------ */

static void desk_put_rest(ebb_json_t *json, const ebb_equilibrium_t *rest, size_t count)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "kind", ebb_stability_word(rest->stability));
    ebb_json_put_bool(json, "stable", rest->unstable_count == 0);
    ebb_json_key(json, "values");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < count; i++) {
        ebb_json_number(json, rest->values[i]);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

int ebb_desk_rests(ebb_desk_t *desk, const double *rows, uint32_t time, uint32_t starts)
{
    desk_look_t look = {0};
    ebb_error_t error = {0};
    ebb_equilibria_t found = {0};
    const ebb_equilibria_settings_t settings = {.starts = starts};
    ebb_json_t json = {.out = &desk->reply};
    int code = desk_look_open(desk, &look, rows, time);
    if (!code && ebb_study_equilibria(look.study, &settings, &found, &error)) {
        code = ebb_desk_refuse(desk, error.code, "%s", error.text);
    }
    if (!code) {
        ebb_json_begin(&json, '[');
        for (size_t k = 0; k < found.count; k++) {
            desk_put_rest(&json, &found.points[k],
                          ebb_study_info(look.study).value_count);
        }
        ebb_json_end(&json, ']');
        code = ebb_desk_replied(desk);
    }
    ebb_equilibria_free(&found);
    desk_look_close(&look);
    return code;
}
