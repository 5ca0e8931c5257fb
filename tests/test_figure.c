/* SPDX-License-Identifier: MIT
 * Statistics of figures against tables worked out by hand, their errors against what is
 * known of normal numbers, and every figure of the evidence on a few couples. */
#include "evidence/statistic.h"

#include "check.h"
#include "draw.h"

enum { ROWS_MOST = 4000 };

/* Rows in tenths of couples: row i is of couple i / seats. */
static ebb_figure_table_t table_of(const double *cells, size_t rows, size_t columns,
                                   size_t seats)
{
    static unsigned char folds[ROWS_MOST];
    for (size_t i = 0; i < rows; i++) {
        folds[i] = ebb_figure_fold(i / seats);
    }
    return (ebb_figure_table_t){cells, rows, columns, folds};
}

static double of(ebb_statistic_t statistic, const double *cells, size_t rows,
                 size_t columns)
{
    ebb_figure_table_t table = table_of(cells, rows, columns, 1);
    return ebb_figure_statistic(statistic, &table, EBB_FIGURE_FOLDS,
                                ebb_alloc_default());
}

/* --- by hand ---------------------------------------------------------------------- */

static void test_one_column(void)
{
    const double x[] = {0, 2, 0, 6, 1};
    CHECK_NEAR(of(EBB_STATISTIC_SHARE, x, 5, 1), 0.6, 1e-15);
    CHECK_NEAR(of(EBB_STATISTIC_MEAN, x, 5, 1), 1.8, 1e-15);
    CHECK(of(EBB_STATISTIC_MEDIAN, x, 5, 1) == 1);
    CHECK(of(EBB_STATISTIC_MEDIAN, x, 4, 1) == 1); /* 0 0 2 6 */
    CHECK(isnan(of(EBB_STATISTIC_MEAN, x, 0, 1)));
}

/* {1, 3} against {2, 6, 10}: variances 2 and 16, pooled (2 + 32) / 3. */
static void test_groups(void)
{
    const double x[] = {1, 5, 2, 0, 6, 0, 3, 1, 10, 0};
    CHECK_NEAR(of(EBB_STATISTIC_DIFFERENCE, x, 5, 2), -4, 1e-14);
    CHECK_NEAR(of(EBB_STATISTIC_D, x, 5, 2), -4 / sqrt(34. / 3), 1e-14);
    const double two[] = {1, 2, 1, 2, 1, 0, 6, 1, 0, 3, 5, 1, 10, 1, 0};
    CHECK_NEAR(of(EBB_STATISTIC_D_OVER, two, 5, 3),
               -4 / sqrt(34. / 3) - 2.5 / sqrt(4.5 / 3), 1e-14);
}

static void test_pairs(void)
{
    const double x[] = {1, 2, 2, 1, 3, 4, 4, 3, 5, 5};
    CHECK_NEAR(of(EBB_STATISTIC_CORRELATION, x, 5, 2), 0.8, 1e-14);
    CHECK_NEAR(of(EBB_STATISTIC_SLOPE, x, 5, 2), 0.8, 1e-14);
    CHECK_NEAR(of(EBB_STATISTIC_R2, x, 5, 2), 0.64, 1e-14);
    CHECK_NEAR(of(EBB_STATISTIC_RATIO, x, 5, 2), 1, 1e-15);
    const double gain[] = {1, 4, 3, 4, 5, 7}; /* mean 2 more, sd 2 before */
    CHECK_NEAR(of(EBB_STATISTIC_GAIN, gain, 3, 2), 1, 1e-14);
    const double down[] = {1, 3, 2, 2, 3, 1};
    CHECK_NEAR(of(EBB_STATISTIC_CORRELATION, down, 3, 2), -1, 1e-14);
}

/* Two of five part in 40 days of all, one of them in the 10 days of the group. */
static void test_hazard(void)
{
    const double x[] = {1, 4, 1, 0, 6, 1, 1, 10, 0, 0, 10, 0, 0, 10, 0};
    CHECK_NEAR(of(EBB_STATISTIC_HAZARD, x, 5, 3), (1. / 10) / (2. / 40), 1e-14);
    const double y[] = {1, 4, 0, 6, 1, 10, 0, 20};
    CHECK_NEAR(of(EBB_STATISTIC_LOG_RATE, y, 4, 2), log(2. / 40), 1e-14);
}

/* y = 2 + 3 x - z + 0.5 x z, and y = 1 - 2 o1 - o2 + 0.5 p1 + 0.25 p2: without noise a
 * regression gives back what was put in. */
