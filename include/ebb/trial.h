/* SPDX-License-Identifier: MIT
 *
 * Trials: couples who are not well, the same ones in every arm with the same chance,
 * treated and followed up. A file says who enters and what the arms are
 * (docs/language.md, Trials). As with a population (ebb/population.h) a run goes shard
 * by shard, and what comes of a shard is a row of whole numbers.
 *
 * The effect of an arm is what it does in the model: which link it acts on, and how
 * strongly, was put in. It is no evidence for a therapy.
 */
#ifndef EBB_TRIAL_H
#define EBB_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/model.h"

/* --- the file --------------------------------------------------------------------- */

typedef struct ebb_trial ebb_trial_t;

/* When couples are looked at. */
enum {
    EBB_TRIAL_ENTRY,
    EBB_TRIAL_END,    /* of the treatment */
    EBB_TRIAL_FOLLOW, /* some time later */
    EBB_TRIAL_VISITS
};

/* What a trial says of itself. */
typedef struct ebb_trial_info {
    ebb_scenario_info_t head; /* name, model, sentence, length of a run, > 0 */
    uint64_t couples;         /* of which some enter; 0: it does not say */
    size_t arms;   /* at least 2; the first is what others are held against */
    size_t groups; /* kinds of couples that it names */
    double times[EBB_TRIAL_VISITS]; /* rising */
    double sd, reliability;         /* of the outcome, as a scale has them */
    double reliable; /* change of the outcome that is more than 95 % of what chance of
                        measuring makes: 1.96 sd sqrt(2 (1 - reliability)) */
    bool drops;      /* it says who has dropped out */
    bool measured;   /* who enters is told by the outcome as it is measured: with an
                        error of sd sqrt(1 - reliability) at each visit */
} ebb_trial_info_t;

/**
 * Reads one trial.
 *
 * @param[out]    trial   new, to be released with ebb_trial_free, before its model;
 *                        NULL on failure
 * @param[in]     model   which it uses; must say while what a couple lasts
 * @param[in]     text    a file with trials; `scenario` says which, NULL: the only one
 * @param[in,out] report  as for ebb_model_read; may be NULL
 * @param[out]    error   the first error; may be NULL
 * @return as ebb_scenario_read. Of errors in several arms those of the first are
 * reported.
 */
int ebb_trial_read(ebb_trial_t **trial, const ebb_model_t *model,
                   const ebb_model_text_t *text, ebb_text_t *report,
                   ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a trial; its model stays. NULL is a no-op. */
void ebb_trial_free(ebb_trial_t *trial);

/**
 * What a trial is.
 *
 * @param[in] trial  from ebb_trial_read
 * @return by value; nothing to release. Thread-safe, cheap.
 */
ebb_trial_info_t ebb_trial_info(const ebb_trial_t *trial);

/**
 * Parameters of its model, as the first arm has them.
 *
 * @param[in] trial  from ebb_trial_read
 * @return one for each parameter of the model, in its order; live as long as the trial
 */
const double *ebb_trial_params(const ebb_trial_t *trial);

/** Name of an arm.
 *
 * @param[in] trial  from ebb_trial_read
 * @param[in] arm    below `arms`
 * @return a string that lives as long as the trial
 */
const char *ebb_trial_arm(const ebb_trial_t *trial, size_t arm);

/** Name and words of a group.
 *
 * @param[in]  trial  from ebb_trial_read
 * @param[in]  group  0 is all that enter, then the `groups`, then those of none
 * @param[out] text   its words, or ""; may be NULL
 * @return its name; "" for all, and for those of none. Lives as long as the trial.
 */
const char *ebb_trial_group(const ebb_trial_t *trial, size_t group, const char **text);

/**
 * Writes a trial down: its arms as ebb_scenario_describe does, and what is drawn and
 * counted.
 *
 * @param[in]     trial  from ebb_trial_read
 * @param[in,out] out    text is appended; its `failed` says when memory ran out
 * The form may change between versions. Two that count differently differ in it.
 */
void ebb_trial_describe(const ebb_trial_t *trial, ebb_text_t *out);

/**
 * Lists the trials of a file, without a model at hand.
 *
 * @param[in]  text   the file
 * @param[out] infos  the first `room` of them; NULL if room is 0
 * @param[in]  room   how many fit
 * @param[out] count  how many there are
 * @return as ebb_scenario_list; only the form is checked
 */
int ebb_trial_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                   size_t room, size_t *count) EBB_MUST_CHECK;

/* --- its couples ------------------------------------------------------------------ */

#define EBB_TRIAL_COUPLES 1000 /* where nobody says how many */
#define EBB_TRIAL_COUPLES_MOST 10000000u
#define EBB_TRIAL_SHARD 256

/* A trial made ready to run. */
typedef struct ebb_trial_run ebb_trial_run_t;

