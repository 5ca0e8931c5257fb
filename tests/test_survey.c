/* SPDX-License-Identifier: MIT
 * Claims about many people: rows of the runs that are no populations against what they
 * are made from, terms worked out by hand, and every survey on a few people. */
#include "ebb/survey.h"

#include "check.h"
#include "ebb/evidence.h"
#include "evidence/figures.h"

enum { COLUMNS_MOST = 64 };

/* The place of a column of a run. */
static size_t column(const ebb_figure_couples_t *couples, const char *name)
{
    size_t k = 0;
    while (k < couples->columns && strcmp(couples->names[k], name) != 0) {
        k++;
    }
    CHECK(k < couples->columns);
    return k;
}

static double mean_of(const ebb_figure_couples_t *couples, const char *name)
{
    size_t k = column(couples, name);
    double sum = 0;
    for (size_t i = 0; i < couples->couples; i++) {
        sum += couples->cells[i * couples->columns + k];
    }
    return sum / (double)couples->couples;
}

/* --- terms ------------------------------------------------------------------------ */

static double share_where(const char *columns, const char *among)
{
    static char names[2][64] = {"a_x", "b_x"};
    static double cells[] = {1, 10, 2, 9, 3, (double)NAN, 4, 7, 5, 6};
    const ebb_figure_couples_t couples = {*ebb_alloc_default(), names, 2, 5, cells};
    const ebb_figure_t figure = {.id = "by hand",
                                 .statistic = "mean",
                                 .columns = columns,
                                 .among = among,
                                 .interval = ""};
    ebb_figure_found_t found = {.value = (double)NAN};
    ebb_error_t error = {0};
    int code = ebb_figure_read(&figure, &couples, &found, &error);
    return code ? (double)NAN : found.value;
}

/* 1 2 3 4 5 are five numbers, of which the least fifth is 1; with those of the other
 * one there are nine: 1 to 7, 9, 10. */
static void test_centile(void)
{
    CHECK_NEAR(share_where("a_x<20%", ""), 0.2, 1e-15);
    CHECK_NEAR(share_where("a_x<60%", ""), 0.6, 1e-15);
    CHECK_NEAR(share_where("a_x>60%", ""), 0.2, 1e-15);
    CHECK_NEAR(share_where("a_x", "a_x<60%"), 2, 1e-15);
    CHECK_NEAR(share_where("own.x", "own.x<34%"), 2, 1e-15);
    CHECK_NEAR(share_where("a_x<0%", ""), 0, 0);
    CHECK(isnan(share_where("a_x<101%", "")) && isnan(share_where("a_x<%", "")));
    CHECK(isnan(share_where("a_x<20%%", "")) && isnan(share_where("a_x<2x", "")));
}

/* --- people ----------------------------------------------------------------------- */

/* The kinds of a market's couples are told from their traits. */
static void test_market(void)
{
    const ebb_figure_settings_t settings = {.couples = 300, .seed = 4};
    ebb_figure_couples_t c;
    ebb_error_t error = {0};
    size_t mixed = 0, alike = 0;
    CHECK(ebb_figure_run(&c, EBB_FIGURE_MARKET, &settings, 0, &error) == EBB_OK);
    CHECK(c.couples == 300 && c.columns <= COLUMNS_MOST);
    for (size_t i = 0; i < c.couples; i++) {
        const double *row = c.cells + i * c.columns;
        int kinds[2];
        for (size_t p = 0; p < 2; p++) {
            double anxiety = row[column(&c, p ? "b_anxiety" : "a_anxiety")];
            double avoidance = row[column(&c, p ? "b_avoidance" : "a_avoidance")];
            kinds[p] = anxiety > 0.43 && anxiety > avoidance     ? 'x'
                       : avoidance > 0.43 && avoidance > anxiety ? 'v'
                                                                 : 0;
        }
        bool both = kinds[0] && kinds[1];
        CHECK(row[column(&c, "mixed_33")] == (both && kinds[0] != kinds[1]));
        CHECK(row[column(&c, "alike")] == (both && kinds[0] == kinds[1]));
        CHECK(row[column(&c, "both_avoidant_33")] ==
              (kinds[0] == 'v' && kinds[1] == 'v'));
        mixed += both && kinds[0] != kinds[1];
        alike += both && kinds[0] == kinds[1];
    }
    CHECK(mixed > 10 && alike > 10);
    CHECK(mean_of(&c, "mixed_50") > mean_of(&c, "mixed_33"));
    CHECK(mean_of(&c, "mixed_33") > mean_of(&c, "mixed_25"));
    ebb_figure_couples_free(&c);
}

