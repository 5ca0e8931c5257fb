/* SPDX-License-Identifier: MIT
 * The document of a couple's page: what is thinned, what is in it, and how large it is.
 *
 *     test_simulate_page MODELS
 */
#include "ebb/library.h"
#include "ebb/simulate_page.h"
#include "report/thin.h"
#include "run_couple.h"

static const char *folder;

/* --- thinning --------------------------------------------------------------------- */

/* A single peak stays, in its place, whatever the width. */
static void test_thin_peaks(void)
{
    double values[1000] = {0}, out[2 * 1000];
    values[617] = 5;
    values[618] = -3;
    for (size_t width = 1; width < 200; width = width * 2 + 1) {
        const ebb_thin_course_t course = {values, 1000, 1};
        size_t stretches = (1000 + width - 1) / width;
        double high = 0, low = 0;
        ebb_thin(course, width, out);
        for (size_t k = 0; k < 2 * stretches; k++) {
            high = fmax(high, out[k]);
            low = fmin(low, out[k]);
            CHECK(out[k] == 0 || k / 2 == 617 / width || k / 2 == 618 / width);
        }
        CHECK(high == 5 && low == -3);
        size_t at = 617 / width;
        CHECK(618 / width != at || (out[2 * at] == 5 && out[2 * at + 1] == -3));
    }
}

static void test_thin_gaps(void)
{
    const double values[6] = {1, (double)NAN, (double)NAN, (double)NAN, 2, 3};
    const ebb_thin_course_t course = {values, 6, 1};
    double out[6];
    ebb_thin(course, 2, out);
    CHECK(out[0] == 1 && out[1] == 1);
    CHECK(isnan(out[2]) && isnan(out[3]));
    CHECK(out[4] == 2 && out[5] == 3);
}

/* Around a circle: fewer points, and none of the path far from the one kept before it;
 * with less room the points are farther apart. */
static void test_thin_path(void)
{
    enum { COUNT = 20000, MOST = 2000 };
    static double xs[COUNT], ys[COUNT];
    size_t kept[MOST];
    for (int k = 0; k < COUNT; k++) {
        xs[k] = cos(0.0003 * k);
        ys[k] = 7 * sin(0.0003 * k);
    }
    const ebb_thin_course_t x = {xs, COUNT, 1}, y = {ys, COUNT, 1};
    size_t count = ebb_thin_path(x, y, MOST, kept);
    CHECK(count > 500 && count < 1000);
    CHECK(kept[0] == 0 && kept[count - 1] == COUNT - 1);
    double farthest = 0;
    for (size_t k = 0, at = 0; k < COUNT; k++) {
        at += at + 1 < count && kept[at + 1] <= k;
        farthest = fmax(farthest,
                        hypot((xs[k] - xs[kept[at]]) / 2, (ys[k] - ys[kept[at]]) / 14));
    }
    CHECK(farthest <= 0.004);
    size_t few = ebb_thin_path(x, y, 100, kept);
    CHECK(few > 40 && few <= 100);
    ys[50] = (double)NAN;
    count = ebb_thin_path(x, y, MOST, kept);
    CHECK(count > 2 && kept[count - 1] == 49);
    xs[0] = (double)NAN;
    CHECK(ebb_thin_path(x, y, MOST, kept) == 0);
}

static void test_decimals(void)
{
    CHECK(ebb_thin_decimals(0, 1) == 3);
    CHECK(ebb_thin_decimals(0, 0.05) == 5);
    CHECK(ebb_thin_decimals(-1000, 4000) == 0);
    CHECK(ebb_thin_decimals(2, 2) == 3 && ebb_thin_decimals(0, 0) == 3);
    CHECK_NEAR(ebb_thin_round(0.123456, 3), 0.123, 0);
    CHECK_NEAR(ebb_thin_round(123456, -3), 123000, 0);
}

/* --- documents -------------------------------------------------------------------- */

/* One couple of a model on its way to a page. */
typedef struct paged {
    ebb_model_t *model;
    ebb_simulation_t *run;
    ebb_run_totals_t *totals;
    ebb_run_output_t shown[EBB_PORTRAIT_SHOWN_MOST];
    double times[3], *rows;
    ebb_run_settings_t settings;
    ebb_simulated_t result;
    ebb_text_t json;
} paged_t;

static void paged_open(paged_t *p, ebb_model_t *model, double length, uint64_t couples)
{
    size_t count = ebb_portrait_shown(model, p->shown);
    ebb_error_t error = {0};
    p->model = model;
    p->times[1] = floor(length / 2);
    p->times[2] = length;
    p->settings = (ebb_run_settings_t){.length = length,
                                       .times = p->times,
                                       .time_count = 3,
                                       .outputs = p->shown,
                                       .output_count = count};
    p->rows = calloc(3 * count * couples + 1, sizeof *p->rows);
    CHECK(ebb_run_new(&p->run, model, NULL, &p->settings, &error) == EBB_OK);
    CHECK(ebb_run_totals_new(&p->totals, p->run, couples > 1, NULL) == EBB_OK);
    ebb_run_job_t job = {.end = couples, .values = p->rows, .totals = p->totals};
    CHECK(ebb_run_range(p->run, &job, NULL) == EBB_OK);
    p->result = (ebb_simulated_t){.model = model,
                                  .run = p->run,
                                  .settings = &p->settings,
                                  .couples = couples,
                                  .values = couples > 1 ? NULL : p->rows,
                                  .totals = p->totals};
}

