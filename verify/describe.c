/* SPDX-License-Identifier: MIT
 *
 * verify_describe GENERATOR PLANT...: what planted couples look like, in plain counts.
 *
 * A plant is words joined by '+': neutral, pursuit[=X] (A pursues), withdrawal[=X] (B
 * withdraws), both[=X] (these two), mutual[=X] (all four), switch, growth, days,
 * minute, weeks=N, per_day=X, or a confounder's name in small letters without EBB_.
 * The environment is not read; --seeds N goes first if another number than 20 is
 * wanted.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "describe_stats.h"
#include "generator.h"

static const struct {
    const char *name;
    ebb_generator_t *generate;
} generators[] = {
    {"ticks", ebb_generate_ticks},
    {"agenda", ebb_generate_agenda},
};

static const struct {
    const char *name;
    unsigned bit;
    const char *sentence;
} confounders[] = {
#define CONFOUNDER_ROW(name, bit, sentence) {#name, bit, sentence},
    EBB_CONFOUNDER_LIST(CONFOUNDER_ROW)
#undef CONFOUNDER_ROW
};
#define CONFOUNDERS (sizeof confounders / sizeof confounders[0])

/* Sums over seeds of what is shown. */
typedef struct sums {
    describe_stats_t s;
    double followups, alarm, seconds;
} sums_t;

static int same_word(const char *name, const char *word)
{
    const char *c = name + strlen("EBB_");
    while (*c && tolower((unsigned char)*c) == *word) {
        c++;
        word++;
    }
    return *c == '\0' && *word == '\0';
}

static int plant_word(ebb_plant_t *plant, const char *word, double value)
{
    if (strcmp(word, "neutral") == 0) {
        return 1;
    } else if (strcmp(word, "pursuit") == 0) {
        plant->pursuit[0] = value;
    } else if (strcmp(word, "withdrawal") == 0) {
        plant->withdrawal[1] = value;
    } else if (strcmp(word, "both") == 0) {
        plant->pursuit[0] = plant->withdrawal[1] = value;
    } else if (strcmp(word, "mutual") == 0) {
        plant->pursuit[0] = plant->withdrawal[1] = value;
        plant->pursuit[1] = plant->withdrawal[0] = value;
    } else if (strcmp(word, "switch") == 0) {
        plant->switch_half = 1;
    } else if (strcmp(word, "growth") == 0) {
        plant->growth = 1;
    } else if (strcmp(word, "days") == 0) {
        plant->days_silent = 1;
    } else if (strcmp(word, "minute") == 0) {
        plant->minute_clock = 1;
    } else if (strcmp(word, "weeks") == 0) {
        plant->weeks = (int)value;
    } else if (strcmp(word, "per_day") == 0) {
        plant->messages_per_day = value;
    } else {
        return 0;
    }
    return 1;
}

static int read_plant(const char *text, ebb_plant_t *plant)
{
    char copy[512];
    *plant = (ebb_plant_t){.weeks = 26, .messages_per_day = 30.0};
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word = strtok(copy, "+"); word; word = strtok(NULL, "+")) {
        char *equals = strchr(word, '=');
        double value = equals ? strtod(equals + 1, NULL) : 1.0;
        if (equals) {
            *equals = '\0';
        }
        int known = plant_word(plant, word, value);
        for (size_t i = 0; i < CONFOUNDERS; i++) {
            if (same_word(confounders[i].name, word)) {
                plant->confounders |= confounders[i].bit;
                known = 1;
            }
        }
        if (!known) {
            fprintf(stderr, "verify_describe: unknown word '%s'\n", word);
            return 0;
        }
    }
    return 1;
}

static void add_stats(sums_t *sum, const describe_stats_t *s)
{
    for (int k = 0; k < 2; k++) {
        sum->s.messages[k] += s->messages[k];
        sum->s.turns[k] += s->turns[k];
        sum->s.followups[k] += s->followups[k];
        sum->s.reply_median_min[k] += s->reply_median_min[k];
        sum->s.reply_90_min[k] += s->reply_90_min[k];
        sum->s.above[k] += s->above[k];
        sum->s.below[k] += s->below[k];
        for (int i = 0; i < DESCRIBE_RUNS; i++) {
            sum->s.runs[k][i] += s->runs[k][i];
        }
    }
    for (int i = 0; i < 3; i++) {
        sum->s.silence_h[i] += s->silence_h[i];
    }
    sum->s.day_10 += s->day_10;
    sum->s.day_median += s->day_median;
    sum->s.day_90 += s->day_90;
    sum->s.calls += s->calls;
}

