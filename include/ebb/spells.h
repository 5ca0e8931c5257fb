/* SPDX-License-Identifier: MIT
 *
 * Episodes of a simulated couple: stretches in which one of them is withdrawn. This is
 * the one place that says what an episode of a run is; the measure's episodes, of
 * messages, are another thing (ebb/cycle.h).
 *
 * Definition. An episode is a stretch with withdrawal of either above 0.2 for at least
 * six hours; two that are less than six hours apart are one.
 */
#ifndef EBB_SPELLS_H
#define EBB_SPELLS_H

#include <stddef.h>

#define EBB_SPELL_LEVEL 0.2
#define EBB_SPELL_HOURS 6.0

/* An episode; times in the model's unit. */
typedef struct ebb_spell {
    double begin, end;
    double peak_time, peak; /* where withdrawal is highest, and how high */
} ebb_spell_t;

/* Where episodes are looked for. */
typedef struct ebb_spell_course {
    const double *times;      /* rising, in the model's unit, `count` of them */
    const double *withdrawal; /* at each time that of the person who is withdrawn most;
                                 where it is NaN (the couple does not last) an episode
                                 ends */
    size_t count;
    double hours; /* of the model's unit of time, > 0, see ebb_unit_hours */
} ebb_spell_course_t;

/**
 * How many hours a unit of time of a model has.
 *
 * @param[in] unit  as in ebb_model_info_t: "second", "minute", "hour", "day", "week",
 *                  "month" (a twelfth of a year) or "year" (365.25 days)
 * @return hours, > 0; 0 for a unit that is not of the clock ("turn", "step"): then
 * there are no episodes
 */
double ebb_unit_hours(const char *unit);

/**
 * Finds the episodes of a run.
 *
 * Withdrawal is taken to be straight between two times, so an episode begins and ends
 * within them; one that is under way at the first or the last time begins or ends
 * there.
 *
 * @param[in]  course  see there
 * @param[out] spells  the first `room` of them, in order of time; NULL if room is 0
 * @param[in]  room    how many fit
 * @return how many there are. Thread-safe; linear in `count`.
 */
size_t ebb_spells_find(const ebb_spell_course_t *course, ebb_spell_t *spells,
                       size_t room);

#endif
