/* SPDX-License-Identifier: MIT
 * models/pursue_withdraw.ebb under changes whose outcome is known or was foretold: time
 * in other units, smaller steps, another partner, a link cut. And the regimes that the
 * model is for. Properties, not figures: its numbers are assumptions. Contrasts are of
 * couples in pairs with the same chance.
 *
 *     test_pursue_withdraw MODELS
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "courses.h"

#define PAIR ANXIOUS_AVOIDANT
#define SECURE "set anxiety = -0.5, avoidance = -0.5\n"
#define CALM_LIFE "set trigger_rate = 0, cue_rate = 0, stress_gain = 0, honeymoon = 0\n"

#define WITHDRAWN 0.2 /* withdrawal that makes an episode */

static const course_names_t shows = {"a.pursuit", "b.pursuit", "a.withdrawal",
                                     "b.withdrawal"};
enum { A_PURSUIT, B_PURSUIT, A_WITHDRAWAL, B_WITHDRAWAL };

static const course_plan_t year = {.length = 365, .every = 0.25, .count = 12};

/* --- what is said of courses ------------------------------------------------------ */

/* Share of the time from `from` to `to` in which either withdraws, over all couples. */
static double withdrawn(const courses_t *c, double from, double to)
{
    size_t times = 0, all = 0;
    for (size_t k = 0; k < c->count; k++) {
        for (double t = from; t <= to; t += c->every) {
            double most = fmax(course_at(c, k, t, A_WITHDRAWAL),
                               course_at(c, k, t, B_WITHDRAWAL));
            times += most > WITHDRAWN;
            all++;
        }
    }
    return (double)times / (double)all;
}

static double mean_at(const courses_t *c, size_t output, double from, double to)
{
    double sum = 0;
    size_t all = 0;
    for (size_t k = 0; k < c->count; k++) {
        for (double t = from; t <= to; t += c->every) {
            sum += course_at(c, k, t, output);
            all++;
        }
    }
    return sum / (double)all;
}

/* The last time at which an output of the first couple is above `level`; 0: never. */
static double last_above(const courses_t *c, size_t output, double level)
{
    double last = 0;
    for (size_t k = 0; k < c->times; k++) {
        double time = c->every * (double)k;
        last = course_at(c, 0, time, output) > level ? time : last;
    }
    return last;
}

static double withdrawn_year(const ebb_model_t *model, const char *orders)
{
    courses_t c = courses_of(model, orders, shows, year);
    double share = withdrawn(&c, 90, 365);
    free(c.values);
    return share;
}

/* --- changes whose outcome is known ----------------------------------------------- */

/* What a parameter is in hours, by its declared unit. */
static double in_hours(const ebb_model_t *model, size_t index)
{
    ebb_scalar_t scalar = {.unit = ""};
    CHECK(ebb_model_scalar(model, EBB_SCALAR_PARAM, index, &scalar) == EBB_OK);
    double rate = strcmp(scalar.unit, "1/day") == 0 ? 1. / 24 : 1;
    return scalar.value * (strcmp(scalar.unit, "day") == 0 ? 24 : rate);
}

/* In hours instead of days, with steps as long, nothing differs but rounding. */
static void test_other_unit(const ebb_model_t *model)
{
    size_t count = ebb_model_info(model).params;
    double *params = calloc(count, sizeof *params);
    for (size_t i = 0; params && i < count; i++) {
        params[i] = in_hours(model, i);
    }
    ebb_scenario_t *scenario = orders_of(model, PAIR);
    double days[3] = {10, 20, 40}, hours[3] = {240, 480, 960};
    ebb_run_settings_t s = {.length = 40, .step = 0.05, .times = days, .time_count = 3};
    double *one = values_of(model, scenario, &s, 0, 8);
    s.length = 960, s.step = 1.2, s.times = hours, s.params = params;
    double *other = values_of(model, scenario, &s, 0, 8);
    ebb_model_info_t info = ebb_model_info(model);
    size_t row = info.states + info.lets, differ = 0; /* lets may be rates */
    for (size_t i = 0; one && other && i < 8 * 3 * row; i++) {
        bool state = i % row < info.states;
        differ += state && fabs(one[i] - other[i]) > 1e-7 * (1 + fabs(one[i]));
    }
    CHECK(one && other && differ == 0);
    free(one);
    free(other);
    free(params);
    ebb_scenario_free(scenario);
}

