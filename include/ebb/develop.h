/* SPDX-License-Identifier: MIT
 *
 * How signals of need are learnt: a child in distress signals louder or more quietly,
 * a caregiver answers by a rule, and the child comes to do what has brought relief
 * (docs/maths/people.md).
 *
 * Main idea: to amplify, to suppress and to say plainly are what pays with a caregiver,
 * not kinds of children. The child knows five levels of loudness, from silence to the
 * loudest, and of each only how much relief it has brought; it takes the better ones
 * more often. What it has learnt goes into the adult dimensions as a small part.
 *
 * A child is a function of (seed, its number), so any range of children may be asked
 * for, and two caregivers may be tried on the same children. Thread safety: all
 * functions may run at the same time.
 */
#ifndef EBB_DEVELOP_H
#define EBB_DEVELOP_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/named.h"

/* --- caregivers ------------------------------------------------------------------- */

/* A rule by which a caregiver answers; chances from 0 to 1. In each episode of distress
 * they are free for the child or taken up, which the child cannot see. When free a
 * little is enough: the chance of comfort goes from `silent` to `loudest` as 1 -
 * (1 - s)^2 does, s being the loudness. When taken up only the loud gets through: as
 * s^2 does, from 0 to `heard`. */
typedef struct ebb_caregiver {
    const char *name, *text; /* borrowed */
    double free;             /* chance of being free in an episode */
    double silent, loudest;  /* chance of comfort in a turn when free, by loudness */
    double heard;            /* chance at the loudest when taken up */
    double rebuff; /* how much distress the loudest signal adds when it is turned away,
                      in distresses at the outset; >= 0 */
    double alarm;  /* chance that they frighten where they come to comfort, which adds
                      one distress */
} ebb_caregiver_t;

enum {
    EBB_CARE_RESPONSIVE,
    EBB_CARE_INCONSISTENT,
    EBB_CARE_REJECTING,
    EBB_CARE_FRIGHTENING,
    EBB_CAREGIVERS
};

/**
 * One of four caregivers.
 *
 * @param[in] k  EBB_CARE_RESPONSIVE ... EBB_CARE_FRIGHTENING
 * @return the rule, names static; all zero for another number. Thread-safe.
 */
ebb_caregiver_t ebb_caregiver(size_t k);

/**
 * A caregiver between two.
 *
 * @param[in] from  at part 0; the result takes its name
 * @param[in] to    at part 1
 * @param[in] part  how far on the straight line, in [0, 1]
 * @return the rule with every chance in between. Thread-safe.
 */
ebb_caregiver_t ebb_caregiver_between(const ebb_caregiver_t *from,
                                      const ebb_caregiver_t *to, double part);

/* --- mechanisms and numbers ------------------------------------------------------- */

/* name, bit, word, what it is */
#define EBB_DEVELOP_MECHANISM_LIST(X)                                         \
    X(EBB_DEVELOP_LEARNING, 1u, "learning",                                   \
      "the child does again what brought relief")                             \
    X(EBB_DEVELOP_EFFORT, 2u, "effort", "a louder signal costs more")         \
    X(EBB_DEVELOP_MOOD, 4u, "mood",                                           \
      "the caregiver is free at times, and at times not")                     \
    X(EBB_DEVELOP_REBUFF, 8u, "rebuff", "a signal that is turned away hurts") \
    X(EBB_DEVELOP_ALARM, 16u, "alarm", "who comes to comfort may frighten")   \
    X(EBB_DEVELOP_DISTRESS, 32u, "distress",                                  \
      "it is learnt in distress, not in calm moments")

enum {
#define EBB_DEVELOP_MECHANISM(name, bit, word, text) name = (int)(bit),
    EBB_DEVELOP_MECHANISM_LIST(EBB_DEVELOP_MECHANISM)
#undef EBB_DEVELOP_MECHANISM
};

#define EBB_DEVELOP_MECHANISMS 6
#define EBB_DEVELOP_ALL 63u

