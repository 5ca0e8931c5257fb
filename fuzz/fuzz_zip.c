/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of zips: whatever the archive claims, the import ends, in bounded
 * time and memory, with a history or an error that says what is wrong. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_input(bytes, size);
    return 0;
}
