/* SPDX-License-Identifier: MIT
 * Dormand and Prince's method of order 5 with an error of order 4 (J. Comput. Appl.
 * Math. 6:19, 1980), and Shampine's interpolant of order 4 (Hairer, Norsett and Wanner
 * 1993, II.6). The seventh stage is the first of the next step. */
#include <string.h>

#include "math/elementary.h"
#include "run/lanes.h"

enum { DP_STAGES = 7 };

static const double dp_node[DP_STAGES] = {0, 1. / 5, 3. / 10, 4. / 5, 8. / 9, 1, 1};

static const double dp_weight[DP_STAGES][6] = {
    {0},
    {1. / 5},
    {3. / 40, 9. / 40},
    {44. / 45, -56. / 15, 32. / 9},
    {19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729},
    {9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656},
    {35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84},
};

static const double dp_error[DP_STAGES] = {
    71. / 57600, 0, -71. / 16695, 71. / 1920, -17253. / 339200, 22. / 525, -1. / 40};

static const double dp_dense[DP_STAGES] = {
    -12715105075. / 11282082432,  0,
    87487479700. / 32700410799,   -10690763975. / 1880347072,
    701980252875. / 199316789632, -1453857185. / 822651844,
    69997945. / 29380423};

/* out <- base + h (weight[0] k[0] + ... + weight[count - 1] k[count - 1]) */
EBB_CLONES static void dp_combine(double *restrict out, const ebb_cohort_t *lanes,
                                  const double *base, const double *weight, int count)
{
    size_t w = lanes->width, rows = lanes->run->rows;
    const double *restrict h = lanes->h;
    for (size_t r = 0; r < rows; r++) {
        double sum[EBB_LANES_MOST] = {0};
        for (int j = 0; j < count; j++) {
            const double *restrict k = lanes->stage[j] + r * w;
            double by = weight[j];
            for (size_t i = 0; i < w && by != 0; i++) {
                sum[i] += by * k[i];
            }
        }
        for (size_t i = 0; i < w; i++) {
            out[r * w + i] = (base ? base[r * w + i] : 0) + h[i] * sum[i];
        }
    }
}

static void dp_stage(ebb_cohort_t *lanes, int s)
{
    size_t w = lanes->width;
    dp_combine(ebb_lanes_row(lanes, 0), lanes, lanes->begin, dp_weight[s], s);
    for (size_t i = 0; i < w; i++) {
        lanes->time[i] = dp_node[s] < 1 ? lanes->t_begin[i] + dp_node[s] * lanes->h[i]
                                        : lanes->t_limit[i];
    }
    ebb_lanes_lead(lanes);
    ebb_drive_rates(lanes, lanes->stage[s]);
}

EBB_CLONES static void dp_interpolate(ebb_cohort_t *lanes)
{
    size_t w = lanes->width, n = lanes->run->rows * w;
    const double *first = lanes->stage[0], *last = lanes->stage[6];
    for (size_t at = 0; at < n; at++) {
        double h = lanes->h[at % w], rise = lanes->proposal[at] - lanes->begin[at];
        double bend = h * first[at] - rise;
        lanes->dense[0][at] = lanes->begin[at];
        lanes->dense[1][at] = rise;
        lanes->dense[2][at] = bend;
        lanes->dense[3][at] = rise - h * last[at] - bend;
    }
}

void ebb_dormand_prince_try(ebb_cohort_t *lanes)
{
    for (int s = 1; s < DP_STAGES; s++) {
        dp_stage(lanes, s);
    }
    memcpy(lanes->proposal, ebb_lanes_row(lanes, 0),
           lanes->run->rows * lanes->width * sizeof(double));
    dp_combine(lanes->wrong, lanes, NULL, dp_error, DP_STAGES);
    dp_combine(lanes->dense[4], lanes, NULL, dp_dense, DP_STAGES);
    dp_interpolate(lanes);
}
