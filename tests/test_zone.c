/* SPDX-License-Identifier: MIT
 * messages/zone.c: known changes of the clock, the inverse property for every zone, and
 * what is said of a zone that does not exist. */
#include <stdlib.h>

#include <unicode/ucal.h>
#include <unicode/uenum.h>

#include "check.h"
#include "core/calendar.h"
#include "messages/reader.h"
#include "scarce.h"

#define HOUR 3600

static int64_t clock_at(int32_t year, int32_t month, int32_t day, int hour, int minute)
{
    return ebb_days_from_date((ebb_date_t){year, month, day}) * EBB_DAY_S +
           hour * HOUR + minute * 60;
}

static ebb_zone_t *must_open(const char *name)
{
    ebb_zone_t *zone = NULL;
    ebb_error_t error;
    if (ebb_zone_open(&zone, name, NULL, &error)) {
        fprintf(stderr, "%s: %s\n", name, error.text);
        exit(1);
    }
    return zone;
}

/* the offset of a wall clock, in minutes; +10000 where it is ambiguous */
static int local_minutes(const ebb_zone_t *zone, int64_t local_s, bool second)
{
    bool ambiguous = false;
    int32_t offset = ebb_zone_offset_of_local(zone, local_s, second, &ambiguous);
    return offset / 60 + (ambiguous ? 10000 : 0);
}

/* 2024-10-27 03:00 CEST became 02:00 CET: 02:00..02:59 came twice */
static void test_berlin(void)
{
    ebb_zone_t *zone = must_open("Europe/Berlin");
    CHECK(ebb_zone_offset_at(zone, clock_at(2024, 10, 27, 0, 59)) == 2 * HOUR);
    CHECK(ebb_zone_offset_at(zone, clock_at(2024, 10, 27, 1, 0)) == HOUR);
    CHECK(local_minutes(zone, clock_at(2024, 10, 27, 1, 59), false) == 120);
    CHECK(local_minutes(zone, clock_at(2024, 10, 27, 2, 0), false) == 10120);
    CHECK(local_minutes(zone, clock_at(2024, 10, 27, 2, 59), false) == 10120);
    CHECK(local_minutes(zone, clock_at(2024, 10, 27, 2, 0), true) == 10060);
    CHECK(local_minutes(zone, clock_at(2024, 10, 27, 3, 0), false) == 60);
    CHECK(local_minutes(zone, clock_at(2024, 10, 27, 3, 0), true) == 60);
    CHECK(local_minutes(zone, clock_at(2024, 3, 31, 2, 30), false) == 10060);
    CHECK(local_minutes(zone, clock_at(2024, 3, 31, 3, 0), false) == 120);
    /* no summer time in Germany in 1975, before the table, and after it */
    CHECK(ebb_zone_offset_at(zone, clock_at(1975, 7, 1, 12, 0)) == HOUR);
    CHECK(ebb_zone_offset_at(zone, clock_at(1965, 7, 1, 12, 0)) == HOUR);
    CHECK(ebb_zone_offset_at(zone, clock_at(2099, 7, 1, 12, 0)) == 2 * HOUR);
    CHECK(ebb_zone_offset_at(zone, clock_at(2500, 7, 1, 12, 0)) == HOUR);
    ebb_zone_free(zone);
}

