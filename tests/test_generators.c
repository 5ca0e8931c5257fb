/* SPDX-License-Identifier: MIT
 *
 * Planted couples: the same seed gives the same bytes, the record is in order and about
 * as long as asked for, and what is planted moves what it should. One row per
 * generator.
 */
#include "../verify/generator.h"

#include <stdlib.h>

#include "../verify/describe_stats.h"
#include "../verify/rng_ticks.h"
#include "check.h"

#define FIRST_MONDAY_S 1736121600 /* 2025-01-06 00:00 */

static const struct {
    const char *name;
    ebb_generator_t *generate;
    uint64_t print; /* of the events of a certain plant, the same on every machine */
} generators[] = {
    {"ticks", ebb_generate_ticks, 0x1408a128fec868b1u},
    {"agenda", ebb_generate_agenda, 0x4f245225b8ccd26cu},
};

static const struct {
    const char *name;
    unsigned bit;
} confounders[] = {
    {"none", 0u},
#define CONFOUNDER_ROW(name, bit, sentence) {#name, bit},
    EBB_CONFOUNDER_LIST(CONFOUNDER_ROW)
#undef CONFOUNDER_ROW
        {"all", ~0u},
};
#define CONFOUNDERS (sizeof confounders / sizeof confounders[0])

/* A history with its truth and counts. */
typedef struct made {
    ebb_event_t *events;
    size_t count;
    ebb_plant_truth_t truth;
    describe_stats_t stats;
} made_t;

static ebb_plant_t half_year(void)
{
    return (ebb_plant_t){.weeks = 26, .messages_per_day = 30.0};
}

static ebb_plant_t planted(double pursuit, double withdrawal)
{
    ebb_plant_t plant = half_year();
    plant.pursuit[0] = pursuit;
    plant.withdrawal[1] = withdrawal;
    return plant;
}

static made_t make(ebb_generator_t *generate, const ebb_plant_t *plant, uint64_t seed)
{
    made_t made = {0};
    int failed = generate(plant, seed, &made.events, &made.count, &made.truth);
    CHECK(failed == EBB_OK);
    failed = describe_history(made.events, made.count, plant->weeks, &made.stats);
    CHECK(failed == EBB_OK);
    return made;
}

/* Sums over `seeds` histories; the events are not kept. */
static made_t make_many(ebb_generator_t *generate, const ebb_plant_t *plant, int seeds)
{
    made_t all = {0};
    for (int seed = 0; seed < seeds; seed++) {
        made_t one = make(generate, plant, 100u + (uint64_t)seed);
        free(one.events);
        all.count += one.count;
        all.truth.followups += one.truth.followups;
        all.truth.alarm_followups += one.truth.alarm_followups;
        all.stats.calls += one.stats.calls;
        for (int k = 0; k < 2; k++) {
            all.stats.messages[k] += one.stats.messages[k];
            all.stats.turns[k] += one.stats.turns[k];
            all.stats.followups[k] += one.stats.followups[k];
            all.stats.reply_median_min[k] += one.stats.reply_median_min[k];
            all.stats.above[k] += one.stats.above[k];
            all.stats.below[k] += one.stats.below[k];
        }
        all.stats.silence_h[0] += one.stats.silence_h[0];
    }
    return all;
}

static double per_day(const made_t *all, int seeds)
{
    return (double)all->count / (seeds * 26 * 7.0);
}

static void same_seed_same_bytes(ebb_generator_t *generate)
{
    ebb_plant_t plant = planted(1.0, 1.0);
    plant.confounders = ~0u;
    made_t a = make(generate, &plant, 7), b = make(generate, &plant, 7);
    made_t c = make(generate, &plant, 8);
    CHECK(a.count > 0 && a.count == b.count);
    CHECK(a.count == b.count &&
          memcmp(a.events, b.events, a.count * sizeof *a.events) == 0);
    CHECK(a.truth.alarm_followups == b.truth.alarm_followups);
    CHECK(a.count != c.count ||
          memcmp(a.events, c.events, a.count * sizeof *a.events) != 0);
    free(a.events);
    free(b.events);
    free(c.events);
}

