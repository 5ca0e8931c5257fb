/* SPDX-License-Identifier: MIT
 * Where models rest, against closed forms; loop gain and loop share.
 *
 *     test_study_rest MODELS GOOD
 */
#include "scarce.h"
#include "study_couple.h"

static const char *folder;

static study_couple_t couple(const char *name)
{
    return study_begin(model_of_file(folder, name));
}

static study_couple_t couple_of(const char *text)
{
    return study_begin(model_of(text));
}

/* --- maps ------------------------------------------------------------------------- */

static void test_map_bound(void)
{
    for (int k = 0; k < 2; k++) { /* stable below 1 - r */
        study_couple_t c = couple("gottman_murray_bilinear");
        double slope = k ? 0.71 : 0.69;
        study_set(&c, "a.positive", slope);
        study_set(&c, "b.positive", slope);
        study_set(&c, "a.negative", slope);
        study_set(&c, "b.negative", slope);
        study_set(&c, "a.base", 0.1);
        study_set(&c, "b.base", 0.1);
        ebb_equilibria_t found = study_rests(&c);
        CHECK(found.count == 1);
        double rest = 0.1 / (1 - 0.3 - slope); /* base/(1 - r - s) */
        const ebb_equilibrium_t *p = study_at(&found, rest, rest, 1e-9);
        CHECK(p && p->stability == (k ? EBB_SADDLE : EBB_STABLE_NODE));
        CHECK(p && fabs(p->eigenvalues[0].re - (0.3 + slope)) < 1e-12);
        CHECK(p && fabs(p->eigenvalues[1].re - (0.3 - slope)) < 1e-12);
        ebb_equilibria_free(&found);
        study_end(&c);
    }
}

static void test_bilinear(void)
{
    study_couple_t c = couple("gottman_murray_bilinear");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1 && study_at(&found, 0.6, 0.6, 1e-12));
    CHECK(found.arrived == found.starts);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* Pieces that are constant: three fixed points, each with eigenvalues r, r. */
static void test_ojive(void)
{
    static const double known[3] = {-1, 1. / 7, 6. / 7};
    study_couple_t c = couple("gottman_murray_ojive");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 3);
    for (int k = 0; k < 3; k++) {
        const ebb_equilibrium_t *p = study_at(&found, known[k], known[k], 1e-12);
        CHECK(p && p->stability == EBB_STABLE_NODE && !p->kink);
        CHECK(p && fabs(p->eigenvalues[1].re - 0.3) < 1e-15);
    }
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* x(t + 1) = c x(t - 2): the roots of z^3 = c. */
static void test_map_with_delay(void)
{
    study_couple_t c = couple_of("model late \"x\"\ntime turn\npersons one\n"
                                 "state one.x = 0\nnext one.x = 0.5*delay(x, 2)\n");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1);
    double size = cbrt(0.5);
    if (found.count == 1) {
        ebb_eigenvalue_t e = found.points[0].eigenvalues[0];
        CHECK_NEAR(e.re * e.re + e.im * e.im, size * size, 1e-12);
    }
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* --- flows ------------------------------------------------------------------------ */

