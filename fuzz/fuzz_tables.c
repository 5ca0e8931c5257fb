/* SPDX-License-Identifier: MIT
 * Fuzzes the tables of a calibration: parameters, published figures, and samples. */
#include <stdlib.h>

#include "ebb/calibrate_table.h"
#include "ebb/sample.h"
#include "fuzz.h"

/* What was read can be used. */
static void use_sample(const ebb_sample_t *sample)
{
    double sum = 0;
    for (size_t k = 0; k < 20; k++) {
        const double *draw = ebb_sample_draw(sample, k, 20);
        for (size_t i = 0; i < sample->params; i++) {
            sum += draw[i] + sample->names[i][0];
        }
    }
    if (sample->params == 0 || sample->draws == 0 || sum != sum) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    ebb_calibrate_table_t table = {0};
    ebb_sample_t sample = {0};
    ebb_error_t error = {0};
    const char *text = (const char *)bytes;
    (void)!ebb_calibrate_table_params(&table, text, size, "table", &error);
    (void)!ebb_calibrate_table_targets(&table, text, size, "table", &error);
    if (ebb_sample_read(&sample, text, size, "table", &error) == EBB_OK) {
        use_sample(&sample);
    }
    ebb_calibrate_table_free(&table);
    ebb_sample_free(&sample);
    return 0;
}
