/* SPDX-License-Identifier: MIT
 * The models that ship, run by both adaptive methods: they swing, tire and return as
 * their equations say they must; and where nothing is known of a course, the methods
 * agree on it. Values as in test_run_rests.c.
 *
 *     test_run_cycles MODELS
 */
#include "course.h"

static const char *models;
static const ebb_method_t adaptive[] = {EBB_METHOD_DORMAND_PRINCE,
                                        EBB_METHOD_ROSENBROCK};

#define PI 3.14159265358979323846

/* Between which bounds, and how long a round; NaN: not asked. */
typedef struct swing {
    course_t course;
    const char *of;
    double level; /* rises through it are counted */
    double lowest, highest, bounds_within;
    double period, period_within;
} swing_t;

static void check_swing(const swing_t *swing)
{
    for (int m = 0; m < 2; m++) {
        course_t course = swing->course;
        course.method = adaptive[m];
        track_t track = track_of(models, &course, swing->of);
        if (!isnan(swing->lowest)) {
            check_near(track_lowest(&track), swing->lowest, swing->bounds_within,
                       course.model, swing->of, m);
            check_near(track_highest(&track), swing->highest, swing->bounds_within,
                       course.model, swing->of, m);
        }
        if (!isnan(swing->period)) {
            check_near(track_period(&track, swing->level), swing->period,
                       swing->period_within, course.model, swing->of, m);
        }
        free(track.values);
    }
}

#define NONE (double)NAN
#define PETRARCH(fades, returns, ...)                                       \
    COURSE_EVERY("laura_petrarch", 150, 250, 0.01, {"love_fades", (fades)}, \
                 {"laura_returns", (returns)}, __VA_ARGS__)
#define FIRST PETRARCH(3, 1, {"wish_fades", 1})
#define SECOND                                                           \
    PETRARCH(3.6, 3.6, {"wish_fades", 1.2}, {"inspiration_fades", 0.12}, \
             {"petrarch_returns", 6}, {"writes", 1.2})
#define THIRD PETRARCH(3, 3, {"writes", 1})
#define FOURTH PETRARCH(3.6, 1, {"wish_fades", 1.2}, {"inspiration_fades", 0.12})
#define EXHAUSTED(g)                                                    \
    COURSE_EVERY("pursuit_minimal", 300, 1300, 0.05, {"trigger", 0.65}, \
                 {"weariness", (g)})
#define PULLED(damping, pull)                                                  \
    COURSE_EVERY("coupled_oscillators", 0, 1000, 0.05, {"damping", (damping)}, \
                 {"pull", (pull)})

static const swing_t swings[] = {
    /* a centre: 2 pi / sqrt(-b c), whatever the size */
    {COURSE_EVERY("strogatz", 0, 40, 0.002, {"a.other", 2}, {"b.other", -1.5},
                  {"a.love", 3}, {"b.love", 0}),
     "a.love", 0, -3, 3, 1e-5, 2 * PI / 1.7320508075688773, 1e-6},
    /* fire and water, who answer more than they resemble: sqrt(b^2 - a^2) */
    {COURSE_EVERY("strogatz", 0, 40, 0.002, {"a.own", 0.5}, {"b.own", -0.5},
                  {"b.other", -1}, {"b.love", 0}),
     "b.love", 0, -1.1547005383792517, 1.1547005383792517, 1e-5,
     2 * PI / 0.8660254037844386, 1e-6},
    /* of the first values, near the published description; and others */
    {FIRST, "petrarch.love", 0, -0.413, 0.488, 6e-4, 4.547, 6e-4},
    {FIRST, "laura.love", NONE, -0.438, -0.218, 6e-4, NONE, 0},
    {FIRST, "petrarch.inspiration", NONE, 2.37, 8.72, 6e-3, NONE, 0},
    {SECOND, "petrarch.love", 0, -1.097, 1.074, 6e-4, 5.410, 6e-4},
    {SECOND, "laura.love", NONE, -1.334, -0.621, 6e-4, NONE, 0},
    {SECOND, "petrarch.inspiration", NONE, 0.32, 2.11, 6e-3, NONE, 0},
    /* the second at another pace: the same bounds */
    {THIRD, "petrarch.love", 0, -1.097, 1.074, 6e-4, 6.491, 6e-4},
    /* pursuing, giving up, thawing, and again */
    {EXHAUSTED(0.6), "withdrawer.withdrawal", 0.5, 0.026, 0.996, 6e-4, 64.74, 5e-3},
    /* 2 pi / sqrt(-frequency), and slower when damped: 2 pi / sqrt(.0076 - .0001); two
     * of one kind who pull at each other swing as frequency + pull says */
    {PULLED(0, 0), "b.mood", 0, -1, 1, 1e-5, 72.0730784145668, 1e-4},
    {PULLED(-0.02, 0), "a.mood", 0, NONE, NONE, 0, 72.55197456936871, 1e-3},
    {PULLED(0, -0.0024), "a.mood", 0, -1, 1, 1e-5, 2 * PI * 10, 1e-4},
};

