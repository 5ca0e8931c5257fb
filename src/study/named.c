/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: no page takes such numbers. */
#include "study/named.h"

#include <string.h>

#include "core/fail.h"

int ebb_named_check(const ebb_named_t *named, size_t count, const void *numbers,
                    ebb_error_t *error)
{
    for (size_t k = 0; k < count; k++) {
        const ebb_named_t *n = &named[k];
        double value;
        memcpy(&value, (const char *)numbers + n->offset, sizeof value);
        if (!(value >= n->low && value <= n->high)) {
            return ebb_fail(error, EBB_ERR_ARGUMENT, "%s is %g; it may be %g to %g",
                            n->name, value, n->low, n->high);
        }
    }
    return 0;
}
