/* SPDX-License-Identifier: MIT
 * The statements of a model as its author wrote them, for documents. */
#ifndef EBB_LANG_EXCERPT_H
#define EBB_LANG_EXCERPT_H

#include "lang/lexer.h"

/* One statement, without comments and with one space for each gap. */
typedef struct ebb_excerpt {
    ebb_word_t word;  /* it begins with: EBB_WORD_D, EBB_WORD_LET ...; of what is
                         `shared` the next word, EBB_WORD_STATE if there is none */
    uint32_t line;    /* from 1 */
    const char *text; /* valid until the next excerpt */
} ebb_excerpt_t;

/* Where the reading of excerpts stands. */
typedef struct ebb_excerpts {
    ebb_lexer_t lexer;
    ebb_lexeme_t token; /* the first of the next statement */
    ebb_text_t text;
} ebb_excerpts_t;

/* Begins at the start of a text that was read before without errors; `reading` is open
 * on it. End with ebb_excerpts_end. */
void ebb_excerpts_begin(ebb_excerpts_t *excerpts, ebb_reading_t *reading);
void ebb_excerpts_end(ebb_excerpts_t *excerpts);

/* The next statement of the model; false at its end, or when memory has run out. */
bool ebb_excerpts_next(ebb_excerpts_t *excerpts, ebb_excerpt_t *excerpt);

#endif
