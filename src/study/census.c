/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page runs a market.
 *
 * Which couples there are, over the cut at which "anxious" and "avoidant" begin.
 *
 * Markets are independent and alike, so intervals come from how they differ: of shares
 * and means directly, of correlations by leaving out one market after the other
 * (jackknife).
 */
#include <math.h>

#include "core/fail.h"
#include "math/exp_kernel.h"
#include "math/trig_kernel.h"
#include "study/interval.h"
#include "study/pairing.h"

static const char *const census_types[EBB_PAIR_TYPES] = {
#define CENSUS_TYPE(name, word) word,
    EBB_PAIR_TYPE_LIST(CENSUS_TYPE)
#undef CENSUS_TYPE
};

const char *ebb_pair_type(size_t type)
{
    return type < EBB_PAIR_TYPES ? census_types[type] : NULL;
}

/* --- independent pairs ------------------------------------------------------------ */

#define CENSUS_PI 3.141592653589793
#define CENSUS_STEPS 400 /* of Simpson's rule; even */

typedef double (*census_curve_t)(double x, double cut);

static double census_integral(census_curve_t f, double upto, double cut)
{
    double step = upto / CENSUS_STEPS, sum = f(0, cut) + f(upto, cut);
    for (int k = 1; k < CENSUS_STEPS; k++) {
        sum += (k % 2 ? 4 : 2) * f(step * k, cut);
    }
    return sum * step / 3;
}

static double census_density(double x, double cut)
{
    (void)cut;
    return ebb_math_exp(-x * x / 2) / sqrt(2 * CENSUS_PI);
}

/* Plackett (1954) [eq 308]: how P(X > c and Y > c) grows with the correlation, here of
 * the sine of x, which takes the root out of the denominator. */
static double census_growth(double x, double cut)
{
    return ebb_math_exp(-cut * cut / (1 + ebb_math_sin(x))) / (2 * CENSUS_PI);
}

static double census_above(double cut)
{
    double far = cut > 9 ? 9 : cut < -9 ? -9 : cut;
    return 0.5 - census_integral(census_density, far, 0);
}

static double census_both_above(double cut, double r)
{
    double above = census_above(cut), angle = ebb_math_atan(r / sqrt(1 - r * r));
    return above * above + census_integral(census_growth, angle, cut);
}

/* One above in anxiety and the other in avoidance, one way round or the other. */
static double census_either(double anxious, double avoidant, double both)
{
    return 2 * anxious * avoidant - both * both;
}

double ebb_pair_independent(double cut, double within_r)
{
    double above = census_above(cut);
    return census_either(above, above, census_both_above(cut, within_r));
}

static void census_norm(ebb_pair_point_t *point, double cut, double r)
{
    double above = census_above(cut), both = census_both_above(cut, r);
    double anxious = above - both / 2; /* above it and the higher one, by symmetry */
    double secure = 1 - 2 * anxious;
    point->cut = cut;
    point->above = above;
    point->either_norm = census_either(above, above, both);
    point->types_norm[EBB_PAIR_SECURE] = secure * secure;
    point->types_norm[EBB_PAIR_SECURE_ANXIOUS] = 2 * secure * anxious;
    point->types_norm[EBB_PAIR_SECURE_AVOIDANT] = 2 * secure * anxious;
    point->types_norm[EBB_PAIR_ANXIOUS] = anxious * anxious;
    point->types_norm[EBB_PAIR_AVOIDANT] = anxious * anxious;
    point->types_norm[EBB_PAIR_MIXED] = 2 * anxious * anxious;
}

/* --- counting --------------------------------------------------------------------- */

enum { COUNT_EITHER, COUNT_TYPES, COUNTS = COUNT_TYPES + EBB_PAIR_TYPES };

/* At one cut. */
typedef struct census_sums {
    double sum[COUNTS], squares[COUNTS]; /* of the markets' shares */
    double anxious, avoidant, both;      /* people above it */
} census_sums_t;

/* Sums of one market over its people, each with the partner. */
typedef struct census_moments {
    double anxiety, avoidance, anxiety2, avoidance2;
    double same_anxiety, same_avoidance, cross, months;
} census_moments_t;

typedef struct census {
    ebb_pairing_t pairing;
    census_sums_t sums[EBB_PAIR_CURVE + 1]; /* the last: at the cut asked for */
    double cuts[EBB_PAIR_CURVE + 1];
    census_moments_t *moments;
    size_t markets;
} census_t;

/* 0 secure, 1 anxious, 2 avoidant. */
static size_t census_kind(const double *traits, double cut)
{
    double anxiety = traits[ANXIETY], avoidance = traits[AVOIDANCE];
    return anxiety > cut && anxiety > avoidance     ? 1
           : avoidance > cut && avoidance > anxiety ? 2
                                                    : 0;
}

