/* SPDX-License-Identifier: MIT
 * Who finds whom: against closed forms, a known market, and with each mechanism out. */
#include "ebb/pair.h"

#include <stdlib.h>

#include "check.h"
#include "scarce.h"

#define WITH(mechanism) (EBB_PAIR_ALL & ~(unsigned)(mechanism))

static ebb_pair_census_t counted(unsigned without, uint64_t couples, double cut)
{
    const ebb_pair_settings_t settings = {.seed = 11, .without = without};
    ebb_pair_census_t census = {0};
    ebb_error_t error = {0};
    int code = ebb_pair_count(&settings, couples, cut, &census, &error);
    CHECK(code == EBB_OK);
    CHECK_STRING(error.text, "");
    return census;
}

static bool holds(ebb_pair_amount_t amount, double value)
{
    return amount.low <= value && value <= amount.high;
}

/* --- independent pairs ------------------------------------------------------------ */

/* By another way: 400,000 pairs drawn and counted. */
static void check_independent(void)
{
    static const struct {
        double r, cut, either, mixed;
    } drawn[] = {
        {.15, 0, .425, .263},        {.15, .253347, .286, .190},
        {.15, .4307273, .205, .143}, {.15, .6744898, .119, .089},
        {.4, 0, .400, .234},         {.4, .253347, .271, .167},
        {.4, .4307273, .194, .124},  {.4, .6744898, .113, .077},
    };
    for (size_t k = 0; k < sizeof drawn / sizeof *drawn; k++) {
        CHECK_NEAR(ebb_pair_independent(drawn[k].cut, drawn[k].r), drawn[k].either,
                   0.002);
    }
    const double pi = acos(-1);
    for (double r = -0.9; r < 0.95; r += 0.3) { /* the quadrant's closed form */
        double both = 0.25 + asin(r) / (2 * pi);
        CHECK_NEAR(ebb_pair_independent(0, r), 0.5 - both * both, 1e-10);
    }
    double p = 0.5 * erfc(1.3 / sqrt(2)); /* uncorrelated: products */
    CHECK_NEAR(ebb_pair_independent(1.3, 0), 2 * p * p - p * p * p * p, 1e-10);
    ebb_pair_census_t census = counted(EBB_PAIR_ALL, 256, 0.4307273);
    CHECK_NEAR(census.at.types_norm[EBB_PAIR_MIXED], 0.124, 0.002);
    CHECK_NEAR(census.at.above, 1.0 / 3, 1e-6);
}

/* With every mechanism out, couples are people drawn at random. */
static void check_random_pairs(void)
{
    ebb_pair_census_t census = counted(EBB_PAIR_ALL, 128 * 200, 0.5);
    CHECK(holds(census.cross, 0));
    CHECK(holds(census.same_anxiety, 0));
    CHECK(holds(census.same_avoidance, 0));
    CHECK(holds(census.anxiety, 0));
    CHECK(holds(census.avoidance, 0));
    CHECK(holds(census.at.either, census.at.either_norm));
    CHECK_NEAR(census.at.either_shuffled, census.at.either_norm, 0.01);
    double sum = 0;
    for (size_t k = 0; k < EBB_PAIR_TYPES; k++) {
        ebb_pair_amount_t type = census.at.types[k]; /* at 99.8 %, of six */
        CHECK_NEAR(type.value, census.at.types_norm[k], 0.8 * (type.high - type.low));
        sum += census.at.types[k].value;
    }
    CHECK_NEAR(sum, 1, 1e-12);
    size_t outside = 0;
    for (size_t k = 0; k < EBB_PAIR_CURVE; k++) {
        const ebb_pair_point_t *point = &census.curve[k];
        outside += !holds(point->either, point->either_norm);
        CHECK_NEAR(point->cut, -0.6 + 0.1 * (double)k, 1e-12);
    }
    CHECK(outside <= 3); /* of 25 that move together, at 95 % each */
}

