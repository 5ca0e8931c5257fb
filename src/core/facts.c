/* SPDX-License-Identifier: MIT
 * Words of the facts that can be declared. They stand here, below the gate itself, as
 * scenarios declare them too. */
#include <string.h>

#include "ebb/safety.h"

static const char *const fact_words[] = {
#define FACT_WORD(name, word) word,
    EBB_FACT_LIST(FACT_WORD)
#undef FACT_WORD
};

const char *ebb_fact_word(ebb_fact_t fact)
{
    return (unsigned)fact < EBB_FACT_COUNT ? fact_words[fact] : "";
}

bool ebb_fact_of(const char *word, ebb_fact_t *fact)
{
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        if (strcmp(word, fact_words[i]) == 0) {
            *fact = (ebb_fact_t)i;
            return true;
        }
    }
    return false;
}

const char *ebb_fact_words(void)
{
#define FACT_NEXT(name, word) ", " word
    static const char words[] = EBB_FACT_LIST(FACT_NEXT);
#undef FACT_NEXT
    return words + 2; /* without the first comma */
}