size_t ebb_pairing_type(const double *a, const double *b, double cut)
{
    static const size_t types[3][3] = {
        {EBB_PAIR_SECURE, EBB_PAIR_SECURE_ANXIOUS, EBB_PAIR_SECURE_AVOIDANT},
        {EBB_PAIR_SECURE_ANXIOUS, EBB_PAIR_ANXIOUS, EBB_PAIR_MIXED},
        {EBB_PAIR_SECURE_AVOIDANT, EBB_PAIR_MIXED, EBB_PAIR_AVOIDANT},
    };
    return types[census_kind(a, cut)][census_kind(b, cut)];
}

static void census_count_person(census_sums_t *s, const ebb_market_person_t *p,
                                double cut)
{
    bool anxious = p->traits[ANXIETY] > cut, avoidant = p->traits[AVOIDANCE] > cut;
    s->anxious += anxious;
    s->avoidant += avoidant;
    s->both += anxious && avoidant;
}

static void census_count(census_t *c, size_t at, const uint32_t *couples)
{
    const ebb_market_person_t *people = c->pairing.market.people;
    census_sums_t *s = &c->sums[at];
    double cut = c->cuts[at], counts[COUNTS] = {0};
    for (size_t k = 0; k < EBB_PAIR_MARKET; k++) {
        const ebb_market_person_t *a = &people[couples[k]], *b = &people[a->partner];
        bool one_way = a->traits[ANXIETY] > cut && b->traits[AVOIDANCE] > cut;
        bool other_way = b->traits[ANXIETY] > cut && a->traits[AVOIDANCE] > cut;
        counts[COUNT_EITHER] += one_way || other_way;
        counts[COUNT_TYPES + ebb_pairing_type(a->traits, b->traits, cut)]++;
        census_count_person(s, a, cut);
        census_count_person(s, b, cut);
    }
    for (size_t k = 0; k < COUNTS; k++) {
        double share = counts[k] / EBB_PAIR_MARKET;
        s->sum[k] += share;
        s->squares[k] += share * share;
    }
}

static void census_add(census_moments_t *m, const ebb_market_person_t *p,
                       const ebb_market_person_t *other)
{
    double anxiety = p->traits[ANXIETY], avoidance = p->traits[AVOIDANCE];
    m->anxiety += anxiety;
    m->avoidance += avoidance;
    m->anxiety2 += anxiety * anxiety;
    m->avoidance2 += avoidance * avoidance;
    m->same_anxiety += anxiety * other->traits[ANXIETY];
    m->same_avoidance += avoidance * other->traits[AVOIDANCE];
    m->cross += anxiety * other->traits[AVOIDANCE];
    m->months += p->months;
}

static int census_market(census_t *c, size_t number, ebb_error_t *error)
{
    uint32_t couples[EBB_PAIR_MARKET];
    const ebb_market_person_t *people = c->pairing.market.people;
    int code = ebb_pairing_run(&c->pairing, (uint32_t)number, error);
    if (code) {
        return code;
    }
    ebb_pairing_couples(&c->pairing, couples);
    for (size_t k = 0; k < EBB_PAIR_CURVE + 1; k++) {
        census_count(c, k, couples);
    }
    for (size_t k = 0; k < EBB_PAIR_MARKET; k++) {
        const ebb_market_person_t *a = &people[couples[k]], *b = &people[a->partner];
        census_add(&c->moments[number], a, b);
        census_add(&c->moments[number], b, a);
    }
    return 0;
}

/* --- what comes of it ------------------------------------------------------------- */

static ebb_pair_amount_t census_amount(double value, double variance, size_t markets)
{
    double half = ebb_student_of(markets - 1) * sqrt(variance > 0 ? variance : 0);
    return (ebb_pair_amount_t){value, value - half, value + half};
}

static void census_point(const census_t *c, size_t at, ebb_pair_point_t *point)
{
    const census_sums_t *s = &c->sums[at];
    double n = (double)c->markets, people = 2 * EBB_PAIR_MARKET * n;
    census_norm(point, c->cuts[at], c->pairing.user.numbers.within_r);
    point->either_shuffled =
        census_either(s->anxious / people, s->avoidant / people, s->both / people);
    for (size_t k = 0; k < COUNTS; k++) {
        double mean = s->sum[k] / n;
        double variance = (s->squares[k] - n * mean * mean) / (n - 1) / n;
        ebb_pair_amount_t amount = census_amount(mean, variance, c->markets);
        if (k == COUNT_EITHER) {
            point->either = amount;
        } else {
            point->types[k - COUNT_TYPES] = amount;
        }
    }
}

typedef double (*census_of_t)(const census_moments_t *moments, double people);

static double census_correlation(double product, double mean1, double square1,
                                 double mean2, double square2)
{
    return (product - mean1 * mean2) /
           sqrt((square1 - mean1 * mean1) * (square2 - mean2 * mean2));
}

