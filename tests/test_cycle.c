/* SPDX-License-Identifier: MIT
 * The whole measure through its public contract: what it must not depend on, odd
 * records, and every allocation that can fail. What it finds: test_planted.c. */
#include "ebb/host.h"
#include "measured.h"

static record_t other;

static bool same_fit(ebb_fit_t a, ebb_fit_t b)
{
    return same(a.distance, b.distance) && same(a.limit, b.limit) &&
           a.passes == b.passes;
}

/* All but the pursuer's number. */
static bool same_arms(const ebb_arms_t *a, const ebb_arms_t *b)
{
    return a->bids == b->bids && a->followups == b->followups &&
           a->replies == b->replies && a->weeks == b->weeks &&
           same_estimate(a->pursuit, b->pursuit) &&
           same_estimate(a->pursuit_second, b->pursuit_second) &&
           same_estimate(a->withdrawal, b->withdrawal) &&
           same_estimate(a->withdrawal_dose, b->withdrawal_dose) &&
           same(a->pursuit_se, b->pursuit_se) &&
           same(a->withdrawal_se, b->withdrawal_se) &&
           same_estimate(a->loop_share, b->loop_share) &&
           same_fit(a->reply_fit, b->reply_fit) &&
           same_fit(a->followup_fit, b->followup_fit) && a->one_step == b->one_step &&
           a->verdict == b->verdict && a->reasons == b->reasons &&
           same(a->weeks_needed, b->weeks_needed);
}

static bool same_week(const ebb_week_t *a, const ebb_week_t *b, int swap)
{
    bool holds = same(a->longest_silence_h, b->longest_silence_h);
    for (int k = 0; k < 2; k++) {
        int j = swap ? 1 - k : k;
        holds = holds && a->messages[k] == b->messages[j] &&
                a->turns[k] == b->turns[j] && a->followups[k] == b->followups[j] &&
                same(a->reply_minutes[k], b->reply_minutes[j]);
    }
    return holds;
}

static bool same_episode(const ebb_episode_t *a, const ebb_episode_t *b,
                         int64_t later_s)
{
    return a->begin_s + later_s == b->begin_s && a->end_s + later_s == b->end_s &&
           a->followups == b->followups && same(a->surprise, b->surprise) &&
           memcmp(a->turn_hours, b->turn_hours, sizeof a->turn_hours) == 0 &&
           a->ending == b->ending;
}

/* Shares of person 0 are one minus those of person 1. */
static bool same_share(ebb_estimate_t a, ebb_estimate_t b, int swap)
{
    if (!swap) {
        return same_estimate(a, b);
    }
    bool low = isnan(a.low) ? isnan(b.high) : fabs(a.low + b.high - 1) < 1e-14;
    bool high = isnan(a.high) ? isnan(b.low) : fabs(a.high + b.low - 1) < 1e-14;
    return low && high &&
           (isnan(a.value) ? isnan(b.value) : fabs(a.value + b.value - 1) < 1e-15);
}

static void check_persons(const ebb_cycle_t *a, const ebb_cycle_t *b, int swap)
{
    for (int k = 0; k < 2; k++) {
        int j = swap ? 1 - k : k;
        for (int gap = 0; gap < EBB_MERGE_GAPS; gap++) {
            CHECK(same_arms(&a->arms[k][gap], &b->arms[j][gap]));
            CHECK(b->arms[j][gap].pursuer == j);
        }
        CHECK(a->verdict[k] == b->verdict[j] && a->messages[k] == b->messages[j]);
        CHECK(a->turns[k] == b->turns[j] && a->starts[k] == b->starts[j]);
        CHECK(a->first_moves[k] == b->first_moves[j]);
        CHECK(same(a->reply_minutes[k], b->reply_minutes[j]));
        CHECK(same(a->reply_p90_minutes[k], b->reply_p90_minutes[j]));
        CHECK(memcmp(a->hours[k], b->hours[j], sizeof a->hours[k]) == 0);
    }
    CHECK(same_share(a->start_share, b->start_share, swap));
    CHECK(same_share(a->first_move_share, b->first_move_share, swap));
    CHECK(same_estimate(a->normal_after_h, b->normal_after_h));
}

