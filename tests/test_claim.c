/* SPDX-License-Identifier: MIT
 * Summaries against closed forms, intervals against tables, and claims: couples of arms
 * that are known to differ, or not to. */
#include "check.h"
#include "ebb/claim.h"
#include "run_couple.h"
#include "study/interval.h"

#define PI 3.141592653589793

/* --- summaries of one run --------------------------------------------------------- */

static const char circle[] = "model circle \"Once around in 2 pi\"\n"
                             "time day\n"
                             "state x = 0, y = 1, fading = 8, even = 3\n"
                             "d x = y\n"
                             "d y = -x\n"
                             "d fading = -0.5*fading\n"
                             "d even = 0\n";

/* What a summary of the first partner says of a run of length 20. */
static double summary_of(const char *expression)
{
    char text[512];
    ebb_model_t *model = model_of(circle);
    ebb_simulation_t *run = NULL;
    double value = (double)NAN;
    (void)snprintf(text, sizeof text, "scenario s uses circle\nrun 20\nexpect %s > 0\n",
                   expression);
    ebb_scenario_t *scenario = scenario_of(model, text);
    if (scenario) {
        const ebb_run_settings_t settings = {0};
        double all[8] = {0};
        CHECK(ebb_run_new(&run, model, scenario, &settings, NULL) == EBB_OK);
        ebb_run_job_t job = {.end = 1, .summaries = all};
        CHECK(ebb_run_info(run).summary_count == 1);
        CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
        value = all[0];
    }
    ebb_run_free(run);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
    return value;
}

/* Whether a comparison holds of that run: for what is made of several summaries. */
static bool holds_in_run(const char *condition)
{
    char text[512];
    ebb_model_t *model = model_of(circle);
    ebb_simulation_t *run = NULL;
    ebb_run_totals_t *totals = NULL;
    ebb_run_verdict_t verdict = {0};
    (void)snprintf(text, sizeof text, "scenario s uses circle\nrun 20\nexpect %s\n",
                   condition);
    ebb_scenario_t *scenario = scenario_of(model, text);
    const ebb_run_settings_t settings = {0};
    CHECK(ebb_run_new(&run, model, scenario, &settings, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&totals, run, false, NULL) == EBB_OK);
    ebb_run_job_t job = {.end = 1, .totals = totals};
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
    CHECK(ebb_run_verdict(totals, 0, &verdict) == EBB_OK);
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
    return verdict.holds;
}

/* `expression` is `value` within `error`. */
static void check_in_run(const char *expression, double value, double error)
{
    char condition[256];
    (void)snprintf(condition, sizeof condition, "abs(%s - (%.12g)) < %g", expression,
                   value, error);
    check_one(holds_in_run(condition), condition, __FILE__, __LINE__);
}

static void test_summaries(void)
{
    /* x = sin t, y = cos t, fading = 8 exp(-t/2) */
    CHECK_NEAR(summary_of("first(a.x > 0.5)"), PI / 6, 0.2);
    CHECK_NEAR(summary_of("first(a.x > 0.5, 3, 20)"), 2 * PI + PI / 6, 0.2);
    CHECK(summary_of("first(a.x > 2)") == 20);
    CHECK(summary_of("first(a.x > 2, 1, 9)") == 9);
    CHECK_NEAR(summary_of("halving(a.fading)"), 2 * log(2), 0.01);
    CHECK_NEAR(summary_of("halving(a.fading, 5, 15)"), 2 * log(2), 0.01);
    CHECK(summary_of("halving(a.fading, 5, 6)") == 1);
    CHECK(summary_of("halving(a.even, 5, 15)") == 10);
    check_in_run("spread(a.fading, 0, 4)",
                 sqrt(64 * (1 - exp(-4)) / 4 - pow(16 * (1 - exp(-2)) / 4, 2)), 1e-6);
    check_in_run("slope(3*a.x + 2, a.x)", 3, 1e-6);
    check_in_run("slope(0.7*time, time)", 0.7, 1e-6);
    check_in_run("correlation(-a.x, a.x)", -1, 1e-6);
    check_in_run("correlation(a.x, a.even)", 0, 1e-12); /* which does not vary */
    check_in_run("slope(a.x, a.even)", 0, 1e-12);
    /* sin t = cos(t - pi/2): over a span of t from 0 to pi/2 by hand, with h = pi/2
       mean(x) = mean(y) = 1/h, mean(x^2) = 1/2, mean(xy) = 1/(2h) */
    double h = PI / 2, rest = 1 / (2 * h) - 1 / (h * h);
    check_in_run("correlation(a.x, a.y, 0, 1.5707963267948966)",
                 rest / (0.5 - 1 / (h * h)), 1e-5);
}

