/* SPDX-License-Identifier: MIT
 * Small values of the document, and its member "data": how much there is and how it was
 * read. Labels of inputs stay out: a file is often called after a person. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/calendar.h"
#include "report/parts.h"

void ebb_report_put_wall(ebb_json_t *json, int64_t local_s)
{
    char text[EBB_WALL_SIZE];
    ebb_wall_format(text, local_s);
    ebb_json_string(json, text);
}

double ebb_messages_per_day(const ebb_cycle_t *cycle)
{
    return (double)(cycle->messages[0] + cycle->messages[1]) / fmax(cycle->days, 1);
}

bool ebb_estimate_known(ebb_estimate_t e)
{
    return isfinite(e.value) && isfinite(e.low) && isfinite(e.high);
}

ebb_estimate_t ebb_estimate_ratio(ebb_estimate_t e, int sign)
{
    static const ebb_estimate_t unknown = {(double)NAN, (double)NAN, (double)NAN};
    ebb_estimate_t ratio = {exp(sign * e.value), exp(sign * e.low), exp(sign * e.high)};
    if (sign < 0) {
        double low = ratio.high;
        ratio.high = ratio.low;
        ratio.low = low;
    }
    return ebb_estimate_known(ratio) ? ratio : unknown;
}

void ebb_report_put_estimate(ebb_json_t *json, ebb_estimate_t e)
{
    if (!ebb_estimate_known(e)) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "value", e.value);
    ebb_json_put_number(json, "low", e.low);
    ebb_json_put_number(json, "high", e.high);
    ebb_json_end(json, '}');
}

void ebb_report_put_counts(ebb_json_t *json, const uint64_t counts[2])
{
    ebb_json_begin(json, '[');
    ebb_json_int(json, (int64_t)counts[0]);
    ebb_json_int(json, (int64_t)counts[1]);
    ebb_json_end(json, ']');
}

void ebb_report_put_float(ebb_json_t *json, float value)
{
    char text[32] = "";
    for (int digits = 1; digits <= 9; digits++) {
        (void)snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value) {
            break;
        }
    }
    ebb_json_number(json, strtod(text, NULL));
}

static const char *date_order_word(ebb_date_order_t order)
{
    static const char *const words[] = {
        [EBB_DATE_STATED] = "stated", [EBB_DATE_DMY] = "dmy",
        [EBB_DATE_MDY] = "mdy",       [EBB_DATE_YMD] = "ymd",
        [EBB_DATE_YDM] = "ydm",       [EBB_DATE_MIXED] = "mixed",
    };
    return words[order];
}

static const char *certainty_word(ebb_certainty_t certainty)
{
    static const char *const words[] = {
        [EBB_CERTAIN] = "certain",
        [EBB_LIKELY] = "likely",
        [EBB_AMBIGUOUS] = "ambiguous",
    };
    return words[certainty];
}

static void put_positions(ebb_json_t *json, const ebb_source_t *source)
{
    uint64_t kept = source->not_understood < EBB_POSITIONS_KEPT ? source->not_understood
                                                                : EBB_POSITIONS_KEPT;
    ebb_json_key(json, "positions");
    ebb_json_begin(json, '[');
    for (uint64_t i = 0; i < kept; i++) {
        ebb_json_begin(json, '{');
        ebb_json_put_count(json, "line", source->positions[i].line);
        ebb_json_put_count(json, "column", source->positions[i].column);
        ebb_json_put_string(json, "reason", source->positions[i].reason);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void put_source(ebb_json_t *json, const ebb_source_t *source)
{
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "format", source->format);
    ebb_json_put_string(json, "dialect", source->dialect);
    ebb_json_put_count(json, "lines", source->lines);
    ebb_json_put_count(json, "events", source->events);
    ebb_json_put_count(json, "continuation", source->continuation);
    ebb_json_put_count(json, "not_understood", source->not_understood);
    put_positions(json, source);
    ebb_json_put_count(json, "undecrypted", source->undecrypted);
    ebb_json_put_count(json, "disappearing", source->disappearing);
    ebb_json_put_count(json, "reordered", source->reordered);
    ebb_json_put_string(json, "date_order", date_order_word(source->date_order));
    ebb_json_put_string(json, "date_certainty", certainty_word(source->date_certainty));
    ebb_json_put_count(json, "date_evidence", source->date_evidence);
    ebb_json_put_bool(json, "cap_suspected", source->cap_suspected);
    ebb_json_end(json, '}');
}

static void put_silence(ebb_json_t *json, const ebb_gap_t *gap)
{
    ebb_json_begin(json, '{');
    ebb_json_key(json, "begin");
    ebb_report_put_wall(json, gap->begin_s);
    ebb_json_key(json, "end");
    ebb_report_put_wall(json, gap->end_s);
    ebb_json_put_number(json, "days", (double)(gap->end_s - gap->begin_s) / EBB_DAY_S);
    ebb_json_end(json, '}');
}

static void put_account(ebb_json_t *json, const ebb_account_t *account)
{
    ebb_json_key(json, "sources");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < account->source_count; i++) {
        put_source(json, &account->sources[i]);
    }
    ebb_json_end(json, ']');
    ebb_json_key(json, "gaps");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < account->gap_count; i++) {
        put_silence(json, &account->gaps[i]);
    }
    ebb_json_end(json, ']');
    ebb_json_put_count(json, "dropped_persons", account->dropped_persons);
    ebb_json_put_count(json, "duplicates", account->duplicates);
    ebb_json_put_count(json, "ambiguous_times", account->ambiguous_times);
}

static uint64_t weeks_with_messages(const ebb_cycle_t *cycle)
{
    uint64_t n = 0;
    for (size_t i = 0; i < cycle->week_count; i++) {
        n += cycle->weeks[i].messages[0] || cycle->weeks[i].messages[1];
    }
    return n;
}

static bool zone_is_known(const ebb_account_t *account)
{
    for (size_t i = 0; i < account->source_count; i++) {
        if (!account->sources[i].zone_known) {
            return false;
        }
    }
    return account->source_count > 0;
}

static void put_amount(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "first");
    ebb_report_put_wall(json, cycle->first_s);
    ebb_json_key(json, "last");
    ebb_report_put_wall(json, cycle->last_s);
    ebb_json_put_number(json, "days", cycle->days);
    ebb_json_put_count(json, "events", cycle->events);
    ebb_json_key(json, "messages");
    ebb_report_put_counts(json, cycle->messages);
    ebb_json_put_count(json, "calls", cycle->calls);
    ebb_json_key(json, "turns");
    ebb_report_put_counts(json, cycle->turns);
    ebb_json_put_count(json, "weeks", cycle->week_count);
    ebb_json_put_count(json, "weeks_with_events", weeks_with_messages(cycle));
    ebb_json_put_number(json, "per_day", ebb_messages_per_day(cycle));
    ebb_json_put_bool(json, "minute_clock", cycle->minute_clock);
}

void ebb_report_put_data(ebb_json_t *json, const ebb_report_source_t *from)
{
    const ebb_account_t *account = ebb_history_account(from->history);
    ebb_json_key(json, "data");
    ebb_json_begin(json, '{');
    put_amount(json, from->cycle);
    ebb_json_put_string(json, "zone", from->opts->tz);
    ebb_json_put_bool(json, "zone_known", zone_is_known(account));
    put_account(json, account);
    ebb_json_end(json, '}');
}
