/* SPDX-License-Identifier: MIT
 * Small statistics of the descriptions: medians and shares with intervals. */
#ifndef EBB_CYCLE_STATS_H
#define EBB_CYCLE_STATS_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/cycle.h"

/* Sorts in place and returns the quantile at `part` (0..1), linear between order
 * statistics; NAN for n = 0. */
double ebb_quantile(double *values, size_t n, double part);

/* The median with its 95 % interval from order statistics (exact for n <= 400, else
 * normal); NAN bounds where n is too small (below 6). Sorts in place. */
ebb_estimate_t ebb_median(double *values, size_t n);

/* The share of person 0 in counts by week, by leaving out weeks on the logit scale. NAN
 * when there is no count; NAN bounds when fewer than 4 weeks have any. */
ebb_estimate_t ebb_share(const uint32_t (*by_week)[2], size_t weeks);

#endif
