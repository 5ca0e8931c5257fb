/* SPDX-License-Identifier: MIT
 *
 * A validation for a terminal. In short:
 *
 *     A2   holds              0.413 [0.402, 0.424]      supported     falls when cut
 *
 * Of several expectations the one is shown that decides: the first that does not hold,
 * else the first.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "ebb/validated.h"
#include "report/layout.h"

#define EFFECT_COLUMNS 26

typedef struct validated_page {
    ebb_layout_t layout;
    const ebb_validated_t *from;
} validated_page_t;

static const char *validated_word(const validated_page_t *p, const char *key)
{
    return ebb_word(p->layout.language, key);
}

/* --- a line for each -------------------------------------------------------------- */

static const ebb_claim_finding_t *
validated_deciding(const ebb_claim_finding_t *findings, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (!findings[k].holds) {
            return &findings[k];
        }
    }
    return findings;
}

/* A number with its interval, to so many digits. */
static void validated_digits(char *out, size_t size, const ebb_claim_finding_t *found,
                             int digits)
{
    if (isinf(found->low)) {
        (void)snprintf(out, size, "%.*g [-, -]", digits, found->difference);
    } else {
        (void)snprintf(out, size, "%.*g [%.*g, %.*g]", digits, found->difference,
                       digits, found->low, digits, found->high);
    }
}

/* "0.413 [0.402, 0.424]", or the number alone where it is exact. */
static void validated_effect(char *out, size_t size, const ebb_claim_finding_t *found)
{
    if (found->couples == 0) {
        (void)snprintf(out, size, "-");
    } else if (found->interval == EBB_INTERVAL_EXACT) {
        (void)snprintf(out, size, "%.3g", found->difference);
    } else {
        validated_digits(out, size, found, 3);
        if (strlen(out) > EFFECT_COLUMNS) {
            validated_digits(out, size, found, 2);
        }
    }
}

static const char *validated_verdict_key(const ebb_validated_claim_t *claim)
{
    if (!claim->info) {
        return "validate.none";
    }
    bool holds = ebb_validated_holds(claim->findings, claim->info->expects);
    bool assumed = *claim->info->construction != '\0';
    return assumed ? holds ? "validate.assumed" : "validate.assumed.not"
           : holds ? "validate.holds"
                   : "validate.holds.not";
}

/* Whether it can fall: it holds, and was looked at with its links cut too. */
static bool validated_is_cut(const ebb_validated_claim_t *claim)
{
    return claim->info && claim->cut &&
           ebb_validated_holds(claim->findings, claim->info->expects);
}

/* Appends what became of it with its links cut. */
static void validated_cut(const validated_page_t *p, ebb_text_t *out,
                          const ebb_validated_claim_t *claim)
{
    ebb_slots_t slots = {0};
    if (!validated_is_cut(claim)) {
        return;
    }
    if (!ebb_validated_holds(claim->cut, claim->info->expects)) {
        ebb_text_puts(out, validated_word(p, "validate.falls"));
    } else {
        ebb_slot_set(&slots, "left", "%.0f", 100 * ebb_validated_left(claim));
        ebb_phrase(out, p->layout.language,
                   ebb_validated_falls(claim) ? "validate.falls.nearly"
                                              : "validate.stands",
                   &slots);
    }
}

static void validated_put_row(const validated_page_t *p,
                              const ebb_validated_claim_t *claim)
{
    ebb_text_t *out = p->layout.out;
    char effect[64] = "";
    bool bold = claim->info != NULL;
    if (claim->info) {
        validated_effect(effect, sizeof effect,
                         validated_deciding(claim->findings, claim->info->expects));
    }
    ebb_text_printf(out, "%-4s ", claim->evidence.id);
    ebb_style_begin(&p->layout, bold ? STYLE_BOLD : STYLE_FAINT);
    ebb_text_printf(out, "%-17s ", validated_word(p, validated_verdict_key(claim)));
    ebb_style_end(&p->layout, bold ? STYLE_BOLD : STYLE_FAINT);
    ebb_text_printf(out, "%-*s ", EFFECT_COLUMNS, effect);
    ebb_text_printf(out, validated_is_cut(claim) ? "%-12s " : "%s",
                    claim->evidence.verdict);
    validated_cut(p, out, claim);
    ebb_text_puts(out, "\n");
}

/* --- at length -------------------------------------------------------------------- */

/* A label (NULL: none) and what follows it, wrapped below itself. */
static void validated_put_field(const validated_page_t *p, const char *key,
                                const char *text)
{
    char first[32];
    (void)snprintf(first, sizeof first, "  %-10s ", key ? validated_word(p, key) : "");
    if (*text) {
        ebb_put_lines(&p->layout, STYLE_PLAIN, first, text);
    }
}

/* The entries of the evidence, one below the other. */
static void validated_put_evidence(const validated_page_t *p,
                                   const ebb_evidence_t *evidence)
{
    const char *key = "validate.evidence";
    for (const char *at = evidence->evidence; *at; key = NULL) {
        const char *end = strstr(at, "; ");
        size_t length = end ? (size_t)(end - at) : strlen(at);
        ebb_text_t entry;
        ebb_text_init(&entry, p->layout.out->_alloc);
        ebb_text_append(&entry, at, length);
        if (entry.failed) {
            p->layout.out->failed = entry.failed;
        } else {
            validated_put_field(p, key, entry.data);
        }
        ebb_text_free(&entry);
        at += length + (end ? 2 : 0);
    }
}

