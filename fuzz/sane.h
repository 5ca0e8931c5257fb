/* SPDX-License-Identifier: MIT
 * What holds of every result of the measure, whatever the record: for tests and
 * fuzzing. Sees only include/. */
#ifndef EBB_FUZZ_SANE_H
#define EBB_FUZZ_SANE_H

#include <math.h>

#include "ebb/cycle.h"

/* What is wrong first, or NULL. */
#define SANE(condition)        \
    do {                       \
        if (!(condition)) {    \
            return #condition; \
        }                      \
    } while (0)

/* Known or not, but never half a value: bounds in order around it, or none. */
static inline const char *sane_estimate(ebb_estimate_t e, double least, double most)
{
    SANE(isnan(e.low) == isnan(e.high));
    SANE(!isnan(e.value) || isnan(e.low));
    SANE(isnan(e.value) || (e.value >= least && e.value <= most));
    SANE(isnan(e.low) || (e.low <= e.value && e.value <= e.high));
    return NULL;
}

static inline const char *sane_fit(ebb_fit_t fit)
{
    SANE(isnan(fit.distance) == isnan(fit.limit));
    SANE(!isnan(fit.distance) || !fit.passes);
    SANE(isnan(fit.distance) || (fit.distance >= 0 && fit.distance <= 1));
    SANE(isnan(fit.limit) || (fit.limit > 0 && fit.limit <= 2));
    SANE(!fit.passes || fit.distance <= fit.limit);
    return NULL;
}

static inline const char *sane_arms(const ebb_arms_t *arms, int pursuer)
{
    const double infinity = (double)INFINITY;
    const char *wrong = NULL;
    const ebb_estimate_t logs[] = {arms->pursuit, arms->pursuit_second,
                                   arms->withdrawal, arms->withdrawal_dose};
    for (size_t i = 0; i < 4 && !wrong; i++) {
        wrong = sane_estimate(logs[i], -infinity, infinity);
    }
    wrong = wrong ? wrong : sane_estimate(arms->loop_share, -1, 1);
    wrong = wrong ? wrong : sane_fit(arms->reply_fit);
    wrong = wrong ? wrong : sane_fit(arms->followup_fit);
    if (wrong) {
        return wrong;
    }
    SANE(arms->pursuer == pursuer);
    SANE(arms->replies <= arms->bids);
    SANE(arms->weeks <= arms->bids);
    SANE(isnan(arms->pursuit_se) || arms->pursuit_se >= 0);
    SANE(isnan(arms->withdrawal_se) || arms->withdrawal_se >= 0);
    SANE(isnan(arms->pursuit_se) == isnan(arms->pursuit.low));
    SANE(isnan(arms->withdrawal_se) == isnan(arms->withdrawal.low));
    SANE(isnan(arms->weeks_needed) || arms->weeks_needed >= 12);
    SANE(arms->reasons < 2 * (unsigned)EBB_REASON_NOT_CONVERGED);
    return NULL;
}

static inline const char *sane_verdict(const ebb_arms_t *arms)
{
    SANE((arms->reasons == 0) == (arms->verdict == EBB_LOOP));
    SANE(arms->verdict == EBB_CANNOT_TELL || arms->followups >= 60);
    SANE(arms->verdict != EBB_LOOP || arms->withdrawal.low > 0);
    SANE(arms->verdict != EBB_LOOP || arms->pursuit.low > 0);
    SANE(arms->verdict != EBB_LOOP || arms->pursuit_second.low > 0);
    SANE(arms->verdict != EBB_LOOP || arms->loop_share.value > 0);
    SANE(arms->verdict != EBB_WITHDRAWAL_ONLY || arms->withdrawal.low > 0);
    SANE(arms->verdict != EBB_PURSUIT_ONLY || arms->pursuit.low > 0);
    return NULL;
}

static inline const char *sane_weeks(const ebb_cycle_t *cycle)
{
    uint64_t messages[2] = {0}, turns[2] = {0}, followups[2] = {0};
    for (size_t i = 0; i < cycle->week_count; i++) {
        const ebb_week_t *week = &cycle->weeks[i];
        SANE(i == 0 || week->begin_s == week[-1].begin_s + 604800);
        SANE(week->longest_silence_h >= 0);
        for (int k = 0; k < 2; k++) {
            SANE(week->turns[k] <= week->messages[k]);
            SANE(week->followups[k] <= week->turns[k]);
            SANE(isnan(week->reply_minutes[k]) || week->reply_minutes[k] >= 0);
            messages[k] += week->messages[k];
            turns[k] += week->turns[k];
            followups[k] += week->followups[k];
        }
    }
    for (int k = 0; k < 2; k++) { /* the course and the cells count alike */
        SANE(messages[k] == cycle->messages[k]);
        SANE(turns[k] == cycle->turns[k]);
        SANE(followups[k] == cycle->arms[k][1].followups);
        SANE(turns[k] == cycle->arms[k][1].bids + cycle->arms[k][1].followups);
    }
    return NULL;
}

