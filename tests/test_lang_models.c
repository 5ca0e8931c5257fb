/* SPDX-License-Identifier: MIT
 * The models that ship say what their sources say: their equilibria are where they
 * should be, and all of their derivatives are right.
 *
 *     test_lang_models MODELS
 */
#include "check.h"
#include "model_values.h"

#define MOST_SETTINGS 10

/* Numbers that are not the defaults, by name: slots and states. */
typedef struct setting {
    const char *name;
    double value;
} setting_t;

/* An equilibrium: there the states stand still. */
typedef struct rest {
    const char *model;
    setting_t settings[MOST_SETTINGS];
    double tolerance; /* of the rates, or of the next values */
} rest_t;

static const rest_t rests[] = {
    /* bilinear influence .2 and .3, inertia .3, base .3 */
    {"gottman_murray_bilinear", {{"a.mood", 0.6}, {"b.mood", 0.6}}, 1e-15},
    /* in steps: three at once */
    {"gottman_murray_ojive", {{"a.mood", -1}, {"b.mood", -1}}, 1e-15},
    {"gottman_murray_ojive", {{"a.mood", 1. / 7}, {"b.mood", 1. / 7}}, 1e-15},
    {"gottman_murray_ojive", {{"a.mood", 6. / 7}, {"b.mood", 6. / 7}}, 1e-15},
    /* continuous: (x0 + a y0) / (1 - a^2) with a = 1/2, x0 = 1, y0 = 1/2 */
    {"gottman_murray_continuous",
     {{"b.level", 0.5}, {"a.mood", 5. / 3}, {"b.mood", 4. / 3}},
     1e-15},
    {"strogatz", {{"a.love", 0}, {"b.love", 0}}, 0},
    {"sprott_nonlinear", {{"romeo.love", 0}, {"juliet.love", 0}}, 0},
    /* (a2 g1 A2 + b1 g2 A1) / (a1 a2 - b1 b2) = (1 + 1/2) / (3/4) */
    {"rinaldi_linear", {{"a.love", 2}, {"b.love", 2}}, 1e-15},
    {"rinaldi_secure", {{"a.love", 1.9150}, {"b.love", 1.9150}}, 5e-5},
    {"rinaldi_secure", {{"a.love", -1.9150}, {"b.love", -1.9150}}, 5e-5},
    /* ln 15, and with appeal .2 */
    {"gone_with_the_wind",
     {{"scarlett.love", 2.70805020110221}, {"rhett.love", 2.70805020110221}},
     1e-13},
    {"gone_with_the_wind",
     {{"scarlett.appeal", 0.2},
      {"rhett.appeal", 0.2},
      {"scarlett.love", 2.78264},
      {"rhett.love", 2.78264}},
     2e-5},
    {"gone_with_the_wind",
     {{"scarlett.appeal", 0.2},
      {"rhett.appeal", 0.2},
      {"scarlett.love", -0.01407},
      {"rhett.love", -0.01407}},
     1e-4},
    {"laura_petrarch", /* the poet loves nobody, she is as cold as her judgement */
     {{"appeal_laura", 1. / 3},
      {"laura.love", -1. / 3},
      {"petrarch.love", 0},
      {"petrarch.inspiration", 0}},
     1e-15},
    {"felmlee_greenberg", /* (a1 x1 (a2 + b2) + b1 a2 x2) / ((a1+b1)(a2+b2) - b1 b2) */
     {{"b.goal", 3}, {"a.x", 1.5}, {"b.x", 2.5}},
     1e-15},
    {"liebovitch",
     {{"a.response", 1.1},
      {"b.response", 1.1},
      {"a.feeling", 0.5532},
      {"b.feeling", 0.5532}},
     5e-5},
    {"liebovitch", {{"a.response", 0.9}, {"b.response", 0.9}}, 0},
    {"liebovitch", {{"a.feeling", 1.9150}, {"b.feeling", 1.9150}}, 5e-5},
    {"liebovitch_delay", {{"a.feeling", 1.9150}, {"b.feeling", 1.9150}}, 5e-5},
    {"coupled_oscillators", {{"a.mood", 0}, {"b.mood", 0}}, 0},
    {"inertia_coordination", {{"a.mood", 0}, {"b.mood", 0}}, 0},
    /* the two stable states; exhaustion is where pursuit is */
    {"pursuit_minimal",
     {{"pursuer.threat", 0.1061},
      {"pursuer.exhaustion", 0.1061},
      {"withdrawer.withdrawal", 0.0031}},
     3e-4},
    {"pursuit_minimal",
     {{"pursuer.threat", 2.1},
      {"pursuer.exhaustion", 2.1},
      {"withdrawer.withdrawal", 1}},
     3e-4},
    /* the folds: e = T - 2 S((T - .8) / .12) at S (1 - S) = .06 */
    {"pursuit_minimal",
     {{"trigger", 0.350072},
      {"pursuer.threat", 0.478293},
      {"pursuer.exhaustion", 0.478293},
      {"withdrawer.withdrawal", 0.0641105}},
     1e-5},
    /* two who want half of the contact they have: b / (1 + b) = .6 */
    {"pursue_withdraw_small",
     {{"a.trust", 0.82},
      {"b.trust", 0.82},
      {"a.love", 1},
      {"b.love", 1},
      {"a.satisfaction", 1},
      {"b.satisfaction", 1},
      {"contact", 0.6},
      {"invested", 1}},
     1e-15},
};

