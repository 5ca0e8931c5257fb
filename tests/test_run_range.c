/* SPDX-License-Identifier: MIT
 * A couple has the same bits alone, in any block and in any range; partners who change
 * places exchange their numbers; totals do not depend on how ranges are cut; settings
 * that cannot be are refused in a sentence; no memory is lost when it runs out.
 *
 *     test_run_range MODELS GOOD
 */
#include "run_couple.h"
#include "scarce.h"

static const char *models, *good;

/* Differs from couple to couple, whatever the model; its type is that of a callback. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void vary(void *user, uint64_t couple, double *params, double *traits,
                 double *starts)
{
    size_t states = *(const size_t *)user;
    (void)params, (void)traits;
    for (size_t i = 0; i < states; i++) {
        starts[i] = isnan(starts[i]) ? 0.05 + 0.01 * (double)((couple * 7 + i) % 23)
                                     : starts[i];
    }
}

static int same(const double *a, const double *b, size_t count)
{
    return a && b && memcmp(a, b, count * sizeof *a) == 0;
}

/* 37 couples at once, in pieces and in blocks of every width. */
static void check_blocks(const ebb_model_t *model, ebb_method_t method, double length)
{
    enum { COUPLES = 37 };
    size_t states = ebb_model_info(model).states;
    size_t outputs = states + ebb_model_info(model).lets;
    double *times = times_every(length / 4, 5);
    ebb_run_settings_t s = {.length = length,
                            .method = method,
                            .step = 0.1,
                            .tolerance = 1e-6,
                            .seed = 4,
                            .times = times,
                            .time_count = 5,
                            .vary = vary,
                            .vary_user = &states};
    size_t all = 5 * outputs;
    double *whole = values_of(model, NULL, &s, 0, COUPLES);
    for (size_t lanes = 8; lanes <= 64; lanes *= 2) {
        s.lanes = lanes;
        double *again = values_of(model, NULL, &s, 3, COUPLES);
        CHECK(same(whole + 3 * all, again, (COUPLES - 3) * all));
        free(again);
    }
    s.lanes = 1;
    for (uint64_t couple = 0; couple < COUPLES; couple += 6) {
        double *alone = values_of(model, NULL, &s, couple, couple + 1);
        CHECK(same(whole + couple * all, alone, all));
        free(alone);
    }
    free(whole);
    free(times);
}

static void check_file(const char *folder, const char *name, ebb_method_t method,
                       double length)
{
    ebb_model_t *model = model_of_file(folder, name);
    CHECK(model != NULL);
    if (model) {
        check_blocks(model, method, length);
    }
    ebb_model_free(model);
}

static void test_blocks(void)
{
    check_file(models, "gottman_murray_bilinear", EBB_METHOD_AUTO, 40);
    check_file(models, "inertia_coordination", EBB_METHOD_AUTO, 40);
    check_file(models, "pursuit_minimal", EBB_METHOD_DORMAND_PRINCE, 20);
    check_file(models, "pursuit_minimal", EBB_METHOD_ROSENBROCK, 20);
    check_file(models, "sprott_triangle", EBB_METHOD_DORMAND_PRINCE, 10);
    check_file(models, "jules_and_jim", EBB_METHOD_DORMAND_PRINCE, 4);
    check_file(models, "liebovitch_delay", EBB_METHOD_DORMAND_PRINCE, 10);
    check_file(models, "liebovitch_delay", EBB_METHOD_HEUN, 10);
    check_file(good, "notes", EBB_METHOD_HEUN, 20);
    check_file(good, "notes", EBB_METHOD_EULER, 20);
}

/* Events with guards and rates in an adaptive method. */
static void test_blocks_with_events(void)
{
    ebb_model_t *model =
        model_of("model events \"x\"\ntime unit\nstate x = 0, rest = 1\n"
                 "d x = 1 + 0.3*partner.x - 0.2*x\nd rest = 0\n"
                 "event shed when x > 2 -> x = 0.1*rest\n"
                 "event kick rate 0.5*x size exponential(1) -> rest = size\n");
    check_blocks(model, EBB_METHOD_DORMAND_PRINCE, 12);
    check_blocks(model, EBB_METHOD_ROSENBROCK, 12);
    check_blocks(model, EBB_METHOD_EULER, 12);
    ebb_model_free(model);
}

/* --- partners change places ------------------------------------------------------- */