/* All zero is a start. */
typedef struct ebb_trial_settings {
    uint64_t couples; /* that are looked at, of which some enter; at most
                         EBB_TRIAL_COUPLES_MOST; 0: as the trial says, or
                         EBB_TRIAL_COUPLES */
    uint64_t seed;
    size_t workers;           /* as in ebb_lives_settings_t */
    const double *params;     /* likewise, of every arm */
    const ebb_alloc_t *alloc; /* likewise */
} ebb_trial_settings_t;

/* What comes of a run. */
typedef struct ebb_trial_run_info {
    uint64_t couples, shards, seed;
    size_t numbers;       /* of a tally */
    size_t groups;        /* with all, and with those of none where any is named */
    uint64_t fingerprint; /* as in ebb_lives_info_t */
    const char *people;   /* likewise */
} ebb_trial_run_info_t;

/**
 * Makes a trial ready to run.
 *
 * @param[out] run       new, to be released with ebb_trial_run_free, before its trial;
 *                       NULL on failure
 * @param[in]  trial     borrowed for the life of it
 * @param[in]  settings  see there; NULL: all zero
 * @param[out] error     may be NULL
 * @return 0, or EBB_ERR_ARGUMENT (couples, workers, an arm that cannot be run),
 * EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_trial_run_new(ebb_trial_run_t **run, const ebb_trial_t *trial,
                      const ebb_trial_settings_t *settings,
                      ebb_error_t *error) EBB_MUST_CHECK;

/** Releases it; its trial stays. NULL is a no-op. */
void ebb_trial_run_free(ebb_trial_run_t *run);

/** What a run is.
 *
 * @param[in] run  from ebb_trial_run_new
 * @return by value. Thread-safe, cheap.
 */
ebb_trial_run_info_t ebb_trial_run_info(const ebb_trial_run_t *run);

/**
 * Runs a shard, each of its couples in every arm, and adds what becomes of those that
 * enter to a tally.
 *
 * @param[in]     run     from ebb_trial_run_new
 * @param[in]     worker  below `workers`; no two calls at once with the same
 * @param[in]     shard   below `shards`
 * @param[in,out] tally   `numbers` of them, 0 at first
 * @param[out]    error   may be NULL
 * @return as ebb_lives_shard, and with the same promises.
 */
int ebb_trial_shard(const ebb_trial_run_t *run, size_t worker, uint64_t shard,
                    uint64_t *tally, ebb_error_t *error) EBB_MUST_CHECK;

/* A mean over couples with its interval: mean +- 1.96 standard errors. */
typedef struct ebb_trial_mean {
    uint64_t couples;
    double mean, low, high; /* NaN without couples; the interval below two */
} ebb_trial_mean_t;

/* What became of the couples of a group in an arm, at the end or at the follow-up. All
 * that entered count, whether they kept it up or not. Changes are in units of the sd,
 * and are of couples that are still one then. */
typedef struct ebb_trial_row {
    uint64_t entered;   /* as the first arm has it; the same in all arms unless these
                           differ before the entry */
    uint64_t together;  /* of these, still a couple */
    uint64_t improved;  /* and better by more than the reliable change */
    uint64_t worse;     /* or worse by more than that */
    uint64_t recovered; /* improved, and well as the trial says it */
    uint64_t kept;      /* improved then and at the end of the treatment */
    uint64_t dropped;   /* that had dropped out by the end of the treatment */
    ebb_trial_mean_t change; /* since entry */
    ebb_trial_mean_t effect; /* the same couple here less in the first arm, where it is
                                still a couple in both */
} ebb_trial_row_t;

/**
 * Reads one row out of a tally.
 *
 * @param[in] run    from ebb_trial_run_new
 * @param[in] tally  of this run, shards added up
 * @param[in] group  below the run's `groups`
 * @param[in] arm    below the trial's `arms`
 * @param[in] visit  EBB_TRIAL_END or EBB_TRIAL_FOLLOW
 * @return by value
 */
ebb_trial_row_t ebb_trial_row(const ebb_trial_run_t *run, const uint64_t *tally,
                              size_t group, size_t arm, int visit);

/** Couples that could not be run in every arm; they count nowhere else.
 *
 * @param[in] run    from ebb_trial_run_new
 * @param[in] tally  of this run
 */
uint64_t ebb_trial_failed(const ebb_trial_run_t *run, const uint64_t *tally);

/** Standard deviation of the outcome over those that enter, as they enter, in units of
 * the trial's sd: near 1 where that was well chosen.
 *
 * @param[in] run    from ebb_trial_run_new
 * @param[in] tally  of this run
 * @return NaN for fewer than two
 */
double ebb_trial_entry_sd(const ebb_trial_run_t *run, const uint64_t *tally);

#endif
