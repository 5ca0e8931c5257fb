/* SPDX-License-Identifier: MIT
 * models/conversation.ebb: what one talk does. Signs and orders, by comparing talks
 * that share their chance and differ in one thing; no figure of the model is a finding.
 *
 *     test_run_talk MODELS       scenarios/ is beside MODELS
 */
#include "courses.h"

#define ESCALATED 0.5 /* withdrawal, beyond which a talk has escalated */

enum { TALKS = 200 };

static const course_plan_t half_hour = {
    .length = 30, .step = 1. / 30, .every = 1, .count = TALKS};

static ebb_model_t *model;

/* How far a difference of two sets lies from 0, in its standard errors: the mean over
 * talks of the second's output less the first's. */
static double shift(const courses_t *first, const courses_t *second, double minute,
                    size_t output)
{
    double sum = 0, squares = 0, n = (double)first->count;
    for (size_t t = 0; t < first->count; t++) {
        double d =
            course_at(second, t, minute, output) - course_at(first, t, minute, output);
        sum += d;
        squares += d * d;
    }
    double variance = (squares - sum * sum / n) / (n - 1);
    return sum / n / sqrt(variance / n + 1e-300);
}

/* In how many talks an output is above a bound. */
static size_t above(const courses_t *talks, double minute, size_t output, double bound)
{
    size_t count = 0;
    for (size_t t = 0; t < talks->count; t++) {
        count += course_at(talks, t, minute, output) > bound;
    }
    return count;
}

/* In how many talks the second set's output is above the first's. */
static size_t raised(const courses_t *first, const courses_t *second, double minute,
                     size_t output)
{
    size_t count = 0;
    for (size_t t = 0; t < first->count; t++) {
        count +=
            course_at(second, t, minute, output) > course_at(first, t, minute, output);
    }
    return count;
}

/* --- how talks end ---------------------------------------------------------------- */

/* Two secure partners mostly part no less close than they came; an anxious and an
 * avoidant one more often further apart. How they talk has then outgrown what they talk
 * about, which it had not after three minutes. */
static void test_ends(void)
{
    static course_names_t names = {"closeness", "issue", "meta"};
    courses_t secure = courses_of(model, "", names, half_hour);
    courses_t pair = courses_of(model, ANXIOUS_AVOIDANT, names, half_hour);
    size_t closer = 0, closer_pair = 0, outgrown = 0, early = 0, outgrown_secure = 0;
    for (size_t t = 0; t < TALKS; t++) {
        closer += course_at(&secure, t, 30, 0) >= course_at(&secure, t, 0, 0);
        closer_pair += course_at(&pair, t, 30, 0) >= course_at(&pair, t, 0, 0);
        early += course_at(&pair, t, 3, 2) > course_at(&pair, t, 3, 1);
        outgrown += course_at(&pair, t, 30, 2) > course_at(&pair, t, 30, 1);
        outgrown_secure += course_at(&secure, t, 30, 2) > course_at(&secure, t, 30, 1);
    }
    CHECK(closer > TALKS * 9 / 10);
    CHECK(closer_pair < closer / 2);
    CHECK(shift(&secure, &pair, 30, 0) < -5);
    CHECK(early == 0 && outgrown > TALKS * 9 / 10);
    CHECK(outgrown_secure < TALKS / 5);
    free(secure.values);
    free(pair.values);
}

/* A secure partner in place of either, and there is less withdrawal by the other. */
static void test_secure_partner(void)
{
    static course_names_t of_b = {"b.withdrawal"};
    courses_t pair = courses_of(model, ANXIOUS_AVOIDANT, of_b, half_hour);
    courses_t calm_a = courses_of(model, ANXIOUS_AVOIDANT_B, of_b, half_hour);
    courses_t calm_b = courses_of(model, ANXIOUS_AVOIDANT_A, of_b, half_hour);
    CHECK(above(&pair, 30, 0, ESCALATED) > TALKS * 9 / 10);
    for (double minute = 5; minute <= 30; minute += 5) {
        CHECK(shift(&pair, &calm_a, minute, 0) < -5);
        CHECK(shift(&pair, &calm_b, minute, 0) < -5);
    }
    free(pair.values);
    free(calm_a.values);
    free(calm_b.values);
}

