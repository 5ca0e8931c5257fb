/* SPDX-License-Identifier: MIT
 *
 * Reading points in time, and settling an event's wall clock and offset.
 *
 * A wall clock that came twice (summer time ended) is taken as the first passage until
 * the clock is seen to jump back within such an hour; from then on as the second, until
 * the hour is over. That is right for messages in order, and marked as ambiguous all
 * the same.
 */
#include "messages/stamp.h"

#include <string.h>

#include "core/calendar.h"

/* Wall clocks that a messenger's history may show; others are slips. */
#define DAY_FIRST (-25567) /* 1900-01-01 */
#define DAY_LAST 84370     /* 2200-12-31 */

/* Reads exactly `digits` digits at *at; -1 if they are not there. */
static int fixed_digits(const char **at, const char *end, int digits)
{
    int value = 0;
    if (end - *at < digits) {
        return -1;
    }
    for (int i = 0; i < digits; i++) {
        unsigned digit = (unsigned char)(*at)[i] - (unsigned)'0';
        if (digit > 9) {
            return -1;
        }
        value = value * 10 + (int)digit;
    }
    *at += digits;
    return value;
}

static bool take_byte(const char **at, const char *end, char c)
{
    bool there = *at < end && **at == c;
    *at += there;
    return there;
}

static const char *read_day(int64_t *days, const char **at, const char *end)
{
    ebb_date_t date;
    date.year = fixed_digits(at, end, 4);
    bool dash = take_byte(at, end, '-');
    bool slash = !dash && take_byte(at, end, '/');
    date.month = fixed_digits(at, end, 2);
    bool again = take_byte(at, end, dash ? '-' : '/');
    date.day = fixed_digits(at, end, 2);
    if (date.year < 0 || !(dash || slash) || !again || date.month < 0 || date.day < 0) {
        return EBB_NOT_A_TIME;
    }
    if (!ebb_date_is_valid(date)) {
        return "is a day that does not exist; write the year first, then month, day";
    }
    *days = ebb_days_from_date(date);
    return NULL;
}

static const char *read_clock(ebb_stamp_t *stamp, const char **at, const char *end)
{
    int hour = fixed_digits(at, end, 2);
    bool colon = take_byte(at, end, ':');
    int minute = fixed_digits(at, end, 2);
    int second = 0;
    stamp->minute = !take_byte(at, end, ':');
    if (!stamp->minute) {
        second = fixed_digits(at, end, 2);
        if (second >= 0 && (take_byte(at, end, '.') || take_byte(at, end, ','))) {
            const char *digits = *at;
            while (*at < end && (unsigned char)(**at) - (unsigned)'0' <= 9) {
                ++*at;
            }
            second = *at > digits ? second : -1;
        }
    }
    if (hour < 0 || !colon || minute < 0 || second < 0) {
        return EBB_NOT_A_TIME;
    }
    if (hour > 23 || minute > 59 || second > 60) {
        return "is a time of day that does not exist; hours go from 00 to 23";
    }
    second = second == 60 ? 59 : second; /* a leap second: no clock of ours shows it */
    stamp->time_s += hour * 3600 + minute * 60 + second;
    return NULL;
}

static const char *read_offset(ebb_stamp_t *stamp, const char **at, const char *end)
{
    stamp->offset_s = EBB_OFFSET_UNKNOWN;
    if (take_byte(at, end, 'Z') || take_byte(at, end, 'z')) {
        stamp->offset_s = 0;
        stamp->is_utc = true;
        return NULL;
    }
    bool plus = take_byte(at, end, '+');
    if (!plus && !take_byte(at, end, '-')) {
        return NULL;
    }
    int hours = fixed_digits(at, end, 2);
    bool colon = take_byte(at, end, ':');
    int minutes = *at < end || colon ? fixed_digits(at, end, 2) : 0;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
        return "has an offset that is none; write Z or, for example, +02:00";
    }
    stamp->offset_s = (hours * 3600 + minutes * 60) * (plus ? 1 : -1);
    return NULL;
}

/* Whole seconds of Unix time in any of four units, told by the number of digits: from
 * 1973 to 5138 these do not overlap. */
