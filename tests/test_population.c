/* SPDX-License-Identifier: MIT
 * Populations whose fate is known: constant hazards, two ways to end, coming and going.
 * And that a tally is the sum of its shards, whoever runs them and in whatever order.
 */
#include "ebb/population.h"

#include "ebb/pair.h"
#include "ebb/shards.h"
#include "ebb/survival.h"
#include "run_couple.h"
#include "study/people.h"

enum { COUPLES = 8000 };

/* Two ways to part, quicker where both are hasty, and a way back. */
static const char parting[] =
    "model parting \"Parting and coming back\"\n"
    "time day\n"
    "param quarrel = 0.004 in [0, 1], drift = 0.006 in [0, 1], back = 0 in [0, 1]\n"
    "trait haste = 0 in [-9, 9], warmth = 0 in [-9, 9]\n"
    "shared together = 1, angry = 0\n"
    "let pace = if lowest(haste) > 0 then 2 else 1\n"
    "d together = 0\n"
    "d angry = 0\n"
    "shared event quarrelling rate quarrel*pace*together -> together = 0, angry = 1\n"
    "shared event drifting rate drift*pace*together -> together = 0, angry = 0\n"
    "shared event returning rate back*(1 - together) -> together = 1\n"
    "lasts while together > 0.5\n";

#define HEAD "population p uses parting\nrun 200\nreport every 20\n"

typedef struct population_run {
    ebb_model_t *model;
    ebb_population_t *population;
    ebb_lives_t *lives;
    ebb_lives_info_t info;
    uint64_t *tally;
} population_run_t;

/* Reads and opens; no shard is run. */
static population_run_t opened_of(const char *model, const char *text, uint64_t couples,
                                  size_t workers)
{
    population_run_t run = {.model = model_of(model)};
    ebb_model_text_t source = {.bytes = text, .size = strlen(text), .label = "text"};
    const ebb_lives_settings_t settings = {
        .couples = couples, .seed = 5, .workers = workers};
    ebb_error_t error = {0};
    int code = ebb_population_read(&run.population, run.model, &source, NULL, &error);
    code = code ? code : ebb_lives_new(&run.lives, run.population, &settings, &error);
    check_one(code == EBB_OK, error.text, __FILE__, __LINE__);
    if (!code) {
        run.info = ebb_lives_info(run.lives);
        run.tally = calloc(run.info.numbers, sizeof *run.tally);
    }
    return run;
}

static population_run_t opened(const char *text, uint64_t couples, size_t workers)
{
    return opened_of(parting, text, couples, workers);
}

static population_run_t ran_of(const char *model, const char *text, uint64_t couples)
{
    population_run_t run = opened_of(model, text, couples, 1);
    for (uint64_t k = 0; k < run.info.shards; k++) {
        CHECK(ebb_lives_shard(run.lives, 0, k, run.tally, NULL) == EBB_OK);
    }
    return run;
}

static population_run_t ran(const char *text, uint64_t couples)
{
    return ran_of(parting, text, couples);
}

static void closed(population_run_t *run)
{
    free(run->tally);
    ebb_lives_free(run->lives);
    ebb_population_free(run->population);
    ebb_model_free(run->model);
}

/* How many of a group have parted by the end of a stretch, by one way or (below 0) by
 * any. */
static double parted(const population_run_t *run, size_t g, size_t bin, int way)
{
    ebb_lives_group_t group = ebb_lives_group(run->lives, run->tally, g);
    uint64_t sum = 0;
    for (size_t k = 0; k < (bin + 1) * run->info.endings; k++) {
        bool counts = way < 0 || k % run->info.endings == (size_t)way;
        sum += counts ? group.parted[k] : 0;
    }
    return (double)sum;
}

