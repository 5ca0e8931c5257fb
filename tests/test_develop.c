/* SPDX-License-Identifier: MIT
 * How signals are learnt: what claims.tsv says of a child (B2, B3, B18, B19, C5, C7),
 * what other models of infants found, and each mechanism out. */
#include "ebb/develop.h"

#include <stdlib.h>

#include "check.h"
#include "scarce.h"

#define CHILDREN 400

typedef struct mean {
    double loudness, unrest, worth, suppress, amplify;
} mean_t;

static ebb_child_t children[CHILDREN];

static mean_t grown(const ebb_caregiver_t *caregiver, unsigned without)
{
    const ebb_develop_settings_t settings = {.seed = 3, .without = without};
    mean_t mean = {0};
    for (size_t i = 0; i < CHILDREN; i++) {
        CHECK(
            !ebb_develop_child(&settings, caregiver, (uint32_t)i, &children[i], NULL));
        mean.loudness += children[i].loudness / CHILDREN;
        mean.unrest += children[i].unrest / CHILDREN;
        mean.worth += children[i].worth / CHILDREN;
        mean.suppress += (children[i].loudness < 1.0 / 3) / (double)CHILDREN;
        mean.amplify += (children[i].loudness > 2.0 / 3) / (double)CHILDREN;
    }
    return mean;
}

static mean_t with(size_t care, unsigned without)
{
    ebb_caregiver_t caregiver = ebb_caregiver(care);
    return grown(&caregiver, without);
}

static double pays(size_t care, size_t level, unsigned without)
{
    ebb_caregiver_t caregiver = ebb_caregiver(care);
    const ebb_develop_settings_t settings = {.without = without};
    return ebb_develop_pays(&settings, &caregiver, level);
}

static size_t best(size_t care, unsigned without)
{
    size_t best = 0;
    for (size_t k = 1; k < EBB_DEVELOP_LEVELS; k++) {
        best = pays(care, k, without) > pays(care, best, without) ? k : best;
    }
    return best;
}

/* --- what pays -------------------------------------------------------------------- */

/* One turn and no rebuff, by hand; two turns with a rebuff that adds to the need. */
static void check_pays(void)
{
    ebb_develop_numbers_t numbers = ebb_develop_usual();
    const ebb_develop_settings_t settings = {.numbers = &numbers};
    ebb_caregiver_t care = ebb_caregiver(EBB_CARE_RESPONSIVE);
    numbers.turns = 1;
    CHECK_NEAR(ebb_develop_pays(&settings, &care, 0), 0.95 * 0.6, 1e-12);
    CHECK_NEAR(ebb_develop_pays(&settings, &care, 4), 0.95 * 0.95 + 0.05 * 0.8 - 0.3,
               1e-12);
    CHECK_NEAR(ebb_develop_pays(&settings, &care, 2),
               0.95 * (0.6 + 0.35 * 0.75) + 0.05 * 0.8 * 0.25 - 0.15, 1e-12);
    numbers.turns = 2;
    care = (ebb_caregiver_t){.name = "", .free = 1, .loudest = 0.5, .rebuff = 1};
    /* turn 1: relief 1 or need 2; turn 2 in half of them: relief 2 or need 3 */
    double gain = 0.5 * 1 - 0.5 * 1 + 0.5 * (0.5 * 2 - 0.5 * 1) - 1.5 * 0.3;
    CHECK_NEAR(ebb_develop_pays(&settings, &care, 4), gain / 1.5, 1e-12);
    CHECK(isnan(ebb_develop_pays(&settings, &care, EBB_DEVELOP_LEVELS)));
}

/* --- four caregivers, four policies ------------------------------------------------
 */

