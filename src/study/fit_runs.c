/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page calibrates.
 *
 * What is read off a population, a trial, and talks. */
#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "core/memory.h"
#include "ebb/population.h"
#include "ebb/run.h"
#include "ebb/trial.h"
#include "study/fit.h"
#include "study/moods.h"

/* Fills the figures of a kind of a task's run. */
static void fit_tell(const ebb_fit_task_t *task, ebb_fit_what_t what, double value,
                     double error)
{
    for (size_t k = 0; k < task->fit->target_count; k++) {
        const ebb_fit_figure_t *figure = &task->fit->figures[k];
        if (figure->run == task->run && figure->what == what) {
            task->values[k] = value;
            task->errors[k] = error;
        }
    }
}

static int fit_no_memory(const ebb_fit_task_t *task)
{
    return ebb_fail(task->error, EBB_ERR_MEMORY, "out of memory");
}

/* --- population ------------------------------------------------------------------- */

static void fit_parted(const ebb_fit_task_t *task, const ebb_lives_t *lives,
                       const uint64_t *tally)
{
    ebb_lives_group_t all = ebb_lives_group(lives, tally, 0);
    ebb_lives_info_t info = ebb_lives_info(lives);
    double n = (double)all.couples, parted = 0;
    for (size_t k = 0; k < info.bins * info.endings; k++) {
        parted += (double)all.parted[k];
    }
    double share = (parted + 0.5) / (n + 1); /* never 0 or 1; half a couple more makes
                                                the mean of the logarithm right */
    fit_tell(task, EBB_FIT_PARTED, share, sqrt(share * (1 - share) / n));
}

static int fit_live(const ebb_fit_task_t *task, const ebb_lives_t *lives)
{
    ebb_lives_info_t info = ebb_lives_info(lives);
    uint64_t *tally = ebb_new_array(ebb_alloc_default(), info.numbers, sizeof *tally);
    int code = tally ? EBB_OK : fit_no_memory(task);
    for (uint64_t k = 0; k < info.shards && !code; k++) {
        code = ebb_lives_shard(lives, 0, k, tally, task->error);
    }
    if (!code) {
        fit_parted(task, lives, tally);
    }
    ebb_free_array(ebb_alloc_default(), tally, info.numbers, sizeof *tally);
    return code;
}

int ebb_fit_population(const ebb_fit_task_t *task)
{
    ebb_population_t *population = NULL;
    ebb_lives_t *lives = NULL;
    const ebb_lives_settings_t settings = {.couples = task->fit->source.couples,
                                           .seed = task->seed};
    int code = ebb_population_read(&population, task->fit->runs[task->run].model,
                                   &task->text, NULL, task->error);
    code = code ? code : ebb_lives_new(&lives, population, &settings, task->error);
    code = code ? code : fit_live(task, lives);
    ebb_lives_free(lives);
    ebb_population_free(population);
    return code;
}

/* --- trial ------------------------------------------------------------------------ */

static size_t fit_arm(const ebb_trial_t *trial, const char *name)
{
    size_t arms = ebb_trial_info(trial).arms, arm = 0;
    while (arm < arms && strcmp(ebb_trial_arm(trial, arm), name) != 0) {
        arm++;
    }
    return arm;
}

/* Means are in the trial's sd; those who enter have one of their own. */
static int fit_changes(const ebb_fit_task_t *task, const ebb_trial_t *trial,
                       const ebb_trial_run_t *run, const uint64_t *tally)
{
    double sd = ebb_trial_entry_sd(run, tally);
    for (size_t k = 0; k < task->fit->target_count; k++) {
        const ebb_fit_figure_t *figure = &task->fit->figures[k];
        if (figure->run != task->run) {
            continue;
        }
        size_t arm = fit_arm(trial, figure->arm);
        if (arm == ebb_trial_info(trial).arms) {
            return ebb_fail_at(task->error, EBB_ERR_INPUT,
                               (ebb_place_t){.where = task->text.label},
                               "has no arm '%s'", figure->arm);
        }
        ebb_trial_mean_t change =
            ebb_trial_row(run, tally, 0, arm, EBB_TRIAL_END).change;
        bool told = change.couples >= EBB_FIT_ENTERED && sd > 0;
        task->values[k] = told ? change.mean / sd : (double)NAN;
        task->errors[k] = told ? (change.high - change.low) / (2 * 1.96) / sd : 0;
    }
    return EBB_OK;
}

static int fit_try(const ebb_fit_task_t *task, const ebb_trial_t *trial,
                   const ebb_trial_run_t *run)
{
    ebb_trial_run_info_t info = ebb_trial_run_info(run);
    uint64_t *tally = ebb_new_array(ebb_alloc_default(), info.numbers, sizeof *tally);
    int code = tally ? EBB_OK : fit_no_memory(task);
    for (uint64_t k = 0; k < info.shards && !code; k++) {
        code = ebb_trial_shard(run, 0, k, tally, task->error);
    }
    code = code ? code : fit_changes(task, trial, run, tally);
    ebb_free_array(ebb_alloc_default(), tally, info.numbers, sizeof *tally);
    return code;
}

int ebb_fit_trial(const ebb_fit_task_t *task)
{
    ebb_trial_t *trial = NULL;
    ebb_trial_run_t *run = NULL;
    const ebb_trial_settings_t settings = {.couples = task->fit->source.couples,
                                           .seed = task->seed};
    int code = ebb_trial_read(&trial, task->fit->runs[task->run].model, &task->text,
                              NULL, task->error);
    code = code ? code : ebb_trial_run_new(&run, trial, &settings, task->error);
    code = code ? code : fit_try(task, trial, run);
    ebb_trial_run_free(run);
    ebb_trial_free(trial);
    return code;
}

