/* SPDX-License-Identifier: MIT
 * The cycle: the loop where one is claimed, the one arm where one is seen, and where
 * nothing can be told, what is known, what is missing and how long it would take. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "report/term.h"

/* A few days say nothing on what later weeks will be like. */
#define LEAST_WEEKS 4

/* Beyond five years a number of weeks is no advice. */
#define MOST_WEEKS 260

static const ebb_arms_t *main_arms(const ebb_term_t *term, int pursuer)
{
    return &term->cycle->arms[pursuer][1];
}

typedef struct arm_pair {
    ebb_text_t titles[2], texts[2]; /* [0] writing again, [1] the later answer */
} arm_pair_t;

static void pair_begin(const ebb_term_t *term, arm_pair_t *pair)
{
    for (int i = 0; i < 2; i++) {
        ebb_text_init(&pair->titles[i], term->layout.out->_alloc);
        ebb_text_init(&pair->texts[i], term->layout.out->_alloc);
    }
}

static void pair_end(const ebb_term_t *term, arm_pair_t *pair)
{
    for (int i = 0; i < 2; i++) {
        if (pair->titles[i].failed || pair->texts[i].failed) {
            term->layout.out->failed = EBB_ERR_MEMORY;
        }
        ebb_text_free(&pair->titles[i]);
        ebb_text_free(&pair->texts[i]);
    }
}

/* Fills one box: title, what is known of the arm, and, where it stands, what it may be
 * like from inside. */
static void fill_box(const ebb_term_t *term, arm_pair_t *pair, int pursuer,
                     ebb_arm_t arm)
{
    static const char *const keys[2][2] = {
        {"terminal.arm.again.title", "terminal.arm.again.inside"},
        {"terminal.arm.later.title", "terminal.arm.later.inside"},
    };
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_phrase(&pair->titles[arm], term->layout.language, keys[arm][0], &slots);
    ebb_term_arm_phrase(term, &pair->texts[arm], pursuer, arm);
    if (ebb_term_arm_stands(term, pursuer, arm)) {
        ebb_text_puts(&pair->texts[arm], "\n\n");
        ebb_phrase(&pair->texts[arm], term->layout.language, keys[arm][1], &slots);
    }
}

static void tell_boxes(const ebb_term_t *term, int pursuer)
{
    arm_pair_t pair;
    pair_begin(term, &pair);
    fill_box(term, &pair, pursuer, ARM_PURSUIT);
    fill_box(term, &pair, pursuer, ARM_WITHDRAWAL);
    if (!pair.texts[0].failed && !pair.texts[1].failed && !pair.titles[0].failed &&
        !pair.titles[1].failed) {
        const ebb_box_t boxes[2] = {
            {pair.titles[0].data, pair.texts[0].data, pursuer ? STYLE_B : STYLE_A,
             !ebb_term_arm_stands(term, pursuer, ARM_PURSUIT)},
            {pair.titles[1].data, pair.texts[1].data, pursuer ? STYLE_A : STYLE_B,
             !ebb_term_arm_stands(term, pursuer, ARM_WITHDRAWAL)},
        };
        ebb_put_loop_boxes(&term->layout, boxes);
    }
    pair_end(term, &pair);
}

/* "About 35 of 100 of A's follow-ups ..." */
static void tell_share(const ebb_term_t *term, int pursuer)
{
    ebb_estimate_t share = main_arms(term, pursuer)->loop_share;
    if (!ebb_estimate_known(share)) {
        return;
    }
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_slot_set(&slots, "v", "%.0f", 100 * share.value);
    ebb_slot_set(&slots, "l", "%.0f", 100 * fmax(share.low, 0));
    ebb_slot_set(&slots, "h", "%.0f", 100 * share.high);
    ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.loop.share", &slots);
}

/* A direction of which something is claimed. */
static void tell_claimed(const ebb_term_t *term, int pursuer)
{
    ebb_verdict_t verdict = term->cycle->verdict[pursuer];
    char key[48];
    (void)snprintf(key, sizeof key, "terminal.verdict.%s", ebb_verdict_word(verdict));
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_put_sentence(&term->layout, STYLE_BOLD, key, &slots);
    ebb_put_blank(&term->layout);
    tell_boxes(term, pursuer);
    if (verdict == EBB_LOOP) {
        tell_share(term, pursuer);
        ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.loop.nobody", &slots);
    } else {
        ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.one_arm", &slots);
        ebb_term_reasons(term, pursuer);
    }
}

/* A typical stretch: how many, how long, how it ended. */
static void tell_typical(const ebb_term_t *term)
{
    const ebb_cycle_t *c = term->cycle;
    if (c->episode_count == 0) {
        return;
    }
    const ebb_episode_t *e = &c->episodes[c->typical_episode];
    static const char *const keys[] = {
#define EBB_ENDING_KEY(name, word) [name] = "terminal.ending." word,
        EBB_ENDING_LIST(EBB_ENDING_KEY)
#undef EBB_ENDING_KEY
    };
    ebb_slots_t slots = ebb_term_arm_slots(term, e->pursuer);
    ebb_slot_set(&slots, "n", "%zu", c->episode_count);
    ebb_slot_set(&slots, "k", "%" PRIu32, e->followups);
    double hours = (double)(e->end_s - e->begin_s) / 3600;
    double usual = ebb_usual_hours(c, !e->pursuer, e->begin_s, e->end_s);
    ebb_slot_hours(&slots, "hours", hours);
    ebb_slot_hours(&slots, "usual", usual);
    ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.loop.typical", &slots);
    if (usual < hours && c->days >= LEAST_DAYS) {
        ebb_put_point(&term->layout, "episode.usual", &slots);
    }
    ebb_put_point(&term->layout, keys[e->ending], &slots);
}

