/* SPDX-License-Identifier: MIT
 *
 * Strength by pseudo-true values: withdrawal's knob is moved until w is, in the mean
 * over couples, -log 0.85, -log 0.70 or -log 0.50, and the volume asked for until about
 * 30 messages a day come; the pursuit knob is raised if p stays below log 3 or the
 * follow-ups below 550. The same seeds serve every try, so w is a smooth function of
 * the knob and the bracket closes by regula falsi. Where no knobs reach a strength, the
 * try that came nearest stands, with the w that it has.
 */
#include "calibrate.h"

#include <math.h>
#include <stdio.h>

#define W_TOLERANCE 0.025
#define PER_DAY 29.0 /* messages a day as came */
#define PER_DAY_OFF 3.5
#define TRIES 14
#define LEAST_P 1.15 /* log 3, and the pool's own error */
#define LEAST_FOLLOWUPS 550
#define MOST_KNOB 4.0

static const double reply_rate[VERIFY_STRENGTHS] = {1, 0.85, 0.70, 0.50};

/* A search for one strength: w rises with the withdrawal knob between two brackets. */
typedef struct search {
    int generator, records;
    verify_plan_t plan;
    const ebb_executor_t *executor;
    double wanted;
    double low, low_w, high, high_w; /* of the withdrawal knob */
    verify_knobs_t knobs, nearest;
} search_t;

static ebb_plant_t plant_of(const search_t *search)
{
    const verify_knobs_t *k = &search->knobs;
    bool both = search->plan == VERIFY_BOTH;
    return (ebb_plant_t){.weeks = 26,
                         .messages_per_day = k->per_day,
                         .pursuit = {k->pursuit, both ? k->pursuit : 0},
                         .withdrawal = {both ? k->withdrawal : 0, k->withdrawal},
                         .days_silent = search->plan == VERIFY_LONG};
}

/* Adds one couple's pseudo-true values to the knobs. */
static int add_couple(search_t *search, int couple)
{
    verify_knobs_t *k = &search->knobs;
    const char *plan = verify_plan_names[search->plan];
    verify_pool_t pool = {.generator = search->generator,
                          .plant =
                              verify_plant_couple(plant_of(search), 1, plan, couple),
                          .records = search->records,
                          .first = (uint64_t)(couple * search->records),
                          .seed = 1,
                          .purpose = "calibrate",
                          .cell = plan,
                          .executor = search->executor};
    ebb_arms_t arms[1][2];
    double messages;
    int code = verify_pool_run(&pool, 1, arms, &messages);
    /* where both pursue the two are alike: take the mean */
    int directions = search->plan == VERIFY_BOTH ? 2 : 1;
    double share = 1.0 / (VERIFY_COUPLES * directions);
    for (int i = 0; i < directions && !code; i++) {
        k->w += share * arms[0][i].withdrawal.value;
        k->p += share * arms[0][i].pursuit.value;
        k->followups += share * (double)arms[0][i].followups / search->records;
    }
    k->messages += messages / VERIFY_COUPLES;
    return code;
}

/* One try with the present knobs. */
static int try_knobs(search_t *search)
{
    verify_knobs_t *k = &search->knobs;
    k->w = k->p = k->followups = k->messages = 0;
    for (int couple = 0; couple < VERIFY_COUPLES; couple++) {
        int code = add_couple(search, couple);
        if (code) {
            return code;
        }
    }
    k->records = search->records;
    fprintf(stderr,
            "  knobs %.3f %.3f at %.1f a day: w %.3f p %.2f, %.0f follow-ups, %.1f "
            "messages a day\n",
            k->pursuit, k->withdrawal, k->per_day, k->w, k->p, k->followups,
            k->messages);
    return EBB_OK;
}

static bool loud_enough(const verify_knobs_t *k)
{
    return k->p >= LEAST_P && k->followups >= LEAST_FOLLOWUPS;
}

static bool found(const search_t *search)
{
    const verify_knobs_t *k = &search->knobs;
    return fabs(k->w - search->wanted) <= W_TOLERANCE &&
           fabs(k->messages - PER_DAY) <= PER_DAY_OFF && loud_enough(k);
}