/* sin t > 0 from 0 to pi, 2 pi to 3 pi, 4 pi to 5 pi and 6 pi to 20. */
static void test_episodes(void)
{
    CHECK(summary_of("episodes(a.x > 0.001, 0)") == 4);
    CHECK(summary_of("episodes(a.x > 0.001, 0, 0, 7)") == 2);
    CHECK(summary_of("episodes(a.x > 0.001, 2)") == 3); /* the last is cut off */
    CHECK(summary_of("episodes(a.x > 0.001, 3.3)") == 0);
    CHECK(summary_of("episodes(a.x > 2, 0)") == 0);
    /* pauses of 0.9 between stretches of 5.4 */
    CHECK(summary_of("episodes(a.y > -0.9, 0)") == 4);
    CHECK(summary_of("episodes(a.y > -0.9, 1.5)") == 1);
}

static void test_rhythm(void)
{
    /* every 2 pi; then with gaps of 3 and 5: mean 4, variance 2 */
    check_in_run("variation(a.x > 0.001, 0)", 0, 0.03);
    /* the first of four is under way, and begins where the span does */
    check_in_run("variation(a.x > 0.001, 0, 1, 20)", 1 / sqrt(3) / (2 * PI - 1. / 3),
                 0.03);
    check_in_run("variation(time < 1 or time > 3 and time < 4 or time > 8, 0.5)",
                 sqrt(2) / 4, 0.03);
    CHECK(!holds_in_run("variation(a.x > 0.001, 0, 0, 7) < 1")); /* one gap alone */
    CHECK(!holds_in_run("variation(a.x > 0.001, 0, 0, 7) >= 1"));
    /* one after the other, whatever holds at first; one alone */
    check_in_run("entropy(a.x > 0.001, a.y > 0.001, 1, 20)", 0, 1e-12);
    check_in_run("entropy(a.x > 0.001, a.x > 2, 1, 20)", 0, 1e-12);
    CHECK(
        !holds_in_run("entropy(a.x > 2, a.y > 2) < 1")); /* nothing follows anything */
    /* sin t above 0 at 2 pi, sin 2t above a half at pi: d cd d cd d cd, so that after d
       there are three c and two d, and after c there is d */
    double h = -(3 * log(3. / 5) + 2 * log(2. / 5)) / log(2) / 8;
    check_in_run("entropy(a.x > 0.001, 2*a.x*a.y > 0.5, 1, 20)", h, 1e-12);
    check_in_run("entropy(2*a.x*a.y > 0.5, a.x > 0.001, 1, 20)", h, 1e-12);
}

/* --- intervals -------------------------------------------------------------------- */

static void test_intervals(void)
{
    /* the usual tables, to more digits */
    CHECK_NEAR(ebb_student_of(1), 12.706204736, 1e-8);
    CHECK_NEAR(ebb_student_of(2), 4.302652730, 1e-8);
    CHECK_NEAR(ebb_student_of(3), 3.182446305, 1e-8);
    CHECK_NEAR(ebb_student_of(10), 2.228138852, 1e-8);
    CHECK_NEAR(ebb_student_of(29), 2.045229642, 1e-8);
    CHECK_NEAR(ebb_student_of(100), 1.983971519, 1e-8);
    CHECK_NEAR(ebb_student_of(1000), 1.962339081, 1e-7);
    const double numbers[4] = {1, 2, 3, 4};
    ebb_span_t span = ebb_interval_student(numbers, 4);
    CHECK_NEAR(span.low, 2.5 - 3.182446305 * sqrt(5. / 3 / 4), 1e-8);
    CHECK_NEAR(span.high, 2.5 + 3.182446305 * sqrt(5. / 3 / 4), 1e-8);
    CHECK(isinf(ebb_interval_student(numbers, 1).low));
    span = ebb_interval_wilson(8, 10);
    CHECK_NEAR(span.low, 0.4901625, 1e-6);
    CHECK_NEAR(span.high, 0.9433178, 1e-6);
    CHECK_NEAR(ebb_interval_wilson(0, 10).high, 0.2775328, 1e-6);
    /* nothing happened in any of ten: not certain that nothing ever does */
    const double none[10] = {0}, some[3] = {1, 0, -1};
    CHECK_NEAR(ebb_interval_paired(none, 10).high, 1.959964 / 12, 1e-6);
    CHECK_NEAR(ebb_interval_paired(some, 3).high, 1.959964 * sqrt(3. / 25), 1e-6);
}

