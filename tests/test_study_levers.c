/* SPDX-License-Identifier: MIT
 * Holding what is slow, and levers compared by what they do to the loop gain, against
 * closed forms and against `gain` itself.
 *
 *     test_study_levers MODELS
 */
#include "ebb/levers.h"
#include "math/random.h"
#include "scarce.h"
#include "study_couple.h"

static const char *folder;

/* --- slow states ------------------------------------------------------------------ */

static const char *const layers = "model layers \"x\"\ntime day\npersons one\n"
                                  "state one.x = 0\nstate one.y = 0.5\n"
                                  "state one.z = 1\n"
                                  "d one.x = -2*(x - y)\n"
                                  "d one.y = -0.05*(y - z)\n"
                                  "d one.z = 0.001*(x - z)\n"
                                  "event reset rate 0.1 -> one.y = 0\n";

/* Which of x, y, z are held, as bits. */
static unsigned held_with(study_couple_t *c, double slower_than)
{
    c->settings.slower_than = slower_than;
    static const double starts[] = {0, 0.5, 1};
    const ebb_study_t *study = study_open(c);
    unsigned slow = 0;
    for (size_t i = 0; i < 3; i++) {
        double value = (double)NAN;
        bool holds = ebb_study_holds(study, i, &value);
        CHECK(holds == ebb_study_holds_slow(study, i) || c->holds[i] == value);
        CHECK(!holds || value == starts[i]);
        slow |= (unsigned)ebb_study_holds_slow(study, i) << i;
    }
    CHECK(!ebb_study_holds_slow(study, 3));
    return slow;
}

/* The diagonal is -2, -0.05 (with the event at its mean -0.15) and -0.001. */
static void test_slow(void)
{
    study_couple_t c = study_begin(model_of(layers));
    CHECK(held_with(&c, 0) == 0);
    CHECK(held_with(&c, 0.49) == 7);
    CHECK(held_with(&c, 0.51) == 6);
    CHECK(held_with(&c, 19.9) == 6);
    CHECK(held_with(&c, 20.1) == 4);
    CHECK(held_with(&c, 999) == 4);
    CHECK(held_with(&c, 1001) == 0);
    c.settings.mean_events = true;
    CHECK(held_with(&c, 6.6) == 6);
    CHECK(held_with(&c, 6.7) == 4);
    study_hold(&c, "one.y", 0.5); /* held in any case: not for being slow */
    CHECK(held_with(&c, 1) == 4);
    CHECK(ebb_study_info(c.study).free_count == 1);
    ebb_equilibria_t found = {0};
    CHECK(ebb_study_equilibria(c.study, NULL, &found, NULL) == EBB_OK);
    CHECK(found.count == 1 && fabs(found.points[0].values[0] - 0.5) < 1e-12);
    ebb_equilibria_free(&found);
    study_end(&c);
}

/* In steps what counts is next value less value: -0.5 and -0.01. */
static void test_slow_steps(void)
{
    study_couple_t c = study_begin(model_of("model s \"x\"\ntime day\npersons one\n"
                                            "state one.x = 1\nstate one.y = 1\n"
                                            "next one.x = 0.5*x + y\n"
                                            "next one.y = 0.99*y + 0.1*x\n"));
    c.settings.slower_than = 10;
    const ebb_study_t *study = study_open(&c);
    CHECK(!ebb_study_holds_slow(study, 0) && ebb_study_holds_slow(study, 1));
    study_end(&c);
}

/* The pace is that at the start: 1 - 2 x of x (1 - x). A rate without it stays 0. */
static void test_slow_start(void)
{
    study_couple_t c = study_begin(model_of("model s \"x\"\ntime day\npersons one\n"
                                            "state one.x = 0.5\nstate one.y = 0\n"
                                            "d one.x = x*(1 - x)\n"
                                            "d one.y = x\n"));
    c.settings.slower_than = 10;
    CHECK(ebb_study_holds_slow(study_open(&c), 0));
    CHECK(ebb_study_holds_slow(c.study, 1));
    study_set(&c, "one.x", 0.4);
    CHECK(!ebb_study_holds_slow(study_open(&c), 0));
    study_end(&c);
}

