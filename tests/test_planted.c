/* SPDX-License-Identifier: MIT
 * What the whole measure finds in pairs in whom it was planted, alone and pooled. */
#include "ebb/host.h"
#include "measured.h"

/* What was planted is found, in its direction, and near its size. */
static void test_planted(void)
{
    for (int pursuer = 0; pursuer < 2; pursuer++) {
        begin_record();
        pair_t pair = strong;
        pair.pursuer = pursuer;
        pair_write(&record, &pair, 1);
        ebb_cycle_t *cycle = measure(&record, NULL);
        const ebb_arms_t *arms = &cycle->arms[pursuer][1];
        CHECK(cycle->verdict[pursuer] == EBB_LOOP && arms->reasons == 0);
        CHECK(cycle->verdict[1 - pursuer] != EBB_LOOP);
        CHECK(arms->withdrawal.low < -log(0.35) && -log(0.35) < arms->withdrawal.high);
        CHECK(arms->pursuit.low < log(5) && log(5) < arms->pursuit.high);
        CHECK(arms->loop_share.low > 0 && arms->loop_share.high < 1);
        CHECK(!arms->one_step && !isnan(arms->withdrawal_dose.low));
        CHECK(cycle->arms[pursuer][0].one_step && cycle->arms[pursuer][2].one_step);
        ebb_cycle_opts_t opts = {.arms_only = true};
        ebb_cycle_t *bare = measure(&record, &opts);
        CHECK(same_estimate(bare->arms[pursuer][1].withdrawal, arms->withdrawal));
        CHECK(bare->verdict[pursuer] == EBB_LOOP && bare->week_count == 0);
        CHECK(bare->verdict[1 - pursuer] == cycle->verdict[1 - pursuer]);
        ebb_cycle_free(bare);
        ebb_cycle_free(cycle);
    }
}

/* The pooled estimates of eight couples are those of the law they were drawn by. The
 * pooled standard errors are about 0.17 (p) and 0.04 (w), as measured on single ones.
 */
static void test_calibration(void)
{
    static record_t couples[8];
    static const double truths[][2] = {{5, 1}, {5, 0.4}, {1, 0.4}};
    for (size_t i = 0; i < 3; i++) {
        ebb_record_t records[8];
        for (size_t j = 0; j < 8; j++) {
            pair_t pair = strong;
            pair.pursuit = truths[i][0];
            pair.slow = truths[i][1];
            pair.follow = pair.pursuit > 1 ? 0.006 : 0.015;
            couples[j].count = 0;
            pair_write(&couples[j], &pair, 100 + j);
            records[j] = (ebb_record_t){couples[j].events, couples[j].count};
        }
        ebb_arms_t arms[2];
        CHECK(ebb_cycle_pool(arms, records, 8, NULL, NULL) == EBB_OK);
        CHECK_NEAR(arms[0].pursuit.value, log(truths[i][0]), 0.5);
        CHECK_NEAR(arms[0].withdrawal.value, -log(truths[i][1]), 0.12);
        CHECK_NEAR(arms[1].withdrawal.value, 0, 0.15);
    }
}

/* One arm alone is called so, and none is none. */
static void test_one_arm(void)
{
    static const struct {
        double pursuit, slow;
        ebb_verdict_t verdict;
    } cases[] = {{12, 1, EBB_PURSUIT_ONLY},
                 {1, 0.35, EBB_WITHDRAWAL_ONLY},
                 {1, 1, EBB_CANNOT_TELL}};
    for (size_t i = 0; i < 3; i++) {
        begin_record();
        pair_t pair = strong;
        pair.pursuit = cases[i].pursuit;
        pair.slow = cases[i].slow;
        pair.follow = pair.pursuit > 1 ? 0.006 : 0.015;
        pair_write(&record, &pair, 41);
        ebb_cycle_t *cycle = measure(&record, NULL);
        CHECK(cycle->verdict[0] == cases[i].verdict && cycle->arms[0][1].reasons != 0);
        CHECK(cycle->verdict[1] == EBB_CANNOT_TELL);
        ebb_cycle_free(cycle);
    }
}

/* Roles that change at the second of four windows. */
static void test_switch(void)
{
    begin_record();
    pair_t pair = strong;
    pair.weeks = 54;
    pair.switch_week = 26;
    pair_write(&record, &pair, 2);
    ebb_executor_t two = ebb_host_executor(2);
    ebb_cycle_opts_t opts = {.executor = &two};
    ebb_cycle_t *cycle = measure(&record, &opts);
    CHECK(cycle->window_count == 4 && cycle->switch_window == 2);
    const int64_t quarter = 13 * 604800;
    for (size_t i = 0; i < 4 && i < cycle->window_count; i++) {
        const ebb_window_t *window = &cycle->windows[i];
        CHECK(window->begin_s == RECORD_MONDAY + (int64_t)i * quarter);
        CHECK(window->end_s == (i < 3 ? window->begin_s + quarter : cycle->last_s));
        CHECK(window->arms[i >= 2].verdict >= EBB_WITHDRAWAL_ONLY);
        CHECK(window->arms[i < 2].verdict == EBB_CANNOT_TELL);
    }
    ebb_cycle_free(cycle);
    /* the same roles all the time: no switch */
    begin_record();
    pair.switch_week = 0;
    pair.weeks = 26;
    pair_write(&record, &pair, 2);
    cycle = measure(&record, NULL);
    CHECK(cycle->window_count == 2 && cycle->switch_window == -1);
    ebb_cycle_free(cycle);
    /* a week less: no windows */
    pair.weeks = 25;
    begin_record();
    pair_write(&record, &pair, 2);
    cycle = measure(&record, NULL);
    CHECK(cycle->window_count == 0 && cycle->switch_window == -1);
    ebb_cycle_free(cycle);
}

/* A record pooled with itself has the same estimates, nearly (the frailty knows more).
 */
static void test_pool(void)
{
    begin_record();
    pair_write(&record, &strong, 1);
    ebb_cycle_t *cycle = measure(&record, NULL);
    ebb_record_t pooled[2] = {{record.events, record.count},
                              {record.events, record.count}};
    ebb_arms_t one[2], two[2];
    CHECK(ebb_cycle_pool(one, pooled, 1, NULL, NULL) == EBB_OK);
    CHECK(ebb_cycle_pool(two, pooled, 2, NULL, NULL) == EBB_OK);
    for (int k = 0; k < 2; k++) {
        const ebb_arms_t *arms = &cycle->arms[k][1];
        CHECK(one[k].pursuer == k && one[k].reasons == 0 && one[k].verdict == 0);
        CHECK(same(one[k].pursuit.value, arms->pursuit.value));
        CHECK(same(one[k].withdrawal.value, arms->withdrawal.value));
        CHECK(isnan(one[k].pursuit.low) && isnan(one[k].pursuit_se));
        CHECK(isnan(one[k].reply_fit.distance));
        CHECK(two[k].bids == 2 * arms->bids && two[k].weeks == 2 * arms->weeks);
        CHECK(two[k].followups == 2 * arms->followups);
        CHECK_NEAR(two[k].withdrawal.value, arms->withdrawal.value, 0.02);
        CHECK_NEAR(two[k].loop_share.value, arms->loop_share.value, 0.05);
    }
    ebb_cycle_free(cycle);
    pooled[1].count = 3;
    CHECK(ebb_cycle_pool(two, pooled, 2, NULL, NULL) == EBB_ERR_INPUT);
}

int main(void)
{
    test_planted();
    test_calibration();
    test_one_arm();
    test_switch();
    test_pool();
    return check_report(__FILE__);
}