/* Cut what the partner shows off from either, or only the link from demand to arousal:
 * the talk does not escalate. Withdrawal has more than one way to alarm. */
static void test_cuts(void)
{
    static course_names_t of_b = {"b.withdrawal"};
    static const char *const cuts[] = {ANXIOUS_AVOIDANT "a: reached = 0\n",
                                       ANXIOUS_AVOIDANT "b: reached = 0\n",
                                       ANXIOUS_AVOIDANT "set gain_demand = 0\n"};
    for (size_t k = 0; k < sizeof cuts / sizeof *cuts; k++) {
        courses_t talks = courses_of(model, cuts[k], of_b, half_hour);
        CHECK(above(&talks, 30, 0, ESCALATED) < TALKS / 20);
        free(talks.values);
    }
}

/* --- urgency, shutting down ------------------------------------------------------- */

/* An early cue of withdrawal makes the next demand stronger, more so of an anxious
 * partner. Where it does not reach one there is next to nothing: only the issue, which
 * is settled a little later. */
static void test_urgency(void)
{
    static course_names_t names = {"a.demand", "a.alarm", "b.withdrawal", "b.shut"};
    static const char *const who[3] = {ANXIOUS_AVOIDANT, ANXIOUS_AVOIDANT_B,
                                       ANXIOUS_AVOIDANT "a: reached = 0\n"};
    const course_plan_t plan = {
        .length = 2, .step = 1. / 30, .every = 0.5, .count = TALKS};
    double more[3] = {0};
    for (size_t k = 0; k < 3; k++) {
        char orders[256];
        (void)snprintf(orders, sizeof orders, "%sat 1: b.arousal += 0.2\n", who[k]);
        courses_t without = courses_of(model, who[k], names, plan);
        courses_t cue = courses_of(model, orders, names, plan);
        CHECK(raised(&without, &cue, 1.5, 2) == TALKS && above(&cue, 2, 3, 0) == 0);
        CHECK(k == 2 || raised(&without, &cue, 1.5, 0) == TALKS);
        for (size_t t = 0; t < TALKS; t++) {
            more[k] += course_at(&cue, t, 1.5, 1) - course_at(&without, t, 1.5, 1);
        }
        free(without.values);
        free(cue.values);
    }
    CHECK(more[0] > 1.2 * more[1] && more[1] > 100 * fabs(more[2]));
}

/* Withdrawal of b right after b's arousal was set, in one talk. */
typedef struct closed {
    double withdrawal, demand, shut;
} closed_t;

static closed_t closed_at(double arousal, double later)
{
    static course_names_t names = {"b.withdrawal", "b.demand", "b.shut"};
    const course_plan_t plan = {
        .length = 1.02, .step = 1. / 30, .every = 0.01, .count = 1};
    char orders[256];
    (void)snprintf(orders, sizeof orders,
                   ANXIOUS_AVOIDANT
                   "at 1: b.arousal = %.3f\nat 1.01: b.arousal = %.3f\n",
                   arousal, later);
    courses_t talks = courses_of(model, orders, names, plan);
    closed_t closed = {course_at(&talks, 0, 1.02, 0), course_at(&talks, 0, 1.02, 1),
                       course_at(&talks, 0, 1.02, 2)};
    free(talks.values);
    return closed;
}

/* Withdrawal and demand are graded: a little more arousal, a little more or less of
 * them, until at one place b shuts down at once. It has two thresholds: the same
 * arousal finds b open who had not shut down and closed who had. */
static void test_shutting_down(void)
{
    size_t steps = 0;
    closed_t before = closed_at(0.1, 0.1);
    for (double arousal = 0.12; arousal < 1.6; arousal += 0.02) {
        closed_t now = closed_at(arousal, arousal);
        CHECK(now.shut == 0 || now.shut == 1);
        CHECK(now.shut >= before.shut && now.withdrawal >= before.withdrawal);
        if (now.shut > before.shut) {
            steps++;
            CHECK(now.demand == 0 && now.withdrawal == 1 && before.demand > 0.005);
        } else {
            CHECK(now.withdrawal - before.withdrawal < 0.06);
            CHECK(fabs(now.demand - before.demand) < 0.04);
        }
        before = now;
    }
    CHECK(steps == 1);
    CHECK(closed_at(0.7, 0.7).withdrawal < 0.9 && closed_at(1.5, 0.7).withdrawal == 1);
    CHECK(closed_at(1.5, 0.5).shut == 0);
}