static void test_continuous_form(void)
{
    study_couple_t c = couple("gottman_murray_continuous");
    study_set(&c, "b.level", 0.5);
    ebb_equilibria_t found = study_rests(&c);
    const ebb_equilibrium_t *p = study_at(&found, 5. / 3, 4. / 3, 1e-12);
    CHECK(found.count == 1 && p && p->stability == EBB_STABLE_NODE);
    CHECK(p && fabs(p->eigenvalues[0].re + 0.5) < 1e-12);
    CHECK(p && fabs(p->eigenvalues[1].re + 1.5) < 1e-12);
    ebb_equilibria_free(&found);
    study_set(&c, "b.influence", -0.5); /* spirals need slopes of opposite sign */
    found = study_rests(&c);
    CHECK(found.count == 1 && found.points[0].stability == EBB_STABLE_SPIRAL);
    CHECK(found.count == 1 && fabs(found.points[0].eigenvalues[0].im - 0.5) < 1e-12);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* Romeo and Juliet: eigenvalues from trace and determinant. */
static void test_strogatz(void)
{
    /* own a, b, other a, b; leading eigenvalue; kind */
    static const struct {
        double own[2], other[2], re, im;
        ebb_stability_t kind;
    } known[] = {
        {{0, 0}, {2, -0.5}, 0, 1, EBB_CENTRE}, /* sqrt(-bc) = 1 */
        {{0.5, -0.5}, {1, -1}, 0, 0.8660254037844386, EBB_CENTRE},
        {{1, -1}, {0.5, -0.5}, 0.8660254037844386, 0, EBB_SADDLE},
        {{-2, -2}, {1, 1}, -1, 0, EBB_STABLE_NODE},
        {{-1, -1}, {2, 2}, 1, 0, EBB_SADDLE},
        {{0.1, 0.1}, {1, -1}, 0.1, 1, EBB_UNSTABLE_SPIRAL},
        {{2, 2}, {1, 1}, 3, 0, EBB_UNSTABLE_NODE},
        {{-1, -1}, {1, 1}, 0, 0, EBB_BORDER},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        study_couple_t c = couple("strogatz");
        study_set(&c, "a.own", known[k].own[0]);
        study_set(&c, "b.own", known[k].own[1]);
        study_set(&c, "a.other", known[k].other[0]);
        study_set(&c, "b.other", known[k].other[1]);
        ebb_equilibria_settings_t few = {.starts = 10, .settle = 0.1};
        ebb_equilibria_t found = {0};
        CHECK(ebb_study_equilibria(study_open(&c), &few, &found, &c.error) == EBB_OK);
        CHECK(found.count >= 1);
        if (found.count) {
            CHECK(found.points[0].stability == known[k].kind);
            CHECK_NEAR(found.points[0].eigenvalues[0].re, known[k].re, 1e-14);
            CHECK_NEAR(found.points[0].eigenvalues[0].im, known[k].im, 1e-14);
        }
        ebb_equilibria_free(&found);
        study_end(&c);
    }
}

static void test_rinaldi_linear(void)
{
    for (int k = 0; k < 2; k++) {
        study_couple_t c = couple("rinaldi_linear");
        double b2 = k ? 2.1 : 0.5;
        study_set(&c, "a.forgetting", 2);
        study_set(&c, "b.response", b2);
        study_set(&c, "a.response", 1);
        study_set(&c, "b.appeal", 0.5);
        /* (alpha2 gamma1 A2 + beta1 gamma2 A1)/(alpha1 alpha2 - beta1 beta2) */
        double x = (1 * 0.5 + 1 * 1) / (2 * 1 - 1 * b2);
        ebb_equilibria_t found = study_rests(&c);
        const ebb_equilibrium_t *p = found.count ? &found.points[0] : NULL;
        CHECK(found.count == 1 && p && fabs(p->values[0] - x) < 1e-9 * (1 + fabs(x)));
        CHECK(p && p->stability == (k ? EBB_SADDLE : EBB_STABLE_NODE));
        ebb_equilibria_free(&found);
        study_end(&c);
    }
}

static void test_secure(void)
{
    study_couple_t c = couple("rinaldi_secure");
    ebb_equilibria_t found = study_rests(&c);
    double x = 1.9150080481545; /* x = 2 tanh x */
    CHECK_NEAR(2 * tanh(x), x, 1e-10);
    const ebb_equilibrium_t *up = study_at(&found, x, x, 1e-9);
    const ebb_equilibrium_t *down = study_at(&found, -x, -x, 1e-9);
    const ebb_equilibrium_t *zero = study_at(&found, 0, 0, 1e-9);
    CHECK(found.count == 3 && up && down && zero);
    CHECK(up && up->stability == EBB_STABLE_NODE);
    CHECK(down && down->stability == EBB_STABLE_NODE);
    CHECK(zero && zero->stability == EBB_SADDLE);
    CHECK(zero && fabs(zero->eigenvalues[0].re - 1) < 1e-12);
    CHECK(zero && fabs(zero->eigenvalues[1].re + 3) < 1e-12);
    ebb_equilibria_free(&found);
    /* beyond the fold only the good state is left: |A| > sqrt 2 - artanh(1/sqrt 2) */
    double fold = sqrt(2) - atanh(1 / sqrt(2));
    for (int k = 0; k < 2; k++) {
        study_set(&c, "a.appeal", fold + (k ? 1e-3 : -1e-3));
        study_set(&c, "b.appeal", fold + (k ? 1e-3 : -1e-3));
        found = study_rests(&c);
        CHECK(found.count == (k ? 1 : 3));
        ebb_equilibria_free(&found);
    }
    study_end(&c);
}

static void test_gone_with_the_wind(void)
{
    static const double appeal[2] = {0, 0.2};
    static const double low[2] = {0, -0.01407}, high[2] = {2.70805, 2.78264};
    for (int k = 0; k < 2; k++) {
        study_couple_t c = couple("gone_with_the_wind");
        study_set(&c, "scarlett.appeal", appeal[k]);
        study_set(&c, "rhett.appeal", appeal[k]);
        ebb_equilibria_t found = study_rests(&c);
        CHECK(study_at(&found, low[k], low[k], 5e-6));
        CHECK(study_at(&found, high[k], high[k], 5e-6));
        /* each solves x = A + 15 y e^-y, y = A + 15 x e^-x */
        for (size_t i = 0; i < found.count; i++) {
            double x = found.points[i].values[0], y = found.points[i].values[1];
            CHECK_NEAR(appeal[k] + 15 * y * exp(-y), x, 1e-8);
            CHECK_NEAR(appeal[k] + 15 * x * exp(-x), y, 1e-8);
        }
        ebb_equilibria_free(&found);
        study_end(&c);
    }
}

static void test_felmlee(void)
{
    study_couple_t c = couple("felmlee_greenberg");
    double a1 = 1, a2 = 0.5, b1 = 0.5, b2 = -0.3, g1 = 1, g2 = -2;
    study_set(&c, "a.drive", a1);
    study_set(&c, "b.drive", a2);
    study_set(&c, "a.influence", b1);
    study_set(&c, "b.influence", b2);
    study_set(&c, "a.goal", g1);
    study_set(&c, "b.goal", g2);
    double x = (a1 * g1 * (a2 + b2) + b1 * a2 * g2) / ((a1 + b1) * (a2 + b2) - b1 * b2);
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1 && fabs(found.points[0].values[0] - x) < 1e-12);
    CHECK(found.count == 1 && found.points[0].unstable_count == 0);
    ebb_equilibria_free(&found);
    study_set(&c, "b.influence",
              -1.1); /* a1 + b1 + a2 + b2 > 0, but (..)(..) < b1 b2 */
    found = study_rests(&c);
    CHECK(found.count == 1 && found.points[0].stability == EBB_SADDLE);
    ebb_equilibria_free(&found);
    study_end(&c);
}