/* --- a known market --------------------------------------------------------------- */

static double kalick(bool similar, bool one_draw, bool one_group)
{
    const ebb_kalick_settings_t settings = {
        .similar = similar, .one_draw = one_draw, .one_group = one_group, .runs = 25};
    ebb_kalick_t found = {0};
    CHECK(ebb_pair_kalick(&settings, &found, NULL, NULL) == EBB_OK);
    CHECK(found.low < found.r && found.r < found.high && found.runs == 25);
    return found.r;
}

/* Kalick and Hamilton (1986), by a program of another's that draws one date after the
 * other: 0.597 and 0.840 (means of 50 runs). */
static void check_kalick(void)
{
    CHECK_NEAR(kalick(false, false, false), 0.597, 0.02);
    CHECK_NEAR(kalick(true, false, false), 0.840, 0.02);
    /* one chance for both decisions: as published programs have it, 0.69 */
    CHECK_NEAR(kalick(true, true, false), 0.69, 0.02);
    /* nobody lacks their like in one group: it matters to those who seek it only */
    CHECK_NEAR(kalick(false, false, true), 0.597, 0.02);
    CHECK(kalick(true, false, true) > 0.85);
    const ebb_kalick_settings_t many = {.runs = EBB_KALICK_RUNS_MOST + 1};
    ebb_kalick_t found;
    CHECK(ebb_pair_kalick(&many, &found, NULL, NULL) == EBB_ERR_ARGUMENT);
}

/* --- mechanisms ------------------------------------------------------------------- */

#define COUPLES (128 * 100)

/* Each alone: what it does, and that it does no more. */
static void check_alone(void)
{
    ebb_pair_census_t none = counted(EBB_PAIR_ALL, COUPLES, 0.5);
    /* all want the secure, and like finds like though nobody wants it */
    ebb_pair_census_t security = counted(WITH(EBB_PAIR_SECURITY), COUPLES, 0.5);
    CHECK(security.same_anxiety.low > 0 && security.same_avoidance.low > 0);
    ebb_pair_census_t likeness = counted(WITH(EBB_PAIR_LIKENESS), COUPLES, 0.5);
    CHECK(likeness.same_anxiety.low > 0.05 && likeness.same_avoidance.low > 0.05);
    ebb_pair_census_t suppressed = counted(WITH(EBB_PAIR_SUPPRESSED), COUPLES, 0.5);
    CHECK(suppressed.cross.low > 0);
    CHECK(suppressed.cross.low > suppressed.same_anxiety.value);
    CHECK(suppressed.at.either.low > suppressed.at.either_norm);
    CHECK(suppressed.at.types[EBB_PAIR_MIXED].low >
          suppressed.at.types_norm[EBB_PAIR_MIXED]);
    /* nothing to come to know, nothing to hide */
    ebb_pair_census_t courtship = counted(WITH(EBB_PAIR_COURTSHIP), COUPLES, 0.5);
    CHECK(holds(courtship.cross, 0) && holds(courtship.same_anxiety, 0));
    ebb_pair_census_t calm = counted(WITH(EBB_PAIR_CALM), COUPLES, 0.5);
    CHECK(memcmp(&calm, &none, sizeof none) == 0);
    /* who parts is not who finds: fewer alike, fewer insecure, shorter together */
    ebb_pair_census_t survival = counted(WITH(EBB_PAIR_SURVIVAL), COUPLES, 0.5);
    CHECK(survival.at.types[EBB_PAIR_ANXIOUS].high <
          none.at.types_norm[EBB_PAIR_ANXIOUS]);
    CHECK(survival.at.types[EBB_PAIR_AVOIDANT].high <
          none.at.types_norm[EBB_PAIR_AVOIDANT]);
    CHECK(survival.anxiety.high < 0 && survival.avoidance.high < 0);
    CHECK(survival.months.high < none.months.low);
}