static void paged_write(paged_t *p)
{
    const ebb_simulate_page_t page = {
        .from = &p->result, .shown = p->shown, .shown_count = p->settings.output_count};
    ebb_error_t error = {0};
    p->json = (ebb_text_t){0};
    int code = ebb_simulate_page_json(&p->json, &page, &error);
    if (code) {
        (void)fprintf(stderr, "%s\n", error.text);
    }
    CHECK(code == EBB_OK);
}

static void paged_close(paged_t *p)
{
    ebb_text_free(&p->json);
    ebb_run_totals_free(p->totals);
    ebb_run_free(p->run);
    ebb_model_free(p->model);
    free(p->rows);
}

static bool says(const paged_t *p, const char *part)
{
    bool there = p->json.data && strstr(p->json.data, part);
    if (!there) {
        (void)fprintf(stderr, "not there: %s\n", part);
    }
    return there;
}

/* Five years of the largest model stay below what a page may have, beside its program.
 */
static void test_page_large(void)
{
    paged_t p = {0};
    ebb_text_t html = {0};
    paged_open(&p, model_of_file(folder, "pursue_withdraw"), 1825, 1);
    paged_write(&p);
    CHECK(says(&p, "{\"schema\":\"ebb/couple\",\"version\":1,"));
    CHECK(says(&p, "\"planes\":[[0,3],[1,2]]"));
    CHECK(says(&p, "\"cut\":\"b.withdrawal\",\"person\":1"));
    CHECK(says(&p, "\"thinned\":true"));
    CHECK(says(&p, "\"bands\":null"));
    CHECK(!strchr(p.json.data, '<'));
    CHECK(ebb_simulate_page(&html, p.json.data, p.json.length) == EBB_OK);
    CHECK(html.length < 500000 && html.length > p.json.length + 30000);
    CHECK(strncmp(html.data, "<!doctype html>", 15) == 0);
    ebb_text_free(&html);
    paged_close(&p);
}

static void test_page_every_model(void)
{
    ebb_library_model_t shipped;
    for (size_t k = 0; ebb_library_at(k, &shipped); k++) {
        paged_t p = {0};
        ebb_model_t *model = NULL;
        CHECK(ebb_model_read(&model, &shipped.file, NULL, NULL) == EBB_OK);
        paged_open(&p, model, 100, 1);
        paged_write(&p);
        CHECK(p.json.length > 1000 && p.json.length < 420000);
        paged_close(&p);
    }
}

static void test_page_many(void)
{
    paged_t p = {0};
    paged_open(&p, model_of_file(folder, "pursue_withdraw_small"), 50, 30);
    paged_write(&p);
    CHECK(says(&p, "\"couples\":30"));
    CHECK(says(&p, "\"bands\":{\"time\":[0,25,50],"));
    CHECK(says(&p, "\"episodes\":["));
    paged_close(&p);
}

/* The same bytes for the same couple, and another couple for another seed. */
static void test_page_same(void)
{
    paged_t p[3] = {0};
    for (int k = 0; k < 3; k++) {
        paged_open(&p[k], model_of_file(folder, "pursue_withdraw_small"), 40, 1);
        p[k].settings.seed = k == 2 ? 9 : 0;
        paged_write(&p[k]);
    }
    CHECK(p[0].json.length == p[1].json.length &&
          memcmp(p[0].json.data, p[1].json.data, p[0].json.length) == 0);
    CHECK(strcmp(p[0].json.data, p[2].json.data) != 0);
    for (int k = 0; k < 3; k++) {
        paged_close(&p[k]);
    }
}

/* A model of strange words: the document cannot end the element it stands in. */
static void test_page_hostile(void)
{
    paged_t p = {0};
    paged_open(&p,
               model_of("model m \"</script><b>\"\ntime day\npersons x, y, z\n"
                        "state love = 1 \"<!--\"\nd love = -love\n"),
               5, 1);
    paged_write(&p);
    CHECK(!strchr(p.json.data, '<'));
    CHECK(says(&p, "\"persons\":[\"x\",\"y\",\"z\"]"));
    CHECK(says(&p, "\"episodes\":null"));
    paged_close(&p);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    folder = argv[1];
    test_thin_peaks();
    test_thin_gaps();
    test_thin_path();
    test_decimals();
    test_page_large();
    test_page_every_model();
    test_page_many();
    test_page_same();
    test_page_hostile();
    return check_report(__FILE__);
}
