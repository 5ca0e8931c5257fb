/* SPDX-License-Identifier: MIT
 *
 * One number for all the bits that a model's run gives: outputs of COUPLES couples at
 * five times, totals, quantiles, verdicts. Everything that may run a model is held to
 * the same number: any engine, block width, cut of the range, number of threads,
 * compiler and machine, and the WebAssembly of tests/bits_wasm.mjs, which repeats this
 * recipe. Change both together.
 *
 * Recipe. Seed 7, tolerance 1e-6, all else as it is unless said; length that of the
 * scenario, else 24 steps or 3 units of time; steps of a 200th of that; five times from
 * 0 to the end, evenly (whole ones in steps). Couple c starts state i at bits_start of
 * its range and (7 c + 3 i) % 23, and has trait i at that of (5 c + 2 i) % 23, unless a
 * scenario says what the couple is like.
 */
#ifndef EBB_TESTS_BITS_H
#define EBB_TESTS_BITS_H

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "ebb/host.h"
#include "ebb/run.h"

#define BITS_COUPLES                                                 \
    67 /* more than one block of the greatest width, and no multiple \
        */
#define BITS_TIMES 5

/* --- a digest --------------------------------------------------------------------- */

/* FNV-1a by words, stirred. All NaN count as one. */
static inline uint64_t bits_mix(uint64_t digest, uint64_t word)
{
    digest = (digest ^ word) * 0x100000001b3u;
    return digest ^ (digest >> 29);
}

static inline uint64_t bits_mix_numbers(uint64_t digest, const double *x, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        uint64_t word = 0x7ff8000000000000u;
        if (!isnan(x[k])) {
            memcpy(&word, &x[k], sizeof word);
        }
        digest = bits_mix(digest, word);
    }
    return digest;
}

static inline uint64_t bits_mix_text(uint64_t digest, const char *text)
{
    for (; *text; text++) {
        digest = bits_mix(digest, (unsigned char)*text);
    }
    return digest;
}

#define BITS_BEGIN 0xcbf29ce484222325u

/* --- a run ------------------------------------------------------------------------ */

/* What is run, and how. The first four say what comes out, the rest must not. */
typedef struct bits {
    const ebb_model_t *model;
    const ebb_scenario_t *scenario; /* or NULL */
    ebb_method_t method;
    ebb_engine_t engine;
    size_t lanes;
    size_t cuts[3]; /* the range ends there, too; rising, 0 for none */
    int threads;
} bits_t;

/* A number in the range, by a whole number below 23. */
static inline double bits_start(double low, double high, unsigned k)
{
    double part = (double)(k + 1) / 24;
    double from = isfinite(low) ? low : isfinite(high) ? high - 1 : -1;
    double to = isfinite(high) ? high : from + 2;
    return from + (to - from) * part;
}

/* Its type is that of a callback. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static inline void bits_vary(void *user, uint64_t couple, double *params,
                             double *traits, double *starts)
{
    const bits_t *bits = user;
    ebb_scalar_t x;
    unsigned c = (unsigned)couple;
    (void)params;
    for (unsigned i = 0; !ebb_model_scalar(bits->model, EBB_SCALAR_STATE, i, &x); i++) {
        starts[i] = bits_start(x.low, x.high, (7 * c + 3 * i) % 23);
    }
    for (unsigned i = 0;
         !bits->scenario && !ebb_model_scalar(bits->model, EBB_SCALAR_TRAIT, i, &x);
         i++) {
        traits[i] = bits_start(x.low, x.high, (5 * c + 2 * i) % 23);
    }
}

/* The run without its times: says how long it is. 0 when it cannot be. */
static inline double bits_length(const bits_t *bits, ebb_run_settings_t *settings)
{
    ebb_simulation_t *run = NULL;
    if (ebb_run_new(&run, bits->model, bits->scenario, settings, NULL)) {
        settings->length = ebb_model_info(bits->model).steps ? 24 : 3;
        if (ebb_run_new(&run, bits->model, bits->scenario, settings, NULL)) {
            return 0;
        }
    }
    double length = ebb_run_info(run).length;
    ebb_run_free(run);
    return length;
}

/* Compiles the run of the recipe, which borrows the bits; NULL where the method does
 * not suit the model. */
