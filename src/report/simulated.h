/* SPDX-License-Identifier: MIT
 * What the renderings of a simulation share. */
#ifndef EBB_REPORT_SIMULATED_H
#define EBB_REPORT_SIMULATED_H

#include <string.h>

#include "ebb/simulate.h"

/* Shares of couples below the band, its middle and its upper edge. */
static const double ebb_simulated_shares[3] = {0.1, 0.5, 0.9};

/* A quantity's name without its person. */
static inline const char *ebb_scalar_base(const ebb_scalar_t *scalar)
{
    const char *dot = *scalar->person ? strchr(scalar->name, '.') : NULL;
    return dot ? dot + 1 : scalar->name;
}

/* An output of the run as the model declares it. */
static inline ebb_scalar_t ebb_simulated_scalar(const ebb_simulated_t *from,
                                                size_t output)
{
    const ebb_run_output_t *at = &from->settings->outputs[output];
    ebb_scalar_t scalar = {.name = "", .person = "", .text = "", .unit = ""};
    (void)!ebb_model_scalar(from->model, at->kind, at->index, &scalar);
    return scalar;
}

#endif
