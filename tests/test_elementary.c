/* SPDX-License-Identifier: MIT
 * Every elementary function of src/math within 2 ulp of the C library in long double
 * (64 bits or more), over random bit patterns, ordinary numbers, and the places where a
 * kernel changes its reduction; and what it is at special values.
 *
 *   test_elementary [MILLIONS]   values a function; 0.15 if not given
 */
#include "check.h"
#include "draw.h"
#include "math/gamma_kernel.h"
#include "math/power_kernel.h"
#include "math/trig_kernel.h"

#include <float.h>
#include <stdlib.h>

#define ULPS 2.0 /* the promise, of the result; of 2^-1074 where that is subnormal */

static long double logistic_long(long double x)
{
    long double e = expl(-fabsl(x));
    return (x < 0 ? e : 1) / (1 + e);
}

static long double softplus_long(long double x)
{
    return (x > 0 ? x : 0) + log1pl(expl(-fabsl(x)));
}

static long double lgamma_long(long double x)
{
    return x < 0 ? (long double)NAN : lgammal(x);
}

/* Ordinary arguments lie between low and high; the reduction changes near multiples of
 * `step`, or near these times powers of two; beyond `limit` nothing is promised. One
 * that is `steady` never falls between neighbours; -1: it falls by nature. */
typedef struct function {
    const char *name;
    double (*ours)(double);
    long double (*theirs)(long double);
    double low, high, step, limit;
    int steady;
} function_t;

static const function_t functions[] = {
    {"exp", ebb_math_exp, expl, -746, 710, 0.34657359027997264, 0x1p1023, 1},
    {"expm1", ebb_math_expm1, expm1l, -50, 710, 0.34657359027997264, 0x1p1023, 1},
    {"log", ebb_math_log, logl, 0, 10, 0.70710678118654752, 0x1p1023, 1},
    {"log1p", ebb_math_log1p, log1pl, -1, 5, 0.41421356237309505, 0x1p1023, 1},
    {"sin", ebb_math_sin, sinl, -1e6, 1e6, 0.78539816339744831, EBB_TRIG_LIMIT, 0},
    {"cos", ebb_math_cos, cosl, -1e6, 1e6, 0.78539816339744831, EBB_TRIG_LIMIT, 0},
    {"tanh", ebb_math_tanh, tanhl, -20, 20, 0.17328679513998632, 0x1p1023, 0},
    {"atan", ebb_math_atan, atanl, -5, 5, 0.41421356237309505, 0x1p1023, 1},
    {"logistic", ebb_math_logistic, logistic_long, -745, 40, 0.34657359027997264,
     0x1p1023, 0},
    {"softplus", ebb_math_softplus, softplus_long, -745, 40, 0.34657359027997264,
     0x1p1023, 0},
    {"lgamma", ebb_math_lgamma, lgamma_long, 0, 20, 0.5, 0x1p1023, -1},
};

/* How many units of the last place of `want` lie between. */
static double ulps_between(double got, long double want)
{
    if (isnan(got) || isnan(want) || isinf(got) || isinf((double)want)) {
        int same = got == (double)want || (isnan(got) && isnan(want));
        return same ? 0 : (double)INFINITY;
    }
    int exponent = fabsl(want) < 0x1p-1022L ? -1022 : ilogbl(want);
    return (double)(fabsl((long double)got - want) / ldexpl(1, exponent - 52));
}

static double any_double(draw_t *draw)
{
    return ebb_of_bits(draw_bits(draw));
}

static double argument(const function_t *f, draw_t *draw, long i)
{
    double unit = draw_uniform(draw);
    int power = (int)draw_below(draw, 80) - 40;
    switch (i % 5) {
    case 0:
        return any_double(draw);
    case 1:
        return f->low + (f->high - f->low) * unit;
    case 2:
        return ldexp(unit - 0.5, power);
    case 3:
        return 4 * (unit - 0.5);
    default: { /* three neighbours of a place where the reduction changes */
        double at = f->step * (double)(draw_bits(draw) % 4096) * ldexp(1, power / 2);
        at = unit < 0.5 ? at : -at;
        return i % 15 < 5 ? at : nextafter(at, i % 15 < 10 ? -HUGE_VAL : HUGE_VAL);
    }
    }
}

