/* SPDX-License-Identifier: MIT
 * The desk of ebb/engine.h, natively: what it computes is what ebb/run.h computes, it
 * answers in the JSON that its contract names, and refuses in sentences. */
#include <stdlib.h>

#include "check.h"
#include "ebb/engine.h"
#include "ebb/run.h"
#include "engine/desk.h"
#include "run/machine.h"

static const char pair[] =
    "model pair \"Two\"\ntime day\n"
    "param gain = 0.5 in [0, 2] unit 1/day \"how fast\"\n"
    "trait need = 1 in [-3, 3]\nshared input stress = 0\n"
    "state warmth = 0.25 in [0, 8]\nlet total = sum(warmth)\n"
    "d warmth = gain*(need + stress - warmth)\n"
    "scenario calm \"Nothing happens\" uses pair\nrun 4 day\n"
    "expect value(total, 4) > 1 \"they warm\"\nexpect value(a.warmth, 4) < 0\n"
    "scenario storm \"It pours\" uses pair\nrun 8 day\nat 2: stress = 1\n";

static const size_t pair_size = sizeof pair - 1;

/* Calls with a NUL-terminated text. */
#define WORD(text) (text), strlen(text)

static ebb_desk_t *desk_of_pair(void)
{
    ebb_desk_t *desk = ebb_desk_new();
    CHECK(desk && ebb_desk_read_model(desk, pair, pair_size) == EBB_OK);
    CHECK_STRING(ebb_desk_reply(desk), "");
    return desk;
}

static void expect_refused(ebb_desk_t *desk, int code, int wanted, const char *sentence)
{
    CHECK(code == wanted);
    CHECK_STRING(ebb_desk_reply(desk), sentence);
    CHECK(ebb_desk_reply_size(desk) == strlen(sentence));
}

/* --- descriptions ----------------------------------------------------------------- */

static void test_describe(void)
{
    ebb_desk_t *desk = desk_of_pair();
    CHECK(ebb_desk_describe(desk) == EBB_OK);
    CHECK_STRING(
        ebb_desk_reply(desk),
        "{\"name\":\"pair\",\"text\":\"Two\",\"source\":\"\",\"time\":\"day\","
        "\"steps\":false,\"alike\":true,\"persons\":[\"a\",\"b\"],"
        "\"params\":[{\"name\":\"gain\",\"person\":\"\",\"text\":\"how fast\","
        "\"unit\":\"1/day\",\"source\":\"\",\"value\":0.5,\"low\":0,\"high\":2}],"
        "\"traits\":[{\"name\":\"a.need\",\"person\":\"a\",\"text\":\"\",\"unit\":\"\","
        "\"source\":\"\",\"value\":1,\"low\":-3,\"high\":3},"
        "{\"name\":\"b.need\",\"person\":\"b\",\"text\":\"\",\"unit\":\"\","
        "\"source\":\"\",\"value\":1,\"low\":-3,\"high\":3}],"
        "\"inputs\":[{\"name\":\"stress\",\"person\":\"\",\"text\":\"\",\"unit\":\"\","
        "\"source\":\"\",\"value\":0,\"low\":null,\"high\":null}],"
        "\"states\":[{\"name\":\"a.warmth\",\"person\":\"a\",\"text\":\"\","
        "\"unit\":\"\",\"source\":\"\",\"value\":null,\"low\":0,\"high\":8},"
        "{\"name\":\"b.warmth\",\"person\":\"b\",\"text\":\"\",\"unit\":\"\","
        "\"source\":\"\",\"value\":null,\"low\":0,\"high\":8}],"
        "\"lets\":[{\"name\":\"total\",\"person\":\"\",\"text\":\"\",\"unit\":\"\","
        "\"source\":\"\",\"value\":null,\"low\":null,\"high\":null}],"
        "\"events\":0,\"delays\":0}");
    CHECK(ebb_desk_list(desk, pair, pair_size) == EBB_OK);
    CHECK_STRING(
        ebb_desk_reply(desk),
        "[{\"name\":\"calm\",\"uses\":\"pair\",\"text\":\"Nothing "
        "happens\",\"facts\":[]},"
        "{\"name\":\"storm\",\"uses\":\"pair\",\"text\":\"It pours\",\"facts\":[]}]");
    ebb_desk_free(desk);
}

