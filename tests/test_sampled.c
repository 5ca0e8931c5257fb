/* SPDX-License-Identifier: MIT
 * Populations and trials over a sample: what a draw sets, the numbers of a draw whose
 * fate is known, and what they come to.
 */
#include "ebb/sampled.h"

#include "core/json.h"
#include "run_couple.h"

enum { COUPLES = 4000, ROOM = 64 };

static const char parting[] =
    "model parting \"Parting\"\n"
    "time day\n"
    "param leave = 0.005 in [0, 1], other = 0 in [0, 1]\n"
    "trait level = 0 in [-9, 9]\n"
    "input push = 0 in [0, 1]\n"
    "state mood = level\n"
    "shared together = 1\n"
    "d mood = push\n"
    "d together = 0\n"
    "shared event leaving rate leave*together + other -> together = 0\n"
    "lasts while together > 0.5\n";

static ebb_sample_t sample_of(const char *text)
{
    ebb_sample_t sample = {0};
    ebb_error_t error = {0};
    int code = ebb_sample_read(&sample, text, strlen(text), "sample", &error);
    check_one(code == EBB_OK, error.text, __FILE__, __LINE__);
    return sample;
}

/* What the run has at 0, and what the model does not have, is not set; what is out of
 * its range is told. */
static void test_place(void)
{
    ebb_model_t *model = model_of(parting);
    ebb_sample_t sample = sample_of("nobody\tother\tleave\n1\t0.5\t0.01\n1\t0.5\t2\n");
    const double *draw = ebb_sample_draw(&sample, 0, 2);
    double params[] = {0.005, 0};
    ebb_error_t error = {0};
    CHECK(ebb_sample_place(&sample, draw, model, params, NULL) == EBB_OK);
    CHECK(params[0] == 0.01 && isnan(params[1]));
    params[0] = 0;
    params[1] = 0.1;
    CHECK(ebb_sample_place(&sample, draw, model, params, NULL) == EBB_OK);
    CHECK(isnan(params[0]) && params[1] == 0.5);
    params[0] = 0.005;
    draw = ebb_sample_draw(&sample, 1, 2);
    CHECK(ebb_sample_place(&sample, draw, model, params, &error) == EBB_ERR_INPUT);
    CHECK_STRING(error.text,
                 "the sample has leave = 2, which is from 0 to 1 in parting");
    ebb_sample_free(&sample);
    ebb_model_free(model);
}

/* S(100) = exp(-100 leave), of both halves of people alike. */
static void test_population(void)
{
    static const char text[] = "population p uses parting\nrun 100\n"
                               "people level = normal(0, 1)\n"
                               "group high when lowest(level) > 0\n"
                               "satisfied when lowest(mood) > 0\n";
    ebb_model_t *model = model_of(parting);
    ebb_model_text_t source = {.bytes = text, .size = sizeof text - 1, .label = "text"};
    ebb_population_t *population = NULL;
    CHECK(ebb_population_read(&population, model, &source, NULL, NULL) == EBB_OK);
    CHECK(ebb_population_params(population)[0] == 0.005);
    const double params[] = {0.01, (double)NAN};
    const ebb_lives_settings_t settings = {.couples = COUPLES, .params = params};
    ebb_lives_t *lives = NULL;
    CHECK(ebb_lives_new(&lives, population, &settings, NULL) == EBB_OK);
    ebb_lives_info_t info = ebb_lives_info(lives);
    uint64_t *tally = calloc(info.numbers, sizeof *tally);
    for (uint64_t k = 0; k < info.shards; k++) {
        CHECK(ebb_lives_shard(lives, 0, k, tally, NULL) == EBB_OK);
    }
    const ebb_populated_t from = {model, population, lives, tally};
    ebb_sampled_row_t rows[ROOM];
    size_t count = 0, again = 0;
    CHECK(ebb_populated_numbers(&from, NULL, 0, &count) == EBB_OK && count == 6);
    CHECK(ebb_populated_numbers(&from, rows, ROOM, &again) == EBB_OK && again == 6);
    for (size_t k = 0; k < 6; k += 2) { /* all, high, others */
        CHECK_STRING(rows[k].number, "not_parted");
        CHECK_STRING(rows[k + 1].number, "stays_satisfied");
        CHECK(fabs(rows[k].value - exp(-1)) < 4.5 * rows[k].error);
        CHECK(rows[k].error > 0 && rows[k].arm == NULL);
    }
    CHECK_NEAR(rows[0].error, sqrt(exp(-1) * (1 - exp(-1)) / COUPLES), 1e-3);
    CHECK_STRING(rows[2].group, "high");
    CHECK_STRING(rows[4].group, "others");
    CHECK_NEAR(rows[3].value, rows[2].value, 1e-12); /* who is high is satisfied */
    CHECK(rows[5].value == 0 && rows[5].error == 0);
    free(tally);
    ebb_lives_free(lives);
    ebb_population_free(population);
    ebb_model_free(model);
}

