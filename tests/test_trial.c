/* SPDX-License-Identifier: MIT
 * Trials whose outcome is known: moods that rise by what an arm pushes, couples that
 * part whatever the arm, and arms without any order, which do nothing.
 */
#include "ebb/trial.h"

#include "ebb/pair.h"
#include "run_couple.h"

enum { COUPLES = 4000 };

static const char healing[] =
    "model healing \"Moods that are pushed\"\n"
    "time day\n"
    "param hazard = 0 in [0, 1]\n"
    "trait level = 0 in [-9, 9], anxiety = 0 in [-9, 9], avoidance = 0 in [-9, 9]\n"
    "input push = 0 in [-1, 1]\n"
    "state mood = level\n"
    "shared together = 1, attending = 1\n"
    "d mood = push\n"
    "d together = 0\n"
    "d attending = 0\n"
    "shared event leaving rate hazard*together -> together = 0\n"
    "shared event dropping rate 0.1*highest(push) -> attending = 0\n"
    "lasts while together > 0.5\n";

#define HEAD                                                      \
    "trial t uses healing\nrun 40\npeople level = normal(0, 1)\n" \
    "enter at 10 when mean(mood) < 0\nend at 20\nfollow at 40\n"  \
    "outcome mean(mood)\nsd 0.25\nreliability 0.9\nrecovered when mean(mood) > 0\n"

typedef struct trial_case {
    ebb_model_t *model;
    ebb_trial_t *trial;
    ebb_trial_run_t *run;
    ebb_trial_info_t info;
    ebb_trial_run_info_t of;
    uint64_t *tally;
} trial_case_t;

static trial_case_t opened(const char *text, size_t workers)
{
    trial_case_t c = {.model = model_of(healing)};
    ebb_model_text_t source = {.bytes = text, .size = strlen(text), .label = "text"};
    const ebb_trial_settings_t settings = {
        .couples = COUPLES, .seed = 3, .workers = workers};
    ebb_error_t error = {0};
    int code = ebb_trial_read(&c.trial, c.model, &source, NULL, &error);
    code = code ? code : ebb_trial_run_new(&c.run, c.trial, &settings, &error);
    check_one(code == EBB_OK, error.text, __FILE__, __LINE__);
    if (!code) {
        c.info = ebb_trial_info(c.trial);
        c.of = ebb_trial_run_info(c.run);
        c.tally = calloc(c.of.numbers, sizeof *c.tally);
    }
    return c;
}

static trial_case_t ran(const char *text)
{
    trial_case_t c = opened(text, 1);
    for (uint64_t k = 0; k < c.of.shards; k++) {
        CHECK(ebb_trial_shard(c.run, 0, k, c.tally, NULL) == EBB_OK);
    }
    return c;
}

static void closed(trial_case_t *c)
{
    free(c->tally);
    ebb_trial_run_free(c->run);
    ebb_trial_free(c->trial);
    ebb_model_free(c->model);
}

static ebb_trial_row_t row(const trial_case_t *c, size_t arm, int visit)
{
    return ebb_trial_row(c->run, c->tally, 0, arm, visit);
}

static void check_share(uint64_t count, uint64_t n, double p, int line)
{
    char what[96];
    double share = (double)count / (double)n;
    (void)snprintf(what, sizeof what, "share %.4f of %llu, expected %.4f", share,
                   (unsigned long long)n, p);
    check_one(fabs(share - p) < 4.5 * sqrt(p * (1 - p) / (double)n) + 1e-12, what,
              __FILE__, line);
}

/* Couples out of a market: in each group as many as `ebb pair` draws with the seed. */
static void test_market(void)
{
    trial_case_t c = ran("trial t uses healing\nrun 40\n"
                         "people anxiety = normal(0, 1), avoidance = normal(0, 1)\n"
                         "correlation 0.4\npairing market without calm\n"
                         "group both when lowest(anxiety) > 0.43\n"
                         "group either when "
                         "highest(min(anxiety, partner.avoidance)) > 0.43\n"
                         "enter at 10 when mean(mood) < 1\nend at 20\n"
                         "outcome mean(mood)\nsd 1\nreliability 0.9\n"
                         "recovered when mean(mood) > 0\narm none\narm other\n");
    static double anxiety[2][COUPLES], avoidance[2][COUPLES];
    const ebb_pair_settings_t settings = {.seed = 3, .without = EBB_PAIR_CALM};
    const ebb_pair_couples_t couples = {.anxiety = {anxiety[0], anxiety[1]},
                                        .avoidance = {avoidance[0], avoidance[1]}};
    uint64_t both = 0, either = 0;
    CHECK(!ebb_pair_draw(&settings, 0, COUPLES, &couples, NULL));
    for (size_t k = 0; k < COUPLES; k++) {
        bool anxious = anxiety[0][k] > 0.43 && anxiety[1][k] > 0.43;
        bool mixed = (anxiety[0][k] > 0.43 && avoidance[1][k] > 0.43) ||
                     (anxiety[1][k] > 0.43 && avoidance[0][k] > 0.43);
        both += anxious;
        either += mixed && !anxious;
    }
    CHECK(both > 100 && either > 100);
    CHECK(ebb_trial_row(c.run, c.tally, 1, 1, EBB_TRIAL_END).entered == both);
    CHECK(ebb_trial_row(c.run, c.tally, 2, 1, EBB_TRIAL_END).entered == either);
    CHECK_STRING(c.of.people, "out of a mating market that the file changes");
    closed(&c);
}

