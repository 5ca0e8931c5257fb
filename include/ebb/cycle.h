/* SPDX-License-Identifier: MIT
 *
 * The measure: how each partner's reaching out and answering depend on the other's,
 * from times and senders alone. Estimands and equations: docs/maths/measure.md, cited
 * as [eq N].
 *
 * Two arms for each direction "s pursues, o withdraws":
 *   withdrawal w  log of how much slower o answers once a follow-up of s is
 * outstanding, at equal silence since s's first unanswered bid, beyond the reminding
 * [eq 4] pursuit p     log of how much faster s writes again when o has been silent
 * longer than ever usual for o, against just having written [eq 6] A loop is claimed
 * only when both arms of one direction stand, by the rule of [eq 9]. What is measured
 * is behaviour in a period: no attachment style, no diagnosis, no forecast.
 */
#ifndef EBB_CYCLE_H
#define EBB_CYCLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/host.h"
#include "ebb/messages.h"

/* A value with its 95 % interval. All three are NAN where it cannot be estimated. */
typedef struct ebb_estimate {
    double value, low, high;
} ebb_estimate_t;

/* name, word used in files */
#define EBB_VERDICT_LIST(X)                   \
    X(EBB_CANNOT_TELL, "cannot_tell")         \
    X(EBB_WITHDRAWAL_ONLY, "withdrawal_only") \
    X(EBB_PURSUIT_ONLY, "pursuit_only")       \
    X(EBB_LOOP, "loop")

typedef enum ebb_verdict {
#define EBB_VERDICT_ENUM(name, word) name,
    EBB_VERDICT_LIST(EBB_VERDICT_ENUM)
#undef EBB_VERDICT_ENUM
} ebb_verdict_t;

/* Why a loop is not claimed: name, bit, word used in files. */
#define EBB_REASON_LIST(X)                                              \
    X(EBB_REASON_FEW_FOLLOWUPS, 1u << 0, "few_followups")               \
    X(EBB_REASON_FEW_WEEKS, 1u << 1, "few_weeks")                       \
    X(EBB_REASON_PURSUIT_WIDE, 1u << 2, "pursuit_wide")                 \
    X(EBB_REASON_WITHDRAWAL_WIDE, 1u << 3, "withdrawal_wide")           \
    X(EBB_REASON_PURSUIT_NOT_SEEN, 1u << 4, "pursuit_not_seen")         \
    X(EBB_REASON_WITHDRAWAL_NOT_SEEN, 1u << 5, "withdrawal_not_seen")   \
    X(EBB_REASON_DEFINITIONS_DISAGREE, 1u << 6, "definitions_disagree") \
    X(EBB_REASON_GAPS_DISAGREE, 1u << 7, "merge_gaps_disagree")         \
    X(EBB_REASON_POOR_FIT, 1u << 8, "poor_fit")                         \
    X(EBB_REASON_NOT_CONVERGED, 1u << 9, "not_converged")

enum {
#define EBB_REASON_ENUM(name, bit, word) name = bit,
    EBB_REASON_LIST(EBB_REASON_ENUM)
#undef EBB_REASON_ENUM
};

/* One goodness-of-fit test by time-rescaling [eq 11]; NAN and false where nothing was
 * fitted. */
typedef struct ebb_fit {
    double distance; /* Kolmogorov–Smirnov distance of the rescaled waits from Exp(1),
                        0..1 */
    double limit;    /* largest distance that passes at this sample size */
    bool passes;
} ebb_fit_t;

/* One direction, at one merge gap. `pursuit` and `withdrawal` are natural logs of rate
 * ratios. */
