/* SPDX-License-Identifier: MIT
 * Calibration of simulators whose posterior is known: by formula, by a sum over a grid,
 * by ranks over many problems; and what cannot be told apart. */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "ebb/calibrate.h"
#include "math/random.h"

enum { PARAMS_MOST = 7, TARGETS_MOST = 8, EVALUATIONS = 400 };

/* A simulator: figures of a point, and their standard errors. */
typedef void simulator_t(const double *point, double *values);

typedef struct problem problem_t;

/* Adds a simulator's chance to its figures, and says how large it is. */
typedef void chance_t(const problem_t *p, size_t evaluation, double *values,
                      double *errors);

struct problem {
    ebb_calibrate_settings_t settings;
    simulator_t *simulator;
    double noise;     /* standard error of each figure */
    chance_t *chance; /* in place of normal noise; may be NULL */
};

static double noise_of(uint64_t seed, size_t evaluation, size_t target)
{
    ebb_random_block_t block =
        ebb_random_stream(77, seed, (uint32_t)evaluation, 0, (uint32_t)target);
    return ebb_random_normal(block.a);
}

/* Figures of a point, with the simulator's chance. */
static void simulate(const problem_t *p, size_t evaluation, const double *point,
                     double *values, double *errors)
{
    p->simulator(point, values);
    if (p->chance) {
        p->chance(p, evaluation, values, errors);
        return;
    }
    for (size_t k = 0; k < p->settings.target_count; k++) {
        values[k] += p->noise * noise_of(p->settings.seed, evaluation, k);
        errors[k] = p->noise;
    }
}

static int run(const problem_t *p, ebb_calibration_t **calibration, ebb_error_t *error)
{
    static double values[EVALUATIONS * 4 * TARGETS_MOST];
    static double errors[EVALUATIONS * 4 * TARGETS_MOST];
    size_t targets = p->settings.target_count, round = 0, count = 0;
    const double *points = NULL;
    int code = ebb_calibration_new(calibration, &p->settings, error);
    while (!code && (count = ebb_calibration_points(*calibration, &points)) > 0) {
        size_t told = ebb_calibration_told(*calibration, &round);
        for (size_t k = 0; k < count; k++) {
            simulate(p, told + k, points + k * p->settings.param_count,
                     values + k * targets, errors + k * targets);
        }
        code = ebb_calibration_tell(*calibration, values, errors, error);
    }
    return code;
}

static ebb_calibration_t *solved(const problem_t *p)
{
    ebb_calibration_t *calibration = NULL;
    ebb_error_t error = {0};
    CHECK(run(p, &calibration, &error) == EBB_OK);
    CHECK_STRING(error.text, "");
    return calibration;
}

/* Mean and standard deviation of a column of the draws. */
static void moments(const ebb_calibration_t *c, size_t params, size_t column,
                    double *mean, double *sd)
{
    size_t n = 0;
    const double *draws = ebb_calibration_draws(c, &n);
    *mean = *sd = 0;
    for (size_t k = 0; k < n; k++) {
        *mean += draws[k * params + column] / (double)n;
    }
    for (size_t k = 0; k < n; k++) {
        double off = draws[k * params + column] - *mean;
        *sd += off * off / (double)(n - 1);
    }
    *sd = sqrt(*sd);
}

/* --- one parameter ---------------------------------------------------------------- */

static void same(const double *point, double *values)
{
    values[0] = point[0];
}

/* The mean of a normal figure of known deviation: the posterior is the figure's own
 * distribution, whatever the simulator's chance, which its polynomial averages out. */
