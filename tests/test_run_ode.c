/* SPDX-License-Identifier: MIT
 * Models without chance: maps and differential equations against what is known of
 * them, orders of convergence, events in time.
 *
 *     test_run_ode MODELS
 */
#include "run_couple.h"

static const char *folder;

static double last_of(const char *name, const ebb_run_settings_t *given, double start,
                      size_t which)
{
    ebb_model_t *model = model_of_file(folder, name);
    CHECK(model != NULL);
    if (!model) {
        return (double)NAN;
    }
    ebb_run_settings_t settings = *given;
    double starts[32];
    for (int i = 0; i < 32; i++) {
        starts[i] = start;
    }
    settings.starts = isnan(start) ? settings.starts : starts;
    settings.times = &settings.length;
    settings.time_count = 1;
    double *values = values_of(model, NULL, &settings, 0, 1);
    double value = values ? values[which] : (double)NAN;
    free(values);
    ebb_model_free(model);
    return value;
}

/* Science notes, 2.1: where the maps settle. */
static void test_maps_settle(void)
{
    ebb_run_settings_t settings = {.length = 200};
    CHECK_NEAR(last_of("gottman_murray_bilinear", &settings, 0, 0), 0.6, 1e-12);
    CHECK_NEAR(last_of("gottman_murray_bilinear", &settings, -2, 1), 0.6, 1e-12);
    CHECK_NEAR(last_of("gottman_murray_ojive", &settings, -2, 0), -1, 1e-12);
    CHECK_NEAR(last_of("gottman_murray_ojive", &settings, 0, 0), 1. / 7, 1e-12);
    CHECK_NEAR(last_of("gottman_murray_ojive", &settings, 2, 0), 6. / 7, 1e-12);
}

/* 2.1: a linear slope s with r = .3 is stable below .7. */
static void test_map_stability_bound(void)
{
    for (int k = 0; k < 2; k++) {
        double s = k ? 0.71 : 0.69;
        char text[400];
        (void)snprintf(text, sizeof text,
                       "model linear \"x\"\ntime turn\nstate w = 0\n"
                       "next w = %g*partner.w + 0.3*w + 0.1\n",
                       s);
        ebb_model_t *model = model_of(text);
        double end = 4000;
        ebb_run_settings_t settings = {.length = end, .times = &end, .time_count = 1};
        double *values = values_of(model, NULL, &settings, 0, 1);
        if (k) {
            CHECK(values && values[0] > 1e3);
        } else if (values) {
            CHECK_NEAR(values[0], 10, 1e-9);
        }
        free(values);
        ebb_model_free(model);
    }
}

static const ebb_method_t adaptive[] = {EBB_METHOD_DORMAND_PRINCE,
                                        EBB_METHOD_ROSENBROCK};

/* 2.1 (continuous), 2.3, 2.4, 2.10, 2.13: where flows settle, by both methods. */
static void test_flows_settle(void)
{
    for (int m = 0; m < 2; m++) {
        ebb_run_settings_t s = {.length = 200, .method = adaptive[m]};
        CHECK_NEAR(last_of("rinaldi_linear", &s, 0, 0), 2, 1e-7);
        CHECK_NEAR(last_of("rinaldi_secure", &s, 0.1, 0), 1.9150, 5e-5);
        CHECK_NEAR(last_of("rinaldi_secure", &s, -0.1, 0), -1.9150, 5e-5);
        CHECK_NEAR(last_of("gone_with_the_wind", &s, 1, 0), 2.70805, 5e-6);
        CHECK_NEAR(last_of("liebovitch", &s, 0.1, 0), 1.9150, 5e-5);
        CHECK_NEAR(last_of("sprott_nonlinear", &s, 0.1, 0), 0, 1e-6);
        CHECK_NEAR(last_of("pursuit_minimal", &s, 0, 0), 0.1061, 5e-5);
        CHECK_NEAR(last_of("pursuit_minimal", &s, 2, 0), 2.1, 5e-5);
        CHECK_NEAR(last_of("pursuit_minimal", &s, 2, 2), 1.0, 5e-5);
    }
}

