/* SPDX-License-Identifier: MIT
 * Samples of parameters: what is read, draws spread over it, what is refused where. */
#include "ebb/sample.h"

#include <string.h>

#include "check.h"

static int read(ebb_sample_t *sample, const char *text, ebb_error_t *error)
{
    *sample = (ebb_sample_t){0};
    return ebb_sample_read(sample, text, strlen(text), "draws", error);
}

static void test_reading(void)
{
    ebb_sample_t sample;
    ebb_error_t error = {0};
    CHECK(read(&sample, "lever\tuptake\n0.5\t1\n\n0.25\t-2e-3", &error) == EBB_OK);
    CHECK(sample.params == 2 && sample.draws == 2);
    CHECK(strcmp(sample.names[1], "uptake") == 0);
    CHECK(sample.values[0] == 0.5 && sample.values[3] == -2e-3);
    ebb_sample_free(&sample);
    CHECK(!sample.values);
    ebb_sample_free(NULL);
}

/* In the middle of stretches of the same length, each draw once. */
static void test_spread(void)
{
    ebb_sample_t sample;
    ebb_error_t error = {0};
    CHECK(read(&sample, "x\n0\n1\n2\n3\n4\n5\n6\n7\n", &error) == EBB_OK);
    CHECK(*ebb_sample_draw(&sample, 0, 2) == 2 && *ebb_sample_draw(&sample, 1, 2) == 6);
    for (size_t k = 0; k < 8; k++) {
        size_t half = 4 + k / 2;
        CHECK(*ebb_sample_draw(&sample, k, 8) == (double)k);
        CHECK(*ebb_sample_draw(&sample, k + 8, 16) == (double)half);
    }
    ebb_sample_free(&sample);
}

static void check_refused(const char *text, int want, const char *says, uint64_t at,
                          int line)
{
    ebb_sample_t sample;
    ebb_error_t error = {0};
    int code = read(&sample, text, &error);
    check_one(code == want && strstr(error.text, says) && error.line == at, error.text,
              __FILE__, line);
    ebb_sample_free(&sample);
}

static void test_refusals(void)
{
    check_refused("", EBB_ERR_INPUT, "no parameter", 0, __LINE__);
    check_refused("x\n", EBB_ERR_INPUT, "no draw", 1, __LINE__);
    check_refused("x\t\n1\t2\n", EBB_ERR_INPUT, "no name", 1, __LINE__);
    check_refused("x\tx\n1\t2\n", EBB_ERR_INPUT, "two columns", 1, __LINE__);
    check_refused("x\ty\n1\t2\n1\n", EBB_ERR_INPUT, "no number", 3, __LINE__);
    check_refused("x\n1\ninf\n", EBB_ERR_INPUT, "no number", 3, __LINE__);
    check_refused("x\n1 2\n", EBB_ERR_INPUT, "no number: '1 2'", 2, __LINE__);
    check_refused("a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\tm\tn\to\tp\tq\n", EBB_ERR_LIMIT,
                  "16", 1, __LINE__);
}

int main(void)
{
    test_reading();
    test_spread();
    test_refusals();
    return check_report(__FILE__);
}