static void test_slow_refusals(void)
{
    study_couple_t c = study_begin(model_of(layers));
    const double wrong[] = {-1, (double)NAN, (double)INFINITY};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        c.settings.slower_than = wrong[k];
        CHECK(ebb_study_new(&c.study, c.model, &c.settings, &c.error) ==
              EBB_ERR_ARGUMENT);
        CHECK(c.study == NULL && strstr(c.error.text, "slower"));
    }
    study_end(&c);
}

/* x' = y + x^2 - x with y slow: the fold is at y = 1/4, where x = 1/2. */
static void test_slow_leads(void)
{
    study_couple_t c = study_begin(model_of("model s \"x\"\ntime day\npersons one\n"
                                            "state one.x = 0\nstate one.y = 0\n"
                                            "d one.x = y + x^2 - x\n"
                                            "d one.y = 0.001*(x - y)\n"));
    c.settings.slower_than = 10;
    const ebb_study_number_t y = study_number(&c, "one.y");
    const ebb_branch_settings_t s = {.lead = {&y, 1}, .high = 0.5};
    ebb_branch_t branch = {0};
    size_t folds = 0;
    CHECK(ebb_study_continue(study_open(&c), &s, &branch, &c.error) == EBB_OK);
    for (size_t k = 0; k < branch.count; k++) {
        if (branch.points[k].mark == EBB_LANDMARK_FOLD) {
            CHECK_NEAR(branch.points[k].number, 0.25, 1e-9);
            CHECK_NEAR(branch.points[k].values[0], 0.5, 1e-4);
            folds++;
        }
    }
    CHECK(folds == 1);
    ebb_branch_free(&branch);
    study_end(&c);
}

/* --- levers of a linear pair ------------------------------------------------------ */

/* The gain is (strength/decay)^2; with `soft` of one, half of it, with `calm` a
 * quarter; `odd` is no lever, `idle` does nothing, `hot` goes the other way. */
static const char *const linear =
    "model linear \"x\"\ntime day\n"
    "param strength = 0.8 in [0, 0.9]\nparam decay = 1\nparam shift = 0\n"
    "input soft = 0 in [0, 1]\nshared input calm = 0 in [0, 1]\n"
    "shared input odd = 0 in [-1, 1]\nshared input idle = 0 in [0, 1]\n"
    "shared input hot = 0 in [0, 1]\n"
    "state x = 1\n"
    "d x = strength*(1 - 0.5*soft)*(1 + 0.1*hot)*partner.x - decay*(1 + calm)*x + odd\n"
    "      + shift*idle + 1\n";

static ebb_levers_t levers_of(study_couple_t *c, const char *cut,
                              ebb_levers_settings_t settings)
{
    ebb_levers_t found = {0};
    settings.cut = study_output(c, cut);
    int code = ebb_study_levers(study_open(c), &settings, &found, &c->error);
    if (code) {
        (void)fprintf(stderr, "%s\n", c->error.text);
    }
    CHECK(code == EBB_OK);
    return found;
}

static const ebb_lever_t *lever_of(const study_couple_t *c, const ebb_levers_t *found,
                                   const char *name)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_INPUT;
    size_t index = study_find(c, name, &kind);
    for (size_t k = 0; k < found->count; k++) {
        if (found->levers[k].input == index) {
            return &found->levers[k];
        }
    }
    return NULL;
}

static void check_lever(const study_couple_t *c, const ebb_levers_t *found,
                        const char *name, double factor, double rest)
{
    const ebb_lever_t *lever = lever_of(c, found, name);
    CHECK(lever != NULL);
    if (lever) {
        CHECK_NEAR(lever->gain, 0.64 * factor, 1e-12);
        CHECK_NEAR(lever->change, 0.64 * (factor - 1), 1e-12);
        CHECK_NEAR(lever->rest, rest, 1e-9);
        CHECK(isnan(lever->most) && isnan(lever->change_range.median));
    }
}

