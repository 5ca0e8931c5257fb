/* SPDX-License-Identifier: MIT
 * What a record shows beside the arms (section 9 of docs/maths/measure.md). Each
 * function fills its part of the result; 0 or EBB_ERR_MEMORY. */
#ifndef EBB_CYCLE_DESCRIBE_H
#define EBB_CYCLE_DESCRIBE_H

#include "cycle/rhythm.h"

/* Counts, weeks, starts, reply times and hours. */
int ebb_describe_course(ebb_cycle_t *cycle, const ebb_contacts_t *contacts);

/* Long silences, first moves and the way back to normal [eq 13]. Needs the course. */
int ebb_describe_silences(ebb_cycle_t *cycle, const ebb_contacts_t *contacts);

/* Episodes of both directions and the typical one [eq 12]. */
int ebb_describe_episodes(ebb_cycle_t *cycle, const ebb_contacts_t *contacts,
                          const ebb_rhythm_t *rhythm);

/* The week of a contact, from the origin, kept inside the record. */
static inline size_t ebb_contact_week(const ebb_contacts_t *contacts,
                                      const ebb_contact_t *contact)
{
    double week = contact->wall / EBB_WEEK_MIN;
    size_t i = week > 0 ? (size_t)week : 0;
    return i < contacts->weeks ? i : contacts->weeks - 1;
}

#endif