/* What is known of a direction of which nothing is claimed. */
static void tell_known(const ebb_term_t *term, int pursuer)
{
    const ebb_arms_t *arms = main_arms(term, pursuer);
    ebb_slots_t slots = ebb_term_arm_slots(term, pursuer);
    ebb_slot_set(&slots, "n", "%" PRIu64, arms->followups);
    ebb_slot_set(&slots, "bids", "%" PRIu64, arms->bids);
    ebb_put_point(&term->layout, "terminal.known.followups", &slots);
    ebb_term_arm_point(term, pursuer, ARM_PURSUIT);
    ebb_term_arm_point(term, pursuer, ARM_WITHDRAWAL);
}

/* How many more weeks at this rate, for the direction that is nearest of those that
 * more weeks could decide. */
static void tell_waiting(const ebb_term_t *term)
{
    double more = HUGE_VAL;
    for (int k = 0; k < 2; k++) {
        const ebb_arms_t *arms = main_arms(term, k);
        if (isfinite(arms->weeks_needed) && arms->weeks >= LEAST_WEEKS &&
            !ebb_term_direction_away(term, k)) {
            more = fmin(more, ceil(arms->weeks_needed - (double)arms->weeks));
        }
    }
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%.0f", more);
    ebb_put_sentence(&term->layout, STYLE_PLAIN,
                     !isfinite(more)     ? "terminal.wait.unknown"
                     : more > MOST_WEEKS ? "terminal.wait.years"
                     : more > 0          ? "terminal.wait.weeks"
                                         : "terminal.wait.enough",
                     &slots);
}

/* Whether answers came sooner in both directions: no room for a loop is left. */
static bool speaks_against(const ebb_term_t *term)
{
    return ebb_term_arm_away(term, 0, ARM_WITHDRAWAL) &&
           ebb_term_arm_away(term, 1, ARM_WITHDRAWAL);
}

static void tell_cannot_tell(const ebb_term_t *term)
{
    bool against = speaks_against(term);
    ebb_put_sentence(
        &term->layout, STYLE_BOLD,
        against ? "terminal.verdict.against" : "terminal.verdict.cannot_tell", NULL);
    ebb_put_sentence(&term->layout, STYLE_PLAIN,
                     against ? "cannot.against.lede" : "terminal.cannot.meaning", NULL);
    ebb_put_heading(&term->layout, "terminal.heading.known");
    tell_known(term, 0);
    tell_known(term, 1);
    ebb_put_heading(&term->layout, "terminal.heading.missing");
    ebb_term_missing(term, 0);
    ebb_term_missing(term, 1);
    if (!ebb_term_direction_away(term, 0) || !ebb_term_direction_away(term, 1)) {
        ebb_put_heading(&term->layout, "terminal.heading.wait");
        tell_waiting(term);
    }
}

void ebb_term_cycle(const ebb_term_t *term)
{
    const ebb_verdict_t *verdict = term->cycle->verdict;
    ebb_put_heading(&term->layout, "terminal.heading.cycle");
    if (verdict[0] == EBB_CANNOT_TELL && verdict[1] == EBB_CANNOT_TELL) {
        tell_cannot_tell(term);
        return;
    }
    for (int k = 0; k < 2; k++) {
        if (verdict[k] != EBB_CANNOT_TELL) {
            tell_claimed(term, k);
        }
    }
    tell_typical(term);
}

static void tell_quarter(const ebb_term_t *term, const ebb_window_t *window)
{
    for (int k = 0; k < 2; k++) {
        char begin[EBB_WALL_SIZE], end[EBB_WALL_SIZE], key[48];
        ebb_slots_t slots = ebb_term_arm_slots(term, k);
        ebb_wall_format(begin, window->begin_s);
        ebb_wall_format(end, window->end_s);
        ebb_slot_set(&slots, "from", "%.10s", begin);
        ebb_slot_set(&slots, "to", "%.10s", end);
        if (window->arms[k].verdict != EBB_CANNOT_TELL) {
            (void)snprintf(key, sizeof key, "terminal.quarter.%s",
                           ebb_verdict_word(window->arms[k].verdict));
            ebb_put_point(&term->layout, key, &slots);
        } else if (k == 1 && window->arms[0].verdict == EBB_CANNOT_TELL) {
            ebb_put_point(&term->layout, "terminal.quarter.cannot_tell", &slots);
        }
    }
}

void ebb_term_quarters(const ebb_term_t *term)
{
    const ebb_cycle_t *c = term->cycle;
    if (c->window_count == 0) {
        return;
    }
    ebb_put_heading(&term->layout, "terminal.heading.quarters");
    ebb_put_sentence(&term->layout, STYLE_FAINT, "terminal.quarter.note", NULL);
    for (size_t i = 0; i < c->window_count; i++) {
        tell_quarter(term, &c->windows[i]);
    }
    if (c->switch_window >= 0) {
        ebb_put_sentence(&term->layout, STYLE_PLAIN, "terminal.quarter.switch", NULL);
    }
}

/* What no message can tell, and, beside a claimed direction, why the other one is not.
 */
void ebb_term_limits(const ebb_term_t *term)
{
    static const char *const limits[] = {"terminal.limits.why", "terminal.limits.else",
                                         "terminal.limits.begin",
                                         "terminal.limits.future"};
    const ebb_verdict_t *verdict = term->cycle->verdict;
    ebb_put_heading(&term->layout, "terminal.heading.limits");
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        ebb_put_point(&term->layout, limits[i], NULL);
    }
    for (int k = 0; k < 2; k++) {
        if (verdict[k] == EBB_CANNOT_TELL && verdict[!k] != EBB_CANNOT_TELL) {
            ebb_term_missing(term, k);
        }
    }
}
