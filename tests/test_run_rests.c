/* SPDX-License-Identifier: MIT
 * The models that ship, run: they settle and diverge as their equations say they
 * must. Differential equations are run by both adaptive methods.
 *
 * Values are closed forms where there are any; the others were computed before, by a
 * program of its own (Runge and Kutta's method of order 4 at steps of 0.001 to 0.01),
 * and are met in all digits that were kept.
 *
 *     test_run_rests MODELS
 */
#include "course.h"

static const char *models;
static const ebb_method_t adaptive[] = {EBB_METHOD_DORMAND_PRINCE,
                                        EBB_METHOD_ROSENBROCK};

#define FAR 1e3 /* what is beyond has diverged */
#define UP HUGE_VAL
#define DOWN (-HUGE_VAL)

/* Where a course ends; UP and DOWN: beyond FAR. */
typedef struct end {
    course_t course;
    const char *of;
    double want, within;
} end_t;

static void check_end(const end_t *end)
{
    for (int m = 0; m < 2; m++) {
        course_t course = end->course;
        course.method = adaptive[m];
        double got = end_of(models, &course, end->of);
        if (isinf(end->want)) {
            check_one(got * copysign(1, end->want) > FAR, end->of, course.model, m);
        } else {
            check_near(got, end->want, end->within, course.model, end->of, m);
        }
    }
}

#define CHECK_ENDS(table)                                          \
    for (size_t i = 0; i < sizeof(table) / sizeof *(table); i++) { \
        check_end(&(table)[i]);                                    \
    }

/* --- in turns: Gottman and Murray ------------------------------------------------- */

static const end_t turns[] = {
    /* alone, base / (1 - inertia) */
    {COURSE("gottman_murray_bilinear", 200, {"positive", 0}), "a.mood", 3. / 7, 1e-12},
    {COURSE("gottman_murray_bilinear", 1, {0}), "b.uninfluenced", 3. / 7, 1e-12},
    /* the same slope on both sides is stable below 1 - inertia */
    {COURSE("gottman_murray_bilinear", 4000, {"positive", 0.69}, {"negative", 0.69},
            {"base", 0.1}),
     "a.mood", 10, 1e-9},
    {COURSE("gottman_murray_bilinear", 4000, {"positive", 0.71}, {"negative", 0.71},
            {"base", 0.1}),
     "b.mood", UP, 0},
    /* one rest, whatever the start */
    {COURSE("gottman_murray_bilinear", 200, {"mood", 0}), "a.mood", 0.6, 1e-12},
    {COURSE("gottman_murray_bilinear", 200, {"mood", -2}), "b.mood", 0.6, 1e-12},
    {COURSE("gottman_murray_bilinear", 200, {"a.mood", 5}, {"b.mood", -5}), "b.mood",
     0.6, 1e-12},
    /* influence in steps: three rests */
    {COURSE("gottman_murray_ojive", 200, {"mood", -2}), "a.mood", -1, 1e-12},
    {COURSE("gottman_murray_ojive", 200, {"mood", 0}), "a.mood", 1. / 7, 1e-12},
    {COURSE("gottman_murray_ojive", 200, {"mood", 2}), "b.mood", 6. / 7, 1e-12},
    /* continuous: (x0 + a y0) / (1 - a^2), while the slopes' product is below 1 */
    {COURSE("gottman_murray_continuous", 60, {"b.level", 0.5}), "a.mood", 5. / 3, 1e-8},
    {COURSE("gottman_murray_continuous", 60, {"b.level", 0.5}), "b.mood", 4. / 3, 1e-8},
    {COURSE("gottman_murray_continuous", 300, {"a.influence", 0.5},
            {"b.influence", 2.1}),
     "a.mood", UP, 0},
};

/* Where the second to speak answers what was just said, the bound is the same. */
static void test_one_after_the_other(void)
{
    for (int k = 0; k < 2; k++) {
        char text[400];
        (void)snprintf(text, sizeof text,
                       "model turns \"x\"\ntime turn\npersons w, h\nparam s = %g\n"
                       "state mood = 0\nlet w.new = s*h.mood + 0.3*w.mood + 0.1\n"
                       "next w.mood = w.new\n"
                       "next h.mood = s*w.new + 0.3*h.mood + 0.1\n",
                       k ? 0.71 : 0.69);
        ebb_model_t *model = model_of(text);
        double end = 4000;
        ebb_run_settings_t s = {.length = end, .times = &end, .time_count = 1};
        double *values = values_of(model, NULL, &s, 0, 1);
        CHECK(values && (k ? values[0] > FAR : fabs(values[0] - 10) < 1e-9));
        free(values);
        ebb_model_free(model);
    }
}

/* --- rests of flows --------------------------------------------------------------- */

