/* SPDX-License-Identifier: MIT
 * The measure from end to end: contacts, rhythm, cells, arms, and the descriptions. */
#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "cycle/arms.h"
#include "cycle/describe.h"

/* Cells of a direction beyond which resampling is by one step unless asked otherwise.
 */
#define FULL_CELLS_MAX 200000

#define WINDOW_WEEKS 13

static const double merge_gaps[EBB_MERGE_GAPS] = {2, 5, 10};

/* One set of arms to estimate; independent of every other one. */
typedef struct ebb_task {
    const ebb_contacts_t *contacts;
    const ebb_rhythm_t *rhythm;
    double begin, end, merge_min;
    ebb_resampling_t resampling;
    ebb_effort_t effort; /* at most */
    bool with_dose;
    const ebb_arms_start_t *start;
    ebb_arms_start_t *found;
    const ebb_mark_t *from;
    ebb_mark_t *marks; /* the windows', to be left on the way */
    size_t mark_count;
    ebb_found_t *episodes; /* to be found too; may be NULL */
    ebb_arms_t *arms;      /* `pursuer` is set */
    int code;
} ebb_task_t;

static void run_task(void *user, size_t i)
{
    ebb_task_t *task = (ebb_task_t *)user + i;
    ebb_cut_t cut = {.contacts = task->contacts,
                     .rhythm = task->rhythm,
                     .pursuer = task->arms->pursuer,
                     .merge_min = task->merge_min,
                     .begin = task->begin,
                     .end = task->end,
                     .from = task->from,
                     .marks = task->marks,
                     .mark_count = task->mark_count};
    ebb_cells_t cells;
    ebb_cells_init(&cells, task->contacts->alloc);
    task->code = ebb_cells_add(&cells, &cut, NULL);
    ebb_effort_t effort = task->effort;
    bool one_step =
        task->resampling == EBB_RESAMPLE_ONE_STEP ||
        (task->resampling == EBB_RESAMPLE_AUTO && cells.count > FULL_CELLS_MAX);
    if (effort == EBB_EFFORT_FULL && one_step) {
        effort = EBB_EFFORT_ONE_STEP;
    } else if (effort == EBB_EFFORT_ONE_STEP && one_step) {
        effort = EBB_EFFORT_POINT; /* of the outer gaps only the sign decides */
    }
    if (!task->code) {
        ebb_arms_opts_t opts = {effort, task->with_dose, task->start, task->found};
        task->code = ebb_arms_estimate(task->arms, &cells, &opts);
    }
    if (!task->code && task->episodes) {
        const double *usual = task->found->known ? task->found->usual : NULL;
        task->code =
            ebb_episodes_find(task->episodes, task->arms->pursuer, &cells, usual);
    }
    ebb_cells_free(&cells);
}

