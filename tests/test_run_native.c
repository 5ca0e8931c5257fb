/* SPDX-License-Identifier: MIT
 * Native code and the interpreter have the same bits: every model that ships and every
 * good model of the language's tests, by each of its methods, at each level that this
 * processor has, for blocks of all widths, with and without exchanged chance. A model
 * has native code for what it computes, not for its name.
 *
 *     test_run_native MODEL.ebb ...
 */
#include "run/native.h"
#include "run_couple.h"

/* Kernels of the good models of the language's tests, compiled for this test alone. */
extern const ebb_native_level_t ebb_native_good;

enum { COUPLES = 27, TIMES = 8 };

/* Differs from couple to couple, whatever the model. */
static void vary(void *user, uint64_t couple, double *params, double *traits,
                 double *starts)
{
    const ebb_model_info_t *info = user;
    for (size_t i = 0; i < info->params; i++) {
        params[i] *= 1 + 0.001 * (double)((couple * 3 + i) % 7);
    }
    for (size_t i = 0; i < info->traits; i++) {
        traits[i] += 0.01 * (double)((couple * 5 + i) % 11);
    }
    for (size_t i = 0; i < info->states; i++) {
        starts[i] = isnan(starts[i]) ? 0.05 + 0.01 * (double)((couple * 7 + i) % 23)
                                     : starts[i];
    }
}

/* --- one run by one engine -------------------------------------------------------- */

typedef struct task {
    const char *label;
    const ebb_model_t *model;
    const ebb_scenario_t *scenario;
    ebb_run_settings_t settings;
} task_t;

/* Kernels of the good models are found as those that ship are. */
static void use_good(ebb_simulation_t *run)
{
    uint64_t digest = 0;
    CHECK(ebb_machine_compile(run, false, NULL) == EBB_OK);
    CHECK(ebb_native_digest(run, &digest) == EBB_OK);
    run->level = &ebb_native_good;
    run->native = ebb_native_find(&ebb_native_good, run, digest);
    CHECK(run->native != NULL);
    if (run->native) { /* the same digest, and one state more */
        ebb_native_t larger = *run->native;
        larger.shape.states++;
        const ebb_native_level_t level = {.models = &larger, .count = 1};
        CHECK(ebb_native_find(&level, run, digest) == NULL);
    }
    run->engine = EBB_ENGINE_NATIVE;
}

/* What the couples write; `level` NULL: the interpreter, "good": see above. NULL when
 * the method is not for the model. Couples that fail are part of it. */
static double *values_by(const task_t *task, const char *level, size_t *count)
{
    ebb_run_settings_t s = task->settings;
    bool good = level && strcmp(level, "good") == 0;
    s.engine = level && !good ? EBB_ENGINE_NATIVE : EBB_ENGINE_INTERPRETER;
    s.level = s.engine == EBB_ENGINE_NATIVE ? level : NULL;
    ebb_simulation_t *run = NULL;
    ebb_error_t error = {0};
    if (ebb_run_new(&run, task->model, task->scenario, &s, &error)) {
        if (level) {
            (void)fprintf(stderr, "%s: %s\n", task->label, error.text);
        }
        return NULL;
    }
    if (good) {
        use_good(run);
    }
    ebb_run_info_t info = ebb_run_info(run);
    CHECK(info.engine == (level ? EBB_ENGINE_NATIVE : EBB_ENGINE_INTERPRETER));
    *count = COUPLES * info.time_count * info.output_count;
    double *values = calloc(*count + 1, sizeof *values);
    ebb_run_job_t job = {.begin = 5, .end = 5 + COUPLES, .values = values};
    CHECK(ebb_run_range(run, &job, &error) == EBB_OK);
    ebb_run_free(run);
    return values;
}

static void compare(const task_t *task, const double *want, size_t count,
                    const char *level)
{
    size_t own = 0;
    double *got = values_by(task, level, &own);
    bool same = got && own == count && memcmp(got, want, count * sizeof *got) == 0;
    CHECK(same);
    if (!same) {
        (void)fprintf(stderr, "    %s, %s, %zu lanes: %s differs\n", task->label,
                      ebb_method_word(task->settings.method), task->settings.lanes,
                      level);
    }
    free(got);
}

/* The levels of the library, or the kernels of the good models. */
static void compare_levels(const task_t *task, const double *want, size_t count,
                           bool good)
{
    bool here = false;
    const char *level = NULL;
    if (good) {
        compare(task, want, count, "good");
    }
    for (size_t k = 0; !good && (level = ebb_engine_level(k, &here)); k++) {
        if (here) {
            compare(task, want, count, level);
        }
    }
}

/* --- all of a model --------------------------------------------------------------- */

static size_t check_task(task_t *task, bool good)
{
    static const size_t widths[] = {8, 24, 64};
    size_t methods = 0;
    for (ebb_method_t m = EBB_METHOD_MAP; m <= EBB_METHOD_ROSENBROCK; m++) {
        size_t count = 0;
        task->settings.method = m;
        task->settings.lanes = 0;
        double *want = values_by(task, NULL, &count);
        methods += want != NULL;
        for (size_t k = 0; k < 3 && want; k++) {
            task->settings.lanes = widths[k];
            compare_levels(task, want, count, good);
        }
        free(want);
    }
    return methods;
}

