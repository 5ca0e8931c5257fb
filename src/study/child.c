/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page brings up a child.
 * A child learns how loudly to signal: see ebb/develop.h; equations in
 * docs/maths/people.md. */
#include "study/child.h"

#include <math.h>

#include "core/fail.h"
#include "math/exp_kernel.h"
#include "math/random.h"
#include "study/named.h"

#define NEED_MOST 3 /* distresses: what hurts adds up to no more */
#define SETTLED 20  /* moments; the second half follows */
#define GROWN 30    /* and here the last quarter */
_Static_assert(EBB_DEVELOP_TIMES == 40, "of so many");

/* --- what there is ---------------------------------------------------------------- */

static const ebb_caregiver_t caregivers[EBB_CAREGIVERS] = {
    {"responsive", "comes to nearly every signal, and often before it", 0.95, 0.6, 0.95,
     0.8, 0, 0},
    {"inconsistent", "comes as the responsive one does, or not, as suits them", 0.4,
     0.6, 0.95, 0.8, 0, 0},
    {"rejecting", "bears nearness that is quiet, and turns the loud away", 0.95, 0.35,
     0.1, 0.1, 0.6, 0},
    {"frightening", "comes as the responsive one does, and may frighten", 0.95, 0.6,
     0.95, 0.8, 0, 0.5},
};

ebb_caregiver_t ebb_caregiver(size_t k)
{
    return k < EBB_CAREGIVERS ? caregivers[k] : (ebb_caregiver_t){0};
}

static double child_between(double from, double to, double part)
{
    return from + (to - from) * part;
}

ebb_caregiver_t ebb_caregiver_between(const ebb_caregiver_t *from,
                                      const ebb_caregiver_t *to, double part)
{
    return (ebb_caregiver_t){
        .name = from->name,
        .text = from->text,
        .free = child_between(from->free, to->free, part),
        .silent = child_between(from->silent, to->silent, part),
        .loudest = child_between(from->loudest, to->loudest, part),
        .heard = child_between(from->heard, to->heard, part),
        .rebuff = child_between(from->rebuff, to->rebuff, part),
        .alarm = child_between(from->alarm, to->alarm, part),
    };
}

typedef struct develop_mechanism {
    const char *word, *text;
} develop_mechanism_t;

static const develop_mechanism_t develop_mechanisms[] = {
#define DEVELOP_MECHANISM(name, bit, word, text) {word, text},
    EBB_DEVELOP_MECHANISM_LIST(DEVELOP_MECHANISM)
#undef DEVELOP_MECHANISM
};
_Static_assert(sizeof develop_mechanisms / sizeof *develop_mechanisms ==
                   EBB_DEVELOP_MECHANISMS,
               "as many as the header says");

static const ebb_named_t develop_numbers[] = {
#define DEVELOP_NUMBER(name, usual, low, high, text, source) \
    {#name, text, source, usual, low, high, offsetof(ebb_develop_numbers_t, name)},
    EBB_DEVELOP_NUMBER_LIST(DEVELOP_NUMBER)
#undef DEVELOP_NUMBER
};
_Static_assert(sizeof develop_numbers / sizeof *develop_numbers == EBB_DEVELOP_NUMBERS,
               "as many as the header says");

const char *ebb_develop_mechanism(size_t k)
{
    return k < EBB_DEVELOP_MECHANISMS ? develop_mechanisms[k].word : NULL;
}

const char *ebb_develop_mechanism_text(size_t k)
{
    return k < EBB_DEVELOP_MECHANISMS ? develop_mechanisms[k].text : NULL;
}

ebb_named_t ebb_develop_number(size_t k)
{
    return k < EBB_DEVELOP_NUMBERS ? develop_numbers[k] : (ebb_named_t){0};
}

ebb_develop_numbers_t ebb_develop_usual(void)
{
    return (ebb_develop_numbers_t){
#define DEVELOP_USUAL(name, usual, low, high, text, source) .name = usual,
        EBB_DEVELOP_NUMBER_LIST(DEVELOP_USUAL)
#undef DEVELOP_USUAL
    };
}

/* --- settings --------------------------------------------------------------------- */

static int child_check_numbers(const ebb_develop_numbers_t *numbers, ebb_error_t *error)
{
    int code = ebb_named_check(develop_numbers, EBB_DEVELOP_NUMBERS, numbers, error);
    if (!code && !(numbers->responsive + numbers->inconsistent + numbers->rejecting +
                       numbers->frightening >
                   0)) {
        code = ebb_fail(error, EBB_ERR_ARGUMENT,
                        "the shares of all four caregivers are 0; give one");
    }
    return code;
}

static int child_check_caregiver(const ebb_caregiver_t *c, ebb_error_t *error)
{
    const double chances[] = {c->free, c->silent, c->loudest, c->heard, c->alarm};
    for (size_t k = 0; k < sizeof chances / sizeof *chances; k++) {
        if (!(chances[k] >= 0 && chances[k] <= 1)) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "a chance of the %s caregiver is %g; it may be 0 to 1",
                            c->name, chances[k]);
        }
    }
    return c->rebuff >= 0 && c->rebuff <= NEED_MOST
               ? 0
               : ebb_fail(error, EBB_ERR_ARGUMENT,
                          "rebuff of the %s caregiver is %g; it may be 0 to %d",
                          c->name, c->rebuff, NEED_MOST);
}

