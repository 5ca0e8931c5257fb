/* SPDX-License-Identifier: MIT
 * `ebb population --rows`: a line for each couple, besides what is counted. */
#ifndef EBB_CLI_ROWS_JOB_H
#define EBB_CLI_ROWS_JOB_H

#include "ebb/population.h"
#include "spec_job.h"

/* Runs all shards as spec_run does, and writes their couples to `path` in their order.
 */
exit_status_t rows_run(spec_job_t *job, const ebb_population_t *population,
                       const ebb_lives_t *lives, const char *path);

#endif