static void test_linear(void)
{
    study_couple_t c = study_begin(model_of(linear));
    ebb_levers_t found = levers_of(&c, "a.x", (ebb_levers_settings_t){0});
    CHECK(found.count == 5 && !lever_of(&c, &found, "odd"));
    CHECK_NEAR(found.gain, 0.64, 1e-12);
    CHECK_NEAR(found.rest, 5, 1e-9); /* 1/(1 - 0.8) */
    check_lever(&c, &found, "calm", 0.25, 1 / 1.2);
    /* x_a = s x_b + 1, x_b = 0.8 x_a + 1 with s = 0.4, and the other way round */
    check_lever(&c, &found, "a.soft", 0.5, 1.4 / 0.68);
    check_lever(&c, &found, "b.soft", 0.5, 1.8 / 0.68);
    check_lever(&c, &found, "idle", 1, 5);
    check_lever(&c, &found, "hot", 1.21, 1 / 0.12);
    static const char *const order[] = {"calm", "a.soft", "b.soft", "idle", "hot"};
    for (size_t k = 0; k < found.count; k++) {
        CHECK(lever_of(&c, &found, order[k]) == &found.levers[k]);
    }
    ebb_levers_free(&found);
    CHECK(found.levers == NULL && found._memory == NULL);
    study_set(&c, "calm", 1); /* others as they are: in full already */
    found = levers_of(&c, "a.x", (ebb_levers_settings_t){0});
    CHECK_NEAR(found.gain, 0.16, 1e-12);
    CHECK(lever_of(&c, &found, "calm")->change == 0);
    CHECK_NEAR(lever_of(&c, &found, "a.soft")->gain, 0.08, 1e-12);
    ebb_levers_free(&found);
    study_end(&c);
}

/* A change is a factor of the gain, so are its quantiles over draws. */
static void test_linear_draws(void)
{
    study_couple_t c = study_begin(model_of(linear));
    c.settings.tolerance = 1e-6; /* Newton's method does the rest */
    study_set(&c, "decay", 1);   /* set: it does not vary */
    const ebb_levers_settings_t s = {.draws = 1000, .within = 0.1, .seed = 3};
    ebb_levers_t found = levers_of(&c, "a.x", s);
    CHECK(found.draws == 1000 && found.resting == 1000 && found.counted == 1000);
    CHECK(found.within == 0.1);
    /* strength is even in [0.72, 0.88]; sd of a quantile 0.5/sqrt(1000) of the width */
    const ebb_levers_range_t *g = &found.gain_range;
    double slack = 4 * 0.5 / sqrt(1000) * 0.16 * 2 * 0.88;
    CHECK_NEAR(g->median, 0.8 * 0.8, slack);
    CHECK_NEAR(g->low, 0.736 * 0.736, slack);
    CHECK_NEAR(g->high, 0.864 * 0.864, slack);
    const ebb_lever_t *calm = lever_of(&c, &found, "calm");
    CHECK_NEAR(calm->change_range.median, -0.75 * g->median, 1e-9);
    CHECK_NEAR(calm->change_range.low, -0.75 * g->high, 1e-9);
    CHECK_NEAR(calm->change_range.high, -0.75 * g->low, 1e-9);
    CHECK(calm->most == 1 && calm->draws == 1000);
    CHECK(lever_of(&c, &found, "b.soft")->most == 0);
    ebb_levers_free(&found);
    study_end(&c);
}

