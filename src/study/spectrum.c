/* SPDX-License-Identifier: MIT
 * The matrix whose eigenvalues are those of an equilibrium: the Jacobian itself, or
 * with delays one that carries the past of the states that are looked back at [eq 104],
 * [eq 105]. */
#include "study/spectrum.h"

#include <math.h>
#include <string.h>

#include "math/bits.h"
#include "math/eigen.h"
#include "math/trig_kernel.h"

#define SPECTRUM_POINTS 24u /* N of [eq 105] */
#define SPECTRUM_STEPS_MOST 500
#define SPECTRUM_BORDER 1e-8
#define SPECTRUM_PI 3.14159265358979323846

/* --- memory ----------------------------------------------------------------------- */

static bool spectrum_grow(ebb_spectrum_t *s, size_t order)
{
    if (order <= s->_order) {
        return true;
    }
    s->_matrix = ebb_arena_new(&s->_arena, order * order * sizeof *s->_matrix);
    s->_re = ebb_arena_new(&s->_arena, 2 * order * sizeof *s->_re);
    s->values = ebb_arena_new(&s->_arena, order * sizeof *s->values);
    s->_im = s->_re ? s->_re + order : NULL;
    s->_order = s->_matrix && s->_re && s->values ? order : 0;
    return s->_order > 0;
}

int ebb_spectrum_open(ebb_spectrum_t *spectrum, const ebb_flow_t *flow)
{
    *spectrum = (ebb_spectrum_t){._arena.alloc = &flow->reduction->study->alloc};
    return spectrum_grow(spectrum, flow->n + 1) ? EBB_OK : EBB_ERR_MEMORY;
}

void ebb_spectrum_close(ebb_spectrum_t *spectrum)
{
    if (spectrum->_arena.alloc) {
        ebb_arena_free(&spectrum->_arena);
    }
    *spectrum = (ebb_spectrum_t){0};
}

/* --- the past --------------------------------------------------------------------- */

/* Where the past of a state stands in the matrix: rows from `first` on, or none. */
typedef struct ebb_past {
    size_t first[EBB_STUDY_FREE_MOST]; /* 0: it is not looked back at */
    size_t length[EBB_STUDY_FREE_MOST];
    size_t order; /* of the matrix */
    double most;  /* the longest lag */
} ebb_past_t;

static ebb_past_t spectrum_past(const ebb_flow_t *flow)
{
    ebb_past_t past = {.order = flow->n};
    for (size_t d = 0; d < flow->delays; d++) {
        size_t state = flow->delay_state[d];
        double lag = flow->lags[d];
        past.most = lag > past.most ? lag : past.most;
        size_t length = lag <= 0                    ? 0
                        : !flow->steps              ? SPECTRUM_POINTS
                        : lag < SPECTRUM_STEPS_MOST ? (size_t)lag
                                                    : SPECTRUM_STEPS_MOST + 1;
        past.length[state] = length > past.length[state] ? length : past.length[state];
    }
    for (size_t i = 0; i < flow->n; i++) {
        past.first[i] = past.length[i] ? past.order : 0;
        past.order += past.length[i];
    }
    return past;
}

/* Place of the past of state i at point j; point 0 is now. */
static size_t past_at(const ebb_past_t *past, size_t i, size_t j)
{
    return j == 0 ? i : past->first[i] + j - 1;
}

/* In steps: a chain of former values. */
static void spectrum_chain(ebb_spectrum_t *s, const ebb_flow_t *flow,
                           const ebb_past_t *past)
{
    size_t order = past->order;
    for (size_t i = 0; i < flow->n; i++) {
        s->_matrix[i * order + i] += 1; /* R was less the value itself */
        for (size_t j = 1; j <= past->length[i]; j++) {
            s->_matrix[past_at(past, i, j) * order + past_at(past, i, j - 1)] = 1;
        }
    }
    for (size_t d = 0; d < flow->delays; d++) {
        size_t lag = flow->lags[d] > 0 ? (size_t)flow->lags[d] : 0;
        for (size_t i = 0; i < flow->n; i++) {
            s->_matrix[i * order + past_at(past, flow->delay_state[d], lag)] +=
                flow->delayed[i * flow->delays + d];
        }
    }
}

