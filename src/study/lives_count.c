/* SPDX-License-Identifier: MIT
 * What becomes of couples, as whole numbers: shards run, couples counted, groups read
 * out. */
#include <math.h>

#include "core/fail.h"
#include "study/lives.h"
#include "study/people.h"

/* A couple as it is counted. */
typedef struct lives_couple {
    const double *summaries;
    const bool *lasting; /* at each look */
    bool parted;
    double when; /* it was first seen parted */
    size_t bin, ending, field;
    bool reunited;
} lives_couple_t;

/* The stretch in which something is seen: ]begin, end]. */
static size_t lives_bin(const ebb_lives_t *lives, double time)
{
    double bin = ceil(time / lives->every - 1e-9) - 1;
    double last = (double)(lives->bins - 1);
    return bin > 0 ? (size_t)(bin < last ? bin : last) : 0;
}

/* --- one couple ------------------------------------------------------------------- */

/* Of several ways to end that fit, the first one named. Who parts at the very end of
 * the run is of none, since there a way that was seen cannot be told from one that was
 * not. */
static size_t lives_ending(const ebb_lives_t *lives, const lives_couple_t *couple)
{
    const ebb_list_t *endings = &lives->population->plan.endings;
    const ebb_population_kind_t *kinds = endings->items;
    size_t k = 0;
    if (couple->when >= lives->length) {
        return endings->count;
    }
    while (k < endings->count && couple->summaries[kinds[k].summary] != couple->when) {
        k++;
    }
    return k;
}

static size_t lives_field(const ebb_lives_t *lives, const lives_couple_t *couple)
{
    const ebb_population_plan_t *plan = &lives->population->plan;
    bool early = couple->parted && couple->when < lives->length;
    bool satisfied = early ? couple->summaries[plan->left_so] == couple->when
                           : couple->summaries[plan->satisfied] != 0;
    return couple->parted
               ? (satisfied ? EBB_LIVES_PARTED_SATISFIED : EBB_LIVES_PARTED_NOT)
               : (satisfied ? EBB_LIVES_STABLE_SATISFIED : EBB_LIVES_STABLE_NOT);
}

static void lives_see(const ebb_lives_t *lives, lives_couple_t *couple)
{
    const ebb_population_plan_t *plan = &lives->population->plan;
    couple->when = couple->summaries[plan->parted];
    couple->parted =
        couple->when < lives->length || !couple->lasting[lives->look_count - 1];
    couple->bin = lives_bin(lives, couple->when);
    couple->ending = lives_ending(lives, couple);
    couple->field = plan->judged ? lives_field(lives, couple) : 0;
    couple->reunited = false;
    for (size_t k = 0; k < lives->look_count && couple->parted; k++) {
        couple->reunited =
            couple->reunited || (lives->looks[k] > couple->when && couple->lasting[k]);
    }
}

static void lives_add(const ebb_lives_t *lives, const lives_couple_t *couple,
                      uint64_t *group)
{
    uint64_t *together = group + LIVES_TOGETHER, *looks = together + lives->bins + 1;
    uint64_t *parted = looks + 2 * lives->bins;
    group[LIVES_COUPLES]++;
    group[LIVES_REUNITED] += couple->reunited;
    group[LIVES_FIELDS + couple->field] += lives->population->plan.judged;
    for (size_t k = 0; k < lives->look_count; k++) {
        together[k / lives->fine] += k % lives->fine == 0 && couple->lasting[k];
        if (k + 1 < lives->look_count) {
            looks[k / lives->fine] += couple->lasting[k];
        }
    }
    if (couple->parted) {
        parted[couple->bin * lives->endings + couple->ending]++;
    }
}

/* Episodes of a couple, counted where they begin. */
static void lives_add_episodes(const ebb_lives_worker_t *worker, size_t found,
                               uint64_t *group)
{
    const ebb_lives_t *lives = worker->lives;
    uint64_t *episodes = group + LIVES_TOGETHER + 2 * lives->bins + 1;
    for (size_t k = 0; k < found; k++) {
        episodes[lives_bin(lives, worker->spells[k].begin)]++;
    }
}

static size_t lives_find_episodes(ebb_lives_worker_t *worker, const double *values,
                                  const bool *lasting)
{
    const ebb_lives_t *lives = worker->lives;
    size_t persons = lives->output_count;
    for (size_t k = 0; k < lives->look_count; k++) {
        double most = values[k * persons];
        for (size_t p = 1; p < persons; p++) {
            most = values[k * persons + p] > most ? values[k * persons + p] : most;
        }
        worker->withdrawn[k] = lasting[k] ? most : (double)NAN;
    }
    const ebb_spell_course_t course = {.times = lives->looks,
                                       .withdrawal = worker->withdrawn,
                                       .count = lives->look_count,
                                       .hours = lives->hours};
    size_t room = lives->look_count / 2 + 1;
    size_t found = ebb_spells_find(&course, worker->spells, room);
    return found < room ? found : room;
}

/* Group of a couple in a tally: 0 is all, then those that are named, then the rest. */
static size_t lives_group(const ebb_lives_t *lives, const double *summaries)
{
    const ebb_list_t *groups = &lives->population->plan.groups;
    const ebb_population_kind_t *kinds = groups->items;
    size_t k = 0;
    while (k < groups->count && summaries[kinds[k].summary] == 0) {
        k++;
    }
    return k + 1;
}

static bool lives_failed(const ebb_lives_t *lives, const double *summaries)
{
    return isnan(summaries[lives->population->plan.parted]);
}

