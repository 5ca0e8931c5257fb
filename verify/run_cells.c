/* SPDX-License-Identifier: MIT
 * Histories to rows, in batches, resumably. */
#define _POSIX_C_SOURCE 200809L
#include "run_cells.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "rivals.h"

#define BATCH_PER_THREAD 8

/* One history to be made and measured. */
typedef struct errand {
    const verify_strengths_t *strengths;
    int cell, generator;
    uint64_t seed, history;
    verify_row_t rows[VERIFY_SPANS];
    int code;
} errand_t;

static void ask_rivals(int answers[VERIFY_RIVALS], const ebb_record_t *record)
{
    static ebb_rival_t *const rules[VERIFY_RIVALS] = {
        ebb_rival_perseverance, ebb_rival_bursts_loose, ebb_rival_bursts_strict,
        ebb_rival_starter};
    for (int i = 0; i < VERIFY_RIVALS; i++) {
        answers[i] = rules[i](record->events, record->count);
    }
}

static int couple_of(uint64_t history)
{
    return (int)(history % VERIFY_COUPLES);
}

static int measure_span(errand_t *errand, const ebb_record_t *record,
                        verify_span_t span)
{
    const ebb_cycle_opts_t opts = {.arms_only = true};
    ebb_cycle_t *cycle = NULL;
    int code = ebb_cycle_measure(&cycle, record->events, record->count, &opts, NULL);
    if (code) {
        return code;
    }
    verify_row_t *row = &errand->rows[span];
    *row = (verify_row_t){.cell = errand->cell,
                          .generator = errand->generator,
                          .span = span,
                          .seed = errand->seed,
                          .history = errand->history,
                          .couple = couple_of(errand->history)};
    row->messages = (double)record->count / (span == VERIFY_WHOLE ? 182.0 : 91.0);
    row->arms[0] = cycle->arms[0][1];
    row->arms[1] = cycle->arms[1][1];
    ask_rivals(row->rivals, record);
    ebb_cycle_free(cycle);
    return EBB_OK;
}

static void run_errand(void *user, size_t i)
{
    errand_t *errand = (errand_t *)user + i;
    const verify_cell_t *cell = &verify_cells[errand->cell];
    ebb_plant_t plant =
        verify_plant_couple(verify_plant(cell, errand->generator, errand->strengths),
                            errand->seed, cell->name, couple_of(errand->history));
    ebb_event_t *events = NULL;
    size_t count = 0;
    errand->code = verify_generators[errand->generator].generate(
        &plant, verify_seed(errand->seed, "run", cell->name, errand->history), &events,
        &count, NULL);
    for (int s = 0; s < verify_span_count(cell) && !errand->code; s++) {
        ebb_record_t record = verify_cut(events, count, (verify_span_t)s);
        errand->code = measure_span(errand, &record, (verify_span_t)s);
    }
    free(events);
}

/* ---------------------------------------------------------------- what there is to do
 */

static bool is_wanted(const verify_run_t *run, int cell, int generator)
{
    return (run->cell < 0 || run->cell == cell) &&
           (run->generator < 0 || run->generator == generator) &&
           verify_plant_known(&verify_cells[cell], generator, run->strengths);
}

/* Whether the last span of a history, or of a couple's pool, is among the rows. */
static bool is_done(const verify_rows_t *rows, const verify_row_t *which)
{
    int last = verify_span_count(&verify_cells[which->cell]) - 1;
    for (size_t i = 0; i < rows->count; i++) {
        const verify_row_t *row = &rows->list[i];
        if (row->cell == which->cell && row->generator == which->generator &&
            row->seed == which->seed && row->history == which->history &&
            row->couple == which->couple && (int)row->span == last) {
            return true;
        }
    }
    return false;
}

static void name_file(char path[512], const verify_run_t *run, const char *name)
{
    snprintf(path, 512, "%s/%s", run->folder, name);
}

/* Opens a file of rows for appending, with its header. */
static FILE *open_rows(const char *path)
{
    FILE *file = fopen(path, "a");
    if (file && fseek(file, 0, SEEK_END) == 0 && ftell(file) == 0) {
        verify_rows_header(file);
    }
    return file;
}

static int told(int code, const char *what)
{
    fprintf(stderr, "verify_cycles: %s: %s\n", what, ebb_strerror(code));
    return code;
}

/* Reads what is done; NULL and a message if that fails. */
static FILE *resume(const verify_run_t *run, const char *name, verify_rows_t *rows)
{
    char path[512];
    name_file(path, run, name);
    if (mkdir(run->folder, 0777) != 0 && errno != EEXIST) {
        told(EBB_ERR_IO, run->folder);
        return NULL;
    }
    FILE *file = verify_rows_read(rows, path) ? open_rows(path) : NULL;
    if (!file) {
        told(EBB_ERR_IO, path);
    }
    return file;
}

/* ----------------------------------------------------------------------------- runs */

typedef struct progress {
    bool quiet;
    size_t done, all;
    time_t begin;
} progress_t;

static void show_progress(const progress_t *p, const errand_t *errand)
{
    double seconds = difftime(time(NULL), p->begin);
    double left = seconds / (double)p->done * (double)(p->all - p->done);
    if (!p->quiet) {
        fprintf(stderr, "%s%zu of %zu histories, %s %s, %.0f min left%s",
                isatty(2) ? "\r" : "", p->done, p->all,
                verify_generators[errand->generator].name,
                verify_cells[errand->cell].name, left / 60,
                isatty(2) ? "        " : "\n");
    }
}

