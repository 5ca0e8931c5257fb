/* SPDX-License-Identifier: MIT
 * Branches of equilibria: folds, branch points and Hopf points against closed forms;
 * sweeps with hysteresis; what happens at kinks.
 *
 *     test_study_branch MODELS GOOD
 */
#include "study_couple.h"

static const char *folder, *good;

static study_couple_t couple(const char *name)
{
    return study_begin(model_of_file(folder, name));
}

/* Follows one or two numbers, led alike, from `low` to `high`. */
static ebb_branch_t follow(study_couple_t *c, const char *first, const char *second,
                           double low, double high)
{
    ebb_study_number_t numbers[2] = {study_number(c, first)};
    if (second) {
        numbers[1] = study_number(c, second);
    }
    ebb_branch_settings_t s = {
        .lead = {numbers, second ? 2 : 1}, .low = low, .high = high, .step = 0.02};
    ebb_branch_t branch = {0};
    int code = ebb_study_continue(study_open(c), &s, &branch, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    return branch;
}

/* The k-th point with a mark, or NULL. */
static const ebb_branch_point_t *marked(const ebb_branch_t *branch, ebb_landmark_t mark,
                                        size_t k)
{
    for (size_t i = 0; i < branch->count; i++) {
        if (branch->points[i].mark == mark && k-- == 0) {
            return &branch->points[i];
        }
    }
    return NULL;
}

static size_t marks(const ebb_branch_t *branch)
{
    size_t count = 0;
    for (size_t i = 0; i < branch->count; i++) {
        count += branch->points[i].mark != EBB_LANDMARK_NONE &&
                 branch->points[i].mark != EBB_LANDMARK_END;
    }
    return count;
}

/* --- folds ------------------------------------------------------------------------ */

/* S(1 - S) = 0.06: on at e = .350072 and T = .478293, off at -.750072 and 1.121707. */
static void test_pursuit_folds(void)
{
    study_couple_t c = couple("pursuit_minimal");
    ebb_branch_t branch = follow(&c, "trigger", NULL, -1.5, 1.5);
    CHECK(marks(&branch) == 2);
    const ebb_branch_point_t *on = marked(&branch, EBB_LANDMARK_FOLD, 0);
    const ebb_branch_point_t *off = marked(&branch, EBB_LANDMARK_FOLD, 1);
    double root = sqrt(0.25 - 0.06);
    for (int k = 0; k < 2; k++) {
        double s = 0.5 + (k ? root : -root), t = 0.8 + 0.12 * log(s / (1 - s));
        const ebb_branch_point_t *p = k ? off : on;
        CHECK(p && fabs(p->number - (t - 2 * s)) < 1e-10);
        CHECK(p && fabs(p->values[0] - t) < 1e-5);
    }
    CHECK(on && fabs(on->number - 0.350072) < 1e-6 &&
          fabs(on->values[0] - 0.478293) < 1e-5);
    CHECK(off && fabs(off->number + 0.750072) < 1e-6 &&
          fabs(off->values[0] - 1.121707) < 1e-5);
    CHECK_STRING(branch.end, "the range of the number ends");
    const ebb_branch_point_t *last = &branch.points[branch.count - 1];
    CHECK_NEAR(last->number, 1.5, 1e-12);
    for (size_t k = 0; k < branch.count; k++) { /* e = T - 2 S all along */
        const ebb_branch_point_t *p = &branch.points[k];
        double s = 1 / (1 + exp(-(p->values[0] - 0.8) / 0.12));
        CHECK_NEAR(p->values[0] - 2 * s, p->number, 1e-8);
        CHECK(p->mark || (p->unstable_count == 1) == (s * (1 - s) > 0.06));
    }
    ebb_branch_free(&branch);
    study_end(&c);
}

/* A = x - 2 tanh x: folds at -+(sqrt 2 - artanh(1/sqrt 2)), both partners alike. */
static void test_secure_folds(void)
{
    study_couple_t c = couple("rinaldi_secure");
    study_set(&c, "a.appeal", -1);
    study_set(&c, "b.appeal", -1);
    ebb_branch_t branch = follow(&c, "a.appeal", "b.appeal", -1.5, 1.5);
    double fold = sqrt(2) - atanh(1 / sqrt(2));
    const ebb_branch_point_t *vanishes = marked(&branch, EBB_LANDMARK_FOLD, 0);
    const ebb_branch_point_t *appears = marked(&branch, EBB_LANDMARK_FOLD, 1);
    CHECK(marks(&branch) == 2);
    CHECK(vanishes && fabs(vanishes->number - fold) < 1e-10);
    CHECK(vanishes && fabs(vanishes->values[0] + atanh(1 / sqrt(2))) < 1e-5);
    CHECK(appears && fabs(appears->number + fold) < 1e-10);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* The pitchfork of a symmetric pair at c = 1: along the calm branch a branch point;
 * with one of the two a little warmer by nature it breaks up, and the fold is at c > 1.
 */
static void test_pitchfork(void)
{
    study_couple_t c = couple("liebovitch");
    study_set(&c, "a.response", 0.5);
    study_set(&c, "b.response", 0.5);
    ebb_branch_t branch = follow(&c, "a.response", "b.response", 0.2, 2);
    CHECK(marks(&branch) == 1);
    const ebb_branch_point_t *p = marked(&branch, EBB_LANDMARK_BRANCH, 0);
    CHECK(p && fabs(p->number - 1) < 1e-8 && fabs(p->values[0]) < 1e-10);
    ebb_branch_free(&branch);
    study_set(&c, "a.response", 2);
    study_set(&c, "b.response", 2);
    ebb_study_number_t numbers[2] = {study_number(&c, "a.response"),
                                     study_number(&c, "b.response")};
    double states[2] = {1.9, 1.9};
    ebb_branch_settings_t s = {
        .lead = {numbers, 2}, .low = 0.2, .high = 2, .down = true, .states = states};
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) == EBB_OK);
    p = marked(&branch, EBB_LANDMARK_FOLD, 0); /* from 1.915 through 0 to -1.915 */
    CHECK(p && fabs(p->number - 1) < 1e-8 && fabs(p->values[0]) < 1e-3);
    const ebb_branch_point_t *last = &branch.points[branch.count - 1];
    CHECK_NEAR(last->number, 2, 1e-9);
    CHECK_NEAR(last->values[0], -1.9150, 5e-5);
    ebb_branch_free(&branch);
    study_set(&c, "a.bias", 0.01);
    states[0] = states[1] = -1.9;
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) == EBB_OK);
    p = marked(&branch, EBB_LANDMARK_FOLD, 0);
    CHECK(marks(&branch) == 1 && p && p->number > 1.01 && p->number < 1.2);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* --- Hopf points ------------------------------------------------------------------ */

