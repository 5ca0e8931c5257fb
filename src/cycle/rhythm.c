/* SPDX-License-Identifier: MIT
 * Availability from yes-or-no hours, nearly pooled over the days of the week. */
#include "cycle/rhythm.h"

#include <math.h>
#include <string.h>

#include "core/memory.h"

#define BLOCK_WEEKS 26
#define POOLING 300.0 /* K of [eq 2] */
#define LOWEST 0.004

/* Weeks with a message, by hour of the week, and the same pooled. */
typedef struct ebb_hour_counts {
    double weeks;
    double by_hour[168];
    double pooled[2][24]; /* [0 Monday–Friday, 1 weekend][hour of day]: share */
} ebb_hour_counts_t;

static bool is_weekend(size_t hour_of_week)
{
    return hour_of_week >= 5 * 24;
}

/* q(h): an hour and its neighbours, over the days of its kind, with a prior of 0.2
 * in 4. */
static void pool_hours(ebb_hour_counts_t *counts)
{
    for (size_t kind = 0; kind < 2; kind++) {
        double days = kind ? 2 : 5, sums[24] = {0};
        for (size_t hour = 0; hour < 168; hour++) {
            if (is_weekend(hour) == (kind == 1)) {
                sums[hour % 24] += counts->by_hour[hour];
            }
        }
        for (size_t hour = 0; hour < 24; hour++) {
            double near = sums[(hour + 23) % 24] + sums[(hour + 1) % 24];
            counts->pooled[kind][hour] =
                (sums[hour] + near / 4 + 0.2) / (1.5 * days * counts->weeks + 4);
        }
    }
}

/* Counts a person's active hours in the weeks [first, last). `*at` walks through the
 * contacts. */
static void count_hours(ebb_hour_counts_t *counts, const ebb_contacts_t *contacts,
                        int person, size_t first, size_t last, size_t *at)
{
    *counts = (ebb_hour_counts_t){.weeks = (double)(last - first)};
    size_t next = first * 168; /* an hour that a clock set back repeats counts once */
    for (; *at < contacts->count; ++*at) {
        const ebb_contact_t *contact = &contacts->list[*at];
        size_t hour = contact->wall < 0 ? 0 : (size_t)(contact->wall / 60);
        if (hour >= last * 168) {
            break;
        }
        if (contact->person == person && contact->type != EBB_CONTACT_CALL &&
            hour >= next) {
            counts->by_hour[ebb_hour_of_week(hour)] += 1;
            next = hour + 1;
        }
    }
    pool_hours(counts);
}

/* Fills the hours [first, last) of the record for one person from the counts. */
static void fill_hours(ebb_rhythm_t *rhythm, int person,
                       const ebb_hour_counts_t *counts, size_t first, size_t last)
{
    double a[168], sum = 0, squares = 0;
    for (size_t hour = 0; hour < 168; hour++) {
        double q = counts->pooled[is_weekend(hour)][hour % 24];
        double share =
            (counts->by_hour[hour] + POOLING * q) / (counts->weeks + POOLING);
        a[hour] = share < LOWEST ? LOWEST : share > 1 ? 1 : share;
        sum += a[hour];
        squares += a[hour] * a[hour];
    }
    double typical = squares / sum; /* the a-weighted mean availability */
    for (size_t hour = first; hour < last; hour++) {
        double share = a[ebb_hour_of_week(hour)];
        rhythm->log_a[person][hour] = (float)log(share);
        rhythm->sum[person][hour + 1] =
            rhythm->sum[person][hour] + 60 * share / typical;
    }
}

static void estimate_hours(ebb_rhythm_t *rhythm, const ebb_contacts_t *contacts,
                           int person)
{
    size_t at = 0;
    for (size_t week = 0; week < contacts->weeks;) {
        /* a rest of less than half a block joins the block before it */
        size_t left = contacts->weeks - week;
        size_t block = left < BLOCK_WEEKS + BLOCK_WEEKS / 2 ? left : BLOCK_WEEKS;
        ebb_hour_counts_t counts;
        count_hours(&counts, contacts, person, week, week + block, &at);
        size_t last =
            week + block == contacts->weeks ? rhythm->hours : (week + block) * 168;
        fill_hours(rhythm, person, &counts, week * 168, last);
        week += block;
    }
}

int ebb_rhythm_make(ebb_rhythm_t *rhythm, const ebb_contacts_t *contacts,
                    ebb_error_t *error)
{
    *rhythm =
        (ebb_rhythm_t){.alloc = contacts->alloc, .hours = (contacts->weeks + 2) * 168};
    for (int person = 0; person < 2; person++) {
        rhythm->log_a[person] =
            ebb_new_array(rhythm->alloc, rhythm->hours, sizeof(float));
        rhythm->sum[person] =
            ebb_new_array(rhythm->alloc, rhythm->hours + 1, sizeof(double));
        if (!rhythm->log_a[person] || !rhythm->sum[person]) {
            return ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
        }
    }
    estimate_hours(rhythm, contacts, 0);
    estimate_hours(rhythm, contacts, 1);
    return EBB_OK;
}

void ebb_rhythm_free(ebb_rhythm_t *rhythm)
{
    for (int person = 0; person < 2; person++) {
        ebb_free_array(rhythm->alloc, rhythm->log_a[person], rhythm->hours,
                       sizeof(float));
        ebb_free_array(rhythm->alloc, rhythm->sum[person], rhythm->hours + 1,
                       sizeof(double));
    }
    *rhythm = (ebb_rhythm_t){0};
}

/* The hour of the record that a wall time falls in, kept inside it. */
static size_t hour_at(const ebb_rhythm_t *rhythm, double wall)
{
    double hour = wall / 60;
    if (!(hour > 0)) {
        return 0;
    }
    return hour >= (double)rhythm->hours ? rhythm->hours - 1 : (size_t)hour;
}

double ebb_rhythm_time(const ebb_rhythm_t *rhythm, int person, double wall)
{
    size_t hour = hour_at(rhythm, wall);
    const double *sum = rhythm->sum[person] + hour;
    return sum[0] + (sum[1] - sum[0]) * (wall / 60 - (double)hour);
}

double ebb_rhythm_log_availability(const ebb_rhythm_t *rhythm, int person, double wall)
{
    return (double)rhythm->log_a[person][hour_at(rhythm, wall)];
}
