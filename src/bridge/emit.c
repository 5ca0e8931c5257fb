/* SPDX-License-Identifier: MIT
 * Who writes when [eq 201, 203].
 *
 * Main idea: each person has an exponential number of mean 1, against which the own
 * rate is integrated; where it is used up, a message is written and the next number
 * begins. Rates change only where a row ends, a phone is put away or taken up, somebody
 * writes, or patience ends; in between they are constant, so that nothing is
 * approximated. */
#include "bridge/emit.h"

#include "core/calendar.h"
#include "math/bits.h"
#include "math/elementary.h"

/* Which messages want an answer [eq 202]. */
#define ASKS_OWN 0.9
#define ASKS_ANSWER 0.6

#define PATIENCE_S 3600.0 /* mean time until one waits [eq 206] */

/* Lengths [eq 205]: characters, log-normal; a word for so many of them. */
#define LENGTH_MEDIAN 28.0
#define LENGTH_SPREAD 0.9
#define WORD_LENGTH 5.5

static ebb_random_block_t emit_draw(const ebb_emitter_t *e, int k)
{
    return ebb_bridge_draw(e->person[k].presence.who, BRIDGE_MESSAGE,
                           e->person[k].written);
}

ebb_emitter_t ebb_emitter_begin(uint64_t seed, uint32_t couple, bool exchange,
                                int64_t first_day, const ebb_alloc_t *alloc)
{
    ebb_emitter_t emitter = {.first_day = first_day, .alloc = alloc};
    for (int k = 0; k < 2; k++) {
        ebb_bridge_who_t who = {seed, couple, (uint32_t)(exchange ? 1 - k : k)};
        emitter.person[k].presence = ebb_presence_begin(who, first_day);
        emitter.person[k].left = ebb_random_exponential(emit_draw(&emitter, k).a);
    }
    return emitter;
}

void ebb_emitter_end(ebb_emitter_t *emitter)
{
    ebb_list_free(&emitter->events, emitter->alloc, sizeof(ebb_event_t));
}

/* Rates of k's next message: of one's own accord, and as an answer [eq 201]. */
static void emit_rates(const ebb_emitter_t *e, int k,
                       const double rates[EBB_BRIDGE_RATES], double *own,
                       double *answer)
{
    bool here = e->person[k].presence.at_hand;
    bool waits = e->person[k].open && e->person[k].due <= e->now;
    *own = here ? rates[waits ? EBB_BRIDGE_FOLLOWING : EBB_BRIDGE_TEXTING] : 0;
    *answer = here && e->person[1 - k].open ? rates[EBB_BRIDGE_ANSWERING] : 0;
}

/* Time passes in which nobody writes, `rate` being what both write at. */
static void emit_pass(ebb_emitter_t *e, double end, const double rate[2])
{
    for (int k = 0; k < 2; k++) {
        double spent = rate[k] * (end - e->now);
        e->person[k].left = e->person[k].left > spent ? e->person[k].left - spent : 0;
        e->person[k].at_hand += e->person[k].presence.at_hand ? end - e->now : 0;
    }
    e->now = end;
    for (int k = 0; k < 2; k++) {
        if (e->person[k].presence.until <= end) {
            ebb_presence_next(&e->person[k].presence);
        }
    }
}

static void emit_length(ebb_event_t *event, uint32_t word)
{
    double length =
        LENGTH_MEDIAN * ebb_exp(LENGTH_SPREAD * ebb_random_normal(word)) + 0.5;
    event->characters = length < 1 ? 1 : (uint32_t)length;
    event->words = 1 + (uint32_t)(event->characters / WORD_LENGTH);
}

/* k's message wants an answer; what was asked before it is waited for as before. */
static void emit_ask(ebb_emitter_t *e, int k, double patience)
{
    double due = e->now + PATIENCE_S * patience;
    if (!e->person[k].open || due < e->person[k].due) {
        e->person[k].due = due;
    }
    e->person[k].open = true;
}

/* k writes now. An answer ends the other's waiting, and so does anything else. */
static int emit_message(ebb_emitter_t *e, int k, double own, double answer)
{
    if (e->events.count == EBB_BRIDGE_MOST) {
        return EBB_ERR_LIMIT;
    }
    ebb_event_t *event = ebb_list_push(&e->events, e->alloc, sizeof *event);
    if (!event) {
        return EBB_ERR_MEMORY;
    }
    ebb_random_block_t draw = emit_draw(e, k);
    double u = ebb_random_uniform(draw.b) * (own + answer);
    bool answers = u >= own;
    /* what is left of u is uniform again, between the two bounds of its case */
    double v = answers ? (u - own) / answer : u / own;
    event->local_s = e->first_day * EBB_DAY_S + (int64_t)e->now;
    event->person = (uint8_t)k;
    event->kind = EBB_KIND_TEXT;
    emit_length(event, draw.c);
    if (v < (answers ? ASKS_ANSWER : ASKS_OWN)) {
        emit_ask(e, k, ebb_random_exponential(draw.d));
    }
    e->person[1 - k].open = false;
    e->person[k].written++;
    e->person[k].left = ebb_random_exponential(emit_draw(e, k).a);
    return EBB_OK;
}

int ebb_emitter_until(ebb_emitter_t *e, double end,
                      const double rates[2][EBB_BRIDGE_RATES])
{
    int code = EBB_OK;
    while (e->now < end && !code) {
        double own[2], answer[2], rate[2], wait[2];
        double stop = end;
        for (int k = 0; k < 2; k++) {
            emit_rates(e, k, rates[k], &own[k], &answer[k]);
            rate[k] = own[k] + answer[k];
            wait[k] = rate[k] > 0 ? e->person[k].left / rate[k] : EBB_INFINITY;
            double until = e->person[k].presence.until, due = e->person[k].due;
            stop = until < stop ? until : stop;
            stop = e->person[k].open && due > e->now && due < stop ? due : stop;
        }
        int first = wait[1] < wait[0];
        if (e->now + wait[first] < stop) {
            emit_pass(e, e->now + wait[first], rate);
            code = emit_message(e, first, own[first], answer[first]);
        } else {
            emit_pass(e, stop, rate);
        }
    }
    return code;
}