/* A change of a generator changes its print; a change of the machine must not. */
static void print_is_known(ebb_generator_t *generate, uint64_t known)
{
    ebb_plant_t plant = planted(1.0, 1.0);
    plant.weeks = 6;
    plant.confounders = ~0u;
    made_t made = make(generate, &plant, 2025);
    uint64_t print = 0;
    for (size_t i = 0; i < made.count; i++) {
        const ebb_event_t *e = &made.events[i];
        print = ticks_mix(print ^ (uint64_t)e->local_s ^ (uint64_t)e->person << 40);
        print = ticks_mix(print ^ (uint64_t)e->characters << 20 ^ e->words ^
                          (uint64_t)e->kind << 50);
    }
    free(made.events);
    CHECK(print == known);
    if (print != known) {
        fprintf(stderr, "    got 0x%016llx\n", (unsigned long long)print);
    }
}

/* In order, within the record, by one of the two, of a plausible length. */
static int well_formed(const made_t *made, const ebb_plant_t *plant)
{
    int64_t last = FIRST_MONDAY_S;
    int64_t end = FIRST_MONDAY_S + (int64_t)plant->weeks * 7 * 86400;
    for (size_t i = 0; i < made->count; i++) {
        const ebb_event_t *e = &made->events[i];
        int text = e->kind == EBB_KIND_TEXT;
        if (e->local_s < last || e->local_s >= end || e->person > 1 ||
            e->offset_s != EBB_OFFSET_UNKNOWN || e->text != 0 ||
            (text && (e->characters < 1 || e->words > e->characters)) ||
            (plant->minute_clock &&
             (e->local_s % 60 || !(e->flags & EBB_FLAG_MINUTE)))) {
            return 0;
        }
        last = e->local_s;
    }
    return 1;
}

static void records_are_well_formed(ebb_generator_t *generate)
{
    for (size_t i = 0; i < CONFOUNDERS; i++) {
        ebb_plant_t plant = planted(1.0, 1.0);
        plant.confounders = confounders[i].bit;
        plant.minute_clock = i % 2 == 1;
        plant.days_silent = plant.growth = plant.switch_half = i % 3 == 0;
        made_t made = make(generate, &plant, i);
        CHECK(made.count > 1000 && well_formed(&made, &plant));
        free(made.events);
    }
    ebb_plant_t shortest = {.weeks = 1, .messages_per_day = 1.0};
    made_t made = make(generate, &shortest, 3);
    CHECK(well_formed(&made, &shortest));
    free(made.events);
}

static void volumes_are_as_asked(ebb_generator_t *generate)
{
    static const double asked[] = {3.0, 30.0, 150.0};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        ebb_plant_t plant = half_year();
        plant.messages_per_day = asked[i];
        made_t all = make_many(generate, &plant, 10);
        CHECK_NEAR(per_day(&all, 10) / asked[i], 1.0, i == 1 ? 0.17 : 0.35);
    }
    for (size_t i = 0; i < CONFOUNDERS; i++) {
        ebb_plant_t plant = half_year();
        plant.confounders = confounders[i].bit;
        made_t all = make_many(generate, &plant, 8);
        int apart = fabs(per_day(&all, 8) - 30.0) > 10.0;
        CHECK(!apart);
        if (apart) {
            fprintf(stderr, "    %s: %g a day\n", confounders[i].name,
                    per_day(&all, 8));
        }
        CHECK(all.truth.alarm_followups == 0);
    }
}

static void neutral_couples_follow_up_now_and_then(ebb_generator_t *generate)
{
    ebb_plant_t plant = half_year();
    made_t all = make_many(generate, &plant, 20);
    for (int k = 0; k < 2; k++) {
        double followups = all.stats.followups[k] / 20.0;
        double median = all.stats.reply_median_min[k] / 20.0;
        CHECK(followups >= 150.0 && followups <= 500.0);
        CHECK(median > 1.0 && median < 45.0);
    }
    CHECK(all.truth.alarm_followups == 0);
}

static void pursuit_makes_followups(ebb_generator_t *generate)
{
    double last = 0.0;
    for (int i = 0; i < 4; i++) {
        ebb_plant_t plant = planted(0.5 * i * i, 0.0);
        plant.pursuit[0] = fmin(plant.pursuit[0], 4.0); /* 0, 0.5, 2, 4 */
        made_t all = make_many(generate, &plant, 10);
        CHECK(all.stats.followups[0] > last * 1.05);
        CHECK((all.truth.alarm_followups > 0) == (i > 0));
        CHECK(per_day(&all, 10) < 60.0); /* no explosion */
        last = all.stats.followups[0];
    }
    ebb_plant_t plant = planted(1.0, 0.0);
    made_t all = make_many(generate, &plant, 20);
    CHECK(all.stats.followups[0] / 20.0 >= 500.0);
    CHECK(all.stats.followups[0] > 1.2 * all.stats.followups[1]);
}