/* Levers that do the same share a draw; names choose. */
static void test_alike(void)
{
    study_couple_t c = study_begin(model_of(linear));
    ebb_scalar_kind_t kind;
    const size_t inputs[] = {study_find(&c, "idle", &kind),
                             study_find(&c, "b.soft", &kind),
                             study_find(&c, "a.soft", &kind)};
    ebb_levers_t found = levers_of(
        &c, "a.x",
        (ebb_levers_settings_t){.inputs = inputs, .input_count = 3, .draws = 50});
    CHECK(found.count == 3 && found.within == 0.2);
    CHECK(found.levers[0].input == inputs[1] && found.levers[1].input == inputs[2]);
    CHECK_NEAR(found.levers[0].most, 0.5, 1e-12);
    CHECK_NEAR(found.levers[1].most, 0.5, 1e-12);
    CHECK(found.levers[2].most == 0);
    ebb_levers_free(&found);
    study_end(&c);
}

/* The number in (-1, 1) of a parameter in a draw: its address is seed, draw, and the
 * name by the published FNV-1a. */
static double chance(uint64_t seed, uint32_t draw, const char *name)
{
    uint32_t hash = 0x811c9dc5;
    while (*name) {
        hash ^= (unsigned char)*name++;
        hash *= 0x01000193;
    }
    return ebb_random_signed(ebb_random_at(seed, draw, 0, hash).a);
}

/* One draw by hand: factors by the address of the draw, within the declared range. */
static void test_one_draw(void)
{
    study_couple_t c = study_begin(model_of(linear));
    for (uint64_t seed = 0; seed < 20; seed++) {
        const double u[2] = {1 + 0.15 * chance(seed, 0, "strength"),
                             1 + 0.15 * chance(seed, 0, "decay")};
        double strength = fmin(0.8 * u[0], 0.9);
        double gain = strength * strength / (u[1] * u[1]);
        ebb_levers_t found = levers_of(
            &c, "a.x",
            (ebb_levers_settings_t){.draws = 1, .within = 0.15, .seed = seed});
        CHECK_NEAR(found.gain_range.median, gain, 1e-9);
        CHECK(found.gain_range.low == found.gain_range.high);
        ebb_levers_free(&found);
    }
    study_end(&c);
}

/* --- draws without a state of rest, and without a loop that feeds itself ---------- */

/* x' = c + x^2 - x with c = p/4 (1 - 0.5 help) (1 + 0.5 push): at rest as long as c <
 * 1/4, and then the gain at y = x^2 is 1 - sqrt(1 - 4 c). */
static const char *const folding =
    "model folding \"x\"\ntime day\npersons one\n"
    "param p = 0.98\n"
    "shared input help = 0 in [0, 1]\n"
    "shared input push = 0 in [0, 1]\n"
    "state one.x = 0\nlet one.y = x^2\n"
    "d one.x = p/4*(1 - 0.5*help)*(1 + 0.5*push) + y - x\n";

static void test_folding(void)
{
    study_couple_t c = study_begin(model_of(folding));
    c.settings.tolerance = 1e-6;
    size_t rests = 0;
    for (uint32_t draw = 0; draw < 200; draw++) {
        double factor = 1 + 0.2 * chance(5, draw, "p");
        rests += 0.98 * factor < 1;
    }
    CHECK(rests > 60 && rests < 140);
    ebb_levers_t found =
        levers_of(&c, "one.y", (ebb_levers_settings_t){.draws = 200, .seed = 5});
    CHECK_NEAR(found.gain, 1 - sqrt(0.02), 1e-9);
    CHECK(found.resting == rests && found.counted == rests);
    const ebb_lever_t *help = lever_of(&c, &found, "help");
    const ebb_lever_t *push = lever_of(&c, &found, "push");
    CHECK_NEAR(help->gain, 1 - sqrt(1 - 0.49), 1e-9);
    CHECK(help->draws == rests && help->most == 1);
    CHECK(isnan(push->gain) && isnan(push->rest) && push->draws == 0);
    CHECK(push == &found.levers[1] && push->most == 0);
    ebb_levers_free(&found);
    study_set(&c, "p", 1.1);
    ebb_levers_settings_t s = {.cut = study_output(&c, "one.y")};
    CHECK(ebb_study_levers(study_open(&c), &s, &found, &c.error) == EBB_ERR_NUMERIC);
    CHECK(strstr(c.error.text, "does not come to rest"));
    study_end(&c);
}

