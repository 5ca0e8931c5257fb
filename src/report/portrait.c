/* SPDX-License-Identifier: MIT
 * A couple's course in fine steps, its episodes, and the moments to look at. */
#include "report/portrait.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"

#define SITTING_NAMES 8            /* shown of a model that does not say what to show */
#define SITTING_POINTS_LEAST 4000u /* of a course */
#define SITTING_POINTS_MOST 200000u
#define SITTING_EVEN 200u  /* moments */
#define SITTING_SPELLS 60u /* of which moments are taken */

/* --- memory ----------------------------------------------------------------------- */

typedef struct ebb_portrait_keep {
    ebb_arena_t arena;
    ebb_alloc_t alloc;
} ebb_portrait_keep_t;

double *ebb_sitting_numbers(ebb_sitting_t *sitting, size_t count)
{
    return ebb_arena_new(sitting->arena, (count + 1) * sizeof(double));
}

static const ebb_alloc_t *sitting_alloc(const ebb_portrait_settings_t *what)
{
    return what->settings->alloc ? what->settings->alloc : ebb_alloc_default();
}

static int sitting_no_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a portrait");
}

void ebb_portrait_free(ebb_portrait_t *portrait)
{
    ebb_portrait_keep_t *keep = portrait->_memory;
    if (keep) {
        ebb_alloc_t alloc = keep->alloc;
        ebb_arena_free(&keep->arena);
        ebb_free_array(&alloc, keep, 1, sizeof *keep);
    }
    *portrait = (ebb_portrait_t){0};
}

/* --- what is shown ---------------------------------------------------------------- */

typedef bool sitting_wish_t(const ebb_scalar_t *scalar, size_t place);

static bool sitting_has_place(const ebb_scalar_t *scalar, size_t place)
{
    return scalar->shown == place;
}

/* States, then lets, that `wish` wants; appended as long as there is room. */
static size_t sitting_collect(const ebb_model_t *model, sitting_wish_t *wish,
                              size_t place, ebb_run_output_t *out, size_t count,
                              size_t room)
{
    static const ebb_scalar_kind_t kinds[] = {EBB_SCALAR_STATE, EBB_SCALAR_LET};
    ebb_scalar_t scalar;
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; !ebb_model_scalar(model, kinds[k], i, &scalar); i++) {
            if (count < room && wish(&scalar, place)) {
                out[count++] = (ebb_run_output_t){kinds[k], i};
            }
        }
    }
    return count;
}

/* The first names of a model, whoever has them. */
static size_t sitting_first_names(const ebb_model_t *model, ebb_run_output_t *shown)
{
    ebb_run_output_t all[EBB_PORTRAIT_SHOWN_MOST];
    const char *names[SITTING_NAMES + 1];
    size_t count =
        sitting_collect(model, sitting_has_place, 0, all, 0, EBB_PORTRAIT_SHOWN_MOST);
    size_t kept = 0, known = 0;
    for (size_t i = 0; i < count; i++) {
        ebb_scalar_t scalar;
        size_t at = 0;
        (void)!ebb_model_scalar(model, all[i].kind, all[i].index, &scalar);
        while (at < known && strcmp(names[at], ebb_scalar_base(&scalar)) != 0) {
            at++;
        }
        if (at == known && known < SITTING_NAMES) {
            names[known++] = ebb_scalar_base(&scalar);
        }
        if (at < known) {
            shown[kept++] = all[i];
        }
    }
    return kept;
}

size_t ebb_portrait_shown(const ebb_model_t *model, ebb_run_output_t *shown)
{
    size_t count = 0, before;
    for (size_t place = 1;; place++) {
        before = count;
        count = sitting_collect(model, sitting_has_place, place, shown, count,
                                EBB_PORTRAIT_SHOWN_MOST);
        if (count == before) {
            break;
        }
    }
    return count ? count : sitting_first_names(model, shown);
}

static bool sitting_is_withdrawal(const ebb_scalar_t *scalar, size_t place)
{
    (void)place;
    return *scalar->person && strcmp(ebb_scalar_base(scalar), "withdrawal") == 0;
}

/* --- the course ------------------------------------------------------------------- */

