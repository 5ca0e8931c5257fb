/* SPDX-License-Identifier: MIT
 *
 * Course, silences and episodes (section 9 of docs/maths/measure.md) of a record made
 * by hand: from 9 to 21 o'clock person 0 writes on the hour and person 1 answers five
 * minutes later, but for some days.
 */
#include <stdlib.h>

#include "check.h"
#include "ebb/cycle.h"
#include "record.h"

#define HOUR 3600
#define DAY 86400
#define DAYS 75

static record_t record;

static void write_at(int day, int hour, int minute, int person, ebb_kind_t kind)
{
    record_at(&record, (int64_t)day * DAY + hour * HOUR + minute * 60, person, kind);
}

static void exchanges(int day, int from, int until)
{
    for (int hour = from; hour < until; hour++) {
        write_at(day, hour, 0, 0, EBB_KIND_TEXT);
        write_at(day, hour, 5, 1, EBB_KIND_TEXT);
    }
}

/* Person 0 writes at 12:00, 12:30 and 13:30, then this happens. */
static void wait_in_vain(int day, int hour, int minute, int person, ebb_kind_t kind)
{
    exchanges(day, 9, 12);
    write_at(day, 12, 0, 0, EBB_KIND_TEXT);
    write_at(day, 12, 30, 0, EBB_KIND_TEXT);
    write_at(day, 13, 30, 0, EBB_KIND_TEXT);
    write_at(day, hour, minute, person, kind);
    exchanges(day, hour + 2, 22);
}

/* Person 1 answers at 12:05 and then waits, writing at 13:10, 14:30, 16:00. */
static void wait_of_the_other(int day)
{
    exchanges(day, 9, 13);
    write_at(day, 13, 10, 1, EBB_KIND_TEXT);
    write_at(day, 14, 30, 1, EBB_KIND_VOICE);
    write_at(day, 16, 0, 1, EBB_KIND_TEXT);
    write_at(day, 16, 30, 0, EBB_KIND_REACTION);
    exchanges(day, 18, 22);
}

static void fill_record(void)
{
    record.count = 0;
    for (int day = 0; day < DAYS; day++) {
        switch (day) {
        case 30:
        case 31:
        case 41:
        case 51: /* silence */
            break;
        case 42: /* a call of person 1 ends it */
            write_at(day, 10, 0, 1, EBB_KIND_CALL);
            exchanges(day, 11, 22);
            break;
        case 52: /* one message, and nothing for another day */
            write_at(day, 9, 0, 0, EBB_KIND_TEXT);
            break;
        case 60:
            wait_in_vain(day, 13, 50, 1, EBB_KIND_TEXT);
            break;
        case 62:
            wait_in_vain(day, 13, 50, 1, EBB_KIND_MEDIA);
            break;
        case 64:
            wait_in_vain(day, 13, 50, 0, EBB_KIND_CALL);
            break;
        case 66:
            wait_in_vain(day, 16, 10, 1, EBB_KIND_TEXT);
            break;
        case 70:
            wait_of_the_other(day);
            break;
        case DAYS - 1: /* the record ends in waiting */
            wait_in_vain(day, 20, 0, 0, EBB_KIND_REACTION);
            break;
        default:
            exchanges(day, 9, 22);
            break;
        }
    }
}

static int64_t clock_of(int day, int hour, int minute)
{
    return RECORD_MONDAY + (int64_t)day * DAY + hour * HOUR + minute * 60;
}

static void test_counts(const ebb_cycle_t *cycle)
{
    uint64_t messages[2] = {0};
    for (size_t i = 0; i < record.count; i++) {
        ebb_kind_t kind = (ebb_kind_t)record.events[i].kind;
        messages[record.events[i].person] +=
            kind != EBB_KIND_CALL && kind != EBB_KIND_REACTION;
    }
    CHECK(cycle->events == record.count && cycle->calls == 2);
    CHECK(cycle->messages[0] == messages[0] && cycle->messages[1] == messages[1]);
    CHECK(cycle->first_s == clock_of(0, 9, 0));
    CHECK(cycle->last_s == clock_of(DAYS - 1, 20, 0));
    CHECK_NEAR(cycle->days, DAYS - 1 + 11 / 24.0, 1e-4);
    CHECK(!cycle->minute_clock && cycle->week_count == 11 && cycle->window_count == 0);
    /* all turns are of one message, as 5 minutes never pass between two of one person
     */
    CHECK(cycle->turns[0] == messages[0] && cycle->turns[1] == messages[1]);
    CHECK_NEAR(cycle->reply_minutes[1], 5, 0.02);
    CHECK_NEAR(cycle->reply_minutes[0], 55, 0.02);
    CHECK_NEAR(cycle->reply_p90_minutes[1], 5, 0.02);
    CHECK_NEAR(cycle->reply_p90_minutes[0], 55, 0.02); /* nights are one in 13 */
}

