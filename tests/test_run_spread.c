/* SPDX-License-Identifier: MIT
 * Couples that differ by a law: moments against closed forms, the same numbers however
 * a range is cut, partners who change places, and what is refused.
 */
#include <math.h>

#include "run_couple.h"

static const char differing[] = "model differing \"x\"\n"
                                "time day\n"
                                "param pace = 1 in [0, 4]\n"
                                "trait reserve = 0 in [-3, 3]\n"
                                "shared state start = 2 in [0, 9]\n"
                                "d start = 0*pace*sum(reserve)\n"
                                "let seen = reserve\n"
                                "let fast = pace\n";

enum { COUPLES = 20000, START = 0, SEEN_A = 1, SEEN_B = 2, FAST = 3, OUTPUTS = 4 };

static const double now[] = {0};

static ebb_run_settings_t settings_of(const ebb_run_spread_t *spreads, size_t count)
{
    return (ebb_run_settings_t){.length = 1,
                                .seed = 11,
                                .times = now,
                                .time_count = 1,
                                .spreads = spreads,
                                .spread_count = count};
}

static double mean_of(const double *values, size_t output)
{
    double sum = 0;
    for (size_t c = 0; c < COUPLES; c++) {
        sum += values[c * OUTPUTS + output];
    }
    return sum / COUPLES;
}

/* Mean of the product of what two outputs are away from their means. */
static double joint_of(const double *values, size_t one, size_t other)
{
    double sum = 0, first = mean_of(values, one), second = mean_of(values, other);
    for (size_t c = 0; c < COUPLES; c++) {
        sum += (values[c * OUTPUTS + one] - first) *
               (values[c * OUTPUTS + other] - second);
    }
    return sum / COUPLES;
}

static const ebb_run_spread_t laws[] = {
    {EBB_SCALAR_TRAIT, 0, EBB_SPREAD_NORMAL, 0.5, 0.4},
    {EBB_SCALAR_TRAIT, 1, EBB_SPREAD_NORMAL, 0.5, 0.4},
    {EBB_SCALAR_PARAM, 0, EBB_SPREAD_UNIFORM, 1, 3},
    {EBB_SCALAR_STATE, 0, EBB_SPREAD_UNIFORM, 0, 6},
};

static void test_moments(void)
{
    ebb_model_t *model = model_of(differing);
    ebb_run_settings_t s = settings_of(laws, 4);
    double *values = values_of(model, NULL, &s, 0, COUPLES);
    double root = sqrt(COUPLES);
    /* four standard errors of a mean, and of a variance (of a uniform law less) */
    CHECK_NEAR(mean_of(values, SEEN_A), 0.5, 4 * 0.4 / root);
    CHECK_NEAR(joint_of(values, SEEN_A, SEEN_A), 0.16, 4 * 0.16 * sqrt(2) / root);
    CHECK_NEAR(mean_of(values, FAST), 2, 4 * sqrt(1.0 / 3) / root);
    CHECK_NEAR(joint_of(values, FAST, FAST), 1.0 / 3, 4 * 0.3 / root);
    CHECK_NEAR(mean_of(values, START), 3, 4 * sqrt(3) / root);
    /* each number has chance of its own */
    CHECK_NEAR(joint_of(values, SEEN_A, SEEN_B), 0, 4 * 0.16 / root);
    CHECK_NEAR(joint_of(values, SEEN_A, FAST), 0, 4 * 0.4 * sqrt(1.0 / 3) / root);
    CHECK_NEAR(joint_of(values, FAST, START), 0, 4 / root);
    for (uint64_t c = 0; c < 100; c += 7) {
        double *alone = values_of(model, NULL, &s, c, c + 1);
        CHECK(alone &&
              memcmp(alone, values + c * OUTPUTS, OUTPUTS * sizeof *alone) == 0);
        free(alone);
    }
    free(values);
    ebb_model_free(model);
}

/* What falls outside the range is at its bound: half of a law whose mean is there. */
static void test_bounds(void)
{
    static const ebb_run_spread_t edge = {EBB_SCALAR_TRAIT, 1, EBB_SPREAD_NORMAL, 3, 2};
    ebb_model_t *model = model_of(differing);
    ebb_run_settings_t s = settings_of(&edge, 1);
    double *values = values_of(model, NULL, &s, 0, COUPLES);
    size_t at_bound = 0, beyond = 0, others = 0;
    for (size_t c = 0; c < COUPLES; c++) {
        double x = values[c * OUTPUTS + SEEN_B];
        at_bound += x == 3;
        beyond += x > 3 || x < -3;
        others += values[c * OUTPUTS + SEEN_A] != 0;
    }
    CHECK(beyond == 0 && others == 0);
    CHECK_NEAR((double)at_bound / COUPLES, 0.5, 4 * 0.5 / sqrt(COUPLES));
    free(values);
    ebb_model_free(model);
}

static void test_exchange(void)
{
    ebb_model_t *model = model_of(differing);
    ebb_run_settings_t s = settings_of(laws, 4);
    double *values = values_of(model, NULL, &s, 0, 50);
    s.exchange = true;
    double *turned = values_of(model, NULL, &s, 0, 50);
    for (size_t c = 0; c < 50; c++) {
        CHECK(values[c * OUTPUTS + SEEN_A] == turned[c * OUTPUTS + SEEN_B]);
        CHECK(values[c * OUTPUTS + SEEN_B] == turned[c * OUTPUTS + SEEN_A]);
        CHECK(values[c * OUTPUTS + FAST] == turned[c * OUTPUTS + FAST]);
    }
    free(values);
    free(turned);
    ebb_model_free(model);
}

static void test_refusals(void)
{
    static const struct {
        ebb_run_spread_t spread;
        const char *says;
    } rows[] = {
        {{EBB_SCALAR_TRAIT, 2, EBB_SPREAD_NORMAL, 0, 1}, "`differing`"},
        {{EBB_SCALAR_INPUT, 0, EBB_SPREAD_NORMAL, 0, 1}, "`differing`"},
        {{EBB_SCALAR_LET, 0, EBB_SPREAD_NORMAL, 0, 1}, "`differing`"},
        {{EBB_SCALAR_TRAIT, 0, EBB_SPREAD_NORMAL, 0, 0}, "above 0"},
        {{EBB_SCALAR_TRAIT, 0, EBB_SPREAD_NORMAL, (double)NAN, 1}, "normal"},
        {{EBB_SCALAR_TRAIT, 0, EBB_SPREAD_UNIFORM, 1, -1}, "must rise"},
        {{EBB_SCALAR_TRAIT, 0, EBB_SPREAD_UNIFORM, 0, 4}, "range is -3 to 3"},
        {{EBB_SCALAR_STATE, 0, EBB_SPREAD_NORMAL, 10, 1}, "range is 0 to 9"},
    };
    ebb_model_t *model = model_of(differing);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        ebb_run_settings_t s = settings_of(&rows[k].spread, 1);
        ebb_simulation_t *run = NULL;
        ebb_error_t error = {0};
        int code = ebb_run_new(&run, model, NULL, &s, &error);
        check_one(code == EBB_ERR_ARGUMENT && strstr(error.text, rows[k].says),
                  error.text, __FILE__, __LINE__);
        ebb_run_free(run);
    }
    ebb_model_free(model);
}

int main(void)
{
    test_moments();
    test_bounds();
    test_exchange();
    test_refusals();
    return check_report(__FILE__);
}
