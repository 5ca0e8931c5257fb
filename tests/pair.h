/* SPDX-License-Identifier: MIT
 * Couples drawn minute by minute from hazards, for tests of the whole measure: person s
 * may pursue, o may withdraw, everybody sleeps. */
#ifndef EBB_TESTS_PAIR_H
#define EBB_TESTS_PAIR_H

#include "draw.h"
#include "record.h"

typedef struct pair {
    int weeks;
    double reply;    /* rate of answering, per minute awake */
    double follow;   /* rate of writing again, per minute awake */
    double pursuit;  /* times as fast at S = 1 as at 0, S by the unslowed reply rate */
    double slow;     /* reply rate once a follow-up is outstanding, as a factor */
    int pursuer;     /* 0, 1, or -1: both; the other one withdraws */
    int switch_week; /* from here on the roles are the other way round; 0: never */
} pair_t;

/* Appends the record of a pair; texts from 8 to 23 o'clock, every one of which wants an
 * answer. */
static inline void pair_write(record_t *record, const pair_t *pair, uint64_t seed)
{
    draw_t draw = {seed};
    int holder = 0, followups = 0; /* who waits for an answer */
    double first = 480, last = 480;
    record_at(record, 480 * 60, holder, EBB_KIND_TEXT);
    for (int64_t minute = 481; minute < pair->weeks * (int64_t)10080; minute++) {
        int64_t hour = minute / 60 % 24,
                second = minute * 60 + (int64_t)draw_below(&draw, 60);
        if (hour < 8 || hour >= 23) {
            continue;
        }
        bool turned = pair->switch_week && minute >= pair->switch_week * (int64_t)10080;
        int pursuer = turned ? 1 - pair->pursuer : pair->pursuer;
        double now = (double)minute, reply = pair->reply, again = pair->follow;
        if (pair->pursuer < 0 || pursuer == holder) {
            reply *= followups ? pair->slow : 1;
            again *= pow(pair->pursuit, -expm1(-(now - first) * pair->reply));
        }
        if (draw_uniform(&draw) < reply) {
            holder = 1 - holder;
            record_at(record, second, holder, EBB_KIND_TEXT);
            first = last = now;
            followups = 0;
        } else if (now - last > 6 && draw_uniform(&draw) < again) {
            record_at(record, second, holder, EBB_KIND_TEXT);
            last = now;
            followups++;
        }
    }
}

#endif