static void test_errors(double millions)
{
    for (size_t k = 0; k < sizeof functions / sizeof *functions; k++) {
        const function_t *f = &functions[k];
        draw_t draw = {k + 1};
        double worst = 0, where = 0;
        for (long i = 0; i < (long)(1e6 * millions); i++) {
            double x = argument(f, &draw, i);
            if (fabs(x) <= f->limit) {
                double ulps = ulps_between(f->ours(x), f->theirs((long double)x));
                where = ulps > worst ? x : where;
                worst = ulps > worst ? ulps : worst;
            }
        }
        (void)printf("%-9s %.3f ulp, at %.17g\n", f->name, worst, where);
        CHECK(worst < ULPS);
    }
}

/* Arguments for which the power neither under- nor overflows, and whole exponents. */
static void power_arguments(draw_t *draw, long i, double *x, double *y)
{
    double unit = draw_uniform(draw) - 0.5;
    switch (i % 4) {
    case 0:
        *x = fabs(any_double(draw));
        *y = *x > 0 && *x < HUGE_VAL ? 1490 * unit / log(*x) : unit;
        break;
    case 1:
        *x = 1 + ldexp(unit, -(int)draw_below(draw, 50));
        *y = 1490 * (draw_uniform(draw) - 0.5) / log(*x);
        break;
    case 2:
        *x = -40 * unit;
        *y = (double)draw_below(draw, 400) - 200;
        break;
    default:
        *x = any_double(draw);
        *y = any_double(draw);
    }
}

static void test_power_errors(double millions)
{
    draw_t draw = {77};
    double worst = 0, where[2] = {0, 0};
    for (long i = 0; i < (long)(1e6 * millions); i++) {
        double x = 0, y = 0;
        power_arguments(&draw, i, &x, &y);
        double ulps = ulps_between(ebb_math_pow(x, y), powl((long double)x, y));
        if (ulps > worst) {
            worst = ulps;
            where[0] = x;
            where[1] = y;
        }
    }
    (void)printf("%-9s %.3f ulp, at %.17g, %.17g\n", "pow", worst, where[0], where[1]);
    CHECK(worst < ULPS);
    /* powers that are doubles are met exactly */
    for (int base = -33; base <= 33; base++) {
        double want = 1;
        for (int n = 0; n <= 10; n++, want *= base) {
            CHECK(ebb_math_pow(base, n) == want);
        }
    }
    for (int n = -1074; n < 1024; n++) {
        CHECK(ebb_math_pow(2, n) == ldexp(1, n));
        CHECK(ebb_math_pow(4, n / 2.0) == ldexp(1, n));
    }
}

/* Doubles next to a multiple of pi/2: few bits are left of the argument. */
static void test_near_quarter_turns(void)
{
    draw_t draw = {5};
    double worst = 0;
    for (int i = 0; i < 20000; i++) {
        double k = floor(draw_uniform(&draw) * ldexp(1, (int)draw_below(&draw, 40)));
        double x = (double)(k * 1.57079632679489661923L);
        if (x <= EBB_TRIG_LIMIT) {
            double sine = ulps_between(ebb_math_sin(x), sinl((long double)x));
            double cosine = ulps_between(ebb_math_cos(x), cosl((long double)x));
            worst = sine > worst ? sine : worst;
            worst = cosine > worst ? cosine : worst;
        }
    }
    (void)printf("near multiples of pi/2: %.3f ulp\n", worst);
    CHECK(worst < ULPS);
}

