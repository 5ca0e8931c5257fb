/* SPDX-License-Identifier: MIT
 *
 * What is calibrated, as tables: parameters with their ranges, and published figures
 * with their intervals. A line for each, tabs between the columns, the names of these
 * in the first line; columns of other names are passed over.
 */
#ifndef EBB_CALIBRATE_TABLE_H
#define EBB_CALIBRATE_TABLE_H

#include "ebb/calibrate.h"

/* Zero-initialise; release with ebb_calibrate_table_free. Strings live as long as it.
 */
typedef struct ebb_calibrate_table {
    ebb_calibrate_param_t params[EBB_CALIBRATE_PARAMS_MOST];
    const char *runs[EBB_CALIBRATE_PARAMS_MOST]; /* in which it is set: names, with
                                                    blanks between */
    size_t param_count;
    ebb_calibrate_target_t targets[EBB_CALIBRATE_TARGETS_MOST];
    size_t target_count;
    char *_params, *_targets;
    size_t _params_size, _targets_size;
} ebb_calibrate_table_t;

/**
 * Reads parameters: columns `name`, `runs`, `low`, `high`, and `scale`, which is
 * "plain" or "log".
 *
 * @param[in,out] table  whose parameters were not read before
 * @param[in]     bytes  the table's text; copied
 * @param[in]     size   bytes, at most a million
 * @param[in]     label  name of the file for messages
 * @param[out]    error  names the line; may be NULL
 * @return 0, EBB_ERR_INPUT (a column is missing, a field is no number or no scale),
 * EBB_ERR_LIMIT (too many lines or bytes), EBB_ERR_MEMORY. Ranges are checked by
 * ebb_calibration_new.
 */
int ebb_calibrate_table_params(ebb_calibrate_table_t *table, const char *bytes,
                               size_t size, const char *label,
                               ebb_error_t *error) EBB_MUST_CHECK;

/**
 * Reads targets: columns `id`, `value`, `low`, `high`, and `used`; of the lines those
 * of which `used` is "fit".
 *
 * @param[in,out] table  whose targets were not read before
 * @param[in]     bytes  as for ebb_calibrate_table_params
 * @param[in]     size   likewise
 * @param[in]     label  likewise
 * @param[out]    error  likewise
 * @return as ebb_calibrate_table_params.
 */
int ebb_calibrate_table_targets(ebb_calibrate_table_t *table, const char *bytes,
                                size_t size, const char *label,
                                ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what a table holds, and leaves it empty. NULL is a no-op. */
void ebb_calibrate_table_free(ebb_calibrate_table_t *table);

#endif