/* Every child has one caregiver, as often as they are said to be; what is taken out is
 * out. */
static void test_children(void)
{
    const ebb_figure_set_t same = {"care_response", 0}, steady = {"care_variance", 0};
    ebb_figure_settings_t settings = {.couples = 2000, .seed = 1};
    ebb_figure_couples_t c;
    ebb_error_t error = {0};
    double shares = 0;
    CHECK(ebb_figure_run(&c, EBB_FIGURE_CHILDHOODS, &settings, 0, &error) == EBB_OK);
    CHECK_NEAR(mean_of(&c, "responsive"), 0.55, 4 * sqrt(0.55 * 0.45 / 2000));
    CHECK_NEAR(mean_of(&c, "frightening"), 0.1, 4 * sqrt(0.1 * 0.9 / 2000));
    shares = mean_of(&c, "responsive") + mean_of(&c, "inconsistent") +
             mean_of(&c, "rejecting") + mean_of(&c, "frightening");
    CHECK_NEAR(shares, 1, 1e-12);
    CHECK_NEAR(mean_of(&c, "anxiety"), 0, 4 / sqrt(2000));
    double loud = mean_of(&c, "amplify"), quiet = mean_of(&c, "suppress");
    ebb_figure_couples_free(&c);
    settings.sets = &same;
    settings.set_count = 1;
    CHECK(ebb_figure_run(&c, EBB_FIGURE_CHILDHOODS, &settings, 0, &error) == EBB_OK);
    CHECK(quiet > 0.1 && mean_of(&c, "suppress") < 0.01);
    ebb_figure_couples_free(&c);
    settings.sets = &steady;
    CHECK(ebb_figure_run(&c, EBB_FIGURE_CHILDHOODS, &settings, 0, &error) == EBB_OK);
    CHECK(mean_of(&c, "amplify") < loud / 2);
    ebb_figure_couples_free(&c);
}

/* The shades go from one end to the other, and no caregiver of the four is among them.
 */
static void test_shades(void)
{
    const ebb_figure_settings_t settings = {.couples = 500};
    ebb_figure_couples_t c;
    ebb_error_t error = {0};
    CHECK(ebb_figure_run(&c, EBB_FIGURE_SHADES, &settings, 0, &error) == EBB_OK);
    CHECK_NEAR(mean_of(&c, "unsteady"), 0.5, 4 * sqrt(1 / 12. / 500));
    CHECK_NEAR(mean_of(&c, "cold"), 0.5, 4 * sqrt(1 / 12. / 500));
    CHECK(mean_of(&c, "responsive") == 0 && isnan(mean_of(&c, "best")));
    ebb_figure_couples_free(&c);
}

/* --- surveys ---------------------------------------------------------------------- */

static bool alike(const ebb_claim_finding_t *a, const ebb_claim_finding_t *b)
{
    return a->couples == b->couples && a->holds == b->holds &&
           memcmp(&a->left, &b->left, sizeof a->left) == 0 &&
           memcmp(&a->low, &b->low, sizeof a->low) == 0;
}

/* A claim that holds, or not, by far; the interval is about the difference; one run
 * more says the same. */
static void test_finding(void)
{
    ebb_claim_finding_t found[EBB_SURVEYS_MOST], again[EBB_SURVEYS_MOST];
    ebb_figure_settings_t settings = {.couples = 600, .seed = 2};
    ebb_error_t error = {0};
    ebb_claim_info_t info = ebb_surveys_info("B19");
    CHECK(info.expects == 2 && info.cuts == 1);
    CHECK_STRING(info.head.uses, "develop");
    CHECK_STRING(info.construction, "");
    CHECK(ebb_surveys_check("B19", &settings, false, found, &error) == EBB_OK);
    CHECK(found[0].holds && found[1].holds);
    CHECK(found[0].right == 0.5 && found[0].left - 0.5 == found[0].difference);
    CHECK(found[0].low <= found[0].difference && found[0].high >= found[0].difference);
    CHECK_STRING(found[0].code, "share of suppress (childhoods, rejecting) > 0.5");
    CHECK(ebb_surveys_check("B19", &settings, false, again, &error) == EBB_OK);
    CHECK(alike(&found[0], &again[0]) && alike(&found[1], &again[1]));
    CHECK(ebb_surveys_check("B19", &settings, true, found, &error) == EBB_OK);
    CHECK(!found[0].holds && !found[1].holds);
    CHECK(ebb_surveys_check("A1", &settings, true, found, &error) == EBB_OK);
    CHECK(ebb_surveys_info("A1").expects == 0);
}

