/* SPDX-License-Identifier: MIT
 * Tokens: names, numbers, strings and marks; comments and line breaks are passed over.
 */
#include "lang/lexer.h"

#include <stdlib.h>

static const char *const lexer_spellings[EBB_LEX_COUNT] = {
#define EBB_LEX_ROW(name, spelling) spelling,
    EBB_LEX_LIST(EBB_LEX_ROW)
#undef EBB_LEX_ROW
};

static const char *const lexer_quoted[EBB_LEX_COUNT] = {
#define EBB_LEX_ROW(name, spelling) "`" spelling "`",
    EBB_LEX_LIST(EBB_LEX_ROW)
#undef EBB_LEX_ROW
};

const char *ebb_lexeme_text(ebb_lexeme_kind_t kind)
{
    return kind < EBB_LEX_ARROW ? lexer_spellings[kind] : lexer_quoted[kind];
}

ebb_lexer_t ebb_lexer_begin(ebb_reading_t *reading)
{
    ebb_lexer_t lexer = {.reading = reading, .line = 1, .column = 1, .first = true};
    if (reading->size >= 3 && memcmp(reading->text, "\xEF\xBB\xBF", 3) == 0) {
        lexer.at = 3;
    }
    return lexer;
}

/* The byte `ahead` of the next one; 0 behind the end. */
static unsigned char lexer_peek(const ebb_lexer_t *lexer, uint32_t ahead)
{
    size_t at = (size_t)lexer->at + ahead;
    return at < lexer->reading->size ? (unsigned char)lexer->reading->text[at] : 0;
}

static bool lexer_at_end(const ebb_lexer_t *lexer)
{
    return lexer->at >= lexer->reading->size;
}

static void lexer_step(ebb_lexer_t *lexer)
{
    unsigned char c = lexer_peek(lexer, 0);
    lexer->at++;
    if (c == '\n') {
        lexer->line++;
        lexer->column = 1;
        lexer->first = true;
    } else if ((c & 0xC0) != 0x80) {
        lexer->column++;
    }
}

static void lexer_skip_blank(ebb_lexer_t *lexer)
{
    while (!lexer_at_end(lexer)) {
        unsigned char c = lexer_peek(lexer, 0);
        if (c == '#') {
            while (!lexer_at_end(lexer) && lexer_peek(lexer, 0) != '\n') {
                lexer_step(lexer);
            }
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            lexer_step(lexer);
        } else {
            return;
        }
    }
}

static bool lexer_is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool lexer_is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static void lexer_skip_digits(ebb_lexer_t *lexer)
{
    while (lexer_is_digit(lexer_peek(lexer, 0))) {
        lexer_step(lexer);
    }
}

/* Ends a token that began at token->where. */
static void lexer_close(const ebb_lexer_t *lexer, ebb_lexeme_t *token)
{
    token->where.length = lexer->at - token->where.offset;
}

static void lexer_name(ebb_lexer_t *lexer, ebb_lexeme_t *token)
{
    while (lexer_is_letter(lexer_peek(lexer, 0)) ||
           lexer_is_digit(lexer_peek(lexer, 0))) {
        lexer_step(lexer);
    }
    lexer_close(lexer, token);
    token->kind = EBB_LEX_NAME;
    if (token->where.length > EBB_LANG_NAME_BYTES) {
        ebb_wrong(lexer->reading, token->where, "a name of %u letters",
                  (unsigned)token->where.length);
        ebb_mend(lexer->reading, "at most %d are allowed", EBB_LANG_NAME_BYTES);
        token->where.length = EBB_LANG_NAME_BYTES;
    }
    token->name =
        ebb_name_of(lexer->reading, lexer->reading->text + token->where.offset,
                    token->where.length);
}

static void lexer_number(ebb_lexer_t *lexer, ebb_lexeme_t *token)
{
    char digits[64];
    lexer_skip_digits(lexer);
    if (lexer_peek(lexer, 0) == '.' && lexer_is_digit(lexer_peek(lexer, 1))) {
        lexer_step(lexer);
        lexer_skip_digits(lexer);
    }
    unsigned char sign = lexer_peek(lexer, 1);
    uint32_t signs = sign == '+' || sign == '-' ? 1 : 0;
    if ((lexer_peek(lexer, 0) == 'e' || lexer_peek(lexer, 0) == 'E') &&
        lexer_is_digit(lexer_peek(lexer, 1 + signs))) {
        lexer_step(lexer);
        lexer->at += signs;
        lexer->column += signs;
        lexer_skip_digits(lexer);
    }
    lexer_close(lexer, token);
    token->kind = EBB_LEX_NUMBER;
    size_t length = token->where.length;
    if (length >= sizeof digits) {
        ebb_wrong(lexer->reading, token->where, "a number of %zu digits", length);
        ebb_mend(lexer->reading, "17 digits say all that can be kept");
        return;
    }
    memcpy(digits, lexer->reading->text + token->where.offset, length);
    digits[length] = '\0';
    token->number = strtod(digits, NULL);
    if (token->number > 1.7976931348623157e308) {
        ebb_wrong(lexer->reading, token->where, "`%s` is too large for a number",
                  digits);
        token->number = 0;
    } else if (lexer_is_letter(lexer_peek(lexer, 0))) {
        ebb_wrong(lexer->reading, token->where,
                  "a letter follows the number `%s` at once", digits);
        ebb_mend(lexer->reading,
                 "write a product as %s*%c..., and a name with a letter first", digits,
                 lexer_peek(lexer, 0));
        while (lexer_is_letter(lexer_peek(lexer, 0)) ||
               lexer_is_digit(lexer_peek(lexer, 0))) {
            lexer_step(lexer);
        }
    }
}

