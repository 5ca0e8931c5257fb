/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * Rounds: evaluations spread over the prior first, then where the polynomials say that
 * the targets may be met (docs/maths/calibrate.md). */
#include "study/calibrate.h"

#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "math/exp_kernel.h"
#include "math/linear.h"
#include "math/log_kernel.h"
#include "study/tempered.h"

#define CALIBRATE_ROUNDS 6
#define CALIBRATE_DRAWS 2000
#define CALIBRATE_MOVES 8
#define CALIBRATE_HEAT 2   /* of rounds that explore */
#define CALIBRATE_NEAR 3   /* standard deviations of the sample that count as near */
#define CALIBRATE_NEARER 5 /* so often a quarter less is tried */
#define CALIBRATE_PROBES 32
#define CALIBRATE_PASSES 2
#define CALIBRATE_HALF 1.959963984540054 /* of an interval of 95 %, in sd */
#define CALIBRATE_NARROWEST 1e-4         /* width of a coordinate */

/* Worlds of random numbers: samples take one for each round, pass and island. */
enum { WORLD_DESIGN = 1, WORLD_TRUTH, WORLD_PUBLISHED, WORLD_SAMPLES = 16 };

/* [eq 601] */
double ebb_calibrate_value(const ebb_calibrate_param_t *param, double place)
{
    if (!param->log) {
        return param->low + place * (param->high - param->low);
    }
    double low = ebb_math_log(param->low), high = ebb_math_log(param->high);
    return ebb_math_exp(low + place * (high - low));
}

/* [eq 612] */
double ebb_calibrate_scaled(const ebb_calibrate_target_t *target, double value)
{
    return target->rare ? ebb_math_log(-ebb_math_log(1 - value)) : value;
}

double ebb_calibrate_unscaled(const ebb_calibrate_target_t *target, double scaled)
{
    return target->rare ? 1 - ebb_math_exp(-ebb_math_exp(scaled)) : scaled;
}

/* An error of a value, to first order on the scale. */
static double calibrate_scaled_error(const ebb_calibrate_target_t *target, double value,
                                     double error)
{
    return target->rare ? error / ((value - 1) * ebb_math_log(1 - value)) : error;
}

/* [eq 602] */
double ebb_calibrate_sd(const ebb_calibrate_target_t *target)
{
    double high = ebb_calibrate_scaled(target, target->high);
    double low = ebb_calibrate_scaled(target, target->low);
    return (high - low) / (2 * CALIBRATE_HALF);
}

/* --- what is asked for ------------------------------------------------------------ */

/* The first round has two shares of the evaluations, the others one. */
static size_t calibrate_size(const ebb_calibrate_settings_t *s, size_t round)
{
    size_t share = s->evaluations / (s->rounds + 1);
    return round > 0 ? share : s->evaluations - (s->rounds - 1) * share;
}

size_t ebb_calibrate_least(size_t params, size_t rounds)
{
    return 2 * (1 + params) * ((rounds ? rounds : CALIBRATE_ROUNDS) + 1);
}

bool ebb_calibrate_done(const ebb_calibration_t *c)
{
    return c->round >= c->settings.rounds;
}

static void calibrate_place(ebb_calibration_t *c, size_t index, const double *place)
{
    size_t dims = c->settings.param_count;
    memcpy(c->places + index * dims, place, dims * sizeof *place);
    for (size_t i = 0; i < dims; i++) {
        c->points[index * dims + i] =
            ebb_calibrate_value(&c->settings.params[i], place[i]);
    }
}

/* A Latin hypercube: each coordinate has one place in each of as many equal parts. */
static void calibrate_spread(ebb_calibration_t *c)
{
    size_t dims = c->settings.param_count, n = c->asked;
    ebb_tempered_chance_t chance = {.seed = c->settings.seed, .world = WORLD_DESIGN};
    for (size_t i = 0; i < dims; i++) {
        for (size_t k = 0; k < n; k++) {
            c->weights[k] = (double)k;
        }
        for (size_t k = n; k > 1; k--) {
            size_t other = (size_t)(ebb_tempered_uniform(&chance) * (double)k);
            double part = c->weights[k - 1];
            c->weights[k - 1] = c->weights[other];
            c->weights[other] = part;
        }
        for (size_t k = 0; k < n; k++) {
            double within = ebb_tempered_uniform(&chance);
            c->places[k * dims + i] = (c->weights[k] + within) / (double)n;
        }
    }
    for (size_t k = 0; k < n; k++) {
        calibrate_place(c, k, c->places + k * dims);
    }
}

