/* SPDX-License-Identifier: MIT
 *
 * RODAS, a Rosenbrock method of order 4 with an error of order 3, stiffly accurate and
 * L-stable (Hairer and Wanner, Solving Ordinary Differential Equations II, 1996, VII).
 * With J the Jacobian and f_t the change of the rates with time, each stage solves
 *
 *     (1 / (gamma h) - J) u_i = f(t + alpha_i h, x + sum_j a_ij u_j)
 *                               + sum_j (c_ij / h) u_j + gamma_i h f_t
 *
 * so a step needs one factorisation, and its accuracy does not rest on an iteration.
 * Each lane has a matrix of its own, factored with row exchanges. Those depend on the
 * order of the rows, and so would rounding, were two partners to change places.
 * Therefore a model that is written for each partner is solved in sums and differences,
 * s = x_a + x_b and d = x_a - x_b, of which the exchange leaves the one as it is and
 * changes the sign of the other: signs change no magnitude, so neither the choice of
 * rows nor any rounding, and the result is exchanged exactly.
 */
#include <string.h>

#include "math/elementary.h"
#include "math/linear.h"
#include "run/lanes.h"

enum { RODAS_STAGES = 6 };

#define RODAS_GAMMA 0.25

static const double rodas_node[RODAS_STAGES] = {0, 0.386, 0.21, 0.63, 1, 1};
static const double rodas_time[RODAS_STAGES] = {
    0.25, -0.1043, 0.1035, -0.3620000000000023e-1, 0, 0};

static const double rodas_weight[RODAS_STAGES][5] = {
    {0},
    {1.544},
    {0.9466785280815826, 0.2557011698983284},
    {3.314825187068521, 2.896124015972201, 0.9986419139977817},
    {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950},
    {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1},
};

static const double rodas_couple[RODAS_STAGES][5] = {
    {0},
    {-5.6688},
    {-2.430093356833875, -0.2063599157091915},
    {-0.1073529058151375, -9.594562251023355, -20.47028614809616},
    {7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160},
    {8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136,
     -6.058818238834054},
};

/* Of the interpolant, by stage. */
static const double rodas_second[5] = {10.12623508344586, -7.487995877610167,
                                       -34.80091861555747, -7.992771707568823,
                                       1.025137723295662};
static const double rodas_third[5] = {-0.6762803392801253, 6.087714651680015,
                                      16.43084320892478, 24.76722511418386,
                                      -6.594389125716872};

/* --- sums and differences --------------------------------------------------------- */

/* The row that row r becomes when the partners change places. */
static size_t rodas_mirror(const ebb_simulation_t *run, size_t r)
{
    if (!run->system->alike) {
        return r;
    }
    if (r < run->states) {
        return run->system->states[r].mirror;
    }
    uint32_t event = run->event_of_chance[r - run->states];
    return run->states + run->chance_of_event[run->system->events[event].mirror];
}

/* b[i], b[j] <- (b[i] + b[j]) by, (b[i] - b[j]) by */
static void rodas_turn(double *b, size_t i, size_t j, double by)
{
    double x = b[i], y = b[j];
    b[i] = (x + y) * by;
    b[j] = (x - y) * by;
}

/* Numbers of rows to sums and differences; with 1/2 for `by`, back again. */
static void rodas_turn_rows(const ebb_simulation_t *run, double *b, double by)
{
    for (size_t r = 0; r < run->rows; r++) {
        size_t other = rodas_mirror(run, r);
        if (other > r) {
            rodas_turn(b, r, other, by);
        }
    }
}

/* A matrix that acts on sums and differences as `a` does on rows. */
static void rodas_turn_matrix(const ebb_simulation_t *run, double *a)
{
    size_t n = run->rows;
    for (size_t r = 0; r < n && run->system->alike; r++) {
        rodas_turn_rows(run, a + r * n, 0.5);
    }
    for (size_t r = 0; r < n; r++) {
        size_t other = rodas_mirror(run, r);
        for (size_t j = 0; j < n && other > r; j++) {
            rodas_turn(a, r * n + j, other * n + j, 1);
        }
    }
}

/* The matrices of all lanes, from the Jacobian at the beginning of the step, whose
 * part by time is kept in stage[6]. */