/* Chebyshev's points on [-1, 1], from 1 down, and their barycentric weights. */
static void spectrum_points(double x[SPECTRUM_POINTS + 1],
                            double w[SPECTRUM_POINTS + 1])
{
    for (size_t j = 0; j <= SPECTRUM_POINTS; j++) {
        bool end = j == 0 || j == SPECTRUM_POINTS;
        x[j] = ebb_math_cos(SPECTRUM_PI * (double)j / SPECTRUM_POINTS);
        w[j] = (j % 2 ? -1.0 : 1.0) * (end ? 0.5 : 1.0);
    }
}

/* Derivative of Lagrange's polynomials at point j >= 1. */
static void spectrum_slopes(const double *x, const double *w, size_t j, double *out)
{
    double sum = 0;
    for (size_t k = 0; k <= SPECTRUM_POINTS; k++) {
        out[k] = k == j ? 0 : w[k] / w[j] / (x[j] - x[k]);
        sum += out[k];
    }
    out[j] = -sum; /* the derivative of a constant is 0 */
}

/* Lagrange's polynomials at `at`. */
static void spectrum_lagrange(const double *x, const double *w, double at, double *out)
{
    double sum = 0;
    size_t hit = SPECTRUM_POINTS + 1;
    for (size_t k = 0; k <= SPECTRUM_POINTS; k++) {
        hit = at == x[k] ? k : hit;
        out[k] = w[k] / (at - x[k]);
        sum += out[k];
    }
    for (size_t k = 0; k <= SPECTRUM_POINTS; k++) {
        out[k] = hit <= SPECTRUM_POINTS ? (double)(k == hit) : out[k] / sum;
    }
}

/* In continuous time: the past as a polynomial that is carried along [eq 105]. */
static void spectrum_collocate(ebb_spectrum_t *s, const ebb_flow_t *flow,
                               const ebb_past_t *past)
{
    double x[SPECTRUM_POINTS + 1], w[SPECTRUM_POINTS + 1], row[SPECTRUM_POINTS + 1];
    size_t order = past->order;
    spectrum_points(x, w);
    for (size_t d = 0; d < flow->delays; d++) {
        size_t state = flow->delay_state[d];
        double at = past->most > 0 ? 1 - 2 * flow->lags[d] / past->most : 1;
        spectrum_lagrange(x, w, at, row);
        for (size_t k = 0; k <= past->length[state]; k++) {
            for (size_t i = 0; i < flow->n; i++) {
                s->_matrix[i * order + past_at(past, state, k)] +=
                    row[k] * flow->delayed[i * flow->delays + d];
            }
        }
    }
    for (size_t j = 1; j <= SPECTRUM_POINTS; j++) {
        spectrum_slopes(x, w, j, row);
        for (size_t i = 0; i < flow->n; i++) {
            for (size_t k = 0; k <= SPECTRUM_POINTS && past->length[i]; k++) {
                s->_matrix[past_at(past, i, j) * order + past_at(past, i, k)] =
                    row[k] * 2 / past->most;
            }
        }
    }
}

double ebb_spectrum_angle(double re, double im)
{
    double half = SPECTRUM_PI / 2;
    /* from the axis that is nearer */
    return ebb_magnitude(re) < im ? half - ebb_math_atan(re / im)
           : re > 0               ? ebb_math_atan(im / re)
                                  : 2 * half + ebb_math_atan(im / re);
}

/* --- what they say ---------------------------------------------------------------- */

/* How far beyond the border: real part, in steps size less 1. */
static double spectrum_beyond(const ebb_spectrum_t *s, size_t k, bool steps)
{
    double re = s->_re[k], im = s->_im[k];
    return steps ? sqrt(re * re + im * im) - 1 : re;
}