static void check_run(const ebb_model_t *model, const ebb_scenario_t *scenario,
                      const char *label, bool good)
{
    ebb_model_info_t info = ebb_model_info(model);
    double times[TIMES];
    for (size_t k = 0; k < TIMES; k++) {
        times[k] = info.steps ? (double)k : 0.93 * (double)k;
    }
    task_t task = {.label = label, .model = model, .scenario = scenario};
    for (int varied = 0; varied < 2; varied++) {
        task.settings = (ebb_run_settings_t){.length = 8,
                                             .step = 0.1,
                                             .tolerance = 1e-6,
                                             .seed = 11,
                                             .exchange = varied && info.alike,
                                             .times = times,
                                             .time_count = TIMES,
                                             .vary = varied ? vary : NULL,
                                             .vary_user = &info};
        if (scenario) { /* which may expect something of its end */
            task.settings.length = 0;
        }
        CHECK(check_task(&task, good) > 0);
    }
}

static void check_scenarios(const ebb_model_t *model, ebb_model_text_t text, bool good)
{
    ebb_scenario_info_t infos[8];
    size_t count = 0;
    CHECK(ebb_scenario_list(&text, infos, 8, &count) == EBB_OK);
    for (size_t k = 0; k < count && k < 8; k++) {
        ebb_scenario_t *scenario = NULL;
        text.scenario = infos[k].name;
        CHECK(ebb_scenario_read(&scenario, model, &text, NULL, NULL) == EBB_OK);
        if (scenario && ebb_scenario_plan(scenario)->length > 0) {
            check_run(model, scenario, infos[k].name, good);
        }
        ebb_scenario_free(scenario);
    }
}

static void test_file(const char *path)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    if (!file) {
        return;
    }
    ebb_model_text_t text = {.bytes = bytes, .label = path};
    text.size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    bool good = strstr(path, "lang/good/") != NULL;
    ebb_model_t *model = NULL;
    CHECK(ebb_model_read(&model, &text, NULL, NULL) == EBB_OK);
    if (model) {
        check_run(model, NULL, path, good);
        check_scenarios(model, text, good);
    }
    ebb_model_free(model);
}

/* --- who has native code ---------------------------------------------------------- */

static ebb_engine_t engine_of(const ebb_model_t *model)
{
    ebb_run_settings_t s = {.length = 1};
    ebb_simulation_t *run = NULL;
    CHECK(ebb_run_new(&run, model, NULL, &s, NULL) == EBB_OK);
    ebb_engine_t engine = run ? ebb_run_info(run).engine : EBB_ENGINE_AUTO;
    ebb_run_free(run);
    return engine;
}

/* models/felmlee_greenberg.ebb in other words, with other defaults and one let more. */
#define OTHER_WORDS                                           \
    "model mine \"Two of my own\"\n time day\n"               \
    "trait drive = 0.7 \"x\"\n trait influence = -2\n"        \
    "trait goal = 3\n state act = 1\n let far = goal - act\n" \
    "d act = drive*(goal - act) + influence*"

static void test_recognition(bool any_here)
{
    ebb_engine_t native = any_here ? EBB_ENGINE_NATIVE : EBB_ENGINE_INTERPRETER;
    ebb_model_t *copy = model_of(OTHER_WORDS "(partner.act - act)\n");
    ebb_model_t *changed = model_of(OTHER_WORDS "(partner.act - 0.5*act)\n");
    CHECK(engine_of(copy) == native);
    CHECK(engine_of(changed) == EBB_ENGINE_INTERPRETER);
    ebb_run_settings_t s = {.length = 1, .engine = EBB_ENGINE_NATIVE};
    if (any_here) {
        CHECK_STRING(refusal_of(copy, &s), "");
        CHECK_STRING(refusal_of(changed, &s),
                     "there is no native code for `mine`, only for the models that "
                     "ship: the interpreter runs it");
    }
    ebb_model_free(copy);
    ebb_model_free(changed);
}

static void test_levels(void)
{
    ebb_model_t *model = model_of(OTHER_WORDS "(partner.act - act)\n");
    ebb_run_settings_t s = {.length = 1, .level = "x87"};
    bool here = false;
    const char *level = NULL;
    CHECK_STRING(refusal_of(model, &s), "there is no native code of a level x87");
    for (size_t k = 0; (level = ebb_engine_level(k, &here)); k++) {
        char text[128];
        s.level = level;
        (void)snprintf(text, sizeof text, "this processor is not of level %s", level);
        CHECK_STRING(refusal_of(model, &s), here ? "" : text);
        if (!here) {
            (void)printf("%s: skipped, this processor lacks it\n", level);
        }
    }
    CHECK(!here);
    ebb_model_free(model);
}

static bool any_level_here(void)
{
    bool here = false;
    size_t k = 0;
    while (ebb_engine_level(k, &here) && !here) {
        k++;
    }
    return here;
}

int main(int argc, char **argv)
{
    CHECK(argc > 1);
    test_recognition(any_level_here());
    test_levels();
    for (int i = 1; i < argc; i++) {
        test_file(argv[i]);
    }
    return check_report(__FILE__);
}