/* --- flooding, time-outs ---------------------------------------------------------- */

/* Minutes from the last time on one side of `from` to the first beyond `to` after it,
 * beginning at a time; NaN when it does not come to that. */
static double passage(const courses_t *talks, size_t talk, double begin, double from,
                      double to)
{
    double left = begin, up = to > from ? 1 : -1;
    for (size_t k = (size_t)(begin / talks->every + 0.5); k < talks->times; k++) {
        double minute = (double)k * talks->every, x = course_at(talks, talk, minute, 0);
        if (up * (x - from) <= 0) {
            left = minute;
        }
        if (up * (x - to) >= 0) {
            return minute - left;
        }
    }
    return (double)NAN;
}

/* Arousal rises through flooding faster than it falls through it, though then nothing
 * feeds it any more; the fall takes minutes, which it does not from below. */
static void test_flooding(void)
{
    static course_names_t of_b = {"b.arousal"};
    const course_plan_t plan = {
        .length = 60, .step = 1. / 30, .every = 0.1, .count = TALKS};
    courses_t talks = courses_of(
        model, ANXIOUS_AVOIDANT "from 30 to 60: apart = 1, stated = 1\n", of_b, plan);
    double rise = 0, fall = 0, below = 0;
    size_t both = 0, slower = 0;
    for (size_t t = 0; t < TALKS; t++) {
        double up = passage(&talks, t, 0, 1, 1.8);
        double down = passage(&talks, t, 30, 1.8, 1);
        if (up < 30 && isfinite(down) && course_at(&talks, t, 30, 0) > 1.8) {
            both++;
            slower += down > up;
            rise += up;
            fall += down;
            below += passage(&talks, t, 30, 0.9, 0.45);
        }
    }
    CHECK(both > TALKS / 2 && slower > both * 9 / 10);
    CHECK(fall > 1.5 * rise);
    CHECK(fall > 2 * (double)both && below < 2 * (double)both);
    free(talks.values);
}

/* A time-out of twenty minutes. Said when one will be back, it calms both; with no word
 * of it the anxious partner is more alarmed than before, and than if they had gone on.
 */
static void test_time_outs(void)
{
    static course_names_t names = {"a.arousal", "b.arousal", "a.alarm"};
    courses_t none = courses_of(model, ANXIOUS_AVOIDANT, names, half_hour);
    courses_t stated =
        courses_of(model, ANXIOUS_AVOIDANT "from 10 to 30: apart = 1, stated = 1\n",
                   names, half_hour);
    courses_t open = courses_of(model, ANXIOUS_AVOIDANT "from 10 to 30: apart = 1\n",
                                names, half_hour);
    for (size_t output = 0; output < 3; output++) {
        CHECK(raised(&stated, &none, 29, output) == TALKS);
        CHECK(raised(&stated, &open, 29, output) == TALKS);
    }
    size_t calmer = 0, alarmed = 0;
    for (size_t t = 0; t < TALKS; t++) {
        calmer += course_at(&stated, t, 29, 0) < course_at(&stated, t, 10, 0) &&
                  course_at(&stated, t, 29, 1) < course_at(&stated, t, 10, 1);
        alarmed += course_at(&open, t, 29, 2) > course_at(&open, t, 10, 2);
    }
    CHECK(calmer == TALKS && alarmed == TALKS);
    CHECK(raised(&none, &open, 15, 2) > TALKS * 9 / 10);
    CHECK(shift(&none, &open, 29, 2) > 5);
    free(none.values);
    free(stated.values);
    free(open.values);
}

/* --- laws ------------------------------------------------------------------------- */