/* A share of n couples is what is expected, within 4.5 standard errors. */
static void check_share(double count, double n, double p, int line)
{
    char what[96];
    (void)snprintf(what, sizeof what, "share %.4f of %.0f, expected %.4f", count / n, n,
                   p);
    check_one(fabs(count / n - p) < 4.5 * sqrt(p * (1 - p) / n), what, __FILE__, line);
}

/* --- known fates ------------------------------------------------------------------ */

/* S(t) = exp(-(q + r) t); of those that ended q / (q + r) quarrelled. */
static void test_hazard(void)
{
    population_run_t run = ran(HEAD "ending quarrel when angry > 0.5\n"
                                    "ending drift when angry < 0.5\n",
                               COUPLES);
    CHECK(run.info.bins == 10 && run.info.endings == 3 && run.info.groups == 1);
    CHECK(!run.info.judged && !run.info.episodes && run.info.year == 365.25);
    CHECK(*run.info.people == '\0');
    for (size_t b = 0; b < run.info.bins; b++) {
        double gone = 1 - exp(-0.01 * ebb_lives_time(run.lives, b + 1));
        check_share(parted(&run, 0, b, -1), COUPLES, gone, __LINE__);
        check_share(parted(&run, 0, b, 0), COUPLES, 0.4 * gone, __LINE__);
        check_share(parted(&run, 0, b, 1), COUPLES, 0.6 * gone, __LINE__);
        ebb_lives_group_t all = ebb_lives_group(run.lives, run.tally, 0);
        CHECK((double)all.together[b + 1] == COUPLES - parted(&run, 0, b, -1));
    }
    CHECK(parted(&run, 0, 9, 2) == 0);
    CHECK(ebb_lives_group(run.lives, run.tally, 0).reunited == 0);
    closed(&run);
}

/* A quarter of couples are both hasty, and part twice as fast; who is satisfied is so
 * whether they part or not. */
static void test_groups(void)
{
    population_run_t run =
        ran(HEAD "people haste = normal(0, 1), warmth = normal(1, 2)\n"
                 "group hasty \"both\" when lowest(haste) > 0\n"
                 "group never when lowest(haste) > 8\n"
                 "satisfied when highest(warmth) > 1\n",
            COUPLES);
    ebb_lives_group_t all = ebb_lives_group(run.lives, run.tally, 0);
    ebb_lives_group_t hasty = ebb_lives_group(run.lives, run.tally, 1);
    ebb_lives_group_t rest = ebb_lives_group(run.lives, run.tally, 3);
    CHECK(run.info.groups == 4 && all.couples == COUPLES && all.failed == 0);
    CHECK_STRING(hasty.name, "hasty");
    CHECK_STRING(hasty.text, "both");
    CHECK_STRING(rest.name, "");
    CHECK(ebb_lives_group(run.lives, run.tally, 2).couples == 0);
    CHECK(hasty.couples + rest.couples == COUPLES);
    check_share((double)hasty.couples, COUPLES, 0.25, __LINE__);
    for (size_t b = 0; b < run.info.bins; b++) {
        double t = ebb_lives_time(run.lives, b + 1);
        check_share(parted(&run, 1, b, -1), (double)hasty.couples, 1 - exp(-0.02 * t),
                    __LINE__);
        check_share(parted(&run, 3, b, -1), (double)rest.couples, 1 - exp(-0.01 * t),
                    __LINE__);
    }
    double gone = 1 - exp(-2.);
    check_share((double)rest.fields[EBB_LIVES_STABLE_SATISFIED], (double)rest.couples,
                0.75 * (1 - gone), __LINE__);
    check_share((double)rest.fields[EBB_LIVES_PARTED_SATISFIED], (double)rest.couples,
                0.75 * gone, __LINE__);
    check_share((double)rest.fields[EBB_LIVES_PARTED_NOT], (double)rest.couples,
                0.25 * gone, __LINE__);
    uint64_t fields = 0;
    for (size_t f = 0; f < EBB_LIVES_FIELDS; f++) {
        fields += all.fields[f];
        CHECK(all.fields[f] == hasty.fields[f] + rest.fields[f]);
    }
    CHECK(fields == COUPLES);
    closed(&run);
}