/* Compared at the same silence since the first turn, never since the last. */
static void withdrawal_slows_replies(ebb_generator_t *generate)
{
    double last = 1e9;
    for (int i = 0; i < 4; i++) {
        ebb_plant_t plant = planted(0.0, i == 3 ? 4.0 : i);
        made_t all = make_many(generate, &plant, 20);
        double rate = all.stats.above[1] / all.stats.below[1];
        CHECK(rate < last);
        CHECK(i > 0 || rate > 1.0); /* an innocent follow-up reminds */
        CHECK(all.truth.alarm_followups == 0);
        last = rate;
    }
    ebb_plant_t plant = planted(0.0, 1.0), neutral = half_year();
    made_t pressed = make_many(generate, &plant, 10);
    made_t calm = make_many(generate, &neutral, 10);
    const double *slow = pressed.stats.reply_median_min;
    const double *usual = calm.stats.reply_median_min;
    CHECK(slow[1] > 1.2 * usual[1]);
    /* what B breaks off makes some of A's answers late as well, but fewer */
    CHECK(slow[1] / usual[1] > 1.2 * slow[0] / usual[0]);
}

/* The same bits everywhere need own elementary functions; these hold them to libm. */
static void elementary_functions_are_right(void)
{
    ticks_rng_t rng = ticks_stream(1, 2);
    double worst_log = 0.0, worst_exp = 0.0, sum = 0.0, squares = 0.0;
    for (int i = 0; i < 100000; i++) {
        double x = ticks_between(&rng, -600.0, 600.0), e = exp(x), z;
        worst_exp = fmax(worst_exp, fabs(ticks_exp(x) / e - 1.0));
        worst_log = fmax(worst_log, fabs(ticks_log(e) - log(e)) / fmax(fabs(x), 1.0));
        z = ticks_normal(&rng);
        sum += z;
        squares += z * z;
    }
    CHECK(worst_exp < 2e-13);
    CHECK(worst_log < 1e-13);
    CHECK_NEAR(sum / 1e5, 0.0, 0.016);      /* five standard errors */
    CHECK_NEAR(squares / 1e5, 1.0, 0.0224); /* likewise */
}

static void both_arms_feed_each_other(ebb_generator_t *generate)
{
    ebb_plant_t one = planted(1.0, 0.0), both = planted(1.0, 1.0);
    made_t a = make_many(generate, &one, 10), b = make_many(generate, &both, 10);
    CHECK(b.truth.alarm_followups > a.truth.alarm_followups);
    CHECK(b.stats.followups[0] > 1.2 * a.stats.followups[0]);
    both.days_silent = 1;
    made_t days = make_many(generate, &both, 10);
    CHECK(days.stats.silence_h[0] > 0.0);
    CHECK(days.stats.messages[1] < b.stats.messages[1]);
}

/* Follow-ups of both, first and second half of the record. */
static void count_halves(ebb_generator_t *generate, const ebb_plant_t *plant,
                         double followups[2][2])
{
    for (int seed = 0; seed < 10; seed++) {
        made_t made = make(generate, plant, 40u + (uint64_t)seed);
        int64_t half = FIRST_MONDAY_S + (int64_t)plant->weeks * 7 * 43200;
        size_t cut = 0;
        while (cut < made.count && made.events[cut].local_s < half) {
            cut++;
        }
        for (int h = 0; h < 2; h++) {
            describe_stats_t s;
            int failed = describe_history(made.events + (h ? cut : 0),
                                          h ? made.count - cut : cut, 13, &s);
            CHECK(failed == EBB_OK);
            followups[h][0] += s.followups[0];
            followups[h][1] += s.followups[1];
        }
        free(made.events);
    }
}

