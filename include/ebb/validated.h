/* SPDX-License-Identifier: MIT
 *
 * The result of `ebb validate`: a JSON document, and the same for a terminal.
 *
 * The document (schema "ebb/validate", version 1) is described in docs/schema.md.
 */
#ifndef EBB_VALIDATED_H
#define EBB_VALIDATED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/claim.h"
#include "ebb/error.h"
#include "ebb/evidence.h"
#include "ebb/simulate.h"
#include "ebb/text.h"

/* A claim that was checked, or has no check. All is borrowed. */
typedef struct ebb_validated_claim {
    ebb_evidence_t evidence;
    const ebb_claim_info_t *info;        /* NULL: it has no check */
    const ebb_claim_finding_t *findings; /* one for each of its expectations */
    const ebb_claim_finding_t *cut;      /* the same with its links cut; NULL: this was
                                            not asked, or it says nothing to cut */
} ebb_validated_claim_t;

typedef struct ebb_validated {
    const ebb_validated_claim_t *claims;
    size_t count;
    uint64_t couples; /* asked for; 0: as each claim says */
    uint64_t seed;
    bool cut;       /* it was asked what falls when its links are cut */
    bool at_length; /* on a terminal: all that is known of each, not a line */
} ebb_validated_t;

/* What became of many claims. A claim by construction counts in the last two only. */
typedef struct ebb_validated_totals {
    size_t claims;            /* all */
    size_t checked;           /* with a check that is not by construction */
    size_t holding;           /* of these */
    size_t cuttable, falling; /* of the holding ones: checked again with links cut, and
                                 of these those that fall */
    size_t assumed, assumed_holding; /* by construction */
} ebb_validated_totals_t;

/** Whether all of a claim's findings hold.
 *
 * @param[in] findings  `count` of them
 * @param[in] count     at least 1
 */
bool ebb_validated_holds(const ebb_claim_finding_t *findings, size_t count);

/** What is left of a claim's effect with its links cut, as a share of what it was: of
 * the expectation that came nearest to falling.
 *
 * @param[in] claim  with `info` and `cut`
 * @return below 0 where the sign changed; 1 where there was no difference to begin with
 */
double ebb_validated_left(const ebb_validated_claim_t *claim);

#define EBB_VALIDATED_FALLEN 0.1 /* less than this left is as good as nothing */

/** Whether a claim falls with its links cut: it held, and then does not, or with less
 * than EBB_VALIDATED_FALLEN of its effect.
 *
 * @param[in] claim  false where it has no check or nothing was cut
 */
bool ebb_validated_falls(const ebb_validated_claim_t *claim);

/** Counts what became of the claims.
 *
 * @param[in] from  what was checked
 * @return by value; cheap
 */
ebb_validated_totals_t ebb_validated_count(const ebb_validated_t *from);

/**
 * Writes the result as a JSON document.
 *
 * @param[in,out] out   appended to; UTF-8, one line, ends with a newline
 * @param[in]     from  what was checked
 * @return 0 or EBB_ERR_MEMORY. The same input gives the same bytes; what is not finite
 * is null.
 */
int ebb_validated_json(ebb_text_t *out, const ebb_validated_t *from) EBB_MUST_CHECK;

/**
 * Writes the result for a terminal: a line for each claim, or all that is known of
 * each, and what they come to.
 *
 * @param[in,out] out   appended to; no line is wider than the width
 * @param[in]     from  what was checked
 * @param[in]     opts  NULL for the defaults; `width`, `colour` and `language` count
 * @return 0 or EBB_ERR_MEMORY.
 */
int ebb_validated_terminal(ebb_text_t *out, const ebb_validated_t *from,
                           const ebb_picture_opts_t *opts) EBB_MUST_CHECK;

#endif
