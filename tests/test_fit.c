/* SPDX-License-Identifier: MIT
 * Figures of runs with parameters set, against the same runs written out; and what is
 * wrong in the tables of a calibration. */
#include "ebb/fit.h"

#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "ebb/library.h"
#include "ebb/population.h"
#include "ebb/trial.h"

static const char population[] =
    "population together \"x\" uses pursue_withdraw\nrun 10 day\ncouples 30\n"
    "people anxiety = normal(0, 1)\nreport every 10\n";
static const char trial[] =
    "trial therapy \"x\" uses pursue_withdraw\nrun 11 day\n"
    "people anxiety = normal(0, 1)\nenter at 4 when mean(satisfaction) < 2\n"
    "end at 10\nfollow at 11\noutcome mean(satisfaction)\nsd 0.3\nreliability 0.9\n"
    "recovered when mean(satisfaction) > 0.6\narm waiting\narm treated\n"
    "  from 4 to 10: emotionally_focused = 0.8\n";
static const char talk[] = "scenario talk \"x\" uses conversation\nrun 10 minute\n";

static const char params[] = "name\truns\tlow\thigh\tscale\twhy\n"
                             "hazard_scale\tp t\t0.001\t0.5\tlog\tx\n"
                             "lever\tt\t0\t1\tplain\tx\n"
                             "inertia\ttalk\t0.2\t3\tlog\tx\n";
static const char targets[] = "id\tvalue\tlow\thigh\tused\n"
                              "gone\t0.2\t0.1\t0.3\tfit\n"
                              "other\t0.2\t0.1\t0.3\theld-out\n"
                              "wait\t0.1\t0\t0.3\tfit\n"
                              "help\t0.1\t0\t0.3\tfit\n"
                              "said\t0.1\t0\t0.3\tfit\n"
                              "own\t0.3\t0.2\t0.4\tfit\n"
                              "gain\t0.05\t0\t0.1\tfit\n";
static const char figures[] = "id\trun\tfigure\n"
                              "gone\tp\tparted\n"
                              "wait\tt\tchange waiting\n"
                              "help\tt\tchange treated\n"
                              "said\t-\t-\n"
                              "gain\ttalk\tgain\n"
                              "own\ttalk\town\n";

enum { GONE, WAIT, HELP, GAIN, OWN, FIGURES }; /* in the order of the last table */

typedef struct bench {
    ebb_calibrate_table_t table;
    ebb_fit_file_t files[3];
    ebb_fit_source_t source;
    ebb_fit_runs_t *fit;
    uint64_t couples;
} bench_t;

static ebb_model_text_t text_of(const char *bytes, const char *label)
{
    return (ebb_model_text_t){.bytes = bytes, .size = strlen(bytes), .label = label};
}

static int open_tables(bench_t *b, const char *p, const char *t, ebb_error_t *error)
{
    b->table = (ebb_calibrate_table_t){0};
    int code = ebb_calibrate_table_params(&b->table, p, strlen(p), "params", error);
    return code
               ? code
               : ebb_calibrate_table_targets(&b->table, t, strlen(t), "targets", error);
}

static int open_fit(bench_t *b, const char *f, ebb_error_t *error)
{
    const ebb_fit_file_t files[3] = {{"p", text_of(population, "p.ebb")},
                                     {"t", text_of(trial, "t.ebb")},
                                     {"talk", text_of(talk, "talk.ebb")}};
    memcpy(b->files, files, sizeof files);
    b->source = (ebb_fit_source_t){.table = &b->table,
                                   .files = b->files,
                                   .file_count = 3,
                                   .figures = f,
                                   .figures_size = strlen(f),
                                   .figures_label = "figures",
                                   .couples = b->couples,
                                   .only = b->source.only,
                                   .only_count = b->source.only_count};
    return ebb_fit_new(&b->fit, &b->source, error);
}

static int figures_at(const ebb_fit_runs_t *fit, ebb_fit_point_t point,
                      ebb_error_t *error)
{
    return ebb_fit_figures(fit, &point, error);
}

static void close_bench(bench_t *b)
{
    ebb_fit_free(b->fit);
    ebb_calibrate_table_free(&b->table);
}

/* --- what is read ----------------------------------------------------------------- */

