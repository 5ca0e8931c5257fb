/* SPDX-License-Identifier: MIT
 *
 * Who finds whom: couples out of a mating market of people who differ in anxiety and
 * avoidance (docs/maths/people.md).
 *
 * Main idea: a market of 512 people, all alike but for the two dimensions. Singles meet
 * at random; two become a couple when both say yes, again and again over a courtship,
 * and their standards fall with the number of first meetings, as in Kalick and Hamilton
 * (1986). Each mechanism that may bring anxious and avoidant people together can be
 * taken out; with all of them out, couples are random. No sex, no seat: anyone may meet
 * anyone, and which of two partners comes first is chance.
 *
 * Couples come in blocks of EBB_PAIR_MARKET, one market each, and each market is a
 * function of (seed, its number): couple k is the same whatever range it is asked for
 * in, on any thread, machine and compiler.
 *
 * Thread safety: all functions may run at the same time on the same settings.
 */
#ifndef EBB_PAIR_H
#define EBB_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/named.h"

/* --- mechanisms ------------------------------------------------------------------- */

/* name, bit, word, what it is */
#define EBB_PAIR_MECHANISM_LIST(X)                                                   \
    X(EBB_PAIR_SECURITY, 1u, "security",                                             \
      "everyone prefers a partner with less anxiety and avoidance")                  \
    X(EBB_PAIR_LIKENESS, 2u, "likeness", "everyone prefers a partner like themself") \
    X(EBB_PAIR_SUPPRESSED, 4u, "suppressed",                                         \
      "what one keeps down in oneself attracts in another")                          \
    X(EBB_PAIR_COURTSHIP, 8u, "courtship",                                           \
      "several meetings, in which the two come to know each other")                  \
    X(EBB_PAIR_CALM, 16u, "calm", "insecurity costs little in the first months")     \
    X(EBB_PAIR_SURVIVAL, 32u, "survival",                                            \
      "couples part, some sooner than others, and look again")

enum {
#define EBB_PAIR_MECHANISM(name, bit, word, text) name = (int)(bit),
    EBB_PAIR_MECHANISM_LIST(EBB_PAIR_MECHANISM)
#undef EBB_PAIR_MECHANISM
};

#define EBB_PAIR_MECHANISMS 6
#define EBB_PAIR_ALL 63u /* every bit */

/**
 * Word of a mechanism: "security".
 *
 * @param[in] k  0 to EBB_PAIR_MECHANISMS - 1, in the order of the list; its bit is 1 <<
 * k
 * @return a static string; NULL for another number. Thread-safe.
 */
const char *ebb_pair_mechanism(size_t k);

/**
 * What a mechanism is, in half a sentence.
 *
 * @param[in] k  as for ebb_pair_mechanism
 * @return a static string; NULL for another number. Thread-safe.
 */
const char *ebb_pair_mechanism_text(size_t k);

/* --- numbers ---------------------------------------------------------------------- */

/* name, usual, low, high, what it is, source. SD: of the dimension in the norms. */
#define EBB_PAIR_NUMBER_LIST(X)                                                        \
    X(within_r, 0.4, 0, 0.9, "correlation of a person's anxiety and avoidance",        \
      "Cameron 2012")                                                                  \
    X(security, 0.25, 0, 3,                                                            \
      "fall of the log odds of a yes per SD of the other's anxiety or avoidance",      \
      "assumption")                                                                    \
    X(likeness, 0.06, 0, 3, "fall of the log odds per SD squared of difference",       \
      "assumption")                                                                    \
    X(suppressed, 0.25, 0, 3,                                                          \
      "rise of the log odds per SD of one's avoidance and SD of the other's anxiety, " \
      "and the reverse",                                                               \
      "assumption")                                                                    \
    X(spark, 0, -6, 6, "log odds of a yes to an average stranger", "assumption")       \
    X(liking, 2.5, -6, 6, "log odds of a yes to meeting an average person again",      \
      "assumption")                                                                    \
    X(blur, 1, 0, 5, "SD of a first impression of either dimension", "assumption")     \
    X(outgoing, 0.8, 0.01, 1, "chance that a single meets somebody in a month",        \
      "assumption")                                                                    \
    X(meetings, 6, 1, 60, "months of courtship", "assumption")                         \
    X(calm, 0.6, 0, 1, "part of the costs of insecurity that does not show at first",  \
      "assumption")                                                                    \
    X(calm_months, 5, 0.1, 60, "in how many months that falls to 1/e", "assumption")   \
    X(hazard, 0.0204, 0, 1, "rate of parting per month of an average couple",          \
      "Rosenfeld 2014")                                                                \
    X(wear, 0.1, 0, 1, "rise of the log rate per SD of either dimension of either",    \
      "assumption")                                                                    \
    X(alike, 0.3, 0, 2,                                                                \
      "rise of the log rate per SD squared where both are anxious, or both avoidant",  \
      "assumption")                                                                    \
    X(months, 36, 1, 600, "months until the couples that stand are counted",           \
      "Kirkpatrick & Davis 1994")