static double census_of_cross(const census_moments_t *m, double n)
{
    return census_correlation(m->cross / n, m->anxiety / n, m->anxiety2 / n,
                              m->avoidance / n, m->avoidance2 / n);
}

static double census_of_same_anxiety(const census_moments_t *m, double n)
{
    return census_correlation(m->same_anxiety / n, m->anxiety / n, m->anxiety2 / n,
                              m->anxiety / n, m->anxiety2 / n);
}

static double census_of_same_avoidance(const census_moments_t *m, double n)
{
    return census_correlation(m->same_avoidance / n, m->avoidance / n,
                              m->avoidance2 / n, m->avoidance / n, m->avoidance2 / n);
}

static double census_of_anxiety(const census_moments_t *m, double n)
{
    return m->anxiety / n;
}

static double census_of_avoidance(const census_moments_t *m, double n)
{
    return m->avoidance / n;
}

static double census_of_months(const census_moments_t *m, double n)
{
    return m->months / n;
}

/* a + sign b */
static census_moments_t census_joined(const census_moments_t *a,
                                      const census_moments_t *b, double sign)
{
    return (census_moments_t){
        a->anxiety + sign * b->anxiety,
        a->avoidance + sign * b->avoidance,
        a->anxiety2 + sign * b->anxiety2,
        a->avoidance2 + sign * b->avoidance2,
        a->same_anxiety + sign * b->same_anxiety,
        a->same_avoidance + sign * b->same_avoidance,
        a->cross + sign * b->cross,
        a->months + sign * b->months,
    };
}

static ebb_pair_amount_t census_jackknife(const census_t *c, census_of_t of)
{
    census_moments_t all = {0};
    double each = 2 * EBB_PAIR_MARKET, n = (double)c->markets, sum = 0, squares = 0;
    for (size_t k = 0; k < c->markets; k++) {
        all = census_joined(&all, &c->moments[k], 1);
    }
    double value = of(&all, each * n);
    for (size_t k = 0; k < c->markets; k++) {
        census_moments_t rest = census_joined(&all, &c->moments[k], -1);
        double change = of(&rest, each * (n - 1)) - value;
        sum += change;
        squares += change * change;
    }
    return census_amount(value, (squares - sum * sum / n) * (n - 1) / n, c->markets);
}

static void census_fill(const census_t *c, ebb_pair_census_t *out)
{
    *out = (ebb_pair_census_t){.couples = c->markets * EBB_PAIR_MARKET};
    for (size_t k = 0; k < EBB_PAIR_CURVE; k++) {
        census_point(c, k, &out->curve[k]);
    }
    census_point(c, EBB_PAIR_CURVE, &out->at);
    out->cross = census_jackknife(c, census_of_cross);
    out->same_anxiety = census_jackknife(c, census_of_same_anxiety);
    out->same_avoidance = census_jackknife(c, census_of_same_avoidance);
    out->anxiety = census_jackknife(c, census_of_anxiety);
    out->avoidance = census_jackknife(c, census_of_avoidance);
    out->months = census_jackknife(c, census_of_months);
}

static int census_run(census_t *c, const ebb_pair_settings_t *settings,
                      ebb_error_t *error)
{
    int code = 0;
    for (size_t k = 0; k < c->markets && !code; k++) {
        code = census_market(c, k, error);
        if (!code && settings->progress &&
            settings->progress(settings->user, (k + 1) * EBB_PAIR_MARKET,
                               c->markets * EBB_PAIR_MARKET)) {
            code = ebb_fail(error, EBB_ERR_CANCELLED, "cancelled");
        }
    }
    return code;
}

int ebb_pair_count(const ebb_pair_settings_t *settings, uint64_t couples, double cut,
                   ebb_pair_census_t *census, ebb_error_t *error)
{
    census_t c = {.markets = (couples + EBB_PAIR_MARKET - 1) / EBB_PAIR_MARKET};
    c.markets = c.markets < 2 ? 2 : c.markets;
    const ebb_alloc_t *alloc = settings->alloc ? settings->alloc : ebb_alloc_default();
    if (couples > ((uint64_t)1 << 38) || !isfinite(cut)) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "at most 2^38 couples, at a cut");
    }
    for (int k = 0; k < EBB_PAIR_CURVE; k++) {
        c.cuts[k] = (k - 6) / 10.0;
    }
    c.cuts[EBB_PAIR_CURVE] = cut;
    int code = ebb_pairing_new(&c.pairing, settings, error);
    if (!code) {
        c.moments = ebb_new_array(alloc, c.markets, sizeof *c.moments);
        code = c.moments ? census_run(&c, settings, error)
                         : ebb_fail(error, EBB_ERR_MEMORY, "no memory for a census");
    }
    if (!code) {
        census_fill(&c, census);
    }
    ebb_free_array(alloc, c.moments, c.markets, sizeof *c.moments);
    ebb_pairing_free(&c.pairing);
    return code;
}