static void test_settings(const bench_t *b)
{
    ebb_calibrate_settings_t s = {0};
    static const bool acts[FIGURES * 3] = {1, 0, 0, /* */ 1, 1,       0, /* */ 1, 1,
                                           0, 0, 0, 1,       /* */ 0, 0, 1};
    ebb_fit_settings(b->fit, &s);
    CHECK(s.param_count == 3 && s.target_count == FIGURES);
    CHECK(s.params[0].log && !s.params[1].log && s.params[0].low == 0.001);
    CHECK_STRING(s.targets[GONE].name, "gone");
    CHECK_STRING(s.targets[OWN].name, "own");
    CHECK(s.targets[OWN].high == 0.4);
    CHECK(memcmp(s.acts, acts, sizeof acts) == 0);
    CHECK_STRING(ebb_fit_missing(b->fit, 0), "said");
    CHECK(ebb_fit_missing(b->fit, 1) == NULL);
}

/* --- figures ---------------------------------------------------------------------- */

/* The share that has parted is near that of a hazard that no state slows down by more
 * than a factor e^3, nor by less than 1; parameters act on their own runs alone. */
static void test_figures(const bench_t *b)
{
    double now[FIGURES], errors[FIGURES], then[FIGURES], other[FIGURES];
    const double low[3] = {0.001, 0.35, 0.8}, high[3] = {0.5, 0.35, 0.8};
    const double strong[3] = {0.001, 1, 0.8}, slow[3] = {0.001, 0.35, 3};
    CHECK(figures_at(b->fit, (ebb_fit_point_t){low, 7, now, errors}, NULL) == EBB_OK);
    CHECK(figures_at(b->fit, (ebb_fit_point_t){low, 7, then, other}, NULL) == EBB_OK);
    CHECK(memcmp(now, then, sizeof now) == 0);
    CHECK(memcmp(errors, other, sizeof errors) == 0);
    CHECK(now[GONE] <= 1 - exp(-2 * 0.001 * 10) + 4 * errors[GONE]);
    CHECK(figures_at(b->fit, (ebb_fit_point_t){high, 7, then, other}, NULL) == EBB_OK);
    CHECK(then[GONE] >= 1 - exp(-2 * 0.5 * 10 * exp(-3)) - 4 * other[GONE]);
    CHECK(then[OWN] == now[OWN] && then[GAIN] == now[GAIN]);
    CHECK_NEAR(other[GONE], sqrt(then[GONE] * (1 - then[GONE]) / 20), 1e-12);
    CHECK(figures_at(b->fit, (ebb_fit_point_t){strong, 7, then, other}, NULL) ==
          EBB_OK);
    CHECK(then[WAIT] == now[WAIT] && then[HELP] != now[HELP]);
    CHECK(then[GONE] == now[GONE]);
    CHECK(figures_at(b->fit, (ebb_fit_point_t){slow, 7, then, other}, NULL) == EBB_OK);
    CHECK(then[OWN] > now[OWN]); /* moods that last explain more */
    CHECK(then[HELP] == now[HELP]);
    CHECK(figures_at(b->fit, (ebb_fit_point_t){low, 8, then, other}, NULL) == EBB_OK);
    CHECK(then[OWN] != now[OWN] && then[WAIT] != now[WAIT]);
}

