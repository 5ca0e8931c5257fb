/* SPDX-License-Identifier: MIT
 * The course of an input: a piecewise linear function of time, changed piece by piece.
 */
#ifndef EBB_LANG_COURSE_H
#define EBB_LANG_COURSE_H

#include "lang/reading.h"
#include "lang/scenario.h"

typedef struct ebb_input_course {
    ebb_list_t pieces; /* ebb_piece_t, by rising begin, the first from 0 */
} ebb_input_course_t;

/* A course that is `value` for ever. */
void ebb_input_course_begin(ebb_reading_t *reading, ebb_input_course_t *course,
                            double value);

/* Its value at a time >= 0. */
double ebb_input_course_at(const ebb_input_course_t *course, double time);

/* From `begin` on it is value + slope (t - begin); what was there is gone. */
void ebb_input_course_from(ebb_reading_t *reading, ebb_input_course_t *course,
                           ebb_piece_t piece);

/* The same until `end` > begin only; then it is as it was. */
void ebb_input_course_between(ebb_reading_t *reading, ebb_input_course_t *course,
                              ebb_piece_t piece, double end);

#endif
