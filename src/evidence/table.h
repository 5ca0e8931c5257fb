/* SPDX-License-Identifier: MIT
 * The tables made from evidence/ by tools/evidence_table.py. */
#ifndef EBB_EVIDENCE_TABLE_H
#define EBB_EVIDENCE_TABLE_H

#include "ebb/evidence.h"

/* A file of checks. */
typedef struct ebb_checks_row {
    const char *name, *label;
    const unsigned char *bytes;
    size_t size;
} ebb_checks_row_t;

extern const ebb_evidence_t ebb_evidence_rows[]; /* in the order of their ids */
extern const size_t ebb_evidence_row_count;
extern const ebb_checks_row_t ebb_checks_rows[];
extern const size_t ebb_checks_row_count;

#endif
