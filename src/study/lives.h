/* SPDX-License-Identifier: MIT
 * A population made ready to run, from the inside. */
#ifndef EBB_STUDY_LIVES_H
#define EBB_STUDY_LIVES_H

#include "ebb/population.h"
#include "ebb/run.h"
#include "ebb/spells.h"
#include "lang/population.h"

#define EBB_LIVES_BLOCK 64u /* couples whose looks are kept at the same time */

/* What one worker needs to run shards. */
typedef struct ebb_lives_worker {
    const ebb_lives_t *lives;
    ebb_simulation_t *run;
    uint64_t first;    /* couple of the shard that is run */
    double *scores;    /* four for each of its couples */
    double *values;    /* of a block: looks at what is written */
    double *summaries; /* of a block */
    bool *lasting;     /* of a block: at each look */
    double *withdrawn; /* of a couple: who is withdrawn most, at each look */
    ebb_spell_t *spells;
} ebb_lives_worker_t;

struct ebb_lives {
    ebb_alloc_t alloc;
    const ebb_population_t *population;
    uint64_t couples, seed, fingerprint;
    size_t bins, fine; /* stretches between reports, and looks at each */
    double every, length, hours;
    size_t look_count; /* bins * fine + 1 */
    double *looks;     /* their times */
    ebb_run_output_t *outputs;
    size_t output_count;
    bool episodes;
    size_t summary_count;
    size_t groups, endings, stride; /* of a tally: numbers of a group */
    ebb_lives_worker_t *workers;
    size_t worker_count;
};

/* Where the parts of a group are in its numbers. */
enum {
    LIVES_COUPLES,
    LIVES_FAILED,
    LIVES_REUNITED,
    LIVES_FIELDS,
    LIVES_TOGETHER = LIVES_FIELDS + EBB_LIVES_FIELDS
};

#endif