/* 2024-03-10 02:00 EST became 03:00 EDT: 02:00..02:59 never came */
static void test_new_york(void)
{
    ebb_zone_t *zone = must_open("America/New_York");
    CHECK(ebb_zone_offset_at(zone, clock_at(2024, 3, 10, 6, 59)) == -5 * HOUR);
    CHECK(ebb_zone_offset_at(zone, clock_at(2024, 3, 10, 7, 0)) == -4 * HOUR);
    CHECK(local_minutes(zone, clock_at(2024, 3, 10, 1, 59), false) == -300);
    CHECK(local_minutes(zone, clock_at(2024, 3, 10, 2, 30), false) == 10000 - 300);
    CHECK(local_minutes(zone, clock_at(2024, 3, 10, 2, 30), true) == 10000 - 300);
    CHECK(local_minutes(zone, clock_at(2024, 3, 10, 3, 0), false) == -240);
    CHECK(local_minutes(zone, clock_at(2024, 11, 3, 1, 30), false) == 10000 - 240);
    CHECK(local_minutes(zone, clock_at(2024, 11, 3, 1, 30), true) == 10000 - 300);
    /* the rule of before 2007: first Sunday in April */
    CHECK(local_minutes(zone, clock_at(2006, 4, 2, 1, 59), false) == -300);
    CHECK(local_minutes(zone, clock_at(2006, 4, 2, 3, 0), false) == -240);
    ebb_zone_free(zone);
}

/* zones with half hours, in the south, without summer time, over the date line */
static void test_others(void)
{
    ebb_zone_t *zone = must_open("Asia/Kolkata");
    CHECK(ebb_zone_offset_at(zone, 0) == 19800);
    CHECK(local_minutes(zone, clock_at(2024, 7, 1, 0, 0), false) == 330);
    ebb_zone_free(zone);
    zone = must_open("Australia/Sydney"); /* summer time ends in April */
    CHECK(local_minutes(zone, clock_at(2024, 1, 15, 12, 0), false) == 660);
    CHECK(local_minutes(zone, clock_at(2024, 4, 7, 2, 30), false) == 10660);
    CHECK(local_minutes(zone, clock_at(2024, 4, 7, 2, 30), true) == 10600);
    CHECK(local_minutes(zone, clock_at(2024, 10, 6, 2, 30), false) == 10600);
    ebb_zone_free(zone);
    zone = must_open("Australia/Lord_Howe"); /* the half-hour summer time */
    CHECK(local_minutes(zone, clock_at(2024, 4, 7, 1, 45), false) == 10660);
    CHECK(local_minutes(zone, clock_at(2024, 4, 7, 1, 45), true) == 10630);
    CHECK(local_minutes(zone, clock_at(2024, 4, 7, 2, 0), false) == 630);
    ebb_zone_free(zone);
    zone = must_open("Pacific/Apia"); /* 2011-12-30 was left out */
    CHECK(local_minutes(zone, clock_at(2011, 12, 29, 23, 59), false) == -600);
    CHECK(local_minutes(zone, clock_at(2011, 12, 30, 12, 0), false) == 10000 - 600);
    CHECK(local_minutes(zone, clock_at(2011, 12, 31, 0, 0), false) == 840);
    ebb_zone_free(zone);
    zone = must_open("UTC");
    CHECK(local_minutes(zone, clock_at(2024, 3, 31, 2, 30), false) == 0);
    ebb_zone_free(zone);
}

/* instant -> wall clock -> instant is the identity with one of the two readings, and
 * only disturbed wall clocks are called ambiguous; near every change of every zone */
static void check_inverse(const char *name, long *wrong, long *changes)
{
    ebb_zone_t *zone = must_open(name);
    int32_t before = ebb_zone_offset_at(zone, 0);
    for (int64_t hour = 0; hour < clock_at(2040, 1, 1, 0, 0); hour += HOUR) {
        int32_t after = ebb_zone_offset_at(zone, hour + HOUR);
        if (after == before) {
            continue;
        }
        ++*changes;
        for (int64_t at = hour - 26 * HOUR; at <= hour + 26 * HOUR; at += 600) {
            bool once = false, twice = false;
            int32_t offset = ebb_zone_offset_at(zone, at);
            int32_t first = ebb_zone_offset_of_local(zone, at + offset, false, &once);
            int32_t last = ebb_zone_offset_of_local(zone, at + offset, true, &twice);
            *wrong += once != twice || (first != offset && last != offset) ||
                      once != (first != last) || first < last;
            ebb_calm_t calm = ebb_zone_calm(zone, at + offset);
            bool within = at + offset >= calm.from_s && at + offset < calm.until_s;
            *wrong += within == once || (within && calm.offset_s != offset);
        }
        before = after;
    }
    ebb_zone_free(zone);
}