static void rodas_prepare(ebb_cohort_t *lanes)
{
    size_t w = lanes->width, n = lanes->run->rows;
    ebb_lanes_lead(lanes);
    ebb_lanes_do(lanes, EBB_DO_JACOBIAN);
    for (size_t k = 0; k < n * n; k++) {
        const double *entry = ebb_lanes_root(lanes, EBB_DO_JACOBIAN, k);
        for (size_t i = 0; i < w; i++) {
            double own = k % (n + 1) == 0 ? 1 / (RODAS_GAMMA * lanes->h[i]) : 0;
            lanes->matrix[i * n * n + k] = own - entry[i];
        }
    }
    for (size_t r = 0; r < n; r++) {
        memcpy(lanes->stage[6] + r * w,
               ebb_lanes_root(lanes, EBB_DO_JACOBIAN, n * n + r), w * sizeof(double));
    }
    for (size_t i = 0; i < w; i++) {
        if (lanes->busy[i]) {
            rodas_turn_matrix(lanes->run, lanes->matrix + i * n * n);
            ebb_lu_factor(lanes->matrix + i * n * n, n, lanes->pivots + i * n);
        }
    }
}

/* --- stages ----------------------------------------------------------------------- */

/* Stage j: stage[0] has the rates at the beginning and stage[6] their part by time. */
static double *rodas_stage(const ebb_cohort_t *lanes, int j)
{
    return lanes->stage[j < RODAS_STAGES - 1 ? j + 1 : 7];
}

/* out <- base + sum of weight[j] u_j*/
static void rodas_combine(double *out, const ebb_cohort_t *lanes, const double *base,
                          const double *weight, int count)
{
    size_t n = lanes->run->rows * lanes->width;
    for (size_t at = 0; at < n; at++) {
        double sum = base ? base[at] : 0;
        for (int j = 0; j < count; j++) {
            sum += weight[j] * rodas_stage(lanes, j)[at];
        }
        out[at] = sum;
    }
}

/* Rates at the states and times of stage s, in `wrong`. */
static void rodas_rates(ebb_cohort_t *lanes, int s)
{
    size_t w = lanes->width;
    rodas_combine(ebb_lanes_row(lanes, 0), lanes, lanes->begin, rodas_weight[s], s);
    for (size_t i = 0; i < w; i++) {
        lanes->time[i] = rodas_node[s] < 1
                             ? lanes->t_begin[i] + rodas_node[s] * lanes->h[i]
                             : lanes->t_limit[i];
    }
    ebb_lanes_lead(lanes);
    ebb_drive_rates(lanes, lanes->wrong);
}

static void rodas_stage_solve(ebb_cohort_t *lanes, int s)
{
    size_t w = lanes->width, n = lanes->run->rows;
    double *right = lanes->matrix + w * n * n, *u = rodas_stage(lanes, s);
    for (size_t i = 0; i < w; i++) {
        double h = lanes->h[i];
        for (size_t r = 0; r < n && lanes->busy[i]; r++) {
            size_t at = r * w + i;
            double sum = 0;
            for (int j = 0; j < s; j++) {
                sum += rodas_couple[s][j] * rodas_stage(lanes, j)[at];
            }
            right[r] =
                lanes->wrong[at] + sum / h + rodas_time[s] * h * lanes->stage[6][at];
        }
        if (lanes->busy[i]) {
            rodas_turn_rows(lanes->run, right, 1);
            ebb_lu_solve(lanes->matrix + i * n * n, n, lanes->pivots + i * n, right);
            rodas_turn_rows(lanes->run, right, 0.5);
        }
        for (size_t r = 0; r < n; r++) {
            u[r * w + i] = lanes->busy[i] ? right[r] : 0;
        }
    }
}

void ebb_rosenbrock_try(ebb_cohort_t *lanes)
{
    size_t n = lanes->run->rows * lanes->width;
    rodas_prepare(lanes);
    for (int s = 0; s < RODAS_STAGES; s++) {
        rodas_rates(lanes, s);
        rodas_stage_solve(lanes, s);
    }
    /* the last stage is the error, and the end is the point of its rates and it */
    const double *last = rodas_stage(lanes, RODAS_STAGES - 1);
    rodas_combine(lanes->proposal, lanes, lanes->begin, rodas_weight[5], 5);
    for (size_t at = 0; at < n; at++) {
        lanes->proposal[at] += last[at];
        lanes->dense[0][at] = lanes->begin[at];
        lanes->dense[1][at] = lanes->proposal[at] - lanes->begin[at];
        lanes->dense[4][at] = 0;
    }
    rodas_combine(lanes->dense[2], lanes, NULL, rodas_second, 5);
    rodas_combine(lanes->dense[3], lanes, NULL, rodas_third, 5);
    memcpy(lanes->wrong, last, n * sizeof(double));
}