/* Asks for points of the sample, as far apart in it as they can be. */
static void calibrate_ask(ebb_calibration_t *c)
{
    size_t dims = c->settings.param_count, draws = c->settings.draws;
    c->asked = calibrate_size(&c->settings, c->round);
    for (size_t k = 0; k < c->asked; k++) {
        size_t draw = k * draws / c->asked;
        calibrate_place(c, c->told + k, c->sample + draw * dims);
    }
}

/* --- begin, end ------------------------------------------------------------------- */

static int calibrate_refuse(ebb_error_t *error, const char *kind, const char *name,
                            const char *why)
{
    return ebb_fail(error, EBB_ERR_ARGUMENT, "%s '%s': %s", kind, name, why);
}

static int calibrate_check_lists(const ebb_calibrate_settings_t *s, ebb_error_t *error)
{
    for (size_t i = 0; i < s->param_count; i++) {
        const ebb_calibrate_param_t *p = &s->params[i];
        if (!(isfinite(p->low) && isfinite(p->high) && p->low < p->high)) {
            return calibrate_refuse(error, "parameter", p->name,
                                    "its range must be finite and go upwards");
        }
        if (p->log && p->low <= 0) {
            return calibrate_refuse(error, "parameter", p->name,
                                    "a range of logarithms must lie above 0");
        }
    }
    for (size_t k = 0; k < s->target_count; k++) {
        const ebb_calibrate_target_t *t = &s->targets[k];
        if (!(isfinite(t->value) && isfinite(t->low) && isfinite(t->high) &&
              t->low < t->high)) {
            return calibrate_refuse(error, "target", t->name,
                                    "its interval must be finite and go upwards");
        }
        if (t->rare && !(t->low > 0 && t->value > 0 && t->value < 1 && t->high < 1)) {
            return calibrate_refuse(error, "target", t->name,
                                    "a rare share lies above 0 and below 1");
        }
    }
    return EBB_OK;
}

static int calibrate_check(const ebb_calibrate_settings_t *s, ebb_error_t *error)
{
    if (s->param_count < 1 || s->param_count > EBB_CALIBRATE_PARAMS_MOST ||
        s->target_count < 1 || s->target_count > EBB_CALIBRATE_TARGETS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%zu parameters and %zu targets; there may be 1 to %u and 1 to "
                        "%u",
                        s->param_count, s->target_count, EBB_CALIBRATE_PARAMS_MOST,
                        EBB_CALIBRATE_TARGETS_MOST);
    }
    if (s->rounds < 2 || s->rounds > 50 || s->draws < 64 || s->draws > 100000) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%zu rounds and %zu draws; there may be 2 to 50 and 64 to "
                        "100000",
                        s->rounds, s->draws);
    }
    size_t least = ebb_calibrate_least(s->param_count, s->rounds);
    if (s->evaluations < least || s->evaluations > EBB_CALIBRATE_EVALUATIONS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "%zu evaluations; %zu parameters in %zu rounds take %zu to %u",
                        s->evaluations, s->param_count, s->rounds, least,
                        EBB_CALIBRATE_EVALUATIONS_MOST);
    }
    return calibrate_check_lists(s, error);
}

/* An array of the calibration and how long it is. */
typedef struct calibrate_array {
    double **at;
    size_t count;
} calibrate_array_t;

#define CALIBRATE_ARRAYS 12

static void calibrate_arrays(ebb_calibration_t *c,
                             calibrate_array_t arrays[CALIBRATE_ARRAYS])
{
    const ebb_calibrate_settings_t *s = &c->settings;
    size_t dims = s->param_count, targets = s->target_count, n = s->evaluations;
    const calibrate_array_t all[CALIBRATE_ARRAYS] = {
        {&c->places, n * dims},
        {&c->points, n * dims},
        {&c->values, n * targets},
        {&c->errors, n * targets},
        {&c->weights, n},
        {&c->sample, s->draws * dims},
        {&c->draws, s->draws * dims},
        {&c->figures, s->draws * targets},
        {&c->mean, dims},
        {&c->root, dims * dims},
        {&c->figure, targets * 2},
        {&c->column, s->draws},
    };
    memcpy(arrays, all, sizeof all);
}

