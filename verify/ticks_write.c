/* SPDX-License-Identifier: MIT
 *
 * From turns to events: how many messages, how long, how many seconds apart.
 *
 * Events stay in time order by insertion from the end: turns of the two overlap by a
 * minute or two at most, so an event moves past a handful of others.
 */
#include <stdlib.h>

#include "ticks_couple.h"

#define FIRST_MONDAY_S 1736121600 /* 2025-01-06 00:00 */

static void insert_event(ticks_couple_t *c, const ebb_event_t *event)
{
    if (event->local_s >= FIRST_MONDAY_S + (int64_t)c->minutes * 60) {
        return; /* after the end of the record */
    }
    if (c->count == c->room) {
        size_t room = c->room ? 2 * c->room : 4096;
        ebb_event_t *events = realloc(c->events, room * sizeof *events);
        if (!events) {
            c->out_of_memory = 1;
            return;
        }
        c->events = events;
        c->room = room;
    }
    size_t place = c->count++;
    while (place > 0 && c->events[place - 1].local_s > event->local_s) {
        c->events[place] = c->events[place - 1];
        place--;
    }
    c->events[place] = *event;
}

static ebb_event_t event_at(const ticks_couple_t *c, int writer, double second,
                            ebb_kind_t kind)
{
    ebb_event_t event = {0};
    event.local_s = FIRST_MONDAY_S + (int64_t)second;
    event.offset_s = EBB_OFFSET_UNKNOWN;
    event.person = (uint8_t)writer;
    event.kind = (uint8_t)kind;
    if (c->plant->minute_clock) {
        event.local_s -= event.local_s % 60;
        event.flags = EBB_FLAG_MINUTE;
    }
    return event;
}

/* A text of lognormal length, or now and then a picture or a spoken message. */
static double write_message(ticks_couple_t *c, int writer, double second, double median)
{
    ticks_rng_t *rng = &c->person[writer].rng;
    double kind = ticks_uniform(rng);
    double length = fmin(ticks_lognormal(rng, median, 0.75), 4000.0);
    ebb_event_t event = event_at(c, writer, second,
                                 kind < 0.94   ? EBB_KIND_TEXT
                                 : kind < 0.98 ? EBB_KIND_MEDIA
                                               : EBB_KIND_VOICE);
    if (event.kind == EBB_KIND_TEXT) {
        event.characters = (uint32_t)(1.0 + length);
        event.words = (uint32_t)(1.0 + length / ticks_between(rng, 4.8, 6.6));
    }
    insert_event(c, &event);
    return length;
}

int ticks_write_turn(ticks_couple_t *c, int writer, int t, ticks_cause_t cause)
{
    ticks_person_t *p = &c->person[writer];
    double more = p->habits.more;
    double median = p->habits.length;
    if (cause == TICKS_ANSWER || cause == TICKS_MORNING) {
        more *= 0.7;
        median *= 0.8;
    } else if (cause == TICKS_TOPIC || cause == TICKS_NEWS) {
        more *= 1.3;
    }
    int messages = 1 + ticks_geometric(&p->rng, more);
    double second = t * 60.0 + 60.0 * ticks_uniform(&p->rng);
    second = fmax(second, p->last_sent * 60.0 + 1.0);
    double length = write_message(c, writer, second, median);
    for (int i = 1; i < messages; i++) {
        double pause = ticks_lognormal(&p->rng, p->habits.clause_s, 0.7);
        second += fmin(pause + 0.4 * length / p->habits.chars_per_s, 110.0);
        length = write_message(c, writer, second, median);
    }
    return (int)(second / 60.0);
}

void ticks_write_call(ticks_couple_t *c, int caller, int t)
{
    double second = t * 60.0 + 60.0 * ticks_uniform(&c->person[caller].rng);
    ebb_event_t event = event_at(c, caller, second, EBB_KIND_CALL);
    insert_event(c, &event);
}
