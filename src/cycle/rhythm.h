/* SPDX-License-Identifier: MIT
 *
 * When each person usually writes, and silence measured in that time [eq 2, 3].
 *
 * The availability of a person is a step function of the hour of the week, estimated
 * anew for every 26 weeks; operational time is its integral, kept as a running sum over
 * the hours of the record. Invariant: the running sum does not decrease, so operational
 * time is never negative.
 */
#ifndef EBB_CYCLE_RHYTHM_H
#define EBB_CYCLE_RHYTHM_H

#include "cycle/contacts.h"

typedef struct ebb_rhythm {
    size_t hours;    /* hours of the record, plus a week of margin on its end */
    float *log_a[2]; /* log availability of each hour */
    double *sum[2];  /* operational minutes from the origin to the begin of each hour;
                        one more */
    const ebb_alloc_t *alloc;
} ebb_rhythm_t;

/* Estimates both persons' rhythms from a record. 0 or EBB_ERR_MEMORY. */
int ebb_rhythm_make(ebb_rhythm_t *rhythm, const ebb_contacts_t *contacts,
                    ebb_error_t *error);
void ebb_rhythm_free(ebb_rhythm_t *rhythm);

/* Operational minutes of `person` from the origin to a time on the wall clock, in
 * minutes. */
double ebb_rhythm_time(const ebb_rhythm_t *rhythm, int person, double wall);

/* Log availability of `person` at a time on the wall clock, in minutes. */
double ebb_rhythm_log_availability(const ebb_rhythm_t *rhythm, int person, double wall);

/* The hour of the week (0 Monday 00:00 .. 167) of an hour of the record. */
static inline size_t ebb_hour_of_week(size_t hour)
{
    return hour % 168;
}

#endif