typedef struct ebb_arms {
    int pursuer;            /* person s who may pursue: 0 or 1; the other one is o */
    uint64_t bids;          /* runs of s: first unanswered turns */
    uint64_t followups;     /* further turns of s before o answered */
    uint64_t replies;       /* runs that o answered within the record */
    uint64_t weeks;         /* weeks in which a run of s began */
    ebb_estimate_t pursuit; /* p [eq 6] */
    ebb_estimate_t
        pursuit_second;        /* p under the second definition of surprise [eq 8] */
    ebb_estimate_t withdrawal; /* w [eq 4] */
    ebb_estimate_t withdrawal_dose; /* further log slow-down at the second follow-up */
    double pursuit_se, withdrawal_se; /* standard errors, log scale */
    ebb_estimate_t
        loop_share; /* L [eq 10], in (-1, 1); shown only where a loop is claimed */
    ebb_fit_t reply_fit, followup_fit;
    bool one_step; /* intervals from one Newton step for each left-out week */
    ebb_verdict_t verdict;
    unsigned reasons;    /* EBB_REASON_ bits; 0 if and only if verdict is EBB_LOOP */
    double weeks_needed; /* weeks of such a record in which a loop of middle strength
                            would show; NAN if that cannot be said */
} ebb_arms_t;

#define EBB_MERGE_GAPS 3 /* 2, 5 and 10 minutes; the middle one is the main one */

/* Both directions over one span of time: [0] person 0 pursues, [1] person 1 pursues. */
typedef struct ebb_window {
    int64_t begin_s, end_s; /* wall clock seconds, see ebb_event_t */
    ebb_arms_t arms[2];
} ebb_window_t;

/* One week of the record, Monday to Sunday. Indices [k] are persons. */
typedef struct ebb_week {
    int64_t begin_s; /* wall clock of its Monday 00:00 */
    uint32_t messages[2], turns[2], followups[2];
    double reply_minutes[2];  /* median wait until k's answer, wall minutes; NAN if k
                                 gave none */
    double longest_silence_h; /* longest span without any contact that ends in it; 0 if
                                 none does */
} ebb_week_t;

/* How an episode ended. name, word */
#define EBB_ENDING_LIST(X)                                                      \
    X(EBB_ENDED_BY_ANSWER, "answer") /* a text soon after the last follow-up */ \
    X(EBB_ENDED_BY_CALL, "call")     /* a call of either */                     \
    X(EBB_ENDED_BY_MEDIA, "media")   /* a picture, a voice note, a reaction */  \
    X(EBB_ENDED_AFTER_PAUSE,                                                    \
      "after_pause")          /* an answer after the follow-ups had stopped */  \
    X(EBB_ENDED_OPEN, "open") /* the record ends, or a gap of a week */

typedef enum ebb_ending {
#define EBB_ENDING_ENUM(name, word) name,
    EBB_ENDING_LIST(EBB_ENDING_ENUM)
#undef EBB_ENDING_ENUM
} ebb_ending_t;

#define EBB_EPISODE_TURNS 12

/* A stretch in which one wrote again, at least twice, while the other was silent for
 * longer than is usual for him or her [eq 12]. */
typedef struct ebb_episode {
    int64_t begin_s; /* first unanswered bid, wall clock */
    int64_t end_s;   /* the answer (or the end of what is known) */
    int pursuer;
    uint32_t followups;
    double
        surprise; /* share of o's usual answers that would have come by the end, 0..1 */
    float turn_hours[EBB_EPISODE_TURNS]; /* follow-ups, hours after begin; as many as
                                            fit */
    ebb_ending_t ending;
} ebb_episode_t;

/* The first move after a long silence of both, and the way back [eq 13]. */
typedef struct ebb_repair {
    int64_t begin_s, end_s; /* the silence: last message before, first message after */
    int first_mover;
    bool by_call;          /* the first move was a call, taken or missed */
    double normal_after_h; /* hours from the first move until the couple's own normal
                              was back; NAN when the next long silence (or the end) came
                              first */
} ebb_repair_t;

