/* SPDX-License-Identifier: MIT
 * Availability and operational time [eq 2, 3]. */
#include "check.h"
#include "cycle/rhythm.h"
#include "draw.h"
#include "record.h"

#define K 300.0

static record_t record;

typedef struct made {
    ebb_contacts_t contacts;
    ebb_rhythm_t rhythm;
} made_t;

static void begin_record(void)
{
    record.count = 0;
    record.flags = 0;
}

static void make(made_t *made)
{
    CHECK(ebb_contacts_make(&made->contacts, record.events, record.count,
                            ebb_alloc_default(), NULL) == EBB_OK);
    CHECK(ebb_rhythm_make(&made->rhythm, &made->contacts, NULL) == EBB_OK);
}

static void unmake(made_t *made)
{
    ebb_rhythm_free(&made->rhythm);
    ebb_contacts_free(&made->contacts);
}

static double availability(const made_t *made, int person, int64_t hour)
{
    return exp(
        ebb_rhythm_log_availability(&made->rhythm, person, (double)hour * 60 + 30));
}

/* Every hour of 26 weeks: available always, and operational time is the clock's. */
static void test_constant_writer(void)
{
    begin_record();
    for (int64_t hour = 0; hour < 26 * 168; hour++) {
        record_text(&record, hour * 60 + 5, 0);
        record_text(&record, hour * 60 + 6, 1);
    }
    made_t made;
    make(&made);
    /* q = (7.5 N + 0.2)/(7.5 N + 4) and (3 N + 0.2)/(3 N + 4), N = 26 */
    double working = (26 + K * 195.2 / 199) / (26 + K);
    double weekend = (26 + K * 78.2 / 82) / (26 + K);
    for (int64_t hour = 0; hour < 26 * 168; hour += 13) {
        double want = hour % 168 < 120 ? working : weekend;
        CHECK_NEAR(availability(&made, 0, hour), want, 1e-6);
    }
    double week = ebb_rhythm_time(&made.rhythm, 1, 2 * EBB_WEEK_MIN) -
                  ebb_rhythm_time(&made.rhythm, 1, EBB_WEEK_MIN);
    CHECK_NEAR(week, EBB_WEEK_MIN, 0.002 * EBB_WEEK_MIN);
    unmake(&made);
}

/* The formula by hand. Person 0 writes on Mondays and Tuesdays at 9:00 and on Sundays
 * at 23:00 in each of two weeks, twice each, which counts once; a call counts for
 * nobody. */
static void test_pooling(void)
{
    begin_record();
    for (int64_t week = 0; week < 2; week++) {
        int64_t monday = week * 7 * 1440;
        record_text(&record, monday + 9 * 60, 0);
        record_text(&record, monday + 9 * 60 + 59, 0);
        record_text(&record, monday + 1440 + 9 * 60, 0);
        record_at(&record, (monday + 1440 + 10 * 60) * 60, 0, EBB_KIND_CALL);
        record_text(&record, monday + 2 * 1440 + 12 * 60, 1);
        record_text(&record, monday + 6 * 1440 + 23 * 60 + 1, 0);
    }
    made_t made;
    make(&made);
    double n = 2, days = 1.5 * 5 * n + 4, weekend_days = 1.5 * 2 * n + 4;
    double nine = (4 + 0.2) / days, beside = (4.0 / 4 + 0.2) / days, far = 0.2 / days;
    double late = (2 + 0.2) / weekend_days, midnight = (2.0 / 4 + 0.2) / weekend_days;
    const struct {
        int64_t hour;
        double count, pooled;
    } cases[] = {
        {9, 2, nine},                     /* Monday 9:00, written in both weeks */
        {24 + 9, 2, nine},                /* Tuesday */
        {48 + 9, 0, nine},                /* Wednesday borrows from them */
        {8, 0, beside},                   /* a neighbouring hour */
        {24 + 10, 0, beside},             /* where the call was */
        {15, 0, far},                     /* nothing near */
        {120 + 9, 0, 0.2 / weekend_days}, /* weekends are apart */
        {144 + 23, 2, late},              /* Sunday 23:00 */
        {120 + 0, 0, midnight},           /* hours of the day are a circle */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double want = (cases[i].count + K * cases[i].pooled) / (n + K);
        CHECK_NEAR(availability(&made, 0, cases[i].hour), want, 1e-7);
        CHECK_NEAR(availability(&made, 0, cases[i].hour + 168), want, 1e-7);
    }
    /* operational minutes of Monday 9:00 to 10:00: 60 a(9) sum(a)/sum(a^2) */
    double sum = 0, squares = 0;
    for (int64_t hour = 0; hour < 168; hour++) {
        double a = availability(&made, 0, hour);
        sum += a;
        squares += a * a;
    }
    double got =
        ebb_rhythm_time(&made.rhythm, 0, 600) - ebb_rhythm_time(&made.rhythm, 0, 540);
    CHECK_NEAR(got, 60 * availability(&made, 0, 9) * sum / squares, 1e-4);
    unmake(&made);
}

