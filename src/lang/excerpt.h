/* SPDX-License-Identifier: MIT
 * The statements of a model or a scenario as its author wrote them, for documents. */
#ifndef EBB_LANG_EXCERPT_H
#define EBB_LANG_EXCERPT_H

#include "lang/lexer.h"

/* One statement, without comments and with one space for each gap. */
typedef struct ebb_excerpt {
    ebb_word_t word;  /* it begins with: EBB_WORD_D, EBB_WORD_LET ...; of what is
                         `shared` the next word, EBB_WORD_STATE if there is none; of
                         a person's name and a colon EBB_WORD_SET */
    uint32_t line;    /* from 1 */
    const char *text; /* valid until the next excerpt */
} ebb_excerpt_t;

/* Where the reading of excerpts stands. */
typedef struct ebb_excerpts {
    ebb_lexer_t lexer;
    ebb_lexeme_t token; /* the first of the next statement */
    bool in_scenario;
    ebb_text_t text;
} ebb_excerpts_t;

/* Begins at the start of a text that was read before without errors; `reading` is open
 * on it. End with ebb_excerpts_end. */
void ebb_excerpts_begin(ebb_excerpts_t *excerpts, ebb_reading_t *reading);
void ebb_excerpts_end(ebb_excerpts_t *excerpts);

/* Goes on to a scenario (NULL: the first), behind its head; false where there is none.
 * The statements are its own from then on. */
bool ebb_excerpts_find(ebb_excerpts_t *excerpts, const char *scenario);

/* The next statement of the model, or the scenario that was found; false at its end, or
 * when memory has run out. */
bool ebb_excerpts_next(ebb_excerpts_t *excerpts, ebb_excerpt_t *excerpt);

#endif
