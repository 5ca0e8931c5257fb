/* SPDX-License-Identifier: MIT
 * Numbers of a table: the shortest decimal that reads back to the same double, and an
 * empty field for what is not finite. */
#ifndef EBB_CORE_CSV_H
#define EBB_CORE_CSV_H

#include "ebb/text.h"

void ebb_csv_number(ebb_text_t *out, double value);

/* A comma and a number. */
void ebb_csv_next(ebb_text_t *out, double value);

#endif
