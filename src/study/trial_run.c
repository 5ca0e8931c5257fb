/* SPDX-License-Identifier: MIT
 *
 * A trial run: each couple in every arm with the same random numbers, so what an arm
 * does to a couple is a difference within it.
 *
 * What comes of a shard is whole numbers. Changes are counted in units of 2^-16 of the
 * sd, so that their sums and sums of squares are whole numbers too (negative ones as
 * two's complements, which add up all the same).
 */
#include <math.h>
#include <string.h>

#include "core/fail.h"
#include "ebb/run.h"
#include "lang/trial.h"
#include "math/random.h"
#include "study/people.h"

/* A block of draws of its own, as in study/people.c. */
#define TRIAL_ERRORS 0x60000000u

#define TRIAL_UNIT 65536.0  /* of a change, in an sd */
#define TRIAL_SDS_MOST 16.0 /* larger changes count as this: squares of 10^7 fit */
#define TRIAL_BLOCK 64u
#define TRIAL_WORKERS_MOST 64u

/* Numbers of a group, an arm and a visit. */
enum {
    TRIAL_TOGETHER,
    TRIAL_IMPROVED,
    TRIAL_WORSE,
    TRIAL_RECOVERED,
    TRIAL_KEPT,
    TRIAL_DROPPED,
    TRIAL_SUM,
    TRIAL_SQUARES,
    TRIAL_BOTH,
    TRIAL_BOTH_SUM,
    TRIAL_BOTH_SQUARES,
    TRIAL_NUMBERS
};

/* Before all groups: couples that failed; the outcome at entry. */
enum { TRIAL_FAILED, TRIAL_ENTRY_SUM, TRIAL_ENTRY_SQUARES, TRIAL_HEAD };

typedef struct trial_worker {
    const ebb_trial_run_t *run;
    uint64_t first; /* couple of the shard */
    double *scores;
    ebb_simulation_t **arms;
    double *summaries; /* of a block, for each arm a block of them */
} trial_worker_t;

struct ebb_trial_run {
    ebb_alloc_t alloc;
    const ebb_trial_t *trial;
    uint64_t couples, seed, fingerprint;
    size_t groups, arms, summaries, stride; /* numbers of a group */
    double reliable;                        /* change, in sds */
    trial_worker_t *workers;
    size_t worker_count;
};

static int trialrun_no_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a trial");
}

static const ebb_trial_plan_t *trialrun_plan(const ebb_trial_run_t *run)
{
    return &run->trial->plan;
}

/* --- opening ---------------------------------------------------------------------- */

/* Gives a couple the people that were drawn for it; its type is that of a callback. */
/* NOLINTBEGIN(readability-non-const-parameter) */
static void trialrun_vary(void *user, uint64_t couple, double *params, double *traits,
                          double *starts)
{
    const trial_worker_t *worker = user;
    uint64_t place = couple - worker->first;
    (void)params;
    (void)starts;
    if (place < EBB_TRIAL_SHARD) {
        ebb_people_give(&trialrun_plan(worker->run)->common, worker->scores + 4 * place,
                        traits);
    }
}
/* NOLINTEND(readability-non-const-parameter) */

static int trialrun_open_arm(ebb_trial_run_t *run, trial_worker_t *worker, size_t arm,
                             const double *params, ebb_error_t *error)
{
    static const ebb_run_output_t any = {EBB_SCALAR_STATE, 0};
    bool people = trialrun_plan(run)->common.people_count > 0;
    const ebb_run_settings_t settings = {.seed = run->seed,
                                         .outputs = &any,
                                         .output_count = 1,
                                         .params = params,
                                         .vary = people ? trialrun_vary : NULL,
                                         .vary_user = worker,
                                         .alloc = &run->alloc};
    int code = ebb_run_new(&worker->arms[arm], run->trial->model, run->trial->arms[arm],
                           &settings, error);
    if (!code) {
        run->summaries = ebb_run_info(worker->arms[arm]).summary_count;
    }
    return code;
}