/**
 * Word of a mechanism: "mood".
 *
 * @param[in] k  0 to EBB_DEVELOP_MECHANISMS - 1, in the order of the list; its bit is
 * 1 << k
 * @return a static string; NULL for another number. Thread-safe.
 */
const char *ebb_develop_mechanism(size_t k);

/**
 * What a mechanism is, in half a sentence.
 *
 * @param[in] k  as for ebb_develop_mechanism
 * @return a static string; NULL for another number. Thread-safe.
 */
const char *ebb_develop_mechanism_text(size_t k);

/* name, usual, low, high, what it is, source */
#define EBB_DEVELOP_NUMBER_LIST(X)                                                  \
    X(episodes, 400, 40, 100000, "episodes of distress in which the child learns",  \
      "assumption")                                                                 \
    X(turns, 4, 1, 8, "signals in an episode, unless comfort comes before",         \
      "assumption")                                                                 \
    X(rate, 0.1, 0, 1, "part of a surprise that goes into what a level is worth",   \
      "assumption")                                                                 \
    X(chance, 0.15, 0.01, 10,                                                       \
      "how much better, in distresses, a level must be to be "                      \
      "taken e times as often",                                                     \
      "assumption")                                                                 \
    X(effort, 0.3, 0, 2, "cost of the loudest signal, in distresses", "assumption") \
    X(calm, 0.2, 0, 1, "need in a calm moment, in distresses", "assumption")        \
    X(carry, 0.2, 0, 1, "correlation of what was learnt with an adult dimension",   \
      "at most so much by claim B2 (Fraley 2013)")                                  \
    X(responsive, 0.55, 0, 1, "share of children with a responsive caregiver",      \
      "assumption")                                                                 \
    X(inconsistent, 0.15, 0, 1, "with an inconsistent one", "assumption")           \
    X(rejecting, 0.2, 0, 1, "with a rejecting one", "assumption")                   \
    X(frightening, 0.1, 0, 1, "with a frightening one", "assumption")

typedef struct ebb_develop_numbers {
#define EBB_DEVELOP_NUMBER(name, usual, low, high, text, source) double name;
    EBB_DEVELOP_NUMBER_LIST(EBB_DEVELOP_NUMBER)
#undef EBB_DEVELOP_NUMBER
} ebb_develop_numbers_t;

#define EBB_DEVELOP_NUMBERS 11

/**
 * What a number is called, means and may be.
 *
 * @param[in] k  0 to EBB_DEVELOP_NUMBERS - 1, in the order of the list
 * @return its entry; all zero for another number. Thread-safe.
 */
ebb_named_t ebb_develop_number(size_t k);

/**
 * The usual numbers.
 *
 * @return a struct with each at its usual value. Thread-safe.
 */
ebb_develop_numbers_t ebb_develop_usual(void);

/* --- children --------------------------------------------------------------------- */

#define EBB_DEVELOP_LEVELS 5 /* loudness 0, 1/4, 1/2, 3/4, 1 */
#define EBB_DEVELOP_TIMES 40 /* moments of a childhood at which it is looked at */

/* All zero: every mechanism, the usual numbers, seed 0. All is borrowed. */
typedef struct ebb_develop_settings {
    uint64_t seed;
    unsigned without;                     /* bits of the mechanisms that are out */
    const ebb_develop_numbers_t *numbers; /* NULL: the usual ones */
    const ebb_alloc_t *alloc;             /* NULL: the default */
    /* Called by ebb_develop_run now and then with children done and asked for; what is
     * not 0 cancels. NULL: not called. */
    int (*progress)(void *user, uint64_t done, uint64_t total);
    void *user; /* handed to `progress` */
} ebb_develop_settings_t;

/* What became of a child. Loudness is that expected of its next signal. */
typedef struct ebb_child {
    double loudness; /* mean over the last quarter of the moments, 0 to 1 */
    double unrest;   /* SD over the moments of the second half: it does not settle */
    double worth;    /* what its usual signals are held to be worth, minus silence */
} ebb_child_t;

