/* SPDX-License-Identifier: MIT
 * From events to contacts: what counts, on which clock, and how ties are spread. */
#include "check.h"
#include "cycle/contacts.h"
#include "record.h"

static record_t record; /* large; every test begins it anew */

static void begin_record(void)
{
    record.count = 0;
    record.flags = 0;
}

#define SECOND (1.0 / 60) /* what a clock in seconds leaves open, in minutes */

static int make(ebb_contacts_t *contacts)
{
    return ebb_contacts_make(contacts, record.events, record.count, ebb_alloc_default(),
                             NULL);
}

/* Two texts of each, so that a record is long enough; from `minute` on. */
static void add_minimum(int64_t minute)
{
    for (int i = 0; i < 4; i++) {
        record_text(&record, minute + i, i % 2);
    }
}

static void test_kinds(void)
{
    static const struct {
        ebb_kind_t kind;
        int type; /* -1: does not count */
    } kinds[] = {
        {EBB_KIND_TEXT, EBB_CONTACT_MESSAGE},
        {EBB_KIND_MEDIA, EBB_CONTACT_MESSAGE},
        {EBB_KIND_VOICE, EBB_CONTACT_MESSAGE},
        {EBB_KIND_DELETED, EBB_CONTACT_MESSAGE},
        {EBB_KIND_MISSED_CALL, EBB_CONTACT_MESSAGE},
        {EBB_KIND_CALL, EBB_CONTACT_CALL},
        {EBB_KIND_REACTION, EBB_CONTACT_REACTION},
        {EBB_KIND_SYSTEM, -1},
        {EBB_KIND_OTHER, -1},
    };
    CHECK(sizeof kinds / sizeof *kinds == EBB_KIND_COUNT);
    for (size_t i = 0; i < EBB_KIND_COUNT; i++) {
        begin_record();
        add_minimum(0);
        record_at(&record, 600, 1, kinds[i].kind);
        if (kinds[i].kind != EBB_KIND_CALL) {
            record_at(&record, 700, EBB_PERSON_NONE, kinds[i].kind); /* nobody's */
        }
        ebb_contacts_t contacts;
        CHECK(make(&contacts) == EBB_OK);
        CHECK(contacts.count == 4 + (kinds[i].type >= 0));
        if (kinds[i].type >= 0) {
            const ebb_contact_t *last = &contacts.list[contacts.count - 1];
            CHECK(last->type == kinds[i].type && last->kind == kinds[i].kind);
            CHECK(last->person == 1);
        }
        CHECK(contacts.messages[0] == 2);
        CHECK(contacts.messages[1] == 2u + (kinds[i].type == EBB_CONTACT_MESSAGE));
        CHECK(contacts.calls == (kinds[i].type == EBB_CONTACT_CALL));
        ebb_contacts_free(&contacts);
    }
}

/* A call that was taken is contact of both, whoever called. */
static void test_call_without_name(void)
{
    begin_record();
    add_minimum(0);
    record_at(&record, 600, EBB_PERSON_NONE, EBB_KIND_CALL);
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    CHECK(contacts.count == 5 && contacts.calls == 1);
    CHECK(contacts.list[4].type == EBB_CONTACT_CALL);
    CHECK(contacts.list[4].person == EBB_PERSON_NONE);
    CHECK(contacts.messages[0] == 2 && contacts.messages[1] == 2);
    ebb_contacts_free(&contacts);
}

/* Contacts of one tick stand inside it, in their order, on both clocks alike. */
static void check_spread(uint16_t flags, double tick_s)
{
    begin_record();
    record.flags = flags;
    record_at(&record, 60, 0, EBB_KIND_TEXT);
    for (int i = 0; i < 4; i++) {
        record_at(&record, 120, i % 2, EBB_KIND_TEXT);
    }
    record_at(&record, 180, 1, EBB_KIND_TEXT);
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    CHECK(contacts.minute_clock == (flags != 0));
    const double tick[] = {60, 120, 120, 120, 120, 180};
    const int person[] = {0, 0, 1, 0, 1, 1};
    for (size_t i = 0; i < 6; i++) {
        double late_s = contacts.list[i].t * 60 - tick[i];
        CHECK(late_s > 0 && late_s < tick_s);
        CHECK(i == 0 || contacts.list[i].t > contacts.list[i - 1].t);
        CHECK_NEAR(contacts.list[i].wall, contacts.list[i].t, 1e-12);
        CHECK(contacts.list[i].person == person[i]);
    }
    ebb_contacts_free(&contacts);
}

/* Two exports in one: the minutes of one, the seconds of the other. Each is spread over
 * what its own clock left open, and the order stays. */
