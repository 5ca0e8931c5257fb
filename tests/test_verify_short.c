/* SPDX-License-Identifier: MIT
 *
 * The verification in small: six cells of each generator, a dozen histories each.
 *
 * So few histories prove no rate; the bounds say only what a sound measure cannot miss
 * by chance. Beside it: the rows do not depend on threads, a cut file is gone on with,
 * and the limits of a share are those of Clopper and Pearson. One argument: the
 * strengths file.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../verify/run_cells.h"
#include "../verify/summary.h"
#include "check.h"

#define HISTORIES 12

/* A folder of the test's own, removed at the end. */
static char folder[64] = "/tmp/ebb-verify-XXXXXX";
static verify_strengths_t strengths;

static const char *in_folder(char path[128], const char *sub, const char *name)
{
    snprintf(path, 128, "%s%s%s%s%s", folder, *sub ? "/" : "", sub, *name ? "/" : "",
             name);
    return path;
}

static int run_cell(const char *sub, const char *cell, int generator, int histories,
                    int threads)
{
    char path[128];
    const verify_run_t run = {.strengths = &strengths,
                              .folder = in_folder(path, sub, ""),
                              .cell = verify_find_cell(cell),
                              .generator = generator,
                              .histories = histories,
                              .seed = 7,
                              .threads = threads,
                              .quiet = true};
    return verify_run_histories(&run);
}

/* The whole file as text; to be freed. */
static char *slurp(const char *path)
{
    char *text = calloc(1, 1 << 20);
    FILE *file = text ? fopen(path, "r") : NULL;
    if (file) {
        size_t n = fread(text, 1, (1 << 20) - 1, file);
        text[n] = '\0';
        fclose(file);
    }
    return text;
}

static void limits_are_clopper_and_pearsons(void)
{
    CHECK_NEAR(verify_upper_limit(0, 400), 0.0091796, 1e-6); /* 1 - 0.025^(1/400) */
    CHECK_NEAR(verify_upper_limit(12, 400), 0.0518172, 1e-6);
    CHECK_NEAR(verify_upper_limit(5, 10), 0.8129140, 1e-6);
    CHECK_NEAR(verify_upper_limit(3, 3), 1.0, 1e-12);
}

/* Nothing to see: hardly ever a claim. At a rate of 5 % more than 5 of 12 have a chance
 * of 1e-5, more than 16 of the 120 of all ten cells one of 1e-4. */
static void nulls_are_quiet(const verify_summary_t *summary)
{
    int all = 0;
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        verify_group_t group = verify_cells[s->cell].group;
        if (group == VERIFY_NULL || group == VERIFY_HARD) {
            CHECK(s->histories == HISTORIES);
            CHECK(s->claims_any <= 5);
            all += s->claims_any;
        }
    }
    CHECK(all <= 16);
}

/* A strong loop is mostly found, in its direction. At a power of 95 % fewer than 7 of
 * 12 have a chance of 1e-5. */
static void strong_loops_are_found(const verify_summary_t *summary)
{
    int found = 0;
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        if (strcmp(verify_cells[s->cell].name, "strong") == 0) {
            CHECK(s->histories == HISTORIES);
            CHECK(s->power >= 7);
            CHECK(s->claims_right == s->claims_single);
            CHECK(s->direction[0].w.mean > 0.4);
            CHECK(s->direction[0].p.mean > 1.0);
            found++;
        }
    }
    CHECK(found == VERIFY_GENERATORS);
}

/* Withdrawal counted from the first bid does not appear where nobody withdraws. */
static void reminders_speed_replies(const verify_summary_t *summary)
{
    for (size_t i = 0; i < summary->count; i++) {
        const verify_stats_t *s = &summary->list[i];
        if (verify_cells[s->cell].withdrawal == VERIFY_NONE) {
            CHECK(s->direction[0].w.mean < 0.0);
            CHECK(s->direction[1].w.mean < 0.0);
        }
    }
}

static void all_cells(void)
{
    static const char *const cells[] = {"independent",       "all_at_once",
                                        "pursuit_only",      "withdrawal_only",
                                        "withdrawal_bursts", "strong"};
    char path[128];
    for (int g = 0; g < VERIFY_GENERATORS; g++) {
        for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
            CHECK(run_cell("two", cells[i], g, HISTORIES, 2) == 0);
        }
    }
    verify_summary_t summary;
    CHECK(verify_summary_read(&summary, in_folder(path, "two", "")));
    CHECK(summary.count == 12);
    nulls_are_quiet(&summary);
    strong_loops_are_found(&summary);
    reminders_speed_replies(&summary);
    free(summary.list);
}

/* One thread, in two goes, the second after a kill in the middle of a line: the same
 * bytes as two threads in one go. */
static void rows_do_not_depend_on_threads(void)
{
    char one[128], two[128];
    CHECK(run_cell("part", "switch", 0, 3, 2) == 0);
    CHECK(run_cell("whole", "switch", 0, 2, 1) == 0);
    in_folder(one, "whole", "histories.tsv");
    FILE *file = fopen(one, "a");
    CHECK(file != NULL);
    if (file) {
        fputs("switch\tticks\twhole\t7\t2\t31.", file);
        fclose(file);
    }
    CHECK(run_cell("whole", "switch", 0, 3, 1) == 0);
    char *a = slurp(one), *b = slurp(in_folder(two, "part", "histories.tsv"));
    CHECK(a && b && strlen(a) > 1000 && strcmp(a, b) == 0);
    free(a);
    free(b);
}

static void remove_folders(void)
{
    static const char *const subs[] = {"two", "part", "whole"};
    char path[128];
    for (int i = 0; i < 3; i++) {
        remove(in_folder(path, subs[i], "histories.tsv"));
        rmdir(in_folder(path, subs[i], ""));
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    CHECK(argc > 1 && verify_strengths_read(&strengths, argv[1]));
    CHECK(mkdtemp(folder) != NULL);
    limits_are_clopper_and_pearsons();
    rows_do_not_depend_on_threads();
    all_cells();
    remove_folders();
    return check_report(__FILE__);
}