/**
 * Lets a child grow up with a caregiver.
 *
 * @param[in]  settings   see there
 * @param[in]  caregiver  whose rule
 * @param[in]  number     which child; the same one with any caregiver
 * @param[out] child      what became of it
 * @param[out] error      may be NULL
 * @return 0 or EBB_ERR_ARGUMENT (a number or a chance outside its range; shares that
 * are all 0). Cost: about 0.1 ms. Thread-safe.
 */
int ebb_develop_child(const ebb_develop_settings_t *settings,
                      const ebb_caregiver_t *caregiver, uint32_t number,
                      ebb_child_t *child, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * What a level earns in a turn: relief minus costs of the episodes in which a child
 * signals at this level all the time, over their turns. Exact: all that may happen, by
 * its chance.
 *
 * @param[in] settings   mechanisms that are out act here too; `learning` does not
 * matter
 * @param[in] caregiver  whose rule
 * @param[in] level      0 to EBB_DEVELOP_LEVELS - 1
 * @return the mean, in distresses at the outset; NaN for another level. Thread-safe.
 */
double ebb_develop_pays(const ebb_develop_settings_t *settings,
                        const ebb_caregiver_t *caregiver, size_t level);

#define EBB_DEVELOP_QUIET (1.0 / 3) /* a child that is less loud suppresses */
#define EBB_DEVELOP_LOUD (2.0 / 3)  /* one that is louder amplifies */

typedef struct ebb_childhood {
    ebb_caregiver_t caregiver;
    double mean[EBB_DEVELOP_TIMES]; /* loudness at each moment, over children */
    double low[EBB_DEVELOP_TIMES], high[EBB_DEVELOP_TIMES]; /* of the middle 80 %, to a
                                                               hundredth */
    double loudness, loudness_sd;                           /* over children */
    double unrest, worth;                                   /* means over children */
    double suppress, plain, amplify;                        /* shares of children */
    double pays[EBB_DEVELOP_LEVELS];       /* ebb_develop_pays of each level */
    double adult_anxiety, adult_avoidance; /* means of these children as adults, SD */
} ebb_childhood_t;

/* Childhoods with each of the caregivers, and all children together, each caregiver
 * with their share. */
typedef struct ebb_develop {
    uint64_t children; /* with each caregiver */
    ebb_childhood_t care[EBB_CAREGIVERS];
    double care_adult; /* r of the caregiver with either adult dimension: the most that
                          knowing the caregiver tells of it */
    double clusters; /* ebb_develop_clusters of the loudness of as many children, whose
                        caregivers have every shade from rejecting to inconsistent */
    double security; /* r of a responsive caregiver with plain signals */
} ebb_develop_t;

/**
 * Lets the same children grow up with each of the four caregivers, and tells what is
 * carried into adult life: dimension = carry * policy + rest, where the policy is the
 * loudness as a z-score over all children, + for anxiety and - for avoidance, and the
 * rest has nothing to do with it. So means are exact but for the children drawn.
 *
 * @param[in]  settings  see there
 * @param[in]  children  how many with each, 2 to 10 million
 * @param[out] develop   filled
 * @param[out] error     may be NULL
 * @return as ebb_develop_child, and EBB_ERR_MEMORY (104 bytes a child),
 * EBB_ERR_CANCELLED.
 */
int ebb_develop_run(const ebb_develop_settings_t *settings, uint64_t children,
                    ebb_develop_t *develop, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * How far numbers fall into clusters: Sarle's coefficient of bimodality, (skewness^2 +
 * 1) / kurtosis. 1/3 for a normal law, 5/9 for an even one, 1 for two values.
 *
 * @param[in] numbers  `count` of them, not all alike
 * @param[in] count    at least 2
 * @return the coefficient, in (0, 1]; NaN where all are alike. Thread-safe.
 */
double ebb_develop_clusters(const double *numbers, size_t count);

#endif
