/* SPDX-License-Identifier: MIT
 * Episodes, links and gains along a run, portraits, contrasts of two arms.
 *
 *     test_portrait MODELS GOOD
 */
#include "ebb/contrast.h"
#include "ebb/portrait.h"
#include "scarce.h"
#include "study_couple.h"

static const char *folder;

/* --- episodes --------------------------------------------------------------------- */

/* Withdrawal hour by hour; found in a model that counts days. */
static size_t spells_of(const double *w, size_t count, ebb_spell_t *spells)
{
    double times[64];
    for (size_t k = 0; k < count; k++) {
        times[k] = (double)k / 24;
    }
    return ebb_spells_find(&(ebb_spell_course_t){times, w, count, 24}, spells, 8);
}

/* A step of `high` between hours, 0.2 crossed half way: begins and ends at the halves.
 */
static void spell_fill(double *w, size_t from, size_t to)
{
    for (size_t k = from; k <= to; k++) {
        w[k] = 0.4;
    }
}

static void test_spell_length(void)
{
    ebb_spell_t spells[8];
    double w[48] = {0};
    spell_fill(w, 10, 14); /* from 9.5 to 14.5: five hours */
    CHECK(spells_of(w, 48, spells) == 0);
    spell_fill(w, 10, 15); /* six */
    CHECK(spells_of(w, 48, spells) == 1);
    CHECK_NEAR(spells[0].begin, 9.5 / 24, 1e-12);
    CHECK_NEAR(spells[0].end, 15.5 / 24, 1e-12);
    CHECK_NEAR(spells[0].peak, 0.4, 0);
}

static void test_spell_level(void)
{
    ebb_spell_t spells[8];
    double w[48];
    for (size_t k = 0; k < 48; k++) {
        w[k] = 0.2; /* not above */
    }
    CHECK(spells_of(w, 48, spells) == 0);
    w[20] = 0.21; /* above for less than two hours */
    CHECK(spells_of(w, 48, spells) == 0);
}

/* Long enough each, and five or six hours apart. */
static void test_spell_near(void)
{
    ebb_spell_t spells[8];
    double w[48] = {0};
    spell_fill(w, 2, 9);   /* to 9.5 */
    spell_fill(w, 15, 22); /* from 14.5: five hours later */
    w[17] = 0.9;
    CHECK(spells_of(w, 48, spells) == 1);
    CHECK_NEAR(spells[0].begin, 1.5 / 24, 1e-12);
    CHECK_NEAR(spells[0].end, 22.5 / 24, 1e-12);
    CHECK_NEAR(spells[0].peak_time, 17.0 / 24, 1e-12);
    w[15] = 0; /* from 15.5: six */
    CHECK(spells_of(w, 48, spells) == 2);
}

/* Two that are too short are none, however near: a stretch must last by itself. */
static void test_spell_short_pair(void)
{
    ebb_spell_t spells[8];
    double w[48] = {0};
    spell_fill(w, 2, 5);
    spell_fill(w, 7, 10);
    CHECK(spells_of(w, 48, spells) == 0);
}

static void test_spell_ends(void)
{
    ebb_spell_t spells[8];
    double w[48] = {0};
    spell_fill(w, 0, 8);   /* under way at the start */
    spell_fill(w, 30, 47); /* and at the end */
    CHECK(spells_of(w, 48, spells) == 2);
    CHECK_NEAR(spells[0].begin, 0, 0);
    CHECK_NEAR(spells[1].end, 47.0 / 24, 1e-12);
    w[40] = (double)NAN; /* the couple ends: at the last hour it lasts */
    CHECK(spells_of(w, 41, spells) == 2);
    CHECK_NEAR(spells[1].end, 39.0 / 24, 1e-12);
    CHECK(ebb_spells_find(&(ebb_spell_course_t){.hours = 24}, NULL, 0) == 0);
    CHECK(ebb_unit_hours("day") == 24 && ebb_unit_hours("turn") == 0);
}

/* --- gain ------------------------------------------------------------------------- */