/* 2.10: the pitchfork of c. */
static void test_pitchfork(void)
{
    static const double known[3][2] = {{0.9, 0}, {1.1, 0.5532}, {2, 1.9150}};
    for (int k = 0; k < 3; k++) {
        double traits[6], end = 400;
        ebb_model_t *model = model_of_file(folder, "liebovitch");
        const ebb_system_t *system = ebb_model_system(model);
        for (size_t i = 0; i < system->trait_count; i++) {
            bool response = strstr(system->traits[i].name, "response") != NULL;
            traits[i] = response ? known[k][0] : (double)NAN;
        }
        ebb_run_settings_t s = {
            .length = end, .times = &end, .time_count = 1, .traits = traits};
        double *values = values_of(model, NULL, &s, 0, 1);
        CHECK_NEAR(values[0], known[k][1], 5e-5);
        free(values);
        ebb_model_free(model);
    }
}

/* --- periods, found by an event that counts --------------------------------------- */

/* Mean time between rises of the event in `extra`, which notes the time of the last and
 * of the first rise after `warm`, by a model of text. */
static double period_of(const char *text, double length, ebb_method_t method)
{
    ebb_model_t *model = model_of(text);
    ebb_run_settings_t s = {.length = length,
                            .times = &length,
                            .time_count = 1,
                            .method = method,
                            .tolerance = 1e-10};
    double *values = values_of(model, NULL, &s, 0, 1);
    size_t n = ebb_model_info(model).states;
    /* the last three states: count, first, last */
    double period = (values[n - 1] - values[n - 2]) / (values[n - 3] - 1);
    free(values);
    ebb_model_free(model);
    return period;
}

#define COUNTING                                            \
    "shared count = 0\nshared first = 0\nshared last = 0\n" \
    "d count = 0\nd first = 0\nd last = 0\n"
/* rises before `warm` do not count */
#define COUNTS(warm)                                 \
    "-> count += if time > " warm " then 1 else 0, " \
    "first = if count == 0 then time else first, last = time\n"

static void test_periods(void)
{
    static const char centre[] =
        "model centre \"x\"\ntime unit\npersons r, j\nstate x = 1\n" COUNTING
        "d r.x = 2*j.x\nd j.x = -0.5*r.x\n"
        "shared event up when r.x > 0.1 " COUNTS("0");
    static const char petrarch[] =
        "model petrarch \"x\"\ntime year\npersons l, p\n"
        "state l.love = 0\nstate p.love = 0\nstate p.z = 0\n" COUNTING
        "d l.love = -3*love + (p.love*(1 - p.love^2) - 1)\n"
        "d p.love = -love + 5*(l.love + 2/(1 + z))\n"
        "d p.z = -0.1*z + 10*love\n"
        "shared event up when p.love > 0 " COUNTS("50");
    static const char tired[] =
        "model tired \"x\"\ntime unit\npersons a, b\n"
        "state a.t = 0\nstate a.e = 0\nstate b.w = 0\n" COUNTING
        "d a.t = -t + 2*b.w + 0.65\n"
        "d b.w = (logistic((max(0, a.t)*max(0, 1 - 0.6*a.e) - 0.8)/0.12) - w)/0.3\n"
        "d a.e = (max(0, t)*max(0, 1 - 0.6*e) - e)/20\n"
        "shared event up when b.w > 0.5 " COUNTS("200");
    for (int m = 0; m < 2; m++) {
        CHECK_NEAR(period_of(centre, 100, adaptive[m]), 2 * 3.14159265358979, 1e-6);
        CHECK_NEAR(period_of(petrarch, 150, adaptive[m]), 4.547, 5e-4);
        CHECK_NEAR(period_of(tired, 2000, adaptive[m]), 64.74, 5e-3);
    }
}

/* --- folds, by a slow sweep --------------------------------------------------------
 */

/* 2.13: withdrawal switches on at e = .350072 and off at -.750072 when the trigger is
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

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    folder = argv[1];
    test_maps_settle();
    test_map_stability_bound();
    test_flows_settle();
    test_pitchfork();
    test_periods();
    test_folds();
    test_orders_fixed();
    test_tolerance();
    test_stiff();
    test_bouncing();
    return check_report(__FILE__);
}