/* a pursues, b flees: the gain is negative, and there is nothing to lower. */
static void test_against(void)
{
    study_couple_t c =
        study_begin(model_of("model chase \"x\"\ntime day\npersons a, b\n"
                             "param s = 0.5\n"
                             "shared input calm = 0 in [0, 1]\n"
                             "state a.x = 1\nstate b.x = 1\n"
                             "d a.x = s*b.x - (1 + calm)*x\n"
                             "d b.x = -s*a.x - x\n"));
    ebb_levers_t found = levers_of(&c, "a.x", (ebb_levers_settings_t){.draws = 20});
    CHECK_NEAR(found.gain, -0.25, 1e-12);
    CHECK(found.resting == 20 && found.counted == 0);
    CHECK(found.gain_range.median < -0.15 && found.gain_range.median > -0.37);
    CHECK_NEAR(found.levers[0].change, 0.125, 1e-12);
    CHECK(isnan(found.levers[0].most) && found.levers[0].draws == 0);
    CHECK(isnan(found.levers[0].change_range.median));
    ebb_levers_free(&found);
    study_end(&c);
}

/* --- the couple's model ----------------------------------------------------------- */

/* An anxious and an avoidant partner after the honeymoon. */
static study_couple_t pursuer(void)
{
    study_couple_t c = study_begin(model_of_file(folder, "pursue_withdraw"));
    study_set(&c, "a.anxiety", 1.2);
    study_set(&c, "a.avoidance", -0.3);
    study_set(&c, "b.anxiety", -0.3);
    study_set(&c, "b.avoidance", 1.2);
    study_hold(&c, "early", 0);
    c.settings.mean_events = true;
    c.settings.slower_than = 10;
    return c;
}

static double gain_at(study_couple_t *c)
{
    ebb_gain_t gain = {0};
    ebb_gain_settings_t s = {.cut = study_output(c, "b.withdrawal")};
    s.to = s.cut;
    CHECK(ebb_study_gain(study_open(c), &s, &gain, &c->error) == EBB_OK);
    return gain.gain;
}

/* Every lever against `gain` with the input set. */
static void test_against_gain(void)
{
    study_couple_t c = pursuer();
    ebb_levers_t found = levers_of(&c, "b.withdrawal", (ebb_levers_settings_t){0});
    CHECK(found.count == 28);
    CHECK_NEAR(found.gain, gain_at(&c), 1e-12);
    CHECK(found.gain > 0 && found.gain < 1);
    for (size_t k = 0; k < found.count; k++) {
        c.inputs[found.levers[k].input] = 1;
        CHECK_NEAR(found.levers[k].gain, gain_at(&c), 1e-12);
        c.inputs[found.levers[k].input] = (double)NAN;
    }
    ebb_levers_free(&found);
    study_end(&c);
}

/* One draw against `gain` with the parameters of the draw set: starts that hang on
 * parameters, and are held, go with them. */
static void test_draw_against_gain(void)
{
    study_couple_t c = pursuer();
    ebb_scalar_kind_t kind;
    const size_t check_ins = study_find(&c, "check_ins", &kind);
    ebb_levers_settings_t s = {
        .inputs = &check_ins, .input_count = 1, .draws = 1, .within = 0.05, .seed = 1};
    ebb_levers_t found = levers_of(&c, "b.withdrawal", s);
    CHECK(found.resting == 1);
    for (uint32_t k = 0; k < ebb_model_info(c.model).params; k++) {
        ebb_scalar_t p;
        CHECK(ebb_model_scalar(c.model, EBB_SCALAR_PARAM, k, &p) == EBB_OK);
        double f = 1 + 0.05 * chance(1, 0, p.name);
        c.params[k] = fmin(fmax(p.value * f, p.low), p.high);
    }
    double before = gain_at(&c);
    CHECK_NEAR(found.gain_range.median, before, 1e-9);
    CHECK(fabs(before - found.gain) > 1e-3);
    study_set(&c, "check_ins", 1);
    if (found.counted) {
        CHECK_NEAR(found.levers[0].change_range.median, gain_at(&c) - before, 1e-9);
    }
    ebb_levers_free(&found);
    study_end(&c);
}

