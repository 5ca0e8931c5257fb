/* SPDX-License-Identifier: MIT
 * The claims and their checks, looked up. */
#include "ebb/evidence.h"

#include <string.h>

#include "evidence/table.h"

size_t ebb_evidence_count(void)
{
    return ebb_evidence_row_count;
}

bool ebb_evidence_at(size_t index, ebb_evidence_t *evidence)
{
    bool there = index < ebb_evidence_row_count;
    if (there) {
        *evidence = ebb_evidence_rows[index];
    }
    return there;
}

bool ebb_evidence_find(const char *id, size_t *index)
{
    for (size_t i = 0; i < ebb_evidence_row_count; i++) {
        if (strcmp(ebb_evidence_rows[i].id, id) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

bool ebb_evidence_checks(const char *name, ebb_model_text_t *text)
{
    for (size_t i = 0; i < ebb_checks_row_count; i++) {
        const ebb_checks_row_t *row = &ebb_checks_rows[i];
        if (strcmp(row->name, name) == 0) {
            *text = (ebb_model_text_t){.bytes = (const char *)row->bytes,
                                       .size = row->size,
                                       .label = row->label};
            return true;
        }
    }
    return false;
}