static void test_regressions(void)
{
    double cells[200 * 5], *row = cells;
    draw_t draw = {1};
    for (size_t i = 0; i < 200; i++, row += 3) {
        row[1] = draw_normal(&draw);
        row[2] = 2 + draw_normal(&draw) + 0.5 * row[1];
        row[0] = 2 + 3 * row[1] - row[2] + 0.5 * row[1] * row[2];
    }
    CHECK_NEAR(of(EBB_STATISTIC_INTERACTION, cells, 200, 3), 0.5, 1e-11);
    CHECK(of(EBB_STATISTIC_R2, cells, 200, 3) < 0.999); /* the product is left out */
    row = cells;
    for (size_t i = 0; i < 200; i++, row += 5) {
        for (size_t k = 1; k < 5; k++) {
            row[k] = draw_normal(&draw);
        }
        row[0] = 1 - 2 * row[1] - row[2] + 0.5 * row[3] + 0.25 * row[4];
    }
    CHECK_NEAR(of(EBB_STATISTIC_OWN, cells, 200, 5), 3.75, 1e-11);
    CHECK_NEAR(of(EBB_STATISTIC_SLOPE, cells, 200, 5), 0.25, 1e-11);
    CHECK_NEAR(of(EBB_STATISTIC_R2, cells, 200, 5), 1, 1e-11);
    for (size_t i = 0; i < 200; i++) {
        cells[5 * i + 2] = cells[5 * i + 1];
    }
    CHECK(isnan(of(EBB_STATISTIC_R2, cells, 200, 5))); /* not told apart */
}

/* --- chance ----------------------------------------------------------------------- */

/* Over many samples of a normal: how often the interval holds the truth, and how wide
 * it is, in standard errors by theory. */
static void check_coverage(ebb_statistic_t statistic, double r, double theory,
                           size_t seats, int line)
{
    enum { SAMPLES = 400, ROWS = 400 };
    double cells[2 * ROWS], width = 0, held = 0;
    double truth = statistic == EBB_STATISTIC_MEAN ? 0 : r;
    size_t columns = statistic == EBB_STATISTIC_MEAN ? 1 : 2;
    draw_t draw = {7};
    for (size_t s = 0; s < SAMPLES; s++) {
        for (size_t i = 0; i < ROWS; i += seats) {
            double x = draw_normal(&draw);
            double y = r * x + sqrt(1 - r * r) * draw_normal(&draw);
            for (size_t k = 0; k < seats; k++) { /* the couple says it once or twice */
                cells[columns * (i + k)] = x;
                cells[columns * (i + k) + columns - 1] = columns == 1 ? x : y;
            }
        }
        ebb_figure_table_t table = table_of(cells, ROWS, columns, seats);
        ebb_figure_found_t found =
            ebb_figure_measure(statistic, &table, ebb_alloc_default());
        held += found.low <= truth && truth <= found.high;
        width += (found.high - found.low) / 2 / 2.093 / SAMPLES;
    }
    /* 95 % of 400 is 380 +- 4.4; of the error's own mean 19 degrees say 1.3 % less */
    check_one(held >= 362 && held <= 397, "coverage of the jackknife", __FILE__, line);
    check_one(fabs(width / theory - 0.987) < 0.06, "width of the jackknife", __FILE__,
              line);
}

static void test_chance(void)
{
    check_coverage(EBB_STATISTIC_MEAN, 0, 1 / sqrt(400), 1, __LINE__);
    check_coverage(EBB_STATISTIC_MEAN, 0, 1 / sqrt(200), 2, __LINE__);
    check_coverage(EBB_STATISTIC_CORRELATION, 0.5, 0.75 / sqrt(400), 1, __LINE__);
    check_coverage(EBB_STATISTIC_SLOPE, 0.3, sqrt(0.91 / 400), 1, __LINE__);
    check_coverage(EBB_STATISTIC_CORRELATION, 0, 1 / sqrt(200), 2, __LINE__);
}

/* --- the evidence ----------------------------------------------------------------- */

static int count_runs(void *user, uint64_t done, uint64_t all)
{
    *(uint64_t *)user = done;
    return done > all;
}

static bool same_found(const ebb_figure_found_t *a, const ebb_figure_found_t *b)
{
    return a->couples == b->couples && a->computed == b->computed &&
           (a->value == b->value || !a->computed) && (a->low == b->low || !a->computed);
}

/* Every figure names what its run keeps; what is shared or run by several workers comes
 * out the same. */
static void test_evidence(void)
{
    ebb_figure_found_t one[96], two[96];
    size_t which[96], count = 0, all = ebb_figure_count();
    ebb_executor_t executor = ebb_host_executor(2);
    ebb_figure_t figure;
    uint64_t runs = 0;
    for (size_t k = 0; k < all; k++) {
        CHECK(ebb_figure_at(k, &figure) && figure.note[0] != '\0');
        if (strcmp(figure.run, "marriages") != 0 &&
            strcmp(figure.run, "practice") != 0 &&
            strcmp(figure.run, "cycling_married") != 0 &&
            strcmp(figure.run, "behavioural") != 0) { /* long, and like others */
            which[count++] = k;
        }
    }
    CHECK(!ebb_figure_at(all, &figure) && all > 40 && count < 96);
    ebb_figure_settings_t settings = {
        .couples = 40, .seed = 3, .progress = count_runs, .progress_user = &runs};
    ebb_error_t error = {0};
    int code = ebb_figures_compute(which, count, &settings, one, &error);
    check_one(code == EBB_OK, error.text, __FILE__, __LINE__);
    CHECK(runs == 6);
    settings.workers = 2;
    settings.executor = &executor;
    CHECK(ebb_figures_compute(which + 20, count - 20, &settings, two, &error) ==
          EBB_OK);
    for (size_t k = 20; k < count; k++) {
        CHECK(same_found(&one[k], &two[k - 20]));
        CHECK(ebb_figure_at(which[k], &figure) && (*figure.run || !one[k].computed));
    }
}