static void check_lists(const ebb_cycle_t *a, const ebb_cycle_t *b, int swap,
                        int64_t later_s)
{
    CHECK(a->week_count == b->week_count && a->window_count == b->window_count);
    CHECK(a->repair_count == b->repair_count && a->episode_count == b->episode_count);
    CHECK(a->switch_window == b->switch_window);
    for (size_t i = 0; i < a->week_count; i++) {
        CHECK(a->weeks[i].begin_s + later_s == b->weeks[i].begin_s);
        CHECK(same_week(&a->weeks[i], &b->weeks[i], swap));
    }
    for (size_t i = 0; i < a->window_count; i++) {
        CHECK(a->windows[i].begin_s + later_s == b->windows[i].begin_s);
        CHECK(a->windows[i].end_s + later_s == b->windows[i].end_s);
        CHECK(same_arms(&a->windows[i].arms[0], &b->windows[i].arms[swap]));
        CHECK(same_arms(&a->windows[i].arms[1], &b->windows[i].arms[1 - swap]));
    }
    for (size_t i = 0; i < a->repair_count; i++) {
        const ebb_repair_t *x = &a->repairs[i], *y = &b->repairs[i];
        CHECK(x->begin_s + later_s == y->begin_s && x->end_s + later_s == y->end_s);
        CHECK(x->first_mover == (swap ? 1 - y->first_mover : y->first_mover));
        CHECK(x->by_call == y->by_call && same(x->normal_after_h, y->normal_after_h));
    }
    for (size_t i = 0; i < a->episode_count; i++) {
        const ebb_episode_t *x = &a->episodes[i], *y = &b->episodes[i];
        CHECK(same_episode(x, y, later_s));
        CHECK(x->pursuer == (swap ? 1 - y->pursuer : y->pursuer));
    }
    CHECK(a->typical_episode == b->typical_episode);
}

/* b is a, with the persons swapped (1) or not (0), so many seconds later. */
static void check_same(const ebb_cycle_t *a, const ebb_cycle_t *b, int swap,
                       int64_t later_s)
{
    CHECK(a->first_s + later_s == b->first_s && a->last_s + later_s == b->last_s);
    CHECK(a->events == b->events && a->calls == b->calls && same(a->days, b->days));
    CHECK(a->minute_clock == b->minute_clock && a->start_gap_h == b->start_gap_h);
    CHECK(same(a->silence_h, b->silence_h));
    check_persons(a, b, swap);
    check_lists(a, b, swap, later_s);
}

/* A pair with everything in it: calls, reactions, holidays, nobody's words. */
static void fill_rich(int weeks, uint16_t flags)
{
    begin_record();
    pair_t pair = strong;
    pair.weeks = weeks;
    pair.pursuer = 1;
    pair_write(&record, &pair, 11);
    draw_t draw = {12};
    size_t kept = 0;
    for (size_t i = 0; i < record.count; i++) {
        ebb_event_t *event = &record.events[i];
        int64_t day = (event->local_s - RECORD_MONDAY) / 86400;
        if (day % 31 == 12 || day % 31 == 13) {
            continue; /* days of silence */
        }
        static const ebb_kind_t kinds[] = {EBB_KIND_CALL,        EBB_KIND_REACTION,
                                           EBB_KIND_MEDIA,       EBB_KIND_VOICE,
                                           EBB_KIND_MISSED_CALL, EBB_KIND_SYSTEM};
        size_t kind = draw_below(&draw, 60);
        event->kind = (uint8_t)(kind < 6 ? kinds[kind] : EBB_KIND_TEXT);
        event->person = kind == 5 ? EBB_PERSON_NONE : event->person;
        event->flags = flags;
        event->local_s -= flags ? event->local_s % 60 : 0;
        record.events[kept++] = *event;
    }
    record.count = kept;
}

