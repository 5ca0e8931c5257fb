/* SPDX-License-Identifier: MIT
 *
 * Populations: many couples, of people who differ, over years. A file says who they are
 * and what is counted (docs/language.md, Populations); a run goes shard by shard, and a
 * shard's result is a row of whole numbers, so that any number of shards are put
 * together by adding, in any order.
 *
 *     ebb_population_t *population = NULL;
 *     ebb_lives_t *lives = NULL;
 *     ebb_lives_settings_t settings = {.couples = 20000};
 *     if (ebb_population_read(&population, model, &text, &report, &error) == EBB_OK &&
 *         ebb_lives_new(&lives, population, &settings, &error) == EBB_OK) {
 *         for (uint64_t k = 0; k < ebb_lives_info(lives).shards; k++) {
 *             code = ebb_lives_shard(lives, 0, k, tally, &error);
 *         }
 *         ebb_lives_group_t all = ebb_lives_group(lives, tally, 0);
 *     }
 *
 * What comes out is about a model with stated numbers, not about people, and says
 * nothing of a single couple.
 */
#ifndef EBB_POPULATION_H
#define EBB_POPULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/model.h"

/* --- the file --------------------------------------------------------------------- */

#define EBB_POPULATION_KINDS_MOST 32u /* groups of a population, and ways to end */
#define EBB_POPULATION_KEPT_MOST 128u /* numbers kept of each couple */
#define EBB_POPULATION_COUPLES 1000   /* where nobody says how many */

typedef struct ebb_population ebb_population_t;

/* What a population says of itself. */
typedef struct ebb_population_info {
    ebb_scenario_info_t head; /* name, model, sentence, length of a run, > 0 */
    uint64_t couples;         /* 0: it does not say */
    size_t groups, endings;   /* kinds of couples, and ways to end, that it names */
    double every;             /* time between reports, > 0 */
    bool judged;              /* it says when a couple is satisfied */
    size_t kept;              /* numbers that it keeps of each couple */
} ebb_population_info_t;

/**
 * Reads one population.
 *
 * @param[out]    population  new, to be released with ebb_population_free, before its
 *                            model; NULL on failure
 * @param[in]     model       which it uses; must say while what a couple lasts,
 *                            unless the population keeps numbers of its couples
 * @param[in]     text        a file with populations; `scenario` says which, NULL: the
 *                            only one
 * @param[in,out] report      as for ebb_model_read; may be NULL
 * @param[out]    error       the first error; may be NULL
 * @return as ebb_scenario_read.
 */
int ebb_population_read(ebb_population_t **population, const ebb_model_t *model,
                        const ebb_model_text_t *text, ebb_text_t *report,
                        ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a population; its model stays. NULL is a no-op. */
void ebb_population_free(ebb_population_t *population);

/**
 * What a population is.
 *
 * @param[in] population  from ebb_population_read
 * @return by value; nothing to release. Thread-safe, cheap.
 */
ebb_population_info_t ebb_population_info(const ebb_population_t *population);

/**
 * Parameters of its model, as the population has them.
 *
 * @param[in] population  from ebb_population_read
 * @return one for each parameter of the model, in its order; live as long as the
 * population
 */
const double *ebb_population_params(const ebb_population_t *population);

/**
 * Name of a number that is kept of each couple.
 *
 * @param[in]  population  from ebb_population_read
 * @param[in]  kept        below the `kept` of its info
 * @param[out] text        its words, or ""; may be NULL
 * @return lives as long as the population. Thread-safe, cheap.
 */
const char *ebb_population_kept(const ebb_population_t *population, size_t kept,
                                const char **text);

/**
 * Name of one of the groups that a population tells apart.
 *
 * @param[in] population  from ebb_population_read
 * @param[in] group       from 0
 * @return lives as long as the population; "" where there is none of that number.
 * Thread-safe, cheap.
 */
const char *ebb_population_group(const ebb_population_t *population, size_t group);

/**
 * Writes a population down: its scenario as ebb_scenario_describe does, and what is
 * drawn and counted.
 *
 * @param[in]     population  from ebb_population_read
 * @param[in,out] out         text is appended; its `failed` says when memory ran out
 * The form may change between versions. Two that count differently differ in it.
 */
void ebb_population_describe(const ebb_population_t *population, ebb_text_t *out);

/**
 * Lists the populations of a file, without a model at hand.
 *
 * @param[in]  text   the file
 * @param[out] infos  the first `room` of them; NULL if room is 0
 * @param[in]  room   how many fit
 * @param[out] count  how many there are
 * @return as ebb_scenario_list; only the form is checked
 */
int ebb_population_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                        size_t room, size_t *count) EBB_MUST_CHECK;