/* On and off: together with probability b/(a+b) + a/(a+b) exp(-(a+b) t), while the
 * first parting is as if there were no way back. */
static void test_return(void)
{
    population_run_t run = ran(HEAD "set back = 0.03\n", COUPLES);
    ebb_lives_group_t all = ebb_lives_group(run.lives, run.tally, 0);
    for (size_t b = 0; b < run.info.bins; b++) {
        double t = ebb_lives_time(run.lives, b + 1);
        check_share((double)all.together[b + 1], COUPLES, 0.75 + 0.25 * exp(-0.04 * t),
                    __LINE__);
        check_share(parted(&run, 0, b, -1), COUPLES, 1 - exp(-0.01 * t), __LINE__);
    }
    CHECK(all.reunited > 0 && (double)all.reunited < parted(&run, 0, 9, -1));
    CHECK(all.together[0] == COUPLES);
    closed(&run);
}

/* --- people ----------------------------------------------------------------------- */

static void test_people(void)
{
    enum { PAIRS = 100000 };
    static double scores[PAIRS * 4], other[4];
    const ebb_population_plan_t plan = {.correlation = 0.4};
    const ebb_people_t people = {&plan, NULL, 7};
    double sums[4] = {0}, products[4][4] = {{0}};
    CHECK(!ebb_people_draw(&people, 0, PAIRS, scores, NULL));
    CHECK(!ebb_people_draw(&people, 41, 42, other, NULL)); /* the same in any range */
    CHECK(memcmp(other, scores + 41 * 4, sizeof other) == 0);
    for (size_t i = 0; i < PAIRS; i++) {
        for (size_t j = 0; j < 4; j++) {
            sums[j] += scores[4 * i + j];
            for (size_t k = 0; k < 4; k++) {
                products[j][k] += scores[4 * i + j] * scores[4 * i + k];
            }
        }
    }
    for (size_t j = 0; j < 4; j++) {
        CHECK_NEAR(sums[j] / PAIRS, 0, 0.015);
        for (size_t k = 0; k < 4; k++) {
            double r = j == k ? 1 : j / 2 == k / 2 ? 0.4 : 0;
            CHECK_NEAR(products[j][k] / PAIRS, r, 0.02);
        }
    }
}

/* Two traits by which people choose, and nothing that happens. */
static const char choosing[] =
    "model choosing \"Who chooses whom\"\n"
    "time day\n"
    "trait avoidance = 0 in [-9, 9], anxiety = 0 in [-9, 9]\n"
    "shared together = 1\n"
    "d together = 0\n"
    "lasts while together > 0.5\n";

#define MARKET "population p uses choosing\nrun 1\nreport every 1\ncorrelation 0.4\n"
#define EITHER "group either when highest(min(anxiety, partner.avoidance)) > 0.43\n"
#define BOTH "group both when lowest(anxiety) > 1\n"
#define NORMS "people anxiety = normal(0, 1), avoidance = normal(0, 1)\n"

/* How many couples of `text` are of the first of its groups. */
static double in_group(const char *text, uint64_t couples)
{
    population_run_t run = ran_of(choosing, text, couples);
    double count = (double)ebb_lives_group(run.lives, run.tally, 1).couples;
    closed(&run);
    return count;
}

/* The same couples as those of `ebb pair`, counted apart: whatever it says of them the
 * population says, whichever trait is named first, in shards or at once. */