static void test_liebovitch(void)
{
    static const double response[3] = {0.9, 1.1, 2}, known[3] = {0, 0.5532, 1.9150};
    for (int k = 0; k < 3; k++) {
        study_couple_t c = couple("liebovitch");
        study_set(&c, "a.response", response[k]);
        study_set(&c, "b.response", response[k]);
        ebb_equilibria_t found = study_rests(&c);
        CHECK(found.count == (k ? 3 : 1));
        const ebb_equilibrium_t *p = study_at(&found, known[k], known[k], 5e-5);
        CHECK(p && p->stability == EBB_STABLE_NODE);
        ebb_equilibria_free(&found);
        study_set(&c, "b.response", -response[k]); /* mixed: a stable spiral */
        found = study_rests(&c);
        CHECK(found.count == 1 && found.points[0].stability == EBB_STABLE_SPIRAL);
        CHECK(found.count == 1 &&
              fabs(found.points[0].eigenvalues[0].im - response[k]) < 1e-12);
        ebb_equilibria_free(&found);
        study_end(&c);
    }
}

/* With delay: det(...) = 0 must hold for the roots, here (l + 1)^2 = -4 e^(-2 l tau).
 */
static void test_delay_roots(void)
{
    study_couple_t c = couple("liebovitch_delay");
    study_set(&c, "b.response", -2);
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1);
    for (size_t k = 0; found.count && k < found.points[0].eigenvalue_count; k++) {
        double x = found.points[0].eigenvalues[k].re;
        double y = found.points[0].eigenvalues[k].im, tau = 0.5;
        double grow = 4 * exp(-2 * x * tau);
        CHECK_NEAR((x + 1) * (x + 1) - y * y, -grow * cos(2 * y * tau), 1e-9);
        CHECK_NEAR(2 * (x + 1) * y, grow * sin(2 * y * tau), 1e-9);
    }
    CHECK(found.count && found.points[0].unstable_count == 2); /* 0.5 > 0.3023 */
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* The triangle rests in 0 and in two pairs of mirrored states. */
static void test_triangle(void)
{
    study_couple_t c = couple("sprott_triangle");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 5 && study_at(&found, 0, 0, 1e-9));
    for (size_t k = 0; k < found.count; k++) {
        const double *v = found.points[k].values;
        CHECK(study_at(&found, -v[0], -v[1], 1e-9) != NULL);
        CHECK(found.points[k].unstable_count > 0); /* hence the chaos */
    }
    ebb_equilibria_free(&found);
    study_end(&c);
}