/* log Gamma at its zeros, at 7.5 where the method changes, and where it ends. */
static void test_gamma(double millions)
{
    static const double places[] = {1, 2, 7.5, EBB_LGAMMA_LIMIT};
    draw_t draw = {9};
    double worst = 0;
    for (long i = 0; i < (long)(1e6 * millions); i++) {
        double place = places[i % 4];
        double off = ldexp(draw_uniform(&draw) - 0.5, -(int)draw_below(&draw, 52));
        double x = place * (1 + off);
        double ulps = ulps_between(ebb_math_lgamma(x), lgamma_long((long double)x));
        worst = ulps > worst ? ulps : worst;
    }
    (void)printf("lgamma near 1, 2, 7.5 and its end: %.3f ulp\n", worst);
    CHECK(worst < ULPS);
    CHECK(isfinite(ebb_math_lgamma(EBB_LGAMMA_LIMIT)));
}

static int same(double got, double want)
{
    return isnan(want) ? isnan(got) : ebb_bits_of(got) == ebb_bits_of(want);
}

#define INF ((double)INFINITY)
#define NOT ((double)NAN)
#define BIG DBL_MAX
#define TINY 0x1p-1074

static void test_special_values(void)
{
    static const struct {
        double (*f)(double);
        double x, want;
    } cases[] = {
        {ebb_math_exp, 0, 1},
        {ebb_math_exp, -0.0, 1},
        {ebb_math_exp, -INF, 0},
        {ebb_math_exp, INF, INF},
        {ebb_math_exp, 710, INF},
        {ebb_math_exp, -745.2, 0},
        {ebb_math_exp, -745.1, TINY},
        {ebb_math_exp, TINY, 1},
        {ebb_math_expm1, -0.0, -0.0},
        {ebb_math_expm1, TINY, TINY},
        {ebb_math_expm1, -INF, -1},
        {ebb_math_expm1, INF, INF},
        {ebb_math_log, 0, -INF},
        {ebb_math_log, -0.0, -INF},
        {ebb_math_log, 1, 0},
        {ebb_math_log, -1, NOT},
        {ebb_math_log, INF, INF},
        {ebb_math_log, -INF, NOT},
        {ebb_math_log1p, -0.0, -0.0},
        {ebb_math_log1p, -1, -INF},
        {ebb_math_log1p, -1.5, NOT},
        {ebb_math_log1p, INF, INF},
        {ebb_math_log1p, TINY, TINY},
        {ebb_math_sin, -0.0, -0.0},
        {ebb_math_sin, INF, NOT},
        {ebb_math_sin, 0x1.1p40, NOT},
        {ebb_math_sin, TINY, TINY},
        {ebb_math_cos, 0, 1},
        {ebb_math_cos, -INF, NOT},
        {ebb_math_cos, -0x1.1p40, NOT},
        {ebb_math_tanh, -0.0, -0.0},
        {ebb_math_tanh, INF, 1},
        {ebb_math_tanh, -INF, -1},
        {ebb_math_tanh, TINY, TINY},
        {ebb_math_atan, -0.0, -0.0},
        {ebb_math_atan, INF, 1.5707963267948966},
        {ebb_math_atan, BIG, 1.5707963267948966},
        {ebb_math_atan, -INF, -1.5707963267948966},
        {ebb_math_atan, TINY, TINY},
        {ebb_math_logistic, 0, 0.5},
        {ebb_math_logistic, INF, 1},
        {ebb_math_logistic, -INF, 0},
        {ebb_math_logistic, -BIG, 0},
        {ebb_math_softplus, -INF, 0},
        {ebb_math_softplus, INF, INF},
        {ebb_math_softplus, BIG, BIG},
        {ebb_math_lgamma, 0, INF},
        {ebb_math_lgamma, -0.0, INF},
        {ebb_math_lgamma, -1.5, NOT},
        {ebb_math_lgamma, -INF, NOT},
        {ebb_math_lgamma, INF, INF},
        {ebb_math_lgamma, BIG, INF},
        {ebb_math_lgamma, 1, 0},
        {ebb_math_lgamma, 2, 0},
        {ebb_math_lgamma, 3, 0.69314718055994531},
        {ebb_math_floor, -0.0, -0.0},
        {ebb_math_floor, -0.5, -1},
        {ebb_math_floor, 2.5, 2},
        {ebb_math_floor, -INF, -INF},
        {ebb_math_floor, TINY, 0},
        {ebb_math_floor, -TINY, -1},
        {ebb_math_floor, 0x1p53, 0x1p53},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int holds = same(cases[i].f(cases[i].x), cases[i].want);
        if (!holds) {
            (void)fprintf(stderr, "case %zu: at %g got %g\n", i, cases[i].x,
                          cases[i].f(cases[i].x));
        }
        CHECK(holds);
    }
    for (size_t k = 0; k < sizeof functions / sizeof *functions; k++) {
        CHECK(isnan(functions[k].ours(NOT)) && isnan(functions[k].ours(-NOT)));
    }
    CHECK(isnan(ebb_math_floor(NOT)));
}

