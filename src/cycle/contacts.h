/* SPDX-License-Identifier: MIT
 *
 * Contacts: the events that matter to the measure, on a clock in minutes [eq 1].
 *
 * Invariant: times do not decrease; what the exporter knew to the minute (or second)
 * only is spread at random within it, the same way every time, keeping its order.
 */
#ifndef EBB_CYCLE_CONTACTS_H
#define EBB_CYCLE_CONTACTS_H

#include "core/fail.h"
#include "ebb/cycle.h"

typedef enum ebb_contact_type {
    EBB_CONTACT_MESSAGE, /* text, media, voice, deleted, missed call: one person reaches
                            out */
    EBB_CONTACT_CALL,    /* a call that was taken: contact of both, also told without
                            a name */
    EBB_CONTACT_REACTION /* answers, but is no bid */
} ebb_contact_type_t;

typedef struct ebb_contact {
    double t;       /* minutes since the origin, by instant where zones are known */
    double wall;    /* minutes on the wall clock since Monday 00:00 of the first week */
    uint8_t person; /* 0 or 1; EBB_PERSON_NONE: a call told without a name */
    uint8_t type;   /* ebb_contact_type_t */
    uint8_t kind;   /* ebb_kind_t */
    bool minute;    /* known to the minute only */
    int64_t local_s; /* wall clock as the record has it */
} ebb_contact_t;

typedef struct ebb_contacts {
    ebb_contact_t *list;
    size_t count, capacity;
    int64_t origin_s;  /* wall clock of Monday 00:00 of the first week */
    size_t weeks;      /* weeks from the origin that the record touches */
    bool minute_clock; /* at least half of the events are known to the minute only */
    uint64_t messages[2], calls;
    const ebb_alloc_t *alloc;
} ebb_contacts_t;

#define EBB_WEEK_MIN 10080.0
#define EBB_DAY_MIN 1440.0

/* Makes the contacts of a record. Instants order it when every event has an offset, as
 * in an import, else the wall clock. EBB_ERR_INPUT when it is out of order, has fewer
 * than two messages of each person or impossible clocks; EBB_ERR_MEMORY. Free with
 * ebb_contacts_free also after a failure. */
int ebb_contacts_make(ebb_contacts_t *contacts, const ebb_event_t *events, size_t count,
                      const ebb_alloc_t *alloc, ebb_error_t *error);
void ebb_contacts_free(ebb_contacts_t *contacts);

#endif
