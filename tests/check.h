/* SPDX-License-Identifier: MIT
 *
 * The whole test harness: CHECK counts, says where it failed, goes on. End main with
 * `return check_report(__FILE__);`, which prints the count and is non-zero if any
 * failed.
 */
#ifndef EBB_TESTS_CHECK_H
#define EBB_TESTS_CHECK_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int check_passed;
static int check_failed;

#define CHECK(condition) check_one(!!(condition), #condition, __FILE__, __LINE__)
#define CHECK_STRING(got, want) check_string((got), (want), __FILE__, __LINE__)
#define CHECK_NEAR(got, want, tolerance) \
    check_near((got), (want), (tolerance), #got, __FILE__, __LINE__)

static inline void check_one(int holds, const char *what, const char *file, int line)
{
    if (holds) {
        check_passed++;
    } else {
        check_failed++;
        (void)fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    }
}

static inline void check_string(const char *got, const char *want, const char *file,
                                int line)
{
    check_one(got && strcmp(got, want) == 0, want, file, line);
    if (!got || strcmp(got, want) != 0) {
        (void)fprintf(stderr, "    got: %s\n", got ? got : "(null)");
    }
}

static inline void check_near(double got, double want, double tolerance,
                              const char *what, const char *file, int line)
{
    int holds = fabs(got - want) <= tolerance;
    check_one(holds, what, file, line);
    if (!holds) {
        (void)fprintf(stderr, "    got %.17g, want %.17g within %g\n", got, want,
                      tolerance);
    }
}

static inline int check_report(const char *name)
{
    (void)printf("%s: %d passed, %d failed\n", name, check_passed, check_failed);
    return check_failed != 0;
}

#endif