static int run_tasks(const ebb_executor_t *executor, ebb_task_t *tasks, size_t count)
{
    if (executor) {
        executor->run(executor->user, count, run_task, tasks);
    } else {
        for (size_t i = 0; i < count; i++) {
            run_task(tasks, i);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (tasks[i].code) {
            return tasks[i].code;
        }
    }
    return EBB_OK;
}

/* Everything a measurement needs beside its result. */
typedef struct ebb_job {
    ebb_cycle_t *cycle;
    ebb_cycle_opts_t opts;
    ebb_contacts_t contacts;
    ebb_rhythm_t rhythm;
    /* of the whole record, by pursuer: coefficients, where windows begin, episodes */
    ebb_arms_start_t start[2];
    ebb_mark_t *marks[2];
    size_t mark_count;
    ebb_found_t found[2];
} ebb_job_t;

/* The whole record at a merge gap, from the coefficients found at the main one. */
static ebb_task_t later_task(ebb_job_t *job, ebb_arms_t *arms, int pursuer, int gap)
{
    arms->pursuer = pursuer;
    return (ebb_task_t){.contacts = &job->contacts,
                        .rhythm = &job->rhythm,
                        .begin = -(double)INFINITY,
                        .end = (double)INFINITY,
                        .merge_min = merge_gaps[gap],
                        .resampling = job->opts.resampling,
                        .effort = EBB_EFFORT_ONE_STEP,
                        .start = &job->start[pursuer],
                        .arms = arms};
}

/* The whole record at the main gap, which finds what the later ones start from. */
static ebb_task_t main_task(ebb_job_t *job, int pursuer)
{
    ebb_task_t task = later_task(job, &job->cycle->arms[pursuer][1], pursuer, 1);
    task.effort = EBB_EFFORT_FULL;
    task.start = NULL;
    task.found = &job->start[pursuer];
    if (!job->opts.arms_only) {
        task.with_dose = true;
        task.marks = job->marks[pursuer];
        task.mark_count = job->mark_count;
        task.episodes = &job->found[pursuer];
    }
    return task;
}

/* The outer merge gaps of both directions. In verification they are estimated only
 * where they can still decide, and as points. Returns the number of tasks. */
static size_t plan_outer_gaps(ebb_job_t *job, ebb_task_t *tasks)
{
    size_t n = 0;
    for (int i = 0; i < 4; i++) { /* directions by turns: one may be the longer one */
        int pursuer = i % 2, gap = i / 2 * 2;
        if (job->opts.arms_only && job->cycle->arms[pursuer][1].verdict != EBB_LOOP) {
            continue;
        }
        tasks[n] = later_task(job, &job->cycle->arms[pursuer][gap], pursuer, gap);
        if (job->opts.arms_only) {
            tasks[n].effort = EBB_EFFORT_POINT;
        }
        n++;
    }
    return n;
}

/* One direction of window i. */
static ebb_task_t plan_window(ebb_job_t *job, size_t i, int pursuer)
{
    ebb_cycle_t *cycle = job->cycle;
    const ebb_mark_t *mark = &job->marks[pursuer][i];
    ebb_task_t task = later_task(job, &cycle->windows[i].arms[pursuer], pursuer, 1);
    task.effort = EBB_EFFORT_FULL;
    if (cycle->arms[pursuer][1].one_step) { /* many windows are as much work */
        task.resampling = EBB_RESAMPLE_ONE_STEP;
    }
    if (i > 0) {
        task.begin = mark->time;
        task.from = mark;
    }
    if (i + 1 < cycle->window_count) {
        task.end = mark[1].time;
    }
    return task;
}

/* Consecutive windows of 13 weeks, a rest joining the last; none below 26 weeks. */
static size_t plan_windows(ebb_job_t *job, ebb_task_t *tasks)
{
    ebb_cycle_t *cycle = job->cycle;
    size_t count = cycle->window_count, n = 0;
    for (size_t i = 0; i < count; i++) {
        ebb_window_t *window = &cycle->windows[i];
        int64_t origin_s = job->contacts.origin_s;
        window->begin_s = origin_s + (int64_t)(job->marks[0][i].time * 60);
        window->end_s = i + 1 < count
                            ? origin_s + (int64_t)(job->marks[0][i + 1].time * 60)
                            : cycle->last_s;
        tasks[n++] = plan_window(job, i, 0);
        tasks[n++] = plan_window(job, i, 1);
    }
    return n;
}

/* What starts from the whole record's coefficients: outer merge gaps and windows. They
 * go together, the longest first, so that no thread waits. */
static int measure_parts(ebb_job_t *job)
{
    ebb_cycle_t *cycle = job->cycle;
    const ebb_alloc_t *alloc = job->opts.alloc;
    size_t room = 4 + 2 * cycle->window_count;
    ebb_task_t *tasks = ebb_new_array(alloc, room, sizeof *tasks);
    if (!tasks) {
        return EBB_ERR_MEMORY;
    }
    size_t n = plan_outer_gaps(job, tasks);
    n += plan_windows(job, tasks + n);
    int code = run_tasks(job->opts.executor, tasks, n);
    ebb_free_array(alloc, tasks, room, sizeof *tasks);
    for (size_t i = 0; i < 2 * cycle->window_count && !code; i++) {
        ebb_arms_judge(&cycle->windows[i / 2].arms[i % 2], NULL, NULL);
    }
    return code;
}

/* Room for the windows, and for the marks at which they begin. */
static int make_windows(ebb_job_t *job)
{
    ebb_cycle_t *cycle = job->cycle;
    const ebb_alloc_t *alloc = job->opts.alloc;
    size_t count = job->contacts.weeks / WINDOW_WEEKS;
    if (count < 2 || job->opts.arms_only) {
        return EBB_OK;
    }
    job->mark_count = count;
    job->marks[0] = ebb_new_array(alloc, count, sizeof *job->marks[0]);
    job->marks[1] = ebb_new_array(alloc, count, sizeof *job->marks[1]);
    cycle->windows = ebb_new_array(alloc, count, sizeof *cycle->windows);
    cycle->window_count = cycle->windows ? count : 0;
    if (!job->marks[0] || !job->marks[1] || !cycle->windows) {
        return EBB_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        double begin = (double)(i * WINDOW_WEEKS) * EBB_WEEK_MIN;
        job->marks[0][i].time = job->marks[1][i].time = begin;
    }
    return EBB_OK;
}

/* Both directions at all three merge gaps and in all windows, and the verdicts. */
static int measure_arms(ebb_job_t *job)
{
    int code = make_windows(job);
    ebb_task_t tasks[2] = {main_task(job, 0), main_task(job, 1)};
    code = code ? code : run_tasks(job->opts.executor, tasks, 2);
    for (int pursuer = 0; pursuer < 2 && !code; pursuer++) {
        ebb_arms_judge(&job->cycle->arms[pursuer][1], NULL, NULL);
    }
    code = code ? code : measure_parts(job);
    for (int pursuer = 0; pursuer < 2 && !code; pursuer++) {
        ebb_arms_t *arms = job->cycle->arms[pursuer];
        if (!job->opts.arms_only || arms[1].verdict == EBB_LOOP) {
            ebb_arms_judge(&arms[1], &arms[0], &arms[2]);
        }
        job->cycle->verdict[pursuer] = arms[1].verdict;
    }
    return code;
}

/* Who pursues in a window: 0 or 1, or -1 where that cannot be said or both do. */
static int window_role(const ebb_window_t *window)
{
    ebb_verdict_t a = window->arms[0].verdict, b = window->arms[1].verdict;
    if (a == b) {
        return -1;
    }
    return a > b ? 0 : 1;
}

static void find_switch(ebb_cycle_t *cycle)
{
    int before = -1;
    cycle->switch_window = -1;
    for (size_t i = 0; i < cycle->window_count; i++) {
        int role = window_role(&cycle->windows[i]);
        if (role >= 0 && before >= 0 && role != before) {
            cycle->switch_window = (int)i;
            return;
        }
        before = role >= 0 ? role : before;
    }
}

static int describe_cycle(ebb_job_t *job)
{
    ebb_cycle_t *cycle = job->cycle;
    int code = ebb_describe_silences(cycle, &job->contacts);
    code = code ? code : ebb_describe_episodes(cycle, job->found);
    if (!code) {
        find_switch(cycle);
    }
    return code;
}

static int start_job(ebb_job_t *job, const ebb_record_t *record,
                     const ebb_cycle_opts_t *opts, ebb_error_t *error)
{
    job->opts = opts ? *opts : (ebb_cycle_opts_t){0};
    if (!job->opts.alloc) {
        job->opts.alloc = ebb_alloc_default();
    }
    int code = ebb_contacts_make(&job->contacts, record->events, record->count,
                                 job->opts.alloc, error);
    return code ? code : ebb_rhythm_make(&job->rhythm, &job->contacts, error);
}

static void end_job(ebb_job_t *job)
{
    for (int pursuer = 0; pursuer < 2; pursuer++) {
        const ebb_found_t *found = &job->found[pursuer];
        ebb_free_array(job->opts.alloc, found->list, found->room, sizeof *found->list);
        ebb_free_array(job->opts.alloc, job->marks[pursuer], job->mark_count,
                       sizeof *job->marks[pursuer]);
    }
    if (job->rhythm.alloc) {
        ebb_rhythm_free(&job->rhythm);
    }
    if (job->contacts.alloc) {
        ebb_contacts_free(&job->contacts);
    }
}

int ebb_cycle_measure(ebb_cycle_t **out, const ebb_event_t *events, size_t count,
                      const ebb_cycle_opts_t *opts, ebb_error_t *error)
{
    *out = NULL;
    ebb_job_t job = {0};
    ebb_record_t record = {events, count};
    int code = start_job(&job, &record, opts, error);
    if (!code) {
        job.cycle = ebb_new_array(job.opts.alloc, 1, sizeof *job.cycle);
        code = job.cycle ? EBB_OK : ebb_fail(error, EBB_ERR_MEMORY, "out of memory");
    }
    if (job.cycle) { /* there is one exactly when nothing failed so far */
        job.cycle->_alloc = job.opts.alloc;
        job.cycle->events = count;
        code =
            job.opts.arms_only ? EBB_OK : ebb_describe_course(job.cycle, &job.contacts);
        code = code ? code : measure_arms(&job);
        code = code || job.opts.arms_only ? code : describe_cycle(&job);
        if (code) {
            ebb_fail(error, code, "%s", ebb_strerror(code));
        }
    }
    end_job(&job);
    if (code) {
        ebb_cycle_free(job.cycle);
        return code;
    }
    *out = job.cycle;
    return EBB_OK;
}

/* Adds one record's cells of both directions to the pool. */
static int pool_record(ebb_cells_t cells[2], const ebb_record_t *record,
                       size_t *first_week, const ebb_cycle_opts_t *opts,
                       ebb_error_t *error)
{
    ebb_job_t job = {0};
    int code = start_job(&job, record, opts, error);
    for (int pursuer = 0; pursuer < 2 && !code; pursuer++) {
        ebb_cut_t cut = {.contacts = &job.contacts,
                         .rhythm = &job.rhythm,
                         .pursuer = pursuer,
                         .merge_min = merge_gaps[1],
                         .begin = -(double)INFINITY,
                         .end = (double)INFINITY,
                         .first_week = *first_week};
        code = ebb_cells_add(&cells[pursuer], &cut, error);
    }
    *first_week += job.contacts.weeks;
    end_job(&job);
    return code;
}

int ebb_cycle_pool(ebb_arms_t arms[2], const ebb_record_t *records, size_t count,
                   const ebb_cycle_opts_t *opts, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = opts && opts->alloc ? opts->alloc : ebb_alloc_default();
    ebb_cells_t cells[2];
    ebb_cells_init(&cells[0], alloc);
    ebb_cells_init(&cells[1], alloc);
    size_t first_week = 0;
    int code = EBB_OK;
    for (size_t i = 0; i < count && !code; i++) {
        code = pool_record(cells, &records[i], &first_week, opts, error);
    }
    for (int pursuer = 0; pursuer < 2; pursuer++) {
        arms[pursuer] = (ebb_arms_t){.pursuer = pursuer};
        if (!code) {
            ebb_arms_opts_t point = {.effort = EBB_EFFORT_POINT};
            code = ebb_arms_estimate(&arms[pursuer], &cells[pursuer], &point);
        }
        ebb_cells_free(&cells[pursuer]);
    }
    return code == EBB_ERR_MEMORY ? ebb_fail(error, code, "out of memory") : code;
}

void ebb_cycle_free(ebb_cycle_t *cycle)
{
    if (!cycle) {
        return;
    }
    const ebb_alloc_t *alloc = cycle->_alloc;
    ebb_free_array(alloc, cycle->repairs, cycle->repair_count, sizeof *cycle->repairs);
    ebb_free_array(alloc, cycle->weeks, cycle->week_count, sizeof *cycle->weeks);
    ebb_free_array(alloc, cycle->windows, cycle->window_count, sizeof *cycle->windows);
    ebb_free_array(alloc, cycle->episodes, cycle->_episode_room,
                   sizeof *cycle->episodes);
    ebb_free_array(alloc, cycle, 1, sizeof *cycle);
}