/* An hour where episodes are to be seen, finer where the run is short. */
static void sitting_grid(ebb_sitting_t *sitting, double length)
{
    ebb_portrait_t *p = sitting->portrait;
    double hours = ebb_unit_hours(sitting->info.time_unit);
    double points = sitting->withdrawal_count ? ceil(length * hours) : 0;
    points = points > SITTING_POINTS_LEAST ? points : SITTING_POINTS_LEAST;
    points = points < SITTING_POINTS_MOST ? points : SITTING_POINTS_MOST;
    p->length = length;
    p->step = length / points;
    if (sitting->info.steps) {
        p->step = p->step > 1 ? ceil(p->step) : 1;
    }
    p->count = (size_t)(length / p->step + 1e-9) + 1;
    p->has_spells = sitting->withdrawal_count && hours > 0 &&
                    p->step * hours <= 1.001 && length * hours >= EBB_SPELL_HOURS;
}

/* Runs the one couple; rows is of time_count x output_count. */
static int sitting_run(const ebb_sitting_t *sitting, ebb_simulation_t *run,
                       double *rows, const char **why, ebb_error_t *error)
{
    uint64_t couple = sitting->what->couple;
    ebb_run_job_t job = {.begin = couple, .end = couple + 1, .lasting_only = true};
    job.values = rows;
    int code = ebb_run_range(run, &job, error);
    *why = job.why;
    return code;
}

/* The shown numbers of each row, and of the others the highest: withdrawal. */
static void sitting_split(ebb_sitting_t *sitting, const double *rows,
                          double *withdrawal)
{
    ebb_portrait_t *p = sitting->portrait;
    size_t shown = p->shown_count, wide = shown + sitting->withdrawal_count;
    for (size_t t = 0; t < p->count; t++) {
        const double *row = rows + t * wide;
        memcpy(p->course + t * shown, row, shown * sizeof *row);
        double most = wide > shown ? row[shown] : (double)NAN;
        for (size_t k = shown; k < wide; k++) {
            most = row[k] > most ? row[k] : most;
        }
        withdrawal[t] = most;
        if (isnan(p->end) && wide && isnan(row[0]) && !p->why) {
            p->end = (double)t * p->step;
        }
    }
}

static int sitting_find_spells(ebb_sitting_t *sitting, const double *times,
                               const double *withdrawal)
{
    ebb_portrait_t *p = sitting->portrait;
    double hours = ebb_unit_hours(sitting->info.time_unit);
    if (!p->has_spells) {
        return EBB_OK;
    }
    const ebb_spell_course_t course = {times, withdrawal, p->count, hours};
    p->spell_count = ebb_spells_find(&course, NULL, 0);
    p->spells = ebb_arena_new(sitting->arena, (p->spell_count + 1) * sizeof *p->spells);
    if (!p->spells) {
        return EBB_ERR_MEMORY;
    }
    (void)ebb_spells_find(&course, p->spells, p->spell_count);
    return EBB_OK;
}

/* Scratch of the course: given back when it is thinned to what is kept. */
typedef struct ebb_sitting_course {
    double *times, *rows, *withdrawal;
    ebb_run_output_t outputs[EBB_PORTRAIT_SHOWN_MOST + 8];
} ebb_sitting_course_t;

static int sitting_follow(ebb_sitting_t *sitting, ebb_sitting_course_t *c,
                          ebb_error_t *error)
{
    ebb_portrait_t *p = sitting->portrait;
    ebb_run_settings_t settings = *sitting->what->settings;
    ebb_simulation_t *run = NULL;
    settings.times = c->times;
    settings.time_count = p->count;
    settings.outputs = c->outputs;
    settings.output_count = p->shown_count + sitting->withdrawal_count;
    settings.length = p->length;
    int code = ebb_run_new(&run, sitting->what->model, sitting->what->scenario,
                           &settings, error);
    code = code ? code : sitting_run(sitting, run, c->rows, &p->why, error);
    ebb_run_free(run);
    if (!code) {
        sitting_split(sitting, c->rows, c->withdrawal);
        code = sitting_find_spells(sitting, c->times, c->withdrawal)
                   ? sitting_no_memory(error)
                   : EBB_OK;
    }
    return code;
}

