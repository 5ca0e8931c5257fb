/* SPDX-License-Identifier: MIT
 *
 * Strength by pseudo-true values: withdrawal's knob is moved until the pooled w is
 * -log 0.85, -log 0.70 or -log 0.50, and the volume asked for until about 30 messages a
 * day come; the pursuit knob is raised if p stays below log 3 or the follow-ups
 * below 500. The same seeds serve every try, so w is a smooth function of the knob and
 * the bracket closes by regula falsi.
 */
#include "calibrate.h"

#include <math.h>
#include <stdio.h>

#define W_TOLERANCE 0.02
#define PER_DAY 29.0 /* messages a day as came */
#define PER_DAY_OFF 4.0
#define TRIES 14
#define LEAST_P 1.15 /* log 3, and the pool's own error */
#define LEAST_FOLLOWUPS 550
#define MOST_KNOB 4.0

static const double reply_rate[VERIFY_STRENGTHS] = {1, 0.85, 0.70, 0.50};

/* A search for one strength: w rises with the withdrawal knob between two brackets. */
typedef struct search {
    int generator, both, records;
    const ebb_executor_t *executor;
    double wanted;
    double low, low_w, high, high_w; /* of the withdrawal knob */
    verify_knobs_t knobs;
} search_t;

/* One try with the present knobs. */
static int try_knobs(search_t *search)
{
    verify_knobs_t *k = &search->knobs;
    verify_pool_t pool = {.generator = search->generator,
                          .records = search->records,
                          .seed = 1,
                          .purpose = "calibrate",
                          .cell = search->both ? "both" : "one",
                          .executor = search->executor};
    pool.plant = (ebb_plant_t){.weeks = 26, .messages_per_day = k->per_day};
    pool.plant.pursuit[0] = k->pursuit;
    pool.plant.withdrawal[1] = k->withdrawal;
    pool.plant.pursuit[1] = search->both ? k->pursuit : 0;
    pool.plant.withdrawal[0] = search->both ? k->withdrawal : 0;
    ebb_arms_t arms[1][2];
    int code = verify_pool_run(&pool, 1, arms, &k->messages);
    if (code) {
        return code;
    }
    const ebb_arms_t *a = &arms[0][0], *b = &arms[0][1];
    double shared = search->both ? 0.5 : 1.0; /* the two are alike: take the mean */
    k->w = shared * a->withdrawal.value + (1 - shared) * b->withdrawal.value;
    k->p = shared * a->pursuit.value + (1 - shared) * b->pursuit.value;
    k->followups =
        (shared * (double)a->followups + (1 - shared) * (double)b->followups) /
        search->records;
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
        k->pursuit = fmin(1.3 * k->pursuit, MOST_KNOB);
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
            return 1;
        }
        move_on(search);
    }
    return 0;
}

static verify_knobs_t first_guess(verify_strength_t strength)
{
    return (verify_knobs_t){
        .pursuit = 1, .withdrawal = 0.4 * (double)strength, .per_day = 36};
}

int verify_calibrate(verify_strengths_t *strengths, int generator, int records,
                     const ebb_executor_t *executor)
{
    int missed = 0;
    for (int both = 0; both < 2; both++) {
        for (int s = both ? VERIFY_MIDDLE : VERIFY_WEAK; s < VERIFY_STRENGTHS; s++) {
            search_t search = {.generator = generator,
                               .both = both,
                               .records = records,
                               .executor = executor,
                               .wanted = -log(reply_rate[s]),
                               .low_w = -0.5, /* about; narrows soon */
                               .high = MOST_KNOB,
                               .high_w = 1.2,
                               .knobs = strengths->knobs[generator][both][s]};
            if (search.knobs.records == 0) {
                search.knobs = first_guess((verify_strength_t)s);
            }
            fprintf(stderr, "%s, %s, %s:\n", verify_generators[generator].name,
                    both ? "both" : "one", verify_strength_names[s]);
            int got = find_strength(&search);
            if (got < 0) {
                return got;
            }
            missed += !got;
            if (got) {
                strengths->knobs[generator][both][s] = search.knobs;
            }
        }
    }
    return missed;
}
