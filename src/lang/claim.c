/* SPDX-License-Identifier: MIT
 * Claims as objects: read once as a whole and once for each arm, asked, released. */
#include "lang/claim.h"

#include "core/fail.h"
#include "lang/staging.h"

/* The arms as scenarios of their own, each out of a reading of its own. */
static int claim_read_arms(ebb_claim_t *claim, const ebb_model_text_t *text,
                           ebb_text_t *report, ebb_error_t *error)
{
    ebb_model_text_t one = *text;
    int code = EBB_OK;
    one.scenario = ebb_scenario_plan(claim->whole)->name;
    for (size_t k = 0; k < claim->plan.arm_count && !code; k++) {
        ebb_stage_wish_t wish = {.arm = (uint32_t)k + 1, .claim = &claim->plan};
        /* a warning of the whole would come again with every arm */
        code = ebb_stage_read(&claim->arms[k], claim->model, &one, &wish, error);
        if (code && report) {
            wish.report = report;
            code = ebb_stage_read(&claim->arms[k], claim->model, &one, &wish, error);
        }
    }
    return code;
}

static int claim_read(ebb_claim_t *claim, const ebb_model_text_t *text,
                      ebb_text_t *report, ebb_error_t *error)
{
    const ebb_stage_wish_t wish = {.claim = &claim->plan, .report = report};
    int code = ebb_stage_read(&claim->whole, claim->model, text, &wish, error);
    if (code) {
        return code;
    }
    bool named = claim->plan.arm_count > 0;
    claim->plan.arm_count = named ? claim->plan.arm_count : 1;
    claim->arms =
        ebb_new_array(&claim->alloc, claim->plan.arm_count, sizeof *claim->arms);
    if (!claim->arms) {
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    if (!named) {
        claim->arms[0] = claim->whole;
        return EBB_OK;
    }
    return claim_read_arms(claim, text, report, error);
}

int ebb_claim_read(ebb_claim_t **claim, const ebb_model_t *model,
                   const ebb_model_text_t *text, ebb_text_t *report, ebb_error_t *error)
{
    const ebb_alloc_t *alloc = text->alloc ? text->alloc : ebb_alloc_default();
    *claim = NULL;
    ebb_claim_t *fresh = ebb_new_array(alloc, 1, sizeof *fresh);
    if (!fresh) {
        return ebb_fail(error, EBB_ERR_MEMORY, "%s", ebb_strerror(EBB_ERR_MEMORY));
    }
    fresh->alloc = *alloc;
    fresh->model = model;
    int code = claim_read(fresh, text, report, error);
    if (code) {
        ebb_claim_free(fresh);
        return code;
    }
    *claim = fresh;
    return EBB_OK;
}

void ebb_claim_free(ebb_claim_t *claim)
{
    if (!claim) {
        return;
    }
    ebb_alloc_t alloc = claim->alloc;
    size_t arms = claim->plan.arm_count;
    for (size_t k = 0; claim->arms && k < arms; k++) {
        if (claim->arms[k] != claim->whole) {
            ebb_scenario_free(claim->arms[k]);
        }
    }
    ebb_free_array(&alloc, claim->arms, arms, sizeof(ebb_scenario_t *));
    ebb_list_free(&claim->plan.expects, &alloc, sizeof(ebb_claim_expect_t));
    ebb_scenario_free(claim->whole);
    ebb_free_array(&alloc, claim, 1, sizeof *claim);
}

ebb_claim_info_t ebb_claim_info(const ebb_claim_t *claim)
{
    const ebb_claim_plan_t *plan = &claim->plan;
    return (ebb_claim_info_t){
        .head = ebb_scenario_info(claim->whole),
        .couples = plan->couples,
        .arms = plan->arm_count,
        .expects = plan->expects.count,
        .cuts = plan->cuts,
        .construction = plan->construction,
    };
}
