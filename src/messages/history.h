/* SPDX-License-Identifier: MIT
 * The inside of a finished history, for the files of messages/ alone. */
#ifndef EBB_MESSAGES_HISTORY_H
#define EBB_MESSAGES_HISTORY_H

#include "messages/reader.h"

struct ebb_history {
    const ebb_alloc_t *alloc;
    ebb_event_t *events;
    size_t count, capacity;
    char *names[2];
    size_t name_sizes[2]; /* bytes allocated for each name */
    ebb_source_t *sources;
    size_t source_capacity;
    ebb_gap_t *gaps;
    size_t gap_capacity;
    ebb_text_t texts;             /* bodies; ebb_event_t.text - 1 is a place in it */
    bool keeps_text;              /* bodies were asked for at import */
    char zone[EBB_ZONE_NAME_MAX]; /* of the wall clocks; "" where it is not known */
    int maker; /* 1 + the person who exported the messages; 0: not known */
    ebb_account_t account;
};

/* Two persons of an import, as indices into its persons. */
typedef struct ebb_pair {
    int a, b;
} ebb_pair_t;

/* Whether the choices contradict each other; EBB_ERR_ARGUMENT says how. */
int ebb_pair_check(const ebb_import_opts_t *opts, ebb_error_t *error);

/* Decides who is A and who is B; EBB_ERR_CHOICE lists the persons with their counts. */
int ebb_pair_choose(ebb_import_t *import, ebb_pair_t *pair, ebb_error_t *error);

/* Who of the two exported the messages: 1 for A, 2 for B, 0 where it is not known. */
int ebb_pair_maker(const ebb_import_t *import, const ebb_pair_t *pair);

/* Forgets the persons from index `from` on. */
void ebb_persons_forget(ebb_import_t *import, size_t from);

/* Sorts events by time, keeping the order of equals; does nothing to a sorted array.
 * Extra memory: half the events at most, and none when they are sorted already. */
int ebb_events_sort(ebb_event_t *events, size_t count, const ebb_alloc_t *alloc);

/* The time events are ordered by: instants when all have one, wall clocks if not. */
bool ebb_events_have_instants(const ebb_event_t *events, size_t count);
int64_t ebb_event_time(const ebb_event_t *event, bool by_instant);

#endif
