/* SPDX-License-Identifier: MIT
 * Charts of characters: what goes straight from corner to corner is drawn so, in
 * letters and in dots; steep lines have no holes, missing numbers leave some; what
 * several share is marked. Pictures and documents give all memory back when it runs
 * out.
 */
#include "report/chart.h"

#include <stdlib.h>

#include "check.h"
#include "ebb/show.h"
#include "ebb/simulate.h"
#include "report/studied.h"
#include "scarce.h"

enum { WIDTH = 42, COLUMNS = WIDTH - 11, ROWS_MOST = 12 };

/* The rows of a chart, without title, labels and the axis at the left. */
typedef struct drawn {
    char rows[ROWS_MOST][8 * COLUMNS];
    size_t count;
} drawn_t;

static drawn_t draw(const ebb_chart_t *chart)
{
    drawn_t drawn = {0};
    ebb_text_t out = {0};
    const ebb_layout_t layout = {&out, WIDTH, false, "en"};
    ebb_put_chart(&layout, chart);
    const char *line = out.data ? strchr(out.data, '\n') : NULL; /* behind the title */
    while (line && line[1] && drawn.count < ROWS_MOST) {
        const char *begin = line + 1 + 10 + (chart->fine ? 3 : 1);
        line = strchr(line + 1, '\n');
        size_t length = line ? (size_t)(line - begin) : 0;
        CHECK(length < sizeof drawn.rows[0]);
        memcpy(drawn.rows[drawn.count++], begin, length);
    }
    ebb_text_free(&out);
    return drawn;
}

static ebb_chart_t chart_of(const double *times, size_t count,
                            const ebb_chart_line_t *lines, size_t line_count)
{
    return (ebb_chart_t){.title = "x",
                         .text = "",
                         .times = times,
                         .time_count = count,
                         .end = times[count - 1],
                         .low = 0,
                         .high = 1,
                         .rows = 5,
                         .lines = lines,
                         .line_count = line_count};
}

/* From the lower left to the upper right: 31 columns over 5 rows, each row's share is
 * that of its nearest values, half of it at the two ends. */
static void test_straight(void)
{
    static const double times[] = {0, 10}, values[] = {0, 1};
    const ebb_chart_line_t line = {.values = values, .stride = 1, .letter = 'a'};
    ebb_chart_t chart = chart_of(times, 2, &line, 1);
    drawn_t drawn = draw(&chart);
    CHECK(drawn.count == 5);
    size_t at = 0;
    for (size_t row = 5; row-- > 0;) {
        CHECK(strspn(drawn.rows[row], " ") == at);
        size_t here = strlen(drawn.rows[row]) - at;
        CHECK(strspn(drawn.rows[row] + at, "a") == here);
        CHECK(row == 0 || row == 4 ? here == 4 : here >= 7 && here <= 8);
        at += here;
    }
    CHECK(at == COLUMNS);
}

/* Braille: lower left dot first, upper right dot last. */
static void test_fine(void)
{
    static const double times[] = {0, 10}, values[] = {0, 1};
    const ebb_chart_line_t line = {.values = values, .stride = 1, .letter = 'a'};
    ebb_chart_t chart = chart_of(times, 2, &line, 1);
    chart.fine = true;
    drawn_t drawn = draw(&chart);
    CHECK(drawn.count == 5);
    CHECK(((unsigned char)drawn.rows[4][2] & 0x3F) == 0); /* dots 7 and 8 */
    CHECK(((unsigned char)drawn.rows[4][1] & 3) == 3);
    size_t last = strlen(drawn.rows[0]);
    CHECK(last > 3 && strcmp(drawn.rows[0] + last - 3, "\xE2\xA0\x89") == 0);
}