/* Changes are in standard deviations of those who enter: the trial as it stands. */
static void test_change(const bench_t *b)
{
    ebb_library_model_t shipped;
    ebb_model_t *model = NULL;
    ebb_trial_t *read = NULL;
    ebb_trial_run_t *run = NULL;
    char text[1024];
    const double point[3] = {0.02, 0.6, 0.8};
    double sum = 0, squares = 0, values[FIGURES], errors[FIGURES];
    (void)snprintf(text, sizeof text, "%s%s%s",
                   "trial therapy \"x\" uses pursue_withdraw\n"
                   "set hazard_scale = 0.02\nset lever = 0.6\n",
                   "", strchr(trial, '\n') + 1);
    CHECK(ebb_library_find("pursue_withdraw", &shipped));
    CHECK(ebb_model_read(&model, &shipped.file, NULL, NULL) == EBB_OK);
    const ebb_model_text_t written = text_of(text, "x");
    CHECK(ebb_trial_read(&read, model, &written, NULL, NULL) == EBB_OK);
    enum { SEEDS = 6 };
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        const ebb_trial_settings_t settings = {.couples = 20, .seed = 100 + seed};
        CHECK(ebb_trial_run_new(&run, read, &settings, NULL) == EBB_OK);
        uint64_t *tally = calloc(ebb_trial_run_info(run).numbers, sizeof *tally);
        CHECK(tally && ebb_trial_shard(run, 0, 0, tally, NULL) == EBB_OK);
        double own = ebb_trial_row(run, tally, 0, 1, EBB_TRIAL_END).change.mean /
                     ebb_trial_entry_sd(run, tally);
        CHECK(figures_at(b->fit, (ebb_fit_point_t){point, seed, values, errors},
                         NULL) == EBB_OK);
        double apart = own - values[HELP];
        sum += apart / SEEDS;
        squares += apart * apart / SEEDS;
        free(tally);
        ebb_trial_run_free(run);
    }
    CHECK(fabs(sum) < 4 * sqrt((squares - sum * sum) / (SEEDS - 1)));
    ebb_trial_free(read);
    ebb_model_free(model);
}

static void test_work(const bench_t *b)
{
    const double points[6] = {0.01, 0.35, 0.8, 0.02, 0.35, 0.8};
    uint64_t work = ebb_fit_work(b->fit, points, 2, 1);
    CHECK(work == ebb_fit_work(b->fit, points, 2, 1));
    CHECK(work != ebb_fit_work(b->fit, points, 1, 1));
    CHECK(work != ebb_fit_work(b->fit, points, 2, 2));
}

/* Where none are asked for each run has its own: the share is one of 30 couples. */
static void test_couples(void)
{
    static const char *const only[] = {"p"};
    const double point[1] = {0.5};
    double own[FIGURES], same[FIGURES], errors[FIGURES];
    double *to[2] = {own, same};
    const uint64_t couples[2] = {0, 30};
    for (size_t k = 0; k < 2; k++) {
        bench_t b = {.couples = couples[k]};
        ebb_error_t error = {0};
        b.source.only = only;
        b.source.only_count = 1;
        CHECK(open_tables(&b, params, targets, &error) == EBB_OK);
        CHECK(open_fit(&b, figures, &error) == EBB_OK);
        CHECK(figures_at(b.fit, (ebb_fit_point_t){point, 7, to[k], errors}, NULL) ==
              EBB_OK);
        close_bench(&b);
    }
    CHECK(own[0] == same[0] && own[0] > 0 && own[0] < 1);
    double gone = own[0] * 31 - 0.5; /* half a couple more has parted, of one more */
    CHECK_NEAR(gone, floor(gone + 0.5), 1e-9);
}

/* One run alone: its figures and parameters; a run that is none. */
static void test_only(void)
{
    static const char *const talk_only[] = {"talk"}, *const none[] = {"walk"};
    bench_t b = {.couples = 20};
    ebb_error_t error = {0};
    ebb_calibrate_settings_t s = {0};
    double values[2], errors[2];
    const double point[1] = {0.8};
    CHECK(open_tables(&b, params, targets, NULL) == EBB_OK);
    b.source.only = talk_only;
    b.source.only_count = 1;
    CHECK(open_fit(&b, figures, &error) == EBB_OK);
    ebb_fit_settings(b.fit, &s);
    CHECK(s.param_count == 1 && s.target_count == 2 && s.acts[0] && s.acts[1]);
    CHECK_STRING(s.params[0].name, "inertia");
    CHECK_STRING(ebb_fit_missing(b.fit, 3), "said");
    CHECK(figures_at(b.fit, (ebb_fit_point_t){point, 7, values, errors}, NULL) ==
          EBB_OK);
    CHECK(values[1] > 0 && values[1] < 1);
    close_bench(&b);
    CHECK(open_tables(&b, params, targets, NULL) == EBB_OK);
    b.source.only = none;
    CHECK(open_fit(&b, figures, &error) == EBB_ERR_INPUT);
    CHECK(strstr(error.text, "walk") != NULL);
    close_bench(&b);
}

/* --- what is wrong ---------------------------------------------------------------- */

static void refuse_tables(const char *p, const char *t, int want, const char *why)
{
    bench_t b = {0};
    ebb_error_t error = {0};
    CHECK(open_tables(&b, p, t, &error) == want);
    CHECK(strstr(error.text, why) != NULL);
    ebb_calibrate_table_free(&b.table);
}

