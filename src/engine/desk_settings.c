/* SPDX-License-Identifier: MIT
 * What is set on the desk: numbers of the model, options, times, outputs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "ebb/nearest.h"
#include "engine/desk.h"

/* --- memory ----------------------------------------------------------------------- */

static size_t desk_number_count(const ebb_desk_t *desk)
{
    return desk->info.params + desk->info.traits + desk->info.states;
}

static void desk_drop_variation(ebb_desk_t *desk, size_t k)
{
    ebb_desk_variation_t *variation = &desk->variations[k];
    ebb_room_free(variation->values, variation->count * sizeof *variation->values);
    *variation = desk->variations[--desk->variation_count];
}

void ebb_desk_drop_settings(ebb_desk_t *desk)
{
    while (desk->variation_count) {
        desk_drop_variation(desk, desk->variation_count - 1);
    }
    size_t most = desk_number_count(desk);
    ebb_room_free(desk->variations, most * sizeof *desk->variations);
    ebb_room_free(desk->numbers, most * sizeof *desk->numbers);
    ebb_room_free(desk->outputs, desk->settings.output_count * sizeof *desk->outputs);
    desk->variations = NULL;
    desk->numbers = NULL;
    desk->outputs = NULL;
    desk->settings.output_count = 0;
    desk->settings.outputs = NULL;
    desk->settings.params = desk->settings.traits = desk->settings.starts = NULL;
}

static int desk_no_memory(ebb_desk_t *desk)
{
    return ebb_desk_refuse(desk, EBB_ERR_MEMORY, "not enough memory");
}

/* --- names ------------------------------------------------------------------------ */

int ebb_desk_need_model(ebb_desk_t *desk)
{
    ebb_desk_hush(desk);
    return desk->model
               ? EBB_OK
               : ebb_desk_refuse(desk, EBB_ERR_ARGUMENT, "no model has been read");
}

/* A name that is passed in, as C has it; one that is too long is cut, and so none. */
static void desk_name(char out[EBB_DESK_NAME], const char *name, size_t size)
{
    size_t kept = size < EBB_DESK_NAME ? size : EBB_DESK_NAME - 1;
    memset(out, 0, EBB_DESK_NAME);
    if (kept) {
        memcpy(out, name, kept);
    }
}

int ebb_desk_find(ebb_desk_t *desk, const char *name, size_t size,
                  ebb_scalar_kind_t *kind, size_t *index)
{
    char whole[EBB_DESK_NAME];
    ebb_error_t error = {0};
    int code = ebb_desk_need_model(desk);
    if (code) {
        return code;
    }
    desk_name(whole, name, size);
    code = ebb_model_find(desk->model, whole, kind, index, &error);
    return code ? ebb_desk_refuse(desk, code, "%s", error.text) : EBB_OK;
}

/* A number that may be set, by its name. */
static int desk_find_settable(ebb_desk_t *desk, const char *name, size_t size,
                              ebb_scalar_kind_t *kind, size_t *index)
{
    int code = ebb_desk_find(desk, name, size, kind, index);
    if (!code && (*kind == EBB_SCALAR_INPUT || *kind == EBB_SCALAR_LET)) {
        return ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,
                               *kind == EBB_SCALAR_INPUT
                                   ? "`%.*s` is an input: a scenario leads it"
                                   : "`%.*s` follows from other numbers: set those",
                               (int)size, name);
    }
    return code;
}

static int desk_check_range(ebb_desk_t *desk, ebb_scalar_kind_t kind, size_t index,
                            double value)
{
    ebb_scalar_t scalar = {0};
    int code = ebb_model_scalar(desk->model, kind, index, &scalar);
    if (code || isnan(value) || (value >= scalar.low && value <= scalar.high)) {
        return code;
    }
    return ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,
                           "`%s` is %g; it may be from %g to %g", scalar.name, value,
                           scalar.low, scalar.high);
}

/* --- numbers of the model --------------------------------------------------------- */

/* Where the number stands among all that may be set. */
static size_t desk_place(const ebb_desk_t *desk, ebb_scalar_kind_t kind, size_t index)
{
    size_t params = desk->info.params, traits = desk->info.traits;
    return kind == EBB_SCALAR_PARAM   ? index
           : kind == EBB_SCALAR_TRAIT ? params + index
                                      : params + traits + index;
}

