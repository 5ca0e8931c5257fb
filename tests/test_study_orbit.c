/* SPDX-License-Identifier: MIT
 * Cycles and Lyapunov exponents against closed forms and known values.
 *
 *     test_study_orbit MODELS GOOD
 */
#include "study_couple.h"

static const char *folder;

static study_couple_t couple(const char *name)
{
    return study_begin(model_of_file(folder, name));
}

static ebb_limit_cycle_t turn(study_couple_t *c, double transient, double window)
{
    ebb_limit_cycle_settings_t s = {.transient = transient, .window = window};
    ebb_limit_cycle_t cycle = {0};
    int code = ebb_study_cycle(study_open(c), &s, &cycle, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    return cycle;
}

/* --- cycles ----------------------------------------------------------------------- */

/* 2 pi/sqrt(-bc), amplitude of b.love sqrt(-c/b) times that of a.love. */
static void test_centre(void)
{
    study_couple_t c = couple("strogatz");
    study_set(&c, "a.other", 2);
    study_set(&c, "b.other", -0.5);
    study_set(&c, "a.love", 1);
    study_set(&c, "b.love", 0);
    ebb_limit_cycle_t cycle = turn(&c, 10, 100);
    CHECK(cycle.found && !cycle.rests);
    CHECK_NEAR(cycle.period, 2 * acos(-1), 1e-6);
    if (cycle.found) {
        CHECK_NEAR(cycle.high[0], 1, 1e-4);
        CHECK_NEAR(cycle.low[0], -1, 1e-4);
        CHECK_NEAR(cycle.high[1], 0.5, 1e-4);
    }
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

/* Fire and water, |a| < |b|: frequency sqrt(b^2 - a^2). */
static void test_fire_and_water(void)
{
    study_couple_t c = couple("strogatz");
    study_set(&c, "a.own", 0.5);
    study_set(&c, "b.own", -0.5);
    study_set(&c, "b.other", -1);
    ebb_limit_cycle_t cycle = turn(&c, 10, 100);
    CHECK(cycle.found);
    CHECK_NEAR(cycle.period, 2 * acos(-1) / sqrt(0.75), 1e-6);
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

/* x'' = -x + mu (1 - x^2) x', mu = 1: period 6.6632868593 (van der Pol), amplitude
 * 2.00861986. */
static void test_van_der_pol(void)
{
    study_couple_t c = study_begin(
        model_of("model pol \"x\"\ntime day\npersons one\nstate one.x = 1\n"
                 "state one.y = 0\nd one.x = y\nd one.y = -x + (1 - x^2)*y\n"));
    ebb_limit_cycle_t cycle = turn(&c, 100, 100);
    CHECK(cycle.found);
    CHECK_NEAR(cycle.period, 6.6632868593, 1e-6);
    if (cycle.found) {
        CHECK_NEAR(cycle.high[0], 2.00861986, 1e-4);
    }
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

static void test_laura_petrarch(void)
{
    study_couple_t c = couple("laura_petrarch");
    ebb_limit_cycle_t cycle = turn(&c, 200, 50);
    CHECK(cycle.found);
    CHECK_NEAR(cycle.period, 4.547, 5e-4); /* of the notes, to their digits */
    if (cycle.found) {
        CHECK_NEAR(cycle.low[0], -0.438, 5e-4);
        CHECK_NEAR(cycle.high[0], -0.218, 5e-4);
        CHECK_NEAR(cycle.low[1], -0.413, 5e-4);
        CHECK_NEAR(cycle.high[1], 0.488, 5e-4);
        CHECK_NEAR(cycle.low[2], 2.37, 5e-3);
        CHECK_NEAR(cycle.high[2], 8.72, 5e-3);
    }
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

static void test_relaxation(void)
{
    study_couple_t c = couple("pursuit_minimal");
    study_set(&c, "trigger", 0.65);
    study_set(&c, "weariness", 0.6);
    size_t w = study_place(&c, "withdrawer.withdrawal");
    ebb_limit_cycle_t cycle = turn(&c, 500, 400);
    CHECK(cycle.found);
    CHECK_NEAR(cycle.period, 64.74, 5e-3);
    CHECK(cycle.returns == 6 || cycle.returns == 7); /* 400/64.74 = 6.2 */
    if (cycle.found) {
        CHECK_NEAR(cycle.low[w], 0.026, 5e-4);
        CHECK_NEAR(cycle.high[w], 0.996, 5e-4);
    }
    ebb_limit_cycle_free(&cycle);
    study_set(&c, "weariness", 0.5); /* stays locked */
    cycle = turn(&c, 1000, 400);
    CHECK(cycle.rests && !cycle.found);
    CHECK(cycle.low && cycle.high && cycle.low[w] > 0.9);
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

static void test_insecure_synergic(void)
{
    static const char *const names[6] = {"forgetting", "response", "scale",
                                         "fall",       "bias",     "love"};
    static const double values[6][2] = {{0.36, 0.2}, {0.75, 10.66}, {0.08, 1.5},
                                        {1, 4},      {2.9, 1},      {1, 1.5}};
    study_couple_t c = couple("insecure_synergic");
    for (int k = 0; k < 12; k++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%c.%s", k % 2 ? 'b' : 'a', names[k / 2]);
        study_set(&c, name, values[k / 2][k % 2]);
    }
    ebb_limit_cycle_t cycle = turn(&c, 1000, 400);
    CHECK(cycle.found && cycle.period > 0);
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

/* Beyond the Hopf point of the delay a cycle, before it none. */
static void test_delay_cycle(void)
{
    for (int k = 0; k < 2; k++) {
        study_couple_t c = couple("liebovitch_delay");
        study_set(&c, "b.response", -2);
        study_set(&c, "late", k ? 0.35 : 0.25);
        ebb_limit_cycle_t cycle = turn(&c, 400, 50);
        CHECK(cycle.found == (k == 1));
        CHECK(k == 0 || fabs(cycle.period - 2 * acos(-1) / sqrt(3)) < 0.4);
        ebb_limit_cycle_free(&cycle);
        study_end(&c);
    }
}

/* A damped pair swings with 2 pi/sqrt(-f - d^2/4) and comes to rest. */
static void test_damped(void)
{
    study_couple_t c = couple("coupled_oscillators");
    study_set(&c, "a.damping", -0.01);
    study_set(&c, "b.damping", -0.01);
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1 && found.points[0].stability == EBB_STABLE_SPIRAL);
    double period = found.count ? 2 * acos(-1) / found.points[0].eigenvalues[0].im : 0;
    CHECK_NEAR(period, 2 * acos(-1) / sqrt(0.0076 - 0.01 * 0.01 / 4), 1e-9);
    ebb_equilibria_free(&found);
    ebb_limit_cycle_t cycle = turn(&c, 8000, 1000);
    CHECK(cycle.rests && !cycle.found);
    ebb_limit_cycle_free(&cycle);
    study_set(&c, "a.damping", 0);
    study_set(&c, "b.damping", 0);
    cycle = turn(&c, 100, 1000);
    CHECK(cycle.found);
    CHECK_NEAR(cycle.period, 2 * acos(-1) / sqrt(0.0076), 1e-4);
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

/* A cycle that rises through its middle twice is not taken for half of it. */
static void test_two_rises(void)
{
    study_couple_t c = study_begin(model_of(
        "model twice \"x\"\ntime day\npersons one\nstate one.u = 1\nstate one.v = 0\n"
        "state one.p = 1\nstate one.q = 0\nstate one.x = 0\n"
        "d one.u = -v\nd one.v = u\nd one.p = -2*q\nd one.q = 2*p\n"
        "d one.x = 20*(3*u + 9*p - x)\n"));
    ebb_limit_cycle_t cycle = turn(&c, 20, 100);
    CHECK(cycle.found && cycle.section == study_place(&c, "one.x"));
    CHECK_NEAR(cycle.period, 2 * acos(-1), 1e-5);
    ebb_limit_cycle_free(&cycle);
    study_end(&c);
}

/* --- Lyapunov exponents ----------------------------------------------------------- */

static ebb_lyapunov_t exponent(study_couple_t *c, double transient, double length,
                               double stretch)
{
    ebb_lyapunov_settings_t s = {transient, length, stretch};
    ebb_lyapunov_t out = {0};
    int code = ebb_study_lyapunov(study_open(c), &s, &out, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    return out;
}

/* At rest it is the leading eigenvalue; on a cycle 0. */
static void test_regular(void)
{
    study_couple_t c = couple("rinaldi_linear");
    ebb_lyapunov_t out = exponent(&c, 100, 400, 2);
    CHECK_NEAR(out.exponent, -0.5, 1e-6);
    study_end(&c);
    c = couple("laura_petrarch");
    out = exponent(&c, 200, 2000, 5);
    CHECK_NEAR(out.exponent, 0, 2e-3);
    CHECK(out.length >= 2000);
    study_end(&c);
}

/* The logistic map at 4: log 2. The fixed point of another map: log |slope|. */
static void test_maps(void)
{
    study_couple_t c = study_begin(
        model_of("model chaos \"x\"\ntime turn\npersons one\nstate one.x = 0.3\n"
                 "param r = 4\nnext one.x = r*x*(1 - x)\n"));
    ebb_lyapunov_t out = exponent(&c, 100, 20000, 4);
    CHECK_NEAR(out.exponent, log(2), 3 * out.error + 1e-12);
    CHECK(out.error < 0.01);
    study_set(&c, "r", 2.9);
    out = exponent(&c, 1000, 1000, 4);
    CHECK_NEAR(out.exponent, log(0.9), 1e-9);
    study_end(&c);
}

/* The triangle: 0.379, within what is stated for this length. */
static void test_triangle(void)
{
    study_couple_t c = couple("sprott_triangle");
    c.settings.tolerance = 1e-7;
    ebb_lyapunov_t out = exponent(&c, 100, 3000, 1);
    CHECK(out.error > 0 && out.error < 0.03);
    CHECK_NEAR(out.exponent, 0.379, out.error + 0.001);
    if (!(fabs(out.exponent - 0.379) < out.error)) {
        (void)fprintf(stderr, "%g +- %g\n", out.exponent, out.error);
    }
    study_end(&c);
}

static void test_refusals(void)
{
    study_couple_t c = couple("liebovitch_delay");
    ebb_lyapunov_t out = {0};
    CHECK(ebb_study_lyapunov(study_open(&c), NULL, &out, &c.error) == EBB_ERR_ARGUMENT);
    CHECK(strstr(c.error.text, "delays") != NULL);
    study_end(&c);
    c = couple("gottman_murray_ojive");
    ebb_limit_cycle_t cycle = {0};
    CHECK(ebb_study_cycle(study_open(&c), NULL, &cycle, &c.error) == EBB_ERR_ARGUMENT);
    study_end(&c);
    c = study_begin(model_of("model away \"x\"\ntime day\npersons one\n"
                             "state one.x = 1\nd one.x = x^2\n"));
    CHECK(ebb_study_cycle(study_open(&c), NULL, &cycle, &c.error) == EBB_ERR_NUMERIC);
    CHECK(ebb_study_lyapunov(c.study, NULL, &out, &c.error) == EBB_ERR_NUMERIC);
    study_end(&c);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "models";
    test_centre();
    test_fire_and_water();
    test_van_der_pol();
    test_laura_petrarch();
    test_relaxation();
    test_insecure_synergic();
    test_delay_cycle();
    test_damped();
    test_two_rises();
    test_regular();
    test_maps();
    test_triangle();
    test_refusals();
    return check_report(__FILE__);
}