/* Couple `i` of the block that was run. */
static void lives_take(ebb_lives_worker_t *worker, size_t i, uint64_t *tally)
{
    const ebb_lives_t *lives = worker->lives;
    lives_couple_t couple = {.summaries = worker->summaries + i * lives->summary_count,
                             .lasting = worker->lasting + i * lives->look_count};
    if (lives_failed(lives, couple.summaries)) {
        tally[LIVES_FAILED]++;
        return;
    }
    lives_see(lives, &couple);
    const double *values = worker->values + i * lives->look_count * lives->output_count;
    size_t found =
        lives->episodes ? lives_find_episodes(worker, values, couple.lasting) : 0;
    lives_add(lives, &couple, tally);
    lives_add_episodes(worker, found, tally);
    if (lives->groups > 1) {
        uint64_t *group = tally + lives_group(lives, couple.summaries) * lives->stride;
        lives_add(lives, &couple, group);
        lives_add_episodes(worker, found, group);
    }
}

/* What is kept of couple `i` of the block that was run. */
static void lives_write_row(const ebb_lives_worker_t *worker, size_t i, double *row)
{
    const ebb_lives_t *lives = worker->lives;
    const ebb_list_t *list = &lives->population->plan.kept;
    const ebb_population_kept_t *kept = list->items;
    lives_couple_t couple = {.summaries = worker->summaries + i * lives->summary_count,
                             .lasting = worker->lasting + i * lives->look_count};
    bool failed = lives_failed(lives, couple.summaries);
    lives_see(lives, &couple);
    row[EBB_LIVES_ROW_PARTED] = couple.parted && !failed ? couple.when : (double)NAN;
    row[EBB_LIVES_ROW_GROUP] = failed ? (double)NAN
                               : lives->groups > 1
                                   ? (double)lives_group(lives, couple.summaries)
                                   : 0;
    for (size_t k = 0; k < list->count; k++) {
        uint32_t lasts = kept[k].lasts;
        bool gone = failed || (lasts != EBB_NONE && couple.summaries[lasts] == 0);
        row[EBB_LIVES_ROW_KEPT + k] =
            gone ? (double)NAN : couple.summaries[kept[k].summary];
    }
}

/* --- a shard ---------------------------------------------------------------------- */

static int lives_block(ebb_lives_worker_t *worker, uint64_t begin, uint64_t end,
                       const ebb_lives_results_t *to, ebb_error_t *error)
{
    size_t columns = EBB_LIVES_ROW_KEPT + worker->lives->population->plan.kept.count;
    ebb_run_job_t job = {.begin = begin,
                         .end = end,
                         .values = worker->values,
                         .summaries = worker->summaries,
                         .lasting = worker->lasting};
    int code = ebb_run_range(worker->run, &job, error);
    for (size_t i = 0; !code && i < end - begin; i++) {
        lives_take(worker, i, to->tally);
        if (to->rows) {
            lives_write_row(worker, i, to->rows + i * columns);
        }
    }
    return code;
}

int ebb_lives_shard(const ebb_lives_t *lives, size_t worker, uint64_t shard,
                    uint64_t *tally, ebb_error_t *error)
{
    return ebb_lives_rows(lives, worker, shard, &(ebb_lives_results_t){tally, NULL},
                          error);
}

int ebb_lives_rows(const ebb_lives_t *lives, size_t worker, uint64_t shard,
                   const ebb_lives_results_t *results, ebb_error_t *error)
{
    size_t columns = EBB_LIVES_ROW_KEPT + lives->population->plan.kept.count;
    uint64_t begin = shard * EBB_LIVES_SHARD, end = begin + EBB_LIVES_SHARD;
    if (worker >= lives->worker_count || begin >= lives->couples) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "there is no shard %llu, or no worker",
                        (unsigned long long)shard);
    }
    ebb_lives_worker_t *own = &lives->workers[worker];
    const ebb_people_t people = {&lives->population->plan, &lives->alloc, lives->seed};
    end = end < lives->couples ? end : lives->couples;
    own->first = begin;
    int code = ebb_people_draw(&people, begin, end, own->scores, error);
    for (uint64_t first = begin; first < end && !code; first += EBB_LIVES_BLOCK) {
        uint64_t last = first + EBB_LIVES_BLOCK;
        const ebb_lives_results_t to = {
            results->tally,
            results->rows ? results->rows + (first - begin) * columns : NULL};
        code = lives_block(own, first, last < end ? last : end, &to, error);
    }
    return code;
}

/* --- reading out ------------------------------------------------------------------ */

ebb_lives_group_t ebb_lives_group(const ebb_lives_t *lives, const uint64_t *tally,
                                  size_t group)
{
    const ebb_list_t *groups = &lives->population->plan.groups;
    const ebb_population_kind_t *kinds = groups->items;
    const uint64_t *numbers = tally + group * lives->stride;
    bool named = group > 0 && group <= groups->count;
    return (ebb_lives_group_t){
        .name = named ? kinds[group - 1].name : "",
        .text = named ? kinds[group - 1].text : "",
        .couples = numbers[LIVES_COUPLES],
        .failed = numbers[LIVES_FAILED],
        .reunited = numbers[LIVES_REUNITED],
        .fields = numbers + LIVES_FIELDS,
        .together = numbers + LIVES_TOGETHER,
        .looks = numbers + LIVES_TOGETHER + lives->bins + 1,
        .episodes = numbers + LIVES_TOGETHER + 2 * lives->bins + 1,
        .parted = numbers + LIVES_TOGETHER + 3 * lives->bins + 1,
    };
}

const char *ebb_lives_ending(const ebb_lives_t *lives, size_t ending, const char **text)
{
    const ebb_list_t *endings = &lives->population->plan.endings;
    const ebb_population_kind_t *kinds = endings->items;
    bool named = ending < endings->count;
    if (text) {
        *text = named ? kinds[ending].text : "";
    }
    return named ? kinds[ending].name : "";
}