static size_t list_errands(const verify_run_t *run, const verify_rows_t *rows,
                           errand_t *errands)
{
    size_t n = 0;
    for (int g = 0; g < VERIFY_GENERATORS; g++) {
        for (int cell = 0; cell < verify_cell_count; cell++) {
            for (int h = 0; is_wanted(run, cell, g) && h < run->histories; h++) {
                const verify_row_t which = {.cell = cell,
                                            .generator = g,
                                            .seed = run->seed,
                                            .history = (uint64_t)h,
                                            .couple = couple_of((uint64_t)h)};
                if (!is_done(rows, &which)) {
                    errands[n++] = (errand_t){.strengths = run->strengths,
                                              .cell = cell,
                                              .generator = g,
                                              .seed = run->seed,
                                              .history = (uint64_t)h};
                }
            }
        }
    }
    return n;
}

static int run_batch(FILE *file, errand_t *errands, size_t n,
                     const ebb_executor_t *executor)
{
    executor->run(executor->user, n, run_errand, errands);
    for (size_t i = 0; i < n; i++) {
        if (errands[i].code) {
            return errands[i].code;
        }
        int spans = verify_span_count(&verify_cells[errands[i].cell]);
        for (int s = 0; s < spans; s++) {
            verify_row_write(file, &errands[i].rows[s]);
        }
    }
    return fflush(file) == 0 ? EBB_OK : EBB_ERR_IO;
}

static int run_all(const verify_run_t *run, const verify_rows_t *rows, FILE *file)
{
    size_t most =
        (size_t)run->histories * (size_t)verify_cell_count * VERIFY_GENERATORS;
    errand_t *errands = calloc(most, sizeof *errands);
    if (!errands) {
        return EBB_ERR_MEMORY;
    }
    ebb_executor_t executor = ebb_host_executor(run->threads);
    size_t batch = (size_t)run->threads * BATCH_PER_THREAD;
    progress_t progress = {run->quiet, 0, list_errands(run, rows, errands), time(NULL)};
    int code = EBB_OK;
    while (!code && progress.done < progress.all) {
        size_t left = progress.all - progress.done;
        errand_t *next = errands + progress.done;
        size_t n = left < batch ? left : batch;
        code = run_batch(file, next, n, &executor);
        progress.done += n;
        show_progress(&progress, next);
    }
    free(errands);
    return code;
}

int verify_run_histories(const verify_run_t *run)
{
    verify_rows_t rows = {0};
    FILE *file = resume(run, "histories.tsv", &rows);
    if (!file) {
        free(rows.list);
        return EBB_ERR_IO;
    }
    int code = run_all(run, &rows, file);
    free(rows.list);
    bool closed = fclose(file) == 0;
    code = code || closed ? code : EBB_ERR_IO;
    return code ? told(code, "run") : EBB_OK;
}

/* ---------------------------------------------------------------- pseudo-true values
 */

static int pool_couple(const verify_run_t *run, const verify_row_t *which, FILE *file)
{
    const verify_cell_t *cell = &verify_cells[which->cell];
    ebb_executor_t executor = ebb_host_executor(run->threads);
    verify_pool_t pool = {.plant = verify_plant_couple(
                              verify_plant(cell, which->generator, run->strengths),
                              run->seed, cell->name, which->couple),
                          .generator = which->generator,
                          .records = run->pooled,
                          .first = (uint64_t)which->couple * (uint64_t)run->pooled,
                          .seed = run->seed,
                          .purpose = "pool",
                          .cell = cell->name,
                          .executor = &executor};
    ebb_arms_t arms[VERIFY_SPANS][2];
    int spans = verify_span_count(cell);
    verify_row_t row = *which;
    int code = verify_pool_run(&pool, spans, arms, &row.messages);
    for (int s = 0; s < spans && !code; s++) {
        row.span = (verify_span_t)s;
        row.arms[0] = arms[s][0];
        row.arms[1] = arms[s][1];
        verify_row_write(file, &row);
    }
    return code || fflush(file) == 0 ? code : EBB_ERR_IO;
}

static int pool_cell(const verify_run_t *run, const verify_rows_t *rows,
                     verify_row_t which, FILE *file)
{
    int code = EBB_OK;
    if (!run->quiet) {
        fprintf(stderr, "pooling %s %s\n", verify_generators[which.generator].name,
                verify_cells[which.cell].name);
    }
    for (which.couple = 0; which.couple < VERIFY_COUPLES && !code; which.couple++) {
        if (!is_done(rows, &which)) {
            code = pool_couple(run, &which, file);
        }
    }
    return code;
}

int verify_run_truth(const verify_run_t *run)
{
    verify_rows_t rows = {0};
    FILE *file = resume(run, "truth.tsv", &rows);
    int code = file ? EBB_OK : EBB_ERR_IO;
    for (int g = 0; g < VERIFY_GENERATORS && !code; g++) {
        for (int cell = 0; cell < verify_cell_count && !code; cell++) {
            if (is_wanted(run, cell, g)) {
                verify_row_t which = {.cell = cell,
                                      .generator = g,
                                      .seed = run->seed,
                                      .history = (uint64_t)run->pooled};
                code = pool_cell(run, &rows, which, file);
            }
        }
    }
    free(rows.list);
    if (file && fclose(file) != 0) {
        code = EBB_ERR_IO;
    }
    return code ? told(code, "pool") : EBB_OK;
}