/* tau* = (pi/2 - atan(w/a))/w, w = sqrt(c^2 - a^2): pi/(6 sqrt 3) for a = 1, c = 2. */
static void test_delay_hopf(void)
{
    study_couple_t c = couple("liebovitch_delay");
    study_set(&c, "b.response", -2);
    study_set(&c, "late", 0.1);
    ebb_branch_t branch = follow(&c, "late", NULL, 0.05, 1);
    const ebb_branch_point_t *p = marked(&branch, EBB_LANDMARK_HOPF, 0);
    CHECK(p && fabs(p->number - acos(-1) / (6 * sqrt(3))) < 1e-9);
    CHECK(p && fabs(p->frequency - sqrt(3)) < 1e-8);
    CHECK(branch.points[0].unstable_count == 0);
    CHECK(branch.points[branch.count - 1].unstable_count >= 2);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* Damping of coupled oscillators through 0: a Hopf point at frequency sqrt(-f). */
static void test_hopf(void)
{
    study_couple_t c = study_begin(
        model_of("model swing \"x\"\ntime day\npersons one\nparam mu = -0.5\n"
                 "state one.x = 0.1\nstate one.y = 0\n"
                 "d one.x = y\nd one.y = -4*x + mu*y - x^2*y\n"));
    ebb_branch_t branch = follow(&c, "mu", NULL, -1, 1);
    CHECK(marks(&branch) == 1);
    const ebb_branch_point_t *p = marked(&branch, EBB_LANDMARK_HOPF, 0);
    CHECK(p && fabs(p->number) < 1e-9 && fabs(p->frequency - 2) < 1e-9);
    ebb_branch_free(&branch);
    /* from -5 to 5 the pair is born from two real ones and dies so again: no marks */
    study_set(&c, "mu", -5);
    branch = follow(&c, "mu", NULL, -5, 5);
    CHECK(marks(&branch) == 1);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* Maps: x(t+1) = mu x - x^3 doubles its period at -1; a rotation leaves the circle. */
static void test_map_marks(void)
{
    study_couple_t c = study_begin(
        model_of("model flip \"x\"\ntime turn\npersons one\nparam mu = -0.5\n"
                 "state one.x = 0\nnext one.x = mu*x - x^3\n"));
    ebb_branch_t branch = follow(&c, "mu", NULL, -1.5, 0.5);
    CHECK(marks(&branch) == 0);
    ebb_branch_free(&branch);
    ebb_study_number_t mu = study_number(&c, "mu");
    ebb_branch_settings_t s = {
        .lead = {&mu, 1}, .low = -1.5, .high = 0.5, .down = true};
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) == EBB_OK);
    const ebb_branch_point_t *p = marked(&branch, EBB_LANDMARK_PERIOD_DOUBLING, 0);
    CHECK(marks(&branch) == 1 && p && fabs(p->number + 1) < 1e-9);
    ebb_branch_free(&branch);
    study_end(&c);
    c = study_begin(
        model_of("model turn \"x\"\ntime turn\npersons one\nparam r = 0.5\n"
                 "state one.x = 0\nstate one.y = 0\n"
                 "next one.x = r*(0.6*x - 0.8*y)\nnext one.y = r*(0.8*x + 0.6*y)\n"));
    branch = follow(&c, "r", NULL, 0.2, 1.5);
    p = marked(&branch, EBB_LANDMARK_TORUS, 0);
    CHECK(marks(&branch) == 1 && p && fabs(p->number - 1) < 1e-9);
    CHECK(p && fabs(p->frequency - acos(0.6)) < 1e-9);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* --- kinks ------------------------------------------------------------------------ */

/* mu = |x| - x/2 seen from above: a corner at 0 where the branch turns back. */
static void test_corner(void)
{
    study_couple_t c =
        study_begin(model_of("model corner \"x\"\ntime day\npersons one\nparam mu = 1\n"
                             "state one.x = 1\nd one.x = mu - abs(x) + x/2\n"));
    ebb_study_number_t mu = study_number(&c, "mu");
    ebb_branch_settings_t s = {.lead = {&mu, 1}, .low = -1, .high = 2, .down = true};
    ebb_branch_t branch = {0};
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) == EBB_OK);
    const ebb_branch_point_t *p = marked(&branch, EBB_LANDMARK_KINK, 0);
    CHECK(marks(&branch) == 1 && p && fabs(p->number) < 1e-5);
    const ebb_branch_point_t *last = &branch.points[branch.count - 1];
    CHECK_NEAR(last->number, 2, 1e-9); /* back on the other side: x = -4/3 */
    CHECK_NEAR(last->values[0], -4. / 3, 1e-9);
    CHECK(last->unstable_count == 1);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* A step in the equations ends a branch, and is not taken for a fold. */
