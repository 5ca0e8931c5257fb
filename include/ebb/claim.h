/* SPDX-License-Identifier: MIT
 *
 * Claims about couples as checks that can fail: the same couples run in several arms
 * with the same random numbers, and what is said of the arms compared. The language is
 * described in docs/language.md.
 *
 *     ebb_claim_t *claim = NULL;
 *     if (ebb_claim_read(&claim, model, &text, &report, &error) == EBB_OK) {
 *         ebb_claim_finding_t found[8];
 *         ebb_claim_settings_t settings = {.couples = 200};
 *         code = ebb_claim_check(claim, &settings, found, 8, &error);
 *     }
 *
 * A claim holds when all its expectations do. Checked again with its links cut it must
 * not: else it does not rest on what it says it rests on.
 */
#ifndef EBB_CLAIM_H
#define EBB_CLAIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/host.h"
#include "ebb/model.h"

/* name, how it stands in a file */
#define EBB_RELATION_LIST(X)      \
    X(EBB_RELATION_LESS, "<")     \
    X(EBB_RELATION_AT_MOST, "<=") \
    X(EBB_RELATION_MORE, ">")     \
    X(EBB_RELATION_AT_LEAST, ">=")

typedef enum ebb_relation {
#define EBB_RELATION_ENUM(name, mark) name,
    EBB_RELATION_LIST(EBB_RELATION_ENUM)
#undef EBB_RELATION_ENUM
} ebb_relation_t;

typedef struct ebb_claim ebb_claim_t;

/* What a claim says of itself. */
typedef struct ebb_claim_info {
    ebb_scenario_info_t head; /* name, model, sentence, length of a run */
    uint64_t couples;         /* pairs of runs that it asks for; 0: it does not say */
    size_t arms;              /* runs of each couple, at least 1 */
    size_t expects;           /* expectations, at least 1 */
    size_t cuts;              /* numbers that are set when its links are cut; 0: it
                                 names none */
    const char *construction; /* why it holds by construction, or ""; lives as long as
                                 the claim */
} ebb_claim_info_t;

/**
 * Reads one claim.
 *
 * @param[out]    claim   new claim, to be released with ebb_claim_free, before its
 *                        model; NULL on failure
 * @param[in]     model   which it uses; its name must be the one the claim says
 * @param[in]     text    a file with claims; `scenario` says which, NULL: the only one
 * @param[in,out] report  as for ebb_model_read; may be NULL
 * @param[out]    error   the first error; may be NULL
 * @return as ebb_scenario_read. Of errors in several arms those of the first are
 * reported.
 */
int ebb_claim_read(ebb_claim_t **claim, const ebb_model_t *model,
                   const ebb_model_text_t *text, ebb_text_t *report,
                   ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a claim; its model stays. NULL is a no-op. */
void ebb_claim_free(ebb_claim_t *claim);

/**
 * What a claim is.
 *
 * @param[in] claim  from ebb_claim_read
 * @return by value; nothing to release. Thread-safe, cheap.
 */
ebb_claim_info_t ebb_claim_info(const ebb_claim_t *claim);

/**
 * Lists the claims of a file, without a model at hand.
 *
 * @param[in]  text   the file
 * @param[out] infos  the first `room` of them; NULL if room is 0
 * @param[in]  room   how many fit
 * @param[out] count  how many there are
 * @return as ebb_scenario_list; only the form is checked
 */
int ebb_claim_list(const ebb_model_text_t *text, ebb_scenario_info_t *infos,
                   size_t room, size_t *count) EBB_MUST_CHECK;

#define EBB_CLAIM_COUPLES 200 /* where nobody says how many */

/* How a claim is checked. All zero is a start. */
typedef struct ebb_claim_settings {
    uint64_t couples; /* at most 1,000,000; 0: as the claim says, or EBB_CLAIM_COUPLES;
                         where no arm has any chance 1 */
    uint64_t seed;
    bool cut; /* what the claim's `cut` says holds in all arms, for the whole run */
    const ebb_executor_t *executor; /* NULL: one thread. No result depends on it */
    const ebb_alloc_t *alloc; /* NULL: default; thread-safe if an executor is given
                               */
} ebb_claim_settings_t;

/* name, word in documents */
#define EBB_INTERVAL_LIST(X)              \
    X(EBB_INTERVAL_EXACT, "exact")        \
    X(EBB_INTERVAL_STUDENT, "student")    \
    X(EBB_INTERVAL_PAIRED, "agresti-min") \
    X(EBB_INTERVAL_SHARE, "wilson")       \
    X(EBB_INTERVAL_FOLDS, "jackknife")

/* How sure a number over couples is, at 95 %.
 *
 * EXACT    nothing is left to chance: there is no interval.
 * STUDENT  mean of differences: Student's t with n - 1 degrees of freedom.
 * PAIRED   mean of differences of conditions, which are 1, 0 or -1: Agresti and Min
 *          (2005), Wald's interval with half a couple more in each of the four cells.
 * SHARE    share of couples: Wilson's score.
 * FOLDS    a statistic over couples: as of a figure (docs/maths/figures.md). */
typedef enum ebb_interval {
#define EBB_INTERVAL_ENUM(name, word) name,
    EBB_INTERVAL_LIST(EBB_INTERVAL_ENUM)
#undef EBB_INTERVAL_ENUM
} ebb_interval_t;

/** Word of a kind of interval: "student".
 *
 * @param[in] interval  any of them
 * @return a static string; "" for another number.
 */
const char *ebb_interval_word(ebb_interval_t interval);

/* What became of one expectation. Strings live as long as the claim. */
typedef struct ebb_claim_finding {
    const char *text; /* the reason given, or "" */
    const char *code; /* as it stands in the file */
    uint64_t line;    /* there */
    ebb_relation_t relation;
    bool share;         /* it is the share of couples that keep a condition: `left`, and
                           `right` what it must be at least */
    uint64_t couples;   /* that have a number on both sides; the others failed, or their
                           number is not defined, and are left out */
    uint64_t missing;   /* those others */
    double left, right; /* means over these couples; NaN without any */
    double difference;  /* left - right, the mean over couples */
    double low, high;   /* its interval; both `difference` where it is exact */
    ebb_interval_t interval;
    bool holds; /* the interval lies wholly on the side that is named, and at least half
                   of the couples have numbers */
} ebb_claim_finding_t;

/**
 * Checks a claim.
 *
 * @param[in]  claim     from ebb_claim_read
 * @param[in]  settings  see there; NULL: all zero
 * @param[out] findings  one for each expectation
 * @param[in]  room      how many fit: at least the `expects` of its info
 * @param[out] error     may be NULL
 * @return 0, whatever was found, or EBB_ERR_ARGUMENT (room; couples; a cut where the
 * claim names none; an arm that cannot be run), EBB_ERR_MEMORY, EBB_ERR_LIMIT.
 * Thread-safe. The same settings give the same bits. Cost: couples times arms runs;
 * memory: a number for each couple and each summary and expectation.
 */
int ebb_claim_check(const ebb_claim_t *claim, const ebb_claim_settings_t *settings,
                    ebb_claim_finding_t *findings, size_t room,
                    ebb_error_t *error) EBB_MUST_CHECK;

#endif
