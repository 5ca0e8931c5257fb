/* SPDX-License-Identifier: MIT
 * Typing errors: letters left out, doubled, wrong or swapped (optimal string
 * alignment). A candidate counts as near when at most a third of its letters are in
 * error and not all of them, or when the typed word is its beginning. */
#include "ebb/nearest.h"

#include <string.h>

#define NEAREST_LONGEST 31

static size_t nearest_smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* d[i][j]: errors between the first i letters of a and the first j of b */
static size_t nearest_errors(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > NEAREST_LONGEST || m > NEAREST_LONGEST) {
        return NEAREST_LONGEST;
    }
    size_t d[NEAREST_LONGEST + 1][NEAREST_LONGEST + 1];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t differs = a[i - 1] != b[j - 1];
            d[i][j] = nearest_smaller(nearest_smaller(d[i - 1][j], d[i][j - 1]) + 1,
                                      d[i - 1][j - 1] + differs);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = nearest_smaller(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[n][m];
}

void ebb_nearest_consider(ebb_nearest_t *nearest, const char *candidate)
{
    size_t typed = strlen(nearest->typed);
    size_t distance = nearest_errors(nearest->typed, candidate);
    size_t allowed = strlen(candidate) / 3;
    if (allowed == 0) {
        allowed = 1;
    }
    if (typed >= 2 && strncmp(nearest->typed, candidate, typed) == 0) {
        distance = 1;
    }
    if (distance <= allowed && distance < strlen(candidate) &&
        (!nearest->best || distance < nearest->distance)) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}
