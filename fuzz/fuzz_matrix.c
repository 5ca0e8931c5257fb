/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of Element's JSON of a Matrix room. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_input(bytes, size);
    return 0;
}