static int desk_open_numbers(ebb_desk_t *desk)
{
    size_t count = desk_number_count(desk);
    double *numbers = ebb_room_new(count * sizeof *numbers);
    if (!numbers) {
        return desk_no_memory(desk);
    }
    for (size_t k = 0; k < count; k++) {
        numbers[k] = (double)NAN;
    }
    desk->numbers = numbers;
    desk->settings.params = numbers;
    desk->settings.traits = numbers + desk->info.params;
    desk->settings.starts = desk->settings.traits + desk->info.traits;
    return EBB_OK;
}

int ebb_desk_set(ebb_desk_t *desk, const char *name, size_t size, double value)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_PARAM;
    size_t index = 0;
    int code = desk_find_settable(desk, name, size, &kind, &index);
    code = code ? code : desk_check_range(desk, kind, index, value);
    code = code || desk->numbers ? code : desk_open_numbers(desk);
    if (!code) {
        ebb_desk_drop_run(desk);
        desk->numbers[desk_place(desk, kind, index)] = value;
    }
    return code;
}

void ebb_desk_vary_couple(void *user, uint64_t couple, double *params, double *traits,
                          double *starts)
{
    const ebb_desk_t *desk = user;
    for (size_t k = 0; k < desk->variation_count; k++) {
        const ebb_desk_variation_t *variation = &desk->variations[k];
        double value = variation->values[couple % variation->count];
        double *list = variation->kind == EBB_SCALAR_PARAM   ? params
                       : variation->kind == EBB_SCALAR_TRAIT ? traits
                                                             : starts;
        list[variation->index] = isnan(value) ? list[variation->index] : value;
    }
}

/* Drops what varied this number before. */
static void desk_vary_no_more(ebb_desk_t *desk, ebb_scalar_kind_t kind, size_t index)
{
    for (size_t k = desk->variation_count; k-- > 0;) {
        if (desk->variations[k].kind == kind && desk->variations[k].index == index) {
            desk_drop_variation(desk, k);
        }
    }
}

/* Takes over `values`. There is room for one variation of each number. */
static int desk_add_variation(ebb_desk_t *desk, ebb_desk_variation_t variation)
{
    size_t most = desk_number_count(desk);
    if (!desk->variations) {
        desk->variations = ebb_room_new(most * sizeof *desk->variations);
    }
    if (!desk->variations || !variation.values) {
        ebb_room_free(variation.values, variation.count * sizeof *variation.values);
        return desk_no_memory(desk);
    }
    ebb_desk_drop_run(desk);
    desk_vary_no_more(desk, variation.kind, variation.index);
    desk->variations[desk->variation_count++] = variation;
    return EBB_OK;
}

int ebb_desk_vary(ebb_desk_t *desk, const char *name, size_t size, const double *values,
                  size_t count)
{
    ebb_desk_variation_t variation = {.count = count};
    int code = desk_find_settable(desk, name, size, &variation.kind, &variation.index);
    for (size_t k = 0; k < count && !code; k++) {
        code = desk_check_range(desk, variation.kind, variation.index, values[k]);
    }
    if (code) {
        return code;
    }
    if (count == 0) {
        ebb_desk_drop_run(desk);
        desk_vary_no_more(desk, variation.kind, variation.index);
        return EBB_OK;
    }
    variation.values = count <= SIZE_MAX / sizeof *values
                           ? ebb_room_new(count * sizeof *values)
                           : NULL;
    if (variation.values) {
        memcpy(variation.values, values, count * sizeof *values);
    }
    return desk_add_variation(desk, variation);
}

/* --- options ---------------------------------------------------------------------- */

static bool desk_take_number(double *out, const char *value)
{
    char *end = NULL;
    double number = *value ? strtod(value, &end) : 0;
    bool whole = !*value || (end != value && !*end && isfinite(number));
    *out = whole ? number : *out;
    return whole;
}

static bool desk_take_whole(uint64_t *out, const char *value)
{
    uint64_t number = 0;
    for (const char *c = value; *c; c++) {
        unsigned digit = (unsigned)*c - '0';
        if (digit > 9 || number > (UINT64_MAX - digit) / 10) {
            return false;
        }
        number = 10 * number + digit;
    }
    *out = number;
    return true;
}

static bool desk_take_lanes(size_t *out, const char *value)
{
    uint64_t number = 0;
    bool fine = desk_take_whole(&number, value) && number <= 64;
    *out = fine ? (size_t)number : *out;
    return fine;
}

static bool desk_take_exchange(bool *out, const char *value)
{
    uint64_t number = 0;
    bool fine = desk_take_whole(&number, value) && number <= 1;
    *out = fine ? number == 1 : *out;
    return fine;
}

