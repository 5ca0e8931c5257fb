/* SPDX-License-Identifier: MIT
 * Chance: strong orders of the methods with noise, moments against closed forms, counts
 * of events against Poisson's law. Numbers of couples and bounds are such that a right
 * engine fails a check with a probability below 1e-6; the seed is fixed besides.
 *
 *     test_run_noise MODELS */
#include "run_couple.h"

#include "math/random.h"

static const char brownian[] = "model geometric \"x\"\ntime unit\npersons a\n"
                               "state a.x = 1\nstate a.w = 0\n"
                               "d a.x = 0.5*x\nnoise a.x = 0.8*x\n"
                               "d a.w = 0\nnoise a.w = 1\n";

/* --- strong order ----------------------------------------------------------------- */

/* Geometric motion x = exp((mu - s^2/2) t + s W) along its own path: the engine's
 * numbers give W, so the error of the path is known. */
static double strong_error(ebb_method_t method, double step)
{
    enum { COUPLES = 400 };
    ebb_model_t *model = model_of(brownian);
    double end = 1, sum = 0;
    ebb_run_settings_t s = {.method = method,
                            .step = step,
                            .length = 1,
                            .times = &end,
                            .time_count = 1,
                            .seed = 11};
    double *values = values_of(model, NULL, &s, 0, COUPLES);
    size_t steps = (size_t)(1 / step + 0.5);
    for (uint32_t c = 0; c < COUPLES; c++) {
        double w = 0;
        for (uint64_t k = 0; k < steps; k++) { /* noise of x is slot 0 */
            w += sqrt(step) * ebb_random_normal(ebb_random_at(11, c, k, 0).a);
        }
        double exact = exp(0.5 - 0.32 + 0.8 * w);
        sum += fabs(values[2 * c] - exact);
    }
    free(values);
    ebb_model_free(model);
    return sum / COUPLES;
}

static double slope_of(ebb_method_t method)
{
    double coarse = strong_error(method, 1. / 16),
           fine = strong_error(method, 1. / 256);
    return log2(coarse / fine) / 4;
}

static void test_strong_orders(void)
{
    CHECK_NEAR(slope_of(EBB_METHOD_EULER), 0.5, 0.1);
    CHECK_NEAR(slope_of(EBB_METHOD_HEUN), 1.0, 0.1);
}

/* --- moments ---------------------------------------------------------------------- */

/* Mean and sd of an output at the end, over couples. */
static ebb_run_total_t total_of(const char *text, const ebb_run_settings_t *given,
                                size_t output, uint64_t couples)
{
    ebb_model_t *model = model_of(text);
    ebb_run_settings_t s = *given;
    s.times = &s.length;
    s.time_count = 1;
    ebb_simulation_t *run = NULL;
    ebb_run_totals_t *totals = NULL;
    CHECK(ebb_run_new(&run, model, NULL, &s, NULL) == EBB_OK);
    CHECK(ebb_run_totals_new(&totals, run, false, NULL) == EBB_OK);
    ebb_run_job_t job = {.end = couples, .totals = totals};
    CHECK(ebb_run_range(run, &job, NULL) == EBB_OK && job.failed == 0);
    ebb_run_total_t total = ebb_run_total(totals, 0, output);
    ebb_run_totals_free(totals);
    ebb_run_free(run);
    ebb_model_free(model);
    return total;
}

/* Ornstein and Uhlenbeck: sd sigma / sqrt(2 theta) at rest, mean x0 e^(-theta t). */
static void test_ornstein_uhlenbeck(void)
{
    static const char text[] = "model ou \"x\"\ntime unit\npersons a\nstate a.x = 2\n"
                               "d a.x = -0.5*x\nnoise a.x = 0.6\n";
    ebb_run_settings_t s = {.length = 2, .step = 0.02, .seed = 5};
    ebb_run_total_t total = total_of(text, &s, 0, 4000);
    double sd = sqrt(0.36 * (1 - exp(-2.)));
    CHECK_NEAR(total.mean, 2 * exp(-1.), 5 * sd / sqrt(4000.));
    CHECK_NEAR(total.sd, sd, 5 * sd / sqrt(8000.));
    s.method = EBB_METHOD_EULER;
    CHECK_NEAR(total_of(text, &s, 0, 4000).sd, sd, 5 * sd / sqrt(8000.) + 0.01);
}