/* Nobody's first message is a start; after that, who breaks six hours of quiet. */
static void test_starts(const ebb_cycle_t *cycle)
{
    uint64_t days_begun = DAYS - 4 - 1; /* but for days of silence and the first */
    CHECK(cycle->start_gap_h == 6);
    CHECK(cycle->starts[1] == 1 && cycle->starts[0] == days_begun - 1);
    CHECK_NEAR(cycle->start_share.value, 1 - 1 / (double)days_begun, 1e-12);
    CHECK(cycle->start_share.low > 0.8 && cycle->start_share.high <= 1);
}

static void test_weeks(const ebb_cycle_t *cycle)
{
    const ebb_week_t *first = &cycle->weeks[0], *quiet = &cycle->weeks[4];
    CHECK(first->begin_s == RECORD_MONDAY);
    CHECK(first->messages[0] == 91 && first->messages[1] == 91);
    CHECK(first->turns[0] == 91 && first->followups[0] + first->followups[1] == 0);
    CHECK_NEAR(first->reply_minutes[0], 55, 0.02);
    CHECK_NEAR(first->reply_minutes[1], 5, 0.02);
    CHECK_NEAR(first->longest_silence_h, 11 + 55 / 60.0, 1e-3);
    CHECK(quiet->messages[0] == 5 * 13);
    CHECK_NEAR(quiet->longest_silence_h, 59 + 55 / 60.0, 1e-3);
    CHECK(cycle->weeks[7].followups[0] == 1); /* the lone message, and a day later */
    CHECK(cycle->weeks[8].followups[0] == 4 && cycle->weeks[9].followups[0] == 4);
    CHECK(cycle->weeks[10].followups[1] == 3 && cycle->weeks[10].followups[0] == 2);
    CHECK(cycle->arms[0][1].followups == 1 + 2 * 5 && cycle->arms[1][1].followups == 3);
}

/* Of the days that the record has: 75 from a Monday on, 55 of them working days. */
static void test_hours(const ebb_cycle_t *cycle)
{
    int written[2][2][24] = {0}, days[2] = {0};
    for (int day = 0; day < DAYS; day++) {
        days[day % 7 >= 5]++;
        for (int hour = 0; hour < 24; hour++) {
            bool by[2] = {false, false};
            for (size_t i = 0; i < record.count; i++) {
                const ebb_event_t *event = &record.events[i];
                int64_t second = event->local_s - RECORD_MONDAY;
                by[event->person] |= second / HOUR == (int64_t)day * 24 + hour &&
                                     event->kind != EBB_KIND_CALL &&
                                     event->kind != EBB_KIND_REACTION;
            }
            written[0][day % 7 >= 5][hour] += by[0];
            written[1][day % 7 >= 5][hour] += by[1];
        }
    }
    CHECK(days[0] == 55 && days[1] == 20);
    for (int i = 0; i < 96; i++) {
        int k = i / 48, weekend = i / 24 % 2, hour = i % 24;
        CHECK_NEAR(cycle->hours[k][weekend][hour],
                   written[k][weekend][hour] / (double)days[weekend], 1e-5);
    }
}

static void check_repair(const ebb_repair_t *repair, int64_t begin_s, int64_t end_s,
                         int mover, double normal_after_h)
{
    CHECK(repair->begin_s == begin_s && repair->end_s == end_s);
    CHECK(repair->first_mover == mover && repair->by_call == (mover == 1));
    CHECK(isnan(repair->normal_after_h) == isnan(normal_after_h));
    if (!isnan(normal_after_h)) {
        CHECK_NEAR(repair->normal_after_h, normal_after_h, 1e-3);
    }
}

/* Usual numbers of turns a day over the 28 days before: 13; 26 x 13 / 28 = 12.1; then
 * 12; (23 x 13 + 11) / 28 = 11.1. */
