/* SPDX-License-Identifier: MIT
 * Typing errors: letters left out, doubled, wrong or swapped (optimal string
 * alignment). A candidate counts as near when at most a third of its letters are in
 * error, or when the typed word is its beginning. */
#include "suggest.h"

#include <string.h>

#define LONGEST_WORD 31

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* d[i][j]: errors between the first i letters of a and the first j of b */
static size_t typing_errors(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST_WORD || m > LONGEST_WORD) {
        return LONGEST_WORD;
    }
    size_t d[LONGEST_WORD + 1][LONGEST_WORD + 1];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            size_t differs = a[i - 1] != b[j - 1];
            d[i][j] = smaller(smaller(d[i - 1][j], d[i][j - 1]) + 1,
                              d[i - 1][j - 1] + differs);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                d[i][j] = smaller(d[i][j], d[i - 2][j - 2] + 1);
            }
        }
    }
    return d[n][m];
}

void suggest_from(suggestion_t *suggestion, const char *candidate)
{
    size_t typed = strlen(suggestion->typed);
    size_t distance = typing_errors(suggestion->typed, candidate);
    size_t allowed = strlen(candidate) / 3;
    if (allowed == 0) {
        allowed = 1;
    }
    if (typed >= 2 && strncmp(suggestion->typed, candidate, typed) == 0) {
        distance = 1;
    }
    if (distance <= allowed && (!suggestion->best || distance < suggestion->distance)) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}
