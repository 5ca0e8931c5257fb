/* SPDX-License-Identifier: MIT
 * Levers compared by what they do to the loop gain [eq 114], over draws of the
 * parameters. */
#include "ebb/levers.h"

#include <string.h>

#include "core/fail.h"
#include "math/bits.h"
#include "math/random.h"
#include "study/gain.h"

#define LEVERS_WITHIN 0.2
#define LEVERS_ALIKE 1e-6 /* relative difference of changes that is but rounding */

/* A comparison under way. */
typedef struct levers_work {
    const ebb_study_t *study;
    const ebb_levers_settings_t *settings;
    double within;
    ebb_levers_t *found;
    ebb_gain_work_t gain;
    double *params, *starts; /* of the draw at hand */
    double *numbers, *x;     /* as it is, and with each lever: a row of all numbers, and
                                of the free states */
    double *bases;           /* [draws] gains as it is */
    double *changes;         /* [levers][draws], NaN where there is none */
    double *scratch;         /* [draws] */
} levers_work_t;

/* --- which levers ----------------------------------------------------------------- */

static bool levers_is_one(const ebb_system_t *system, size_t input)
{
    return system->inputs[input].low == 0 && system->inputs[input].high == 1;
}

static int levers_check(const levers_work_t *w, ebb_error_t *error)
{
    const ebb_system_t *system = w->study->system;
    const ebb_levers_settings_t *s = w->settings;
    if (s->draws > EBB_LEVERS_DRAWS_MOST) {
        return ebb_fail(error, EBB_ERR_LIMIT, "%zu draws are asked for; at most %d",
                        s->draws, EBB_LEVERS_DRAWS_MOST);
    }
    if (!(w->within > 0 && w->within < 1)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "parameters are to vary within %g of themselves; it must be "
                        "above 0 and below 1",
                        w->within);
    }
    if (w->study->free_count == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "all states of `%s` are held: nothing is left to rest",
                        system->name);
    }
    for (size_t k = 0; s->inputs && k < s->input_count; k++) {
        if (s->inputs[k] >= system->input_count) {
            return ebb_fail(error, EBB_ERR_ARGUMENT, "`%s` has no input %zu",
                            system->name, s->inputs[k]);
        }
        if (!levers_is_one(system, s->inputs[k])) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "`%s` is no lever: its range is not [0, 1]",
                            system->inputs[s->inputs[k]].name);
        }
    }
    return EBB_OK;
}

static int levers_list(levers_work_t *w, ebb_error_t *error)
{
    const ebb_system_t *system = w->study->system;
    const ebb_levers_settings_t *s = w->settings;
    size_t most = s->inputs ? s->input_count : system->input_count;
    ebb_levers_t *found = w->found;
    found->levers = ebb_arena_new(found->_memory, (most + 1) * sizeof *found->levers);
    if (!found->levers) {
        return ebb_study_fail_memory(error);
    }
    for (size_t k = 0; k < most; k++) {
        size_t input = s->inputs ? s->inputs[k] : k;
        if (levers_is_one(system, input)) {
            found->levers[found->count++] = (ebb_lever_t){.input = input};
        }
    }
    return found->count ? EBB_OK
                        : ebb_fail(error, EBB_ERR_ARGUMENT,
                                   "`%s` has no lever: no input with the range [0, 1]",
                                   system->name);
}

static int levers_memory(levers_work_t *w, ebb_error_t *error)
{
    const ebb_system_t *system = w->study->system;
    ebb_arena_t *arena = &w->gain.scratch;
    size_t draws = w->settings->draws, count = w->found->count;
    w->params = ebb_arena_new(arena, (system->param_count + 1) * sizeof(double));
    w->starts = ebb_arena_new(arena, (system->state_count + 1) * sizeof(double));
    size_t rows = count + 1, numbers = w->gain.whole.system.param_count;
    w->numbers = ebb_arena_new(arena, rows * numbers * sizeof(double));
    w->x = ebb_arena_new(arena, (rows * w->gain.whole_flow.n + 1) * sizeof(double));
    w->bases = ebb_arena_new(arena, (draws + 1) * sizeof(double));
    w->scratch = ebb_arena_new(arena, (draws + 1) * sizeof(double));
    w->changes = ebb_arena_new(arena, (draws * count + 1) * sizeof(double));
    return w->params && w->starts && w->numbers && w->x && w->bases && w->scratch &&
                   w->changes
               ? EBB_OK
               : ebb_study_fail_memory(error);
}

/* --- the gain with each ----------------------------------------------------------- */

/* Place of a lever among the numbers. */
static size_t levers_place(const levers_work_t *w, size_t k)
{
    const ebb_system_t *system = w->study->system;
    return system->param_count + system->trait_count + w->found->levers[k].input;
}