static void test_sets(void)
{
    size_t which = 0;
    ebb_figure_found_t plain, set;
    ebb_error_t error = {0};
    ebb_figure_set_t sets[] = {{"hazard_scale", 0.5}};
    ebb_figure_settings_t settings = {.couples = 40, .sets = sets, .set_count = 1};
    CHECK(ebb_figure_find("soft_withdrawal", &which));
    CHECK(!ebb_figure_find("nobody", &which));
    CHECK(ebb_figures_compute(&which, 1, &settings, &set, &error) == EBB_OK);
    settings.set_count = 0;
    CHECK(ebb_figures_compute(&which, 1, &settings, &plain, &error) == EBB_OK);
    CHECK(set.couples < plain.couples); /* hardly one stays for a year */
    settings.set_count = 1;
    sets[0].value = -1;
    CHECK(ebb_figures_compute(&which, 1, &settings, &set, &error) == EBB_ERR_ARGUMENT);
    sets[0] = (ebb_figure_set_t){"nothing", 1};
    CHECK(ebb_figures_compute(&which, 1, &settings, &set, &error) == EBB_ERR_ARGUMENT);
    which = ebb_figure_count();
    CHECK(ebb_figures_compute(&which, 1, NULL, &set, &error) == EBB_ERR_ARGUMENT);
}

/* --- over a sample ---------------------------------------------------------------- */

/* 1, 2 and 6 with errors of 1, 1 and 2: the mean 3, a variance of 7 of which 2 are
 * chance, a third of those left of the mean; t of two degrees of freedom. */
static void test_over(void)
{
    const double t19 = 2.0930240544082634;
    ebb_figure_found_t found[4] = {
        {.computed = true, .couples = 10, .value = 1, .low = 1 - t19, .high = 1 + t19},
        {.computed = true, .couples = 20, .value = 2, .low = 2 - t19, .high = 2 + t19},
        {.value = (double)NAN},
        {.computed = true,
         .couples = 5,
         .value = 6,
         .low = 6 - 2 * t19,
         .high = 6 + 2 * t19}};
    ebb_figure_found_t over = ebb_figure_over(found, 4);
    CHECK(over.computed && over.couples == 35);
    CHECK_NEAR(over.value, 3, 1e-15);
    CHECK_NEAR(over.high - 3, 4.302652729911275 * sqrt(5 + 2. / 3), 1e-8);
    found[0].value = found[3].value = 2; /* less scattered than chance has it */
    over = ebb_figure_over(found, 4);
    CHECK_NEAR(2 - over.low, 4.302652729911275 * sqrt(2. / 3), 1e-8);
    found[0].computed = found[1].computed = false;
    CHECK(!ebb_figure_over(found, 4).computed);
}

/* A draw takes the place of what a run has, and no barrier comes to the unmarried. */
static void test_sample(void)
{
    static const char text[] = "barrier\n4\n4\n",
                      quick[] = "hazard_scale\n0.02\n0.02\n";
    size_t which = 0;
    ebb_sample_t sample = {0};
    ebb_error_t error = {0};
    ebb_figure_found_t plain[2], over;
    ebb_figure_settings_t settings = {.couples = 40, .seed = 5};
    CHECK(ebb_figure_find("soft_withdrawal", &which));
    for (size_t k = 0; k < 2; k++, settings.seed++) {
        CHECK(ebb_figures_compute(&which, 1, &settings, &plain[k], &error) == EBB_OK);
    }
    settings = (ebb_figure_settings_t){
        .couples = 40, .seed = 5, .sample = &sample, .draws = 2};
    CHECK(ebb_sample_read(&sample, text, sizeof text - 1, "barrier", &error) == EBB_OK);
    CHECK(ebb_figures_compute(&which, 1, &settings, &over, &error) == EBB_OK);
    CHECK_NEAR(over.value, (plain[0].value + plain[1].value) / 2, 1e-15);
    CHECK(over.couples == plain[0].couples + plain[1].couples);
    ebb_sample_free(&sample);
    CHECK(ebb_sample_read(&sample, quick, sizeof quick - 1, "quick", &error) == EBB_OK);
    CHECK(ebb_figures_compute(&which, 1, &settings, &over, &error) == EBB_OK);
    CHECK(over.couples < plain[0].couples + plain[1].couples);
    sample.values[1] = -1;
    CHECK(ebb_figures_compute(&which, 1, &settings, &over, &error) == EBB_ERR_ARGUMENT);
    settings.draws = 1;
    CHECK(ebb_figures_compute(&which, 1, &settings, &over, &error) == EBB_ERR_ARGUMENT);
    ebb_sample_free(&sample);
}

int main(void)
{
    test_one_column();
    test_groups();
    test_pairs();
    test_hazard();
    test_regressions();
    test_chance();
    test_evidence();
    test_sets();
    test_over();
    test_sample();
    return check_report(__FILE__);
}
