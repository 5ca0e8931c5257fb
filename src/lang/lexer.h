/* SPDX-License-Identifier: MIT
 *
 * The text of a model as tokens, one at a time.
 */
#ifndef EBB_LANG_LEXER_H
#define EBB_LANG_LEXER_H

#include "lang/graph.h"
#include "lang/reading.h"

/* name, how it stands in a file or is called in messages; marks with two characters
 * stand before those that begin alike */
#define EBB_LEX_LIST(X)                   \
    X(EBB_LEX_END, "the end of the file") \
    X(EBB_LEX_NAME, "a name")             \
    X(EBB_LEX_NUMBER, "a number")         \
    X(EBB_LEX_STRING, "a string")         \
    X(EBB_LEX_BAD, "something else")      \
    X(EBB_LEX_ARROW, "->")                \
    X(EBB_LEX_ADD_TO, "+=")               \
    X(EBB_LEX_TAKE_FROM, "-=")            \
    X(EBB_LEX_LE, "<=")                   \
    X(EBB_LEX_GE, ">=")                   \
    X(EBB_LEX_EQ, "==")                   \
    X(EBB_LEX_NE, "!=")                   \
    X(EBB_LEX_LT, "<")                    \
    X(EBB_LEX_GT, ">")                    \
    X(EBB_LEX_ASSIGN, "=")                \
    X(EBB_LEX_PLUS, "+")                  \
    X(EBB_LEX_MINUS, "-")                 \
    X(EBB_LEX_TIMES, "*")                 \
    X(EBB_LEX_OVER, "/")                  \
    X(EBB_LEX_POWER, "^")                 \
    X(EBB_LEX_OPEN, "(")                  \
    X(EBB_LEX_CLOSE, ")")                 \
    X(EBB_LEX_FROM, "[")                  \
    X(EBB_LEX_TO, "]")                    \
    X(EBB_LEX_COMMA, ",")                 \
    X(EBB_LEX_COLON, ":")                 \
    X(EBB_LEX_DOT, ".")

typedef enum ebb_lexeme_kind {
#define EBB_LEX_ENUM(name, spelling) name,
    EBB_LEX_LIST(EBB_LEX_ENUM)
#undef EBB_LEX_ENUM
        EBB_LEX_COUNT
} ebb_lexeme_kind_t;

typedef struct ebb_lexeme {
    ebb_lexeme_kind_t kind;
    bool first; /* on its line */
    ebb_where_t where;
    uint32_t name;    /* of a name */
    double number;    /* of a number: finite */
    const char *text; /* of a string, without its quotes */
} ebb_lexeme_t;

typedef struct ebb_lexer {
    ebb_reading_t *reading;
    uint32_t at, line, column; /* of the next byte */
    bool first;                /* nothing stood on this line so far */
} ebb_lexer_t;

/* A lexer at the start of the reading's text. */
ebb_lexer_t ebb_lexer_begin(ebb_reading_t *reading);

/* The next token. What cannot stand in a file is reported and comes as EBB_LEX_BAD;
 * at the end EBB_LEX_END comes for ever. */
ebb_lexeme_t ebb_lexer_next(ebb_lexer_t *lexer);

/* How a kind of token is called in messages: "`->`", "a name". */
const char *ebb_lexeme_text(ebb_lexeme_kind_t kind);

#endif
