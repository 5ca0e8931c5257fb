/* SPDX-License-Identifier: MIT
 *
 * The levels for which native code was compiled. The library is built with
 * EBB_NATIVE_LEVELS (x86-64: three of them) or EBB_NATIVE_PLAIN (one, other machines);
 * without either, as in the tool that writes native code, there is none.
 */
#include "run/native.h"

#if defined(EBB_NATIVE_LEVELS)

extern const ebb_native_level_t ebb_native_v4, ebb_native_v3, ebb_native_v2;

/* What GCC 12 and Clang 14 can both ask for; a processor that has these has the rest
 * of its level too. */
static bool levels_v2(void)
{
    return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

static bool levels_v3(void)
{
    return levels_v2() && __builtin_cpu_supports("avx2") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("fma");
}

static bool levels_v4(void)
{
    return levels_v3() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd");
}

bool ebb_native_offer(size_t index, ebb_native_offer_t *offer)
{
    const ebb_native_offer_t offers[] = {
        {"x86-64-v4", levels_v4(), &ebb_native_v4},
        {"x86-64-v3", levels_v3(), &ebb_native_v3},
        {"x86-64-v2", levels_v2(), &ebb_native_v2},
    };
    bool there = index < sizeof offers / sizeof *offers;
    if (there) {
        *offer = offers[index];
    }
    return there;
}

#elif defined(EBB_NATIVE_PLAIN)

extern const ebb_native_level_t ebb_native_plain;

bool ebb_native_offer(size_t index, ebb_native_offer_t *offer)
{
    if (index == 0) {
        *offer = (ebb_native_offer_t){"plain", true, &ebb_native_plain};
    }
    return index == 0;
}

#else

bool ebb_native_offer(size_t index, ebb_native_offer_t *offer)
{
    (void)index, (void)offer;
    return false;
}

#endif

const char *ebb_engine_level(size_t index, bool *here)
{
    ebb_native_offer_t offer = {0};
    bool there = ebb_native_offer(index, &offer);
    *here = there && offer.here;
    return there ? offer.name : NULL;
}
