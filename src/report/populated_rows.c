/* SPDX-License-Identifier: MIT
 * The couples of a population as a table: a line for each. */
#include <inttypes.h>

#include "core/csv.h"
#include "ebb/populated.h"

int ebb_populated_rows_head(ebb_text_t *out, const ebb_population_t *population)
{
    size_t kept = ebb_population_info(population).kept;
    ebb_text_puts(out, "couple,parted,group");
    for (size_t k = 0; k < kept; k++) {
        ebb_text_printf(out, ",%s", ebb_population_kept(population, k, NULL));
    }
    ebb_text_puts(out, "\n");
    return out->failed;
}

int ebb_populated_rows(ebb_text_t *out, const ebb_population_t *population,
                       const double *rows, uint64_t first, size_t count)
{
    size_t columns = EBB_LIVES_ROW_KEPT + ebb_population_info(population).kept;
    for (size_t i = 0; i < count; i++) {
        const double *row = rows + i * columns;
        ebb_text_printf(out, "%" PRIu64, first + i);
        ebb_csv_next(out, row[EBB_LIVES_ROW_PARTED]);
        ebb_text_printf(
            out, ",%s",
            row[EBB_LIVES_ROW_GROUP] > 0
                ? ebb_population_group(population, (size_t)row[EBB_LIVES_ROW_GROUP] - 1)
                : "");
        for (size_t k = EBB_LIVES_ROW_KEPT; k < columns; k++) {
            ebb_csv_next(out, row[k]);
        }
        ebb_text_puts(out, "\n");
    }
    return out->failed;
}