/* Half the step: without chance, within the error that is stated for 0.05 days. */
static void test_half_step(const ebb_model_t *model)
{
    static const char orders[] = PAIR CALM_LIFE "start a.alarm = 1.5, b.overload = 1\n"
                                                "start b.hardness = 0.6\n";
    course_plan_t plan = {.length = 60, .every = 0.5, .step = 0.05, .count = 1};
    courses_t whole = courses_of(model, orders, shows, plan);
    plan.step = 0.025;
    courses_t half = courses_of(model, orders, shows, plan);
    double worst = 0;
    for (size_t i = 0; i < whole.times * whole.outputs; i++) {
        worst = fmax(worst, fabs(whole.values[i] - half.values[i]));
    }
    CHECK(worst < 0.01);
    CHECK(mean_at(&whole, B_WITHDRAWAL, 0, 60) > 0.05);
    free(whole.values);
    free(half.values);
}

/* A secure partner in place of either: less withdrawal. */
static void test_other_partner(const ebb_model_t *model)
{
    double pair = withdrawn_year(model, PAIR);
    CHECK(pair > 0.05);
    CHECK(withdrawn_year(model, ANXIOUS_AVOIDANT_A "b: anxiety = -0.5, "
                                                   "avoidance = -0.5\n") < pair / 2);
    CHECK(withdrawn_year(model,
                         "a: anxiety = -0.5, avoidance = -0.5\n" ANXIOUS_AVOIDANT_B) <
          pair / 2);
    CHECK(withdrawn_year(model, SECURE) < 0.01);
}

/* Either link cut ends the escalation. */
static void test_links(const ebb_model_t *model)
{
    double pair = withdrawn_year(model, PAIR);
    CHECK(withdrawn_year(model, PAIR "set gain_pressure = 0\n") < pair / 2);
    CHECK(withdrawn_year(model, PAIR "set gain_closed = 0, gain_need = 0, "
                                     "gain_issues = 0\n") < pair / 2);
}

/* --- regimes ---------------------------------------------------------------------- */

/* One upset of size 1: over within a day in a secure couple, days in a couple with a
 * habit of withdrawing, and there to stay in one with more of it. */
static double after_upset(const ebb_model_t *model, const char *who, const char *hard)
{
    char orders[512];
    (void)snprintf(orders, sizeof orders,
                   "%s" CALM_LIFE "start commitment = 0.9, trust = 0.7\n"
                   "start b.hardness = %s, a.alarm = 1.5, b.overload = 0.5\n",
                   who, hard);
    course_plan_t plan = {.length = 60, .every = 0.25, .count = 1};
    courses_t c = courses_of(model, orders, shows, plan);
    double last = fmax(last_above(&c, B_WITHDRAWAL, WITHDRAWN),
                       last_above(&c, A_WITHDRAWAL, WITHDRAWN));
    free(c.values);
    return last;
}

static void test_excitable(const ebb_model_t *model)
{
    double secure = after_upset(model, SECURE, "0");
    double soft = after_upset(model, PAIR, "0.3"),
           hard = after_upset(model, PAIR, "0.9");
    CHECK(secure < 1);
    CHECK(soft > secure && soft < 7);
    CHECK(hard == 60);
}

#define STILL                                                                     \
    PAIR "set trigger_rate = 0, cue_rate = 0, stress_days = 1e9, honeymoon = 0\n" \
         "set hardening = 0, softening = 0, discourage = 0, love_rate = 0\n"      \
         "set trust_rate = 0, commitment_days = 1e9, felt_days = 1e9\n"           \
         "set self_days = 1e9, strengths = 0, disuse = 0, accustom_days = 1e9\n"  \
         "start b.hardness = 0.5, trust = 0.7, commitment = 0.8\n"

/* Strain for a while, the couple's habit held still: while it lasts they lock, and stay
 * so when it is gone; without it they do not. */