static void check_policies(void)
{
    mean_t responsive = with(EBB_CARE_RESPONSIVE, 0);
    mean_t inconsistent = with(EBB_CARE_INCONSISTENT, 0);
    mean_t rejecting = with(EBB_CARE_REJECTING, 0);
    mean_t frightening = with(EBB_CARE_FRIGHTENING, 0);
    /* B18, B19: it earns most, and is learnt by more than half */
    CHECK(best(EBB_CARE_INCONSISTENT, 0) == EBB_DEVELOP_LEVELS - 1);
    CHECK(inconsistent.amplify > 0.5);
    CHECK(best(EBB_CARE_REJECTING, 0) == 0);
    CHECK(rejecting.suppress > 0.5);
    /* said plainly where a little is enough */
    size_t plain = best(EBB_CARE_RESPONSIVE, 0);
    CHECK(plain > 0 && plain < EBB_DEVELOP_LEVELS - 1);
    CHECK(responsive.suppress < 0.25 && responsive.amplify < 0.5);
    CHECK(rejecting.loudness < responsive.loudness &&
          responsive.loudness < inconsistent.loudness);
    /* who comforts and frightens: nothing that pays for long (Cittern 2018) */
    CHECK(frightening.unrest > 2 * responsive.unrest);
    CHECK(frightening.unrest > 2 * inconsistent.unrest);
    CHECK(frightening.unrest > 2 * rejecting.unrest);
    /* C7 */
    CHECK(rejecting.worth <= 0 && responsive.worth > 0 && inconsistent.worth > 0);
}

/* That the loudest and the silent earn most does not hang on the numbers. */
static void check_numbers(void)
{
    for (int turns = 1; turns <= 8; turns++) {
        for (double effort = 0.1; effort < 0.65; effort += 0.1) {
            ebb_develop_numbers_t numbers = ebb_develop_usual();
            const ebb_develop_settings_t settings = {.numbers = &numbers};
            numbers.turns = turns;
            numbers.effort = effort;
            ebb_caregiver_t fickle = ebb_caregiver(EBB_CARE_INCONSISTENT);
            ebb_caregiver_t cold = ebb_caregiver(EBB_CARE_REJECTING);
            double loudest =
                ebb_develop_pays(&settings, &fickle, EBB_DEVELOP_LEVELS - 1);
            double silent = ebb_develop_pays(&settings, &cold, 0);
            for (size_t k = 1; k + 1 < EBB_DEVELOP_LEVELS; k++) {
                CHECK(ebb_develop_pays(&settings, &fickle, k) < loudest);
                CHECK(ebb_develop_pays(&settings, &cold, k) < silent);
            }
        }
    }
}

/* B3, C5: unsteady care makes loud, cold care quiet, step by step; and not the reverse.
 */
static void check_slopes(void)
{
    ebb_caregiver_t steady = ebb_caregiver(EBB_CARE_RESPONSIVE);
    ebb_caregiver_t unsteady = ebb_caregiver(EBB_CARE_INCONSISTENT);
    ebb_caregiver_t cold = ebb_caregiver(EBB_CARE_REJECTING);
    double louder = 0, quieter = 1;
    for (int k = 0; k <= 4; k++) {
        ebb_caregiver_t a = ebb_caregiver_between(&steady, &unsteady, k / 4.0);
        ebb_caregiver_t b = ebb_caregiver_between(&steady, &cold, k / 4.0);
        double now = grown(&a, 0).loudness;
        CHECK(now > louder);
        louder = now;
        now = grown(&b, 0).loudness;
        CHECK(now < quieter);
        quieter = now;
    }
    CHECK(steady.free != unsteady.free && steady.silent == unsteady.silent);
}

static double clusters(unsigned without)
{
    const ebb_develop_settings_t settings = {.seed = 4, .without = without};
    ebb_caregiver_t from = ebb_caregiver(EBB_CARE_REJECTING);
    ebb_caregiver_t to = ebb_caregiver(EBB_CARE_INCONSISTENT);
    static double loudness[CHILDREN];
    for (size_t i = 0; i < CHILDREN; i++) {
        ebb_caregiver_t between =
            ebb_caregiver_between(&from, &to, ((double)i + 0.5) / CHILDREN);
        CHECK(!ebb_develop_child(&settings, &between, (uint32_t)i, &children[i], NULL));
        loudness[i] = children[i].loudness;
    }
    return ebb_develop_clusters(loudness, CHILDREN);
}