static void test_normal(double noise)
{
    const ebb_calibrate_param_t param = {"mu", -10, 10, false};
    const double sd = 0.5, half = 1.959963984540054 * sd;
    const ebb_calibrate_target_t target = {"y", 1.3, 1.3 - half, 1.3 + half, false};
    const problem_t p = {{&param, 1, &target, 1, NULL, 5, EVALUATIONS, 0, 4000, NULL},
                         same,
                         noise,
                         NULL};
    ebb_calibration_t *c = solved(&p);
    double mean, spread;
    moments(c, 1, 0, &mean, &spread);
    double chance = sd / sqrt(ebb_calibration_effective(c));
    /* the polynomial's own uncertainty: its error at the middle of some 300 points */
    double own = noise * sqrt(3.0 / 300);
    CHECK(ebb_calibration_effective(c) > 400);
    CHECK_NEAR(mean, 1.3, 4 * sqrt(chance * chance + own * own));
    CHECK_NEAR(spread, sd, 0.08 * sd + own);
    ebb_calibrate_param_info_t info = ebb_calibration_param(c, 0);
    CHECK(info.identified && info.together == 0);
    CHECK_NEAR(info.low, 1.3 - half, 0.2 + 4 * own);
    CHECK_NEAR(info.high, 1.3 + half, 0.2 + 4 * own);
    CHECK_NEAR(info.narrower, 20 * sqrt(1.0 / 12) / sd, 1.5);
    ebb_calibrate_target_info_t of = ebb_calibration_target(c, 0);
    CHECK(of.met);
    CHECK_NEAR(of.simulated, of.emulated, 5 * of.error + 1e-9);
    ebb_calibration_free(c);
}

/* A prior uniform in the logarithm, a posterior that is no normal: x^-1 times a normal
 * density, against sums over a fine grid. */
static void test_log_prior(void)
{
    const ebb_calibrate_param_t param = {"x", 0.1, 10, true};
    const ebb_calibrate_target_t target = {"y", 1, 1 - 0.4, 1 + 0.4, false};
    const problem_t p = {
        {&param, 1, &target, 1, NULL, 9, EVALUATIONS, 0, 8000, NULL}, same, 0.02, NULL};
    ebb_calibration_t *c = solved(&p);
    double mass = 0, first = 0, second = 0, sd = 0.4 / 1.959963984540054, mean, spread;
    for (int k = 0; k < 100000; k++) {
        double x = 0.1 * exp(log(100.0) * (k + 0.5) / 100000);
        double weight = exp(-(x - 1) * (x - 1) / (2 * sd * sd));
        mass += weight;
        first += weight * x;
        second += weight * x * x;
    }
    double want = first / mass, want_sd = sqrt(second / mass - want * want);
    moments(c, 1, 0, &mean, &spread);
    CHECK_NEAR(mean, want, 0.015);
    CHECK_NEAR(spread, want_sd, 0.015);
    CHECK(want < 0.97); /* not where a normal one would be */
    ebb_calibration_free(c);
}

/* --- a rare share ---------------------------------------------------------------- */

enum { RARE_COUPLES = 4000 };

static void hazard(const double *point, double *values)
{
    values[0] = 1 - exp(-point[0]);
}

/* Counts of couples, few at many points, and half a couple more. */
static void count_rare(const problem_t *p, size_t evaluation, double *values,
                       double *errors)
{
    double n = RARE_COUPLES, share = values[0], left = share * n;
    ebb_random_block_t block =
        ebb_random_stream(77, p->settings.seed, (uint32_t)evaluation, 0, 0);
    double chance = ebb_random_uniform(block.a), term = exp(-left), sum = term,
           gone = 0;
    while (sum < chance && gone < n) {
        gone++;
        term *= left / gone;
        sum += term;
    }
    values[0] = (gone + 0.5) / (n + 1);
    errors[0] = sqrt(values[0] * (1 - values[0]) / n);
}

/* A hazard by which fifteen in a thousand leave: its logarithm has the figure's own
 * distribution on that scale, out of three powers of ten. */
static void test_rare(void)
{
    const ebb_calibrate_param_t param = {"h", 0.0003, 0.3, true};
    const ebb_calibrate_target_t target = {"gone", 0.015, 0.012, 0.0187, true};
    const problem_t p = {{&param, 1, &target, 1, NULL, 4, EVALUATIONS, 0, 4000, NULL},
                         hazard,
                         0,
                         count_rare};
    ebb_calibration_t *c = solved(&p);
    ebb_calibrate_param_info_t info = ebb_calibration_param(c, 0);
    ebb_calibrate_target_info_t of = ebb_calibration_target(c, 0);
    CHECK(of.met && info.identified);
    CHECK_NEAR(log(info.median), log(-log(1 - 0.015)), 0.1);
    CHECK_NEAR(log(info.high / info.low), log(0.0187 / 0.012), 0.15);
    CHECK_NEAR(of.simulated, of.emulated, 5 * of.error);
    CHECK_NEAR(of.median, 0.015, 0.0015);
    CHECK(of.low > 0.01 && of.high < 0.022);
    ebb_calibration_free(c);
}