/* --- claims ----------------------------------------------------------------------- */

/* x grows by gain times what one is like. */
static const char grower[] = "model grower \"Grows\"\n"
                             "time day\n"
                             "param gain = 1 in [0, 9]\n"
                             "trait level = 1 in [-9, 9]\n"
                             "input push = 0 in [0, 9]\n"
                             "state x = 0\n"
                             "d x = gain*level + push\n";

static int find(const char *text, const ebb_claim_settings_t *settings,
                ebb_claim_finding_t *found, size_t room)
{
    ebb_model_t *model = model_of(grower);
    ebb_model_text_t source = {.bytes = text, .size = strlen(text), .label = "text"};
    ebb_claim_t *claim = NULL;
    ebb_error_t error = {0};
    ebb_text_t report = {0};
    int code = ebb_claim_read(&claim, model, &source, &report, &error);
    if (code) {
        (void)fprintf(stderr, "%s\n", report.data ? report.data : error.text);
    }
    CHECK(code == EBB_OK);
    code = code ? code : ebb_claim_check(claim, settings, found, room, &error);
    ebb_text_free(&report);
    ebb_claim_free(claim);
    ebb_model_free(model);
    return code;
}

/* Everyone of a level of their own; in the second arm everything twice. */
#define DOUBLED                        \
    "claim A1 \"twice\" uses grower\n" \
    "run 10\n"                         \
    "couples 200\n"                    \
    "a: level = normal(1, 0.5)\n"      \
    "arm once\n"                       \
    "set gain = 1\n"                   \
    "arm twice\n"                      \
    "set gain = 2\n"

static void test_paired(void)
{
    ebb_claim_finding_t found[2];
    CHECK(find(DOUBLED "expect twice(value(a.x, 10)) > once(value(a.x, 10))\n"
                       "expect twice(value(a.x, 10)) - once(value(a.x, 10)) > 9.9\n",
               NULL, found, 2) == EBB_OK);
    /* the difference is ten levels: mean 10, sd 5, and the same for both arms */
    CHECK(found[0].couples == 200 && found[0].missing == 0);
    CHECK(found[0].interval == EBB_INTERVAL_STUDENT);
    CHECK_NEAR(found[0].difference, 10, 1.5);
    CHECK_NEAR(found[0].left, 2 * found[0].right, 1e-6);
    CHECK_NEAR(found[0].high - found[0].low, 2 * 1.972 * 5 / sqrt(200), 0.25);
    CHECK_NEAR(found[0].high + found[0].low, 2 * found[0].difference, 1e-9);
    CHECK(found[0].holds);
    CHECK(!found[1].holds); /* above 9.9 is not certain */
}

static void test_cut(void)
{
    static const char text[] =
        DOUBLED "cut gain = 1, push = 0\n"
                "expect twice(value(a.x, 10)) > once(value(a.x, 10))\n";
    static const char none[] =
        DOUBLED "expect twice(value(a.x, 10)) > once(value(a.x, 10))\n";
    ebb_claim_settings_t settings = {.cut = true};
    ebb_claim_finding_t found;
    CHECK(find(text, &settings, &found, 1) == EBB_OK);
    CHECK(!found.holds && found.difference == 0 && found.low == 0);
    CHECK(find(none, &settings, &found, 1) == EBB_ERR_ARGUMENT);
    settings.cut = false;
    CHECK(find(text, &settings, &found, 0) == EBB_ERR_ARGUMENT);
    settings.couples = 2000000;
    CHECK(find(text, &settings, &found, 1) == EBB_ERR_ARGUMENT);
}

