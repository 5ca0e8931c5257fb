/* SPDX-License-Identifier: MIT
 * The claims in the program, and that every check can be read and tried. */
#include "check.h"
#include "ebb/claim.h"
#include "ebb/evidence.h"
#include "ebb/library.h"
#include "ebb/survey.h"
#include "ebb/validated.h"

/* The model that a claim of a file says it uses. */
static int model_used(const ebb_model_text_t *text, const char *id, ebb_model_t **model)
{
    ebb_scenario_info_t infos[128];
    ebb_library_model_t shipped;
    size_t count = 0;
    CHECK(ebb_claim_list(text, infos, 128, &count) == EBB_OK && count <= 128);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(infos[i].name, id) == 0 &&
            ebb_library_find(infos[i].uses, &shipped)) {
            return ebb_model_read(model, &shipped.file, NULL, NULL);
        }
    }
    return EBB_ERR_CHOICE;
}

/* A check is read without a word, and each of its expectations has a number on both
 * sides for a couple; without the links there may be nothing to count. */
static void try_check(const ebb_evidence_t *row)
{
    ebb_model_text_t text;
    ebb_model_t *model = NULL;
    ebb_claim_t *claim = NULL;
    ebb_error_t error = {0};
    ebb_text_t report = {0};
    CHECK(ebb_evidence_checks(row->check, &text));
    CHECK(model_used(&text, row->id, &model) == EBB_OK);
    text.scenario = row->id;
    int code = ebb_claim_read(&claim, model, &text, &report, &error);
    CHECK_STRING(report.data ? report.data : "", "");
    CHECK(code == EBB_OK);
    ebb_claim_info_t info = code ? (ebb_claim_info_t){0} : ebb_claim_info(claim);
    ebb_claim_finding_t found[16];
    CHECK(info.cuts > 0 && info.expects > 0 && info.expects <= 16);
    for (int cut = 0; cut < 2 && !code; cut++) {
        const ebb_claim_settings_t settings = {.couples = 1, .cut = cut};
        CHECK(ebb_claim_check(claim, &settings, found, 16, &error) == EBB_OK);
        for (size_t k = 0; k < info.expects; k++) {
            const ebb_claim_finding_t *x = &found[k];
            check_one(x->couples + x->missing == 1 && (cut || x->missing == 0), x->code,
                      row->id, (int)x->line);
        }
    }
    ebb_text_free(&report);
    ebb_claim_free(claim);
    ebb_model_free(model);
}

static void test_checks(void)
{
    ebb_evidence_t row;
    size_t checks = 0;
    for (size_t i = 0; ebb_evidence_at(i, &row); i++) {
        CHECK(*row.id && *row.claim && *row.quantity && *row.verdict);
        if (*row.check && strcmp(row.check, EBB_SURVEYS) != 0) {
            try_check(&row);
            checks++;
        }
    }
    CHECK(checks >= 30);
}

static void test_finding(void)
{
    ebb_evidence_t row = {.id = "untouched"};
    ebb_model_text_t text;
    size_t index = 7;
    CHECK(ebb_evidence_count() == 150);
    CHECK(ebb_evidence_find("B1", &index) && index == 77);
    CHECK(ebb_evidence_at(index, &row));
    CHECK_STRING(row.id, "B1");
    CHECK(!ebb_evidence_find("b1", &index) && index == 77);
    CHECK(!ebb_evidence_at(150, &row));
    CHECK(!ebb_evidence_checks("", &text) && !ebb_evidence_checks("people", &text));
}

/* What many claims come to. */
static void test_totals(void)
{
    const ebb_claim_finding_t holds = {.holds = true}, fails = {.holds = false};
    const ebb_claim_finding_t ten = {.holds = true, .difference = 10};
    const ebb_claim_finding_t one_of_ten = {.holds = true, .difference = 1};
    const ebb_claim_finding_t nearly_none = {.holds = true, .difference = 0.99};
    const ebb_claim_finding_t half[2] = {{.holds = true}, {.holds = false}};
    const ebb_claim_info_t one = {.expects = 1, .construction = ""};
    const ebb_claim_info_t two = {.expects = 2, .construction = ""};
    const ebb_claim_info_t built = {.expects = 1, .construction = "an equation"};
    const ebb_validated_claim_t claims[] = {
        {.info = NULL},
        {.info = &one, .findings = &holds},
        {.info = &one, .findings = &holds, .cut = &holds},
        {.info = &one, .findings = &holds, .cut = &fails},
        {.info = &one, .findings = &fails, .cut = &fails},
        {.info = &two, .findings = half},
        {.info = &built, .findings = &holds, .cut = &fails},
        {.info = &built, .findings = &fails},
        {.info = &one, .findings = &ten, .cut = &one_of_ten},
        {.info = &one, .findings = &ten, .cut = &nearly_none},
    };
    const ebb_validated_t from = {.claims = claims, .count = 10};
    ebb_validated_totals_t totals = ebb_validated_count(&from);
    CHECK(totals.claims == 10 && totals.checked == 7 && totals.holding == 5);
    CHECK(totals.cuttable == 4 && totals.falling == 2);
    CHECK(!ebb_validated_falls(&claims[0]) && !ebb_validated_falls(&claims[1]));
    CHECK(!ebb_validated_falls(&claims[2]) && ebb_validated_falls(&claims[3]));
    CHECK(ebb_validated_left(&claims[2]) == 1 && ebb_validated_left(&claims[8]) == 0.1);
    CHECK(!ebb_validated_falls(&claims[8]) && ebb_validated_falls(&claims[9]));
    CHECK(totals.assumed == 2 && totals.assumed_holding == 1);
    CHECK(!ebb_validated_holds(NULL, 0));
}

int main(void)
{
    test_finding();
    test_totals();
    test_checks();
    return check_report(__FILE__);
}