/* --- what is not identified ------------------------------------------------------- */

static void sum_only(const double *point, double *values)
{
    values[0] = point[0] + point[1];
    values[1] = point[2];
}

/* Of the sum of two, one that is seen by itself, and one that nothing hangs on. */
static void test_not_identified(void)
{
    const ebb_calibrate_param_t params[] = {
        {"a", 0, 1, false}, {"b", 0, 1, false}, {"c", 0, 1, false}, {"d", 0, 1, false}};
    const ebb_calibrate_target_t targets[] = {{"a+b", 1, 0.96, 1.04, false},
                                              {"c", 0.5, 0.4, 0.6, false}};
    const problem_t p = {{params, 4, targets, 2, NULL, 3, EVALUATIONS, 0, 4000, NULL},
                         sum_only,
                         0.01,
                         NULL};
    ebb_calibration_t *c = solved(&p);
    ebb_calibrate_param_info_t a = ebb_calibration_param(c, 0);
    ebb_calibrate_param_info_t b = ebb_calibration_param(c, 1);
    ebb_calibrate_param_info_t alone = ebb_calibration_param(c, 2);
    ebb_calibrate_param_info_t none = ebb_calibration_param(c, 3);
    CHECK(!a.identified && !b.identified && alone.identified && !none.identified);
    CHECK(a.together == 1 && b.together == 0 && a.r < -0.95);
    CHECK(alone.together == 2 && none.together == 3);
    CHECK_NEAR(none.narrower, 1, 0.1);
    CHECK_NEAR(a.narrower, 1, 0.15);
    CHECK_NEAR(none.mean, 0.5, 0.04);
    ebb_calibration_free(c);
}

/* --- ranks ------------------------------------------------------------------------ */

static void bent(const double *point, double *values)
{
    values[0] = point[0] + 0.3 * point[1] * point[1];
    values[1] = point[1] - 0.5 * point[0];
    values[2] = exp(0.5 * point[0]);
}

/* Where the truth is drawn from the prior and the figures from the truth, its rank
 * among the draws of its posterior is uniform (Talts and others 2018). */
static void test_ranks(void)
{
    enum { PROBLEMS = 100, BINS = 10 };
    const ebb_calibrate_param_t params[] = {{"a", -1, 1, false}, {"b", -1, 1, false}};
    const ebb_calibrate_target_t targets[] = {{"x", 0, -0.6, 0.6, false},
                                              {"y", 0, -0.6, 0.6, false},
                                              {"z", 0, -0.8, 0.8, false}};
    int counts[2][BINS] = {{0}}, inside[2] = {0};
    for (uint64_t k = 0; k < PROBLEMS; k++) {
        double truth[2], values[3];
        ebb_calibrate_target_t seen[3];
        problem_t p = {{params, 2, targets, 3, NULL, 1000 + k, 120, 4, 200, NULL},
                       bent,
                       0.05,
                       NULL};
        ebb_calibrate_truth(&p.settings, k, truth);
        bent(truth, values);
        CHECK(ebb_calibrate_publish(&p.settings, k, values, seen));
        p.settings.targets = seen;
        ebb_calibration_t *c = solved(&p);
        size_t n = 0;
        const double *draws = ebb_calibration_draws(c, &n);
        for (size_t i = 0; i < 2; i++) {
            size_t below = 0;
            for (size_t j = 0; j < n; j++) {
                below += draws[j * 2 + i] < truth[i];
            }
            counts[i][below * BINS / (n + 1)]++;
            ebb_calibrate_param_info_t info = ebb_calibration_param(c, i);
            inside[i] += info.low <= truth[i] && truth[i] <= info.high;
        }
        ebb_calibration_free(c);
    }
    for (size_t i = 0; i < 2; i++) {
        double chi = 0;
        for (size_t k = 0; k < BINS; k++) {
            double off = counts[i][k] - (double)PROBLEMS / BINS;
            chi += off * off / ((double)PROBLEMS / BINS);
        }
        CHECK(chi < 27.9); /* 0.1 % of chi-square of nine degrees of freedom */
        CHECK(inside[i] >= 88);
    }
}

