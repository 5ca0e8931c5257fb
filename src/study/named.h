/* SPDX-License-Identifier: MIT
 * Numbers of algorithms by name (ebb/named.h). */
#ifndef EBB_STUDY_NAMED_H
#define EBB_STUDY_NAMED_H

#include "ebb/error.h"
#include "ebb/named.h"

/* Whether all `count` fields of the struct `numbers` are within their ranges; 0, or
 * EBB_ERR_ARGUMENT with a sentence on the first that is not. */
int ebb_named_check(const ebb_named_t *named, size_t count, const void *numbers,
                    ebb_error_t *error);

#endif