/* Runs with traits and starts exchanged, and chance too. */
static double *exchanged_values(const ebb_model_t *model, ebb_run_settings_t s,
                                bool exchange)
{
    const ebb_system_t *system = ebb_model_system(model);
    double traits[64], starts[64];
    for (size_t i = 0; i < system->trait_count; i++) {
        traits[i] = system->traits[exchange ? system->traits[i].mirror : i].value +
                    0.3 * (double)((exchange ? system->traits[i].mirror : i) % 3);
    }
    for (size_t i = 0; i < system->state_count; i++) {
        size_t from = exchange ? system->states[i].mirror : i;
        starts[i] = 0.1 + 0.05 * (double)from;
    }
    s.traits = traits;
    s.starts = starts;
    s.exchange = exchange;
    return values_of(model, NULL, &s, 0, 5);
}

static void check_exchange(const char *folder, const char *name, ebb_method_t method,
                           double length)
{
    ebb_model_t *model = model_of_file(folder, name);
    const ebb_system_t *system = ebb_model_system(model);
    ebb_run_settings_t s = {.length = length,
                            .times = &length,
                            .time_count = 1,
                            .method = method,
                            .step = 0.1,
                            .tolerance = 1e-6,
                            .seed = 8};
    double *one = exchanged_values(model, s, false);
    double *other = exchanged_values(model, s, true);
    size_t outputs = system->state_count + system->let_count;
    int equal = 1;
    for (size_t c = 0; c < 5; c++) {
        for (size_t i = 0; i < system->state_count; i++) {
            equal &= same(&one[c * outputs + i],
                          &other[c * outputs + system->states[i].mirror], 1);
        }
    }
    CHECK(equal);
    free(one);
    free(other);
    ebb_model_free(model);
}

static void test_exchange(void)
{
    check_exchange(models, "gottman_murray_ojive", EBB_METHOD_AUTO, 30);
    check_exchange(models, "inertia_coordination", EBB_METHOD_AUTO, 30);
    check_exchange(models, "rinaldi_secure", EBB_METHOD_DORMAND_PRINCE, 8);
    check_exchange(models, "coupled_oscillators", EBB_METHOD_DORMAND_PRINCE, 30);
    check_exchange(models, "liebovitch_delay", EBB_METHOD_DORMAND_PRINCE, 10);
    check_exchange(good, "notes", EBB_METHOD_HEUN, 10);
}

/* --- delays ----------------------------------------------------------------------- */

/* x' = -x(t - 1) with x = 1 before: polynomials from 1 to 2, 2 to 3 (method of steps).
 * x(1) = 0, x(2) = -1/2, x(3) = -1/6. */
static void test_delay(void)
{
    ebb_model_t *model =
        model_of("model late \"x\"\ntime unit\npersons a\nstate a.x = 1\n"
                 "d a.x = -delay(x, 1)\n");
    double times[] = {0.5, 1, 1.5, 2, 3};
    ebb_run_settings_t s = {.length = 3, .times = times, .time_count = 5};
    double *values = values_of(model, NULL, &s, 0, 1);
    CHECK_NEAR(values[0], 0.5, 1e-8);
    CHECK_NEAR(values[1], 0, 1e-8);
    CHECK_NEAR(values[2], -0.375, 1e-8);
    CHECK_NEAR(values[3], -0.5, 1e-8);
    CHECK_NEAR(values[4], -1. / 6, 1e-8);
    free(values);
    s.method = EBB_METHOD_HEUN;
    s.step = 0.001;
    values = values_of(model, NULL, &s, 0, 1);
    CHECK_NEAR(values[4], -1. / 6, 1e-5);
    free(values);
    ebb_model_free(model);
}

/* x' = -x(t - pi/2) keeps cos t for ever when that was its past. */
static void test_delay_with_history(void)
{
    ebb_model_t *model =
        model_of("model swing \"x\"\ntime unit\npersons a\nstate a.x = 1\n"
                 "history a.x = cos(time)\nd a.x = -delay(x, pi/2)\n");
    double *times = times_every(1, 21);
    ebb_run_settings_t s = {.length = 20, .times = times, .time_count = 21};
    double *values = values_of(model, NULL, &s, 0, 1);
    for (int k = 0; k <= 20; k++) {
        CHECK_NEAR(values[k], cos(k), 1e-5);
    }
    free(values);
    free(times);
    ebb_model_free(model);
}