/* --- many parameters -------------------------------------------------------------- */

/* Shares and gains that saturate, as those of couples do. */
static void curved(const double *point, double *values)
{
    values[0] = 1 - exp(-point[0]);
    values[1] = 1 - exp(-point[0] * exp(-point[1]));
    values[2] = 2 * point[2] + 0.2 * point[3];
    values[3] = 0.3 * point[3];
    values[4] = point[4] / (1 + point[4]);
    values[5] = point[4] / (1 + point[4]) + point[5] * point[5];
}

/* Also when it is said what depends on what, with a third of the evaluations. */
static void test_curved(bool said)
{
    const ebb_calibrate_param_t params[] = {
        {"rate", 0.05, 2, true},    {"barrier", 0, 5, false},
        {"lever", 0, 1, false},     {"drift", -1, 1, false},
        {"inertia", 0.05, 5, true}, {"influence", 0, 1, false}};
    const double truth[] = {0.25, 2.6, 0.5, 0.4, 0.8, 0.25};
    static const bool acts[6 * 6] = {1,       0, 0, 0, 0, 0, /* */ 1, 1, 0, 0, 0, 0,
                                     /* */ 0, 0, 1, 1, 0, 0, 0,       0, 0, 1, 0, 0,
                                     /* */ 0, 0, 0, 0, 1, 0, /* */ 0, 0, 0, 0, 1, 1};
    ebb_calibrate_target_t targets[6];
    double values[6];
    curved(truth, values);
    for (size_t k = 0; k < 6; k++) {
        targets[k] = (ebb_calibrate_target_t){"", values[k], 0.9 * values[k],
                                              1.1 * values[k], false};
    }
    const problem_t p = {{params, 6, targets, 6, said ? acts : NULL, 3,
                          (said ? 1 : 3) * EVALUATIONS, 0, 800, NULL},
                         curved,
                         0.003,
                         NULL};
    ebb_calibration_t *c = solved(&p);
    for (size_t i = 0; i < 6; i++) {
        ebb_calibrate_param_info_t info = ebb_calibration_param(c, i);
        CHECK(info.low < truth[i] && truth[i] < info.high);
        CHECK(info.identified);
        ebb_calibrate_target_info_t of = ebb_calibration_target(c, i);
        CHECK(of.met);
        CHECK_NEAR(of.simulated, of.emulated, 5 * of.error);
    }
    ebb_calibration_free(c);
}

/* --- order, errors ---------------------------------------------------------------- */

static void test_same_again(void)
{
    const ebb_calibrate_param_t params[] = {{"a", -1, 1, false}, {"b", -1, 1, false}};
    const ebb_calibrate_target_t targets[] = {{"x", 0, -0.6, 0.6, false},
                                              {"y", 0, -0.6, 0.6, false},
                                              {"z", 1, 0.2, 1.8, false}};
    problem_t p = {
        {params, 2, targets, 3, NULL, 8, 120, 4, 400, NULL}, bent, 0.05, NULL};
    ebb_calibration_t *one = solved(&p), *two = solved(&p);
    p.settings.seed = 9;
    ebb_calibration_t *other = solved(&p);
    size_t n = 0;
    size_t bytes = 400 * 2 * sizeof(double);
    const double *draws = ebb_calibration_draws(one, &n);
    CHECK(n == 400);
    CHECK(memcmp(draws, ebb_calibration_draws(two, &n), bytes) == 0);
    CHECK(memcmp(draws, ebb_calibration_draws(other, &n), bytes) != 0);
    ebb_calibration_free(one);
    ebb_calibration_free(two);
    ebb_calibration_free(other);
}

/* A figure that cannot be told at some points is told by the others; one that never
 * can is an error. */