static void test_step_ends(void)
{
    study_couple_t c = study_begin(
        model_of("model step \"x\"\ntime day\npersons one\nparam mu = 0\n"
                 "state one.x = 0\nd one.x = mu - x + (if x > 1 then 3 else 0)\n"));
    ebb_branch_t branch = follow(&c, "mu", NULL, -1, 2);
    CHECK(marks(&branch) == 0);
    const ebb_branch_point_t *last = &branch.points[branch.count - 1];
    CHECK_NEAR(last->number, 1, 1e-6);
    CHECK(strstr(branch.end, "could not be followed") != NULL);
    ebb_branch_free(&branch);
    study_end(&c);
}

static void test_refusals(void)
{
    study_couple_t c = couple("pursuit_minimal");
    ebb_study_number_t number = study_number(&c, "pursuer.threat");
    ebb_branch_settings_t s = {.lead = {&number, 1}, .low = 0, .high = 1};
    ebb_branch_t branch = {0};
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) ==
          EBB_ERR_ARGUMENT);
    CHECK(strstr(c.error.text, "pursuer.threat") && strstr(c.error.text, "hold"));
    number = study_number(&c, "trigger");
    s.low = 0.5;
    CHECK(ebb_study_continue(c.study, &s, &branch, &c.error) == EBB_ERR_ARGUMENT);
    s.low = 0;
    s.lead.count = 0;
    CHECK(ebb_study_continue(c.study, &s, &branch, &c.error) == EBB_ERR_ARGUMENT);
    study_set(&c, "trigger", 0.65);
    study_set(&c, "weariness", 0.6);
    s.lead.count = 1;
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) == EBB_ERR_NUMERIC);
    CHECK(branch.points == NULL);
    study_end(&c);
}

