/* SPDX-License-Identifier: MIT
 * Every couple's numbers as a table, a couple at a time. */
#include <inttypes.h>

#include "core/csv.h"
#include "ebb/simulate.h"

void ebb_simulate_csv_head(ebb_text_t *out, const ebb_model_t *model,
                           const ebb_run_settings_t *settings)
{
    ebb_text_puts(out, "couple,time");
    for (size_t i = 0; i < settings->output_count; i++) {
        const ebb_run_output_t *output = &settings->outputs[i];
        ebb_scalar_t scalar;
        if (ebb_model_scalar(model, output->kind, output->index, &scalar) == EBB_OK) {
            ebb_text_printf(out, ",%s", scalar.name);
        }
    }
    ebb_text_puts(out, "\n");
}

void ebb_simulate_csv_couple(ebb_text_t *out, const ebb_run_settings_t *settings,
                             uint64_t couple, const double *rows)
{
    for (size_t k = 0; k < settings->time_count; k++) {
        ebb_text_printf(out, "%" PRIu64, couple);
        ebb_csv_next(out, settings->times[k]);
        for (size_t i = 0; i < settings->output_count; i++) {
            ebb_csv_next(out, rows[k * settings->output_count + i]);
        }
        ebb_text_puts(out, "\n");
    }
}