/* Petters (2006): with caregivers of every shade, children who learn in distress fall
 * into clusters, those who learn in calm moments do not. */
static void check_clusters(void)
{
    const double even[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, two[] = {1, 0, 1, 0};
    CHECK_NEAR(ebb_develop_clusters(even, 10), 5.0 / 9, 0.01);
    CHECK_NEAR(ebb_develop_clusters(two, 4), 1, 1e-12);
    double distress = clusters(0), calm = clusters(EBB_DEVELOP_DISTRESS);
    CHECK(distress > 5.0 / 9 && calm < 5.0 / 9 && distress - calm > 0.1);
}

/* --- mechanisms ------------------------------------------------------------------- */

static void check_without(void)
{
    mean_t inconsistent = with(EBB_CARE_INCONSISTENT, EBB_DEVELOP_MOOD);
    mean_t responsive = with(EBB_CARE_RESPONSIVE, EBB_DEVELOP_MOOD);
    CHECK(inconsistent.amplify < 0.5);
    CHECK(inconsistent.loudness == responsive.loudness);
    CHECK(best(EBB_CARE_INCONSISTENT, EBB_DEVELOP_MOOD) < EBB_DEVELOP_LEVELS - 1);
    mean_t frightening = with(EBB_CARE_FRIGHTENING, EBB_DEVELOP_ALARM);
    CHECK(frightening.unrest < 0.5 * with(EBB_CARE_FRIGHTENING, 0).unrest);
    CHECK(with(EBB_CARE_REJECTING, EBB_DEVELOP_REBUFF).loudness >
          with(EBB_CARE_REJECTING, 0).loudness);
    CHECK(with(EBB_CARE_RESPONSIVE, EBB_DEVELOP_EFFORT).amplify > 0.5);
    CHECK(best(EBB_CARE_RESPONSIVE, EBB_DEVELOP_EFFORT) == EBB_DEVELOP_LEVELS - 1);
    for (size_t care = 0; care < EBB_CAREGIVERS; care++) {
        mean_t none = with(care, EBB_DEVELOP_LEARNING);
        CHECK_NEAR(none.loudness, 0.5, 1e-12);
        CHECK(none.unrest < 1e-9 && none.worth == 0);
    }
}

/* --- adults ----------------------------------------------------------------------- */

static void check_adults(void)
{
    static ebb_develop_t all;
    ebb_develop_settings_t settings = {.seed = 3};
    CHECK(ebb_develop_run(&settings, 4000, &all, NULL) == EBB_OK);
    CHECK(all.clusters > 5.0 / 9);
    /* B2: in the expected direction, and at most 0.2 */
    CHECK(all.care_adult > 0.1 && all.care_adult <= 0.2);
    CHECK(all.care[EBB_CARE_INCONSISTENT].adult_anxiety >
          all.care[EBB_CARE_REJECTING].adult_anxiety + 0.1);
    CHECK(all.care[EBB_CARE_REJECTING].adult_avoidance >
          all.care[EBB_CARE_INCONSISTENT].adult_avoidance + 0.1);
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_childhood_t *care = &all.care[k];
        CHECK(fabs(care->adult_anxiety) < 0.5 && fabs(care->adult_avoidance) < 0.5);
        CHECK_NEAR(care->suppress + care->plain + care->amplify, 1, 1e-12);
        for (size_t t = 0; t < EBB_DEVELOP_TIMES; t++) {
            CHECK(care->low[t] <= care->high[t]);
        }
    }
    ebb_develop_numbers_t numbers = ebb_develop_usual();
    numbers.carry = 0;
    settings.numbers = &numbers;
    CHECK(ebb_develop_run(&settings, 4000, &all, NULL) == EBB_OK);
    CHECK(all.care_adult == 0);
    settings.numbers = NULL;
    settings.without = EBB_DEVELOP_LEARNING; /* all alike: nothing to carry */
    CHECK(ebb_develop_run(&settings, 100, &all, NULL) == EBB_OK);
    CHECK(all.care_adult == 0 && all.security == 0 && isnan(all.clusters));
    /* each child is worth its caregiver's share: one caregiver alone tells nothing */
    numbers = ebb_develop_usual();
    numbers.inconsistent = numbers.rejecting = numbers.frightening = 0;
    settings = (ebb_develop_settings_t){.numbers = &numbers};
    CHECK(ebb_develop_run(&settings, 100, &all, NULL) == EBB_OK);
    CHECK_NEAR(all.care_adult, 0, 1e-9);
    CHECK_NEAR(all.care[EBB_CARE_RESPONSIVE].adult_anxiety, 0, 1e-9);
}