static const char *read_unix(ebb_stamp_t *stamp, const char *at, const char *end)
{
    uint64_t value = 0;
    int digits = 0;
    for (; at < end && (unsigned char)*at - (unsigned)'0' <= 9 && digits < 20; at++) {
        value = value * 10 + (uint64_t)(*at - '0');
        digits += value > 0;
    }
    if (take_byte(&at, end, '.')) {
        while (at < end && (unsigned char)*at - (unsigned)'0' <= 9) {
            at++;
        }
    }
    if (at != end || digits < 9 || digits > 19) {
        return EBB_NOT_A_TIME;
    }
    value /= digits >= 18   ? 1000000000
             : digits >= 15 ? 1000000
             : digits >= 12 ? 1000
                            : 1;
    *stamp = (ebb_stamp_t){.time_s = (int64_t)value, .is_utc = true};
    return NULL;
}

const char *ebb_stamp_parse(ebb_stamp_t *stamp, const char *bytes, size_t length)
{
    const char *at = bytes, *end = bytes + length;
    while (at < end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    while (at < end && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    *stamp = (ebb_stamp_t){0};
    if (end - at < 5 || (at[4] != '-' && at[4] != '/')) {
        return at == end ? "is empty" : read_unix(stamp, at, end);
    }
    int64_t days = 0;
    const char *wrong = read_day(&days, &at, end);
    stamp->time_s = days * EBB_DAY_S;
    if (!wrong && at == end) {
        return "is a day without a time of day; add it, as in 2024-03-31T14:05:09";
    }
    if (!wrong && !take_byte(&at, end, 'T') && !take_byte(&at, end, ' ') &&
        !take_byte(&at, end, 't')) {
        return EBB_NOT_A_TIME;
    }
    wrong = wrong ? wrong : read_clock(stamp, &at, end);
    (void)take_byte(&at, end, ' ');
    wrong = wrong ? wrong : read_offset(stamp, &at, end);
    return wrong || at == end ? wrong : EBB_NOT_A_TIME;
}

/* ---- an event's clocks ---- */

static void mark_ambiguous(ebb_clock_t *clock, ebb_event_t *event)
{
    event->flags |= EBB_FLAG_AMBIGUOUS_TIME;
    clock->import->ambiguous_times++;
}

static bool is_calm(const ebb_calm_t *calm, int64_t local_s)
{
    return local_s >= calm->from_s && local_s < calm->until_s;
}

/* The offset of a wall clock in the import's zone. */
static int32_t offset_by_zone(ebb_clock_t *clock, ebb_event_t *event, int64_t local_s)
{
    const ebb_zone_t *zone = clock->import->zone;
    if (!is_calm(&clock->calm, local_s)) {
        clock->calm = ebb_zone_calm(zone, local_s);
    }
    bool ambiguous = !is_calm(&clock->calm, local_s);
    clock->second =
        ambiguous && (clock->second || (local_s < clock->last_local_s &&
                                        clock->last_local_s - local_s < 2 * 3600));
    clock->last_local_s = local_s;
    if (!ambiguous) {
        return clock->calm.offset_s;
    }
    mark_ambiguous(clock, event);
    return ebb_zone_offset_of_local(zone, local_s, clock->second, &ambiguous);
}

static bool is_plausible(int64_t local_s)
{
    return local_s >= (int64_t)EBB_DAY_S * DAY_FIRST &&
           local_s < (int64_t)EBB_DAY_S * (DAY_LAST + 1);
}

const char *ebb_clock_set(ebb_clock_t *clock, ebb_event_t *event, const int64_t *local,
                          const int64_t *utc)
{
    const ebb_zone_t *zone = clock->import->zone;
    if (!is_plausible(local ? *local : *utc)) {
        return "is outside the years 1900 to 2200";
    }
    if (local && utc) {
        int64_t offset = *local - *utc;
        if (offset > EBB_DAY_S || offset < -EBB_DAY_S) {
            return "shows a wall clock more than a day away from its instant";
        }
        event->local_s = *local;
        event->offset_s = (int32_t)offset;
    } else if (utc) {
        event->offset_s = zone ? ebb_zone_offset_at(zone, *utc) : 0;
        event->local_s = *utc + event->offset_s;
    } else {
        event->local_s = *local;
        event->offset_s =
            zone ? offset_by_zone(clock, event, *local) : EBB_OFFSET_UNKNOWN;
    }
    return NULL;
}