typedef struct ebb_pair_numbers {
#define EBB_PAIR_NUMBER(name, usual, low, high, text, source) double name;
    EBB_PAIR_NUMBER_LIST(EBB_PAIR_NUMBER)
#undef EBB_PAIR_NUMBER
} ebb_pair_numbers_t;

#define EBB_PAIR_NUMBERS 15

/**
 * What a number is called, means and may be.
 *
 * @param[in] k  0 to EBB_PAIR_NUMBERS - 1, in the order of the list
 * @return its entry; all zero for another number. Thread-safe.
 */
ebb_named_t ebb_pair_number(size_t k);

/**
 * The usual numbers.
 *
 * @return a struct with each at its usual value. Thread-safe.
 */
ebb_pair_numbers_t ebb_pair_usual(void);

/* --- couples ---------------------------------------------------------------------- */

#define EBB_PAIR_MARKET 128 /* couples of a market, out of 512 people */

/* All zero: every mechanism, the usual numbers, seed 0. All is borrowed. */
typedef struct ebb_pair_settings {
    uint64_t seed;                     /* another seed is other people */
    unsigned without;                  /* bits of the mechanisms that are out */
    const ebb_pair_numbers_t *numbers; /* NULL: the usual ones */
    const ebb_alloc_t *alloc;          /* NULL: the default */
    /* Called by ebb_pair_count now and then with couples done and asked for; what is
     * not 0 cancels. NULL: not called. */
    int (*progress)(void *user, uint64_t done, uint64_t total);
    void *user; /* handed to `progress` */
} ebb_pair_settings_t;

/* Where couples go: element i - begin of each array is of couple i. Dimensions are
 * z-scores of the norms (mean 0, SD 1 over all people, not over those in couples). */
typedef struct ebb_pair_couples {
    double *anxiety[2], *avoidance[2]; /* of the one and of the other partner */
    double *months;                    /* since they first met; NULL: not wanted */
} ebb_pair_couples_t;

/**
 * Fills in the couples [begin, end) of a population.
 *
 * A couple is one that stands, courtship over, in the first month from `months` on in
 * which its market has EBB_PAIR_MARKET of them. Without EBB_PAIR_SURVIVAL none has
 * parted: these are couples as they form. Either partner may be first, by chance.
 *
 * @param[in]  settings  see there
 * @param[in]  begin     first couple, from 0
 * @param[in]  end       one behind the last, at least `begin`, at most 2^38
 * @param[out] couples   arrays with room for end - begin each, not overlapping
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (range, or a number outside its range), EBB_ERR_NUMERIC
 * (a market has too few couples after 1000 years, with numbers under which hardly
 * anybody pairs), EBB_ERR_MEMORY. Cost: about 2 ms for each market that the range
 * touches; a range that begins and ends at multiples of EBB_PAIR_MARKET wastes nothing.
 */
int ebb_pair_draw(const ebb_pair_settings_t *settings, uint64_t begin, uint64_t end,
                  const ebb_pair_couples_t *couples, ebb_error_t *error) EBB_MUST_CHECK;

/* --- census ----------------------------------------------------------------------- */

/* name, word. At a cut a person is anxious or avoidant where that dimension is above it
 * and the higher one, else secure. */
#define EBB_PAIR_TYPE_LIST(X)                           \
    X(EBB_PAIR_SECURE, "secure with secure")            \
    X(EBB_PAIR_SECURE_ANXIOUS, "secure with anxious")   \
    X(EBB_PAIR_SECURE_AVOIDANT, "secure with avoidant") \
    X(EBB_PAIR_ANXIOUS, "anxious with anxious")         \
    X(EBB_PAIR_AVOIDANT, "avoidant with avoidant")      \
    X(EBB_PAIR_MIXED, "anxious with avoidant")

enum {
#define EBB_PAIR_TYPE(name, word) name,
    EBB_PAIR_TYPE_LIST(EBB_PAIR_TYPE)
#undef EBB_PAIR_TYPE
        EBB_PAIR_TYPES
};

/**
 * Word of a kind of couple: "anxious with avoidant".
 *
 * @param[in] type  one of EBB_PAIR_TYPE_LIST
 * @return a static string; NULL for another number. Thread-safe.
 */