static void refuse_figures(const char *p, const char *f, const char *why)
{
    bench_t b = {0};
    ebb_error_t error = {0};
    CHECK(open_tables(&b, p, targets, NULL) == EBB_OK);
    CHECK(open_fit(&b, f, &error) == EBB_ERR_INPUT);
    CHECK(b.fit == NULL);
    CHECK(strstr(error.text, why) != NULL);
    ebb_calibrate_table_free(&b.table);
}

static void test_refusals(void)
{
    char many[2000] = "name\truns\tlow\thigh\tscale\n";
    for (size_t k = 0; k <= EBB_CALIBRATE_PARAMS_MOST; k++) {
        strcat(many, "lever\tt\t0\t1\tplain\n");
    }
    refuse_tables("", targets, EBB_ERR_INPUT, "column 'name'");
    refuse_tables("name\tlow\thigh\tscale\n", targets, EBB_ERR_INPUT, "column 'runs'");
    refuse_tables("name\truns\tlow\thigh\tscale\nx\tt\t0\tone\tlog\n", targets,
                  EBB_ERR_INPUT, "number: 'one'");
    refuse_tables("name\truns\tlow\thigh\tscale\nx\tt\t0\t1\tsine\n", targets,
                  EBB_ERR_INPUT, "not 'sine'");
    refuse_tables("name\truns\tlow\thigh\tscale\nx\tt\n", targets, EBB_ERR_INPUT,
                  "number: ''");
    refuse_tables(many, targets, EBB_ERR_LIMIT, "16 parameters");
    refuse_tables(params, "id\tvalue\tlow\thigh\tused\nx\t-\t0\t1\tfit\n",
                  EBB_ERR_INPUT, "number: '-'");
    refuse_figures(params, "id\trun\tfigure\ngone\tq\tparted\n", "no run 'q'");
    refuse_figures(params, "id\trun\tfigure\ngone\tt\tparted\n", "no figure 'parted'");
    refuse_figures(params, "id\trun\tfigure\nnone\tp\tparted\n", "no target 'none'");
    refuse_figures(params, "id\trun\tfigure\ngone\tp\tparted\n", "1 of 6 targets");
    refuse_figures("name\truns\tlow\thigh\tscale\nx\tt\t0\t1\tlog\n", figures,
                   "no `x`");
    refuse_figures("name\truns\tlow\thigh\tscale\nlever\tq r\t0\t1\tplain\n", figures,
                   "'q r'");
    refuse_figures("name\truns\tlow\thigh\tscale\nalarm\tt\t0\t1\tplain\n", figures,
                   "");
}

/* The line of what is wrong, empty lines counted. */
static void test_lines(void)
{
    bench_t b = {0};
    ebb_error_t error = {0};
    CHECK(open_tables(
              &b, "name\truns\tlow\thigh\tscale\n\na\tt\t0\t1\tlog\nx\tt\t0\t?\tlog",
              targets, &error) == EBB_ERR_INPUT);
    CHECK(error.line == 4);
    CHECK_STRING(error.where, "params");
    ebb_calibrate_table_free(&b.table);
}

/* No such arm, or a value that the model refuses: an evaluation says so. */
static void test_refused_points(bench_t *b)
{
    double values[FIGURES], errors[FIGURES];
    ebb_error_t error = {0};
    const double outside[3] = {0.01, 2, 0.8};
    CHECK(figures_at(b->fit, (ebb_fit_point_t){outside, 1, values, errors}, &error) ==
          EBB_ERR_INPUT);
    CHECK(strstr(error.text, "lever") != NULL);
}

int main(void)
{
    bench_t b = {.couples = 20};
    ebb_error_t error = {0};
    CHECK(open_tables(&b, params, targets, &error) == EBB_OK);
    CHECK(open_fit(&b, figures, &error) == EBB_OK);
    CHECK_STRING(error.text, "");
    if (b.fit) {
        test_settings(&b);
        test_figures(&b);
        test_change(&b);
        test_work(&b);
        test_refused_points(&b);
    }
    close_bench(&b);
    test_only();
    test_couples();
    test_refusals();
    test_lines();
    return check_report(__FILE__);
}