static void test_pursuit_minimal(void)
{
    study_couple_t c = couple("pursuit_minimal");
    ebb_equilibria_t found = study_rests(&c);
    size_t w = study_place(&c, "withdrawer.withdrawal");
    CHECK(found.count == 3);
    size_t stable = 0;
    for (size_t k = 0; k < found.count; k++) {
        const ebb_equilibrium_t *p = &found.points[k];
        double t = p->values[0], s = 1 / (1 + exp(-(t - 0.8) / 0.12));
        CHECK_NEAR(t - 2 * s, 0.1, 1e-10); /* e = T - 2 S */
        CHECK_NEAR(p->values[w], s, 1e-10);
        stable += p->stability == EBB_STABLE_NODE;
    }
    CHECK(stable == 2);
    CHECK(found.count == 3 && fabs(found.points[0].values[0] - 0.1061) < 5e-5);
    CHECK(found.count == 3 && fabs(found.points[0].values[w] - 0.0031) < 5e-5);
    CHECK(found.count == 3 && fabs(found.points[2].values[0] - 2.1) < 5e-5);
    CHECK(found.count == 3 && fabs(found.points[2].values[w] - 1) < 5e-5);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* --- what is held, kinks, bounds -------------------------------------------------- */

static void test_held(void)
{
    study_couple_t c = couple("pursuit_minimal");
    study_hold(&c, "withdrawer.withdrawal", 0.25);
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1);
    CHECK(found.count && found.points[0].eigenvalue_count == 2);
    size_t w = study_place(&c, "withdrawer.withdrawal");
    size_t p = study_place(&c, "pursuer.pursuit");
    CHECK(found.count && found.points[0].values[w] == 0.25);
    CHECK(found.count && fabs(found.points[0].values[0] - 0.6) < 1e-12);
    CHECK(found.count && fabs(found.points[0].values[p] - 0.6) < 1e-12);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* x' = 1 - 2|x| has rests at +-1/2 and none is a kink; x' = -pos(x) - x/2 rests on one,
 * and a bound holds what would leave. */
static void test_kinks_and_bounds(void)
{
    study_couple_t c = couple_of(
        "model kinks \"x\"\ntime day\npersons one\n"
        "state one.x = 0\nstate one.y = 0\nstate one.z = 0.5 clip [0, 1]\n"
        "d one.x = 1 - 2*abs(x)\nd one.y = -pos(y) - y/2\nd one.z = 0.3 - z^2/9\n");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 2);
    for (size_t k = 0; k < found.count; k++) {
        const ebb_equilibrium_t *p = &found.points[k];
        CHECK_NEAR(fabs(p->values[0]), 0.5, 1e-12);
        CHECK(p->kink);           /* y */
        CHECK(p->values[2] == 1); /* z would go to 1.643 */
    }
    ebb_equilibria_free(&found);
    study_hold(&c, "one.y", -1);
    found = study_rests(&c);
    CHECK(found.count == 2 && !found.points[0].kink && !found.points[1].kink);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* No equilibrium at all: neither invented nor waited for. */
static void test_none(void)
{
    study_couple_t c =
        couple_of("model none \"x\"\ntime day\npersons one\nstate one.x = 0\n"
                  "d one.x = 1 + pos(x)\n");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 0 && found.arrived == 0);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* x' = -x + events of rate 3 + y that add a size of mean 1/2: at rest x = (3 + y)/2. */
static void test_mean_events(void)
{
    study_couple_t c = couple_of(
        "model shots \"x\"\ntime day\npersons one\nstate one.x = 0\nstate one.y = 1\n"
        "d one.x = -x\nd one.y = 1 - y\n"
        "event one.shot rate 3 + y size exponential(0.5) -> x += size\n");
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 1 && fabs(found.points[0].values[0]) < 1e-12);
    ebb_equilibria_free(&found);
    c.settings.mean_events = true;
    found = study_rests(&c);
    CHECK(found.count == 1 && fabs(found.points[0].values[0] - 2) < 1e-12);
    ebb_equilibria_free(&found);
    ebb_study_info_t info = ebb_study_info(c.study);
    CHECK(info.rate_events == 1 && info.guard_events == 0 && info.free_count == 2);
    study_end(&c);
}

