/* SPDX-License-Identifier: MIT
 *
 * A population over years: couples run in blocks, each looked at and then counted.
 *
 * Main idea: of a shard nothing is kept but whole numbers - how many couples were
 * together at each report, how many parted in each stretch, how many episodes began.
 * Adding is exact, so shards may be run anywhere and put together in any order.
 */
#include "study/lives.h"

#include <math.h>
#include <stdio.h>

#include "core/fail.h"
#include "study/people.h"

#define LIVES_LOOKS_MOST 1000000u
#define LIVES_WORKERS_MOST 64u
#define LIVES_HOURS 6.0 /* between looks: as long as the shortest episode */

static int lives_no_memory(ebb_error_t *error)
{
    return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory for a population");
}

static const ebb_population_plan_t *lives_plan(const ebb_lives_t *lives)
{
    return &lives->population->plan;
}

/* --- opening ---------------------------------------------------------------------- */

static int lives_count(ebb_lives_t *lives, const ebb_lives_settings_t *settings,
                       ebb_error_t *error)
{
    const ebb_population_plan_t *plan = lives_plan(lives);
    lives->seed = settings->seed;
    lives->couples = settings->couples ? settings->couples
                     : plan->couples   ? plan->couples
                                       : EBB_POPULATION_COUPLES;
    lives->worker_count = settings->workers ? settings->workers : 1;
    if (lives->couples > EBB_LIVES_COUPLES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%llu couples; there may be %u",
                        (unsigned long long)lives->couples, EBB_LIVES_COUPLES_MOST);
    }
    if (lives->worker_count > LIVES_WORKERS_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "%zu workers; there may be %u",
                        lives->worker_count, LIVES_WORKERS_MOST);
    }
    return EBB_OK;
}

/* The `withdrawal` of every person, of a model that has one and a time of the clock;
 * else any number, as a run writes something. */
static int lives_outputs(ebb_lives_t *lives, ebb_error_t *error)
{
    const ebb_model_t *model = lives->population->model;
    ebb_model_info_t info = ebb_model_info(model);
    lives->hours = ebb_unit_hours(info.time_unit);
    lives->outputs = ebb_new_array(&lives->alloc, info.persons, sizeof *lives->outputs);
    if (!lives->outputs) {
        return lives_no_memory(error);
    }
    lives->episodes = lives->hours > 0;
    for (size_t p = 0; p < info.persons && lives->episodes; p++) {
        char name[160] = "";
        const char *person = ebb_model_person(model, p);
        (void)snprintf(name, sizeof name, "%s.withdrawal", person);
        lives->episodes = ebb_model_find(model, name, &lives->outputs[p].kind,
                                         &lives->outputs[p].index, NULL) == EBB_OK &&
                          lives->outputs[p].kind >= EBB_SCALAR_STATE;
    }
    lives->output_count = lives->episodes ? info.persons : 1;
    if (!lives->episodes) {
        lives->outputs[0] = (ebb_run_output_t){EBB_SCALAR_STATE, 0};
    }
    return EBB_OK;
}

double ebb_lives_time(const ebb_lives_t *lives, size_t bin)
{
    return bin < lives->bins ? (double)bin * lives->every : lives->length;
}

double ebb_lives_look(const ebb_lives_t *lives, size_t bin)
{
    return (ebb_lives_time(lives, bin + 1) - ebb_lives_time(lives, bin)) /
           (double)lives->fine;
}

/* When the couples are looked at: at the reports, and evenly between them. */
static int lives_times(ebb_lives_t *lives, ebb_error_t *error)
{
    const ebb_population_plan_t *plan = lives_plan(lives);
    double looks =
        lives->episodes ? ceil(plan->every * lives->hours / LIVES_HOURS - 1e-9) : 1;
    lives->every = plan->every;
    lives->length = plan->length;
    lives->bins = (size_t)ceil(plan->length / plan->every - 1e-9);
    looks = looks > 1 ? looks : 1;
    if (looks * (double)lives->bins > LIVES_LOOKS_MOST) {
        return ebb_fail(error, EBB_ERR_LIMIT,
                        "the run is so long that it would be looked at more than %u "
                        "times",
                        LIVES_LOOKS_MOST);
    }
    lives->fine = (size_t)looks;
    lives->look_count = lives->bins * lives->fine + 1;
    lives->looks = ebb_new_array(&lives->alloc, lives->look_count, sizeof(double));
    for (size_t k = 0; lives->looks && k < lives->look_count; k++) {
        size_t bin = k / lives->fine;
        lives->looks[k] =
            k + 1 == lives->look_count
                ? lives->length
                : ebb_lives_time(lives, bin) +
                      (double)(k % lives->fine) * ebb_lives_look(lives, bin);
    }
    return lives->looks ? EBB_OK : lives_no_memory(error);
}

