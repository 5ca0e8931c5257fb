/* SPDX-License-Identifier: MIT
 *
 * Steps along a branch by arclength [eq 109] (Keller 1977).
 *
 * Main idea: the states and the number are one point w, of which R(w) = 0 leaves a
 * curve. A step goes along its tangent t and comes back in the plane across it; a fold
 * is a place like any other for that. The next tangent solves [R_w; t'] t_new = e, so
 * t_new t > 0: the way never turns round by itself.
 */
#include "study/path.h"

#include <math.h>
#include <string.h>

#include "math/bits.h"
#include "math/linear.h"

#define PATH_STEPS_MOST 12
#define PATH_EXACT 1e-13
#define PATH_GOOD 1e-10

double ebb_path_linearise(ebb_path_t *path, const double *w)
{
    size_t states = path->flow.n;
    for (size_t i = 0; i < states; i++) {
        path->x[i] = w[i] * path->scale[i];
    }
    ebb_flow_set(&path->flow, path->flow.reduction->lead,
                 w[states] * path->scale[states]);
    return ebb_flow_linearise(&path->flow, path->x);
}

/* [R_w; t'] factored. */
static void path_factor(ebb_path_t *path, const double *t)
{
    ebb_flow_t *flow = &path->flow;
    size_t n = path->n, states = n - 1;
    for (size_t i = 0; i < states; i++) {
        for (size_t j = 0; j < states; j++) {
            flow->matrix[i * n + j] = flow->jacobian[i * states + j] * path->scale[j];
        }
        flow->matrix[i * n + states] = flow->by_lead[i] * path->scale[states];
    }
    memcpy(flow->matrix + states * n, t, n * sizeof *t);
    ebb_lu_factor(flow->matrix, n, flow->pivots);
}

/* From `guess` onto the branch, in the plane through it across t. */
static bool path_correct(ebb_path_t *path, const double *guess, const double *t,
                         double *w)
{
    ebb_flow_t *flow = &path->flow;
    size_t n = path->n;
    double size = EBB_INFINITY, moved = EBB_INFINITY;
    memcpy(w, guess, n * sizeof *w);
    for (int k = 0; k < PATH_STEPS_MOST; k++) {
        size = ebb_path_linearise(path, w);
        if (size <= PATH_EXACT || !(size < EBB_INFINITY) ||
            (size <= PATH_GOOD && moved < PATH_EXACT)) {
            break;
        }
        double *step = flow->step, aside = 0;
        for (size_t i = 0; i < n; i++) {
            step[i] = i + 1 < n ? -flow->residual[i] : 0;
            aside += t[i] * (w[i] - guess[i]);
        }
        step[n - 1] = -aside;
        path_factor(path, t);
        ebb_lu_solve(flow->matrix, n, flow->pivots, step);
        moved = 0;
        for (size_t i = 0; i < n; i++) {
            w[i] += step[i];
            moved = ebb_magnitude(step[i]) > moved ? ebb_magnitude(step[i]) : moved;
        }
    }
    return size <= PATH_GOOD;
}

/* The tangent at a point that has just been linearised. */
static bool path_tangent(ebb_path_t *path, ebb_station_t *at, const double *along)
{
    ebb_flow_t *flow = &path->flow;
    size_t n = path->n;
    double square = 0, least = EBB_INFINITY, most = 0;
    path_factor(path, along);
    at->sign = ebb_lu_sign(flow->matrix, n, flow->pivots);
    for (size_t i = 0; i < n; i++) {
        double pivot = ebb_magnitude(flow->matrix[i * n + i]);
        least = pivot < least ? pivot : least;
        most = pivot > most ? pivot : most;
        at->t[i] = i + 1 < n ? 0 : 1;
    }
    at->pivots = least / most;
    ebb_lu_solve(flow->matrix, n, flow->pivots, at->t);
    for (size_t i = 0; i < n; i++) {
        square += at->t[i] * at->t[i];
    }
    double length = sqrt(square);
    for (size_t i = 0; i < n; i++) {
        at->t[i] /= length;
    }
    return length > 0 && length < EBB_INFINITY;
}