/* A push of 0.05 for ten days is two sds up; what is taken back later is lost. */
static void test_push(void)
{
    trial_case_t c = ran(HEAD "arm none\n"
                              "arm pushed\n  from 10 to 20: push = 0.05\n"
                              "arm fading\n  from 10 to 20: push = 0.05\n"
                              "  from 20 to 30: push = -0.04\n"
                              "arm down\n  from 10 to 20: push = -0.05\n"
                              "arm empty\n");
    CHECK(c.info.arms == 5 && c.info.groups == 0 && c.of.groups == 1);
    CHECK_NEAR(c.info.reliable, 1.959964 * 0.25 * sqrt(0.2), 1e-6);
    CHECK_STRING(c.info.head.name, "t");
    CHECK_STRING(ebb_trial_arm(c.trial, 2), "fading");
    ebb_trial_row_t none = row(&c, 0, EBB_TRIAL_END);
    check_share(none.entered, COUPLES, 0.5, __LINE__);
    CHECK(none.together == none.entered && none.improved == 0 && none.worse == 0);
    CHECK(none.change.mean == 0 && none.effect.mean == 0 && none.effect.high == 0);
    ebb_trial_row_t pushed = row(&c, 1, EBB_TRIAL_END);
    CHECK(pushed.improved == pushed.entered && pushed.entered == none.entered);
    CHECK_NEAR(pushed.change.mean, 2, 1e-4);
    CHECK_NEAR(pushed.effect.mean, 2, 1e-4);
    CHECK_NEAR(pushed.effect.high - pushed.effect.low, 0, 1e-4); /* all alike */
    /* well again: those between -0.5 and 0, of a mean of two with sd 1/sqrt 2 */
    check_share(pushed.recovered, pushed.entered, erf(0.5), __LINE__);
    ebb_trial_row_t later = row(&c, 1, EBB_TRIAL_FOLLOW);
    CHECK(later.kept == later.improved && later.improved == later.entered);
    ebb_trial_row_t faded = row(&c, 2, EBB_TRIAL_FOLLOW);
    CHECK_NEAR(faded.effect.mean, 0.4, 1e-4); /* below the reliable change */
    CHECK(faded.improved == 0 && faded.kept == 0 && faded.recovered == 0);
    CHECK(row(&c, 2, EBB_TRIAL_END).improved == faded.entered);
    ebb_trial_row_t down = row(&c, 3, EBB_TRIAL_END);
    CHECK(down.worse == down.entered && down.recovered == 0);
    ebb_trial_row_t empty = row(&c, 4, EBB_TRIAL_FOLLOW);
    CHECK(empty.effect.mean == 0 && empty.effect.low == 0 && empty.effect.high == 0);
    CHECK(empty.effect.couples == empty.entered);
    CHECK(ebb_trial_failed(c.run, c.tally) == 0);
    /* the lower half of a normal distribution has sd sqrt(1 - 2/pi) of the whole */
    CHECK_NEAR(ebb_trial_entry_sd(c.run, c.tally),
               4 / sqrt(2) * sqrt(1 - 2 / 3.141592653589793), 0.1);
    closed(&c);
}

/* Who parts is neither better nor recovered, and the same couples part in every arm. */
static void test_parting(void)
{
    trial_case_t c = ran(HEAD "set hazard = 0.02\narm none\n"
                              "arm pushed\n  from 10 to 20: push = 0.05\n");
    ebb_trial_row_t none = row(&c, 0, EBB_TRIAL_END);
    ebb_trial_row_t pushed = row(&c, 1, EBB_TRIAL_END);
    check_share(none.entered, COUPLES, 0.5 * exp(-0.2), __LINE__);
    check_share(pushed.together, pushed.entered, exp(-0.2), __LINE__);
    CHECK(pushed.together == none.together && pushed.improved == pushed.together);
    CHECK(pushed.effect.couples == pushed.together);
    check_share(row(&c, 1, EBB_TRIAL_FOLLOW).together, pushed.entered, exp(-0.6),
                __LINE__);
    closed(&c);
}

/* Dropping out at rate 0.1 times the push. */
static void test_dropped(void)
{
    trial_case_t c = ran(HEAD "dropped when attending < 0.5\narm none\n"
                              "arm pushed\n  from 10 to 20: push = 0.5\n");
    CHECK(c.info.drops);
    CHECK(row(&c, 0, EBB_TRIAL_END).dropped == 0);
    ebb_trial_row_t pushed = row(&c, 1, EBB_TRIAL_END);
    check_share(pushed.dropped, pushed.entered, 1 - exp(-0.5), __LINE__);
    closed(&c);
}

