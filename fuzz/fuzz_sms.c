/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of SMS Backup & Restore's XML. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_input(bytes, size);
    return 0;
}