/* Two people who write from 8 to 23, one of them seven hours away. */
static void fill_waking_hours(int64_t weeks)
{
    draw_t draw = {1};
    begin_record();
    for (int64_t hour = 0; hour < weeks * 168; hour++) {
        for (int person = 0; person < 2; person++) {
            int64_t own = (hour + 7 * person) % 24;
            if (own >= 8 && own < 23 && draw_uniform(&draw) < 0.5) {
                record_text(&record, hour * 60 + 10 + person, person);
            }
        }
    }
}

static void test_nights(void)
{
    fill_waking_hours(26);
    made_t made;
    make(&made);
    for (int person = 0; person < 2; person++) {
        double asleep = 0, awake = 0;
        for (int64_t hour = 0; hour < 24; hour++) {
            int64_t own = (hour + 7 * person) % 24;
            double a = availability(&made, person, 3 * 168 + hour);
            bool night = own >= 0 && own < 7;
            CHECK(night ? a < 0.02 : own == 7 || own == 23 || a > 0.25);
            double cost =
                ebb_rhythm_time(&made.rhythm, person, (double)(hour + 1) * 60) -
                ebb_rhythm_time(&made.rhythm, person, (double)hour * 60);
            *(night ? &asleep : &awake) += cost;
        }
        /* sleep costs nothing: seven hours of it less than a quarter of one awake */
        CHECK(asleep < 15);
        CHECK(awake > 14 * 60);
    }
    unmake(&made);
}

static void test_operational_time(void)
{
    fill_waking_hours(40);
    made_t made;
    make(&made);
    draw_t draw = {2};
    double end = (double)made.rhythm.hours * 60;
    CHECK(ebb_rhythm_time(&made.rhythm, 0, 0) == 0);
    for (int i = 0; i < 2000; i++) {
        int person = i % 2;
        double u = draw_uniform(&draw) * end, v = draw_uniform(&draw) * end;
        double first = u < v ? u : v, last = u < v ? v : u;
        double a = ebb_rhythm_time(&made.rhythm, person, first);
        double b = ebb_rhythm_time(&made.rhythm, person, last);
        CHECK(b > a); /* no availability is 0, so time never stands still */
        /* additive: by single hours it is the sum of their availabilities */
        if (i < 50) {
            double typical = 0, sum = 0, squares = 0;
            for (int64_t hour = 0; hour < 168; hour++) {
                double p = availability(&made, person, hour);
                sum += p;
                squares += p * p;
            }
            typical = squares / sum;
            double within = fmod(u, 60), hour = floor(u / 60);
            double begin = ebb_rhythm_time(&made.rhythm, person, hour * 60);
            double p = availability(&made, person, (int64_t)hour);
            double got = ebb_rhythm_time(&made.rhythm, person, u) - begin;
            if (hour < 26 * 168) { /* one block */
                CHECK_NEAR(got, within * p / typical, 1e-4);
            }
        }
    }
    /* before the origin and beyond the end it goes on, as clocks do */
    CHECK(ebb_rhythm_time(&made.rhythm, 0, -60) < 0);
    CHECK(ebb_rhythm_time(&made.rhythm, 0, end + 600) >
          ebb_rhythm_time(&made.rhythm, 0, end));
    unmake(&made);
}

/* Awake by day, then by night: each block of 26 weeks has its own hours, and a rest of
 * less than 13 weeks joins the block before it. */