/* Laura's fourth values come to rest, and weak exhaustion leaves the couple locked. */
static void test_no_cycle(void)
{
    static const course_t fourth = FOURTH;
    static const course_t locked[] = {EXHAUSTED(0), EXHAUSTED(0.3), EXHAUSTED(0.5)};
    track_t rest = track_of(models, &fourth, "petrarch.love");
    CHECK(track_highest(&rest) - track_lowest(&rest) < 1e-3);
    free(rest.values);
    for (int k = 0; k < 3; k++) { /* W in .93 to 1 */
        track_t track = track_of(models, &locked[k], "withdrawer.withdrawal");
        CHECK(track_lowest(&track) > 0.925 && track_highest(&track) <= 1);
        CHECK(track_highest(&track) - track_lowest(&track) < 1e-6);
        free(track.values);
    }
}

/* A swing that fades: e^(-ct) (cos wt + (c/w) sin wt), c half of the damping. */
static void test_damped_swing(void)
{
    const double c = 0.01, w = sqrt(0.0076 - c * c);
    for (int m = 0; m < 2; m++) {
        course_t course =
            COURSE_EVERY("coupled_oscillators", 0, 200, 5, {"damping", -2 * c});
        course.method = adaptive[m];
        track_t track = track_of(models, &course, "a.mood");
        for (size_t k = 0; k < track.count; k++) {
            double t = 5 * (double)k;
            CHECK_NEAR(track.values[k], exp(-c * t) * (cos(w * t) + c / w * sin(w * t)),
                       1e-7);
        }
        free(track.values);
    }
}

/* Insecure and synergic: a cycle from (1, 1.5), the same by both methods. */
static void test_insecure_synergic(void)
{
    course_t course =
        COURSE_EVERY("insecure_synergic", 200, 400, 0.01, {"b.forgetting", 0.2},
                     {"b.response", 10.66}, {"b.scale", 1.5}, {"b.fall", 4},
                     {"b.bias", 1}, {"a.love", 1}, {"b.love", 1.5});
    double lowest[2], highest[2], period[2];
    for (int m = 0; m < 2; m++) {
        course.method = adaptive[m];
        track_t track = track_of(models, &course, "a.love");
        lowest[m] = track_lowest(&track);
        highest[m] = track_highest(&track);
        period[m] = track_period(&track, (lowest[m] + highest[m]) / 2);
        free(track.values);
    }
    CHECK(highest[0] - lowest[0] > 0.1 && period[0] > 1);
    CHECK_NEAR(lowest[1], lowest[0], 1e-6);
    CHECK_NEAR(highest[1], highest[0], 1e-6);
    CHECK_NEAR(period[1], period[0], 1e-5);
}

/* --- late answers ----------------------------------------------------------------- */

/* The slope with time of log|z|, z = (a, b), of a mixed pair near rest. The linear part
 * z' = -z - 2 i z(t - tau) has one pair of roots that fades last, so the slope is its
 * real part. */
