/* SPDX-License-Identifier: MIT
 * Couples that end: sums over couples are of those that last, and say how many these
 * are.
 */
#include <math.h>

#include "run_couple.h"
#include "scarce.h"

/* Who has parted is given a number that nobody has who lasts. */
static const char parting[] = "model parting \"x\"\n"
                              "time day\n"
                              "state age = 0\n"
                              "d age = 1\n"
                              "shared together = 1\n"
                              "d together = 0\n"
                              "let still = together > 0.5\n"
                              "shared event leaving rate 0.1*together"
                              " -> together = 0, age = 1000\n";

enum { COUPLES = 900, TIMES = 5, AGE = 0, TOGETHER = 2, STILL = 3, OUTPUTS = 4 };

static ebb_model_t *parting_model(const char *lasts)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "%s%s\n", parting, lasts);
    return model_of(text);
}

static ebb_simulation_t *parting_run(const ebb_model_t *model, const double *times)
{
    ebb_run_settings_t s = {
        .length = 8, .seed = 3, .times = times, .time_count = TIMES};
    ebb_simulation_t *run = NULL;
    CHECK(ebb_run_new(&run, model, NULL, &s, NULL) == EBB_OK);
    return run;
}

/* What the totals say at one time, against the couples themselves. */
static void check_time(const ebb_run_totals_t *totals, const double *values, size_t k,
                       double time)
{
    uint64_t still = 0, lasting = 0;
    for (size_t c = 0; c < COUPLES; c++) {
        still += values[(c * TIMES + k) * OUTPUTS + TOGETHER] > 0.5;
    }
    CHECK(ebb_run_lasting(totals, k, &lasting) && lasting == still);
    ebb_run_total_t age = ebb_run_total(totals, k, AGE);
    CHECK(age.count == still);
    CHECK_NEAR(age.mean, time, 1e-9);
    CHECK_NEAR(age.highest, time, 1e-9);
    CHECK(ebb_run_quantile(totals, k, AGE, 1) < 100);
    ebb_run_total_t together = ebb_run_total(totals, k, TOGETHER);
    CHECK(together.count == still && together.lowest == 1);
    CHECK(ebb_run_total(totals, k, STILL).count == still);
    /* a constant rate: exp(-t/10) of them last, within four standard errors */
    double share = exp(-0.1 * time);
    CHECK_NEAR((double)still / COUPLES, share,
               4 * sqrt(share * (1 - share) / COUPLES) + 1e-12);
}

/* Who lasts when, couple by couple, of a part of them; `values` are those of all. */
static void check_list(const ebb_simulation_t *run, const double *values)
{
    bool *lasting = calloc((size_t)COUPLES * TIMES, sizeof *lasting);
    ebb_run_job_t job = {.begin = 5, .end = COUPLES, .lasting = lasting};
    CHECK(lasting && values && ebb_run_range(run, &job, NULL) == EBB_OK);
    size_t wrong = 0;
    for (size_t i = 0; lasting && values && i < (COUPLES - 5) * (size_t)TIMES; i++) {
        bool still = values[(i + 5 * TIMES) * OUTPUTS + TOGETHER] > 0.5;
        wrong += lasting[i] != still;
    }
    CHECK(wrong == 0);
    free(lasting);
}

static void test_lasting(const char *lasts)
{
    ebb_model_t *model = parting_model(lasts);
    double times[TIMES] = {0, 2, 4, 6, 8};
    ebb_simulation_t *run = parting_run(model, times);
    ebb_run_totals_t *whole = NULL, *part = NULL;
    CHECK(ebb_run_totals_new(&whole, run, true, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&part, run, true, NULL) == EBB_OK);
    double *values = calloc((size_t)COUPLES * TIMES * OUTPUTS, sizeof *values);
    ebb_run_job_t job = {.end = COUPLES, .values = values};
    ebb_run_job_t first = {.end = 333, .totals = whole};
    ebb_run_job_t second = {.begin = 333, .end = COUPLES, .totals = part};
    CHECK(values && ebb_run_range(run, &job, NULL) == EBB_OK);
    CHECK(ebb_run_range(run, &first, NULL) == EBB_OK);
    CHECK(ebb_run_range(run, &second, NULL) == EBB_OK);
    CHECK(ebb_run_totals_merge(whole, part) == EBB_OK);
    for (size_t k = 0; values && k < TIMES; k++) {
        check_time(whole, values, k, times[k]);
    }
    uint64_t lasting = 77;
    CHECK(!ebb_run_lasting(whole, TIMES, &lasting) && lasting == 77);
    check_list(run, values);
    free(values);
    ebb_run_totals_free(whole);
    ebb_run_totals_free(part);
    ebb_run_free(run);
    ebb_model_free(model);
}

