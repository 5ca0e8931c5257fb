/* SPDX-License-Identifier: MIT
 * Couples over threads: what is written, summed up and told of failures is what one
 * range of the same couples gives, whatever the number of threads.
 */
#include "ebb/ensemble.h"

#include <inttypes.h>

#include "run_couple.h"

enum { COUPLES = 1300, TIMES = 5 };

static const char model_text[] = "model walk \"Two who wander\"\ntime step\n"
                                 "trait pull = 0.5\nstate x = 0\n"
                                 "next x = pull*partner.x + 0.1*x\nnoise x = 1\n"
                                 "let odd = sqrt(x)\n";

typedef struct collected {
    ebb_text_t text;
    size_t writes, fail_at;
    uint64_t calls, cancel_at;
} collected_t;

static int collect(void *user, const char *bytes, size_t length)
{
    collected_t *c = user;
    c->writes++;
    if (c->fail_at && c->writes >= c->fail_at) {
        return EBB_ERR_IO;
    }
    ebb_text_append(&c->text, bytes, length);
    return c->text.failed;
}

static int watch(void *user, uint64_t done, uint64_t all)
{
    collected_t *c = user;
    CHECK(done <= all && all == COUPLES);
    c->calls++;
    return c->cancel_at && c->calls >= c->cancel_at;
}

static void write_couple(void *user, ebb_text_t *out, uint64_t couple,
                         const double *rows)
{
    size_t count = *(const size_t *)user;
    ebb_text_printf(out, "%" PRIu64 " %a %a\n", couple, rows[0], rows[count - 1]);
}

static ebb_simulation_t *new_run(const ebb_model_t *model, const double *times)
{
    ebb_run_settings_t settings = {
        .length = 8, .seed = 3, .times = times, .time_count = TIMES};
    ebb_simulation_t *run = NULL;
    ebb_error_t error = {0};
    CHECK(ebb_run_new(&run, model, NULL, &settings, &error) == EBB_OK);
    return run;
}

/* The same couples in one range. */
static void reference(const ebb_simulation_t *run, ebb_text_t *text,
                      ebb_run_totals_t *totals)
{
    ebb_run_info_t info = ebb_run_info(run);
    size_t count = info.time_count * info.output_count;
    double *values = calloc(COUPLES * count, sizeof *values);
    ebb_run_job_t job = {.end = COUPLES, .values = values, .totals = totals};
    CHECK(values && ebb_run_range(run, &job, NULL) == EBB_OK);
    for (size_t i = 0; values && i < COUPLES; i++) {
        write_couple(&count, text, i, values + i * count);
    }
    free(values);
}

static int same_totals(const ebb_run_totals_t *a, const ebb_run_totals_t *b)
{
    int same = 1;
    for (size_t k = 0; k < TIMES; k++) {
        for (size_t i = 0; i < 4; i++) {
            ebb_run_total_t x = ebb_run_total(a, k, i), y = ebb_run_total(b, k, i);
            double p = ebb_run_quantile(a, k, i, 0.3);
            double q = ebb_run_quantile(b, k, i, 0.3);
            same &= memcmp(&x, &y, sizeof x) == 0 && memcmp(&p, &q, sizeof p) == 0;
        }
    }
    return same;
}