static void strengths_change_over_the_record(ebb_generator_t *generate)
{
    ebb_plant_t plant = planted(1.0, 1.0);
    double swapped[2][2] = {{0}}, grown[2][2] = {{0}};
    plant.switch_half = 1;
    count_halves(generate, &plant, swapped);
    CHECK(swapped[0][0] > 1.3 * swapped[0][1]);
    CHECK(swapped[1][1] > 1.3 * swapped[1][0]);
    plant.switch_half = 0;
    plant.growth = 1;
    count_halves(generate, &plant, grown);
    CHECK(grown[1][0] > 1.3 * grown[0][0]);
}

/* Share of the messages between two hours of the day, and in the record's first half.
 */
static void count_shares(ebb_generator_t *generate, unsigned planted_bits,
                         const int hours[2], double *in_hours, double *uneven)
{
    ebb_plant_t plant = half_year();
    double all = 0.0;
    *in_hours = *uneven = 0.0;
    plant.confounders = planted_bits;
    for (uint64_t seed = 0; seed < 10; seed++) {
        made_t made = make(generate, &plant, seed);
        double early = 0.0;
        for (size_t i = 0; i < made.count; i++) {
            int64_t s = made.events[i].local_s;
            int hour = (int)(s % 86400 / 3600);
            *in_hours += hour >= hours[0] && hour < hours[1];
            early += s < FIRST_MONDAY_S + (int64_t)13 * 7 * 86400;
        }
        double late = (double)made.count - early;
        *uneven += fmax(early, late) / fmin(early, late) / 10.0;
        all += (double)made.count;
        free(made.events);
    }
    *in_hours /= all;
}

static void confounders_show_on_the_clock(ebb_generator_t *generate)
{
    int evening[2] = {20, 22}, night[2] = {2, 5};
    double plain, room, sleep, shifts, even, uneven, ignored;
    count_shares(generate, 0, evening, &plain, &even);
    count_shares(generate, EBB_SAME_ROOM, evening, &room, &ignored);
    CHECK(room < 0.4 * plain);
    count_shares(generate, EBB_VOLUME_DRIFT, evening, &ignored, &uneven);
    CHECK(even < 1.3 && uneven > 1.35); /* threefold in all is x1.7 between halves */
    count_shares(generate, 0, night, &sleep, &ignored);
    count_shares(generate, EBB_SHIFTS, night, &shifts, &ignored);
    CHECK(sleep < 0.01);
    CHECK(shifts > 2.0 * sleep);
}

static void confounders_do_what_they_say(ebb_generator_t *generate)
{
    ebb_plant_t plant = half_year();
    made_t plain = make_many(generate, &plant, 10);
    plant.confounders = EBB_FOUR_TO_ONE;
    made_t talker = make_many(generate, &plant, 10);
    double ratio = talker.stats.messages[0] / talker.stats.messages[1];
    CHECK(ratio > 3.0 && ratio < 5.5);
    plant.confounders = EBB_ENTER_COMMA;
    made_t comma = make_many(generate, &plant, 10);
    CHECK(comma.stats.messages[0] / comma.stats.turns[0] >
          1.5 * plain.stats.messages[0] / plain.stats.turns[0]);
    plant.confounders = EBB_OTHER_CHANNEL;
    made_t calls = make_many(generate, &plant, 10);
    CHECK(plain.stats.calls <= 0.0 && calls.stats.calls > 10.0 * 10);
    plant.confounders = EBB_TIME_ZONES;
    made_t zones = make_many(generate, &plant, 10);
    CHECK(zones.stats.reply_median_min[1] > plain.stats.reply_median_min[1]);
}

int main(void)
{
    elementary_functions_are_right();
    for (size_t i = 0; i < sizeof generators / sizeof generators[0]; i++) {
        ebb_generator_t *generate = generators[i].generate;
        int before = check_failed;
        same_seed_same_bytes(generate);
        print_is_known(generate, generators[i].print);
        records_are_well_formed(generate);
        volumes_are_as_asked(generate);
        neutral_couples_follow_up_now_and_then(generate);
        pursuit_makes_followups(generate);
        withdrawal_slows_replies(generate);
        both_arms_feed_each_other(generate);
        strengths_change_over_the_record(generate);
        confounders_do_what_they_say(generate);
        confounders_show_on_the_clock(generate);
        if (check_failed > before) {
            fprintf(stderr, "generator %s failed\n", generators[i].name);
        }
    }
    return check_report(__FILE__);
}