/* Without the statement all couples count, and the numbers are the same. */
static void test_lasting_for_ever(void)
{
    ebb_model_t *model = parting_model(""), *ends = parting_model("lasts while still");
    double times[TIMES] = {0, 2, 4, 6, 8};
    ebb_simulation_t *run = parting_run(model, times);
    ebb_run_totals_t *totals = NULL;
    CHECK(ebb_run_totals_new(&totals, run, false, NULL) == EBB_OK);
    ebb_run_job_t job = {.end = COUPLES, .totals = totals};
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
    uint64_t lasting = 77;
    CHECK(!ebb_run_lasting(totals, 0, &lasting) && lasting == 77);
    CHECK(ebb_run_total(totals, 4, AGE).count == COUPLES);
    CHECK(ebb_run_total(totals, 4, AGE).highest > 100);
    bool lasting_list[9 * TIMES] = {false}, all = true;
    ebb_run_job_t nine = {.end = 9, .lasting = lasting_list};
    CHECK(ebb_run_range(run, &nine, NULL) == EBB_OK);
    for (size_t i = 0; i < sizeof lasting_list / sizeof *lasting_list; i++) {
        all = all && lasting_list[i];
    }
    CHECK(all);
    ebb_run_settings_t s = {
        .length = 8, .seed = 3, .times = times, .time_count = TIMES};
    double *plain = values_of(model, NULL, &s, 0, 40);
    double *ending = values_of(ends, NULL, &s, 0, 40);
    CHECK(plain && ending &&
          memcmp(plain, ending, sizeof *plain * 40 * TIMES * OUTPUTS) == 0);
    free(plain);
    free(ending);
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    ebb_model_free(model);
    ebb_model_free(ends);
}

/* The model written down says it, in the condition's terms. */
static void test_described(void)
{
    ebb_model_t *model = parting_model("lasts while highest(age) < 50");
    ebb_text_t text;
    ebb_text_init(&text, NULL);
    ebb_model_describe(model, &text);
    CHECK(text.data && strstr(text.data, "= max a.age b.age\n"));
    CHECK(text.data && strstr(text.data, "lasts while n"));
    ebb_text_free(&text);
    ebb_model_free(model);
}

/* Every request for memory fails once. */
static void test_scarce(void)
{
    ebb_model_t *model = parting_model("lasts while still");
    int code = EBB_ERR_MEMORY;
    for (long n = 0; code == EBB_ERR_MEMORY && n < 500; n++) {
        scarce_t scarce = {.left = n};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        double end = 1;
        ebb_run_settings_t s = {
            .length = 1, .alloc = &alloc, .times = &end, .time_count = 1};
        ebb_simulation_t *run = NULL;
        ebb_run_totals_t *totals = NULL;
        code = ebb_run_new(&run, model, NULL, &s, NULL);
        code = code ? code : ebb_run_totals_new(&totals, run, true, NULL);
        ebb_run_job_t job = {.end = 2, .totals = totals};
        code = code ? code : ebb_run_range(run, &job, NULL);
        ebb_run_totals_free(totals);
        ebb_run_free(run);
        CHECK(scarce.held == 0);
    }
    CHECK(code == EBB_OK);
    ebb_model_free(model);
}

int main(void)
{
    test_lasting("lasts while together > 0.5");
    test_lasting("lasts while still");
    test_lasting_for_ever();
    test_described();
    test_scarce();
    return check_report(__FILE__);
}
