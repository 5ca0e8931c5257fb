/* SPDX-License-Identifier: MIT
 *
 * The rivals' rules on small handmade histories; one message a row.
 *
 * A history is written as a string of steps: a letter says who writes (A, B, or S for a
 * system line), the number before it how many minutes after the message before.
 */
#include <stdlib.h>

#include "check.h"

#include "../verify/rivals.h"

enum { ROOM = 256 };

static const int64_t MONDAY = 1736121600;

/* Writes the steps `times` times over from `hour` o'clock of the first Monday on, each
 * repetition a day later. */
static size_t tell(ebb_event_t *events, int hour, int times, const char *steps)
{
    size_t count = 0;
    for (int day = 0; day < times; day++) {
        int64_t at_s = MONDAY + day * 86400 + hour * 3600;
        for (const char *step = steps; *step && count < ROOM; step++) {
            char *end = NULL;
            at_s += 60 * strtol(step, &end, 10);
            step = end;
            const bool system = *step == 'S';
            events[count++] =
                (ebb_event_t){.local_s = at_s,
                              .person = system ? EBB_PERSON_NONE : *step == 'B',
                              .kind = system ? EBB_KIND_SYSTEM : EBB_KIND_TEXT};
        }
    }
    return count;
}

static void test_counts(void)
{
    ebb_event_t events[ROOM];
    ebb_rival_counts_t counts;
    size_t n = tell(events, 10, 1, "0A 5A 4A 30A 31A 1B 6S 1B 1441A");
    ebb_rival_count(events, n, &counts);
    CHECK(counts.perseverance[0] == 2); /* 5 and 30 min; not 4, not 31 */
    CHECK(counts.perseverance[1] == 1); /* a system line between does not count */
    CHECK(counts.sessions[0] == 3 && counts.sessions[1] == 0);
    CHECK(counts.ice_breaks[0] == 1 && counts.ice_breaks[1] == 0);
    ebb_rival_count(events, 0, &counts);
    CHECK(counts.sessions[0] == 0);
}

static void test_perseverance(void)
{
    ebb_event_t events[ROOM];
    size_t n = tell(events, 10, 9, "0A 6A 1B");
    CHECK(ebb_rival_perseverance(events, n) == EBB_RIVAL_NONE); /* nine are too few */
    n = tell(events, 10, 10, "0A 6A 1B");
    CHECK(ebb_rival_perseverance(events, n) == EBB_RIVAL_A);
    n = tell(events, 10, 10, "0B 6B 1A");
    CHECK(ebb_rival_perseverance(events, n) == EBB_RIVAL_B);
    n = tell(events, 10, 10, "0B 6B 6B 6B 1A 6A 6A"); /* 3 : 2, just clear enough */
    CHECK(ebb_rival_perseverance(events, n) == EBB_RIVAL_B);
    n = tell(events, 10, 10, "0B 6B 6B 6B 6B 1A 6A 6A 6A"); /* 4 : 3 */
    CHECK(ebb_rival_perseverance(events, n) == EBB_RIVAL_NONE);
}

static void test_bursts(void)
{
    ebb_event_t events[ROOM];
    const char *four = "0A 3A 3A 3A 300B";
    size_t n = tell(events, 10, 1, four);
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_NONE); /* one cycle only */
    n = tell(events, 10, 2, four);
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_A);
    CHECK(ebb_rival_bursts_strict(events, n) == EBB_RIVAL_NONE);
    n = tell(events, 10, 2, "0B 3B 3B 3B 3B 3B 300B"); /* unanswered, too, is a cycle */
    CHECK(ebb_rival_bursts_strict(events, n) == EBB_RIVAL_B);
    n = tell(events, 10, 2, "0A 1A 1A 3A 1A 3A 300B"); /* three logical ones */
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_NONE);
    n = tell(events, 10, 2, "0A 3A 3A 30A 300B"); /* half an hour ends the run */
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_NONE);
}

static void test_bursts_silence(void)
{
    ebb_event_t events[ROOM];
    size_t n = tell(events, 10, 2, "0A 3A 3A 3A 239B");
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_NONE); /* below four hours */
    n = tell(events, 10, 2, "0A 3A 3A 3A 240B");
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_A);
    n = tell(events, 10, 2, "0A 3A 3A 3A 720B");
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_A);
    n = tell(events, 10, 2, "0A 3A 3A 3A 721B"); /* a long silence is not seen */
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_NONE);
    n = tell(events, 21, 2, "0A 3A 3A 3A 300B"); /* nor one that begins at night */
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_NONE);
    n = tell(events, 20, 2, "0A 3A 3A 3A 300B");
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_A);
}

static void test_bursts_roles(void)
{
    ebb_event_t events[ROOM];
    size_t n = tell(events, 9, 3, "0A 3A 3A 3A 240B 3B 3B 3B 240A");
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_MUTUAL);
    n = tell(events, 9, 1, "0A 3A 3A 3A 240B 3B 3B 3B 1000A 400A 3A 3A 3A 300B");
    CHECK(ebb_rival_bursts_loose(events, n) == EBB_RIVAL_A); /* 2 : 1 */
}

static void test_starter(void)
{
    ebb_event_t events[ROOM];
    size_t n = tell(events, 10, 1, "0A 1B");
    CHECK(ebb_rival_starter(events, n) == EBB_RIVAL_NONE); /* no silence yet */
    CHECK(ebb_rival_starter(events, 0) == EBB_RIVAL_NONE);
    n = tell(events, 10, 1, "0B 360A 1B 359B");
    CHECK(ebb_rival_starter(events, n) == EBB_RIVAL_A);
    n = tell(events, 10, 1, "0A 360A 360A 360A 360A 360A 360A 360A 360B 360B 360B");
    CHECK(ebb_rival_starter(events, n) == EBB_RIVAL_NONE); /* exactly 70 % */
    n = tell(events, 10, 1, "0A 360B 360B 360B 360A");
    CHECK(ebb_rival_starter(events, n) == EBB_RIVAL_B);
}

int main(void)
{
    test_counts();
    test_perseverance();
    test_bursts();
    test_bursts_silence();
    test_bursts_roles();
    test_starter();
    return check_report(__FILE__);
}