const char *ebb_pair_type(size_t type);

/* An amount with its interval of 95 %, from how markets differ. */
typedef struct ebb_pair_amount {
    double value, low, high;
} ebb_pair_amount_t;

/* Couples at one cut. A share is of all couples. */
typedef struct ebb_pair_point {
    double cut;               /* z-score where "anxious" and "avoidant" begin */
    double above;             /* share of all people above it in one dimension */
    ebb_pair_amount_t either; /* one is above it in anxiety and the other in avoidance,
                                 whatever else the two are */
    double either_norm;       /* the same of independent pairs from the norms: exact */
    double either_shuffled;   /* the same of the people in these couples, paired anew at
                                 random: what is left beyond it is who is with whom */
    ebb_pair_amount_t types[EBB_PAIR_TYPES];
    double types_norm[EBB_PAIR_TYPES]; /* of independent pairs from the norms: exact */
} ebb_pair_point_t;

#define EBB_PAIR_CURVE 25 /* cuts of a curve, from -0.6 to 1.8 by 0.1 */

typedef struct ebb_pair_census {
    uint64_t couples;
    ebb_pair_point_t at; /* at the cut that was asked for */
    ebb_pair_point_t curve[EBB_PAIR_CURVE];
    ebb_pair_amount_t cross;          /* r of one's anxiety and the other's avoidance */
    ebb_pair_amount_t same_anxiety;   /* r of partners in anxiety */
    ebb_pair_amount_t same_avoidance; /* and in avoidance */
    ebb_pair_amount_t anxiety, avoidance; /* means of people in couples, z-scores */
    ebb_pair_amount_t months;             /* mean since they first met */
} ebb_pair_census_t;

/**
 * Share of independent pairs from the norms with one above a cut in anxiety and the
 * other in avoidance: 2 p^2 - q^2, with p = P(X > cut) and q = P(X > cut and Y > cut)
 * of one person, X and Y normal with correlation r.
 *
 * @param[in] cut       z-score, any
 * @param[in] within_r  correlation of a person's dimensions, in (-1, 1)
 * @return the share, within 1e-10. Thread-safe.
 */
double ebb_pair_independent(double cut, double within_r);

/**
 * Counts couples by kind, over the cut.
 *
 * @param[in]  settings  as for ebb_pair_draw
 * @param[in]  couples   how many, rounded up to whole markets, at least two of them
 * @param[in]  cut       z-score for `at`
 * @param[out] census    filled
 * @param[out] error     may be NULL
 * @return as ebb_pair_draw, and EBB_ERR_CANCELLED. Cost: that of drawing them; 40 kB
 * and 64 bytes a market.
 */
int ebb_pair_count(const ebb_pair_settings_t *settings, uint64_t couples, double cut,
                   ebb_pair_census_t *census, ebb_error_t *error) EBB_MUST_CHECK;

/* --- a known market --------------------------------------------------------------- */

#define EBB_KALICK_RUNS_MOST 1000

typedef struct ebb_kalick_settings {
    uint64_t seed;
    bool similar;   /* all seek their like; else all seek the most attractive */
    bool one_group; /* anyone may meet anyone; else each one of the other group */
    bool one_draw;  /* the two of a date decide by one chance: a mistake that has been
                       made, and shows */
    uint32_t runs;  /* at most EBB_KALICK_RUNS_MOST; 0: 50 */
} ebb_kalick_settings_t;

typedef struct ebb_kalick {
    double r, low, high; /* mean over the runs, with its interval of 95 % */
    uint32_t runs;
} ebb_kalick_t;

/**
 * Runs the same market with the rules of Kalick and Hamilton (1986).
 *
 * Two groups of 1000 people with an attractiveness of 1 to 10, each equally likely. A
 * yes has the chance (attractiveness / 10)^3 of the other, or ((10 - difference) /
 * 10)^3; standards fall as everywhere in this market, until all are paired. In groups
 * that are not quite alike some are left without their like; in one group they are
 * not, and those who seek it are more alike by 0.02.
 *
 * @param[in]  settings  see there
 * @param[out] kalick    correlation of partners' attractiveness: close to 0.6 although
 * nobody seeks their like, and to 0.84 where all do
 * @param[in]  alloc     NULL for the default
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (too many runs), EBB_ERR_MEMORY. Cost: some 20 ms a run.
 * Thread-safe.
 */
int ebb_pair_kalick(const ebb_kalick_settings_t *settings, ebb_kalick_t *kalick,
                    const ebb_alloc_t *alloc, ebb_error_t *error) EBB_MUST_CHECK;

#endif
