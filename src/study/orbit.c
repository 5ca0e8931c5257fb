/* SPDX-License-Identifier: MIT
 * Orbits of a reduced model, by the methods of run/. */
#include "study/orbit.h"

#include <string.h>

#include "core/memory.h"

/* The numbers of one couple of a call: those of the orbit, and its own start. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static void orbit_vary(void *user, uint64_t couple, double *params, double *traits,
                       double *starts)
{
    const ebb_orbit_t *orbit = user;
    size_t count = orbit->reduction->system.param_count;
    (void)traits;
    memcpy(params, orbit->numbers ? orbit->numbers + couple * count : orbit->values,
           count * sizeof *params);
    memcpy(starts, orbit->starts + couple * orbit->states,
           orbit->states * sizeof *starts);
}

int ebb_orbit_open(ebb_orbit_t *orbit, const ebb_reduction_t *reduction,
                   const ebb_orbit_wish_t *wish, ebb_error_t *error)
{
    const ebb_study_t *study = reduction->study;
    const ebb_system_t *system = &reduction->system;
    size_t n = system->state_count;
    *orbit = (ebb_orbit_t){.reduction = reduction,
                           .states = n,
                           .times = wish->times ? wish->time_count : 1,
                           .values = reduction->values};
    ebb_run_output_t *outputs = ebb_new_array(&study->alloc, n + 1, sizeof *outputs);
    if (!outputs) {
        return ebb_study_fail_memory(error);
    }
    for (size_t i = 0; i < n; i++) {
        outputs[i] = (ebb_run_output_t){EBB_SCALAR_STATE, i};
    }
    const ebb_run_settings_t settings = {
        .method = study->method,
        .length = wish->length,
        .tolerance = study->tolerance,
        .lanes = EBB_LANE_GROUP,
        .times = wish->times ? wish->times : &wish->length,
        .time_count = orbit->times,
        .outputs = outputs,
        .output_count = n,
        .vary = orbit_vary,
        .vary_user = orbit,
        .alloc = &study->alloc,
    };
    int code = ebb_run_of_system(&orbit->run, system, NULL, &settings, error);
    ebb_free_array(&study->alloc, outputs, n + 1, sizeof *outputs);
    if (!code && wish->steps_most) {
        orbit->run->steps_most = wish->steps_most;
    }
    return code;
}

void ebb_orbit_close(ebb_orbit_t *orbit)
{
    ebb_run_free(orbit->run);
    *orbit = (ebb_orbit_t){0};
}

int ebb_orbit_follow(ebb_orbit_t *orbit, const double *starts, size_t count,
                     double *rows, ebb_error_t *error)
{
    ebb_run_job_t job = {.end = count};
    job.values = rows;
    orbit->starts = starts;
    int code = ebb_run_range(orbit->run, &job, error);
    orbit->starts = NULL;
    return code;
}