static void test_mixed_clocks(void)
{
    begin_record();
    static const struct {
        int64_t second;
        bool minute;
    } times[] = {{60, true},  {60, true},  {61, false}, {119, false}, {120, true},
                 {120, true}, {120, true}, {120, true}, {121, false}, {300, false}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        record.flags = times[i].minute ? EBB_FLAG_MINUTE : 0;
        record_at(&record, times[i].second, (int)(i % 2), EBB_KIND_TEXT);
    }
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    for (size_t i = 0; i < contacts.count; i++) {
        double late_s = contacts.list[i].t * 60 - (double)times[i].second;
        CHECK(late_s > 0 && late_s <= 60);
        if (i > 0) {
            CHECK(contacts.list[i].t >= contacts.list[i - 1].t);
            CHECK(contacts.list[i].wall >= contacts.list[i - 1].wall);
        }
    }
    CHECK_NEAR(contacts.list[9].t * 60, 300.5, 0.5);
    ebb_contacts_free(&contacts);
}

static void test_errors(void)
{
    ebb_error_t error = {0};
    ebb_contacts_t contacts;
    CHECK(ebb_contacts_make(&contacts, NULL, 0, ebb_alloc_default(), &error) ==
          EBB_ERR_INPUT);
    ebb_contacts_free(&contacts);
    CHECK(error.code == EBB_ERR_INPUT && strstr(error.text, "two messages"));
    /* one message of person 1: calls, reactions and the words of nobody do not help */
    begin_record();
    record_text(&record, 0, 0);
    record_text(&record, 1, 0);
    record_text(&record, 2, 1);
    record_at(&record, 200, 1, EBB_KIND_REACTION);
    record_at(&record, 300, 1, EBB_KIND_CALL);
    record_at(&record, 400, EBB_PERSON_NONE, EBB_KIND_TEXT);
    CHECK(make(&contacts) == EBB_ERR_INPUT);
    ebb_contacts_free(&contacts);
    record_at(&record, 500, 1, EBB_KIND_MISSED_CALL);
    CHECK(make(&contacts) == EBB_OK);
    ebb_contacts_free(&contacts);
    /* one second too early, and the message says which */
    record_at(&record, 499, 1, EBB_KIND_TEXT);
    CHECK(ebb_contacts_make(&contacts, record.events, record.count, ebb_alloc_default(),
                            &error) == EBB_ERR_INPUT);
    CHECK(strstr(error.text, "event 8 ") != NULL);
    ebb_contacts_free(&contacts);
    /* what does not count may stand anywhere */
    record.events[record.count - 1].person = EBB_PERSON_NONE;
    CHECK(make(&contacts) == EBB_OK);
    ebb_contacts_free(&contacts);
}

static void add_zoned(int64_t second, int32_t offset_s, int person)
{
    record_at(&record, second, person, EBB_KIND_TEXT)->offset_s = offset_s;
}

/* Clocks go from +2 h to +1 h at 3:00: 1.5 h pass between 2:30 and 2:30 or later. */
static void test_clock_set_back(void)
{
    const int64_t night = 6 * 86400; /* a Sunday */
    begin_record();
    add_zoned(night + 9000, 7200, 0);  /* 2:30, first time */
    add_zoned(night + 10200, 7200, 1); /* 2:50, first time */
    add_zoned(night + 7800, 3600, 0);  /* 2:10, second time: 20 minutes later */
    add_zoned(night + 10800, 3600, 1); /* 3:00 */
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    double first = 6 * EBB_DAY_MIN + 150 + 0.5 / 60;
    const double t[] = {0, 20, 40, 90}, wall[] = {0, 20, -20, 30};
    for (size_t i = 0; i < 4; i++) {
        CHECK_NEAR(contacts.list[i].t, first + t[i], SECOND);
        CHECK_NEAR(contacts.list[i].wall, first + wall[i], SECOND);
    }
    ebb_contacts_free(&contacts);
    /* one offset unknown: only the wall clock is left, and that went back */
    record.events[3].offset_s = EBB_OFFSET_UNKNOWN;
    CHECK(make(&contacts) == EBB_ERR_INPUT);
    ebb_contacts_free(&contacts);
    /* the same if it is an event that does not count: the rule by which an import sorts
     * its events, and both must agree */
    record.events[3].offset_s = 3600;
    record_at(&record, night + 90000, EBB_PERSON_NONE, EBB_KIND_SYSTEM);
    CHECK(make(&contacts) == EBB_ERR_INPUT);
    ebb_contacts_free(&contacts);
}