static void test_silences(const ebb_cycle_t *cycle)
{
    CHECK(cycle->silence_h == 12);
    CHECK(cycle->repair_count == 4);
    if (cycle->repair_count != 4) {
        return;
    }
    const ebb_repair_t *repairs = cycle->repairs;
    /* the 13th turns of both: at 21:00 and 21:05 */
    check_repair(&repairs[0], clock_of(29, 21, 5), clock_of(32, 9, 0), 0,
                 12 + 5 / 60.0);
    /* 11 turns on that day, and two on the next morning, within 24 hours */
    check_repair(&repairs[1], clock_of(40, 21, 5), clock_of(42, 10, 0), 1,
                 24 + 5 / 60.0);
    /* another silence comes first */
    check_repair(&repairs[2], clock_of(50, 21, 5), clock_of(52, 9, 0), 0, (double)NAN);
    /* the 12th turns, at 20:00 and 20:05 */
    check_repair(&repairs[3], clock_of(52, 9, 0), clock_of(53, 9, 0), 0, 11 + 5 / 60.0);
    CHECK(cycle->first_moves[0] == 3 && cycle->first_moves[1] == 1);
    CHECK(cycle->first_move_share.value == 0.75);
    CHECK(isnan(cycle->first_move_share.low)); /* in three weeks only */
    CHECK_NEAR(cycle->normal_after_h.value, 12 + 5 / 60.0, 1e-3);
    CHECK(isnan(cycle->normal_after_h.low));
}

static void check_episode(const ebb_episode_t *episode, int64_t begin_s, int64_t end_s,
                          ebb_ending_t ending)
{
    CHECK(episode->begin_s == begin_s);
    CHECK(llabs((long long)(episode->end_s - end_s)) <= (ending == EBB_ENDED_OPEN));
    CHECK(episode->ending == ending);
    CHECK(episode->surprise > 0.8 && episode->surprise <= 1);
    CHECK(episode->pursuer == 1 || episode->followups == 2);
    if (episode->pursuer == 0) {
        CHECK_NEAR(episode->turn_hours[0], 0.5, 1e-3);
        CHECK_NEAR(episode->turn_hours[1], 1.5, 1e-3);
    }
}

static void test_episodes(const ebb_cycle_t *cycle)
{
    CHECK(cycle->episode_count == 6);
    if (cycle->episode_count != 6) {
        return;
    }
    static const struct {
        int day, hour, minute;
        ebb_ending_t ending;
    } ends[] = {{60, 13, 50, EBB_ENDED_BY_ANSWER}, {62, 13, 50, EBB_ENDED_BY_MEDIA},
                {64, 13, 50, EBB_ENDED_BY_CALL},   {66, 16, 10, EBB_ENDED_AFTER_PAUSE},
                {70, 16, 30, EBB_ENDED_BY_MEDIA},  {74, 20, 0, EBB_ENDED_OPEN}};
    for (size_t i = 0; i < 6; i++) {
        bool other = ends[i].day == 70;
        CHECK(cycle->episodes[i].pursuer == other);
        check_episode(&cycle->episodes[i], clock_of(ends[i].day, 12, other ? 5 : 0),
                      clock_of(ends[i].day, ends[i].hour, ends[i].minute),
                      ends[i].ending);
    }
    const ebb_episode_t *fifth = &cycle->episodes[4];
    CHECK(fifth->followups == 3);
    CHECK_NEAR(fifth->turn_hours[0], 1 + 5 / 60.0, 1e-3);
    CHECK_NEAR(fifth->turn_hours[2], 3 + 55 / 60.0, 1e-3);
    CHECK(fifth->turn_hours[3] == 0);
    /* medians: 2 follow-ups, and a length between 110 and 250 minutes */
    CHECK(cycle->typical_episode != 4 && cycle->typical_episode < 6);
}