static void test_inverse(void)
{
    static const char *const names[] = {
        "Europe/Berlin",     "Europe/London",       "America/New_York",
        "America/St_Johns",  "Australia/Lord_Howe", "Pacific/Apia",
        "Pacific/Kwajalein", "Africa/Casablanca",   "Asia/Tehran",
        "Antarctica/Troll",  "America/Caracas",     "Asia/Pyongyang",
        "Africa/Juba",       "Europe/Istanbul",     "America/Sao_Paulo",
    };
    long wrong = 0, changes = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_inverse(names[i], &wrong, &changes);
    }
    CHECK(wrong == 0);
    CHECK(changes > 500);
}

/* every zone ICU calls canonical opens, and the offset before the first change is the
 * one ICU gives for 1970 */
static void test_all_open(void)
{
    UErrorCode status = U_ZERO_ERROR;
    UEnumeration *names = ucal_openTimeZoneIDEnumeration(
        UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
    const char *name = NULL;
    int opened = 0;
    while ((name = uenum_next(names, NULL, &status)) != NULL && U_SUCCESS(status)) {
        ebb_zone_t *zone = must_open(name);
        int32_t offset = ebb_zone_offset_at(zone, clock_at(2024, 1, 1, 0, 0));
        CHECK(offset >= -12 * HOUR && offset <= 14 * HOUR);
        opened++;
        ebb_zone_free(zone);
    }
    uenum_close(names);
    CHECK(opened > 300);
}

static void check_hint(const char *name, const char *hint)
{
    ebb_zone_t *zone = NULL;
    ebb_error_t error = {0};
    CHECK(ebb_zone_open(&zone, name, NULL, &error) == EBB_ERR_ARGUMENT);
    CHECK(zone == NULL && error.code == EBB_ERR_ARGUMENT);
    CHECK(strstr(error.text, name) != NULL || strlen(name) > 64);
    check_one(strstr(error.text, hint) != NULL, hint, __FILE__, __LINE__);
    if (!strstr(error.text, hint)) {
        fprintf(stderr, "    %s: %s\n", name, error.text);
    }
}

static void test_unknown(void)
{
    check_hint("Europe/Berln", "'Europe/Berlin'");
    check_hint("Berlin", "'Europe/Berlin'");
    check_hint("new york", "'America/New_York'");
    check_hint("europe/london", "'Europe/London'");
    check_hint("America/NewYork", "'America/New_York'");
    check_hint("BST", "several places");
    check_hint("IST", "several places");
    check_hint("xyzzyplugh", "such as Europe/Berlin");
    check_hint("", "such as Europe/Berlin");
    check_hint("Etc/Unknown", "unknown time zone");
    check_hint("Z\xC3\xBCrich", "'Europe/Zurich'");
    check_hint(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "such as Europe/Berlin");
}

/* the n-th allocation fails, for every n */
static void test_memory(void)
{
    int code = EBB_ERR_MEMORY;
    long n = 0;
    for (; n < 100 && code; n++) {
        scarce_t scarce = {.left = n};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_zone_t *zone = NULL;
        ebb_error_t error = {0};
        code = ebb_zone_open(&zone, "Europe/Berlin", &alloc, &error);
        CHECK(code == EBB_OK || (code == EBB_ERR_MEMORY && zone == NULL));
        ebb_zone_free(zone);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK && n > 2);
    ebb_zone_free(NULL);
}

int main(void)
{
    test_berlin();
    test_new_york();
    test_others();
    test_inverse();
    test_all_open();
    test_unknown();
    test_memory();
    return check_report(__FILE__);
}