/* Everything that one record says. Pointers belong to the object. */
typedef struct ebb_cycle {
    int64_t first_s, last_s; /* wall clock of the first and last event */
    uint64_t events;
    uint64_t messages[2]; /* text, media, voice by each */
    uint64_t calls;
    uint64_t turns[2];
    double days;       /* last - first, in days */
    bool minute_clock; /* times are known to the minute only: they were spread */

    ebb_arms_t arms[2][EBB_MERGE_GAPS]; /* [pursuer][0: 2 min, 1: 5 min, 2: 10 min];
                                           verdict, reasons and weeks_needed are set in
                                           [pursuer][1] alone */
    ebb_verdict_t verdict[2];           /* of arms[k][1] after all rules */

    double start_gap_h; /* a start: first message or call after at least so many hours
                           without either */
    uint64_t starts[2];
    ebb_estimate_t start_share; /* share of starts made by person 0 */

    double silence_h; /* a long silence: at least so many hours without any contact */
    ebb_repair_t *repairs;
    size_t repair_count;
    uint64_t first_moves[2];
    ebb_estimate_t first_move_share; /* share of first moves by person 0 */
    ebb_estimate_t normal_after_h;   /* median hours back to normal */

    double reply_minutes[2]; /* median wait until k's answer, wall minutes */
    double reply_p90_minutes[2];
    float hours[2][2][24]; /* [person][0 Monday–Friday, 1 weekend][hour]: share of such
                              hours in which the person wrote */

    ebb_week_t *weeks;
    size_t week_count;
    ebb_window_t *windows; /* consecutive spans of 13 weeks; empty below 26 weeks */
    size_t window_count;
    int switch_window; /* index of the first window in which the roles are the other way
                          round, or -1 */
    ebb_episode_t *episodes;
    size_t episode_count;
    size_t typical_episode; /* index of the episode nearest to the medians; only if
                               count > 0 */

    const ebb_alloc_t *_alloc;
    size_t _episode_room; /* elements `episodes` was made for */
} ebb_cycle_t;

typedef enum ebb_resampling {
    EBB_RESAMPLE_AUTO, /* full up to 200,000 cells a direction, else one step (default)
                        */
    EBB_RESAMPLE_FULL, /* both stages fitted again for each left-out week */
    EBB_RESAMPLE_ONE_STEP /* one Newton step for each left-out week: very long records
                           */
} ebb_resampling_t;

/* Choices for the measure. Zero-initialise for the defaults. */
typedef struct ebb_cycle_opts {
    ebb_resampling_t resampling;
    bool arms_only;           /* only arms[.][1]: no windows, episodes, other merge gaps
                                 (verification) */
    const ebb_alloc_t *alloc; /* NULL: default; thread-safe if an executor is given */
    const ebb_executor_t *executor; /* NULL: one thread. Results do not depend on it */
} ebb_cycle_opts_t;

/**
 * Measures one record.
 *
 * Reads only times, persons and kinds. The result is the same on every run and with
 * every executor. Cost: about 20,000 cells for half a year of 30 messages a day, linear
 * in the record's length; see docs/maths/measure.md.
 *
 * @param[out] cycle   new result; release with ebb_cycle_free
 * @param[in]  events  `count` events in time order (by instant when every one has an
 * offset, else by local_s), persons 0, 1 or EBB_PERSON_NONE; clocks from 1900 to 2100,
 * at most a day from the instant; borrowed
 * @param[in]  count   number of events, at least 2 messages by each person
 * @param[in]  opts    NULL for the defaults
 * @param[out] error   may be NULL
 * @return 0 (also when the honest answer is "cannot tell"), EBB_ERR_INPUT (fewer than
 * two messages by each, events out of order, clocks out of range), EBB_ERR_MEMORY. A
 * fit that does not converge is no error but a reason in the result.
 */
int ebb_cycle_measure(ebb_cycle_t **cycle, const ebb_event_t *events, size_t count,
                      const ebb_cycle_opts_t *opts, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a result; NULL is a no-op. */
void ebb_cycle_free(ebb_cycle_t *cycle);

/* One record of several; see ebb_cycle_pool. */
typedef struct ebb_record {
    const ebb_event_t *events;
    size_t count;
} ebb_record_t;

/**
 * The same estimating equations over many records pooled as one: what the estimates
 * tend to when there is any amount of data ("pseudo-true" values), and a group's mean
 * for researchers.
 *
 * @param[out] arms     both directions; intervals, fit and verdict are not computed
 * (NAN, 0)
 * @param[in]  records  `count` records, each as for ebb_cycle_measure
 * @param[in]  count    number of records, at least 1
 * @param[in]  opts     NULL for the defaults
 * @param[out] error    may be NULL
 * @return as ebb_cycle_measure.
 */
int ebb_cycle_pool(ebb_arms_t arms[2], const ebb_record_t *records, size_t count,
                   const ebb_cycle_opts_t *opts, ebb_error_t *error) EBB_MUST_CHECK;

#endif