/* What is said of two runs is the one minus the other, less sure than the one. */
static void test_two_runs(void)
{
    ebb_claim_finding_t found[EBB_SURVEYS_MOST];
    const ebb_figure_settings_t settings = {.couples = 32};
    ebb_error_t error = {0};
    CHECK(ebb_surveys_check("A50", &settings, false, found, &error) == EBB_OK);
    CHECK(found[0].left == found[1].left && found[2].couples == found[0].couples);
    CHECK(found[2].left <= found[0].left);
    CHECK(found[2].high - found[2].low >= found[0].high - found[0].low);
}

/* The mean of a column among those of one run. */
static double mean_among(const char *run, const ebb_figure_settings_t *settings,
                         const char *column_, const char *among)
{
    const ebb_figure_t figure = {.id = "x",
                                 .statistic = "mean",
                                 .columns = column_,
                                 .among = among,
                                 .interval = ""};
    ebb_figure_couples_t c;
    ebb_figure_found_t found = {.value = 0};
    ebb_error_t error = {0};
    CHECK(ebb_figure_run(&c, run, settings, 0, &error) == EBB_OK);
    CHECK(ebb_figure_read(&figure, &c, &found, &error) == EBB_OK);
    ebb_figure_couples_free(&c);
    return found.value;
}

/* Those with sessions that helped, minus secure ones without. */
static void test_two_kinds(void)
{
    ebb_claim_finding_t found[EBB_SURVEYS_MOST];
    const ebb_figure_settings_t settings = {.couples = 96};
    ebb_error_t error = {0};
    CHECK(ebb_surveys_check("A69", &settings, false, found, &error) == EBB_OK);
    double first =
        mean_among("followed", &settings, "later", "distressed&after-before>0.263");
    double second = mean_among("unhelped", &settings, "later", "secure");
    CHECK(isfinite(first) && isfinite(second) && first != second);
    CHECK_NEAR(found[0].left, first - second, 1e-12);
}

/* Each claim that says it is checked so has surveys, in the order of the claims, and
 * each can be run; of people who cost little each gives a number. */
static void test_all(void)
{
    ebb_claim_finding_t found[EBB_SURVEYS_MOST];
    ebb_figure_settings_t settings = {.couples = 0};
    ebb_evidence_t row;
    ebb_survey_t survey;
    ebb_error_t error = {0};
    size_t all = 0;
    for (size_t i = 0; ebb_evidence_at(i, &row); i++) {
        size_t expects = ebb_surveys_info(row.id).expects;
        CHECK((strcmp(row.check, EBB_SURVEYS) == 0) == (expects > 0));
        for (size_t k = 0; k < expects; k++) {
            CHECK(ebb_survey_at(all + k, &survey));
            CHECK_STRING(survey.id, row.id);
        }
        all += expects;
        if (expects) {
            bool model = strcmp(survey.model, "pursue_withdraw") == 0;
            settings.couples = model ? 4 : 20; /* they cost more */
            CHECK(ebb_surveys_check(row.id, &settings, false, found, &error) == EBB_OK);
        }
        for (size_t k = 0; k < expects; k++) {
            bool few =
                strcmp(survey.model, "pursue_withdraw") == 0; /* of a kind, none */
            check_one(few || (isfinite(found[k].left) && found[k].couples > 0),
                      found[k].code, row.id, (int)k);
        }
    }
    CHECK(all == ebb_survey_count() && !ebb_survey_at(all, &survey));
}

int main(void)
{
    test_centile();
    test_market();
    test_children();
    test_shades();
    test_finding();
    test_two_runs();
    test_two_kinds();
    test_all();
    return check_report(__FILE__);
}