static void path_take_spectrum(ebb_path_t *path, ebb_station_t *at)
{
    const ebb_spectrum_t *s = &path->spectrum;
    at->unstable = s->unstable;
    at->pairs = s->unstable_pairs;
    at->flip = s->flip_sign;
    at->leading = s->values[0];
    at->nearest = EBB_INFINITY;
    at->frequency = 0;
    for (size_t k = 0; k < s->count; k++) {
        double re = s->values[k].re, im = s->values[k].im;
        double beyond = path->flow.steps ? sqrt(re * re + im * im) - 1 : re;
        if (im > 0 && ebb_magnitude(beyond) < at->nearest) {
            at->nearest = ebb_magnitude(beyond);
            at->frequency = path->flow.steps ? ebb_spectrum_angle(re, im) : im;
        }
    }
}

bool ebb_path_look(ebb_path_t *path, ebb_station_t *at, const double *along)
{
    (void)ebb_path_linearise(path, at->w);
    if (!path_tangent(path, at, along) ||
        ebb_spectrum_fill(&path->spectrum, &path->flow)) {
        return false;
    }
    path_take_spectrum(path, at);
    return true;
}

bool ebb_path_step(ebb_path_t *path, const ebb_station_t *from, double h,
                   ebb_station_t *to)
{
    double guess[EBB_STUDY_FREE_MOST + 1] = {0};
    for (size_t i = 0; i < path->n; i++) {
        guess[i] = from->w[i] + h * from->t[i];
    }
    return path_correct(path, guess, from->t, to->w) &&
           ebb_path_look(path, to, from->t);
}

/* --- kinks ------------------------------------------------------------------------ */

/* The linear part as it stands in the flow: by states, then by the number. */
static void path_keep(ebb_path_t *path, double *kept)
{
    size_t states = path->n - 1;
    memcpy(kept, path->flow.jacobian, states * states * sizeof *kept);
    memcpy(kept + states * states, path->flow.by_lead, states * sizeof *kept);
}

/* Whether the linear part at `w` is about the one in `kept`. */
static bool path_is_alike(ebb_path_t *path, const double *w, const double *kept)
{
    size_t states = path->n - 1, square = states * states;
    double size = 0, most = 0;
    (void)ebb_path_linearise(path, w);
    for (size_t k = 0; k < square + states; k++) {
        double now =
            k < square ? path->flow.jacobian[k] : path->flow.by_lead[k - square];
        double a = ebb_magnitude(kept[k]), apart = ebb_magnitude(now - kept[k]);
        size = a > size ? a : size;
        most = apart > most ? apart : most;
    }
    return most < 0.01 * size;
}

/* The largest difference of a coordinate. */
static double path_apart(const ebb_path_t *path, const ebb_station_t *a,
                         const ebb_station_t *b)
{
    double most = 0;
    for (size_t i = 0; i < path->n; i++) {
        double apart = ebb_magnitude(a->w[i] - b->w[i]);
        most = apart > most ? apart : most;
    }
    return most;
}

/* Behind a kink other equations hold: those a little further along the old tangent. The
 * branch goes on along their tangent, on the side of the kink where they hold. */
bool ebb_path_turn(ebb_path_t *path, ebb_station_t *at)
{
    const double by = 1e-7;
    size_t n = path->n;
    double probe[EBB_STUDY_FREE_MOST + 1] = {0}, old[EBB_STUDY_FREE_MOST + 1];
    memcpy(old, at->t, n * sizeof *old);
    for (size_t i = 0; i < n; i++) {
        probe[i] = at->w[i] + by * old[i];
    }
    double *kept = path->flow.kept;
    (void)ebb_path_linearise(path, probe);
    path_keep(path, kept);
    if (!path_tangent(path, at, old) || path_is_alike(path, at->w, kept)) {
        return false; /* no kink: a jump, or the end */
    }
    for (int side = 0; side < 2; side++) {
        for (size_t i = 0; i < n; i++) {
            at->t[i] = side ? -at->t[i] : at->t[i];
            probe[i] = at->w[i] + by * at->t[i];
        }
        ebb_station_t next;
        if (path_is_alike(path, probe, kept) && ebb_path_step(path, at, by, &next) &&
            path_apart(path, at, &next) < 3 * by) {
            *at = next;
            return true;
        }
    }
    return false;
}