static int trialrun_open_worker(ebb_trial_run_t *run, trial_worker_t *worker,
                                const double *params, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = &run->alloc;
    worker->run = run;
    worker->scores = ebb_new_array(alloc, EBB_TRIAL_SHARD, 4 * sizeof(double));
    worker->arms = ebb_new_array(alloc, run->arms, sizeof *worker->arms);
    if (!worker->scores || !worker->arms) {
        return trialrun_no_memory(error);
    }
    int code = EBB_OK;
    for (size_t k = 0; k < run->arms && !code; k++) {
        code = trialrun_open_arm(run, worker, k, params, error);
    }
    if (code) {
        return code;
    }
    worker->summaries =
        ebb_new_array(alloc, run->arms * TRIAL_BLOCK, run->summaries * sizeof(double));
    return worker->summaries ? EBB_OK : trialrun_no_memory(error);
}

static void trialrun_close_worker(const ebb_trial_run_t *run, trial_worker_t *worker)
{
    const ebb_alloc_t *alloc = &run->alloc;
    for (size_t k = 0; worker->arms && k < run->arms; k++) {
        ebb_run_free(worker->arms[k]);
    }
    ebb_free_array(alloc, worker->arms, run->arms, sizeof *worker->arms);
    ebb_free_array(alloc, worker->scores, EBB_TRIAL_SHARD, 4 * sizeof(double));
    ebb_free_array(alloc, worker->summaries, run->arms * TRIAL_BLOCK,
                   run->summaries * sizeof(double));
}

static int trialrun_fingerprint(ebb_trial_run_t *run, const double *params,
                                ebb_error_t *error)
{
    size_t bytes = ebb_model_info(run->trial->model).params * sizeof *params;
    ebb_text_t text;
    ebb_text_init(&text, &run->alloc);
    ebb_model_describe(run->trial->model, &text);
    ebb_trial_describe(run->trial, &text);
    uint64_t hash = ebb_hash_bytes(EBB_HASH_BEGIN, text.data, text.length);
    int code = text.failed ? trialrun_no_memory(error) : EBB_OK;
    ebb_text_free(&text);
    hash = params ? ebb_hash_bytes(hash, params, bytes) : hash;
    hash = ebb_hash_number(hash, 1); /* of the form of a tally */
    hash = ebb_hash_number(hash, run->seed);
    run->fingerprint = ebb_hash_number(hash, run->couples);
    return code;
}

static int trialrun_count(ebb_trial_run_t *run, const ebb_trial_settings_t *settings,
                          ebb_error_t *error)
{
    const ebb_trial_plan_t *plan = trialrun_plan(run);
    size_t named = plan->common.groups.count;
    run->seed = settings->seed;
    run->couples = settings->couples ? settings->couples
                   : plan->couples   ? plan->couples
                                     : EBB_TRIAL_COUPLES;
    run->worker_count = settings->workers ? settings->workers : 1;
    if (run->couples > EBB_TRIAL_COUPLES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%llu couples; there may be %u",
                        (unsigned long long)run->couples, EBB_TRIAL_COUPLES_MOST);
    }
    if (run->worker_count > TRIAL_WORKERS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%zu workers; there may be %u",
                        run->worker_count, TRIAL_WORKERS_MOST);
    }
    run->arms = plan->arm_count;
    run->groups = named ? named + 2 : 1;
    run->stride = 1 + run->arms * EBB_TRIAL_VISITS * TRIAL_NUMBERS;
    run->reliable = ebb_trial_info(run->trial).reliable / plan->sd;
    return EBB_OK;
}

static int trialrun_open(ebb_trial_run_t *run, const ebb_trial_settings_t *settings,
                         ebb_error_t *error)
{
    int code = trialrun_count(run, settings, error);
    if (code) {
        return code;
    }
    run->workers = ebb_new_array(&run->alloc, run->worker_count, sizeof *run->workers);
    if (!run->workers) {
        return trialrun_no_memory(error);
    }
    for (size_t k = 0; k < run->worker_count && !code; k++) {
        code = trialrun_open_worker(run, &run->workers[k], settings->params, error);
    }
    return code ? code : trialrun_fingerprint(run, settings->params, error);
}

