/* SPDX-License-Identifier: MIT
 * Thinning of courses and paths. */
#include "report/thin.h"

#include <math.h>

#define THIN_NEAR 0.004 /* of a path's size: less than a pixel */

static double thin_at(ebb_thin_course_t course, size_t k)
{
    return course.values[k * course.stride];
}

static void thin_pair(ebb_thin_course_t course, size_t from, size_t to, double out[2])
{
    size_t low = to, high = to;
    for (size_t k = from; k < to; k++) {
        double value = thin_at(course, k);
        if (isfinite(value)) {
            low = low == to || value < thin_at(course, low) ? k : low;
            high = high == to || value > thin_at(course, high) ? k : high;
        }
    }
    bool any = low < to;
    out[0] = any ? thin_at(course, low < high ? low : high) : (double)NAN;
    out[1] = any ? thin_at(course, low < high ? high : low) : (double)NAN;
}

void ebb_thin(ebb_thin_course_t course, size_t width, double *out)
{
    for (size_t from = 0; from < course.count; from += width, out += 2) {
        size_t to = from + width < course.count ? from + width : course.count;
        thin_pair(course, from, to, out);
    }
}

/* --- paths ------------------------------------------------------------------------ */

static double thin_span(ebb_thin_course_t course, size_t count)
{
    double low = (double)INFINITY, high = -(double)INFINITY;
    for (size_t k = 0; k < count; k++) {
        low = fmin(low, thin_at(course, k));
        high = fmax(high, thin_at(course, k));
    }
    return high > low ? high - low : 1;
}

/* Keeps what is `near` apart; counts on beyond `most`, but does not write. */
static size_t thin_keep(ebb_thin_course_t x, ebb_thin_course_t y, size_t count,
                        double near, size_t most, size_t *kept)
{
    double wide = thin_span(x, count), high = thin_span(y, count);
    size_t found = 0, last = 0;
    for (size_t k = 0; k < count; k++) {
        double dx = (thin_at(x, k) - thin_at(x, last)) / wide;
        double dy = (thin_at(y, k) - thin_at(y, last)) / high;
        if (k == 0 || k + 1 == count || dx * dx + dy * dy > near * near) {
            if (found < most) {
                kept[found] = k;
            }
            found++;
            last = k;
        }
    }
    return found;
}

size_t ebb_thin_path(ebb_thin_course_t x, ebb_thin_course_t y, size_t most,
                     size_t *kept)
{
    size_t count = 0;
    while (count < x.count && isfinite(thin_at(x, count)) &&
           isfinite(thin_at(y, count))) {
        count++;
    }
    double near = THIN_NEAR;
    size_t found = thin_keep(x, y, count, near, most, kept);
    while (found > most) {
        near *= 2;
        found = thin_keep(x, y, count, near, most, kept);
    }
    return found;
}

/* --- decimals --------------------------------------------------------------------- */

/* The power of ten of a number's first digit: 0 for 1 to 9, -1 for 0.1 to 0.9 ... */
static int thin_power(double size)
{
    int power = 0;
    while (size >= 10) {
        size /= 10;
        power++;
    }
    while (size < 1) {
        size *= 10;
        power--;
    }
    return power;
}

int ebb_thin_decimals(double low, double high)
{
    double span = high - low;
    if (!(span > 0) || !isfinite(span)) {
        span = fabs(high) > 0 && isfinite(high) ? fabs(high) : 1;
    }
    return 3 - thin_power(span);
}

double ebb_thin_round(double value, int decimals)
{
    double scale = pow(10, decimals < 0 ? -decimals : decimals);
    return decimals >= 0 ? round(value * scale) / scale : round(value / scale) * scale;
}