static void lives_layout(ebb_lives_t *lives)
{
    const ebb_population_plan_t *plan = lives_plan(lives);
    lives->groups = plan->groups.count ? plan->groups.count + 2 : 1;
    lives->endings = plan->endings.count + 1;
    lives->stride = LIVES_TOGETHER + lives->bins + 1 + 2 * lives->bins +
                    lives->bins * lives->endings;
}

/* Gives a couple the people that were drawn for it; its type is that of a callback. */
/* NOLINTBEGIN(readability-non-const-parameter) */
static void lives_vary(void *user, uint64_t couple, double *params, double *traits,
                       double *starts)
{
    const ebb_lives_worker_t *worker = user;
    const ebb_population_plan_t *plan = lives_plan(worker->lives);
    uint64_t place = couple - worker->first;
    (void)params;
    (void)starts;
    if (place >= EBB_LIVES_SHARD) {
        return; /* none of the shard: asked while a run is made */
    }
    ebb_people_give(plan, worker->scores + 4 * place, traits);
}
/* NOLINTEND(readability-non-const-parameter) */

static int lives_open_worker(ebb_lives_t *lives, ebb_lives_worker_t *worker,
                             const double *params, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = &lives->alloc;
    const ebb_run_settings_t settings = {
        .seed = lives->seed,
        .times = lives->looks,
        .time_count = lives->look_count,
        .outputs = lives->outputs,
        .output_count = lives->output_count,
        .params = params,
        .vary = lives_plan(lives)->people_count ? lives_vary : NULL,
        .vary_user = worker,
        .alloc = alloc,
    };
    size_t looks = lives->look_count;
    worker->lives = lives;
    worker->scores = ebb_new_array(alloc, EBB_LIVES_SHARD, 4 * sizeof(double));
    worker->lasting = ebb_new_array(alloc, EBB_LIVES_BLOCK, looks * sizeof(bool));
    worker->values = ebb_new_array(alloc, EBB_LIVES_BLOCK,
                                   looks * lives->output_count * sizeof(double));
    worker->withdrawn = ebb_new_array(alloc, looks, sizeof(double));
    worker->spells = ebb_new_array(alloc, looks / 2 + 1, sizeof(ebb_spell_t));
    if (!worker->scores || !worker->lasting || !worker->values || !worker->withdrawn ||
        !worker->spells) {
        return lives_no_memory(error);
    }
    int code = ebb_run_new(&worker->run, lives->population->model,
                           lives->population->scenario, &settings, error);
    if (code) {
        return code;
    }
    lives->summary_count = ebb_run_info(worker->run).summary_count;
    worker->summaries =
        ebb_new_array(alloc, EBB_LIVES_BLOCK, lives->summary_count * sizeof(double));
    return worker->summaries ? EBB_OK : lives_no_memory(error);
}

static void lives_close_worker(const ebb_lives_t *lives, ebb_lives_worker_t *worker)
{
    const ebb_alloc_t *alloc = &lives->alloc;
    size_t looks = lives->look_count;
    ebb_run_free(worker->run);
    ebb_free_array(alloc, worker->scores, EBB_LIVES_SHARD, 4 * sizeof(double));
    ebb_free_array(alloc, worker->lasting, EBB_LIVES_BLOCK, looks * sizeof(bool));
    ebb_free_array(alloc, worker->values, EBB_LIVES_BLOCK,
                   looks * lives->output_count * sizeof(double));
    ebb_free_array(alloc, worker->withdrawn, looks, sizeof(double));
    ebb_free_array(alloc, worker->spells, looks / 2 + 1, sizeof(ebb_spell_t));
    ebb_free_array(alloc, worker->summaries, EBB_LIVES_BLOCK,
                   lives->summary_count * sizeof(double));
}