/* The minimal model at any point: S(1 - S)/0.06 of the pursuit there. */
static void test_gain_closed_form(void)
{
    study_couple_t c = study_begin(model_of_file(folder, "pursuit_minimal"));
    study_hold(&c, "pursuer.exhaustion", 0);
    const ebb_study_t *study = study_open(&c);
    for (int k = 0; k < 20; k++) {
        double threat = 0.1 * k + 0.05;
        const double states[3] = {threat, 0.3, 0.7};
        const ebb_study_moment_t moment = {.states = states};
        double gain = 0, s = 1 / (1 + exp(-(threat - 0.8) / 0.12));
        CHECK(ebb_study_gain_along(study, study_output(&c, "withdrawer.withdrawal"),
                                   (ebb_study_moments_t){&moment, 1}, &gain,
                                   &c.error) == EBB_OK);
        CHECK_NEAR(gain, s * (1 - s) / 0.06, 1e-12);
    }
    study_end(&c);
}

/* A couple of pursue_withdraw with its slow states held where they are at first. */
static study_couple_t fast_couple(void)
{
    static const char *const free_ones[] = {"a.alarm", "b.alarm", "a.overload",
                                            "b.overload", "contact"};
    study_couple_t c = study_begin(model_of_file(folder, "pursue_withdraw"));
    study_set(&c, "a.anxiety", 1.2);
    study_set(&c, "a.avoidance", -0.3);
    study_set(&c, "b.anxiety", -0.3);
    study_set(&c, "b.avoidance", 1.2);
    study_set(&c, "early", 0);
    study_set(&c, "a.accustomed", 0);
    study_set(&c, "b.hardness", 0.2);
    ebb_scalar_t scalar;
    for (size_t i = 0; !ebb_model_scalar(c.model, EBB_SCALAR_STATE, i, &scalar); i++) {
        bool is_free = false;
        for (size_t k = 0; k < sizeof free_ones / sizeof *free_ones; k++) {
            is_free = is_free || strcmp(scalar.name, free_ones[k]) == 0;
        }
        c.holds[i] = is_free ? (double)NAN : 0;
    }
    return c;
}

/* Numbers of all states: those of the study's start, by a run of no length. */
static double *states_of(const study_couple_t *c)
{
    size_t n = ebb_model_info(c->model).states;
    double *states = model_numbers(n);
    ebb_run_settings_t settings = {
        .length = 1, .traits = c->traits, .starts = c->starts, .params = c->params};
    ebb_simulation_t *run = NULL;
    const ebb_model_numbers_t numbers = {.starts = states};
    CHECK(ebb_run_new(&run, c->model, NULL, &settings, NULL) == EBB_OK);
    CHECK(ebb_run_numbers(run, 0, numbers, NULL) == EBB_OK);
    ebb_run_free(run);
    return states;
}

/* At an equilibrium it is what ebb_study_gain says. */
static void test_gain_at_rest(void)
{
    study_couple_t c = fast_couple();
    double *states = states_of(&c), *inputs = study_nan(ebb_model_info(c.model).inputs);
    ebb_scalar_t scalar;
    for (size_t i = 0; !ebb_model_scalar(c.model, EBB_SCALAR_INPUT, i, &scalar); i++) {
        inputs[i] = scalar.value;
    }
    for (size_t i = 0; i < ebb_model_info(c.model).states; i++) {
        c.holds[i] = isnan(c.holds[i]) ? (double)NAN : states[i];
    }
    const ebb_study_t *study = study_open(&c);
    ebb_equilibria_t found = {0};
    CHECK(ebb_study_equilibria(study, NULL, &found, &c.error) == EBB_OK);
    CHECK(found.count >= 1);
    size_t compared = 0;
    for (size_t k = 0; k < found.count; k++) {
        for (int person = 0; person < 2; person++) {
            ebb_run_output_t cut =
                study_output(&c, person ? "b.withdrawal" : "a.withdrawal");
            const ebb_gain_settings_t at = {cut, cut, found.points[k].values};
            const ebb_study_moment_t moment = {found.points[k].values, inputs, 0};
            ebb_gain_t rest;
            double gain = 0;
            CHECK(ebb_study_gain(study, &at, &rest, &c.error) == EBB_OK);
            CHECK(ebb_study_gain_along(study, cut, (ebb_study_moments_t){&moment, 1},
                                       &gain, &c.error) == EBB_OK);
            bool settles = found.points[k].unstable_count == 0;
            CHECK(!settles || isfinite(gain));
            if (isfinite(gain)) {
                CHECK_NEAR(gain, rest.gain, 1e-7 * (1 + fabs(rest.gain)));
                compared++;
            }
        }
    }
    CHECK(compared >= 2);
    ebb_equilibria_free(&found);
    free(states);
    free(inputs);
    study_end(&c);
}