static void test_market(void)
{
    enum { MARKETS = 12 };
    const uint64_t couples = (uint64_t)MARKETS * EBB_PAIR_MARKET;
    ebb_pair_numbers_t numbers = ebb_pair_usual();
    ebb_pair_settings_t settings = {.seed = 5, .numbers = &numbers};
    ebb_pair_census_t census;
    CHECK(!ebb_pair_count(&settings, couples, 0.43, &census, NULL));
    double either = census.at.either.value * (double)couples;
    CHECK_NEAR(in_group(MARKET NORMS "pairing market\n" EITHER, couples), either, 1e-6);
    CHECK_NEAR(in_group(MARKET "people avoidance = normal(0, 1), "
                               "anxiety = normal(0, 1)\npairing market\n" EITHER,
                        couples),
               either, 1e-6);
    settings.without = EBB_PAIR_SUPPRESSED | EBB_PAIR_CALM;
    numbers.security = 1;
    CHECK(!ebb_pair_count(&settings, couples, 0.43, &census, NULL));
    CHECK(fabs(census.at.either.value * (double)couples - either) > 20);
    CHECK_NEAR(in_group(MARKET NORMS "pairing market without suppressed, calm "
                                     "with security = 1\n" EITHER,
                        couples),
               census.at.either.value * (double)couples, 1e-6);
}

/* `pairing independent` is what a file that says nothing has; a market is other. */
static void test_pairing_words(void)
{
    static const char *const texts[] = {
        MARKET NORMS,
        MARKET NORMS "pairing independent\n",
        MARKET NORMS "pairing market\n",
        MARKET NORMS "pairing market with wear = 0.2\n",
    };
    static const char *const words[] = {
        "independently of each other", "independently of each other",
        "out of a mating market", "out of a mating market that the file changes"};
    uint64_t seen[4];
    for (size_t i = 0; i < 4; i++) {
        population_run_t run = opened_of(choosing, texts[i], 300, 1);
        CHECK_STRING(run.info.people, words[i]);
        seen[i] = run.info.fingerprint;
        closed(&run);
    }
    CHECK(seen[0] == seen[1] && seen[1] != seen[2] && seen[2] != seen[3]);
    CHECK(in_group(MARKET NORMS BOTH, 2000) ==
          in_group(MARKET NORMS "pairing independent\n" BOTH, 2000));
}

/* A market in which next to nobody finds anybody says so. */
static void test_market_fails(void)
{
    population_run_t run = opened_of(
        choosing, MARKET NORMS "pairing market with hazard = 1, outgoing = 0.01\n", 10,
        1);
    ebb_error_t error = {0};
    CHECK(ebb_lives_shard(run.lives, 0, 0, run.tally, &error) == EBB_ERR_NUMERIC);
    CHECK(strstr(error.text, "too few pair"));
    closed(&run);
}

/* --- shards ----------------------------------------------------------------------- */

static int shard_of(void *user, size_t worker, uint64_t shard, uint64_t *numbers,
                    ebb_error_t *error)
{
    const population_run_t *run = user;
    return ebb_lives_shard(run->lives, worker, shard, numbers, error);
}

/* In any order, by any worker, over threads, alone: the same numbers. */
static void test_order(void)
{
    static const char text[] = HEAD "people haste = normal(0, 1)\n"
                                    "group hasty when lowest(haste) > 0\n";
    population_run_t run = ran(text, 1500), other = opened(text, 1500, 3);
    size_t size = run.info.numbers * sizeof *run.tally;
    CHECK(run.info.shards == 6 && run.info.fingerprint == other.info.fingerprint);
    for (uint64_t k = run.info.shards; k-- > 0;) {
        CHECK(!ebb_lives_shard(other.lives, k % 3, k, other.tally, NULL));
    }
    CHECK(memcmp(run.tally, other.tally, size) == 0);
    memset(other.tally, 0, size);
    ebb_shards_t shards = {.count = other.info.shards,
                           .numbers = other.info.numbers,
                           .workers = 3,
                           .run = shard_of,
                           .user = &other,
                           .sum = other.tally};
    CHECK(ebb_shards_run(&shards, NULL) == EBB_OK);
    CHECK(memcmp(run.tally, other.tally, size) == 0);
    CHECK(ebb_lives_shard(run.lives, 1, 0, run.tally, NULL) == EBB_ERR_ARGUMENT);
    CHECK(ebb_lives_shard(run.lives, 0, 6, run.tally, NULL) == EBB_ERR_ARGUMENT);
    closed(&other);
    closed(&run);
}