static void test_threads(const ebb_simulation_t *run)
{
    static const int threads[] = {1, 2, 3, 7, 1000};
    ebb_run_info_t info = ebb_run_info(run);
    size_t count = info.time_count * info.output_count;
    ebb_text_t text = {0};
    ebb_run_totals_t *totals = NULL;
    CHECK(ebb_run_totals_new(&totals, run, true, NULL) == EBB_OK);
    reference(run, &text, totals);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        collected_t c = {0};
        ebb_sink_t sink = {collect, &c};
        ebb_ensemble_t ensemble = {.couples = COUPLES,
                                   .threads = threads[i],
                                   .quantiles = true,
                                   .write = write_couple,
                                   .write_user = &count,
                                   .sink = &sink,
                                   .progress = watch,
                                   .progress_user = &c};
        CHECK(ebb_run_totals_new(&ensemble.totals, run, true, NULL) == EBB_OK);
        CHECK(ebb_ensemble_run(run, &ensemble, NULL) == EBB_OK);
        CHECK(ensemble.failed == 0 && ensemble.why == NULL && c.calls > 0);
        CHECK(text.data && c.text.data && c.text.length == text.length &&
              memcmp(c.text.data, text.data, text.length) == 0);
        CHECK(same_totals(ensemble.totals, totals));
        ebb_run_totals_free(ensemble.totals);
        ebb_text_free(&c.text);
    }
    ebb_run_totals_free(totals);
    ebb_text_free(&text);
}

/* A sink that fails, a caller who has had enough, totals that do not fit. */
static void test_ends(const ebb_simulation_t *run)
{
    size_t count = 1;
    collected_t c = {.fail_at = 2};
    ebb_sink_t sink = {collect, &c};
    ebb_error_t error = {0};
    ebb_ensemble_t ensemble = {.couples = COUPLES,
                               .threads = 2,
                               .write = write_couple,
                               .write_user = &count,
                               .sink = &sink};
    CHECK(ebb_ensemble_run(run, &ensemble, &error) == EBB_ERR_IO);
    CHECK(c.writes == 2);
    ebb_text_free(&c.text);
    c = (collected_t){.cancel_at = 2};
    ensemble = (ebb_ensemble_t){
        .couples = COUPLES, .threads = 2, .progress = watch, .progress_user = &c};
    CHECK(ebb_ensemble_run(run, &ensemble, &error) == EBB_ERR_CANCELLED);
    CHECK(c.calls == 2);
    ensemble = (ebb_ensemble_t){.couples = ((uint64_t)1 << 32) + 1};
    CHECK(ebb_ensemble_run(run, &ensemble, &error) == EBB_ERR_ARGUMENT);
    ensemble = (ebb_ensemble_t){.couples = COUPLES, .threads = 3};
    CHECK(ebb_run_totals_new(&ensemble.totals, run, true, NULL) == EBB_OK);
    CHECK(ebb_ensemble_run(run, &ensemble, &error) == EBB_ERR_ARGUMENT);
    ebb_run_totals_free(ensemble.totals);
    ensemble = (ebb_ensemble_t){.threads = 2};
    CHECK(ebb_ensemble_run(run, &ensemble, &error) == EBB_OK);
}

/* Couples from number 400 on begin with no number. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void spoil(void *user, uint64_t couple, double *params, double *traits,
                  double *starts)
{
    (void)user, (void)params, (void)traits;
    if (couple >= 400) {
        starts[0] = (double)INFINITY;
    }
}

static void test_failed(const ebb_model_t *model, const double *times)
{
    ebb_run_settings_t settings = {
        .length = 8, .times = times, .time_count = TIMES, .vary = spoil};
    ebb_simulation_t *run = NULL;
    ebb_error_t error = {0};
    CHECK(ebb_run_new(&run, model, NULL, &settings, &error) == EBB_OK);
    for (int threads = 1; run && threads <= 4; threads++) {
        ebb_ensemble_t ensemble = {.couples = COUPLES, .threads = threads};
        CHECK(ebb_ensemble_run(run, &ensemble, &error) == EBB_OK);
        CHECK(ensemble.failed == COUPLES - 400 && ensemble.first_failed == 400);
        CHECK(ensemble.why && *ensemble.why);
    }
    ebb_run_free(run);
}

int main(void)
{
    ebb_model_t *model = model_of(model_text);
    double *times = times_every(2, TIMES);
    ebb_simulation_t *run = model && times ? new_run(model, times) : NULL;
    if (run) {
        test_threads(run);
        test_ends(run);
        test_failed(model, times);
    }
    ebb_run_free(run);
    free(times);
    ebb_model_free(model);
    return check_report(__FILE__);
}