/* --- its couples ------------------------------------------------------------------ */

#define EBB_LIVES_SHARD 256 /* couples of a shard; the last one may have fewer */
#define EBB_LIVES_COUPLES_MOST 100000000u

/* A population made ready to run. */
typedef struct ebb_lives ebb_lives_t;

/* All zero is a start. */
typedef struct ebb_lives_settings {
    uint64_t couples; /* at most EBB_LIVES_COUPLES_MOST; 0: as the population says, or
                         EBB_POPULATION_COUPLES */
    uint64_t seed;
    size_t workers;           /* that run shards at the same time, 1 to 64; 0: 1 */
    const double *params;     /* one for each parameter of the model in its order, NaN
                                 where the population or the model decides; borrowed
                                 until
                                 ebb_lives_new returns. NULL: they decide all */
    const ebb_alloc_t *alloc; /* NULL: default; borrowed; thread-safe for several
                                 workers */
} ebb_lives_settings_t;

/* What comes of a run. */
typedef struct ebb_lives_info {
    uint64_t couples, shards, seed;
    size_t numbers; /* of a tally */
    size_t groups;  /* all couples first, then the population's groups, then the couples
                       of none of them where it names any */
    size_t bins;    /* stretches between reports; the last may be shorter */
    size_t endings; /* the population's, and then others where it names any; else 1 */
    bool judged;    /* it is counted who is satisfied */
    bool episodes;  /* they are counted: the model has `withdrawal` and a time of the
                       clock */
    double year;    /* how many of the model's units make one; 0 where it is no time of
                       the clock */
    const char *people;   /* how partners are drawn, in words; static */
    uint64_t fingerprint; /* of all that a tally depends on but the shard's number */
} ebb_lives_info_t;

/**
 * Makes a population ready to run.
 *
 * @param[out] lives       new, to be released with ebb_lives_free, before its
 *                         population; NULL on failure
 * @param[in]  population  borrowed for the life of it
 * @param[in]  settings    see there; NULL: all zero
 * @param[out] error       may be NULL
 * @return 0, or EBB_ERR_ARGUMENT (couples, workers), EBB_ERR_LIMIT (the run would be
 * looked at more than a million times), EBB_ERR_MEMORY. Memory: for each worker some
 * 64 couples' worth of looks, four in a day.
 */
int ebb_lives_new(ebb_lives_t **lives, const ebb_population_t *population,
                  const ebb_lives_settings_t *settings,
                  ebb_error_t *error) EBB_MUST_CHECK;

/** Releases it; its population stays. NULL is a no-op. */
void ebb_lives_free(ebb_lives_t *lives);

/** What a run is.
 *
 * @param[in] lives  from ebb_lives_new
 * @return by value; strings live as long as it. Thread-safe, cheap.
 */
ebb_lives_info_t ebb_lives_info(const ebb_lives_t *lives);

/** End of a stretch between reports, in the model's unit.
 *
 * @param[in] lives  from ebb_lives_new
 * @param[in] bin    0 is the start of the run, `bins` its end
 */
double ebb_lives_time(const ebb_lives_t *lives, size_t bin);