static void check_blocks(int64_t weeks, int64_t change, int64_t begins_block)
{
    begin_record();
    for (int64_t day = 0; day < weeks * 7; day++) {
        int64_t hour = day < change * 7 ? 12 : 2;
        record_text(&record, day * 1440 + hour * 60, 0);
        record_text(&record, day * 1440 + hour * 60 + 5, 1);
    }
    made_t made;
    make(&made);
    for (int64_t week = 0; week < weeks; week++) {
        double noon = availability(&made, 0, week * 168 + 12);
        double same =
            availability(&made, 0, (week < begins_block ? 0 : begins_block) * 168 + 12);
        CHECK(noon == same);
    }
    double before = availability(&made, 0, (begins_block - 1) * 168 + 12);
    if (begins_block < weeks) {
        CHECK(before > 10 * availability(&made, 0, begins_block * 168 + 12));
        /* the last block also serves the margin after the end */
        CHECK(availability(&made, 0, weeks * 168 + 2) ==
              availability(&made, 0, (weeks - 1) * 168 + 2));
    }
    unmake(&made);
}

/* Reactions show that somebody is there; calls and what nobody wrote do not count. */
static void test_what_counts(void)
{
    begin_record();
    for (int i = 0; i < 4; i++) {
        record_text(&record, i, i % 2);
    }
    record_at(&record, 5 * 3600, 0, EBB_KIND_REACTION);
    record_at(&record, 12 * 3600, 0, EBB_KIND_CALL);
    record_at(&record, 18 * 3600, 0, EBB_KIND_MISSED_CALL);
    made_t made;
    make(&made);
    double none = availability(&made, 0, 9);
    CHECK(availability(&made, 0, 5) > none);
    CHECK(availability(&made, 0, 12) == none);
    CHECK(availability(&made, 0, 18) > none);
    CHECK(availability(&made, 1, 18) == availability(&made, 1, 9));
    unmake(&made);
}

/* No message of one person in a whole block: the least availability, no division by
 * nothing. */
static void test_floor(void)
{
    begin_record();
    record_text(&record, 0, 1);
    record_text(&record, 1, 1);
    for (int64_t day = 0; day < 60 * 7; day++) {
        record_text(&record, day * 1440 + 600, 0);
    }
    made_t made;
    make(&made);
    for (int64_t hour = 30 * 168; hour < 30 * 168 + 168; hour++) {
        CHECK_NEAR(availability(&made, 1, hour), 0.004, 1e-9);
    }
    double week = ebb_rhythm_time(&made.rhythm, 1, 31 * EBB_WEEK_MIN) -
                  ebb_rhythm_time(&made.rhythm, 1, 30 * EBB_WEEK_MIN);
    CHECK_NEAR(week, EBB_WEEK_MIN, 1e-3);
    unmake(&made);
}

/* Two days of an hourly message each; `flights`: and one more of each from a clock
 * eight hours behind, half an hour later. */
static void record_hours(bool flights)
{
    begin_record();
    for (int64_t i = 0; i < 48; i++) {
        for (int person = 0; person < 2; person++) {
            record_at(&record, (24 + i) * 3600, person, EBB_KIND_TEXT)->offset_s = 0;
        }
        for (int person = 0; flights && person < 2; person++) {
            record_at(&record, (16 + i) * 3600 + 1800, person, EBB_KIND_TEXT)
                ->offset_s = -8 * 3600;
        }
    }
}

/* An hour that a clock set back repeats counts once, so flights add nothing. */
static void test_repeated_hours(void)
{
    made_t still, flown;
    record_hours(false);
    make(&still);
    record_hours(true);
    make(&flown);
    for (int64_t hour = 0; hour < 168; hour++) {
        CHECK(availability(&flown, 0, hour) == availability(&still, 0, hour));
        CHECK(availability(&flown, 1, hour) == availability(&still, 1, hour));
    }
    unmake(&flown);
    unmake(&still);
}

int main(void)
{
    test_constant_writer();
    test_pooling();
    test_nights();
    test_operational_time();
    check_blocks(52, 26, 26);
    check_blocks(38, 26, 38); /* twelve weeks more: one block */
    check_blocks(39, 26, 26); /* thirteen more: two */
    test_what_counts();
    test_floor();
    test_repeated_hours();
    return check_report(__FILE__);
}