/* A jump between two times is a column of marks; a missing number is a gap. */
static void test_steep(void)
{
    static const double times[] = {0, 4.99, 5.01, 7, 7.01, 8, 10};
    static const double values[] = {0, 0, 1, 1, (double)NAN, 1, 1};
    const ebb_chart_line_t line = {.values = values, .stride = 1, .letter = 'a'};
    ebb_chart_t chart = chart_of(times, 7, &line, 1);
    drawn_t drawn = draw(&chart);
    for (size_t row = 1; row < 4; row++) {
        CHECK(strspn(drawn.rows[row], " ") >= 15 && strspn(drawn.rows[row], " ") <= 16);
        CHECK(strlen(drawn.rows[row]) == strspn(drawn.rows[row], " ") + 1);
    }
    const char *gap = strchr(drawn.rows[0] + 16, ' ');
    CHECK(gap && gap - drawn.rows[0] == 22 && strspn(gap, " ") == 2);
    CHECK(strlen(drawn.rows[0]) == COLUMNS);
}

/* One column to the next goes up by more than a row: those between are marked too. */
static void test_slope(void)
{
    static const double times[] = {0, 5, 5.6, 10}, values[] = {0, 0, 1, 1};
    const ebb_chart_line_t line = {.values = values, .stride = 1, .letter = 'a'};
    ebb_chart_t chart = chart_of(times, 4, &line, 1);
    chart.rows = 12;
    drawn_t drawn = draw(&chart);
    for (size_t row = 0; row < 12; row++) {
        CHECK(strchr(drawn.rows[row], 'a') != NULL);
    }
}

/* Two lines that meet, a band, and a line of zero. */
static void test_several(void)
{
    static const double times[] = {0, 10}, rises[] = {-1, 1}, falls[] = {1, -1};
    static const double low[] = {-0.5, -0.5}, high[] = {0.5, 0.5};
    const ebb_chart_line_t lines[] = {{.values = rises, .stride = 1, .letter = 'a'},
                                      {.values = falls, .stride = 1, .letter = 'b'}};
    const ebb_chart_line_t band[] = {{.values = low, .stride = 1},
                                     {.values = high, .stride = 1}};
    ebb_chart_t chart = chart_of(times, 2, lines, 2);
    chart.low = -1;
    drawn_t drawn = draw(&chart);
    CHECK(drawn.rows[2][15] == '#' && drawn.rows[2][0] == '.');
    CHECK(drawn.rows[0][0] == 'b' && drawn.rows[4][0] == 'a');
    chart.line_count = 0;
    chart.band = band;
    drawn = draw(&chart);
    for (size_t row = 1; row < 4; row++) {
        CHECK(strspn(drawn.rows[row], ":") == COLUMNS);
    }
    CHECK(drawn.rows[0][0] == '\0' && drawn.rows[4][0] == '\0');
}

/* More times than columns: a peak between two columns is seen all the same. */
static void test_peak(void)
{
    enum { TIMES = 1001 };
    static double times[TIMES], values[TIMES];
    for (int k = 0; k < TIMES; k++) {
        times[k] = 0.01 * k;
        values[k] = k == 517;
    }
    const ebb_chart_line_t line = {.values = values, .stride = 1, .letter = 'a'};
    ebb_chart_t chart = chart_of(times, TIMES, &line, 1);
    drawn_t drawn = draw(&chart);
    CHECK_STRING(drawn.rows[0] + strspn(drawn.rows[0], " "), "a");
}

/* A unit of more letters than the chart has columns is cut at its edge. */
static void test_axis(void)
{
    static const double times[] = {0, 1234.5};
    static const char unit[] = "unitoftimewithfarmoreletterslikethis";
    const ebb_chart_t chart = chart_of(times, 2, NULL, 0);
    ebb_text_t out = {0};
    const ebb_layout_t layout = {&out, WIDTH, false, "en"};
    CHECK(sizeof unit > COLUMNS);
    ebb_put_chart_axis(&layout, &chart, unit);
    const char *numbers = out.data ? strchr(out.data, '\n') : NULL;
    CHECK(numbers && strlen(numbers) == 1 + WIDTH + 1);
    CHECK(numbers && strncmp(numbers + 1 + 11, "1234.5 unitoftime", 17) == 0);
    ebb_text_free(&out);
}

