/* SPDX-License-Identifier: MIT
 * The ground of the parser: tokens, names, and how it finds its way after an error. */
#include "lang/parser.h"

void ebb_parse_step(ebb_parser_t *parser)
{
    parser->last = parser->token.where;
    if (parser->token.kind == EBB_LEX_NAME && parser->token.name >= EBB_WORD_COUNT) {
        uint32_t *name =
            ebb_reading_push(parser->reading, &parser->syntax->lost, sizeof *name);
        if (name) {
            *name = parser->token.name;
        }
    }
    parser->token = parser->ahead;
    parser->ahead = ebb_lexer_next(&parser->lexer);
}

bool ebb_parse_take(ebb_parser_t *parser, ebb_lexeme_kind_t kind)
{
    bool is = ebb_parse_is(parser, kind);
    if (is) {
        ebb_parse_step(parser);
    }
    return is;
}

bool ebb_parse_take_word(ebb_parser_t *parser, ebb_word_t word)
{
    bool is = ebb_parse_is_word(parser, word);
    if (is) {
        ebb_parse_step(parser);
    }
    return is;
}

/* What the next token is, for messages. */
static const char *parse_found(const ebb_parser_t *parser)
{
    const ebb_lexeme_t *token = &parser->token;
    if (token->kind == EBB_LEX_NAME) {
        return ebb_reading_print(parser->reading, "`%s`",
                                 ebb_name(parser->reading, token->name));
    }
    return token->kind == EBB_LEX_NUMBER
               ? ebb_reading_print(parser->reading, "`%.*s`",
                                   token->where.length < 40 ? (int)token->where.length
                                                            : 40,
                                   parser->reading->text + token->where.offset)
               : ebb_lexeme_text(token->kind);
}

/* Where something is missing: at the next token, or, if that begins a line, at the end
 * of the line before. */
static ebb_where_t parse_missing_at(const ebb_parser_t *parser)
{
    ebb_where_t where = parser->token.where;
    if (parser->token.first && parser->last.length > 0) {
        where = parser->last;
        const char *text = parser->reading->text + where.offset;
        for (uint32_t i = 0; i < where.length; i++) {
            where.column += ((unsigned char)text[i] & 0xC0) != 0x80;
        }
        where.offset += where.length;
        where.length = 1;
    }
    return where;
}

static bool parse_digit_at(const ebb_parser_t *parser, size_t at)
{
    const ebb_reading_t *reading = parser->reading;
    return at < reading->size && reading->text[at] >= '0' && reading->text[at] <= '9';
}

/* A comma between digits, before the next token or as the next token. */
static bool parse_is_decimal_comma(const ebb_parser_t *parser)
{
    size_t at = parser->token.where.offset;
    bool comma = ebb_parse_is(parser, EBB_LEX_COMMA);
    if (!comma && !(ebb_parse_is(parser, EBB_LEX_NUMBER) && at > 1 &&
                    parser->reading->text[at - 1] == ',')) {
        return false;
    }
    at -= comma ? 0 : 1;
    return at > 0 && parse_digit_at(parser, at - 1) && parse_digit_at(parser, at + 1);
}

/* What people write who come from elsewhere. */
static void parse_mend_habit(const ebb_parser_t *parser)
{
    if (parse_is_decimal_comma(parser)) {
        ebb_mend(parser->reading, "decimals take a point: 0.5");
    } else if (ebb_parse_is(parser, EBB_LEX_ASSIGN)) {
        ebb_mend(parser->reading, "two numbers are compared by ==");
    }
}

bool ebb_parse_misfit(ebb_parser_t *parser, const char *expected)
{
    ebb_where_t where = parse_missing_at(parser);
    ebb_wrong(parser->reading, where, "expected %s, found %s", expected,
              where.offset == parser->token.where.offset ? parse_found(parser)
                                                         : "the end of the line");
    if (where.offset == parser->token.where.offset) {
        parse_mend_habit(parser);
    }
    return false;
}

bool ebb_parse_expect(ebb_parser_t *parser, ebb_lexeme_kind_t kind, const char *after)
{
    if (ebb_parse_take(parser, kind)) {
        return true;
    }
    return ebb_parse_misfit(parser, ebb_reading_print(parser->reading, "%s after %s",
                                                      ebb_lexeme_text(kind), after));
}