static inline ebb_simulation_t *bits_run(bits_t *bits)
{
    double times[BITS_TIMES];
    ebb_run_settings_t settings = {.method = bits->method,
                                   .engine = bits->engine,
                                   .lanes = bits->lanes,
                                   .seed = 7,
                                   .tolerance = 1e-6,
                                   .vary = bits_vary,
                                   .vary_user = bits};
    double length = bits_length(bits, &settings);
    for (int k = 0; k < BITS_TIMES; k++) {
        double t = length * k / (BITS_TIMES - 1);
        times[k] = ebb_model_info(bits->model).steps ? floor(t) : t;
    }
    settings.step = length / 200;
    settings.times = times;
    settings.time_count = BITS_TIMES;
    ebb_simulation_t *run = NULL;
    return length > 0 &&
                   !ebb_run_new(&run, bits->model, bits->scenario, &settings, NULL)
               ? run
               : NULL;
}

/* --- ranges ----------------------------------------------------------------------- */

typedef struct bits_part {
    const ebb_simulation_t *run;
    ebb_run_totals_t *totals;
    uint64_t begin, end;
    double *values;
} bits_part_t;

static inline void bits_run_part(void *arg, size_t i)
{
    bits_part_t *part = (bits_part_t *)arg + i;
    ebb_run_job_t job = {.begin = part->begin,
                         .end = part->end,
                         .values = part->values,
                         .totals = part->totals};
    CHECK(ebb_run_range(part->run, &job, NULL) == EBB_OK);
}

/* Runs the couples as the bits say, into `values`, and adds up the totals. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static inline void bits_run_all(double *values, const bits_t *bits,
                                const ebb_simulation_t *run, ebb_run_totals_t *totals)
{
    bits_part_t parts[4];
    ebb_run_info_t info = ebb_run_info(run);
    size_t count = 0, begin = 0;
    for (size_t k = 0; k < 4 && begin < BITS_COUPLES; k++) {
        size_t end = k < 3 && bits->cuts[k] ? bits->cuts[k] : BITS_COUPLES;
        bits_part_t *part = &parts[count++];
        *part = (bits_part_t){run, NULL, begin, end,
                              values + begin * info.time_count * info.output_count};
        CHECK(ebb_run_totals_new(&part->totals, run, true, NULL) == EBB_OK);
        begin = end;
    }
    ebb_executor_t executor = ebb_host_executor(bits->threads ? bits->threads : 1);
    executor.run(executor.user, count, bits_run_part, parts);
    for (size_t k = count; k-- > 0;) { /* in no order that would come by itself */
        CHECK(ebb_run_totals_merge(totals, parts[k].totals) == EBB_OK);
        ebb_run_totals_free(parts[k].totals);
    }
}

static inline uint64_t bits_mix_totals(uint64_t digest, const ebb_simulation_t *run,
                                       const ebb_run_totals_t *totals)
{
    ebb_run_info_t info = ebb_run_info(run);
    for (size_t t = 0; t < info.time_count; t++) {
        for (size_t k = 0; k < info.output_count; k++) {
            ebb_run_total_t total = ebb_run_total(totals, t, k);
            double numbers[] = {(double)total.count,
                                total.mean,
                                total.sd,
                                total.lowest,
                                total.highest,
                                ebb_run_quantile(totals, t, k, 0.3)};
            digest = bits_mix_numbers(digest, numbers, 6);
        }
    }
    for (size_t k = 0; k < info.expect_count; k++) {
        ebb_run_verdict_t verdict = {0};
        CHECK(ebb_run_verdict(totals, k, &verdict) == EBB_OK);
        digest = bits_mix(digest, verdict.kept);
    }
    return digest;
}

/**
 * The digest of a run.
 *
 * @param[in]  bits    model, scenario, method, engine; width, cuts and threads
 * @param[out] digest  one number for all that comes out of it
 * @return whether the method and the engine suit the model; else nothing was run
 */
static inline bool bits_digest(bits_t *bits, uint64_t *digest)
{
    ebb_simulation_t *run = bits_run(bits);
    ebb_run_totals_t *totals = NULL;
    if (!run) {
        return false;
    }
    size_t count =
        BITS_COUPLES * ebb_run_info(run).time_count * ebb_run_info(run).output_count;
    double *values = calloc(count + 1, sizeof *values);
    CHECK(values && ebb_run_totals_new(&totals, run, true, NULL) == EBB_OK);
    if (values && totals) {
        bits_run_all(values, bits, run, totals);
        *digest = bits_mix_numbers(BITS_BEGIN, values, count);
        *digest = bits_mix_totals(*digest, run, totals);
    }
    free(values);
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    return true;
}

#endif
