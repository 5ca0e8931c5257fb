/* SPDX-License-Identifier: MIT
 *
 * One direction of a record cut into cells: pieces of time in which s has an open bid,
 * with what was known at the time [eq 1, section 5 of docs/maths/measure.md].
 *
 * Covariates belong to the middle of the uncut cell, so that a cell does not know
 * whether an event ends it. Invariant: cells are in order of time within a run, runs in
 * order of time, and weeks do not decrease over the runs.
 */
#ifndef EBB_CYCLE_CELLS_H
#define EBB_CYCLE_CELLS_H

#include "cycle/contacts.h"
#include "cycle/rhythm.h"

/* What happens after a week of silence is not asked. */
#define EBB_CENSOR_MIN (7 * EBB_DAY_MIN)

/* A run: what was known when it began. Logs are natural, of 1 + the quantity. */
typedef struct ebb_run {
    double begin;           /* time of its first message, minutes since the origin */
    double end;             /* time of the reply or of the censoring */
    int64_t begin_s, end_s; /* the same two on the wall clock, as the record has them */
    float log_volume[2];    /* messages in the 24 h before: [0] of s, [1] of o */
    float log_pace;         /* running mean of log(1 + o's past reply waits / min) */
    float log_recent_o;     /* log(1 + minutes since o's last message / 10) */
    uint32_t week; /* week of its first message, from the origin of all records */
    uint32_t first_cell, cell_count;
    uint32_t followups;
    uint8_t ending;     /* ebb_run_ending_t */
    uint8_t reply_kind; /* ebb_kind_t of what ended it, if anything did */
} ebb_run_t;

typedef enum ebb_run_ending {
    EBB_RUN_REPLY,
    EBB_RUN_CALL,
    EBB_RUN_CENSORED
} ebb_run_ending_t;

/* A cell. Times in minutes, logs natural. */
typedef struct ebb_cell {
    float exposure;    /* minutes at risk */
    float op_exposure; /* the same in operational minutes of o */
    float nominal;     /* minutes of the uncut cell */
    float log_a_o, log_a_s;
    float log_t0_o;       /* log operational minutes of o since t0 */
    float log_t1_o;       /* ... since t1 */
    float log_t1;         /* log minutes since t1 */
    float hour;           /* hour of the day, 0..24 */
    float drift;          /* place in the record, 0..1 */
    float log_own_recent; /* log(1 + own messages in the last hour) */
    float log_n;          /* log(1 + n/5) */
    uint32_t run;
    uint16_t n;        /* follow-up turns so far */
    uint8_t reply;     /* 1: o's reply ends it */
    uint8_t followup;  /* 1: another turn of s ends it */
    uint8_t after_gap; /* 1: t >= t1 + m, so that s may begin another turn */
    uint8_t from_t0;   /* 1: begins at t0, so that sums since t0 begin anew */
} ebb_cell_t;

typedef struct ebb_cells {
    ebb_cell_t *list;
    size_t count, capacity;
    ebb_run_t *runs;
    size_t run_count, run_capacity;
    size_t weeks; /* one more than the largest week of a run */
    uint64_t turns[2];
    const ebb_alloc_t *alloc;
} ebb_cells_t;

/* A message of o more than a day before `time`, from where a walk finds every run that
 * begins at `time` or later as if it had come all the way: nothing but the pace
 * reaches further back. */
typedef struct ebb_mark {
    double time;    /* minutes since the origin */
    size_t contact; /* where to begin; 0: at the record's first contact */
    float log_pace; /* after that contact */
} ebb_mark_t;

/* What to cut and how. */
typedef struct ebb_cut {
    const ebb_contacts_t *contacts;
    const ebb_rhythm_t *rhythm;
    int pursuer;      /* s */
    double merge_min; /* m */
    double begin,
        end; /* only runs that begin in [begin, end), minutes since the origin */
    size_t first_week;      /* added to the weeks of the runs, for pooled records */
    const ebb_mark_t *from; /* begin there instead of at the first contact; may be NULL;
                               its time must not be after `begin` */
    ebb_mark_t *marks;      /* to be left on the way, by increasing time */
    size_t mark_count;
} ebb_cut_t;

void ebb_cells_init(ebb_cells_t *cells, const ebb_alloc_t *alloc);

/* Appends the cells of one record. 0 or EBB_ERR_MEMORY. */
int ebb_cells_add(ebb_cells_t *cells, const ebb_cut_t *cut, ebb_error_t *error);
void ebb_cells_free(ebb_cells_t *cells);

#endif
