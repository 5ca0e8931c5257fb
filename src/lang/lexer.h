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
#define EBB_TOKEN_LIST(X)                   \
    X(EBB_TOKEN_END, "the end of the file") \
    X(EBB_TOKEN_NAME, "a name")             \
    X(EBB_TOKEN_NUMBER, "a number")         \
    X(EBB_TOKEN_STRING, "a string")         \
    X(EBB_TOKEN_BAD, "something else")      \
    X(EBB_TOKEN_ARROW, "->")                \
    X(EBB_TOKEN_ADD_TO, "+=")               \
    X(EBB_TOKEN_TAKE_FROM, "-=")            \
    X(EBB_TOKEN_LE, "<=")                   \
    X(EBB_TOKEN_GE, ">=")                   \
    X(EBB_TOKEN_EQ, "==")                   \
    X(EBB_TOKEN_NE, "!=")                   \
    X(EBB_TOKEN_LT, "<")                    \
    X(EBB_TOKEN_GT, ">")                    \
    X(EBB_TOKEN_ASSIGN, "=")                \
    X(EBB_TOKEN_PLUS, "+")                  \
    X(EBB_TOKEN_MINUS, "-")                 \
    X(EBB_TOKEN_TIMES, "*")                 \
    X(EBB_TOKEN_OVER, "/")                  \
    X(EBB_TOKEN_POWER, "^")                 \
    X(EBB_TOKEN_OPEN, "(")                  \
    X(EBB_TOKEN_CLOSE, ")")                 \
    X(EBB_TOKEN_FROM, "[")                  \
    X(EBB_TOKEN_TO, "]")                    \
    X(EBB_TOKEN_COMMA, ",")                 \
    X(EBB_TOKEN_COLON, ":")                 \
    X(EBB_TOKEN_DOT, ".")

typedef enum ebb_token_kind {
#define EBB_TOKEN_ENUM(name, spelling) name,
    EBB_TOKEN_LIST(EBB_TOKEN_ENUM)
#undef EBB_TOKEN_ENUM
        EBB_TOKEN_COUNT
} ebb_token_kind_t;

typedef struct ebb_token {
    ebb_token_kind_t kind;
    bool first; /* on its line */
    ebb_where_t where;
    uint32_t name;    /* of a name */
    double number;    /* of a number: finite */
    const char *text; /* of a string, without its quotes */
} ebb_token_t;

typedef struct ebb_lexer {
    ebb_reading_t *reading;
    uint32_t at, line, column; /* of the next byte */
    bool first;                /* nothing stood on this line so far */
} ebb_lexer_t;

/* A lexer at the start of the reading's text. */
ebb_lexer_t ebb_lexer_begin(ebb_reading_t *reading);

/* The next token. What cannot stand in a file is reported and comes as EBB_TOKEN_BAD;
 * at the end EBB_TOKEN_END comes for ever. */
ebb_token_t ebb_lexer_next(ebb_lexer_t *lexer);

/* How a kind of token is called in messages: "`->`", "a name". */
const char *ebb_token_text(ebb_token_kind_t kind);

#endif
