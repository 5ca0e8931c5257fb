/* SPDX-License-Identifier: MIT
 * Statements as they stand in the file: what lies between two words that begin one. */
#include "lang/excerpt.h"

#include <string.h>

void ebb_excerpts_begin(ebb_excerpts_t *excerpts, ebb_reading_t *reading)
{
    *excerpts = (ebb_excerpts_t){.lexer = ebb_lexer_begin(reading)};
    ebb_text_init(&excerpts->text, reading->alloc);
    excerpts->token = ebb_lexer_next(&excerpts->lexer);
}

void ebb_excerpts_end(ebb_excerpts_t *excerpts)
{
    ebb_text_free(&excerpts->text);
}

/* Whether a token, behind which the lexer stands, is a person's name and a colon. */
static bool excerpt_is_person(const ebb_excerpts_t *excerpts, const ebb_lexeme_t *token)
{
    ebb_lexer_t ahead = excerpts->lexer; /* a copy looks on */
    return token->kind == EBB_LEX_NAME && ebb_lexer_next(&ahead).kind == EBB_LEX_COLON;
}

static bool excerpt_is_start(const ebb_excerpts_t *excerpts, const ebb_lexeme_t *token)
{
    if (!token->first || token->kind != EBB_LEX_NAME) {
        return false;
    }
    return token->name == EBB_WORD_D || ebb_word_kind(token->name) == EBB_IS_HEAD ||
           (excerpts->in_scenario &&
            (ebb_word_is_order(token->name) || excerpt_is_person(excerpts, token)));
}

/* Appends tokens up to the next statement. */
static void excerpt_take(ebb_excerpts_t *excerpts)
{
    const char *text = excerpts->lexer.reading->text;
    ebb_lexeme_t token = excerpts->token;
    uint32_t end = token.where.offset;
    do {
        if (token.where.offset > end) {
            ebb_text_append(&excerpts->text, " ", 1);
        }
        ebb_text_append(&excerpts->text, text + token.where.offset, token.where.length);
        end = token.where.offset + token.where.length;
        token = ebb_lexer_next(&excerpts->lexer);
    } while (token.kind != EBB_LEX_END && !excerpt_is_start(excerpts, &token));
    excerpts->token = token;
}

bool ebb_excerpts_find(ebb_excerpts_t *excerpts, const char *scenario)
{
    const ebb_reading_t *reading = excerpts->lexer.reading;
    excerpts->in_scenario = true;
    while (excerpts->token.kind != EBB_LEX_END) {
        bool head = excerpts->token.first && excerpts->token.kind == EBB_LEX_NAME &&
                    excerpts->token.name == EBB_WORD_SCENARIO;
        ebb_lexer_t ahead = excerpts->lexer; /* a copy looks on */
        uint32_t name = head ? ebb_lexer_next(&ahead).name : 0;
        if (head && (!scenario || strcmp(ebb_name(reading, name), scenario) == 0)) {
            excerpt_take(excerpts);
            return !excerpts->text.failed;
        }
        excerpts->token = ebb_lexer_next(&excerpts->lexer);
    }
    return false;
}

/* Of what is shared the word behind it. */
static ebb_word_t excerpt_word(const ebb_excerpts_t *excerpts, uint32_t first)
{
    if (first != EBB_WORD_SHARED) {
        return (ebb_word_t)first;
    }
    ebb_lexer_t ahead = excerpts->lexer; /* a copy looks on */
    ebb_lexeme_t second = ebb_lexer_next(&ahead);
    bool named = second.kind == EBB_LEX_NAME &&
                 (second.name == EBB_WORD_INPUT || second.name == EBB_WORD_EVENT);
    return named ? (ebb_word_t)second.name : EBB_WORD_STATE;
}

bool ebb_excerpts_next(ebb_excerpts_t *excerpts, ebb_excerpt_t *excerpt)
{
    const ebb_lexeme_t *token = &excerpts->token;
    bool ends = token->name == EBB_WORD_SCENARIO || token->name == EBB_WORD_CLAIM ||
                token->name == EBB_WORD_POPULATION || token->name == EBB_WORD_TRIAL ||
                (excerpts->in_scenario && ebb_word_kind(token->name) == EBB_IS_HEAD);
    if (token->kind != EBB_LEX_NAME || ends) {
        return false;
    }
    bool person = excerpts->in_scenario && excerpt_is_person(excerpts, token);
    *excerpt = (ebb_excerpt_t){
        .word = person ? EBB_WORD_SET : excerpt_word(excerpts, token->name),
        .line = token->where.line,
    };
    excerpts->text.length = 0;
    excerpt_take(excerpts);
    excerpt->text = excerpts->text.data;
    return !excerpts->text.failed;
}
