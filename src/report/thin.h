/* SPDX-License-Identifier: MIT
 * Courses with as many numbers as can be seen. */
#ifndef EBB_REPORT_THIN_H
#define EBB_REPORT_THIN_H

#include <stdbool.h>
#include <stddef.h>

/* Of one number of a course: rows[k * stride], k below `count`. */
typedef struct ebb_thin_course {
    const double *values;
    size_t count, stride;
} ebb_thin_course_t;

/**
 * Thins a course to the lowest and the highest number of stretches of one length, each
 * pair in the order in which they come: what a line of that many pixels shows.
 *
 * @param[in]  course  NaN in it are passed over; a stretch of nothing else is two NaN
 * @param[in]  width   values of a stretch, > 0; the last one may have fewer
 * @param[out] out     2 * (stretches) numbers, stretches being count / width rounded up
 */
void ebb_thin(ebb_thin_course_t course, size_t width, double *out);

/**
 * Thins a path in a plane: a point is kept when it is far from the one kept before, so
 * that no point of the path is farther from a kept one than a share of the path's size.
 * The share is the least of 0.004, 0.008 ... with which no more than `most` are kept.
 *
 * @param[in]  x, y  of the same length; a path ends at the first NaN
 * @param[in]  most  >= 2
 * @param[out] kept  places of those that are kept, room for `most`
 * @return how many
 */
size_t ebb_thin_path(ebb_thin_course_t x, ebb_thin_course_t y, size_t most,
                     size_t *kept);

/* How many decimals (below 0: tens) a number needs to be told within a thousandth of
 * the span from low to high. */
int ebb_thin_decimals(double low, double high);

/* Rounded to so many decimals. */
double ebb_thin_round(double value, int decimals);

#endif
