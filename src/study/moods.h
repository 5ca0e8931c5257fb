/* SPDX-License-Identifier: MIT
 * How much of two people's moods in a talk is explained by their own earlier mood, by
 * the partner's, and by both, as it is done with published talks (Butler, rties):
 * moods every two seconds, each freed of its straight trend; one lag for the couple,
 * the one at which the moods of the two correlate most, whatever the sign; a line for
 * each person; shares of variance adjusted for the number of coefficients.
 *
 * The lag is chosen by looking, so two strangers seem to share something too: what
 * chance gives must be known beside what comes out. */
#ifndef EBB_STUDY_MOODS_H
#define EBB_STUDY_MOODS_H

#include <stddef.h>

/* Adjusted shares of variance explained. */
typedef struct ebb_moods {
    double own, partner, both;
} ebb_moods_t;

/* The lag of the greatest correlation, either way up to 10 log10(count/2); not 0. */
ptrdiff_t ebb_moods_lag(const double *x, const double *y, size_t count);

/* The three shares of one talk. The series are detrended in place. */
ebb_moods_t ebb_moods_shares(double *a, double *b, size_t count);

#endif
