/* SPDX-License-Identifier: MIT
 *
 * One pass over the events makes runs; each run is then counted for its sender (turns,
 * follow-ups) and for the one who ends it (reply time, rate of replying).
 */
#include "describe_stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MERGE_S 300 /* messages at most this far apart are one turn */
#define CELL_S 600  /* cells of the reply rate */
#define FIRST_CELL_S 3600
#define LAST_CELL_S 172800
#define SPANS 5
#define HOURS 48 /* of a working day, then of a day of the weekend */
#define DAY_S 86400

/* Exposure in cells and replies, without and with a follow-up, in one stratum. */
typedef struct stratum {
    double cells[2], replies[2];
} stratum_t;

typedef struct counter {
    describe_stats_t *stats;
    double *waits[2];
    size_t wait_count[2];
    stratum_t strata[2][SPANS][HOURS];
} counter_t;

/* One run: where its first turn ended, where each further one ended. */
typedef struct run {
    int sender;
    int64_t first_end, last_end;
    int turns;
    int64_t ends[64]; /* of the first turns of the run */
} run_t;

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double *values, size_t count, double share)
{
    if (count == 0) {
        return (double)NAN;
    }
    qsort(values, count, sizeof *values, compare_doubles);
    return values[(size_t)(share * (double)(count - 1))];
}

static int span_of(int64_t silence_s)
{
    static const int64_t ends_h[SPANS - 1] = {2, 4, 8, 16};
    int span = 0;
    while (span < SPANS - 1 && silence_s >= ends_h[span] * 3600) {
        span++;
    }
    return span;
}

/* 2025-01-06 was a Monday, and 20094 days after the epoch's first. */
static int hour_of(int64_t at)
{
    int weekend = (at / DAY_S - 20094) % 7 >= 5;
    return (int)(at % DAY_S / 3600) + (weekend ? 24 : 0);
}

/* Turns of the run that had ended at `when`, and when the latest of them did. */
static int turns_by(const run_t *run, int64_t when, int64_t *latest)
{
    int n = 0;
    while (n < run->turns && n < 64 && run->ends[n] <= when) {
        *latest = run->ends[n++];
    }
    return n;
}

static void expose(counter_t *c, const run_t *run, int64_t reply)
{
    int other = !run->sender;
    for (int64_t u = FIRST_CELL_S; u < LAST_CELL_S; u += CELL_S) {
        int64_t at = run->first_end + u, latest = run->first_end;
        if (at >= reply) {
            return;
        }
        int followed = turns_by(run, at, &latest) > 1;
        if (followed && at - latest < FIRST_CELL_S) {
            continue;
        }
        stratum_t *s = &c->strata[other][span_of(u)][hour_of(at)];
        s->cells[followed] += 1.0;
        s->replies[followed] += reply - at <= CELL_S;
    }
}

static void compare_rates(stratum_t strata[SPANS][HOURS], double *above, double *below)
{
    for (int i = 0; i < SPANS * HOURS; i++) {
        const stratum_t *s = &strata[i / HOURS][i % HOURS];
        double all = s->cells[0] + s->cells[1];
        if (s->cells[0] > 0.0 && s->cells[1] > 0.0) {
            *above += s->replies[1] * s->cells[0] / all;
            *below += s->replies[0] * s->cells[1] / all;
        }
    }
}

static void end_run(counter_t *c, const run_t *run, const ebb_event_t *reply)
{
    int s = run->sender;
    c->stats->turns[s] += run->turns;
    c->stats->followups[s] += run->turns - 1;
    c->stats
        ->runs[s][run->turns < DESCRIBE_RUNS ? run->turns - 1 : DESCRIBE_RUNS - 1]++;
    if (reply) {
        double wait = (double)(reply->local_s - run->first_end) / 60.0;
        c->waits[!s][c->wait_count[!s]++] = fmax(wait, 0.0);
        expose(c, run, reply->local_s);
    }
}

static void extend_run(run_t *run, const ebb_event_t *event)
{
    if (run->turns == 0 || event->local_s - run->last_end > MERGE_S) {
        run->turns++;
    }
    run->last_end = event->local_s;
    if (run->turns == 1) {
        run->first_end = event->local_s;
    }
    if (run->turns <= 64) {
        run->ends[run->turns - 1] = event->local_s;
    }
}

static void count_runs(counter_t *c, const ebb_event_t *events, size_t count)
{
    run_t run = {0};
    for (size_t i = 0; i < count; i++) {
        const ebb_event_t *e = &events[i];
        c->stats->messages[e->person] += 1.0;
        c->stats->calls += e->kind == EBB_KIND_CALL;
        if (run.turns && e->person != run.sender) {
            end_run(c, &run, e);
            run.turns = 0;
        }
        run.sender = e->person;
        extend_run(&run, e);
    }
    if (run.turns) {
        end_run(c, &run, NULL);
    }
}

static void keep_longest(double longest[3], double value)
{
    for (int i = 0; i < 3; i++) {
        if (value > longest[i]) {
            double smaller = longest[i];
            longest[i] = value;
            value = smaller;
        }
    }
}

static int count_days(describe_stats_t *s, const ebb_event_t *events, size_t count)
{
    size_t days = (size_t)s->weeks * 7;
    double *per_day = calloc(days + 1, sizeof *per_day);
    if (!per_day) {
        return EBB_ERR_MEMORY;
    }
    int64_t begin = count ? events[0].local_s - events[0].local_s % DAY_S : 0;
    for (size_t i = 0; i < count; i++) {
        size_t day = (size_t)((events[i].local_s - begin) / DAY_S);
        per_day[day < days ? day : days] += 1.0;
        if (i > 0) {
            double gap = (double)(events[i].local_s - events[i - 1].local_s);
            keep_longest(s->silence_h, gap / 3600.0);
        }
    }
    s->day_10 = quantile(per_day, days, 0.1);
    s->day_median = quantile(per_day, days, 0.5);
    s->day_90 = quantile(per_day, days, 0.9);
    free(per_day);
    return EBB_OK;
}

int describe_history(const ebb_event_t *events, size_t count, int weeks,
                     describe_stats_t *stats)
{
    counter_t c = {.stats = stats};
    memset(stats, 0, sizeof *stats);
    stats->weeks = weeks;
    double *waits = malloc((2 * count + 1) * sizeof *waits);
    if (!waits) {
        return EBB_ERR_MEMORY;
    }
    c.waits[0] = waits;
    c.waits[1] = waits + count;
    count_runs(&c, events, count);
    for (int k = 0; k < 2; k++) {
        stats->reply_median_min[k] = quantile(c.waits[k], c.wait_count[k], 0.5);
        stats->reply_90_min[k] = quantile(c.waits[k], c.wait_count[k], 0.9);
        compare_rates(c.strata[k], &stats->above[k], &stats->below[k]);
    }
    free(waits);
    return count_days(stats, events, count);
}
