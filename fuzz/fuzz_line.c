/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of LINE's text export. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_input(bytes, size);
    return 0;
}