static void seldom(const double *point, double *values)
{
    values[0] = point[0] > 0.5 ? (double)NAN : point[0];
}

static void never(const double *point, double *values)
{
    values[0] = (double)NAN + point[0];
}

static void test_not_told(void)
{
    const ebb_calibrate_param_t param = {"a", -1, 1, false};
    const ebb_calibrate_target_t target = {"x", 0, -0.2, 0.2, false};
    problem_t p = {
        {&param, 1, &target, 1, NULL, 8, 120, 4, 400, NULL}, seldom, 0.01, NULL};
    ebb_calibration_t *c = solved(&p);
    double mean, sd;
    moments(c, 1, 0, &mean, &sd);
    CHECK_NEAR(mean, 0, 0.03);
    CHECK_NEAR(sd, 0.102, 0.02);
    ebb_calibration_free(c);
    ebb_error_t error = {0};
    p.simulator = never;
    c = NULL;
    CHECK(run(&p, &c, &error) == EBB_ERR_NUMERIC);
    CHECK(strstr(error.text, "target 1") != NULL);
    ebb_calibration_free(c);
}

static void refuse(ebb_calibrate_settings_t settings, const char *why)
{
    ebb_calibration_t *c = NULL;
    ebb_error_t error = {0};
    CHECK(ebb_calibration_new(&c, &settings, &error) == EBB_ERR_ARGUMENT);
    CHECK(c == NULL);
    CHECK(strstr(error.text, why) != NULL);
}

static void test_arguments(void)
{
    const ebb_calibrate_param_t good = {"a", 1, 2, true}, down = {"b", 2, 1, false},
                                low = {"c", 0, 1, true};
    const ebb_calibrate_target_t target = {"x", 0, -1, 1, false},
                                 flat = {"y", 0, 0, 0, false},
                                 none = {"z", 0.1, 0, 0.2, true};
    refuse((ebb_calibrate_settings_t){&down, 1, &target, 1, NULL, 0, 100, 4, 0, NULL},
           "parameter 'b'");
    refuse((ebb_calibrate_settings_t){&low, 1, &target, 1, NULL, 0, 100, 4, 0, NULL},
           "above 0");
    refuse((ebb_calibrate_settings_t){&good, 1, &flat, 1, NULL, 0, 100, 4, 0, NULL},
           "target 'y'");
    refuse((ebb_calibrate_settings_t){&good, 1, &none, 1, NULL, 0, 100, 4, 0, NULL},
           "target 'z'");
    refuse((ebb_calibrate_settings_t){&good, 1, &target, 1, NULL, 0, 19, 4, 0, NULL},
           "19 evaluations");
    refuse((ebb_calibrate_settings_t){&good, 0, &target, 1, NULL, 0, 100, 4, 0, NULL},
           "0 parameters");
    refuse((ebb_calibrate_settings_t){&good, 1, &target, 1, NULL, 0, 100, 1, 0, NULL},
           "1 rounds");
    CHECK(ebb_calibrate_least(1, 4) == 20);
    ebb_calibration_free(NULL);
}

static void test_tell_twice(void)
{
    const ebb_calibrate_param_t param = {"a", -1, 1, false};
    const ebb_calibrate_target_t target = {"x", 0, -0.2, 0.2, false};
    const problem_t p = {
        {&param, 1, &target, 1, NULL, 8, 120, 4, 400, NULL}, same, 0.01, NULL};
    ebb_calibration_t *c = solved(&p);
    const double none[] = {0}, *points = NULL;
    size_t round = 0;
    ebb_error_t error = {0};
    CHECK(ebb_calibration_points(c, &points) == 0);
    CHECK(ebb_calibration_told(c, &round) == 120 && round == 4);
    CHECK(ebb_calibration_tell(c, none, none, &error) == EBB_ERR_ARGUMENT);
    ebb_calibration_free(c);
}

int main(void)
{
    test_normal(0);
    test_normal(0.5);
    test_log_prior();
    test_rare();
    test_not_identified();
    test_ranks();
    test_curved(false);
    test_curved(true);
    test_same_again();
    test_not_told();
    test_arguments();
    test_tell_twice();
    return check_report(__FILE__);
}