static void test_hysteresis(const ebb_model_t *model)
{
    course_plan_t plan = {.length = 400, .every = 1, .count = 1};
    courses_t calm = courses_of(model, STILL "start a.alarm = 0.3\n", shows, plan);
    courses_t strained = courses_of(
        model, STILL "at 100: stress = 3, a.alarm += 1\nat 200: stress = 0\n", shows,
        plan);
    CHECK(mean_at(&calm, B_WITHDRAWAL, 60, 400) < 0.05);
    CHECK(mean_at(&strained, B_WITHDRAWAL, 60, 99) < 0.05);
    CHECK(mean_at(&strained, B_WITHDRAWAL, 150, 200) > 0.3);
    CHECK(mean_at(&strained, B_WITHDRAWAL, 300, 400) > 0.3);
    free(calm.values);
    free(strained.values);
}

/* Days until all but an eighth of a small upset is gone, at rest under some strain. */
static double recovery(const ebb_model_t *model, const char *stress)
{
    static const course_names_t overload = {"b.overload"};
    char orders[1024];
    (void)snprintf(orders, sizeof orders,
                   STILL "start stress = %s\nat 300: a.alarm += 0.02\n", stress);
    course_plan_t plan = {.length = 400, .every = 0.5, .count = 1};
    courses_t c = courses_of(model, orders, overload, plan);
    double rest = course_at(&c, 0, 299.5, 0), most = 0, last = 0;
    for (double t = 300; t <= 400; t += 0.5) {
        most = fmax(most, course_at(&c, 0, t, 0) - rest);
    }
    for (double t = 300; t <= 400; t += 0.5) {
        last = course_at(&c, 0, t, 0) - rest > most / 8 ? t - 300 : last;
    }
    CHECK(rest < 0.5 && most > 0.005);
    free(c.values);
    return last;
}

/* The nearer the strain at which a calm couple locks, the slower it recovers. */
static void test_slowing(const ebb_model_t *model)
{
    static const char *const strains[] = {"0", "0.3", "0.45", "0.5"};
    double before = 0, first = recovery(model, strains[0]);
    for (size_t k = 0; k < 4; k++) {
        double now = recovery(model, strains[k]);
        CHECK(now > before);
        before = now;
    }
    CHECK(before > 3 * first);
}

/* Who tries harder, reaching or retreating, makes it worse for both. */
static void test_harder(const ebb_model_t *model)
{
    static const course_names_t names = {"a.satisfaction", "b.satisfaction"};
    static const char *const harder[] = {PAIR "from 365 to 730: a.reaction = 1.2\n",
                                         PAIR "from 365 to 730: b.reaction = 1.2\n"};
    course_plan_t plan = {.length = 730, .every = 365, .count = 12};
    courses_t usual = courses_of(model, PAIR, names, plan);
    for (size_t who = 0; who < 2; who++) {
        courses_t more = courses_of(model, harder[who], names, plan);
        CHECK(mean_at(&more, 0, 730, 730) < mean_at(&usual, 0, 730, 730) - 0.05);
        CHECK(mean_at(&more, 1, 730, 730) < mean_at(&usual, 1, 730, 730) - 0.05);
        free(more.values);
    }
    free(usual.values);
}

/* The beginning is calm: less withdrawal in the first three months than a year later,
 * and not so without the honeymoon. */
static void test_honeymoon(const ebb_model_t *model)
{
    course_plan_t plan = {.length = 455, .every = 0.5, .count = 16};
    courses_t with = courses_of(model, PAIR, shows, plan);
    courses_t without = courses_of(model, PAIR "set honeymoon = 0\n", shows, plan);
    CHECK(withdrawn(&with, 0, 90) < withdrawn(&with, 365, 455) / 3);
    CHECK(withdrawn(&without, 0, 90) > 2 * withdrawn(&with, 0, 90));
    free(with.values);
    free(without.values);
}

/* --- the one who reached gives up ------------------------------------------------- */

#define STOP "from 730 to 900: a.hold_pursuit = 0\n"

/* Pursuit of b in the six weeks after day 730, over its mean in the year before. */
static double turns(const ebb_model_t *model, const char *orders)
{
    course_plan_t plan = {.length = 800, .every = 1, .count = 12};
    courses_t c = courses_of(model, orders, shows, plan);
    double after = mean_at(&c, B_PURSUIT, 731, 772);
    double before = mean_at(&c, B_PURSUIT, 365, 729);
    free(c.values);
    return after - before;
}

