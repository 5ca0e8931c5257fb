/* SPDX-License-Identifier: MIT
 * What the document says of the two directions, of the whole record and of its spans of
 * 13 weeks. Logs of rate ratios become ratios here and nowhere else. */
#include <math.h>

#include "report/parts.h"

const char *ebb_verdict_word(ebb_verdict_t verdict)
{
    static const char *const words[] = {
#define EBB_VERDICT_WORD(name, word) [name] = (word),
        EBB_VERDICT_LIST(EBB_VERDICT_WORD)
#undef EBB_VERDICT_WORD
    };
    return words[verdict];
}

static void put_reasons(ebb_json_t *json, unsigned reasons)
{
    ebb_json_key(json, "reasons");
    ebb_json_begin(json, '[');
#define EBB_REASON_WORD(name, bit, word) \
    if (reasons & (bit)) {               \
        ebb_json_string(json, word);     \
    }
    EBB_REASON_LIST(EBB_REASON_WORD)
#undef EBB_REASON_WORD
    ebb_json_end(json, ']');
}

static void put_fit(ebb_json_t *json, const char *key, ebb_fit_t fit)
{
    ebb_json_key(json, key);
    if (!isfinite(fit.distance)) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "distance", fit.distance);
    ebb_json_put_number(json, "limit", fit.limit);
    ebb_json_put_bool(json, "passes", fit.passes);
    ebb_json_end(json, '}');
}

static void put_ratio(ebb_json_t *json, const char *key, ebb_estimate_t log_ratio,
                      int sign)
{
    ebb_json_key(json, key);
    ebb_report_put_estimate(json, ebb_estimate_ratio(log_ratio, sign));
}

static void put_arm_counts(ebb_json_t *json, const ebb_arms_t *arms)
{
    const struct {
        const char *key;
        uint64_t value;
    } counts[] = {{"bids", arms->bids},
                  {"followups", arms->followups},
                  {"replies", arms->replies},
                  {"weeks", arms->weeks}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        ebb_json_put_count(json, counts[i].key, counts[i].value);
    }
}

/* The members of "main", "gap_2", "gap_10" and of a span's direction. The loop share
 * has a meaning only where a loop is claimed. */
static void put_arms(ebb_json_t *json, const ebb_arms_t *arms, ebb_verdict_t verdict)
{
    put_arm_counts(json, arms);
    put_ratio(json, "pursuit_ratio", arms->pursuit, 1);
    put_ratio(json, "pursuit_second_ratio", arms->pursuit_second, 1);
    put_ratio(json, "reply_ratio", arms->withdrawal, -1);
    put_ratio(json, "reply_ratio_dose", arms->withdrawal_dose, -1);
    ebb_json_put_number(json, "pursuit_se", arms->pursuit_se);
    ebb_json_put_number(json, "withdrawal_se", arms->withdrawal_se);
    ebb_json_key(json, "loop_share");
    if (verdict == EBB_LOOP) {
        ebb_report_put_estimate(json, arms->loop_share);
    } else {
        ebb_json_null(json);
    }
    put_fit(json, "reply_fit", arms->reply_fit);
    put_fit(json, "followup_fit", arms->followup_fit);
    ebb_json_put_number(json, "weeks_needed", arms->weeks_needed);
}

static void put_verdict(ebb_json_t *json, ebb_verdict_t verdict, unsigned reasons)
{
    ebb_json_put_string(json, "verdict", ebb_verdict_word(verdict));
    put_reasons(json, reasons);
}

static void put_direction(ebb_json_t *json, const ebb_cycle_t *cycle, int k)
{
    static const struct {
        const char *key;
        int gap;
    } views[] = {{"main", 1}, {"gap_2", 0}, {"gap_10", 2}};
    ebb_json_begin(json, '{');
    ebb_json_key(json, "pursuer");
    ebb_json_int(json, k);
    put_verdict(json, cycle->verdict[k], cycle->arms[k][1].reasons);
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        ebb_json_key(json, views[i].key);
        ebb_json_begin(json, '{');
        put_arms(json, &cycle->arms[k][views[i].gap], cycle->verdict[k]);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, '}');
}

void ebb_report_put_directions(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "verdict");
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        ebb_json_string(json, ebb_verdict_word(cycle->verdict[k]));
    }
    ebb_json_end(json, ']');
    ebb_json_key(json, "directions");
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        put_direction(json, cycle, k);
    }
    ebb_json_end(json, ']');
}

static void put_window(ebb_json_t *json, const ebb_window_t *window)
{
    ebb_json_begin(json, '{');
    ebb_json_key(json, "begin");
    ebb_report_put_wall(json, window->begin_s);
    ebb_json_key(json, "end");
    ebb_report_put_wall(json, window->end_s);
    ebb_json_key(json, "directions");
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        const ebb_arms_t *arms = &window->arms[k];
        ebb_json_begin(json, '{');
        put_verdict(json, arms->verdict, arms->reasons);
        put_arms(json, arms, arms->verdict);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

void ebb_report_put_windows(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "windows");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < cycle->window_count; i++) {
        put_window(json, &cycle->windows[i]);
    }
    ebb_json_end(json, ']');
}