/* Moods of variance 1/2, measured with as much error: those below 0 rise by half of
 * what they lie below it, sqrt(2/pi) on average, and the errors are the same in all
 * arms. */
static void test_measured(void)
{
    trial_case_t c = ran("trial t uses healing\nrun 40\npeople level = normal(0, 1)\n"
                         "enter at 10 below 0\nend at 20\nfollow at 40\n"
                         "outcome mean(mood)\nsd 1\nreliability 0.5\n"
                         "recovered above 0\narm none\n"
                         "arm pushed\n  from 10 to 20: push = 0.2\n");
    double n = COUPLES / 2.0, rise = 1 / sqrt(2 * 3.141592653589793);
    ebb_trial_row_t none = row(&c, 0, EBB_TRIAL_END);
    ebb_trial_row_t pushed = row(&c, 1, EBB_TRIAL_END);
    CHECK(c.info.measured);
    check_share(none.entered, COUPLES, 0.5, __LINE__);
    CHECK_NEAR(none.change.mean, rise, 4.5 / sqrt(n));
    CHECK_NEAR(pushed.effect.mean, 2, 1e-4);
    CHECK_NEAR(pushed.effect.high - pushed.effect.low, 0, 1e-4);
    /* measured twice they differ by an error of variance 1, or by less as they rise */
    CHECK(none.improved > 0 && none.recovered > 0 && none.recovered <= none.improved);
    CHECK(pushed.recovered > none.recovered && none.worse > 0);
    CHECK_NEAR(ebb_trial_entry_sd(c.run, c.tally), sqrt(1 - 2 / 3.141592653589793),
               0.05);
    ebb_trial_row_t later = row(&c, 0, EBB_TRIAL_FOLLOW); /* measured anew */
    CHECK_NEAR(later.change.mean, rise, 4.5 / sqrt(n));
    CHECK(later.change.mean != none.change.mean && later.kept < none.improved);
    closed(&c);
}

/* A bound on the other side, and beside it a condition, which is of the run itself. */
static void test_bounds(void)
{
    trial_case_t c = ran("trial t uses healing\nrun 40\npeople level = normal(0, 1)\n"
                         "enter at 10 above 0\nend at 20\n"
                         "outcome mean(mood)\nsd 1\nreliability 0.5\n"
                         "recovered when mean(mood) < -9\narm none\narm other\n");
    ebb_trial_row_t none = row(&c, 0, EBB_TRIAL_END);
    CHECK(none.change.mean < -0.2 && none.improved > 0 && none.recovered == 0);
    closed(&c);
    c = ran("trial t uses healing\nrun 40\npeople level = normal(0, 1)\n"
            "enter at 10 when mean(mood) < 0\nend at 20\n"
            "outcome mean(mood)\nsd 1\nreliability 0.5\n"
            "recovered below 0\narm none\n"
            "arm pushed\n  from 10 to 20: push = 0.2\n");
    CHECK(!c.info.measured && row(&c, 0, EBB_TRIAL_END).change.mean == 0);
    ebb_trial_row_t pushed = row(&c, 1, EBB_TRIAL_END); /* below 0 still: beyond -2 */
    check_share(pushed.recovered, pushed.entered, 1 - erf(2), __LINE__);
    closed(&c);
}

static void test_groups_and_order(void)
{
    static const char text[] = HEAD "group low \"both low\" when highest(level) < 0\n"
                                    "arm none\narm pushed\n"
                                    "  from 10 to 20: push = 0.05\n";
    trial_case_t c = ran(text), other = opened(text, 2);
    for (uint64_t k = other.of.shards; k-- > 0;) {
        CHECK(!ebb_trial_shard(other.run, k % 2, k, other.tally, NULL));
    }
    CHECK(memcmp(c.tally, other.tally, c.of.numbers * sizeof *c.tally) == 0);
    CHECK(c.of.fingerprint == other.of.fingerprint && c.of.groups == 3);
    uint64_t entered[3];
    for (size_t g = 0; g < 3; g++) {
        entered[g] = ebb_trial_row(c.run, c.tally, g, 1, EBB_TRIAL_END).entered;
    }
    CHECK(entered[0] == entered[1] + entered[2]);
    check_share(entered[1], entered[0], 0.5, __LINE__); /* a quarter of a half */
    CHECK(ebb_trial_shard(c.run, 0, 16, c.tally, NULL) == EBB_ERR_ARGUMENT);
    closed(&other);
    closed(&c);
}

int main(void)
{
    test_push();
    test_market();
    test_parting();
    test_dropped();
    test_measured();
    test_bounds();
    test_groups_and_order();
    return check_report(__FILE__);
}