/* Away from rest: the same by differences. Withdrawal of `b` is replaced by hand, with
 * the model's own input; the fast states take one Newton step. */
/* Rates of the free states at x by a short run without chance: (x(h) - x)/h. */
static void rates_of(study_couple_t *c, const double *states, double held, double *out,
                     double *closed)
{
    static const char *const names[] = {"a.alarm", "b.alarm", "a.overload",
                                        "b.overload", "contact"};
    const double h = 1e-5, times[2] = {0, 1e-5};
    ebb_run_output_t outputs[6];
    double values[12], *params = c->params;
    double *inputs = study_nan(ebb_model_info(c->model).inputs);
    for (int k = 0; k < 5; k++) {
        outputs[k] = study_output(c, names[k]);
    }
    outputs[5] = study_output(c, "b.withdrawal");
    ebb_scalar_kind_t kind;
    inputs[study_find(c, "b.hold_withdrawal", &kind)] = held;
    const ebb_run_settings_t settings = {
        .method = EBB_METHOD_EULER,
        .length = h,
        .step = h,
        .times = times,
        .time_count = 2,
        .outputs = outputs,
        .output_count = 6,
        .traits = c->traits,
        .params = params,
        .inputs = inputs,
        .starts = states,
    };
    ebb_simulation_t *run = NULL;
    ebb_run_job_t job = {.end = 1, .values = values};
    CHECK(ebb_run_new(&run, c->model, NULL, &settings, &c->error) == EBB_OK);
    CHECK(ebb_run_range(run, &job, &c->error) == EBB_OK);
    for (int k = 0; k < 5; k++) {
        out[k] = (values[6 + k] - values[k]) / h;
    }
    *closed = values[5];
    ebb_run_free(run);
    free(inputs);
}

/* Solves m x = v, five by five, by elimination with pivots. */
static void solve_five(double m[5][5], double v[5])
{
    for (int p = 0; p < 5; p++) {
        int best = p;
        for (int i = p; i < 5; i++) {
            best = fabs(m[i][p]) > fabs(m[best][p]) ? i : best;
        }
        for (int j = 0; j < 5; j++) {
            double swap = m[p][j];
            m[p][j] = m[best][j];
            m[best][j] = swap;
        }
        double swap = v[p];
        v[p] = v[best];
        v[best] = swap;
        for (int i = 0; i < 5; i++) {
            double part = i == p ? 0 : m[i][p] / m[p][p];
            for (int j = 0; j < 5; j++) {
                m[i][j] -= part * m[p][j];
            }
            v[i] -= part * v[p];
        }
    }
    for (int p = 0; p < 5; p++) {
        v[p] /= m[p][p];
    }
}

