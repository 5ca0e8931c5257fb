/* SPDX-License-Identifier: MIT
 *
 * Time of the elementary functions, ours and those of the C library.
 *
 *     elementary [ROUNDS]
 *
 * Writes CSV: function, then nanoseconds a value of ours over arrays, compiled for each
 * instruction set this processor has, and of the C library one value after the other.
 * All take turns over the same 4096 ordinary arguments; the best of the rounds counts.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lanes.h"

#define VALUES 4096
#define PASSES 20 /* over all values, before the clock is read */

#define LIBRARY(name, formula)                                                 \
    static void library_##name(double *restrict out, const double *restrict x, \
                               const double *restrict y, size_t n)             \
    {                                                                          \
        (void)y;                                                               \
        for (size_t i = 0; i < n; i++) {                                       \
            out[i] = (formula);                                                \
        }                                                                      \
    }

LIBRARY(exp, exp(x[i]))
LIBRARY(expm1, expm1(x[i]))
LIBRARY(log, log(x[i]))
LIBRARY(log1p, log1p(x[i]))
LIBRARY(pow, pow(x[i], y[i]))
LIBRARY(sin, sin(x[i]))
LIBRARY(cos, cos(x[i]))
LIBRARY(tanh, tanh(x[i]))
LIBRARY(atan, atan(x[i]))
LIBRARY(logistic, 1 / (1 + exp(-x[i])))
LIBRARY(softplus, log1p(exp(x[i])))
LIBRARY(lgamma, lgamma(x[i]))

typedef struct function {
    const char *name;
    double low, high; /* of the arguments */
    lanes_run_t *library;
} function_t;

static const function_t functions[] = {
    {"exp", -20, 20, library_exp},           {"expm1", -5, 5, library_expm1},
    {"log", 0.001, 100, library_log},        {"log1p", -0.9, 10, library_log1p},
    {"pow", 0.1, 10, library_pow},           {"sin", -20, 20, library_sin},
    {"cos", -20, 20, library_cos},           {"tanh", -5, 5, library_tanh},
    {"atan", -10, 10, library_atan},         {"logistic", -20, 20, library_logistic},
    {"softplus", -20, 20, library_softplus}, {"lgamma", 0.1, 20, library_lgamma},
};

static double x[VALUES], y[VALUES], out[VALUES];

/* An even spread in an order that no branch can learn. */
static void fill(const function_t *f)
{
    for (size_t i = 0; i < VALUES; i++) {
        size_t k = i * 2654435761u % VALUES;
        x[i] = f->low + (f->high - f->low) * ((double)k + 0.5) / VALUES;
        y[i] = 4 * ((double)(i * 40503u % VALUES) + 0.5) / VALUES - 2;
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double nanoseconds(lanes_run_t *run)
{
    double begin = now();
    for (int pass = 0; pass < PASSES; pass++) {
        run(out, x, y, VALUES);
        x[pass] = x[pass] + 0 * out[pass]; /* each pass needs the one before */
    }
    return (now() - begin) / PASSES / VALUES;
}

/* --- instruction sets ------------------------------------------------------------- */

typedef struct level {
    const char *name;
    const lanes_t *lanes; /* NULL: not here */
} level_t;

#define MOST_LEVELS 4

static int levels_here(level_t levels[MOST_LEVELS])
{
    int count = 0;
    levels[count++] = (level_t){"base", lanes_base};
#ifdef LANES_LEVELS
    if (__builtin_cpu_supports("sse4.2")) {
        levels[count++] = (level_t){"v2", lanes_v2};
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        levels[count++] = (level_t){"v3", lanes_v3};
    }
    if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
        levels[count++] = (level_t){"v4", lanes_v4};
    }
#endif
    return count;
}

static lanes_run_t *run_of(const level_t *level, const char *name)
{
    for (size_t k = 0; k < LANES_COUNT; k++) {
        if (strcmp(level->lanes[k].name, name) == 0) {
            return level->lanes[k].run;
        }
    }
    return NULL;
}

static void time_function(const function_t *f, const level_t *levels, int count,
                          int rounds)
{
    double best[MOST_LEVELS + 1];
    lanes_run_t *runs[MOST_LEVELS + 1];
    for (int k = 0; k <= count; k++) {
        best[k] = (double)INFINITY;
        runs[k] = k < count ? run_of(&levels[k], f->name) : f->library;
    }
    fill(f);
    for (int round = 0; round < rounds; round++) {
        for (int k = 0; k <= count; k++) {
            best[k] = fmin(best[k], nanoseconds(runs[k]));
        }
    }
    (void)printf("%s", f->name);
    for (int k = 0; k <= count; k++) {
        (void)printf(",%.2f", best[k]);
    }
    (void)printf("\n");
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 40;
    level_t levels[MOST_LEVELS];
    int count = levels_here(levels);
    (void)printf("function");
    for (int k = 0; k < count; k++) {
        (void)printf(",%s", levels[k].name);
    }
    (void)printf(",library\n");
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        time_function(&functions[i], levels, count, rounds);
    }
    return 0;
}
