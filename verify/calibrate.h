/* SPDX-License-Identifier: MIT
 *
 * Finds the knobs that make a planted loop weak, middle or strong.
 */
#ifndef EBB_VERIFY_CALIBRATE_H
#define EBB_VERIFY_CALIBRATE_H

#include "pool_cell.h"

/** Fills in every strength of one generator by pooling `records` histories of each
 * couple, and tells each try on stderr. Knobs found before are where the search starts.
 * Returns the number of strengths that no knobs in [0, 4] reach, or a negative error.
 */
int verify_calibrate(verify_strengths_t *strengths, int generator, int records,
                     const ebb_executor_t *executor);

#endif