/* --- sweeps ----------------------------------------------------------------------- */

/* On at .36, off at -.76 with steps of .01. */
static void test_pursuit_sweep(void)
{
    study_couple_t c = couple("pursuit_minimal");
    study_set(&c, "pursuer.threat", -1);
    ebb_study_number_t trigger = study_number(&c, "trigger");
    ebb_hysteresis_settings_t s = {
        .lead = {&trigger, 1}, .from = -1, .to = 0.6, .steps = 160, .settle = 400};
    ebb_hysteresis_t sweep = {0};
    CHECK(ebb_study_sweep(study_open(&c), &s, &sweep, &c.error) == EBB_OK);
    CHECK(sweep.count == 322);
    size_t jumps = 0;
    for (size_t k = 0; k < sweep.count; k++) {
        const ebb_hysteresis_row_t *row = &sweep.rows[k];
        CHECK(!row->moving);
        if (row->jumped) {
            jumps++;
            CHECK_NEAR(row->number, row->back ? -0.76 : 0.36, 1e-12);
        }
    }
    CHECK(jumps == 2);
    ebb_hysteresis_free(&sweep);
    s.steps = EBB_STUDY_STEPS_MOST + 1;
    CHECK(ebb_study_sweep(c.study, &s, &sweep, &c.error) == EBB_ERR_LIMIT);
    CHECK(strstr(c.error.text, "100001 steps") && !sweep.rows);
    study_end(&c);
}

/* Symmetric, and still it leaves the middle: cooperation swept through c = 1. */
static void test_sweep_leaves_symmetry(void)
{
    study_couple_t c = couple("liebovitch");
    ebb_study_number_t numbers[2] = {study_number(&c, "a.response"),
                                     study_number(&c, "b.response")};
    ebb_hysteresis_settings_t s = {
        .lead = {numbers, 2}, .from = 0, .to = 2, .steps = 40, .settle = 200};
    ebb_hysteresis_t sweep = {0};
    CHECK(ebb_study_sweep(study_open(&c), &s, &sweep, &c.error) == EBB_OK);
    for (size_t k = 0; k < sweep.count; k++) {
        double x = sweep.rows[k].values[0], r = sweep.rows[k].number;
        if (fabs(r - 1) > 0.1) {
            CHECK_NEAR(x, r * tanh(x), 1e-6);
            CHECK((fabs(x) > 0.1) == (r > 1));
        }
    }
    ebb_hysteresis_free(&sweep);
    study_end(&c);
}

/* --- a model of months, its slow states held -------------------------------------- */

/* A pair, one anxious and one avoidant by z; hardness of the avoidant one is led. */
static study_couple_t months(double z, double hardness)
{
    static const char *const names[6] = {"hardness",   "trust", "discouragement",
                                         "accustomed", "love",  "satisfaction"};
    const double values[6] = {hardness, 0.7, 0, 0, 0.97, 0.8};
    study_couple_t c = study_begin(model_of_file(good, "notes"));
    study_set(&c, "a.anxiety", z);
    study_set(&c, "a.avoidance", -0.3);
    study_set(&c, "b.anxiety", -0.3);
    study_set(&c, "b.avoidance", z);
    study_set(&c, "honeymoon", 0);
    for (int k = 0; k < 12; k++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%c.%s", k % 2 ? 'b' : 'a', names[k / 2]);
        study_hold(&c, name, k == 0 ? 0 : values[k / 2]);
    }
    study_hold(&c, "stress", 0);
    study_hold(&c, "skill", 0);
    study_hold(&c, "together", 1);
    c.settings.mean_events = true;
    return c;
}

