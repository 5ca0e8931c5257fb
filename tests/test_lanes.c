/* SPDX-License-Identifier: MIT
 * The same bits from every instruction set, width and compiler: the digest of each
 * function's sweep is a constant. With --digests they are printed instead, for other
 * machines to be held against, and for this file when a function is changed on purpose.
 */
#include "check.h"
#include "lanes.h"
#include "lanes_digest.h"

static sweep_t sweep;

static const uint64_t wanted[LANES_COUNT] = {
    0x06988dd3e2a1339d, 0x38c18f65533291ee, 0x0bf396013112c8e3, 0x4d3934b5cbd824fa,
    0x9bc2ef21722cdd8f, 0x23e8a476a82855ad, 0xba9d084ea9f36dbf, 0x9c737576107bdf1c,
    0x6dfbe4ef9609582a, 0x662a3ae4a004940e, 0xd5aa87ea6dbd034d, 0xc784ecec63c5591f,
    0x25a735fc5a31a94d, 0xaf654d4b38e67fa1, 0x555be4d8197c9643, 0x23042fecd9524f21,
};

static void test_level(const char *level, const lanes_t *lanes, int here)
{
    if (!here) {
        (void)printf("%s: skipped, this processor lacks it\n", level);
        return;
    }
    for (size_t i = 0; i < LANES_COUNT; i++) {
        for (size_t piece = 1; piece <= SWEEP; piece = piece * 2 + piece % 3) {
            uint64_t digest = sweep_digest(&sweep, &lanes[i], piece);
            if (digest != wanted[i]) {
                (void)fprintf(stderr, "%s %s by %zu: %#llx\n", level, lanes[i].name,
                              piece, (unsigned long long)digest);
            }
            CHECK(digest == wanted[i]);
        }
    }
}

int main(int argc, char **argv)
{
    sweep_fill(&sweep);
    if (argc > 1 && strcmp(argv[1], "--digests") == 0) {
        for (size_t i = 0; i < LANES_COUNT; i++) {
            uint64_t digest = sweep_digest(&sweep, &lanes_base[i], SWEEP);
            (void)printf("%s 0x%016llx\n", lanes_base[i].name,
                         (unsigned long long)digest);
        }
        return 0;
    }
    test_level("baseline", lanes_base, 1);
#ifdef LANES_LEVELS
    test_level("x86-64-v2", lanes_v2, __builtin_cpu_supports("sse4.2"));
    test_level("x86-64-v3", lanes_v3, __builtin_cpu_supports("avx2"));
    test_level(
        "x86-64-v4", lanes_v4,
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
            __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd"));
#endif
    return check_report(__FILE__);
}
