/* SPDX-License-Identifier: MIT
 * One arm of a direction, told in the very sentences of the page, and what a direction
 * lacks for a loop. */
#include <inttypes.h>
#include <stdio.h>

#include "report/term.h"

static const ebb_arms_t *arms_of(const ebb_term_t *term, int pursuer)
{
    return &term->cycle->arms[pursuer][1];
}

static ebb_estimate_t arm_ratio(const ebb_arms_t *arms, ebb_arm_t arm)
{
    return arm == ARM_PURSUIT ? ebb_estimate_ratio(arms->pursuit, 1)
                              : ebb_estimate_ratio(arms->withdrawal, -1);
}

bool ebb_term_arm_stands(const ebb_term_t *term, int pursuer, ebb_arm_t arm)
{
    ebb_verdict_t verdict = term->cycle->verdict[pursuer];
    return verdict == EBB_LOOP ||
           verdict == (arm == ARM_PURSUIT ? EBB_PURSUIT_ONLY : EBB_WITHDRAWAL_ONLY);
}

bool ebb_term_arm_away(const ebb_term_t *term, int pursuer, ebb_arm_t arm)
{
    ebb_estimate_t ratio = arm_ratio(arms_of(term, pursuer), arm);
    return ebb_estimate_known(ratio) && !ebb_term_arm_stands(term, pursuer, arm) &&
           (arm == ARM_PURSUIT ? ratio.high < 1 : ratio.low > 1);
}

bool ebb_term_direction_away(const ebb_term_t *term, int pursuer)
{
    return ebb_term_arm_away(term, pursuer, ARM_PURSUIT) ||
           ebb_term_arm_away(term, pursuer, ARM_WITHDRAWAL);
}

/* What can be said of an arm, as the page has it: claimed; nothing known; leaning the
 * way of a loop but unclaimed; the other way round; too wide to call. */
static const char *arm_state(const ebb_term_t *term, int pursuer, ebb_arm_t arm)
{
    ebb_estimate_t ratio = arm_ratio(arms_of(term, pursuer), arm);
    bool towards = arm == ARM_PURSUIT ? ratio.low > 1 : ratio.high < 1;
    return !ebb_estimate_known(ratio)                ? "missing"
           : ebb_term_arm_stands(term, pursuer, arm) ? "claimed"
           : towards                                 ? "leaning"
           : ebb_term_arm_away(term, pursuer, arm)   ? "away"
                                                     : "wide";
}

typedef char arm_key_t[48];

static void arm_key(arm_key_t key, ebb_arm_t arm, const char *part)
{
    (void)snprintf(key, sizeof(arm_key_t), "arm.%s.%s",
                   arm == ARM_PURSUIT ? "pursuit" : "withdrawal", part);
}

static ebb_slots_t ratio_slots(const ebb_term_t *term, int pursuer, ebb_arm_t arm)
{
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_slot_pace(&slots, term->layout.language,
                  arm_ratio(arms_of(term, pursuer), arm));
    return slots;
}

void ebb_term_arm_phrase(const ebb_term_t *term, ebb_text_t *out, int pursuer,
                         ebb_arm_t arm)
{
    arm_key_t key;
    ebb_slots_t slots = ratio_slots(term, pursuer, arm);
    arm_key(key, arm, arm_state(term, pursuer, arm));
    ebb_phrase(out, term->layout.language, key, &slots);
}

void ebb_term_arm_point(const ebb_term_t *term, int pursuer, ebb_arm_t arm)
{
    arm_key_t key;
    ebb_slots_t slots = ratio_slots(term, pursuer, arm);
    arm_key(key, arm, arm_state(term, pursuer, arm));
    ebb_put_point(&term->layout, key, &slots);
}

void ebb_term_reminders(const ebb_term_t *term)
{
    for (int k = 0; k < 2; k++) {
        ebb_estimate_t reply = arm_ratio(arms_of(term, k), ARM_WITHDRAWAL);
        if (ebb_estimate_known(reply) && reply.low > 1) {
            ebb_slots_t slots = ratio_slots(term, k, ARM_WITHDRAWAL);
            ebb_put_point(&term->layout, "strengths.sooner", &slots);
        }
    }
}

/* "Not seen" goes without saying where an arm is known too roughly; and of an arm that
 * lies the other way that is said, and nothing else. */
static unsigned reasons_said(const ebb_term_t *term, int pursuer)
{
    static const unsigned wide[] = {EBB_REASON_PURSUIT_WIDE,
                                    EBB_REASON_WITHDRAWAL_WIDE};
    static const unsigned not_seen[] = {EBB_REASON_PURSUIT_NOT_SEEN,
                                        EBB_REASON_WITHDRAWAL_NOT_SEEN};
    unsigned reasons = arms_of(term, pursuer)->reasons;
    for (ebb_arm_t arm = ARM_PURSUIT; arm <= ARM_WITHDRAWAL; arm++) {
        if (ebb_term_arm_away(term, pursuer, arm)) {
            reasons &= ~(wide[arm] | not_seen[arm]);
        } else if (reasons & wide[arm]) {
            reasons &= ~not_seen[arm];
        }
    }
    return reasons;
}

void ebb_term_reasons(const ebb_term_t *term, int pursuer)
{
    const ebb_arms_t *arms = arms_of(term, pursuer);
    unsigned reasons = reasons_said(term, pursuer);
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_slot_set(&slots, "n", "%" PRIu64, arms->followups);
    ebb_slot_set(&slots, "weeks", "%" PRIu64, arms->weeks);
    for (ebb_arm_t arm = ARM_PURSUIT; arm <= ARM_WITHDRAWAL; arm++) {
        if (ebb_term_arm_away(term, pursuer, arm)) {
            arm_key_t key;
            arm_key(key, arm, "apart");
            ebb_put_point(&term->layout, key, &slots);
        }
    }
#define EBB_REASON_POINT(name, bit, word)                              \
    if (reasons & (bit)) {                                             \
        ebb_put_point(&term->layout, "terminal.reason." word, &slots); \
    }
    EBB_REASON_LIST(EBB_REASON_POINT)
#undef EBB_REASON_POINT
}

void ebb_term_missing(const ebb_term_t *term, int pursuer)
{
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.missing.direction", &slots);
    ebb_term_reasons(term, pursuer);
}
