/* SPDX-License-Identifier: MIT
 * Ranges of couples, block by block. */
#include <math.h>

#include "core/fail.h"
#include "run/lanes.h"
#include "run/totals.h"

static const char *const range_reasons[] = {
#define RANGE_REASON(name, why) why,
    EBB_LANE_LIST(RANGE_REASON)
#undef RANGE_REASON
};

static void range_count_failed(const ebb_cohort_t *lanes, ebb_run_job_t *job)
{
    for (size_t i = 0; i < lanes->used; i++) {
        if (lanes->status[i]) {
            if (job->failed++ == 0) {
                job->first_failed = lanes->first + i;
                job->why = range_reasons[lanes->status[i]];
            }
        }
    }
}

/* Whether lane i lasts, at each time, for the job's list. */
static void range_keep_lasting(const ebb_cohort_t *lanes, size_t i,
                               const ebb_run_job_t *job)
{
    size_t times = lanes->run->time_count;
    bool *to = job->lasting + (lanes->first + i - job->begin) * times;
    for (size_t k = 0; k < times; k++) {
        to[k] = !lanes->lasting || lanes->lasting[i * times + k];
    }
}

static void range_summaries(const ebb_cohort_t *lanes, size_t lane, double *out)
{
    for (size_t k = 0; k < lanes->run->watches; k++) {
        out[k] = lanes->status[lane] ? (double)NAN
                                     : ebb_lanes_leaf(lanes, EBB_LEAF_SUMMARY, k)[lane];
    }
}

/* What a couple does after its end is nobody's. */
static void range_blank(const ebb_cohort_t *lanes, size_t lane)
{
    const ebb_simulation_t *run = lanes->run;
    for (size_t t = 0; lanes->lasting && t < run->time_count; t++) {
        double *row = lanes->written + (lane * run->time_count + t) * run->output_count;
        bool lasts = lanes->lasting[lane * run->time_count + t];
        for (size_t k = 0; k < run->output_count && !lasts; k++) {
            row[k] = (double)NAN;
        }
    }
}

/* What the couples of a block wrote goes where the job says. */
static int range_deliver(const ebb_cohort_t *lanes, ebb_run_job_t *job)
{
    const ebb_simulation_t *run = lanes->run;
    size_t all = run->time_count * run->output_count;
    int code = 0;
    for (size_t i = 0; i < lanes->used && !code; i++) {
        if (job->lasting_only) {
            range_blank(lanes, i);
        }
        const double *rows = lanes->written + i * all;
        uint64_t couple = lanes->first + i;
        for (size_t k = 0; k < all && job->values; k++) {
            job->values[(couple - job->begin) * all + k] = rows[k];
        }
        if (job->lasting) {
            range_keep_lasting(lanes, i, job);
        }
        if (job->summaries) {
            range_summaries(lanes, i,
                            job->summaries + (couple - job->begin) * run->watches);
        }
        if (job->totals) {
            const bool *lasting =
                lanes->lasting ? lanes->lasting + i * run->time_count : NULL;
            ebb_totals_add(job->totals, rows, lasting, lanes->kept + i, lanes->width);
        }
        code = job->record ? job->record(job->record_user, couple, rows) : 0;
    }
    return code;
}

static int range_blocks(ebb_cohort_t *lanes, ebb_run_job_t *job, ebb_error_t *error)
{
    uint64_t all = job->end - job->begin;
    for (uint64_t first = job->begin; first < job->end; first += lanes->width) {
        uint64_t left = job->end - first;
        size_t used = left < lanes->width ? (size_t)left : lanes->width;
        if (ebb_lanes_begin(lanes, first, used)) {
            return ebb_fail(error, EBB_ERR_MEMORY, "not enough memory to run");
        }
        ebb_lanes_run(lanes);
        range_count_failed(lanes, job);
        int code = range_deliver(lanes, job);
        if (code) {
            return ebb_fail(error, code, "stopped by the caller");
        }
        if (job->progress &&
            job->progress(job->progress_user, first + used - job->begin, all)) {
            return ebb_fail(error, EBB_ERR_CANCELLED, "cancelled");
        }
    }
    return EBB_OK;
}

int ebb_run_range(const ebb_simulation_t *run, ebb_run_job_t *job, ebb_error_t *error)
{
    job->failed = job->first_failed = 0;
    job->why = NULL;
    if (job->end < job->begin || job->end > (uint64_t)1 << 32) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "couples from %llu to %llu are no range below 2^32",
                        (unsigned long long)job->begin, (unsigned long long)job->end);
    }
    ebb_cohort_t lanes;
    int code = ebb_lanes_open(&lanes, run, job->end - job->begin);
    code = code ? ebb_fail(error, code, "not enough memory to run")
                : range_blocks(&lanes, job, error);
    ebb_lanes_close(&lanes);
    return code;
}