/* More follow-ups than are kept, a message after a week, and a missed call. */
static void test_edges(void)
{
    fill_record();
    for (int hour = 0; hour < 20; hour++) {
        write_at(DAYS, 1 + hour, 0, 0, EBB_KIND_TEXT);
    }
    write_at(DAYS + 8, 9, 0, 1, EBB_KIND_MISSED_CALL);
    write_at(DAYS + 8, 10, 0, 0, EBB_KIND_TEXT);
    ebb_cycle_t *cycle = NULL;
    CHECK(ebb_cycle_measure(&cycle, record.events, record.count, NULL, NULL) == EBB_OK);
    const ebb_episode_t *last = &cycle->episodes[cycle->episode_count - 1];
    /* the last day's waiting goes on: an own reaction ends nothing */
    CHECK(last->begin_s == clock_of(DAYS - 1, 12, 0) && last->followups == 22);
    CHECK_NEAR(last->turn_hours[11], 13 + 9, 1e-3);
    CHECK(last->ending == EBB_ENDED_OPEN); /* an answer after a week is none */
    CHECK(llabs((long long)(last->end_s - clock_of(DAYS + 7, 20, 0))) <= 1);
    CHECK(cycle->week_count == 12 && cycle->weeks[11].followups[0] == 0);
    CHECK(isnan(cycle->weeks[11].reply_minutes[1]));
    CHECK_NEAR(cycle->weeks[11].reply_minutes[0], 60, 0.02);
    const ebb_repair_t *repair = &cycle->repairs[cycle->repair_count - 1];
    CHECK(repair->first_mover == 1 && repair->by_call && isnan(repair->normal_after_h));
    CHECK_NEAR(cycle->weeks[11].longest_silence_h, 8 * 24 - 11, 1e-3);
    ebb_cycle_free(cycle);
}

/* Calls told without a name: one ends a long silence, which has no first mover then and
 * is no start of anybody; one ends an episode; a missed one changes nothing. */
static void test_calls_without_name(void)
{
    fill_record();
    ebb_cycle_t *named = NULL, *unnamed = NULL;
    CHECK(ebb_cycle_measure(&named, record.events, record.count, NULL, NULL) == EBB_OK);
    for (size_t i = 0; i < record.count; i++) {
        ebb_event_t *event = &record.events[i];
        event->person = event->kind == EBB_KIND_CALL ? EBB_PERSON_NONE : event->person;
    }
    write_at(DAYS - 1, 23, 0, EBB_PERSON_NONE, EBB_KIND_MISSED_CALL);
    CHECK(ebb_cycle_measure(&unnamed, record.events, record.count, NULL, NULL) ==
          EBB_OK);
    CHECK(named->repair_count == 4 && unnamed->repair_count == 3);
    CHECK(named->first_moves[1] == 1 && unnamed->first_moves[1] == 0);
    CHECK(unnamed->first_moves[0] == 3);
    CHECK(unnamed->starts[1] + 1 == named->starts[1]);
    CHECK(unnamed->starts[0] == named->starts[0]);
    CHECK(unnamed->calls == named->calls && named->calls == 2);
    CHECK(unnamed->episode_count == named->episode_count);
    CHECK(unnamed->episodes[2].ending == EBB_ENDED_BY_CALL);
    ebb_cycle_free(named);
    ebb_cycle_free(unnamed);
}

/* Flights between clocks eight hours apart: an hour that comes again counts once. */
static void test_repeated_hours(void)
{
    record.count = 0;
    for (int i = 0; i < 400; i++) {
        int32_t offset_s = i / 40 % 2 ? -8 * HOUR : 0;
        ebb_event_t *event =
            record_at(&record, (int64_t)i * 15 * 60 + offset_s, i % 2, EBB_KIND_TEXT);
        event->offset_s = offset_s;
    }
    ebb_cycle_t *cycle = NULL;
    CHECK(ebb_cycle_measure(&cycle, record.events, record.count, NULL, NULL) == EBB_OK);
    for (int i = 0; i < 96; i++) {
        float share = cycle->hours[i / 48][i / 24 % 2][i % 24];
        CHECK(share >= 0 && share <= 1.0001f);
    }
    ebb_cycle_free(cycle);
}

int main(void)
{
    fill_record();
    ebb_cycle_t *cycle = NULL;
    CHECK(ebb_cycle_measure(&cycle, record.events, record.count, NULL, NULL) == EBB_OK);
    test_counts(cycle);
    test_starts(cycle);
    test_weeks(cycle);
    test_hours(cycle);
    test_silences(cycle);
    test_episodes(cycle);
    ebb_cycle_free(cycle);
    test_edges();
    test_calls_without_name();
    test_repeated_hours();
    return check_report(__FILE__);
}