/* --- talks ------------------------------------------------------------------------ */

/* Talks of the scenario's length with moods every two seconds; traits of people are
 * normal, of independent partners, as the whole population's are taken to be. */
enum { TALK_TRAITS = 4, TALK_MOODS_MOST = 1800 };
#define TALK_SECONDS 2.0
#define TALK_MINUTE 60.0

/* Sums over talks of the four figures, and of their squares. */
typedef struct fit_talks {
    double *a, *b; /* moods of the talk at hand */
    size_t moods;
    double sums[4], squares[4];
    double count;
} fit_talks_t;

static int fit_add_talk(void *user, uint64_t couple, const double *rows)
{
    fit_talks_t *talks = user;
    (void)couple;
    for (size_t t = 0; t < talks->moods; t++) {
        talks->a[t] = rows[2 * t];
        talks->b[t] = rows[2 * t + 1];
    }
    ebb_moods_t shares = ebb_moods_shares(talks->a, talks->b, talks->moods);
    const double figures[4] = {shares.own, shares.partner, shares.both,
                               shares.both - shares.own};
    for (size_t k = 0; k < 4; k++) {
        talks->sums[k] += figures[k];
        talks->squares[k] += figures[k] * figures[k];
    }
    talks->count++;
    return 0;
}

static void fit_tell_talks(const ebb_fit_task_t *task, const fit_talks_t *talks)
{
    for (size_t k = 0; k < 4; k++) {
        double mean = talks->sums[k] / talks->count;
        double variance = talks->squares[k] / talks->count - mean * mean;
        fit_tell(task, (ebb_fit_what_t)(EBB_FIT_OWN + k), mean,
                 sqrt((variance > 0 ? variance : 0) / (talks->count - 1)));
    }
}

/* The moods and traits of the two, by their names in the model. */
static int fit_talk_names(const ebb_model_t *model, ebb_run_output_t outputs[2],
                          ebb_run_spread_t spreads[TALK_TRAITS], ebb_error_t *error)
{
    static const char *const moods[2] = {"a.mood", "b.mood"};
    static const char *const traits[TALK_TRAITS] = {"a.anxiety", "b.anxiety",
                                                    "a.avoidance", "b.avoidance"};
    int code = EBB_OK;
    for (size_t k = 0; k < 2 && !code; k++) {
        code =
            ebb_model_find(model, moods[k], &outputs[k].kind, &outputs[k].index, error);
    }
    for (size_t k = 0; k < TALK_TRAITS && !code; k++) {
        spreads[k] = (ebb_run_spread_t){.law = EBB_SPREAD_NORMAL, .a = 0, .b = 1};
        code = ebb_model_find(model, traits[k], &spreads[k].kind, &spreads[k].index,
                              error);
    }
    return code;
}

static int fit_run_talks(const ebb_fit_task_t *task, const ebb_simulation_t *run,
                         fit_talks_t *talks)
{
    uint64_t couples = task->fit->source.couples;
    ebb_run_job_t job = {.end = couples ? couples : EBB_FIT_TALKS,
                         .record = fit_add_talk,
                         .record_user = talks};
    int code = ebb_run_range(run, &job, task->error);
    if (!code) {
        fit_tell_talks(task, talks);
    }
    return code;
}

static int fit_talk_all(const ebb_fit_task_t *task, const ebb_scenario_t *scenario,
                        double *room)
{
    const ebb_model_t *model = task->fit->runs[task->run].model;
    ebb_run_output_t outputs[2];
    ebb_run_spread_t spreads[TALK_TRAITS];
    ebb_simulation_t *run = NULL;
    double step = TALK_SECONDS / TALK_MINUTE;
    double length = ebb_scenario_info(scenario).length;
    fit_talks_t talks = {.a = room, .b = room + TALK_MOODS_MOST};
    double *times = room + (ptrdiff_t)2 * TALK_MOODS_MOST;
    while (talks.moods < TALK_MOODS_MOST &&
           (double)(talks.moods + 1) * step <= length + step / 2) {
        double time = (double)(talks.moods + 1) * step;
        times[talks.moods++] = time < length ? time : length;
    }
    int code = fit_talk_names(model, outputs, spreads, task->error);
    const ebb_run_settings_t settings = {.step = step,
                                         .seed = task->seed,
                                         .times = times,
                                         .time_count = talks.moods,
                                         .outputs = outputs,
                                         .output_count = 2,
                                         .spreads = spreads,
                                         .spread_count = TALK_TRAITS};
    code = code ? code : ebb_run_new(&run, model, scenario, &settings, task->error);
    code = code ? code : fit_run_talks(task, run, &talks);
    ebb_run_free(run);
    return code;
}

int ebb_fit_talk(const ebb_fit_task_t *task)
{
    ebb_scenario_t *scenario = NULL;
    size_t size = (size_t)3 * TALK_MOODS_MOST;
    double *room = ebb_new_array(ebb_alloc_default(), size, sizeof *room);
    if (!room) {
        return fit_no_memory(task);
    }
    int code = ebb_scenario_read(&scenario, task->fit->runs[task->run].model,
                                 &task->text, NULL, task->error);
    code = code ? code : fit_talk_all(task, scenario, room);
    ebb_scenario_free(scenario);
    ebb_free_array(ebb_alloc_default(), room, size, sizeof *room);
    return code;
}