/* Follows the couple as it is, and with each lever, from its start. */
static int levers_follow(levers_work_t *w, ebb_error_t *error)
{
    const ebb_reduction_t *whole = &w->gain.whole;
    size_t n = w->gain.whole_flow.n, count = whole->system.param_count;
    for (size_t row = 0; row <= w->found->count; row++) {
        double *numbers = w->numbers + row * count, *x = w->x + row * n;
        memcpy(numbers, whole->values, count * sizeof *numbers);
        if (row > 0) {
            numbers[levers_place(w, row - 1)] = 1;
        }
        for (size_t i = 0; i < n; i++) {
            x[i] = w->starts[whole->model[i]];
        }
    }
    w->gain.settle.numbers = w->numbers;
    return ebb_settle_follow(&w->gain.settle, &w->gain.whole_flow, w->x,
                             w->found->count + 1, error);
}

/* The gain as it is, after levers_follow. */
static int levers_base(levers_work_t *w, double *gain, ebb_error_t *error)
{
    ebb_gain_t found = {.gain = EBB_NAN};
    int code = ebb_gain_find(&w->gain, w->x, &found, error);
    *gain = code ? EBB_NAN : found.gain;
    return code;
}

/* The same with one lever in full; NaN where there is none. */
static int levers_try(levers_work_t *w, size_t k, double *gain)
{
    ebb_gain_t found = {.gain = EBB_NAN};
    size_t place = levers_place(w, k);
    double *x = w->x + (k + 1) * w->gain.whole_flow.n;
    ebb_gain_set(&w->gain, place, 1);
    int code = ebb_gain_find(&w->gain, x, &found, NULL);
    ebb_gain_set(&w->gain, place, w->study->inputs[w->found->levers[k].input]);
    *gain = code ? EBB_NAN : found.gain;
    return code == EBB_ERR_NUMERIC ? EBB_OK : code;
}

/* With the numbers of the study. */
static int levers_as_it_is(levers_work_t *w, ebb_error_t *error)
{
    ebb_levers_t *found = w->found;
    memcpy(w->starts, w->study->starts,
           w->study->system->state_count * sizeof *w->starts);
    int code = levers_follow(w, error);
    code = code ? code : levers_base(w, &found->gain, error);
    found->rest = ebb_gain_at_cut(&w->gain);
    for (size_t k = 0; k < found->count && !code; k++) {
        ebb_lever_t *lever = &found->levers[k];
        code = levers_try(w, k, &lever->gain);
        bool rests = lever->gain == lever->gain;
        lever->rest = rests ? ebb_gain_at_cut(&w->gain) : EBB_NAN;
        lever->change = lever->gain - found->gain;
    }
    return code;
}

/* --- draws ------------------------------------------------------------------------ */

/* A word that stands for a name (FNV-1a), so that a parameter's chance does not hang on
 * which others the model has. */
static uint32_t levers_word(const char *name)
{
    uint32_t word = 2166136261u;
    for (; *name; name++) {
        word = (word ^ (unsigned char)*name) * 16777619u;
    }
    return word;
}

/* Parameter k of a draw: a function of seed, draw and its name alone. */
static double levers_drawn(const levers_work_t *w, size_t draw, size_t k)
{
    const ebb_slot_t *slot = &w->study->system->params[k];
    double value = w->study->params[k];
    if (w->study->params_given[k]) {
        return value;
    }
    uint32_t chance =
        ebb_random_at(w->settings->seed, (uint32_t)draw, 0, levers_word(slot->name)).a;
    double drawn = value * (1 + w->within * ebb_random_signed(chance));
    drawn = drawn < slot->low ? slot->low : drawn;
    return drawn > slot->high ? slot->high : drawn;
}

static int levers_draw_numbers(levers_work_t *w, size_t draw)
{
    const ebb_system_t *system = w->study->system;
    for (size_t k = 0; k < system->param_count; k++) {
        w->params[k] = levers_drawn(w, draw, k);
        ebb_gain_set(&w->gain, k, w->params[k]);
    }
    int code = ebb_study_starts(w->study, w->params, w->starts);
    for (size_t i = 0; i < system->state_count && !code; i++) {
        ebb_gain_set(&w->gain, w->gain.whole.held + i, w->starts[i]);
    }
    return code;
}

static int levers_draw(levers_work_t *w, size_t draw)
{
    ebb_levers_t *found = w->found;
    double *base = &w->bases[draw];
    int code = levers_draw_numbers(w, draw);
    code = code ? code : levers_follow(w, NULL);
    code = code ? code : levers_base(w, base, NULL);
    bool counts = !code && *base >= 0;
    found->resting += !code;
    found->counted += counts;
    code = code == EBB_ERR_NUMERIC ? EBB_OK : code;
    for (size_t k = 0; k < found->count && !code; k++) {
        double gain = EBB_NAN;
        code = counts ? levers_try(w, k, &gain) : EBB_OK;
        w->changes[k * w->settings->draws + draw] = gain - *base;
        found->levers[k].draws += gain == gain;
    }
    return code;
}

/* --- over draws ------------------------------------------------------------------- */