/* Ten days of a push of .05: half an SD of 1 at the end, and nothing more later. */
static void test_trial(void)
{
    static const char text[] =
        "trial t uses parting\nrun 40\npeople level = normal(0, 1)\n"
        "enter at 10 when mean(mood) < 0\nend at 20\nfollow at 40\n"
        "outcome mean(mood)\nsd 1\nreliability 0.9\nrecovered when mean(mood) > 0\n"
        "arm none\narm pushed\n  from 10 to 20: push = 0.05\n"
        "arm left\n  set other = 1\n";
    ebb_model_t *model = model_of(parting);
    ebb_model_text_t source = {.bytes = text, .size = sizeof text - 1, .label = "text"};
    ebb_trial_t *trial = NULL;
    ebb_error_t error = {0};
    int code = ebb_trial_read(&trial, model, &source, NULL, &error);
    check_one(code == EBB_OK, error.text, __FILE__, __LINE__);
    const double params[] = {0, (double)NAN};
    const ebb_trial_settings_t settings = {.couples = COUPLES, .params = params};
    ebb_trial_run_t *run = NULL, *plain = NULL;
    CHECK(ebb_trial_run_new(&run, trial, &settings, NULL) == EBB_OK);
    CHECK(ebb_trial_run_new(&plain, trial, NULL, NULL) == EBB_OK);
    CHECK(ebb_trial_run_info(run).fingerprint != ebb_trial_run_info(plain).fingerprint);
    ebb_trial_run_info_t info = ebb_trial_run_info(run);
    uint64_t *tally = calloc(info.numbers, sizeof *tally);
    for (uint64_t k = 0; k < info.shards; k++) {
        CHECK(ebb_trial_shard(run, 0, k, tally, NULL) == EBB_OK);
    }
    const ebb_trialed_t from = {model, trial, run, tally};
    ebb_sampled_row_t rows[ROOM];
    size_t count = 0;
    CHECK(ebb_trialed_numbers(&from, rows, ROOM, &count) == EBB_OK);
    CHECK(count == 4 + 6 + 6);
    CHECK_STRING(rows[0].number, "effect_end");
    CHECK_STRING(rows[0].arm, "pushed");
    CHECK_NEAR(rows[0].value, 0.5, 1e-6);
    CHECK_STRING(rows[2].number, "effect_follow");
    CHECK_STRING(rows[2].arm, "pushed");
    CHECK_NEAR(rows[2].value, 0.5, 1e-6);
    CHECK_STRING(rows[4].number, "improved_end");
    ebb_trial_row_t all = ebb_trial_row(run, tally, 0, 1, EBB_TRIAL_END);
    CHECK(all.together == all.entered); /* nobody leaves, as the draw has it */
    all = ebb_trial_row(run, tally, 0, 2, EBB_TRIAL_END);
    CHECK(all.together == 0); /* but where an arm says so itself */
    free(tally);
    ebb_trial_run_free(run);
    ebb_trial_run_free(plain);
    ebb_trial_free(trial);
    ebb_model_free(model);
}

/* A share stays within 0 and 1; what most draws do not have is no number. */
static void test_over(void)
{
    const double none = (double)NAN;
    const ebb_sampled_row_t rows[] = {
        {"not_parted", "all", NULL, "share", 0.9, 0.01},
        {"episodes", "all", NULL, "a year", 4, 0.1},
        {"episodes", "some", NULL, "a year", none, none},
        {"not_parted", "all", NULL, "share", 1, 0},
        {"episodes", "all", NULL, "a year", 6, 0.1},
        {"episodes", "some", NULL, "a year", 6, 0.1},
    };
    ebb_sample_t sample = sample_of("leave\n0.01\n0.02\n");
    const ebb_sampled_t from = {.kind = "population",
                                .name = "p",
                                .text = "",
                                .model = "parting",
                                .couples = 7,
                                .seed = 3,
                                .sample = &sample,
                                .draws = 2,
                                .count = 3,
                                .rows = rows};
    ebb_sampled_over_t over = ebb_sampled_number(&from, 0);
    CHECK(over.draws == 2 && over.value == 0.95 && over.high == 1 && over.low < 0.95);
    over = ebb_sampled_number(&from, 1);
    /* B = 2 - .01, half = t(1) sqrt(B + .01/2) */
    CHECK_NEAR(over.high - over.value, 12.706204736 * sqrt(1.99 + 0.005), 1e-6);
    over = ebb_sampled_number(&from, 2);
    CHECK(over.draws == 1 && isnan(over.value) && isnan(over.low));
    ebb_text_t text = {0};
    CHECK(ebb_sampled_csv(&text, &from) == EBB_OK);
    CHECK(strstr(text.data, "episodes,,some,a year,,,,,6\n") != NULL);
    ebb_text_free(&text);
    CHECK(ebb_sampled_json(&text, &from) == EBB_OK);
    CHECK(strstr(text.data, "\"draws\":[null,6]") != NULL);
    CHECK(strstr(text.data, "\"seed\":\"3\",\"draws\":2,\"parameters\":[\"leave\"]") !=
          NULL);
    ebb_text_free(&text);
    CHECK(ebb_sampled_terminal(&text, &from, NULL) == EBB_OK);
    CHECK(strstr(text.data, "95.0 [") != NULL && strstr(text.data, "100.0]") != NULL);
    ebb_text_free(&text);
    ebb_sample_free(&sample);
}

int main(void)
{
    test_place();
    test_population();
    test_trial();
    test_over();
    return check_report(__FILE__);
}
