/* SPDX-License-Identifier: MIT
 * What carries, told before what hurts: first moves after long silences, the way back
 * to normal, calm weeks, who writes first. */
#include <inttypes.h>

#include "core/calendar.h"
#include "core/memory.h"
#include "report/term.h"

/* Whether no episode touches the week that begins at `begin_s`. */
static bool week_has_episode(const ebb_cycle_t *cycle, int64_t begin_s)
{
    for (size_t i = 0; i < cycle->episode_count; i++) {
        const ebb_episode_t *e = &cycle->episodes[i];
        if (e->begin_s < begin_s + EBB_WEEK_S && e->end_s >= begin_s) {
            return true;
        }
    }
    return false;
}

/* Calm: both wrote, nobody wrote again and again without an answer, and no long silence
 * ended in it. */
static uint64_t calm_weeks(const ebb_cycle_t *cycle)
{
    uint64_t calm = 0;
    for (size_t i = 0; i < cycle->week_count; i++) {
        const ebb_week_t *week = &cycle->weeks[i];
        calm += week->messages[0] && week->messages[1] &&
                !(week->longest_silence_h >= cycle->silence_h) &&
                !week_has_episode(cycle, week->begin_s);
    }
    return calm;
}

/* Sets {share}: that of the one who did more, with its interval, as the page has it. */
static void set_share(const ebb_term_t *term, ebb_slots_t *slots, ebb_estimate_t share)
{
    bool first = share.value >= 0.5, even = share.low < 0.5 && share.high > 0.5;
    ebb_estimate_t told =
        first ? share
              : (ebb_estimate_t){1 - share.value, 1 - share.high, 1 - share.low};
    ebb_slots_t holes = {0};
    ebb_slot_set(&holes, "k", "%s", term->names[!first]);
    ebb_slot_set(&holes, "v", "%.0f", 100 * told.value);
    ebb_slot_set(&holes, "l", "%.0f", 100 * told.low);
    ebb_slot_set(&holes, "h", "%.0f", 100 * told.high);
    ebb_text_t words;
    ebb_text_init(&words, term->layout.out->_alloc);
    ebb_phrase(&words, term->layout.language,
               !ebb_estimate_known(share) ? "terminal.strengths.share_unknown"
               : even                     ? "terminal.strengths.share_even"
                                          : "terminal.strengths.share",
               &holes);
    if (words.failed) {
        term->layout.out->failed = EBB_ERR_MEMORY;
    } else {
        ebb_slot_set(slots, "share", "%s", words.data);
    }
    ebb_text_free(&words);
}

static void tell_first_moves(const ebb_term_t *term)
{
    const ebb_cycle_t *c = term->cycle;
    ebb_slots_t slots = ebb_term_slots(term);
    ebb_slot_hours(&slots, "hours", c->silence_h);
    ebb_slot_set(&slots, "n", "%zu", c->repair_count);
    ebb_slot_set(&slots, "na", "%" PRIu64, c->first_moves[0]);
    ebb_slot_set(&slots, "nb", "%" PRIu64, c->first_moves[1]);
    set_share(term, &slots, c->first_move_share);
    ebb_put_point(&term->layout,
                  c->repair_count ? "terminal.strengths.first_moves"
                                  : "terminal.strengths.no_silences",
                  &slots);
    if (c->repair_count && ebb_estimate_known(c->normal_after_h)) {
        ebb_slot_hours(&slots, "v", c->normal_after_h.value);
        ebb_slot_hours(&slots, "l", c->normal_after_h.low);
        ebb_slot_hours(&slots, "h", c->normal_after_h.high);
        ebb_put_point(&term->layout, "terminal.strengths.normal", &slots);
    }
}

static void tell_calm(const ebb_term_t *term)
{
    uint64_t calm = calm_weeks(term->cycle);
    if (calm == 0 || term->cycle->days < LEAST_DAYS) {
        return; /* no strength to tell of */
    }
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "n", "%" PRIu64, calm);
    ebb_slot_set(&slots, "weeks", "%zu", term->cycle->week_count);
    ebb_put_point(&term->layout, "terminal.strengths.calm", &slots);
}

static void tell_starts(const ebb_term_t *term)
{
    const ebb_cycle_t *c = term->cycle;
    if (c->starts[0] + c->starts[1] == 0) {
        return;
    }
    ebb_slots_t slots = ebb_term_slots(term);
    ebb_slot_hours(&slots, "hours", c->start_gap_h);
    ebb_slot_set(&slots, "na", "%" PRIu64, c->starts[0]);
    ebb_slot_set(&slots, "nb", "%" PRIu64, c->starts[1]);
    set_share(term, &slots, c->start_share);
    ebb_put_point(&term->layout, "terminal.strengths.starts", &slots);
}

void ebb_term_strengths(const ebb_term_t *term)
{
    ebb_put_heading(&term->layout, "terminal.heading.strengths");
    tell_first_moves(term);
    tell_calm(term);
    tell_starts(term);
    ebb_term_reminders(term);
}