static int calibrate_open(ebb_calibration_t *c)
{
    calibrate_array_t arrays[CALIBRATE_ARRAYS];
    const ebb_calibrate_settings_t *s = &c->settings;
    bool whole = true;
    calibrate_arrays(c, arrays);
    for (size_t k = 0; k < CALIBRATE_ARRAYS; k++) {
        *arrays[k].at = ebb_new_array(s->alloc, arrays[k].count, sizeof(double));
        whole = whole && *arrays[k].at;
    }
    c->variance = whole ? c->figure + s->target_count : NULL;
    int code = ebb_emulator_new(&c->emulator, s->param_count, s->target_count, s->acts,
                                s->alloc);
    return whole ? code : EBB_ERR_MEMORY;
}

/* What stands for a sample before there is one: the prior. */
static void calibrate_begin(ebb_calibration_t *c)
{
    size_t dims = c->settings.param_count;
    for (size_t i = 0; i < dims; i++) {
        c->mean[i] = 0.5;
        c->root[i * dims + i] = sqrt(1.0 / 12);
    }
    c->asked = calibrate_size(&c->settings, 0);
    calibrate_spread(c);
}

int ebb_calibration_new(ebb_calibration_t **calibration,
                        const ebb_calibrate_settings_t *settings, ebb_error_t *error)
{
    ebb_calibrate_settings_t s = *settings;
    s.rounds = s.rounds ? s.rounds : CALIBRATE_ROUNDS;
    s.draws = s.draws ? s.draws : CALIBRATE_DRAWS;
    s.draws -= s.draws % EBB_CALIBRATE_ISLANDS;
    s.alloc = s.alloc ? s.alloc : ebb_alloc_default();
    *calibration = NULL;
    int code = calibrate_check(&s, error);
    if (code) {
        return code;
    }
    ebb_calibration_t *c = ebb_new_array(s.alloc, 1, sizeof *c);
    if (c) {
        c->settings = s;
    }
    if (!c || calibrate_open(c)) {
        ebb_calibration_free(c);
        return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    calibrate_begin(c);
    *calibration = c;
    return EBB_OK;
}

void ebb_calibration_free(ebb_calibration_t *c)
{
    calibrate_array_t arrays[CALIBRATE_ARRAYS];
    if (!c) {
        return;
    }
    const ebb_alloc_t *alloc = c->settings.alloc;
    calibrate_arrays(c, arrays);
    for (size_t k = 0; k < CALIBRATE_ARRAYS; k++) {
        ebb_free_array(alloc, *arrays[k].at, arrays[k].count, sizeof(double));
    }
    if (c->emulator.alloc) {
        ebb_emulator_free(&c->emulator);
    }
    ebb_free_array(alloc, c, 1, sizeof *c);
}

size_t ebb_calibration_points(const ebb_calibration_t *c, const double **points)
{
    *points = c->points + c->told * c->settings.param_count;
    return ebb_calibrate_done(c) ? 0 : c->asked;
}

size_t ebb_calibration_told(const ebb_calibration_t *c, size_t *round)
{
    *round = c->round;
    return c->told;
}

/* --- what is told ----------------------------------------------------------------- */

/* Square of the distance of a place from the sample, in its standard deviations. */
static double calibrate_distance(const ebb_calibration_t *c, const double *place)
{
    double off[EBB_CALIBRATE_PARAMS_MOST], sum = 0;
    size_t dims = c->settings.param_count;
    for (size_t i = 0; i < dims; i++) {
        off[i] = place[i] - c->mean[i];
        for (size_t j = 0; j < i; j++) {
            off[i] -= c->root[i * dims + j] * off[j];
        }
        off[i] /= c->root[i * dims + i];
        sum += off[i] * off[i];
    }
    return sum;
}

/* Weights by distance; how many evaluations they amount to. */
static double calibrate_weigh(ebb_calibration_t *c, double near)
{
    for (size_t i = 0; i < c->told; i++) {
        double distance =
            calibrate_distance(c, c->places + i * c->settings.param_count);
        c->weights[i] = ebb_math_exp(-distance / (2 * near * near));
    }
    return ebb_emulator_effective(c->weights, c->told);
}

/* Coordinates of the polynomials: from the middle of the sample, in its deviations. */
static void calibrate_measure(ebb_calibration_t *c)
{
    size_t dims = c->settings.param_count;
    for (size_t i = 0; i < dims; i++) {
        double variance = 0;
        for (size_t j = 0; j <= i; j++) {
            variance += c->root[i * dims + j] * c->root[i * dims + j];
        }
        c->emulator.centre[i] = c->mean[i];
        c->emulator.width[i] = sqrt(variance);
    }
}

/* How uncertain the targets are with a fit, over some of the sample. */
static double calibrate_unsure(ebb_calibration_t *c)
{
    double sum = 0;
    size_t dims = c->settings.param_count, targets = c->settings.target_count;
    size_t all = c->round > 1 ? c->settings.draws : c->told;
    const double *places = c->round > 1 ? c->sample : c->places;
    for (size_t i = 0; i < CALIBRATE_PROBES; i++) {
        const double *place = places + i * all / CALIBRATE_PROBES * dims;
        ebb_emulator_at(&c->emulator, place, c->figure, c->variance);
        for (size_t k = 0; k < targets; k++) {
            double sd = c->heat * ebb_calibrate_sd(&c->settings.targets[k]);
            sum += ebb_math_log(c->variance[k] + sd * sd);
        }
    }
    return sum;
}

static int calibrate_fit_near(ebb_calibration_t *c, double near, ebb_error_t *error)
{
    const ebb_emulator_data_t data = {.count = c->told,
                                      .at = c->places,
                                      .values = c->values,
                                      .errors = c->errors,
                                      .weights = c->weights};
    (void)calibrate_weigh(c, near);
    return ebb_emulator_fit(&c->emulator, &data, error);
}

/* The nearer, the better a polynomial fits, and the fewer evaluations it has: as near
 * as makes the targets least uncertain, and as far as all coefficients take. */
static int calibrate_fit(ebb_calibration_t *c, ebb_error_t *error)
{
    double near = CALIBRATE_NEAR, best = near, least = 0;
    double needs = (double)ebb_emulator_needs(&c->emulator);
    calibrate_measure(c);
    for (int k = 0; k < 24 && calibrate_weigh(c, best) < needs; k++) {
        best *= 1.25;
    }
    for (int k = 0; k < CALIBRATE_NEARER; k++, near *= 0.75) {
        if (calibrate_weigh(c, near) < needs) {
            break;
        }
        int code = calibrate_fit_near(c, near, error);
        double unsure = code ? 0 : calibrate_unsure(c);
        if (code) {
            return code;
        }
        if (k == 0 || unsure < least) {
            best = near;
            least = unsure;
        }
    }
    return calibrate_fit_near(c, best, error);
}

/* Far from the sample so far a polynomial says nothing, and it was seen before that
 * nothing is there: squares of distance of a normal sample are n on average with a
 * deviation of the root of 2 n; twice four of these above the density falls off. */
static double calibrate_far(const ebb_calibration_t *c, const double *place)
{
    double n = (double)c->settings.param_count;
    double beyond = calibrate_distance(c, place) - 2 * (n + 4 * sqrt(2 * n));
    return beyond > 0 ? beyond : 0;
}

/* [eq 605] */
static double calibrate_log_density(void *user, const double *place)
{
    ebb_calibration_t *c = user;
    double sum = -calibrate_far(c, place);
    ebb_emulator_at(&c->emulator, place, c->figure, c->variance);
    for (size_t k = 0; k < c->settings.target_count; k++) {
        const ebb_calibrate_target_t *target = &c->settings.targets[k];
        double sd = c->heat * ebb_calibrate_sd(target);
        double variance = sd * sd + c->variance[k];
        double off = ebb_calibrate_scaled(target, target->value) - c->figure[k];
        sum -= (off * off / variance + ebb_math_log(variance)) / 2;
    }
    return isfinite(sum) ? sum : -(double)INFINITY;
}

/* Moments of the sample, no coordinate of which is narrower than can be told. */
static int calibrate_look(ebb_calibration_t *c, ebb_error_t *error)
{
    size_t dims = c->settings.param_count;
    ebb_tempered_moments(c->sample, c->settings.draws, dims, c->mean, c->root);
    for (size_t i = 0; i < dims; i++) {
        c->root[i * dims + i] = c->root[i * dims + i] * 1.000001 +
                                CALIBRATE_NARROWEST * CALIBRATE_NARROWEST;
    }
    return ebb_cholesky_factor(c->root, dims)
               ? ebb_fail(error, EBB_ERR_NUMERIC, "the sample has no covariance")
               : EBB_OK;
}

static int calibrate_sample(ebb_calibration_t *c, size_t pass, ebb_error_t *error)
{
    size_t dims = c->settings.param_count, islands = EBB_CALIBRATE_ISLANDS;
    size_t each = c->settings.draws / islands;
    const ebb_tempered_t tempered = {.dims = dims,
                                     .count = each,
                                     .moves = CALIBRATE_MOVES,
                                     .log_density = calibrate_log_density,
                                     .user = c,
                                     .alloc = c->settings.alloc};
    int code = EBB_OK;
    for (size_t k = 0; k < islands && !code; k++) {
        size_t world =
            WORLD_SAMPLES + (c->round * CALIBRATE_PASSES + pass) * islands + k;
        ebb_tempered_chance_t chance = {.seed = c->settings.seed,
                                        .world = (uint32_t)world};
        code =
            ebb_tempered_sample(&tempered, &chance, c->sample + k * each * dims, error);
    }
    return code ? code : calibrate_look(c, error);
}

/* The posterior as it is at the end. */
static void calibrate_keep(ebb_calibration_t *c)
{
    size_t dims = c->settings.param_count, targets = c->settings.target_count;
    for (size_t k = 0; k < c->settings.draws; k++) {
        for (size_t i = 0; i < dims; i++) {
            c->draws[k * dims + i] =
                ebb_calibrate_value(&c->settings.params[i], c->sample[k * dims + i]);
        }
        double *figures = c->figures + k * targets;
        ebb_emulator_at(&c->emulator, c->sample + k * dims, figures, c->variance);
        for (size_t i = 0; i < targets; i++) {
            figures[i] = ebb_calibrate_unscaled(&c->settings.targets[i], figures[i]);
        }
    }
}

/* From all that was told to a sample of what is thought now. */
static int calibrate_learn(ebb_calibration_t *c, ebb_error_t *error)
{
    bool last = c->round + 1 == c->settings.rounds;
    int code = EBB_OK;
    c->heat = last ? 1 : CALIBRATE_HEAT;
    for (size_t pass = 0; pass < CALIBRATE_PASSES && !code; pass++) {
        code = calibrate_fit(c, error);
        code = code ? code : calibrate_sample(c, pass, error);
    }
    if (last && !code) {
        calibrate_keep(c);
    }
    return code;
}

/* Keeps one figure of one point. */
static int calibrate_hear(ebb_calibration_t *c, size_t number, double value, double off,
                          ebb_error_t *error)
{
    size_t targets = c->settings.target_count, at = c->told * targets + number;
    const ebb_calibrate_target_t *target = &c->settings.targets[number % targets];
    if (off < 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "an error below 0");
    }
    if (target->rare && (value <= 0 || value >= 1)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "target '%s': %g is no rare share",
                        target->name, value);
    }
    c->values[at] = ebb_calibrate_scaled(target, value);
    c->errors[at] = calibrate_scaled_error(target, value, off);
    return EBB_OK;
}

