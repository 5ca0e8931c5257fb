/* SPDX-License-Identifier: MIT
 * What the renderings of a trial share. */
#ifndef EBB_REPORT_TRIALED_H
#define EBB_REPORT_TRIALED_H

#include "ebb/trialed.h"

/* "all", the group's name, or "others". */
static inline const char *ebb_trialed_group(const ebb_trialed_t *from, size_t group)
{
    const char *name = ebb_trial_group(from->trial, group, NULL);
    return group == 0 ? "all" : *name ? name : "others";
}

/* "end", "follow". */
static inline const char *ebb_trialed_visit(int visit)
{
    return visit == EBB_TRIAL_END ? "end" : "follow";
}

#endif