/* Keeps the try if none that was loud enough came nearer. */
static void keep_nearest(search_t *search)
{
    double off = fabs(search->knobs.w - search->wanted);
    bool first = search->nearest.records == 0;
    if (loud_enough(&search->knobs) &&
        (first || off < fabs(search->nearest.w - search->wanted))) {
        search->nearest = search->knobs;
    }
}

/* The next withdrawal knob: the secant of the bracket, kept off its ends. */
static void aim(search_t *search)
{
    verify_knobs_t *k = &search->knobs;
    if (k->w < search->wanted) {
        search->low = k->withdrawal;
        search->low_w = k->w;
    } else {
        search->high = k->withdrawal;
        search->high_w = k->w;
    }
    double part = (search->wanted - search->low_w) / (search->high_w - search->low_w);
    part = fmin(fmax(part, 0.1), 0.9);
    k->withdrawal = search->low + part * (search->high - search->low);
}

/* Moves what is not as wanted yet; a change of volume or pursuit opens the bracket a
 * little again, since w depends on them too. */
static void move_on(search_t *search)
{
    verify_knobs_t *k = &search->knobs;
    bool volume = fabs(k->messages - PER_DAY) > PER_DAY_OFF;
    aim(search);
    if (volume) {
        k->per_day = fmin(fmax(k->per_day * pow(PER_DAY / k->messages, 0.8), 10), 90);
    }
    if (!loud_enough(k)) {
        k->pursuit = fmin(1.2 * k->pursuit, MOST_KNOB);
    }
    if (volume || !loud_enough(k) || search->high - search->low < 0.02) {
        search->low = fmax(0, search->low - 0.15 * k->withdrawal);
        search->high = fmin(MOST_KNOB, search->high + 0.15 * k->withdrawal);
    }
}

static int find_strength(search_t *search)
{
    for (int i = 0; i < TRIES; i++) {
        int code = try_knobs(search);
        if (code) {
            return code;
        }
        if (found(search)) {
            search->nearest = search->knobs;
            return 1;
        }
        keep_nearest(search);
        move_on(search);
    }
    return 0;
}

static verify_knobs_t first_guess(verify_strength_t strength)
{
    return (verify_knobs_t){
        .pursuit = 1, .withdrawal = 0.4 * (double)strength, .per_day = 36};
}

/* Starts where the last search ended, or with a guess. 1 found, 0 out of reach, or a
 * negative error. */
static int search_strength(search_t *search, verify_knobs_t *knobs,
                           verify_strength_t strength)
{
    search->wanted = -log(reply_rate[strength]);
    search->low = 0;
    search->low_w = -0.5; /* about; narrows soon */
    search->high = MOST_KNOB;
    search->high_w = 1.2;
    search->knobs = knobs->records > 0 ? *knobs : first_guess(strength);
    fprintf(stderr, "%s, %s, %s:\n", verify_generators[search->generator].name,
            verify_plan_names[search->plan], verify_strength_names[strength]);
    int got = find_strength(search);
    if (got >= 0 && search->nearest.records > 0) {
        *knobs = search->nearest;
    }
    return got;
}

int verify_calibrate(verify_strengths_t *strengths, int generator, int records,
                     const ebb_executor_t *executor)
{
    static const verify_strength_t weakest[VERIFY_PLANS] = {VERIFY_WEAK, VERIFY_MIDDLE,
                                                            VERIFY_STRONG};
    int missed = 0;
    for (int plan = 0; plan < VERIFY_PLANS; plan++) {
        for (verify_strength_t s = weakest[plan]; s < VERIFY_STRENGTHS; s++) {
            search_t search = {.generator = generator,
                               .plan = (verify_plan_t)plan,
                               .records = records,
                               .executor = executor};
            int got =
                search_strength(&search, &strengths->knobs[generator][plan][s], s);
            if (got < 0) {
                return got;
            }
            missed += !got;
        }
    }
    return missed;
}