static void test_refusals(void)
{
    study_couple_t c = couple_of(
        "model bent \"x\"\ntime day\npersons one\nstate one.x = 0\nd one.x = -x\n"
        "event one.shot rate 1 size exponential(0.5) -> x += size^2\n");
    c.settings.mean_events = true;
    CHECK(ebb_study_new(&c.study, c.model, &c.settings, &c.error) == EBB_ERR_ARGUMENT);
    CHECK(strstr(c.error.text, "one.shot") != NULL);
    CHECK(c.study == NULL);
    c.settings.mean_events = false;
    c.settings.time = -1;
    CHECK(ebb_study_new(&c.study, c.model, &c.settings, &c.error) == EBB_ERR_ARGUMENT);
    c.settings.time = 0;
    c.settings.method = EBB_METHOD_HEUN;
    CHECK(ebb_study_new(&c.study, c.model, &c.settings, &c.error) == EBB_ERR_ARGUMENT);
    CHECK(strstr(c.error.text, "heun") != NULL);
    c.settings.method = EBB_METHOD_AUTO;
    c.starts[0] = (double)INFINITY;
    CHECK(ebb_study_new(&c.study, c.model, &c.settings, &c.error) == EBB_ERR_ARGUMENT);
    CHECK(strstr(c.error.text, "start") != NULL);
    c.starts[0] = (double)NAN;
    const double low = 2, high = 1;
    c.settings.low = &low;
    c.settings.high = &high;
    CHECK(ebb_study_new(&c.study, c.model, &c.settings, &c.error) == EBB_ERR_ARGUMENT);
    CHECK(strstr(c.error.text, "from 2 to 1") != NULL);
    c.settings.low = c.settings.high = NULL;
    study_hold(&c, "one.x", 1);
    ebb_equilibria_t found = {0};
    CHECK(ebb_study_equilibria(study_open(&c), NULL, &found, &c.error) ==
          EBB_ERR_ARGUMENT);
    const ebb_equilibria_settings_t many = {.starts = EBB_STUDY_STARTS_MOST + 1};
    CHECK(ebb_study_equilibria(c.study, &many, &found, &c.error) == EBB_ERR_LIMIT);
    CHECK(strstr(c.error.text, "100001 starts") != NULL);
    study_end(&c);
}

