/* SPDX-License-Identifier: MIT
 * Fuzzes the reading of messages as JSON lines, lists of objects and ebb's own
 * document. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    (void)fuzz_input(bytes, size);
    return 0;
}