static void test_gain_by_differences(void)
{
    static const char *const names[] = {"a.alarm", "b.alarm", "a.overload",
                                        "b.overload", "contact"};
    study_couple_t c = fast_couple();
    study_set(&c, "cue_rate", 0); /* noise of stress is not among the five */
    study_set(&c, "trigger_rate", 0);
    double *states = states_of(&c), *inputs = study_nan(ebb_model_info(c.model).inputs);
    ebb_scalar_t scalar;
    for (size_t i = 0; !ebb_model_scalar(c.model, EBB_SCALAR_INPUT, i, &scalar); i++) {
        inputs[i] = scalar.value;
    }
    size_t at[5];
    for (int k = 0; k < 5; k++) {
        at[k] = study_place(&c, names[k]);
    }
    states[at[0]] = 1.1;
    states[at[1]] = 0.4;
    states[at[2]] = 0.3;
    states[at[3]] = 0.8;
    states[at[4]] = 0.45;
    double m[5][5], u[5], base[5], up[5], down[5], w, w_up, w_down, slope[5];
    const double by = 1e-4;
    rates_of(&c, states, -1, base, &w); /* held below 0: free, what it is */
    for (int j = 0; j < 5; j++) {
        double kept = states[at[j]];
        states[at[j]] = kept + by;
        rates_of(&c, states, w, up, &w_up);
        rates_of(&c, states, -1, base, &w_up);
        states[at[j]] = kept - by;
        rates_of(&c, states, w, down, &w_down);
        rates_of(&c, states, -1, base, &w_down);
        states[at[j]] = kept;
        for (int i = 0; i < 5; i++) {
            m[i][j] = (up[i] - down[i]) / (2 * by);
        }
        slope[j] = (w_up - w_down) / (2 * by);
    }
    rates_of(&c, states, w + by, up, &w_up);
    rates_of(&c, states, w - by, down, &w_down);
    for (int i = 0; i < 5; i++) {
        u[i] = (up[i] - down[i]) / (2 * by);
    }
    solve_five(m, u);
    double expected = 0, gain = 0;
    for (int j = 0; j < 5; j++) {
        expected -= slope[j] * u[j];
    }
    const ebb_study_moment_t moment = {states, inputs, 0};
    CHECK(ebb_study_gain_along(study_open(&c), study_output(&c, "b.withdrawal"),
                               (ebb_study_moments_t){&moment, 1}, &gain,
                               &c.error) == EBB_OK);
    CHECK(fabs(gain) > 0.05);
    CHECK_NEAR(gain, expected, 2e-3 * fabs(expected));
    free(states);
    free(inputs);
    study_end(&c);
}

/* --- links ------------------------------------------------------------------------ */

/* Around the minimal loop the strengths multiply to its gain. */
static void test_links_product(void)
{
    study_couple_t c = study_begin(model_of_file(folder, "pursuit_minimal"));
    study_hold(&c, "pursuer.exhaustion", 0);
    const ebb_run_output_t nodes[3] = {study_output(&c, "pursuer.threat"),
                                       study_output(&c, "pursuer.pursuit"),
                                       study_output(&c, "withdrawer.withdrawal")};
    const double states[3] = {0.7, 0, 0.4};
    const ebb_study_moment_t moment = {.states = states};
    double s[9], gain = 0;
    CHECK(ebb_study_links(study_open(&c), (ebb_study_nodes_t){nodes, 3},
                          (ebb_study_moments_t){&moment, 1}, s, &c.error) == EBB_OK);
    CHECK(ebb_study_gain_along(c.study, nodes[2], (ebb_study_moments_t){&moment, 1},
                               &gain, &c.error) == EBB_OK);
    CHECK_NEAR(s[1 * 3 + 0], 1, 1e-12); /* pursuit is threat, unworn */
    CHECK_NEAR(s[0 * 3 + 2], 2, 1e-12); /* impact */
    CHECK_NEAR(s[1 * 3 + 0] * s[2 * 3 + 1] * s[0 * 3 + 2], gain, 1e-12);
    CHECK(s[2 * 3 + 0] == 0); /* by way of pursuit only, which is held */
    CHECK(s[0] == 0 && s[4] == 0 && s[8] == 0);
    study_end(&c);
}