int ebb_trial_run_new(ebb_trial_run_t **run, const ebb_trial_t *trial,
                      const ebb_trial_settings_t *settings, ebb_error_t *error)
{
    const ebb_trial_settings_t plain = {0};
    settings = settings ? settings : &plain;
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    *run = NULL;
    ebb_trial_run_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return trialrun_no_memory(error);
    }
    fresh->alloc = *alloc;
    fresh->trial = trial;
    int code = trialrun_open(fresh, settings, error);
    if (code) {
        ebb_trial_run_free(fresh);
        return code;
    }
    *run = fresh;
    return EBB_OK;
}

void ebb_trial_run_free(ebb_trial_run_t *run)
{
    if (run) {
        ebb_alloc_t alloc = run->alloc;
        for (size_t k = 0; run->workers && k < run->worker_count; k++) {
            trialrun_close_worker(run, &run->workers[k]);
        }
        ebb_free_array(&alloc, run->workers, run->worker_count, sizeof *run->workers);
        ebb_free_array(&alloc, run, 1, sizeof *run);
    }
}

ebb_trial_run_info_t ebb_trial_run_info(const ebb_trial_run_t *run)
{
    return (ebb_trial_run_info_t){
        .couples = run->couples,
        .shards = (run->couples + EBB_TRIAL_SHARD - 1) / EBB_TRIAL_SHARD,
        .seed = run->seed,
        .numbers = TRIAL_HEAD + run->groups * run->stride,
        .groups = run->groups,
        .fingerprint = run->fingerprint,
        .people = ebb_people_words(&trialrun_plan(run)->common),
    };
}

/* --- counting --------------------------------------------------------------------- */

/* A number of sds as a whole number of units. */
static int64_t trialrun_units(double sds)
{
    sds = sds > -TRIAL_SDS_MOST ? sds : -TRIAL_SDS_MOST;
    sds = sds < TRIAL_SDS_MOST ? sds : TRIAL_SDS_MOST;
    return (int64_t)floor(sds * TRIAL_UNIT + 0.5);
}

static void trialrun_sum(uint64_t *sum, uint64_t *squares, double sds)
{
    int64_t units = trialrun_units(sds);
    *sum += (uint64_t)units;
    *squares += (uint64_t)(units * units);
}

static double *trialrun_of(const trial_worker_t *worker, size_t arm, size_t i)
{
    return worker->summaries + (arm * TRIAL_BLOCK + i) * worker->run->summaries;
}

/* Whom a rule means: of a condition as the run has it, of a bound as it is measured. */
static bool trialrun_means(const ebb_trial_rule_t *rule, const double *summaries,
                           uint32_t condition, uint32_t outcome)
{
    return rule->side == EBB_WORD_BELOW   ? summaries[outcome] < rule->bound
           : rule->side == EBB_WORD_ABOVE ? summaries[outcome] > rule->bound
                                          : summaries[condition] != 0;
}

/* Change since entry in sds, of which one beyond `reliable` counts [eq 404]; NaN of a
 * couple that has parted. */
static double trialrun_change(const ebb_trial_run_t *run, const double *summaries,
                              int visit)
{
    const ebb_trial_plan_t *plan = trialrun_plan(run);
    const ebb_trial_visit_t *at = &plan->visits[visit];
    double before = summaries[plan->visits[EBB_TRIAL_ENTRY].outcome];
    return summaries[at->together] != 0 ? (summaries[at->outcome] - before) / plan->sd
                                        : (double)NAN;
}

static void trialrun_add(const ebb_trial_run_t *run, const double *own,
                         const double *first, int visit, uint64_t *numbers)
{
    const ebb_trial_plan_t *plan = trialrun_plan(run);
    const ebb_trial_visit_t *at = &plan->visits[visit];
    double change = trialrun_change(run, own, visit);
    double against = trialrun_change(run, first, visit);
    bool improved = change > run->reliable; /* not of NaN */
    bool at_end = trialrun_change(run, own, EBB_TRIAL_END) > run->reliable;
    numbers[TRIAL_TOGETHER] += isnan(change) ? 0 : 1;
    numbers[TRIAL_IMPROVED] += improved;
    numbers[TRIAL_WORSE] += change < -run->reliable;
    numbers[TRIAL_RECOVERED] +=
        improved && trialrun_means(&plan->recovered, own, at->recovered, at->outcome);
    numbers[TRIAL_KEPT] += improved && at_end;
    numbers[TRIAL_DROPPED] += plan->dropped != EBB_NONE && own[plan->dropping] != 0;
    if (!isnan(change)) {
        trialrun_sum(&numbers[TRIAL_SUM], &numbers[TRIAL_SQUARES], change);
    }
    if (!isnan(change) && !isnan(against)) {
        numbers[TRIAL_BOTH]++;
        trialrun_sum(&numbers[TRIAL_BOTH_SUM], &numbers[TRIAL_BOTH_SQUARES],
                     change - against);
    }
}