static void lexer_string(ebb_lexer_t *lexer, ebb_lexeme_t *token)
{
    lexer_step(lexer);
    bool fine = true;
    while (!lexer_at_end(lexer) && lexer_peek(lexer, 0) != '"' &&
           lexer_peek(lexer, 0) != '\n') {
        uint32_t length = ebb_reading_utf8(lexer->reading, lexer->at);
        fine &= length > 0 && !ebb_reading_is_control(lexer->reading, lexer->at);
        for (uint32_t i = 0; i < (length ? length : 1); i++) {
            lexer_step(lexer);
        }
    }
    bool closed = !lexer_at_end(lexer) && lexer_peek(lexer, 0) == '"';
    uint32_t begin = token->where.offset + 1;
    token->text = ebb_arena_text(&lexer->reading->arena, lexer->reading->text + begin,
                                 lexer->at - begin);
    if (!token->text) {
        ebb_reading_fail(lexer->reading, EBB_ERR_MEMORY);
        token->text = "";
    }
    token->kind = EBB_LEX_STRING;
    if (closed) {
        lexer_step(lexer);
    }
    lexer_close(lexer, token);
    if (!closed) {
        ebb_wrong(lexer->reading, token->where, "a string is not closed on its line");
        ebb_mend(lexer->reading, "put a \" behind it");
    } else if (!fine) {
        ebb_wrong(lexer->reading, token->where,
                  "a string holds what is not UTF-8 text, or a control character");
    }
}

/* What people write who come from elsewhere. */
static const char *lexer_hint(const ebb_lexer_t *lexer)
{
    switch (lexer_peek(lexer, 0)) {
    case '*':
        return "a power is written x^y";
    case ';':
        return "a statement ends by itself where the next one begins on a new line";
    case '&':
        return "write `and`";
    case '|':
        return "write `or`";
    case '!':
        return "write `not`";
    case '\'':
        return "strings stand in \"...\"; a derivative is written `d x = ...`";
    case '{':
    case '}':
        return "there are no braces; group with ( )";
    case '.':
        return "a number begins with a digit: 0.5";
    default:
        return lexer_peek(lexer, 0) < 0x80
                   ? ""
                   : "a name is made of the letters a to z, A to Z, digits and _";
    }
}

/* The length of what cannot stand here: a mark, also doubled, or letters that are not
 * ASCII. */
static uint32_t lexer_misfit_length(const ebb_lexer_t *lexer)
{
    unsigned char c = lexer_peek(lexer, 0);
    if ((c == '&' || c == '|' || c == '*') && lexer_peek(lexer, 1) == c) {
        return 2;
    }
    uint32_t length = ebb_reading_utf8(lexer->reading, lexer->at), more = length;
    while (length > 1 && more > 1 && length < 40) {
        more = ebb_reading_utf8(lexer->reading, lexer->at + length);
        length += more > 1 ? more : 0;
    }
    return length;
}

static void lexer_mark(ebb_lexer_t *lexer, ebb_lexeme_t *token)
{
    bool power = lexer_peek(lexer, 0) == '*' && lexer_peek(lexer, 1) == '*';
    for (int kind = EBB_LEX_ARROW; kind < EBB_LEX_COUNT && !power; kind++) {
        const char *mark = lexer_spellings[kind];
        bool fits = lexer_peek(lexer, 0) == (unsigned char)mark[0] &&
                    (!mark[1] || lexer_peek(lexer, 1) == (unsigned char)mark[1]);
        bool fraction = kind == EBB_LEX_DOT && lexer_is_digit(lexer_peek(lexer, 1));
        if (fits && !fraction) {
            token->kind = (ebb_lexeme_kind_t)kind;
            lexer->at += mark[1] ? 2 : 1;
            lexer->column += mark[1] ? 2 : 1;
            lexer_close(lexer, token);
            return;
        }
    }
    const char *hint = lexer_hint(lexer);
    uint32_t length = lexer_misfit_length(lexer);
    token->kind = EBB_LEX_BAD;
    bool printable = length > 0 && !ebb_reading_is_control(lexer->reading, lexer->at);
    for (uint32_t i = 0; i < (length ? length : 1); i++) {
        lexer_step(lexer);
    }
    lexer_close(lexer, token);
    if (printable) {
        ebb_wrong(lexer->reading, token->where, "`%.*s` means nothing here",
                  (int)length, lexer->reading->text + token->where.offset);
    } else {
        ebb_wrong(lexer->reading, token->where,
                  "a byte that is not text; a model is UTF-8 text");
    }
    if (printable && hint[0]) {
        ebb_mend(lexer->reading, "%s", hint);
    }
}

ebb_lexeme_t ebb_lexer_next(ebb_lexer_t *lexer)
{
    lexer_skip_blank(lexer);
    ebb_lexeme_t token = {
        .kind = EBB_LEX_END, .first = lexer->first, .name = EBB_NONE, .text = ""};
    token.where = (ebb_where_t){lexer->at, lexer->line, lexer->column, 0};
    unsigned char c = lexer_peek(lexer, 0);
    if (lexer_at_end(lexer) || lexer->reading->failed || lexer->reading->full) {
        token.first = true;
        return token;
    }
    lexer->first = false;
    if (lexer_is_letter(c)) {
        lexer_name(lexer, &token);
    } else if (lexer_is_digit(c)) {
        lexer_number(lexer, &token);
    } else if (c == '"') {
        lexer_string(lexer, &token);
    } else {
        lexer_mark(lexer, &token);
    }
    return token;
}