/* Annex F of C: all pairs of special arguments as the C library has them. */
static void test_power_rules(void)
{
    static const double some[] = {
        0,          -0.0,       1,           -1,           0.5,   -0.5,   2,
        -2,         3,          -3,          2.5,          -2.5,  0x1p53, -0x1p53,
        0x1p53 - 1, 0x1p52 + 1, -0x1p52 - 1, 0x1p51 + 0.5, 1e300, -1e300, TINY,
        -TINY,      INF,        -INF,        NOT};
    const size_t n = sizeof some / sizeof *some;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double got = ebb_math_pow(some[i], some[j]), want = pow(some[i], some[j]);
            int holds = isnan(want) || want == 0 || isinf(want) || fabs(want) == 1
                            ? same(got, want)
                            : fabs(got - want) <= 4e-16 * fabs(want);
            if (!holds) {
                (void)fprintf(stderr, "%g ^ %g: got %g, want %g\n", some[i], some[j],
                              got, want);
            }
            CHECK(holds);
        }
    }
}

/* The deepest fall, in ulp, among sixteen neighbours of x; what rises should not. */
static double deepest_fall(const function_t *f, double x)
{
    double deepest = 0;
    for (int i = 0; i < 8; i++) {
        x = nextafter(x, -HUGE_VAL);
    }
    double last = f->ours(x);
    for (int i = 0; i < 16; i++) {
        x = nextafter(x, HUGE_VAL);
        double next = f->ours(x);
        if (next < last) {
            double fall = ulps_between(next, (long double)last);
            deepest = fall > deepest ? fall : deepest;
        }
        last = next;
    }
    return deepest;
}

/* Where the reduction changes, most functions rise from neighbour to neighbour; those
 * made of two others may fall by one ulp. */
static void test_rises(void)
{
    draw_t draw = {6};
    for (size_t k = 0; k < sizeof functions / sizeof *functions; k++) {
        const function_t *f = &functions[k];
        double deepest = 0;
        int rises = f->limit > EBB_TRIG_LIMIT && f->steady >= 0;
        for (int i = 0; rises && i < 3000; i++) {
            double fall = deepest_fall(f, argument(f, &draw, 4));
            deepest = fall > deepest ? fall : deepest;
        }
        CHECK(deepest <= (f->steady > 0 ? 0 : 1));
    }
}

int main(int argc, char **argv)
{
    double millions = argc > 1 ? strtod(argv[1], NULL) : 0.15;
    if (LDBL_MANT_DIG >= 64) {
        test_errors(millions);
        test_power_errors(millions);
        test_near_quarter_turns();
        test_gamma(millions);
    } else {
        (void)puts("errors: skipped, long double is no more than double here");
    }
    test_special_values();
    test_power_rules();
    test_rises();
    return check_report(__FILE__);
}