static void validated_put_finding(const validated_page_t *p,
                                  const ebb_validated_claim_t *claim,
                                  const ebb_claim_finding_t *found, bool cut)
{
    bool children = strcmp(claim->info->head.uses, "develop") == 0;
    ebb_slots_t slots = {0};
    char effect[64];
    validated_effect(effect, sizeof effect, found);
    ebb_slot_set(
        &slots, "verdict", "%s",
        validated_word(p, found->holds ? "validate.holds" : "validate.holds.not"));
    ebb_slot_set(&slots, "left", "%.4g", found->left);
    ebb_slot_set(&slots, "right", "%.4g", found->right);
    ebb_slot_set(&slots, "effect", "%s", effect);
    ebb_slot_set(&slots, "n", "%llu", (unsigned long long)found->couples);
    ebb_slot_set(&slots, "missing", "%llu", (unsigned long long)found->missing);
    if (!cut) {
        validated_put_field(p, "validate.expect", found->code);
        validated_put_field(p, NULL, found->text);
    }
    ebb_text_t line;
    ebb_text_init(&line, p->layout.out->_alloc);
    ebb_phrase(&line, p->layout.language,
               cut              ? "validate.finding.cut"
               : children       ? "validate.finding.children"
               : found->missing ? "validate.finding.missing"
                                : "validate.finding",
               &slots);
    if (line.failed) {
        p->layout.out->failed = line.failed;
    } else {
        validated_put_field(p, NULL, line.data);
    }
    ebb_text_free(&line);
}

static void validated_put_at_length(const validated_page_t *p,
                                    const ebb_validated_claim_t *claim)
{
    const ebb_evidence_t *evidence = &claim->evidence;
    ebb_text_t *out = p->layout.out;
    ebb_text_printf(out, "%s  ", evidence->id);
    ebb_style_begin(&p->layout, STYLE_BOLD);
    ebb_text_printf(out, "%s%s", validated_word(p, validated_verdict_key(claim)),
                    validated_is_cut(claim) ? ", " : "");
    validated_cut(p, out, claim);
    ebb_style_end(&p->layout, STYLE_BOLD);
    ebb_text_puts(out, "\n");
    validated_put_field(p, "validate.stated", evidence->claim);
    validated_put_field(p, "validate.document", evidence->document);
    validated_put_field(p, "validate.quantity", evidence->quantity);
    for (size_t k = 0; claim->info && k < claim->info->expects; k++) {
        validated_put_finding(p, claim, &claim->findings[k], false);
        if (claim->cut) {
            validated_put_finding(p, claim, &claim->cut[k], true);
        }
    }
    if (claim->info) {
        validated_put_field(p, "validate.why", claim->info->construction);
        validated_put_field(p, "validate.check", evidence->check);
    }
    validated_put_field(p, "validate.link", evidence->link);
    validated_put_field(p, "validate.verdict", evidence->verdict);
    validated_put_evidence(p, evidence);
    ebb_put_blank(&p->layout);
}

/* --- all -------------------------------------------------------------------------- */

static void validated_put_totals(const validated_page_t *p)
{
    ebb_validated_totals_t totals = ebb_validated_count(p->from);
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%zu", totals.checked);
    ebb_slot_set(&slots, "holding", "%zu", totals.holding);
    ebb_slot_set(&slots, "cuttable", "%zu", totals.cuttable);
    ebb_slot_set(&slots, "falling", "%zu", totals.falling);
    ebb_slot_set(&slots, "assumed", "%zu", totals.assumed);
    ebb_slot_set(&slots, "holding2", "%zu", totals.assumed_holding);
    ebb_slot_set(&slots, "none", "%zu",
                 totals.claims - totals.checked - totals.assumed);
    ebb_put_sentence(&p->layout, STYLE_PLAIN, "validate.totals", &slots);
    if (p->from->cut) {
        ebb_put_sentence(&p->layout, STYLE_PLAIN, "validate.totals.cut", &slots);
    }
    ebb_put_sentence(&p->layout, STYLE_PLAIN, "validate.totals.rest", &slots);
    ebb_put_sentence(&p->layout, STYLE_FAINT, "validate.caution", NULL);
}

int ebb_validated_terminal(ebb_text_t *out, const ebb_validated_t *from,
                           const ebb_picture_opts_t *opts)
{
    static const ebb_picture_opts_t plain = {0};
    opts = opts ? opts : &plain;
    validated_page_t p = {
        .layout = {out, ebb_layout_width(opts->width), opts->colour, opts->language},
        .from = from};
    for (size_t i = 0; i < from->count; i++) {
        if (from->at_length) {
            validated_put_at_length(&p, &from->claims[i]);
        } else {
            validated_put_row(&p, &from->claims[i]);
        }
    }
    if (!from->at_length) {
        ebb_put_blank(&p.layout);
        validated_put_totals(&p);
    }
    return out->failed;
}