/* Clocks go from +1 h to +2 h: the wall clock jumps, time does not. */
static void test_clock_set_forward(void)
{
    begin_record();
    add_zoned(7140, 3600, 0);  /* 1:59 */
    add_zoned(10860, 7200, 1); /* 3:01, two minutes later */
    add_zoned(10920, 7200, 0);
    add_zoned(10980, 7200, 1);
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    CHECK_NEAR(contacts.list[1].t - contacts.list[0].t, 2, SECOND);
    CHECK_NEAR(contacts.list[1].wall - contacts.list[0].wall, 62, SECOND);
    ebb_contacts_free(&contacts);
}

/* Lone messages are spread evenly over their minutes in the long run: 10,000 of them
 * fill each tenth of a minute with 1,000 and a few, within 5 standard deviations (1 in
 * 10^6). */
static void test_spread_is_even(void)
{
    enum { N = 10000 };
    begin_record();
    record.flags = EBB_FLAG_MINUTE;
    for (int i = 0; i < N; i++) {
        record_at(&record, 60 * (int64_t)i, i % 2, EBB_KIND_TEXT);
    }
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    int tenths[10] = {0};
    for (size_t i = 0; i < contacts.count; i++) {
        tenths[(size_t)((contacts.list[i].t - (double)i) * 10)]++;
    }
    for (size_t i = 0; i < 10; i++) {
        CHECK_NEAR(tenths[i], N / 10.0, 150);
    }
    ebb_contacts_free(&contacts);
}

static void test_weeks(void)
{
    begin_record();
    add_minimum(6 * 1440 + 1439 - 3); /* Sunday 23:56 .. 23:59 */
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_OK);
    CHECK(contacts.weeks == 1 && contacts.origin_s == RECORD_MONDAY);
    CHECK_NEAR(contacts.list[3].wall, EBB_WEEK_MIN - 1 + 0.5 / 60, SECOND);
    ebb_contacts_free(&contacts);
    record_text(&record, 7 * 1440, 0); /* Monday 00:00 */
    CHECK(make(&contacts) == EBB_OK && contacts.weeks == 2);
    ebb_contacts_free(&contacts);
    /* before 1970 too: 1969-12-30 was a Tuesday */
    for (size_t i = 0; i < record.count; i++) {
        record.events[i].local_s = -2 * 86400 + 60 * (int64_t)i;
    }
    CHECK(make(&contacts) == EBB_OK);
    CHECK(contacts.weeks == 1 && contacts.origin_s == -3 * 86400);
    ebb_contacts_free(&contacts);
}

/* Whole weeks later, the same times to the last bit, whatever the spreading. */
static void test_shift(void)
{
    ebb_contacts_t contacts, later;
    begin_record();
    record.flags = EBB_FLAG_MINUTE;
    for (int i = 0; i < 700; i++) {
        record_text(&record, (int64_t)i * i / 7 / 60 * 60 + i / 11, i % 2);
    }
    CHECK(make(&contacts) == EBB_OK);
    for (size_t i = 0; i < record.count; i++) {
        record.events[i].local_s += 2600 * (int64_t)604800; /* fifty years */
    }
    CHECK(make(&later) == EBB_OK);
    CHECK(later.count == contacts.count && later.weeks == contacts.weeks);
    int differences = 0;
    for (size_t i = 0; i < contacts.count; i++) {
        differences += contacts.list[i].t != later.list[i].t;
        differences += contacts.list[i].wall != later.list[i].wall;
    }
    CHECK(differences == 0);
    ebb_contacts_free(&contacts);
    ebb_contacts_free(&later);
}

/* A clock centuries off is a broken record, not one to be measured. */
static void test_far_times(void)
{
    begin_record();
    add_minimum(0);
    record_text(&record, (int64_t)100 * 366 * 1440, 0);
    ebb_contacts_t contacts;
    CHECK(make(&contacts) == EBB_ERR_INPUT);
    ebb_contacts_free(&contacts);
    const int64_t far[] = {INT64_MIN, INT64_MIN / 2, INT64_MAX / 2, INT64_MAX};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        begin_record();
        add_minimum(0);
        for (size_t j = 0; j < record.count; j++) {
            record.events[j].local_s = far[i];
            record.events[j].offset_s = i % 2 ? 50000 : EBB_OFFSET_UNKNOWN;
        }
        CHECK(make(&contacts) == EBB_ERR_INPUT);
        ebb_contacts_free(&contacts);
    }
}

int main(void)
{
    test_kinds();
    test_call_without_name();
    check_spread(0, 1);
    check_spread(EBB_FLAG_MINUTE, 60);
    test_mixed_clocks();
    test_errors();
    test_clock_set_back();
    test_clock_set_forward();
    test_spread_is_even();
    test_weeks();
    test_shift();
    test_far_times();
    return check_report(__FILE__);
}
