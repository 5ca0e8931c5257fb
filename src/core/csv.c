/* SPDX-License-Identifier: MIT
 * Not in src/engine.c: pages write tables of their own. */
#include "core/csv.h"

#include <math.h>

#include "core/json.h"

void ebb_csv_number(ebb_text_t *out, double value)
{
    char text[32] = "";
    if (isfinite(value)) {
        (void)ebb_number_format(text, value);
    }
    ebb_text_puts(out, text);
}

void ebb_csv_next(ebb_text_t *out, double value)
{
    ebb_text_puts(out, ",");
    ebb_csv_number(out, value);
}