/* Events of constant rate: their count has Poisson's mean and variance, their sizes
 * their law, with steps and without. */
static void test_poisson(void)
{
    static const char text[] =
        "model jumps \"x\"\ntime unit\npersons a\nstate a.n = 0\nstate a.s = 0\n"
        "d a.n = 0\nd a.s = 0\nnoise a.s = 0*s\n"
        "event a.hit rate 2 size exponential(0.5) -> n += 1, s += size\n";
    static const char smooth[] =
        "model jumps \"x\"\ntime unit\npersons a\nstate a.n = 0\nstate a.s = 0\n"
        "d a.n = 0\nd a.s = 0\n"
        "event a.hit rate 2 size exponential(0.5) -> n += 1, s += size\n";
    const char *texts[2] = {text, smooth};
    for (int k = 0; k < 2; k++) {
        ebb_run_settings_t s = {.length = 3, .step = 0.25, .seed = 3};
        ebb_run_total_t count = total_of(texts[k], &s, 0, 4000);
        ebb_run_total_t size = total_of(texts[k], &s, 1, 4000);
        CHECK_NEAR(count.mean, 6, 5 * sqrt(6 / 4000.));
        CHECK_NEAR(count.sd, sqrt(6.), 0.2);
        CHECK_NEAR(size.mean, 3, 5 * sqrt(3 / 4000.)); /* variance n E(size^2) */
        CHECK_NEAR(size.sd, sqrt(3.), 0.2);
    }
}

/* A rate that falls with each event: pure death from 20, mean 20 e^-t, binomial. */
static void test_death(void)
{
    static const char text[] = "model death \"x\"\ntime unit\npersons a\n"
                               "state a.n = 20\nd a.n = 0\n"
                               "event a.one rate n -> n -= 1\n";
    ebb_run_settings_t s = {.length = 1, .seed = 9};
    ebb_run_total_t total = total_of(text, &s, 0, 4000);
    double p = exp(-1.), sd = sqrt(20 * p * (1 - p));
    CHECK_NEAR(total.mean, 20 * p, 5 * sd / sqrt(4000.));
    CHECK_NEAR(total.sd, sd, 5 * sd / sqrt(8000.));
}

/* In steps an event of rate r happens with probability 1 - e^-r. */
static void test_steps(void)
{
    static const char text[] = "model steps \"x\"\ntime turn\npersons a\n"
                               "state a.n = 0\nnext a.n = n\n"
                               "event a.one rate 0.7 -> n += 1\n";
    ebb_run_settings_t s = {.length = 10, .seed = 9};
    ebb_run_total_t total = total_of(text, &s, 0, 4000);
    double p = 1 - exp(-0.7), sd = sqrt(10 * p * (1 - p));
    CHECK_NEAR(total.mean, 10 * p, 5 * sd / sqrt(4000.));
    CHECK_NEAR(total.sd, sd, 5 * sd / sqrt(8000.));
}

/* A rate that depends on a state which moves: time to the first event of rate t has
 * survival e^(-t^2/2). */
static void test_hazard(void)
{
    static const char text[] = "model hazard \"x\"\ntime unit\npersons a\n"
                               "state a.rising = 0\nstate a.alive = 1\n"
                               "d a.rising = 1\nd a.alive = 0\n"
                               "event a.end rate rising*alive -> alive = 0\n";
    ebb_run_settings_t s = {.length = 1, .seed = 2};
    double p = exp(-0.5);
    ebb_run_total_t total = total_of(text, &s, 1, 4000);
    CHECK_NEAR(total.mean, p, 5 * sqrt(p * (1 - p) / 4000));
}