/* Together: courtship sharpens what a first impression blurs; calm hides what a
 * courtship would show; of a market in which all is at work the signs that are known of
 * couples hold. */
static void check_together(void)
{
    ebb_pair_census_t quick = counted(WITH(EBB_PAIR_LIKENESS), COUPLES, 0.5);
    ebb_pair_census_t slow =
        counted(WITH(EBB_PAIR_LIKENESS | EBB_PAIR_COURTSHIP), COUPLES, 0.5);
    CHECK(slow.same_anxiety.low > quick.same_anxiety.high);
    quick = counted(WITH(EBB_PAIR_SUPPRESSED), COUPLES, 0.5);
    slow = counted(WITH(EBB_PAIR_SUPPRESSED | EBB_PAIR_COURTSHIP), COUPLES, 0.5);
    CHECK(slow.cross.low > quick.cross.high);
    unsigned both = EBB_PAIR_SECURITY | EBB_PAIR_COURTSHIP;
    ebb_pair_census_t seen = counted(WITH(both), COUPLES, 0.5);
    ebb_pair_census_t hidden = counted(WITH(both | EBB_PAIR_CALM), COUPLES, 0.5);
    CHECK(seen.anxiety.high < 0 && seen.anxiety.high < hidden.anxiety.low);
    CHECK(hidden.same_anxiety.high < seen.same_anxiety.value);
    ebb_pair_census_t all = counted(0, COUPLES, 0.5);
    CHECK(all.cross.low > 0 && all.same_anxiety.low > 0 && all.same_avoidance.low > 0);
    ebb_pair_census_t plain = counted(EBB_PAIR_SUPPRESSED, COUPLES, 0.5);
    CHECK(plain.cross.high < all.cross.low);
    CHECK(plain.at.either.high < all.at.either.low);
    for (size_t k = 1; k < EBB_PAIR_CURVE; k++) { /* a curve that falls with the cut */
        CHECK(all.curve[k].either.value <= all.curve[k - 1].either.value);
    }
}

/* --- ranges, errors, memory ------------------------------------------------------- */

#define DRAWN 300

typedef struct drawn {
    double numbers[5][DRAWN];
} drawn_t;

static int draw(drawn_t *drawn, uint64_t begin, uint64_t end, uint64_t from,
                const ebb_alloc_t *alloc)
{
    size_t at = (size_t)(begin - from);
    const ebb_pair_settings_t settings = {.seed = 5, .alloc = alloc};
    const ebb_pair_couples_t out = {
        {drawn->numbers[0] + at, drawn->numbers[1] + at},
        {drawn->numbers[2] + at, drawn->numbers[3] + at},
        drawn->numbers[4] + at,
    };
    return ebb_pair_draw(&settings, begin, end, &out, NULL);
}

static void check_ranges(void)
{
    static drawn_t whole, parts;
    CHECK(draw(&whole, 1000, 1000 + DRAWN, 1000, NULL) == EBB_OK);
    CHECK(draw(&parts, 1100, 1000 + DRAWN, 1000, NULL) == EBB_OK);
    CHECK(draw(&parts, 1000, 1001, 1000, NULL) == EBB_OK);
    CHECK(draw(&parts, 1001, 1100, 1000, NULL) == EBB_OK);
    CHECK(memcmp(&whole, &parts, sizeof whole) == 0);
    CHECK(draw(&parts, 1100, 1100, 1000, NULL) == EBB_OK);
    CHECK(draw(&parts, 2, 1, 0, NULL) == EBB_ERR_ARGUMENT);
    CHECK(draw(&parts, 1ull << 38, (1ull << 38) + 1, 1ull << 38, NULL) ==
          EBB_ERR_ARGUMENT);
    for (size_t k = 0; k < DRAWN; k++) { /* a courtship of six meetings at least */
        CHECK(whole.numbers[4][k] >= 5);
    }
}

