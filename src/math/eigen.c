/* SPDX-License-Identifier: MIT
 *
 * Eigenvalues by the QR iteration (Francis 1961; Golub and Van Loan, Matrix
 * Computations, 7).
 *
 * Main idea. Similar matrices have the same eigenvalues. The matrix is balanced (rows
 * and columns of like size, by powers of 2, so exactly), brought to Hessenberg form
 * (zero below the first subdiagonal) by reflections, and then multiplied from both
 * sides by reflections that make subdiagonal entries vanish. A step with two shifts at
 * once, the eigenvalues of the last 2 x 2 block, real or a pair, needs no complex
 * number: its first column decides a reflection of three rows, and what that spoils of
 * the Hessenberg form is chased down to the end. When an entry of the subdiagonal has
 * become negligible the matrix falls in two; blocks of one or two give eigenvalues.
 */
#include "math/eigen.h"

#include <math.h>

#include "ebb/error.h"
#include "math/bits.h"

#define EIGEN_EPSILON 0x1p-52
#define EIGEN_TURNS_MOST 60 /* steps without a deflation; 3 are usual */

typedef struct ebb_square {
    double *a;
    size_t n;
} ebb_square_t;

static double *eigen_at(ebb_square_t m, size_t i, size_t j)
{
    return m.a + i * m.n + j;
}

/* --- balance ---------------------------------------------------------------------- */

/* Row i divided and column i multiplied by a power of 2 that brings their sizes
 * together. Returns whether that was worth it. */
static int eigen_balance_one(ebb_square_t m, size_t i)
{
    double row = 0, column = 0, by = 1;
    for (size_t j = 0; j < m.n; j++) {
        row += j == i ? 0 : ebb_magnitude(*eigen_at(m, i, j));
        column += j == i ? 0 : ebb_magnitude(*eigen_at(m, j, i));
    }
    if (!(row > 0) || !(column > 0)) {
        return 0;
    }
    double before = row + column;
    for (; column < row / 2 && by < 0x1p200; by *= 2) {
        column *= 2;
        row /= 2;
    }
    for (; column > row * 2 && by > 0x1p-200; by /= 2) {
        column /= 2;
        row *= 2;
    }
    if (row + column > 0.95 * before) {
        return 0;
    }
    for (size_t j = 0; j < m.n; j++) {
        *eigen_at(m, i, j) /= by;
        *eigen_at(m, j, i) *= by;
    }
    return 1;
}

static void eigen_balance(ebb_square_t m)
{
    int changed = 1;
    for (int turn = 0; turn < 50 && changed; turn++) {
        changed = 0;
        for (size_t i = 0; i < m.n; i++) {
            changed |= eigen_balance_one(m, i);
        }
    }
}

/* --- reflections ------------------------------------------------------------------ */

/* I - by v v', v = (1, v1, v2): takes a given column to its first component. */
typedef struct ebb_reflection {
    double v[3], by;
    size_t count; /* of components, 2 or 3 */
} ebb_reflection_t;

static ebb_reflection_t eigen_reflection(const double x[3], size_t count)
{
    ebb_reflection_t r = {.v = {1}, .count = count};
    double most = 0, square = 0;
    for (size_t k = 0; k < count; k++) {
        double size = ebb_magnitude(x[k]);
        most = size > most ? size : most;
    }
    if (!(most > 0)) {
        return r;
    }
    for (size_t k = 0; k < count; k++) {
        square += x[k] / most * (x[k] / most);
    }
    double length = most * (x[0] < 0 ? -sqrt(square) : sqrt(square));
    double head = x[0] + length;
    for (size_t k = 1; k < count; k++) {
        r.v[k] = x[k] / head;
    }
    r.by = head / length;
    return r;
}

/* Rows k, k + 1, ... of columns [first, last]. */
static void eigen_reflect_rows(ebb_square_t m, const ebb_reflection_t *r, size_t k,
                               size_t first, size_t last)
{
    for (size_t j = first; j <= last; j++) {
        double sum = 0;
        for (size_t i = 0; i < r->count; i++) {
            sum += r->v[i] * *eigen_at(m, k + i, j);
        }
        for (size_t i = 0; i < r->count; i++) {
            *eigen_at(m, k + i, j) -= r->by * sum * r->v[i];
        }
    }
}

/* Columns k, k + 1, ... of rows [first, last]. */
static void eigen_reflect_columns(ebb_square_t m, const ebb_reflection_t *r, size_t k,
                                  size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        double sum = 0;
        for (size_t j = 0; j < r->count; j++) {
            sum += r->v[j] * *eigen_at(m, i, k + j);
        }
        for (size_t j = 0; j < r->count; j++) {
            *eigen_at(m, i, k + j) -= r->by * sum * r->v[j];
        }
    }
}

/* Hessenberg form: each entry below the subdiagonal is reflected into the one above
 * it, from the bottom up, two rows at a time. */
static void eigen_to_hessenberg(ebb_square_t m)
{
    for (size_t j = 0; j + 2 < m.n; j++) {
        for (size_t i = m.n - 1; i > j + 1; i--) {
            double x[3] = {*eigen_at(m, i - 1, j), *eigen_at(m, i, j)};
            if (x[1] != 0) {
                ebb_reflection_t r = eigen_reflection(x, 2);
                eigen_reflect_rows(m, &r, i - 1, j, m.n - 1);
                eigen_reflect_columns(m, &r, i - 1, 0, m.n - 1);
                *eigen_at(m, i, j) = 0;
            }
        }
    }
}

/* --- the iteration ---------------------------------------------------------------- */