/* Folds in hardness. Those known were read off slow sweeps of steps of a few
 * thousandths, of another program: they are near the folds, not on them. */
static void test_months_folds(void)
{
    static const double z[4] = {0.7, 0.9, 1.2, 1.5};
    static const double on[4] = {0.987, 0.603, 0.165, -0.165};
    static const double off[4] = {0.441, 0.099, -0.261, -0.507};
    for (int k = 0; k < 4; k++) {
        study_couple_t c = months(z[k], -1);
        ebb_branch_t branch = follow(&c, "b.hardness", NULL, -1, 2);
        const ebb_branch_point_t *first = marked(&branch, EBB_LANDMARK_FOLD, 0);
        const ebb_branch_point_t *second = marked(&branch, EBB_LANDMARK_FOLD, 1);
        CHECK(marks(&branch) == 2 && first && second);
        CHECK(first && fabs(first->number - on[k]) < 0.01);
        CHECK(second && fabs(second->number - off[k]) < 0.0115);
        ebb_branch_free(&branch);
        study_end(&c);
    }
}

/* Loop gain at withdrawal while calm, and three rests where there is hysteresis. */
static void test_months_gain(void)
{
    static const double hardness[3] = {0, 0.05, 0.1}, known[3] = {0.31, 0.40, 0.53};
    for (int k = 0; k < 3; k++) {
        study_couple_t c = months(1.2, hardness[k]);
        ebb_run_output_t cut = study_output(&c, "b.withdrawal");
        ebb_gain_t gain = {0};
        ebb_gain_settings_t at = {cut, cut, NULL};
        CHECK(ebb_study_gain(study_open(&c), &at, &gain, &c.error) == 0);
        CHECK_NEAR(gain.gain, known[k], 0.005);
        study_end(&c);
    }
    study_couple_t c = months(1.2, 0);
    ebb_equilibria_t found = study_rests(&c);
    CHECK(found.count == 3);
    size_t stable = 0;
    for (size_t k = 0; k < found.count; k++) {
        stable += found.points[k].unstable_count == 0;
    }
    CHECK(stable == 2);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* The gain reaches 1 where the calm state disappears, like a square root. */
static void test_gain_at_fold(void)
{
    double s = 0.5 - sqrt(0.25 - 0.06), fold = 0.8 + 0.12 * log(s / (1 - s)) - 2 * s;
    double before = 0;
    for (int k = 2; k <= 8; k += 2) {
        study_couple_t c = couple("pursuit_minimal");
        study_set(&c, "trigger", fold - pow(10, -k));
        ebb_run_output_t cut = study_output(&c, "withdrawer.withdrawal");
        ebb_gain_t gain = {0};
        ebb_gain_settings_t at = {cut, cut, NULL};
        CHECK(ebb_study_gain(study_open(&c), &at, &gain, &c.error) == 0);
        CHECK(gain.gain < 1 && gain.gain > before);
        double ratio = (1 - gain.gain) / (1 - before);
        CHECK(k < 6 || fabs(ratio - 0.1) < 0.005);
        before = gain.gain;
        study_end(&c);
    }
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "models";
    good = argc > 2 ? argv[2] : "tests/lang/good";
    test_pursuit_folds();
    test_secure_folds();
    test_pitchfork();
    test_delay_hopf();
    test_hopf();
    test_map_marks();
    test_corner();
    test_step_ends();
    test_refusals();
    test_pursuit_sweep();
    test_sweep_leaves_symmetry();
    test_months_folds();
    test_months_gain();
    test_gain_at_fold();
    return check_report(__FILE__);
}