static void check_invariance(int weeks, uint16_t flags)
{
    fill_rich(weeks, flags);
    ebb_cycle_t *cycle = measure(&record, NULL);
    CHECK(cycle->episode_count > 20 && cycle->repair_count > 2 && cycle->calls > 10);
    CHECK(cycle->window_count == (weeks >= 26 ? 2 : 0));
    CHECK(!isnan(cycle->arms[0][1].pursuit.low) &&
          !isnan(cycle->arms[1][1].pursuit.low));
    ebb_executor_t two = ebb_host_executor(2);
    ebb_cycle_opts_t threads = {.executor = &two};
    ebb_cycle_t *again = measure(&record, &threads);
    check_same(cycle, again, 0, 0);
    ebb_cycle_free(again);
    other = record;
    for (size_t i = 0; i < other.count; i++) {
        uint8_t *person = &other.events[i].person;
        *person = *person > 1 ? *person : (uint8_t)(1 - *person);
    }
    again = measure(&other, NULL);
    check_same(cycle, again, 1, 0);
    ebb_cycle_free(again);
    int64_t later_s = 1234 * (int64_t)604800;
    other = record;
    for (size_t i = 0; i < other.count; i++) {
        other.events[i].local_s += later_s;
        other.events[i].words = 17; /* nor does it read what was written */
        other.events[i].characters = 99;
    }
    again = measure(&other, NULL);
    check_same(cycle, again, 0, later_s);
    ebb_cycle_free(again);
    ebb_cycle_free(cycle);
}

/* Measures a record that says nothing, and checks that it is said why. */
static void check_cannot_tell(unsigned reasons_among)
{
    ebb_cycle_t *cycle = measure(&record, NULL);
    for (int k = 0; k < 2; k++) {
        const ebb_arms_t *arms = &cycle->arms[k][1];
        CHECK(arms->verdict == EBB_CANNOT_TELL);
        CHECK((arms->reasons & reasons_among) == reasons_among);
        CHECK(!(arms->reasons & (EBB_REASON_POOR_FIT | EBB_REASON_GAPS_DISAGREE)));
        CHECK(isnan(arms->pursuit.value) && isnan(arms->withdrawal.value));
        CHECK(isnan(arms->loop_share.value) && isnan(arms->pursuit_se));
        CHECK(isnan(arms->reply_fit.distance) && !arms->reply_fit.passes);
        CHECK(arms->reasons & EBB_REASON_PURSUIT_NOT_SEEN);
        CHECK(arms->reasons & EBB_REASON_WITHDRAWAL_NOT_SEEN);
    }
    ebb_cycle_free(cycle);
}

static void test_too_short(void)
{
    ebb_cycle_t *cycle = NULL;
    ebb_error_t error = {0};
    CHECK(ebb_cycle_measure(&cycle, NULL, 0, NULL, &error) == EBB_ERR_INPUT);
    CHECK(cycle == NULL && error.code == EBB_ERR_INPUT && error.text[0]);
    begin_record();
    for (int i = 0; i < 3; i++) {
        CHECK(ebb_cycle_measure(&cycle, record.events, record.count, NULL, NULL) ==
              EBB_ERR_INPUT);
        record_text(&record, i, i % 2);
    }
    for (int i = 0; i < 1000; i++) { /* 1000 by one, 1 by the other */
        record_text(&record, 100 + 20 * i, 0);
    }
    CHECK(ebb_cycle_measure(&cycle, record.events, record.count, NULL, NULL) ==
          EBB_ERR_INPUT);
    ebb_cycle_free(NULL);
    unsigned few = EBB_REASON_FEW_FOLLOWUPS | EBB_REASON_FEW_WEEKS;
    begin_record();
    for (int i = 0; i < 4; i++) {
        record_text(&record, i, i / 2);
    }
    check_cannot_tell(few);
    begin_record(); /* one-sided: 2000 to 2 */
    for (int i = 0; i < 2000; i++) {
        record_text(&record, 30 * i, i == 700 || i == 1400);
    }
    check_cannot_tell(EBB_REASON_FEW_WEEKS);
    begin_record(); /* out of order */
    for (int i = 0; i < 10; i++) {
        record_text(&record, 10 - i, i % 2);
    }
    CHECK(ebb_cycle_measure(&cycle, record.events, record.count, NULL, &error) ==
          EBB_ERR_INPUT);
    CHECK(strstr(error.text, "event 2 ") != NULL);
}