/* Where the block that ends at `end` begins: above it the subdiagonal is negligible. */
static size_t eigen_block_begin(ebb_square_t m, size_t end, double size)
{
    size_t k = end;
    for (; k > 0; k--) {
        double *below = eigen_at(m, k, k - 1);
        double near = ebb_magnitude(*eigen_at(m, k - 1, k - 1)) +
                      ebb_magnitude(*eigen_at(m, k, k));
        near = near > 0 ? near : size;
        if (ebb_magnitude(*below) <= EIGEN_EPSILON * near) {
            *below = 0;
            break;
        }
    }
    return k;
}

/* Sum and product of the two shifts: of the last block, or, when that does not help,
 * something else. */
static void eigen_shifts(ebb_square_t m, size_t end, int turn, double shifts[2])
{
    double a = *eigen_at(m, end - 1, end - 1), b = *eigen_at(m, end - 1, end);
    double c = *eigen_at(m, end, end - 1), d = *eigen_at(m, end, end);
    shifts[0] = a + d;
    shifts[1] = a * d - b * c;
    if (turn % 10 == 9) {
        double size = ebb_magnitude(c) + ebb_magnitude(*eigen_at(m, end - 1, end - 2));
        shifts[0] = 1.5 * size + 2 * d;
        shifts[1] = d * d + 1.5 * size * d + size * size;
    }
}

/* One step on the block [begin, end], of at least three rows. */
static void eigen_step(ebb_square_t m, size_t begin, size_t end, const double shifts[2])
{
    double h00 = *eigen_at(m, begin, begin), h10 = *eigen_at(m, begin + 1, begin);
    double h11 = *eigen_at(m, begin + 1, begin + 1);
    double x[3] = {
        h00 * (h00 - shifts[0]) + shifts[1] + *eigen_at(m, begin, begin + 1) * h10,
        h10 * (h00 + h11 - shifts[0]), h10 * *eigen_at(m, begin + 2, begin + 1)};
    for (size_t k = begin; k < end; k++) {
        size_t count = k + 2 <= end ? 3 : 2;
        size_t left = k > begin ? k - 1 : begin, below = k + 3 <= end ? k + 3 : end;
        if (k > begin) {
            for (size_t i = 0; i < count; i++) {
                x[i] = *eigen_at(m, k + i, k - 1);
            }
        }
        ebb_reflection_t r = eigen_reflection(x, count);
        eigen_reflect_rows(m, &r, k, left, end);
        eigen_reflect_columns(m, &r, k, begin, below);
        for (size_t i = 1; i < count && k > begin; i++) {
            *eigen_at(m, k + i, k - 1) = 0;
        }
    }
}

/* Both eigenvalues of the block of two that ends at `end`. */
static void eigen_pair(ebb_square_t m, size_t end, double *re, double *im)
{
    double a = *eigen_at(m, end - 1, end - 1), b = *eigen_at(m, end - 1, end);
    double c = *eigen_at(m, end, end - 1), d = *eigen_at(m, end, end);
    double half = (a - d) / 2, inside = half * half + b * c;
    double middle = d + half, root = sqrt(ebb_magnitude(inside));
    re[end - 1] = re[end] = middle;
    im[end - 1] = im[end] = 0;
    if (inside < 0) {
        im[end - 1] = root;
        im[end] = -root;
    } else {
        /* the larger first, the other from the product: no cancellation */
        double z = half < 0 ? half - root : half + root;
        re[end - 1] = d + z;
        re[end] = z != 0 ? d - b * c / z : d;
    }
}

static int eigen_iterate(ebb_square_t m, double size, double *re, double *im)
{
    size_t left = m.n;
    for (int turn = 0; left > 0;) {
        size_t end = left - 1, begin = eigen_block_begin(m, end, size);
        if (begin == end) {
            re[end] = *eigen_at(m, end, end);
            im[end] = 0;
        } else if (begin + 1 == end) {
            eigen_pair(m, end, re, im);
        } else {
            double shifts[2];
            if (turn++ >= EIGEN_TURNS_MOST) {
                return EBB_ERR_NUMERIC;
            }
            eigen_shifts(m, end, turn, shifts);
            eigen_step(m, begin, end, shifts);
            continue;
        }
        left = begin;
        turn = 0;
    }
    return EBB_OK;
}

/* --- order ------------------------------------------------------------------------ */

/* Pairs stay as they are: nothing comes between equals. */
static int eigen_before(double re, double im, double other_re, double other_im)
{
    return re > other_re ||
           (re == other_re && ebb_magnitude(im) > ebb_magnitude(other_im));
}

static void eigen_sort(double *re, double *im, size_t n)
{
    for (size_t k = 1; k < n; k++) {
        double r = re[k], i = im[k];
        size_t at = k;
        for (; at > 0 && eigen_before(r, i, re[at - 1], im[at - 1]); at--) {
            re[at] = re[at - 1];
            im[at] = im[at - 1];
        }
        re[at] = r;
        im[at] = i;
    }
}

int ebb_eigenvalues(double *a, size_t n, double *re, double *im)
{
    ebb_square_t m = {a, n};
    double size = 0;
    eigen_balance(m);
    for (size_t k = 0; k < n * n; k++) {
        size += ebb_magnitude(a[k]);
    }
    if (!(size < EBB_INFINITY)) {
        return EBB_ERR_NUMERIC;
    }
    eigen_to_hessenberg(m);
    int code = eigen_iterate(m, size > 0 ? size : 1, re, im);
    eigen_sort(re, im, n);
    return code;
}