/* Which of two is first is chance. */
static void check_order(void)
{
    static double numbers[4][12800];
    const ebb_pair_settings_t settings = {.seed = 5};
    const ebb_pair_couples_t out = {
        {numbers[0], numbers[1]}, {numbers[2], numbers[3]}, NULL};
    CHECK(ebb_pair_draw(&settings, 0, 12800, &out, NULL) == EBB_OK);
    for (int d = 0; d < 2; d++) {
        double sum = 0;
        for (size_t k = 0; k < 12800; k++) {
            sum += numbers[2 * d][k] - numbers[2 * d + 1][k];
        }
        CHECK_NEAR(sum / 12800, 0, 3 * 1.5 / sqrt(12800));
    }
}

static void check_numbers(void)
{
    ebb_pair_numbers_t usual = ebb_pair_usual();
    for (size_t k = 0; k < EBB_PAIR_NUMBERS; k++) {
        ebb_named_t n = ebb_pair_number(k);
        double value;
        memcpy(&value, (const char *)&usual + n.offset, sizeof value);
        CHECK(value == n.usual && n.low <= n.usual && n.usual <= n.high);
        CHECK(*n.name && *n.text && *n.source);
    }
    CHECK(!ebb_pair_number(EBB_PAIR_NUMBERS).name);
    CHECK(!ebb_pair_mechanism(EBB_PAIR_MECHANISMS) && !ebb_pair_type(EBB_PAIR_TYPES));
    CHECK_STRING(ebb_pair_mechanism(2), "suppressed");
    CHECK_STRING(ebb_pair_type(EBB_PAIR_MIXED), "anxious with avoidant");
    usual.calm = 1.5;
    const ebb_pair_settings_t settings = {.numbers = &usual};
    ebb_error_t error = {0};
    ebb_pair_census_t census;
    CHECK(ebb_pair_count(&settings, 256, 0, &census, &error) == EBB_ERR_ARGUMENT);
    CHECK_STRING(error.text, "calm is 1.5; it may be 0 to 1");
    usual = ebb_pair_usual();
    usual.hazard = 1;
    CHECK(ebb_pair_count(&settings, 256, 0, &census, &error) == EBB_ERR_NUMERIC);
    const ebb_pair_settings_t unknown = {.without = EBB_PAIR_ALL + 1};
    CHECK(ebb_pair_count(&unknown, 256, 0, &census, &error) == EBB_ERR_ARGUMENT);
}

static int stop_at_once(void *user, uint64_t done, uint64_t total)
{
    CHECK(done == 128 && total == 384);
    ++*(int *)user;
    return 1;
}

static void check_scarce(void)
{
    ebb_pair_settings_t settings = {.seed = 1};
    ebb_pair_census_t census;
    for (long left = 0; left < 4; left++) {
        scarce_t scarce = {.left = left};
        ebb_alloc_t alloc = {scarce_resize, &scarce};
        settings.alloc = &alloc;
        CHECK(ebb_pair_count(&settings, 256, 0, &census, NULL) == EBB_ERR_MEMORY);
        CHECK(scarce.held == 0);
    }
    static drawn_t drawn;
    scarce_t scarce = {.left = 2};
    ebb_alloc_t alloc = {scarce_resize, &scarce};
    CHECK(draw(&drawn, 0, 10, 0, &alloc) == EBB_ERR_MEMORY && scarce.held == 0);
    int calls = 0;
    settings = (ebb_pair_settings_t){.progress = stop_at_once, .user = &calls};
    CHECK(ebb_pair_count(&settings, 300, 0, &census, NULL) == EBB_ERR_CANCELLED);
    CHECK(calls == 1);
}

int main(void)
{
    check_independent();
    check_random_pairs();
    check_kalick();
    check_alone();
    check_together();
    check_ranges();
    check_order();
    check_numbers();
    check_scarce();
    return check_report(__FILE__);
}