/* A range that is more than the largest number: marks stay within the chart. */
static void test_endless(void)
{
    static const double times[] = {0, 10}, values[] = {-1e308, 1e308};
    const ebb_chart_line_t line = {.values = values, .stride = 1, .letter = 'a'};
    ebb_chart_t chart = chart_of(times, 2, &line, 1);
    chart.low = -1e308;
    chart.high = 1e308;
    drawn_t drawn = draw(&chart);
    CHECK(drawn.count == 5 && strchr(drawn.rows[0], 'a'));
    const ebb_layout_t layout = {&(ebb_text_t){0}, WIDTH, false, "en"};
    const ebb_plot_point_t points[] = {{-1e308, -1e308, 'x'}, {1e308, 1e308, 'x'}};
    ebb_put_plot(&layout, points, 2, "x", "y");
    CHECK(layout.out->data && strchr(layout.out->data, 'x'));
    ebb_text_free(layout.out);
}

static const char model_text[] =
    "model pair \"Two of a kind\" source \"made up\"\ntime day\n"
    "param gain = 1 in [0, 2] unit 1/day \"how fast\" source \"here\"\n"
    "param loss = 1 \"how fast it goes\"\n"
    "trait calm = 0\nstate x = 1\nshared y = 0\nlet z = 2*x\n"
    "d x = gain*partner.x*calm - loss*x\nd y = 1\n"
    "scenario short uses pair\nrun 3\nexpect ever(a.x > 2) \"never\"\n";

/* Everything that is written of a model and a run, with an allocator that ends. */
static int write_all(ebb_text_t *out, const ebb_model_text_t *text,
                     const ebb_model_t *model, const ebb_simulated_t *from)
{
    int failed = ebb_show_json(out, model, text) != 0;
    failed |= ebb_show_terminal(out, model, text, NULL) != 0;
    failed |= ebb_simulate_json(out, from) != 0;
    return failed | (ebb_simulate_terminal(out, from, NULL) != 0);
}

static void test_memory(void)
{
    static const double times[] = {0, 1, 3};
    static const ebb_run_output_t outputs[] = {{EBB_SCALAR_STATE, 0},
                                               {EBB_SCALAR_STATE, 1},
                                               {EBB_SCALAR_STATE, 2},
                                               {EBB_SCALAR_LET, 0}};
    ebb_model_text_t text = {.bytes = model_text, .size = sizeof model_text - 1};
    ebb_model_t *model = NULL;
    ebb_scenario_t *scenario = NULL;
    ebb_simulation_t *run = NULL;
    ebb_run_totals_t *totals = NULL;
    ebb_run_settings_t settings = {
        .times = times, .time_count = 3, .outputs = outputs, .output_count = 4};
    double values[12];
    CHECK(ebb_model_read(&model, &text, NULL, NULL) == EBB_OK);
    CHECK(ebb_scenario_read(&scenario, model, &text, NULL, NULL) == EBB_OK);
    CHECK(ebb_run_new(&run, model, scenario, &settings, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&totals, run, true, NULL) == EBB_OK);
    ebb_run_job_t job = {.end = 1, .values = values, .totals = totals};
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK);
    ebb_scenario_info_t info = ebb_scenario_info(scenario);
    CHECK_STRING(info.name, "short");
    CHECK_STRING(info.uses, "pair");
    CHECK(info.length == 3);
    ebb_simulated_t from = {.model = model,
                            .run = run,
                            .scenario = &info,
                            .settings = &settings,
                            .couples = 1,
                            .values = values,
                            .totals = totals};
    int failed = 1;
    long allowed = 0;
    for (; failed && allowed < 500; allowed++) {
        scarce_t scarce = {.left = allowed};
        const ebb_alloc_t alloc = {scarce_resize, &scarce};
        ebb_text_t out;
        ebb_text_init(&out, &alloc);
        failed = write_all(&out, &text, model, &from);
        ebb_text_free(&out);
        CHECK(scarce.held == 0);
    }
    CHECK(!failed && allowed > 5);
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    ebb_scenario_free(scenario);
    ebb_model_free(model);
}

int main(void)
{
    test_straight();
    test_fine();
    test_steep();
    test_slope();
    test_several();
    test_peak();
    test_axis();
    test_endless();
    test_memory();
    return check_report(__FILE__);
}