static int sitting_course(ebb_sitting_t *sitting, ebb_error_t *error)
{
    ebb_portrait_t *p = sitting->portrait;
    const ebb_alloc_t *alloc = sitting_alloc(sitting->what);
    size_t wide = p->shown_count + sitting->withdrawal_count;
    ebb_sitting_course_t c = {
        .times = ebb_new_array(alloc, p->count + 1, sizeof(double)),
        .rows = ebb_new_array(alloc, p->count * wide + 1, sizeof(double)),
        .withdrawal = ebb_new_array(alloc, p->count + 1, sizeof(double)),
    };
    p->course = ebb_sitting_numbers(sitting, p->count * p->shown_count);
    p->end = (double)NAN;
    int code = sitting_no_memory(error);
    if (c.times && c.rows && c.withdrawal && p->course) {
        for (size_t t = 0; t < p->count; t++) {
            double at = (double)t * p->step;
            c.times[t] = at < p->length ? at : p->length;
        }
        memcpy(c.outputs, p->shown, p->shown_count * sizeof *p->shown);
        memcpy(c.outputs + p->shown_count, sitting->withdrawals,
               sitting->withdrawal_count * sizeof *sitting->withdrawals);
        code = sitting_follow(sitting, &c, error);
    }
    ebb_free_array(alloc, c.times, p->count + 1, sizeof(double));
    ebb_free_array(alloc, c.rows, p->count * wide + 1, sizeof(double));
    ebb_free_array(alloc, c.withdrawal, p->count + 1, sizeof(double));
    return code;
}

/* --- moments ---------------------------------------------------------------------- */

static void moments_add(ebb_sitting_t *sitting, double time)
{
    ebb_portrait_t *p = sitting->portrait;
    time = sitting->info.steps ? floor(time + 0.5) : time;
    if (p->moment_count < EBB_PORTRAIT_MOMENTS_MOST && time >= 0 && time <= p->length) {
        p->moments[p->moment_count++] = time;
    }
}

