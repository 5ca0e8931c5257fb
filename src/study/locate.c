/* SPDX-License-Identifier: MIT
 * Between two stations of a branch: what is special, and where exactly [eq 110]. */
#include <string.h>

#include "math/bits.h"
#include "study/path.h"

#define LOCATE_HALVINGS 48
#define LOCATE_ZERO                                                     \
    1e-4 /* of a test function that passes through 0, at what bisection \
            left; one that jumps is larger */
#define LOCATE_REACHED 1e-13

/* What may change between two stations. */
typedef enum ebb_change {
    CHANGE_FOLD,   /* the number turns back */
    CHANGE_BRANCH, /* the determinant changes sign */
    CHANGE_PAIRS,  /* pairs beyond the border */
    CHANGE_FLIP,   /* a real one crosses -1 */
    CHANGE_COUNT
} ebb_change_t;

static bool locate_differs(const ebb_path_t *path, ebb_change_t change,
                           const ebb_station_t *a, const ebb_station_t *b)
{
    size_t last = path->n - 1;
    switch (change) {
    case CHANGE_FOLD:
        return a->t[last] * b->t[last] < 0;
    case CHANGE_BRANCH:
        return a->sign * b->sign < 0;
    case CHANGE_PAIRS:
        return a->pairs != b->pairs;
    case CHANGE_FLIP:
        return a->flip != b->flip;
    case CHANGE_COUNT:
    default:
        return false;
    }
}

/* Bisection: `low` and `high` are the stations on its two sides in the end. Returns the
 * part of the step. */
static double locate_bisect(ebb_path_t *path, const ebb_station_t *from, double h,
                            ebb_change_t change, ebb_station_t sides[2])
{
    double low = 0, high = 1;
    for (int k = 0; k < LOCATE_HALVINGS; k++) {
        double middle = (low + high) / 2;
        ebb_station_t at;
        if (!ebb_path_step(path, from, middle * h, &at)) {
            break; /* too near to a singular place; what is known is near enough */
        }
        bool beyond = locate_differs(path, change, from, &at);
        sides[beyond] = at;
        low = beyond ? low : middle;
        high = beyond ? middle : high;
    }
    return high;
}

/* What it is, when all is smooth; else a kink. */
static ebb_landmark_t locate_name(const ebb_path_t *path, ebb_change_t change,
                                  const ebb_station_t sides[2])
{
    const ebb_station_t *a = &sides[0], *b = &sides[1];
    size_t last = path->n - 1;
    bool steps = path->flow.steps;
    switch (change) {
    case CHANGE_FOLD:
        return ebb_magnitude(b->t[last]) < LOCATE_ZERO ? EBB_LANDMARK_FOLD
                                                       : EBB_LANDMARK_KINK;
    case CHANGE_BRANCH:
        return b->pivots < LOCATE_ZERO ? EBB_LANDMARK_BRANCH : EBB_LANDMARK_KINK;
    case CHANGE_PAIRS:
        if (a->unstable == b->unstable) {
            return EBB_LANDMARK_NONE; /* two real ones became a pair, far from the
                                         border */
        }
        return b->nearest < LOCATE_ZERO * (1 + b->frequency)
                   ? (steps ? EBB_LANDMARK_TORUS : EBB_LANDMARK_HOPF)
                   : EBB_LANDMARK_KINK;
    case CHANGE_FLIP:
        return EBB_LANDMARK_PERIOD_DOUBLING;
    case CHANGE_COUNT:
    default:
        return EBB_LANDMARK_NONE;
    }
}

size_t ebb_path_search(ebb_path_t *path, const ebb_station_t *from,
                       const ebb_station_t *to, double h,
                       ebb_find_t finds[EBB_FINDS_MOST])
{
    size_t count = 0;
    for (int change = 0; change < CHANGE_COUNT; change++) {
        if (!locate_differs(path, (ebb_change_t)change, from, to)) {
            continue;
        }
        ebb_station_t sides[2] = {*from, *to};
        ebb_find_t find;
        find.s = locate_bisect(path, from, h, (ebb_change_t)change, sides);
        find.at = sides[1];
        find.mark = locate_name(path, (ebb_change_t)change, sides);
        if (find.mark == EBB_LANDMARK_NONE) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && finds[at - 1].s > find.s; at--) {
            finds[at] = finds[at - 1];
        }
        finds[at] = find;
    }
    return count;
}

bool ebb_path_reach(ebb_path_t *path, const ebb_station_t *from, double *h,
                    double number, ebb_station_t *to)
{
    size_t last = path->n - 1;
    double begin = from->w[last], low = 0, high = 1;
    for (int k = 0; k < LOCATE_HALVINGS; k++) {
        double middle = (low + high) / 2;
        if (!ebb_path_step(path, from, middle * *h, to)) {
            return false;
        }
        double off = to->w[last] - number;
        if (ebb_magnitude(off) < LOCATE_REACHED) {
            high = middle;
            break;
        }
        bool beyond = (off > 0) != (begin > number);
        low = beyond ? low : middle;
        high = beyond ? middle : high;
    }
    *h *= high;
    return true;
}
