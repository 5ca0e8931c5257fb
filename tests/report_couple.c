/* SPDX-License-Identifier: MIT
 * The couple of the report's tests. */
#include "report_couple.h"

#include <math.h>
#include <stdio.h>

static ebb_arms_t some_arms(int pursuer, ebb_verdict_t verdict)
{
    return (ebb_arms_t){
        .pursuer = pursuer,
        .bids = 700 + (uint64_t)pursuer,
        .followups = 210 + (uint64_t)pursuer,
        .replies = 650,
        .weeks = 29,
        .pursuit = {log(1.6), log(1.3), log(2.1)},
        .pursuit_second = {log(1.5), log(1.2), log(1.9)},
        .withdrawal = {0.35, 0.1, 0.6},
        .withdrawal_dose = {0.2, -0.1, 0.5},
        .pursuit_se = 0.12,
        .withdrawal_se = 0.13,
        .loop_share = {0.35, 0.2, 0.5},
        .reply_fit = {0.02, 0.04, true},
        .followup_fit = {MISSING, MISSING, false},
        .verdict = verdict,
        .weeks_needed = 41.5,
    };
}

static void fill_weeks(couple_t *couple)
{
    for (int i = 0; i < COUPLE_WEEKS; i++) {
        uint32_t n = (uint32_t)i;
        couple->weeks[i] = (ebb_week_t){
            .begin_s = COUPLE_BEGIN + i * 604800LL,
            .messages = {100 + n, 90 + 2 * n},
            .turns = {50 + n, 45 + n},
            .followups = {n % 7, n % 3},
            .reply_minutes = {12.5, i == 3 ? MISSING : 20},
            .longest_silence_h = 9 + i,
        };
    }
    couple->weeks[5].messages[0] = couple->weeks[5].messages[1] = 0;
    couple->cycle.weeks = couple->weeks;
    couple->cycle.week_count = COUPLE_WEEKS;
}

/* Episode i lasts i + 1 minutes, so the longest are the last. All in the last week. */
static void fill_episodes(couple_t *couple)
{
    int64_t begin = COUPLE_BEGIN + (COUPLE_WEEKS - 1) * 604800LL;
    for (int i = 0; i < COUPLE_EPISODES; i++) {
        couple->episodes[i] = (ebb_episode_t){
            .begin_s = begin + i,
            .end_s = begin + i + 60 * (i + 1),
            .pursuer = i % 10 == 0,
            .followups = 3,
            .surprise = 0.97,
            .turn_hours = {1.2F, 2.9F, 5.5F},
            .ending = (ebb_ending_t)(i % 5),
        };
    }
    couple->cycle.episodes = couple->episodes;
    couple->cycle.episode_count = COUPLE_EPISODES;
    couple->cycle.typical_episode = 7; /* short: not among the longest */
}

static void fill_rest(couple_t *couple)
{
    couple->repairs[0] =
        (ebb_repair_t){COUPLE_BEGIN, COUPLE_BEGIN + 90000, 0, false, 7.5};
    couple->repairs[1] =
        (ebb_repair_t){COUPLE_BEGIN + 200000, COUPLE_BEGIN + 300000, 1, true, MISSING};
    couple->cycle.repairs = couple->repairs;
    couple->cycle.repair_count = 2;
    couple->cycle.first_moves[0] = 9;
    couple->cycle.first_moves[1] = 5;
    couple->cycle.first_move_share = (ebb_estimate_t){0.64, 0.4, 0.8};
    couple->cycle.normal_after_h = (ebb_estimate_t){7.5, 4, 12};
    for (int k = 0; k < 2; k++) {
        couple->windows[k] = (ebb_window_t){
            .begin_s = COUPLE_BEGIN + k * 13 * 604800LL,
            .end_s = COUPLE_BEGIN + (k + 1) * 13 * 604800LL,
            .arms = {some_arms(0, k ? EBB_LOOP : EBB_CANNOT_TELL),
                     some_arms(1, EBB_CANNOT_TELL)},
        };
    }
    couple->cycle.windows = couple->windows;
    couple->cycle.window_count = 2;
    couple->cycle.switch_window = -1;
}