/* --- refusals and memory ---------------------------------------------------------- */

static void refuse(study_couple_t *c, ebb_levers_settings_t s, int code,
                   const char *word)
{
    ebb_levers_t found = {0};
    ebb_error_t error = {0};
    CHECK(ebb_study_levers(c->study, &s, &found, &error) == code);
    CHECK(strstr(error.text, word) != NULL);
    CHECK(found.levers == NULL && found._memory == NULL);
}

static void test_refusals(void)
{
    study_couple_t c = study_begin(model_of(linear));
    ebb_scalar_kind_t kind;
    const size_t odd = study_find(&c, "odd", &kind), beyond = 99;
    const ebb_run_output_t x = study_output(&c, "a.x");
    (void)study_open(&c);
    refuse(&c, (ebb_levers_settings_t){.cut = x, .inputs = &odd, .input_count = 1},
           EBB_ERR_ARGUMENT, "`odd` is no lever");
    refuse(&c, (ebb_levers_settings_t){.cut = x, .inputs = &beyond, .input_count = 1},
           EBB_ERR_ARGUMENT, "no input 99");
    refuse(&c, (ebb_levers_settings_t){.cut = x, .inputs = &odd}, EBB_ERR_ARGUMENT,
           "has no lever");
    refuse(&c, (ebb_levers_settings_t){.cut = x, .within = 1}, EBB_ERR_ARGUMENT,
           "within 1");
    refuse(&c, (ebb_levers_settings_t){.cut = x, .within = -0.1}, EBB_ERR_ARGUMENT,
           "within -0.1");
    refuse(&c, (ebb_levers_settings_t){.cut = x, .draws = EBB_LEVERS_DRAWS_MOST + 1},
           EBB_ERR_LIMIT, "draws");
    study_hold(&c, "a.x", 1);
    (void)study_open(&c);
    refuse(&c, (ebb_levers_settings_t){.cut = x}, EBB_ERR_ARGUMENT, "held");
    study_hold(&c, "b.x", 1);
    (void)study_open(&c);
    refuse(&c, (ebb_levers_settings_t){.cut = x}, EBB_ERR_ARGUMENT, "all states");
    study_end(&c);
}

static int ask(void *user, const ebb_alloc_t *alloc)
{
    study_couple_t *c = user;
    ebb_study_t *study = NULL;
    ebb_levers_t found = {0};
    const ebb_levers_settings_t s = {.cut = study_output(c, "a.x"), .draws = 2};
    c->settings.alloc = alloc;
    c->settings.slower_than = 10;
    int code = ebb_study_new(&study, c->model, &c->settings, &c->error);
    code = code ? code : ebb_study_levers(study, &s, &found, &c->error);
    ebb_levers_free(&found);
    ebb_study_free(study);
    return code;
}

static void test_scarce(void)
{
    study_couple_t c = study_begin(model_of(linear));
    scarce_until_enough(ask, &c);
    study_end(&c);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "models";
    test_slow();
    test_slow_steps();
    test_slow_start();
    test_slow_refusals();
    test_slow_leads();
    test_linear();
    test_linear_draws();
    test_alike();
    test_one_draw();
    test_folding();
    test_against();
    test_against_gain();
    test_draw_against_gain();
    test_refusals();
    test_scarce();
    return check_report(__FILE__);
}