/* In steps: next = 0.5 x + 0.2 y: of y on x at rest 0.2/(1 - 0.5). */
static void test_links_steps(void)
{
    study_couple_t c = study_begin(model_of("model m\ntime turn\nstate x = 1\n"
                                            "next x = 0.5*x + 0.2*partner.x\n"));
    const ebb_run_output_t nodes[2] = {study_output(&c, "a.x"),
                                       study_output(&c, "b.x")};
    const double states[2] = {1, 2};
    const ebb_study_moment_t moment = {.states = states};
    double s[4], gain = 0, paces[2];
    CHECK(ebb_study_links(study_open(&c), (ebb_study_nodes_t){nodes, 2},
                          (ebb_study_moments_t){&moment, 1}, s, &c.error) == EBB_OK);
    CHECK_NEAR(s[1], 0.4, 1e-15);
    CHECK_NEAR(s[2], 0.4, 1e-15);
    CHECK(ebb_study_gain_along(c.study, nodes[0], (ebb_study_moments_t){&moment, 1},
                               &gain, &c.error) == EBB_OK);
    CHECK_NEAR(gain, 0.16, 1e-12);
    CHECK(ebb_study_paces(c.study, (ebb_study_moments_t){&moment, 1}, paces,
                          &c.error) == EBB_OK);
    CHECK_NEAR(paces[0], 0.5, 1e-15);
    study_end(&c);
}

/* Two loops side by side: where the one is above 1 the other has no rest to answer
 * from; below 1 each has its own gain. */
static void test_not_settling(void)
{
    study_couple_t c =
        study_begin(model_of("model m\ntime day\nparam k = 0.5\nstate x = 0, y = 0\n"
                             "let w = tanh(x)\nd x = k*y - x\nd y = w - y\n"));
    const double states[4] = {0};
    const ebb_study_moment_t moment = {.states = states};
    double gain = 0;
    ebb_run_output_t cut = study_output(&c, "a.w");
    CHECK(ebb_study_gain_along(study_open(&c), cut, (ebb_study_moments_t){&moment, 1},
                               &gain, NULL) == EBB_OK);
    CHECK_NEAR(gain, 0.5, 1e-12);
    study_set(&c, "k", 1.5); /* that of the other too */
    CHECK(ebb_study_gain_along(study_open(&c), cut, (ebb_study_moments_t){&moment, 1},
                               &gain, NULL) == EBB_OK);
    CHECK(isnan(gain));
    study_end(&c);
}

static void test_not_defined(void)
{
    study_couple_t c = study_begin(model_of("model m\ntime day\nstate x = 1\n"
                                            "d x = partner.x\n"));
    const ebb_run_output_t x = study_output(&c, "a.x");
    const double good[2] = {1, 2}, bad[2] = {1, (double)NAN};
    const ebb_study_moment_t moments[2] = {{.states = good}, {.states = bad}};
    double gains[2] = {0};
    CHECK(ebb_study_gain_along(study_open(&c), x, (ebb_study_moments_t){moments, 2},
                               gains, &c.error) == EBB_OK);
    CHECK(isnan(gains[0])); /* nothing goes back: it does not settle */
    CHECK(isnan(gains[1]));
    const ebb_run_output_t none = {EBB_SCALAR_LET, 7};
    CHECK(ebb_study_gain_along(c.study, none, (ebb_study_moments_t){moments, 2}, gains,
                               &c.error) == EBB_ERR_ARGUMENT);
    CHECK(ebb_study_links(c.study, (ebb_study_nodes_t){&none, 1},
                          (ebb_study_moments_t){moments, 2}, gains,
                          &c.error) == EBB_ERR_ARGUMENT);
    study_end(&c);
}

/* --- portrait --------------------------------------------------------------------- */

static size_t node_named(const ebb_model_t *model, const ebb_portrait_t *p,
                         const char *name)
{
    ebb_scalar_t scalar;
    for (size_t k = 0; k < p->node_count; k++) {
        const ebb_run_output_t *at = &p->shown[p->nodes[k]];
        if (!ebb_model_scalar(model, at->kind, at->index, &scalar) &&
            strcmp(scalar.name, name) == 0) {
            return k;
        }
    }
    CHECK(false);
    return 0;
}

static void check_slow(const ebb_model_t *model, const ebb_portrait_t *p)
{
    static const char *const fast[] = {"alarm", "overload", "contact"};
    ebb_scalar_t scalar;
    for (size_t i = 0; !ebb_model_scalar(model, EBB_SCALAR_STATE, i, &scalar); i++) {
        bool expected = true;
        const char *dot = strchr(scalar.name, '.');
        for (int k = 0; k < 3; k++) {
            expected = expected && strcmp(dot ? dot + 1 : scalar.name, fast[k]) != 0;
        }
        CHECK(p->slow[i] == expected);
    }
}