/* --- loop gain -------------------------------------------------------------------- */

static double gain_at(study_couple_t *c, const double *states, const char *cut,
                      const char *to)
{
    ebb_gain_t gain = {0};
    ebb_gain_settings_t s = {study_output(c, cut), study_output(c, to), states};
    int code = ebb_study_gain(c->study, &s, &gain, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    CHECK(code || fabs(gain.closed * (1 - gain.gain) - 1) < 1e-12);
    return gain.gain;
}

/* b1 b2/(a1 a2) at either, and a response times its share of the loop in between. */
static void test_gain_linear(void)
{
    study_couple_t c = couple("rinaldi_linear");
    study_set(&c, "a.forgetting", 2);
    study_set(&c, "b.forgetting", 1.5);
    study_set(&c, "a.response", 0.7);
    study_set(&c, "b.response", -0.4);
    (void)study_open(&c);
    double loop = 0.7 * -0.4 / (2 * 1.5);
    CHECK_NEAR(gain_at(&c, NULL, "a.love", "a.love"), loop, 1e-14);
    CHECK_NEAR(gain_at(&c, NULL, "b.love", "b.love"), loop, 1e-14);
    CHECK_NEAR(gain_at(&c, NULL, "a.love", "b.love"), -0.4 / 1.5, 1e-14);
    study_end(&c);
}

/* S(1 - S)/0.06 at each of the three, whether cut at the state or at the let. */
static void test_gain_minimal(void)
{
    study_couple_t c = couple("pursuit_minimal");
    ebb_equilibria_t found = study_rests(&c);
    for (size_t k = 0; k < found.count; k++) {
        const double *v = found.points[k].values;
        double s = 1 / (1 + exp(-(v[0] - 0.8) / 0.12)), known = s * (1 - s) / 0.06;
        CHECK_NEAR(gain_at(&c, v, "withdrawer.withdrawal", "withdrawer.withdrawal"),
                   known, 1e-9);
        CHECK_NEAR(gain_at(&c, v, "pursuer.pursuit", "pursuer.pursuit"), known, 1e-9);
        CHECK_NEAR(gain_at(&c, v, "pursuer.threat", "pursuer.threat"), known, 1e-9);
        /* det J = det J_u (1 - G); det J_u = -1/(0.3 20) */
        double det = 1;
        for (size_t i = 0; i < 3; i++) {
            det *= found.points[k].eigenvalues[i].re;
        }
        CHECK_NEAR(det, -(1 - known) / 6, 1e-9);
        CHECK((known > 1) == (found.points[k].stability == EBB_SADDLE));
    }
    ebb_equilibria_free(&found);
    study_end(&c);
}

static void test_gain_refusals(void)
{
    study_couple_t c =
        couple_of("model names \"x\"\ntime day\ntrait k = 2\nstate x = 0\n"
                  "let same = x\nlet other = -x\nlet fixed = 3*k\n"
                  "d x = -x + 0.1*tanh(partner.same) + 0*partner.other + 0*fixed\n");
    const char *cuts[3] = {"a.same", "a.other", "a.fixed"};
    const char *says[3] = {"a.x", "another form", "no state"};
    (void)study_open(&c);
    for (int k = 0; k < 3; k++) {
        ebb_gain_t gain;
        ebb_run_output_t cut = study_output(&c, cuts[k]);
        ebb_gain_settings_t s = {cut, cut, NULL};
        CHECK(ebb_study_gain(c.study, &s, &gain, &c.error) == EBB_ERR_ARGUMENT);
        CHECK(strstr(c.error.text, says[k]) != NULL);
    }
    study_end(&c);
}

/* --- loop share ------------------------------------------------------------------- */

/* x' = -x + w + u, w = k x seen by the other: at rest x = u/(1 - k^2 ...). Without
 * chance the share is exact: y feeds on x alone. */
static void test_share_exact(void)
{
    study_couple_t c =
        couple_of("model feed \"x\"\ntime day\nparam k = 0.5\nparam u = 1\n"
                  "state x = 0\nlet w = k*x\nd x = -x + partner.w + u\n");
    ebb_share_settings_t s = {.cut = study_output(&c, "a.w"),
                              .outcome = study_output(&c, "b.x"),
                              .value = 0,
                              .from = 60,
                              .length = 61,
                              .couples = 2};
    ebb_share_t share = {0};
    CHECK(ebb_study_share(study_open(&c), &s, &share, &c.error) == EBB_OK);
    CHECK_NEAR(share.with, 2, 1e-6);    /* u/(1 - k) */
    CHECK_NEAR(share.without, 1, 1e-6); /* u */
    CHECK_NEAR(share.share, 0.5, 1e-6);
    CHECK_NEAR(share.error, 0, 1e-12);
    s.value = (double)NAN; /* its own value at rest: nothing is lost */
    CHECK(ebb_study_share(c.study, &s, &share, &c.error) == EBB_OK);
    CHECK_NEAR(share.value, 1, 1e-9);
    CHECK_NEAR(share.share, 0, 1e-6);
    study_set(&c, "u", 0); /* nothing happens, of which no part is a share */
    s.value = 0;
    CHECK(ebb_study_share(study_open(&c), &s, &share, &c.error) == EBB_OK);
    CHECK(share.with == 0 && isnan(share.share) && isnan(share.error));
    study_end(&c);
}

/* Runs have the tolerance of the study: x = u/(1 - k) (1 - exp(-(1 - k) t)). */
static void test_share_tolerance(void)
{
    study_couple_t c = couple_of("model feed \"x\"\ntime day\nstate x = 0\n"
                                 "let w = 0.5*x\nd x = -x + partner.w + 1\n");
    ebb_share_settings_t s = {.cut = study_output(&c, "a.w"),
                              .outcome = study_output(&c, "b.x"),
                              .from = 5,
                              .length = 6,
                              .every = 9, /* one time */
                              .couples = 2};
    double off[2] = {0};
    for (int k = 0; k < 2; k++) {
        ebb_share_t share = {0};
        c.settings.tolerance = k ? 1e-3 : 1e-12;
        CHECK(ebb_study_share(study_open(&c), &s, &share, &c.error) == EBB_OK);
        off[k] = fabs(share.with - 2 * (1 - exp(-2.5)));
    }
    CHECK(off[0] < 1e-11 && off[1] > 1e-9);
    study_end(&c);
}

/* With events: the mean of a linear pair is that of its equations, cut or not, and the
 * same random numbers make the error of the share smaller than that of the means. */
static void test_share_chance(void)
{
    study_couple_t c = couple_of(
        "model shots \"x\"\ntime day\nparam k = 0.5\nstate x = 0\nlet w = k*x\n"
        "d x = -x + partner.w\nnoise x = 0.3\n"
        "event shot rate 2 size exponential(0.5) -> x += size\n");
    ebb_share_settings_t s = {.cut = study_output(&c, "a.w"),
                              .outcome = study_output(&c, "b.x"),
                              .value = 0,
                              .from = 20,
                              .length = 60,
                              .couples = 300,
                              .seed = 3};
    ebb_share_t share = {0};
    CHECK(ebb_study_share(study_open(&c), &s, &share, &c.error) == EBB_OK);
    CHECK(share.couples == 300);
    CHECK_NEAR(share.with, 2, 0.1);
    CHECK_NEAR(share.without, 1, 0.05);
    CHECK(share.error > 0 && share.error < 0.01);
    CHECK_NEAR(share.share, 0.5, 4 * share.error);
    ebb_share_t again = {0};
    CHECK(ebb_study_share(c.study, &s, &again, &c.error) == EBB_OK);
    CHECK(again.share == share.share && again.error == share.error);
    study_end(&c);
}

/* --- without memory --------------------------------------------------------------- */

/* All questions once, small; the first code that is not 0. */
static int ask_all(void *user, const ebb_alloc_t *alloc)
{
    study_couple_t *c = user;
    ebb_study_number_t trigger = study_number(c, "trigger");
    ebb_run_output_t cut = study_output(c, "withdrawer.withdrawal");
    ebb_equilibria_settings_t few = {.starts = 4, .settle = 1};
    ebb_gain_settings_t at = {cut, cut, NULL};
    ebb_share_settings_t link = {cut, 0, cut, 1, 2, 0.5, 0, 2, 1};
    ebb_branch_settings_t way = {
        .lead = {&trigger, 1}, .low = 0, .high = 1, .points = 3};
    ebb_hysteresis_settings_t there = {
        .lead = {&trigger, 1}, .from = 0, .to = 0.1, .steps = 1, .settle = 1};
    ebb_limit_cycle_settings_t soon = {1, 5};
    ebb_lyapunov_settings_t brief = {1, 20, 1};
    ebb_study_t *study = NULL;
    ebb_equilibria_t found = {0};
    ebb_branch_t branch = {0};
    ebb_hysteresis_t sweep = {0};
    ebb_limit_cycle_t cycle = {0};
    ebb_gain_t gain;
    ebb_share_t share;
    ebb_lyapunov_t lyapunov;
    c->settings.alloc = alloc;
    int code = ebb_study_new(&study, c->model, &c->settings, &c->error);
    code = code ? code : ebb_study_equilibria(study, &few, &found, &c->error);
    code = code ? code : ebb_study_gain(study, &at, &gain, &c->error);
    code = code ? code : ebb_study_share(study, &link, &share, &c->error);
    code = code ? code : ebb_study_continue(study, &way, &branch, &c->error);
    code = code ? code : ebb_study_sweep(study, &there, &sweep, &c->error);
    code = code ? code : ebb_study_cycle(study, &soon, &cycle, &c->error);
    code = code ? code : ebb_study_lyapunov(study, &brief, &lyapunov, &c->error);
    ebb_equilibria_free(&found);
    ebb_branch_free(&branch);
    ebb_hysteresis_free(&sweep);
    ebb_limit_cycle_free(&cycle);
    ebb_study_free(study);
    return code;
}

/* Wherever memory runs out, that is said and nothing is kept. */
static void test_scarce(void)
{
    study_couple_t c = couple("pursuit_minimal");
    scarce_until_enough(ask_all, &c);
    study_end(&c);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "models";
    test_map_bound();
    test_bilinear();
    test_ojive();
    test_map_with_delay();
    test_continuous_form();
    test_strogatz();
    test_rinaldi_linear();
    test_secure();
    test_gone_with_the_wind();
    test_felmlee();
    test_liebovitch();
    test_delay_roots();
    test_triangle();
    test_pursuit_minimal();
    test_held();
    test_kinks_and_bounds();
    test_none();
    test_mean_events();
    test_refusals();
    test_gain_linear();
    test_gain_minimal();
    test_gain_refusals();
    test_share_exact();
    test_share_tolerance();
    test_share_chance();
    test_scarce();
    return check_report(__FILE__);
}