int ebb_calibration_tell(ebb_calibration_t *c, const double *values,
                         const double *errors, ebb_error_t *error)
{
    size_t numbers = c->asked * c->settings.target_count;
    if (ebb_calibrate_done(c)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "nothing was asked for");
    }
    for (size_t k = 0; k < numbers; k++) {
        int code = calibrate_hear(c, k, values[k], errors[k], error);
        if (code) {
            return code;
        }
    }
    c->told += c->asked;
    c->round++;
    if (ebb_calibrate_done(c)) {
        return EBB_OK;
    }
    int code = calibrate_learn(c, error);
    if (!code) {
        calibrate_ask(c);
    }
    return code;
}

/* --- recovery --------------------------------------------------------------------- */

void ebb_calibrate_truth(const ebb_calibrate_settings_t *settings, uint64_t number,
                         double *point)
{
    ebb_tempered_chance_t chance = {.seed = settings->seed,
                                    .world = WORLD_TRUTH,
                                    .next = number * EBB_CALIBRATE_PARAMS_MOST};
    for (size_t i = 0; i < settings->param_count; i++) {
        point[i] =
            ebb_calibrate_value(&settings->params[i], ebb_tempered_uniform(&chance));
    }
}

bool ebb_calibrate_publish(const ebb_calibrate_settings_t *settings, uint64_t number,
                           const double *values, ebb_calibrate_target_t *targets)
{
    ebb_tempered_chance_t chance = {.seed = settings->seed,
                                    .world = WORLD_PUBLISHED,
                                    .next = number * EBB_CALIBRATE_TARGETS_MOST};
    bool all = true;
    for (size_t k = 0; k < settings->target_count; k++) {
        const ebb_calibrate_target_t *from = &settings->targets[k];
        double sd = ebb_calibrate_sd(from), half = CALIBRATE_HALF * sd;
        double value =
            ebb_calibrate_scaled(from, values[k]) + sd * ebb_tempered_normal(&chance);
        targets[k] = (ebb_calibrate_target_t){
            from->name, ebb_calibrate_unscaled(from, value),
            ebb_calibrate_unscaled(from, value - half),
            ebb_calibrate_unscaled(from, value + half), from->rare};
        all = all && isfinite(value);
    }
    return all;
}
