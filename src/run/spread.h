/* SPDX-License-Identifier: MIT
 * Numbers that differ from couple to couple, from the inside. */
#ifndef EBB_RUN_SPREAD_H
#define EBB_RUN_SPREAD_H

#include "ebb/run.h"
#include "lang/system.h"
#include "run/program.h"

typedef struct ebb_spread {
    ebb_leaf_t leaf;
    uint32_t index, mirror; /* of the leaf */
    uint32_t block;         /* of draws */
    bool uniform;           /* from a to b; else normal with mean a and sd b */
    double a, b;
    double low, high; /* what falls outside is taken as the bound */
} ebb_spread_t;

/* Checks a spread and finds what it is about: 0 or EBB_ERR_ARGUMENT. */
int ebb_spread_make(ebb_spread_t *out, const ebb_system_t *system,
                    const ebb_run_spread_t *spread, bool exchange, ebb_error_t *error);

#endif