static uint64_t *trialrun_numbers(uint64_t *group, size_t arm, int visit)
{
    return group + 1 + (arm * EBB_TRIAL_VISITS + (size_t)visit) * TRIAL_NUMBERS;
}

/* Couple i of a block, which enters, into a group. */
static void trialrun_enter(const trial_worker_t *worker, size_t i, uint64_t *group)
{
    const ebb_trial_run_t *run = worker->run;
    const double *first = trialrun_of(worker, 0, i);
    group[0]++;
    for (size_t arm = 0; arm < run->arms; arm++) {
        for (int visit = EBB_TRIAL_END; visit < EBB_TRIAL_VISITS; visit++) {
            trialrun_add(run, trialrun_of(worker, arm, i), first, visit,
                         trialrun_numbers(group, arm, visit));
        }
    }
}

/* Whether a couple could not be run in some arm. */
static bool trialrun_failed(const trial_worker_t *worker, size_t i)
{
    uint32_t at = trialrun_plan(worker->run)->visits[EBB_TRIAL_ENTRY].together;
    bool failed = false;
    for (size_t arm = 0; arm < worker->run->arms; arm++) {
        failed = failed || isnan(trialrun_of(worker, arm, i)[at]);
    }
    return failed;
}

static size_t trialrun_group(const ebb_trial_run_t *run, const double *summaries)
{
    const ebb_list_t *groups = &trialrun_plan(run)->common.groups;
    const ebb_population_kind_t *kinds = groups->items;
    size_t k = 0;
    while (k < groups->count && summaries[kinds[k].summary] == 0) {
        k++;
    }
    return k + 1;
}

static void trialrun_take(const trial_worker_t *worker, size_t i, uint64_t *tally)
{
    const ebb_trial_run_t *run = worker->run;
    const ebb_trial_plan_t *plan = trialrun_plan(run);
    const ebb_trial_visit_t *entry = &plan->visits[EBB_TRIAL_ENTRY];
    const double *first = trialrun_of(worker, 0, i);
    uint64_t *groups = tally + TRIAL_HEAD;
    if (trialrun_failed(worker, i)) {
        tally[TRIAL_FAILED]++;
    } else if (first[entry->together] != 0 &&
               trialrun_means(&plan->enter, first, plan->entering, entry->outcome)) {
        trialrun_sum(&tally[TRIAL_ENTRY_SUM], &tally[TRIAL_ENTRY_SQUARES],
                     first[entry->outcome] / plan->sd);
        trialrun_enter(worker, i, groups);
        if (run->groups > 1) {
            trialrun_enter(worker, i,
                           groups + trialrun_group(run, first) * run->stride);
        }
    }
}

/* Adds what measuring makes of the outcomes of a couple, in all arms the same [eq 406].
 */
static void trialrun_measure(const trial_worker_t *worker, uint64_t couple, size_t i)
{
    const ebb_trial_plan_t *plan = trialrun_plan(worker->run);
    const double sd = ebb_trial_error(plan);
    if (sd == 0) {
        return;
    }
    ebb_random_block_t draw =
        ebb_random_at(worker->run->seed, (uint32_t)couple, 0, TRIAL_ERRORS);
    const uint32_t words[EBB_TRIAL_VISITS] = {draw.a, draw.b, draw.c};
    for (size_t v = 0; v < EBB_TRIAL_VISITS; v++) {
        double error = sd * ebb_random_normal(words[v]);
        for (size_t arm = 0; arm < worker->run->arms; arm++) {
            trialrun_of(worker, arm, i)[plan->visits[v].outcome] += error;
        }
    }
}