static void fill_history(couple_t *couple)
{
    (void)snprintf(couple->names[0], sizeof couple->names[0], "Mirabelle");
    (void)snprintf(couple->names[1], sizeof couple->names[1], "Thaddeus");
    couple->source = (ebb_source_t){
        .label = "chat with Thaddeus.txt",
        .format = "whatsapp",
        .dialect = "android 24h d/m/y",
        .lines = 5600,
        .events = 5501,
        .continuation = 90,
        .not_understood = 1,
        .positions = {{3, 1, "no date"}},
        .date_order = EBB_DATE_DMY,
        .date_certainty = EBB_AMBIGUOUS,
        .cap_suspected = true,
    };
    couple->gap = (ebb_gap_t){COUPLE_BEGIN, COUPLE_BEGIN + 86400 * 9 + 43200};
    couple->history = (ebb_history_t){
        .names = {couple->names[0], couple->names[1]},
        .account = {.sources = &couple->source,
                    .source_count = 1,
                    .gaps = &couple->gap,
                    .gap_count = 1,
                    .duplicates = 4},
    };
}

static void fill_record(couple_t *couple)
{
    *couple = (couple_t){0};
    ebb_cycle_t *c = &couple->cycle;
    c->first_s = COUPLE_BEGIN + 7 * 3600 + 12 * 60 + 1;
    c->last_s = c->first_s + 86400 * 200;
    c->days = 200;
    c->events = 5500;
    c->messages[0] = 2800;
    c->messages[1] = 2600;
    c->calls = 12;
    c->turns[0] = 1500;
    c->turns[1] = 1400;
    c->minute_clock = true;
    c->start_gap_h = 6;
    c->starts[0] = 120;
    c->starts[1] = 80;
    c->start_share = (ebb_estimate_t){0.6, 0.53, 0.67};
    c->silence_h = 24;
    c->reply_minutes[0] = 12.5;
    c->reply_minutes[1] = 20;
    c->hours[1][1][23] = 0.1F;
    fill_weeks(couple);
    fill_episodes(couple);
    fill_rest(couple);
    fill_history(couple);
}

static void set_verdict(couple_t *couple, int pursuer, ebb_verdict_t verdict,
                        unsigned reasons)
{
    for (int gap = 0; gap < EBB_MERGE_GAPS; gap++) {
        couple->cycle.arms[pursuer][gap] = some_arms(pursuer, verdict);
        couple->cycle.arms[pursuer][gap].reasons = reasons;
        couple->cycle.arms[pursuer][gap].bids += 10 * (uint64_t)gap;
    }
    couple->cycle.verdict[pursuer] = verdict;
}

void couple_fill_loop(couple_t *couple)
{
    fill_record(couple);
    set_verdict(couple, 0, EBB_LOOP, 0);
    set_verdict(couple, 1, EBB_CANNOT_TELL,
                EBB_REASON_FEW_FOLLOWUPS | EBB_REASON_PURSUIT_WIDE);
}

void couple_fill_cannot_tell(couple_t *couple)
{
    fill_record(couple);
    for (int k = 0; k < 2; k++) {
        set_verdict(couple, k, EBB_CANNOT_TELL, 0);
        for (int gap = 0; gap < EBB_MERGE_GAPS; gap++) {
#define COUPLE_REASON(name, bit, word) couple->cycle.arms[k][gap].reasons |= (bit);
            EBB_REASON_LIST(COUPLE_REASON)
#undef COUPLE_REASON
        }
    }
    couple->cycle.arms[1][1].pursuit = (ebb_estimate_t){MISSING, MISSING, MISSING};
    couple->cycle.arms[1][1].withdrawal = (ebb_estimate_t){MISSING, MISSING, MISSING};
}

void couple_fill_one_arm(couple_t *couple, ebb_verdict_t verdict)
{
    fill_record(couple);
    set_verdict(couple, 0, EBB_CANNOT_TELL, EBB_REASON_FEW_FOLLOWUPS);
    set_verdict(couple, 1, verdict,
                verdict == EBB_PURSUIT_ONLY ? EBB_REASON_WITHDRAWAL_NOT_SEEN
                                            : EBB_REASON_PURSUIT_NOT_SEEN);
}