/* Shell's sort. */
static void levers_sort(double *values, size_t count)
{
    for (size_t gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
        for (size_t i = gap; i < count; i++) {
            double value = values[i];
            size_t k = i;
            for (; k >= gap && values[k - gap] > value; k -= gap) {
                values[k] = values[k - gap];
            }
            values[k] = value;
        }
    }
}

/* Linear between order statistics. */
static double levers_quantile(const double *sorted, size_t count, double part)
{
    double place = part * (double)(count - 1);
    size_t i = (size_t)place;
    double next = i + 1 < count ? sorted[i + 1] : sorted[i];
    return sorted[i] + (place - (double)i) * (next - sorted[i]);
}

static ebb_levers_range_t levers_range(levers_work_t *w, const double *values)
{
    size_t count = 0;
    for (size_t k = 0; k < w->settings->draws; k++) {
        if (values[k] == values[k]) {
            w->scratch[count++] = values[k];
        }
    }
    levers_sort(w->scratch, count);
    return count ? (ebb_levers_range_t){levers_quantile(w->scratch, count, 0.5),
                                        levers_quantile(w->scratch, count, 0.1),
                                        levers_quantile(w->scratch, count, 0.9)}
                 : (ebb_levers_range_t){EBB_NAN, EBB_NAN, EBB_NAN};
}

/* Gives a draw to the lever, or the levers alike, that lower the gain most. */
static void levers_award(levers_work_t *w, size_t draw)
{
    ebb_levers_t *found = w->found;
    size_t draws = w->settings->draws, alike = 0;
    double best = 0;
    for (size_t k = 0; k < found->count; k++) {
        double change = w->changes[k * draws + draw];
        best = change < best ? change : best;
    }
    double edge = best * (1 - LEVERS_ALIKE);
    for (size_t k = 0; k < found->count; k++) {
        alike += best < 0 && w->changes[k * draws + draw] <= edge;
    }
    for (size_t k = 0; k < found->count && alike; k++) {
        bool shares = w->changes[k * draws + draw] <= edge;
        found->levers[k].most += shares ? 1 / (double)alike : 0;
    }
}

static void levers_summarise(levers_work_t *w)
{
    ebb_levers_t *found = w->found;
    size_t draws = w->settings->draws;
    for (size_t draw = 0; draw < draws; draw++) {
        levers_award(w, draw);
    }
    found->gain_range = levers_range(w, w->bases);
    for (size_t k = 0; k < found->count; k++) {
        ebb_lever_t *lever = &found->levers[k];
        lever->change_range = levers_range(w, w->changes + k * draws);
        lever->most = found->counted ? lever->most / (double)found->counted : EBB_NAN;
    }
}

/* What a lever is sorted by; without a gain it is last. */
static double levers_key(const ebb_lever_t *lever)
{
    double key = lever->change_range.median;
    key = key == key ? key : lever->change;
    return key == key ? key : EBB_INFINITY;
}

/* Those that are alike but for rounding keep the order of the model. */
static void levers_order(ebb_levers_t *found)
{
    for (size_t i = 1; i < found->count; i++) {
        ebb_lever_t lever = found->levers[i];
        double key = levers_key(&lever);
        size_t k = i;
        for (; k > 0; k--) {
            double before = levers_key(&found->levers[k - 1]);
            if (!(before > key + LEVERS_ALIKE * ebb_magnitude(key))) {
                break;
            }
            found->levers[k] = found->levers[k - 1];
        }
        found->levers[k] = lever;
    }
}

/* --- all -------------------------------------------------------------------------- */

static int levers_compare(levers_work_t *w, ebb_error_t *error)
{
    int code = levers_check(w, error);
    code = code ? code : levers_list(w, error);
    code = code ? code
                : ebb_gain_open(&w->gain, w->study, w->settings->cut, w->settings->cut,
                                error);
    code = code ? code : levers_memory(w, error);
    code = code ? code : levers_as_it_is(w, error);
    for (size_t draw = 0; draw < w->settings->draws && !code; draw++) {
        code = levers_draw(w, draw);
        code = code == EBB_ERR_MEMORY ? ebb_study_fail_memory(error) : code;
    }
    if (!code) {
        levers_summarise(w);
        levers_order(w->found);
    }
    return code;
}

int ebb_study_levers(const ebb_study_t *study, const ebb_levers_settings_t *settings,
                     ebb_levers_t *levers, ebb_error_t *error)
{
    levers_work_t w = {.study = study, .settings = settings, .found = levers};
    w.within = settings->within != 0 ? settings->within : LEVERS_WITHIN;
    w.gain.scratch.alloc = &study->alloc;
    *levers = (ebb_levers_t){.draws = settings->draws, .within = w.within};
    levers->_memory = ebb_study_memory(study);
    if (!levers->_memory) {
        return ebb_study_fail_memory(error);
    }
    int code = levers_compare(&w, error);
    ebb_gain_close(&w.gain);
    if (code) {
        ebb_levers_free(levers);
    }
    return code;
}

void ebb_levers_free(ebb_levers_t *levers)
{
    ebb_study_forget(levers->_memory);
    *levers = (ebb_levers_t){0};
}