/* --- runs ------------------------------------------------------------------------- */

/* x = need + (x0 - need) exp(-gain t): what is set reaches the equations. */
static void test_values(void)
{
    static const double times[] = {0, 2, 4}, needs[] = {0, 1, -2};
    double values[3 * 3 * 2], totals[5 * 3 * 2], median[3 * 2];
    ebb_desk_t *desk = desk_of_pair();
    CHECK(ebb_desk_set(desk, WORD("gain"), 1.5) == EBB_OK);
    CHECK(ebb_desk_set(desk, WORD("a.warmth"), 3) == EBB_OK);
    CHECK(ebb_desk_vary(desk, WORD("a.need"), needs, 3) == EBB_OK);
    CHECK(ebb_desk_option(desk, WORD("length"), WORD("4")) == EBB_OK);
    CHECK(ebb_desk_option(desk, WORD("tolerance"), WORD("1e-10")) == EBB_OK);
    CHECK(ebb_desk_times(desk, times, 3) == EBB_OK);
    CHECK(ebb_desk_output(desk, WORD("total")) == EBB_OK);
    CHECK(ebb_desk_output(desk, WORD("a.warmth")) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 1) == EBB_OK);
    CHECK_STRING(ebb_desk_reply(desk),
                 "{\"method\":\"dopri5\",\"engine\":\"interpreter\",\"length\":4,"
                 "\"times\":3,\"outputs\":[\"total\",\"a.warmth\"],\"expects\":0}");
    CHECK(ebb_desk_run(desk, 0, 3, values) == EBB_OK);
    CHECK_STRING(ebb_desk_reply(desk), "{\"failed\":0,\"first\":null,\"why\":null}");
    CHECK(ebb_desk_totals(desk, totals) == EBB_OK);
    CHECK(ebb_desk_quantile(desk, 1, median) == EBB_OK);
    for (int t = 0; t < 3; t++) {
        double b = 1 + (0.25 - 1) * exp(-1.5 * times[t]), mean = 0;
        for (int c = 0; c < 3; c++) {
            double a = needs[c] + (3 - needs[c]) * exp(-1.5 * times[t]);
            CHECK_NEAR(values[(c * 3 + t) * 2 + 1], a, 1e-8);
            CHECK_NEAR(values[(c * 3 + t) * 2], a + b, 1e-8);
            mean += a / 3;
        }
        CHECK(totals[(t * 2 + 1) * 5] == 3);
        CHECK_NEAR(totals[(t * 2 + 1) * 5 + 1], mean, 1e-8);
        CHECK(median[t * 2 + 1] == totals[(t * 2 + 1) * 5 + 4]);
    }
    ebb_desk_free(desk);
}

static double warmth_of(ebb_desk_t *desk, uint32_t couple)
{
    double value = NAN;
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(ebb_desk_run(desk, couple, couple + 1, &value) == EBB_OK);
    return value;
}