/* Noise at a bound that reflects keeps the state inside. */
static void test_bounds(void)
{
    static const char text[] = "model walls \"x\"\ntime unit\npersons a\n"
                               "state a.x = 0.5 reflect [0, 1]\n"
                               "state a.y = 0.5 clip [0, 1]\n"
                               "d a.x = 0\nnoise a.x = 0.7\n"
                               "d a.y = 0\nnoise a.y = 0.7\n";
    ebb_run_settings_t s = {.length = 4, .step = 0.01, .seed = 2};
    ebb_run_total_t x = total_of(text, &s, 0, 2000), y = total_of(text, &s, 1, 2000);
    CHECK(x.lowest >= 0 && x.highest <= 1 && y.lowest == 0 && y.highest == 1);
    CHECK_NEAR(x.mean, 0.5, 0.04); /* uniform in the end */
    CHECK_NEAR(x.sd, sqrt(1. / 12), 0.03);
}

/* --- a conversation --------------------------------------------------------------- */

/* Sums of products of x(t + 1), x(t) and the partner's y(t). */
typedef struct products {
    double next_next, next_own, next_other, own_own, own_other, other_other;
} products_t;

static void products_add(products_t *p, double next, double own, double other)
{
    p->next_next += next * next;
    p->next_own += next * own;
    p->next_other += next * other;
    p->own_own += own * own;
    p->own_other += own * other;
    p->other_other += other * other;
}

/* Shares of variance of the next mood that own mood, the partner's, and both explain:
 * of 400 couples, 100 steps each after the first 20. */
static void explained(const ebb_model_t *model, double shares[3])
{
    enum { COUPLES = 400, STEPS = 120, FIRST = 20 };
    double *times = times_every(1, STEPS);
    ebb_run_settings_t s = {
        .length = STEPS, .times = times, .time_count = STEPS, .seed = 12};
    double *values = values_of(model, NULL, &s, 0, COUPLES);
    products_t p = {0};
    for (size_t c = 0; c < COUPLES; c++) {
        const double *moods = values + c * STEPS * 2;
        for (size_t t = FIRST; t + 1 < STEPS; t++) {
            products_add(&p, moods[2 * t + 2], moods[2 * t], moods[2 * t + 1]);
            products_add(&p, moods[2 * t + 3], moods[2 * t + 1], moods[2 * t]);
        }
    }
    double other = p.next_other * p.next_other / (p.next_next * p.other_other);
    double own = p.next_own * p.next_own / (p.next_next * p.own_own);
    double between = p.own_other * p.own_other / (p.own_own * p.other_other);
    double cross = 2 * p.next_own * p.next_other * p.own_other /
                   (p.next_next * p.own_own * p.other_other);
    shares[0] = own;
    shares[1] = other;
    shares[2] = (own + other - cross) / (1 - between);
    free(values);
    free(times);
}

/* Of inertia alone .31 is known from conversations, of the partner alone .15, of both
 * .36; what the partner adds is small, .05 give or take .04. */
static void test_conversation(const char *models)
{
    ebb_model_t *model = model_of_file(models, "inertia_coordination");
    double shares[3];
    explained(model, shares);
    CHECK_NEAR(shares[0], 0.31, 0.02);
    CHECK_NEAR(shares[1], 0.15, 0.02);
    CHECK_NEAR(shares[2], 0.36, 0.02);
    CHECK_NEAR(shares[2] - shares[0], 0.05, 0.04);
    ebb_model_free(model);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    test_conversation(argv[1]);
    test_strong_orders();
    test_ornstein_uhlenbeck();
    test_poisson();
    test_death();
    test_steps();
    test_hazard();
    test_bounds();
    return check_report(__FILE__);
}