/* Nothing is left to chance: one couple, and no interval. */
static void test_exact(void)
{
    ebb_claim_finding_t found[2];
    CHECK(find("claim A1 uses grower\n"
               "run 10\n"
               "expect value(a.x, 10) >= mean(a.x) + 5\n"
               "expect first(a.x > 100) < 10\n",
               NULL, found, 2) == EBB_OK);
    CHECK(found[0].interval == EBB_INTERVAL_EXACT && found[0].couples == 1);
    CHECK(found[0].holds && found[0].difference == 0); /* rounding is no difference */
    CHECK(!found[1].holds && found[1].left == 10);
}

/* Shares of couples, and pairs of conditions. Level is above 1 for half of them, above
 * 1.5 for .159 of them. */
static void test_shares(void)
{
    ebb_claim_finding_t found[6];
    CHECK(find(DOUBLED "expect once(value(a.x, 10)) > 10 in 0.4 of runs\n"
                       "expect once(value(a.x, 10)) > 10 in 0.5 of runs\n"
                       "expect once(value(a.x, 10)) < 1000 in 1 of runs\n"
                       "expect twice(ever(a.x > 10)) > once(ever(a.x > 10))\n"
                       "expect once(ever(a.x > 15)) < 0.25\n"
                       "expect twice(ever(a.x > 10)) > twice(ever(a.x > 10))\n",
               NULL, found, 6) == EBB_OK);
    CHECK(found[0].share && found[0].interval == EBB_INTERVAL_SHARE);
    CHECK_NEAR(found[0].left, 0.5, 0.1);
    CHECK_NEAR(found[0].high - found[0].low, 0.137, 0.01);
    CHECK(found[0].holds);
    CHECK(!found[1].holds); /* it may as well be less than half */
    CHECK(found[2].holds && found[2].interval == EBB_INTERVAL_EXACT);
    CHECK(found[3].interval == EBB_INTERVAL_PAIRED);
    CHECK_NEAR(found[3].difference, 0.341, 0.1); /* level between .5 and 1 */
    CHECK(found[3].holds);
    CHECK(found[4].interval == EBB_INTERVAL_SHARE && found[4].holds);
    CHECK(found[5].difference == 0 && !found[5].holds && found[5].high > 0);
}

/* The same for any number of threads, and other chance by another seed. */
static void test_threads(void)
{
    static const char text[] =
        DOUBLED "expect twice(value(a.x, 10)) > once(value(a.x, 10))\n";
    ebb_claim_finding_t one, two, other;
    ebb_executor_t executor = ebb_host_executor(2);
    ebb_claim_settings_t settings = {.executor = &executor};
    CHECK(find(text, NULL, &one, 1) == EBB_OK);
    CHECK(find(text, &settings, &two, 1) == EBB_OK);
    CHECK(one.difference == two.difference && one.low == two.low);
    settings.seed = 1;
    CHECK(find(text, &settings, &other, 1) == EBB_OK);
    CHECK(one.difference != other.difference);
}

/* An arm is a scenario too, by its name; what is expected of the claim is not of it. */
static void test_arm_as_scenario(void)
{
    static const char text[] = DOUBLED "expect twice(mean(a.x)) > once(mean(a.x))\n";
    ebb_model_t *model = model_of(grower);
    ebb_model_text_t source = {.bytes = text,
                               .size = sizeof text - 1,
                               .label = "text",
                               .scenario = "A1.twice"};
    ebb_scenario_t *scenario = NULL;
    ebb_error_t error = {0};
    ebb_scenario_info_t infos[2];
    size_t count = 9;
    CHECK(ebb_scenario_read(&scenario, model, &source, NULL, &error) == EBB_OK);
    CHECK_STRING(ebb_scenario_info(scenario).name, "A1.twice");
    ebb_scenario_free(scenario);
    source.scenario = "A1";
    CHECK(ebb_scenario_read(&scenario, model, &source, NULL, &error) == EBB_ERR_CHOICE);
    CHECK(strstr(error.text, "A1.once A1.twice") != NULL);
    CHECK(ebb_scenario_list(&source, infos, 2, &count) == EBB_OK && count == 0);
    CHECK(ebb_claim_list(&source, infos, 2, &count) == EBB_OK && count == 1);
    CHECK_STRING(infos[0].text, "twice");
    ebb_model_free(model);
}

int main(void)
{
    test_summaries();
    test_episodes();
    test_rhythm();
    test_intervals();
    test_paired();
    test_cut();
    test_exact();
    test_shares();
    test_threads();
    test_arm_as_scenario();
    return check_report(__FILE__);
}
