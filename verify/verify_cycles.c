/* SPDX-License-Identifier: MIT
 *
 * verify_cycles: does the measure find what was planted, and nothing else?
 *
 *   calibrate   finds the knobs of the strengths and writes strengths.tsv
 *   run         makes and measures histories, appended to OUT/histories.tsv; pools the
 *               pseudo-true values into OUT/truth.tsv. Begun again, it goes on.
 *   summarise   writes OUT/results.md and OUT/summary.tsv; plot.py draws the latter
 *   cells       lists the cells
 *
 * A folder belongs to one state of the program: after a change of the measure or of a
 * generator take a new one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibrate.h"
#include "run_cells.h"
#include "summary.h"

typedef struct options {
    const char *out, *strengths;
    int histories, records, threads, cell, generator;
    uint64_t seed;
} options_t;

static int usage(void)
{
    fprintf(
        stderr,
        "usage: verify_cycles calibrate [--generator G] [--records N]\n"
        "       verify_cycles run --out DIR [--histories N] [--records N] [--seed S]"
        " [--cell NAME] [--generator G]\n"
        "       verify_cycles summarise --out DIR\n"
        "       verify_cycles cells\n"
        "also: --threads N, --strengths FILE; --records N: histories pooled for "
        "the pseudo-true values of a couple (0: none)\n");
    return 2;
}

static int whole_number(const char *text, int least)
{
    char *end;
    long value = strtol(text, &end, 10);
    return *end || value < least || value > 1000000 ? -1 : (int)value;
}

static bool read_option(options_t *o, const char *name, const char *value)
{
    if (strcmp(name, "--out") == 0) {
        o->out = value;
    } else if (strcmp(name, "--strengths") == 0) {
        o->strengths = value;
    } else if (strcmp(name, "--histories") == 0) {
        return (o->histories = whole_number(value, 0)) >= 0;
    } else if (strcmp(name, "--records") == 0) {
        return (o->records = whole_number(value, 0)) >= 0;
    } else if (strcmp(name, "--threads") == 0) {
        return (o->threads = whole_number(value, 1)) >= 1;
    } else if (strcmp(name, "--seed") == 0) {
        o->seed = strtoull(value, NULL, 10);
    } else if (strcmp(name, "--cell") == 0) {
        return (o->cell = verify_find_cell(value)) >= 0;
    } else if (strcmp(name, "--generator") == 0) {
        return (o->generator = verify_find_generator(value)) >= 0;
    } else {
        return false;
    }
    return true;
}

static int calibrate(const options_t *o)
{
    verify_strengths_t strengths = {0};
    verify_strengths_read(&strengths, o->strengths); /* need not exist */
    ebb_executor_t executor = ebb_host_executor(o->threads);
    int missed = 0;
    for (int g = 0; g < VERIFY_GENERATORS && missed >= 0; g++) {
        if (o->generator < 0 || o->generator == g) {
            int more = verify_calibrate(&strengths, g, o->records, &executor);
            missed = more < 0 ? more : missed + more;
        }
    }
    if (missed < 0 || !verify_strengths_write(&strengths, o->strengths)) {
        fprintf(stderr, "verify_cycles: calibration failed\n");
        return 1;
    }
    if (missed) {
        fprintf(stderr, "verify_cycles: %d strengths out of reach\n", missed);
    }
    return missed > 0;
}

static int run(const options_t *o)
{
    verify_strengths_t strengths = {0};
    if (!verify_strengths_read(&strengths, o->strengths)) {
        fprintf(stderr, "verify_cycles: cannot read %s\n", o->strengths);
        return 1;
    }
    const verify_run_t run = {.strengths = &strengths,
                              .folder = o->out,
                              .cell = o->cell,
                              .generator = o->generator,
                              .histories = o->histories,
                              .pooled = o->records,
                              .seed = o->seed,
                              .threads = o->threads};
    return verify_run_histories(&run) || (o->records > 0 && verify_run_truth(&run));
}

static int summarise(const options_t *o)
{
    verify_summary_t summary;
    char path[512];
    if (!verify_summary_read(&summary, o->out)) {
        free(summary.list);
        return 1;
    }
    snprintf(path, sizeof path, "%s/results.md", o->out);
    FILE *page = fopen(path, "w");
    snprintf(path, sizeof path, "%s/summary.tsv", o->out);
    FILE *numbers = fopen(path, "w");
    bool good = page && numbers;
    int failed = 0;
    if (good) {
        failed = verify_summary_print(page, &summary);
        verify_summary_numbers(numbers, &summary);
    }
    good = (!page || fclose(page) == 0) && good;
    good = (!numbers || fclose(numbers) == 0) && good;
    free(summary.list);
    if (!good) {
        fprintf(stderr, "verify_cycles: cannot write into %s\n", o->out);
        return 1;
    }
    printf("%s/results.md: %d wanted figures do not hold\n", o->out, failed);
    return failed > 0;
}

int main(int argc, char **argv)
{
    options_t o = {.strengths = VERIFY_STRENGTHS_FILE,
                   .histories = 400,
                   .records = 40,
                   .threads = ebb_host_processors(),
                   .cell = -1,
                   .generator = -1,
                   .seed = 1};
    for (int i = 2; i < argc; i += 2) {
        if (i + 1 == argc || !read_option(&o, argv[i], argv[i + 1])) {
            return usage();
        }
    }
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "calibrate") == 0 && o.records > 0) {
        return calibrate(&o);
    } else if (strcmp(verb, "run") == 0 && o.out) {
        return run(&o);
    } else if (strcmp(verb, "summarise") == 0 && o.out) {
        return summarise(&o);
    } else if (strcmp(verb, "cells") == 0) {
        for (int i = 0; i < verify_cell_count; i++) {
            printf("%s\n", verify_cells[i].name);
        }
        return 0;
    }
    return usage();
}
