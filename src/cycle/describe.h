/* SPDX-License-Identifier: MIT
 * What a record shows beside the arms (section 9 of docs/maths/measure.md). Each
 * function fills its part of the result; 0 or EBB_ERR_MEMORY. */
#ifndef EBB_CYCLE_DESCRIBE_H
#define EBB_CYCLE_DESCRIBE_H

#include "cycle/cells.h"

/* Counts, weeks, starts, reply times and hours. */
int ebb_describe_course(ebb_cycle_t *cycle, const ebb_contacts_t *contacts);

/* Long silences, first moves and the way back to normal [eq 13]. Needs the course. */
int ebb_describe_silences(ebb_cycle_t *cycle, const ebb_contacts_t *contacts);

/* The episodes of one direction [eq 12]. */
typedef struct ebb_found {
    ebb_episode_t *list;
    size_t count, room; /* elements in use; elements there are */
} ebb_found_t;

/* Finds them in the whole record's cells. `usual`: the coefficients of the usual
 * replies if they are known; NULL: they are fitted. */
int ebb_episodes_find(ebb_found_t *found, int pursuer, const ebb_cells_t *cells,
                      const double *usual);

/* Puts those of both directions together, with the typical one; takes them over. */
int ebb_describe_episodes(ebb_cycle_t *cycle, ebb_found_t found[2]);

/* The week of a contact, from the origin, kept inside the record. */
static inline size_t ebb_contact_week(const ebb_contacts_t *contacts,
                                      const ebb_contact_t *contact)
{
    double week = contact->wall / EBB_WEEK_MIN;
    size_t i = week > 0 ? (size_t)week : 0;
    return i < contacts->weeks ? i : contacts->weeks - 1;
}

#endif
