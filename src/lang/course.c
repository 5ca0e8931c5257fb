/* SPDX-License-Identifier: MIT
 * Courses of inputs. Changes come mostly in order of time, so places are looked for
 * from the end. */
#include "lang/course.h"

static ebb_piece_t *course_pieces(const ebb_input_course_t *course)
{
    return course->pieces.items;
}

/* The first piece with begin >= time (or > time, if `behind`). */
static size_t course_place(const ebb_input_course_t *course, double time, bool behind)
{
    const ebb_piece_t *pieces = course_pieces(course);
    size_t i = course->pieces.count;
    while (i > 0 &&
           (behind ? pieces[i - 1].begin > time : pieces[i - 1].begin >= time)) {
        i--;
    }
    return i;
}

static void course_push(ebb_reading_t *reading, ebb_input_course_t *course,
                        ebb_piece_t piece)
{
    ebb_piece_t *place = ebb_reading_push(reading, &course->pieces, sizeof *place);
    if (place) {
        *place = piece;
    }
}

void ebb_input_course_begin(ebb_reading_t *reading, ebb_input_course_t *course,
                            double value)
{
    course_push(reading, course, (ebb_piece_t){0, value, 0});
}

/* The piece that holds at a time, moved so that it begins there. */
static ebb_piece_t course_piece_at(const ebb_input_course_t *course, double time)
{
    size_t i = course_place(course, time, true);
    ebb_piece_t piece = course_pieces(course)[i > 0 ? i - 1 : 0];
    piece.value += piece.slope * (time - piece.begin);
    piece.begin = time;
    return piece;
}

double ebb_input_course_at(const ebb_input_course_t *course, double time)
{
    return course_piece_at(course, time).value;
}

void ebb_input_course_from(ebb_reading_t *reading, ebb_input_course_t *course,
                           ebb_piece_t piece)
{
    course->pieces.count = course_place(course, piece.begin, false);
    course_push(reading, course, piece);
}

void ebb_input_course_between(ebb_reading_t *reading, ebb_input_course_t *course,
                              ebb_piece_t piece, double end)
{
    size_t first = course_place(course, piece.begin, false);
    size_t rest = course_place(course, end, true);
    ebb_piece_t after = course_piece_at(course, end);
    size_t kept = course->pieces.count - rest;
    course_push(reading, course, piece); /* room for the two that come in */
    course_push(reading, course, after);
    if (reading->failed) {
        return;
    }
    ebb_piece_t *pieces = course_pieces(course);
    memmove(&pieces[first + 2], &pieces[rest], kept * sizeof *pieces);
    pieces[first] = piece;
    pieces[first + 1] = after;
    course->pieces.count = first + 2 + kept;
}
