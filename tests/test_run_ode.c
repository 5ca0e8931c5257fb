/* SPDX-License-Identifier: MIT
 * Differential equations without chance: orders of convergence, tolerances, stiffness,
 * events in time. */
#include "run_couple.h"

static const ebb_method_t adaptive[] = {EBB_METHOD_DORMAND_PRINCE,
                                        EBB_METHOD_ROSENBROCK};

/* --- a period, found by an event that counts -------------------------------------- */

/* The mean time between the rises of a circle of period 2 pi, noted at each. */
static void test_period(void)
{
    static const char text[] =
        "model circle \"x\"\ntime unit\npersons r, j\nstate x = 1\n"
        "shared count = 0\nshared first = 0\nshared last = 0\n"
        "d count = 0\nd first = 0\nd last = 0\nd r.x = 2*j.x\nd j.x = -0.5*r.x\n"
        "shared event up when r.x > 0.1 -> count += 1, "
        "first = if count == 0 then time else first, last = time\n";
    ebb_model_t *model = model_of(text);
    double end = 100;
    for (int m = 0; m < 2; m++) {
        ebb_run_settings_t s = {.length = end,
                                .times = &end,
                                .time_count = 1,
                                .method = adaptive[m],
                                .tolerance = 1e-10};
        double *values = values_of(model, NULL, &s, 0, 1);
        double rises = values[2], first = values[3], last = values[4];
        CHECK_NEAR((last - first) / (rises - 1), 2 * 3.14159265358979, 1e-6);
        free(values);
    }
    ebb_model_free(model);
}

/* --- folds, by a slow sweep ------------------------------------------------------- */

/* Withdrawal switches on at e = .350072 and off at -.750072 when the trigger is
 * led up and down very slowly; it is late by little, never early. */