/* The leading ones first, pairs kept together. */
static void spectrum_order(ebb_spectrum_t *s, size_t order, bool steps)
{
    for (size_t k = 1; k < order && steps; k++) { /* sorted by real part so far */
        double re = s->_re[k], im = s->_im[k], by = spectrum_beyond(s, k, true);
        size_t at = k;
        for (; at > 0 && spectrum_beyond(s, at - 1, true) < by; at--) {
            s->_re[at] = s->_re[at - 1];
            s->_im[at] = s->_im[at - 1];
        }
        s->_re[at] = re;
        s->_im[at] = im;
    }
}

static double spectrum_scale(const ebb_spectrum_t *s, bool steps)
{
    double most = steps ? 1 : 0;
    for (size_t k = 0; k < s->count; k++) {
        double size = sqrt(s->_re[k] * s->_re[k] + s->_im[k] * s->_im[k]);
        most = size > most ? size : most;
    }
    return most;
}

/* By those that are reported: with delays there are always more to the left. */
static ebb_stability_t spectrum_word(const ebb_spectrum_t *s, bool steps)
{
    double border = SPECTRUM_BORDER * spectrum_scale(s, steps);
    double leading = spectrum_beyond(s, 0, steps);
    bool pair = s->_im[0] != 0;
    if (leading < -border) {
        return pair ? EBB_STABLE_SPIRAL : EBB_STABLE_NODE;
    }
    if (leading <= border) {
        return pair ? EBB_CENTRE : EBB_BORDER;
    }
    bool some_stable = false, some_pair = false;
    for (size_t k = 0; k < s->count; k++) {
        some_stable = some_stable || spectrum_beyond(s, k, steps) < -border;
        some_pair = some_pair || s->_im[k] != 0;
    }
    return some_stable ? EBB_SADDLE
           : some_pair ? EBB_UNSTABLE_SPIRAL
                       : EBB_UNSTABLE_NODE;
}

static void spectrum_judge(ebb_spectrum_t *s, size_t order, size_t n, bool steps)
{
    spectrum_order(s, order, steps);
    s->count = n < order && s->_im[n - 1] > 0 ? n + 1 : n;
    s->unstable = s->unstable_pairs = 0;
    s->flip_sign = 1;
    for (size_t k = 0; k < order; k++) {
        bool unstable = spectrum_beyond(s, k, steps) > 0;
        s->unstable += unstable;
        s->unstable_pairs += unstable && s->_im[k] != 0;
        s->flip_sign =
            steps && s->_im[k] == 0 && s->_re[k] < -1 ? -s->flip_sign : s->flip_sign;
    }
    for (size_t k = 0; k < s->count; k++) {
        s->values[k] = (ebb_eigenvalue_t){s->_re[k], s->_im[k]};
    }
    s->stability = spectrum_word(s, steps);
}

int ebb_spectrum_fill(ebb_spectrum_t *s, const ebb_flow_t *flow)
{
    ebb_past_t past = spectrum_past(flow);
    size_t n = flow->n, order = past.order;
    if (order > EBB_STUDY_FREE_MOST + SPECTRUM_STEPS_MOST && flow->steps) {
        return EBB_ERR_LIMIT;
    }
    if (n == 0 || !spectrum_grow(s, order)) {
        return n == 0 ? EBB_ERR_NUMERIC : EBB_ERR_MEMORY;
    }
    memset(s->_matrix, 0, order * order * sizeof *s->_matrix);
    for (size_t i = 0; i < n; i++) {
        memcpy(s->_matrix + i * order, flow->now + i * n, n * sizeof *s->_matrix);
    }
    if (flow->steps) {
        spectrum_chain(s, flow, &past);
    } else if (flow->delays) {
        spectrum_collocate(s, flow, &past);
    }
    int code = ebb_eigenvalues(s->_matrix, order, s->_re, s->_im);
    if (!code) {
        spectrum_judge(s, order, n, flow->steps);
    }
    return code;
}
