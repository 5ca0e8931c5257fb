/* SPDX-License-Identifier: MIT
 * Words of methods and engines, for command lines. */
#include <string.h>

#include "ebb/run.h"

static const char *const method_words[] = {
#define METHOD_WORD(name, word) word,
    EBB_METHOD_LIST(METHOD_WORD)
#undef METHOD_WORD
};
enum { METHODS = sizeof method_words / sizeof *method_words };

static const char *const engine_words[] = {
#define ENGINE_WORD(name, word) word,
    EBB_ENGINE_LIST(ENGINE_WORD)
#undef ENGINE_WORD
};
enum { ENGINES = sizeof engine_words / sizeof *engine_words };

static const char *const spread_words[] = {
#define SPREAD_WORD(name, word) word,
    EBB_SPREAD_LIST(SPREAD_WORD)
#undef SPREAD_WORD
};
enum { SPREADS = sizeof spread_words / sizeof *spread_words };

const char *ebb_spread_word(ebb_spread_law_t law)
{
    return (unsigned)law < SPREADS ? spread_words[law] : "";
}

const char *ebb_method_word(ebb_method_t method)
{
    return (unsigned)method < METHODS ? method_words[method] : "";
}

bool ebb_method_of(const char *word, ebb_method_t *method)
{
    for (int i = 0; i < METHODS; i++) {
        if (strcmp(word, method_words[i]) == 0) {
            *method = (ebb_method_t)i;
            return true;
        }
    }
    return false;
}

const char *ebb_engine_word(ebb_engine_t engine)
{
    return (unsigned)engine < ENGINES ? engine_words[engine] : "";
}

bool ebb_engine_of(const char *word, ebb_engine_t *engine)
{
    for (int i = 0; i < ENGINES; i++) {
        if (strcmp(word, engine_words[i]) == 0) {
            *engine = (ebb_engine_t)i;
            return true;
        }
    }
    return false;
}
