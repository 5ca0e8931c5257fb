/* SPDX-License-Identifier: MIT
 * The document of a validation, and what it comes to. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "core/json.h"
#include "ebb/validated.h"

bool ebb_validated_holds(const ebb_claim_finding_t *findings, size_t count)
{
    bool holds = count > 0;
    for (size_t k = 0; k < count; k++) {
        holds = holds && findings[k].holds;
    }
    return holds;
}

double ebb_validated_left(const ebb_validated_claim_t *claim)
{
    double least = (double)INFINITY;
    for (size_t k = 0; k < claim->info->expects; k++) {
        double left = claim->cut[k].difference / claim->findings[k].difference;
        least = left < least ? left : least;
    }
    return isfinite(least) ? least : 1;
}

bool ebb_validated_falls(const ebb_validated_claim_t *claim)
{
    if (!claim->info || !claim->cut ||
        !ebb_validated_holds(claim->findings, claim->info->expects)) {
        return false;
    }
    return !ebb_validated_holds(claim->cut, claim->info->expects) ||
           ebb_validated_left(claim) < EBB_VALIDATED_FALLEN;
}

ebb_validated_totals_t ebb_validated_count(const ebb_validated_t *from)
{
    ebb_validated_totals_t totals = {.claims = from->count};
    for (size_t i = 0; i < from->count; i++) {
        const ebb_validated_claim_t *claim = &from->claims[i];
        if (!claim->info) {
            continue;
        }
        size_t count = claim->info->expects;
        bool holds = ebb_validated_holds(claim->findings, count);
        if (*claim->info->construction) {
            totals.assumed++;
            totals.assumed_holding += holds;
            continue;
        }
        totals.checked++;
        totals.holding += holds;
        if (holds && claim->cut) {
            totals.cuttable++;
            totals.falling += ebb_validated_falls(claim);
        }
    }
    return totals;
}

static void valjson_findings(ebb_json_t *json, const char *key,
                             const ebb_claim_finding_t *findings, size_t count)
{
    ebb_json_key(json, key);
    if (!findings) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < count; k++) {
        const ebb_claim_finding_t *f = &findings[k];
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "code", f->code);
        ebb_json_put_string(json, "text", f->text);
        ebb_json_put_bool(json, "share", f->share);
        ebb_json_put_count(json, "couples", f->couples);
        ebb_json_put_count(json, "missing", f->missing);
        ebb_json_put_number(json, "left", f->left);
        ebb_json_put_number(json, "right", f->right);
        ebb_json_put_number(json, "difference", f->difference);
        ebb_json_put_number(json, "low", f->low);
        ebb_json_put_number(json, "high", f->high);
        ebb_json_put_string(json, "interval", ebb_interval_word(f->interval));
        ebb_json_put_bool(json, "holds", f->holds);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void valjson_evidence(ebb_json_t *json, const ebb_evidence_t *row)
{
    ebb_json_put_string(json, "id", row->id);
    ebb_json_put_string(json, "document", row->document);
    ebb_json_put_string(json, "claim", row->claim);
    ebb_json_put_string(json, "kind", row->kind);
    ebb_json_put_string(json, "quantity", row->quantity);
    ebb_json_put_string(json, "scope", row->scope);
    ebb_json_put_string(json, "evidence_verdict", row->verdict);
    ebb_json_put_string(json, "evidence", row->evidence);
    ebb_json_put_string(json, "link", row->link);
}

/* Why it came out so, as far as that was written down; NULL: it was not. */
static const char *valjson_why(const ebb_validated_claim_t *claim)
{
    const ebb_evidence_t *row = &claim->evidence;
    const char *why = "";
    if (!claim->info) {
        why = row->unchecked;
    } else if (*claim->info->construction) {
        why = claim->info->construction;
    } else if (!ebb_validated_holds(claim->findings, claim->info->expects)) {
        why = row->fails;
    } else if (claim->cut && !ebb_validated_falls(claim)) {
        why = row->stands;
    }
    return *why ? why : NULL;
}

static void valjson_claim(ebb_json_t *json, const ebb_validated_claim_t *claim)
{
    const ebb_claim_info_t *info = claim->info;
    size_t count = info ? info->expects : 0;
    ebb_json_begin(json, '{');
    valjson_evidence(json, &claim->evidence);
    ebb_json_put_string(json, "check", info ? claim->evidence.check : NULL);
    ebb_json_put_string(json, "model", info ? info->head.uses : NULL);
    ebb_json_put_string(json, "construction",
                        info && *info->construction ? info->construction : NULL);
    ebb_json_key(json, "holds");
    if (info) {
        ebb_json_bool(json, ebb_validated_holds(claim->findings, count));
    } else {
        ebb_json_null(json);
    }
    ebb_json_key(json, "falls_when_cut");
    if (claim->cut && ebb_validated_holds(claim->findings, count)) {
        ebb_json_bool(json, ebb_validated_falls(claim));
        ebb_json_put_number(json, "left_when_cut", ebb_validated_left(claim));
    } else {
        ebb_json_null(json);
        ebb_json_put_number(json, "left_when_cut", (double)NAN);
    }
    ebb_json_put_string(json, "why", valjson_why(claim));
    valjson_findings(json, "expects", info ? claim->findings : NULL, count);
    valjson_findings(json, "expects_cut", claim->cut, count);
    ebb_json_end(json, '}');
}

static void valjson_totals(ebb_json_t *json, const ebb_validated_t *from)
{
    ebb_validated_totals_t totals = ebb_validated_count(from);
    ebb_json_key(json, "totals");
    ebb_json_begin(json, '{');
    ebb_json_put_count(json, "claims", totals.claims);
    ebb_json_put_count(json, "checked", totals.checked);
    ebb_json_put_count(json, "holding", totals.holding);
    ebb_json_put_count(json, "cuttable", totals.cuttable);
    ebb_json_put_count(json, "falling", totals.falling);
    ebb_json_put_count(json, "assumed", totals.assumed);
    ebb_json_put_count(json, "assumed_holding", totals.assumed_holding);
    ebb_json_end(json, '}');
}

int ebb_validated_json(ebb_text_t *out, const ebb_validated_t *from)
{
    ebb_json_t json = {.out = out};
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, from->seed);
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/validate");
    ebb_json_put_count(&json, "version", 1);
    ebb_json_put_some(&json, "couples", from->couples);
    ebb_json_put_string(&json, "seed", seed);
    ebb_json_put_bool(&json, "cut", from->cut);
    ebb_json_key(&json, "claims");
    ebb_json_begin(&json, '[');
    for (size_t i = 0; i < from->count; i++) {
        valjson_claim(&json, &from->claims[i]);
    }
    ebb_json_end(&json, ']');
    valjson_totals(&json, from);
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}
