/* SPDX-License-Identifier: MIT
 * The loop on the desk: gains and states of rest whose closed forms are known. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ebb/engine.h"

#define WORD(text) (text), strlen(text)

/* Around the ring a little more of what shows comes back as the product of both pushes;
 * habit is so slow that it stands still meanwhile. */
static const char ring[] =
    "model ring \"A push goes around\"\ntime day\n"
    "param push = 0.5 in [0, 2]\nparam learning = 0.002 in [0, 1]\n"
    "input pressed = 1\nstate heat = 0.4\nstate habit = 0.1\n"
    "let shown = pressed*(push + habit)*heat\n"
    "d heat = partner.shown - heat\nd habit = learning*(heat - habit)\n"
    "scenario pressing \"Pressed later\" uses ring\nrun 8\nat 4: a.pressed = 0.5\n";

/* Calm, and locked on either side: x = tanh(2x). */
static const char fork[] = "model fork \"Two ways to rest\"\ntime day\n"
                           "state heat = 0.1\nlet shown = tanh(2*heat)\n"
                           "d heat = partner.shown - heat\n";

enum { RING_TIMES = 5, RING_WIDTH = 6 }; /* four states, two lets */

static const double ring_times[RING_TIMES] = {0, 1, 3, 5, 8};

/* A desk on which couple 0 has run. */
static ebb_desk_t *desk_that_ran(const char *text, const char *scenario, double *rows)
{
    ebb_desk_t *desk = ebb_desk_new();
    CHECK(ebb_desk_read_model(desk, text, strlen(text)) == EBB_OK);
    if (scenario) {
        CHECK(ebb_desk_read_scenario(desk, text, strlen(text), WORD(scenario)) ==
              EBB_OK);
    }
    CHECK(ebb_desk_option(desk, WORD("length"), WORD("8")) == EBB_OK);
    CHECK(ebb_desk_times(desk, ring_times, RING_TIMES) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(ebb_desk_run(desk, 0, 1, rows) == EBB_OK);
    return desk;
}

static void test_gain(void)
{
    double rows[RING_TIMES * RING_WIDTH], gains[RING_TIMES];
    ebb_desk_t *desk = desk_that_ran(ring, "pressing", rows);
    CHECK(ebb_desk_gain(desk, WORD("a.shown"), rows, gains) == EBB_OK);
    for (size_t k = 0; k < RING_TIMES; k++) {
        const double *at = rows + k * RING_WIDTH; /* heat of both, habit of both */
        double pressed = ring_times[k] < 4 ? 1 : 0.5;
        CHECK_NEAR(gains[k], pressed * (0.5 + at[2]) * (0.5 + at[3]), 1e-12);
    }
    /* what is set reaches the gain */
    CHECK(ebb_desk_set(desk, WORD("push"), 0.9) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(ebb_desk_run(desk, 0, 1, rows) == EBB_OK);
    CHECK(ebb_desk_gain(desk, WORD("b.shown"), rows, gains) == EBB_OK);
    CHECK_NEAR(gains[0], (0.9 + 0.1) * (0.9 + 0.1), 1e-12);
    ebb_desk_free(desk);
}

/* The number behind the n-th of a key. */
static double number_after(const char *text, const char *key, int n)
{
    for (; text && n >= 0; n--) {
        text = strstr(text, key);
        text = text ? text + strlen(key) : NULL;
    }
    return text ? strtod(text, NULL) : (double)NAN;
}

static int count_of(const char *text, const char *word)
{
    int count = 0;
    for (; (text = strstr(text, word)); text += strlen(word)) {
        count++;
    }
    return count;
}

static void test_rests(void)
{
    const double locked = 0.9575040240772688; /* of x = tanh(2x), by Newton */
    double rows[RING_TIMES * 4];
    ebb_desk_t *desk = desk_that_ran(fork, NULL, rows);
    CHECK(ebb_desk_rests(desk, rows, 0, 0) == EBB_OK);
    const char *said = ebb_desk_reply(desk);
    CHECK(count_of(said, "\"kind\"") == 3);
    CHECK(count_of(said, "\"stable\":true") == 2);
    CHECK(count_of(said, "\"kind\":\"saddle\",\"stable\":false") == 1);
    CHECK_NEAR(number_after(said, "\"values\":[", 0), -locked, 1e-7);
    CHECK_NEAR(number_after(said, "\"values\":[", 1), 0, 1e-7);
    CHECK_NEAR(number_after(said, "\"values\":[", 2), locked, 1e-7);
    ebb_desk_free(desk);
}

/* What is slow stays where it is at the time that is asked for. */
static void test_rests_slow(void)
{
    double rows[RING_TIMES * RING_WIDTH];
    ebb_desk_t *desk = desk_that_ran(ring, NULL, rows);
    CHECK(ebb_desk_rests(desk, rows, 3, 8) == EBB_OK);
    const char *said = ebb_desk_reply(desk);
    CHECK(count_of(said, "\"stable\":true") == 1 && count_of(said, "\"kind\"") == 1);
    const char *values = strstr(said, "\"values\":[");
    double heat = number_after(said, "\"values\":[", 0);
    CHECK_NEAR(heat, 0, 1e-9);
    CHECK(values &&
          fabs(number_after(values, ",", 1) - rows[3 * RING_WIDTH + 2]) < 1e-12);
    ebb_desk_free(desk);
}

static void expect_refused(ebb_desk_t *desk, int code, const char *sentence)
{
    CHECK(code == EBB_ERR_ARGUMENT);
    CHECK_STRING(ebb_desk_reply(desk), sentence);
}

static void test_refusals(void)
{
    double rows[RING_TIMES * RING_WIDTH], gains[RING_TIMES];
    ebb_desk_t *desk = desk_that_ran(ring, NULL, rows);
    expect_refused(desk, ebb_desk_rests(desk, rows, RING_TIMES, 0),
                   "the run writes no such time");
    CHECK(ebb_desk_gain(desk, WORD("a.shwon"), rows, gains) == EBB_ERR_ARGUMENT);
    CHECK(strstr(ebb_desk_reply(desk), "did you mean `a.shown`?") != NULL);
    CHECK(ebb_desk_output(desk, WORD("a.heat")) == EBB_OK);
    expect_refused(desk, ebb_desk_gain(desk, WORD("a.shown"), rows, gains),
                   "no run is prepared of what is set now");
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    expect_refused(desk, ebb_desk_gain(desk, WORD("a.shown"), rows, gains),
                   "the loop is looked at in a run that writes all states and lets");
    ebb_desk_free(desk);
}

int main(void)
{
    test_gain();
    test_rests();
    test_rests_slow();
    test_refusals();
    return check_report(__FILE__);
}