/* Whatever changes what is counted changes the fingerprint. */
static void test_fingerprint(void)
{
    static const char *const texts[] = {
        HEAD,
        "population p uses parting\nrun 200\nreport every 10\n",
        HEAD "group hasty when lowest(haste) > 0\n",
        HEAD "group hasty when lowest(haste) > 1\n",
        HEAD "people haste = normal(0, 1)\n",
        HEAD "people haste = normal(0.5, 1)\n",
        HEAD "people haste = normal(0, 1), warmth = normal(0, 1)\n",
        HEAD "people haste = normal(0, 1), warmth = normal(0, 1)\ncorrelation 0.1\n",
        HEAD "set back = 0.1\n",
        HEAD "ending quarrel when angry > 0.5\n",
    };
    enum { TEXTS = sizeof texts / sizeof *texts };
    uint64_t seen[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        population_run_t run = opened(texts[i], 10, 1);
        seen[i] = run.info.fingerprint;
        for (size_t j = 0; j < i; j++) {
            CHECK(seen[i] != seen[j]);
        }
        closed(&run);
    }
    population_run_t more = opened(texts[0], 11, 1);
    CHECK(more.info.fingerprint != seen[0]);
    closed(&more);
}

/* Who has come back has numbers again: as many couples as are together at the time. */
static void test_rows_back(void)
{
    enum { COLUMNS = EBB_LIVES_ROW_KEPT + 2 };
    static double rows[EBB_LIVES_SHARD * COLUMNS];
    population_run_t run = opened(HEAD "set back = 0.03\nkeep early at 20 = a.warmth\n"
                                       "keep late at 200 = a.warmth\n",
                                  EBB_LIVES_SHARD, 1);
    CHECK(ebb_lives_rows(run.lives, 0, 0, &(ebb_lives_results_t){run.tally, rows},
                         NULL) == EBB_OK);
    double early = 0, late = 0, back = 0;
    for (size_t i = 0; i < EBB_LIVES_SHARD; i++) {
        const double *row = rows + i * COLUMNS;
        early += !isnan(row[EBB_LIVES_ROW_KEPT]);
        late += !isnan(row[EBB_LIVES_ROW_KEPT + 1]);
        back +=
            !isnan(row[EBB_LIVES_ROW_PARTED]) && !isnan(row[EBB_LIVES_ROW_KEPT + 1]);
    }
    ebb_lives_group_t all = ebb_lives_group(run.lives, run.tally, 0);
    CHECK(early == (double)all.together[1] && late == (double)all.together[10]);
    CHECK(back > 0);
    closed(&run);
}

/* Rows: of every couple when it parted, its group, and what is kept unless it has
 * parted by then; the same by any worker, with or without a tally besides. */