static int moments_order(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

/* Rising, those that are as good as the same taken once. */
static void moments_sort(ebb_portrait_t *p)
{
    size_t kept = 0;
    qsort(p->moments, p->moment_count, sizeof *p->moments, moments_order);
    for (size_t k = 0; k < p->moment_count; k++) {
        if (kept == 0 || p->moments[k] > p->moments[kept - 1] + 1e-9 * p->length) {
            p->moments[kept++] = p->moments[k];
        }
    }
    p->moment_count = kept;
}

/* The least of ... 0.5, 1, 2, 5, 10 ... that makes no more than SITTING_EVEN steps. */
static double moments_step(double length)
{
    double least = length / SITTING_EVEN, power = 1;
    while (power > least) {
        power /= 10;
    }
    while (power * 10 <= least) {
        power *= 10;
    }
    double times = least / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
}

static int moments_choose(ebb_sitting_t *sitting)
{
    ebb_portrait_t *p = sitting->portrait;
    const ebb_portrait_settings_t *what = sitting->what;
    size_t spells = p->spell_count < SITTING_SPELLS ? p->spell_count : SITTING_SPELLS;
    p->moments = ebb_sitting_numbers(sitting, EBB_PORTRAIT_MOMENTS_MOST);
    if (!p->moments) {
        return EBB_ERR_MEMORY;
    }
    if (what->moments) {
        for (size_t k = 0; k < what->moment_count; k++) {
            moments_add(sitting, what->moments[k]);
        }
        spells = 0;
    } else {
        double step = moments_step(p->length);
        for (size_t k = 0; (double)k * step < p->length; k++) {
            moments_add(sitting, (double)k * step);
        }
        moments_add(sitting, p->length);
    }
    for (size_t k = 0; k < spells; k++) {
        const ebb_spell_t *spell = &p->spells[k * p->spell_count / spells];
        moments_add(sitting, spell->begin);
        moments_add(sitting, spell->peak_time);
        moments_add(sitting, spell->end);
    }
    moments_sort(p);
    return EBB_OK;
}

/* All states at the moments, besides what is shown. */
static int moments_outputs(ebb_sitting_t *sitting, ebb_run_settings_t *settings)
{
    ebb_portrait_t *p = sitting->portrait;
    size_t states = sitting->info.states;
    ebb_run_output_t *outputs =
        ebb_arena_new(sitting->arena, (states + p->shown_count + 1) * sizeof *outputs);
    for (size_t i = 0; outputs && i < states; i++) {
        outputs[i] = (ebb_run_output_t){EBB_SCALAR_STATE, i};
    }
    if (outputs) {
        memcpy(outputs + states, p->shown, p->shown_count * sizeof *outputs);
    }
    settings->outputs = outputs;
    settings->output_count = states + p->shown_count;
    settings->times = p->moments;
    settings->time_count = p->moment_count;
    settings->length = p->length;
    return outputs ? EBB_OK : EBB_ERR_MEMORY;
}

static int moments_split(ebb_sitting_t *sitting, const double *rows)
{
    ebb_portrait_t *p = sitting->portrait;
    size_t states = sitting->info.states, shown = p->shown_count;
    size_t inputs = sitting->info.inputs;
    sitting->states = ebb_sitting_numbers(sitting, p->moment_count * states);
    sitting->inputs = ebb_sitting_numbers(sitting, p->moment_count * inputs);
    p->values = ebb_sitting_numbers(sitting, p->moment_count * shown);
    if (!sitting->states || !sitting->inputs || !p->values) {
        return EBB_ERR_MEMORY;
    }
    for (size_t m = 0; m < p->moment_count; m++) {
        const double *row = rows + m * (states + shown);
        memcpy(sitting->states + m * states, row, states * sizeof *row);
        memcpy(p->values + m * shown, row + states, shown * sizeof *row);
        ebb_run_inputs(sitting->look, p->moments[m], sitting->inputs + m * inputs);
    }
    return EBB_OK;
}

static int sitting_numbers_of(ebb_sitting_t *sitting, ebb_error_t *error)
{
    ebb_portrait_t *p = sitting->portrait;
    sitting->params = ebb_sitting_numbers(sitting, sitting->info.params);
    p->traits = ebb_sitting_numbers(sitting, sitting->info.traits);
    const ebb_model_numbers_t numbers = {.params = sitting->params,
                                         .traits = p->traits};
    return sitting->params && p->traits
               ? ebb_run_numbers(sitting->look, sitting->what->couple, numbers, error)
               : sitting_no_memory(error);
}

static int sitting_moments(ebb_sitting_t *sitting, ebb_error_t *error)
{
    ebb_portrait_t *p = sitting->portrait;
    ebb_run_settings_t settings = *sitting->what->settings;
    const char *why;
    if (moments_choose(sitting) || moments_outputs(sitting, &settings)) {
        return sitting_no_memory(error);
    }
    double *rows =
        ebb_sitting_numbers(sitting, p->moment_count * settings.output_count);
    if (!rows) {
        return sitting_no_memory(error);
    }
    int code = ebb_run_new(&sitting->look, sitting->what->model,
                           sitting->what->scenario, &settings, error);
    code = code ? code : sitting_run(sitting, sitting->look, rows, &why, error);
    code = code ? code : sitting_numbers_of(sitting, error);
    if (!code && moments_split(sitting, rows)) {
        code = sitting_no_memory(error);
    }
    return code;
}

/* --- the whole -------------------------------------------------------------------- */

static int sitting_open(ebb_sitting_t *sitting, ebb_error_t *error)
{
    ebb_portrait_t *p = sitting->portrait;
    const ebb_portrait_settings_t *what = sitting->what;
    const ebb_alloc_t *alloc = sitting_alloc(what);
    ebb_portrait_keep_t *keep = ebb_new_array(alloc, 1, sizeof *keep);
    if (!keep) {
        return sitting_no_memory(error);
    }
    keep->alloc = *alloc;
    keep->arena.alloc = &keep->alloc;
    p->_memory = keep;
    sitting->arena = &keep->arena;
    if (what->shown_count > EBB_PORTRAIT_SHOWN_MOST) {
        return ebb_fail(error, EBB_ERR_LIMIT,
                        "%zu quantities are too many for a picture; at most %d",
                        what->shown_count, EBB_PORTRAIT_SHOWN_MOST);
    }
    ebb_run_output_t *shown =
        ebb_arena_new(sitting->arena, (what->shown_count + 1) * sizeof *shown);
    if (!shown) {
        return sitting_no_memory(error);
    }
    memcpy(shown, what->shown, what->shown_count * sizeof *shown);
    p->shown = shown;
    p->shown_count = what->shown_count;
    sitting->withdrawal_count = sitting_collect(what->model, sitting_is_withdrawal, 0,
                                                sitting->withdrawals, 0, 8);
    return EBB_OK;
}

int ebb_portrait_make(ebb_portrait_t *portrait, const ebb_portrait_settings_t *what,
                      ebb_error_t *error)
{
    ebb_sitting_t sitting = {
        .portrait = portrait, .what = what, .info = ebb_model_info(what->model)};
    *portrait = (ebb_portrait_t){0};
    int code = sitting_open(&sitting, error);
    double length = what->settings->length;
    if (!code && !(length > 0) && what->scenario) {
        length = ebb_scenario_info(what->scenario).length;
    }
    if (!code && !(length > 0)) {
        code = ebb_fail(error, EBB_ERR_ARGUMENT, "how long the run is must be said");
    }
    if (!code) {
        sitting_grid(&sitting, length);
        code = sitting_course(&sitting, error);
    }
    code = code ? code : sitting_moments(&sitting, error);
    code = code ? code : ebb_sitting_loop(&sitting, error);
    ebb_run_free(sitting.look);
    return code;
}