bool ebb_parse_is_scenario_word(const ebb_parser_t *parser)
{
    uint32_t name = parser->token.name;
    return parser->ahead.kind == EBB_LEX_COLON || ebb_word_is_order(name) ||
           (parser->claim && (name == EBB_WORD_COUPLES || name == EBB_WORD_ARM ||
                              name == EBB_WORD_CUT || name == EBB_WORD_BY)) ||
           (parser->head &&
            (name == EBB_WORD_COUPLES || ebb_parse_is_extra(parser->head, name)));
}

bool ebb_parse_at_start(const ebb_parser_t *parser)
{
    const ebb_lexeme_t *token = &parser->token;
    if (token->kind == EBB_LEX_END) {
        return true;
    }
    if (!token->first || token->kind != EBB_LEX_NAME) {
        return false;
    }
    return token->name == EBB_WORD_D || ebb_word_kind(token->name) == EBB_IS_HEAD ||
           (parser->in_scenario && ebb_parse_is_scenario_word(parser));
}

void ebb_parse_recover(ebb_parser_t *parser)
{
    parser->depth = 0;
    parser->arm = 0;
    parser->in_run = parser->in_range = false;
    while (!ebb_parse_at_start(parser)) {
        ebb_parse_step(parser);
    }
    parser->lost = parser->syntax->lost.count;
}

void ebb_parse_begin(ebb_parser_t *parser)
{
    parser->syntax->lost.count = parser->lost;
}

static bool parse_is_reserved(uint32_t name)
{
    ebb_word_kind_t kind = ebb_word_kind(name);
    return kind != EBB_IS_FREE && kind != EBB_IS_RUN;
}

bool ebb_parse_new_name(ebb_parser_t *parser, uint32_t *name, const char *what)
{
    if (!ebb_parse_is(parser, EBB_LEX_NAME)) {
        return ebb_parse_misfit(parser, what);
    }
    if (parse_is_reserved(parser->token.name)) {
        ebb_wrong(parser->reading, parser->token.where,
                  "`%s` is a word of the language and cannot be a name",
                  ebb_name(parser->reading, parser->token.name));
        return false;
    }
    *name = parser->token.name;
    ebb_parse_step(parser);
    return true;
}

bool ebb_parse_target(ebb_parser_t *parser, ebb_target_t *target)
{
    ebb_where_t where = parser->token.where;
    *target = (ebb_target_t){.person = EBB_NONE, .where = where};
    if (ebb_parse_is_word(parser, EBB_WORD_PARTNER)) {
        target->person = EBB_WORD_PARTNER;
        ebb_parse_step(parser);
    } else if (!ebb_parse_new_name(parser, &target->name, "a name")) {
        return false;
    } else if (!ebb_parse_is(parser, EBB_LEX_DOT)) {
        return true;
    } else {
        target->person = target->name;
    }
    if (!ebb_parse_expect(parser, EBB_LEX_DOT, "`partner`")) {
        return false;
    }
    ebb_where_t name = parser->token.where;
    if (!ebb_parse_new_name(parser, &target->name, "a name after the dot")) {
        return false;
    }
    if (name.line == where.line) {
        target->where.length = name.offset + name.length - where.offset;
    }
    return true;
}

bool ebb_parse_string(ebb_parser_t *parser, const char **text)
{
    if (!ebb_parse_is(parser, EBB_LEX_STRING)) {
        return false;
    }
    *text = parser->token.text;
    ebb_parse_step(parser);
    return true;
}

bool ebb_parse_assignment(ebb_parser_t *parser, ebb_lexeme_kind_t *mark,
                          ebb_formula_t *value)
{
    *mark = parser->token.kind;
    if (*mark != EBB_LEX_ASSIGN && *mark != EBB_LEX_ADD_TO &&
        *mark != EBB_LEX_TAKE_FROM) {
        return ebb_parse_misfit(parser, "`=`, `+=` or `-=`");
    }
    ebb_parse_step(parser);
    return ebb_parse_formula(parser, value);
}