static double *place_of(const ebb_system_t *system, const model_values_t *values,
                        const char *name)
{
    const struct {
        const ebb_slot_t *slots;
        size_t count;
        double *values;
    } lists[] = {{system->params, system->param_count, values->params},
                 {system->traits, system->trait_count, values->traits},
                 {system->inputs, system->input_count, values->inputs}};
    for (size_t i = 0; i < system->state_count; i++) {
        if (strcmp(system->states[i].name, name) == 0) {
            return &values->states[i];
        }
    }
    for (int k = 0; k < 3; k++) {
        for (size_t i = 0; i < lists[k].count; i++) {
            if (strcmp(lists[k].slots[i].name, name) == 0) {
                return &lists[k].values[i];
            }
        }
    }
    return NULL;
}

static void check_rest(const char *folder, const rest_t *rest)
{
    ebb_model_t *model = model_of_file(folder, rest->model);
    CHECK(model != NULL);
    if (!model) {
        return;
    }
    const ebb_system_t *system = ebb_model_system(model);
    model_values_t at = model_values_begin(system);
    for (int i = 0; i < MOST_SETTINGS && rest->settings[i].name; i++) {
        double *place = place_of(system, &at, rest->settings[i].name);
        CHECK(place != NULL);
        if (place) {
            *place = rest->settings[i].value;
        }
    }
    double *values = model_evaluate(system, &system->graph, &at);
    for (size_t i = 0; i < system->state_count; i++) {
        double moved = values[system->states[i].rate];
        moved -= system->steps ? at.states[i] : 0;
        check_near(moved, 0, rest->tolerance, rest->model, __FILE__, (int)i);
    }
    free(values);
    model_values_free(&at);
    ebb_model_free(model);
}

/* --- derivatives ------------------------------------------------------------------ */

static double rate_at(const ebb_system_t *system, model_values_t *at, size_t i,
                      size_t j, double h)
{
    double before = at->states[j];
    at->states[j] = before + h;
    double *values = model_evaluate(system, &system->graph, at);
    double rate = values[system->states[i].rate];
    at->states[j] = before;
    free(values);
    return rate;
}

/* Each entry against a fourth-order difference of rates. */
static void check_jacobian(const ebb_system_t *system, model_values_t *at)
{
    size_t n = system->state_count;
    uint32_t *jacobian = calloc(n * n + 1, sizeof *jacobian);
    ebb_graph_t graph;
    ebb_graph_copy(&graph, &system->graph, ebb_alloc_default());
    CHECK(ebb_system_jacobian(system, &graph, jacobian) == EBB_OK);
    double *values = model_evaluate(system, &graph, at);
    const double h = 1e-4;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n && system->delay_count == 0; j++) {
            double wide =
                rate_at(system, at, i, j, 2 * h) - rate_at(system, at, i, j, -2 * h);
            double near = rate_at(system, at, i, j, h) - rate_at(system, at, i, j, -h);
            double slope = (8 * near - wide) / (12 * h);
            check_near(values[jacobian[i * n + j]], slope, 1e-6 * (1 + fabs(slope)),
                       system->states[i].name, system->name, (int)j);
        }
    }
    free(values);
    free(jacobian);
    ebb_graph_free(&graph);
}

static void check_derivatives(const char *folder, const char *name)
{
    ebb_model_t *model = model_of_file(folder, name);
    CHECK(model != NULL);
    if (!model) {
        return;
    }
    const ebb_system_t *system = ebb_model_system(model);
    for (int round = 0; round < 5; round++) {
        model_values_t at = model_values_begin(system);
        at.time = 0.3 * round;
        for (size_t i = 0; i < system->state_count; i++) {
            at.states[i] = 0.05 + 0.13 * (double)((i * 7 + (size_t)round * 3) % 11);
        }
        check_jacobian(system, &at);
        model_values_free(&at);
    }
    ebb_model_free(model);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        return 2;
    }
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
        check_rest(argv[1], &rests[i]);
        check_derivatives(argv[1], rests[i].model);
    }
    check_derivatives(argv[1], "insecure_synergic");
    check_derivatives(argv[1], "jules_and_jim");
    check_derivatives(argv[1], "sprott_triangle");
    check_derivatives(argv[2], "notes");
    return check_report(__FILE__);
}