static void test_reversal(const ebb_model_t *model)
{
    double untouched = turns(model, PAIR), stopped = turns(model, PAIR STOP);
    double never = turns(model, PAIR "from 0 to 900: a.hold_pursuit = 0\n");
    double unmissed = turns(model, PAIR STOP "set gain_missing = 0\n");
    double unmasked = turns(model, PAIR STOP "set masking = 0\n");
    CHECK(stopped > untouched + 0.05);
    CHECK(never < stopped / 2);
    CHECK(unmissed < stopped);
    CHECK(unmasked < stopped);
}

/* Hope that is gone comes back where love is, and does not soon where it is not; what
 * they bring is the same afterwards. */
static void test_reversal_ends(const ebb_model_t *model)
{
    static const course_names_t names = {"a.pursuit", "b.pursuit", "a.core_anxiety",
                                         "b.core_avoidance"};
    course_plan_t plan = {.length = 930, .every = 1, .count = 12};
    courses_t loved =
        courses_of(model, PAIR "at 730: a.discouragement = 1\n", names, plan);
    courses_t unloved = courses_of(model, PAIR "at 730: a.love = 0.1\n", names, plan);
    CHECK(mean_at(&loved, 1, 731, 751) > mean_at(&loved, 0, 731, 751));
    CHECK(mean_at(&loved, 1, 840, 930) < mean_at(&loved, 0, 840, 930));
    CHECK(mean_at(&unloved, 1, 731, 801) > mean_at(&unloved, 0, 731, 801));
    double gap = mean_at(&unloved, 1, 815, 898) - mean_at(&unloved, 0, 815, 898);
    CHECK(gap > mean_at(&loved, 1, 815, 898) - mean_at(&loved, 0, 815, 898));
    for (size_t k = 0; k < loved.count; k++) {
        CHECK(fabs(course_at(&unloved, k, 930, 2) - course_at(&unloved, k, 730, 2)) <
              0.1);
        CHECK(fabs(course_at(&unloved, k, 930, 3) - course_at(&unloved, k, 730, 3)) <
              0.1);
    }
    free(loved.values);
    free(unloved.values);
}

/* --- coming and going ------------------------------------------------------------- */

/* Range of contact over years 3 to 8 with nothing but the couple's own loop: how
 * readily discouragement takes from pursuit decides whether it is at rest or turns. */
static double swing(const ebb_model_t *model, const char *giving_up)
{
    static const char still[] =
        PAIR CALM_LIFE "set hardening = 0, softening = 0, love_rate = 0\n"
                       "set commitment_days = 1e9, felt_days = 1e9, self_days = 1e9\n"
                       "set strengths = 0, disuse = 0, gain_unsure = 0.4\n"
                       "start commitment = 0.4, b.hardness = 0.6, a.alarm = 3\n";
    static const course_names_t contact = {"contact"};
    char orders[1024];
    (void)snprintf(orders, sizeof orders, "%sset giving_up = %s\n", still, giving_up);
    course_plan_t plan = {.length = 3000, .every = 5, .count = 1};
    courses_t c = courses_of(model, orders, contact, plan);
    double low = 1, high = 0;
    for (double t = 1000; t <= 3000; t += 5) {
        double now = course_at(&c, 0, t, 0);
        low = fmin(low, now);
        high = fmax(high, now);
    }
    free(c.values);
    return high - low;
}

static void test_on_off(const ebb_model_t *model)
{
    CHECK(swing(model, "0.8") < 0.001);
    CHECK(swing(model, "1.4") > 0.05);
    CHECK(swing(model, "2.6") < 0.001);
}

int main(int argc, char **argv)
{
    ebb_model_t *model =
        model_of_file(argc > 1 ? argv[1] : "models", "pursue_withdraw");
    test_other_unit(model);
    test_half_step(model);
    test_other_partner(model);
    test_links(model);
    test_excitable(model);
    test_hysteresis(model);
    test_slowing(model);
    test_harder(model);
    test_honeymoon(model);
    test_reversal(model);
    test_reversal_ends(model);
    test_on_off(model);
    ebb_model_free(model);
    return check_report(__FILE__);
}
