/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page runs a market.
 * Couples out of a market: the rules of ebb/pair.h. Equations in docs/maths/people.md.
 */
#include "ebb/pair.h"

#include <math.h>

#include "core/fail.h"
#include "math/power_kernel.h"
#include "math/random.h"
#include "study/named.h"
#include "study/pairing.h"

#define MONTHS_MOST 12000 /* a thousand years */
#define COUPLES_MOST ((uint64_t)1 << 38)

/* --- mechanisms and numbers ------------------------------------------------------- */

typedef struct pair_mechanism {
    const char *word, *text;
} pair_mechanism_t;

static const pair_mechanism_t pair_mechanisms[] = {
#define PAIR_MECHANISM(name, bit, word, text) {word, text},
    EBB_PAIR_MECHANISM_LIST(PAIR_MECHANISM)
#undef PAIR_MECHANISM
};
_Static_assert(sizeof pair_mechanisms / sizeof *pair_mechanisms == EBB_PAIR_MECHANISMS,
               "as many as the header says");

static const ebb_named_t pair_numbers[] = {
#define PAIR_NUMBER(name, usual, low, high, text, source) \
    {#name, text, source, usual, low, high, offsetof(ebb_pair_numbers_t, name)},
    EBB_PAIR_NUMBER_LIST(PAIR_NUMBER)
#undef PAIR_NUMBER
};
_Static_assert(sizeof pair_numbers / sizeof *pair_numbers == EBB_PAIR_NUMBERS,
               "as many as the header says");

const char *ebb_pair_mechanism(size_t k)
{
    return k < EBB_PAIR_MECHANISMS ? pair_mechanisms[k].word : NULL;
}

const char *ebb_pair_mechanism_text(size_t k)
{
    return k < EBB_PAIR_MECHANISMS ? pair_mechanisms[k].text : NULL;
}

ebb_named_t ebb_pair_number(size_t k)
{
    return k < EBB_PAIR_NUMBERS ? pair_numbers[k] : (ebb_named_t){0};
}

ebb_pair_numbers_t ebb_pair_usual(void)
{
    return (ebb_pair_numbers_t){
#define PAIR_USUAL(name, usual, low, high, text, source) .name = usual,
        EBB_PAIR_NUMBER_LIST(PAIR_USUAL)
#undef PAIR_USUAL
    };
}

/* --- the rule --------------------------------------------------------------------- */

static double pair_positive(double x)
{
    return x > 0 ? x : 0;
}

/* What one feels of another [eq 305]: what is seen of them is off by a blur that fades
 * with meetings, and their insecurity costs more the better the calm is over. */
static double pair_yes(const ebb_market_t *market, uint32_t self, uint32_t other,
                       uint32_t meeting, const uint32_t u[4])
{
    const ebb_pairing_user_t *user = market->rule.user;
    const ebb_pair_numbers_t *n = &user->numbers;
    const ebb_market_person_t *me = &market->people[self];
    const ebb_market_person_t *you = &market->people[other];
    double blur = n->blur / sqrt((double)meeting);
    double anxiety = you->traits[ANXIETY] + blur * ebb_random_normal(u[1]);
    double avoidance = you->traits[AVOIDANCE] + blur * ebb_random_normal(u[2]);
    double d1 = me->traits[ANXIETY] - anxiety, d2 = me->traits[AVOIDANCE] - avoidance;
    double odds = meeting == 1 ? n->spark : n->liking;
    odds -= user->shown[meeting] * n->security * (anxiety + avoidance);
    odds -= n->likeness * (d1 * d1 + d2 * d2);
    odds += n->suppressed * (pair_positive(me->traits[AVOIDANCE]) * anxiety +
                             pair_positive(me->traits[ANXIETY]) * avoidance);
    return ebb_math_logistic(odds);
}

/* How a couple parts [eq 307]: a little by each one's level, more where both are
 * alarmed and none soothes, or both keep away and none comes near. */
static double pair_part(const ebb_market_t *market, uint32_t one, uint32_t other)
{
    const ebb_pair_numbers_t *n =
        &((const ebb_pairing_user_t *)market->rule.user)->numbers;
    const ebb_market_person_t *a = &market->people[one], *b = &market->people[other];
    double levels = a->traits[ANXIETY] + a->traits[AVOIDANCE] + b->traits[ANXIETY] +
                    b->traits[AVOIDANCE];
    double alike =
        pair_positive(a->traits[ANXIETY]) * pair_positive(b->traits[ANXIETY]) +
        pair_positive(a->traits[AVOIDANCE]) * pair_positive(b->traits[AVOIDANCE]);
    double rate = n->hazard * ebb_math_exp(n->wear * levels + n->alike * alike);
    return -ebb_math_expm1(-rate);
}

static void pair_rule_make(ebb_pairing_t *p, unsigned without)
{
    ebb_pair_numbers_t *n = &p->user.numbers;
    n->security *= without & EBB_PAIR_SECURITY ? 0 : 1;
    n->likeness *= without & EBB_PAIR_LIKENESS ? 0 : 1;
    n->suppressed *= without & EBB_PAIR_SUPPRESSED ? 0 : 1;
    n->calm *= without & EBB_PAIR_CALM ? 0 : 1;
    for (size_t m = 1; m <= PAIRING_MEETINGS_MOST; m++) {
        p->user.shown[m] =
            1 - n->calm * ebb_math_exp(-(double)(m - 1) / n->calm_months);
    }
    p->user.other = sqrt(1 - n->within_r * n->within_r);
    p->rule = (ebb_market_rule_t){
        .yes = pair_yes,
        .part = without & EBB_PAIR_SURVIVAL ? NULL : pair_part,
        .user = &p->user,
        .outgoing = n->outgoing,
        .meetings = without & EBB_PAIR_COURTSHIP ? 1 : (uint32_t)n->meetings,
    };
}

/* --- markets ---------------------------------------------------------------------- */

int ebb_pairing_new(ebb_pairing_t *pairing, const ebb_pair_settings_t *settings,
                    ebb_error_t *error)
{
    *pairing = (ebb_pairing_t){.seed = settings->seed};
    pairing->user.numbers = settings->numbers ? *settings->numbers : ebb_pair_usual();
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    pairing->market.alloc = alloc;
    int code =
        ebb_named_check(pair_numbers, EBB_PAIR_NUMBERS, &pairing->user.numbers, error);
    if (!code && settings->without > EBB_PAIR_ALL) {
        code = ebb_fail(error, EBB_ERR_ARGUMENT, "no mechanism has bit %u",
                        settings->without);
    }
    if (!code) {
        pair_rule_make(pairing, settings->without);
        if (ebb_market_new(&pairing->market, PAIRING_PEOPLE, alloc)) {
            code = ebb_fail(error, EBB_ERR_MEMORY, "no memory for a market");
        }
    }
    return code;
}

void ebb_pairing_free(ebb_pairing_t *pairing)
{
    ebb_market_free(&pairing->market);
}

/* Who they are [eq 304]. */
static void pair_people(ebb_pairing_t *p)
{
    for (uint32_t i = 0; i < p->market.count; i++) {
        uint32_t u[4];
        ebb_market_chance(&p->market, i, 0, u);
        double anxiety = ebb_random_normal(u[0]);
        p->market.people[i].traits[ANXIETY] = anxiety;
        p->market.people[i].traits[AVOIDANCE] = p->user.numbers.within_r * anxiety +
                                                p->user.other * ebb_random_normal(u[1]);
    }
}

int ebb_pairing_run(ebb_pairing_t *pairing, uint32_t number, ebb_error_t *error)
{
    ebb_market_t *m = &pairing->market;
    ebb_market_open(m, pairing->seed, number, &pairing->rule);
    pair_people(pairing);
    do {
        ebb_market_step(m);
    } while (m->month < MONTHS_MOST && (m->month < pairing->user.numbers.months ||
                                        ebb_market_couples(m) < EBB_PAIR_MARKET));
    if (ebb_market_couples(m) < EBB_PAIR_MARKET) {
        return ebb_fail(error, EBB_ERR_NUMERIC,
                        "market %u has fewer than %d couples after 1000 years; with "
                        "these numbers too few pair, or they part too soon",
                        number, EBB_PAIR_MARKET);
    }
    return 0;
}

void ebb_pairing_couples(const ebb_pairing_t *pairing,
                         uint32_t couples[EBB_PAIR_MARKET])
{
    const ebb_market_t *m = &pairing->market;
    size_t n = 0;
    for (uint32_t i = 0; i < m->count && n < EBB_PAIR_MARKET; i++) {
        if (ebb_market_settled(m, i) && m->people[i].partner > i) {
            couples[n++] = i;
        }
    }
}

/* --- couples ---------------------------------------------------------------------- */

static void pair_put(const ebb_market_t *m, uint32_t one, uint64_t at,
                     const ebb_pair_couples_t *out)
{
    const ebb_market_person_t *a = &m->people[one], *b = &m->people[a->partner];
    out->anxiety[0][at] = a->traits[ANXIETY];
    out->avoidance[0][at] = a->traits[AVOIDANCE];
    out->anxiety[1][at] = b->traits[ANXIETY];
    out->avoidance[1][at] = b->traits[AVOIDANCE];
    if (out->months) {
        out->months[at] = a->months;
    }
}

int ebb_pair_draw(const ebb_pair_settings_t *settings, uint64_t begin, uint64_t end,
                  const ebb_pair_couples_t *couples, ebb_error_t *error)
{
    ebb_pairing_t pairing;
    uint32_t found[EBB_PAIR_MARKET];
    if (end < begin || end > COUPLES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "couples from %llu to %llu: a range within 2^38 is needed",
                        (unsigned long long)begin, (unsigned long long)end);
    }
    int code = ebb_pairing_new(&pairing, settings, error);
    for (uint64_t k = begin; k < end && !code;) {
        uint64_t number = k / EBB_PAIR_MARKET;
        code = ebb_pairing_run(&pairing, (uint32_t)number, error);
        if (!code) {
            ebb_pairing_couples(&pairing, found);
        }
        for (; !code && k < end && k / EBB_PAIR_MARKET == number; k++) {
            pair_put(&pairing.market, found[k % EBB_PAIR_MARKET], k - begin, couples);
        }
    }
    ebb_pairing_free(&pairing);
    return code;
}
