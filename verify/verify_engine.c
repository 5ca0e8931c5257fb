/* SPDX-License-Identifier: MIT
 *
 * Does the engine compute what it says? Orders of convergence, moments and laws of
 * waiting against closed forms.
 *
 *     verify_engine [--seed N] [--couples N] [--out FOLDER]
 *
 * Prints a page in Markdown, or writes FOLDER/engine.md and FOLDER/engine.tsv. Exit
 * status 0: all lines hold. The same seed and number give the same bytes.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

static int usage(void)
{
    (void)fputs("usage: verify_engine [--seed N] [--couples N] [--out FOLDER]\n"
                "couples: 1000 to 1000000 for each line of chance (default 100000)\n",
                stderr);
    return 2;
}

typedef struct options {
    uint64_t seed, couples;
    const char *out;
} options_t;

static bool read_number(const char *text, uint64_t *number)
{
    char *end = NULL;
    *number = strtoull(text, &end, 10);
    return text[0] >= '0' && text[0] <= '9' && *end == 0;
}

static bool read_option(options_t *o, const char *name, const char *value)
{
    if (strcmp(name, "--out") == 0) {
        o->out = value;
        return true;
    }
    if (strcmp(name, "--seed") == 0) {
        return read_number(value, &o->seed);
    }
    return strcmp(name, "--couples") == 0 && read_number(value, &o->couples) &&
           o->couples >= 1000 && o->couples <= 1000000;
}

typedef int print_t(FILE *out, const engine_report_t *report);

static int print_numbers(FILE *out, const engine_report_t *report)
{
    engine_print_numbers(out, report);
    return 0;
}

/* What `print` returns, or -1 when the file cannot be written. */
static int write_file(const char *folder, const char *name, print_t *print,
                      const engine_report_t *report)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    int result = file ? print(file, report) : -1;
    if (!file || fclose(file) != 0) {
        (void)fprintf(stderr, "verify_engine: cannot write %s\n", path);
        return -1;
    }
    return result;
}

int main(int argc, char **argv)
{
    options_t o = {.seed = 2026, .couples = 100000};
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc || !read_option(&o, argv[i], argv[i + 1])) {
            return usage();
        }
    }
    engine_report_t *report = calloc(1, sizeof *report);
    if (!report) {
        return 1;
    }
    report->seed = o.seed;
    report->couples = o.couples;
    engine_orders(report);
    engine_orders_chance(report);
    engine_moments(report);
    engine_waits(report);
    int failed = o.out ? write_file(o.out, "engine.md", engine_print, report)
                       : engine_print(stdout, report);
    if (o.out && write_file(o.out, "engine.tsv", print_numbers, report)) {
        failed = -1;
    }
    free(report);
    return failed != 0;
}
