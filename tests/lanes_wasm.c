/* SPDX-License-Identifier: MIT
 * The digests of test_lanes.c out of WebAssembly; imports nothing. */
#include "lanes_digest.h"

static sweep_t sweep;

__attribute__((export_name("digest"))) uint64_t lanes_digest(uint32_t i)
{
    sweep_fill(&sweep);
    return i < LANES_COUNT ? sweep_digest(&sweep, &lanes_base[i], SWEEP) : 0;
}