static void test_portrait_couple(void)
{
    ebb_model_t *model = model_of_file(folder, "pursue_withdraw");
    ebb_scenario_t *scenario = scenario_of(
        model, "scenario s uses pursue_withdraw\nrun 400\n"
               "a: anxiety = 1.2, avoidance = -0.3\n"
               "b: anxiety = -0.3, avoidance = 1.2\nset hazard_scale = 0\n");
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    const ebb_run_settings_t settings = {.seed = 3};
    ebb_portrait_settings_t what = {.model = model,
                                    .scenario = scenario,
                                    .settings = &settings,
                                    .shown = shown,
                                    .shown_count = ebb_portrait_shown(model, shown)};
    ebb_portrait_t p = {0};
    ebb_error_t error = {0};
    CHECK(what.shown_count == 11);
    CHECK(ebb_portrait_make(&p, &what, &error) == EBB_OK);
    CHECK_NEAR(p.step, 1.0 / 24, 1e-12);
    CHECK(p.count == 400 * 24 + 1 && p.has_spells && isnan(p.end) && !p.why);
    CHECK(p.spell_count >= 3); /* an anxious and an avoidant partner, thirteen months */
    for (size_t k = 0; k < p.spell_count; k++) {
        CHECK(p.spells[k].end - p.spells[k].begin >= 0.25);
        CHECK(p.spells[k].peak > EBB_SPELL_LEVEL);
        CHECK(k == 0 || p.spells[k].begin - p.spells[k - 1].end >= 0.25);
    }
    check_slow(model, &p);
    CHECK(p.node_count == 9 && p.cut_count == 2);
    size_t n = p.node_count, from = node_named(model, &p, "a.pursuit"),
           to = node_named(model, &p, "b.overload");
    size_t counted = 0, defined = 0;
    for (size_t m = 0; m < p.moment_count; m++) {
        counted += p.strengths[m * n * n + to * n + from] > 0;
        defined += isfinite(p.gains[m * 2]) && isfinite(p.gains[m * 2 + 1]);
    }
    CHECK(counted > p.moment_count / 2);
    CHECK(defined > p.moment_count * 9 / 10);
    ebb_portrait_free(&p);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

/* Named persons, no episodes without a clock, the end of a couple, draws of its own. */
static void test_portrait_others(void)
{
    ebb_model_t *model = model_of(
        "model m\ntime day\nshow x\ntrait t = 1\nstate x = 1\nshared here = 1\n"
        "d x = -t*x\nd here = 0\nevent go when time > 5 -> here = 0\n"
        "lasts while here > 0.5\n");
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    const ebb_run_spread_t spread = {EBB_SCALAR_TRAIT, 0, EBB_SPREAD_NORMAL, 1, 0.5};
    const ebb_run_settings_t settings = {
        .length = 10, .spreads = &spread, .spread_count = 1};
    ebb_portrait_settings_t what = {.model = model,
                                    .settings = &settings,
                                    .shown = shown,
                                    .shown_count = ebb_portrait_shown(model, shown)};
    ebb_portrait_t p = {0};
    CHECK(ebb_portrait_make(&p, &what, NULL) == EBB_OK);
    CHECK_NEAR(p.end, 5, 0.01);
    CHECK(!p.has_spells && p.shown_count == 2 && p.count == 4001);
    CHECK(p.traits[0] != 1 && p.traits[1] == 1);
    CHECK_NEAR(p.course[2 * 400], exp(-p.traits[0]), 1e-6);
    CHECK(isnan(p.course[2 * 3000]));
    ebb_portrait_free(&p);
    ebb_model_free(model);
}

static void test_portrait_steps(void)
{
    ebb_model_t *model = model_of_file(folder, "gottman_murray_bilinear");
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    const ebb_run_settings_t settings = {.length = 50};
    ebb_portrait_settings_t what = {.model = model,
                                    .settings = &settings,
                                    .shown = shown,
                                    .shown_count = ebb_portrait_shown(model, shown)};
    ebb_portrait_t p = {0};
    CHECK(ebb_portrait_make(&p, &what, NULL) == EBB_OK);
    CHECK(p.step == 1 && p.count == 51 && p.moment_count == 51 && !p.has_spells);
    CHECK(p.node_count >= 2 && p.cut_count == 2);
    ebb_portrait_free(&p);
    ebb_model_free(model);
}

/* Without memory at any one place: an error, and nothing kept. */
static void test_portrait_scarce(void)
{
    ebb_model_t *model = model_of_file(folder, "pursuit_minimal");
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    size_t count = ebb_portrait_shown(model, shown);
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; code == EBB_ERR_MEMORY && n < 100000; n += 1 + n / 40) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        const ebb_run_settings_t settings = {.length = 5, .alloc = &alloc};
        const ebb_portrait_settings_t what = {.model = model,
                                              .settings = &settings,
                                              .shown = shown,
                                              .shown_count = count};
        ebb_portrait_t p = {0};
        code = ebb_portrait_make(&p, &what, NULL);
        CHECK(code == EBB_OK || code == EBB_ERR_MEMORY);
        CHECK(code != EBB_OK || (p.cut_count == 1 && p.node_count == 3));
        ebb_portrait_free(&p);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && n > 50);
    ebb_model_free(model);
}