/* name, what takes its value: `s` are the settings, `v` the value as text */
#define DESK_OPTIONS(X)                                                  \
    X("length", desk_take_number(&s->length, v))                         \
    X("method", ebb_method_of(*v ? v : "auto", &s->method))              \
    X("engine", ebb_engine_of(*v ? v : "auto", &s->engine))              \
    X("step", desk_take_number(&s->step, v))                             \
    X("tolerance", desk_take_number(&s->tolerance, v))                   \
    X("tolerance_absolute", desk_take_number(&s->tolerance_absolute, v)) \
    X("seed", desk_take_whole(&s->seed, v))                              \
    X("exchange", desk_take_exchange(&s->exchange, v))                   \
    X("lanes", desk_take_lanes(&s->lanes, v))

static int desk_refuse_option(ebb_desk_t *desk, const char *name)
{
    ebb_nearest_t nearest = {.typed = name};
#define DESK_CONSIDER(word, take) ebb_nearest_consider(&nearest, word);
    DESK_OPTIONS(DESK_CONSIDER)
#undef DESK_CONSIDER
    return ebb_desk_refuse(
        desk, EBB_ERR_ARGUMENT,
        nearest.best ? "there is no option `%s`; did you mean `%s`?"
                     : "there is no option `%s`; there are length, method, engine, "
                       "step, tolerance, tolerance_absolute, seed, exchange and lanes",
        name, nearest.best);
}

int ebb_desk_option(ebb_desk_t *desk, const char *name, size_t size, const char *value,
                    size_t value_size)
{
    char key[EBB_DESK_NAME], v[EBB_DESK_NAME];
    ebb_run_settings_t *s = &desk->settings;
    ebb_desk_hush(desk);
    ebb_desk_drop_run(desk);
    desk_name(key, name, size);
    desk_name(v, value, value_size);
#define DESK_TAKE(word, take)                                                         \
    if (strcmp(key, word) == 0) {                                                     \
        return (take)                                                                 \
                   ? EBB_OK                                                           \
                   : ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,                          \
                                     "`%s` is no value of the option `%s`", v, word); \
    }
    DESK_OPTIONS(DESK_TAKE)
#undef DESK_TAKE
    return desk_refuse_option(desk, key);
}

/* --- times and outputs ------------------------------------------------------------ */

int ebb_desk_times(ebb_desk_t *desk, const double *times, size_t count)
{
    ebb_desk_hush(desk);
    double *copy =
        count <= SIZE_MAX / sizeof *copy ? ebb_room_new(count * sizeof *copy) : NULL;
    if (!copy) {
        return desk_no_memory(desk);
    }
    if (count) {
        memcpy(copy, times, count * sizeof *copy);
    }
    ebb_desk_drop_run(desk);
    ebb_room_free(desk->times, desk->settings.time_count * sizeof *desk->times);
    desk->times = copy;
    desk->settings.times = copy;
    desk->settings.time_count = count;
    return EBB_OK;
}

/* Makes the list of outputs longer by one, or frees it. */
static int desk_resize_outputs(ebb_desk_t *desk, size_t count)
{
    size_t before = desk->settings.output_count;
    ebb_run_output_t *outputs = count ? ebb_room_new(count * sizeof *outputs) : NULL;
    if (count && !outputs) {
        return desk_no_memory(desk);
    }
    if (count && before) {
        memcpy(outputs, desk->outputs, before * sizeof *outputs);
    }
    ebb_room_free(desk->outputs, before * sizeof *outputs);
    desk->outputs = outputs;
    desk->settings.outputs = outputs;
    desk->settings.output_count = count;
    ebb_desk_drop_run(desk);
    return EBB_OK;
}

int ebb_desk_output(ebb_desk_t *desk, const char *name, size_t size)
{
    ebb_run_output_t output = {EBB_SCALAR_STATE, 0};
    if (size == 0) {
        int code = ebb_desk_need_model(desk);
        return code ? code : desk_resize_outputs(desk, 0);
    }
    int code = ebb_desk_find(desk, name, size, &output.kind, &output.index);
    if (!code && output.kind != EBB_SCALAR_STATE && output.kind != EBB_SCALAR_LET) {
        return ebb_desk_refuse(desk, EBB_ERR_ARGUMENT,
                               "`%.*s` does not change by itself: outputs are states "
                               "and lets",
                               (int)size, name);
    }
    code = code ? code : desk_resize_outputs(desk, desk->settings.output_count + 1);
    if (!code) {
        desk->outputs[desk->settings.output_count - 1] = output;
    }
    return code;
}