/* All in one minute, in one second, and all calls and reactions after the least. */
static void test_one_minute(void)
{
    for (int flags = 0; flags <= EBB_FLAG_MINUTE; flags += EBB_FLAG_MINUTE) {
        begin_record();
        record.flags = (uint16_t)flags;
        draw_t draw = {3};
        for (int i = 0; i < 3000; i++) {
            record_text(&record, 500, (int)draw_below(&draw, 2));
        }
        check_cannot_tell(EBB_REASON_FEW_FOLLOWUPS | EBB_REASON_FEW_WEEKS);
    }
    begin_record();
    for (int i = 0; i < 4; i++) {
        record_text(&record, i, i % 2);
    }
    for (int i = 0; i < 2000; i++) {
        record_at(&record, 3600 * (i + 1), i % 3 == 0,
                  i % 5 ? EBB_KIND_REACTION : EBB_KIND_CALL);
    }
    check_cannot_tell(EBB_REASON_FEW_FOLLOWUPS | EBB_REASON_FEW_WEEKS);
}

/* To and fro, never twice: many bids, no follow-up. */
static void test_alternating(void)
{
    begin_record();
    for (int i = 0; i < 12000; i++) {
        record_text(&record, 25 * i, i % 2);
    }
    check_cannot_tell(EBB_REASON_FEW_FOLLOWUPS);
    ebb_cycle_t *cycle = measure(&record, NULL);
    CHECK(cycle->arms[0][1].bids == 6000 && cycle->arms[0][1].replies == 6000);
    CHECK(cycle->arms[1][1].bids == 6000 && cycle->arms[1][1].replies == 5999);
    CHECK_NEAR(cycle->reply_minutes[0], 25, 0.02);
    CHECK_NEAR(cycle->reply_p90_minutes[1], 25, 0.02);
    CHECK(cycle->starts[0] + cycle->starts[1] == 0 && isnan(cycle->start_share.value));
    CHECK(cycle->repair_count == 0 && cycle->episode_count == 0);
    CHECK(isnan(cycle->normal_after_h.value) && isnan(cycle->first_move_share.value));
    ebb_cycle_free(cycle);
}

/* Twenty years of a word now and then. */
static void test_sparse(void)
{
    begin_record();
    draw_t draw = {4};
    for (int64_t day = 0; day < 20 * 365; day++) {
        if (draw_uniform(&draw) < 0.015) {
            int64_t minute = day * 1440 + 600 + (int64_t)draw_below(&draw, 600);
            int first = (int)draw_below(&draw, 2);
            record_text(&record, minute, first);
            if (draw_uniform(&draw) < 0.7) {
                record_text(&record, minute + 1 + (int64_t)draw_below(&draw, 300),
                            1 - first);
            }
        }
    }
    ebb_cycle_t *cycle = measure(&record, NULL);
    CHECK(cycle->window_count >= 79 && cycle->week_count > 13 * 79);
    CHECK(cycle->verdict[0] != EBB_LOOP && cycle->verdict[1] != EBB_LOOP);
    ebb_cycle_free(cycle);
}

typedef struct flaky {
    long calls, fail_at; /* this request fails, and only this one */
    bool from_there;     /* this and all after it */
    long held;
    size_t bytes;
} flaky_t;

static void *flaky_resize(void *user, void *ptr, size_t old_size, size_t new_size)
{
    flaky_t *flaky = user;
    if (new_size != 0) {
        flaky->calls++;
        if (flaky->calls == flaky->fail_at ||
            (flaky->from_there && flaky->calls > flaky->fail_at)) {
            return NULL;
        }
    }
    void *given = ebb_alloc_default()->resize(NULL, ptr, old_size, new_size);
    flaky->held += (ptr == NULL && given != NULL) - (ptr != NULL && new_size == 0);
    flaky->bytes += new_size - old_size; /* what is given back has the size it had */
    return given;
}

