/* SPDX-License-Identifier: MIT
 * models/pursue_withdraw_small.ebb: whether an upset passes or stays depends on the
 * habit of withdrawing, on open issues and on how sensitive the two are, as its
 * equations say when everything slow is held still. Properties, not figures: the
 * numbers of the model are assumptions.
 *
 *     test_run_pursuit MODELS
 */
#include "run_couple.h"

static const char *folder;

/* One change of a parameter for the whole couple. */
typedef struct change {
    const char *param;
    double value;
} change_t;

static void set(const ebb_model_t *model, const char *name, double value,
                double *params, double *traits, double *starts)
{
    ebb_scalar_kind_t kind = EBB_SCALAR_LET;
    size_t index = 0;
    CHECK(ebb_model_find(model, name, &kind, &index, NULL) == EBB_OK);
    double *list = kind == EBB_SCALAR_PARAM   ? params
                   : kind == EBB_SCALAR_TRAIT ? traits
                                              : starts;
    list[index] = value;
}

/* The withdrawal of b, 60 days after an upset of a: an anxious and an avoidant partner,
 * nothing slow moves, chance does nothing. */
static double withdrawal_after(double hardness, change_t change)
{
    static const change_t still[] = {
        {"hardening", 0},       {"softening", 0},     {"trust_rate", 0},
        {"discourage", 0},      {"hope", 0},          {"love_rate", 0},
        {"stress_gain", 0},     {"trigger_rate", 0},  {"honeymoon", 0},
        {"a.anxiety", 1.2},     {"b.avoidance", 1.2}, {"a.avoidance", -0.3},
        {"b.anxiety", -0.3},    {"a.alarm", 1.4},     {"b.alarm", 0.9},
        {"accustom_days", 1e9},
    };
    ebb_model_t *model = model_of_file(folder, "pursue_withdraw_small");
    double params[64], traits[8], starts[32], end = 60;
    for (size_t i = 0; i < 64; i++) {
        params[i] = (double)NAN;
        traits[i % 8] = starts[i % 32] = (double)NAN;
    }
    for (size_t k = 0; k < sizeof still / sizeof *still; k++) {
        set(model, still[k].param, still[k].value, params, traits, starts);
    }
    set(model, "b.hardness", hardness, params, traits, starts);
    set(model, change.param, change.value, params, traits, starts);
    ebb_scalar_kind_t kind = EBB_SCALAR_LET;
    size_t index = 0;
    CHECK(ebb_model_find(model, "b.withdrawal", &kind, &index, NULL) == EBB_OK);
    ebb_run_output_t output = {kind, index};
    ebb_run_settings_t s = {.length = end,
                            .times = &end,
                            .time_count = 1,
                            .outputs = &output,
                            .output_count = 1,
                            .params = params,
                            .traits = traits,
                            .starts = starts};
    double *values = values_of(model, NULL, &s, 0, 1);
    double out = values ? values[0] : (double)NAN;
    free(values);
    ebb_model_free(model);
    return out;
}

/* A hard habit turns the same upset into a state that stays; without memory of open
 * issues there is none, nor with self-soothing twice as quick. */
static void test_lock_in(void)
{
    const change_t none = {"masking", 0.5};
    CHECK(withdrawal_after(0, none) < 0.05);
    CHECK(withdrawal_after(0.6, none) > 0.4);
    CHECK(withdrawal_after(0.6, (change_t){"gain_issues", 0}) < 0.05);
    CHECK(withdrawal_after(0.6, (change_t){"soothe", 3.5}) < 0.05);
}

int main(int argc, char **argv)
{
    folder = argc > 1 ? argv[1] : "models";
    test_lock_in();
    return check_report(__FILE__);
}