static inline const char *sane_repairs(const ebb_cycle_t *cycle)
{
    uint64_t moves[2] = {0};
    for (size_t i = 0; i < cycle->repair_count; i++) {
        const ebb_repair_t *repair = &cycle->repairs[i];
        SANE(repair->first_mover == 0 || repair->first_mover == 1);
        SANE(isnan(repair->normal_after_h) || repair->normal_after_h >= 0);
        moves[repair->first_mover]++;
    }
    SANE(moves[0] == cycle->first_moves[0] && moves[1] == cycle->first_moves[1]);
    SANE(cycle->silence_h >= 12);
    return NULL;
}

static inline const char *sane_episodes(const ebb_cycle_t *cycle)
{
    SANE(cycle->episode_count == 0 || cycle->typical_episode < cycle->episode_count);
    for (size_t i = 0; i < cycle->episode_count; i++) {
        const ebb_episode_t *episode = &cycle->episodes[i];
        SANE(i == 0 || episode->begin_s >= episode[-1].begin_s);
        SANE(episode->pursuer == 0 || episode->pursuer == 1);
        SANE(episode->followups >= 2 && episode->ending <= EBB_ENDED_OPEN);
        SANE(episode->surprise >= 0.8 - 1e-7 && episode->surprise <= 1);
        for (size_t j = 1; j < EBB_EPISODE_TURNS && j < episode->followups; j++) {
            SANE(episode->turn_hours[j] >= episode->turn_hours[j - 1]);
        }
    }
    return NULL;
}

static inline const char *sane_windows(const ebb_cycle_t *cycle)
{
    uint64_t bids[2] = {0};
    for (size_t i = 0; i < cycle->window_count; i++) {
        const ebb_window_t *window = &cycle->windows[i];
        SANE(window->begin_s < window->end_s);
        SANE(i == 0 || window->begin_s == window[-1].end_s);
        for (int k = 0; k < 2; k++) {
            const char *wrong = sane_arms(&window->arms[k], k);
            wrong = wrong ? wrong : sane_verdict(&window->arms[k]);
            if (wrong) {
                return wrong;
            }
            bids[k] += window->arms[k].bids;
        }
    }
    SANE(cycle->window_count != 1);
    for (int k = 0; k < 2 && cycle->window_count; k++) {
        SANE(bids[k] == cycle->arms[k][1].bids);
    }
    SANE(cycle->switch_window >= -1);
    SANE(cycle->switch_window < (int)cycle->window_count);
    SANE(cycle->switch_window != 0);
    return NULL;
}

static inline const char *sane_cycle(const ebb_cycle_t *cycle)
{
    const char *wrong = NULL;
    for (int k = 0; k < 2 && !wrong; k++) {
        for (int gap = 0; gap < EBB_MERGE_GAPS && !wrong; gap++) {
            wrong = sane_arms(&cycle->arms[k][gap], k);
        }
        wrong = wrong ? wrong : sane_verdict(&cycle->arms[k][1]);
        SANE(cycle->verdict[k] == cycle->arms[k][1].verdict);
        SANE(isnan(cycle->reply_minutes[k]) == isnan(cycle->reply_p90_minutes[k]));
        SANE(isnan(cycle->reply_minutes[k]) ||
             cycle->reply_minutes[k] <= cycle->reply_p90_minutes[k]);
        for (int i = 0; i < 48; i++) {
            float share = cycle->hours[k][i / 24][i % 24];
            SANE(share >= 0 && share <= 1.0001f);
        }
    }
    wrong = wrong ? wrong : sane_estimate(cycle->start_share, 0, 1);
    wrong = wrong ? wrong : sane_estimate(cycle->first_move_share, 0, 1);
    wrong = wrong ? wrong : sane_estimate(cycle->normal_after_h, 0, (double)INFINITY);
    wrong = wrong ? wrong : sane_weeks(cycle);
    wrong = wrong ? wrong : sane_repairs(cycle);
    wrong = wrong ? wrong : sane_episodes(cycle);
    wrong = wrong ? wrong : sane_windows(cycle);
    if (wrong) {
        return wrong;
    }
    SANE(isnan(cycle->start_share.value) == (cycle->starts[0] + cycle->starts[1] == 0));
    SANE(isnan(cycle->first_move_share.value) == (cycle->repair_count == 0));
    SANE(isnan(cycle->start_share.low) || cycle->start_share.low >= 0);
    SANE(isnan(cycle->start_share.high) || cycle->start_share.high <= 1);
    SANE(isnan(cycle->first_move_share.low) || cycle->first_move_share.low >= 0);
    SANE(isnan(cycle->first_move_share.high) || cycle->first_move_share.high <= 1);
    SANE(cycle->days >= 0);
    return NULL;
}

#endif
