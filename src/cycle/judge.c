/* SPDX-License-Identifier: MIT
 * The rule by which a loop is claimed [eq 9], and how much more data it would take. */
#include <math.h>

#include "cycle/arms.h"

#define CLAIM_FOLLOWUPS 60
#define CLAIM_WEEKS 12
#define WIDEST_PURSUIT 1.0
#define WIDEST_WITHDRAWAL 0.35
#define LOG_MARGIN 0.22314355131420976 /* log 1.25 */

/* A loop of middle strength: reply rate x 0.70, pursuit x 3. An arm stands nine times
 * in ten when it is 3.3 standard errors from its margin. */
#define MIDDLE_W 0.35667494393873245 /* -log 0.70 */
#define MIDDLE_P 1.0986122886681098  /* log 3 */
#define POWER_ERRORS 3.3

static unsigned unless(bool holds, unsigned reason)
{
    return holds ? 0 : reason;
}

static bool signs_hold(const ebb_arms_t *arms)
{
    return !arms || (arms->withdrawal.value > 0 && arms->pursuit.value > 0);
}

static bool may_fit(ebb_fit_t fit)
{
    return fit.passes || isnan(fit.distance);
}

/* W of [eq 14]. */
static double weeks_needed(const ebb_arms_t *arms)
{
    double g = (double)arms->weeks;
    if (arms->followups == 0 || !(g > 0)) {
        return (double)NAN;
    }
    double factor = CLAIM_FOLLOWUPS / (double)arms->followups;
    if (isnan(arms->withdrawal_se) || isnan(arms->pursuit_se)) {
        double wanted = 500 / (double)arms->followups; /* what six lively months give */
        factor = factor > wanted ? factor : wanted;
    } else {
        double w = arms->withdrawal_se * POWER_ERRORS / MIDDLE_W;
        double p = arms->pursuit_se * POWER_ERRORS / (MIDDLE_P - LOG_MARGIN);
        factor = w * w > factor ? w * w : factor;
        factor = p * p > factor ? p * p : factor;
    }
    double weeks = ceil(g * factor);
    return weeks < CLAIM_WEEKS ? CLAIM_WEEKS : weeks;
}

void ebb_arms_judge(ebb_arms_t *arms, const ebb_arms_t *short_gap,
                    const ebb_arms_t *long_gap)
{
    bool withdrawal = arms->withdrawal.low > 0; /* false for NAN */
    bool pursuit = arms->pursuit.low > LOG_MARGIN;
    bool second = arms->pursuit_second.low > LOG_MARGIN;
    unsigned base = arms->reasons & EBB_REASON_NOT_CONVERGED; /* the others anew */
    base |= unless(arms->followups >= CLAIM_FOLLOWUPS, EBB_REASON_FEW_FOLLOWUPS);
    base |= unless(arms->weeks >= CLAIM_WEEKS, EBB_REASON_FEW_WEEKS);
    unsigned reasons = base;
    reasons |= unless(arms->pursuit_se <= WIDEST_PURSUIT, EBB_REASON_PURSUIT_WIDE);
    reasons |=
        unless(arms->withdrawal_se <= WIDEST_WITHDRAWAL, EBB_REASON_WITHDRAWAL_WIDE);
    reasons |= unless(pursuit, EBB_REASON_PURSUIT_NOT_SEEN);
    reasons |= unless(withdrawal, EBB_REASON_WITHDRAWAL_NOT_SEEN);
    reasons |= unless(pursuit == second, EBB_REASON_DEFINITIONS_DISAGREE);
    /* what could not be estimated does not disagree, nor fit poorly */
    bool estimated = !isnan(arms->withdrawal.value);
    reasons |= unless(!estimated || (signs_hold(short_gap) && signs_hold(long_gap)),
                      EBB_REASON_GAPS_DISAGREE);
    reasons |= unless(may_fit(arms->reply_fit) && may_fit(arms->followup_fit),
                      EBB_REASON_POOR_FIT);
    arms->reasons = reasons;
    arms->weeks_needed = weeks_needed(arms);
    /* one arm alone needs its own precision and the fit of its own equation */
    bool pursuit_stands = pursuit && second && !base && arms->followup_fit.passes &&
                          arms->pursuit_se <= WIDEST_PURSUIT;
    bool withdrawal_stands = withdrawal && !base && arms->reply_fit.passes &&
                             arms->withdrawal_se <= WIDEST_WITHDRAWAL;
    if (!reasons) {
        arms->verdict = EBB_LOOP;
    } else if (pursuit_stands && !withdrawal_stands) {
        arms->verdict = EBB_PURSUIT_ONLY;
    } else if (withdrawal_stands && !pursuit_stands) {
        arms->verdict = EBB_WITHDRAWAL_ONLY;
    } else {
        arms->verdict = EBB_CANNOT_TELL;
    }
}
