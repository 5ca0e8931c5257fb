/* SPDX-License-Identifier: MIT
 * Largest Lyapunov exponent: the states and a tangent vector are followed together, and
 * the vector is made 1 long again after each stretch [eq 111]. */
#include <math.h>

#include "core/fail.h"
#include "math/bits.h"
#include "math/elementary.h"
#include "math/log_kernel.h"
#include "study/extend.h"
#include "study/orbit.h"

#define LYAPUNOV_STATES_MOST 64u
#define LYAPUNOV_TRANSIENT 200.0
#define LYAPUNOV_LENGTH 4000.0
#define LYAPUNOV_STRETCH 2.0
#define LYAPUNOV_BATCHES 20

/* Adds v behind the states, with v' = (df/dx) v. */
static int lyapunov_extend(ebb_reduction_t *reduction, size_t n)
{
    ebb_system_t *system = &reduction->system;
    ebb_graph_t *graph = &system->graph;
    uint32_t rates[LYAPUNOV_STATES_MOST], column[LYAPUNOV_STATES_MOST];
    int code = ebb_extend_states(reduction, n);
    for (size_t i = 0; i < n && !code; i++) {
        rates[i] = system->states[i].rate;
    }
    for (uint32_t j = 0; j < n && !code; j++) {
        uint32_t v = ebb_graph_leaf(graph, EBB_OP_STATE, (uint32_t)n + j);
        code = ebb_graph_derive(graph, ebb_graph_leaf(graph, EBB_OP_STATE, j), rates, n,
                                column);
        for (size_t i = 0; i < n && !code; i++) {
            uint32_t *rate = &system->states[n + i].rate;
            uint32_t part = ebb_graph_binary(graph, EBB_OP_MUL, column[i], v);
            *rate = ebb_graph_binary(graph, EBB_OP_ADD, *rate, part);
        }
    }
    return code ? code : graph->failed;
}

/* Makes v 1 long. Returns the logarithm of how long it was; it begins anew when it is
 * gone or has never been. */
static double lyapunov_renew(double *v, size_t n)
{
    double square = 0;
    for (size_t i = 0; i < n; i++) {
        square += v[i] * v[i];
    }
    double length = sqrt(square);
    bool gone = !(length > 1e-150);
    double fresh = 0;
    for (size_t i = 0; i < n && gone; i++) { /* in no special direction */
        v[i] = 1 / (1 + 0.37 * (double)i);
        fresh += v[i] * v[i];
    }
    double by = gone ? sqrt(fresh) : length;
    for (size_t i = 0; i < n; i++) {
        v[i] /= by;
    }
    return ebb_math_log(gone ? 1e-150 : length);
}

/* Follows `count` stretches. Returns the sum of logarithms, NaN when it is lost. */
static double lyapunov_follow(ebb_orbit_t *orbit, double *xv, size_t n, double count,
                              int *code, ebb_error_t *error)
{
    double sum = 0;
    for (double k = 0; k < count && !*code; k++) {
        *code = ebb_orbit_follow(orbit, xv, 1, xv, error);
        if (xv[0] != xv[0]) {
            return EBB_NAN;
        }
        sum += lyapunov_renew(xv + n, n);
    }
    return sum;
}

/* Batch means and their spread [eq 112]. */
static int lyapunov_measure(ebb_orbit_t *orbit, const ebb_lyapunov_settings_t *s,
                            double *xv, ebb_lyapunov_t *out, ebb_error_t *error)
{
    size_t n = orbit->states / 2;
    double means[LYAPUNOV_BATCHES] = {0}, sum = 0, square = 0;
    double each = s->length / LYAPUNOV_BATCHES / s->stretch;
    each = ebb_math_floor(each) < each ? ebb_math_floor(each) + 1 : each;
    int code = EBB_OK;
    (void)lyapunov_renew(xv + n, n);
    double lost =
        lyapunov_follow(orbit, xv, n, s->transient / s->stretch, &code, error);
    for (int b = 0; b < LYAPUNOV_BATCHES && !code && lost == lost; b++) {
        lost = lyapunov_follow(orbit, xv, n, each, &code, error);
        means[b] = lost / (each * s->stretch);
        sum += means[b];
    }
    if (code || lost != lost) {
        return code ? code
                    : ebb_fail(error, EBB_ERR_NUMERIC,
                               "a state of `%s` became infinite or could not be "
                               "followed",
                               orbit->reduction->system.name);
    }
    out->exponent = sum / LYAPUNOV_BATCHES;
    for (int b = 0; b < LYAPUNOV_BATCHES; b++) {
        square += (means[b] - out->exponent) * (means[b] - out->exponent);
    }
    out->error = ebb_t_975(LYAPUNOV_BATCHES - 1) *
                 sqrt(square / (LYAPUNOV_BATCHES - 1) / LYAPUNOV_BATCHES);
    out->length = each * s->stretch * LYAPUNOV_BATCHES;
    return EBB_OK;
}

static int lyapunov_check(const ebb_reduction_t *reduction, ebb_error_t *error)
{
    const ebb_system_t *system = &reduction->system;
    if (system->delay_count) {
        return ebb_fail(
            error, EBB_ERR_ARGUMENT,
            "`%s` has delays: the Lyapunov exponent of a couple with a past "
            "is not computed",
            system->name);
    }
    if (system->state_count < 1 || system->state_count > LYAPUNOV_STATES_MOST) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`%s` has %zu free states; a Lyapunov exponent takes 1 to %u",
                        system->name, system->state_count, LYAPUNOV_STATES_MOST);
    }
    return EBB_OK;
}

static int lyapunov_find(ebb_reduction_t *reduction, const ebb_study_t *study,
                         const ebb_lyapunov_settings_t *settings, ebb_lyapunov_t *out,
                         ebb_error_t *error)
{
    static const ebb_reduce_wish_t wish = {0};
    double xv[2 * LYAPUNOV_STATES_MOST] = {0};
    int code = ebb_reduce(reduction, study, &wish, error);
    code = code ? code : lyapunov_check(reduction, error);
    if (code) {
        return code;
    }
    size_t n = reduction->system.state_count;
    for (size_t i = 0; i < n; i++) {
        xv[i] = study->starts[reduction->model[i]];
    }
    if (lyapunov_extend(reduction, n)) {
        return ebb_study_fail_memory(error);
    }
    ebb_orbit_t orbit;
    const ebb_orbit_wish_t along = {.length = settings->stretch};
    code = ebb_orbit_open(&orbit, reduction, &along, error);
    code = code ? code : lyapunov_measure(&orbit, settings, xv, out, error);
    ebb_orbit_close(&orbit);
    return code;
}

int ebb_study_lyapunov(const ebb_study_t *study,
                       const ebb_lyapunov_settings_t *settings,
                       ebb_lyapunov_t *lyapunov, ebb_error_t *error)
{
    const ebb_lyapunov_settings_t plain = {0};
    ebb_lyapunov_settings_t own = settings ? *settings : plain;
    ebb_reduction_t reduction;
    own.transient = own.transient > 0 ? own.transient : LYAPUNOV_TRANSIENT;
    own.length = own.length > 0 ? own.length : LYAPUNOV_LENGTH;
    own.stretch = own.stretch > 0 ? own.stretch : LYAPUNOV_STRETCH;
    own.stretch =
        study->system->steps ? ebb_math_floor(own.stretch + 0.5) : own.stretch;
    *lyapunov = (ebb_lyapunov_t){.exponent = EBB_NAN, .error = EBB_NAN};
    int code = lyapunov_find(&reduction, study, &own, lyapunov, error);
    ebb_reduce_free(&reduction);
    return code;
}