/* Where a scenario or a setting says with what a couple starts, that was its past. */
static void test_delay_with_start(void)
{
    static const char text[] = "model late \"x\"\ntime unit\npersons a\nstate a.x = 1\n"
                               "d a.x = -delay(x, 1)\n"
                               "scenario twice \"x\" uses late\nrun 3\nstart a.x = 2\n";
    ebb_model_t *model = model_of(text);
    ebb_scenario_t *scenario = scenario_of(model, text);
    double times[] = {0.5, 2, 3}, starts[] = {2};
    for (int k = 0; k < 2; k++) {
        ebb_run_settings_t s = {
            .length = 3, .times = times, .time_count = 3, .starts = k ? starts : NULL};
        double *values = values_of(model, k ? NULL : scenario, &s, 0, 1);
        CHECK_NEAR(values[0], 1, 1e-8);
        CHECK_NEAR(values[1], -1, 1e-8);
        CHECK_NEAR(values[2], -1. / 3, 1e-8);
        free(values);
    }
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

/* In steps: x(t + 1) = x(t) + x(t - 1), from 1 and 1: Fibonacci. */
static void test_delay_in_steps(void)
{
    ebb_model_t *model = model_of("model fib \"x\"\ntime turn\npersons a\n"
                                  "state a.x = 1\nhistory a.x = 1\n"
                                  "next a.x = x + delay(x, 1)\n");
    double *times = times_every(1, 11);
    ebb_run_settings_t s = {.length = 10, .times = times, .time_count = 11};
    double *values = values_of(model, NULL, &s, 0, 1);
    CHECK(values[1] == 2 && values[2] == 3 && values[3] == 5 && values[10] == 144);
    free(values);
    free(times);
    ebb_model_free(model);
}

/* --- scenarios -------------------------------------------------------------------- */

static const char led[] =
    "model led \"x\"\ntime day\npersons a\nshared input u = 0\n"
    "state a.x = 0\nd a.x = u\n"
    "scenario course \"x\" uses led\nrun 10\n"
    "start a.x = 1\nat 2: u = 1\nramp 4 to 6: u = 0\nat 8: a.x += 5\n";

/* x: 1 until 2, then rises by 1 a day until 4 (3), then by a rate that falls to 0 at 6
 * (4), then stays, and jumps to 9 at 8. */
static void check_course(ebb_method_t method, double within)
{
    static const double want[] = {1, 1, 1, 2, 3, 3.75, 4, 4, 9, 9, 9};
    ebb_model_t *model = model_of(led);
    ebb_scenario_t *scenario = scenario_of(model, led);
    double *times = times_every(1, 11);
    ebb_run_settings_t s = {
        .times = times, .time_count = 11, .method = method, .step = 0.03125};
    double *values = values_of(model, scenario, &s, 0, 1);
    for (int k = 0; k <= 10 && values; k++) {
        CHECK_NEAR(values[k], want[k], within);
    }
    free(values);
    free(times);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

static void test_scenario(void)
{
    check_course(EBB_METHOD_DORMAND_PRINCE, 1e-9);
    check_course(EBB_METHOD_ROSENBROCK, 1e-9);
    check_course(EBB_METHOD_HEUN, 1e-9);
    check_course(EBB_METHOD_EULER, 0.02);
}

static void test_expectations(void)
{
    static const bool holds[] = {true, true, true, true, false};
    static const char text[] =
        "model led \"x\"\ntime day\npersons a\nshared input u = 0\n"
        "state a.x = 0\nd a.x = u\n"
        "scenario course \"x\" uses led\nrun 10\n"
        "start a.x = 1\nat 2: u = 1\nramp 4 to 6: u = 0\nat 8: a.x += 5\n"
        "expect value(a.x, 8) > 8.999 and value(a.x, 8) < 9.001\n"
        "expect mean(a.x, 2, 4) > 1.999 and mean(a.x, 2, 4) < 2.001\n"
        "expect share(a.x > 2, 2, 4) > 0.45 and share(a.x > 2, 2, 4) < 0.55\n"
        "expect always(a.x > 0.5) and highest(a.x, 0, 7) < 4.1\n"
        "expect ever(a.x > 10, 0, 10) in 0.5 of runs\n";
    static const ebb_method_t methods[] = {EBB_METHOD_DORMAND_PRINCE, EBB_METHOD_HEUN};
    ebb_model_t *model = model_of(text);
    ebb_scenario_t *scenario = scenario_of(model, text);
    for (int m = 0; m < 2; m++) {
        ebb_run_settings_t s = {.method = methods[m]};
        ebb_simulation_t *run = NULL;
        ebb_run_totals_t *totals = NULL;
        CHECK(ebb_run_new(&run, model, scenario, &s, NULL) == EBB_OK);
        CHECK(ebb_run_totals_new(&totals, run, false, NULL) == EBB_OK);
        ebb_run_job_t job = {.end = 3, .totals = totals};
        CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
        CHECK(ebb_run_info(run).expect_count == 5);
        for (size_t k = 0; k < 5; k++) {
            ebb_run_verdict_t verdict;
            CHECK(ebb_run_verdict(totals, k, &verdict) == EBB_OK);
            CHECK(verdict.holds == holds[k]);
            if (verdict.holds != holds[k]) {
                (void)fprintf(stderr, "%s\n", verdict.code);
            }
            CHECK(verdict.kept + verdict.broken == 3);
        }
        ebb_run_totals_free(totals);
        ebb_run_free(run);
    }
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

/* --- totals ----------------------------------------------------------------------- */

static int stop_at_once(void *user, uint64_t done, uint64_t all)
{
    *(uint64_t *)user = done;
    return done < all;
}

static void test_totals(void)
{
    enum { COUPLES = 500 };
    ebb_model_t *model = model_of_file(models, "inertia_coordination");
    double end = 20;
    ebb_run_settings_t s = {
        .length = 20, .times = &end, .time_count = 1, .seed = 1, .lanes = 32};
    ebb_simulation_t *run = NULL;
    ebb_run_totals_t *whole = NULL, *left = NULL, *right = NULL;
    CHECK(ebb_run_new(&run, model, NULL, &s, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&whole, run, true, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&left, run, true, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&right, run, true, NULL) == EBB_OK);
    double values[COUPLES * 2];
    ebb_run_job_t job = {.end = COUPLES, .totals = whole, .values = values};
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
    ebb_run_job_t second = {.begin = 123, .end = COUPLES, .totals = left};
    ebb_run_job_t first = {.begin = 0, .end = 123, .totals = right};
    CHECK(ebb_run_range(run, &second, NULL) == EBB_OK);
    CHECK(ebb_run_range(run, &first, NULL) == EBB_OK);
    CHECK(ebb_run_totals_merge(left, right) == EBB_OK);
    ebb_run_total_t a = ebb_run_total(whole, 0, 1), b = ebb_run_total(left, 0, 1);
    CHECK(memcmp(&a, &b, sizeof a) == 0);
    CHECK(ebb_run_quantile(whole, 0, 1, 0.3) == ebb_run_quantile(left, 0, 1, 0.3));
    double sum = 0, squares = 0, below = 0, cut = ebb_run_quantile(whole, 0, 1, 0.3);
    for (int c = 0; c < COUPLES; c++) {
        sum += values[2 * c + 1];
        squares += values[2 * c + 1] * values[2 * c + 1];
        below += values[2 * c + 1] < cut;
    }
    CHECK(a.count == COUPLES);
    CHECK_NEAR(a.mean, sum / COUPLES, 1e-14);
    CHECK_NEAR(a.sd, sqrt((squares - sum * sum / COUPLES) / (COUPLES - 1)), 1e-12);
    CHECK_NEAR(below / COUPLES, 0.3, 0.02);
    uint64_t done = 0;
    ebb_run_job_t cut_short = {
        .end = COUPLES, .progress = stop_at_once, .progress_user = &done};
    CHECK(ebb_run_range(run, &cut_short, NULL) == EBB_ERR_CANCELLED && done == 32);
    ebb_run_totals_free(whole);
    ebb_run_totals_free(left);
    ebb_run_totals_free(right);
    ebb_run_free(run);
    ebb_model_free(model);
}

/* --- what cannot be --------------------------------------------------------------- */

static void test_refusals(void)
{
    ebb_model_t *map = model_of_file(models, "inertia_coordination");
    ebb_model_t *noisy = model_of_file(good, "notes");
    ebb_model_t *late = model_of_file(models, "liebovitch_delay");
    ebb_model_t *mixed = model_of("model mixed \"x\"\ntime unit\nstate x = 1\n"
                                  "d x = 0\nnoise x = partner.x\n");
    double wrong[] = {2, 1}, half = 0.5;
    ebb_run_settings_t none = {0};
    CHECK_STRING(refusal_of(noisy, &none),
                 "how long the run is must be said, as the scenario does not");
    ebb_run_settings_t eternal = {.length = 1e300};
    CHECK_STRING(
        refusal_of(noisy, &eternal),
        "the run is to be 1e+300 day long; it must be above 0 and below 1e+15");
    ebb_run_settings_t backwards = {.length = -2};
    CHECK_STRING(refusal_of(noisy, &backwards),
                 "the run is to be -2 day long; it must be above 0 and below 1e+15");
    ebb_run_settings_t tiny = {.length = 100, .step = 1e-12};
    CHECK_STRING(
        refusal_of(noisy, &tiny),
        "100 day in steps of 1e-12 are 1e+14 steps for each couple, and at most "
        "1e+10 are taken: a longer step or a shorter run helps");
    ebb_run_settings_t back = {.length = 3, .times = wrong, .time_count = 2};
    CHECK_STRING(refusal_of(noisy, &back), "times must rise, and 1 follows 2");
    ebb_run_settings_t beyond = {.length = 1, .times = wrong, .time_count = 1};
    CHECK_STRING(refusal_of(noisy, &beyond),
                 "time 2 is outside the run, which is 1 day long");
    ebb_run_settings_t part = {.length = 4, .times = &half, .time_count = 1};
    CHECK_STRING(refusal_of(map, &part),
                 "`inertia_coordination` goes in whole steps, and time 0.5 is none");
    ebb_run_settings_t smooth = {.length = 1, .method = EBB_METHOD_DORMAND_PRINCE};
    CHECK_STRING(refusal_of(noisy, &smooth),
                 "`notes` has noise: dopri5 is not for it, heun and euler are");
    ebb_run_settings_t stiff = {.length = 1, .method = EBB_METHOD_ROSENBROCK};
    CHECK_STRING(refusal_of(late, &stiff),
                 "`liebovitch_delay` has delays: rodas4 is not for it, dopri5 is");
    ebb_run_settings_t heun = {.length = 1, .method = EBB_METHOD_HEUN};
    CHECK_STRING(
        refusal_of(mixed, &heun),
        "the noise of `b.x` depends on `a.x`, which has noise too: heun cannot "
        "do that, euler can");
    CHECK_STRING(
        refusal_of(map, &heun),
        "`inertia_coordination` goes in discrete time: heun is not for it, map "
        "is");
    ebb_run_settings_t loose = {.length = 1, .tolerance = 1};
    CHECK_STRING(refusal_of(late, &loose),
                 "the tolerance is 1; it must be from 1e-13 to 0.1");
    ebb_run_settings_t negative = {.length = 1, .step = -1};
    CHECK_STRING(refusal_of(noisy, &negative),
                 "the step is -1 day; it must be above 0");
    ebb_method_t method = EBB_METHOD_AUTO;
    CHECK(ebb_method_of("rodas4", &method) && method == EBB_METHOD_ROSENBROCK);
    CHECK(!ebb_method_of("rk", &method));
    ebb_model_free(map);
    ebb_model_free(noisy);
    ebb_model_free(late);
    ebb_model_free(mixed);
}

/* A couple that runs away is counted, named and explained; the others run on. */
static void test_runaway(void)
{
    ebb_model_t *model = model_of("model away \"x\"\ntime unit\npersons a\n"
                                  "state a.x = 1\nd a.x = x^2\n");
    double times[] = {0.5, 2};
    for (int m = EBB_METHOD_EULER; m <= EBB_METHOD_ROSENBROCK; m++) {
        ebb_run_settings_t s = {.length = 2,
                                .method = (ebb_method_t)m,
                                .step = 0.001,
                                .times = times,
                                .time_count = 2};
        ebb_simulation_t *run = NULL;
        CHECK(ebb_run_new(&run, model, NULL, &s, NULL) == EBB_OK);
        double values[2];
        ebb_run_job_t job = {.end = 1, .values = values};
        CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
        CHECK(job.failed == 1 && job.first_failed == 0 && job.why != NULL);
        CHECK_NEAR(values[0], 2, 0.01);
        CHECK(isnan(values[1]));
        ebb_run_free(run);
    }
    ebb_model_free(model);
}

/* Every request for memory fails once. */
static void test_scarce(void)
{
    ebb_model_t *model = model_of_file(models, "liebovitch_delay");
    int code = EBB_ERR_MEMORY;
    for (long n = 0; code == EBB_ERR_MEMORY && n < 500; n++) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        double end = 1;
        ebb_run_settings_t s = {
            .length = 1, .alloc = &alloc, .times = &end, .time_count = 1};
        ebb_simulation_t *run = NULL;
        ebb_run_totals_t *totals = NULL;
        code = ebb_run_new(&run, model, NULL, &s, NULL);
        code = code ? code : ebb_run_totals_new(&totals, run, true, NULL);
        ebb_run_job_t job = {.end = 2, .totals = totals};
        code = code ? code : ebb_run_range(run, &job, NULL);
        ebb_run_totals_free(totals);
        ebb_run_free(run);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK);
    ebb_model_free(model);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        return 2;
    }
    models = argv[1];
    good = argv[2];
    test_blocks();
    test_blocks_with_events();
    test_exchange();
    test_delay();
    test_delay_with_history();
    test_delay_with_start();
    test_delay_in_steps();
    test_scenario();
    test_expectations();
    test_totals();
    test_refusals();
    test_runaway();
    test_scarce();
    return check_report(__FILE__);
}