/* --- what a tally depends on ------------------------------------------------------ */

static int lives_fingerprint(ebb_lives_t *lives, const double *params,
                             ebb_error_t *error)
{
    size_t bytes = ebb_model_info(lives->population->model).params * sizeof(double);
    const uint64_t numbers[] = {
        2, lives->seed, lives->couples, EBB_LIVES_SHARD, lives->bins, lives->fine};
    ebb_text_t text;
    ebb_text_init(&text, &lives->alloc);
    ebb_model_describe(lives->population->model, &text);
    ebb_population_describe(lives->population, &text);
    uint64_t hash = ebb_hash_bytes(EBB_HASH_BEGIN, text.data, text.length);
    hash = params ? ebb_hash_bytes(hash, params, bytes) : hash;
    int code = text.failed ? lives_no_memory(error) : EBB_OK;
    ebb_text_free(&text);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        hash = ebb_hash_number(hash, numbers[k]);
    }
    lives->fingerprint = hash;
    return code;
}

/* --- the whole -------------------------------------------------------------------- */

static int lives_open(ebb_lives_t *lives, const ebb_lives_settings_t *settings,
                      ebb_error_t *error)
{
    int code = lives_count(lives, settings, error);
    code = code ? code : lives_outputs(lives, error);
    code = code ? code : lives_times(lives, error);
    if (code) {
        return code;
    }
    lives_layout(lives);
    lives->workers =
        ebb_new_array(&lives->alloc, lives->worker_count, sizeof *lives->workers);
    if (!lives->workers) {
        return lives_no_memory(error);
    }
    for (size_t k = 0; k < lives->worker_count && !code; k++) {
        code = lives_open_worker(lives, &lives->workers[k], settings->params, error);
    }
    return code ? code : lives_fingerprint(lives, settings->params, error);
}

int ebb_lives_new(ebb_lives_t **lives, const ebb_population_t *population,
                  const ebb_lives_settings_t *settings, ebb_error_t *error)
{
    const ebb_lives_settings_t plain = {0};
    settings = settings ? settings : &plain;
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    *lives = NULL;
    ebb_lives_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return lives_no_memory(error);
    }
    fresh->alloc = *alloc;
    fresh->population = population;
    int code = lives_open(fresh, settings, error);
    if (code) {
        ebb_lives_free(fresh);
        return code;
    }
    *lives = fresh;
    return EBB_OK;
}

void ebb_lives_free(ebb_lives_t *lives)
{
    if (!lives) {
        return;
    }
    ebb_alloc_t alloc = lives->alloc;
    for (size_t k = 0; lives->workers && k < lives->worker_count; k++) {
        lives_close_worker(lives, &lives->workers[k]);
    }
    ebb_free_array(&alloc, lives->workers, lives->worker_count, sizeof *lives->workers);
    ebb_free_array(&alloc, lives->looks, lives->look_count, sizeof(double));
    ebb_free_array(&alloc, lives->outputs,
                   ebb_model_info(lives->population->model).persons,
                   sizeof *lives->outputs);
    ebb_free_array(&alloc, lives, 1, sizeof *lives);
}

ebb_lives_info_t ebb_lives_info(const ebb_lives_t *lives)
{
    return (ebb_lives_info_t){
        .couples = lives->couples,
        .shards = (lives->couples + EBB_LIVES_SHARD - 1) / EBB_LIVES_SHARD,
        .seed = lives->seed,
        .numbers = lives->groups * lives->stride,
        .groups = lives->groups,
        .bins = lives->bins,
        .endings = lives->endings,
        .judged = lives_plan(lives)->judged,
        .episodes = lives->episodes,
        .year = lives->hours > 0 ? 8766 / lives->hours : 0,
        .people = ebb_people_words(lives_plan(lives)),
        .fingerprint = lives->fingerprint,
    };
}
