/* SPDX-License-Identifier: MIT
 *
 * Makes the example that ships: a couple who never were, as WhatsApp would export them.
 *
 *     make_example > example-whatsapp.txt         the export (seed 1, the first and
 * only one) make_example --truth > example-truth.json   what was planted, in the
 * measure's terms
 *
 * Alex reaches out more while Kim's silence is unusual; Kim answers later once reached
 * for again (verify/generator.h says how). The truth is what the measure's equations
 * tend to over two hundred other histories of the same two people.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ebb/cycle.h"
#include "generator.h"

#define SEED 1
#define TRUTH_SEEDS 200

static const ebb_plant_t plant = {
    .pursuit = {0.6, 0},
    .withdrawal = {0, 1.0},
    .weeks = 39,
    .messages_per_day = 28,
    .minute_clock = 1,
    .couple = SEED,
};

/* Words that say nothing: only their number and length matter. */
static const char *const filler[] = {
    "and",   "the",   "so",     "we",    "train", "late",  "bread",  "rain",
    "home",  "soon",  "green",  "table", "maybe", "still", "window", "call",
    "later", "today", "little", "shop",  "light", "again", "coffee", "there",
};

static void print_body(const ebb_event_t *event, uint64_t *place)
{
    if (event->kind == EBB_KIND_MEDIA) {
        fputs("<Media omitted>", stdout);
        return;
    }
    uint32_t words = event->words ? event->words : 1;
    for (uint32_t i = 0; i < words; i++) {
        *place = *place * 6364136223846793005u + 1442695040888963407u;
        size_t pick = (size_t)(*place >> 33) % (sizeof filler / sizeof *filler);
        printf("%s%s", i ? " " : "", filler[pick]);
    }
}

/* d/m/y, 24 h, as an Android phone set to Europe exports it. */
static void print_head(int64_t local_s)
{
    static const int length[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = local_s / 86400, second = local_s % 86400;
    int year = 2025, month = 0, of_year = (int)(day - 20089); /* 20089: 2025-01-01 */
    while (of_year >= 365) { /* no leap year in the record */
        of_year -= 365;
        year++;
    }
    while (of_year >= length[month]) {
        of_year -= length[month++];
    }
    printf("%02d/%02d/%d, %02d:%02d - ", of_year + 1, month + 1, year,
           (int)(second / 3600), (int)(second / 60 % 60));
}

/* The maker's first and second person. */
static const char *const names[2] = {"Alex", "Kim"};

static int print_export(void)
{
    ebb_event_t *events;
    size_t count;
    if (ebb_generate_ticks(&plant, SEED, &events, &count, NULL)) {
        return 1;
    }
    print_head(events[0].local_s);
    puts("Messages and calls are end-to-end encrypted. No one outside of this chat can "
         "read or listen to them.");
    uint64_t place = SEED;
    for (size_t i = 0; i < count; i++) {
        print_head(events[i].local_s);
        printf("%s: ", names[events[i].person]);
        print_body(&events[i], &place);
        putchar('\n');
    }
    free(events);
    return 0;
}

static int print_truth(void)
{
    static ebb_record_t records[TRUTH_SEEDS];
    for (size_t i = 0; i < TRUTH_SEEDS; i++) {
        ebb_event_t *events;
        if (ebb_generate_ticks(&plant, 1000 + i, &events, &records[i].count, NULL)) {
            return 1;
        }
        records[i].events = events;
    }
    ebb_arms_t arms[2];
    ebb_error_t error;
    if (ebb_cycle_pool(arms, records, TRUTH_SEEDS, NULL, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    printf("{\"schema\":\"ebb/truth\",\"version\":1,\"histories\":%d,"
           "\"names\":[\"%s\",\"%s\"],\"directions\":[\n",
           TRUTH_SEEDS, names[0], names[1]);
    for (int k = 0; k < 2; k++) {
        printf(" {\"pursuer\":%d,\"pursuit_log\":%.4f,\"withdrawal_log\":%.4f,"
               "\"loop_share\":%.4f}%s\n",
               k, arms[k].pursuit.value, arms[k].withdrawal.value,
               arms[k].loop_share.value, k ? "" : ",");
    }
    puts("]}");
    return 0;
}

int main(int argc, char **argv)
{
    return argc > 1 && strcmp(argv[1], "--truth") == 0 ? print_truth() : print_export();
}