static void test_contrast_scarce(void)
{
    const size_t picked[1] = {0};
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; code == EBB_ERR_MEMORY && n < 100; n++) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        const ebb_contrast_settings_t settings = {.couples = 3,
                                                  .time_count = 1,
                                                  .output_count = 1,
                                                  .picked = picked,
                                                  .count = 1,
                                                  .alloc = &alloc};
        ebb_contrast_t *contrast = NULL;
        code = ebb_contrast_new(&contrast, &settings, NULL);
        ebb_contrast_free(contrast);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && n > 3);
}

/* --- two arms --------------------------------------------------------------------- */

static void test_contrast(void)
{
    const size_t picked[1] = {1};
    const ebb_contrast_settings_t settings = {.couples = 40,
                                              .time_count = 3,
                                              .first_time = 1,
                                              .output_count = 2,
                                              .picked = picked,
                                              .count = 1};
    ebb_contrast_t *contrast = NULL;
    CHECK(ebb_contrast_new(&contrast, &settings, NULL) == EBB_OK);
    ebb_contrast_arm_t arms[2] = {{contrast, 0}, {contrast, 1}};
    double sum = 0, squares = 0;
    for (uint64_t c = 0; c < 40; c++) {
        double by = (double)(c % 5) - 1; /* -1 .. 3 */
        const double without[6] = {9, 9, 0, 1, 0, 3};
        double with[6] = {9, 9, 0, 1 + by, 0, 3 + by};
        with[5] = c == 7 ? (double)NAN : with[5]; /* ended: one row that counts */
        with[3] = c == 7 ? 2 + by : with[3];
        ebb_contrast_take(&arms[0], NULL, c, without);
        ebb_contrast_take(&arms[1], NULL, c, with);
        sum += by;
        squares += (by - 1) * (by - 1);
    }
    ebb_contrast_row_t row = ebb_contrast_row(contrast, 0);
    CHECK(row.couples == 40);
    CHECK_NEAR(row.without, 2, 1e-12);
    CHECK_NEAR(row.difference, sum / 40, 1e-12);
    double half = 1.959963984540054 * sqrt(squares / 39 / 40);
    CHECK_NEAR(row.high - row.difference, half, 1e-9);
    ebb_contrast_free(contrast);
    const ebb_contrast_settings_t wrong = {.couples = 0};
    CHECK(ebb_contrast_new(&contrast, &wrong, NULL) == EBB_ERR_ARGUMENT);
}

/* --- orders besides a scenario ---------------------------------------------------- */

static const char orders_model[] = "model m\ntime day\ninput kick = 0\nparam k = 1\n"
                                   "state x = 1\nd x = kick - k*x\n";