/**
 * Runs a shard and adds what becomes of its couples to a tally.
 *
 * @param[in]     lives   from ebb_lives_new
 * @param[in]     worker  below `workers`; no two calls at once with the same
 * @param[in]     shard   below `shards`
 * @param[in,out] tally   `numbers` of them, 0 at first
 * @param[out]    error   may be NULL
 * @return 0, or EBB_ERR_ARGUMENT, EBB_ERR_MEMORY; the tally then holds part of it.
 * What is added depends on the shard's number and on nothing else: not on the worker,
 * or on what was run before. Thread-safe for different workers.
 */
int ebb_lives_shard(const ebb_lives_t *lives, size_t worker, uint64_t shard,
                    uint64_t *tally, ebb_error_t *error) EBB_MUST_CHECK;

/* A row: `parted`, when the couple was first seen parted, NaN if it never was; its
 * group, from 1 as in ebb_lives_group, or 0 where none is told apart; and then what is
 * kept, NaN of a time at which it is not together. All are NaN of a couple that could
 * not be run. */
enum { EBB_LIVES_ROW_PARTED, EBB_LIVES_ROW_GROUP, EBB_LIVES_ROW_KEPT };

/* Where a shard's results go. */
typedef struct ebb_lives_results {
    uint64_t *tally; /* as in ebb_lives_shard */
    double *rows;    /* NULL: none are wanted; else for each couple of the shard
                        EBB_LIVES_ROW_KEPT numbers and the `kept` of the population's
                        info; EBB_LIVES_SHARD rows at most */
} ebb_lives_results_t;

/**
 * As ebb_lives_shard, and writes a row for each couple.
 *
 * @param[in]  lives   from ebb_lives_new
 * @param[in]  worker  below `workers`; no two calls at once with the same
 * @param[in]  shard   below `shards`
 * @param[in]  to      see there
 * @param[out] error   may be NULL
 * @return as ebb_lives_shard, and with the same promises.
 */
int ebb_lives_rows(const ebb_lives_t *lives, size_t worker, uint64_t shard,
                   const ebb_lives_results_t *to, ebb_error_t *error) EBB_MUST_CHECK;

/* Where a couple stands at the end: it never parted, or it did (and may have come
 * together again); it is satisfied then, or was as it parted. */
enum {
    EBB_LIVES_STABLE_SATISFIED,
    EBB_LIVES_STABLE_NOT,
    EBB_LIVES_PARTED_SATISFIED,
    EBB_LIVES_PARTED_NOT,
    EBB_LIVES_FIELDS
};

/* What a tally says of one group. Arrays lie in the tally. */
typedef struct ebb_lives_group {
    const char *name, *text;  /* "" for all, and for the rest */
    uint64_t couples;         /* that could be run */
    uint64_t failed;          /* that could not, and count nowhere else */
    uint64_t reunited;        /* that parted and were together at a later report */
    const uint64_t *fields;   /* EBB_LIVES_FIELDS; all 0 where nothing is judged */
    const uint64_t *together; /* bins + 1: that last at each time */
    const uint64_t *looks;    /* bins: looks at lasting couples, a look each
                                 ebb_lives_look of time */
    const uint64_t *episodes; /* bins: episodes (ebb/spells.h) that begin in it */
    const uint64_t *parted;   /* bins rows of `endings`: that part for the first time */
} ebb_lives_group_t;

/**
 * Reads one group out of a tally.
 *
 * @param[in] lives  from ebb_lives_new
 * @param[in] tally  of this run, shards added up
 * @param[in] group  below `groups`
 * @return by value; strings live as long as `lives`
 */
ebb_lives_group_t ebb_lives_group(const ebb_lives_t *lives, const uint64_t *tally,
                                  size_t group);

/** Name and words of a way to end.
 *
 * @param[in]  lives   from ebb_lives_new
 * @param[in]  ending  below `endings`
 * @param[out] text    its words, or ""; may be NULL
 * @return its name; "" for those that none of the population's fits
 */
const char *ebb_lives_ending(const ebb_lives_t *lives, size_t ending,
                             const char **text);

/** Time that one look of a stretch stands for, in the model's unit.
 *
 * @param[in] lives  from ebb_lives_new
 * @param[in] bin    below `bins`
 */
double ebb_lives_look(const ebb_lives_t *lives, size_t bin);

#endif