static void test_folds(void)
{
    static const char text[] = "model sweep \"x\"\ntime unit\npersons a, b\n"
                               "shared input e = 0\nstate a.t = 0\nstate b.w = 0\n"
                               "shared on = 0\nshared off = 0\nd on = 0\nd off = 0\n"
                               "d a.t = -t + 2*b.w + e\n"
                               "d b.w = (logistic((max(0, a.t) - 0.8)/0.12) - w)/0.3\n"
                               "shared event rise when b.w > 0.5 -> on = e\n"
                               "shared event fall when b.w < 0.5 -> off = e\n"
                               "scenario sweep \"x\" uses sweep\nrun 40000\n"
                               "ramp 0 to 20000: e = 1\nramp 20000 to 40000: e = -1\n";
    ebb_model_t *model = model_of(text);
    ebb_scenario_t *scenario = scenario_of(model, text);
    double end = 40000;
    ebb_run_settings_t s = {.times = &end, .time_count = 1};
    double *values = values_of(model, scenario, &s, 0, 1);
    CHECK(values[2] > 0.350072 && values[2] < 0.355);
    CHECK(values[3] < -0.750072 && values[3] > -0.757);
    free(values);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

/* --- orders ----------------------------------------------------------------------- */

/* A nonlinear system whose solution is known: x = sin(t) + 2, forced, and stiffly so
 * by k. */
static const char forced[] =
    "model forced \"x\"\ntime unit\npersons a, b\nstate a.x = 2\nstate b.x = 3\n"
    "d a.x = cos(time) - 2*(x^2 - (2 + sin(time))^2)\n"
    "d b.x = -sin(time) + (a.x - 2 - sin(time)) - (x^3 - (2 + cos(time))^3)\n";

static double error_of(const ebb_model_t *model, ebb_run_settings_t *s, double at)
{
    s->length = 3;
    s->times = &at;
    s->time_count = 1;
    double *values = values_of(model, NULL, s, 0, 1);
    double wrong = fmax(fabs(values[0] - 2 - sin(at)), fabs(values[1] - 2 - cos(at)));
    free(values);
    return wrong;
}

/* Fixed steps: the error falls by 2^order when the step is halved. */
static void test_orders_fixed(void)
{
    static const struct {
        ebb_method_t method;
        double order;
    } known[] = {{EBB_METHOD_EULER, 1}, {EBB_METHOD_HEUN, 2}};
    ebb_model_t *model = model_of(forced);
    for (int k = 0; k < 2; k++) {
        ebb_run_settings_t s = {.method = known[k].method, .step = 0.01};
        double coarse = error_of(model, &s, 3);
        s.step = 0.0025;
        double fine = error_of(model, &s, 3);
        CHECK_NEAR(log2(coarse / fine) / 2, known[k].order, 0.1);
    }
    ebb_model_free(model);
}

/* Adaptive: the error follows the tolerance, at the end and between steps. */
static void test_tolerance(void)
{
    ebb_model_t *model = model_of(forced);
    for (int m = 0; m < 2; m++) {
        for (double tolerance = 1e-4; tolerance > 1e-11; tolerance *= 0.1) {
            ebb_run_settings_t s = {.method = adaptive[m],
                                    .tolerance = tolerance,
                                    .tolerance_absolute = tolerance};
            CHECK(error_of(model, &s, 3) < 20 * tolerance);
            CHECK(error_of(model, &s, 1.2345) < 20 * tolerance);
            CHECK(error_of(model, &s, 2.7) < 20 * tolerance);
        }
    }
    ebb_model_free(model);
}

/* Robertson's reactions, the classic of stiffness, at t = 40 (Hairer and Wanner). */
static void test_stiff(void)
{
    static const char text[] =
        "model robertson \"x\"\ntime s\npersons a\nstate a.x = 1\nstate a.y = 0\n"
        "state a.z = 0\n"
        "d a.x = -0.04*x + 1e4*y*z\n"
        "d a.y = 0.04*x - 1e4*y*z - 3e7*y*y\n"
        "d a.z = 3e7*y*y\n";
    ebb_model_t *model = model_of(text);
    double end = 40;
    ebb_run_settings_t s = {.method = EBB_METHOD_ROSENBROCK,
                            .length = 40,
                            .times = &end,
                            .time_count = 1,
                            .tolerance = 1e-8,
                            .tolerance_absolute = 1e-14};
    double *values = values_of(model, NULL, &s, 0, 1);
    CHECK_NEAR(values[0], 0.7158270688, 1e-8);
    CHECK_NEAR(values[1], 9.185534765e-6, 1e-12);
    CHECK_NEAR(values[2], 0.2841637457, 1e-8);
    free(values);
    ebb_model_free(model);
}

/* --- events in time --------------------------------------------------------------- */

/* A ball that falls from 1 with g = 2 and bounces with 1/2 of its speed: the first
 * bounce at 1, the next 1 later, then 1/2, 1/4 ... */
static void test_bouncing(void)
{
    static const char text[] =
        "model ball \"x\"\ntime s\npersons a\nstate a.x = 1\nstate a.v = 0\n"
        "state a.at = 0\nd a.x = v\nd a.v = -2\nd a.at = 0\n"
        "event a.bounce when x < 0 -> v = -0.5*v, at = time, x = 0\n";
    ebb_model_t *model = model_of(text);
    double times[] = {0.5, 1.5, 2.1, 2.6};
    for (int m = 0; m < 2; m++) {
        ebb_run_settings_t s = {
            .method = adaptive[m], .length = 2.6, .times = times, .time_count = 4};
        double *values = values_of(model, NULL, &s, 0, 1);
        CHECK_NEAR(values[0], 0.75, 1e-8);
        CHECK_NEAR(values[3], 0.25, 1e-7);
        CHECK_NEAR(values[5], 1, 1e-8);
        CHECK_NEAR(values[8], 2, 1e-7);
        CHECK_NEAR(values[11], 2.5, 1e-6);
        free(values);
    }
    ebb_model_free(model);
}

int main(void)
{
    test_period();
    test_folds();
    test_orders_fixed();
    test_tolerance();
    test_stiff();
    test_bouncing();
    return check_report(__FILE__);
}
