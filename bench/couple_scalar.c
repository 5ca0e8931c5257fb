/* SPDX-License-Identifier: MIT
 *
 * models/pursue_withdraw_small.ebb as one writes it by hand: one couple after the
 * other, in doubles, Heun's steps, libm, xoshiro256++ and Box and Muller. What a
 * straightforward C program takes is what the engine is held against; to be compiled
 * with -O3 -march=native.
 *
 *     couple_scalar COUPLES DAYS STEP
 *
 * Prints ns of processor time per couple-day, and the means of alarm and love, to be
 * held against the model's. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* --- chance ----------------------------------------------------------------------- */

/* Blackman and Vigna 2019, begun by splitmix64. */
typedef struct generator {
    uint64_t s[4];
    double spare; /* the second number of Box and Muller */
    int has_spare;
} generator_t;

static uint64_t rotated(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

static uint64_t next_bits(generator_t *g)
{
    uint64_t *s = g->s, result = rotated(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return result;
}

/* Uniform in (0, 1]. */
static double next_uniform(generator_t *g)
{
    return (double)((next_bits(g) >> 11) + 1) * 0x1p-53;
}

static double next_normal(generator_t *g)
{
    if (g->has_spare) {
        g->has_spare = 0;
        return g->spare;
    }
    double radius = sqrt(-2 * log(next_uniform(g)));
    double angle = 6.283185307179586 * next_uniform(g);
    g->spare = radius * sin(angle);
    g->has_spare = 1;
    return radius * cos(angle);
}

static double next_exponential(generator_t *g)
{
    return -log(next_uniform(g));
}

static generator_t begin_generator(uint64_t seed)
{
    generator_t g = {.has_spare = 0};
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        g.s[i] = z ^ (z >> 31);
    }
    return g;
}

/* --- the model -------------------------------------------------------------------- */

typedef struct params {
    double need_slope, vigilance_slope, pressure_slope, prototype;
    double gain_need, gain_closed, gain_missing, gain_issues, gain_pressure;
    double soothe, trusted_contact, masking, giving_up, contact_rate, initiative;
    double stress_gain, stress_days, honeymoon, honeymoon_days;
    double trigger_rate, trigger_size, hardening, softening, trust_rate, accustom_days;
    double issue_rate, discourage, hope, love_rate, wear;
    double satisfaction_days, distress_weight, hazard_scale, investment_days, barrier;
    double uptake, uptake_days, forget_days, therapy;
} params_t;

/* What follows from a couple's numbers and stays. */
typedef struct fixed {
    double need[2], vigilance[2], pressure[2];
    double stress, honeymoon, accustom, satisfaction, investment, uptake, forget, noise;
} fixed_t;

/* States, and the chance left to each event; all are doubles in a row. */
typedef struct couple {
    double alarm[2], overload[2], hardness[2], trust[2], discouragement[2];
    double accustomed[2], love[2], satisfaction[2];
    double contact, issues, stress, skill, early, invested, together;
    double to_trigger, to_leaving[2];
} couple_t;

enum { NUMBERS = sizeof(couple_t) / sizeof(double) };

/* What one sees of the other. */
typedef struct shown {
    double pursuit[2], withdrawal[2], openness[2];
} shown_t;

static double positive(double x)
{
    return x > 0 ? x : 0;
}

static double bounded(double x)
{
    return x / sqrt(1 + x * x);
}

static double above(double x)
{
    double x2 = x * x;
    return x2 * x2 / (1 + x2 * x2);
}

static fixed_t begin_fixed(const params_t *p, const double anxiety[2],
                           const double avoidance[2])
{
    fixed_t f = {.stress = 1 / p->stress_days,
                 .honeymoon = 1 / p->honeymoon_days,
                 .accustom = 1 / p->accustom_days,
                 .satisfaction = 1 / p->satisfaction_days,
                 .investment = 1 / p->investment_days,
                 .uptake = 1 / p->uptake_days,
                 .forget = 1 / p->forget_days,
                 .noise = sqrt(2 / p->stress_days)};
    for (int i = 0; i < 2; i++) {
        f.need[i] = 1 / (1 + exp(-p->need_slope * (anxiety[i] - avoidance[i])));
        f.vigilance[i] = exp(p->vigilance_slope * anxiety[i]);
        f.pressure[i] = exp(p->pressure_slope * avoidance[i]);
    }
    return f;
}

static double sensitivity_of(const params_t *p, const couple_t *x)
{
    return (1 + p->stress_gain * positive(x->stress)) * (1 - x->early);
}

/* Rates of all that is shared. */
static void shared_rates(const params_t *p, const fixed_t *f, const couple_t *x,
                         const shown_t *s, couple_t *d)
{
    const double *pursuit = s->pursuit, *openness = s->openness;
    double load = x->alarm[0] + x->alarm[1] + x->overload[0] + x->overload[1];
    double load2 = load * load, calm = 1 / (1 + load2 * load2);
    double reaching = p->initiative + pursuit[0] + pursuit[1];
    double unanswered = pursuit[0] * (1 - openness[1]) + pursuit[1] * (1 - openness[0]);
    double reached = openness[0] * openness[1] * reaching / (1 + reaching);
    d->contact = p->contact_rate * (reached - x->contact);
    d->issues = p->issue_rate *
                (unanswered * (1 - x->issues) - calm * (1 + x->skill) * x->issues);
    d->stress = -f->stress * x->stress;
    d->skill = f->uptake * p->therapy * (p->uptake - x->skill) -
               f->forget * (1 - p->therapy) * x->skill;
    d->early = -f->honeymoon * x->early;
    d->invested = f->investment * (1 - x->invested);
    d->together = 0;
    d->to_trigger = -p->trigger_rate;
}

/* Rates of partner i. */
static void partner_rates(const params_t *p, const fixed_t *f, const couple_t *x, int i,
                          const shown_t *s, couple_t *d)
{
    const double *pursuit = s->pursuit, *openness = s->openness;
    int j = 1 - i;
    double sensitivity = sensitivity_of(p, x), love = x->love[i];
    double soothing = p->soothe * (1 + 0.35 * x->skill);
    double unanswered = pursuit[i] * (1 - openness[j]);
    double fear =
        p->gain_need * positive(f->need[i] - x->contact) +
        p->gain_closed * (1 - 0.35 * x->skill) * (1 - x->trust[i]) * (1 - openness[j]) +
        p->gain_missing * positive(x->accustomed[i] - pursuit[j]) +
        p->gain_issues * x->issues;
    d->alarm[i] =
        f->vigilance[i] * love * sensitivity * fear -
        (soothing + p->trusted_contact * x->trust[i] * x->contact) * x->alarm[i];
    d->overload[i] = f->pressure[i] * (1 - love * f->need[i]) * sensitivity *
                         p->gain_pressure * (1 - 0.35 * x->skill) * pursuit[j] *
                         x->contact -
                     soothing * x->overload[i];
    d->hardness[i] =
        p->hardening * s->withdrawal[i] * x->overload[i] * (1 - x->hardness[i]) -
        p->softening * (1 + 4 * x->skill) * x->hardness[i];
    d->trust[i] = p->trust_rate * (p->prototype * openness[j] - x->trust[i]);
    d->discouragement[i] = p->discourage * unanswered * (1 - x->discouragement[i]) -
                           p->hope * openness[j] * x->discouragement[i];
    d->accustomed[i] = f->accustom * (pursuit[j] - x->accustomed[i]);
    d->love[i] = p->love_rate *
                 (x->contact * (1 - love) - p->wear * x->discouragement[i] * love);
    double met = x->contact / f->need[i];
    double distress = bounded(x->alarm[i]) + bounded(x->overload[i]);
    d->satisfaction[i] =
        f->satisfaction *
        ((met < 1 ? met : 1) - p->distress_weight * distress - x->satisfaction[i]);
    d->to_leaving[i] = -p->hazard_scale * x->together *
                       exp(-(x->satisfaction[i] + love + x->invested + p->barrier));
}

static void rates(const params_t *p, const fixed_t *f, const couple_t *x, couple_t *d)
{
    shown_t s;
    for (int i = 0; i < 2; i++) {
        double wish = positive(1 - p->giving_up * x->discouragement[i]) * x->alarm[i];
        s.pursuit[i] = bounded(positive(wish - p->masking * x->overload[i]));
        s.withdrawal[i] = above((1 + x->hardness[i]) * x->overload[i]);
        s.openness[i] = x->love[i] * (1 - s.withdrawal[i]);
    }
    shared_rates(p, f, x, &s, d);
    for (int i = 0; i < 2; i++) {
        partner_rates(p, f, x, i, &s, d);
    }
}

/* --- a run ------------------------------------------------------------------------ */

static couple_t begin_couple(const params_t *p, generator_t *g)
{
    couple_t x = {.contact = p->initiative / (1 + p->initiative),
                  .early = p->honeymoon,
                  .together = 1};
    for (int i = 0; i < 2; i++) {
        x.trust[i] = 0.8 * p->prototype;
        x.love[i] = 0.95;
        x.satisfaction[i] = 0.8;
        x.to_leaving[i] = next_exponential(g);
    }
    x.to_trigger = next_exponential(g);
    return x;
}

static void happen(const params_t *p, const fixed_t *f, couple_t *x, generator_t *g)
{
    if (x->to_trigger <= 0) {
        double size = p->trigger_size * next_exponential(g);
        double sensitivity = sensitivity_of(p, x);
        for (int i = 0; i < 2; i++) {
            x->alarm[i] += f->vigilance[i] * x->love[i] * sensitivity * size;
        }
        x->to_trigger += next_exponential(g);
    }
    for (int i = 0; i < 2; i++) {
        if (x->to_leaving[i] <= 0) {
            x->together = 0;
            x->to_leaving[i] += next_exponential(g);
        }
    }
}

static void step_couple(const params_t *p, const fixed_t *f, couple_t *x, double h,
                        generator_t *g)
{
    couple_t first, second, middle;
    double push = f->noise * sqrt(h) * next_normal(g);
    double *now = (double *)x, *next = (double *)&middle;
    const double *a = (const double *)&first, *b = (const double *)&second;
    rates(p, f, x, &first);
    for (int k = 0; k < NUMBERS; k++) {
        next[k] = now[k] + h * a[k];
    }
    middle.stress += push;
    rates(p, f, &middle, &second);
    for (int k = 0; k < NUMBERS; k++) {
        now[k] += 0.5 * h * (a[k] + b[k]);
    }
    x->stress += push;
    if (x->to_trigger <= 0 || x->to_leaving[0] <= 0 || x->to_leaving[1] <= 0) {
        happen(p, f, x, g);
    }
}

static params_t begin_params(void)
{
    return (params_t){
        .need_slope = 0.5,
        .vigilance_slope = 0.3,
        .pressure_slope = 0.35,
        .prototype = 0.82,
        .gain_need = 1,
        .gain_closed = 3,
        .gain_missing = 1.5,
        .gain_issues = 1,
        .gain_pressure = 6,
        .soothe = 1.75,
        .trusted_contact = 3,
        .masking = 0.5,
        .giving_up = 1.2,
        .contact_rate = 3,
        .initiative = 1.5,
        .stress_gain = 0.25,
        .stress_days = 20,
        .honeymoon = 0.6,
        .honeymoon_days = 150,
        .trigger_rate = 0.25,
        .trigger_size = 1,
        .hardening = 0.012,
        .softening = 0.002,
        .trust_rate = 0.01,
        .accustom_days = 45,
        .issue_rate = 0.15,
        .discourage = 0.04,
        .hope = 0.012,
        .love_rate = 0.004,
        .wear = 0.4,
        .satisfaction_days = 60,
        .distress_weight = 0.8,
        .hazard_scale = 0.00285,
        .investment_days = 700,
        .barrier = 0,
        .uptake = 0.6,
        .uptake_days = 60,
        .forget_days = 365,
        .therapy = 0,
    };
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        (void)fprintf(stderr, "usage: couple_scalar COUPLES DAYS STEP\n");
        return 2;
    }
    uint64_t couples = strtoull(argv[1], NULL, 10);
    double h = strtod(argv[3], NULL), days = strtod(argv[2], NULL);
    uint64_t steps = (uint64_t)(days / h + 0.5);
    params_t p = begin_params();
    const double traits[2] = {0, 0};
    double alarm = 0, love = 0;
    clock_t begin = clock();
    for (uint64_t c = 0; c < couples; c++) {
        generator_t g = begin_generator(c);
        fixed_t f = begin_fixed(&p, traits, traits);
        couple_t x = begin_couple(&p, &g);
        for (uint64_t k = 0; k < steps; k++) {
            step_couple(&p, &f, &x, h, &g);
        }
        alarm += x.alarm[0];
        love += x.love[0];
    }
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    (void)printf("%.2f %.4f %.4f\n", seconds * 1e9 / ((double)couples * days),
                 alarm / (double)couples, love / (double)couples);
    return 0;
}