static int add_seed(ebb_generator_t *generate, const ebb_plant_t *plant, uint64_t seed,
                    sums_t *sum)
{
    ebb_event_t *events;
    size_t count;
    ebb_plant_truth_t truth;
    describe_stats_t stats;
    clock_t begin = clock();
    if (generate(plant, seed, &events, &count, &truth) != EBB_OK) {
        return 0;
    }
    sum->seconds += (double)(clock() - begin) / CLOCKS_PER_SEC;
    int failed = describe_history(events, count, plant->weeks, &stats);
    free(events);
    if (failed) {
        return 0;
    }
    add_stats(sum, &stats);
    sum->followups += (double)truth.followups;
    sum->alarm += (double)truth.alarm_followups;
    return 1;
}

static void print_person(const sums_t *sum, int k, double seeds, double days)
{
    const describe_stats_t *s = &sum->s;
    double runs = 0.0;
    for (int i = 0; i < DESCRIBE_RUNS; i++) {
        runs += s->runs[k][i];
    }
    printf("  %c: %5.1f messages/day %5.1f turns/day  follow-ups %6.0f  replies median "
           "%5.1f min 90%% %5.0f min  after follow-ups x%.2f\n     runs of",
           k ? 'B' : 'A', s->messages[k] / days, s->turns[k] / days,
           s->followups[k] / seeds, s->reply_median_min[k] / seeds,
           s->reply_90_min[k] / seeds, s->above[k] / s->below[k]);
    for (int i = 0; i < DESCRIBE_RUNS; i++) {
        printf(" %d%s: %4.1f%%", i + 1, i + 1 == DESCRIBE_RUNS ? "+" : "",
               100.0 * s->runs[k][i] / runs);
    }
    printf("\n");
}

static void print_plant(const char *text, const sums_t *sum, double seeds,
                        const ebb_plant_t *plant)
{
    const describe_stats_t *s = &sum->s;
    double days = seeds * plant->weeks * 7.0;
    printf("%s\n  %.1f messages/day (days 10%% %.0f, 50%% %.0f, 90%% %.0f), %.1f "
           "turns/day, "
           "longest silences %.0f %.0f %.0f h, calls %.0f, alarm follow-ups %.0f of "
           "%.0f (%.0f%%), %.1f ms\n",
           text, (s->messages[0] + s->messages[1]) / days, s->day_10 / seeds,
           s->day_median / seeds, s->day_90 / seeds, (s->turns[0] + s->turns[1]) / days,
           s->silence_h[0] / seeds, s->silence_h[1] / seeds, s->silence_h[2] / seeds,
           s->calls / seeds, sum->alarm / seeds, sum->followups / seeds,
           100.0 * sum->alarm / (sum->followups > 0.0 ? sum->followups : 1.0),
           1e3 * sum->seconds / seeds);
    print_person(sum, 0, seeds, days);
    print_person(sum, 1, seeds, days);
}

static int usage(void)
{
    fprintf(stderr, "usage: verify_describe [--seeds N] GENERATOR PLANT...\n"
                    "generators:");
    for (size_t i = 0; i < sizeof generators / sizeof generators[0]; i++) {
        fprintf(stderr, " %s", generators[i].name);
    }
    fprintf(stderr, "\nplant: neutral pursuit[=X] withdrawal[=X] both[=X] mutual[=X] "
                    "switch growth days minute weeks=N per_day=X, joined by '+', or\n");
    for (size_t i = 0; i < CONFOUNDERS; i++) {
        fprintf(stderr, "  %-18s %s\n", confounders[i].name + strlen("EBB_"),
                confounders[i].sentence);
    }
    return 2;
}

static ebb_generator_t *find_generator(const char *name)
{
    for (size_t i = 0; i < sizeof generators / sizeof generators[0]; i++) {
        if (strcmp(name, generators[i].name) == 0) {
            return generators[i].generate;
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int seeds = 20;
    if (argc > 2 && strcmp(argv[1], "--seeds") == 0) {
        seeds = atoi(argv[2]);
        argc -= 2;
        argv += 2;
    }
    ebb_generator_t *generate = argc > 2 ? find_generator(argv[1]) : NULL;
    if (!generate || seeds < 1) {
        return usage();
    }
    for (int i = 2; i < argc; i++) {
        ebb_plant_t plant;
        sums_t sum = {0};
        if (!read_plant(argv[i], &plant)) {
            return usage();
        }
        for (int seed = 0; seed < seeds; seed++) {
            if (!add_seed(generate, &plant, (uint64_t)seed, &sum)) {
                fprintf(stderr, "verify_describe: out of memory\n");
                return 1;
            }
        }
        print_plant(argv[i], &sum, seeds, &plant);
    }
    return 0;
}