/* Measures with the n-th allocation failing; whether that was reached. */
static bool fail_once(long n, bool from_there)
{
    flaky_t flaky = {.fail_at = n, .from_there = from_there};
    ebb_alloc_t alloc = {flaky_resize, &flaky};
    ebb_cycle_opts_t opts = {.alloc = &alloc};
    ebb_cycle_t *cycle = NULL;
    ebb_error_t error = {0};
    int code = ebb_cycle_measure(&cycle, record.events, record.count, &opts, &error);
    bool reached = flaky.calls >= n;
    CHECK(code == (reached ? EBB_ERR_MEMORY : EBB_OK));
    CHECK(!reached || (cycle == NULL && error.code == EBB_ERR_MEMORY));
    ebb_cycle_free(cycle);
    CHECK(flaky.held == 0 && flaky.bytes == 0);
    return reached;
}

static long count_requests(void)
{
    flaky_t flaky = {0};
    ebb_alloc_t alloc = {flaky_resize, &flaky};
    ebb_cycle_opts_t opts = {.alloc = &alloc};
    ebb_cycle_free(measure(&record, &opts));
    CHECK(flaky.held == 0 && flaky.bytes == 0);
    return flaky.calls;
}

/* Pooled records with each allocation failing. */
static void pool_memory(void)
{
    ebb_record_t pooled[2] = {{record.events, record.count},
                              {record.events, record.count}};
    bool reached = true;
    for (long n = 1; reached; n++) {
        flaky_t flaky = {.fail_at = n};
        ebb_alloc_t alloc = {flaky_resize, &flaky};
        ebb_cycle_opts_t opts = {.alloc = &alloc};
        ebb_arms_t arms[2];
        ebb_error_t error = {0};
        int code = ebb_cycle_pool(arms, pooled, 2, &opts, &error);
        reached = flaky.calls >= n;
        CHECK(code == (reached ? EBB_ERR_MEMORY : EBB_OK) && error.code == code);
        CHECK(flaky.held == 0 && flaky.bytes == 0);
    }
}

static void test_memory(void)
{
    /* small, but with refits, dose, episodes */
    begin_record();
    pair_t pair = {
        .weeks = 4, .reply = 1 / 200.0, .follow = 0.004, .pursuit = 4, .slow = 0.5};
    pair_write(&record, &pair, 5);
    ebb_cycle_t *cycle = measure(&record, NULL);
    CHECK(cycle->episode_count > 0 && !isnan(cycle->arms[0][1].pursuit.low));
    CHECK(!isnan(cycle->arms[0][1].withdrawal_dose.low));
    ebb_cycle_free(cycle);
    /* the middle repeats what the beginning asks for, task by task */
    long all = count_requests();
    CHECK(all > 300);
    for (long n = 1; n <= all + 1; n += n < 75 || n > all - 30 ? 1 : 37) {
        CHECK(fail_once(n, n % 2 == 0) == (n <= all));
    }
    pool_memory();
    /* windows and repairs, too little for estimates */
    begin_record();
    for (int week = 0; week < 26; week++) {
        for (int i = 0; i < 16; i++) {
            record_text(&record, week * 10080 + i * 30, i % 2);
        }
    }
    cycle = measure(&record, NULL);
    CHECK(cycle->window_count == 2 && cycle->repair_count > 0);
    ebb_cycle_free(cycle);
    all = count_requests();
    for (long n = 1; n <= all; n += n < 75 || n > all - 30 ? 1 : 7) {
        CHECK(fail_once(n, n % 2 == 0));
    }
}

int main(void)
{
    check_invariance(14, 0);
#ifndef __SANITIZE_ADDRESS__ /* more of the same code, for half a minute */
    check_invariance(26, EBB_FLAG_MINUTE);
#endif
    test_too_short();
    test_one_minute();
    test_alternating();
    test_sparse();
    test_memory();
    return check_report(__FILE__);
}