/* --- chance, errors, memory ------------------------------------------------------- */

/* A child is its seed and number, whoever else there is. */
static void check_chance(void)
{
    ebb_child_t one, again, other;
    ebb_caregiver_t care = ebb_caregiver(EBB_CARE_FRIGHTENING);
    ebb_develop_settings_t settings = {.seed = 8};
    CHECK(!ebb_develop_child(&settings, &care, 30, &one, NULL));
    CHECK(!ebb_develop_child(&settings, &care, 31, &other, NULL));
    CHECK(!ebb_develop_child(&settings, &care, 30, &again, NULL));
    CHECK(memcmp(&one, &again, sizeof one) == 0);
    CHECK(memcmp(&one, &other, sizeof one) != 0);
    settings.seed = 9;
    CHECK(!ebb_develop_child(&settings, &care, 30, &again, NULL));
    CHECK(memcmp(&one, &again, sizeof one) != 0);
}

static void check_errors(void)
{
    ebb_develop_numbers_t numbers = ebb_develop_usual();
    ebb_develop_settings_t settings = {.numbers = &numbers};
    ebb_caregiver_t care = ebb_caregiver(0);
    ebb_error_t error = {0};
    for (size_t k = 0; k < EBB_DEVELOP_NUMBERS; k++) {
        ebb_named_t n = ebb_develop_number(k);
        CHECK(n.low <= n.usual && n.usual <= n.high && *n.text && *n.source);
    }
    CHECK(!ebb_develop_number(EBB_DEVELOP_NUMBERS).name);
    CHECK_STRING(ebb_develop_mechanism(2), "mood");
    CHECK(!ebb_develop_mechanism(EBB_DEVELOP_MECHANISMS));
    CHECK(!ebb_caregiver(EBB_CAREGIVERS).name);
    numbers.turns = 9;
    CHECK(ebb_develop_child(&settings, &care, 0, children, &error) == EBB_ERR_ARGUMENT);
    CHECK_STRING(error.text, "turns is 9; it may be 1 to 8");
    numbers = ebb_develop_usual();
    numbers.responsive = numbers.inconsistent = numbers.rejecting = 0;
    numbers.frightening = 0;
    CHECK(ebb_develop_child(&settings, &care, 0, children, &error) == EBB_ERR_ARGUMENT);
    CHECK_STRING(error.text, "the shares of all four caregivers are 0; give one");
    numbers = ebb_develop_usual();
    care.silent = 1.2;
    CHECK(ebb_develop_child(&settings, &care, 0, children, &error) == EBB_ERR_ARGUMENT);
    CHECK_STRING(error.text,
                 "a chance of the responsive caregiver is 1.2; it may be 0 to 1");
    static ebb_develop_t all;
    CHECK(ebb_develop_run(&settings, 1, &all, &error) == EBB_ERR_ARGUMENT);
    for (long left = 0; left < 3; left++) {
        scarce_t scarce = {.left = left};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        settings.alloc = &alloc;
        CHECK(ebb_develop_run(&settings, 10, &all, NULL) == EBB_ERR_MEMORY);
        CHECK(scarce.held == 0);
    }
}

int main(void)
{
    check_pays();
    check_policies();
    check_numbers();
    check_slopes();
    check_clusters();
    check_without();
    check_adults();
    check_chance();
    check_errors();
    return check_report(__FILE__);
}