static void test_rows(void)
{
    enum { KEPT = 3, COLUMNS = EBB_LIVES_ROW_KEPT + KEPT };
    static double rows[2][EBB_LIVES_SHARD * COLUMNS];
    population_run_t run =
        opened(HEAD "people haste = normal(0, 1), warmth = normal(1, 2)\n"
                    "group hasty when lowest(haste) > 0\n"
                    "keep first at 0 = a.warmth\n"
                    "keep whole from 0 to 100 = mean(warmth) - a.warmth\n"
                    "keep both \"warm\" = lowest(warmth) > 1\n",
               COUPLES, 2);
    const char *text = NULL;
    CHECK(ebb_population_info(run.population).kept == KEPT);
    CHECK_STRING(ebb_population_kept(run.population, 2, &text), "both");
    CHECK_STRING(text, "warm");
    uint64_t *tally = calloc(run.info.numbers, sizeof *tally);
    CHECK(ebb_lives_rows(run.lives, 0, 3, &(ebb_lives_results_t){run.tally, rows[0]},
                         NULL) == EBB_OK);
    CHECK(ebb_lives_rows(run.lives, 1, 2, &(ebb_lives_results_t){tally, rows[1]},
                         NULL) == EBB_OK);
    memset(tally, 0, run.info.numbers * sizeof *tally);
    CHECK(ebb_lives_rows(run.lives, 1, 3, &(ebb_lives_results_t){tally, rows[1]},
                         NULL) == EBB_OK);
    CHECK(memcmp(rows[0], rows[1], sizeof rows[0]) == 0);
    CHECK(memcmp(tally, run.tally, run.info.numbers * sizeof *tally) == 0);
    double gone = 0, early = 0, hasty = 0;
    for (size_t i = 0; i < EBB_LIVES_SHARD; i++) {
        const double *row = rows[0] + i * COLUMNS;
        double when = row[EBB_LIVES_ROW_PARTED];
        gone += !isnan(when);
        early += when <= 100;
        hasty += row[EBB_LIVES_ROW_GROUP] == 1;
        CHECK(!isnan(row[2]) && fabs(row[2] - 1) < 9);
        CHECK(isnan(row[3]) == (when <= 100) && isnan(row[4]) == !isnan(when));
    }
    CHECK(gone == parted(&run, 0, run.info.bins - 1, -1));
    CHECK(early == parted(&run, 0, 4, -1));
    CHECK(hasty == (double)ebb_lives_group(run.lives, run.tally, 1).couples);
    free(tally);
    closed(&run);
}

/* What is set counts in place of the model's, and tells one tally from another. */
static void test_set(void)
{
    const double params[] = {0, NAN, NAN};
    population_run_t run = opened(HEAD, COUPLES, 1);
    const ebb_lives_settings_t settings = {
        .couples = COUPLES, .seed = 5, .params = params};
    ebb_lives_t *lives = NULL;
    CHECK(ebb_lives_new(&lives, run.population, &settings, NULL) == EBB_OK);
    CHECK(ebb_lives_info(lives).fingerprint != run.info.fingerprint);
    ebb_lives_free(run.lives);
    run.lives = lives;
    for (size_t k = 0; k < run.info.shards; k++) {
        CHECK(ebb_lives_shard(lives, 0, k, run.tally, NULL) == EBB_OK);
    }
    check_share(parted(&run, 0, 9, -1), COUPLES, 1 - exp(-0.006 * 200), __LINE__);
    closed(&run);
}

static void test_refusals(void)
{
    ebb_error_t error = {0};
    population_run_t run = opened(HEAD, 10, 1);
    ebb_lives_t *lives = NULL;
    ebb_lives_settings_t settings = {.couples = EBB_LIVES_COUPLES_MOST + 1ull};
    CHECK(ebb_lives_new(&lives, run.population, &settings, &error) == EBB_ERR_ARGUMENT);
    settings = (ebb_lives_settings_t){.workers = 65};
    CHECK(ebb_lives_new(&lives, run.population, &settings, &error) == EBB_ERR_ARGUMENT);
    CHECK(lives == NULL);
    settings = (ebb_lives_settings_t){0};
    CHECK(ebb_lives_new(&lives, run.population, NULL, &error) == EBB_OK);
    CHECK(ebb_lives_info(lives).couples == EBB_POPULATION_COUPLES);
    ebb_lives_free(lives);
    closed(&run);
}

int main(void)
{
    test_hazard();
    test_groups();
    test_return();
    test_people();
    test_market();
    test_pairing_words();
    test_market_fails();
    test_order();
    test_fingerprint();
    test_rows();
    test_rows_back();
    test_set();
    test_refusals();
    return check_report(__FILE__);
}