static double growth_of(double late)
{
    double size[2];
    for (int k = 0; k < 2; k++) {
        course_t course =
            COURSE("liebovitch_delay", k ? 30 : 10, {"late", late}, {"b.response", -2},
                   {"a.feeling", 1e-5}, {"b.feeling", 0});
        course.method = EBB_METHOD_DORMAND_PRINCE;
        course.tolerance = 1e-11;
        double a = end_of(models, &course, "a.feeling");
        size[k] = hypot(a, end_of(models, &course, "b.feeling"));
    }
    return log(size[1] / size[0]) / 20;
}

/* The real part of that root of s + 1 = -2 i e^(-s tau): with s = u + i v,
 * v = -2 e^(-u tau) cos(v tau), u = -1 - 2 e^(-u tau) sin(v tau); by slow repetition.
 */
static double growth_by_root(double late)
{
    double u = 0, v = -1.7;
    for (int i = 0; i < 4000; i++) {
        double e = 2 * exp(-u * late);
        double to_u = -1 - e * sin(v * late), to_v = -e * cos(v * late);
        u += 0.2 * (to_u - u);
        v += 0.2 * (to_v - v);
    }
    return u;
}

/* A mixed pair begins to swing where tau = (pi/2 - atan w) / w, w = sqrt(c^2 - 1): a
 * Hopf point; the growth on both sides, its zero, and the swing that comes of it. */
static void test_late_answers(void)
{
    const double w = sqrt(3.), critical = (PI / 2 - atan(w)) / w;
    static const double lates[] = {0.2, 0.28, 0.32, 0.4, 0.5};
    for (int k = 0; k < 5; k++) {
        double growth = growth_of(lates[k]);
        CHECK_NEAR(growth, growth_by_root(lates[k]), 1e-6);
        CHECK((growth > 0) == (lates[k] > critical));
    }
    double below = growth_of(critical - 1e-3), above = growth_of(critical + 1e-3);
    CHECK_NEAR(critical - 1e-3 - 2e-3 * below / (above - below), critical, 1e-5);
    course_t course = COURSE_EVERY("liebovitch_delay", 300, 400, 0.005,
                                   {"late", critical + 0.005}, {"b.response", -2});
    track_t track = track_of(models, &course, "a.feeling");
    CHECK(track_highest(&track) > 0.1);
    CHECK_NEAR(track_period(&track, 0), 2 * PI / w, 0.05);
    free(track.values);
}

/* --- agreement of two methods ----------------------------------------------------- */

/* Both methods at tolerances of 1e-10 and 1e-11: where they differ, not by more. */
static void check_agreement(const course_t *given, const char *of, double within)
{
    course_t course = *given;
    course.method = EBB_METHOD_DORMAND_PRINCE;
    track_t one = track_of(models, &course, of);
    course.method = EBB_METHOD_ROSENBROCK;
    course.tolerance = 1e-11;
    track_t other = track_of(models, &course, of);
    CHECK(one.count > 1 && one.count == other.count);
    for (size_t k = 0; k < one.count && k < other.count; k++) {
        check_near(other.values[k], one.values[k], within, course.model, of, (int)k);
    }
    free(one.values);
    free(other.values);
}

static void test_agreement(void)
{
    /* the film, twenty years from the first meeting */
    static const course_t film = COURSE_EVERY("jules_and_jim", 0, 20, 0.25, {0});
    check_agreement(&film, "kathe.for_jules", 1e-6);
    check_agreement(&film, "kathe.for_jim", 1e-6);
    check_agreement(&film, "jules.love", 1e-6);
    check_agreement(&film, "jim.love", 1e-6);
    /* chaos: what differs grows by e^0.38 a unit of time, 2000 times in 20 */
    static const course_t triangle = COURSE_EVERY("sprott_triangle", 0, 20, 0.25, {0});
    check_agreement(&triangle, "romeo.for_juliet", 1e-5);
    check_agreement(&triangle, "guinevere.love", 1e-5);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    models = argv[1];
    for (size_t i = 0; i < sizeof swings / sizeof *swings; i++) {
        check_swing(&swings[i]);
    }
    test_no_cycle();
    test_damped_swing();
    test_insecure_synergic();
    test_late_answers();
    test_agreement();
    return check_report(__FILE__);
}