static int trialrun_block(trial_worker_t *worker, uint64_t begin, uint64_t end,
                          uint64_t *tally, ebb_error_t *error)
{
    const ebb_trial_run_t *run = worker->run;
    int code = EBB_OK;
    for (size_t arm = 0; arm < run->arms && !code; arm++) {
        ebb_run_job_t job = {.begin = begin,
                             .end = end,
                             .summaries = worker->summaries +
                                          arm * TRIAL_BLOCK * run->summaries};
        code = ebb_run_range(worker->arms[arm], &job, error);
    }
    for (size_t i = 0; !code && i < end - begin; i++) {
        trialrun_measure(worker, begin + i, i);
        trialrun_take(worker, i, tally);
    }
    return code;
}

int ebb_trial_shard(const ebb_trial_run_t *run, size_t worker, uint64_t shard,
                    uint64_t *tally, ebb_error_t *error)
{
    uint64_t begin = shard * EBB_TRIAL_SHARD, end = begin + EBB_TRIAL_SHARD;
    if (worker >= run->worker_count || begin >= run->couples) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "there is no shard %llu, or no worker",
                        (unsigned long long)shard);
    }
    trial_worker_t *own = &run->workers[worker];
    const ebb_people_t people = {&trialrun_plan(run)->common, &run->alloc, run->seed};
    end = end < run->couples ? end : run->couples;
    own->first = begin;
    int code = ebb_people_draw(&people, begin, end, own->scores, error);
    for (uint64_t first = begin; first < end && !code; first += TRIAL_BLOCK) {
        uint64_t last = first + TRIAL_BLOCK;
        code = trialrun_block(own, first, last < end ? last : end, tally, error);
    }
    return code;
}

/* --- reading out ------------------------------------------------------------------ */

/* Mean and sd out of sums of units [eq 405]. */
static double trialrun_mean(uint64_t n, uint64_t sum, uint64_t squares, double *sd)
{
    double count = (double)n, total = (double)(int64_t)sum;
    double mean = total / count;
    double variance = ((double)squares - total * mean) / (count - 1);
    *sd = n > 1 ? sqrt(variance > 0 ? variance : 0) / TRIAL_UNIT : (double)NAN;
    return n > 0 ? mean / TRIAL_UNIT : (double)NAN;
}

static ebb_trial_mean_t trialrun_interval(uint64_t n, uint64_t sum, uint64_t squares)
{
    double sd = 0, mean = trialrun_mean(n, sum, squares, &sd);
    double reach = 1.959963984540054 * sd / sqrt((double)n);
    return (ebb_trial_mean_t){n, mean, mean - reach, mean + reach};
}

ebb_trial_row_t ebb_trial_row(const ebb_trial_run_t *run, const uint64_t *tally,
                              size_t group, size_t arm, int visit)
{
    const uint64_t *of = tally + TRIAL_HEAD + group * run->stride;
    const uint64_t *n =
        of + 1 + (arm * EBB_TRIAL_VISITS + (size_t)visit) * TRIAL_NUMBERS;
    return (ebb_trial_row_t){
        .entered = of[0],
        .together = n[TRIAL_TOGETHER],
        .improved = n[TRIAL_IMPROVED],
        .worse = n[TRIAL_WORSE],
        .recovered = n[TRIAL_RECOVERED],
        .kept = n[TRIAL_KEPT],
        .dropped = n[TRIAL_DROPPED],
        .change = trialrun_interval(n[TRIAL_TOGETHER], n[TRIAL_SUM], n[TRIAL_SQUARES]),
        .effect =
            trialrun_interval(n[TRIAL_BOTH], n[TRIAL_BOTH_SUM], n[TRIAL_BOTH_SQUARES]),
    };
}

uint64_t ebb_trial_failed(const ebb_trial_run_t *run, const uint64_t *tally)
{
    (void)run;
    return tally[TRIAL_FAILED];
}

double ebb_trial_entry_sd(const ebb_trial_run_t *run, const uint64_t *tally)
{
    (void)run;
    double sd = 0;
    (void)trialrun_mean(tally[TRIAL_HEAD], tally[TRIAL_ENTRY_SUM],
                        tally[TRIAL_ENTRY_SQUARES], &sd);
    return sd;
}