/* What is set can be taken back; couples go round the values that vary. */
static void test_undone(void)
{
    static const double starts[] = {5, 7};
    ebb_desk_t *desk = desk_of_pair();
    double end = 0;
    CHECK(ebb_desk_option(desk, WORD("length"), WORD("1")) == EBB_OK);
    CHECK(ebb_desk_times(desk, &end, 1) == EBB_OK);
    CHECK(ebb_desk_output(desk, WORD("b.warmth")) == EBB_OK);
    CHECK(warmth_of(desk, 0) == 0.25);
    CHECK(ebb_desk_set(desk, WORD("b.warmth"), 2) == EBB_OK);
    CHECK(warmth_of(desk, 3) == 2);
    CHECK(ebb_desk_vary(desk, WORD("b.warmth"), starts, 2) == EBB_OK);
    CHECK(warmth_of(desk, 3) == 7 && warmth_of(desk, 4) == 5);
    CHECK(ebb_desk_vary(desk, WORD("b.warmth"), NULL, 0) == EBB_OK);
    CHECK(warmth_of(desk, 3) == 2);
    CHECK(ebb_desk_set(desk, WORD("b.warmth"), NAN) == EBB_OK);
    CHECK(warmth_of(desk, 3) == 0.25);
    CHECK(ebb_desk_read_model(desk, pair, pair_size) == EBB_OK);
    CHECK(ebb_desk_output(desk, NULL, 0) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(strstr(ebb_desk_reply(desk), "[\"a.warmth\",\"b.warmth\",\"total\"]"));
    ebb_desk_free(desk);
}

static void test_scenario(void)
{
    ebb_desk_t *desk = desk_of_pair();
    expect_refused(desk, ebb_desk_read_scenario(desk, pair, pair_size, WORD("fog")),
                   EBB_ERR_CHOICE,
                   "there is no scenario `fog`; choose one of: calm storm");
    CHECK(ebb_desk_read_scenario(desk, pair, pair_size, WORD("calm")) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(ebb_desk_run(desk, 0, 2, NULL) == EBB_OK);
    CHECK(ebb_desk_verdicts(desk) == EBB_OK);
    CHECK_STRING(
        ebb_desk_reply(desk),
        "[{\"text\":\"they warm\",\"code\":\"value(total, 4) > 1\",\"line\":11,"
        "\"share\":1,\"kept\":2,\"broken\":0,\"holds\":true},"
        "{\"text\":\"\",\"code\":\"value(a.warmth, 4) \\u003c 0\",\"line\":12,"
        "\"share\":1,\"kept\":0,\"broken\":2,\"holds\":false}]");
    CHECK(ebb_desk_read_scenario(desk, NULL, 0, NULL, 0) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_ERR_ARGUMENT);
    ebb_desk_free(desk);
}

/* A scenario that declares facts is listed with them, and not run. */
static void test_gate(void)
{
    static const char afraid[] = "scenario afraid \"One is\" uses pair\nrun 4 day\n"
                                 "facts fear, control\n";
    ebb_desk_t *desk = desk_of_pair();
    CHECK(ebb_desk_list(desk, WORD(afraid)) == EBB_OK);
    CHECK(strstr(ebb_desk_reply(desk), "\"facts\":[\"fear\",\"control\"]"));
    expect_refused(desk, ebb_desk_read_scenario(desk, WORD(afraid), NULL, 0),
                   EBB_ERR_CHOICE,
                   "the scenario declares facts and is not run; where to turn is to be "
                   "shown instead");
    CHECK(ebb_desk_prepare(desk, 0) == EBB_ERR_ARGUMENT); /* no length: none is there */
    ebb_desk_free(desk);
}

/* --- refusals --------------------------------------------------------------------- */

static void test_refusals(void)
{
    static const double beyond[] = {1, 5};
    ebb_desk_t *desk = ebb_desk_new();
    expect_refused(desk, ebb_desk_describe(desk), EBB_ERR_ARGUMENT,
                   "no model has been read");
    CHECK(ebb_desk_read_model(desk, WORD("model m \"x\"\nstate\n")) == EBB_ERR_INPUT);
    CHECK(strncmp(ebb_desk_reply(desk), "model:", 6) == 0);
    CHECK(ebb_desk_read_model(desk, pair, pair_size) == EBB_OK);
    expect_refused(desk, ebb_desk_set(desk, WORD("gain"), 3), EBB_ERR_ARGUMENT,
                   "`gain` is 3; it may be from 0 to 2");
    expect_refused(desk, ebb_desk_vary(desk, WORD("a.need"), beyond, 2),
                   EBB_ERR_ARGUMENT, "`a.need` is 5; it may be from -3 to 3");
    expect_refused(desk, ebb_desk_set(desk, WORD("stress"), 0), EBB_ERR_ARGUMENT,
                   "`stress` is an input: a scenario leads it");
    expect_refused(desk, ebb_desk_set(desk, WORD("total"), 0), EBB_ERR_ARGUMENT,
                   "`total` follows from other numbers: set those");
    expect_refused(desk, ebb_desk_output(desk, WORD("gain")), EBB_ERR_ARGUMENT,
                   "`gain` does not change by itself: outputs are states and lets");
    CHECK(ebb_desk_set(desk, WORD("gian"), 1) == EBB_ERR_ARGUMENT);
    CHECK(strstr(ebb_desk_reply(desk), "gain"));
    expect_refused(desk, ebb_desk_run(desk, 0, 1, NULL), EBB_ERR_ARGUMENT,
                   "no run is prepared of what is set now");
    ebb_desk_free(desk);
}

static void test_options(void)
{
    ebb_desk_t *desk = desk_of_pair();
    expect_refused(desk, ebb_desk_option(desk, WORD("toleranc"), WORD("1")),
                   EBB_ERR_ARGUMENT,
                   "there is no option `toleranc`; did you mean `tolerance`?");
    expect_refused(desk, ebb_desk_option(desk, WORD("method"), WORD("huen")),
                   EBB_ERR_ARGUMENT, "`huen` is no value of the option `method`");
    CHECK(ebb_desk_option(desk, WORD("step"), WORD("1x")) == EBB_ERR_ARGUMENT);
    CHECK(ebb_desk_option(desk, WORD("step"), WORD("nan")) == EBB_ERR_ARGUMENT);
    CHECK(ebb_desk_option(desk, WORD("seed"), WORD("-1")) == EBB_ERR_ARGUMENT);
    CHECK(ebb_desk_option(desk, WORD("seed"), WORD("18446744073709551616")) ==
          EBB_ERR_ARGUMENT);
    CHECK(ebb_desk_option(desk, WORD("seed"), WORD("18446744073709551615")) == EBB_OK);
    CHECK(ebb_desk_option(desk, WORD("lanes"), WORD("65")) == EBB_ERR_ARGUMENT);
    CHECK(ebb_desk_option(desk, WORD("exchange"), WORD("2")) == EBB_ERR_ARGUMENT);
    CHECK(ebb_desk_option(desk, WORD("method"), WORD("euler")) == EBB_OK);
    CHECK(ebb_desk_option(desk, WORD("length"), WORD("2")) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(strstr(ebb_desk_reply(desk), "\"euler\""));
    CHECK(desk->run->width == EBB_LANES_USUAL); /* unless said */
    CHECK(ebb_desk_option(desk, WORD("lanes"), WORD("16")) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(desk->run->width == 16);
    CHECK(ebb_desk_option(desk, WORD("method"), NULL, 0) == EBB_OK);
    CHECK(ebb_desk_prepare(desk, 0) == EBB_OK);
    CHECK(strstr(ebb_desk_reply(desk), "\"dopri5\""));
    CHECK(ebb_desk_quantile(desk, 0.5, NULL) == EBB_ERR_ARGUMENT);
    ebb_desk_free(desk);
}

static void test_room(void)
{
    unsigned char *room = ebb_room_new(100);
    CHECK(room && room[0] == 0 && room[99] == 0);
    ebb_room_free(room, 100);
    ebb_room_free(NULL, 0);
    ebb_desk_free(NULL);
}

int main(void)
{
    test_room();
    test_describe();
    test_values();
    test_undone();
    test_scenario();
    test_gate();
    test_refusals();
    test_options();
    return check_report(__FILE__);
}