int ebb_upbringing_make(ebb_upbringing_t *out, const ebb_develop_settings_t *settings,
                        const ebb_caregiver_t *caregiver, ebb_error_t *error)
{
    unsigned without = settings->without;
    *out = (ebb_upbringing_t){.numbers = settings->numbers ? *settings->numbers
                                                           : ebb_develop_usual(),
                              .caregiver = *caregiver,
                              .seed = settings->seed};
    int code = child_check_numbers(&out->numbers, error);
    code = code ? code : child_check_caregiver(caregiver, error);
    if (!code && without > EBB_DEVELOP_ALL) {
        code = ebb_fail(error, EBB_ERR_ARGUMENT, "no mechanism has bit %u", without);
    }
    out->numbers.rate *= without & EBB_DEVELOP_LEARNING ? 0 : 1;
    out->numbers.effort *= without & EBB_DEVELOP_EFFORT ? 0 : 1;
    out->caregiver.free = without & EBB_DEVELOP_MOOD ? 1 : caregiver->free;
    out->caregiver.rebuff *= without & EBB_DEVELOP_REBUFF ? 0 : 1;
    out->caregiver.alarm *= without & EBB_DEVELOP_ALARM ? 0 : 1;
    out->need = without & EBB_DEVELOP_DISTRESS ? out->numbers.calm : 1;
    return code;
}

/* --- an episode ------------------------------------------------------------------- */

static double child_loudness(size_t level)
{
    return (double)level / (EBB_DEVELOP_LEVELS - 1);
}

/* The chance of comfort [eq 301]. */
static double child_comfort(const ebb_caregiver_t *c, double loudness, bool free)
{
    double little = loudness * (2 - loudness); /* 1 - (1 - s)^2 */
    return free ? c->silent + (c->loudest - c->silent) * little
                : c->heard * loudness * loudness;
}

typedef enum outcome { OUTCOME_COMFORT, OUTCOME_FRIGHT, OUTCOME_NOTHING } outcome_t;

/* The need after a turn [eq 302]. What hurts is felt in proportion to the need at the
 * outset: a calm moment is not a small distress that can grow. */
static double child_need(const ebb_upbringing_t *up, double need, double loudness,
                         outcome_t outcome)
{
    double hurt = outcome == OUTCOME_FRIGHT    ? 1
                  : outcome == OUTCOME_NOTHING ? up->caregiver.rebuff * loudness
                                               : 0;
    double after = need + hurt * up->need;
    after = after < NEED_MOST ? after : NEED_MOST;
    return outcome == OUTCOME_COMFORT ? 0 : after;
}

/* --- learning --------------------------------------------------------------------- */

/* The chance of each level [eq 303], and the loudness that is expected. */
static double child_policy(const ebb_upbringing_t *up,
                           const double worth[EBB_DEVELOP_LEVELS],
                           double policy[EBB_DEVELOP_LEVELS])
{
    double best = worth[0], sum = 0, loudness = 0;
    for (size_t k = 1; k < EBB_DEVELOP_LEVELS; k++) {
        best = worth[k] > best ? worth[k] : best;
    }
    for (size_t k = 0; k < EBB_DEVELOP_LEVELS; k++) {
        policy[k] = ebb_math_exp((worth[k] - best) / up->numbers.chance);
        sum += policy[k];
    }
    for (size_t k = 0; k < EBB_DEVELOP_LEVELS; k++) {
        policy[k] /= sum;
        loudness += policy[k] * child_loudness(k);
    }
    return loudness;
}

static size_t child_choose(const double policy[EBB_DEVELOP_LEVELS], double u)
{
    size_t k = 0;
    while (k + 1 < EBB_DEVELOP_LEVELS && u >= policy[k]) {
        u -= policy[k];
        k++;
    }
    return k;
}

static outcome_t child_answered(const ebb_upbringing_t *up, double loudness, bool free,
                                const ebb_random_block_t *u)
{
    if (ebb_random_uniform(u->b) >= child_comfort(&up->caregiver, loudness, free)) {
        return OUTCOME_NOTHING;
    }
    return ebb_random_uniform(u->c) < up->caregiver.alarm ? OUTCOME_FRIGHT
                                                          : OUTCOME_COMFORT;
}

