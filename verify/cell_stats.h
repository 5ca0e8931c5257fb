/* SPDX-License-Identifier: MIT
 *
 * What many histories of one cell amount to: claims, coverage, spread, reasons.
 */
#ifndef EBB_VERIFY_CELL_STATS_H
#define EBB_VERIFY_CELL_STATS_H

#include "history_rows.h"

#define VERIFY_REASONS 10 /* bits of EBB_REASON_LIST */
#define VERIFY_ESTIMABLE                                         \
    60 /* follow-ups from which coverage is asked of an interval \
        */

/* k of n. */
typedef struct verify_share {
    int k, n;
} verify_share_t;

/* One estimated quantity in one direction. */
typedef struct verify_quantity {
    double truth;     /* mean pseudo-true value of the couples; NAN if not pooled */
    double mean;      /* over histories with an estimate */
    double sd;        /* of their distances from their couples' pseudo-true values */
    double median_se; /* NAN for L: half an interval over the t quantile stands in */
    verify_share_t covered;
} verify_quantity_t;

typedef struct verify_direction {
    int claims;
    double followups; /* mean */
    verify_quantity_t p, w, share;
    verify_share_t reply_misfit, follow_misfit;
    double reply_ks, follow_ks; /* median distance over its limit */
    int reason[VERIFY_REASONS]; /* histories in which it stands */
    int alone[VERIFY_REASONS];  /* in which nothing else stands in the way */
} verify_direction_t;

typedef struct verify_stats {
    int cell, generator;
    verify_span_t span;
    uint64_t seed; /* of the run */
    int histories;
    double messages; /* a day, mean */
    int claims_any, claims_both;
    int claims_right;  /* single claims in a planted direction */
    int claims_single; /* claims by direction */
    int power;         /* histories in which a planted loop is claimed */
    int rivals[VERIFY_RIVALS];
    verify_direction_t direction[2];
} verify_stats_t;

/** Whether a loop with k as the pursuer is planted in a span of a cell. */
bool verify_is_planted(const verify_cell_t *cell, verify_span_t span, int k);

/** Sums up `count` rows of one cell, generator and span; `truth` by couple; entries
 * may be NULL. False if memory is short. */
bool verify_stats_make(verify_stats_t *stats, const verify_row_t *rows, size_t count,
                       const verify_row_t *const truth[VERIFY_COUPLES]);

/** Upper end of the two-sided 95 % Clopper–Pearson interval for k of n, in [0, 1]. */
double verify_upper_limit(int k, int n);

/** Adds one share to another. */
void verify_share_add(verify_share_t *sum, verify_share_t more);

#endif
