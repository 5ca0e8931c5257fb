/* SPDX-License-Identifier: MIT
 * A model as someone writes it who has read docs/language.md and nothing else runs at
 * once, and what its scenarios expect comes true.
 *
 *     test_run_good GOOD
 */
#define _GNU_SOURCE
#include "run_couple.h"

/* All that is in a file, to be freed. */
static char *file_text(const char *folder, const char *name, size_t *size)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s.ebb", folder, name);
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, 1 << 16);
    *size = file && bytes ? fread(bytes, 1, 1 << 16, file) : 0;
    if (file) {
        (void)fclose(file);
    }
    return bytes;
}

/* Runs a scenario for 200 couples and asks for its expectations. */
static void check_scenario(const ebb_model_t *model, const ebb_model_text_t *text)
{
    ebb_scenario_t *scenario = NULL;
    ebb_simulation_t *run = NULL;
    ebb_run_totals_t *totals = NULL;
    ebb_run_settings_t settings = {.seed = 1};
    CHECK(ebb_scenario_read(&scenario, model, text, NULL, NULL) == EBB_OK);
    CHECK(ebb_run_new(&run, model, scenario, &settings, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&totals, run, false, NULL) == EBB_OK);
    ebb_run_job_t job = {.end = 200, .totals = totals};
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK && job.failed == 0);
    size_t count = ebb_run_info(run).expect_count;
    CHECK(count > 0);
    for (size_t k = 0; k < count; k++) {
        ebb_run_verdict_t verdict;
        CHECK(ebb_run_verdict(totals, k, &verdict) == EBB_OK);
        check_one(verdict.holds, verdict.code, text->scenario, (int)verdict.kept);
    }
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    ebb_scenario_free(scenario);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    ebb_model_t *model = NULL;
    ebb_model_text_t text = {.label = "chores.ebb"};
    char *bytes = file_text(argv[1], "chores", &text.size);
    text.bytes = bytes;
    CHECK(ebb_model_read(&model, &text, NULL, NULL) == EBB_OK);
    if (model) {
        text.scenario = "unlike";
        check_scenario(model, &text);
        text.scenario = "alike";
        check_scenario(model, &text);
    }
    ebb_model_free(model);
    free(bytes);
    return check_report(__FILE__);
}