/* Signals until comfort comes or it gives up. */
static void child_episode(const ebb_upbringing_t *up, uint32_t number, uint64_t episode,
                          double worth[EBB_DEVELOP_LEVELS])
{
    double policy[EBB_DEVELOP_LEVELS], need = up->need;
    bool free = true;
    for (uint32_t turn = 0; turn < (uint32_t)up->numbers.turns && need > 0; turn++) {
        ebb_random_block_t u =
            ebb_random_stream(EBB_STREAM_DEVELOP, up->seed, number, episode, turn);
        free = turn ? free : ebb_random_uniform(u.d) < up->caregiver.free;
        (void)child_policy(up, worth, policy);
        size_t level = child_choose(policy, ebb_random_uniform(u.a));
        double loudness = child_loudness(level);
        double after =
            child_need(up, need, loudness, child_answered(up, loudness, free, &u));
        double gain = need - after - up->numbers.effort * loudness;
        worth[level] += up->numbers.rate * (gain - worth[level]);
        need = after;
    }
}

/* What its usual signals are held to be worth, beyond silence. */
static double child_worth(const double worth[EBB_DEVELOP_LEVELS],
                          const double policy[EBB_DEVELOP_LEVELS])
{
    double sum = 0, chances = 0;
    for (size_t k = 1; k < EBB_DEVELOP_LEVELS; k++) {
        sum += policy[k] * worth[k];
        chances += policy[k];
    }
    return chances > 0 ? sum / chances - worth[0] : 0;
}

static double child_mean(const double *numbers, size_t from)
{
    double sum = 0;
    for (size_t k = from; k < EBB_DEVELOP_TIMES; k++) {
        sum += numbers[k];
    }
    return sum / (double)(EBB_DEVELOP_TIMES - from);
}

ebb_child_t ebb_child_grow(const ebb_upbringing_t *up, uint32_t number,
                           double course[EBB_DEVELOP_TIMES])
{
    double worth[EBB_DEVELOP_LEVELS] = {0}, policy[EBB_DEVELOP_LEVELS], squares = 0;
    uint64_t episode = 0, episodes = (uint64_t)up->numbers.episodes;
    for (size_t k = 0; k < EBB_DEVELOP_TIMES; k++) {
        for (; episode < episodes * (k + 1) / EBB_DEVELOP_TIMES; episode++) {
            child_episode(up, number, episode, worth);
        }
        course[k] = child_policy(up, worth, policy);
    }
    double settled = child_mean(course, SETTLED);
    for (size_t k = SETTLED; k < EBB_DEVELOP_TIMES; k++) {
        squares += (course[k] - settled) * (course[k] - settled);
    }
    return (ebb_child_t){
        .loudness = child_mean(course, GROWN),
        .unrest = sqrt(squares / (EBB_DEVELOP_TIMES - SETTLED)),
        .worth = child_worth(worth, policy),
    };
}

int ebb_develop_child(const ebb_develop_settings_t *settings,
                      const ebb_caregiver_t *caregiver, uint32_t number,
                      ebb_child_t *child, ebb_error_t *error)
{
    ebb_upbringing_t up;
    double course[EBB_DEVELOP_TIMES];
    int code = ebb_upbringing_make(&up, settings, caregiver, error);
    if (!code) {
        *child = ebb_child_grow(&up, number, course);
    }
    return code;
}

/* --- what pays -------------------------------------------------------------------- */

/* What an episode brings and how many turns it takes, on average. */
typedef struct child_mean_episode {
    double gain, turns;
} child_mean_episode_t;

/* Over the turns that are left, by all that may happen: 8 deep at most. */
/* NOLINTNEXTLINE(misc-no-recursion) */
static child_mean_episode_t child_expect(const ebb_upbringing_t *up, double loudness,
                                         bool free, double need, unsigned turns)
{
    child_mean_episode_t mean = {0, 0};
    if (turns == 0 || !(need > 0)) {
        return mean;
    }
    double comes = child_comfort(&up->caregiver, loudness, free);
    const double chances[] = {comes * (1 - up->caregiver.alarm),
                              comes * up->caregiver.alarm, 1 - comes};
    mean = (child_mean_episode_t){-up->numbers.effort * loudness, 1};
    for (int k = OUTCOME_COMFORT; k <= OUTCOME_NOTHING; k++) {
        double after = child_need(up, need, loudness, (outcome_t)k);
        child_mean_episode_t rest = child_expect(up, loudness, free, after, turns - 1);
        mean.gain += chances[k] * (need - after + rest.gain);
        mean.turns += chances[k] * rest.turns;
    }
    return mean;
}

double ebb_develop_pays(const ebb_develop_settings_t *settings,
                        const ebb_caregiver_t *caregiver, size_t level)
{
    ebb_upbringing_t up;
    if (level >= EBB_DEVELOP_LEVELS ||
        ebb_upbringing_make(&up, settings, caregiver, NULL)) {
        return (double)NAN;
    }
    double loudness = child_loudness(level), free = up.caregiver.free;
    unsigned turns = (unsigned)up.numbers.turns;
    child_mean_episode_t is_free = child_expect(&up, loudness, true, up.need, turns);
    child_mean_episode_t taken = child_expect(&up, loudness, false, up.need, turns);
    return (free * is_free.gain + (1 - free) * taken.gain) /
           (free * is_free.turns + (1 - free) * taken.turns);
}