/* Who changes places, chance included, finds the other's numbers, bit for bit. */
static void test_swap(void)
{
    static course_names_t names = {"a.affect", "a.alarm",   "a.arousal",
                                   "b.shut",   "closeness", "meta"};
    static course_names_t others = {"b.affect", "b.alarm",   "b.arousal",
                                    "a.shut",   "closeness", "meta"};
    course_plan_t plan = {.length = 30, .step = 1. / 30, .every = 0.5, .count = 40};
    courses_t one =
        courses_of(model,
                   ANXIOUS_AVOIDANT "at 3: b.arousal += 0.4\n"
                                    "from 8 to 20: apart = 1, stated = 0.5\n",
                   names, plan);
    plan.exchange = true;
    courses_t other = courses_of(model,
                                 "b: anxiety = 1.2, avoidance = -0.3\n"
                                 "a: anxiety = -0.3, avoidance = 1.2\n"
                                 "at 3: a.arousal += 0.4\n"
                                 "from 8 to 20: apart = 1, stated = 0.5\n",
                                 others, plan);
    size_t count = one.count * one.times * one.outputs;
    CHECK(memcmp(one.values, other.values, count * sizeof *one.values) == 0);
    free(one.values);
    free(other.values);
}

/* Nothing leaves its range, whoever talks. */
static void test_ranges(void)
{
    static course_names_t names = {"a.alarm", "a.arousal", "a.shut",
                                   "issue",   "closeness", "meta"};
    static const char *const who[] = {
        "a: anxiety = 3, avoidance = 3\n", "a: anxiety = -3, avoidance = 3\n",
        "a: anxiety = 3, avoidance = -3\nb: anxiety = -3, avoidance = 3\n",
        "at 5: a.arousal = 2.5, b.alarm = 20\nfrom 10 to 20: apart = 0.5\n"};
    for (size_t k = 0; k < sizeof who / sizeof *who; k++) {
        courses_t talks = courses_of(model, who[k], names, half_hour);
        bool inside = true;
        for (size_t row = 0; row < talks.count * talks.times; row++) {
            const double *x = talks.values + row * talks.outputs;
            inside &= x[0] >= 0 && x[1] >= 0 && x[1] <= 2.5;
            inside &= x[2] == 0 || x[2] == 1;
            inside &= x[3] >= 0 && x[3] <= 1 && x[4] >= 0 && x[4] <= 1 && x[5] >= 0;
        }
        CHECK(inside);
        free(talks.values);
    }
}

/* --- scenarios -------------------------------------------------------------------- */

/* What a scenario expects of its runs. */
static void check_expectations(const ebb_model_text_t *text)
{
    ebb_scenario_t *scenario = NULL;
    ebb_simulation_t *run = NULL;
    ebb_run_totals_t *totals = NULL;
    ebb_run_settings_t settings = {.seed = 6};
    ebb_run_job_t job = {.end = TALKS};
    CHECK(ebb_scenario_read(&scenario, model, text, NULL, NULL) == EBB_OK);
    CHECK(ebb_run_new(&run, model, scenario, &settings, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&totals, run, false, NULL) == EBB_OK);
    job.totals = totals;
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK && job.failed == 0);
    CHECK(ebb_run_info(run).expect_count > 0);
    for (size_t k = 0; k < ebb_run_info(run).expect_count; k++) {
        ebb_run_verdict_t verdict = {0};
        CHECK(ebb_run_verdict(totals, k, &verdict) == EBB_OK);
        if (!verdict.holds) {
            (void)fprintf(stderr, "%s: %s\n", text->scenario, verdict.code);
        }
        CHECK(verdict.holds);
    }
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    ebb_scenario_free(scenario);
}

static void test_scenarios(const char *folder, const char *file)
{
    static char bytes[1 << 16];
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, "rb");
    CHECK(stream != NULL);
    if (!stream) {
        return;
    }
    ebb_model_text_t text = {.bytes = bytes, .label = file};
    text.size = fread(bytes, 1, sizeof bytes, stream);
    (void)fclose(stream);
    ebb_scenario_info_t infos[8];
    size_t count = 0;
    CHECK(ebb_scenario_list(&text, infos, 8, &count) == EBB_OK && count == 3);
    for (size_t k = 0; k < count && k < 8; k++) {
        text.scenario = infos[k].name;
        check_expectations(&text);
    }
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "models";
    model = model_of_file(folder, "conversation");
    CHECK(model != NULL);
    if (model) {
        test_ends();
        test_secure_partner();
        test_cuts();
        test_urgency();
        test_shutting_down();
        test_flooding();
        test_time_outs();
        test_swap();
        test_ranges();
        test_scenarios(folder, "conversation.ebb");
        test_scenarios(folder, "../scenarios/talk.ebb");
    }
    ebb_model_free(model);
    return check_report(__FILE__);
}