static ebb_model_text_t text_with(const char *text, const char *name,
                                  const char *orders)
{
    return (ebb_model_text_t){.bytes = text,
                              .size = strlen(text),
                              .label = "file",
                              .scenario = name,
                              .orders = orders,
                              .orders_label = "--with"};
}

static int read_with(ebb_scenario_t **scenario, const ebb_model_t *model,
                     ebb_model_text_t text, ebb_error_t *error)
{
    return ebb_scenario_read(scenario, model, &text, NULL, error);
}

static void test_orders(void)
{
    static const char file[] = "scenario one uses m\nrun 10\nset k = 2\n"
                               "from 2 to 4: kick = 1\n"
                               "scenario two uses m\nrun 20 # no newline at the end";
    ebb_model_t *model = model_of(orders_model);
    ebb_scenario_t *scenario = NULL;
    ebb_error_t error = {0};
    double params[1] = {0}, inputs[2] = {0};
    const ebb_model_numbers_t numbers = {.params = params, .inputs = inputs};
    CHECK(read_with(&scenario, model,
                    text_with(file, "one", "set k = 3\nfrom 3 to 6: a.kick = 2\n"),
                    &error) == EBB_OK);
    ebb_simulation_t *run = NULL;
    const ebb_run_settings_t settings = {0};
    CHECK(ebb_run_new(&run, model, scenario, &settings, &error) == EBB_OK);
    CHECK(ebb_run_numbers(run, 0, numbers, NULL) == EBB_OK);
    CHECK(params[0] == 3 && ebb_run_info(run).length == 10);
    ebb_run_inputs(run, 3, inputs);
    CHECK(inputs[0] == 2 && inputs[1] == 1);
    ebb_run_inputs(run, 5, inputs);
    CHECK(inputs[0] == 2 && inputs[1] == 0);
    ebb_run_inputs(run, 6, inputs);
    CHECK(inputs[0] == 0);
    ebb_run_free(run);
    ebb_scenario_free(scenario);
    CHECK(read_with(&scenario, model, text_with(file, "two", "set k = 3"), &error) ==
          EBB_OK);
    ebb_scenario_free(scenario);
    CHECK(read_with(&scenario, model, text_with(file, NULL, "set k = 3"), &error) ==
          EBB_ERR_CHOICE);
    CHECK(strstr(error.text, "one two") && !strstr(error.text, "more"));
    ebb_model_free(model);
}

static void test_orders_wrong(void)
{
    static const char file[] = "scenario one uses m\nrun 10\n";
    static const struct {
        const char *orders, *told;
    } rows[] = {
        {"set k = 3\nfrom 3 to 6: kik = 2\n", "--with:2:14: error"},
        {"run 20", "--with:1:5: error: how long the run is cannot be said here"},
        {"scenario x uses m", "--with:1:10: error: a scenario of its own"},
        {"from 3", "--with:1:"},
    };
    ebb_model_t *model = model_of(orders_model);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ebb_scenario_t *scenario = NULL;
        ebb_error_t error = {0};
        ebb_text_t report = {0};
        const ebb_model_text_t text = text_with(file, NULL, rows[i].orders);
        CHECK(ebb_scenario_read(&scenario, model, &text, &report, &error) ==
              EBB_ERR_INPUT);
        CHECK(scenario == NULL);
        CHECK(report.data && strstr(report.data, rows[i].told));
        if (!report.data || !strstr(report.data, rows[i].told)) {
            (void)fprintf(stderr, "%s\n", report.data);
        }
        ebb_text_free(&report);
    }
    ebb_model_free(model);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    folder = argv[1];
    test_spell_length();
    test_spell_level();
    test_spell_near();
    test_spell_short_pair();
    test_spell_ends();
    test_gain_closed_form();
    test_gain_at_rest();
    test_gain_by_differences();
    test_links_product();
    test_links_steps();
    test_not_settling();
    test_not_defined();
    test_portrait_couple();
    test_portrait_others();
    test_portrait_steps();
    test_portrait_scarce();
    test_contrast();
    test_contrast_scarce();
    test_orders();
    test_orders_wrong();
    return check_report(__FILE__);
}