static const end_t linear[] = {
    /* cautious lovers of one kind: patient below, impatient above |own| = other */
    {COURSE("strogatz", 60, {"own", -2}, {"a.love", 1}, {"b.love", -3}), "a.love", 0,
     1e-9},
    {COURSE("strogatz", 30, {"own", -0.5}, {"a.love", 1}, {"b.love", -0.9}), "b.love",
     UP, 0},
    {COURSE("strogatz", 30, {"own", -0.5}, {"a.love", 0.9}, {"b.love", -1}), "a.love",
     DOWN, 0},
    /* fire and water, who resemble themselves more than they answer: off to infinity */
    {COURSE("strogatz", 30, {"a.own", 1}, {"b.own", -1}, {"a.other", 0.5},
            {"b.other", -0.5}),
     "a.love", UP, 0},
    /* (a2 g1 A2 + b1 g2 A1) / (a1 a2 - b1 b2), positive, stable while b1 b2 < a1 a2 */
    {COURSE("rinaldi_linear", 60, {"a.forgetting", 2}, {"a.response", 1.5},
            {"b.appeal", 3}),
     "a.love", (3 + 1.5) / (2 - 0.75), 1e-7},
    {COURSE("rinaldi_linear", 5000, {"a.response", 0.9}, {"b.response", 1.1}), "a.love",
     (1 + 0.9) / (1 - 0.99), 1e-4},
    {COURSE("rinaldi_linear", 300, {"a.response", 0.9}, {"b.response", 1.2}), "b.love",
     UP, 0},
    /* compromise (a1 x1 (a2 + b2) + b1 a2 x2) / ((a1 + b1)(a2 + b2) - b1 b2) */
    {COURSE("felmlee_greenberg", 60, {"b.goal", 3}), "a.x", 1.5, 1e-8},
    {COURSE("felmlee_greenberg", 60, {"b.goal", 3}, {"b.drive", 2}, {"a.influence", 1}),
     "a.x", (2.5 + 6) / (2 * 2.5 - 0.5), 1e-8},
    /* not cooperative: stable while (a1 + b1)(a2 + b2) > b1 b2, though far from what
     * either wants; then not */
    {COURSE("felmlee_greenberg", 300, {"influence", -0.45}, {"b.goal", 2}), "a.x",
     (0.55 - 0.9) / (0.55 * 0.55 - 0.45 * 0.45), 1e-7},
    {COURSE("felmlee_greenberg", 300, {"influence", -0.55}, {"b.goal", 2}), "b.x", UP,
     0},
    {COURSE("felmlee_greenberg", 60, {"drive", -0.3}, {"influence", 0.2}), "a.x", DOWN,
     0},
};

/* x = c tanh x at c of 2 and 1.1. */
#define AT_TWO 1.9150080481545
#define AT_LITTLE 0.5532346324391065

static const end_t rests[] = {
    {COURSE("sprott_nonlinear", 60, {"love", 0.1}), "romeo.love", 0, 1e-9},
    {COURSE("sprott_nonlinear", 60, {"love", 0.1}), "juliet.love", 0, 1e-9},
    /* secure: two rests and between them, at 0, the saddle; appeal raises both, and
     * beyond its fold at 0.5328 leaves the good one alone */
    {COURSE("rinaldi_secure", 60, {"love", 0.1}), "a.love", AT_TWO, 1e-8},
    {COURSE("rinaldi_secure", 60, {"love", -0.1}), "b.love", -AT_TWO, 1e-8},
    {COURSE("rinaldi_secure", 60, {"a.love", 0.5}, {"b.love", -0.4}), "b.love", AT_TWO,
     1e-8},
    {COURSE("rinaldi_secure", 60, {"a.love", 0.4}, {"b.love", -0.5}), "a.love", -AT_TWO,
     1e-8},
    {COURSE("rinaldi_secure", 12, {"a.love", 0.5}, {"b.love", -0.5}), "a.love", 0,
     1e-6},
    {COURSE("rinaldi_secure", 200, {"appeal", 0.52}, {"love", -2}), "a.love",
     -1.0185530865974, 1e-7},
    {COURSE("rinaldi_secure", 200, {"appeal", 0.54}, {"love", -2}), "a.love",
     2.5139609673957, 1e-7},
    {COURSE("gone_with_the_wind", 100, {"love", 1}), "rhett.love", 2.70805020110221,
     1e-8},
    {COURSE("gone_with_the_wind", 100, {"appeal", 0.2}, {"love", 1}), "scarlett.love",
     2.7826382359834896, 1e-8},
    /* pitchfork at 1; with one who competes a spiral into 0 */
    {COURSE("liebovitch", 400, {"response", 0.9}), "a.feeling", 0, 1e-8},
    {COURSE("liebovitch", 400, {"response", 1.1}), "a.feeling", AT_LITTLE, 1e-7},
    {COURSE("liebovitch", 60, {"response", 2}), "b.feeling", AT_TWO, 1e-8},
    {COURSE("liebovitch", 60, {"b.response", -2}), "a.feeling", 0, 1e-8},
    /* the minimal cycle: calm and locked at the same trigger */
    {COURSE("pursuit_minimal", 300, {"pursuer.threat", 0}), "pursuer.threat", 0.1061,
     5e-5},
    {COURSE("pursuit_minimal", 300, {"pursuer.threat", 0}), "withdrawer.withdrawal",
     0.0031, 5e-5},
    {COURSE("pursuit_minimal", 300, {"pursuer.threat", 2}), "pursuer.threat", 2.1,
     5e-5},
    {COURSE("pursuit_minimal", 300, {"pursuer.threat", 2}), "withdrawer.withdrawal", 1,
     5e-5},
};

/* Lovers who start unlike end unlike: equal love is a saddle. */
static void test_unequal_love(void)
{
    course_t course =
        COURSE("gone_with_the_wind", 200, {"scarlett.love", 1}, {"rhett.love", 1.1});
    course.method = EBB_METHOD_DORMAND_PRINCE;
    double scarlett = end_of(models, &course, "scarlett.love");
    double rhett = end_of(models, &course, "rhett.love");
    CHECK(fabs(scarlett - rhett) > 1);
    CHECK_NEAR(scarlett, 15 * rhett * exp(-rhett), 1e-7);
    CHECK_NEAR(rhett, 15 * scarlett * exp(-scarlett), 1e-7);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    models = argv[1];
    CHECK_ENDS(turns);
    test_one_after_the_other();
    CHECK_ENDS(linear);
    CHECK_ENDS(rests);
    test_unequal_love();
    return check_report(__FILE__);
}
